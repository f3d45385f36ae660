"""The public face: load, read, evaluate."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import pytest

import b2brules

AS_OF = datetime.date(2026, 11, 21)
BOOK = b2brules.load_rulebook()


def test_a_mapping_and_a_file_and_an_object_with_the_same_facts_get_the_same_advice(
    tmp_path: Path,
) -> None:
    facts = {"incumbent": "us", "people": [{"id": "p1", "support": "enemy"}]}
    file = tmp_path / "deal.json"
    file.write_text(json.dumps(facts), "utf-8")
    built = b2brules.Opportunity(
        incumbent="us", people=(b2brules.Person(id="p1", support="enemy"),)
    )
    answers = {
        BOOK.evaluate(deal, as_of=AS_OF).to_json()
        for deal in (BOOK.read(facts), BOOK.read(file), built, facts)
    }
    assert len(answers) == 1


def test_a_decision_is_neither_true_nor_false() -> None:
    advice = BOOK.evaluate(BOOK.read({"incumbent": "us"}), as_of=AS_OF)
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(advice["competitive_strategy"])


def test_a_parameter_of_the_callers_own_changes_the_decision_and_the_fingerprint() -> None:
    facts = {
        "incumbent": "rival",
        "marks": {"access_to_funds": "plus"},
        "event": {"driver": True, "dated": True, "owner": True, "consequence": True}
        | {"symptom_only": False, "date": "2027-01-01"},
        "superiority": 3,
        "superiority_sustainable": True,
        "criteria_changeable": False,
        "separable_part": False,
        "decision_delayable": True,
    }
    stricter = b2brules.load_rulebook(parameters={"frontal_superiority": 4})
    usual = BOOK.evaluate(BOOK.read(facts), as_of=AS_OF)
    strict = stricter.evaluate(stricter.read(facts), as_of=AS_OF)
    assert usual["competitive_strategy"].value == "frontal"
    assert strict["competitive_strategy"].value == "develop"
    assert usual.rulebook != strict.rulebook


def test_a_parameter_that_is_not_there_is_refused_with_a_suggestion() -> None:
    with pytest.raises(b2brules.ParameterError, match="did you mean `frontal_superiority`"):
        b2brules.load_rulebook(parameters={"frontal_superority": 4})


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (
            {"as_of": datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)},
            TypeError,
            "as_of is a datetime.date",
        ),
        ({"as_of": "2026-11-21"}, TypeError, "as_of is a datetime.date"),
        ({"as_of": datetime.date(1899, 12, 31)}, ValueError, "from 1900 to 2199"),
        ({"as_of": datetime.date(9999, 12, 31)}, ValueError, "from 1900 to 2199"),
        ({"as_of": AS_OF, "lang": "fr"}, ValueError, "`en` or `zh`, not `fr`"),
        ({"as_of": AS_OF, "engine": "pyton"}, ValueError, "did you mean `python`"),
        ({"as_of": AS_OF, "rates": {"USD": 7}}, b2brules.FactsError, "write it as `USD/CNY`"),
        (
            {"as_of": AS_OF, "rates": {"USD/USD": 2}},
            b2brules.FactsError,
            "two different currencies",
        ),
        ({"as_of": AS_OF, "rates": 5}, TypeError, "rates maps pairs of currencies to numbers"),
        ({"as_of": AS_OF, "rates": {"USD/CNY": 0}}, b2brules.FactsError, "not above zero"),
        (
            {"as_of": AS_OF, "rates": {"USD/CNY": Decimal("1e999999999")}},
            b2brules.FactsError,
            "more than 15 digits before the point",
        ),
        (
            {"as_of": AS_OF, "rates": {"USD/CNY": Decimal("1e-999999999")}},
            b2brules.FactsError,
            "or 20 behind it",
        ),
        (
            {"as_of": AS_OF, "rates": {"USD/CNY": 7, "CNY/USD": 2}},
            b2brules.FactsError,
            "one of the",
        ),
        ({"as_of": AS_OF, "rates": {"USD/CNY": True}}, b2brules.FactsError, "not a number"),
        ({"as_of": AS_OF, "rates": {"USD/CNY": float("nan")}}, b2brules.FactsError, "above zero"),
    ],
)
def test_wrong_arguments_are_refused_by_name(
    arguments: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        BOOK.evaluate(BOOK.read({}), **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("overlays", ["defend_the_supporter", Path("mine.yaml"), 5])
def test_overlays_that_are_no_list_are_refused(overlays: object) -> None:
    with pytest.raises(TypeError, match=r"overlays is a list of names or paths; write \["):
        b2brules.load_rulebook(overlays=overlays)  # type: ignore[arg-type]


def test_parameters_that_are_no_mapping_are_refused() -> None:
    with pytest.raises(TypeError, match="parameters maps names to values"):
        b2brules.load_rulebook(parameters=["frontal_superiority=4"])  # type: ignore[arg-type]


def test_what_a_text_cannot_be_is_refused_by_name() -> None:
    advice = BOOK.evaluate({}, as_of=AS_OF)
    writers = (BOOK.rules_to_text, advice.to_text, advice.explain("go_no_go").to_text)
    for to_text in writers:
        with pytest.raises(ValueError, match="width is 40 columns or more, not 10"):
            to_text(width=10)
        for width in ("80", 80.5, True):
            with pytest.raises(TypeError, match="width is a whole number of columns"):
                to_text(width=width)  # type: ignore[arg-type]
    for say in (BOOK.rules_to_text, BOOK.rules_to_json):
        with pytest.raises(ValueError, match="lang is `en` or `zh`, not `de`"):
            say(lang="de")  # type: ignore[arg-type]


def test_something_else_than_a_deal_is_refused() -> None:
    with pytest.raises(TypeError, match="an Opportunity, an Account or a mapping"):
        BOOK.evaluate([{"incumbent": "us"}], as_of=AS_OF)  # type: ignore[arg-type]


def test_an_account_on_its_own_is_a_review_without_decisions_about_a_deal() -> None:
    account = BOOK.read({"account": {"id": "a1", "name": "Harbour Bank"}})
    assert isinstance(account, b2brules.Account)
    advice = json.loads(BOOK.evaluate(account, as_of=AS_OF).to_json())
    assert advice["subject"] == {"kind": "account", "id": "a1", "name": "Harbour Bank"}
    assert "competitive_strategy" not in advice["decisions"]
    assert "people" not in advice
    assert {one["certainty"] for one in advice["recommendations"]} == {"possible"}


def test_an_account_of_which_nothing_is_known_is_a_review_too() -> None:
    documents: list[dict[str, object]] = [{"account": {}}, {"account": None}]
    for document in documents:
        advice = json.loads(BOOK.evaluate(document, as_of=AS_OF).to_json())
        assert advice["subject"] == {"kind": "account", "id": None, "name": None}
        assert "competitive_strategy" not in advice["decisions"]


def test_a_deal_built_without_a_teams_own_facts_has_them_unknown(tmp_path: Path) -> None:
    rules = Path(__file__).parent / "own_facts.yaml"
    book = b2brules.load_rulebook(rules)
    advice = book.evaluate(b2brules.Opportunity(incumbent="us"), as_of=AS_OF)
    assert advice["joint_sale"].candidates == ("yes", "no")
    assert advice.questions[0].fact == "partner_involved"
    assert advice.questions[0].settles == ("joint_sale",)
    known = book.evaluate(book.read({"partner_involved": True}), as_of=AS_OF)
    assert known["joint_sale"].value == "yes"


def test_a_deal_with_facts_that_the_rulebook_does_not_know_is_refused() -> None:
    book = b2brules.load_rulebook(Path(__file__).parent / "own_facts.yaml")
    with pytest.raises(TypeError, match="partner_involved"):
        BOOK.evaluate(book.read({"partner_involved": True}), as_of=AS_OF)


def test_the_answers_of_many_deals_come_in_order_and_a_bad_one_does_not_stop_the_rest(
    tmp_path: Path,
) -> None:
    file = tmp_path / "deals.jsonl"
    file.write_text('{"id": "a"}\n{"phase": "sold"}\n{"id": "c"}\n', "utf-8")
    first, second, third = BOOK.read_many(file)
    assert isinstance(first, b2brules.Opportunity)
    assert first.id == "a"
    assert isinstance(second, b2brules.FactsError)
    assert [problem.path for problem in second.problems] == ["phase"]
    assert isinstance(third, b2brules.Opportunity)
    assert third.id == "c"


def test_rates_make_amounts_in_two_currencies_comparable() -> None:
    book = b2brules.load_rulebook(Path(__file__).parent / "own_facts.yaml")
    deal = book.read({"amount": {"amount": 2000, "currency": "USD"}, "currency": "CNY"})
    unknown = book.evaluate(deal, as_of=AS_OF)
    assert unknown["size"].value is None
    asked = {one.fact: one for one in unknown.questions}["rates[USD/CNY]"]
    assert asked.question == "How much is one USD in CNY?"
    assert asked.settles == ("size",)
    for rates in ({"USD/CNY": Decimal("7.1")}, {"CNY/USD": 0.14}, {"USD/CNY": 7}):
        assert book.evaluate(deal, as_of=AS_OF, rates=rates)["size"].value == "large"


def test_every_public_name_can_be_imported_and_is_listed() -> None:
    assert sorted(b2brules.__all__) == dir(b2brules)
    for name in b2brules.__all__:
        assert getattr(b2brules, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'advise'"):
        _ = b2brules.advise
