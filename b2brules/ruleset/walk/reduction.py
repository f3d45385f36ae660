"""From conditions to conditions over regions: parameters are constants, dates are distances.

What cannot be cut into regions (two values compared, a calculation, one person's place among the
others) becomes an input of its own that may be anything; the same question is the same input.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias, cast

from attrs import frozen

from b2brules.facts.types import DateType, EnumerationType, MoneyType, NumberType, SetType
from b2brules.language import tree
from b2brules.language.tree import Comparator
from b2brules.language.values import MIRRORED, Amount, Runtime, arithmetic, calculable, compare
from b2brules.language.walking import conjuncts
from b2brules.ruleset.model import Book, Clause
from b2brules.ruleset.walk.identity import Owners, identify
from b2brules.ruleset.walk.inputs import AllInputs, Bound, Input, is_words, points_of, points_of_day
from b2brules.ruleset.walk.points import Words
from b2brules.ruleset.walk.regions import (
    ALWAYS,
    NEVER_HOLDS,
    Both,
    Either,
    HowMany,
    Inside,
    Opposite,
    Part,
)

_Tests: TypeAlias = Sequence[Sequence[tuple[Comparator, tree.Value]]]
_ORDER: dict[str, tuple[int, ...]] = {
    "=": (0,),
    "!=": (-1, 1),
    "<": (-1,),
    "<=": (-1, 0),
    ">": (1,),
    ">=": (0, 1),
}


@frozen
class Reduction:
    """Reads the conditions of a table; ``owners`` says what its variables stand for."""

    book: Book
    inputs: AllInputs
    owners: Owners

    def clauses(self, clauses: Iterable[Clause]) -> Part:
        """Return the condition that all cells of a row hold."""
        return _both(self.condition(clause.condition) for clause in clauses)

    def condition(self, node: tree.Condition) -> Part:
        """Return what a condition asks."""
        match node:
            case tree.Always():
                return ALWAYS
            case tree.And():
                return _both(self.condition(part) for part in node.conditions)
            case tree.Or():
                return _either(self.condition(part) for part in node.conditions)
            case tree.Not():
                return Opposite(self.condition(node.condition))
            case tree.Holds():
                return self._holds(node)
            case tree.Compare():
                return self._compare(node.operator, node.left, node.right)
            case tree.Among():
                found = self._passes(node.value, [test.bounds for test in node.tests])
                return Opposite(found) if node.negated else found
            case tree.Contains():
                return self._contains(node)
            case tree.Quantified():
                return self._quantified(node)
            case tree.IsEmpty():
                return self._is_empty(node)
            case tree.IsKnown():
                return self._alone(node)

    def _alone(self, node: tree.Condition) -> Part:
        """Return a condition as an input of its own."""
        return self._inside(self._input(node, None), "=", True)

    def _holds(self, node: tree.Holds) -> Part:
        constant = self._constant(node.value)
        if constant is not None:
            return ALWAYS if constant is True else NEVER_HOLDS
        return self._inside(self._input(node.value, None), "=", True)

    # --- comparisons ----------------------------------------------------------------------------

    def _passes(self, value: tree.Value, tests: _Tests) -> Part:
        """Return the condition that a value keeps all the bounds of one of some tests."""
        bounds = [[self._bound(value, sign, right) for sign, right in test] for test in tests]
        found = [bound for test in bounds for bound in test if bound is not None]
        one_input = len({bound.input.number for bound in found}) == 1
        if one_input and len(found) == sum(len(test) for test in tests):
            asked = [[(one.sign, one.value) for one in test if one is not None] for test in bounds]
            return self.inputs.inside(found[0].input, asked)
        constants = [[(sign, self._constant(right)) for sign, right in test] for test in tests]
        if all(constant is not None for test in constants for _, constant in test):
            sized = self._sized(value, cast(_Constants, constants))
            if sized is not None:
                return sized
        return _either(
            _both(self._compare(sign, value, right) for sign, right in test) for test in tests
        )

    def _compare(self, sign: Comparator, left: tree.Value, right: tree.Value) -> Part:
        one, other = self._constant(left), self._constant(right)
        if one is not None and other is not None:
            # Amounts in two currencies are not known to compare, whatever the deal.
            truth = compare(sign, one, other, {})
            if truth is not None:
                return ALWAYS if truth else NEVER_HOLDS
        elif one is not None:
            return self._compare(MIRRORED[sign], right, left)
        bound = self._bound(left, sign, right) or self._bound(right, MIRRORED[sign], left)
        if bound is not None:
            return self._inside(bound.input, bound.sign, bound.value)
        if other is not None:
            sized = self._sized(left, [[(sign, other)]])
            if sized is not None:
                return sized
        elif is_words(left.type) and is_words(right.type):
            same = self._same_words(left, right)
            return same if sign == "=" else Opposite(same)
        return self._relation(sign, left, right)

    def _same_words(self, left: tree.Value, right: tree.Value) -> Part:
        """Two values that are words are the same: both this word, or both that one."""
        one, other = self._input(left, None), self._input(right, None)
        return _either(
            _both((self._inside(one, "=", word), self._inside(other, "=", word)))
            for word in one.points.values
            if word in other.points.values
        )

    def _relation(self, sign: Comparator, left: tree.Value, right: tree.Value) -> Part:
        """Two values compared with each other: less, equal or greater."""
        keys = identify(left, self.owners), identify(right, self.owners)
        if keys[0] == keys[1]:
            return ALWAYS if sign in ("=", "<=", ">=") else NEVER_HOLDS
        if repr(keys[0]) > repr(keys[1]):
            return self._relation(MIRRORED[sign], right, left)
        ordered = isinstance(left.type, NumberType | MoneyType | DateType)
        node = tree.Compare(operator="=", left=left, right=right, span=left.span)
        points = Words([-1, 0, 1] if ordered else [0, 1])
        relation = self.inputs.find(node, self.owners, lambda: points)
        signs = [one for one in _ORDER[sign] if one in points.values]
        return self.inputs.inside(relation, [[("=", one)] for one in signs])

    def _bound(self, value: tree.Value, sign: Comparator, right: tree.Value) -> Bound | None:
        """Return what a comparison with a constant asks of an input, if it is about one alone."""
        if self._constant(value) is not None:
            return None
        if isinstance(value.type, DateType):
            return self._bound_of_day(value, sign, right)
        constant = self._constant(right)
        match constant:
            case Amount():
                one = self._input(value, constant.currency)
                return Bound(input=one, sign=sign, value=constant.number)
            case Fraction() if not _is_sized(value):
                linear = self._linear(value)
                if linear is None:
                    return None
                one, factor, shift = linear
                turned = sign if factor > 0 else MIRRORED[sign]
                return Bound(input=one, sign=turned, value=(constant - shift) / factor)
            case bool() | str() if isinstance(value, tree.Fact | tree.DecisionValue):
                return Bound(input=self._input(value, None), sign=sign, value=constant)
            case _:
                return None

    def _bound_of_day(self, value: tree.Value, sign: Comparator, right: tree.Value) -> Bound | None:
        """Return what is asked of a date: its distance from ``as_of``, or which day it is."""
        if isinstance(value, tree.Fact) and isinstance(right, tree.AsOf):
            return Bound(input=self._input(value, None), sign=sign, value=Fraction(0))
        constant = self._constant(right)
        if isinstance(value, tree.Fact | tree.AsOf) and isinstance(constant, date):
            day = Fraction(constant.toordinal())
            return Bound(input=self._day(value), sign=sign, value=day)
        return None

    def _day(self, value: tree.Fact | tree.AsOf) -> Input:
        return self.inputs.find(value, self.owners, lambda: points_of_day(value), absolute=True)

    def _linear(self, value: tree.Value) -> tuple[Input, Fraction, Fraction] | None:
        """Return the input, factor and shift of a number that grows evenly with one input."""
        if self._constant(value) is not None:
            return None
        match value:
            case tree.Days(date=tree.Fact() as day, direction=direction):
                return self._input(day, None), Fraction(-direction), Fraction(0)
            case tree.Days(date=tree.Constant(value=date() as day), direction=direction):
                as_of = tree.AsOf(type=value.date.type, span=value.span)
                shift = Fraction(-direction * day.toordinal())
                return self._day(as_of), Fraction(direction), shift
            case tree.Arithmetic():
                return self._calculated(value)
            case tree.CountItems():
                return self._count(value.items), Fraction(1), Fraction(0)
            case _:
                return self._input(value, None), Fraction(1), Fraction(0)

    def _calculated(self, value: tree.Arithmetic) -> tuple[Input, Fraction, Fraction]:
        left, right = self._constant(value.left), self._constant(value.right)
        inner = self._linear(value.right if right is None else value.left)
        constant = left if right is None else right
        if inner is not None and isinstance(constant, Fraction) and not _may_be_never(inner[0]):
            one, factor, shift = inner
            match value.operator:
                case "+":
                    return one, factor, shift + constant
                case "-" if left is None:
                    return one, factor, shift - constant
                case "-":
                    return one, -factor, constant - shift
                case "*" if constant:
                    return one, factor * constant, shift * constant
                case "/" if constant and left is None:
                    return one, factor / constant, shift / constant
        return self._input(value, None), Fraction(1), Fraction(0)

    # --- counts, sets and lists -----------------------------------------------------------------

    def _sized(self, value: tree.Value, tests: _Constants) -> Part | None:
        """Return what is asked of a number of conditions that hold, or of members of a set."""
        match value:
            case tree.CountConditions(conditions=conditions):
                parts = [self.condition(one) for one in conditions]
            case tree.CountSet(set=members) if _is_sized(value):
                parts = [self._has(members, word) for word in _members(members)]
            case _:
                return None
        allowed = 0
        for number in range(len(parts) + 1):
            passed = (
                all(compare(sign, Fraction(number), bound, {}) for sign, bound in test)
                for test in tests
            )
            allowed |= any(passed) << number
        return HowMany(tuple(parts), allowed)

    def _contains(self, node: tree.Contains) -> Part:
        words = _members(node.set)
        constant = self._constant(node.member)
        if isinstance(constant, str) and words:
            return self._has(node.set, constant) if constant in words else NEVER_HOLDS
        if words and is_words(node.member.type):
            member = self._input(node.member, None)
            return _either(
                _both((self._inside(member, "=", word), self._has(node.set, word)))
                for word in words
                if word in member.points.values
            )
        return self._alone(node)

    def _has(self, members: tree.Fact, word: str) -> Part:
        """Return the condition that a set has a word."""
        member = tree.Constant(value=word, type=members.type, span=members.span)
        node = tree.Contains(set=members, member=member, span=members.span)
        return self._inside(self._input(node, None), "=", True)

    def _is_empty(self, node: tree.IsEmpty) -> Part:
        if isinstance(node.of, tree.Items):
            return self._inside(self._count(node.of), "=", Fraction(0))
        size = tree.CountSet(set=node.of, type=NumberType(whole=True), span=node.span)
        nothing = self._sized(size, [[("=", Fraction(0))]])
        return nothing or self._inside(self._input(size, None), "=", Fraction(0))

    def _quantified(self, node: tree.Quantified) -> Part:
        """``some … satisfies`` counts at least one, ``every`` none that does not satisfy."""
        wanted = node.condition
        if node.quantifier == "every":
            negated = isinstance(wanted, tree.Not)
            wanted = wanted.condition if negated else tree.Not(condition=wanted, span=wanted.span)  # type: ignore[union-attr]
        kept = node.items.condition
        asked = () if kept is None else conjuncts(kept)
        both = tree.And(conditions=(*asked, wanted), span=node.span)
        items = tree.Items(
            list=node.items.list, variable=node.items.variable, condition=both, span=node.span
        )
        sign: Literal[">", "="] = ">" if node.quantifier == "some" else "="
        return self._inside(self._count(items), sign, Fraction(0))

    def _count(self, items: tree.Items) -> Input:
        node = tree.CountItems(items=items, type=NumberType(whole=True), span=items.span)
        found = self._input(node, None)
        if found.filter is None:
            # Its variable is the only one that is a thing of the list: others are other things.
            others = {name: f"other {name}" for name in self.owners}
            inner = Reduction(self.book, self.inputs, {**others, items.variable: items.list})
            found.filter = ALWAYS
            if items.condition is not None:
                found.filter = inner.condition(items.condition)
        return found

    # --- inputs ---------------------------------------------------------------------------------

    def _input(self, subject: tree.Value | tree.Condition, currency: str | None) -> Input:
        """Return the input that a value, or a condition on its own, is."""
        return self.inputs.find(subject, self.owners, lambda: points_of(subject), currency=currency)

    def _inside(self, one: Input, sign: str, value: object) -> Inside:
        return self.inputs.inside(one, [[(sign, value)]])

    def _constant(self, value: tree.Value) -> Runtime:
        """Return what a value is in every deal, ``None`` if that is not known."""
        match value:
            case tree.Constant():
                return calculable(value.value, None)
            case tree.Parameter():
                return calculable(self.book.parameters[value.name].value, None)
            case tree.Arithmetic():
                left, right = self._constant(value.left), self._constant(value.right)
                return arithmetic(value.operator, left, right, {})
            case tree.Days(date=tree.AsOf()):
                return Fraction(0)
            case _:
                return None


_Constants: TypeAlias = Sequence[Sequence[tuple[Comparator, Runtime]]]


def _is_sized(value: tree.Value) -> bool:
    """Tell whether a value counts things that can be asked about one by one."""
    if isinstance(value, tree.CountSet):
        return bool(_members(value.set))
    return isinstance(value, tree.CountConditions)


def _members(members: tree.Fact) -> tuple[str, ...]:
    """Return the words that a set can have, none for a set of ids."""
    kind = members.type
    if isinstance(kind, SetType) and isinstance(kind.member, EnumerationType):
        return kind.member.values
    return ()


def _may_be_never(one: Input) -> bool:
    return isinstance(one.subject, tree.Fact) and isinstance(one.subject.type, DateType)


def _both(parts: Iterable[Part]) -> Part:
    kept = tuple(part for part in parts if part is not ALWAYS)
    if not kept:
        return ALWAYS
    return kept[0] if len(kept) == 1 else Both(kept)


def _either(parts: Iterable[Part]) -> Part:
    kept = tuple(part for part in parts if part is not NEVER_HOLDS)
    if not kept:
        return NEVER_HOLDS
    return kept[0] if len(kept) == 1 else Either(kept)
