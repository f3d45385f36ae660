"""The words of the text for people that no rule file gives: headings, and what joins sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from b2brules.advice.model import Decision, JudgedOverride
from b2brules.advice.saying import say_number
from b2brules.facts.types import Money
from b2brules.ruleset.model import Language


@frozen(kw_only=True)
class Phrases:
    """The phrases of one language; braces are filled with what is named in them."""

    subject: Mapping[str, str]
    title: str
    certain: str
    nothing_certain: str
    more_certain: str
    doer: str
    prime: str
    why: str
    source: str
    row_source: str
    possible: str
    condition: str
    more_possible: str
    decided: str
    undecided: str
    open: str
    more_undecided: str
    no_row: str
    no_number: str
    likewise: str
    questions: str
    settles: str
    more_questions: str
    explain: str
    named: str
    about: str
    and_more: str
    comma: str
    last_or: str
    between_sentences: str
    as_of: str
    proof_rows: str
    proof_because: str
    proof_deeper: str
    row: str
    cited: str
    holds: Mapping[bool | None, str]
    facts: str
    unknown: str
    undecided_outcome: str
    formula: str
    proof_asked: str
    certainty: Mapping[str | None, str]
    proof_rule: str
    match: str
    bound: str
    left_out: str
    unbound: str
    take_back: str
    taken_back: Mapping[str, str]
    not_made: str
    reason_given: str
    override: str
    overridden: str
    by_rules: str
    judged: str
    states: Mapping[str, str]

    def said_of(self, one: JudgedOverride) -> str:
        """Return who overrides a decision, when and why."""
        made = one.override
        return self.overridden.format(by=made.by, on=made.on.isoformat(), reason=made.reason)

    def outcome(self, one: Decision) -> str:
        """Return what a decision came to: its outcome and the reason, or what is still possible."""
        if isinstance(one.value, Decimal | Money):
            return say_number(one.value)
        if one.candidates is None:
            return self.no_number
        if one.value is None:
            labels = [one.label(word) for word in one.candidates]
            options = self.either(labels) if labels else self.no_row
            return self.undecided_outcome.format(options=options)
        return self.sentences(one.sentence or one.label(one.value), one.reason or "")

    def sentences(self, *sentences: str) -> str:
        """Join sentences."""
        return self.between_sentences.join(sentence for sentence in sentences if sentence)

    def either(self, options: Sequence[str]) -> str:
        """Join what may be: `a, b or c`."""
        *most, last = options
        return f"{self.comma.join(most)}{self.last_or}{last}" if most else last

    def enumerate(self, texts: Sequence[str], more: int) -> str:
        """Join texts, and say how many more there are."""
        said = self.comma.join(texts)
        return said + self.and_more.format(number=more) if more > 0 else said


PHRASES: Mapping[Language, Phrases] = {
    "en": Phrases(
        subject={"opportunity": "this deal", "account": "this account"},
        title="Advice for {name}, as of {as_of}",
        certain="WHAT TO DO",
        nothing_certain="Too little is known to be sure; begin with the questions below.",
        more_certain="… and {number} more, less urgent: `b2brules evaluate --all DEAL`",
        doer="{owner} · by {due}",
        prime=" · PRIME: {prime}",
        why="Why: {why}",
        source="[{rule}: {source}; {basis}]",
        row_source="Source: {source} ({basis})",
        possible="WORTH DOING IF …",
        condition="If: {why}",
        more_possible="… and {number} more that may apply (in the JSON output)",
        decided="WHAT WE KNOW",
        undecided="STILL OPEN",
        open="{question} {options} ({name})",
        more_undecided="… and {number} more decisions (in the JSON output)",
        no_row="no row of the table applies",
        no_number="it cannot be calculated yet",
        likewise="Likewise for {things}.",
        questions="WHAT TO FIND OUT",
        settles="Can settle: {decisions}",
        more_questions="… and {number} more questions (in the JSON output)",
        explain="To see why: b2brules explain {name} DEAL",
        named="{text} ({name})",
        about="{thing}: {text}",
        and_more=" and {number} more",
        comma=", ",
        last_or=" or ",
        between_sentences=" ",
        as_of="As of {as_of}: {outcome}",
        proof_rows="THE ROWS, IN ORDER",
        proof_because="IT RESTS ON",
        proof_deeper="What these rest on in turn: `b2brules explain DECISION DEAL`, with the name "
        "in brackets; a person's is `people[ID].DECISION`",
        row="{id} → {then}: {holds}",
        cited=" (cited)",
        holds={True: "holds", False: "does not hold", None: "open"},
        facts="with {facts}",
        unknown="not known: {facts}",
        undecided_outcome="Undecided. Still possible: {options}.",
        formula="THE FORMULA",
        proof_asked="Is {id} recommended?",
        certainty={
            "certain": "Yes.",
            "possible": "Perhaps: it depends on what is not known.",
            None: "No.",
        },
        proof_rule="THE RULE",
        match="{id}{about}: {holds}",
        bound=" ({things})",
        left_out="In {number} other ways to apply it, it does not hold.",
        unbound="There is nothing in {lists} that it could be about.",
        take_back="OVERRIDES TO TAKE BACK",
        taken_back={
            "needless": "On {on}, {by} decided: {value}. The rules now decide the same. "
            "Take the override back.",
            "impossible": "On {on}, {by} decided: {value}. That was open then, and the facts have "
            "ruled it out since, so the rules are followed. Take the override back; to contradict "
            "the rules knowingly, override them anew.",
        },
        not_made="On {on}, {by} decided: {value}. What that is about is not in the facts, so it "
        "has no effect. Take the override back.",
        reason_given="The reason given: {reason}",
        override="THE OVERRIDE",
        overridden="Overridden by {by} on {on}: {reason}",
        by_rules="By the rules alone: {outcome}",
        judged="{value}: {state}",
        states={
            "stands": "stands",
            "needless": "needless, since the rules decide the same",
            "impossible": "impossible, since the facts have ruled it out",
        },
    ),
    "zh": Phrases(
        subject={"opportunity": "本商机", "account": "该客户"},
        title="{name}：行动建议（{as_of}）",
        certain="【现在要做】",
        nothing_certain="目前所知太少，还给不出确定的建议；请先弄清下面的问题。",
        more_certain="……另有 {number} 条不太紧急的：`b2brules evaluate --all 商机文件`",
        doer="{owner} · 最晚 {due}",
        prime=" · PRIME：{prime}",
        why="理由：{why}",
        source="[{rule}：{source}；{basis}]",
        row_source="来源：{source}（{basis}）",
        possible="【若情况属实，值得做】",
        condition="前提：{why}",
        more_possible="……另有 {number} 条可能适用，见 JSON 输出",
        decided="【已有结论】",
        undecided="【尚无结论】",
        open="{question}——{options}（{name}）",
        more_undecided="……另有 {number} 项结论未定，见 JSON 输出",
        no_row="表中没有适用的行",
        no_number="目前还算不出来",
        likewise="同样适用于：{things}。",
        questions="【需要弄清】",
        settles="可以确定：{decisions}",
        more_questions="……另有 {number} 个问题，见 JSON 输出",
        explain="查看依据：b2brules explain {name} 商机文件",
        named="{text}（{name}）",
        about="{thing}：{text}",
        and_more="等，另有 {number} 项",
        comma="、",
        last_or="或",
        between_sentences="",
        as_of="截至 {as_of}：{outcome}",
        proof_rows="【逐行判断】",
        proof_because="【所依据的结论】",
        proof_deeper="要看这些结论各自的依据，在 `b2brules explain` 后写结论名（见括号内）"
        "和商机文件；针对人员的写作 `people[编号].结论名`",
        row="{id} → {then}：{holds}",
        cited="（引用此行）",
        holds={True: "成立", False: "不成立", None: "未定"},
        facts="其中 {facts}",
        unknown="未知：{facts}",
        undecided_outcome="尚无结论。仍有可能：{options}。",
        formula="【公式】",
        proof_asked="是否建议 {id}？",
        certainty={
            "certain": "是。",
            "possible": "有可能，取决于尚不清楚的情况。",
            None: "否。",
        },
        proof_rule="【规则】",
        match="{id}{about}：{holds}",
        bound="（{things}）",
        left_out="另有 {number} 种对象组合不成立。",
        unbound="{lists} 中没有可以针对的对象。",
        take_back="【应撤回的人工决定】",
        taken_back={
            "needless": "{by}于 {on} 决定：{value}。现在按规则也是如此，请撤回这项人工决定。",
            "impossible": "{by}于 {on} 决定：{value}。当时确有这种可能，但后来掌握的情况"
            "已将其排除，因此改按规则执行。请撤回这项人工决定；如明知与规则不符仍要坚持，"
            "请重新作出决定。",
        },
        not_made="{by}于 {on} 决定：{value}。资料中已没有这项决定所针对的内容，因此不起作用，"
        "请撤回这项人工决定。",
        reason_given="当时的理由：{reason}",
        override="【人工决定】",
        overridden="由{by}于 {on} 人工决定，理由：{reason}",
        by_rules="若按规则：{outcome}",
        judged="{value}：{state}",
        states={
            "stands": "有效",
            "needless": "已无必要，按规则也是如此",
            "impossible": "已不可能，现有情况已将其排除",
        },
    ),
}
