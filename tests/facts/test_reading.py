"""Reading says everything that is wrong with a document, and where."""

from __future__ import annotations

import datetime
from collections import OrderedDict
from decimal import Decimal
from typing import Any

import pytest

from b2brules.facts import (
    NEVER,
    Account,
    CostItem,
    FactsError,
    Money,
    Need,
    Opportunity,
    Person,
    Vocabulary,
    read,
    read_many,
)

VOCABULARY = Vocabulary()


def refused(document: object) -> list[str]:
    with pytest.raises(FactsError) as caught:
        read(VOCABULARY, document)
    return [str(problem) for problem in caught.value.problems]


def test_a_deal_is_read_from_a_mapping():
    deal = read(
        VOCABULARY,
        {
            "id": "d1",
            "amount": {"amount": 120000, "currency": "CNY"},
            "quote": 9.5,
            "created": "2026-01-31",
            "close_date": datetime.date(2026, 12, 31),
            "signed_on": "never",
            "under_attack": False,
            "changes": [],
            "superiority": Decimal("3.0"),
            "people": [{"id": "p1", "reports_to": "p2"}, {"id": "p2", "influences": ["p1"]}],
            "account": {"cost_items": [{"id": "c1", "annual_cost": 5}], "needs": None},
        },
    )
    assert deal == Opportunity(
        id="d1",
        amount=Money(amount=Decimal(120000), currency="CNY"),
        quote=Money(amount=Decimal("9.5")),
        created=datetime.date(2026, 1, 31),
        close_date=datetime.date(2026, 12, 31),
        signed_on=NEVER,
        under_attack=False,
        changes=frozenset(),
        superiority=Decimal(3),
        people=(
            Person(id="p1", reports_to="p2"),
            Person(id="p2", influences=frozenset({"p1"})),
        ),
        account=Account(cost_items=(CostItem(id="c1", annual_cost=Money(amount=Decimal(5))),)),
    )


def test_absence_and_null_are_unknown_and_an_empty_list_is_not():
    assert read(VOCABULARY, {}) == read(VOCABULARY, {"people": None, "event": {"driver": None}})
    assert read(VOCABULARY, {"people": []}) != read(VOCABULARY, {})


def test_a_document_with_only_an_account_is_an_account_review():
    document = {"account": {"needs": [{"id": "n1", "lead": True}]}}
    assert read(VOCABULARY, document) == Account(needs=(Need(id="n1", lead=True),))
    assert read(VOCABULARY, {"account": None}) == Account()
    assert isinstance(read(VOCABULARY, {**document, "phase": "trial"}), Opportunity)


def test_any_mapping_is_read():
    assert read(VOCABULARY, OrderedDict(phase="trial")) == Opportunity(phase="trial")


def test_a_misspelt_id_is_reported_once_and_not_where_it_is_referred_to() -> None:
    people = [
        {"idd": "p1", "name": "Li"},
        {"id": "p2", "reports_to": "p1", "conflicts_with": ["p1", "p9"]},
    ]
    assert refused({"people": people}) == [
        "people[#1].idd: `idd` is not a fact of a person; did you mean `id`?",
        "people[p2].conflicts_with: `p9` is no id in `people`; write one of `p2`",
    ]


def test_every_problem_is_reported_with_its_path():
    document = {
        "phase": "seling",
        "support": "enemy",
        "marks": {"risc": "plus", "risk": 1},
        "people": [
            {"id": "p1", "titel": "CEO", "reports_to": "p9"},
            {"id": "p2", "support": "suporter", "has_veto": "yes"},
            {"name": "Li"},
            7,
        ],
        "account": {"needs": [{"id": "n1", "lead": 0}], "kind": "企业"},
    }
    assert refused(document) == [
        "phase: `seling` is not one of selling, trial, delivery, in_use, lost; "
        "did you mean `selling`?",
        "marks.risk: `1` is not one of plus, minus",
        "marks.risc: `risc` is not a fact of the marks; did you mean `risk`?",
        "people[p1].titel: `titel` is not a fact of a person; did you mean `title`?",
        "people[p2].support: `suporter` is not one of enemy, non_supporter, neutral, supporter, "
        "mentor; did you mean `supporter`?",
        "people[p2].has_veto: `yes` is not a truth value; write true or false",
        "people[#3].id: the id is missing; each has an id of its own, such as `id: a1`",
        "people[#4]: `7` is not a person; write its facts, such as `id:`",
        "account.kind: `企业` is not one of enterprise, government, military, institution; "
        "did you mean `enterprise`?",
        "account.needs[n1].lead: `0` is not a truth value; write true or false",
        "support: `support` is not a fact of the deal; it belongs to `people`",
        "people[p1].reports_to: `p9` is no id in `people`; write one of `p1`, `p2`",
    ]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"under_attack": 1}, "under_attack: `1` is not a truth value; write true or false"),
        (
            {"under_attack": "true"},
            'under_attack: `"true"` is text, not a truth value; write true without quotes',
        ),
        (
            {"superiority": "3"},
            'superiority: `"3"` is text, not a number; write it without quotes',
        ),
        ({"superiority": False}, "superiority: `false` is not a number; write it as 10000 or 2.5"),
        (
            {"superiority": float("nan")},
            "superiority: `NaN` is not a number; a number has to be finite",
        ),
        (
            {"superiority": float("-inf")},
            "superiority: `-Infinity` is not a number; a number has to be finite",
        ),
        (
            {"superiority": 0.1 + 0.2},
            "superiority: `0.30000000000000004` has more than 6 digits after the point; round it",
        ),
        (
            {"superiority": Decimal("1234567890.123456")},
            "superiority: `1234567890.123456` has more than 15 digits; round it",
        ),
        ({"superiority": Decimal("1e999999")}, "`1E+999999` has more than 15 digits"),
        ({"veterans_assigned": 10**5000}, "a number of more than 60 digits` has more than 15"),
        ({"veterans_assigned": 2.5}, "veterans_assigned: `2.5` is not a whole number"),
        ({"name": 5}, "name: `5` is not text; put it in quotes"),
        ({"name": "a\x00b"}, "name: the text has a control character (U+0000); remove it"),
        ({"name": "\ud800"}, "name: the text has half of a character (U+D800); remove it"),
        ({"phase": "\udfff"}, "phase: `\\udfff` is not one of"),
        ({"\ud800": 1}, "\\ud800: `\\ud800` is not a fact of the deal"),
        ({3: 1}, "3: the key `3` is not text"),
        ({"created": "2026-02-30"}, "created: `2026-02-30` is not in the calendar"),
        ({"created": "30.1.2026"}, "created: `30.1.2026` is not a date; write a date as year-"),
        ({"created": "2200-01-01"}, "is not between 1900-01-01 and 2199-12-31"),
        ({"created": "never"}, "`never` is for dates in the past only"),
        ({"signed_on": "Never"}, "such as 2026-11-21, or never"),
        (
            {"created": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
            "has a time of day; give the date alone, such as 2026-11-21",
        ),
        ({"amount": "12 CNY"}, "`12 CNY` is not an amount of money; write a number, or {amount:"),
        ({"amount": {"currency": "CNY"}}, "amount: the `amount` is missing"),
        ({"amount": {"amount": 1, "curency": "CNY"}}, "did you mean `currency`?"),
        ({"amount": {"amount": 1, "currency": "cny"}}, "did you mean `CNY`?"),
        ({"currency": "RMB¥"}, "currency: `RMB¥` is not a currency of three capital letters"),
        ({"currency": "zz"}, "not a currency of three capital letters; write one such as CNY"),
        ({"currency": "RMB"}, "currency: `RMB` is not the code of a currency; did you mean `CNY`?"),
        ({"currency": " yuan"}, "did you mean `CNY`?"),
        ({"currency": "元"}, "did you mean `CNY`?"),
        ({"currency": "￥"}, "did you mean `CNY`?"),
        ({"currency": "$"}, "`$` is not the code of a currency; did you mean `USD`?"),
        ({"currency": "usd"}, "did you mean `USD`?"),
        ({"currency": "Euro"}, "did you mean `EUR`?"),
        ({"amount": {"amount": 1, "currency": "rmb"}}, "did you mean `CNY`?"),
        ({"changes": "price"}, "changes: `price` is not a list; write [price]"),
        ({"changes": ["price", "prise"]}, "changes: `prise` is not one of"),
        ({"changes": [None]}, "changes: a member is empty"),
        ({"changes": [[]]}, "changes: a list is not one of"),
        ({"under_attack": "?"}, "`?` is not a value; leave an unknown fact blank"),
        ({"people": {"p1": {}}}, "people: a mapping is not a list; begin each item with `- id:`"),
        ({"event": True}, "event: `true` is not the event; write its facts, such as `driver:`"),
        ({"event.driver": True}, "`event.driver` is not a fact of the deal; write `driver` below"),
        ({"risk": "plus"}, "it belongs to `marks` or `competitors.marks`"),
        ({"override": {}}, "override: `override` is reserved; leave it out"),
        ({"account": 5}, "account: `5` is not the account"),
        ({"account": {"id": ""}}, "account.id: an id must not be empty"),
        ({"people": [{"id": "a\tb"}]}, "people[#1].id: `a\\u0009b` has a line break or a tab"),
        ({"people": [{"id": "a", "reports_to": "a"}]}, "`a` cannot report to themselves"),
        (
            {"people": [{"id": "p1"}], "actions": [{"id": "a1", "for_person": "p2"}]},
            "actions[a1].for_person: `p2` is no id in `people`; write one of `p1`",
        ),
        (
            {"actions": [{"id": "a1", "for_person": "p2"}]},
            "actions[a1].for_person: `p2` is no id in `people`",
        ),
        (
            {"people": [{"id": "a", "conflicts_with": ["b"]}]},
            "people[a].conflicts_with: `b` is no id in `people`; write one of `a`",
        ),
        (
            {"account": {"competencies": [{"id": "safety", "rating": 6}]}},
            "account.competencies[safety].rating: `6` is more than 5, the most that is allowed",
        ),
        ([{}], "this is a list of 1 deals; one deal is a mapping of facts"),
        (None, "there are no facts here"),
        ("phase\uff1atrial", "with `:` and a space in place of `\uff1a`"),
    ],
)
def test_a_wrong_value_is_refused_with_its_path_and_a_remedy(document, message):
    (problem,) = refused(document)
    assert message in problem


def test_an_id_that_stands_twice_is_refused_by_position():
    document = {"people": [{"id": "p1"}, {"id": "p2"}, {"id": "p1", "support": "x"}]}
    problems = refused(document)
    assert "people[#3].id: `p1` is the id of #1 already; every id is unique" in problems
    assert any(problem.startswith("people[#3].support: ") for problem in problems)


def test_values_that_do_not_agree_are_reported_beside_values_that_are_wrong():
    people = [{"id": "p1", "support": "x", "reports_to": "p1", "influences": ["p7"]}]
    paths = [problem.partition(": ")[0] for problem in refused({"people": people})]
    assert paths == ["people[p1].support", "people[p1].reports_to", "people[p1].influences"]


def test_a_windows_line_break_in_text_is_a_line_break():
    assert read(VOCABULARY, {"name": "a\r\nb"}) == Opportunity(name="a\nb")


def test_many_problems_are_all_kept():
    names = ("has_veto", "claims_authority", "authority_verified", "work_exposed", "metric_served")
    people = [{"id": f"p{number}", **dict.fromkeys(names, 1)} for number in range(200)]
    assert len(refused({"people": people})) == 1000


def test_a_bad_deal_does_not_stop_the_others():
    documents: list[Any] = [{"phase": "trial"}, {"phase": "x"}, 5, {"account": {}}]
    first, second, third, fourth = read_many(VOCABULARY, documents)
    assert first == Opportunity(phase="trial")
    assert isinstance(second, FactsError)
    assert isinstance(third, FactsError)
    assert (second.index, third.index) == (2, 3)
    assert fourth == Account()
