"""The typed tree: what a cell, a condition or a formula means, every name resolved.

A node is made only by :mod:`b2brules.language.checking`, so an engine can rely on its types. Each
keeps the span of the text that it was read from.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

from b2brules.facts.types import ValueType

Span: TypeAlias = tuple[int, int]
"""Start and end offset in the text of the cell, condition or formula."""

Comparator: TypeAlias = Literal["=", "!=", "<", "<=", ">", ">="]


@frozen(kw_only=True)
class Constant:
    """A number, text, date, truth value or allowed word written in the rule."""

    value: Decimal | str | date | bool
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Parameter:
    """A named number of the rulebook; its value is looked up there."""

    name: str
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Fact:
    """A fact of the deal, or of the thing that a variable stands for.

    Args:
        variable: The variable whose thing holds the fact; ``None`` for the deal itself.
        path: The names from there on: ``("event", "driver")``; ``("id",)``.
        kind: The name of the kind of thing that holds it: ``opportunity``, ``person``, …
    """

    variable: str | None
    path: tuple[str, ...]
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class DecisionValue:
    """The candidates of a decision, or the number of a formula.

    Args:
        name: The decision.
        variable: The variable whose thing it is decided for; ``None`` for one of the deal.
    """

    name: str
    variable: str | None
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class AsOf:
    """The day that the advice is asked for."""

    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Days:
    """Days since a date (``direction`` 1) or until it (-1), counted from ``as_of``."""

    date: Value
    direction: Literal[1, -1]
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Arithmetic:
    """Two numbers, or an amount and a number, combined."""

    operator: Literal["+", "-", "*", "/"]
    left: Value
    right: Value
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Items:
    """The things of a list for which a condition holds.

    Args:
        list: Where the list stands in the document: ``("people",)``, ``("account", "needs")``.
        variable: The name that the condition (and an aggregate's value) uses for one thing.
        condition: Which things are meant; ``None`` for all of them.
    """

    list: tuple[str, ...]
    variable: str
    condition: Condition | None
    span: Span = field(eq=False)


@frozen(kw_only=True)
class CountItems:
    """How many things there are: a range while some are uncertain."""

    items: Items
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class CountConditions:
    """How many of some conditions hold: a range while some are unknown."""

    conditions: tuple[Condition, ...]
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class CountSet:
    """How many members a set has."""

    set: Fact
    type: ValueType
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Aggregate:
    """The sum, least or greatest of one value over the things of a list."""

    function: Literal["sum", "min", "max"]
    items: Items
    value: Value
    type: ValueType
    span: Span = field(eq=False)


Value: TypeAlias = (
    Constant
    | Parameter
    | Fact
    | DecisionValue
    | AsOf
    | Days
    | Arithmetic
    | CountItems
    | CountConditions
    | CountSet
    | Aggregate
)


@frozen(kw_only=True)
class Always:
    """The cells ``-`` and ``otherwise``: true whatever is known."""

    span: Span = field(eq=False)


@frozen(kw_only=True)
class Holds:
    """A truth value standing as a condition."""

    value: Value
    span: Span = field(eq=False)


@frozen(kw_only=True)
class And:
    """All of them hold."""

    conditions: tuple[Condition, ...]
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Or:
    """At least one of them holds."""

    conditions: tuple[Condition, ...]
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Not:
    """It does not hold."""

    condition: Condition
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Compare:
    """Two values compared."""

    operator: Comparator
    left: Value
    right: Value
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Test:
    """One test of a value: the bounds that it has to keep.

    ``supplier`` is ``(("=", supplier),)``, ``[1..5)`` is ``((">=", 1), ("<", 5))``.
    """

    bounds: tuple[tuple[Comparator, Value], ...]
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Among:
    """A value passes one of several tests (or, ``negated``, none of them).

    A cell, or an ``in ( … )``: one test as a whole on a decision's candidates.
    """

    value: Value
    tests: tuple[Test, ...]
    negated: bool
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Contains:
    """A set has a member."""

    set: Fact
    member: Value
    span: Span = field(eq=False)


@frozen(kw_only=True)
class Quantified:
    """Some, or every, thing of a list satisfies a condition.

    ``items.condition`` is a filter written behind the list's name (usually ``None``);
    ``condition`` is what ``satisfies`` asks, of the same ``items.variable``.
    """

    quantifier: Literal["some", "every"]
    items: Items
    condition: Condition
    span: Span = field(eq=False)


@frozen(kw_only=True)
class IsEmpty:
    """A set, or the part of a list that a filter keeps, has nothing in it."""

    of: Fact | Items
    span: Span = field(eq=False)


@frozen(kw_only=True)
class IsKnown:
    """Something is known (or, not ``known``, unknown): a fact, a decision, or a whole list."""

    of: Value | Items
    known: bool
    span: Span = field(eq=False)


Condition: TypeAlias = (
    Always | Holds | And | Or | Not | Compare | Among | Contains | Quantified | IsEmpty | IsKnown
)
