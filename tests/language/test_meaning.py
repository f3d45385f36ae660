"""What conditions and cells mean: the lines of expressions.txt and cells.txt, each a test."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve, frozen

from b2brules.engines.reference import Evaluation
from b2brules.facts import Account, Opportunity, read_document
from b2brules.facts.rates import read_rates
from b2brules.language import Scope, read_cell, read_condition, read_value
from b2brules.language.truth import Truth
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 21)
TRUTHS: dict[str, Truth] = {"true": True, "false": False, "unknown": None}


@frozen(kw_only=True)
class Line:
    """One case: what is asked (a condition, or a column and a cell), of which facts."""

    place: str
    asked: tuple[str, ...]
    facts: str
    truth: Truth
    rates: Rates


def cases(name: str, asked: int) -> list[object]:
    """Read the cases of a file; the first ``asked`` parts of a line say what is asked."""
    found: list[object] = []
    for number, line in enumerate((HERE / name).read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        place = f"{name}:{number}"
        parts = line.split(" ; ")
        if len(parts) not in (asked + 2, asked + 3) or parts[asked + 1] not in TRUTHS:
            raise ValueError(f"{place}: {asked + 2} parts with ` ; ` between them are wanted")
        rates = dict(part.split("=") for part in parts[asked + 2 :])
        case = Line(
            place=place,
            asked=tuple(parts[:asked]),
            facts=parts[asked],
            truth=TRUTHS[parts[asked + 1]],
            rates=read_rates({pair: Decimal(rate) for pair, rate in rates.items()}),
        )
        found.append(pytest.param(case, id=place))
    return found


def evaluation(line: Line, book: Book) -> Evaluation:
    deal = read_document(book.vocabulary, line.facts, format="yaml")
    if isinstance(deal, Account):
        deal = Opportunity(account=deal)
    return Evaluation(book, deal, AS_OF, line.rates)


@pytest.mark.parametrize("line", cases("expressions.txt", asked=1))
def test_a_condition_means_what_its_line_says(line: Line, book: Book, scope: Scope) -> None:
    condition = read_condition(line.asked[0], evolve(scope, asks_what_is_known=True))
    truth = evaluation(line, book).holds(condition, {})
    assert truth is line.truth, f"{line.place}: {line.asked[0]}"


@pytest.mark.parametrize("line", cases("cells.txt", asked=2))
def test_a_cell_means_what_its_line_says(line: Line, book: Book, scope: Scope) -> None:
    column, cell = line.asked
    condition = read_cell(cell, read_value(column, scope), scope)
    truth = evaluation(line, book).holds(condition, {})
    assert truth is line.truth, f"{line.place}: {column} | {cell}"
