"""Advice and proofs as JSON: stable, exact, and described by ``advice.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.resources import files
from typing import TypeAlias

from b2brules.advice.model import (
    Advice,
    ClauseProof,
    Decision,
    DecisionValue,
    JudgedOverride,
    Proof,
    Question,
    Recommendation,
    RecommendationProof,
    RowProof,
)
from b2brules.facts.types import Money

Json: TypeAlias = Mapping[str, "Json"] | list["Json"] | str | int | Decimal | bool | None


def advice_to_json(advice: Advice, *, indent: int | None = 2) -> str:
    """Return an advice as JSON text, the same bytes for the same advice.

    Args:
        advice: What to write; its questions are worked out if they have not been yet.
        indent: Spaces for each level, or ``None`` for one line without spaces.

    Returns:
        JSON without a line break at its end; numbers are exact decimals.
    """
    return write_json(_advice(advice), indent)


def proof_to_json(proof: Proof | RecommendationProof, *, indent: int | None = 2) -> str:
    """Return a proof as JSON text.

    Args:
        proof: What to write.
        indent: As for :func:`advice_to_json`.
    """
    head: dict[str, Json] = {"as_of": proof.as_of.isoformat(), "lang": proof.lang}
    return write_json({**head, **proof_as_json(proof)}, indent)


def proof_as_json(proof: Proof | RecommendationProof) -> dict[str, Json]:
    """Return a proof as :func:`write_json` takes it."""
    return _proof(proof) if isinstance(proof, Proof) else _recommendation_proof(proof)


def schema_text() -> str:
    """Return the JSON Schema (2020-12) that every advice as JSON keeps."""
    return files("b2brules.advice").joinpath("advice.schema.json").read_text(encoding="utf-8")


def _advice(advice: Advice) -> Json:
    things: dict[str, Json] = {
        name: {id: _decisions(made) for id, made in listed.items()}
        for name, listed in advice.things.items()
    }
    people: dict[str, Json] = {}
    if "people" in things or advice.subject.kind == "opportunity":
        people["people"] = things.pop("people", {})
    overrides: list[Json] = [
        {"decision": one.override.decision, "state": one.state} for one in advice.overrides
    ]
    return {
        "as_of": advice.as_of.isoformat(),
        "rulebook": advice.rulebook,
        "lang": advice.lang,
        "subject": {
            "kind": advice.subject.kind,
            "id": advice.subject.id,
            "name": advice.subject.name,
        },
        "decisions": _decisions(advice.decisions),
        **people,
        **things,
        "recommendations": [_recommendation(one) for one in advice.recommendations],
        "questions": [_question(one) for one in advice.questions],
        **({"overrides": overrides} if overrides else {}),
    }


def _decisions(decisions: Mapping[str, Decision]) -> Json:
    return {name: _decision(decision) for name, decision in decisions.items()}


def _decision(decision: Decision) -> dict[str, Json]:
    if decision.override is None:
        return _made(decision)
    return {**_made(decision), "override": _override(decision.override)}


def _override(one: JudgedOverride) -> dict[str, Json]:
    made = one.override
    return {
        **_value(made.value),
        "by": made.by,
        "on": made.on.isoformat(),
        "reason": made.reason,
        "state": one.state,
        "set_aside": None if one.set_aside is None else _made(one.set_aside),
    }


def _made(decision: Decision) -> dict[str, Json]:
    if decision.candidates is not None:
        value = decision.value if isinstance(decision.value, str) else None
        return {"value": value, "candidates": list(decision.candidates), "rule": decision.rule}
    return _value(decision.value)


def _value(value: DecisionValue | None) -> dict[str, Json]:
    if isinstance(value, Money):
        return {"value": value.amount, "currency": value.currency}
    return {"value": value}


def _recommendation(one: Recommendation) -> Json:
    return {
        "id": one.id,
        "bindings": dict(one.bindings),
        "certainty": one.certainty,
        "target": one.target,
        "action": one.action,
        "why": one.why,
        "prime": one.prime,
        "owner": one.owner,
        "priority": one.priority,
        "due": one.due.isoformat(),
        "source": one.source,
        "basis": one.basis,
    }


def _question(one: Question) -> Json:
    return {"fact": one.fact, "question": one.question, "settles": list(one.settles)}


def _proof(proof: Proof) -> dict[str, Json]:
    return {
        "decision": proof.decision.name,
        "subject": proof.subject,
        "question": proof.decision.question,
        **_decision(proof.decision),
        "sentence": proof.decision.sentence,
        "reason": proof.decision.reason,
        "rows": [_row(row) for row in proof.rows],
        "because": [_proof(below) for below in proof.because],
    }


def _recommendation_proof(proof: RecommendationProof) -> dict[str, Json]:
    return {
        "recommendation": proof.id,
        "certainty": proof.certainty,
        "matches": [
            {
                "bindings": dict(match.bindings),
                "holds": match.holds,
                "action": match.action,
                "why": match.why,
                "clauses": [_clause(clause) for clause in match.clauses],
            }
            for match in proof.matches
        ],
        "left_out": proof.left_out,
        "unbound": list(proof.unbound),
        "source": proof.source,
        "basis": proof.basis,
        "because": [_proof(below) for below in proof.because],
    }


def _clause(clause: ClauseProof) -> Json:
    return {
        "text": clause.text,
        "holds": clause.holds,
        "facts": dict(clause.facts),
        "unknown": list(clause.unknown),
    }


def _row(row: RowProof) -> Json:
    return {
        "id": row.id,
        "then": row.then,
        "holds": row.holds,
        "reason": row.reason,
        "clauses": [_clause(clause) for clause in row.clauses],
        "source": row.source,
        "basis": row.basis,
    }


def write_json(value: Json, indent: int | None) -> str:
    """Return a value as JSON text, with exact numbers and the keys in their order."""
    return "".join(_pieces(value, indent, 0))


def _pieces(value: Json, indent: int | None, depth: int) -> Iterator[str]:
    """Yield the JSON text of a value in pieces.

    The standard library would write a decimal as a binary fraction, which is not exact.
    """
    if isinstance(value, Mapping):
        entries = [(_string(key) + (":" if indent is None else ": "), value[key]) for key in value]
        yield from _bracketed("{}", entries, indent, depth)
    elif isinstance(value, list):
        yield from _bracketed("[]", [("", item) for item in value], indent, depth)
    elif isinstance(value, str):
        yield _string(value)
    elif isinstance(value, bool) or value is None:
        yield json.dumps(value)
    else:
        yield _number(value)


def _bracketed(
    brackets: str, entries: list[tuple[str, Json]], indent: int | None, depth: int
) -> Iterator[str]:
    if not entries:
        yield brackets
        return
    outside = "" if indent is None else "\n" + " " * (indent * depth)
    inside = "" if indent is None else "\n" + " " * (indent * (depth + 1))
    yield brackets[0]
    for position, (key, value) in enumerate(entries):
        yield f"{',' if position else ''}{inside}{key}"
        yield from _pieces(value, indent, depth + 1)
    yield outside + brackets[1]


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _number(number: int | Decimal) -> str:
    """Return the digits of a number, without an exponent and without zeros that say nothing."""
    text = format(number, "f") if isinstance(number, Decimal) else str(number)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
