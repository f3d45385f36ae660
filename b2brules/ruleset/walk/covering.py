"""The walk over a table's regions: which rows are reached, and whether some region has none.

Rows are scanned as they are evaluated. A region in which a row is open is split in two at the first
question that keeps it open, so whole groups of regions that no question tells apart are one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from attrs import define, frozen

from b2brules.ruleset.walk.regions import Both, Domains, Inside, Part, Row

MAXIMUM_STEPS = 1_000_000
"""How many questions are judged for one table before the walk is given up."""


_COPIED = 32
"""How many domains are copied in the time of judging a question."""


class TooFarError(Exception):
    """The walk met its limit."""


@define
class Budget:
    """How many questions may still be judged, and how many have been."""

    left: int
    spent: int = 0

    def spend(self, steps: int) -> None:
        """Take some steps.

        Raises:
            TooFarError: There are none left.
        """
        self.left -= steps
        self.spent += steps
        if self.left < 0:
            raise TooFarError


@frozen(kw_only=True)
class Coverage:
    """What a walk found.

    Args:
        reached: The numbers of the rows that are the first to hold in some region.
        open: Whether in some region no row holds.
        finished: Whether the walk came to its end.
    """

    reached: frozenset[int]
    open: bool
    finished: bool


def cover(rows: Sequence[Row], start: Domains, budget: Budget) -> Coverage:
    """Walk over the regions of a table, its rows in order."""
    reached: set[int] = set()
    uncovered = False
    conditions = [row.condition for row in rows]
    asked = _asked_from(conditions)
    seen: set[tuple[int, ...]] = set()
    stack = [(0, start)]
    try:
        while stack:
            number, domains = stack.pop()
            arrived = True
            while number < len(rows):
                condition = conditions[number]
                budget.spend(condition.size)
                truth = condition.judge(domains)
                if truth is True:
                    reached.add(number)
                    break
                if truth is False:
                    number += 1
                    arrived = True
                    continue
                if arrived:
                    # What the rows from here on do not ask makes no difference any more.
                    place = _place(number, asked, domains, budget)
                    if place in seen:
                        break
                    seen.add(place)
                    arrived = False
                inside, _ = condition.split(domains)
                domains, rest = split(domains, inside, budget)
                stack.append((number, rest))
            else:
                uncovered = True
    except TooFarError:
        return Coverage(reached=frozenset(reached), open=uncovered, finished=False)
    return Coverage(reached=frozenset(reached), open=uncovered, finished=True)


def _asked_from(parts: Sequence[Part]) -> list[list[int]]:
    """Return for each condition the inputs that it or a later one asks."""
    asked: list[list[int]] = []
    later: set[int] = set()
    for part in reversed(parts):
        later.update(part.inputs())
        asked.append(sorted(later))
    return asked[::-1]


def _place(
    number: int, asked: Sequence[Sequence[int]], domains: Domains, budget: Budget
) -> tuple[int, ...]:
    """Return what makes a difference to the conditions from a number on."""
    budget.spend(len(asked[number]))
    return (number, *[domains[one] for one in asked[number]])


def split(domains: Domains, inside: Inside, budget: Budget) -> tuple[Domains, Domains]:
    """Return the regions in which the input lies inside, and those in which it does not."""
    budget.spend(1 + len(domains) // _COPIED)
    number = inside.input
    before, domain, after = domains[:number], domains[number], domains[number + 1 :]
    return (*before, domain & inside.mask, *after), (*before, domain & ~inside.mask, *after)


def necessary(part: Part) -> dict[int, int]:
    """Return what a condition leaves of some inputs at the least, as far as it is plain."""
    match part:
        case Inside():
            return {part.input: part.mask}
        case Both():
            found: dict[int, int] = {}
            for each in part.parts:
                for number, mask in necessary(each).items():
                    found[number] = found.get(number, mask) & mask
            return found
        case _:
            return {}


More: TypeAlias = Callable[[Domains], Sequence[Part]]
"""What else has to hold, once all else does: asked for until there is no more."""


def solve(
    parts: Sequence[Part], start: Domains, budget: Budget, more: More = lambda _: ()
) -> Iterator[Domains]:
    """Yield regions in which all conditions hold, until there are no more.

    Raises:
        TooFarError: The search met its limit.
    """
    asked = _asked_from(parts)
    dead: set[tuple[int, ...]] = set()
    held = 0
    stack: list[tuple[int, Domains] | _Explored] = [(0, start)]
    while stack:
        top = stack.pop()
        if isinstance(top, _Explored):
            if top.held == held:
                dead.add(top.place)
            continue
        number, domains = top
        arrived = True
        while number < len(parts):
            part = parts[number]
            budget.spend(part.size)
            truth = part.judge(domains)
            if truth is False:
                break
            if truth is True:
                number += 1
                arrived = True
                continue
            if arrived:
                place = _place(number, asked, domains, budget)
                if place in dead:
                    break
                stack.append(_Explored(place, held))
                arrived = False
            inside, wanted = part.split(domains)
            yes, no = split(domains, inside, budget)
            domains, rest = (yes, no) if wanted else (no, yes)
            stack.append((number, rest))
        else:
            held += 1
            reasons = more(domains)
            yield from solve(reasons, domains, budget, more) if reasons else (domains,)


@frozen
class _Explored:
    """Put below the regions behind a place: if none has held by the time it is met, none does."""

    place: tuple[int, ...]
    held: int
