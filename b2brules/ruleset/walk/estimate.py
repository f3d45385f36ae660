"""Numbers and days that make calculations and comparisons come out as a region asks.

A region may ask that one figure exceeds another, or that a formula reaches a threshold. A few
values of each fact in it are tried; a search that finds nothing has shown nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from b2brules.facts.types import NEVER, DateType, MoneyType, NumberType
from b2brules.language import tree
from b2brules.language.values import (
    Amount,
    Runtime,
    arithmetic,
    calculable,
    compare,
    concluded,
    days_between,
)
from b2brules.ruleset.model import Book, Formula
from b2brules.ruleset.walk.identity import Owners, identify
from b2brules.ruleset.walk.inputs import AllInputs, Input, points_of
from b2brules.ruleset.walk.points import Scale
from b2brules.ruleset.walk.regions import Domains

ATTEMPTS = 3_000
Leaf: TypeAlias = tree.Fact | tree.CountItems | tree.Aggregate
"""What a calculation begins with."""

Found: TypeAlias = Mapping[Hashable, tuple[Leaf, object]]
"""The values that fit: numbers as they stand on a scale, a day as its distance from ``as_of``."""


@frozen
class Estimate:
    """Looks for values of facts.

    Args:
        owners: What the variables of the table, and of formulas that it reads, stand for.
        currency: The currency of all amounts.
    """

    book: Book
    inputs: AllInputs
    owners: Owners
    as_of: date
    currency: str

    def fit(self, domains: Domains, asked: Sequence[Input]) -> Found:
        """Return values with which each of the calculations asked lies in its domain, if found."""
        leaves = {
            identify(leaf, self.owners): leaf for one in asked for leaf in self._leaves(one.subject)
        }
        pools = [list(self._pool(leaf, domains)) for leaf in leaves.values()]
        for values in itertools.islice(_mixtures(pools), ATTEMPTS):
            chosen = dict(zip(leaves, values, strict=True))
            if all(self._fits(one, domains[one.number], chosen) for one in asked):
                return {key: (leaf, chosen[key]) for key, leaf in leaves.items()}
        return {}

    def _leaves(self, node: tree.Value | tree.Condition) -> Iterator[Leaf]:
        match node:
            case tree.Fact(type=NumberType() | MoneyType() | DateType()):
                yield node
            case tree.CountItems() | tree.Aggregate():
                yield node
            case tree.Compare() | tree.Arithmetic():
                yield from self._leaves(node.left)
                yield from self._leaves(node.right)
            case tree.Days():
                yield from self._leaves(node.date)
            case tree.DecisionValue():
                formula = self.book.decisions[node.name]
                if isinstance(formula, Formula):
                    yield from self._leaves(formula.value)

    def _pool(self, leaf: Leaf, domains: Domains) -> Iterator[object]:
        """Yield a few values that a leaf can have, within its domain if a table asks for it."""
        key = identify(leaf, self.owners)
        known = next(
            (one for one in self.inputs.all if not one.absolute and one.identity == key), None
        )
        points = points_of(leaf)
        domain = None
        if known is None:
            points.settle()
        else:
            points, domain = known.points, domains[known.number]
        assert isinstance(points, Scale)
        own = [one for one in points.values if isinstance(one, Fraction)]
        bounds = (Fraction(one) for one in (points.minimum, points.maximum) if one is not None)
        around = [step + one for one in own for step in (0, 1, -1)]
        given: set[object] = set()
        for one in (*around, *bounds, *map(Fraction, (1, 2, 5, 10, 100, 1000)), NEVER):
            fits = one is NEVER or points.allows(one)  # type: ignore[arg-type]
            place = points.locate(one) if fits and one not in given else 0
            if place and (domain is None or place & domain):
                given.add(one)
                yield one

    def _fits(self, one: Input, domain: int, chosen: Mapping[Hashable, object]) -> bool:
        subject = one.subject
        if isinstance(subject, tree.Compare):
            left, right = self._value(subject.left, chosen), self._value(subject.right, chosen)
            if compare("=", left, right, {}) is None:
                return False
            order = 0 if compare("=", left, right, {}) else -1
            if (order and len(one.points.values) == 2) or (order and compare(">", left, right, {})):
                order = 1
            return bool(one.points.locate(order) & domain)
        value = self._value(subject, chosen)  # type: ignore[arg-type]
        number = value.number if isinstance(value, Amount) else value
        return isinstance(number, Fraction) and bool(one.points.locate(number) & domain)

    def _value(self, node: tree.Value, chosen: Mapping[Hashable, object]) -> Runtime:
        key = identify(node, self.owners)
        if key in chosen:
            return self._runtime(node, chosen[key])
        match node:
            case tree.Constant():
                return calculable(node.value, None)
            case tree.Parameter():
                return calculable(self.book.parameters[node.name].value, None)
            case tree.AsOf():
                return self.as_of
            case tree.Days():
                day = self._value(node.date, chosen)
                return days_between(day, self.as_of, node.direction)  # type: ignore[arg-type]
            case tree.Arithmetic():
                left, right = self._value(node.left, chosen), self._value(node.right, chosen)
                return arithmetic(node.operator, left, right, {})
            case tree.DecisionValue():
                formula = self.book.decisions[node.name]
                if isinstance(formula, Formula):
                    return calculable(concluded(self._value(formula.value, chosen)), None)
        return None

    def _runtime(self, node: tree.Value, value: object) -> Runtime:
        if value is NEVER:
            return NEVER
        assert isinstance(value, Fraction)
        match node.type:
            case MoneyType():
                return Amount(value, self.currency)
            case DateType():
                return self.as_of + timedelta(days=int(value))
            case _:
                return value


def _mixtures(pools: Sequence[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    """Yield a value from each pool: all equally far up first, then every mixture."""
    longest = max(map(len, pools), default=0)
    for place in range(longest):
        yield tuple(pool[place * len(pool) // longest] for pool in pools)
    yield from itertools.product(*pools)
