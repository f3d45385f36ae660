"""How advice names decisions: `competitive_strategy`, `people[p1].relationship_strategy`."""

from __future__ import annotations

from collections.abc import Mapping

from b2brules.advice.model import Advice, Decision
from b2brules.ruleset.model import Book, DecisionKey


def name_in(list_name: str, id: str, inside: str) -> str:
    """Return the name of a fact or a decision of a thing: ``people[p1].support``."""
    return f"{list_name}[{id}].{inside}"


def decision_name(book: Book, key: DecisionKey) -> str:
    """Return the name of a decision, that of a thing with its list and id."""
    name, id = key
    binding = book.decisions[name].binding
    return name if binding is None else name_in(binding.list[-1], str(id), name)


def decisions_of(advice: Advice) -> Mapping[str, Decision]:
    """Return every decision that was made, as :meth:`Advice.explain` names it."""
    return {
        **advice.decisions,
        **{
            name_in(list_name, id, name): one
            for list_name, listed in advice.things.items()
            for id, made in listed.items()
            for name, one in made.items()
        },
    }
