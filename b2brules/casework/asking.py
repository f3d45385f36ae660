"""What a rule asks: the conditions of its rows, or its formula."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from b2brules.language.tree import Condition, Parameter, Value
from b2brules.language.walking import walk
from b2brules.ruleset.model import Book, Formula, Recommendation, Table

Rule: TypeAlias = Table | Formula | Recommendation


def asked_by(rule: Rule) -> Iterator[Condition | Value]:
    """Yield the conditions of a table or a recommendation, or the value of a formula."""
    if isinstance(rule, Formula):
        yield rule.value
        return
    for part in (rule,) if isinstance(rule, Recommendation) else rule.rows:
        for clause in part.clauses:
            yield clause.condition


def parameters_asked(book: Book) -> frozenset[str]:
    """Return the parameters that some rule calculates with; others only stand in texts."""
    rules: list[Rule] = [*book.decisions.values(), *book.recommendations.values()]
    return frozenset(
        part.name
        for rule in rules
        for node in asked_by(rule)
        for part in walk(node)
        if isinstance(part, Parameter)
    )
