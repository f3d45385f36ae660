"""Mutants: the rules with one threshold, cell or outcome changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from attrs import evolve, field, frozen

from b2brules.casework.changes import Change, changes_of, step_of
from b2brules.facts import Money
from b2brules.language import tree
from b2brules.language.walking import reads
from b2brules.language.writing import write_cell, write_condition, write_value
from b2brules.ruleset.asking import Rule, asked_by
from b2brules.ruleset.model import (
    WHEN,
    Book,
    Clause,
    Formula,
    Parameter,
    Position,
    Recommendation,
    Row,
    Table,
)

Changed: TypeAlias = Rule | Parameter


@frozen(kw_only=True)
class Mutant:
    """One change of the rules.

    Args:
        rule: What is changed: ``go_no_go.four_times_yes``, the name of a formula, a
            recommendation or a parameter.
        change: What has become of it: ``incumbent: `not(us)` becomes `not(rival)```.
        changed: The decision, recommendation or parameter, changed.
        position: Where the original stands.
    """

    rule: str
    change: str
    changed: Changed = field(eq=False, repr=False)
    position: Position = field(eq=False)


def mutated(book: Book, changed: Changed) -> Book:
    """Return a book in which one decision, recommendation or parameter is another."""
    match changed:
        case Recommendation():
            rules = {**book.recommendations, changed.id: changed}
            return evolve(book, recommendations=rules)
        case Parameter():
            return evolve(book, parameters={**book.parameters, changed.name: changed})
        case _:
            return evolve(book, decisions={**book.decisions, changed.name: changed})


def mutants_of(book: Book) -> Iterator[Mutant]:
    """Yield the mutants of a book, in the order of its rules; no two have one description."""
    seen: Counter[tuple[str, str]] = Counter()
    for mutant in _mutants(book):
        key = (mutant.rule, mutant.change)
        seen[key] += 1
        # The same part may stand twice in a condition.
        again = "" if seen[key] == 1 else f" ({seen[key]})"
        yield evolve(mutant, change=mutant.change + again)


def _mutants(book: Book) -> Iterator[Mutant]:
    asked = _parameters_asked(book)
    for parameter in book.parameters.values():
        if parameter.name in asked:
            yield from _of_parameter(parameter)
    for decision in book.decisions.values():
        yield from _of_table(decision) if isinstance(decision, Table) else _of_formula(decision)
    for rule in book.recommendations.values():
        for clauses, change, position in _of_clauses(rule.clauses):
            yield Mutant(
                rule=rule.id,
                change=change,
                changed=evolve(rule, clauses=clauses),
                position=position,
            )


def _parameters_asked(book: Book) -> frozenset[str]:
    """Return the parameters that some rule calculates with; others only stand in texts."""
    rules: list[Rule] = [*book.decisions.values(), *book.recommendations.values()]
    nodes = (node for rule in rules for asked in asked_by(rule) for node in reads(asked))
    return frozenset(node.name for node in nodes if isinstance(node, tree.Parameter))


def _of_parameter(parameter: Parameter) -> Iterator[Mutant]:
    """Yield a parameter one step up and down, within its range."""
    value = parameter.value
    number = value.amount if isinstance(value, Money) else value
    step = _step_of_amount(number) if isinstance(value, Money) else step_of(number)
    for other in (number - step, number + step):
        low, high = parameter.minimum, parameter.maximum
        if (low is None or low <= other) and (high is None or other <= high):
            changed = evolve(value, amount=other) if isinstance(value, Money) else other
            yield Mutant(
                rule=parameter.name,
                change=f"`{number:f}` becomes `{other:f}`",
                changed=evolve(parameter, value=changed),
                position=parameter.position,
            )


def _step_of_amount(amount: Decimal) -> Decimal:
    """Return a tenth of the leading digit's worth: 1,000 of 20,000."""
    return Decimal(1).scaleb(amount.adjusted() - 1) if amount else Decimal(1)


def _of_table(table: Table) -> Iterator[Mutant]:
    for number, row in enumerate(table.rows):
        name = f"{table.name}.{row.id}"
        place = table.outcomes.index(row.then)
        other = table.outcomes[(place + 1) % len(table.outcomes)]
        if other != row.then:
            yield Mutant(
                rule=name,
                change=f"then: `{row.then}` becomes `{other}`",
                changed=_with_row(table, number, evolve(row, then=other)),
                position=row.position,
            )
        if number == len(table.rows) - 1:
            # What the rows above leave over is the last one's, since the table covers every case:
            # a wider cell would change nothing, and with a narrower one it would not be loaded.
            continue
        for clauses, change, position in _of_clauses(row.clauses):
            yield Mutant(
                rule=name,
                change=change,
                changed=_with_row(table, number, evolve(row, clauses=clauses)),
                position=position,
            )


def _with_row(table: Table, number: int, row: Row) -> Table:
    return evolve(table, rows=(*table.rows[:number], row, *table.rows[number + 1 :]))


def _of_formula(formula: Formula) -> Iterator[Mutant]:
    for change in changes_of(formula.value):
        before, after = write_value(formula.value), write_value(change.node)
        yield Mutant(
            rule=formula.name,
            change=f"`{before}` becomes `{after}`",
            changed=evolve(formula, value=change.node),
            position=formula.position,
        )


def _of_clauses(
    clauses: tuple[Clause, ...],
) -> Iterator[tuple[tuple[Clause, ...], str, Position]]:
    """Yield the cells of a row with one of them changed, what was changed, and where."""
    for number, clause in enumerate(clauses):
        if isinstance(clause.condition, tree.Always):
            continue
        before, after = clauses[:number], clauses[number + 1 :]
        written = write_cell(clause.condition)
        yield (*before, *after), _said(clause, written, "-"), clause.position
        for change in changes_of(clause.condition):
            changed = evolve(clause, condition=change.node)
            yield (*before, changed, *after), _describe(clause, change), clause.position


def _describe(clause: Clause, change: Change) -> str:
    if change.before is clause.condition and clause.column != WHEN:
        after = "-" if change.after is None else write_cell(change.after)
        return _said(clause, write_cell(clause.condition), after)
    before = "" if change.before is None else write_condition(change.before)
    return _said(clause, before, None if change.after is None else write_condition(change.after))


def _said(clause: Clause, before: str, after: str | None) -> str:
    what = f"`{before}` is left out" if after is None else f"`{before}` becomes `{after}`"
    return f"{clause.column}: {what}"
