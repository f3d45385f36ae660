"""The words of differences and of histories that no rule file gives, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from b2brules.ruleset.model import Language


@frozen(kw_only=True)
class Phrases:
    """The phrases of one language; braces are filled with what is named in them."""

    title: str
    called: str
    facts: str
    fact: str
    known: str
    unknown: str
    there: str
    gone: str
    opened: str
    closed: str
    due: str
    no_longer: str
    because: str
    causes: Mapping[str, str]
    rate: str
    override: str
    overrides: str
    override_states: Mapping[str | None, str]
    overridden: str
    somebody: str
    decisions: str
    new: str
    unmade: str
    open: str
    narrowed: str
    possible: str
    nothing: str
    history: str
    verbs: Mapping[str, str]
    entry: str
    by: str
    source: str
    no_sentence: str
    departed: str
    then_and_now: str
    replayed: str
    compared: str
    certainty: Mapping[str | None, str]
    comma: str


PHRASES: Mapping[Language, Phrases] = {
    "en": Phrases(
        title="{deal}: what has changed, as of {as_of}",
        called="{name} ({deal})",
        facts="WHAT WE KNOW NOW",
        fact="{what}: {before} → {after}",
        known="{what}: {after}",
        unknown="not known",
        there="is there",
        gone="is not there any more",
        opened="The deal is opened.",
        closed="The deal is closed; nothing is advised on it any more.",
        due="NEW TO DO",
        no_longer="NO LONGER NEEDED",
        because="Because of {cause}.",
        causes={
            "as_of": "the date",
            "deal": "the opening of the deal",
            "rulebook": "the new rulebook",
            "purge": "what was removed from the journal for good",
        },
        rate="the rate of exchange {pair}",
        override="the override of {decision}",
        overrides="OVERRIDES",
        override_states={
            "stands": "The override of {decision} by {by} counts: {value}. Reason: {reason}",
            "needless": "The override of {decision} by {by} is needless: the rules now say {value} "
            "too. Take it back.",
            "impossible": "The override of {decision} by {by} is not followed: the facts have "
            "ruled out {value}, or there is nothing left to decide. Take it back.",
            None: "{decision} is left to the rules again; {by} had decided {value}.",
        },
        overridden="{by} decides {decision}: {value}. Reason: {reason}",
        somebody="somebody",
        decisions="DECISIONS THAT CHANGED",
        new="new",
        unmade="no longer applies",
        open="open: {options}",
        narrowed="Still open, with other possible outcomes: {names}.",
        possible="Possible actions: {added} added, {gone} dropped.",
        nothing="The advice has not changed.",
        history="{deal}: how its advice came to be",
        verbs={
            "assert": "facts added",
            "update": "updated",
            "retract": "taken back",
            "override": "overridden",
            "withdraw": "override taken back",
            "close": "closed",
            "as_of": "date moved",
            "rates": "rates of exchange changed",
            "rulebook": "rulebook changed",
            "purge": "removed for good",
        },
        entry="#{number} · {at} · {verb}",
        by=" · by {by}",
        source=" · from {source}",
        no_sentence="{id}, for {things}",
        departed="#{number} · {at} · {deal} · {what}",
        then_and_now="then: {then}; by today's rules: {now}",
        replayed="Changes run again: {entries}. Places where today's rules differ: {number}.",
        compared="Compared: {number} of {entries} changes; from the others something was removed "
        "for good.",
        certainty={"certain": "to be done", "possible": "possible", None: "not advised"},
        comma=", ",
    ),
    "zh": Phrases(
        title="{deal}：变动情况（{as_of}）",
        called="{name}（{deal}）",
        facts="【情况变动】",
        fact="{what}：{before} → {after}",
        known="{what}：{after}",
        unknown="未知",
        there="已登记",
        gone="已移除",
        opened="商机已建立。",
        closed="商机已关闭，不再给出建议。",
        due="【新增待办】",
        no_longer="【取消的待办】",
        because="原因：{cause}。",
        causes={
            "as_of": "日期",
            "deal": "商机建立",
            "rulebook": "规则已更新",
            "purge": "日志内容已被永久删除",
        },
        rate="汇率 {pair}",
        override="对 {decision} 的人工决定",
        overrides="【人工决定】",
        override_states={
            "stands": "{by} 对 {decision} 的决定有效：{value}。理由：{reason}",
            "needless": "{by} 对 {decision} 的决定已无必要：规则现在的结论同样是“{value}”。"
            "请撤销。",
            "impossible": "{by} 对 {decision} 的决定不再执行：事实已排除“{value}”，或已无可决定的"
            "对象。请撤销。",
            None: "{decision} 改回按规则判断；此前 {by} 定为“{value}”。",
        },
        overridden="{by} 将 {decision} 定为“{value}”。理由：{reason}",
        somebody="某人",
        decisions="【判断变化】",
        new="新增",
        unmade="不再适用",
        open="未定：{options}",
        narrowed="尚无结论、但可能的结果有变：{names}。",
        possible="待核实后再定的事项：新增 {added} 条，减少 {gone} 条。",
        nothing="建议没有变化。",
        history="{deal}：建议变更记录",
        verbs={
            "assert": "新增信息",
            "update": "更新",
            "retract": "撤销信息",
            "override": "人工决定",
            "withdraw": "撤销人工决定",
            "close": "关闭",
            "as_of": "日期变动",
            "rates": "汇率变动",
            "rulebook": "规则更新",
            "purge": "永久删除",
        },
        entry="#{number} · {at} · {verb}",
        by=" · 操作人 {by}",
        source=" · 来源 {source}",
        no_sentence="{id}（{things}）",
        departed="#{number} · {at} · {deal} · {what}",
        then_and_now="当时：{then}；按现行规则：{now}",
        replayed="重算 {entries} 次变动，按现行规则有 {number} 处不同。",
        compared="共比较 {entries} 次变动中的 {number} 次；其余已有内容被永久删除。",
        certainty={"certain": "要做", "possible": "待核实后再定", None: "不建议"},
        comma="、",
    ),
}
