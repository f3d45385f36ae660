"""The cells of a row that ask something, read with the condition language."""

from __future__ import annotations

from b2brules.language import LanguageError, Scope, read_cell, read_condition, read_value
from b2brules.language.tree import Always, Condition, Value
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located, Place
from b2brules.ruleset.model import WHEN, Clause, Position
from b2brules.ruleset.table import TableRow

OTHERWISE = "otherwise"


class Inputs:
    """The columns of a table that ask something.

    A heading is a value, and its cells are tests of it. Which names a heading may use depends on
    what the row is for, so it is read again for rows that are for something else.

    Args:
        headings: The headings, each with the number of its column.
    """

    def __init__(self, headings: tuple[tuple[int, Located], ...], findings: Findings) -> None:
        self._headings = headings
        self._findings = findings
        self._values: dict[object, Value | None] = {}

    def is_otherwise(self, row: TableRow) -> bool:
        """Tell whether a row holds when none above it does, and check that it says nothing else."""
        cells = [row.cells[index] for index, _ in self._headings]
        if all(cell.text != OTHERWISE for cell in cells):
            return False
        for cell in cells:
            if cell.text not in ("-", OTHERWISE):
                self._findings.report(
                    cell.place,
                    code="misplaced-otherwise",
                    message=f"`{row.first.text}` asks something and is `otherwise` too",
                    help="write `otherwise` in all of its cells, or `-` in place of it",
                )
        return True

    def read(
        self, row: TableRow, scope: Scope, placeholder: tuple[str, str] | None = None
    ) -> tuple[Clause, ...]:
        """Read what a row asks; mistakes are reported.

        ``placeholder`` is what stands for a name in the row, and the name.
        """
        clauses = []
        for index, heading in self._headings:
            cell = row.cells[index]
            if not cell.text:
                self._findings.report(
                    cell.place,
                    code="empty-cell",
                    message=f"`{row.first.text}` has an empty cell under `{heading.folded}`",
                    help="write `-` if any value will do",
                )
            elif cell.text != "-":
                clause = self._read_cell(heading, cell, scope, placeholder)
                if clause is not None:
                    clauses.append(clause)
        return tuple(clauses)

    def _read_cell(
        self, heading: Located, cell: Located, scope: Scope, placeholder: tuple[str, str] | None
    ) -> Clause | None:
        if placeholder is not None:
            heading = heading.replace(*placeholder)
            cell = cell.replace(*placeholder)
        try:
            condition: Condition
            if cell.text == OTHERWISE:
                condition = Always(span=(0, len(OTHERWISE)))
            elif heading.folded == WHEN:
                condition = read_condition(cell.text, scope)
            else:
                column = self._value(heading, scope)
                if column is None:
                    return None
                condition = read_cell(cell.text, column, scope)
        except LanguageError as error:
            self._findings.report_mistakes(cell, error)
            return None
        return Clause(
            column=heading.folded,
            text=cell.folded,
            condition=condition,
            position=position_of(cell.place),
        )

    def _value(self, heading: Located, scope: Scope) -> Value | None:
        key = heading.text, tuple(scope.variables.items())
        if key not in self._values:
            try:
                self._values[key] = read_value(heading.text, scope)
            except LanguageError as error:
                self._findings.report_mistakes(heading, error)
                self._values[key] = None
        return self._values[key]


def position_of(place: Place) -> Position:
    """Return the beginning of a place."""
    return Position(path=place.path, line=place.line, column=place.column)
