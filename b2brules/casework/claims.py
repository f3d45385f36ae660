"""What a case claims, one thing at a time, and what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.advice.conclusions import Verdict
from b2brules.advice.evaluation import Evaluation
from b2brules.ruleset.cases import Case
from b2brules.ruleset.expectations import Expected

Level: TypeAlias = Literal["certain", "possible", "absent"]
"""How far something is recommended: for one match at least, for none but perhaps, not at all."""

LEVELS: tuple[Level, ...] = ("certain", "possible", "absent")


@frozen(kw_only=True)
class DecisionClaim:
    """A decision, of the deal or of the thing with an id, comes to this."""

    name: str
    thing: str | None
    expected: Expected


@frozen(kw_only=True)
class LevelClaim:
    """Something is certainly, possibly or not recommended."""

    name: str
    expected: Level


Claim: TypeAlias = DecisionClaim | LevelClaim


def claims_of(case: Case) -> Iterator[Claim]:
    """Yield what a case claims, in the order: decisions, then recommendations."""
    for (name, thing), expected in case.decisions.items():
        yield DecisionClaim(name=name, thing=thing, expected=expected)
    for level, ids in zip(LEVELS, (case.certain, case.possible, case.absent), strict=True):
        for id in ids:
            yield LevelClaim(name=id, expected=level)


def find(evaluation: Evaluation, claim: Claim) -> Expected | Level:
    """Return what the rules make of what a case claims something about.

    A decision that is not made, since the thing is not there, comes to no outcome at all.
    """
    if isinstance(claim, LevelClaim):
        return level_of(evaluation, claim.name)
    if (claim.name, claim.thing) not in evaluation.keys(claim.name):
        return ()
    return came_to(evaluation, claim.name, claim.thing)


def came_to(evaluation: Evaluation, name: str, thing: str | None) -> Expected:
    """Return what a decision came to: the outcomes that are left, or a formula's number."""
    made = evaluation.decide(name, thing)
    return made.candidates if isinstance(made, Verdict) else made


def level_of(evaluation: Evaluation, id: str) -> Level:
    """Return how far a recommendation is given."""
    level: Level = "absent"
    for match in evaluation.matches(evaluation.book.recommendations[id]):
        if match.certain:
            return "certain"
        level = "possible"
    return level


def holds(evaluation: Evaluation, claim: Claim) -> bool:
    """Return whether the rules bear out what a case claims."""
    return find(evaluation, claim) == claim.expected
