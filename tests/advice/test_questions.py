"""Questions: what to find out, and what it would settle."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import b2brules
from b2brules.advice.model import Advice
from b2brules.facts.filling import fill
from b2brules.facts.types import EnumerationType, TruthType

AS_OF = datetime.date(2026, 11, 21)
BOOK = b2brules.load_rulebook()

TRUTHS = (
    "under_attack",
    "first_purchase",
    "ubv_confirmed",
    "support_shown",
    "superiority_sustainable",
    "criteria_changeable",
    "separable_part",
    "decision_delayable",
    "risk_reward_purchase",
)
MARKS = (
    "access_to_funds",
    "executive_credibility",
    "unique_business_value",
    "inside_support",
    "solution_fit",
    "sales_resources",
    "future_revenue",
    "strategic_value",
    "risk",
)


@st.composite
def deals(draw: st.DrawFn) -> dict[str, Any]:
    known = st.sampled_from([True, False, None])
    facts: dict[str, Any] = {name: draw(known) for name in TRUTHS}
    facts["incumbent"] = draw(st.sampled_from(["us", "rival", None]))
    facts["superiority"] = draw(st.sampled_from([2, 3, None]))
    facts["changes"] = draw(st.sampled_from([[], ["price"], None]))
    facts["marks"] = {name: draw(st.sampled_from(["plus", "minus", None])) for name in MARKS}
    event = ("driver", "dated", "consequence", "payback", "owner", "symptom_only")
    facts["event"] = {name: draw(known) for name in event}
    if draw(st.booleans()):
        facts["people"] = [
            {"id": id, "support": support, "political_status": status}
            for id, support, status in zip(
                ("p1", "p2"),
                draw(st.lists(st.sampled_from(["enemy", "mentor", None]), min_size=2, max_size=2)),
                draw(st.lists(st.sampled_from(["outside", None]), min_size=2, max_size=2)),
                strict=True,
            )
        ]
    return facts


def undecided(advice: Advice) -> set[str]:
    found = {name for name, one in advice.decisions.items() if not one.decided}
    for place, listed in advice.things.items():
        for id, made in listed.items():
            found |= {f"{place}[{id}].{name}" for name, one in made.items() if not one.decided}
    return found


def path_of(fact: str) -> tuple[str, ...]:
    return tuple(fact.replace("[", ".").replace("]", "").split("."))


@settings(max_examples=40)
@given(deals())
def test_a_question_settles_just_what_some_answer_to_it_decides(facts: Mapping[str, Any]) -> None:
    deal = BOOK.read(facts)
    advice = BOOK.evaluate(deal, as_of=AS_OF)
    open_ = undecided(advice)
    known = {fact.name: fact.type for fact in BOOK.vocabulary.facts.values()}
    for question in advice.questions:
        kind = known.get(question.fact.replace("[p1]", "").replace("[p2]", ""))
        answers: tuple[object, ...] = ()
        if isinstance(kind, TruthType):
            answers = (True, False)
        elif isinstance(kind, EnumerationType):
            answers = kind.values
        if answers:
            settled: set[str] = set()
            for answer in answers:
                filled = fill(deal, path_of(question.fact), answer)
                settled |= open_ - undecided(BOOK.evaluate(filled, as_of=AS_OF))
            assert set(question.settles) == settled, question


def test_the_question_that_settles_most_comes_first() -> None:
    advice = BOOK.evaluate(BOOK.read({"incumbent": "rival"}), as_of=AS_OF)
    settled = [len(question.settles) for question in advice.questions]
    assert settled == sorted(settled, reverse=True)
    assert settled[0] > 0


def test_a_threshold_of_the_rules_is_tried_and_so_a_number_settles() -> None:
    facts = {
        "incumbent": "rival",
        "risk_reward_purchase": True,
        "marks": {"access_to_funds": "plus"},
        "event": {"symptom_only": True},
        "superiority_sustainable": True,
        "criteria_changeable": False,
        "separable_part": False,
        "decision_delayable": True,
    }
    advice = BOOK.evaluate(BOOK.read(facts), as_of=AS_OF)
    assert advice["competitive_strategy"].candidates == ("frontal", "develop")
    asked = {question.fact: question.settles for question in advice.questions}
    assert "competitive_strategy" in asked["superiority"]


def test_a_known_fact_is_never_asked_for() -> None:
    facts = {"superiority": 2, "people": [{"id": "p1", "name": "Wu Min", "support": "neutral"}]}
    asked = {one.fact for one in BOOK.evaluate(BOOK.read(facts), as_of=AS_OF).questions}
    assert "superiority" not in asked
    assert "people" not in asked
    assert "people[p1].support" not in asked
    assert "people[p1].political_status" in asked


def test_a_question_about_a_person_names_the_person_in_both_languages() -> None:
    deal = BOOK.read({"people": [{"id": "p1", "name": "吴敏"}, {"id": "p2"}]})
    for lang in ("en", "zh"):
        questions = {one.fact: one for one in BOOK.evaluate(deal, as_of=AS_OF, lang=lang).questions}
        assert "吴敏" in questions["people[p1].support"].question
        assert "p2" in questions["people[p2].support"].question


def test_an_unknown_list_is_a_question_of_its_own() -> None:
    asked = {one.fact: one for one in BOOK.evaluate(BOOK.read({}), as_of=AS_OF).questions}
    assert {"customer_group", "relationship_map"} <= set(asked["people"].settles)
