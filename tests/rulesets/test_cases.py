"""The cases that stand beside the shipped rule files: what they show, and what they notice."""

from __future__ import annotations

import datetime

import pytest

import b2brules
from b2brules.casework.claims import claims_of
from b2brules.engines import ENGINES
from b2brules.engines.reference import Evaluation
from b2brules.ruleset.cases import load_cases
from b2brules.ruleset.files import SOURCES, SURVIVORS
from b2brules.ruleset.shipped import shipped_rulesets

BOOK = b2brules.load_rulebook()
CASES = load_cases([shipped_rulesets()], BOOK._book)

MOST_SURVIVORS = 5
"""How many of a hundred changes may go unnoticed."""


def test_every_case_holds() -> None:
    run = BOOK.run_cases()
    assert run.failures == (), run.to_text()
    assert run.cases == len(CASES)


@pytest.mark.parametrize("engine", sorted(set(ENGINES) - {"reference"}))
def test_every_engine_says_of_a_case_what_the_reference_engine_says(engine: str) -> None:
    for case in CASES:
        found = BOOK.evaluate(case.deal, as_of=case.as_of, engine=engine).conclusions
        expected = Evaluation(BOOK._book, case.deal, case.as_of, {}).conclusions()
        assert found.decisions == expected.decisions, case.name
        assert set(found.matches) == set(expected.matches), case.name


def test_every_ruleset_has_cases_beside_it() -> None:
    folder = shipped_rulesets()
    apart = (SOURCES, SURVIVORS)
    files = {path for path in folder.rglob("*.yaml") if path.name not in apart}
    cases = {path for path in files if path.name.endswith(".cases.yaml")}
    assert {path.name for path in cases} == {
        path.name.replace(".yaml", ".cases.yaml") for path in files - cases
    }


def test_cases_show_every_row_outcome_and_recommendation_to_hold_and_to_fail() -> None:
    coverage = BOOK.cover()
    assert coverage.unshown == (), coverage.to_text()


def test_cases_notice_nearly_every_change_and_the_rest_has_a_reason() -> None:
    mutation = BOOK.mutate()
    assert mutation.stale == (), mutation.to_text()
    assert mutation.share <= MOST_SURVIVORS, mutation.to_text()
    assert mutation.unexplained == (), mutation.to_text()


def test_a_case_expects_something() -> None:
    assert [case.name for case in CASES if not list(claims_of(case))] == []


def test_nothing_known_gives_few_certain_recommendations_and_no_decision_by_guess() -> None:
    advice = BOOK.evaluate(BOOK.read({}), as_of=datetime.date(2026, 11, 21))
    assert len(advice.certain) <= 6
    assert {name for name, one in advice.decisions.items() if one.decided} == set()
