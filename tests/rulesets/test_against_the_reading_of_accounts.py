"""Accounts that are reviewed on their own: every decision is gone through, past each edge."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest

from b2brules.facts.types import Money
from tests.rulesets import reading
from tests.rulesets.comparison import (
    NO_RATES,
    TODAY,
    UNKNOWN_OR_NOT,
    check,
    combinations,
    crossed,
    facts,
)
from tests.rulesets.strategies import Document

SCORES = ("revenue_score", "potential_score", "demonstration_score", "winnability_score")


def review(account, rates=NO_RATES):
    """Compare the review of an account with the reading, and the same account inside a deal."""
    in_a_deal = check({"id": "d1", "account": account}, rates=rates)
    advice = check({"account": account}, rates=rates)
    for name in reading.decisions_about_the_account({}, TODAY, NO_RATES):
        assert advice[name] == in_a_deal[name]
    return advice


def test_a_review_leaves_out_what_reads_facts_of_a_deal():
    advice = review({"name": "Northern Pumps"})
    left_out = reading.decisions_about_the_deal({}, TODAY, NO_RATES)
    assert left_out.keys() & advice.decisions.keys() == set()
    about_the_account = reading.decisions_about_the_account({}, TODAY, NO_RATES)
    assert about_the_account.keys() <= advice.decisions.keys()


@pytest.mark.parametrize(
    "document",
    [
        {"account": None},
        {"account": {}},
        {"account": {}, "name": None},
        {"account": {}, "people": []},
    ],
    ids=str,
)
def test_a_document_is_a_review_if_account_is_all_that_it_names(document):
    advice = check(document)
    assert advice.subject.kind == ("account" if set(document) == {"account"} else "opportunity")
    assert ("control" in advice.decisions) is (set(document) != {"account"})


# --- scores and ranks ------------------------------------------------------------------------


def test_every_score_agrees():
    for account in combinations(SCORES, (None, 0, 7.333333, 10)):
        review(account)


@pytest.mark.parametrize(
    ("scores", "score"),
    [
        ((10, 10, 10, 10), "10"),
        ((10, 0, 0, 0), "3"),
        ((0, 10, 0, 0), "3"),
        ((0, 0, 10, 0), "2"),
        ((0, 0, 0, 10), "2"),
        # Half a millionth goes to the even side.
        ((0.000005, 0, 0, 0), "0.000002"),
        ((0.000005, 0.00001, 0, 0), "0.000004"),
        ((0, 0, 0, None), None),
    ],
)
def test_the_four_scores_are_weighted(scores, score):
    account = facts(**dict(zip(SCORES, scores, strict=True)))
    assert review(account)["account_score"].value == (None if score is None else Decimal(score))


@pytest.mark.parametrize(
    ("rank", "key", "line"),
    [
        (1, "yes", "big_project"),
        (5, "yes", "big_project"),
        (6, "no", "fast_lane"),
        (1_000, "no", "fast_lane"),
        (None, None, None),
    ],
)
def test_the_first_five_of_an_industry_are_key_accounts(rank, key, line):
    advice = review(facts(rank_in_industry=rank))
    assert (advice["key_account"].value, advice["account_line"].value) == (key, line)


# --- reviews ---------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", [TODAY, date(2024, 2, 29), date(2199, 12, 31)])
def test_every_review_agrees_day_by_day(as_of):
    edges = {
        edge + beside
        for edges in reading.REVIEWS.values()
        for edge in edges
        for beside in (-1, 0, 1)
    }
    for days in sorted({0, 1, 2_000, 36_000, *edges}):
        last = (as_of - timedelta(days)).isoformat()
        check({"account": {f"last_{name}": last for name in reading.REVIEWS}}, as_of)


@pytest.mark.parametrize(
    ("name", "due", "overdue"),
    [
        ("importance_review", 90, 180),
        ("needs_review", 30, 90),
        ("closeness_review", 30, 60),
        ("annual_assessment", 335, 365),
    ],
)
def test_a_review_falls_due_and_then_overdue(name, due, overdue):
    states = {
        0: "current",
        due - 1: "current",
        due: "due",
        overdue - 1: "due",
        overdue: "overdue",
        overdue + 1: "overdue",
    }
    for days, state in states.items():
        last = (TODAY - timedelta(days)).isoformat()
        assert review({f"last_{name}": last})[name].value == state
    assert review({f"last_{name}": "never"})[name].value == "overdue"
    assert review({f"last_{name}": None})[name].candidates == ("current", "due", "overdue")


# --- costs and the budget in them ------------------------------------------------------------


def test_every_cost_item_agrees():
    judged = list(crossed({"high": UNKNOWN_OR_NOT, "recurring": UNKNOWN_OR_NOT}))
    amounts = list(crossed({"addressable": (None, 0, 3), "annual_cost": (None, 0, 7)}))
    segment = {"currency": "CNY", "customers_in_segment": 11}
    items = [{**one, **other} for one, other in itertools.product(judged, amounts)]
    for number, item in enumerate(items):
        first: Document = {"id": "k1", **item}
        second: Document = {"id": "k2", **items[(number * 7 + 3) % len(items)]}
        for list_ in ([first], [first, second]):
            review({**segment, "cost_items": list_})


def test_costs_nobody_listed_are_unknown_and_no_costs_are_nothing():
    advice = review({"currency": "CNY", "customers_in_segment": 11})
    assert advice["budget_fill"].value is None
    advice = review({"currency": "CNY", "customers_in_segment": 11, "cost_items": []})
    nothing = Money(amount=Decimal(0), currency="CNY")
    assert (advice["budget_fill"].value, advice["business_ceiling"].value) == (nothing, nothing)
    assert advice["budget_fill_rate"].value is None


CANDIDATE = {"high": True, "recurring": True}


@pytest.mark.parametrize(
    ("addressable", "annual_cost", "rate"),
    [
        (1, 3, "0.333333"),
        (2, 3, "0.666667"),
        (0, 3, "0"),
        (3, 0, None),
        (0, 0, None),
        # Half a millionth goes to the even side.
        (1, 2_000_000, "0"),
        (3, 2_000_000, "0.000002"),
        (5, 2_000_000, "0.000002"),
    ],
)
def test_the_part_of_the_costs_that_we_could_take_over(addressable, annual_cost, rate):
    item = {"id": "k1", **CANDIDATE, "addressable": addressable, "annual_cost": annual_cost}
    advice = review({"currency": "CNY", "cost_items": [item]})
    assert advice["budget_fill_rate"].value == (None if rate is None else Decimal(rate))


@pytest.mark.parametrize(
    "rates", [{}, {"USD/CNY": Decimal("7.1")}, {"CNY/USD": Decimal("0.14")}], ids=str
)
def test_every_currency_of_the_costs_agrees(rates):
    amounts = (100, {"amount": 33.333333, "currency": "USD"}, {"amount": 9, "currency": "CNY"})
    segment = {"customers_in_segment": 3}
    currencies = (None, "CNY", "USD")
    for first, second, cost in itertools.product(amounts, amounts, amounts):
        items = [
            {"id": "k1", **CANDIDATE, "addressable": first, "annual_cost": cost},
            {"id": "k2", **CANDIDATE, "addressable": second, "annual_cost": 500},
        ]
        account = {**segment, "cost_items": items}
        for theirs, deals in itertools.product(currencies, repeat=2):
            own = facts(currency=theirs)
            check({"id": "d1", **facts(currency=deals), "account": {**account, **own}}, rates=rates)
            check({"account": {**account, **own}}, rates=rates)


def test_an_amount_of_the_account_is_in_its_currency_else_in_the_deals():
    item = {"id": "k1", **CANDIDATE, "addressable": 60_000}
    for theirs, deals, found in [
        ("USD", "CNY", "USD"),
        (None, "CNY", "CNY"),
        ("USD", None, "USD"),
        (None, None, None),
    ]:
        account = {"cost_items": [item], **facts(currency=theirs)}
        advice = check({"id": "d1", **facts(currency=deals), "account": account})
        fill = None if found is None else Money(amount=Decimal(60_000), currency=found)
        assert advice["budget_fill"].value == fill


# --- competencies ----------------------------------------------------------------------------


def test_every_competency_agrees():
    ratings = (None, 1, 2, 3, Decimal("3.999999"), 4, 4.000001, 5)
    importances = (None, 1, 2.333333, 5)
    for competency in crossed({"rating": ratings, "importance": importances}):
        review({"competencies": [{"id": "billing", **competency}]})


@pytest.mark.parametrize(
    ("rating", "importance", "gap", "priority"),
    [
        (1, 5, "yes", "15"),
        (3, 2, "yes", "2"),
        (3.999999, 5, "yes", "0.000005"),
        # Half a millionth goes to the even side.
        (3.999999, 1.5, "yes", "0.000002"),
        (3.999999, 2.5, "yes", "0.000002"),
        (4, 5, "no", "0"),
        (5, 5, "no", "-5"),
        (None, 5, None, None),
        (2, None, "yes", None),
    ],
)
def test_a_competency_below_four_is_a_gap(rating, importance, gap, priority):
    competency = {"id": "billing", **facts(rating=rating, importance=importance)}
    made = review({"competencies": [competency]}).things["competencies"]["billing"]
    assert made["competency_gap"].value == gap
    expected = None if priority is None else Decimal(priority)
    assert made["competency_priority"].value == expected
