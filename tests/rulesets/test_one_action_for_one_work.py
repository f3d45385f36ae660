"""No deal gets two actions that are the same work, or that pull in opposite directions."""

from __future__ import annotations

from datetime import date

import pytest

import b2brules
from b2brules.advice.model import Advice
from b2brules.ruleset.cases import load_cases
from b2brules.ruleset.shipped import shipped_rulesets
from tests.docs.examples import ACCOUNTS, DEALS

BOOK = b2brules.load_rulebook()
AS_OF = date(2026, 11, 21)
ADVICE: list[tuple[str, Advice]] = [
    *(
        (case.name, BOOK.evaluate(case.deal, as_of=case.as_of))
        for case in load_cases([shipped_rulesets()], BOOK._book)
    ),
    *((path.stem, BOOK.evaluate(BOOK.read(path), as_of=AS_OF)) for path in (*DEALS, *ACCOUNTS)),
]

SAME_WORK = [
    ("assess_with_the_manager", "reassess_at_the_new_stage"),
    ("assess_with_the_manager", "reassess_for_the_newcomer"),
    ("be_seen", "be_seen_in_public"),
    ("call_presales_back", "hold_presales_until_event"),
    ("close_date_too_soon", "expect_the_longest_cycle"),
    ("close_date_too_soon", "leave_time_for_approval_abroad"),
    ("commit_the_team", "give_the_best_deal_the_best_people"),
    ("draw_the_approval_chain", "find_the_approver"),
    ("draw_the_approval_chain", "verify_the_authority"),
    ("draw_the_approval_chain", "who_can_stop_it"),
    ("follow_up_in_person", "not_by_mail_alone"),
    ("follow_up_in_person", "talk_to_them_directly"),
    ("hold_a_deal_review", "review_before_we_quote"),
    ("hold_a_deal_review", "review_the_price_already_out"),
    ("insulate_our_position", "treat_the_change_as_a_risk"),
    ("keep_the_quality_steady", "prepare_their_review"),
    ("make_the_better_offer_now", "offer_while_they_specify"),
    ("measure_what_is_doubted", "say_what_our_work_brought"),
    ("prove_the_fit", "solution_superiority"),
    ("reassess_at_the_new_stage", "reassess_for_the_newcomer"),
    ("restate_the_value", "state_the_use_value"),
    ("restate_the_value", "write_their_proposal"),
    ("review_importance_now", "score_more_than_revenue"),
    ("support_from_outside_only", "win_one_key_player"),
    ("answer_the_urgent_request", "the_half_hour_is_over"),
]
OPPOSITE = [
    ("call_presales_back", "bring_testing_in"),
    ("call_presales_back", "write_their_proposal"),
    ("hold_presales_until_event", "commit_the_team"),
    ("hold_presales_until_event", "write_their_proposal"),
    ("commit_the_team", "treat_as_provisional"),
    ("give_presales_back", "large_project_through_a_channel"),
    ("hold_the_price_back", "state_the_price_scheme"),
    ("make_the_better_offer_now", "the_list_is_made_already"),
    ("plan_back_from_the_event", "win_time_to_get_ahead"),
    ("release_presales", "assess_with_the_manager"),
    ("release_presales", "commit_the_team"),
    ("step_back_and_stay", "a_large_customer_by_mail"),
    ("step_back_and_stay", "not_by_mail_alone"),
]
FOR_ONE_PERSON = [
    ("cover_the_veto", "meet_before_persuading"),
    ("cover_the_veto", "tell_the_top_what_it_returns"),
    ("meet_before_persuading", "tell_the_team_how_it_is_done"),
    ("meet_before_persuading", "tell_the_top_what_it_returns"),
    ("meet_before_persuading", "win_the_user_after"),
    ("strong_opponent", "tell_the_top_what_it_returns"),
    ("give_them_reasons", "lead_with_the_money"),
]
HOUSE = ("plan_closeness_review", "price_the_presales", "be_seen", "map_the_touchpoints")
"""Rules about accounts, touchpoints and our own house, one of each family."""


def both(first: str, second: str) -> list[str]:
    return [
        name for name, advice in ADVICE if {first, second} <= {one.id for one in advice.certain}
    ]


@pytest.mark.parametrize(("first", "second"), SAME_WORK)
def test_one_piece_of_work_is_advised_once(first: str, second: str) -> None:
    assert {first, second} <= set(BOOK._book.recommendations)
    assert both(first, second) == []


@pytest.mark.parametrize(("first", "second"), OPPOSITE)
def test_no_deal_is_pulled_both_ways(first: str, second: str) -> None:
    assert {first, second} <= set(BOOK._book.recommendations)
    assert both(first, second) == []


@pytest.mark.parametrize(("first", "second"), FOR_ONE_PERSON)
def test_nobody_is_approached_in_two_ways_at_once(first: str, second: str) -> None:
    assert {first, second} <= set(BOOK._book.recommendations)
    twice = [
        name
        for name, advice in ADVICE
        if {one.bindings["person"] for one in advice.certain if one.id == first}
        & {one.bindings["person"] for one in advice.certain if one.id == second}
    ]
    assert twice == []


def test_each_of_the_two_is_advised_somewhere() -> None:
    """Else the tests above could not fail."""
    advised = {one.id for _, advice in ADVICE for one in advice.certain}
    assert {rule for pair in SAME_WORK + OPPOSITE + FOR_ONE_PERSON for rule in pair} <= advised


@pytest.mark.parametrize("rule", HOUSE)
def test_the_house_is_never_more_urgent_than_the_deal(rule: str) -> None:
    assert BOOK._book.recommendations[rule].priority >= 4
