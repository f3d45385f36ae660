"""What is heard of a deal, taken into what is known of it: asserted, updated or retracted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from b2brules.advice.paths import fact_name
from b2brules.facts import Account, Opportunity, Vocabulary
from b2brules.facts.adopting import adopt
from b2brules.facts.fields import types_of
from b2brules.facts.filling import fill
from b2brules.facts.paths import FactPath, parse_path
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.reading import read
from b2brules.facts.review import Deal
from b2brules.facts.types import IdentifierType, ListType, RecordType, SetType
from b2brules.facts.values import RefusedError, shown
from b2brules.session.changes import FactChange, changes_between, in_order, plain_value

Facts: TypeAlias = Deal | Mapping[str, object]
"""Facts of a deal: a document as `Rulebook.read` takes it, facts by their path, or a deal."""


def asserted(vocabulary: Vocabulary, known: Opportunity, facts: Facts) -> Opportunity:
    """Return a deal of which more is known.

    Raises:
        FactsError: A fact is wrong, or is known to be something else.
    """
    said, _ = _heard(vocabulary, known, facts)
    deal = _taken_in(known, said)
    problems = [
        Problem(path=fact_name(change.path, vocabulary.lists()), message=_known_already(change))
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
    """
    said, blanks = _heard(vocabulary, known, facts)
    return retracted(vocabulary, _taken_in(known, said), blanks)


def retracted(vocabulary: Vocabulary, known: Opportunity, paths: Iterable[FactPath]) -> Opportunity:
    """Return a deal of which less is known: facts, whole groups or lists, or things of a list.

    Raises:
        FactsError: There is no such thing, or something that stays refers to it.
    """
    lists = vocabulary.lists()
    said = list(dict.fromkeys(paths))
    # Facts first: what refers to a thing goes before the thing does.
    gone = sorted(said, key=lambda path: path in lists or path[:-1] in lists)
    problems = [
        Problem(path=fact_name(path, vocabulary.lists()), message=_not_there(known, place, path))
        for path in said
        for place in lists
        if path[: len(place)] == place
        and len(path) > len(place)
        and not _thing(known, place, path[len(place)])
    ]
    if problems:
        raise FactsError(problems)
    deal = known
    try:
        for path in gone:
            place = path[:-1]
            if place in lists:
                kept = tuple(one for one in _things(deal, place) if one.id != path[-1])
                deal = fill(deal, place, kept)
            else:
                deal = fill(deal, path, None)
    except RefusedError as refusal:
        problems = list(_referring(vocabulary, known, gone))
        if not problems:
            raise FactsError(
                [Problem(path="", message=text) for text in refusal.messages]
            ) from None
        raise FactsError(problems) from None
    return deal


# --- what is heard --------------------------------------------------------------------------------


def _heard(
    vocabulary: Vocabulary, known: Opportunity, facts: Facts
) -> tuple[Opportunity, Sequence[FactPath]]:
    """Return a deal of which only what is said is known, and what is said to be unknown."""
    if isinstance(facts, Mapping):
        document = _nested(vocabulary, facts)
        deal = read(vocabulary, _with_things(vocabulary, known, document))
        blanks = list(_blanks(vocabulary, vocabulary.root, document, ()))
    elif isinstance(facts, Opportunity | Account):
        deal, blanks = adopt(vocabulary, facts), []
    else:
        raise TypeError(f"facts are a mapping or a deal, not {facts!r:.80}")
    if isinstance(deal, Account):
        deal = vocabulary.root(account=deal)
    return deal, blanks


def _nested(vocabulary: Vocabulary, facts: Mapping[str, object]) -> Mapping[str, object]:
    """Return the document that says the same without paths: ``people[p2].support`` for one."""
    paths = [name for name in facts if isinstance(name, str) and ("." in name or "[" in name)]
    if not paths:
        return facts
    document = {name: value for name, value in facts.items() if name not in paths}
    problems = []
    for name in paths:
        try:
            if name.startswith("rates["):
                raise RefusedError("rates of exchange belong to the session; use `set_rates`")
            _put(document, parse_path(vocabulary, name), vocabulary, facts[name])
        except RefusedError as refusal:
            problems += [Problem(path=name, message=message) for message in refusal.messages]
    if problems:
        raise FactsError(problems)
    return document


def _put(document: dict[str, Any], path: FactPath, vocabulary: Vocabulary, value: object) -> None:
    """Put a value where a path leads; what stands on the way is copied, since it is not ours."""
    lists = vocabulary.lists()
    here: dict[str, Any] = document
    for depth, name in enumerate(path[:-1], start=1):
        if path[: depth - 1] in lists:
            continue
        below = here.get(name)
        if path[:depth] in lists:
            things = [dict(one) if isinstance(one, Mapping) else one for one in below or ()]
            thing = next((one for one in things if one.get("id") == path[depth]), None)
            if thing is None:
                thing = {"id": path[depth]}
                things.append(thing)
            here[name] = things
            here = thing
        else:
            if below is not None and not isinstance(below, Mapping):
                raise RefusedError(f"`{'.'.join(path[:depth])}` stands here too, and is no mapping")
            here[name] = here = dict(below or {})
    if path in lists and isinstance(value, list | tuple):
        # Things of it may have been said before.
        here[path[-1]] = [*value, *here.get(path[-1], ())]
    elif path[:-1] not in lists:
        if path[-1] in here:
            raise RefusedError("this is said twice")
        here[path[-1]] = value
    elif isinstance(value, Mapping):
        here |= {name: said for name, said in value.items() if name != "id"}
    else:
        raise RefusedError(f"{shown(value)} is not a mapping; write the facts of `{path[-1]}`")


def _with_things(
    vocabulary: Vocabulary, known: Opportunity, document: Mapping[str, object]
) -> Mapping[str, object]:
    """Return the document with what is there already, by id, so that it may be referred to."""
    if not any(isinstance(value, list | tuple) for value in document.values()):
        return document
    whole = dict(document)
    for place in _referred_to(vocabulary):
        said = document.get(place)
        if isinstance(said, list | tuple | None):
            ids = {one.get("id") for one in said or () if isinstance(one, Mapping)}
            others = [{"id": one.id} for one in getattr(known, place) or () if one.id not in ids]
            if others:
                whole[place] = [*(said or ()), *others]
    return whole


def _referred_to(vocabulary: Vocabulary) -> set[str]:
    """Return the lists whose things facts refer to."""
    return {reference.list_name for _, _, reference in _references(vocabulary)}


def _references(vocabulary: Vocabulary) -> Iterator[tuple[FactPath, str, IdentifierType]]:
    """Yield the facts of things that refer to things: list, name and what is meant."""
    for place, cls in vocabulary.lists().items():
        for name, type_ in types_of(cls).items():
            member = type_.member if isinstance(type_, SetType) else type_
            if isinstance(member, IdentifierType):
                yield place, name, member


def _blanks(
    vocabulary: Vocabulary, cls: type, said: Mapping[str, object], path: FactPath
) -> Iterator[FactPath]:
    """Yield the facts that a document says to be unknown."""
    for name, type_ in types_of(cls).items():
        if name not in said:
            continue
        value = said[name]
        if value is None:
            yield (*path, name)
        elif isinstance(type_, RecordType) and isinstance(value, Mapping):
            yield from _blanks(vocabulary, type_.cls, value, (*path, name))
        elif isinstance(type_, ListType) and isinstance(value, list | tuple):
            for thing in value:
                yield from _blanks(vocabulary, type_.cls, thing, (*path, name, thing["id"]))


# --- merging --------------------------------------------------------------------------------------


def _taken_in(known: Opportunity, said: Opportunity) -> Opportunity:
    """Return the deal with what is said of it.

    Raises:
        FactsError: It cannot be like that, though what is said could be: a list gets too long.
    """
    try:
        deal: Opportunity = _merged(known, said)
    except RefusedError as refusal:
        raise FactsError(
            Problem(path="", message=message) for message in refusal.messages
        ) from None
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
        elif isinstance(type_, RecordType) and old is not None:
            changed[name] = _merged(old, new)
        elif isinstance(type_, RecordType):
            changed[name] = _merged(type_.cls(), new)
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


# --- retracting -----------------------------------------------------------------------------------


def _things(deal: Any, place: FactPath) -> Sequence[Any]:
    holder = deal
    for name in place:
        holder = getattr(holder, name, None)
    return holder or ()


def _thing(deal: Any, place: FactPath, id: str) -> Any:
    return next((one for one in _things(deal, place) if one.id == id), None)


def _not_there(deal: Any, place: FactPath, path: FactPath) -> str:
    ids = ", ".join(shown(one.id) for one in _things(deal, place)[:8])
    there = f"there are {ids}" if ids else "there is nothing in it"
    return f"there is no {shown(path[len(place)])} in `{place[-1]}`; {there}"


def _referring(
    vocabulary: Vocabulary, deal: Opportunity, gone: Sequence[FactPath]
) -> Iterator[Problem]:
    """Yield the facts that refer to things that would be gone."""
    for place, name, reference in _references(vocabulary):
        target = next(path for path in vocabulary.lists() if path[-1] == reference.list_name)
        lost = {
            thing.id
            for thing in _things(deal, target)
            if target in gone or (*target, thing.id) in gone
        }
        for thing in _things(deal, place):
            path = (*place, thing.id, name)
            value = getattr(thing, name)
            named = value if isinstance(value, frozenset) else {value}
            kept = not {place, path[:-1], path} & set(gone)
            for id in sorted(named & lost) if kept else ():
                yield Problem(
                    path=fact_name(path, vocabulary.lists()),
                    message=f"{shown(id)} would be gone; change this fact first, or retract both",
                )
