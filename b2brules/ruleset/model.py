"""What the rule files say, once they are read and checked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

from b2brules.facts.types import Money, ValueType
from b2brules.facts.vocabulary import Vocabulary
from b2brules.language.tree import Condition, Value

Basis: TypeAlias = Literal["sourced", "inferred", "ours"]
HitPolicy: TypeAlias = Literal["unique", "first"]
Language: TypeAlias = Literal["en", "zh"]

OWNERS = (
    "account_manager",
    "sales_manager",
    "presales",
    "delivery",
    "executive_sponsor",
    "product",
)
PRIME = ("prove", "retrieve", "insulate", "minimize", "emphasize")
WHEN = "when"
"""The column that holds whole conditions; any other tests the value in its heading."""

BASES: tuple[Basis, ...] = ("sourced", "inferred", "ours")


DecisionKey: TypeAlias = tuple[str, str | None]
"""A decision's name, and the id of the thing that it is decided for (``None``: the deal)."""


@frozen(kw_only=True)
class Position:
    """A place in a rule file: lines and columns count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@frozen(kw_only=True)
class Source:
    """A published work that rules cite, or ``project`` for the project's own choices."""

    id: str
    author: str
    title: str
    publisher: str
    date: str
    checked: datetime.date


@frozen(kw_only=True)
class Citation:
    """A source and the place in it: ``tas "3:1"``."""

    source: str
    locator: str | None

    def __str__(self) -> str:
        return self.source if self.locator is None else f'{self.source} "{self.locator}"'


@frozen(kw_only=True)
class Parameter:
    """A named number with unit, source and basis.

    ``value`` is what is in force, ``default`` what the file says. A unit that is a currency code
    makes it an amount.
    """

    name: str
    value: Decimal | Money
    default: Decimal | Money
    type: ValueType
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    citations: tuple[Citation, ...]
    basis: Basis
    checked: datetime.date
    position: Position = field(eq=False)


@frozen(kw_only=True)
class Binding:
    """A variable that stands for each thing of a list in turn: ``ally in people``.

    Args:
        list: Where the list stands: ``("people",)`` or ``("account", "cost_items")``.
    """

    variable: str
    list: tuple[str, ...]


@frozen(kw_only=True)
class Clause:
    """One cell of a row, or its ``when``: rows hold when all of their clauses do.

    Args:
        column: The column's heading as written (``superiority``, ``when``).
        text: The cell as written, white space folded.
        condition: What it means.
    """

    column: str
    text: str
    condition: Condition
    position: Position = field(eq=False)


@frozen(kw_only=True)
class Row:
    """One rule of a decision table."""

    id: str
    clauses: tuple[Clause, ...]
    then: str
    citations: tuple[Citation, ...]
    basis: Basis
    position: Position = field(eq=False)


@frozen(kw_only=True)
class Table:
    """A decision that is one of a few outcomes."""

    name: str
    binding: Binding | None
    type: ValueType
    outcomes: tuple[str, ...]
    hit_policy: HitPolicy
    rows: tuple[Row, ...]
    ruleset: str
    position: Position = field(eq=False)


@frozen(kw_only=True)
class Formula:
    """A decision that is a number or an amount."""

    name: str
    binding: Binding | None
    type: ValueType
    text: str
    value: Value
    citations: tuple[Citation, ...]
    basis: Basis
    ruleset: str
    position: Position = field(eq=False)


Decision: TypeAlias = Table | Formula


@frozen(kw_only=True)
class Recommendation:
    """A rule that recommends an action, once for each match of its bindings.

    Args:
        target: The variable whose thing the action is aimed at; ``None`` without bindings.
        within: Days from ``as_of`` until the action is due.
        priority: 1 (first) to 5.
    """

    id: str
    bindings: tuple[Binding, ...]
    clauses: tuple[Clause, ...]
    target: str | None
    prime: str | None
    owner: str
    within: int
    priority: int
    citations: tuple[Citation, ...]
    basis: Basis
    ruleset: str
    position: Position = field(eq=False)


Changed: TypeAlias = Literal[
    "row", "recommendation", "parameter", "outcomes", "hit_policy", "formula", "text"
]


@frozen(kw_only=True)
class Change:
    """What an overlay did to one thing of the rules that it was laid over.

    Args:
        overlay: The name of the overlay.
        how: ``added``, ``replaced`` or ``disabled``.
        what: What kind of thing it is: ``row``, ``recommendation``, ``parameter``, ``outcomes``
            or ``hit_policy`` of a decision, ``formula``, ``text``.
        id: The row's or recommendation's id, the name of the parameter or decision, the key of the
            text.
        decision: The decision that a row belongs to.
        before: What was there before, in short: a row's outcome, a parameter's number, a formula.
        after: What is there now, likewise.
    """

    overlay: str
    how: Literal["added", "replaced", "disabled"]
    what: Changed
    id: str
    decision: str | None = None
    before: str | None = None
    after: str | None = None
    position: Position = field(eq=False)


Piece: TypeAlias = str | Value
"""Part of a text: words, or a value to be shown in their midst."""

Template: TypeAlias = tuple[Piece, ...]


@frozen(kw_only=True)
class Book:
    """The rulesets loaded together, checked and put in order.

    Args:
        decisions: By name, each after those that it reads.
        recommendations: By id, in the order of the files.
        texts: By key (``competitive_strategy``, ``competitive_strategy = frontal``, a row's or a
            recommendation's id), slot (``""``, ``"action"``, ``"why"``; ``"label"``, where given,
            for an outcome) and language.
        deal_decisions: Names of the decisions that read facts of the deal itself, which an account
            review leaves out; likewise ``deal_recommendations``.
        fingerprint: The first 16 hex digits of the sha256 over files and parameters.
        changes: What overlays have changed, in the order in which they were laid over the rules.
    """

    vocabulary: Vocabulary
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    decisions: Mapping[str, Decision]
    recommendations: Mapping[str, Recommendation]
    texts: Mapping[tuple[str, str, Language], Template]
    deal_decisions: frozenset[str]
    deal_recommendations: frozenset[str]
    fingerprint: str
    changes: tuple[Change, ...] = ()
