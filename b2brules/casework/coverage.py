"""Coverage: which rows, outcomes and recommendations no case has shown to hold, or to fail.

What counts as shown, and why some things need not be, is in ``docs/cases.md``. In short: only what
a case expects counts, and only if the rules bear it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from attrs import field, frozen

from b2brules.casework.claims import Claim, DecisionClaim, LevelClaim, claims_of, holds
from b2brules.engines.reference import Evaluation
from b2brules.language.tree import Always
from b2brules.ruleset.cases import Case
from b2brules.ruleset.model import Book, Clause, Formula, Position, Row, Table

Kind: TypeAlias = Literal["row", "outcome", "number", "recommendation"]
Way: TypeAlias = Literal["hold", "fail"]
Showing: TypeAlias = tuple[Kind, str, Way]

KINDS: tuple[Kind, ...] = ("row", "outcome", "number", "recommendation")


@frozen(kw_only=True)
class Unshown:
    """Something of the rules that the cases leave out.

    Args:
        kind: A row, an outcome, a formula's number, or a recommendation.
        name: ``go_no_go.four_times_yes``, ``go_no_go = go``, the formula's or recommendation's
            name.
        lacks: ``hold`` if no case has shown it to hold, ``fail`` likewise, or both.
    """

    kind: Kind
    name: str
    lacks: tuple[Way, ...]
    position: Position = field(eq=False)


@frozen(kw_only=True)
class Coverage:
    """What cases have shown of the rules.

    Args:
        things: How many rows, outcomes, numbers and recommendations the rules have.
        unshown: Those that lack a case, in the order of the rules.
    """

    things: Mapping[Kind, int]
    unshown: tuple[Unshown, ...]

    def shown(self, kind: Kind) -> int:
        """Return how many of a kind lack nothing."""
        return self.things[kind] - sum(one.kind == kind for one in self.unshown)

    def to_text(self) -> str:
        """Return it for people: a line for each thing that lacks a case, and the totals."""
        from b2brules.casework.report import coverage_to_text

        return coverage_to_text(self)


def cover(book: Book, cases: Iterable[Case]) -> Coverage:
    """Return what cases show of the rules, as the reference engine evaluates them."""
    shown: set[Showing] = set()
    for case in cases:
        evaluation = Evaluation(book, case.deal, case.as_of, {})
        for claim in claims_of(case):
            if holds(evaluation, claim):
                shown.update(_shown(evaluation, claim))
    things: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    unshown = []
    for kind, name, ways, position in _things(book):
        things[kind] += 1
        lacks = tuple(way for way in ways if (kind, name, way) not in shown)
        if lacks:
            unshown.append(Unshown(kind=kind, name=name, lacks=lacks, position=position))
    return Coverage(things=things, unshown=tuple(unshown))


# --- what there is to be shown ------------------------------------------------------------------


def _things(book: Book) -> Iterator[tuple[Kind, str, tuple[Way, ...], Position]]:
    """Yield everything that is to be shown, and in which ways it can be."""
    for decision in book.decisions.values():
        if isinstance(decision, Formula):
            yield "number", decision.name, ("hold",), decision.position
            continue
        for row in decision.rows:
            ways: tuple[Way, ...] = ("hold", "fail") if _can_fail(decision, row) else ("hold",)
            yield "row", _row_name(decision, row), ways, row.position
        for outcome in decision.outcomes:
            ways = ("hold", "fail") if len(decision.outcomes) > 1 else ("hold",)
            yield "outcome", _outcome_name(decision, outcome), ways, decision.position
    for rule in book.recommendations.values():
        ways = ("hold", "fail") if rule.bindings or _asks(rule.clauses) else ("hold",)
        yield "recommendation", rule.id, ways, rule.position


def _can_fail(table: Table, row: Row) -> bool:
    """Whether a scan that reaches a row may find that it does not hold.

    Not if it asks nothing. Nor if it is the last of a table that is read from the top: the table
    covers every case (or it would not be loaded), so what the rows above leave over is this one's.
    """
    is_last = row is table.rows[-1]
    return _asks(row.clauses) and not (is_last and table.hit_policy == "first")


def _asks(clauses: tuple[Clause, ...]) -> bool:
    return any(not isinstance(clause.condition, Always) for clause in clauses)


def _row_name(table: Table, row: Row) -> str:
    return f"{table.name}.{row.id}"


def _outcome_name(table: Table, outcome: str) -> str:
    return f"{table.name} = {outcome}"


# --- what a case shows --------------------------------------------------------------------------


def _shown(evaluation: Evaluation, claim: Claim) -> Iterator[Showing]:
    """Yield what a claim shows that the rules bear out."""
    if isinstance(claim, LevelClaim):
        if claim.expected != "possible":
            way: Way = "hold" if claim.expected == "certain" else "fail"
            yield "recommendation", claim.name, way
        return
    decision = evaluation.book.decisions[claim.name]
    if isinstance(decision, Formula):
        if claim.expected is not None:
            yield "number", claim.name, "hold"
        return
    yield from _outcomes_shown(decision, claim)
    yield from _rows_shown(evaluation, decision, claim)


def _outcomes_shown(table: Table, claim: DecisionClaim) -> Iterator[Showing]:
    expected = claim.expected if isinstance(claim.expected, tuple) else ()
    for outcome in table.outcomes:
        if outcome not in expected:
            yield "outcome", _outcome_name(table, outcome), "fail"
        elif len(expected) == 1:
            yield "outcome", _outcome_name(table, outcome), "hold"


def _rows_shown(evaluation: Evaluation, table: Table, claim: DecisionClaim) -> Iterator[Showing]:
    things = evaluation.bound(table.binding, claim.thing)
    for row in table.rows:
        truth = evaluation.holds_all(row.clauses, things)
        if truth is not None:
            yield "row", _row_name(table, row), "hold" if truth else "fail"
        # The rows of a `unique` table stand beside one another: each is asked by itself.
        if truth is True and table.hit_policy == "first":
            return
