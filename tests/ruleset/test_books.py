"""What a book holds once its files are loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from b2brules.facts import Money
from b2brules.facts.types import MoneyType, NumberType
from b2brules.language.tree import DecisionValue, Fact
from b2brules.ruleset.cases import load_cases
from b2brules.ruleset.diagnostics import RulebookError
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Binding, Book, Formula, Position, Table
from b2brules.ruleset.parameters import ParameterError
from b2brules.ruleset.shipped import shipped_rulesets

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="module")
def book() -> Book:
    return load([GOOD])


def test_a_row_keeps_its_cells_its_sources_and_its_place(book: Book) -> None:
    approach = book.decisions["approach"]
    assert isinstance(approach, Table)
    far_ahead, not_yet = approach.rows
    assert [(clause.column, clause.text) for clause in far_ahead.clauses] == [
        ("superiority", ">= 3")
    ]
    assert (far_ahead.then, far_ahead.basis) == ("attack", "sourced")
    assert [str(citation) for citation in far_ahead.citations] == ['tas "3:1"']
    assert far_ahead.position == Position(path=str(GOOD / "approach.yaml"), line=10, column=7)
    assert [clause.text for clause in not_yet.clauses] == ["otherwise"]


def test_several_sources_are_kept_in_their_order(book: Book) -> None:
    wish = book.decisions["wish"]
    assert isinstance(wish, Table)
    cited = [(citation.source, citation.locator) for citation in wish.rows[0].citations]
    assert cited == [("tas", "3:1"), ("project", "Horizon")]


def test_a_decision_stands_after_those_that_it_reads(book: Book) -> None:
    names = list(book.decisions)
    assert names.index("double") < names.index("total")


def test_a_formula_takes_its_type_from_what_it_reads(book: Book) -> None:
    total = book.decisions["total"]
    assert isinstance(total, Formula)
    assert isinstance(total.type, NumberType)


def test_a_decision_for_each_thing_names_its_list(book: Book) -> None:
    assert book.decisions["wish"].binding == Binding(variable="need", list=("account", "needs"))


def test_an_account_review_leaves_out_what_reads_the_deal(book: Book) -> None:
    assert book.deal_decisions == {"approach"}
    of_the_account = set(book.recommendations) - book.deal_recommendations
    assert of_the_account == {"serve"}


def test_a_row_with_each_is_repeated_under_a_name_for_each_fact(book: Book) -> None:
    repeated = [id for id in book.recommendations if id.startswith("mend_")]
    marks = [name for name in book.vocabulary.facts if name.startswith("marks.")]
    assert repeated == [f"mend_{name.removeprefix('marks.')}" for name in marks]
    (clause,) = book.recommendations["mend_risk"].clauses
    assert clause.text == "marks.risk = minus"


def test_the_sentence_of_a_repeated_row_calls_the_fact_by_its_label(book: Book) -> None:
    assert book.texts["mend_risk", "action", "en"] == ("Work on risk; {braces} are shown.",)
    label = book.vocabulary.facts["marks.risk"].label["zh"]
    assert book.texts["mend_risk", "action", "zh"] == (f"改善{label}。",)


def test_a_sentence_goes_on_with_a_space_in_english_and_without_one_in_chinese(
    book: Book,
) -> None:
    assert book.texts["wish_later", "", "en"] == ("It is not wanted within three months.",)
    assert book.texts["wish_later", "", "zh"] == ("三个月内不需要。",)


def test_a_sentence_shows_a_value_in_its_midst(book: Book) -> None:
    before, value, behind = book.texts["far_ahead", "", "en"]
    assert (before, behind) == ("The customer sees us ", " to one ahead.")
    assert isinstance(value, Fact)
    assert value.path == ("superiority",)


def test_the_only_thing_that_a_recommendation_is_for_is_its_target(book: Book) -> None:
    assert book.recommendations["ask_a_friend"].target == "friend"
    assert book.recommendations["shield_ally"].target == "ally"
    assert book.recommendations["mend_risk"].target is None


def test_days_are_written_out_or_a_parameter(book: Book) -> None:
    assert book.recommendations["cheer_up"].within == 1
    assert book.recommendations["mend_risk"].within == 5
    changed = load([GOOD], {"answer_days": 9})
    assert changed.recommendations["mend_risk"].within == 9


def test_own_facts_become_facts_with_their_questions(book: Book) -> None:
    fact = book.vocabulary.facts["people.mood"]
    assert fact.question == {"en": "How is {name}?", "zh": "{name}的心情如何?"}
    assert "partner_involved" in book.vocabulary.members(book.vocabulary.root)


def test_a_condition_goes_on_on_the_next_line(book: Book) -> None:
    (clause,) = book.recommendations["serve"].clauses
    assert clause.text == "it.wish = now and total > big_stores"
    left = clause.condition
    assert DecisionValue in {type(part) for part in _below(left)}


def _below(condition: object) -> list[object]:
    from b2brules.language import walk

    return list(walk(condition))


def test_a_parameter_with_a_currency_is_an_amount(book: Book) -> None:
    order = book.parameters["big_order"]
    assert order.type == MoneyType()
    assert order.value == Money(amount=Decimal(50000), currency="CNY")
    assert (order.minimum, order.maximum) == (Decimal(0), Decimal(900000))
    assert order.checked == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (60000, Money(amount=Decimal(60000), currency="CNY")),
        ("60000", Money(amount=Decimal(60000), currency="CNY")),
        ("60000 CNY", Money(amount=Decimal(60000), currency="CNY")),
        ({"amount": 60000, "currency": "CNY"}, Money(amount=Decimal(60000), currency="CNY")),
        (Money(amount=Decimal(60000)), Money(amount=Decimal(60000), currency="CNY")),
    ],
)
def test_an_amount_is_overridden_in_several_forms(given: object, value: Money) -> None:
    order = load([GOOD], {"big_order": given}).parameters["big_order"]
    assert order.value == value
    assert order.default == Money(amount=Decimal(50000), currency="CNY")


def test_all_wrong_values_for_parameters_are_told_at_once() -> None:
    values = {
        "big_store": 3,
        "big_stores": "2000",
        "big_order": "5000 USD",
        "answer_days": 1.5,
    }
    with pytest.raises(ParameterError) as caught:
        load([GOOD], values)
    assert caught.value.problems == (
        "`big_store` is not a parameter; did you mean `big_stores`?",
        "`big_stores`: `2000` is out of its range; give 1 to 1000",
        "`big_order`: `USD` is not its currency; give an amount in CNY",
        "`answer_days`: `1.5` is not a whole number",
    )


@pytest.mark.parametrize("value", [True, "many", float("nan"), None, "1e999999", 10**400])
def test_a_value_that_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ParameterError, match="big_stores"):
        load([GOOD], {"big_stores": value})


def test_the_fingerprint_tells_files_and_parameters_apart(book: Book, tmp_path: Path) -> None:
    assert load([GOOD]).fingerprint == book.fingerprint
    assert len(book.fingerprint) == 16
    assert load([GOOD], {"big_stores": 99}).fingerprint != book.fingerprint
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in GOOD.glob("*.yaml"):
        (copy / file.name).write_bytes(file.read_bytes())
    assert load([copy]).fingerprint == book.fingerprint
    with (copy / "approach.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# A remark.\n")
    assert load([copy]).fingerprint != book.fingerprint


def test_a_single_file_is_read_with_the_sources_beside_it() -> None:
    alone = load([GOOD / "approach.yaml"])
    assert list(alone.decisions) == ["approach"]
    assert alone.sources["tas"].title == "A course"


def test_the_sources_of_the_library_may_be_cited_by_any_file(tmp_path: Path) -> None:
    rules = (GOOD / "approach.yaml").read_text("utf-8")
    (tmp_path / "approach.yaml").write_text(rules, "utf-8")
    assert load([tmp_path]).sources["tas"].author == "Siebel Systems"


def test_a_file_that_is_named_twice_is_read_once(book: Book) -> None:
    again = load([GOOD, GOOD / "approach.yaml"])
    assert again.decisions.keys() == book.decisions.keys()


def test_cases_keep_what_they_give_and_expect(book: Book) -> None:
    known, unknown = load_cases([GOOD], book)
    assert known.as_of == date(2026, 11, 21)
    assert known.decisions == {("total", None): Decimal(121), ("wish", "n1"): ("now",)}
    assert known.certain == ("serve", "cheer_up")
    assert known.absent == ("mend_risk",)
    assert known.given["people"] == [{"id": "p1", "mood": "bad"}, {"id": "p2", "mood": None}]
    assert unknown.as_of == date(2026, 1, 1)
    assert unknown.decisions == {("total", None): None, ("wish", "n1"): ("now", "later")}
    assert unknown.possible == ("serve",)


def test_the_shipped_rulesets_and_their_cases_load() -> None:
    shipped = shipped_rulesets()
    book = load([shipped])
    assert {"competitive_strategy", "relationship_strategy"} <= book.decisions.keys()
    assert load_cases([shipped], book)


def _replace(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_replace("not_yet   | otherwise", "not_yet   | -        "), None),
        (_replace("superiority || then", "superiority|| then"), None),
        (_replace("    en: Attack.", "    # A remark.\n    en: Attack."), None),
        (_replace("\n      not_yet ", "\n      # A remark.\n\n      not_yet "), None),
        (_replace("approach = wait", "approach   =  wait"), None),
        (_replace("hit_policy: first", "hit_policy: 'first'"), None),
        (lambda text: text.replace("\n", "\r\n"), None),
        (lambda text: "\ufeff" + text, None),
        (lambda text: "---\n" + text, None),
        (_replace("not_yet   | otherwise", "not_yet   | otherwise or >= 1"), "syntax"),
    ],
)
def test_what_is_only_written_differently_loads_just_as_well(
    change: Callable[[str], str], code: str | None, tmp_path: Path
) -> None:
    text = change((GOOD / "approach.yaml").read_text(encoding="utf-8"))
    (tmp_path / "sources.yaml").write_bytes((GOOD / "sources.yaml").read_bytes())
    (tmp_path / "approach.yaml").write_bytes(text.encode())
    if code is None:
        assert list(load([tmp_path]).decisions) == ["approach"]
        return
    with pytest.raises(RulebookError) as caught:
        load([tmp_path])
    assert code in {diagnostic.code for diagnostic in caught.value.diagnostics}
