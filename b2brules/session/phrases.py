"""The words of differences and of histories that no rule file gives, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from b2brules.ruleset.model import Language


@frozen(kw_only=True)
class Phrases:
    """The phrases of one language; braces are filled with what is named in them."""

    title: str
    facts: str
    fact: str
    unknown: str
    there: str
    not_there: str
    opened: str
    closed: str
    due: str
    no_longer: str
    because: str
    causes: Mapping[str, str]
    rate: str
    override: str
    decisions: str
    not_made: str
    open: str
    narrowed: str
    possible: str
    nothing: str
    history: str
    verbs: Mapping[str, str]
    entry: str
    by: str
    source: str
    overridden: str
    withdrawn: str
    no_sentence: str
    departed: str
    then_and_now: str
    replayed: str
    replayed_alike: str
    not_compared: str
    certainty: Mapping[str | None, str]
    comma: str


PHRASES: Mapping[Language, Phrases] = {
    "en": Phrases(
        title="{deal}: what has changed, as of {as_of}",
        facts="WHAT WE KNOW NOW",
        fact="{what}: {before} → {after}",
        unknown="not known",
        there="is there",
        not_there="is not there",
        opened="The deal is opened, with {number} facts.",
        closed="The deal is closed; nothing is advised on it any more.",
        due="TO DO, NEWLY",
        no_longer="NO LONGER TO BE DONE",
        because="Because of {cause}.",
        causes={
            "as_of": "the day",
            "deal": "the opening of the deal",
            "rulebook": "the rulebook, which is another one",
            "purge": "what was removed from the journal for good",
        },
        rate="the rate of exchange {pair}",
        override="the override of {decision}",
        decisions="DECIDED OTHERWISE",
        not_made="not asked",
        open="open: {options}",
        narrowed="Open decisions whose candidates are others now: {number}.",
        possible="Of what may be worth doing, {added} came in and {gone} went.",
        nothing="The advice has not changed.",
        history="{deal}: how its advice came to be",
        verbs={
            "assert": "learned",
            "update": "updated",
            "retract": "taken back",
            "override": "overridden",
            "withdraw": "override taken back",
            "close": "closed",
            "as_of": "another day",
            "rates": "other rates of exchange",
            "rulebook": "another rulebook",
            "purge": "removed for good",
        },
        entry="#{number} · {at} · {verb}",
        by=" · by {by}",
        source=" · from {source}",
        overridden="{by} decides {decision}: {value}, because: {reason}",
        withdrawn="{decision} is left to the rules again.",
        no_sentence="{id}, for {things}",
        departed="#{number} · {at} · {deal} · {what}",
        then_and_now="then: {then}; by today's rulebook: {now}",
        replayed="Of {entries} changes run again, today's rulebook departs in {number} places.",
        replayed_alike="All {entries} changes run again: today's rulebook advises the same.",
        not_compared="{number} of them were not compared, since something was removed from them.",
        certainty={"certain": "to be done", "possible": "worth doing if …", None: "not advised"},
        comma=", ",
    ),
    "zh": Phrases(
        title="{deal}：变化（{as_of}）",
        facts="【新掌握的情况】",
        fact="{what}：{before} → {after}",
        unknown="未知",
        there="在列",
        not_there="不在列",
        opened="商机已建立，已知事实 {number} 条。",
        closed="商机已关闭，不再给出建议。",
        due="【新增要做的事】",
        no_longer="【不必再做】",
        because="起因：{cause}。",
        causes={
            "as_of": "日期变化",
            "deal": "商机建立",
            "rulebook": "规则集已更换",
            "purge": "日志中有内容被永久删除",
        },
        rate="汇率 {pair}",
        override="对 {decision} 的人工决定",
        decisions="【结论有变】",
        not_made="未涉及",
        open="未定：{options}",
        narrowed="另有 {number} 项未定结论的可能范围有变。",
        possible="“若情况属实值得做”的事项：新增 {added} 条，去掉 {gone} 条。",
        nothing="建议没有变化。",
        history="{deal}：建议的来龙去脉",
        verbs={
            "assert": "得知",
            "update": "更新",
            "retract": "撤回",
            "override": "人工决定",
            "withdraw": "撤销人工决定",
            "close": "关闭",
            "as_of": "日期变化",
            "rates": "汇率变化",
            "rulebook": "更换规则集",
            "purge": "永久删除",
        },
        entry="#{number} · {at} · {verb}",
        by=" · 操作人 {by}",
        source=" · 来源 {source}",
        overridden="{by}把 {decision} 定为“{value}”，理由：{reason}",
        withdrawn="{decision} 恢复由规则判断。",
        no_sentence="{id}（{things}）",
        departed="#{number} · {at} · {deal} · {what}",
        then_and_now="当时：{then}；按现在的规则集：{now}",
        replayed="重放 {entries} 次变化，现在的规则集有 {number} 处结论不同。",
        replayed_alike="重放 {entries} 次变化，现在的规则集给出的建议完全相同。",
        not_compared="其中 {number} 次因内容已被删除而未作比较。",
        certainty={"certain": "要做", "possible": "若情况属实值得做", None: "不建议"},
        comma="、",
    ),
}
