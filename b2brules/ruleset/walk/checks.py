"""The checks by walk: every case has a row, a `unique` table one row a case, every row a case."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeAlias

from attrs import define, evolve, frozen

from b2brules.facts import Account, FactsError, Opportunity, read
from b2brules.language import tree
from b2brules.language.comparability import name_of
from b2brules.language.truth import Truth
from b2brules.ruleset.diagnostics import Diagnostic, Findings
from b2brules.ruleset.envelope import read_lines
from b2brules.ruleset.located import Place
from b2brules.ruleset.model import Book, Position, Table
from b2brules.ruleset.walk.covering import (
    MAXIMUM_STEPS,
    Budget,
    Coverage,
    TooFarError,
    cover,
    necessary,
    solve,
)
from b2brules.ruleset.walk.facts_written import look_up, say
from b2brules.ruleset.walk.inputs import Input
from b2brules.ruleset.walk.regions import Domains, Opposite, Part
from b2brules.ruleset.walk.space import ReducedTable, Space
from b2brules.ruleset.walk.witness import Example, Witness

Confirm: TypeAlias = Callable[[Table, Opportunity, date, str | None], Sequence[Truth]]
"""Returns which rows of a table hold for a deal on a day, and for the thing with that id."""

MAXIMUM_STEPS_OF_A_BOOK = 5 * MAXIMUM_STEPS
ATTEMPTS = 20
"""How many regions are tried in search of a deal that confirms a problem."""

NAMED = 5
"""How many rows or facts a message names."""

TOLD = 20
"""How many rows of a table are told to overlap, or never to be reached."""


def check_book(book: Book, confirm: Confirm) -> tuple[Diagnostic, ...]:
    """Check every decision table of a book by walking over the regions of its inputs.

    Returns:
        What is wrong, sorted by place: cases without a row, rows of a `unique` table that hold
        together, rows that are never reached, and tables that are too large to be shown complete.
        A case is only reported with a deal that ``confirm`` agrees to.
    """
    space = Space(book)
    findings = Findings()
    left = Budget(MAXIMUM_STEPS_OF_A_BOOK)
    for reduced in space.tables.values():
        _Check(space, reduced, confirm, findings, left).run()
    return findings.diagnostics


@frozen
class _Shown:
    """A problem, and a deal that confirms it."""

    example: Example
    domains: Domains


@define
class _Check:
    """The checks of one table."""

    _space: Space
    _reduced: ReducedTable
    _confirm: Confirm
    _findings: Findings
    _left: Budget

    def run(self) -> None:
        """Report what is wrong with the table."""
        walking = self._budget()
        coverage = cover(self._reduced.rows, self._space.everything, walking)
        searching = self._budget()
        witness = Witness(self._space, self._reduced, searching)
        if not self._reduced.complete:
            self._check_completeness(coverage, witness)
        if self._reduced.table.hit_policy == "unique":
            self._check_uniqueness(witness, searching)
        if coverage.finished and not self._is_changed():
            self._check_reachability(coverage, searching)
        for budget in (walking, searching):
            self._left.left -= budget.spent

    def _is_changed(self) -> bool:
        """Tell whether a caller changed a parameter, which may put a row out of use on purpose."""
        parameters = self._space.book.parameters.values()
        return any(one.value != one.default for one in parameters)

    def _budget(self) -> Budget:
        return Budget(min(MAXIMUM_STEPS, self._left.left))

    # --- completeness ---------------------------------------------------------------------------

    def _check_completeness(self, coverage: Coverage, witness: Witness) -> None:
        name = self._reduced.table.name
        if coverage.open:
            none = [Opposite(row.condition) for row in self._reduced.rows]
            found = self._search(witness, none, self._reduced.table, _holds_nowhere)
            if isinstance(found, _Shown):
                self._report_table(
                    code="gap",
                    message=f"no row of `{name}` holds{self._when(found)}",
                    help="add a row, or end the table with `otherwise`; "
                    f"such a deal{_said(found.example)}",
                )
            elif found:
                self._report_table(
                    code="possible-gap",
                    message=f"it cannot be shown that a row of `{name}` holds for every deal",
                    help="end the table with `otherwise`",
                )
        elif not coverage.finished:
            self._report_table(
                code="walk-limit",
                message=f"`{name}` has too many cases to look at each of them",
                help="end the table with `otherwise`",
            )

    # --- uniqueness -----------------------------------------------------------------------------

    def _check_uniqueness(self, witness: Witness, budget: Budget) -> None:
        """Report each row that holds together with one above it; ``otherwise`` never does."""
        rows = [row for row in self._reduced.rows if not row.last_resort]
        told = 0
        plain = [necessary(row.condition) for row in rows]
        try:
            for second in range(len(rows)):
                budget.spend(second)
                for first in range(second):
                    mine, others = plain[second], plain[first]
                    if any(not mask & others.get(one, mask) for one, mask in mine.items()):
                        continue
                    if self._overlap(first, second, witness):
                        told += 1
                        break
                if told == TOLD:
                    return
        except TooFarError:
            self._report_table(
                code="walk-limit",
                message=f"`{self._reduced.table.name}` has too many rows that may hold together",
                help="write `hit_policy: first`, or give part of it a decision of its own",
            )

    def _overlap(self, first: int, second: int, witness: Witness) -> bool:
        table = self._reduced.table
        one, other = self._reduced.rows[first], self._reduced.rows[second]
        both = evolve(table, rows=(table.rows[first], table.rows[second]))
        found = self._search(
            witness, [one.condition, other.condition], both, _holds_twice, raises=True
        )
        if not isinstance(found, _Shown):
            return False
        self._report_row(
            second,
            code="overlap",
            message=f"`{one.id}` and `{other.id}` hold together{self._when(found)}",
            help="let one of them leave that case out, or write `hit_policy: first`; "
            f"such a deal{_said(found.example)}",
        )
        return True

    # --- reachability ---------------------------------------------------------------------------

    def _check_reachability(self, coverage: Coverage, budget: Budget) -> None:
        rows = self._reduced.rows
        missed = [number for number in range(len(rows)) if number not in coverage.reached]
        for number in missed[:TOLD]:
            row = rows[number]
            try:
                holds = next(solve([row.condition], self._space.everything, budget), None)
            except TooFarError:
                holds = self._space.everything
            if holds is None:
                self._report_row(
                    number,
                    code="unreachable-row",
                    message=f"`{row.id}` can never hold",
                    help="its cells contradict one another: correct them, or delete the row",
                )
            elif row.last_resort:
                self._report_row(
                    number,
                    code="unreachable-row",
                    message=f"no case is left for `{row.id}`",
                    help="delete it, since the rows above it take every case",
                )
            elif self._reduced.table.hit_policy == "first":
                self._report_row(
                    number,
                    code="unreachable-row",
                    message=f"`{row.id}` is never reached, since {self._takers(number, budget)}",
                    help="move it up, let the rows above it leave its cases out, or delete it",
                )

    def _takers(self, number: int, budget: Budget) -> str:
        """Say which rows take the cases of one below them."""
        rows = self._reduced.rows
        takers: set[int] = set()
        try:
            for domains in solve([rows[number].condition], self._space.everything, budget):
                found = cover(rows[:number], domains, budget)
                takers |= found.reached
                if not found.finished or len(takers) > NAMED:
                    return "the rows above it take all its cases"
        except TooFarError:
            return "the rows above it take all its cases"
        names = [f"`{rows[taker].id}`" for taker in sorted(takers)]
        takes = "takes" if len(names) == 1 else "take"
        return f"{' and '.join(names)} {takes} all its cases"

    # --- examples -------------------------------------------------------------------------------

    def _search(
        self,
        witness: Witness,
        parts: Sequence[Part],
        table: Table,
        shows: Callable[[Sequence[Truth]], bool],
        *,
        raises: bool = False,
    ) -> _Shown | bool:
        """Look for a deal in which all conditions hold.

        Returns:
            What shows it; else whether there may be such a deal that was not found.
        """
        possible = False
        try:
            for domains in itertools.islice(witness.regions(parts), ATTEMPTS):
                possible = True
                for example in witness.examples(domains):
                    truths = self._truths(table, example)
                    if truths is not None and shows(truths):
                        return _Shown(example, domains)
        except TooFarError:
            if raises:
                raise
            return True
        return possible

    def _truths(self, table: Table, example: Example) -> Sequence[Truth] | None:
        """Return which rows hold in an example, ``None`` if it is no deal."""
        vocabulary = self._space.book.vocabulary
        try:
            deal = read(vocabulary, example.document)
        except FactsError:
            return None
        if isinstance(deal, Account):
            deal = vocabulary.root(account=deal)
        assert isinstance(deal, Opportunity)
        return self._confirm(table, deal, example.as_of, example.thing)

    def _when(self, shown: _Shown) -> str:
        """Say of which inputs an example is."""
        asked = self._reduced.asked
        told = [
            one
            for one in self._space.inputs.all
            if one.number in asked and shown.domains[one.number] != one.points.everything
        ]
        phrases = [_phrase(one, shown.domains[one.number], shown.example) for one in told]
        said = [phrase for phrase in dict.fromkeys(phrases) if phrase is not None]
        if not said:
            return ""
        return " when " + " and ".join(said if len(said) <= NAMED else [*said[:NAMED], "…"])

    # --- reports --------------------------------------------------------------------------------

    def _report_table(self, *, code: str, message: str, help: str) -> None:
        table = self._reduced.table
        self._report(table.position, table.name, code, message, help)

    def _report_row(self, number: int, *, code: str, message: str, help: str) -> None:
        row = self._reduced.table.rows[number]
        self._report(row.position, row.id, code, message, help)

    def _report(self, where: Position, name: str, code: str, message: str, help: str) -> None:
        place = Place(path=where.path, line=where.line, column=where.column, length=len(name))
        _show_lines(place.path, self._findings)
        self._findings.report(place, code=code, message=message, help=help)


def _holds_nowhere(truths: Sequence[Truth]) -> bool:
    return all(truth is False for truth in truths)


def _holds_twice(truths: Sequence[Truth]) -> bool:
    return all(truth is True for truth in truths)


def _phrase(one: Input, domain: int, example: Example) -> str | None:
    subject = one.subject.set if isinstance(one.subject, tree.Contains) else one.subject
    match subject:
        case tree.DecisionValue() if one.decision is not None:
            words = enumerate(one.points.values)
            said = [str(word) for place, word in words if domain >> place & 1]
            return f"`{name_of(subject)}` is {' or '.join(said)}"
        case tree.Fact():
            value = look_up(example.document, one.owner, example.thing, subject.path)
            if isinstance(value, Mapping):
                value = f"{value['amount']} {value['currency']}"
                return f"`{name_of(subject)}` is {value}"
            return None if value is None else f"`{name_of(subject)}` is {say(value)}"
    return None


def _said(example: Example) -> str:
    day = f" on {example.as_of}" if example.dated else ""
    return f"{day}: {say(example.document)}"


def _show_lines(path: str, findings: Findings) -> None:
    """Have the lines of a file shown beside its problems, if it is still there."""
    try:
        lines = read_lines(path, Path(path).read_bytes(), Findings())
    except OSError:
        return
    if lines is not None:
        findings.add_file(path, lines)
