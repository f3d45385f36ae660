"""A few values of a fact, and among them those around what rules compare it with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeAlias

from b2brules.facts.types import (
    DateType,
    EnumerationType,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
    ValueType,
)
from b2brules.facts.values import FIRST_DAY, LAST_DAY, RefusedError, accept
from b2brules.testing.thresholds import Threshold

Samples: TypeAlias = tuple[object, ...]
"""Values as a facts document writes them, the plainest first: an example shrinks towards it."""

LEAST_STEP = Decimal("0.000001")
CENT = Decimal("0.01")
LONGEST_DISTANCE = 110_000
"""More days than there are from the first to the last that a document may name."""


def samples_of(
    kind: ValueType, limits: Sequence[Threshold], currencies: Sequence[str], as_of: date
) -> Samples:
    """Return values of a fact, thresholds just missed and just hit among them.

    Args:
        kind: What the fact can hold; not an id of another thing, which hangs on who is there.
        limits: What rules compare it with.
        currencies: Codes of the currencies that amounts may be in.
        as_of: The day around which days lie.
    """
    match kind:
        case TruthType():
            found: Iterable[object] = (True, False)
        case EnumerationType(values):
            found = values
        case SetType(EnumerationType(values)):
            found = [list(members) for members in _subsets(values)]
        case NumberType(whole=whole):
            found = _numbers(limits, Decimal(1) if whole else LEAST_STEP)
        case MoneyType():
            amounts = list(_numbers(limits, CENT))
            found = [
                *amounts,
                *(
                    {"amount": amount, "currency": currency}
                    for currency in currencies
                    for amount in amounts
                ),
            ]
        case DateType(past=past):
            days = [day.isoformat() for day in _days(limits, as_of)]
            found = [*days[:1], "never", *days[1:]] if past else days
        case TextType(form="currency"):
            found = currencies
        case TextType():
            found = ["Lin", "王", *(limit for limit in limits if isinstance(limit, str))]
        case _:
            raise AssertionError(kind)
    return tuple(value for value in found if _is_allowed(kind, value))


def _is_allowed(kind: ValueType, value: object) -> bool:
    try:
        accept(kind, value)
    except RefusedError:
        return False
    return True


def _numbers(limits: Sequence[Threshold], step: Decimal) -> Iterator[int | Decimal]:
    """Yield nought, one, two and ten, the least there is, and each limit with its neighbours."""
    near = (limit // step * step + away for limit in _figures(limits) for away in (0, -step, step))
    for number in dict.fromkeys((Decimal(0), Decimal(1), *near, Decimal(2), step, Decimal(10))):
        yield int(number) if number == number.to_integral_value() else number


def _days(limits: Sequence[Threshold], as_of: date) -> Iterator[date]:
    """Yield ``as_of``, the days named, the days so many days away, and the neighbours of all."""
    away = [int(limit) for limit in _figures(limits) if abs(limit) < LONGEST_DISTANCE]
    distances = (
        side * (one + near) for one in (0, *away) for near in (0, 1, -1) for side in (1, -1)
    )
    named = (limit for limit in limits if isinstance(limit, date))
    wanted = [as_of.toordinal() + distance for distance in distances]
    wanted += [day.toordinal() + near for day in named for near in (0, 1, -1)]
    wanted += [(as_of + timedelta(days=years * 365)).toordinal() for years in (-3, 3)]
    for ordinal in dict.fromkeys(wanted):
        if FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal():
            yield date.fromordinal(ordinal)


def _figures(limits: Sequence[Threshold]) -> Iterator[Decimal]:
    return (limit for limit in limits if isinstance(limit, Decimal))


def _subsets(members: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield sets of no member, of one, of the first few and of all, at most twenty of one."""
    yield ()
    yield from ((member,) for member in members[:20])
    yield from (tuple(members[:size]) for size in range(2, min(len(members), 5)))
    if len(members) > 1:
        yield tuple(members)


def subsets_of(ids: Sequence[str]) -> Samples:
    """Return sets of ids, as a document writes them."""
    return tuple(list(members) for members in _subsets(ids))
