"""Facts of a document, three-valued truth, and the scan of a decision's rows.

Three-valued throughout: True, False, and None for unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

Facts = Mapping[str, Any]
Truth = bool | None
Candidates = tuple[str, ...]

YES_NO = ("yes", "no")


def all_of(*truths: Truth) -> Truth:
    """One false makes it false; else one unknown makes it unknown."""
    return False if False in truths else None if None in truths else True


def any_of(*truths: Truth) -> Truth:
    """One true makes it true; else one unknown makes it unknown."""
    return True if True in truths else None if None in truths else False


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def known(facts: Facts, path: str) -> Any:
    """Return the fact at a dotted path; None where it, or what holds it, is absent or null."""
    value: Any = facts
    for name in path.split("."):
        value = None if value is None else value.get(name)
    return value


def fact_is(facts: Facts, path: str, *allowed: object) -> Truth:
    value = known(facts, path)
    return None if value is None else value in allowed


def has(facts: Facts, path: str, member: str) -> Truth:
    """Whether a set has the member; an absent set is unknown, an empty one has none."""
    members = known(facts, path)
    return None if members is None else member in members


def members(facts: Facts, path: str) -> Fraction | None:
    """Return how many different members a set has; an absent set is unknown."""
    found = known(facts, path)
    return None if found is None else Fraction(len(set(found)))


def number(facts: Facts, path: str) -> Fraction | None:
    """Return a number exactly as it is written: 0.1 is a tenth, whatever holds it."""
    value = known(facts, path)
    return None if value is None else Fraction(Decimal(str(value)))


def at_most(value: Fraction | None, threshold: Fraction | int) -> Truth:
    return None if value is None else value <= threshold


def at_least(value: Fraction | None, threshold: Fraction | int) -> Truth:
    return None if value is None else value >= threshold


def some_person(facts: Facts, test: Callable[[Facts], Truth]) -> Truth:
    """Whether somebody passes; while nobody has been mapped it is unknown."""
    people = known(facts, "people")
    return None if people is None else any_of(*map(test, people))


def decided(candidates: Candidates, *outcomes: str) -> Truth:
    """One test on a decision: it holds for all candidates, for none, or is open."""
    hits = [candidate in outcomes for candidate in candidates]
    return True if all(hits) else None if any(hits) else False


def scan(outcomes: Candidates, *rows: tuple[Truth, str]) -> Candidates:
    """Take the outcome of each row that may hold, down to the first that does."""
    found = set()
    for truth, outcome in rows:
        if truth is not False:
            found.add(outcome)
        if truth is True:
            break
    else:
        # The vocabulary's tables cover every case: if no row holds, some row was open.
        assert found, f"no row of {rows} can hold"
    return tuple(outcome for outcome in outcomes if outcome in found)
