"""When two questions of a table are the same question."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeAlias

import attrs

from b2brules.language import tree
from b2brules.language.scope import ListPath
from b2brules.language.walking import conjuncts

Owner: TypeAlias = ListPath | str | None
"""Whose fact it is: the deal's (``None``), that of a list's thing, or of another variable's."""

Owners: TypeAlias = Mapping[str, Owner]
"""What each variable stands for."""


def identify(node: object, owners: Owners) -> Hashable:
    """Return a key that is equal for what asks the same, however its variables are called."""
    match node:
        case tree.Fact(variable=variable, path=path):
            return "fact", owner_of(variable, owners), path
        case tree.DecisionValue(variable=variable, name=name):
            return "decision", owner_of(variable, owners), name
        case tree.Items(list=path, variable=variable, condition=condition):
            inner = {**owners, variable: f"#{len(owners)}"}
            asked = () if condition is None else conjuncts(condition)
            kept = frozenset(identify(part, inner) for part in asked)
            return "items", path, kept
        case tree.Aggregate(function=function, items=items, value=value):
            inner = {**owners, items.variable: f"#{len(owners)}"}
            return function, identify(items, owners), identify(value, inner)
        case tuple():
            return tuple(identify(part, owners) for part in node)
    kind = type(node)
    if attrs.has(kind):
        names = (one.name for one in attrs.fields(kind) if one.name not in ("type", "span"))
        parts = tuple(identify(getattr(node, name), owners) for name in names)
        return kind.__name__, *parts
    return node


def owner_of(variable: str | None, owners: Owners) -> Owner:
    """Return whose facts a variable reaches."""
    return None if variable is None else owners.get(variable, variable)
