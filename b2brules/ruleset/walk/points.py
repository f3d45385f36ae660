"""The points of a variable: one for each region into which thresholds cut its values."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor
from typing import Protocol

from attrs import define, field

from b2brules.facts.types import NEVER
from b2brules.facts.values import DIGITS, PLACES

GREATEST = Fraction(10**DIGITS - 1)
"""No number of a fact is greater."""


class Points(Protocol):
    """What a variable can be, region by region."""

    values: list[object]
    everything: int

    def add(self, value: object) -> None:
        """Note a value that it is compared with."""

    def settle(self) -> None:
        """Make the points, once all values that it is compared with are known."""

    def mask(self, sign: str, value: object) -> int:
        """Return the points for which ``point sign value`` holds."""

    def locate(self, value: object) -> int:
        """Return the mask of the region in which a value lies, zero if in none."""


@define(eq=False)
class Words:
    """A few words or truth values, each a region of its own.

    Args:
        other: A text that is none of them, where any text is allowed.
    """

    values: list[object]
    other: str | None = None
    everything: int = 0

    def add(self, value: object) -> None:
        """Note a text that it is compared with."""
        if self.other is not None and value not in self.values:
            self.values.append(value)
            # Some text is none of those that rules name.
            while self.other in self.values:
                self.other += "?"

    def settle(self) -> None:
        """Make the points."""
        if self.other is not None:
            self.values.append(self.other)
        self.everything = (1 << len(self.values)) - 1

    def mask(self, sign: str, value: object) -> int:
        """Return the point that equals the value, or for ``!=`` all others."""
        found = 1 << self.values.index(value) if value in self.values else 0
        return found if sign == "=" else self.everything ^ found

    def locate(self, value: object) -> int:
        """Return the mask of the point."""
        return self.mask("=", value)


@define(eq=False, kw_only=True)
class Scale:
    """Numbers, cut at thresholds: a region below each, one at it, and one above the last.

    Args:
        whole: Whether it has whole numbers only.
        exact: Whether it has only numbers that a fact can have, with six digits after the point.
        never: Whether it is a date that may be ``never``, which comes before every day.
    """

    whole: bool = False
    exact: bool = True
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    never: bool = False
    values: list[object] = field(factory=list)
    everything: int = 0
    _cuts: set[Fraction] = field(factory=set)
    _order: dict[Fraction, tuple[int, int]] = field(factory=dict)
    _places: dict[int, int] = field(factory=dict)

    def add(self, value: object) -> None:
        """Note a threshold."""
        assert isinstance(value, Fraction)
        self._cuts.add(value)

    def settle(self) -> None:
        """Make the points, in their order."""
        self.values = [NEVER] if self.never else []
        cuts = sorted(self._cuts)
        below: Fraction | None = None
        for number, cut in enumerate(cuts):
            self._point(2 * number, self._between(below, cut))
            start = len(self.values)
            self._point(2 * number + 1, cut if self.allows(cut) else None)
            self._order[cut] = ((1 << start) - 1, (1 << len(self.values)) - 1)
            below = cut
        self._point(2 * len(cuts), self._between(below, None))
        self.everything = (1 << len(self.values)) - 1

    def _point(self, region: int, value: Fraction | None) -> None:
        if value is not None:
            self._places[region] = len(self.values)
            self.values.append(value)

    def allows(self, value: Fraction) -> bool:
        """Tell whether a number can be on the scale."""
        if self.minimum is not None and value < self.minimum:
            return False
        if self.maximum is not None and value > self.maximum:
            return False
        if self.whole:
            return value.denominator == 1
        if self.exact:
            return abs(value) <= GREATEST and (value * 10**PLACES).denominator == 1
        return True

    def _between(self, low: Fraction | None, high: Fraction | None) -> Fraction | None:
        """Return the plainest number between two thresholds, if there is one."""
        bounds = (low, self.minimum, high, self.maximum)
        for places in (0,) if self.whole else range(PLACES + 1):
            for value in _candidates(bounds, 10**places):
                above = low is None or value > low
                if above and (high is None or value < high) and self.allows(value):
                    return value
        if self.exact or low is None or high is None:
            return None
        return (low + high) / 2

    def mask(self, sign: str, value: object) -> int:
        """Return the points on one side of a threshold, or at it."""
        assert isinstance(value, Fraction)
        less, up_to = self._order[value]
        match sign:
            case "<":
                return less
            case "<=":
                return up_to
            case ">":
                return self.everything ^ up_to
            case ">=":
                return self.everything ^ less
            case "=":
                return up_to ^ less
            case _:
                return self.everything ^ up_to ^ less

    def locate(self, value: object) -> int:
        """Return the mask of the region that has a number in it."""
        if value is NEVER:
            return 1 if self.never else 0
        assert isinstance(value, Fraction)
        region = 0
        for cut in sorted(self._cuts):
            region += (value >= cut) + (value > cut)
        place = self._places.get(region)
        return 0 if place is None else 1 << place


def _candidates(bounds: Iterable[Fraction | None], step: int) -> Iterable[Fraction]:
    """Yield numbers at and right beside some bounds, on a grid; the plainest where there is none.

    Above a bound comes before below one, so that examples are small.
    """
    low, minimum, high, maximum = bounds
    least = max((one for one in (low, minimum) if one is not None), default=None)
    most = min((one for one in (high, maximum) if one is not None), default=None)
    if least is None and most is None:
        yield Fraction(0)
    if least is not None:
        start = Fraction(ceil(least * step), step)
        yield from (start, start + Fraction(1, step))
    if most is not None:
        end = Fraction(floor(most * step), step)
        yield from (end, end - Fraction(1, step))
