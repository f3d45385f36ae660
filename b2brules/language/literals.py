"""Numbers and days as they are written in rules, and the ranges between them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from b2brules.facts.types import DateType, NumberType
from b2brules.facts.values import RefusedError, accept, shown
from b2brules.language import tree
from b2brules.language.errors import wrong
from b2brules.language.tree import Span, Value


def read_number(text: str, span: Span) -> Decimal:
    """Return the exact number that digits stand for, or raise `LanguageError`."""
    try:
        number = accept(NumberType(), Decimal(text))
    except RefusedError:
        message = f"{shown(text)} has too many digits"
        help_ = "15 digits at most, 6 of them after the point"
        raise wrong("wrong-value", message, help_, span) from None
    assert isinstance(number, Decimal)
    return number


def read_day(text: str, span: Span) -> date:
    """Return the day that ``2026-11-21`` stands for, or raise `LanguageError`."""
    try:
        day = accept(DateType(), text)
    except RefusedError:
        help_ = "write a day of the calendar, from 1900-01-01 to 2199-12-31"
        raise wrong("wrong-value", f"there is no day `{text}`", help_, span) from None
    assert isinstance(day, date)
    return day


def check_order(low: Value, high: Value, *, closed: bool, span: Span) -> None:
    """Raise `LanguageError` if nothing lies between two bounds that are written out.

    ``closed`` says that the bounds belong to the range.
    """
    if not isinstance(low, tree.Constant) or not isinstance(high, tree.Constant):
        return
    least, greatest = low.value, high.value
    if least == greatest and not closed:
        message = f"nothing lies between `{least}` and itself"
        raise wrong("empty-range", message, f"write `[{least}..{least}]`, or the value", span)
    # Both are days, or both are numbers: the check of types has seen to that.
    if least > greatest:  # type: ignore[operator]
        message = f"nothing lies between `{least}` and `{greatest}`"
        raise wrong("empty-range", message, "write the lesser one first", span)
