"""The laws are broken by what breaks them, and say what differs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import b2brules
from b2brules import Account, Opportunity, Rulebook
from b2brules.advice.conclusions import Conclusions, Verdict
from b2brules.advice.override import NO_OVERRIDES
from b2brules.engines import ENGINES
from b2brules.engines.reference import ReferenceEngine
from b2brules.ruleset.model import Book, Table
from b2brules.testing import (
    agreement,
    citation,
    determinism,
    laws,
    nothing_silently_false,
    refinement,
    termination,
)

BOOK = b2brules.load_rulebook()
OWN = b2brules.load_rulebook(Path(__file__).parents[1] / "own_facts.yaml")
PERSON = {"id": "p1", "support": "enemy", "political_status": "outside"}


# --- agreement ------------------------------------------------------------------------------


class Liar(ReferenceEngine):
    """An engine that takes every open decision for its first candidate, and forgets what to do."""

    def conclude(
        self, deal: Opportunity | Account, as_of: date, rates: Any, overrides: Any = NO_OVERRIDES
    ) -> Conclusions:
        found = super().conclude(deal, as_of, rates, overrides)
        decisions = {
            key: Verdict(candidates=one.candidates[:1], rule=table(self._book, key[0]).rows[0].id)
            if isinstance(one, Verdict)
            else one
            for key, one in found.decisions.items()
        }
        return Conclusions(decisions=decisions, matches=found.matches[1:])


def test_engines_that_disagree_are_named_with_what_they_say(monkeypatch):
    monkeypatch.setattr(b2brules.rulebook, "ENGINES", {**ENGINES, "liar": Liar})
    with pytest.raises(AssertionError) as caught:
        agreement(OWN, {"partner_involved": None}, engines=("reference", "liar"))
    assert str(caught.value) == (
        "the engines do not agree:\n"
        "  `joint_sale`: `reference` says `yes` or `no`, `liar` says `yes` by `with_them`\n"
        "  `size`: `reference` says `large` or `small`, `liar` says `large` by `at_least`\n"
        "  for {'partner_involved': None}"
    )
    with pytest.raises(AssertionError, match=r"`.*`: `reference` calls it \w+, `liar` does not"):
        agreement(BOOK, {"people": [PERSON]}, engines=("reference", "liar"))


def test_the_words_are_compared_on_demand(monkeypatch):
    monkeypatch.setattr(laws, "differences", lambda *given: ())
    monkeypatch.setattr(b2brules.rulebook, "ENGINES", {**ENGINES, "liar": Liar})
    agreement(OWN, {}, engines=("reference", "liar"))
    with pytest.raises(AssertionError, match=r"line \d+ of the JSON: `reference` `.*`, `liar` `"):
        agreement(OWN, {}, engines=("reference", "liar"), words=True)


def test_deals_are_taken_as_objects_and_as_documents():
    agreement(BOOK, Opportunity(incumbent="us"))
    agreement(BOOK, {"incumbent": "us"})
    agreement(BOOK, {"account": {"size": "small"}})


# --- refinement -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            {"incumbent": "us"},
            {"incumbent": "rival"},
            "`supplier_position` had the candidates `in_supplier` and has `out_supplier`",
        ),
        (
            {"people": [PERSON]},
            {"people": [{**PERSON, "support": "mentor"}]},
            "`relationship_strategy` of `p1` had the candidates `suppress` and has `balance`",
        ),
        ({"people": [PERSON]}, {"people": []}, "`key_player` of `p1`"),
        (
            {"phase": "in_use", "stability_verified": True},
            {"phase": "in_use"},
            "`dont_release_untested` was not there and is possible",
        ),
        (
            {"phase": "in_use", "stability_verified": False},
            {"phase": "in_use", "stability_verified": True},
            "`dont_release_untested` was certain and is absent",
        ),
    ],
)
def test_a_change_of_the_world_is_no_refinement(before, after, said):
    with pytest.raises(AssertionError) as caught:
        refinement(BOOK, before, after)
    assert str(caught.value).startswith("filling in facts changed the advice:\n")
    assert said in str(caught.value)


def test_a_number_that_changes_is_no_refinement(tmp_path):
    book = with_formula(tmp_path)
    with pytest.raises(AssertionError, match="`total` was 3 and is 4"):
        refinement(book, {"stage_owners": 2}, {"stage_owners": 3})
    refinement(book, {}, {"stage_owners": 3})


def with_formula(folder: Path) -> Rulebook:
    text = (Path(__file__).parents[1] / "own_facts.yaml").read_text("utf-8")
    text = text.replace("own_facts", "ours").replace(
        "decisions:\n",
        "decisions:\n  total:\n    formula: stage_owners + 1\n"
        '    source: project "Tests"\n    basis: ours\n',
    )
    text += "  total\n    en: How many?\n    zh: 多少?\n"
    (folder / "ours.yaml").write_text(text, "utf-8")
    return b2brules.load_rulebook(folder / "ours.yaml")


def test_facts_that_come_in_are_a_refinement():
    refinement(BOOK, {}, {"incumbent": "us", "people": [PERSON]})
    refinement(
        BOOK, {"account": {"size": "small"}}, {"account": {"size": "small"}, "phase": "lost"}
    )


# --- the others -----------------------------------------------------------------------------


def test_an_order_that_matters_breaks_determinism(monkeypatch):
    def first_key(deal: Mapping[str, Any], **given: Any) -> Any:
        return original({next(iter(deal)): deal[next(iter(deal))]}, **given)

    original = BOOK.evaluate
    monkeypatch.setattr(BOOK, "evaluate", first_key)
    with pytest.raises(AssertionError, match="the same facts give another advice"):
        determinism(BOOK, {"incumbent": "us", "first_purchase": True})


def test_determinism_holds_of_facts_in_any_order():
    determinism(
        BOOK, {"changes": ["price", "terms"], "people": [PERSON], "marks": {"risk": "plus"}}
    )


def broken(book: Rulebook, **parts: Any) -> Rulebook:
    return Rulebook(evolve(book._book, **parts))


def table(book: Book, name: str) -> Table:
    found = book.decisions[name]
    assert isinstance(found, Table)
    return found


def test_a_rule_without_its_source_breaks_citation():
    citation(OWN)
    whole = table(OWN._book, "size")
    for parts, said in (
        ({"citations": ()}, "`at_least` cites nothing"),
        ({"basis": "sourced"}, "`at_least` is sourced and cites no published work"),
    ):
        rows = (evolve(whole.rows[0], **parts), *whole.rows[1:])
        decisions = {**OWN._book.decisions, "size": evolve(whole, rows=rows)}
        with pytest.raises(AssertionError, match=said):
            citation(broken(OWN, decisions=decisions))
    with pytest.raises(AssertionError, match="`large_order` cites project"):
        citation(broken(OWN, sources={}))


def test_decisions_out_of_order_break_termination():
    turned = dict(reversed(list(BOOK._book.decisions.items())))
    with pytest.raises(AssertionError, match=r"reads `\w+`.* not decided before it"):
        termination(broken(BOOK, decisions=turned))


def test_a_wrong_fact_that_is_taken_breaks_nothing_silently_false(monkeypatch):
    original = OWN.read

    def lenient(document: Mapping[str, Any]) -> Any:
        return original(
            {name: fact for name, fact in document.items() if not isinstance(fact, dict)}
        )

    monkeypatch.setattr(OWN, "read", lenient)
    with pytest.raises(AssertionError, match="a wrong `amount` is taken for a fact"):
        nothing_silently_false(OWN, {"amount": 5})


def test_null_taken_for_false_breaks_nothing_silently_false(monkeypatch):
    original = OWN.read

    def guessing(document: Mapping[str, Any]) -> Any:
        blank = "partner_involved" in document and document["partner_involved"] is None
        return original({**document, "partner_involved": False} if blank else document)

    monkeypatch.setattr(OWN, "read", guessing)
    with pytest.raises(
        AssertionError, match="`joint_sale`: left out says `yes` or `no`, null says"
    ):
        nothing_silently_false(OWN, {})
