"""What a facts document can hold, laid out so that one draw fills a whole group of facts."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias
from weakref import WeakKeyDictionary

from attrs import field, frozen

from b2brules.facts import Opportunity
from b2brules.facts.fields import types_of
from b2brules.facts.types import EnumerationType, IdentifierType, ListType, RecordType, SetType
from b2brules.rulebook import Rulebook
from b2brules.testing.samples import Samples, samples_of
from b2brules.testing.thresholds import Thresholds, thresholds_of

MOST_PEOPLE = 3
MOST_THINGS = 2

Path: TypeAlias = tuple[str, ...]


@frozen(kw_only=True)
class Single:
    """A single fact, and the values that it is given.

    Args:
        read: Whether some rule reads it.
    """

    values: Samples
    read: bool


@frozen(kw_only=True)
class Reference:
    """A fact that names other things: one, or a set of them.

    Args:
        many: Whether it is a set.
        list_name: The list whose things it names; its own, or another one of the deal.
        read: Whether some rule reads it.
    """

    many: bool
    list_name: str
    read: bool


@frozen(kw_only=True)
class Group:
    """The facts of the deal, of a thing, or of a record such as ``event``.

    Args:
        read: Those of them that some rule reads, or that hold such facts.
    """

    slots: Mapping[str, Slot]
    read: Mapping[str, Slot] = field(init=False)

    def __attrs_post_init__(self) -> None:
        kept = {name: slot for name, slot in self.slots.items() if is_read(slot)}
        object.__setattr__(self, "read", kept)


@frozen(kw_only=True)
class Listing:
    """A list of things: what each holds, and the ids that they get, one after another.

    Args:
        read: Whether some rule goes through it.
    """

    ids: tuple[str, ...]
    group: Group
    read: bool


Slot: TypeAlias = Single | Reference | Group | Listing


def is_read(slot: Slot) -> bool:
    """Tell whether some rule reads a fact, goes through a list, or reads what is in a record."""
    return bool(slot.read)


_PLANS: WeakKeyDictionary[Rulebook, dict[date, Group]] = WeakKeyDictionary()


def plan_of(book: Rulebook, as_of: date) -> Group:
    """Return what the documents of a book hold, with the thresholds of its rules."""
    plans = _PLANS.setdefault(book, {})
    if as_of not in plans:
        plans[as_of] = _plan(book.vocabulary.root, (), thresholds_of(book._book), as_of)
    return plans[as_of]


@functools.lru_cache(maxsize=16)
def plain_plan(as_of: date) -> Group:
    """Return what documents hold where no rules are given."""
    return _plan(Opportunity, (), Thresholds(of={}, currencies=("CNY", "USD")), as_of)


def _plan(cls: type, path: Path, known: Thresholds, as_of: date) -> Group:
    slots: dict[str, Slot] = {}
    for name, kind in types_of(cls).items():
        below = (*path, name)
        read = below in known.of
        match kind:
            case RecordType():
                slots[name] = _plan(kind.cls, below, known, as_of)
            case ListType():
                slots[name] = Listing(
                    ids=_ids(name, kind.cls),
                    group=_plan(kind.cls, (), known, as_of),
                    read=below in known.lists,
                )
            case IdentifierType(list_name):
                slots[name] = Reference(many=False, list_name=list_name, read=read)
            case SetType(IdentifierType(list_name)):
                slots[name] = Reference(many=True, list_name=list_name, read=read)
            case _ if name != "id" or path:
                limits = known.of.get(below, ())
                values = samples_of(kind, limits, known.currencies, as_of)
                slots[name] = Single(values=values, read=read)
    return Group(slots=slots)


def _ids(name: str, cls: type) -> tuple[str, ...]:
    """Return the ids that the things of a list get: ``p1`` and so on, or the words for them."""
    kind = types_of(cls)["id"]
    most = MOST_PEOPLE if name == "people" else MOST_THINGS
    if isinstance(kind, EnumerationType):
        return kind.values[:most]
    return tuple(f"{name[0]}{number}" for number in range(1, most + 1))
