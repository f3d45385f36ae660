"""Which types compare with which, and what to say when they do not."""

from __future__ import annotations

from b2brules.facts.types import (
    DateType,
    EnumerationType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
    ValueType,
)
from b2brules.facts.values import shown
from b2brules.language import tree
from b2brules.language.errors import suggestion, wrong
from b2brules.language.tree import Comparator, Span, Value

TRUTH = TruthType()


def check_comparable(
    left: Value, operator: Comparator, right: Value, span: Span, against: ValueType | None = None
) -> None:
    """Raise `LanguageError`, marking ``span``, unless the two values can be compared so.

    ``against`` is the type to compare with where it is not the right value's own: its members'.
    """
    one, other = left.type, against or right.type
    match one, other:
        case (EnumerationType(), EnumerationType()):
            fits = bool(set(one.values) & set(other.values))
        case (IdentifierType(), IdentifierType()):
            fits = one == other
        case _:
            fits = type(one) is type(other) and not isinstance(one, SetType)
    if not fits:
        message = f"{_said(left)} does not compare with {_said(right)}"
        if isinstance(one, EnumerationType) and isinstance(other, EnumerationType):
            message = f"`{name_of(left)}` and `{name_of(right)}` have no word in common"
        raise wrong("wrong-type", message, _remedy(left, one, right, other), span)
    if operator not in ("=", "!=") and not isinstance(one, NumberType | MoneyType | DateType):
        message = f"`{operator}` does not go with {describe(one)}"
        help_ = "list the values that you mean: `in ( … )`"
        if isinstance(one, TruthType):
            help_ = _truth_alone(left)
        raise wrong("wrong-type", message, help_, span)


def _said(value: Value) -> str:
    """Return a value and its type as a message says them."""
    name = name_of(value)
    return f"{shown(name)} ({describe(value.type)})" if name else describe(value.type)


def _remedy(left: Value, one: ValueType, right: Value, other: ValueType) -> str | None:
    kinds = (type(one), type(other))
    written = next(
        (side for side in (left, right) if isinstance(side, tree.Constant) and side.type != TRUTH),
        None,
    )
    help_: str | None = None
    if isinstance(written, tree.Constant) and isinstance(written.value, str):
        help_ = _unquoted(written.value, other if written is left else one)
    elif SetType in kinds:
        help_ = "ask `x in the_set`, `the_set is empty` or `count(the_set)`"
    elif TruthType in kinds:
        truth = left if isinstance(one, TruthType) else right
        help_ = _truth_alone(truth)
    elif IdentifierType in kinds:
        help_ = "an id compares with the id of a thing in the same list"
    elif MoneyType in kinds:
        help_ = "compare an amount with a parameter whose unit is a currency"
    elif DateType in kinds:
        help_ = "for a number of days write `days_since( … )` or `days_until( … )`"
    elif EnumerationType in kinds:
        words = one if isinstance(one, EnumerationType) else other
        help_ = f"compare it with one of {', '.join(getattr(words, 'values', ()))}"
    return help_


def _truth_alone(value: Value) -> str:
    name = name_of(value) or "…"
    return f"write `{name}` or `not({name})` alone; in a cell, `true` or `false`"


def _unquoted(text: str, beside: ValueType) -> str | None:
    """Say what to write in place of a text beside a value that is no text."""
    match beside:
        case EnumerationType():
            if text in beside.values:
                return f"write `{text}` without quotes"
            return suggestion(text, beside.values) or f"it is one of {', '.join(beside.values)}"
        case IdentifierType():
            return "rules name no things; compare with the id of another one, such as `boss.id`"
        case TruthType():
            return "write `true` or `false`, without quotes"
        case DateType():
            return "write a day without quotes, such as `2026-11-21`"
        case NumberType():
            return "write a number without quotes"
        case _:
            return None


def describe(kind: object) -> str:
    """Return what a rule author calls a type, with its article."""
    match kind:
        case TruthType():
            return "a truth value"
        case EnumerationType():
            return "one of a few words"
        case MoneyType():
            return "an amount of money"
        case IdentifierType():
            return "an id"
        case NumberType():
            return "a number"
        case TextType():
            return "a text"
        case DateType():
            return "a date"
        case SetType():
            return "a set"
        case ListType():
            return "a list"
        case _:
            return "a group of facts"


def name_of(value: Value) -> str | None:
    """Return a value as it is written, ``None`` for one that is worked out."""
    match value:
        case tree.Fact():
            return _path(value.variable, value.path)
        case tree.DecisionValue():
            return _path(value.variable, (value.name,))
        case tree.Parameter():
            return value.name
        case tree.AsOf():
            return "as_of"
        case tree.Constant():
            if isinstance(value.value, bool):
                return "true" if value.value else "false"
            return f'"{value.value}"' if isinstance(value.type, TextType) else str(value.value)
        case _:
            return None


def _path(variable: str | None, names: tuple[str, ...]) -> str:
    """Return names with the variable before them, unless it is the hidden one of a filter."""
    hidden = variable is None or variable.startswith("$")
    return ".".join(names if hidden else (str(variable), *names))
