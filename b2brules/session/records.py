"""Changes and differences as JSON: for programs, and in a journal, to be read back from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from b2brules.advice.override import Override
from b2brules.advice.serialising import write_json
from b2brules.facts.types import Money
from b2brules.session.changes import FactChange, plain_value
from b2brules.session.difference import Difference
from b2brules.session.standing import (
    DecisionTopic,
    OverrideTopic,
    Position,
    RecommendationTopic,
    Standing,
    Topic,
)

Record: TypeAlias = dict[str, Any]
"""A piece of JSON: mappings, lists, text, exact numbers."""


def facts_to_record(changes: Iterable[FactChange]) -> list[Record]:
    """Return changes of facts: path, before and after; ``null`` is unknown."""
    return [
        {
            "path": change.name,
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
        "overrides": [
            {
                "decision": one.decision,
                "before": one.before,
                "after": one.after,
                "because": one.because,
            }
            for one in difference.overrides
        ],
    }


def taken_further(position: Position, difference: Mapping[str, Any]) -> Position:
    """Return the position to which a difference leads from another."""
    led = dict(position)
    after: dict[Topic, object] = {
        DecisionTopic(one["decision"]): standing_from_record(one["after"])
        for one in difference["decisions"]
    }
    for one in difference["recommendations"]:
        topic = RecommendationTopic(one["id"], tuple(one["bindings"].items()))
        after[topic] = one["after"]
    for one in difference["overrides"]:
        after[OverrideTopic(one["decision"])] = one["after"]
    for key, value in after.items():
        led.pop(key, None)
        if value is not None:
            led[key] = value
    return led


def standing_to_record(standing: Standing | None) -> Record | None:
    """Return how a decision stands, in the form that advice has."""
    if standing is None:
        return None
    if standing.candidates is not None:
        return {"value": standing.value, "candidates": list(standing.candidates)}
    if isinstance(standing.value, Money):
        return {"value": standing.value.amount, "currency": standing.value.currency}
    return {"value": standing.value}


def standing_from_record(record: Mapping[str, Any] | None) -> Standing | None:
    """Return how a decision stands, as a record says it."""
    if record is None:
        return None
    value = record["value"]
    if "candidates" in record:
        return Standing(value=value, candidates=tuple(record["candidates"]))
    if value is None:
        return Standing(value=None)
    if "currency" in record:
        return Standing(value=Money(amount=Decimal(value), currency=record["currency"]))
    return Standing(value=Decimal(value))


def override_to_record(override: Override) -> Record:
    """Return an override, to be read back by `override_from_record`."""
    return {
        "decision": override.decision,
        "value": plain_value(override.value),
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
    record = difference_to_record(difference)
    for one, change in zip(record["recommendations"], difference.recommendations, strict=True):
        said = difference.recommendation(change)
        if said is not None:
            one |= {
                "action": said.action,
                "why": said.why,
                "owner": said.owner,
                "priority": said.priority,
                "due": said.due.isoformat(),
            }
    for one, made in zip(record["overrides"], difference.overrides, strict=True):
        if made.override is not None:
            one["override"] = override_to_record(made.override)
    whole: dict[str, Any] = {
        "deal": difference.deal,
        "as_of": difference.as_of.isoformat(),
        "facts": facts_to_record(difference.facts),
        **record,
    }
    return write_json(whole, indent)
