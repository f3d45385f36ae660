"""Which case would notice a change that none notices, if it expected more."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from b2brules.casework.claims import Level, came_to, level_of
from b2brules.casework.mutants import Mutant, mutated
from b2brules.engines.reference import Evaluation
from b2brules.ruleset.cases import Case
from b2brules.ruleset.expectations import Expected
from b2brules.ruleset.model import Parameter, Recommendation


@frozen(kw_only=True)
class Hint:
    """A case that would notice a change if it expected one thing more.

    Args:
        case: The case.
        name: The decision or recommendation that it would have to name.
        thing: The id of the thing that the decision is made for, ``None`` for the deal's.
        expected: What it would have to expect.
    """

    case: Case
    name: str
    thing: str | None
    expected: Expected | Level


def hint(mutant: Mutant, cases: Sequence[Case], evaluations: Sequence[Evaluation]) -> Hint | None:
    """Return which case would notice a mutant; ``None`` if it takes other facts.

    Only the rule that is changed is looked at, not what reads it.

    Args:
        mutant: The change; for one of a parameter there is no hint.
        cases: The cases, first those that are to be extended first.
        evaluations: The same, evaluated by the rules as they are.
    """
    changed = mutant.changed
    if isinstance(changed, Parameter):
        return None
    for case, evaluation in zip(cases, evaluations, strict=True):
        book = mutated(evaluation.book, changed)
        if isinstance(changed, Recommendation):
            level = level_of(evaluation, changed.id)
            if level != level_of(evaluation.under(book, ()), changed.id):
                return Hint(case=case, name=changed.id, thing=None, expected=level)
            continue
        other = evaluation.under(book, (changed.name,))
        for name, thing in evaluation.keys(changed.name):
            expected = came_to(evaluation, name, thing)
            if expected != came_to(other, name, thing):
                return Hint(case=case, name=name, thing=thing, expected=expected)
    return None
