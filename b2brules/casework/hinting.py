"""What would notice a change that no case notices: an expectation more, or a fact different."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from b2brules.casework.claims import Level, came_to, level_of
from b2brules.casework.mutants import Mutant, mutated
from b2brules.casework.near_misses import facts_behind, near_misses
from b2brules.engines.reference import Evaluation
from b2brules.ruleset.asking import Rule
from b2brules.ruleset.cases import Case
from b2brules.ruleset.expectations import Expected
from b2brules.ruleset.model import Parameter, Recommendation

MOST_TRIES = 200
"""How many near misses are looked at for one change."""


@frozen(kw_only=True)
class Telling:
    """What tells a change from the rules as they are.

    Args:
        name: A decision or a recommendation.
        thing: The id of the thing that the decision is made for, ``None`` for the deal's.
        expected: What it comes to by the rules as they are.
    """

    name: str
    thing: str | None
    expected: Expected | Level


@frozen(kw_only=True)
class Hint:
    """A case that would notice a change if it expected one thing more, or a near miss of it.

    Args:
        case: The case.
        telling: What it, or the near miss, would have to expect.
        fact: The fact that is different in the near miss, things by their id; ``None`` where the
            case will do as it is.
        value: What the fact is there; ``None`` is unknown.
    """

    case: Case
    telling: Telling
    fact: tuple[str, ...] | None = None
    value: object = None


def hint(mutant: Mutant, cases: Sequence[Case], evaluations: Sequence[Evaluation]) -> Hint | None:
    """Return what would notice a mutant; ``None`` if nothing is found.

    Only the rule that is changed is looked at, not what reads it.

    Args:
        mutant: The change; for one of a parameter there is no hint.
        cases: The cases, first those that are to be looked at first.
        evaluations: The same, evaluated by the rules as they are.
    """
    changed = mutant.changed
    if isinstance(changed, Parameter):
        return None
    for case, evaluation in zip(cases, evaluations, strict=True):
        telling = tell_apart(evaluation, changed)
        if telling is not None:
            return Hint(case=case, telling=telling)
    return _near_miss(changed, cases, evaluations)


def _near_miss(
    changed: Rule,
    cases: Sequence[Case],
    evaluations: Sequence[Evaluation],
) -> Hint | None:
    tries = 0
    facts = facts_behind(evaluations[0].book, changed) if evaluations else ()
    for case, evaluation in zip(cases, evaluations, strict=True):
        for path, value, deal in near_misses(case, facts):
            tries += 1
            telling = tell_apart(Evaluation(evaluation.book, deal, case.as_of, {}), changed)
            if telling is not None:
                return Hint(case=case, telling=telling, fact=path, value=value)
        if tries >= MOST_TRIES:
            return None
    return None


def tell_apart(evaluation: Evaluation, changed: Rule) -> Telling | None:
    """Return what a deal makes of a rule that it does not make of the rule changed."""
    book = mutated(evaluation.book, changed)
    if isinstance(changed, Recommendation):
        level = level_of(evaluation, changed.id)
        if level == level_of(evaluation.under(book, ()), changed.id):
            return None
        return Telling(name=changed.id, thing=None, expected=level)
    other = evaluation.under(book, (changed.name,))
    for name, thing in evaluation.keys(changed.name):
        expected = came_to(evaluation, name, thing)
        if expected != came_to(other, name, thing):
            return Telling(name=name, thing=thing, expected=expected)
    return None
