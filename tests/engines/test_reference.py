"""The reference engine: how rows become decisions, and rules recommendations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from b2brules.advice.conclusions import Conclusion, Conclusions, Match, Verdict
from b2brules.engines.reference import ReferenceEngine
from b2brules.facts import Money, read_document
from b2brules.language.values import Rates
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book

AS_OF = date(2026, 11, 21)

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    sources = tmp_path_factory.mktemp("sources") / "sources.yaml"
    sources.write_text(
        "project: {author: we, title: Choices, publisher: we, date: '2026', checked: 2026-11-21}\n"
    )
    return load([HERE / "reference.yaml", sources])


def concluded(book: Book, facts: str, rates: Rates | None = None) -> Conclusions:
    deal = read_document(book.vocabulary, facts, format="yaml")
    return ReferenceEngine(book).conclude(deal, AS_OF, {} if rates is None else rates)


def decided(book: Book, facts: str, name: str, id: str | None = None) -> Conclusion:
    return concluded(book, facts).decisions[name, id]


def verdict(*candidates: str, rule: str | None = None) -> Verdict:
    return Verdict(candidates=candidates, rule=rule)


def matches(book: Book, facts: str, rule: str) -> list[tuple[tuple[str, ...], bool]]:
    return [
        (match.bindings, match.certain)
        for match in concluded(book, facts).matches
        if match.rule == rule
    ]


# --- rows ---------------------------------------------------------------------------------------


def test_the_first_true_row_decides_and_is_cited(book: Book) -> None:
    facts = "{event: {driver: false, dated: true}, risk_reward_purchase: true}"
    assert decided(book, facts, "opening") == verdict("weak", rule="dated")


def test_an_unknown_row_leaves_its_outcome_possible_and_the_scan_goes_on(book: Book) -> None:
    assert decided(book, "{event: {dated: true}}", "opening") == verdict("weak", "yes")


def test_rows_below_a_true_one_are_not_read(book: Book) -> None:
    assert decided(book, "{event: {driver: true}}", "opening") == verdict("yes", rule="pressed")


def test_with_nothing_known_every_outcome_is_a_candidate_in_the_order_of_outcomes(
    book: Book,
) -> None:
    assert decided(book, "{}", "opening") == verdict("no", "weak", "yes")


def test_unknown_rows_of_one_outcome_decide_and_the_true_one_is_cited(book: Book) -> None:
    facts = "{event: {dated: false}, risk_reward_purchase: true}"
    assert decided(book, facts, "opening") == verdict("yes", rule="again")


def test_a_sole_candidate_of_an_unknown_row_is_decided_and_cites_that_row(book: Book) -> None:
    # Row `open` is unknown, row `shut` is false: nothing but `go` is left.
    facts = "{event: {driver: true}}"
    assert decided(book, facts, "go") == verdict("go", rule="open")


def test_a_table_none_of_whose_rows_can_hold_has_no_candidates(book: Book) -> None:
    assert decided(book, "{event: {driver: true}, channel: true}", "go") == verdict()


def test_a_cell_tests_all_candidates_of_another_decision_at_once(book: Book) -> None:
    facts = "{event: {driver: null, dated: true}, channel: false}"
    assert decided(book, facts, "opening") == verdict("weak", "yes")
    assert decided(book, facts, "go") == verdict("go", rule="open")


def test_a_decision_of_things_is_made_for_each_of_them(book: Book) -> None:
    facts = "{people: [{id: p1, support: mentor}, {id: p2, support: enemy}, {id: p3}]}"
    found = concluded(book, facts).decisions
    assert {key: value for key, value in found.items() if key[0] == "stance"} == {
        ("stance", "p1"): verdict("close", rule="near"),
        ("stance", "p2"): verdict("far", rule="off"),
        ("stance", "p3"): verdict("close", "far"),
    }


@pytest.mark.parametrize("facts", ["{}", "{people: []}"])
def test_a_decision_of_things_is_made_for_none_if_there_are_none(book: Book, facts: str) -> None:
    assert not [key for key in concluded(book, facts).decisions if key[0] == "stance"]


# --- formulas -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("superiority", "third"),
    [("3", "1"), ("1", "0.333333"), ("2", "0.666667"), ("0.000003", "0.000001"), ("0", "0")],
)
def test_a_formula_is_rounded_to_six_places(book: Book, superiority: str, third: str) -> None:
    found = decided(book, f"{{superiority: {superiority}}}", "third")
    assert found == Decimal(third)
    assert str(found) == third


@pytest.mark.parametrize(
    ("superiority", "half"),
    [("0.000001", "0"), ("0.000003", "0.000002"), ("0.000005", "0.000002")],
)
def test_half_is_rounded_to_the_even_digit(book: Book, superiority: str, half: str) -> None:
    assert decided(book, f"{{superiority: {superiority}}}", "half") == Decimal(half)


def test_a_formula_reads_another_one_as_it_is_shown(book: Book) -> None:
    # 2/3 is 0.666667; twice the rounded third is 0.666666.
    assert decided(book, "{superiority: 1}", "twice_the_third") == Decimal("0.666666")


def test_a_formula_without_all_of_its_facts_is_unknown(book: Book) -> None:
    found = concluded(book, "{amount: 5}").decisions
    assert found["third", None] is None
    assert found["margin", None] is None


def test_a_formula_of_amounts_keeps_the_currency_of_its_first_amount(book: Book) -> None:
    facts = "{amount: {amount: 2, currency: USD}, quote: 7, currency: CNY}"
    rates = {("USD", "CNY"): Decimal(7)}
    assert concluded(book, facts, rates).decisions["margin", None] == Money(
        amount=Decimal(1), currency="USD"
    )
    assert concluded(book, facts).decisions["margin", None] is None


def test_a_formula_of_things_is_a_number_for_each(book: Book) -> None:
    facts = "{account: {competencies: [{id: safety, importance: 5, rating: 2}, {id: quality}]}}"
    found = concluded(book, facts).decisions
    assert (found["gap", "safety"], found["gap", "quality"]) == (Decimal(3), None)


def test_amounts_of_an_account_are_in_its_currency_else_in_the_deals(book: Book) -> None:
    items = "cost_items: [{id: i1, annual_cost: 5}]"
    cost = Money(amount=Decimal(5), currency="USD")
    assert decided(book, f"{{account: {{currency: USD, {items}}}}}", "account_cost") == cost
    assert decided(book, f"{{currency: USD, account: {{{items}}}}}", "account_cost") == cost
    facts = f"{{currency: CNY, account: {{currency: USD, {items}}}}}"
    assert decided(book, facts, "account_cost") == cost


# --- recommendations ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ("{event: {driver: true}}", [((), True)]),
        ("{event: {dated: true}}", [((), False)]),
        ("{event: {driver: false, dated: true}}", []),
        ("{}", [((), False)]),
    ],
)
def test_a_recommendation_is_certain_possible_or_left_out(
    book: Book, facts: str, found: list[tuple[tuple[str, ...], bool]]
) -> None:
    assert matches(book, facts, "press_on") == found


def test_what_is_known_is_never_uncertain(book: Book) -> None:
    assert matches(book, "{}", "ask_for_more") == [((), True)]
    assert matches(book, "{superiority: 1}", "ask_for_more") == []


def test_two_variables_over_one_list_stand_for_distinct_things(book: Book) -> None:
    facts = "{people: [{id: p1, reports_to: p2}, {id: p2, reports_to: p3}, {id: p3}]}"
    assert matches(book, facts, "win_the_boss") == [
        (("p1", "p2"), True),
        (("p2", "p3"), True),
        (("p3", "p1"), False),
        (("p3", "p2"), False),
    ]


def test_things_of_two_lists_may_have_the_same_id(book: Book) -> None:
    facts = "{people: [{id: a, support: mentor}], competitors: [{id: a}, {id: b}]}"
    assert matches(book, facts, "meet") == [(("a", "a"), True), (("a", "b"), True)]


@pytest.mark.parametrize("facts", ["{}", "{people: []}"])
def test_a_rule_for_things_has_no_match_without_things(book: Book, facts: str) -> None:
    assert matches(book, facts, "win_the_boss") == []


def test_matches_come_in_the_order_of_rules_and_things(book: Book) -> None:
    facts = "{people: [{id: p2, reports_to: p1}, {id: p1}], event: {driver: true}}"
    assert concluded(book, facts).matches == (
        Match(rule="press_on", bindings=(), certain=True),
        Match(rule="ask_for_more", bindings=(), certain=True),
        Match(rule="win_the_boss", bindings=("p2", "p1"), certain=True),
        Match(rule="win_the_boss", bindings=("p1", "p2"), certain=False),
    )


def test_an_amount_in_an_unknown_currency_is_a_possible_match(book: Book) -> None:
    known = "{id: i2, annual_cost: {amount: 2000, currency: CNY}}"
    facts = f"{{account: {{cost_items: [{{id: i1, annual_cost: 2000}}, {known}]}}}}"
    assert matches(book, facts, "cut_the_cost") == [
        (("i1",), False),
        (("i2",), True),
    ]


# --- account reviews ----------------------------------------------------------------------------


def test_an_account_review_leaves_out_what_reads_deal_facts(book: Book) -> None:
    lists = "competencies: [{id: safety}], cost_items: [{id: i1, annual_cost: 2000}]"
    facts = f"{{account: {{currency: CNY, {lists}}}}}"
    found = concluded(book, facts)
    assert list(found.decisions) == [("gap", "safety"), ("account_cost", None)]
    assert [match.rule for match in found.matches] == ["cut_the_cost"]


def test_a_deal_with_an_account_is_no_account_review(book: Book) -> None:
    found = concluded(book, "{phase: selling, account: {currency: CNY}}")
    assert {name for name, _ in found.decisions} >= {"opening", "go", "third", "account_cost"}


def test_the_same_input_gives_the_same_conclusions(book: Book) -> None:
    facts = "{event: {dated: true}, people: [{id: p1}, {id: p2, support: mentor}], superiority: 1}"
    assert concluded(book, facts) == concluded(book, facts)
