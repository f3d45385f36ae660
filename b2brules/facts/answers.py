"""What a person types as the value of a fact, as the plain value that a document would have.

Reading the document then says whether the fact can have that value, so an answer is held to the
same as a file, in the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from attrs import frozen

from b2brules.facts.problems import FactsError, located
from b2brules.facts.scalars import plain_value
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
)
from b2brules.facts.yaml_text import yaml_documents

_AMOUNT = re.compile(r"([A-Za-z]{3})?\s*(-?[0-9]+(?:\.[0-9]+)?)\s*([A-Za-z]{3})?")
_COMMAS = re.compile(r"[,、;]")
_TRUTHS = {True: ("yes", "y", "是", "对"), False: ("no", "n", "否", "不是")}
_NEVER = ("never", "从未")
_CHINESE_DAY = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]")
_NEGATIONS = re.compile(r"[不非未无没]|\b(?:no|not|non|never|without)\b")
_NOTHING = ("none", "nothing", "nobody", "无", "没有")


@frozen(kw_only=True)
class Choice:
    """One of the values that a fact allows.

    Args:
        word: What a document says.
        names: What else a person may call it, in any language; the first is its Chinese name.
    """

    word: str
    names: tuple[str, ...] = ()


def choices_of(type_: FactType, things: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return the values that a fact allows, in their order; none if they cannot be listed.

    Args:
        type_: What the fact can hold.
        things: The names of the things that it could mean, by id.
    """
    match type_:
        case TruthType():
            return tuple(
                Choice(word=str(value).lower(), names=names) for value, names in _TRUTHS.items()
            )
        case EnumerationType(values, labels):
            return tuple(
                Choice(word=word, names=(labels.get(word, word), word.replace("_", " ")))
                for word in values
            )
        case IdentifierType():
            return tuple(Choice(word=id_, names=(name,)) for id_, name in things.items())
        case SetType(member):
            return choices_of(member, things)
        case _:
            return ()


def read_answer(type_: FactType, text: str, choices: Sequence[Choice] = ()) -> object:
    """Return the plain value that an answer stands for, right or wrong.

    Args:
        type_: What the fact can hold.
        text: What was typed, not blank. A value that can be listed is its word, one of its names,
            a part of a name that no other has, or its number in the list; several have commas
            between them. Text in double quotes is what stands between them. A list or an amount
            may also be written as in a file.
        choices: What :func:`choices_of` returns.

    Raises:
        FactsError: It is written like a list or a mapping of a file, and is none.
    """
    typed = text.strip()
    if isinstance(type_, TextType):
        quoted = len(typed) > 1 and typed[0] == typed[-1] == '"'
        return typed[1:-1] if quoted else typed
    # Full-width digits and punctuation come easily to whoever writes Chinese.
    plain = unicodedata.normalize("NFKC", typed)
    match type_:
        case SetType() | ListType() | MoneyType() if plain[:1] in ("[", "{"):
            return _as_in_a_file(plain)
        case TruthType():
            return {"true": True, "false": False}.get(_chosen(typed, choices), typed)
        case NumberType():
            return plain_value(plain)
        case MoneyType():
            return _amount(plain)
        case DateType():
            return "never" if plain in _NEVER else _day(plain)
        case SetType():
            return _several(typed, choices)
        case ListType() if plain.lower() in _NOTHING:
            return []
        case _:
            return _chosen(typed, choices)


def is_choice(text: str, choices: Sequence[Choice]) -> bool:
    """Return whether a text is the word of a choice, or one of its names, in full."""
    plain = _plain(text)
    return any(plain == _plain(one) for choice in choices for one in (choice.word, *choice.names))


def means_choice(text: str, choices: Sequence[Choice]) -> bool:
    """Return whether a text stands for one of the choices: in full, in part or by its number."""
    return any(choice.word == _chosen(text, choices) for choice in choices)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _day(text: str) -> str:
    found = _CHINESE_DAY.fullmatch(text.replace(" ", ""))
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text


def _chosen(text: str, choices: Sequence[Choice]) -> str:
    """Return the word that is meant, or the text as it is if that is not certain."""
    if any(choice.word == text for choice in choices):
        return text
    plain = _plain(text)
    if plain.isdecimal() and 1 <= int(plain[:9]) <= len(choices):
        return choices[int(plain) - 1].word
    meant = [
        choice.word for choice in choices if plain in map(_plain, (choice.word, *choice.names))
    ] or [choice.word for choice in choices if any(_is_part(plain, one) for one in choice.names)]
    return meant[0] if len(meant) == 1 else text


def _is_part(plain: str, name: str) -> bool:
    """Return whether a text is a part of a name that means no less: `对手` of `竞争对手`.

    Of what is written in letters whole words are parts. `满意` means more than `不满意` and than
    `满意但未签`, which are not taken to be meant.
    """
    if len(plain) < 2 or plain.isdecimal():
        return False
    # Next to Chinese characters there is no end of a word to be found.
    edge = r"\b" if plain.isascii() else ""
    before, part, after = _partition(_plain(name), f"{edge}{re.escape(plain)}{edge}")
    return bool(part) and not _NEGATIONS.search(f"{before} {after}")


def _partition(text: str, pattern: str) -> tuple[str, str, str]:
    """Return what stands before the first place that a pattern finds, there, and behind it."""
    found = re.search(pattern, text)
    return (text[: found.start()], found[0], text[found.end() :]) if found else (text, "", "")


def _several(text: str, choices: Sequence[Choice]) -> list[str]:
    if text.lower() in _NOTHING and all(choice.word != text for choice in choices):
        return []
    plain = unicodedata.normalize("NFKC", text)
    # Numbers may stand with nothing but spaces between them.
    parts = plain.split() if plain.replace(" ", "").isdecimal() else _COMMAS.split(plain)
    return [_chosen(part.strip(), choices) for part in parts if part.strip()]


def _amount(text: str) -> object:
    amount = _AMOUNT.fullmatch(text)
    if amount is None or (amount[1] and amount[3]):
        return text
    currency = amount[1] or amount[3]
    number = plain_value(amount[2])
    return number if currency is None else {"amount": number, "currency": currency}


def _as_in_a_file(text: str) -> object:
    document, *_ = yaml_documents(text)
    if document.findings:
        raise FactsError(located(document.value, document.findings, None))
    return document.value
