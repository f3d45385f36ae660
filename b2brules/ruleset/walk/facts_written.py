"""Writing values of facts down as a facts document has them."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from b2brules.facts.types import NEVER, DateType, MoneyType
from b2brules.language import tree
from b2brules.ruleset.walk.identity import Owner
from b2brules.ruleset.walk.inputs import Input
from b2brules.ruleset.walk.regions import Domains

Document: TypeAlias = MutableMapping[str, Any]


def options(one: Input, domains: Domains) -> list[object]:
    """Return the values that are possible for an input, ``never`` as the last."""
    domain = domains[one.number]
    values = [value for place, value in enumerate(one.points.values) if domain >> place & 1]
    return sorted(values, key=lambda value: value is NEVER)


def pick(one: Input, domains: Domains) -> object:
    """Return the plainest of the values that are possible for an input."""
    return options(one, domains)[0]


def pick_last(one: Input, domains: Domains) -> object:
    """Return the last of the values that are possible for an input: ``never`` if it may be."""
    return options(one, domains)[-1]


def write(
    document: Document,
    subject: object,
    value: object,
    as_of: date,
    *,
    currency: str | None = None,
    absolute: bool = False,
) -> None:
    """Write one value down where it belongs, unless it is there or is no fact.

    Args:
        document: The deal, or a thing of one of its lists.
        subject: The fact, or the question whether a set has a word.
        value: As it stands among the points of an input.
        as_of: The day that distances are counted from.
        currency: Of an amount.
        absolute: Whether a date is a day of the calendar, not a distance from ``as_of``.
    """
    match subject:
        case tree.Fact(type=MoneyType()):
            put(document, subject.path, {"amount": _number(value), "currency": currency})
        case tree.Fact(type=DateType()):
            put(document, subject.path, _day(value, as_of, absolute))
        case tree.Fact():
            put(document, subject.path, _number(value))
        case tree.Contains(set=tree.Fact() as members, member=tree.Constant(value=word)):
            written = put(document, members.path, [])
            if value is True and isinstance(written, list):
                written.append(word)
        case tree.CountSet(set=members) if value == 0:
            put(document, members.path, [])


def put(document: Document, path: tuple[str, ...], value: object) -> object:
    """Write a value at a path, unless one is there; return the one that is there then."""
    *groups, name = path
    for group in groups:
        document = document.setdefault(group, {})
    return document.setdefault(name, value)


def look_up(
    document: Mapping[str, Any], owner: Owner, thing: str | None, path: tuple[str, ...]
) -> object:
    """Return a fact of the deal, or of the thing of a list; ``None`` if it is not told."""
    here: Any = document
    if isinstance(owner, tuple):
        for name in owner:
            here = here.get(name, {})
        here = next((each for each in here if each["id"] == thing), {})
    for name in path:
        here = here.get(name, {})
    return None if here == {} else here


def _number(value: object) -> object:
    if not isinstance(value, Fraction):
        return value
    if value.denominator == 1:
        return int(value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def _day(value: object, as_of: date, absolute: bool) -> object:
    if not isinstance(value, Fraction):
        return NEVER.value
    try:
        return date.fromordinal(int(value)) if absolute else as_of + timedelta(days=int(value))
    except (OverflowError, ValueError):
        # Reading the document says that it is no day, so it is no example.
        return str(value)


def say(value: object) -> str:
    """Return a document, or a value in it, as YAML on one line."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key}: {say(part)}" for key, part in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(say, value)) + "]"
        case bool():
            return "true" if value else "false"
        case str():
            return value if value.isidentifier() else json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
