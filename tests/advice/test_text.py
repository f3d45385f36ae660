"""Advice as text for people: what comes first, what is folded, and how wide it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2brules.advice.explaining import proof_to_text
from b2brules.advice.labels import label
from b2brules.advice.model import (
    Advice,
    ClauseProof,
    Decision,
    Proof,
    Question,
    Recommendation,
    RowProof,
)
from b2brules.advice.text import advice_to_text
from b2brules.advice.wrapping import width_of
from b2brules.facts import Money
from b2brules.ruleset.model import BASES, OWNERS, PRIME, Language

NAMES = {"people": {"p1": "李伟", "p2": "Wang Fang", "p3": "p3"}}
MakeAdvice = Callable[..., Advice]
MakeDecision = Callable[..., Decision]
MakeRecommendation = Callable[..., Recommendation]


def has_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.fixture
def advice(
    make_advice: MakeAdvice,
    make_decision: MakeDecision,
    make_recommendation: MakeRecommendation,
) -> Callable[[Language], Advice]:
    number = {"candidates": None, "rule": None, "sentence": None, "reason": None}

    def build(lang: Language) -> Advice:
        labels = {"defend": "防御", "attack": "进攻"} if lang == "zh" else {}
        return make_advice(
            lang=lang,
            names=NAMES,
            decisions=(
                make_decision("competitive_strategy", "flanking"),
                make_decision("can_we_win", "yes", "no"),
                make_decision("buy_class"),
                make_decision("account_score", value=Decimal("7.2"), **number),
                make_decision(
                    "budget_fill", value=Money(amount=Decimal(60000), currency="CNY"), **number
                ),
                make_decision("business_ceiling", value=None, **number),
            ),
            things={
                "people": {
                    "p1": (make_decision("relationship_strategy", "suppress"),),
                    "p2": (
                        make_decision("relationship_strategy", "defend", "attack", labels=labels),
                    ),
                    "p3": (
                        make_decision("relationship_strategy", "defend", "attack", labels=labels),
                    ),
                },
            },
            recommendations=(
                make_recommendation("shield", prime="insulate", owner="executive_sponsor"),
                make_recommendation(
                    "meet", certainty="possible", target="p1", target_name=NAMES["people"]["p1"]
                ),
                make_recommendation("ask", basis="ours"),
                make_recommendation(
                    "meet", certainty="possible", target="p2", target_name=NAMES["people"]["p2"]
                ),
                make_recommendation(
                    "meet", certainty="possible", target="p3", target_name=NAMES["people"]["p3"]
                ),
            ),
            questions=(
                Question(
                    fact="support_shown",
                    question="Has somebody acted?",
                    settles=("can_we_win", "people[p2].relationship_strategy"),
                    opens=2,
                ),
            ),
        )

    return build


ENGLISH = """\
Advice for Fee collection, as of 2026-11-21
===========================================

WHAT TO DO
 1. Do shield.
    Executive sponsor · by 2026-11-28 · PRIME: insulate from rivals
    Why: It helps. [shield: tas "3:1"; sourced]
 2. Do ask.
    Account manager · by 2026-11-28
    Why: It helps. [ask: tas "3:1"; ours]

WORTH DOING IF …
  - Do meet.
    If: It helps. [meet: tas "3:1"; sourced]
    Likewise for Wang Fang (p2), p3.

WHAT WE KNOW
  What about competitive_strategy? (competitive_strategy)
      It is flanking. The facts say so.
  What about account_score? (account_score)
      7.2
  What about budget_fill? (budget_fill)
      60,000 CNY
  李伟 (p1)
    - What about relationship_strategy? (relationship_strategy)
      It is suppress. The facts say so.

STILL OPEN
  - What about can_we_win? yes or no (can_we_win)
  - What about buy_class? no row of the table applies (buy_class)
  - What about business_ceiling? it cannot be calculated yet (business_ceiling)
  - What about relationship_strategy? defend or attack
    (people[p2].relationship_strategy)
      Likewise for p3.

WHAT TO FIND OUT
 1. Has somebody acted? (support_shown)
    Can settle: What about can_we_win? · Wang Fang (p2): What about
    relationship_strategy?

To see why: b2brules explain budget_fill DEAL
"""


def test_what_is_certain_comes_first_and_what_is_possible_is_folded(
    advice: Callable[[Language], Advice],
) -> None:
    assert advice_to_text(advice("en")) == ENGLISH


def test_chinese_advice_has_no_english_words_of_its_own(
    advice: Callable[[Language], Advice],
) -> None:
    text = advice_to_text(advice("zh"))
    assert "我方高层 · 最晚 2026-11-28 · PRIME：隔离对手" in text
    assert "防御或进攻" in text
    assert "本项目约定" in text
    ours = (
        "Why",
        "If:",
        " by ",
        "Likewise",
        "settle",
        " yes",
        "manager",
        "sourced",
        " and ",
        " or ",
    )
    assert [word for word in ours if word in text] == []


def test_a_deal_of_which_little_is_known_says_so(make_advice: MakeAdvice) -> None:
    assert advice_to_text(make_advice()) == (
        "Advice for Fee collection, as of 2026-11-21\n"
        "===========================================\n"
        "\n"
        "WHAT TO DO\n"
        "  Too little is known to be sure; begin with the questions below.\n"
    )


def test_only_the_most_urgent_is_shown_with_the_number_of_the_rest(
    make_advice: MakeAdvice, make_recommendation: MakeRecommendation
) -> None:
    text = advice_to_text(
        make_advice(
            recommendations=(
                *(make_recommendation(f"sure_{number}") for number in range(20)),
                *(
                    make_recommendation(f"open_{number}", certainty="possible")
                    for number in range(20)
                ),
            ),
            questions=tuple(
                Question(fact=f"f{number}", question="What?", settles=(), opens=1)
                for number in range(20)
            ),
        )
    )
    assert "10. Do sure_9.\n" in text
    assert "sure_10" not in text
    assert "… and 10 more, less urgent" in text
    assert "… and 16 more that may apply" in text
    assert "… and 12 more questions" in text


@given(data=st.data(), width=st.sampled_from([40, 60, 80, 120]))
def test_no_line_of_any_advice_is_wider_than_asked(
    data: st.DataObject, width: int, any_advice: st.SearchStrategy[Advice]
) -> None:
    advice = data.draw(any_advice)
    text = advice_to_text(advice, width=width)
    assert max(map(width_of, text.split("\n"))) <= width
    assert text.endswith("\n")
    assert "\n\n\n" not in text


@given(data=st.data())
def test_no_line_of_any_proof_is_wider_than_asked(
    data: st.DataObject, any_proof: st.SearchStrategy[Proof]
) -> None:
    text = proof_to_text(data.draw(any_proof))
    assert max(map(width_of, text.split("\n"))) <= 80


@pytest.mark.parametrize("word", [*OWNERS, *PRIME, *BASES])
def test_every_fixed_word_has_a_chinese_label(word: str) -> None:
    assert has_chinese(label(word, "zh"))
    assert not has_chinese(label(word, "en"))


def test_an_outcome_goes_by_its_label_and_else_by_its_word(make_decision: MakeDecision) -> None:
    labels = {"defend": "防守"}
    assert make_decision("competitive_strategy", labels=labels).label("defend") == "防守"
    assert make_decision("buy_class").label("straight_rebuy") == "straight rebuy"


def test_a_proof_shows_the_rows_the_cells_that_failed_and_what_it_rests_on(
    make_decision: MakeDecision,
) -> None:
    def row(id: str, then: str, holds: bool | None, *clauses: ClauseProof) -> RowProof:
        return RowProof(
            id=id,
            then=then,
            holds=holds,
            reason="",
            clauses=clauses,
            source='tas "3:1"',
            basis="sourced",
        )

    def clause(text: str, holds: bool | None, *unknown: str, **facts: str) -> ClauseProof:
        return ClauseProof(
            text=text, holds=holds, facts=tuple(facts.items()), unknown=tuple(unknown)
        )

    proof = Proof(
        decision=make_decision("competitive_strategy", "flanking", rule="change_the_game"),
        subject=None,
        rows=(
            row(
                "three_to_one",
                "frontal",
                False,
                clause("superiority >= 3", False, superiority="2"),
                clause("superiority_sustainable", True, superiority_sustainable="true"),
            ),
            row("change_the_game", "flanking", True, clause("criteria_changeable", True)),
        ),
        because=(
            Proof(
                decision=make_decision("can_we_win", "yes", "no"),
                subject="李伟",
                rows=(
                    row("not_this", "no", False, clause("a", False, a="1")),
                    row("perhaps", "yes", None, clause("b = 1", None, "b")),
                ),
                because=(),
                as_of=date(2026, 11, 21),
                lang="en",
            ),
        ),
        as_of=date(2026, 11, 21),
        lang="en",
    )
    assert proof_to_text(proof) == (
        """\
What about competitive_strategy? (competitive_strategy)
=======================================================
As of 2026-11-21: It is flanking. The facts say so.

THE ROWS, IN ORDER
  three_to_one → frontal: does not hold
    - superiority >= 3 — does not hold
      with superiority = 2
  change_the_game → flanking: holds (cited)
    - criteria_changeable — holds
    Source: tas "3:1" (sourced)

IT RESTS ON
  李伟: What about can_we_win? (can_we_win) Undecided. Still possible: yes or
  no.
    perhaps → yes: open
      - b = 1 — open
        not known: b
      Source: tas "3:1" (sourced)
"""
    )
