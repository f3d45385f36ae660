"""Books made of a few conditions, for tests that look at tables only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import pytest
import yaml

from b2brules.engines.reference import Evaluation
from b2brules.facts import Money, Opportunity, Vocabulary
from b2brules.facts.types import EnumerationType, MoneyType, NumberType
from b2brules.language import Scope, Signature, read_cell, read_condition, read_value
from b2brules.language.tree import Condition
from b2brules.language.truth import Truth
from b2brules.ruleset.diagnostics import Diagnostic
from b2brules.ruleset.model import (
    Binding,
    Book,
    Clause,
    Decision,
    Formula,
    Parameter,
    Position,
    Row,
    Table,
)
from b2brules.ruleset.walk.checks import check_book

VOCABULARY = Vocabulary()
HERE = Position(path="rules.yaml", line=1, column=1)

Rows: TypeAlias = Mapping[str, str]
"""What each row asks, by its id, which begins with its outcome: `yes_1`."""

Decisions: TypeAlias = Mapping[str, Rows | str]
"""The rows, or the formula, of each decision; a name such as `unique d for p in people`."""


def read(text: str, scope: Scope) -> Condition:
    """Read a condition, or a cell behind its column: `incumbent :: not(us)`."""
    column, separator, cell = text.partition(" :: ")
    if separator:
        return read_cell(cell, read_value(column, scope), scope)
    return read_condition(text, scope)


def parameter(name: str, value: Decimal | Money) -> Parameter:
    return Parameter(
        name=name,
        value=value,
        default=value,
        type=MoneyType() if isinstance(value, Money) else NumberType(),
        unit="to one",
        minimum=None,
        maximum=None,
        citations=(),
        basis="ours",
        checked=date(2026, 1, 1),
        position=HERE,
    )


def make_book(decisions: Decisions) -> Book:
    """Make a book of tables; of the parameters `three` and `a_million`, and no text."""
    given = (
        parameter("three", Decimal(3)),
        parameter("a_million", Money(amount=Decimal(1_000_000), currency="CNY")),
    )
    parameters = {one.name: one for one in given}
    scope = Scope(
        vocabulary=VOCABULARY,
        parameters={name: one.type for name, one in parameters.items()},
    )
    made: dict[str, Decision] = {}
    for heading, content in decisions.items():
        head, _, for_ = heading.partition(" for ")
        *policy, name = head.split()
        binding = None
        variables = {}
        if for_:
            variable, list_ = for_.split(" in ")
            binding = Binding(variable=variable, list=tuple(list_.split(".")))
            variables = {variable: binding.list}
        signatures = {
            other: Signature(type=one.type, list=None if one.binding is None else one.binding.list)
            for other, one in made.items()
        }
        own = Scope(
            vocabulary=VOCABULARY,
            parameters=scope.parameters,
            decisions=signatures,
            variables=variables,
        )
        if isinstance(content, str):
            value = read_value(content, own)
            assert isinstance(value.type, NumberType | MoneyType)
            made[name] = Formula(
                name=name,
                binding=binding,
                type=value.type,
                text=content,
                value=value,
                citations=(),
                basis="ours",
                ruleset="rules",
                position=HERE,
            )
            continue
        outcomes = tuple(dict.fromkeys(id.split("_")[0] for id in content))
        rows = []
        for number, (id, text) in enumerate(content.items(), start=2):
            place = Position(path="rules.yaml", line=number, column=1)
            clauses = tuple(
                Clause(
                    column="when",
                    text=part.strip(),
                    condition=read(part.strip(), own),
                    position=place,
                )
                for part in text.split("|")
                if part.strip() != "-"
            )
            then = id.split("_")[0]
            rows.append(
                Row(id=id, clauses=clauses, then=then, citations=(), basis="ours", position=place)
            )
        made[name] = Table(
            name=name,
            binding=binding,
            type=EnumerationType(outcomes),
            outcomes=outcomes,
            hit_policy="unique" if policy == ["unique"] else "first",
            rows=tuple(rows),
            ruleset="rules",
            position=HERE,
        )
    return Book(
        vocabulary=VOCABULARY,
        sources={},
        parameters=parameters,
        decisions=made,
        recommendations={},
        texts={},
        deal_decisions=frozenset(),
        deal_recommendations=frozenset(),
        fingerprint="0" * 16,
    )


def rows_that_hold(
    book: Book, table: Table, deal: Opportunity, as_of: date, id: str | None
) -> tuple[Truth, ...]:
    evaluation = Evaluation(book, deal, as_of, {})
    things = evaluation.bound(table.binding, id)
    return tuple(evaluation.holds_all(row.clauses, things) for row in table.rows)


def check(decisions: Decisions) -> tuple[Diagnostic, ...]:
    book = make_book(decisions)
    return check_book(book, lambda *asked: rows_that_hold(book, *asked))


@pytest.fixture(name="make_book", scope="session")
def make_book_fixture() -> Callable[[Decisions], Book]:
    """How to make a book from the rows and formulas of its decisions."""
    return make_book


@pytest.fixture(name="check", scope="session")
def check_fixture() -> Callable[[Decisions], tuple[Diagnostic, ...]]:
    """How to check such a book as a rulebook is checked, with the reference engine."""
    return check


@pytest.fixture(name="rows_that_hold", scope="session")
def rows_that_hold_fixture() -> Callable[..., tuple[Truth, ...]]:
    """How to ask the reference engine which rows of a table hold."""
    return rows_that_hold


@pytest.fixture(scope="session")
def the_deal() -> Callable[[Diagnostic], tuple[dict[str, Any], date]]:
    """How to read the example in a help line: the deal, and its day."""

    def read_it(found: Diagnostic) -> tuple[dict[str, Any], date]:
        match = re.search(r"such a deal(?: on (.{10}))?: (.*)$", found.help or "")
        assert match is not None, found.help
        day = date.fromisoformat(match[1]) if match[1] else date(2026, 1, 1)
        return yaml.safe_load(match[2]), day

    return read_it
