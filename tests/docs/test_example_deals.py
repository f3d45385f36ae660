"""The example deals read, and give advice, in both languages."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import b2brules
from b2brules.advice.serialising import advice_to_json
from tests.docs.pages import ROOT

DEALS = sorted((ROOT / "docs" / "examples").iterdir())
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def book() -> b2brules.Rulebook:
    return b2brules.load_rulebook()


def certain(book: b2brules.Rulebook, name: str) -> set[str]:
    deal = book.read(ROOT / "docs" / "examples" / f"{name}.yaml")
    advice = book.evaluate(deal, as_of=AS_OF)
    return {one.id for one in advice.recommendations if one.certainty == "certain"}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", DEALS, ids=lambda path: path.stem)
def test_an_example_deal_leads_to_something_to_do(
    book: b2brules.Rulebook, path: Path, lang: str
) -> None:
    advice = book.evaluate(book.read(path), as_of=AS_OF, lang="en" if lang == "en" else "zh")
    done = [one for one in advice.recommendations if one.certainty == "certain"]
    assert done
    assert advice.questions
    assert json.loads(advice_to_json(advice))["lang"] == lang


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("fee_collection", "alter_the_rules"),
        ("the_contact_who_could_decide", "verify_the_authority"),
        ("the_contact_who_could_decide", "silence_after_the_request"),
        ("manager_and_staff", "cushion_what_the_product_shows"),
        ("manager_and_staff", "solve_for_both"),
        ("urgent_request", "answer_the_urgent_request"),
        ("small_shop", "close_in_the_visit"),
        ("barely_known", "retrieve_compelling_event"),
    ],
)
def test_the_advice_on_an_example_answers_its_story(
    book: b2brules.Rulebook, name: str, rule: str
) -> None:
    assert rule in certain(book, name)
