"""The example deals and accounts read, cover the method, and give advice in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

import b2brules
from b2brules.advice.serialising import advice_to_json
from b2brules.ruleset.model import Table
from tests.docs.catalogue.reads import shipped_book
from tests.docs.examples import ACCOUNTS, AS_OF, DEALS, PAGE, said
from tests.docs.pages import ROOT

COMPETITIVE_STRATEGY = {
    "frontal": "warehouse_scanners",
    "flanking": "fee_collection",
    "fragment": "city_archive",
    "defend": "lift_contract",
    "develop": "hospital_linen",
    "disengage": "the_fourth_bidder",
}
PURCHASE_PLAY = {
    "protect_and_automate": "label_reorder",
    "break_in": "hospital_linen",
    "defend_and_adapt": "lift_contract",
    "better_offer": "warehouse_scanners",
    "educate_and_map": "fee_collection",
}
RELATIONSHIP_MAP = {
    "red": "the_fourth_bidder",
    "amber": "fee_collection",
    "green": "warehouse_scanners",
}

OF_ACCOUNTS: dict[str, dict[str, str | Decimal | None]] = {
    "northern_grid": {
        "account_score": Decimal("7.7"),
        "key_account": "yes",
        "account_line": "big_project",
        "importance_review": "overdue",
        "needs_review": "due",
        "closeness_review": "overdue",
        "annual_assessment": "due",
    },
    "kaihong_plastics": {
        "account_score": Decimal("4.1"),
        "key_account": "no",
        "account_line": "fast_lane",
        "importance_review": "current",
        "needs_review": "current",
        "closeness_review": "current",
        "annual_assessment": "current",
    },
    "last_years_best": {
        "account_score": None,
        "key_account": None,
        "account_line": None,
        "importance_review": "overdue",
        "needs_review": "due",
        "closeness_review": "due",
        "annual_assessment": None,
    },
}
"""What the decisions about an account come to."""


@pytest.fixture(scope="module")
def book() -> b2brules.Rulebook:
    return b2brules.load_rulebook()


def certain(book: b2brules.Rulebook, name: str) -> set[str]:
    deal = book.read(ROOT / "docs" / "examples" / f"{name}.yaml")
    advice = book.evaluate(deal, as_of=AS_OF)
    return {one.id for one in advice.recommendations if one.certainty == "certain"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", DEALS, ids=lambda path: path.stem)
def test_an_example_deal_leads_to_something_to_do(
    book: b2brules.Rulebook, path: Path, lang: str
) -> None:
    advice = book.evaluate(book.read(path), as_of=AS_OF, lang="en" if lang == "en" else "zh")
    done = [one for one in advice.recommendations if one.certainty == "certain"]
    assert done
    assert advice.questions
    assert json.loads(advice_to_json(advice))["lang"] == lang


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("fee_collection", "alter_the_rules"),
        ("the_contact_who_could_decide", "verify_the_authority"),
        ("the_contact_who_could_decide", "silence_after_the_request"),
        ("manager_and_staff", "cushion_what_the_product_shows"),
        ("manager_and_staff", "solve_for_both"),
        ("urgent_request", "answer_the_urgent_request"),
        ("small_shop", "close_in_the_visit"),
        ("barely_known", "retrieve_compelling_event"),
        ("warehouse_scanners", "commit_the_team"),
        ("warehouse_scanners", "solution_superiority"),
        ("city_archive", "niche"),
        ("lift_contract", "insulate_our_position"),
        ("lift_contract", "rescue_the_overdue_step"),
        ("hospital_linen", "build_for_the_next_one"),
        ("the_fourth_bidder", "leave_early_and_politely"),
        ("label_reorder", "make_reordering_automatic"),
        ("the_old_system", "have_the_value_confirmed"),
        ("signed_and_in_the_news", "watch_who_comes_in"),
    ],
)
def test_the_advice_on_an_example_answers_its_story(
    book: b2brules.Rulebook, name: str, rule: str
) -> None:
    assert rule in certain(book, name)


def value_of(book: b2brules.Rulebook, name: str, decision: str) -> object:
    advice = book.evaluate(book.read(ROOT / "docs" / "examples" / f"{name}.yaml"), as_of=AS_OF)
    return advice[decision].value


@pytest.mark.parametrize(
    ("decision", "examples"),
    [
        ("competitive_strategy", COMPETITIVE_STRATEGY),
        ("purchase_play", PURCHASE_PLAY),
        ("relationship_map", RELATIONSHIP_MAP),
    ],
)
def test_each_strategy_each_play_and_each_map_has_an_example(
    book: b2brules.Rulebook, decision: str, examples: dict[str, str]
) -> None:
    table = shipped_book().decisions[decision]
    assert isinstance(table, Table)
    assert set(examples) == set(table.outcomes)
    for outcome, name in examples.items():
        assert value_of(book, name, decision) == outcome, name


def test_of_one_example_almost_nothing_is_known(book: b2brules.Rulebook) -> None:
    deal = book.read(ROOT / "docs" / "examples" / "barely_known.yaml")
    advice = book.evaluate(deal, as_of=AS_OF)
    assert not [name for name, one in advice.decisions.items() if one.decided]


def test_there_are_ten_deals_and_three_accounts_and_the_page_has_them_all() -> None:
    assert len(DEALS) >= 10
    assert len(ACCOUNTS) >= 3
    page = PAGE.read_text("utf-8")
    for path in (*DEALS, *ACCOUNTS):
        place = path.relative_to(ROOT).as_posix()
        assert f"\n| [{path.stem}](#{path.stem}) |" in page
        assert f"--as-of {AS_OF} {place}\n" in page


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", ACCOUNTS, ids=lambda path: path.stem)
def test_an_example_account_is_reviewed_without_a_deal(
    book: b2brules.Rulebook, path: Path, lang: str
) -> None:
    advice = book.evaluate(book.read(path), as_of=AS_OF, lang="en" if lang == "en" else "zh")
    assert advice.subject.kind == "account"
    assert "competitive_strategy" not in advice.decisions
    assert json.loads(advice_to_json(advice))["lang"] == lang


def test_the_decisions_about_accounts_are_in_the_shipped_rules(book: b2brules.Rulebook) -> None:
    named = {decision for expected in OF_ACCOUNTS.values() for decision in expected}
    assert named - set(book.decisions) == set()


@pytest.mark.parametrize("name", OF_ACCOUNTS)
def test_what_is_known_of_an_account_decides_what_it_should(
    book: b2brules.Rulebook, name: str
) -> None:
    """Which decisions there are is what the test above proves."""
    expected = {
        decision: value
        for decision, value in OF_ACCOUNTS[name].items()
        if decision in book.decisions
    }
    found = {decision: value_of(book, f"accounts/{name}", decision) for decision in expected}
    assert found == expected


def test_an_overdue_account_leads_to_something_to_do(book: b2brules.Rulebook) -> None:
    assert certain(book, "accounts/northern_grid")


def test_a_decision_is_told_in_few_words() -> None:
    def decision(value: str | None, candidates: Iterable[str]) -> b2brules.Decision:
        return b2brules.Decision(name="d", question="?", value=value, candidates=tuple(candidates))

    assert said(decision("red", ["red"])) == "`red`"
    assert said(decision(None, ["amber", "green"])) == "`amber` or `green`"
    assert said(decision(None, ["red", "amber", "green"])) == "open"
