"""What the rules of a book compare each fact with: a little more or less makes a difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from b2brules.facts.types import Money, MoneyType
from b2brules.language import ListPath, tree
from b2brules.language.walking import walk
from b2brules.ruleset.asking import Rule, asked_by, bindings_of
from b2brules.ruleset.model import Book, Formula

Threshold: TypeAlias = Decimal | date | str
"""A number (of days too), a day or a text that rules name."""

CURRENCIES = (("currency",), ("account", "currency"))
"""Facts that say in what amounts are, so that rules which read an amount read them too."""

# So many hit every threshold of one fact in any rulebook that a person would write.
MOST = 24


@frozen(kw_only=True)
class Thresholds:
    """What rules tell facts apart by.

    Args:
        of: For each fact, by its path within the deal or the thing that has it, what it is compared
            with; only facts that some rule reads are there.
        currencies: The currencies of the book's amounts; two of the world's where it has none.
        lists: The lists that some rule goes through.
    """

    of: Mapping[tuple[str, ...], tuple[Threshold, ...]]
    currencies: tuple[str, ...]
    lists: frozenset[ListPath] = frozenset()


def thresholds_of(book: Book) -> Thresholds:
    """Return the thresholds of a book, and which facts its rules read."""
    found: dict[tuple[str, ...], dict[Threshold, None]] = {}
    rules: list[Rule] = [*book.decisions.values(), *book.recommendations.values()]
    lists = dict.fromkeys(one.list for rule in rules for one in bindings_of(rule))
    for node in (node for rule in rules for node in asked_by(rule)):
        for part in walk(node):
            if isinstance(part, tree.Fact):
                found.setdefault(part.path, {})
                if isinstance(part.type, MoneyType):
                    for path in CURRENCIES:
                        found.setdefault(path, {})
            elif isinstance(part, tree.Items):
                lists[part.list] = None
            elif isinstance(part, tree.Compare | tree.Among):
                named = dict.fromkeys(_named(part, book))
                for fact in _facts(part, book):
                    found.setdefault(fact.path, {}).update(named)
    units = (one.unit for one in book.parameters.values() if isinstance(one.type, MoneyType))
    return Thresholds(
        of={path: tuple(named)[:MOST] for path, named in found.items()},
        lists=frozenset(lists),
        currencies=tuple(dict.fromkeys((*units, "CNY", "USD")))[:3],
    )


def _named(comparison: object, book: Book) -> Iterator[Threshold]:
    for part in walk(comparison):
        if isinstance(part, tree.Constant) and not isinstance(part.value, bool):
            yield part.value
        elif isinstance(part, tree.Parameter):
            value = book.parameters[part.name].value
            yield value.amount if isinstance(value, Money) else value


def _facts(node: object, book: Book) -> Iterator[tree.Fact]:
    """Yield the facts in a comparison; those of a formula that it reads are among them."""
    for part in walk(node):
        if isinstance(part, tree.Fact):
            yield part
        elif isinstance(part, tree.DecisionValue):
            decision = book.decisions[part.name]
            if isinstance(decision, Formula):
                yield from _facts(decision.value, book)
