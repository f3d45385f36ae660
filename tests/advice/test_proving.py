"""Proofs: why a decision came to what it did."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import b2brules
from b2brules.advice.model import Advice, Proof, RecommendationProof
from b2brules.cli import main
from b2brules.rulebook import LANGUAGES

AS_OF = datetime.date(2026, 11, 21)
BOOK = b2brules.load_rulebook()
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"

KNOWN = st.sampled_from([True, False, None])
DEALS = st.fixed_dictionaries(
    {
        "incumbent": st.sampled_from(["us", "rival", None]),
        "superiority": st.sampled_from([2, 3, None]),
        "superiority_sustainable": KNOWN,
        "criteria_changeable": KNOWN,
        "separable_part": KNOWN,
        "support_shown": KNOWN,
        "ubv_confirmed": KNOWN,
        "event": st.fixed_dictionaries({"driver": KNOWN, "dated": KNOWN, "owner": KNOWN}),
        "marks": st.fixed_dictionaries(
            {
                name: st.sampled_from(["plus", "minus", None])
                for name in ("access_to_funds", "executive_credibility", "inside_support")
            }
        ),
        "people": st.sampled_from(
            [None, [], [{"id": "p1", "support": "enemy"}, {"id": "p2", "roles": ["decider"]}]]
        ),
    }
)


def explained(advice: Advice, name: str) -> Proof:
    proof = advice.explain(name)
    assert isinstance(proof, Proof)
    return proof


def every(proof: Proof) -> list[Proof]:
    return [proof, *(one for below in proof.because for one in every(below))]


@settings(max_examples=60)
@given(DEALS)
def test_a_proof_says_which_cell_failed_and_which_facts_leave_a_row_open(
    facts: dict[str, object],
) -> None:
    advice = BOOK.evaluate(BOOK.read(facts), as_of=AS_OF)
    names = list(advice.decisions)
    names += [f"people[{id}].{name}" for id, made in advice.people.items() for name in made]
    for name in names:
        for proof in every(explained(advice, name)):
            decision = proof.decision
            for row in proof.rows:
                if row.holds is False:
                    assert any(clause.holds is False for clause in row.clauses)
                if row.holds is None:
                    open_ = [clause for clause in row.clauses if clause.holds is None]
                    assert open_
                    assert all(clause.unknown for clause in open_)
            if decision.candidates is None:  # a formula: its one row holds what it came to
                assert [row.holds for row in proof.rows] == [True if decision.decided else None]
                continue
            standing = {row.then for row in proof.rows if row.holds is not False}
            assert set(decision.candidates or ()) == standing
            if decision.decided:
                (cited,) = [row for row in proof.rows if row.id == decision.rule]
                assert cited.holds is not False


def test_a_proof_rests_on_the_proofs_of_the_decisions_that_it_read() -> None:
    advice = BOOK.evaluate(BOOK.read({"incumbent": "rival"}), as_of=AS_OF)
    proof = explained(advice, "competitive_strategy")
    assert "is_there_an_opportunity" in {below.decision.name for below in proof.because}
    below = next(one for one in proof.because if one.decision.name == "is_there_an_opportunity")
    assert "compelling_event" in {one.decision.name for one in below.because}


def test_a_row_is_shown_with_its_facts_and_its_source() -> None:
    facts = {"people": [{"id": "p1", "name": "Zhao Lin", "support": "enemy"}]}
    advice = BOOK.evaluate(BOOK.read(facts), as_of=AS_OF)
    proof = explained(advice, "people[p1].relationship_strategy")
    assert proof.subject == "Zhao Lin"
    (cited,) = [row for row in proof.rows if row.id == proof.decision.rule]
    assert cited.then == "suppress"
    assert cited.basis == "inferred"
    assert cited.clauses[0].facts == (("people[p1].support", "enemy"),)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("competitive_stratgy", "`competitive_stratgy`; did you mean `competitive_strategy`?"),
        ("people[p9].key_player", "`people[p9].key_player` is not decided for this deal; write "),
        ("people[p9].key_player", "write `people[p1].key_player`"),
        ("people[p1].key_plyer", "`people[p1].key_plyer`; did you mean `key_player`?"),
        ("key_player", "write `people[p1].key_player`"),
        ("people[p1]", "there is no decision or recommendation `people[p1]`; the decisions are"),
        ("", "there is no decision or recommendation ``; the decisions are"),
    ],
)
def test_a_decision_that_was_not_made_is_refused_with_those_that_were(
    name: str, message: str
) -> None:
    advice = BOOK.evaluate(BOOK.read({"people": [{"id": "p1"}]}), as_of=AS_OF)
    with pytest.raises(KeyError) as caught:
        advice.explain(name)
    assert message in caught.value.args[0]


def test_a_proof_is_written_as_the_command_line_writes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deal = {"superiority": 4, "people": [{"id": "p1", "support": "enemy"}]}
    file = tmp_path / "deal.json"
    file.write_text(json.dumps(deal), encoding="utf-8")
    for name in ("go_no_go", "people[p1].key_player", "limit_their_influence"):
        for lang in LANGUAGES:
            proof = BOOK.evaluate(deal, as_of=AS_OF, lang=lang).explain(name)
            asked = ["explain", name, str(file), "--as-of", str(AS_OF), "--lang", lang]
            main(asked)
            assert capsys.readouterr().out == proof.to_text()
            main([*asked, "--format", "json"])
            assert capsys.readouterr().out == proof.to_json() + "\n"
    assert len(proof.to_json(indent=None).splitlines()) == 1


# --- recommendations ------------------------------------------------------------------------------


@settings(max_examples=40)
@given(DEALS)
def test_a_recommendation_is_explained_as_it_is_given(facts: dict[str, object]) -> None:
    advice = BOOK.evaluate(BOOK.read(facts), as_of=AS_OF)
    for id in BOOK.recommendations:
        proof = advice.explain(id)
        assert isinstance(proof, RecommendationProof)
        given = [one for one in advice.recommendations if one.id == id]
        standing = [match for match in proof.matches if match.holds is not False]
        assert sorted(dict(one.bindings).items() for one in given) == sorted(
            match.bindings.items() for match in standing
        )
        levels = [one.certainty for one in given]
        assert proof.certainty == min(levels, default=None)
        for match in proof.matches:
            judged = {clause.holds for clause in match.clauses}
            expected = False if False in judged else None if None in judged else True
            assert match.holds is expected
            for clause in match.clauses:
                assert (clause.holds is None) == bool(clause.unknown)


@pytest.mark.parametrize("facts", [{}, {"people": [{"id": "p1", "support": "enemy"}]}])
def test_what_a_recommendation_reads_itself_stands_first(facts: dict[str, object]) -> None:
    """A text that goes one level deep then shows every decision that the rule reads."""
    advice = BOOK.evaluate(BOOK.read(facts), as_of=AS_OF)
    for id in BOOK.recommendations:
        proof = advice.explain(id)
        assert isinstance(proof, RecommendationProof)
        names = {
            name
            for match in proof.matches
            for clause in match.clauses
            if match.holds is not False
            for name, _ in clause.facts
        }
        there = {one.decision.name for one in proof.because}
        assert there >= names & set(BOOK.decisions)


def test_a_recommendation_is_explained_one_level_deep_and_says_how_to_see_more() -> None:
    shop = BOOK.read(EXAMPLES / "small_shop.yaml")
    advice = BOOK.evaluate(shop, as_of=AS_OF)
    proof = advice.explain("close_in_the_visit")
    text = proof.to_text()
    assert len(text.splitlines()) <= 60
    assert "(still_to_win)" in text
    assert "(go_no_go)" not in text
    assert "`b2brules explain DECISION DEAL`" in text
    assert '"decision": "go_no_go"' in proof.to_json()
    assert "(go_no_go)" in advice.explain("still_to_win").to_text()
    nothing_below = BOOK.evaluate({"people": []}, as_of=AS_OF).explain("limit_their_influence")
    assert "explain DECISION" not in nothing_below.to_text()
