"""What is left of an entry when a deal, or a person of a deal, is removed for good."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from attrs import Factory, evolve, field, frozen

from b2brules.advice.serialising import Json
from b2brules.facts.paths import parse_path, part_at_id
from b2brules.facts.types import FactType, IdentifierType, SetType, TextType
from b2brules.facts.values import ID_LENGTH, TEXT_LENGTH, RefusedError
from b2brules.facts.vocabulary import Vocabulary
from b2brules.ruleset.model import Book
from b2brules.session.journal_rows import Entry
from b2brules.session.redaction import Redaction

PEOPLE = "people"

# No list stands in another one, so the last bracket closes the first, whatever is in the id.
_PERSON = re.compile(rf"{PEOPLE}\[(?P<id>.*)\](\.[a-z0-9_.]+)?")
_NAME_OF_A_THING = re.compile(r".*\]\.name")

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
    _redact: Redaction = field(
        init=False,
        default=Factory(lambda self: Redaction(id=self.deal, names=self.names), takes_self=True),
    )

    def __call__(self, entry: Entry) -> Entry | None:
        """Return what is left of an entry; ``None`` if it is all about the deal."""
        if entry.deal == self.deal:
            return None
        if entry.deal is not None:
            return entry
        difference = entry.difference
        if isinstance(difference, Mapping):
            difference = {deal: one for deal, one in difference.items() if deal != self.deal}
        return _with_texts(evolve(entry, difference=difference), self._redact)


@frozen(kw_only=True)
class PersonScrub:
    """Takes a person of a deal out of entries.

    Args:
        deal: The deal's id.
        person: The person's id.
        names: What the person was called.
        book: The rules, which know every fact of the deal that is not about the person.
    """

    deal: str
    person: str
    names: frozenset[str]
    book: Book = field(repr=False)
    _redact: Redaction = field(
        init=False,
        default=Factory(lambda self: Redaction(id=self.person, names=self.names), takes_self=True),
    )

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
            return _with_texts(evolve(entry, difference=difference), self._redact)
        override: Any = entry.override
        if isinstance(override, Mapping):
            if is_about(override.get("decision"), self.person):
                return None
            override = {
                key: self._redact(value) if key in ("reason", "by") and value else value
                for key, value in override.items()
            }
        left = evolve(
            entry,
            facts=list(self._facts(entry.facts)),
            override=override,
            difference=self._difference(difference),
        )
        return _with_texts(left, self._redact)

    def _facts(self, changes: Iterable[Any]) -> Iterator[Json]:
        for change in changes:
            path = change["path"]
            if is_about(path, self.person):
                continue
            type_ = type_of(self.book.vocabulary, path)
            before, after = (self._value(path, type_, change[key]) for key in ("before", "after"))
            if before != after or change["before"] == change["after"]:
                yield {**change, "before": before, "after": after}

    def _value(self, path: str, type_: FactType | None, value: Any) -> Any:
        """Return a fact without the person: an id, ids in a set, a name in a text.

        All others stay: a word of the method, or a day, may be somebody's name or id.
        """
        if type_ == IdentifierType(PEOPLE):
            return None if value == self.person else value
        if type_ == SetType(IdentifierType(PEOPLE)) and isinstance(value, list):
            return [one for one in value if one != self.person]
        # What something else is called is not about the person, even if it is called the same.
        if isinstance(value, str) and not _NAME_OF_A_THING.fullmatch(path):
            match type_:
                case TextType(form="any"):
                    return self._redact(value, TEXT_LENGTH)
                case TextType(form="id"):
                    return self._redact(value, ID_LENGTH)
        return value

    def _difference(self, difference: Any) -> Any:
        if not isinstance(difference, Mapping):
            return difference
        left = dict(difference)
        for key in ("decisions", "recommendations", "overrides"):
            if key in left:
                left[key] = [
                    self._without_cause(one) for one in left[key] if not self._concerns(one)
                ]
        return left

    def _concerns(self, change: Mapping[str, Any]) -> bool:
        return is_about(change.get("decision"), self.person) or self._is_bound(change)

    def _is_bound(self, change: Mapping[str, Any]) -> bool:
        """Whether a recommendation is for the person, and not for another thing with that id."""
        rule = self.book.recommendations.get(change.get("id", ""))
        lists = {one.variable: one.list for one in rule.bindings} if rule else {}
        # Whom a rule that is there no more was for cannot be told: better gone than kept.
        return any(
            id == self.person and lists.get(variable, (PEOPLE,)) == (PEOPLE,)
            for variable, id in (change.get("bindings") or {}).items()
        )

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


def unknown_fact(entry: Entry, vocabulary: Vocabulary, person: str) -> str | None:
    """Return a fact of an entry that the rules do not know; what is about a person goes anyway."""
    for change in entry.facts:
        path = str(change["path"])
        if not is_about(path, person) and type_of(vocabulary, path) is None:
            return path
    return None


def type_of(vocabulary: Vocabulary, path: str) -> FactType | None:
    """Return what the fact can hold that a path leads to; ``None`` if there is no such fact."""
    try:
        steps = parse_path(vocabulary, path)
    except RefusedError:
        return None
    part = part_at_id(steps, vocabulary.lists())
    place, _, inside = part or (steps, "", ())
    return vocabulary.facts[".".join((*place, *inside))].type


def _with_texts(entry: Entry, redact: Redaction) -> Entry:
    return evolve(
        entry,
        by=None if entry.by is None else redact(entry.by),
        source=None if entry.source is None else redact(entry.source),
    )
