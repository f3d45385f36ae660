"""The rows and recommendations that an overlay disables."""

from __future__ import annotations

from attrs import evolve

from b2brules.language import suggestion
from b2brules.ruleset.drafts import TableDraft
from b2brules.ruleset.joining import drop_row, find_row
from b2brules.ruleset.located import Located
from b2brules.ruleset.overlay.decisions import keep_outcomes
from b2brules.ruleset.overlay.layers import Layers


def disable(layers: Layers, id: Located) -> None:
    """Take away the row or the recommendation with an id, and its text."""
    if layers.has_written(id.text):
        layers.findings.report(
            id.place,
            code="duplicate-id",
            message=f"`{id.text}` is disabled here, and written anew below",
            help="do one of the two",
        )
    elif _disable_row(layers, id) or _disable_recommendation(layers, id):
        layers.drop_texts({id.text})
    elif layers.leave_out(id.text):
        layers.note("disabled", "recommendation", id)
    elif not layers.findings.has_lost(id.text):
        ids = [*layers.ids(), *layers.repeated()]
        layers.findings.report(
            id.place,
            code="unknown-id",
            message=f"`{id.folded}` is neither a row nor a recommendation of these rules",
            help=suggestion(id.text, ids) or "`b2brules rules` shows what there is",
        )


def _disable_row(layers: Layers, id: Located) -> bool:
    for index, number, decision in layers.decisions():
        if not isinstance(decision, TableDraft):
            continue
        table = decision.table
        place = find_row(table, id.text)
        if place is None:
            continue
        then = table.rows[place].cell("then")
        before = None if then is None else then.folded
        layers.note("disabled", "row", id, decision=decision.name.text, before=before)
        # What is wrong with the table as a whole is now told of the place where this stands.
        name = id.cover(decision.name.text)
        layers.put_decision(
            index, number, evolve(keep_outcomes(decision), table=drop_row(table, place), name=name)
        )
        return True
    return False


def _disable_recommendation(layers: Layers, id: Located) -> bool:
    for index, draft in enumerate(layers.drafts):
        table = draft.recommendations
        place = find_row(table, id.text)
        if table is not None and place is not None:
            layers.note("disabled", "recommendation", id)
            layers.drafts[index] = evolve(draft, recommendations=drop_row(table, place))
            return True
    return False
