"""The facts that rules read, as a table: type, allowed values, unit and question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b2brules.facts import Vocabulary
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
from b2brules.ruleset.model import Language
from tests.docs.catalogue.words import WORDS, Words
from tests.docs.markdown import code, prose


def fact_rows(vocabulary: Vocabulary, names: Iterable[str], lang: Language) -> Iterator[list[str]]:
    """Yield a row for each fact that is named, in the order of the vocabulary."""
    wanted = set(names)
    for name, fact in vocabulary.facts.items():
        if name in wanted:
            # Units are in English, and the Chinese questions name them.
            unit = fact.unit if lang == "en" and fact.unit else ""
            yield [code(name), _type(fact.type, lang), unit, prose(fact.question[lang])]


def _type(type_: FactType, lang: Language) -> str:
    say = WORDS[lang]
    match type_:
        case TruthType():
            return say["truth"]
        case NumberType():
            return _number(type_, say)
        case MoneyType():
            return say["money"]
        case TextType():
            return say["text"]
        case DateType(past=past):
            return say["past_date" if past else "date_type"]
        case EnumerationType():
            return say["one"].format(_listed(type_, lang))
        case SetType(EnumerationType() as member):
            return say["set"].format(_listed(member, lang))
        case IdentifierType(list_name):
            return say["reference"].format(list_name)
        case SetType(IdentifierType(list_name)):
            return say["references"].format(list_name)
        case ListType():
            return say["list"]
        case RecordType():
            return say["record"]
        case _:
            raise AssertionError(type_)


def _number(type_: NumberType, say: Words) -> str:
    low, high = type_.minimum, type_.maximum
    if low is None:
        return say[type_.name]
    if high is None:
        return say["from"].format(say[type_.name], low)
    return say["between"].format(say[type_.name], low, high)


def _listed(type_: EnumerationType, lang: Language) -> str:
    labels = type_.labels if lang == "zh" else {}
    said = (f"{code(one)} {labels[one]}" if one in labels else code(one) for one in type_.values)
    return WORDS[lang]["comma"].join(said)
