"""The cases that stand beside the shipped rule files."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

import b2brules
from b2brules.advice.model import Advice, Decision
from b2brules.ruleset.cases import Case, load_cases
from b2brules.ruleset.shipped import shipped_rulesets

BOOK = b2brules.load_rulebook()
CASES = load_cases([shipped_rulesets()], BOOK._book)


def decision(advice: Advice, name: str, id: str | None) -> Decision:
    if id is None:
        return advice[name]
    (found,) = (listed[id][name] for listed in advice.things.values() if name in listed.get(id, {}))
    return found


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.position.path.split('/')[-1]}: {case.name}" for case in CASES]
)
def test_what_a_case_expects_is_advised(case: Case) -> None:
    advice = BOOK.evaluate(case.deal, as_of=case.as_of)
    found = {
        key: made.value if isinstance(made.value, Decimal) else made.candidates or made.value
        for key in case.decisions
        for made in [decision(advice, *key)]
    }
    assert found == case.decisions
    certain = {one.id for one in advice.certain}
    possible = {one.id for one in advice.possible}
    assert set(case.certain) <= certain
    assert set(case.possible) <= possible - certain
    assert not set(case.absent) & (certain | possible)


def test_every_ruleset_has_cases_beside_it() -> None:
    folder = shipped_rulesets()
    files = {path for path in folder.rglob("*.yaml") if path.name != "sources.yaml"}
    cases = {path for path in files if path.name.endswith(".cases.yaml")}
    assert {path.name for path in cases} == {
        path.name.replace(".yaml", ".cases.yaml") for path in files - cases
    }


def test_every_row_is_cited_by_a_case() -> None:
    cited = set()
    for case in CASES:
        advice = BOOK.evaluate(case.deal, as_of=case.as_of)
        made = [*advice.decisions.values()]
        made += [
            one for listed in advice.things.values() for id in listed for one in listed[id].values()
        ]
        cited |= {one.rule for one in made}
    tables = [one for one in BOOK._book.decisions.values() if hasattr(one, "rows")]
    assert {row.id for table in tables for row in table.rows} <= cited


def test_every_recommendation_is_certain_in_one_case_and_absent_in_another() -> None:
    shown: set[str] = set()
    missing: set[str] = set()
    every = set(BOOK._book.recommendations)
    for case in CASES:
        advice = BOOK.evaluate(case.deal, as_of=case.as_of)
        shown |= {one.id for one in advice.certain}
        missing |= every - {one.id for one in advice.recommendations}
    assert shown == every
    assert missing == every


def test_nothing_known_gives_few_certain_recommendations_and_no_decision_by_guess() -> None:
    advice = BOOK.evaluate(BOOK.read({}), as_of=datetime.date(2026, 11, 21))
    assert len(advice.certain) <= 6
    assert {name for name, one in advice.decisions.items() if one.decided} == set()
