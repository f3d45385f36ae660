"""What the shipped rules say of an account that is reviewed without a deal."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

import b2brules
from b2brules.advice.model import Advice, Proof
from b2brules.ruleset.model import Language

BOOK = b2brules.load_rulebook()
REFINERY = {
    "account": {
        "name": "北方炼化",
        "safety_critical": True,
        "competencies": [
            {"id": "safety", "rating": 2, "importance": 5},
            {"id": "communication"},
        ],
    }
}


def review(lang: Language) -> Advice:
    return BOOK.evaluate(BOOK.read(REFINERY), as_of=date(2026, 11, 21), lang=lang)


def test_the_competencies_are_judged_without_a_deal() -> None:
    advice = review("en")
    safety, communication = advice.things["competencies"].values()
    assert safety["competency_gap"].value == "yes"
    assert safety["competency_priority"].value == Decimal(10)
    assert communication["competency_gap"].candidates == ("yes", "no")
    assert communication["competency_priority"].value is None
    assert {one.id for one in advice.certain} == {"safety_first", "plan_this_first"}


def test_nothing_of_a_deal_is_decided_or_asked() -> None:
    advice = review("en")
    assert {"service_intensity", "engagement", "expected_cycle"} & set(advice.decisions) == set()
    asked = {one.fact for one in advice.questions}
    assert {fact for fact in asked if not fact.startswith(("account", "competencies"))} == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_json_of_a_review_keys_the_competencies_by_id(lang: Language) -> None:
    written = json.loads(review(lang).to_json())
    assert list(written["competencies"]) == ["safety", "communication"]
    assert written["competencies"]["safety"]["competency_priority"] == {"value": 10}
    certain = [one for one in written["recommendations"] if one["certainty"] == "certain"]
    assert {one["target"] for one in certain} == {"safety"}


def test_a_chinese_reader_meets_each_competency_by_its_chinese_name() -> None:
    advice = review("zh")
    text = str(advice.to_text())
    assert "安全性（safety）" in text
    asked = [one.question for one in advice.questions]
    assert [one for one in asked if "communication" in one] == []
    assert any("沟通" in one for one in asked)
    proof = advice.explain("competencies[safety].competency_gap")
    assert isinstance(proof, Proof)
    assert proof.subject == "安全性"
    why = advice.explain("plan_this_first").to_text()
    assert "（competency = 安全性（safety））" in why
    actions = [one.action for one in advice.recommendations if one.id == "plan_this_first"]
    assert [("安全性" in one, "沟通" in one) for one in actions] == [(False, True), (True, False)]


def test_an_english_reader_meets_each_competency_by_its_word() -> None:
    asked = [one.question for one in review("en").questions]
    assert any("in communication, from 1" in one for one in asked)
