"""How advice names facts and decisions: `superiority`, `people[p1].support`, `rates[USD/CNY]`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from b2brules.advice.model import Advice, Decision
from b2brules.facts.paths import FactPath
from b2brules.language.scope import ListPath
from b2brules.ruleset.model import Book, DecisionKey


def name_in(list_name: str, id: str, inside: str) -> str:
    """Return the name of a fact or a decision of a thing: ``people[p1].support``."""
    return f"{list_name}[{id}].{inside}"


def fact_name(path: FactPath, lists: Iterable[ListPath]) -> str:
    """Return the name of a fact as advice shows it: ``people[p1].support``, ``rates[USD/CNY]``.

    Args:
        path: Where it stands, a rate of exchange at ``("rates", "USD", "CNY")``.
        lists: The paths of the lists that there are.
    """
    if path[0] == "rates":
        return f"rates[{path[1]}/{path[2]}]"
    part = part_at_id(path, lists)
    if part is None:
        return ".".join(path)
    place, id, inside = part
    return name_in(place[-1], id, ".".join(inside)) if inside else f"{place[-1]}[{id}]"


def part_at_id(
    path: FactPath, lists: Iterable[ListPath]
) -> tuple[ListPath, str, tuple[str, ...]] | None:
    """Return the list, the id of the thing and the path inside it; ``None`` for the deal's own."""
    for place in lists:
        if path[: len(place)] == place and len(path) > len(place):
            return place, path[len(place)], path[len(place) + 1 :]
    return None


def parts_of_name(name: str) -> tuple[str | None, str | None, str]:
    """Return the list, the id of the thing and what is meant of it: `people[p1].support`.

    List and id are ``None`` for what is the deal's own.
    """
    thing, _, inside = name.rpartition(".")
    place, _, rest = thing.partition("[")
    return (place, rest.removesuffix("]"), inside) if thing else (None, None, inside)


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
