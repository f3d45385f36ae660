"""Facts by their names, `superiority`, `event.driver`, `people[p2].support`, and by their paths."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from b2brules.facts.fields import kind, types_of
from b2brules.facts.types import ListType, RecordType
from b2brules.facts.values import RefusedError, shown, suggestion
from b2brules.facts.vocabulary import Vocabulary

FactPath: TypeAlias = tuple[str, ...]
"""Where a fact stands, things by their id: ``("people", "p2", "support")``."""

_NAME = re.compile(r"(?P<list>[^\[\]]+)\[(?P<id>.*)\](?:\.(?P<inside>[^\[\]]+))?", re.DOTALL)


def split_name(name: str) -> tuple[str, str, str] | None:
    """Return the list, the id of the thing and what is meant of it; ``None`` for the deal's own.

    It is blank what is meant of ``people[p2]``, the thing itself.
    """
    found = _NAME.fullmatch(name)
    return None if found is None else (found["list"], found["id"], found["inside"] or "")


def fact_name(path: FactPath, lists: Iterable[FactPath]) -> str:
    """Return the name of a fact as advice shows it: ``people[p1].support``, ``rates[USD/CNY]``.

    Args:
        path: Where it stands, a rate of exchange at ``("rates", "USD", "CNY")``.
        lists: The paths of the lists that there are.
    """
    match path:
        case ("rates", one, other):
            return f"rates[{one}/{other}]"
    part = part_at_id(path, lists)
    if part is None:
        return ".".join(path)
    place, id, inside = part
    return ".".join((f"{place[-1]}[{id}]", *inside))


def part_at_id(path: FactPath, lists: Iterable[FactPath]) -> tuple[FactPath, str, FactPath] | None:
    """Return the list, the id of the thing and the path inside it; ``None`` for the deal's own."""
    for place in lists:
        if path[: len(place)] == place and len(path) > len(place):
            return place, path[len(place)], path[len(place) + 1 :]
    return None


def parse_path(vocabulary: Vocabulary, name: str) -> FactPath:
    """Return where a fact stands, a thing of a list, or a whole list or group.

    Args:
        vocabulary: The facts that there are.
        name: As advice and its questions name it: ``superiority``, ``people``, ``people[p2]``,
            ``people[p2].support``. A list of the account goes with or without it: ``needs``,
            ``account.needs[n1]``.

    Raises:
        RefusedError: There is no such fact. Whether a deal has such a thing is not looked at.
    """
    if not isinstance(name, str):
        raise RefusedError(f"{shown(name)} is not the name of a fact; write it as text")
    places = {".".join(path[at:]): path for path in vocabulary.lists() for at in range(len(path))}
    split = split_name(name)
    if split is None and ("[" in name or "]" in name):
        raise RefusedError(
            f"{shown(name)} is not the name of a fact; write it as `superiority` or "
            "`people[ID].support`"
        )
    if split is None:
        return places.get(name) or _checked(vocabulary, tuple(name.split(".")))
    place, id, inside = split
    if place not in places:
        lists = [path[-1] for path in vocabulary.lists()]
        raise RefusedError(f"there is no list {shown(place)}{suggestion(place, lists)}")
    rest = tuple(inside.split(".")) if inside else ()
    return (*places[place], id, *_checked(vocabulary, rest, places[place]))


def _checked(vocabulary: Vocabulary, path: FactPath, place: FactPath = ()) -> FactPath:
    """Return a path inside the deal, or inside a thing of a list, if it leads to a fact."""
    cls = vocabulary.lists()[place] if place else vocabulary.root
    for depth, name in enumerate(path):
        types = types_of(cls)
        if name not in types:
            owner = "deal" if cls is vocabulary.root else kind(cls).replace("_", " ")
            raise RefusedError(
                f"{shown(name)} is not a fact of the {owner}{suggestion(name, types)}"
            )
        type_ = types[name]
        if depth + 1 == len(path):
            break
        if not isinstance(type_, RecordType):
            is_list = isinstance(type_, ListType)
            remedy = f"; write `{name}[…].{path[depth + 1]}`" if is_list else ""
            raise RefusedError(f"there is nothing below `{name}`{remedy}")
        cls = type_.cls
    return path
