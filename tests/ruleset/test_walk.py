"""Gaps, overlaps and rows that are never reached are found, and only those that are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

import pytest
from attrs import evolve

from b2brules.language.truth import Truth
from b2brules.ruleset.diagnostics import Diagnostic
from b2brules.ruleset.model import Book
from b2brules.ruleset.walk.checks import check_book

Decisions: TypeAlias = Mapping[str, Mapping[str, str] | str]
Check: TypeAlias = Callable[[Decisions], tuple[Diagnostic, ...]]
MakeBook: TypeAlias = Callable[[Decisions], Book]
Holds: TypeAlias = Callable[..., tuple[Truth, ...]]
Deal: TypeAlias = Callable[[Diagnostic], tuple[dict[str, Any], date]]

TODAY = date(2026, 1, 1)


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code for one in found]


# --- what is found ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "when", "example"),
    [
        pytest.param(
            {"yes": "superiority >= three", "no": "superiority < 2"},
            " when `superiority` is 2",
            {"superiority": 2},
            id="between two thresholds, one of them a parameter",
        ),
        pytest.param(
            {"yes": "superiority > 2", "no": "superiority < 2"},
            " when `superiority` is 2",
            {"superiority": 2},
            id="at a threshold",
        ),
        pytest.param(
            {"yes": "superiority > 2", "no": "superiority <= 1.999999"},
            " when `superiority` is 2",
            {"superiority": 2},
            id="between two numbers that are next to each other",
        ),
        pytest.param(
            {"yes": "incumbent = us", "no": "incumbent = rival"},
            " when `incumbent` is nobody",
            {"incumbent": "nobody"},
            id="a word",
        ),
        pytest.param(
            {"yes": "separable_part", "no": "not(separable_part) and criteria_changeable"},
            " when `separable_part` is false and `criteria_changeable` is false",
            {"separable_part": False, "criteria_changeable": False},
            id="truth values",
        ),
        pytest.param(
            {"yes": "days_since(assessed_on) <= 30", "no": "days_since(assessed_on) > 31"},
            " when `assessed_on` is 2025-12-01",
            {"assessed_on": date(2025, 12, 1)},
            id="days since a date",
        ),
        pytest.param(
            {"yes": "days_since(assessed_on) <= 30"},
            " when `assessed_on` is 2025-12-01",
            {"assessed_on": date(2025, 12, 1)},
            id="longer ago, but not never",
        ),
        pytest.param(
            {"yes": "days_until(close_date) < 30", "no": "days_until(close_date) > 30"},
            " when `close_date` is 2026-01-31",
            {"close_date": date(2026, 1, 31)},
            id="days until a date",
        ),
        pytest.param(
            {"yes": "created < 2026-03-01", "no": "created > as_of"},
            " when `created` is 2026-03-01",
            {"created": date(2026, 3, 1)},
            id="a date that is compared with two days",
        ),
        pytest.param(
            {"yes": "signed_on >= 1900-01-01", "no": "signed_on > as_of"},
            " when `signed_on` is never",
            {"signed_on": "never"},
            id="a date that never was",
        ),
        pytest.param(
            {"yes": "last_stage_change > assessed_on", "no": "last_stage_change < assessed_on"},
            "",
            {"last_stage_change": date(2026, 1, 1), "assessed_on": date(2026, 1, 1)},
            id="two dates",
        ),
        pytest.param(
            {"yes": "changes is empty", "no": "price in changes or count(changes) >= 2"},
            " when `changes` is [specification]",
            {"changes": ["specification"]},
            id="a set",
        ),
        pytest.param(
            {"yes": "count(separable_part, sole_supplier, scarce) in (0, 3)", "no": "scarce"},
            " when `separable_part` is false and `sole_supplier` is true and `scarce` is false",
            {"separable_part": False, "sole_supplier": True, "scarce": False},
            id="a count of conditions",
        ),
        pytest.param(
            {"yes": "amount >= a_million", "no": "amount * 2 < a_million"},
            " when `amount` is 999999 CNY",
            {"amount": {"amount": 999999, "currency": "CNY"}},
            id="an amount, and its double",
        ),
        pytest.param(
            {"yes": "superiority * 2 - 1 >= 5", "no": "1 - superiority > -1"},
            " when `superiority` is 2",
            {"superiority": 2},
            id="a calculation with one number",
        ),
        pytest.param(
            {"yes": 'stage = "won"', "no": 'stage = "lost"'},
            " when `stage` is another",
            {"stage": "another"},
            id="a text",
        ),
        pytest.param(
            {
                "yes": "some p in people satisfies p.support = enemy",
                "no": "every p in people satisfies p.support in (mentor, supporter)",
            },
            "",
            {"people": [{"id": "p1", "support": "non_supporter"}]},
            id="people",
        ),
        pytest.param(
            {"yes": "count(people[support = enemy]) >= 1", "no": "count(people) <= 1"},
            "",
            {
                "people": [
                    {"id": "p1", "support": "non_supporter"},
                    {"id": "p2", "support": "non_supporter"},
                ]
            },
            id="two counts of people",
        ),
        pytest.param(
            {
                "yes": "superiority >= min(competitors.superiority)",
                "no": "superiority < 1",
            },
            " when `superiority` is 1",
            {"superiority": 1, "competitors": [{"id": "c1", "superiority": 2}]},
            id="the least of a list",
        ),
        pytest.param(
            {"yes": "amount > quote", "no": "amount < quote"},
            "",
            None,
            id="two amounts",
        ),
    ],
)
def test_a_case_without_a_row_is_told_with_a_deal(
    rows: Mapping[str, str], when: str, example: dict[str, Any] | None, check: Check, the_deal: Deal
) -> None:
    (found,) = check({"d": rows})
    assert found.code == "gap"
    assert found.message == f"no row of `d` holds{when}"
    deal, _ = the_deal(found)
    if example is not None:
        assert deal == example


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            {"yes": "superiority >= three", "no": "superiority < three"}, id="a parameter"
        ),
        pytest.param({"yes": "veterans_assigned > 3", "no": "veterans_assigned < 4"}, id="whole"),
        pytest.param({"yes": "stage_progress > 0", "no": "stage_progress = 0"}, id="minimum"),
        pytest.param({"yes": "stage_progress < 1", "no": "stage_progress >= 1"}, id="maximum"),
        pytest.param(
            {"yes": "days_since(assessed_on) > 30", "no": "days_until(assessed_on) >= -30"},
            id="days since and until",
        ),
        pytest.param({"yes": "amount > quote", "no": "quote >= amount"}, id="two amounts"),
        pytest.param({"yes": "incumbent in (us, rival)", "no": "incumbent = nobody"}, id="words"),
        pytest.param({"yes": "not(incumbent = us)", "no": "incumbent = us"}, id="not"),
        pytest.param({"yes": "incumbent :: not(us)", "no": "incumbent :: us"}, id="not in a cell"),
        pytest.param(
            {"yes": "veterans_assigned > 2.5", "no": "veterans_assigned < 2.5"}, id="no such number"
        ),
        pytest.param({"yes": "price in changes", "no": "not(price in changes)"}, id="a member"),
        pytest.param(
            {"yes": "changes is empty", "no": "count(changes) > 0"}, id="the size of a set"
        ),
        pytest.param(
            {"yes": "people[support = enemy] is empty", "no": "count(people[support = enemy]) > 0"},
            id="the size of a list",
        ),
        pytest.param(
            {
                "yes": "some p in people satisfies p.support = enemy",
                "no": "every who in people satisfies not(who.support = enemy)",
            },
            id="some and every",
        ),
        pytest.param(
            {"yes": "min(competitors.superiority) > 1", "no": "min(competitors.superiority) <= 1"},
            id="the least of a list",
        ),
        pytest.param(
            {
                "yes": "some p in people satisfies p.reports_to = p.id",
                "no": "not(some q in people satisfies q.reports_to = q.id)",
            },
            id="the same question under another name",
        ),
    ],
)
def test_a_table_with_a_row_for_every_case_is_complete(
    rows: Mapping[str, str], check: Check
) -> None:
    assert check({"d": rows}) == ()


def test_decisions_are_followed_down_to_the_facts(check: Check, the_deal: Deal) -> None:
    ahead = {"yes": "superiority >= 3", "no": "otherwise"}
    level = {"yes": "superiority >= 2", "no": "otherwise"}
    (found,) = check(
        {"far": ahead, "near": level, "d": {"go": "far = yes", "stop": "far = no and near = no"}}
    )
    assert found.message == "no row of `d` holds when `far` is no and `near` is yes"
    assert the_deal(found) == ({"superiority": 2}, TODAY)


def test_outcomes_that_never_come_together_leave_no_gap(check: Check) -> None:
    ahead = {"yes": "superiority >= 3", "no": "otherwise"}
    level = {"yes": "superiority >= 2", "no": "otherwise"}
    # Only `far = yes and near = no` has no row, and no deal is so.
    rows = {"go": "far = yes and near = yes", "stop": "far = no"}
    assert check({"far": ahead, "near": level, "d": rows}) == ()


def test_one_way_to_a_gap_that_no_deal_takes_does_not_hide_another(check: Check) -> None:
    always = {"yes": "superiority >= 3 or superiority < 3", "no": "otherwise"}
    # `far = no` has no row either, but never comes.
    rows = {"go": "far = yes and criteria_changeable", "stop": "scarce"}
    found = [one for one in check({"far": always, "d": rows}) if one.code == "gap"]
    assert "`far` is yes and `criteria_changeable` is false" in found[0].message.replace(
        "`criteria_changeable` is false and `far` is yes",
        "`far` is yes and `criteria_changeable` is false",
    )


def test_a_formula_is_led_to_the_figure_that_shows_the_gap(check: Check, the_deal: Deal) -> None:
    score = "account.revenue_score * 0.5 + account.potential_score * 0.5"
    (found,) = check({"score": score, "d": {"yes": "score >= 8", "no": "score < 6"}})
    assert found.code == "gap"
    scores = the_deal(found)[0]["account"]
    assert 6 <= scores["revenue_score"] * 0.5 + scores["potential_score"] * 0.5 < 8


def test_a_decision_for_each_thing_is_shown_with_one(check: Check, the_deal: Deal) -> None:
    rows = {"yes": "c.rating >= 3", "no": "c.rating < 2"}
    (found,) = check({"d for c in account.competencies": rows})
    assert found.message == "no row of `d` holds when `c.rating` is 2"
    assert the_deal(found)[0] == {"account": {"competencies": [{"id": "bidding", "rating": 2}]}}


def test_the_day_is_chosen_where_the_gap_hangs_on_it(check: Check, the_deal: Deal) -> None:
    rows = {"yes": "assessed_on < 2026-03-01 or assessed_on > as_of", "no": "as_of >= 2026-05-01"}
    (found,) = check({"d": rows})
    deal, day = the_deal(found)
    assert date(2026, 3, 1) <= deal["assessed_on"] <= day < date(2026, 5, 1)


def test_a_gap_that_no_deal_was_found_for_asks_for_otherwise(check: Check) -> None:
    rows = {"yes": "some q in people satisfies q.reports_to = p.id", "no": "p.layer = executive"}
    (found,) = check({"d for p in people": rows})
    assert (found.code, found.help) == ("possible-gap", "end the table with `otherwise`")
    assert check({"d for p in people": {**rows, "no_2": "otherwise"}}) == ()


def test_rows_of_a_unique_table_that_hold_together_are_told_once_each(check: Check) -> None:
    rows = {
        "yes": "superiority >= 3",
        "no": "superiority < 3",
        "no_2": "superiority < 1",
        "no_3": "superiority < 2 and superiority > 1",
    }
    found = check({"unique d": rows})
    assert [one.message for one in found] == [
        "`no` and `no_2` hold together when `superiority` is 0",
        "`no` and `no_3` hold together when `superiority` is 1.1",
    ]
    assert [one.line for one in found] == [4, 5]
    assert check({"d": {"yes": "superiority >= 3", "no": "otherwise"}}) == ()


def test_otherwise_overlaps_with_nothing(check: Check) -> None:
    rows = {"yes": "superiority >= 3", "no": "superiority < 2", "maybe": "otherwise"}
    assert check({"unique d": rows}) == ()


def test_outcomes_that_never_come_together_do_not_overlap(check: Check) -> None:
    ahead = {"yes": "superiority >= 3", "no": "otherwise"}
    level = {"yes": "superiority >= 2", "no": "otherwise"}
    rows = {"go": "far = yes", "stop": "near = no", "wait": "far = no and near = yes"}
    assert check({"far": ahead, "near": level, "unique d": rows}) == ()


@pytest.mark.parametrize(
    ("policy", "rows", "message"),
    [
        (
            "first",
            {"yes": "superiority >= 3 and superiority < 2", "no": "otherwise"},
            "`yes` can never hold",
        ),
        ("first", {"yes": "scarce and three < 2", "no": "otherwise"}, "`yes` can never hold"),
        (
            "unique",
            {"yes": "superiority >= 3 and superiority < 2", "no": "otherwise"},
            "`yes` can never hold",
        ),
        (
            "first",
            {"yes": "superiority >= 3", "no": "superiority > 4", "no_2": "otherwise"},
            "`no` is never reached, since `yes` takes all its cases",
        ),
        (
            "first",
            {
                "yes": "scarce",
                "no": "not(scarce) and superiority > 2",
                "maybe": "superiority > 3",
                "no_2": "otherwise",
            },
            "`maybe` is never reached, since `yes` and `no` take all its cases",
        ),
        (
            "first",
            {"yes": "incumbent in (us, rival)", "no": "incumbent = nobody", "no_2": "otherwise"},
            "no case is left for `no_2`",
        ),
        (
            "unique",
            {"yes": "incumbent in (us, rival)", "no": "incumbent = nobody", "no_2": "otherwise"},
            "no case is left for `no_2`",
        ),
    ],
)
def test_a_row_that_is_never_reached_is_told(
    policy: str, rows: Mapping[str, str], message: str, check: Check
) -> None:
    (found,) = check({f"{policy} d": rows})
    assert (found.code, found.message) == ("unreachable-row", message)


def test_a_parameter_that_a_caller_changed_may_put_a_row_out_of_use(
    make_book: MakeBook, rows_that_hold: Holds
) -> None:
    book = make_book({"d": {"yes": "superiority < three - 3", "no": "otherwise"}})
    confirm = lambda *asked: rows_that_hold(book, *asked)  # noqa: E731
    assert codes(check_book(book, confirm)) == ["unreachable-row"]
    changed = evolve(book.parameters["three"], value=Decimal(2))
    book = evolve(book, parameters={**book.parameters, "three": changed})
    assert check_book(book, confirm) == ()
