"""The conditions and cells that the docs show come to what the docs say."""

from __future__ import annotations

from datetime import date

import pytest

from b2brules.engines.reference import Evaluation
from b2brules.facts import Opportunity
from b2brules.facts.document import read_document
from b2brules.language import Scope, Signature, read_cell, read_condition, read_value
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book
from b2brules.ruleset.shipped import shipped_rulesets
from tests.docs.pages import ROOT, read_blocks

AS_OF = date(2026, 11, 21)
PAGE = ROOT / "docs" / "language.md"
TRUTHS = {"true": True, "false": False, "unknown": None}


def shown(name: str) -> list[list[str]]:
    """Return the lines of the blocks with a name, taken apart at their semicolons."""
    return [
        [part.strip() for part in line.split(" ; ")]
        for block in read_blocks(PAGE.read_text("utf-8"))
        if block.name == name
        for line in block.lines
        if line and not line.startswith("#")
    ]


@pytest.fixture(scope="module")
def book() -> Book:
    return load((shipped_rulesets(),), {})


@pytest.fixture(scope="module")
def scope(book: Book) -> Scope:
    return Scope(
        vocabulary=book.vocabulary,
        decisions={
            name: Signature(type=one.type, list=one.binding.list if one.binding else None)
            for name, one in book.decisions.items()
        },
        parameters={name: one.type for name, one in book.parameters.items()},
        asks_what_is_known=True,
    )


def evaluation_of(facts: str, book: Book) -> Evaluation:
    deal = read_document(book.vocabulary, facts)
    assert isinstance(deal, Opportunity)
    return Evaluation(book, deal, AS_OF, {})


@pytest.mark.parametrize(("condition", "facts", "truth"), shown("truths"))
def test_a_condition_comes_to_what_the_docs_say(
    book: Book, scope: Scope, condition: str, facts: str, truth: str
) -> None:
    found = evaluation_of(facts, book).holds(read_condition(condition, scope), {})
    assert found is TRUTHS[truth]


@pytest.mark.parametrize(("column", "cell", "facts", "truth"), shown("cells"))
def test_a_cell_holds_as_the_docs_say(
    book: Book, scope: Scope, column: str, cell: str, facts: str, truth: str
) -> None:
    condition = read_cell(cell, read_value(column, scope), scope)
    assert evaluation_of(facts, book).holds(condition, {}) is TRUTHS[truth]


def test_the_truth_table_of_the_docs_is_kleenes(book: Book, scope: Scope) -> None:
    words = {"true": "true", "false": "false", "unknown": ""}
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in PAGE.read_text("utf-8").splitlines()
        if line.startswith(("| true |", "| unknown |", "| false |"))
    ]
    assert len(rows) == 9
    for a, b, both, either, negated in rows:
        evaluation = evaluation_of(
            f"{{under_attack: {words[a]}, first_purchase: {words[b]}}}", book
        )
        for condition, truth in [
            ("under_attack and first_purchase", both),
            ("under_attack or first_purchase", either),
            ("not(under_attack)", negated),
        ]:
            assert evaluation.holds(read_condition(condition, scope), {}) is TRUTHS[truth]
