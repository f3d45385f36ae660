"""Values of an unknown fact: one at least for each way in which the rules can tell them apart."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal

from b2brules.advice.evaluation import Evaluation
from b2brules.facts import NEVER, Money
from b2brules.facts.paths import FactPath
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    SetType,
    TruthType,
)
from b2brules.facts.values import FIRST_DAY, LAST_DAY
from b2brules.language import tree
from b2brules.language.walking import walk
from b2brules.ruleset.asking import asked_by
from b2brules.ruleset.model import Book

RATES = (Decimal("0.000001"), Decimal(1), Decimal(1_000_000))
"""What a rate of exchange is tried with."""


def samples_of(
    evaluation: Evaluation, path: FactPath, type_: FactType, limits: frozenset[Decimal]
) -> Iterator[object]:
    """Yield values of a fact.

    Args:
        evaluation: The deal as it is known.
        path: Where the fact stands.
        type_: What it can hold.
        limits: The numbers that rules compare it with.
    """
    match type_:
        case TruthType():
            yield from (True, False)
        case EnumerationType(values):
            yield from values
        case NumberType() as kind:
            for number in _around(limits):
                low = kind.minimum is None or number >= kind.minimum
                if low and (kind.maximum is None or number <= kind.maximum):
                    if not kind.whole:
                        yield number
                    elif number == number.to_integral_value():
                        yield int(number)
        case MoneyType(minimum=least):
            currencies = {evaluation.currency_of(path), *_units(evaluation.book)}
            for currency in sorted(filter(None, currencies)):
                for number in _around(limits):
                    if least is None or number >= least:
                        yield Money(amount=number, currency=currency)
        case DateType() as kind:
            if kind.past:
                yield NEVER
            yield from _days(evaluation, limits)
        case IdentifierType(list_name):
            yield from _others(evaluation, path, list_name)
        case SetType(EnumerationType(values)):
            yield from _subsets(values)
        case SetType(IdentifierType(list_name)):
            yield from _subsets(tuple(_others(evaluation, path, list_name)))
        case ListType():
            yield ()
        case _:
            if path[-1] == "currency":
                yield from sorted(_units(evaluation.book) or {"CNY"})


def _others(evaluation: Evaluation, path: FactPath, list_name: str) -> Iterator[str]:
    """Yield the ids that a fact can name; a thing does not name itself."""
    own = path[-2] if path[:-2] == (list_name,) else None
    return (thing.id for thing in evaluation.things((list_name,)) or () if thing.id != own)


def _around(limits: frozenset[Decimal]) -> list[Decimal]:
    """Return each limit, a number between two neighbours, and one beyond either end."""
    ordered = sorted(limits) or [Decimal(1)]
    between = [(low + high) / 2 for low, high in itertools.pairwise(ordered)]
    found = {*ordered, *between, *(number + step for number in ordered for step in (-1, 1))}
    return sorted(number for number in found if abs(number) < 10**15)


def _days(evaluation: Evaluation, limits: frozenset[Decimal]) -> Iterator[datetime.date]:
    """Yield days as far from today as the rules name, either way, and one day more and less."""
    distances = {int(step) for number in limits for step in (number - 1, number, number + 1)}
    for day in (evaluation.as_of, *_dates_in(evaluation.deal)):
        for distance in sorted({-1, 0, 1, *distances, *(-one for one in distances)}):
            ordinal = day.toordinal() + distance
            if FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal():
                yield datetime.date.fromordinal(ordinal)


def _dates_in(holder: object) -> Iterator[datetime.date]:
    for name in getattr(holder, "__slots__", ()):
        value = getattr(holder, name, None)
        if isinstance(value, datetime.date):
            yield value


def _subsets(values: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """Yield the sets that rules can tell apart by one member, by two, or by their size."""
    for size in range(len(values) + 1):
        yield frozenset(values[:size])
    for one in values:
        yield frozenset({one})
        yield frozenset(values) - {one}


def _units(book: Book) -> set[str]:
    """Return the currencies that amounts in the rules are in."""
    return {one.unit for one in book.parameters.values() if isinstance(one.type, MoneyType)}


def thresholds_of(book: Book) -> Mapping[str, frozenset[Decimal]]:
    """Return, by the last name of a fact, the numbers that stand in a condition with it."""
    found: dict[str, set[Decimal]] = {}
    for asked in (asked for decision in book.decisions.values() for asked in asked_by(decision)):
        nodes = list(walk(asked))
        numbers = {Decimal(number) for node in nodes if (number := _number(node, book)) is not None}
        for node in nodes:
            if isinstance(node, tree.Fact):
                found.setdefault(node.path[-1], set()).update(numbers)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _number(node: object, book: Book) -> Decimal | None:
    if isinstance(node, tree.Constant) and isinstance(node.value, Decimal):
        return node.value
    if isinstance(node, tree.Parameter):
        value = book.parameters[node.name].value
        return value.amount if isinstance(value, Money) else value
    return None
