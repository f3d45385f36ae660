"""What is heard of a deal, taken into what is known of it: asserted, updated or retracted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import attrs

from b2brules.facts import Opportunity, Vocabulary
from b2brules.facts.fields import types_of
from b2brules.facts.paths import FactPath, fact_name, part_at_id
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.types import ListType, RecordType
from b2brules.facts.values import RefusedError, shown
from b2brules.session.changes import FactChange, changes_between, in_order, plain_value
from b2brules.session.hearing import Facts, hear
from b2brules.session.references import referring, things_at

_SHOWN = 8


def asserted(vocabulary: Vocabulary, known: Opportunity, facts: Facts) -> Opportunity:
    """Return a deal of which more is known; what is said to be unknown says nothing.

    Raises:
        FactsError: A fact is wrong, or is known to be something else.
        TypeError: What is said is neither a mapping nor a deal.
    """
    said, _ = hear(vocabulary, known, facts)
    deal = _taken_in(known, said)
    problems = [
        Problem(path=change.name, message=_known_already(change))
        for change in changes_between(known, deal)
        if change.before is not None
    ]
    if problems:
        raise FactsError(problems)
    return deal


def updated(vocabulary: Vocabulary, known: Opportunity, facts: Facts) -> Opportunity:
    """Return a deal with facts as they are now; ``None`` in a mapping makes one unknown.

    Raises:
        FactsError: A fact is wrong, or the deal cannot be like that.
        TypeError: What is said is neither a mapping nor a deal.
    """
    said, blanks = hear(vocabulary, known, facts)
    return retracted(vocabulary, _taken_in(known, said), blanks)


def retracted(vocabulary: Vocabulary, known: Opportunity, paths: Iterable[FactPath]) -> Opportunity:
    """Return a deal of which less is known: facts, whole groups or lists, or things of a list.

    Raises:
        FactsError: There is no such thing, or something that stays refers to it.
    """
    gone = dict.fromkeys(paths)
    lists = vocabulary.lists()
    problems = []
    for path in gone:
        part = part_at_id(path, lists)
        if part is not None and all(one.id != part[1] for one in things_at(known, part[0])):
            message = _not_there(known, *part[:2])
            problems.append(Problem(path=fact_name(path, lists), message=message))
    for path, thing in referring(known, vocabulary):
        if _is_gone(thing, gone) and not _is_gone(path, gone):
            message = f"{shown(thing[-1])} would be gone; change this fact first, or retract both"
            problems.append(Problem(path=fact_name(path, lists), message=message))
    if problems:
        raise FactsError(problems)
    deal: Opportunity = _without(known, gone)
    return deal


# --- more is known --------------------------------------------------------------------------------


def _taken_in(known: Opportunity, said: Opportunity) -> Opportunity:
    """Return the deal with what is said of it.

    Raises:
        FactsError: It cannot be like that, though what is said could be: a list gets too long.
    """
    try:
        deal: Opportunity = _merged(known, said)
    except RefusedError as refusal:
        problems = [Problem(path="", message=message) for message in refusal.messages]
        raise FactsError(problems) from None
    return deal


def _merged(known: Any, said: Any) -> Any:
    """Return a thing with what is said of it; lists are added to, and things in them merged."""
    cls: type = type(known)
    changed: dict[str, object] = {}
    for name, type_ in types_of(cls).items():
        new, old = getattr(said, name), getattr(known, name)
        if new is None or new == old:
            continue
        if isinstance(type_, ListType):
            things = {thing.id: thing for thing in old or ()}
            for thing in new:
                here = things.get(thing.id)
                things[thing.id] = thing if here is None else _merged(here, thing)
            changed[name] = tuple(in_order(things.values()))
        elif isinstance(type_, RecordType):
            changed[name] = _merged(type_.cls() if old is None else old, new)
        else:
            changed[name] = new
    return attrs.evolve(known, **changed) if changed else known


def _known_already(change: FactChange) -> str:
    return (
        f"{_spelled(change.before)} is known already, not {_spelled(change.after)}; "
        "use `update` where a fact has changed"
    )


def _spelled(value: object) -> str:
    """Return a value as a message quotes it."""
    plain = plain_value(value)
    if isinstance(plain, list):
        return f"`[{', '.join(map(str, plain))}]`"
    if isinstance(plain, Mapping):
        return f"`{plain['amount']} {plain['currency']}`"
    return shown(plain)


# --- less is known --------------------------------------------------------------------------------


def _is_gone(path: FactPath, gone: Collection[FactPath]) -> bool:
    """Return whether something goes, by itself or with what it stands in."""
    return any(path[:depth] in gone for depth in range(1, len(path) + 1))


def _without(thing: Any, gone: Iterable[FactPath]) -> Any:
    """Return a thing without some of its facts, by their paths in it; each is built once."""
    below: dict[str, list[FactPath]] = {}
    for path in gone:
        below.setdefault(path[0], []).append(path[1:])
    cls: type = type(thing)
    types = types_of(cls)
    changed: dict[str, object] = {}
    for name, rest in below.items():
        inner = getattr(thing, name)
        if () in rest or inner is None:
            changed[name] = None
        elif isinstance(types[name], ListType):
            of = {one.id: [path[1:] for path in rest if path[0] == one.id] for one in inner}
            changed[name] = tuple(
                _without(one, of[one.id]) if of[one.id] else one
                for one in inner
                if () not in of[one.id]
            )
        else:
            changed[name] = _without(inner, rest)
    return attrs.evolve(thing, **changed) if changed else thing


def _not_there(deal: Opportunity, place: FactPath, id: str) -> str:
    ids = ", ".join(shown(one.id) for one in things_at(deal, place)[:_SHOWN])
    there = f"there are {ids}" if ids else "there is nothing in it"
    return f"there is no {shown(id)} in `{place[-1]}`; {there}"
