"""What a rule asks: the conditions of its rows, or its formula; and the things it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from b2brules.language.tree import Condition, Value
from b2brules.ruleset.model import Binding, Formula, Recommendation, Table

Rule: TypeAlias = Table | Formula | Recommendation


def asked_by(rule: Rule) -> Iterator[Condition | Value]:
    """Yield the conditions of a table or a recommendation, or the value of a formula."""
    if isinstance(rule, Formula):
        yield rule.value
        return
    for part in (rule,) if isinstance(rule, Recommendation) else rule.rows:
        for clause in part.clauses:
            yield clause.condition


def bindings_of(rule: Rule) -> tuple[Binding, ...]:
    """Return what a rule is for: nothing, one thing of a list, or several."""
    if isinstance(rule, Recommendation):
        return rule.bindings
    return () if rule.binding is None else (rule.binding,)
