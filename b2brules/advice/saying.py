"""Putting values and texts into words, in English or Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from b2brules.advice.evaluation import Evaluation, Thing, Things
from b2brules.facts.fields import types_of
from b2brules.facts.types import EnumerationType, IdentifierType, Money, Never, SetType, ValueType
from b2brules.language import tree
from b2brules.language.values import Amount, Candidates, Count, Runtime, rounded
from b2brules.ruleset.model import Book, Citation, Language, Template

UNKNOWN = "?"

WORDS: Mapping[str, Mapping[Language, str]] = {
    "true": {"en": "true", "zh": "是"},
    "false": {"en": "false", "zh": "否"},
    "never": {"en": "never", "zh": "从未"},
    "or": {"en": " or ", "zh": "或"},
    "and": {"en": ", ", "zh": "、"},
    "none": {"en": "none", "zh": "无"},
    "at_least": {"en": "at least {}", "zh": "至少{}"},
    "overridden": {"en": "{} (overridden)", "zh": "{}（人工决定）"},
    "range": {"en": "{} to {}", "zh": "{}至{}"},
}


def say(template: Template, evaluation: Evaluation, things: Things, lang: Language) -> str:
    """Return a text with the values of this deal in it."""
    return "".join(
        piece if isinstance(piece, str) else say_value(piece, evaluation, things, lang)
        for piece in template
    )


def say_value(node: tree.Value, evaluation: Evaluation, things: Things, lang: Language) -> str:
    """Return what a value is, in words; a thing without a name goes by its id."""
    if isinstance(node, tree.Fact) and node.variable is not None and node.path == ("name",):
        return call(things[node.variable], lang)
    value = evaluation.value(node, things)
    if isinstance(node, tree.DecisionValue) and isinstance(value, str | Candidates):
        outcomes = value.outcomes if isinstance(value, Candidates) else (value,)
        said = [label_outcome(evaluation.book, node.name, outcome, lang) for outcome in outcomes]
        return WORDS["or"][lang].join(said) or UNKNOWN
    names = _names(evaluation, node.type)
    return say_runtime(value, node.type, lang, names)


def call(thing: Thing, lang: Language) -> str:
    """Return what a reader calls a thing: its name, else the word for its id, else the id.

    A competency has no name, and its id is a word of the vocabulary.
    """
    cls: type = type(thing.item)
    kind = types_of(cls)["id"]
    if thing.name == thing.id and isinstance(kind, EnumerationType):
        return say_word(thing.id, kind, lang)
    return thing.name


def _names(evaluation: Evaluation, kind: ValueType) -> Mapping[str, str]:
    """Return the names of the things that an id, or a set of ids, can mean."""
    member = kind.member if isinstance(kind, SetType) else kind
    if not isinstance(member, IdentifierType):
        return {}
    place = next(
        path for path in evaluation.book.vocabulary.lists() if path[-1] == member.list_name
    )
    return {thing.id: thing.name for thing in evaluation.things(place) or ()}


def say_runtime(
    value: Runtime, kind: ValueType, lang: Language, names: Mapping[str, str] | None = None
) -> str:
    """Return a value in words."""
    match value:
        case None:
            return UNKNOWN
        case bool():
            return WORDS["true" if value else "false"][lang]
        case Fraction():
            return str(rounded(value))
        case Amount():
            return f"{rounded(value.number):,} {value.currency}"
        case Never() | float():
            return WORDS["never"][lang]
        case date():
            return value.isoformat()
        case Count(high=None):
            return WORDS["at_least"][lang].format(value.low) if value.low else UNKNOWN
        case Count():
            return WORDS["range"][lang].format(value.low, value.high)
        case frozenset():
            return _say_set(value, kind, lang, names or {})
        case _:
            word = str(value)
            return (names or {}).get(word, say_word(word, kind, lang))


def say_number(number: Decimal | Money) -> str:
    """Return a number or an amount, its thousands apart."""
    if isinstance(number, Money):
        return f"{number.amount:,f} {number.currency or ''}".rstrip()
    return f"{number:,f}"


def cite(citations: Iterable[Citation]) -> str:
    """Return the sources of a rule: ``tas "3:1", holden``."""
    return ", ".join(map(str, citations))


def label_outcome(book: Book, decision: str, outcome: str, lang: Language) -> str:
    """Return what to call an outcome in a few words; without a label, its own."""
    label = book.texts.get((f"{decision} = {outcome}", "label", lang))
    return outcome.replace("_", " ") if label is None else "".join(map(str, label))


def _say_set(
    members: frozenset[str], kind: ValueType, lang: Language, names: Mapping[str, str]
) -> str:
    member = kind.member if isinstance(kind, SetType) else kind
    if isinstance(member, EnumerationType):
        ordered = [value for value in member.values if value in members]
    else:
        ordered = sorted(members)
    said = [names.get(one, say_word(one, member, lang)) for one in ordered]
    return WORDS["and"][lang].join(said) or WORDS["none"][lang]


def say_word(word: str, kind: ValueType, lang: Language) -> str:
    """Return an allowed word as a reader of the language calls it; other text as it is."""
    if not isinstance(kind, EnumerationType):
        return word
    return kind.labels.get(word, word) if lang == "zh" else word.replace("_", " ")
