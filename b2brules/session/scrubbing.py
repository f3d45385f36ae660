"""What is left of an entry when a deal, or a person of a deal, is removed for good."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, TypeAlias

from attrs import evolve, field, frozen

from b2brules.advice.serialising import Json
from b2brules.facts.types import FactType, IdentifierType, SetType, TextType
from b2brules.facts.vocabulary import Vocabulary
from b2brules.session.journal_rows import Entry

REMOVED = "(removed)"
"""What stands in a text in the place of a name."""

PEOPLE = "people"

# A letter or digit of a script that has words. Chinese stands without blanks around names.
_LETTER = "[^\\W\u2e80-\U0003ffff]"
_SHORT = 3
# No list stands in another one, so the last bracket closes the first, whatever is in the id.
_PERSON = re.compile(rf"{PEOPLE}\[(?P<id>.*)\](\.[a-z0-9_.]+)?")
_IN_BRACKETS = re.compile(r"\[.*\](?=\.|$)")

Scrub: TypeAlias = Callable[[Entry], Entry | None]
"""Returns what is left of an entry; ``None`` if it is to go."""


@frozen(kw_only=True)
class DealScrub:
    """Takes a deal out of entries.

    Args:
        deal: Its id.
        names: What it was called.
    """

    deal: str
    names: frozenset[str]
    _replace: Callable[[str], str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_replace", _replacing(self.deal, self.names))

    def __call__(self, entry: Entry) -> Entry | None:
        """Return what is left of an entry; ``None`` if it is all about the deal."""
        if entry.deal == self.deal:
            return None
        if entry.deal is not None:
            return entry
        difference = entry.difference
        if isinstance(difference, Mapping):
            difference = {deal: one for deal, one in difference.items() if deal != self.deal}
        return _with_texts(evolve(entry, difference=difference), self._replace)


@frozen(kw_only=True)
class PersonScrub:
    """Takes a person of a deal out of entries.

    Args:
        deal: The deal's id.
        person: The person's id.
        names: What the person was called.
    """

    deal: str
    person: str
    names: frozenset[str]
    _replace: Callable[[str], str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_replace", _replacing(self.person, self.names))

    def __call__(self, entry: Entry) -> Entry | None:
        """Return what is left of an entry; ``None`` if it is an override about the person."""
        if entry.deal not in (self.deal, None):
            return entry
        difference: Json = entry.difference
        if entry.deal is None:
            if isinstance(difference, Mapping):
                difference = {
                    deal: self._difference(one) if deal == self.deal else one
                    for deal, one in difference.items()
                }
            return _with_texts(evolve(entry, difference=difference), self._replace)
        override: Any = entry.override
        if isinstance(override, Mapping):
            if is_about(override.get("decision"), self.person):
                return None
            override = {
                key: self._replace(value) if key in ("reason", "by") and value else value
                for key, value in override.items()
            }
        left = evolve(
            entry,
            facts=list(self._facts(entry.facts)),
            override=override,
            difference=self._difference(difference),
        )
        return _with_texts(left, self._replace)

    def _facts(self, changes: Iterable[Any]) -> Iterator[Json]:
        for change in changes:
            path = change["path"]
            if is_about(path, self.person):
                continue
            before, after = (self._value(path, change[key]) for key in ("before", "after"))
            if before != after or change["before"] == change["after"]:
                yield {**change, "before": before, "after": after}

    def _value(self, path: str, value: Any) -> Any:
        """Return a fact without the person: an id, ids in a set, a name in a text."""
        type_ = _types().get(fact_of(path))
        if type_ == IdentifierType(PEOPLE):
            return None if value == self.person else value
        if type_ == SetType(IdentifierType(PEOPLE)) and isinstance(value, list):
            return [one for one in value if one != self.person]
        if path == PEOPLE and isinstance(value, list):
            return [one for one in value if self.person not in (one, _id(one))]
        # A word of the method may be somebody's name; of a team's own facts nothing is known here.
        if isinstance(value, str) and (type_ is None or isinstance(type_, TextType)):
            return self._replace(value)
        return value

    def _difference(self, difference: Any) -> Any:
        if not isinstance(difference, Mapping):
            return difference
        left = dict(difference)
        for key in ("decisions", "recommendations"):
            if key in left:
                left[key] = [
                    self._without_cause(one) for one in left[key] if not self._concerns(one)
                ]
        return left

    def _concerns(self, change: Mapping[str, Any]) -> bool:
        bindings = change.get("bindings") or {}
        return is_about(change.get("decision"), self.person) or self.person in bindings.values()

    def _without_cause(self, change: Mapping[str, Any]) -> Mapping[str, Any]:
        because = change.get("because")
        return {**change, "because": None} if is_about(because, self.person) else change


def is_about(path: object, person: str) -> bool:
    """Whether a path, of a fact or a decision, leads to a person or to something of theirs."""
    return isinstance(path, str) and person_of(path) == person


def person_of(path: str) -> str | None:
    """Return the person that a path leads to, or to something of whom; ``None`` if to nobody."""
    found = _PERSON.fullmatch(path)
    return found["id"] if found else None


def names_in(entry: Entry, path: str) -> Iterator[str]:
    """Yield what an entry says that a thing was called, by the path of that fact."""
    for change in entry.facts:
        if isinstance(change, Mapping) and change["path"] == path:
            for name in (change["before"], change["after"]):
                if isinstance(name, str) and name.strip():
                    yield name.strip()


def deals_in(entry: Entry) -> Iterator[str]:
    """Yield the deals that an entry is about."""
    if entry.deal is not None:
        yield entry.deal
    elif isinstance(entry.difference, Mapping):
        yield from entry.difference


def people_in(entry: Entry) -> Iterator[str]:
    """Yield the people that the facts of an entry are about."""
    for change in entry.facts:
        if isinstance(change, Mapping) and (person := person_of(str(change["path"]))):
            yield person


def fact_of(path: str) -> str:
    """Return the fact that a path leads to: ``people.support`` of ``people[p2].support``."""
    return _IN_BRACKETS.sub("", path)


@cache
def _types() -> Mapping[str, FactType]:
    vocabulary = Vocabulary()
    types = {name: fact.type for name, fact in vocabulary.facts.items()}
    for *around, last in vocabulary.lists():
        # A list of the account goes with or without it: `needs[n1].lead`.
        place = "".join(f"{step}." for step in around)
        types |= {
            name.removeprefix(place): type_
            for name, type_ in types.items()
            if place and name.startswith(f"{place}{last}.")
        }
    return types


def _id(thing: object) -> object:
    return thing.get("id") if isinstance(thing, Mapping) else None


def _with_texts(entry: Entry, replace: Callable[[str], str]) -> Entry:
    return evolve(
        entry,
        by=None if entry.by is None else replace(entry.by),
        source=None if entry.source is None else replace(entry.source),
    )


def _replacing(id_: str, names: Iterable[str]) -> Callable[[str], str]:
    """Return what takes an id and names out of a text, in whatever case they are written."""
    # The longest first, or `Anna Li` would keep its second half beside `Anna`.
    forms = [_name_form(name) for name in sorted(names, key=len, reverse=True)]
    pattern = re.compile("|".join([*forms, _id_form(id_)]), re.IGNORECASE)
    return lambda text: pattern.sub(REMOVED, text)


def _name_form(name: str) -> str:
    """Return the pattern of a name: at the beginning of a word, `Anna` also in `Annas`.

    A name of a few letters has to be the whole word: `An` is not in `Angebot`.
    """
    form = r"\s+".join(map(re.escape, name.split()))
    if re.match(_LETTER, name[0]):
        form = f"(?<!{_LETTER}){form}"
    if len(name) <= _SHORT and re.match(_LETTER, name[-1]):
        form = f"{form}(?!{_LETTER})"
    return form


def _id_form(id_: str) -> str:
    """Return the pattern of an id: `11` is not in `2026-11-21`."""
    around = "[-.:/]"
    before = f"(?<!{_LETTER})(?<!{_LETTER}{around})"
    return f"{before}{re.escape(id_)}(?!{_LETTER})(?!{around}{_LETTER})"
