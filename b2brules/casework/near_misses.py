"""Deals like those of the cases, with one fact different: near misses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import frozen

from b2brules.casework.changes import step_of
from b2brules.engines.reference import lookup
from b2brules.facts import Account, Money
from b2brules.facts.filling import fill
from b2brules.facts.review import Deal
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    IdentifierType,
    MoneyType,
    NumberType,
    SetType,
    TruthType,
)
from b2brules.language import tree
from b2brules.language.scope import ListPath
from b2brules.language.walking import parts, walk
from b2brules.ruleset.asking import Rule, asked_by, bindings_of
from b2brules.ruleset.cases import Case
from b2brules.ruleset.model import Book

MOST_THINGS = 4
"""How many things of a list are varied."""

Place: TypeAlias = tuple[ListPath | None, tuple[str, ...]]
"""A fact, by the list of the thing that has it (``None``: the deal) and the names from there."""

Lists: TypeAlias = Mapping[str, ListPath]
"""What each variable is a thing of."""


@frozen(kw_only=True)
class Asked:
    """A fact that rules read, and what they compare it with.

    Args:
        list: The list of the thing that has it, ``None`` for one of the deal.
        fact: One place where it is read.
        limits: Numbers, amounts and days that it is compared with.
        members: Words that are looked for in it.
    """

    list: ListPath | None
    fact: tuple[str, ...]
    type: object
    limits: tuple[object, ...]
    members: tuple[str, ...]


def facts_behind(book: Book, rule: Rule) -> tuple[Asked, ...]:
    """Return the facts that a rule reads, itself or through decisions; its own come first."""
    found: dict[Place, Asked] = {}
    seen: set[str] = set()
    waiting: list[Rule] = [rule]
    while waiting:
        one = waiting.pop(0)
        for asked in _facts_in(book, one):
            found.setdefault((asked.list, asked.fact), asked)
        for node in asked_by(one):
            for part in walk(node):
                if isinstance(part, tree.DecisionValue) and part.name not in seen:
                    seen.add(part.name)
                    waiting.append(book.decisions[part.name])
    return tuple(found.values())


def near_misses(
    case: Case, facts: Iterable[Asked]
) -> Iterator[tuple[tuple[str, ...], object, Deal]]:
    """Yield deals like a case's with one of some facts different: its path, its value, the deal."""
    for asked in facts:
        for path, now in _places(case.deal, asked):
            for value in _values(asked, now, case.as_of):
                if value != now:
                    try:
                        yield path, value, fill(case.deal, path, value)
                    except ValueError:  # out of its range
                        continue


def _places(deal: Deal, asked: Asked) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield where a fact stands in a deal, things by their id, and what it is there."""
    whole = asked.fact if asked.list is None else asked.list
    inside = whole
    if isinstance(deal, Account):
        if whole[0] != "account":
            return
        inside = whole[1:]
    if asked.list is None:
        yield asked.fact, lookup(deal, inside)
        return
    things: Any = lookup(deal, inside)
    for thing in (things or ())[:MOST_THINGS]:
        yield (*asked.list, thing.id, *asked.fact), lookup(thing, asked.fact)


def _values(asked: Asked, now: object, as_of: date) -> Iterator[object]:
    match asked.type:
        case TruthType():
            yield from (True, False)
        case EnumerationType(values):
            yield from values
        case SetType():
            members = now if isinstance(now, frozenset | tuple | list) else ()
            for word in asked.members:
                yield frozenset(members) ^ {word}
            yield frozenset()
        case NumberType(whole=whole):
            for limit in asked.limits:
                if isinstance(limit, Decimal):
                    step = Decimal(1) if whole else step_of(limit)
                    for number in (limit - step, limit, limit + step):
                        yield int(number) if whole else number
        case MoneyType(minimum=least):
            for limit in asked.limits:
                if isinstance(limit, Money):
                    for amount in (limit.amount - 1, limit.amount, limit.amount + 1):
                        if least is None or amount >= least:
                            yield Money(amount=amount, currency=limit.currency)
        case DateType():
            for limit in asked.limits:
                if isinstance(limit, Decimal):
                    for days in (-1, 0, 1):
                        yield as_of - timedelta(days=int(limit) + days)
                        yield as_of + timedelta(days=int(limit) + days)
                elif isinstance(limit, date):
                    yield from (limit - timedelta(days=1), limit, limit + timedelta(days=1))
        case IdentifierType():
            pass
    yield None


def _facts_in(book: Book, rule: Rule) -> Iterator[Asked]:
    """Yield the facts that a rule itself reads, each with all that it is compared with."""
    bound: Lists = {one.variable: one.list for one in bindings_of(rule)}
    facts: dict[Place, tree.Fact] = {}
    limits: dict[Place, dict[object, None]] = defaultdict(dict)
    members: dict[Place, dict[str, None]] = defaultdict(dict)
    for node in asked_by(rule):
        for part, lists in _scoped(node, bound):
            if isinstance(part, tree.Fact):
                facts.setdefault(_place(part, lists), part)
            elif isinstance(part, tree.Compare | tree.Among):
                inside = list(_scoped(part, lists))
                found = dict.fromkeys(_limits(book, (one for one, _ in inside)))
                for one, around in inside:
                    if isinstance(one, tree.Fact):
                        limits[_place(one, around)].update(found)
            elif isinstance(part, tree.Contains) and isinstance(part.member, tree.Constant):
                members[_place(part.set, lists)][str(part.member.value)] = None
    for place, fact in facts.items():
        yield Asked(
            list=place[0],
            fact=place[1],
            type=fact.type,
            limits=tuple(limits[place]),
            members=tuple(members[place]),
        )


def _scoped(node: object, lists: Lists) -> Iterator[tuple[object, Lists]]:
    """Yield a node and those below it, each with what the variables around it stand for.

    Two filters may call the things of their lists alike.
    """
    items = node if isinstance(node, tree.Items) else getattr(node, "items", None)
    if isinstance(items, tree.Items):
        lists = {**lists, items.variable: items.list}
    yield node, lists
    for part in parts(node):
        yield from _scoped(part, lists)


def _place(fact: tree.Fact, lists: Lists) -> Place:
    return None if fact.variable is None else lists[fact.variable], fact.path


def _limits(book: Book, nodes: Iterable[object]) -> Iterator[object]:
    for node in nodes:
        if isinstance(node, tree.Constant) and not isinstance(node.value, bool | str):
            yield node.value
        elif isinstance(node, tree.Parameter):
            yield book.parameters[node.name].value
