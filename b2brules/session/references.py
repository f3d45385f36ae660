"""The facts of things that refer to other things of a deal, such as whom a person reports to."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

from b2brules.facts import Opportunity, Vocabulary
from b2brules.facts.fields import types_of
from b2brules.facts.paths import FactPath
from b2brules.facts.types import IdentifierType, SetType


@functools.lru_cache(maxsize=16)
def references(vocabulary: Vocabulary) -> tuple[tuple[FactPath, str, FactPath], ...]:
    """Return the facts that refer to things: the list, the name of the fact, the list it means."""
    targets = {place[-1]: place for place in vocabulary.lists()}
    return tuple(
        (place, name, targets[member.list_name])
        for place, cls in vocabulary.lists().items()
        for name, type_ in types_of(cls).items()
        if isinstance(
            member := type_.member if isinstance(type_, SetType) else type_, IdentifierType
        )
    )


def things_at(deal: Any, place: FactPath) -> Sequence[Any]:
    """Return the things of a list of a deal; none where it is unknown."""
    holder = deal
    for name in place:
        holder = getattr(holder, name, None)
    return holder or ()


def referring(deal: Opportunity, vocabulary: Vocabulary) -> Iterator[tuple[FactPath, FactPath]]:
    """Yield each reference of a deal: the path of the fact, and that of the thing it means."""
    for place, name, target in references(vocabulary):
        for thing in things_at(deal, place):
            value = getattr(thing, name)
            named = value if isinstance(value, frozenset) else {value} - {None}
            for id in sorted(named):
                yield (*place, thing.id, name), (*target, id)
