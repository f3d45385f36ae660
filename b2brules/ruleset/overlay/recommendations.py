"""The recommendations of an overlay: those that it replaces, and those that it adds."""

from __future__ import annotations

from attrs import evolve

from b2brules.ruleset.joining import change_row, find_row, replace_row, widen
from b2brules.ruleset.overlay.decisions import CITED
from b2brules.ruleset.overlay.layers import Layers
from b2brules.ruleset.recommendations import REQUIRED, check_recommendations
from b2brules.ruleset.table import Table, TableRow


def lay_recommendations(layers: Layers) -> Table | None:
    """Change the recommendations that are there; return those that are new."""
    table = layers.overlay.recommendations
    if table is None:
        return None
    if not check_recommendations(table, layers.findings, required=CITED):
        for row in table.rows:
            layers.findings.lose_name(row.first.text)
        return None
    new: list[TableRow] = []
    for row in table.rows:
        if not layers.write(row.first) or _change(layers, table, row):
            continue
        if layers.has_columns(table, row, REQUIRED):
            new.append(row)
            was_there = layers.leave_out(row.first.text)
            layers.note("replaced" if was_there else "added", "recommendation", row.first)
    return evolve(table, rows=tuple(new)) if new else None


def _change(layers: Layers, table: Table, row: TableRow) -> bool:
    """Change a recommendation; return false where no row has that id."""
    for index, draft in enumerate(layers.drafts):
        old = draft.recommendations
        place = find_row(old, row.first.text)
        if old is None or place is None:
            continue
        wide = widen(old, table)
        changed = replace_row(wide, place, change_row(wide.columns, wide.rows[place], row))
        layers.drafts[index] = evolve(draft, recommendations=changed)
        layers.note("replaced", "recommendation", row.first)
        return True
    return False
