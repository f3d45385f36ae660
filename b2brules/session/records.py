"""Changes and differences as JSON: for programs, and in a journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from b2brules.advice.override import Override
from b2brules.advice.serialising import write_json
from b2brules.facts.paths import fact_name
from b2brules.facts.types import Money
from b2brules.language import ListPath
from b2brules.session.changes import FactChange, plain_value
from b2brules.session.difference import Difference, Standing

Record: TypeAlias = dict[str, Any]
"""A piece of JSON: mappings, lists, text, exact numbers."""


def facts_to_record(changes: Iterable[FactChange], lists: Iterable[ListPath]) -> list[Record]:
    """Return changes of facts: path, before and after; ``null`` is unknown."""
    known = tuple(lists)
    return [
        {
            "path": fact_name(change.path, known),
            "before": plain_value(change.before),
            "after": plain_value(change.after),
        }
        for change in changes
    ]


def difference_to_record(difference: Difference) -> Record:
    """Return what a change did to the advice, without words: ids, outcomes and causes."""
    return {
        "decisions": [
            {
                "decision": one.decision,
                "before": standing_to_record(one.before),
                "after": standing_to_record(one.after),
                "because": one.because,
            }
            for one in difference.decisions
        ],
        "recommendations": [
            {
                "id": one.id,
                "bindings": dict(one.bindings),
                "before": one.before,
                "after": one.after,
                "because": one.because,
            }
            for one in difference.recommendations
        ],
    }


def standing_to_record(standing: Standing | None) -> Record | None:
    """Return how a decision stands, in the form that advice has."""
    if standing is None:
        return None
    if standing.candidates is not None:
        return {"value": standing.value, "candidates": list(standing.candidates)}
    if isinstance(standing.value, Money):
        return {"value": standing.value.amount, "currency": standing.value.currency}
    return {"value": standing.value}


def override_to_record(override: Override) -> Record:
    """Return an override, to be read back by `override_from_record`."""
    value = override.value
    return {
        "decision": override.decision,
        "value": plain_value(value),
        "reason": override.reason,
        "by": override.by,
        "on": override.on.isoformat(),
        "instead_of": None if override.instead_of is None else list(override.instead_of),
    }


def override_from_record(record: Record) -> Override:
    """Return the override that a record stands for."""
    value = record["value"]
    if isinstance(value, Mapping):
        value = Money(**value)
    elif not isinstance(value, str):
        value = Decimal(value)
    seen = record["instead_of"]
    return Override(
        decision=record["decision"],
        value=value,
        reason=record["reason"],
        by=record["by"],
        on=date.fromisoformat(record["on"]),
        instead_of=None if seen is None else tuple(seen),
    )


def difference_to_json(difference: Difference, *, indent: int | None) -> str:
    """Return a difference as JSON text, with the sentences of what is to be done, or no longer."""
    said = {
        (one.id, tuple(one.bindings.items())): one
        for advice in (difference.before, difference.after)
        for one in (() if advice is None else advice.recommendations)
    }
    record = difference_to_record(difference)
    for one in record["recommendations"]:
        worded = said[one["id"], tuple(one["bindings"].items())]
        one["action"], one["why"] = worded.action, worded.why
    whole: dict[str, Any] = {
        "deal": difference.deal,
        "as_of": difference.as_of.isoformat(),
        "facts": facts_to_record(difference.facts, difference.book.vocabulary.lists()),
        **record,
    }
    return write_json(whole, indent)
