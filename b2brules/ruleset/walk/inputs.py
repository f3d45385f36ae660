"""The inputs of a book's tables, each cut into the regions that the tables tell apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal
from fractions import Fraction

from attrs import define, frozen

from b2brules.facts.types import (
    DateType,
    EnumerationType,
    MoneyType,
    NumberType,
    TruthType,
    ValueType,
)
from b2brules.language import tree
from b2brules.ruleset.walk.identity import Owner, Owners, identify, owner_of
from b2brules.ruleset.walk.points import Points, Scale, Words
from b2brules.ruleset.walk.regions import Domains, Inside, Part, Tests

LONGEST_LIST = Fraction(10_000)


@define(eq=False, kw_only=True)
class Input:
    """What a table asks of: a fact, a decision, a count, a comparison that stands on its own.

    Args:
        number: Its place among the domains.
        subject: What it is in the rules.
        identity: Equal for what asks the same.
        owner: The list whose thing is meant, if the table is for one.
        points: Its regions.
        filter: For a count of things, which of them are counted; over facts of the thing.
        currency: For an amount, the currency that it is compared in.
        absolute: For a date, whether it is a day of the calendar, not a distance from ``as_of``.
    """

    number: int
    subject: tree.Value | tree.Condition
    identity: Hashable
    owner: Owner
    points: Points
    filter: Part | None = None
    currency: str | None = None
    absolute: bool = False

    @property
    def decision(self) -> str | None:
        """The name of the decision table whose outcome it is."""
        if isinstance(self.subject, tree.DecisionValue) and isinstance(self.points, Words):
            return self.subject.name
        return None

    @property
    def is_calculated(self) -> bool:
        """Whether it hangs on several facts, and has regions that are not those of any fact."""
        return isinstance(self.subject, tree.Compare | tree.Arithmetic | tree.Aggregate) or (
            isinstance(self.subject, tree.DecisionValue) and isinstance(self.points, Scale)
        )


@frozen(kw_only=True)
class Bound:
    """What a comparison asks of an input."""

    input: Input
    sign: str
    value: object


class AllInputs:
    """All inputs of a book's tables, by what they ask."""

    def __init__(self) -> None:
        self.all: list[Input] = []
        self._known: dict[tuple[Hashable, str | None, bool], Input] = {}
        self._insides: dict[tuple[int, Tests], Inside] = {}

    def settle(self) -> None:
        """Make the points, once every table is read."""
        for one in self.all:
            one.points.settle()
        for inside in self._insides.values():
            inside.settle()

    @property
    def everything(self) -> Domains:
        """Every point of every input."""
        return tuple(one.points.everything for one in self.all)

    def find(
        self,
        subject: tree.Value | tree.Condition,
        owners: Owners,
        points: Callable[[], Points],
        *,
        currency: str | None = None,
        absolute: bool = False,
    ) -> Input:
        """Return the input that a subject is, a new one with those points if there is none."""
        identity = identify(subject, owners)
        key = identity, currency, absolute
        if key not in self._known:
            whose = subject.set if isinstance(subject, tree.Contains) else subject
            variable = getattr(whose, "variable", None)
            self._known[key] = Input(
                number=len(self.all),
                subject=subject,
                identity=identity,
                owner=owner_of(variable, owners),
                points=points(),
                currency=currency,
                absolute=absolute,
            )
            self.all.append(self._known[key])
        return self._known[key]

    def inside(self, one: Input, tests: Iterable[Iterable[tuple[str, object]]]) -> Inside:
        """Return the condition that an input passes one of some tests."""
        kept = tuple(tuple(bounds) for bounds in tests)
        key = one.number, kept
        if key not in self._insides:
            for bounds in kept:
                for _, value in bounds:
                    one.points.add(value)
            self._insides[key] = Inside(input=one.number, points=one.points, tests=kept)
        return self._insides[key]


def points_of(value: tree.Value | tree.Condition) -> Points:
    """Return what a value can be, before it is compared with anything."""
    if not isinstance(value, tree.Fact | tree.DecisionValue):
        return _points_of_calculated(value)
    match value.type:
        case TruthType():
            return Words([True, False])
        case EnumerationType(values=words):
            return Words(list(words))
        case NumberType() if isinstance(value, tree.Fact):
            return Scale(
                whole=value.type.whole,
                minimum=_bound(value.type.minimum),
                maximum=_bound(value.type.maximum),
            )
        case MoneyType() if isinstance(value, tree.Fact):
            return Scale(minimum=_bound(value.type.minimum))
        case NumberType() | MoneyType():
            return Scale(exact=False)
        case DateType():
            return Scale(whole=True, never=value.type.past)
        case _:
            return Words([], other="another")


def points_of_day(value: tree.Fact | tree.AsOf) -> Points:
    """Return which days of the calendar a date can be."""
    never = isinstance(value.type, DateType) and value.type.past and isinstance(value, tree.Fact)
    return Scale(whole=True, never=never)


def _points_of_calculated(value: tree.Value | tree.Condition) -> Points:
    match value:
        case tree.CountItems() | tree.CountSet():
            return Scale(whole=True, minimum=Fraction(0), maximum=LONGEST_LIST)
        case tree.Arithmetic() | tree.Aggregate():
            return Scale(exact=False)
        case _:
            return Words([True, False])


def _bound(number: Decimal | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def is_words(type_: ValueType) -> bool:
    """Tell whether a value of that type is one of a few words, or a truth value."""
    return isinstance(type_, EnumerationType | TruthType)
