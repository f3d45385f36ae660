"""The small changes that can be made to a condition or a value, one at a time.

Each is a slip that an author could make and a case ought to notice: a threshold that is one step
off, a bound that is or is not included, a word next to the one that was meant, a part left out,
`and` for `or`. Changes that could make no difference are left out where that is seen at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import attrs
from attrs import evolve, frozen

from b2brules.facts.types import EnumerationType, NumberType
from b2brules.language import tree
from b2brules.language.tree import Comparator, Condition, Value

STRICTNESS: dict[Comparator, Comparator] = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}

Node: TypeAlias = Any
"""A node of the tree: a condition, a value, a test, or the things of a list."""


@frozen
class Change:
    """A node with one change somewhere in it.

    Args:
        node: The whole of it, changed.
        before: The smallest condition that the change is in; ``None`` in a value on its own.
        after: What has become of that; ``None`` if it is gone.
    """

    node: Node
    before: Condition | None
    after: Condition | None


def changes_of(node: Condition | Value) -> Iterator[Change]:
    """Yield a condition or a value with each change that can be made to it."""
    for change in _changes(node):
        yield _inside(node, change.node, change)


def _changes(node: Node) -> Iterator[Change]:
    """Yield the changes of the node itself, then those of the nodes below it."""
    for changed in _own(node):
        yield Change(changed, None, None)
    if isinstance(node, tree.And | tree.Or | tree.CountConditions):
        yield from _without_one(node)
    if isinstance(node, tree.Items) and not isinstance(node.condition, tree.And | None):
        yield Change(evolve(node, condition=None), node.condition, None)
    for name, place, part in _parts(node):
        for change in _changes(part):
            yield _inside(node, _put(node, name, place, change.node), change)


def _inside(node: Node, changed: Node, change: Change) -> Change:
    """Return a change of a part as one of the whole, whose smallest condition it may be."""
    if change.before is None and isinstance(node, tree.Condition):
        return Change(changed, node, changed)
    return Change(changed, change.before, change.after)


def _without_one(node: tree.And | tree.Or | tree.CountConditions) -> Iterator[Change]:
    for place, part in enumerate(node.conditions):
        rest = node.conditions[:place] + node.conditions[place + 1 :]
        if len(rest) == 1 and not isinstance(node, tree.CountConditions):
            yield Change(rest[0], part, None)
        elif rest:
            yield Change(evolve(node, conditions=rest), part, None)


def _own(node: Node) -> Iterator[Node]:
    match node:
        case tree.Constant():
            yield from (evolve(node, value=value) for value in _steps(node))
        case tree.And():
            yield tree.Or(conditions=node.conditions, span=node.span)
        case tree.Or():
            yield tree.And(conditions=node.conditions, span=node.span)
        case tree.Compare(operator=sign) if sign in STRICTNESS:
            # Of whole numbers, `> 2` is `>= 3`, and that is a step of the threshold.
            if not (_is_whole(node.left) and isinstance(node.right, tree.Constant)):
                yield evolve(node, operator=STRICTNESS[sign])
        case tree.Among():
            yield from _tests_changed(node)


def _steps(constant: tree.Constant) -> Iterator[Decimal | str | date | bool]:
    """Yield the values next to a constant."""
    value = constant.value
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, Decimal):
        step = step_of(value)
        yield from (value - step, value + step)
    elif isinstance(value, str):
        if isinstance(constant.type, EnumerationType):
            yield from _next(value, constant.type.values)
    else:
        yield from (value - timedelta(days=1), value + timedelta(days=1))


def step_of(number: Decimal) -> Decimal:
    """Return one step of a number: 1, or the last digit that it has after the point."""
    exponent = number.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0))


def _next(word: str, words: tuple[str, ...]) -> Iterator[str]:
    if word in words and len(words) > 1:
        yield words[(words.index(word) + 1) % len(words)]


def _tests_changed(node: tree.Among) -> Iterator[tree.Among]:
    """Yield one of several tests left out, and each bound in or out."""
    if len(node.tests) > 1:
        for place in range(len(node.tests)):
            yield evolve(node, tests=node.tests[:place] + node.tests[place + 1 :])
    for place, test in enumerate(node.tests):
        for number, (sign, bound) in enumerate(test.bounds):
            whole = _is_whole(node.value) and isinstance(bound, tree.Constant)
            if sign in STRICTNESS and not whole:
                bounds = list(test.bounds)
                bounds[number] = (STRICTNESS[sign], bound)
                tests = list(node.tests)
                tests[place] = evolve(test, bounds=tuple(bounds))
                yield evolve(node, tests=tuple(tests))


def _is_whole(value: Value) -> bool:
    if isinstance(value, tree.CountItems | tree.CountConditions | tree.CountSet | tree.Days):
        return True
    return isinstance(value.type, NumberType) and value.type.whole


def _parts(node: Node) -> Iterator[tuple[str, tuple[int, ...] | None, Node]]:
    """Yield the nodes right below a node, each with the field and the place in it."""
    match node:
        case tree.Among():
            yield "value", None, node.value
            # Of several words, one left out is noticed by whatever notices another one.
            words = len(node.tests) > 1
            for place, test in enumerate(node.tests):
                for number, (_, bound) in enumerate(test.bounds):
                    is_word = isinstance(bound.type, EnumerationType)
                    if not (words and is_word):
                        yield "tests", (place, number), bound
            return
        case tree.IsKnown():
            return
    for field in attrs.fields(type(node)):
        part = getattr(node, field.name)
        if isinstance(part, tuple) and field.name == "conditions":
            for place, one in enumerate(part):
                yield field.name, (place,), one
        elif type(part).__module__ == tree.__name__:
            yield field.name, None, part


def _put(node: Node, name: str, place: tuple[int, ...] | None, part: Node) -> Node:
    """Return a node with another part in one place."""
    if place is None:
        return evolve(node, **{name: part})
    members = list(getattr(node, name))
    if len(place) == 1:
        members[place[0]] = part
    else:
        test = members[place[0]]
        bounds = list(test.bounds)
        bounds[place[1]] = (bounds[place[1]][0], part)
        members[place[0]] = evolve(test, bounds=tuple(bounds))
    return evolve(node, **{name: tuple(members)})
