"""What a value is while rules are evaluated, and how two of them compare.

``None`` is unknown. Numbers are exact fractions, so that every engine gives the same digits; a
formula's result is rounded once, at its end. A count may be a range, a decision a set of
candidates.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from attrs import frozen

from b2brules.facts.types import NEVER, Money, Never
from b2brules.language.tree import Comparator
from b2brules.language.truth import Truth, agreement, conjunction, disjunction, negation

Rates: TypeAlias = Mapping[tuple[str, str], Decimal]
"""How many units of the second currency one unit of the first is worth."""

PLACES = 6
"""Digits after the point that a formula keeps."""


@frozen
class Amount:
    """An amount of money in a known currency."""

    number: Fraction
    currency: str


@frozen
class Count:
    """A count that is at least ``low`` and at most ``high``, or has no upper bound (``None``)."""

    low: int
    high: int | None


@frozen
class Candidates:
    """The outcomes that are still possible for a decision: several, or none."""

    outcomes: tuple[str, ...]


Known: TypeAlias = (
    bool | Fraction | float | Amount | date | Never | str | frozenset[str] | Count | Candidates
)
Runtime: TypeAlias = Known | None

Bounds: TypeAlias = Sequence[tuple[Comparator, Runtime]]
"""What one test asks of a value: each comparison, and what with."""

ORDER: Mapping[Comparator, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
MIRRORED: Mapping[Comparator, Comparator] = {
    "=": "=",
    "!=": "!=",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}


def compare(sign: Comparator, left: Runtime, right: Runtime, rates: Rates) -> Truth:
    """Return whether ``left sign right`` holds.

    A decision's candidates and a count's range are compared as a whole: true (or false) only if
    every possibility agrees. Amounts compare in one currency; without a rate it is unknown.
    """
    if left is None or right is None:
        return None
    if isinstance(left, Candidates):
        return agreement(compare(sign, outcome, right, rates) for outcome in left.outcomes)
    if isinstance(right, Candidates):
        return compare(MIRRORED[sign], right, left, rates)
    if isinstance(left, Count):
        return None if isinstance(right, Count) else _compare_count(sign, left, right)
    if isinstance(right, Count):
        return _compare_count(MIRRORED[sign], right, left)
    if isinstance(left, Amount) and isinstance(right, Amount):
        converted = convert(right, left.currency, rates)
        return None if converted is None else ORDER[sign](left.number, converted.number)
    if isinstance(left, date | Never):
        return ORDER[sign](_day(left), _day(right))
    return ORDER[sign](left, right)


def _compare_count(sign: Comparator, count: Count, other: Known) -> Truth:
    high = float("inf") if count.high is None else count.high
    if sign in ("=", "!="):
        if not count.low <= other <= high:  # type: ignore[operator]
            return sign == "!="
        return None
    return agreement((ORDER[sign](count.low, other), ORDER[sign](high, other)))


def _day(value: Runtime) -> float:
    return float("-inf") if value is NEVER else value.toordinal()  # type: ignore[union-attr]


def passes(value: Runtime, bounds: Bounds, rates: Rates) -> Truth:
    """Return whether a value keeps all the bounds of one test."""
    return conjunction(compare(sign, value, bound, rates) for sign, bound in bounds)


def among(value: Runtime, tests: Sequence[Bounds], negated: bool, rates: Rates) -> Truth:
    """Return whether a value passes one of several tests, or, ``negated``, none of them.

    On a decision's candidates it is one test as a whole: true if it is true of every one.
    """
    options = value.outcomes if isinstance(value, Candidates) else (value,)
    found = agreement(
        disjunction(passes(option, bounds, rates) for bounds in tests) for option in options
    )
    return negation(found) if negated else found


def contains(members: Runtime, member: Runtime) -> Truth:
    """Return whether a set has a member."""
    if not isinstance(members, frozenset):
        return None
    options = member.outcomes if isinstance(member, Candidates) else (member,)
    return agreement(None if one is None else one in members for one in options)


def days_between(day: date | Never | None, as_of: date, direction: int) -> Runtime:
    """Return the days from ``day`` to ``as_of`` (``direction`` 1), or the other way round (-1)."""
    if day is None:
        return None
    if day is NEVER:
        return direction * float("inf")
    return Fraction(direction * (as_of - day).days)


def arithmetic(sign: str, left: Runtime, right: Runtime, rates: Rates) -> Runtime:
    """Return ``left sign right``.

    It is unknown where a part is unknown, a range or ``never``, and for a division by zero.
    """
    if isinstance(left, Amount) and isinstance(right, Amount):
        converted = convert(right, left.currency, rates)
        if converted is None:
            return None
        number = _calculate(sign, left.number, converted.number)
        return number if sign == "/" else _amount(number, left.currency)
    if isinstance(left, Amount) and isinstance(right, Fraction):
        return _amount(_calculate(sign, left.number, right), left.currency)
    if isinstance(left, Fraction) and isinstance(right, Amount):
        return _amount(_calculate(sign, left, right.number), right.currency)
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return _calculate(sign, left, right)
    return None


def _calculate(sign: str, left: Fraction, right: Fraction) -> Fraction | None:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return left / right if right else None


def _amount(number: Fraction | None, currency: str) -> Amount | None:
    return None if number is None else Amount(number, currency)


def convert(amount: Amount, currency: str, rates: Rates) -> Amount | None:
    """Return the amount in another currency, ``None`` if no rate is known."""
    if amount.currency == currency:
        return amount
    if (amount.currency, currency) in rates:
        return Amount(amount.number * Fraction(rates[amount.currency, currency]), currency)
    if (currency, amount.currency) in rates:
        return Amount(amount.number / Fraction(rates[currency, amount.currency]), currency)
    return None


def count(truths: Iterable[Truth]) -> Fraction | Count:
    """Return how many hold: a range while some are unknown."""
    known = list(truths)
    low = known.count(True)
    unknown = known.count(None)
    return Count(low, low + unknown) if unknown else Fraction(low)


def total(function: str, values: list[Runtime]) -> Runtime:
    """Return the sum, least or greatest of some numbers: unknown if one of them is.

    The sum of nothing is zero; its least and greatest are unknown.
    """
    numbers = [value for value in values if isinstance(value, Fraction)]
    if len(numbers) < len(values):
        return None
    if function == "sum":
        return sum(numbers, Fraction(0))
    least_or_greatest = min if function == "min" else max
    return least_or_greatest(numbers) if numbers else None


def total_money(
    function: str, values: list[Runtime], currency: str | None, rates: Rates
) -> Runtime:
    """Return the sum, least or greatest of some amounts.

    It is in their currency, or the document's if they differ; unknown if one of them is.
    """
    amounts = [value for value in values if isinstance(value, Amount)]
    currencies = {amount.currency for amount in amounts}
    common = currencies.pop() if len(currencies) == 1 else currency
    if len(amounts) < len(values) or common is None:
        return None
    converted = [convert(amount, common, rates) for amount in amounts]
    found = total(function, [None if one is None else one.number for one in converted])
    return Amount(found, common) if isinstance(found, Fraction) else None


def rounded(number: Fraction) -> Decimal:
    """Return the number as a decimal, rounded half-even to six places, without trailing zeros."""
    if number.denominator == 1:
        return Decimal(number.numerator)
    return plain(Decimal(f"{round(number * 10**PLACES)}e-{PLACES}"))


def plain(number: Decimal) -> Decimal:
    """Return the number without trailing zeros and without an exponent, however long it is."""
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def concluded(value: Runtime) -> Decimal | Money | None:
    """Return what a formula came to, rounded: ``None`` while it is not known exactly."""
    if isinstance(value, Amount):
        return Money(amount=rounded(value.number), currency=value.currency)
    return rounded(value) if isinstance(value, Fraction) else None


@lru_cache(maxsize=4096)
def _fraction(number: int | Decimal) -> Fraction:
    # Deals have the same few numbers again and again, and making a fraction of one takes long.
    return Fraction(number)


def calculable(value: object, currency: str | None) -> Runtime:
    """Return a fact, a parameter or a formula's number as rules calculate with it.

    Args:
        value: What the document or the rulebook holds.
        currency: The currency of an amount that names none; ``None`` if that is not known.
    """
    if isinstance(value, Money):
        code = value.currency or currency
        return None if code is None else Amount(_fraction(value.amount), code)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return _fraction(value)
    return value  # type: ignore[return-value]  # the rest is held as it is
