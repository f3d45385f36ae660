"""Running cases: what holds, what fails, and why."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from b2brules.advice.model import Proof, RecommendationProof
from b2brules.rulebook import Rulebook

GIVEN = "superiority: 2, incumbent: rival, people: [{id: p1, support: enemy}]"


@pytest.fixture
def run_one(book: Rulebook, tmp_path: Path) -> Callable[..., Path]:
    """How to write one case to a file of its own."""

    def write_case(expected: str, given: str = GIVEN) -> Path:
        path = tmp_path / "one" / "ours.cases.yaml"
        path.parent.mkdir(exist_ok=True)
        text = f"- name: Ours is ours\n  given: {{{given}}}\n  expect: {{{expected}}}\n"
        path.write_text(text, "utf-8")
        return path

    return write_case


@pytest.mark.parametrize(
    ("expected", "difference"),
    [
        (
            "strategy: frontal",
            "`strategy` is `flanking` or `develop`, and `frontal` is expected: Ours is ours",
        ),
        ("double: 5", "`double` is `4`, and `5` is expected: Ours is ours"),
        ("double: ?", "`double` is `4`, and unknown is expected: Ours is ours"),
        (
            '"people[p1].stance": keep',
            "`people[p1].stance` is `win`, and `keep` is expected: Ours is ours",
        ),
        (
            '"people[p9].stance": keep',
            "`people[p9].stance` is not decided, and `keep` is expected: Ours is ours",
        ),
        ("certain: [meet]", "`meet` is only possible: Ours is ours"),
        ("certain: [press]", "`press` is not recommended: Ours is ours"),
        ("possible: [press]", "`press` is not recommended: Ours is ours"),
        ("absent: [meet]", "`meet` is recommended as possible: Ours is ours"),
    ],
)
def test_a_case_that_fails_says_what_is_found_and_what_is_expected(
    expected: str, difference: str, book: Rulebook, run_one: Callable[..., Path]
) -> None:
    (found,) = book.check_cases(run_one(expected))
    assert found.message == difference
    assert (found.code, found.line) == ("case-fails", 1)


def test_what_is_certain_is_neither_possible_nor_absent(
    book: Rulebook, run_one: Callable[..., Path]
) -> None:
    given = "superiority: 3, incumbent: rival"
    messages = [
        one.message
        for level in ("possible", "absent")
        for one in book.check_cases(run_one(f"{level}: [press]", given))
    ]
    assert messages == [
        "`press` is certain: Ours is ours",
        "`press` is recommended: Ours is ours",
    ]


def test_a_case_that_holds_says_nothing(book: Rulebook, run_one: Callable[..., Path]) -> None:
    path = run_one("strategy: [flanking, develop], double: 4, possible: [meet], absent: [press]")
    assert book.check_cases(path) == ()
    assert book.run_cases(path).to_text() == "1 case holds\n"


def test_cases_are_run_with_all_that_stands_in_a_folder(book: Rulebook, folder: Path) -> None:
    run = book.run_cases(folder)
    assert (run.cases, run.failures, run.failed) == (7, (), 0)
    assert run.to_text() == "7 cases hold\n"


TEXT = """\
ours.cases.yaml:1:3: Ours is ours
  double: expected `5`, found `4`
    - superiority * 2
      with superiority = 2
    Source: project "Double" (ours)

  strategy: expected `frontal`, found `flanking` or `develop`
    front → frontal: does not hold
      - superiority: >= ahead — does not hold
        with superiority = 2, ahead = 3
    flank → flanking: open
      - criteria_changeable and marks.risk = plus — open
        not known: criteria_changeable, marks.risk
      Source: project "Flank" (ours)
    wait → develop: holds
      Nothing speaks for an attack.
      Source: project "Wait" (ours)

  press: expected certain, found absent
    press: does not hold
      - strategy: frontal — does not hold
        with strategy = flanking or develop
    Source: project "Go" (ours)

1 of 1 cases fails
"""


def test_the_difference_is_explained_by_rows_and_conditions(
    book: Rulebook, run_one: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = run_one("double: 5, strategy: frontal, certain: [press]")
    monkeypatch.chdir(path.parent)
    run = book.run_cases(path.name)
    assert run.to_text() == TEXT
    double, strategy, press = run.failures
    assert (double.expected, double.found) == (Decimal(5), Decimal(4))
    assert isinstance(strategy.proof, Proof)
    assert isinstance(press.proof, RecommendationProof)
    assert [clause.holds for clause in press.proof.matches[0].clauses] == [False, True]


def test_an_account_review_makes_no_decision_about_a_deal(
    book: Rulebook, run_one: Callable[..., Path]
) -> None:
    path = run_one("strategy: develop, certain: [press]", "account: {name: A}")
    strategy, press = book.run_cases(path).failures
    assert (strategy.found, press.found) == ((), "absent")
    assert (strategy.proof, press.proof) == (None, None)
    assert "strategy: expected `develop`, found not decided\n" in book.run_cases(path).to_text()
