"""What changes in the facts of a deal, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from b2brules.facts.fields import types_of
from b2brules.facts.filling import fill
from b2brules.facts.opportunity import Opportunity
from b2brules.facts.paths import FactPath
from b2brules.facts.types import ListType, Money, Never, RecordType

PRESENT: Final[Mapping[str, object]] = MappingProxyType({})
"""What is known of a thing by its being there."""


@frozen(kw_only=True)
class FactChange:
    """One fact that has changed.

    Args:
        name: Its name: ``superiority``, ``people[p2].support``. That of a thing, ``people[p2]``, is
            its being there, that of a list its being known; ``as_of`` is the day,
            ``rates[USD/CNY]`` a rate of exchange.
        path: Where it stands, things by their id.
        before: What it was, ``None`` for unknown; `PRESENT` for a thing that was there, ``()`` for
            a list that was known.
        after: What it is.
    """

    name: str
    path: FactPath
    before: Any
    after: Any


def changes_between(before: Opportunity, after: Opportunity) -> tuple[FactChange, ...]:
    """Return the facts in which two deals differ, in an order in which they can be applied.

    Things come before what is said of them and what refers to them; they go last.
    """
    found = list(_differing(before, after, type(after), (), ""))
    return tuple(sorted(found, key=_turn))


def _turn(change: FactChange) -> int:
    """Return when a change has its turn: lists, things, single facts; and backwards to unknown."""
    is_list = change.before == () or change.after == ()
    is_thing = change.before is PRESENT or change.after is PRESENT
    depth = 2 if is_list else 1 if is_thing else 0
    return depth if change.after is None else -depth


def _differing(
    before: Any, after: Any, cls: type, path: FactPath, name: str
) -> Iterator[FactChange]:
    """Yield where two things of a class differ; ``None`` is one of which nothing is known."""
    for own, type_ in types_of(cls).items():
        was, now = getattr(before, own, None), getattr(after, own, None)
        if was is now or was == now:
            continue
        inner = (*path, own)
        named = f"{name}.{own}" if name else own
        if isinstance(type_, RecordType):
            yield from _differing(was, now, type_.cls, inner, named)
        elif isinstance(type_, ListType):
            yield from _differing_lists(was, now, type_.cls, inner, named)
        else:
            yield FactChange(name=named, path=inner, before=was, after=now)


def _differing_lists(
    before: Any, after: Any, cls: type, path: FactPath, name: str
) -> Iterator[FactChange]:
    if before is None or after is None:
        yield FactChange(
            name=name,
            path=path,
            before=None if before is None else (),
            after=None if after is None else (),
        )
    old = {thing.id: thing for thing in before or ()}
    new = {thing.id: thing for thing in after or ()}
    for id in sorted({*old, *new}):
        was, now = old.get(id), new.get(id)
        thing = f"{path[-1]}[{id}]"
        if was is None or now is None:
            yield FactChange(
                name=thing,
                path=(*path, id),
                before=None if was is None else PRESENT,
                after=None if now is None else PRESENT,
            )
        # What tells a thing from others is not a fact of its own.
        for change in _differing(was, now, cls, (*path, id), thing):
            if change.path != (*path, id, "id"):
                yield change


def apply_change(deal: Opportunity, change: FactChange) -> Opportunity:
    """Return the deal with one fact as it is after a change.

    Raises:
        ValueError: The deal cannot be like that, such as without a person whom another names.
    """
    place = _list_of(deal, change.path)
    if change.after is not PRESENT and change.before is not PRESENT:
        return fill(deal, change.path, change.after)
    assert place is not None
    path, cls, things = place
    id = change.path[len(path)]
    kept = [thing for thing in things if thing.id != id]
    if change.after is PRESENT:
        kept = in_order([*kept, cls(id=id)])
    return fill(deal, path, tuple(kept))


def in_order(things: Any) -> list[Any]:
    """Return the things of a list in the order of their ids: a working memory has no other."""
    return sorted(things, key=attrgetter("id"))


def _list_of(deal: Any, path: FactPath) -> tuple[FactPath, type, Any] | None:
    """Return the list that a path leads to or through: its path, its class and its things."""
    holder: Any = deal
    cls: type = type(deal)
    for depth, name in enumerate(path, start=1):
        type_ = types_of(cls)[name]
        holder = getattr(holder, name, None)
        if isinstance(type_, ListType):
            return path[:depth], type_.cls, holder or ()
        if isinstance(type_, RecordType):
            cls = type_.cls
    return None


def plain_value(value: object) -> object:
    """Return a value as JSON has it: what a document would say."""
    match value:
        case Never():
            return value.value
        case date():
            return value.isoformat()
        case Money(amount=amount, currency=currency):
            return amount if currency is None else {"amount": amount, "currency": currency}
        case frozenset():
            return sorted(value)
        case tuple():
            return []
        case Mapping():
            return {}
        case _:
            return value
