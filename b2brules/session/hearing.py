"""What is said of a deal: documents and facts by their names, read against what is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeGuard

from attrs import Factory, define

from b2brules.facts import Account, Opportunity, Vocabulary
from b2brules.facts.adopting import adopt
from b2brules.facts.fields import types_of
from b2brules.facts.paths import FactPath, fact_name, parse_path, part_at_id
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.reading import read
from b2brules.facts.review import Deal
from b2brules.facts.types import FactType, ListType, RecordType
from b2brules.facts.values import RefusedError, shown, suggestion
from b2brules.session.references import references, things_at

Facts: TypeAlias = Deal | Mapping[str, object]
"""Facts of a deal: a document as `Rulebook.read` takes it, facts by their path, or a deal."""


def hear(
    vocabulary: Vocabulary, known: Opportunity, facts: Facts
) -> tuple[Opportunity, Sequence[FactPath]]:
    """Return what is said of a deal.

    Args:
        vocabulary: The facts that there are.
        known: What is known of the deal: the things that may be referred to.
        facts: What is said.

    Returns:
        A deal of which only that is known, and the facts that are said to be unknown.

    Raises:
        FactsError: Something in it is wrong; all of it is listed.
        TypeError: It is neither a mapping nor a deal.
    """
    blanks: list[FactPath] = []
    if isinstance(facts, Mapping):
        said = _Said(vocabulary, known)
        said.take(facts)
        blanks = [path for path, value in said.values.items() if value is None]
        deal = read(vocabulary, said.document())
    elif isinstance(facts, Opportunity | Account):
        deal = adopt(vocabulary, facts)
    else:
        raise TypeError(f"facts are a mapping or a deal, not {facts!r:.80}")
    if isinstance(deal, Account):
        deal = vocabulary.root(account=deal)
    return deal, blanks


@define
class _Said:
    """A document, taken apart into single facts, so that nothing in it is said twice.

    Args:
        vocabulary: The facts that there are.
        known: What is known of the deal.
        places: The lists, the things in them and the groups of facts that it has.
        things: The things of lists that it says to be there.
        values: Its single facts, right or wrong; what is no list of things is one of them.
    """

    vocabulary: Vocabulary
    known: Opportunity
    places: dict[FactPath, None] = Factory(dict)
    things: dict[FactPath, None] = Factory(dict)
    values: dict[FactPath, object] = Factory(dict)
    problems: list[Problem] = Factory(list)

    def take(self, facts: Mapping[str, object]) -> None:
        """Take all of it.

        Raises:
            FactsError: A name is no fact's, or something is said twice.
        """
        lists = self.vocabulary.lists()
        short = {path[-1] for path in lists}
        for name, value in facts.items():
            by_name = isinstance(name, str) and ("." in name or "[" in name or name in short)
            try:
                if by_name and name.startswith("rates["):
                    raise RefusedError("rates of exchange belong to the session; use `set_rates`")
                path = parse_path(self.vocabulary, name) if by_name else (name,)
                self._say(path, value, self._type_at(path))
            except RefusedError as refusal:
                self.problems += [Problem(path=name, message=one) for one in refusal.messages]
        for path in (*self.values, *self.places):
            self._require_place(path)
        if self.problems:
            raise FactsError(dict.fromkeys(self.problems))

    def _require_place(self, path: FactPath) -> None:
        """Refuse what stands below another fact, or in a thing of which nobody has heard."""
        lists = self.vocabulary.lists()
        for depth in range(1, len(path)):
            if path[:depth] in self.values:
                message = f"{shown(self.values[path[:depth]])} stands here, and facts below it"
                problem = Problem(path=fact_name(path[:depth], lists), message=message)
                self.problems.append(problem)
                return
        part = part_at_id(path, lists)
        place, id, inside = part or ((), "", ())
        ids = [one.id for one in things_at(self.known, place)] if inside else []
        if inside and (*place, id) not in self.things and id not in ids:
            new = fact_name((*place, id), lists)
            remedy = suggestion(id, ids) or f"; a new one is said to be there by `{new}: {{}}`"
            message = f"there is no {shown(id)} in `{place[-1]}`{remedy}"
            self.problems.append(Problem(path=fact_name(path, lists), message=message))

    def _type_at(self, path: FactPath) -> FactType | None:
        """Return what a path leads to; ``None`` for a thing of a list, and for nothing."""
        fact = self.vocabulary.facts.get(".".join(path))
        lists = self.vocabulary.lists()
        for place in lists:
            if path[: len(place)] == place and len(path) > len(place) + 1:
                fact = self.vocabulary.facts[".".join((*place, *path[len(place) + 1 :]))]
        return None if fact is None else fact.type

    def _say(self, path: FactPath, value: object, type_: FactType | None) -> None:
        if path[:-1] in self.vocabulary.lists():
            self._say_thing(path, value)
        elif isinstance(type_, RecordType) and isinstance(value, Mapping):
            self._place(path)
            self._say_all(path, value, type_.cls)
        elif isinstance(type_, ListType) and _has_ids(value):
            self._place(path)
            for thing in value:
                self._say_thing((*path, str(thing["id"])), thing)
        elif path in self.values or path in self.places:
            name = fact_name(path, self.vocabulary.lists())
            self.problems.append(Problem(path=name, message="this is said twice"))
        else:
            self._place(path[:-1])
            self.values[path] = value

    def _place(self, path: FactPath) -> None:
        """Note that something stands there, and so all around it."""
        self.places |= dict.fromkeys(path[:depth] for depth in range(1, len(path) + 1))

    def _say_thing(self, path: FactPath, thing: object) -> None:
        id = path[-1]
        if thing is None:
            raise RefusedError("a thing that is gone is taken out with `retract`")
        if not isinstance(thing, Mapping):
            raise RefusedError(f"{shown(thing)} is not a mapping; write the facts of {shown(id)}")
        if thing.get("id", id) != id:
            raise RefusedError(
                f"the id in it is {shown(thing['id'])}; leave it out, or write it so"
            )
        self.things[path] = None
        self._place(path)
        cls = self.vocabulary.lists()[path[:-1]]
        self._say_all(path, {name: said for name, said in thing.items() if name != "id"}, cls)

    def _say_all(self, path: FactPath, facts: Mapping[str, object], cls: type) -> None:
        types = types_of(cls)
        for name, value in facts.items():
            self._say((*path, name), value, types.get(name))

    def document(self) -> Mapping[str, object]:
        """Return the document that says the same, and that those are there who can be named."""
        lists = self.vocabulary.lists()
        document: dict[str, Any] = {}
        built: dict[FactPath, Any] = {(): document}

        def holder(path: FactPath) -> Any:
            if path not in built:
                around = holder(path[:-1])
                is_thing = path[:-1] in lists
                built[path] = [] if path in lists else {"id": path[-1]} if is_thing else {}
                if is_thing:
                    around.append(built[path])
                else:
                    around[path[-1]] = built[path]
            return built[path]

        for path in (*self.places, *self._who_can_be_named()):
            holder(path)
        for path, value in self.values.items():
            holder(path[:-1])[path[-1]] = value
        return document

    def _who_can_be_named(self) -> Iterator[FactPath]:
        """Yield the things that are there and may be referred to, if things are spoken of."""
        if not any(path in self.vocabulary.lists() for path in self.places):
            return
        for place in dict.fromkeys(target for _, _, target in references(self.vocabulary)):
            if place not in self.values:
                for thing in things_at(self.known, place):
                    yield (*place, thing.id)


def _has_ids(value: object) -> TypeGuard[Sequence[Mapping[str, object]]]:
    """Return whether this is a list of things that can be told apart."""
    if not isinstance(value, list | tuple):
        return False
    ids = [one.get("id") if isinstance(one, Mapping) else None for one in value]
    return all(isinstance(id, str) for id in ids) and len(set(ids)) == len(ids)
