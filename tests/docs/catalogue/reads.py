"""What the shipped rules read, and in which family they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from b2brules.language import tree
from b2brules.language.walking import parts
from b2brules.ruleset.asking import Rule, asked_by, bindings_of
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book, Position
from b2brules.ruleset.shipped import shipped_rulesets

Lists: TypeAlias = Mapping[str, tuple[str, ...]]
"""The list that each variable goes through."""


@frozen(kw_only=True)
class Reads:
    """What a rule asks, by name, in the order of asking."""

    decisions: tuple[str, ...]
    facts: tuple[str, ...]
    parameters: tuple[str, ...]


def shipped_book() -> Book:
    """Return the shipped rules as the rulebook holds them."""
    return load((shipped_rulesets(),), {})


def family_of(position: Position) -> str:
    """Return the folder that a rule stands in."""
    return Path(position.path).parent.name


def reads_of(rule: Rule) -> Reads:
    """Return what a decision or a recommendation asks."""
    lists = {one.variable: one.list for one in bindings_of(rule)}
    found: list[tuple[type, str]] = [(tree.Items, ".".join(place)) for place in lists.values()]
    found += [one for node in asked_by(rule) for one in _read(node, lists)]
    return Reads(
        decisions=_named(found, tree.DecisionValue),
        facts=_named(found, tree.Fact, tree.Items),
        parameters=_named(found, tree.Parameter),
    )


def _read(node: object, lists: Lists) -> Iterator[tuple[type, str]]:
    """Yield what is read at a node and below it, with the kind of node."""
    match node:
        case tree.DecisionValue(name=name) | tree.Parameter(name=name):
            yield type(node), name
        case tree.Fact(variable=None, path=path):
            yield tree.Fact, ".".join(path)
        case tree.Fact(variable=str(variable), path=path):
            yield tree.Fact, ".".join((*lists[variable], *path))
        case tree.Items(list=path):
            yield tree.Items, ".".join(path)
    items = node if isinstance(node, tree.Items) else getattr(node, "items", None)
    if isinstance(items, tree.Items):
        lists = {**lists, items.variable: items.list}
    for part in parts(node):
        yield from _read(part, lists)


def _named(found: list[tuple[type, str]], *kinds: type) -> tuple[str, ...]:
    names = dict.fromkeys(name for kind, name in found if kind in kinds)
    return tuple(name for name in names if not name.endswith(".id"))
