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
        ("strateg", "there is no decision or recommendation `strateg`; did you mean `strategy`?"),
        ("xyz", "there is no decision or recommendation `xyz`; the decisions are"),
        (
            "people[p1].stanc",
            "there is no decision or recommendation `people[p1].stanc`; did you mean `stance`?",
        ),
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


# --- recommendations ------------------------------------------------------------------------------

RECOMMENDED = """\
Is calm recommended?
====================
As of 2026-11-21: Yes.

THE RULE
  calm (person = 李伟 (p1)): holds
    Answer the objections of 李伟.
    - person.support: enemy — holds
      with people[p1].support = enemy
  calm (person = p2): open
    Answer the objections of p2.
    - person.support: enemy — open
      not known: people[p2].support
  Source: tas "F" (inferred)
"""


def test_a_recommendation_is_explained_for_each_thing_that_it_is_about(
    explain: Callable[..., Any], deal: Path
) -> None:
    done = explain("calm", deal)
    assert done.out == RECOMMENDED
    assert (done.status, done.err) == (0, "")
    alone = explain("calm", "--for", "person=p2", deal)
    assert "As of 2026-11-21: Perhaps" in alone.out
    assert "p1" not in alone.out


def test_what_is_not_recommended_is_explained_by_the_condition_that_fails(
    explain: Callable[..., Any],
) -> None:
    friend = "people: [{id: p1, support: mentor, has_veto: true}]"
    done = explain("calm", "--lang", "zh", stdin=friend)
    assert "截至 2026-11-21：否。" in done.out
    assert "- person.support: enemy — 不成立" in done.out
    nobody = explain("calm", stdin="people: []")
    assert "There is nothing in people that it could be about." in nobody.out
    proof = json.loads(explain("calm", "--format", "json", stdin=friend).out)
    assert (proof["recommendation"], proof["certainty"]) == ("calm", None)
    (match,) = proof["matches"]
    assert (match["bindings"], match["holds"]) == ({"person": "p1"}, False)
    assert match["clauses"][0]["facts"] == {"people[p1].support": "mentor"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("clam",), "there is no decision or recommendation `clam`; did you mean `calm`?"),
        (("calm", "--for", "boss=p1"), "`calm` has no variable `boss`; it has `person`"),
        (("strategy", "--for", "person=p1"), "`strategy` has no variable `person`; it has none"),
        (("calm", "--for", "person=p9"), "`calm` has nothing to hold for with `person=p9`; write"),
        (("calm", "--for", "person"), "`person` is no VARIABLE=ID"),
    ],
)
def test_what_a_recommendation_cannot_be_explained_for_is_said_in_one_line(
    explain: Callable[..., Any], deal: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = explain(*arguments, deal)
    assert message in done.err
    assert done.err.count("\n") == 1
    assert (done.status, done.out) == (2, "")


def test_an_account_review_is_not_asked_what_is_asked_of_a_deal(
    explain: Callable[..., Any],
) -> None:
    done = explain("calm", stdin="account: {name: A}")
    assert "`calm` is not asked of an account on its own; give a deal" in done.err
    assert done.status == 2
