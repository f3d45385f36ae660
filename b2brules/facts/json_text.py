"""JSON text as plain values, read so that no text can do harm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from b2brules.facts.problems import FactsError, Finding, Problem, Steps
from b2brules.facts.scalars import number
from b2brules.facts.source import DEPTH, Document
from b2brules.facts.values import shown


class NotJsonError(FactsError):
    """The text breaks the rules of JSON, so it may be something else."""


class _Object(dict[str, object]):
    """A JSON object that remembers which keys stood in it twice."""

    twice: tuple[str, ...] = ()


def json_document(text: str, *, line: int = 1) -> Document:
    """The document that a JSON text holds.

    Args:
        text: One JSON value.
        line: The line on which the text begins.

    Raises:
        NotJsonError: It is not JSON.
        FactsError: It is nested too deeply.
    """
    too_deep = FactsError([Problem(path="", message=f"nested more than {DEPTH} deep", line=line)])
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=number,
            parse_float=number,
            parse_constant=Decimal,
        )
    except json.JSONDecodeError as error:
        reason = error.msg[:1].lower() + error.msg[1:]
        message = f"this is not JSON: {reason} (column {error.colno})"
        where = line + error.lineno - 1
        raise NotJsonError([Problem(path="", message=message, line=where)]) from None
    except RecursionError:
        raise too_deep from None
    findings = tuple(
        Finding((*steps, key), f"{shown(key)} stands twice; keep one of them")
        for steps, keys in _repeated(value, (), too_deep)
        for key in keys
    )
    return Document(value=value, lines=None, findings=findings)


def _object(pairs: list[tuple[str, object]]) -> _Object:
    found = _Object()
    twice = []
    for key, value in pairs:
        if key in found:
            twice.append(key)
        else:
            found[key] = value
    if twice:
        found.twice = tuple(dict.fromkeys(twice))
    return found


def _repeated(
    value: object, steps: Steps, too_deep: FactsError
) -> Iterator[tuple[Steps, tuple[str, ...]]]:
    """The objects in which a key stands twice."""
    if len(steps) > DEPTH:
        raise too_deep
    if isinstance(value, _Object):
        if value.twice:
            yield steps, value.twice
        for key, inner in value.items():
            if isinstance(inner, _Object | list):
                yield from _repeated(inner, (*steps, key), too_deep)
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            if isinstance(inner, _Object | list):
                yield from _repeated(inner, (*steps, position), too_deep)
