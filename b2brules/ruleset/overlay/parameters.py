"""The parameters of an overlay: other numbers for those that are there, and new ones."""

from __future__ import annotations

from attrs import evolve

from b2brules.ruleset.cells import is_blank
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.joining import find_row, make_row, replace_row
from b2brules.ruleset.located import Located
from b2brules.ruleset.overlay.layers import Layers
from b2brules.ruleset.parameters import COLUMNS
from b2brules.ruleset.table import Table, TableRow, check_columns

_KEPT = ("unit", "range")


def lay_parameters(layers: Layers) -> Table | None:
    """Change the parameters that are there; return those that are new."""
    table = layers.overlay.parameters
    required = tuple(name for name in COLUMNS if name not in _KEPT)
    if table is None:
        return None
    if not check_columns(table, layers.findings, required=required, allowed=_KEPT):
        for row in table.rows:
            layers.findings.lose_name(row.first.text)
        return None
    new: list[TableRow] = []
    for row in table.rows:
        if layers.write(row["name"]) and not _change(layers, row):
            new.append(make_row(COLUMNS, row, blank=""))
            layers.note("added", "parameter", row["name"], after=row["value"].folded)
    header = tuple(table.header[0].cover(name) for name in COLUMNS)
    return evolve(table, header=header, rows=tuple(new)) if new else None


def _change(layers: Layers, row: TableRow) -> bool:
    """Change a parameter; return false where there is none of that name."""
    for index, draft in enumerate(layers.drafts):
        table = draft.parameters
        place = find_row(table, row["name"].text)
        if table is None or place is None or not set(COLUMNS) <= set(table.columns):
            continue
        old = table.rows[place]
        kept = {column: _keep(old, row, column, layers.findings) for column in _KEPT}
        new = make_row(table.columns, row, kept)
        layers.drafts[index] = evolve(draft, parameters=replace_row(table, place, new))
        before, after = old["value"].folded, row["value"].folded
        layers.note("replaced", "parameter", row["name"], before=before, after=after)
        return True
    return False


def _keep(old: TableRow, row: TableRow, column: str, findings: Findings) -> Located:
    """Return a cell that stays as it was; report another in its place."""
    cell, had = row.cell(column), old[column]
    if cell is not None and not is_blank(cell) and cell.folded != had.folded:
        findings.report(
            cell.place,
            code="invalid-unit" if column == "unit" else "invalid-range",
            message=f"`{row.first.text}` has no {column}"
            if is_blank(had)
            else f"the {column} of `{row.first.text}` is `{had.folded}`",
            help=f"an overlay changes the number and not the {column}: leave the cell empty",
        )
    return had
