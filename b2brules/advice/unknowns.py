"""Which unknown facts leave a condition, a value or a decision open."""

from __future__ import annotations

from collections.abc import Iterator

from b2brules.advice.conclusions import Conclusion, Verdict
from b2brules.advice.evaluation import Evaluation, Things
from b2brules.facts.paths import FactPath
from b2brules.facts.types import Money
from b2brules.language import tree
from b2brules.language.values import Amount, Runtime, convert
from b2brules.ruleset.model import Clause, Row, Table


def is_open(conclusion: Conclusion) -> bool:
    """Whether a decision is undecided, or a formula's number unknown."""
    if isinstance(conclusion, Verdict):
        return len(conclusion.candidates) != 1
    return conclusion is None


def of_decision(evaluation: Evaluation, name: str, id: str | None) -> Iterator[FactPath]:
    """Yield the unknown facts that keep a decision open; none if it is decided."""
    if not is_open(evaluation.decide(name, id)):
        return
    decision = evaluation.book.decisions[name]
    things = evaluation.bound(decision.binding, id)
    if isinstance(decision, Table):
        for row in open_rows(evaluation, decision, things):
            yield from of_clauses(evaluation, row.clauses, things)
    else:
        yield from of_value(evaluation, decision.value, things)


def open_rows(evaluation: Evaluation, table: Table, things: Things) -> Iterator[Row]:
    """Yield the rows of a table that are neither true nor false, up to the first that is true."""
    for row in table.rows:
        truth = evaluation.holds_all(row.clauses, things)
        if truth is True:
            return
        if truth is None:
            yield row


def of_clauses(
    evaluation: Evaluation, clauses: tuple[Clause, ...], things: Things
) -> Iterator[FactPath]:
    """Yield the unknown facts that keep a row from being true or false."""
    for clause in clauses:
        yield from of_condition(evaluation, clause.condition, things)


def of_condition(
    evaluation: Evaluation, condition: tree.Condition, things: Things
) -> Iterator[FactPath]:
    """Yield the unknown facts that keep a condition from being true or false."""
    if evaluation.holds(condition, things) is not None:
        return
    match condition:
        case tree.Holds():
            yield from of_value(evaluation, condition.value, things)
        case tree.And() | tree.Or():
            for part in condition.conditions:
                yield from of_condition(evaluation, part, things)
        case tree.Not():
            yield from of_condition(evaluation, condition.condition, things)
        case tree.Compare():
            yield from _of_compared(evaluation, condition.left, condition.right, things)
        case tree.Among():
            for test in condition.tests:
                for _, bound in test.bounds:
                    yield from _of_compared(evaluation, condition.value, bound, things)
        case tree.Contains():
            yield from of_value(evaluation, condition.set, things)
            yield from of_value(evaluation, condition.member, things)
        case tree.Quantified():
            yield from _of_items(evaluation, condition.items, things, condition.condition)
        case tree.IsEmpty():
            if isinstance(condition.of, tree.Items):
                yield from _of_items(evaluation, condition.of, things)
            else:
                yield from of_value(evaluation, condition.of, things)
        case tree.Always() | tree.IsKnown():
            return


def of_value(evaluation: Evaluation, value: tree.Value, things: Things) -> Iterator[FactPath]:
    """Yield the unknown facts that keep a value from being known exactly."""
    match value:
        case tree.Fact():
            yield from _of_fact(evaluation, value, things)
        case tree.DecisionValue():
            thing = None if value.variable is None else things[value.variable].id
            yield from of_decision(evaluation, value.name, thing)
        case tree.Days():
            yield from of_value(evaluation, value.date, things)
        case tree.Arithmetic():
            yield from _of_compared(evaluation, value.left, value.right, things)
        case tree.CountItems():
            yield from _of_items(evaluation, value.items, things)
        case tree.CountConditions():
            for part in value.conditions:
                yield from of_condition(evaluation, part, things)
        case tree.CountSet():
            yield from of_value(evaluation, value.set, things)
        case tree.Aggregate():
            yield from _of_aggregate(evaluation, value, things)
        case tree.Constant() | tree.Parameter() | tree.AsOf():
            return


def _of_fact(evaluation: Evaluation, fact: tree.Fact, things: Things) -> Iterator[FactPath]:
    if evaluation.value(fact, things) is not None:
        return
    place: FactPath = ()
    holder: object = evaluation.deal
    if fact.variable is not None:
        thing = things[fact.variable]
        place, holder = (*thing.list, thing.id), thing.item
    for name in fact.path:
        holder = None if holder is None else getattr(holder, name)
    if isinstance(holder, Money):  # an amount whose currency is not known
        yield ("account", "currency") if place[:1] == ("account",) else ("currency",)
    else:
        yield (*place, *fact.path)


def _of_compared(
    evaluation: Evaluation, left: tree.Value, right: tree.Value, things: Things
) -> Iterator[FactPath]:
    yield from of_value(evaluation, left, things)
    yield from of_value(evaluation, right, things)
    yield from _missing_rate(
        evaluation, evaluation.value(left, things), evaluation.value(right, things)
    )


def _missing_rate(evaluation: Evaluation, left: Runtime, right: Runtime) -> Iterator[FactPath]:
    if not isinstance(left, Amount) or not isinstance(right, Amount):
        return
    if convert(right, left.currency, evaluation.rates) is None:
        yield ("rates", left.currency, right.currency)


def _of_items(
    evaluation: Evaluation,
    items: tree.Items,
    things: Things,
    condition: tree.Condition | None = None,
) -> Iterator[FactPath]:
    kept = evaluation.kept(items, things)
    if kept is None:
        yield items.list
        return
    for thing, _ in kept:
        inner = {**things, items.variable: thing}
        if items.condition is not None:
            yield from of_condition(evaluation, items.condition, inner)
        if condition is not None:
            yield from of_condition(evaluation, condition, inner)


def _of_aggregate(
    evaluation: Evaluation, aggregate: tree.Aggregate, things: Things
) -> Iterator[FactPath]:
    yield from _of_items(evaluation, aggregate.items, things)
    common = evaluation.currency_of(aggregate.items.list)
    for thing, _ in evaluation.kept(aggregate.items, things) or ():
        inner = {**things, aggregate.items.variable: thing}
        yield from of_value(evaluation, aggregate.value, inner)
        value = evaluation.value(aggregate.value, inner)
        if isinstance(value, Amount) and common is not None:
            yield from _missing_rate(evaluation, value, Amount(value.number, common))
