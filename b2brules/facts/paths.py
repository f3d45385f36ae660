"""Facts by their names: `superiority`, `event.driver`, `people[p2].support`."""

from __future__ import annotations

import re
from typing import TypeAlias

from b2brules.facts.fields import kind, types_of
from b2brules.facts.types import ListType, RecordType
from b2brules.facts.values import RefusedError, shown, suggestion
from b2brules.facts.vocabulary import Vocabulary

FactPath: TypeAlias = tuple[str, ...]
"""Where a fact stands, things by their id: ``("people", "p2", "support")``."""

_NAME = re.compile(r"(?P<place>[^\[\]]+)\[(?P<id>.*)\](?:\.(?P<inside>[^\[\]]+))?", re.DOTALL)


def parse_path(vocabulary: Vocabulary, name: str) -> FactPath:
    """Return where a fact stands, a thing of a list, or a whole list or group.

    Args:
        vocabulary: The facts that there are.
        name: As advice and its questions name it: ``superiority``, ``people``, ``people[p2]``,
            ``people[p2].support``. A list of the account goes with or without it: ``needs[n1]``,
            ``account.needs[n1]``.

    Raises:
        RefusedError: There is no such fact. Whether a deal has such a thing is not looked at.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return _checked(vocabulary, tuple(name.split(".")))
    places = {".".join(path[at:]): path for path in vocabulary.lists() for at in range(len(path))}
    place = found["place"]
    if place not in places:
        lists = [path[-1] for path in vocabulary.lists()]
        raise RefusedError(f"there is no list {shown(place)}{suggestion(place, lists)}")
    inside = tuple((found["inside"] or "").split(".")) if found["inside"] else ()
    return (*places[place], found["id"], *_checked(vocabulary, inside, places[place]))


def _checked(vocabulary: Vocabulary, path: FactPath, place: FactPath = ()) -> FactPath:
    """Return a path inside the deal, or inside a thing of a list, if it leads to a fact."""
    cls = vocabulary.lists()[place] if place else vocabulary.root
    for depth, name in enumerate(path):
        types = types_of(cls)
        if name not in types:
            remedy = suggestion(name, types)
            raise RefusedError(f"{shown(name)} is not a fact of the {kind(cls)}{remedy}")
        type_ = types[name]
        if depth + 1 == len(path):
            break
        if not isinstance(type_, RecordType):
            example = (
                f"; write `{name}[…].{path[depth + 1]}`" if isinstance(type_, ListType) else ""
            )
            raise RefusedError(f"there is nothing below `{name}`{example}")
        cls = type_.cls
    return path
