"""Gaps, overlaps and rows that are never reached are found, and only those that are there."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, TypeAlias

import pytest
import yaml
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from b2brules.engines.reference import Evaluation
from b2brules.facts import Account, Money, Opportunity, Vocabulary, read
from b2brules.facts.types import TruthType
from b2brules.language.truth import Truth
from b2brules.ruleset.coverage import check_book
from b2brules.ruleset.diagnostics import Diagnostic
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book, Table
from b2brules.ruleset.shipped import shipped_rulesets
from b2brules.ruleset.space import Space
from b2brules.ruleset.walk import MAXIMUM_STEPS, Budget, cover

Decisions: TypeAlias = Mapping[str, Mapping[str, str] | str]
Check: TypeAlias = Callable[[Decisions], tuple[Diagnostic, ...]]
MakeBook: TypeAlias = Callable[[Decisions], Book]
Holds: TypeAlias = Callable[..., tuple[Truth, ...]]

TODAY = date(2026, 1, 1)
VOCABULARY = Vocabulary()


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def the_deal(found: Diagnostic) -> tuple[dict[str, Any], date]:
    """The example in a help line, and its day."""
    assert found.help is not None
    match = re.search(r"such a deal(?: on (.{10}))?: (.*)$", found.help)
    assert match is not None, found.help
    return yaml.safe_load(match[2]), date.fromisoformat(match[1]) if match[1] else TODAY


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
    rows: Mapping[str, str], when: str, example: dict[str, Any] | None, check: Check
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


def test_decisions_are_followed_down_to_the_facts(check: Check) -> None:
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


def test_a_formula_is_led_to_the_figure_that_shows_the_gap(check: Check) -> None:
    score = "account.revenue_score * 0.5 + account.potential_score * 0.5"
    (found,) = check({"score": score, "d": {"yes": "score >= 8", "no": "score < 6"}})
    assert found.code == "gap"
    scores = the_deal(found)[0]["account"]
    assert 6 <= scores["revenue_score"] * 0.5 + scores["potential_score"] * 0.5 < 8


def test_a_decision_for_each_thing_is_shown_with_one(check: Check) -> None:
    rows = {"yes": "c.rating >= 3", "no": "c.rating < 2"}
    (found,) = check({"d for c in account.competencies": rows})
    assert found.message == "no row of `d` holds when `c.rating` is 2"
    assert the_deal(found)[0] == {"account": {"competencies": [{"id": "bidding", "rating": 2}]}}


def test_the_day_is_chosen_where_the_gap_hangs_on_it(check: Check) -> None:
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


# --- what it costs ------------------------------------------------------------------------------


def scattered_rows(count: int) -> dict[str, str]:
    """Rows that each ask three of the deal's marks and truth values, without any order."""
    book = VOCABULARY.facts
    marks = [f"{name} = minus" for name in book if name.startswith("marks.")]
    truths = [name for name, one in book.items() if one.type == TruthType() and "." not in name]
    random = Random(7)
    rows = {}
    for number in range(count):
        asked = random.sample(marks + truths, 3)
        said = [one if random.random() < 0.5 else f"not({one})" for one in asked]
        rows[f"{random.choice(('yes', 'no'))}_{number}"] = " and ".join(said)
    return rows


def test_a_table_with_too_many_cases_is_asked_for_otherwise(check: Check) -> None:
    rows = scattered_rows(400)
    (found,) = check({"d": rows})
    assert (found.code, found.help) == ("walk-limit", "end the table with `otherwise`")
    assert check({"d": {**rows, "no": "otherwise"}}) == ()


def test_a_hostile_table_costs_no_more_than_its_limit(
    make_book: MakeBook, rows_that_hold: Holds
) -> None:
    book = make_book({"d": scattered_rows(1000)})
    table = Space(book).tables["d"]
    budget = Budget(MAXIMUM_STEPS)
    assert not cover(table.rows, Space(book).everything, budget).finished
    assert MAXIMUM_STEPS < budget.spent < MAXIMUM_STEPS + 1000


def test_the_shipped_rules_take_few_steps() -> None:
    space = Space(load([shipped_rulesets()]))
    spent = {}
    for name, table in space.tables.items():
        budget = Budget(MAXIMUM_STEPS)
        assert cover(table.rows, space.everything, budget).finished
        spent[name] = budget.spent
    # Most of a walk is pruned: `competitive_strategy` alone has tens of thousands of regions.
    assert max(spent.values()) < 2_000, spent


def test_no_value_that_a_parameter_may_have_opens_a_gap_in_the_shipped_rules(
    rows_that_hold: Holds,
) -> None:
    book = load([shipped_rulesets()])
    for name, parameter in book.parameters.items():
        for bound in (parameter.minimum, parameter.maximum):
            if bound is None or isinstance(parameter.value, Money):
                continue
            changed = {**book.parameters, name: evolve(parameter, value=bound)}
            other = evolve(book, parameters=changed)
            assert check_book(other, lambda *asked, of=other: rows_that_hold(of, *asked)) == ()


# --- held against every deal there is -----------------------------------------------------------

# For each fact its values, one in every region that the conditions below can tell apart.
GRID: dict[str, tuple[object, ...]] = {
    "incumbent": ("us", "rival", "nobody"),
    "separable_part": (True, False),
    "superiority": tuple(Decimal(number) / 2 for number in range(6)),
    "veterans_assigned": (0, 1, 2, 3),
}
DEALS = [
    Opportunity(**dict(zip(GRID, values, strict=True)))  # type: ignore[arg-type]
    for values in itertools.product(*GRID.values())
]

signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
words = st.sampled_from(["us", "rival", "nobody"])
thresholds = st.sampled_from(["0", "1", "2"])


def one_of_each(first: Any, second: Any, shape: str) -> Any:
    return st.tuples(first, second).map(lambda parts: shape.format(*parts))


plain = st.one_of(
    words.map("incumbent = {}".format),
    words.map("incumbent != {}".format),
    st.just("incumbent in (us, nobody)"),
    st.sampled_from(["separable_part", "not(separable_part)"]),
    one_of_each(signs, thresholds, "superiority {} {}"),
    one_of_each(thresholds, thresholds, "superiority in (<= {}, > {})"),
    one_of_each(signs, thresholds, "veterans_assigned {} {}"),
    one_of_each(signs, thresholds, "2 - superiority {} {}"),
    one_of_each(thresholds, signs, "{} {} superiority"),
    st.sampled_from(["veterans_assigned in ([1..2))", "superiority in ((1..2])"]),
)


def joined(parts: Any) -> Any:
    return st.one_of(
        one_of_each(parts, parts, "({} and {})"),
        one_of_each(parts, parts, "({} or {})"),
        parts.map("not({})".format),
        st.tuples(parts, parts, parts, signs, thresholds).map(
            lambda given: "count({}, {}, {}) {} {}".format(*given)
        ),
    )


conditions = st.recursive(plain, joined, max_leaves=4)


@st.composite
def tables(draw: st.DrawFn, asked: Any = conditions) -> dict[str, str]:
    """The rows of a table, some with `otherwise` as the last."""
    rows = draw(st.lists(asked, min_size=1, max_size=5))
    table = {f"{'yes' if number % 2 else 'no'}_{number}": text for number, text in enumerate(rows)}
    if draw(st.booleans()):
        table["maybe_last"] = "otherwise"
    return table


def truths_of(book: Book, name: str, rows_that_hold: Holds) -> list[tuple[Truth, ...]]:
    table = book.decisions[name]
    assert isinstance(table, Table)
    return [rows_that_hold(book, table, deal, TODAY, None) for deal in DEALS]


def first_true(truths: Sequence[Truth]) -> int | None:
    return next((number for number, truth in enumerate(truths) if truth), None)


@given(rows=tables(), policy=st.sampled_from(["first", "unique"]))
def test_the_walk_finds_what_looking_at_every_deal_finds(
    rows: dict[str, str], policy: str, check: Check, make_book: MakeBook, rows_that_hold: Holds
) -> None:
    truths = truths_of(make_book({f"{policy} d": rows}), "d", rows_that_hold)
    found = check({f"{policy} d": rows})
    ids = list(rows)
    last = len(rows) - 1 if rows[ids[-1]] == "otherwise" else len(rows)
    gap = any(first_true(each) is None for each in truths)
    overlapping = {
        second for each in truths for second in range(last) if each[second] and any(each[:second])
    }
    reached = {first_true(each) for each in truths}
    ever = {number for each in truths for number, truth in enumerate(each) if truth}
    if policy == "first":
        overlapping, missed = set(), set(range(len(rows))) - reached
    else:
        missed = {n for n in range(len(rows)) if n not in (reached if n == last else ever)}
    assert ("gap" in codes(found)) == gap
    told = {ids.index(str(one.message).split("`")[3]) for one in found if one.code == "overlap"}
    assert told == overlapping
    unreached = [one.line - 2 for one in found if one.code == "unreachable-row"]
    assert set(unreached) == missed
    assert not {"possible-gap", "walk-limit"} & set(codes(found))


@given(first=tables(), second=tables(), third=tables())
def test_a_gap_behind_decisions_is_found_if_and_only_if_a_deal_has_it(
    first: dict[str, str],
    second: dict[str, str],
    third: dict[str, str],
    check: Check,
    make_book: MakeBook,
    rows_that_hold: Holds,
) -> None:
    # Two decisions that are always made, and a third that asks for their outcomes besides.
    below = {
        "one": {**first, "no_last": "otherwise", "yes_last": "scarce"},
        "two": {**second, "no_end": "otherwise", "yes_end": "scarce"},
    }
    for table in below.values():
        table.pop("maybe_last", None)
    asked = ("one = yes", "two in (no)", "one = two", "one != no and two = yes", "-")
    rows = {
        f"{id}_up": text if text == "otherwise" else f"({text}) and {more}".replace(" and -", "")
        for (id, text), more in zip(third.items(), itertools.cycle(asked), strict=False)
    }
    book = {**below, "d": rows}
    truths = truths_of(make_book(book), "d", rows_that_hold)
    gap = any(first_true(each) is None for each in truths)
    found = [one for one in check(book) if one.line == 1 or "`d`" in one.message]
    assert ("gap" in codes(found)) == gap
    assert "possible-gap" not in codes(found)


# --- nothing is missed, and what is told is so --------------------------------------------------

loose = st.one_of(
    plain,
    st.sampled_from(
        [
            "changes is empty",
            "price in changes",
            "count(changes) >= 2",
            "(some p in people satisfies p.support = enemy)",
            "(every p in people satisfies p.support in (mentor, supporter))",
            "people is empty",
            "count(people[layer = executive]) = 1",
            "(some p in people satisfies p.layer = executive and p.support != enemy)",
            "days_since(assessed_on) > 30",
            "days_since(assessed_on) <= 10",
            "assessed_on < last_stage_change",
            "assessed_on < 2025-12-15",
            "last_stage_change = as_of",
            "superiority < min(competitors.superiority)",
            "max(competitors.superiority) >= 2",
            "superiority >= veterans_assigned",
            "superiority * veterans_assigned > 3",
            'stage = "won"',
            "amount >= a_million",
            "amount > quote",
        ]
    ),
)
loose_conditions = st.recursive(loose, joined, max_leaves=3)
days = st.sampled_from(["never", *(date(2025, 12, day) for day in (1, 2, 15, 22)), TODAY])
documents = st.fixed_dictionaries(
    {
        **{name: st.sampled_from(values) for name, values in GRID.items()},
        "changes": st.sampled_from([[], ["price"], ["price", "terms"], ["terms", "supplier"]]),
        "people": st.lists(
            st.fixed_dictionaries(
                {
                    "support": st.sampled_from(["enemy", "mentor", "neutral"]),
                    "layer": st.sampled_from(["executive", "middle"]),
                }
            ),
            max_size=2,
        ).map(lambda people: [{"id": f"p{n}", **one} for n, one in enumerate(people)]),
        "competitors": st.lists(
            st.sampled_from([1, 2, 3]).map(lambda number: {"superiority": number}), max_size=2
        ).map(lambda rivals: [{"id": f"c{n}", **one} for n, one in enumerate(rivals)]),
        "assessed_on": days,
        "last_stage_change": days,
        "stage": st.sampled_from(["won", "lost"]),
        "amount": st.sampled_from([1, 999_999, 1_000_000, 2_000_000]),
        "quote": st.sampled_from([1, 1_000_000, 3_000_000]),
        "currency": st.just("CNY"),
    }
)


@given(rows=tables(loose_conditions), document=documents)
def test_a_deal_without_a_row_never_goes_unreported(
    rows: dict[str, str],
    document: dict[str, Any],
    check: Check,
    make_book: MakeBook,
    rows_that_hold: Holds,
) -> None:
    book = make_book({"d": rows})
    table = book.decisions["d"]
    found = check({"d": rows})
    deal = read(book.vocabulary, document)
    truths = rows_that_hold(book, table, deal, TODAY, None)
    if not any(truth is not False for truth in truths):
        assert {"gap", "possible-gap", "walk-limit"} & set(codes(found))
    held = first_true(truths)
    if held is not None and None not in truths[:held]:
        assert held + 2 not in [one.line for one in found if one.code == "unreachable-row"]


@given(rows=tables(loose_conditions), policy=st.sampled_from(["first", "unique"]))
def test_the_deal_in_a_message_shows_what_it_says(
    rows: dict[str, str], policy: str, check: Check, make_book: MakeBook
) -> None:
    book = make_book({f"{policy} d": rows})
    for one in check({f"{policy} d": rows}):
        if one.code not in ("gap", "overlap"):
            continue
        document, day = the_deal(one)
        deal = read(book.vocabulary, document)
        if isinstance(deal, Account):
            deal = Opportunity(account=deal)
        evaluation = Evaluation(book, deal, day, {})
        if one.code == "gap":
            assert evaluation.decide("d", None).candidates == ()  # type: ignore[union-attr]
        else:
            table = book.decisions["d"]
            assert isinstance(table, Table)
            named = [row for row in table.rows if f"`{row.id}`" in one.message]
            assert [evaluation.holds_all(row.clauses, {}) for row in named] == [True, True]
