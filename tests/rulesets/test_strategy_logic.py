"""What the shipped method never does, whatever else is known: a sentence and a test each.

Other facts are drawn freely; those that the sentence is about are set.
"""

from __future__ import annotations

import functools
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import b2brules
from b2brules import Account, Event, Marks, Opportunity, Rulebook
from b2brules.advice.conclusions import Verdict
from b2brules.testing import AS_OF, opportunities, people

QUESTIONS = ("is_there_an_opportunity", "can_we_compete", "can_we_win", "is_it_worth_winning")
COMPETE = (
    "formal_criteria",
    "solution_fit",
    "sales_resources",
    "current_relationship",
    "unique_business_value",
)
WIN = (
    "inside_support",
    "executive_credibility",
    "cultural_compatibility",
    "informal_criteria",
    "political_alignment",
)
WORTH = ("short_term_revenue", "future_revenue", "profitability", "risk", "strategic_value")
ESTABLISHED: dict[str, Any] = {
    **dict.fromkeys(("driver", "dated", "consequence", "payback", "owner"), True),
    "symptom_only": False,
    "date": AS_OF,
}
UNKNOWN_OR_PLUS = st.sampled_from((None, "plus"))


@functools.cache
def book(**parameters: int) -> Rulebook:
    return b2brules.load_rulebook(parameters=parameters)


DEALS = opportunities(book())
PEOPLE = people(book())


def candidates(deal: Opportunity, name: str, id: str | None = None, **given: int) -> set[str]:
    """The outcomes that are still possible."""
    found = book(**given).evaluate(deal, as_of=AS_OF).conclusions.decisions[name, id]
    assert isinstance(found, Verdict)
    return set(found.candidates)


def advised(deal: Opportunity) -> set[tuple[str, tuple[str, ...]]]:
    """The recommendations, certain or possible, and the things they are about."""
    matches = book().evaluate(deal, as_of=AS_OF).conclusions.matches
    return {(match.rule, match.bindings) for match in matches}


def marked(deal: Opportunity, **marks: Any) -> Opportunity:
    """The deal with some marks set."""
    return evolve(deal, marks=evolve(deal.marks or Marks(), **marks))


def with_event(deal: Opportunity, **facts: Any) -> Opportunity:
    """The deal with some facts of its event set."""
    return evolve(deal, event=evolve(deal.event or Event(), **facts))


def with_people(deal: Opportunity, group: tuple[Any, ...], **facts: Any) -> Opportunity:
    """The deal with these people, each with some facts set; its actions are for none of them."""
    actions = deal.actions and tuple(evolve(action, for_person=None) for action in deal.actions)
    return evolve(deal, actions=actions, people=tuple(evolve(one, **facts) for one in group))


# --- the competitive strategy ---------------------------------------------------------------


@pytest.mark.parametrize("lead", [2, 3, 4])
@given(deal=DEALS, short=st.sampled_from(("0.000001", "1", "2")))
def test_nobody_fights_head_on_below_the_superiority_parameter(lead, deal, short):
    below = evolve(deal, superiority=lead - Decimal(short))
    assert "frontal" not in candidates(below, "competitive_strategy", frontal_superiority=lead)


@given(deal=DEALS)
def test_nobody_fights_head_on_with_a_lead_that_will_not_last(deal):
    fleeting = evolve(deal, superiority_sustainable=False)
    assert "frontal" not in candidates(fleeting, "competitive_strategy")


@given(deal=DEALS)
def test_our_own_customer_is_always_defended(deal):
    assert candidates(evolve(deal, incumbent="us"), "competitive_strategy") == {"defend"}


@given(deal=DEALS, incumbent=st.sampled_from(("rival", "nobody")))
def test_what_is_not_ours_is_never_defended(deal, incumbent):
    theirs = evolve(deal, incumbent=incumbent)
    assert "defend" not in candidates(theirs, "competitive_strategy")


@given(deal=DEALS)
def test_criteria_are_never_attacked_without_an_executive_who_backs_us(deal):
    alone = marked(deal, executive_credibility="minus")
    assert "flanking" not in candidates(alone, "competitive_strategy")


@given(deal=DEALS, facts=st.sampled_from(({"ubv_confirmed": False}, {"support_shown": False})))
def test_a_part_is_never_fought_for_on_our_own_opinion(deal, facts):
    assert "fragment" not in candidates(evolve(deal, **facts), "competitive_strategy")


@given(deal=DEALS)
def test_we_leave_only_without_an_opportunity_or_where_winning_is_out_of_reach_and_dear(deal):
    if candidates(deal, "competitive_strategy") == {"disengage"}:
        dear = deal.marks is not None and deal.marks.sales_resources == "minus"
        lost = candidates(deal, "can_we_win") == {"no"}
        # Undecided between the two reasons is decided all the same.
        assert "no" in candidates(deal, "is_there_an_opportunity") or (dear and lost)


@given(deal=DEALS)
def test_an_opportunity_that_is_affordable_is_never_left(deal):
    sure = marked(with_event(deal, **ESTABLISHED), access_to_funds="plus", sales_resources="plus")
    assert "disengage" not in candidates(sure, "competitive_strategy")


# The tactics that belong to one strategy alone.
TACTICS = {
    "solution_superiority": "frontal",
    "peak_at_the_decision": "frontal",
    "alter_the_rules": "flanking",
    "move_last": "flanking",
    "niche": "fragment",
    "insulate_our_position": "defend",
    "win_time_to_get_ahead": "develop",
    "leave_early_and_politely": "disengage",
}


@given(deal=DEALS)
def test_a_tactic_is_advised_only_while_its_strategy_is_possible(deal):
    possible = candidates(deal, "competitive_strategy")
    assert {TACTICS[rule] for rule, _ in advised(deal) if rule in TACTICS} <= possible


# --- go or no go ----------------------------------------------------------------------------


@given(deal=DEALS)
def test_go_needs_all_four_questions(deal):
    answers = [candidates(deal, question) for question in QUESTIONS]
    if candidates(deal, "go_no_go") == {"go"}:
        assert answers == [{"yes"}] * 4
    if any("yes" not in answer for answer in answers):
        assert "go" not in candidates(deal, "go_no_go")


@given(deal=DEALS)
def test_four_times_yes_is_a_go(deal):
    marks = dict.fromkeys((*COMPETE, *WIN, *WORTH, "access_to_funds"), "plus")
    proven = evolve(deal, ubv_confirmed=True, support_shown=True)
    assert candidates(marked(with_event(proven, **ESTABLISHED), **marks), "go_no_go") == {"go"}


@given(deal=DEALS)
def test_stop_needs_no_opportunity_at_a_customer_who_is_not_ours_or_two_questions_lost(deal):
    if "stop" in candidates(deal, "go_no_go"):
        nothing = "no" in candidates(deal, "is_there_an_opportunity") and deal.incumbent != "us"
        lost = all("no" in candidates(deal, question) for question in QUESTIONS[1:3])
        assert nothing or lost


@given(deal=DEALS)
def test_our_own_customer_is_not_stopped_for_want_of_an_event(deal):
    ours = evolve(deal, incumbent="us", risk_reward_purchase=False)
    fits = marked(ours, **dict.fromkeys((*COMPETE, *WIN), "plus"))
    assert "stop" not in candidates(evolve(fits, ubv_confirmed=True), "go_no_go")


@given(deal=DEALS, phase=st.sampled_from(("delivery", "in_use", "lost")))
def test_a_deal_that_is_signed_or_lost_is_not_sold_once_more(deal, phase):
    over = evolve(deal, phase=phase)
    assert candidates(over, "still_to_win") == {"no"}
    assert not {"commit_the_team", "plan_the_first_steps"} & {rule for rule, _ in advised(over)}


# --- the four questions ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "marks", "proof"),
    [
        ("can_we_compete", COMPETE, "ubv_confirmed"),
        ("can_we_win", WIN, "support_shown"),
        ("is_it_worth_winning", WORTH, "ubv_confirmed"),
    ],
)
@given(deal=DEALS, data=st.data(), proven=st.sampled_from((None, True)))
def test_an_unknown_never_counts_as_a_minus(question, marks, proof, deal, data, proven):
    kind = {mark: data.draw(UNKNOWN_OR_PLUS) for mark in marks}
    deal = marked(evolve(deal, **{proof: proven}), **kind)
    assert candidates(deal, question) != {"no"}


@given(deal=DEALS, proof=st.sampled_from(("ubv_confirmed", "support_shown")))
def test_what_the_customer_denies_is_never_proven(deal, proof):
    question = {"ubv_confirmed": "can_we_compete", "support_shown": "can_we_win"}[proof]
    assert candidates(evolve(deal, **{proof: False}), question) == {"no"}


@given(deal=DEALS)
def test_without_access_to_funds_there_is_no_opportunity(deal):
    broke = marked(deal, access_to_funds="minus")
    assert candidates(broke, "is_there_an_opportunity") == {"no"}


@given(
    deal=DEALS,
    facts=st.sampled_from(
        ({"date": AS_OF - timedelta(days=1)}, {"symptom_only": True}, {"owner": False})
    ),
)
def test_an_event_that_is_over_or_a_symptom_or_nobodys_makes_nobody_act(deal, facts):
    assert candidates(with_event(deal, **facts), "compelling_event") == {"absent"}


@given(deal=DEALS)
def test_risk_without_profit_is_never_worth_winning(deal):
    gamble = marked(deal, risk="minus", profitability="minus")
    assert candidates(gamble, "is_it_worth_winning") == {"no"}


# --- the purchase ---------------------------------------------------------------------------


@given(deal=DEALS)
def test_a_new_task_never_yields_an_in_supplier_play(deal):
    assert candidates(evolve(deal, first_purchase=True), "purchase_play") == {"educate_and_map"}


@given(deal=DEALS, incumbent=st.sampled_from(("rival", "nobody")))
def test_only_an_in_supplier_protects(deal, incumbent):
    play = candidates(evolve(deal, incumbent=incumbent), "purchase_play")
    assert not play & {"protect_and_automate", "defend_and_adapt"}


# --- people ---------------------------------------------------------------------------------


@given(deal=DEALS, group=PEOPLE)
def test_an_enemy_with_a_veto_is_never_ignored(deal, group):
    deal = with_people(deal, group, support="enemy", has_veto=True)
    assume("yes" in candidates(deal, "still_to_win"))
    addressed = {id for rule, bindings in advised(deal) for id in bindings}
    assert {person.id for person in group} <= addressed


@given(deal=DEALS, group=PEOPLE, verified=st.sampled_from((False, None)))
def test_a_map_is_never_green_on_unverified_authority(deal, group, verified):
    found = candidates(with_people(deal, group, authority_verified=verified), "relationship_map")
    assert found != {"green"}
    assert verified is None or "green" not in found


@given(deal=DEALS, group=PEOPLE, support=st.sampled_from(("enemy", "non_supporter", "neutral")))
def test_a_map_without_a_supporter_is_red(deal, group, support):
    assert candidates(with_people(deal, group, support=support), "relationship_map") == {"red"}


@given(deal=DEALS, group=PEOPLE)
def test_supporters_without_power_do_not_colour_the_map(deal, group):
    outside = with_people(deal, group, political_status="outside", support="mentor")
    assert candidates(outside, "relationship_map") == {"red"}


@given(deal=DEALS, group=PEOPLE, status=st.sampled_from(("inner_circle", "outside", None)))
def test_nobody_is_a_key_player_or_none_without_evidence(deal, group, status):
    deal = with_people(deal, group, political_status=status)
    expected = {"inner_circle": {"yes"}, "outside": {"no"}, None: {"yes", "no"}}[status]
    assert all(candidates(deal, "key_player", person.id) == expected for person in group)


@given(deal=DEALS, group=PEOPLE, support=st.sampled_from(("supporter", "mentor")))
def test_nobody_who_supports_us_is_limited_or_answered_like_an_opponent(deal, group, support):
    against = {"limit_their_influence", "answer_their_objections", "strong_opponent"}
    deal = with_people(deal, group, support=support)
    assert not against & {rule for rule, _ in advised(deal)}


@given(deal=DEALS, group=PEOPLE)
def test_a_group_without_a_decider_is_never_complete(deal, group):
    users = with_people(deal, group, roles=frozenset({"user", "influencer"}))
    assert candidates(users, "customer_group") == {"incomplete"}


ROLES_ASKED_FOR = {
    "initiator": "find_the_initiator",
    "approver": "find_the_approver",
    "buyer": "find_the_buyer",
    "gatekeeper": "find_the_gatekeeper",
    "influencer": "find_the_influencer",
    "user": "find_the_user",
}


@given(deal=DEALS, role=st.sampled_from(sorted(ROLES_ASKED_FOR)))
def test_a_role_that_nobody_holds_is_not_asked_for_again(deal, role):
    told = evolve(deal, roles_absent=frozenset({role}))
    assert ROLES_ASKED_FOR[role] not in {rule for rule, _ in advised(told)}


@given(deal=DEALS, group=PEOPLE)
def test_a_small_shop_is_not_analysed_role_by_role(deal, group):
    deal = with_people(deal, group)
    shop = evolve(deal, account=evolve(deal.account or Account(), size="small"))
    table = {"go_through_the_seven_roles", "find_the_metric", "find_the_criteria"}
    table |= {"fill_the_rest_of_the_table", "find_the_gatekeeper", "find_the_personal_win"}
    assert not table & {rule for rule, _ in advised(shop)}


@given(deal=DEALS, group=PEOPLE, buffer=st.sampled_from(("remarks", "context_figures")))
def test_the_bottom_line_is_not_crossed_while_something_cushions_it(deal, group, buffer):
    cushioned = evolve(with_people(deal, group), buffers=frozenset({buffer}))
    assert candidates(cushioned, "bottom_line") == {"kept"}


@given(deal=DEALS)
def test_what_armed_forces_buy_is_not_celebrated_in_public(deal):
    forces = evolve(deal, account=evolve(deal.account or Account(), kind="military"))
    assert not {"hold_a_signing_event", "work_the_reference"} & {r for r, _ in advised(forces)}
