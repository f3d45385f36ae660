"""The decisions of an overlay: rows that are replaced or added, other outcomes, another formula."""

from __future__ import annotations

from attrs import evolve

from b2brules.language import suggestion
from b2brules.ruleset.cells import is_blank
from b2brules.ruleset.decisions import RESULTS
from b2brules.ruleset.drafts import FormulaDraft, TableDraft
from b2brules.ruleset.joining import change_row, find_row, insert_row, make_row, replace_row, widen
from b2brules.ruleset.located import Located
from b2brules.ruleset.overlay.draft import Patch, TablePatch
from b2brules.ruleset.overlay.layers import Layers
from b2brules.ruleset.table import Table, TableRow, check_parts

BEFORE = "before"
CITED = ("source", "basis")
"""What each row of an overlay says, since another source may stand behind what it changes."""


def lay_decision(layers: Layers, patch: Patch) -> None:
    """Change a decision that is there."""
    name = patch.name.text
    for index, number, old in layers.decisions():
        if old.name.text != name:
            continue
        if isinstance(patch, TablePatch) and isinstance(old, TableDraft):
            layers.put_decision(index, number, _lay_table(layers, old, patch))
        elif isinstance(patch, FormulaDraft) and isinstance(old, FormulaDraft):
            before, after = old.formula.folded, patch.formula.folded
            layers.note("replaced", "formula", patch.name, before=before, after=after)
            new = evolve(patch, ruleset=old.ruleset, binding=old.binding)
            layers.put_decision(index, number, new)
        else:
            has_table = isinstance(old, TableDraft)
            layers.findings.report(
                patch.name.place,
                code="wrong-shape",
                message=f"`{name}` is decided by {'a table' if has_table else 'a formula'}",
                help="write `table: |` and below it the rows that change"
                if has_table
                else "write `formula:`, `source:` and `basis:`",
            )
        return
    if not layers.findings.has_lost(name):
        names = [decision.name.text for _, _, decision in layers.decisions()]
        layers.findings.report(
            patch.name.place,
            code="unknown-decision",
            message=f"`{name}` is not a decision of these rules",
            help=suggestion(name, names)
            or "an overlay changes decisions; a new one goes into a rule file of its own",
        )


def _lay_table(layers: Layers, old: TableDraft, patch: TablePatch) -> TableDraft:
    # Its place is that in the overlay, which is to blame for a case without a row.
    new = evolve(keep_outcomes(old), name=patch.name)
    if patch.outcomes:
        new = evolve(new, outcomes=_lay_outcomes(layers, old, patch))
    if patch.hit_policy is not None:
        before, after = old.hit_policy, patch.hit_policy
        layers.note("replaced", "hit_policy", patch.name, before=before, after=after)
        new = evolve(new, hit_policy=patch.hit_policy)
    rows = patch.table
    if rows is None:
        return new
    optional = ("then", BEFORE)
    if not check_parts(rows, layers.findings, of="the rows", required=CITED, allowed=optional):
        for row in rows.rows:
            layers.findings.lose_name(row.first.text)
        return new
    table = widen(old.table, rows, leave_out=BEFORE)
    for row in rows.rows:
        if layers.write(row.first):
            table = _lay_row(layers, rows, row, table, old.name.text)
    return evolve(new, table=table)


def keep_outcomes(draft: TableDraft) -> TableDraft:
    """Note that the outcomes of a decision need no row any more."""
    return evolve(draft, kept=draft.kept | {outcome.text for outcome in draft.outcomes})


def _lay_outcomes(layers: Layers, old: TableDraft, patch: TablePatch) -> tuple[Located, ...]:
    """Return the outcomes that an overlay gives, with those that it left out."""
    given = {outcome.text for outcome in patch.outcomes}
    missing = [outcome.text for outcome in old.outcomes if outcome.text not in given]
    if missing:
        layers.findings.report(
            patch.outcomes[0].place,
            code="missing-outcome",
            message=f"`{missing[0]}` is missing, an outcome of `{old.name.text}`",
            help="add it: other rules may ask for it, and no row has to give it",
        )
    before, after = _said(old.outcomes), _said(patch.outcomes)
    layers.note("replaced", "outcomes", patch.name, before=before, after=after)
    return (*patch.outcomes, *(word for word in old.outcomes if word.text in missing))


def _lay_row(layers: Layers, rows: Table, row: TableRow, table: Table, decision: str) -> Table:
    """Change the row with the id of one of the overlay's ``rows``, or put it before another."""
    id, before = row.first, row.cell(BEFORE)
    place = find_row(table, id.text)
    if place is not None:
        if before is not None and not is_blank(before):
            layers.findings.report(
                before.place,
                code="invalid-before",
                message=f"`{id.text}` takes the place of the row with its id",
                help="write `-`, or give the row another id and disable the old one",
            )
        old = table.rows[place]
        new = change_row(table.columns, old, row)
        was, then = (one["then"].folded for one in (old, new))
        layers.note("replaced", "row", id, decision=decision, before=was, after=then)
        return replace_row(table, place, new)
    if id.text in layers.ids():
        layers.findings.report(
            id.place,
            code="duplicate-id",
            message=f"`{id.text}` is already the name of a row or a recommendation elsewhere",
            help="choose another name",
        )
        return table
    ids = [other.first.text for other in table.rows]
    if before is None or is_blank(before):
        if not layers.findings.has_lost(id.text):
            layers.findings.report(
                id.place,
                code="unknown-row",
                message=f"`{id.folded}` is not a row of `{decision}`",
                help=suggestion(id.text, ids)
                or "to add it, name under `before` the row that it is to stand before",
            )
        # Its text is not blamed for having no row.
        layers.findings.lose_name(id.text)
        return table
    place = find_row(table, before.text)
    if place is None:
        if not layers.findings.has_lost(before.text):
            layers.findings.report(
                before.place,
                code="invalid-before",
                message=f"`{before.folded}` is not a row of `{decision}`",
                help=suggestion(before.text, ids) or "its rows are " + ", ".join(ids),
            )
        layers.findings.lose_name(id.text)
        return table
    if not layers.has_columns(rows, row, RESULTS):
        return table
    layers.note("added", "row", id, decision=decision, after=row["then"].folded)
    return insert_row(table, place, make_row(table.columns, row))


def _said(words: tuple[Located, ...]) -> str:
    return ", ".join(word.text for word in words)
