"""Tables that are put together: rows found, replaced, added and left out, columns joined."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from b2brules.ruleset.located import Located
from b2brules.ruleset.table import Table, TableRow


def find_row(table: Table | None, id: str) -> int | None:
    """Return where the row with an id stands, or ``None`` where there is none."""
    rows = () if table is None else table.rows
    return next((place for place, row in enumerate(rows) if row.first.text == id), None)


def replace_row(table: Table, place: int, row: TableRow) -> Table:
    """Put a row in the place of another."""
    return evolve(table, rows=(*table.rows[:place], row, *table.rows[place + 1 :]))


def insert_row(table: Table, place: int, row: TableRow) -> Table:
    """Put a row before the one that stands at a place."""
    return evolve(table, rows=(*table.rows[:place], row, *table.rows[place:]))


def drop_row(table: Table, place: int) -> Table:
    """Leave a row out."""
    return evolve(table, rows=(*table.rows[:place], *table.rows[place + 1 :]))


def make_row(
    columns: tuple[str, ...],
    row: TableRow,
    given: Mapping[str, Located] | None = None,
    *,
    blank: str = "-",
) -> TableRow:
    """Make a row of other columns: of the cells that are given, else the row's, else blank ones."""
    cells = []
    for column in columns:
        cell = (given or {}).get(column) or row.cell(column)
        cells.append(row.first.cover(blank) if cell is None else cell)
    return TableRow(cells=tuple(cells), columns={name: at for at, name in enumerate(columns)})


def change_row(columns: tuple[str, ...], old: TableRow, row: TableRow) -> TableRow:
    """Make a row of what it says, and for the columns that it does not have, of what was there."""
    kept = {name: old[name] for name in columns if row.cell(name) is None}
    return make_row(columns, row, kept)


def widen(table: Table, other: Table, *, leave_out: str | None = None) -> Table:
    """Give a table of two parts the columns that only another one has, but the one to leave out.

    Its rows are blank there. New columns stand at the end of their part.
    """
    bar, other_bar = table.bar or 0, other.bar or 0
    known = (*table.columns, leave_out)
    before = tuple(cell for cell in other.header[:other_bar] if cell.folded not in known)
    behind = tuple(cell for cell in other.header[other_bar:] if cell.folded not in known)
    header = (*table.header[:bar], *before, *table.header[bar:], *behind)
    wide = evolve(table, header=header, bar=bar + len(before))
    return evolve(wide, rows=tuple(make_row(wide.columns, row) for row in table.rows))
