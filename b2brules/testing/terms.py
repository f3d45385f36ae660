"""What generated rules can name: facts, parameters and decisions, each with its type."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

from attrs import evolve, field, frozen

from b2brules.facts import Vocabulary
from b2brules.facts.fields import types_of
from b2brules.facts.types import (
    EnumerationType,
    IdentifierType,
    ListType,
    RecordType,
    SetType,
    ValueType,
)
from b2brules.language import ListPath

RESERVED_FACTS = ("id", "currency")
"""Facts that say how the document is written."""


@frozen
class Term:
    """A value as rules write it, and its type; a parameter is ``constant``, whatever the deal."""

    text: str
    type: ValueType
    constant: bool = False


@frozen
class Things:
    """A list that rules can go through: how they write it, and what they can ask of its things."""

    name: str
    path: ListPath
    members: tuple[Term, ...]


@frozen(kw_only=True)
class Names:
    """What a condition can name where it stands.

    Args:
        terms: The values.
        lists: The lists.
        variables: For each variable in scope, the name of its list.
        bare: Those of `terms` that are facts of the thing in whose ``[ … ]`` the condition stands.
        depth: How many lists the condition is already inside of.
        knowing: Whether it may ask `is known`.
    """

    terms: tuple[Term, ...]
    lists: tuple[Things, ...]
    variables: Mapping[str, str] = field(factory=dict)
    bare: tuple[Term, ...] = ()
    depth: int = 0
    knowing: bool = False

    def of(self, kind: type | tuple[type, ...]) -> list[Term]:
        """Return the values of a type."""
        return [term for term in self.terms if isinstance(term.type, kind)]

    def ids_of(self, list_name: str) -> list[str]:
        """Return what can be named that is the id of a thing in a list."""
        return [term.text for term in self.terms if term.type == IdentifierType(list_name)]

    def inside(self, things: Things) -> Names:
        """Return what can be named inside ``[ … ]`` behind a list: facts of its things by name."""
        hidden = {term.text.split(".")[0] for term in things.members}
        outer = (term for term in self.terms if term not in self.bare)
        kept = (term for term in outer if term.text.split(".")[0] not in hidden)
        return evolve(
            self, terms=(*things.members, *kept), bare=things.members, depth=self.depth + 1
        )

    def about(self, things: Things, variable: str) -> Names:
        """Return what can be named where a variable stands for one of the things."""
        return evolve(
            self,
            terms=(*named_of(things, variable), *self.terms),
            variables={**self.variables, variable: things.name},
            depth=self.depth + 1,
        )


def named_of(things: Things, variable: str) -> tuple[Term, ...]:
    """Return the facts of a thing, by its variable."""
    own = [Term(f"{variable}.{term.text}", term.type) for term in things.members]
    ids = (
        ()
        if things.name == "competencies"
        else (Term(f"{variable}.id", IdentifierType(things.path[-1])),)
    )
    return (*own, *ids)


@functools.cache
def facts_of_the_deal() -> tuple[Term, ...]:
    """Return the facts of the deal, its event, marks and account that rules can ask for."""
    return tuple(_terms(Vocabulary().root, ""))


@functools.cache
def lists_of_the_deal() -> tuple[Things, ...]:
    """Return the lists, each with the facts of its things."""
    return tuple(
        Things(path[-1], path, tuple(_terms(cls, ""))) for path, cls in Vocabulary().lists().items()
    )


def _terms(cls: type, before: str) -> Iterable[Term]:
    for name, kind in types_of(cls).items():
        if isinstance(kind, RecordType):
            yield from _terms(kind.cls, f"{before}{name}.")
        elif not isinstance(kind, ListType) and name not in RESERVED_FACTS:
            yield Term(before + name, kind)


def is_set_of_words(kind: ValueType) -> bool:
    """Tell whether a value is a set of words."""
    return isinstance(kind, SetType) and isinstance(kind.member, EnumerationType)
