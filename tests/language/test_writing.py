"""A tree is written as text that means the same."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings

from b2brules.engines.reference import Evaluation
from b2brules.facts import Opportunity, read
from b2brules.language import Scope, read_cell, read_condition, read_value
from b2brules.language.writing import write_cell, write_condition, write_value
from b2brules.ruleset.model import Book
from tests.language.conditions import Document, conditions, numbers, whole_documents

AS_OF = date(2026, 11, 21)


@settings(max_examples=300, deadline=None)
@given(text=conditions(), document=whole_documents())
def test_a_condition_written_and_read_again_means_the_same(
    text: str, document: Document, book: Book, scope: Scope
) -> None:
    first = read_condition(text, scope)
    written = write_condition(first)
    again = read_condition(written, scope)
    assert write_condition(again) == written
    deal = read(book.vocabulary, document)
    assert isinstance(deal, Opportunity)
    evaluation = Evaluation(book, deal, AS_OF, {})
    assert evaluation.holds(again, {}) == evaluation.holds(first, {})


@settings(max_examples=200, deadline=None)
@given(text=numbers())
def test_a_value_written_and_read_again_is_the_same(text: str, scope: Scope) -> None:
    first = read_value(text, scope)
    assert read_value(write_value(first), scope) == first


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("incumbent", "us"),
        ("incumbent", "not(us, rival)"),
        ("superiority", ">= 3"),
        ("superiority", "[1..3), > 4"),
        ("superiority", "(1..3]"),
        ("channel", "false"),
        ("created", "< 2026-11-21"),
        ("name", '"Fee collection"'),
    ],
)
def test_a_cell_is_written_as_it_stands_in_a_table(column: str, cell: str, scope: Scope) -> None:
    assert write_cell(read_cell(cell, read_value(column, scope), scope)) == cell


@pytest.mark.parametrize(
    "text",
    [
        "(channel or ubv_confirmed) and not(incumbent = us)",
        "(some x in people satisfies x.has_veto) and channel",
        "(superiority - 1) * 2 > 3 - (1 - superiority)",
        "count(people[support = enemy]) >= 2",
        "max(competitors[attacking].superiority) > 2",
        "days_since(created) > 30 or price in changes",
        "account.needs is empty and people is unknown",
    ],
)
def test_brackets_stand_where_they_are_needed_and_nowhere_else(text: str, scope: Scope) -> None:
    scope = evolve(scope, asks_what_is_known=True)
    assert write_condition(read_condition(text, scope)) == text
