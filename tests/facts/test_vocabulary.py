"""The vocabulary is what the classes say, and every fact can be asked for in both languages."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, get_args

import pytest

from b2brules.facts import Marks, OwnFact, Person, Vocabulary, read
from b2brules.facts.person import Support
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    RecordType,
    SetType,
    TextType,
    TruthType,
)

VOCABULARY = Vocabulary()
QUESTION = {"en": "Is it so?", "zh": "是吗?"}


def own(name: str) -> OwnFact:
    return OwnFact(name=name, type=TruthType(), unit=None, question=QUESTION)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("superiority", NumberType(minimum=Decimal(0))),
        ("stage_progress", NumberType(minimum=Decimal(0), maximum=Decimal(1))),
        ("veterans_assigned", NumberType(whole=True, minimum=Decimal(0))),
        ("event.driver", TruthType()),
        ("event.date", DateType()),
        ("signed_on", DateType(past=True)),
        ("account.last_needs_review", DateType(past=True)),
        ("amount", MoneyType(minimum=Decimal(0))),
        ("marks.risk", EnumerationType(("plus", "minus"))),
        ("competitors.marks.risk", EnumerationType(("plus", "minus"))),
        ("people.support", EnumerationType(get_args(Support))),
        ("people.reports_to", IdentifierType("people")),
        ("people.influences", SetType(IdentifierType("people"))),
        ("people.name", TextType()),
        ("account.needs.lead", TruthType()),
    ],
)
def test_a_fact_has_the_type_of_its_annotation(name, expected):
    assert VOCABULARY.facts[name].type == expected


def test_past_dates_are_those_of_the_method():
    past = {one.name for one in VOCABULARY.facts.values() if one.type == DateType(past=True)}
    assert past == {
        "last_stage_change",
        "signed_on",
        "assessed_on",
        "competitor_entered_on",
        "plan_updated_on",
        "last_deal_review",
        "internal_rules_changed_on",
        "competitors.last_move",
        "last_usage_review",
        "baseline_agreed_on",
        "account.last_importance_review",
        "account.last_needs_review",
        "account.last_closeness_review",
        "account.last_annual_assessment",
        "account.plan_updated_on",
        "account.last_visit",
    }


def test_there_are_six_lists():
    assert [".".join(path) for path in VOCABULARY.lists()] == [
        "people",
        "competitors",
        "actions",
        "account.needs",
        "account.cost_items",
        "account.competencies",
    ]


def test_the_nineteen_marks_keep_their_order():
    names = list(VOCABULARY.members(Marks))
    assert len(names) == 19
    assert names[3:5] == ["access_to_funds", "formal_criteria"]
    assert names[-1] == "strategic_value"


@pytest.mark.parametrize("entry", VOCABULARY.facts.values(), ids=lambda entry: entry.name)
def test_every_fact_has_a_question_in_both_languages(entry):
    in_a_list = any(
        entry.path[: len(path)] == path and entry.path != path for path in VOCABULARY.lists()
    )
    for language in ("en", "zh"):
        question = entry.question[language]
        assert re.search(r"[?\uff1f]", question)
        assert bool(re.search("[\u4e00-\u9fff]", question)) == (language == "zh")
        assert set(re.findall(r"\{[a-z_]*\}", question)) == ({"{name}"} if in_a_list else set())


@pytest.mark.parametrize("entry", VOCABULARY.facts.values(), ids=lambda entry: entry.name)
def test_every_allowed_word_has_a_chinese_label(entry):
    member = entry.type.member if isinstance(entry.type, SetType) else entry.type
    if isinstance(member, EnumerationType):
        assert set(member.labels) == set(member.values)
        assert len(set(member.labels.values())) == len(member.values)


@pytest.mark.parametrize("name", ["ubv_confirmed", "support_shown", "people.authority_verified"])
def test_a_question_says_that_false_means_asked_in_vain(name):
    question = VOCABULARY.facts[name].question["en"]
    assert re.search(r"false: we asked\b.*leave blank if not asked yet", question)


def test_a_criterion_has_a_label_and_its_question_about_a_competitor_uses_it():
    about_us = VOCABULARY.facts["marks.access_to_funds"]
    about_them = VOCABULARY.facts["competitors.marks.access_to_funds"]
    assert about_us.label == {"en": "access to funds", "zh": "资金来源"}
    assert "资金来源" in about_them.question["zh"]
    assert about_them.question["en"] != about_us.question["en"]


def test_own_facts_are_read_like_the_others():
    extended = VOCABULARY.with_facts([own("partner_involved"), own("people.sponsor")])
    deal: Any = read(
        extended, {"partner_involved": True, "people": [{"id": "p1", "sponsor": False}]}
    )
    assert deal.partner_involved is True
    assert deal.people[0].sponsor is False
    assert isinstance(deal.people[0], Person)
    assert list(extended.members(extended.root))[-1] == "partner_involved"
    assert list(extended.members(Person))[-1] == "sponsor"


def test_own_facts_leave_the_order_of_the_others_and_the_first_vocabulary_alone():
    extended = VOCABULARY.with_facts([own("account.needs.x"), own("marks.x")])
    assert [name for name in extended.facts if not name.endswith(".x")] == list(VOCABULARY.facts)
    assert "marks.x" not in VOCABULARY.facts
    assert extended.facts["account.needs.x"].type == TruthType()
    assert isinstance(extended.facts["account.needs"].type, ListType)
    assert isinstance(extended.facts["marks"].type, RecordType)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("phase", "is in the vocabulary already"),
        ("people.support", "is in the vocabulary already"),
        ("persons.x", "there is no `persons`"),
        ("Partner", "is not a lower-case name"),
    ],
)
def test_an_own_fact_that_cannot_be_added_is_refused(name, message):
    with pytest.raises(ValueError, match=message):
        VOCABULARY.with_facts([own(name)])


def test_an_own_fact_cannot_be_added_twice():
    with pytest.raises(ValueError, match="already"):
        VOCABULARY.with_facts([own("x"), own("x")])
