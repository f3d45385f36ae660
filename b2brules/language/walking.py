"""Going through a typed tree."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from b2brules.language.tree import And, Condition, DecisionValue, Fact, Items, Parameter, Value


def parts(node: object) -> Iterator[object]:
    """Yield the nodes right below a node, from the left."""
    for field in attrs.fields(type(node)):  # type: ignore[arg-type]  # every node is attrs
        if field.name not in ("type", "span"):
            yield from _nodes(getattr(node, field.name))


def _nodes(part: object) -> Iterator[object]:
    if isinstance(part, tuple):
        for member in part:
            yield from _nodes(member)
    elif type(part).__module__ == Fact.__module__:
        yield part


def walk(node: object) -> Iterator[object]:
    """Yield the node and every node below it, from the left."""
    yield node
    for part in parts(node):
        yield from walk(part)


def conjuncts(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions that all have to hold if a condition does."""
    if isinstance(condition, And):
        for part in condition.conditions:
            yield from conjuncts(part)
    else:
        yield condition


def reads(node: Condition | Value) -> tuple[Fact | DecisionValue | Parameter | Items, ...]:
    """Return the facts, decisions, parameters and lists that a condition or value reads."""
    kinds = (Fact, DecisionValue, Parameter, Items)
    return tuple(found for found in walk(node) if isinstance(found, kinds))
