"""What a table asks, over inputs that are cut into regions.

Each input has a few points, one for every region that its allowed values and thresholds cut it
into. What is still possible for it is a mask with a bit for each point, so a
condition is judged for whole regions at once: true of all of them, false of all, or open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from attrs import define, field, frozen

from b2brules.language.truth import Truth
from b2brules.ruleset.walk.points import Points

Domains: TypeAlias = tuple[int, ...]
"""What is still possible for each input, by its number."""

Tests: TypeAlias = tuple[tuple[tuple[str, object], ...], ...]
"""Tests of an input, each with its bounds: a sign and a value."""

Split: TypeAlias = tuple["Inside", bool]
"""A question that is open, and the answer that makes true what it was asked for."""


@define(eq=False, kw_only=True)
class Inside:
    """An input lies in some of its regions.

    Args:
        tests: What it is asked, each test with its bounds; one of them has to be kept.
        mask: Those regions, once all points are known.
    """

    input: int
    points: Points
    tests: Tests
    mask: int = 0
    size: int = 1

    def settle(self) -> None:
        """Find the regions, once the points are settled."""
        for bounds in self.tests:
            kept = self.points.everything
            for sign, value in bounds:
                kept &= self.points.mask(sign, value)
            self.mask |= kept

    def judge(self, domains: Domains) -> Truth:
        """Return whether it holds in all that is possible, in nothing, or (``None``) in part."""
        domain = domains[self.input]
        inside = domain & self.mask
        return (inside == domain or None) if inside else False

    def split(self, domains: Domains) -> Split:
        """Return what to ask next; the condition is open."""
        return self, True

    def inputs(self) -> Iterator[int]:
        """Yield the inputs that it asks."""
        yield self.input


@define(eq=False)
class Both:
    """All parts hold; without parts, always."""

    parts: Sequence[Part]
    size: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Count its questions."""
        self.size = _size(self.parts)

    def judge(self, domains: Domains) -> Truth:
        """Return whether all hold."""
        result: Truth = True
        for part in self.parts:
            truth = part.judge(domains)
            if truth is False:
                return False
            if truth is None:
                result = None
        return result

    def split(self, domains: Domains) -> Split:
        """Return what to ask next."""
        return _first_open(self.parts, domains).split(domains)

    def inputs(self) -> Iterator[int]:
        """Yield the inputs that it asks."""
        return _inputs(self.parts)


@define(eq=False)
class Either:
    """At least one part holds; without parts, never."""

    parts: Sequence[Part]
    size: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Count its questions."""
        self.size = _size(self.parts)

    def judge(self, domains: Domains) -> Truth:
        """Return whether one holds."""
        result: Truth = False
        for part in self.parts:
            truth = part.judge(domains)
            if truth is True:
                return True
            if truth is None:
                result = None
        return result

    def split(self, domains: Domains) -> Split:
        """Return what to ask next."""
        return _first_open(self.parts, domains).split(domains)

    def inputs(self) -> Iterator[int]:
        """Yield the inputs that it asks."""
        return _inputs(self.parts)


@define(eq=False)
class Opposite:
    """The part does not hold."""

    part: Part
    size: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Count its questions."""
        self.size = self.part.size

    def judge(self, domains: Domains) -> Truth:
        """Return whether it does not hold."""
        truth = self.part.judge(domains)
        return None if truth is None else not truth

    def split(self, domains: Domains) -> Split:
        """Return what to ask next."""
        inside, wanted = self.part.split(domains)
        return inside, not wanted

    def inputs(self) -> Iterator[int]:
        """Yield the inputs that it asks."""
        return self.part.inputs()


@define(eq=False)
class HowMany:
    """The number of parts that hold is one of those allowed, given as a mask of numbers."""

    parts: Sequence[Part]
    allowed: int
    size: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Count its questions."""
        self.size = _size(self.parts)

    def judge(self, domains: Domains) -> Truth:
        """Return whether every number that is possible is allowed."""
        least = most = 0
        for part in self.parts:
            truth = part.judge(domains)
            least += truth is True
            most += truth is not False
        possible = (1 << (most + 1)) - (1 << least)
        inside = possible & self.allowed
        return (inside == possible or None) if inside else False

    def split(self, domains: Domains) -> Split:
        """Return what to ask next."""
        inside, _ = _first_open(self.parts, domains).split(domains)
        # Where every part holds and that is too many, fewer are wanted.
        return inside, self.allowed >> len(self.parts) & 1 == 1

    def inputs(self) -> Iterator[int]:
        """Yield the inputs that it asks."""
        return _inputs(self.parts)


@define(eq=False)
class Scanned:
    """A scan of rows comes to one of the outcomes that are allowed."""

    rows: Sequence[tuple[Part, str]]
    allowed: frozenset[str]
    size: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Count its questions."""
        self.size = _size(row for row, _ in self.rows)

    def judge(self, domains: Domains) -> Truth:
        """Return whether every outcome that is possible is allowed."""
        found = set()
        for row, outcome in self.rows:
            truth = row.judge(domains)
            if truth is not False:
                found.add(outcome in self.allowed)
            if truth is True:
                break
        return found.pop() if len(found) == 1 else (None if found else False)

    def split(self, domains: Domains) -> Split:
        """Return what to ask next."""
        for row, outcome in self.rows:
            if row.judge(domains) is None:
                inside, wanted = row.split(domains)
                return inside, wanted is (outcome in self.allowed)
        raise AssertionError("a scan without an open row is not open")

    def inputs(self) -> Iterator[int]:
        """Yield the inputs that it asks."""
        return _inputs(row for row, _ in self.rows)


Part: TypeAlias = Inside | Both | Either | Opposite | HowMany | Scanned
"""A condition over regions; its size is what judging it costs."""


def _size(parts: Iterable[Part]) -> int:
    return 1 + sum(part.size for part in parts)


def _first_open(parts: Sequence[Part], domains: Domains) -> Part:
    return next(part for part in parts if part.judge(domains) is None)


def _inputs(parts: Iterable[Part]) -> Iterator[int]:
    for part in parts:
        yield from part.inputs()


ALWAYS = Both(())
NEVER_HOLDS = Either(())


@frozen(eq=False, kw_only=True)
class Row:
    """One row of a table over regions.

    Args:
        last_resort: Whether it is the ``otherwise`` of its table.
    """

    id: str
    then: str
    condition: Part
    last_resort: bool
