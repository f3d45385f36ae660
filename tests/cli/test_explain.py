"""`b2brules explain`: why a decision came to what it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PROOF = """\
Which strategy do we run? (strategy)
====================================
As of 2026-11-21: Fight head-on. We are 4 to one ahead.

THE ROWS, IN ORDER
  three_to_one → frontal: holds (cited)
    - superiority: >= frontal_superiority — holds
      with superiority = 4, frontal_superiority = 3
    Source: tas "3:1" (sourced)
"""


@pytest.fixture
def explain(run: Callable[..., Any], rules: Path) -> Callable[..., Any]:
    """How to explain with the small rules, on a certain day."""
    return lambda *arguments, **given: run(
        "explain", "--rules", rules, "--as-of", "2026-11-21", *arguments, **given
    )


def test_a_decision_is_explained_row_by_row(explain: Callable[..., Any], deal: Path) -> None:
    done = explain("strategy", deal)
    assert done.out == PROOF
    assert (done.status, done.err) == (0, "")


def test_the_deal_may_stand_first_or_come_from_standard_input(
    explain: Callable[..., Any], deal: Path
) -> None:
    assert explain(deal, "strategy").out == PROOF
    assert explain("strategy", "-", stdin=deal.read_bytes()).out == PROOF
    assert explain("strategy", stdin=deal.read_bytes()).out == PROOF


def test_a_decision_about_a_person_is_explained(explain: Callable[..., Any], deal: Path) -> None:
    done = explain("--lang", "zh", "people[p1].stance", deal)
    assert done.out.startswith("如何对待李伟？（stance）\n")
    assert "限制影响。李伟反对我们。" in done.out
    open_still = explain("people[p2].stance", deal)
    assert "Undecided. Still possible: suppress or defend." in open_still.out
    assert "not known: people[p2].support" in open_still.out


def test_a_proof_as_json_says_which_day_it_is_for(explain: Callable[..., Any], deal: Path) -> None:
    proof = json.loads(explain("--format", "json", "strategy", deal).out)
    assert (proof["as_of"], proof["decision"], proof["value"]) == (
        "2026-11-21",
        "strategy",
        "frontal",
    )
    assert proof["rows"][0]["clauses"][0]["facts"]["superiority"] == "4"


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        ("strateg", "there is no decision `strateg`; did you mean `strategy`?"),
        ("xyz", "there is no decision `xyz`; the decisions are"),
        ("people[p1].stanc", "there is no decision `people[p1].stanc`; did you mean `stance`?"),
        ("stance", "write `people[p1].stance`, `people[p2].stance`"),
        ("people[p9].stance", "write `people[p1].stance`, `people[p2].stance`"),
    ],
)
def test_an_unknown_decision_ends_in_one_line_with_a_remedy(
    explain: Callable[..., Any], deal: Path, decision: str, message: str
) -> None:
    done = explain(decision, deal)
    assert done.err.startswith("b2brules: ")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert (done.status, done.out) == (2, "")


def test_only_one_deal_is_explained(explain: Callable[..., Any]) -> None:
    done = explain("strategy", "-", stdin='{"name": "A"}\n{"name": "B"}\n')
    assert done.err == "-: there are 2 deals here, and one is wanted\n"
    assert (done.status, done.out) == (1, "")


def test_a_decision_has_to_be_named(explain: Callable[..., Any]) -> None:
    done = explain()
    assert done.err == ("b2brules: missing argument 'DECISION'; see `b2brules explain --help`\n")
    assert done.status == 2
