"""The words around what is in a rulebook: headings, and what the tables leave unsaid."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from b2brules.ruleset.model import Language


@frozen(kw_only=True)
class Phrases:
    """The phrases of one language; braces are filled with what is named in them."""

    title: str
    counted: str
    changes: str
    decisions: str
    recommendations: str
    parameters: str
    sources: str
    how: Mapping[str, str]
    what: Mapping[str, str]
    row_of: str
    instead: str
    was: str
    now: str
    for_: str
    policy: Mapping[str, str]
    formula: str
    when: str
    and_: str
    cell: str
    always: str
    otherwise: str
    why: str
    source: str
    marked: str
    overlaid: str
    doer: str
    prime: str
    value: str
    range: str
    default: str
    checked: str
    work: str
    named: str


PHRASES: Mapping[Language, Phrases] = {
    "en": Phrases(
        title="The rules ({fingerprint})",
        counted="Decisions: {decisions} with {rows} rows · Recommendations: {recommendations} · "
        "Parameters: {parameters} · Sources: {sources}",
        changes="WHAT OVERLAYS CHANGED",
        decisions="DECISIONS",
        recommendations="RECOMMENDATIONS",
        parameters="PARAMETERS",
        sources="SOURCES",
        how={"added": "added", "replaced": "replaced", "disabled": "disabled"},
        what={
            "row": "row {id}",
            "recommendation": "recommendation {id}",
            "parameter": "parameter {id}",
            "outcomes": "outcomes of {id}",
            "hit_policy": "hit policy of {id}",
            "formula": "formula of {id}",
            "text": "text of {id}",
        },
        row_of="{what} of {decision}",
        instead="{what}: {after} instead of {before}",
        was="{what}: {how} (was {before})",
        now="{what}: {how} ({after})",
        for_="for each {binding}",
        policy={
            "first": "the first row that holds decides",
            "unique": "at most one row holds",
        },
        formula="= {text}",
        when="If: ",
        and_="and ",
        cell="{column}: {text}",
        always="always",
        otherwise="in every other case",
        why="Why: {why}",
        source="[{source}; {basis}]",
        marked="{id}; {mark}",
        overlaid="changed by {overlay}",
        doer="{owner} · within {days} · priority {priority}",
        prime=" · PRIME: {prime}",
        value="{name} = {value} {unit}",
        range=" ({low} to {high})",
        default="The rule files say {default}.",
        checked="[{source}; {basis}; checked {checked}]",
        work="{id}: {author}, “{title}”, {publisher}, {date} (checked {checked})",
        named="{text} ({name})",
    ),
    "zh": Phrases(
        title="规则内容（{fingerprint}）",
        counted="结论 {decisions} 项、共 {rows} 行 · 行动建议 {recommendations} 条 · "
        "参数 {parameters} 个 · 出处 {sources} 种",
        changes="【叠加层所作的改动】",
        decisions="【结论】",
        recommendations="【行动建议】",
        parameters="【参数】",
        sources="【出处】",
        how={"added": "新增", "replaced": "替换", "disabled": "停用"},
        what={
            "row": "行 {id}",
            "recommendation": "建议 {id}",
            "parameter": "参数 {id}",
            "outcomes": "{id} 的结果列表",
            "hit_policy": "{id} 的命中方式",
            "formula": "{id} 的公式",
            "text": "{id} 的文字",
        },
        row_of="{decision} 的{what}",
        instead="{what}：由 {before} 改为 {after}",
        was="{what}：{how}（原为 {before}）",
        now="{what}：{how}（{after}）",
        for_="逐一适用于：{binding}",
        policy={"first": "取第一条成立的行", "unique": "至多一行成立"},
        formula="= {text}",
        when="条件：",
        and_="并且 ",
        cell="{column}：{text}",
        always="任何情况",
        otherwise="其余情况",
        why="理由：{why}",
        source="[{source}；{basis}]",
        marked="{id}；{mark}",
        overlaid="由 {overlay} 改动",
        doer="{owner} · {days}内 · 优先级 {priority}",
        prime=" · PRIME：{prime}",
        value="{name} = {value} {unit}",
        range="（{low} 至 {high}）",
        default="规则文件中为 {default}。",
        checked="[{source}；{basis}；核对于 {checked}]",
        work="{id}：{author}，《{title}》，{publisher}，{date}（核对于 {checked}）",
        named="{text}（{name}）",
    ),
}
