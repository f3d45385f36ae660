"""The same deal with one fact more known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from b2brules.rulebook import Rulebook
from b2brules.testing.facts import (
    AS_OF,
    NOBODY,
    Document,
    Named,
    Pen,
    beside,
    check_arguments,
    named_by,
)
from b2brules.testing.plans import Group, Listing, Path, Reference, Single, plan_of


@frozen
class Blank:
    """An unknown fact of a document.

    Args:
        path: Where it stands; a thing of a list by its id.
        slot: What it can hold.
        named: The ids that it could name, by list.
        of_thing: Whether a thing of a list has it.
    """

    path: Path
    slot: Single | Reference | Listing
    named: Named
    of_thing: bool


def fillings(
    book: Rulebook, document: Mapping[str, Any], *, as_of: date = AS_OF
) -> st.SearchStrategy[Document]:
    """The document with one of its unknown facts filled in: what the law of refinement is about.

    Mostly it is a fact that some rule reads. A list that is unknown is filled in with none to all
    of the things that `facts_for` would write. A document of which everything is known is returned
    as it is.

    The currency of an account is left alone where the deal has one: the account's amounts are
    taken to be in the deal's currency then, so another one would change them.

    Args:
        book: The rulebook that the document is for.
        document: A facts document, as `facts_for` draws it.
        as_of: The day around which dates lie.
    """
    check_arguments(book, as_of)
    plan = plan_of(book, as_of)
    blanks = list(_blanks(document, plan, (), NOBODY))
    if list(document) == ["account"]:
        blanks = [blank for blank in blanks if blank.path[0] == "account"]
    if document.get("currency") is not None:
        blanks = [blank for blank in blanks if blank.path != ("account", "currency")]
    return _filled(dict(document), blanks)


@st.composite
def _filled(draw: st.DrawFn, document: Document, blanks: list[Blank]) -> Document:
    read = [blank for blank in blanks if blank.slot.read]
    if draw(st.integers(0, 7)):
        blanks = read or blanks
    if not blanks:
        return document
    # What rules make of a whole list hangs on one fact of one thing.
    of_things = [blank for blank in blanks if blank.of_thing]
    if draw(st.booleans()) and of_things:
        blanks = of_things
    blank = draw(st.sampled_from(blanks))
    value: object
    if isinstance(blank.slot, Listing):
        size = draw(st.integers(0, len(blank.slot.ids)))
        value = Pen(draw).things(blank.path[-1], blank.slot, size, blank.named)
    elif isinstance(blank.slot, Reference):
        value = draw(st.sampled_from(named_by(blank.slot, blank.named)))
    else:
        value = draw(st.sampled_from(blank.slot.values))
    return _with(document, blank.path, value)


def _blanks(
    holder: Mapping[str, Any],
    plan: Group,
    before: Path,
    named: Named,
    of_thing: bool = False,
) -> Iterator[Blank]:
    listed = {
        name: tuple(thing["id"] for thing in holder.get(name) or ())
        for name, slot in plan.slots.items()
        if isinstance(slot, Listing)
    }
    named = {**named, **listed}
    for name, slot in plan.slots.items():
        value, path = holder.get(name), (*before, name)
        if isinstance(slot, Group):
            yield from _blanks(value or {}, slot, path, named, of_thing)
        elif value is None:
            if not isinstance(slot, Reference) or named_by(slot, named):
                yield Blank(path, slot, named, of_thing)
        elif isinstance(slot, Listing):
            for thing in value:
                own = thing["id"]
                others = {**named, name: beside(own, named[name])}
                yield from _blanks(thing, slot.group, (*path, own), others, True)


def _with(holder: Mapping[str, Any], path: Path, value: object) -> Document:
    """Return a copy with the value at a path, which goes through a list by id."""
    name, *rest = path
    if not rest:
        return {**holder, name: value}
    inner = holder.get(name)
    if isinstance(inner, list):
        id, *below = rest
        things = [_with(one, tuple(below), value) if one["id"] == id else one for one in inner]
        return {**holder, name: things}
    return {**holder, name: _with(inner or {}, tuple(rest), value)}
