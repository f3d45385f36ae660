"""The empty deal file: every fact's name with its question beside it as a comment.

:func:`blank` prints YAML that reads back as a deal of which nothing is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from b2brules.facts.fields import kind
from b2brules.facts.opportunity import Opportunity
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    RecordType,
    SetType,
    TextType,
    TruthType,
)
from b2brules.facts.vocabulary import Fact, Vocabulary

Language: TypeAlias = Literal["en", "zh"]

_WIDTH = 80
_PUNCTUATION = "，。；：？！、）”"
_TOKEN = re.compile(rf"\s+|[^\s\u2e80-\uffef]+|[\u2e80-\uffef][{_PUNCTUATION}]*")

_OPENING = {
    "en": (
        "A deal of which nothing is known yet. Fill in what you know and leave the rest blank. "
        "Blank means unknown, which is another thing than false, 0 or an empty list []."
    ),
    "zh": (
        "空白商机文件。知道的就填，不知道的请留空。"
        "留空表示“不知道”，与 false、0 或空列表 [] 是两回事。"
    ),
}
# A heading stands above the fact that begins the group.
_HEADINGS: Mapping[str, Mapping[str, str]] = {
    "id": {"en": "The deal", "zh": "商机概况"},
    "incumbent": {"en": "The purchase", "zh": "这次采购"},
    "event": {"en": "The event that makes the customer act", "zh": "必要事件"},
    "marks": {"en": "The criteria", "zh": "评估标准"},
    "ubv_confirmed": {"en": "Our position against the rivals", "zh": "竞争态势"},
    "assessed_on": {"en": "How the deal was assessed", "zh": "商机评估"},
    "value_stated_as": {"en": "The offer and the product", "zh": "方案与产品"},
    "usage_normal": {"en": "On trial, and after delivery", "zh": "试用与交付之后"},
    "impact_scope": {"en": "What the purchase touches", "zh": "采购的影响"},
    "veterans_assigned": {"en": "Our own work on the deal", "zh": "我方的投入与管理"},
    "people": {"en": "People, competitors, actions", "zh": "人员、对手、行动"},
    "account": {"en": "The customer's company", "zh": "客户公司"},
}
_OWN = {"en": "Your team's own facts", "zh": "团队自有的事实"}
_THIS: Mapping[str, Mapping[str, str]] = {
    "person": {"en": "this person", "zh": "此人"},
    "competitor": {"en": "this competitor", "zh": "该对手"},
    "action": {"en": "this action", "zh": "该行动"},
    "need": {"en": "this need", "zh": "该需求"},
    "cost_item": {"en": "this cost", "zh": "该成本项"},
    "competency": {"en": "this competency", "zh": "该能力"},
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "truth": {"en": "true or false", "zh": "true（是）或 false（否）"},
    "text": {"en": "text", "zh": "文字"},
    "currency": {"en": "three capital letters", "zh": "三个大写字母"},
    "number": {"en": "a number", "zh": "数字"},
    "whole number": {"en": "a whole number", "zh": "整数"},
    "from": {"en": ", {} or more", "zh": "，不小于 {}"},
    "between": {"en": ", from {} to {}", "zh": "，{} 到 {}"},
    "date": {"en": "a date, such as 2026-11-21", "zh": "日期，如 2026-11-21"},
    "past": {"en": "a date, such as 2026-11-21, or never", "zh": "日期，如 2026-11-21，或 never"},
    "money": {
        "en": "an amount such as 12000, or {amount: 12000, currency: CNY}",
        "zh": "金额，如 12000，或 {amount: 12000, currency: CNY}",
    },
    "id": {"en": "an id from `{}`", "zh": "`{}` 中的编号"},
    "ids": {
        "en": "a list of ids from `{}`, such as [a1, b2]",
        "zh": "`{}` 中编号的列表，如 [a1, b2]",
    },
    "one": {"en": "one of: {}", "zh": "任选其一：{}"},
    "several": {"en": "a list, such as [{}], of: {}", "zh": "列表，如 [{}]，可选：{}"},
    "list": {
        "en": "a list; for each item take the `#` away from a copy of these lines",
        "zh": "列表；每一项复制下面几行，并去掉行首的 `#`",
    },
}


def blank(vocabulary: Vocabulary, *, language: Language = "en") -> str:
    """The empty deal file of a vocabulary.

    Args:
        vocabulary: The facts that there are.
        language: Of the questions: ``en`` or ``zh``.
    """
    lines = [*_comment(_OPENING[language], "")]
    standard = Vocabulary(Opportunity).members(Opportunity)
    own = False
    for name, entry in vocabulary.members(vocabulary.root).items():
        heading = _HEADINGS.get(name)
        if name not in standard and not own:
            own, heading = True, _OWN
        if heading is not None:
            lines += ["", "", f"# ===== {heading[language]} ====="]
        lines += ["", *_fact(vocabulary, entry, language, "", None)]
    return "\n".join(lines) + "\n"


def _fact(
    vocabulary: Vocabulary, entry: Fact, language: Language, indent: str, this: str | None
) -> Iterator[str]:
    """A fact with its question above it; a group with its facts, a list with an example."""
    question = entry.question[language]
    if this is not None:
        question = question.replace("“{name}”", this).replace("{name}", this)
    yield from _comment(question, indent)
    name = entry.path[-1]
    match entry.type:
        case RecordType():
            yield f"{indent}{name}:"
            for inner in _below(vocabulary, entry):
                yield from _fact(vocabulary, inner, language, indent + "  ", this)
        case ListType(cls):
            yield from _comment("  " + _WORDS["list"][language], indent)
            yield f"{indent}{name}:"
            thing = kind(cls)
            called = _THIS.get(thing, {}).get(language, thing)
            for inner in _below(vocabulary, entry):
                if inner.path[-1] == "id":
                    yield f"{indent}# - id: {_example(thing, inner.type)}"
                    continue
                for line in _fact(vocabulary, inner, language, "  ", called):
                    yield f"{indent}# {line}"
        case type_:
            yield from _comment("  " + _allowed(type_, entry.unit, language), indent)
            yield f"{indent}{name}:"


def _below(vocabulary: Vocabulary, entry: Fact) -> Iterable[Fact]:
    """The facts of a group, or of a list's items, in order."""
    depth = len(entry.path)
    return [
        one
        for one in vocabulary.facts.values()
        if len(one.path) == depth + 1 and one.path[:depth] == entry.path
    ]


def _example(thing: str, type_: FactType) -> str:
    return type_.values[0] if isinstance(type_, EnumerationType) else f"{thing[0]}1"


def _allowed(type_: FactType, unit: str | None, language: Language) -> str:
    """What may stand behind a fact's name."""

    def words(key: str, *values: object) -> str:
        text = _WORDS[key][language]
        return text.format(*values) if values else text

    match type_:
        case TruthType():
            return words("truth")
        case TextType(form):
            return words("currency" if form == "currency" else "text")
        case NumberType():
            text = words(type_.name)
            if type_.minimum is not None and type_.maximum is not None:
                text += words("between", type_.minimum, type_.maximum)
            elif type_.minimum is not None:
                text += words("from", type_.minimum)
            # Units are in English, and the Chinese questions name them.
            return text if unit is None or language == "zh" else f"{text} ({unit})"
        case DateType():
            return words("past" if type_.past else "date")
        case MoneyType():
            return words("money")
        case IdentifierType(list_name):
            return words("id", list_name)
        case SetType(IdentifierType(list_name)):
            return words("ids", list_name)
        case EnumerationType():
            return words("one", _listed(type_, language))
        case SetType(EnumerationType() as member):
            return words("several", ", ".join(member.values[:2]), _listed(member, language))
        case _:
            raise AssertionError(type_)


def _listed(type_: EnumerationType, language: Language) -> str:
    if language == "en":
        return ", ".join(type_.values)
    labels = type_.labels
    return "、".join(f"{word} {labels[word]}" if word in labels else word for word in type_.values)


def _comment(text: str, indent: str) -> Iterator[str]:
    """Text as comment lines of at most 80 columns, where a Chinese character takes two."""
    inset = " " * (len(text) - len(text.lstrip()))
    line = start = f"{indent}# {inset}"
    for token in _TOKEN.findall(text.strip()):
        if _columns(line) + _columns(token.rstrip()) > _WIDTH and line != start:
            yield line.rstrip()
            line = start
        if line != start or not token.isspace():
            line += token
    yield line.rstrip()


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
