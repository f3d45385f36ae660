"""The vocabulary's decisions, read a second time and without the library.

Written from the vocabulary and the design alone, before the rule files were seen: a mistake in
both readings has to be made twice. A facts document comes in as a plain mapping; what comes out
is the candidates of each decision, in the order of the decision's outcomes, or the number of a
formula. The comment above a row is the vocabulary's own wording.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tests.rulesets.reading.account import (
    REVIEWS,
    account_line,
    account_score,
    key_account,
    review,
)
from tests.rulesets.reading.account_lists import (
    budget_fill,
    budget_fill_rate,
    business_ceiling,
    competency_gap,
    competency_priority,
    fill_candidate,
)
from tests.rulesets.reading.assessment import (
    CAN_WE_COMPETE,
    CAN_WE_WIN,
    can_we_compete,
    can_we_win,
    compelling_event,
    competitive_strategy,
    go_no_go,
    inside_support_shown,
    is_it_worth_winning,
    is_there_an_opportunity,
    unique_business_value_proven,
)
from tests.rulesets.reading.buying import (
    buy_class,
    customer_group,
    decision_level,
    purchase_drive,
    purchase_play,
    supplier_position,
)
from tests.rulesets.reading.money import Formula, Number, Rates
from tests.rulesets.reading.offer import bottom_line, charm_line, segmentation_basis
from tests.rulesets.reading.people import key_player, relationship_map, relationship_strategy
from tests.rulesets.reading.sale import (
    control,
    dispatch,
    engagement,
    expected_cycle,
    service_intensity,
    stage_gate,
)
from tests.rulesets.reading.truth import Candidates, Facts, known

__all__ = [
    "CAN_WE_COMPETE",
    "CAN_WE_WIN",
    "REVIEWS",
    "Candidates",
    "Expected",
    "Number",
    "Rates",
    "decisions",
    "decisions_about_the_account",
    "decisions_about_the_deal",
    "decisions_about_things",
]

Expected = Candidates | Formula


def decisions(facts: Facts, as_of: date, rates: Rates) -> dict[str, Expected]:
    """Return what each decision comes to that is not about one thing of a list."""
    about_the_account = decisions_about_the_account(facts, as_of, rates)
    # A document with only `account` is an account review: what reads facts of a deal is left out.
    if set(facts) == {"account"}:
        return about_the_account
    return decisions_about_the_deal(facts, as_of, rates) | about_the_account


def decisions_about_the_deal(facts: Facts, as_of: date, rates: Rates) -> dict[str, Expected]:
    """Return what each decision comes to that reads facts of a deal."""
    return {
        "compelling_event": compelling_event(facts, as_of),
        "is_there_an_opportunity": is_there_an_opportunity(facts, as_of),
        "unique_business_value_proven": unique_business_value_proven(facts),
        "inside_support_shown": inside_support_shown(facts),
        "can_we_compete": can_we_compete(facts),
        "can_we_win": can_we_win(facts),
        "is_it_worth_winning": is_it_worth_winning(facts),
        "competitive_strategy": competitive_strategy(facts, as_of),
        "go_no_go": go_no_go(facts, as_of),
        "buy_class": buy_class(facts),
        "supplier_position": supplier_position(facts),
        "purchase_play": purchase_play(facts),
        "relationship_map": relationship_map(facts),
        "control": control(facts),
        "stage_gate": stage_gate(facts),
        "customer_group": customer_group(facts),
        "decision_level": decision_level(facts),
        "purchase_drive": purchase_drive(facts),
        "charm_line": charm_line(facts),
        "bottom_line": bottom_line(facts),
        "segmentation_basis": segmentation_basis(facts),
        "expected_cycle": expected_cycle(facts, rates),
        "dispatch": dispatch(facts),
        "engagement": engagement(facts, rates),
        "service_intensity": service_intensity(facts, as_of),
    }


def decisions_about_the_account(facts: Facts, as_of: date, rates: Rates) -> dict[str, Expected]:
    """Return what each decision comes to that reads facts of the account only."""
    return {
        "account_score": account_score(facts),
        "key_account": key_account(facts),
        "account_line": account_line(facts),
        **{name: review(facts, name, as_of) for name in REVIEWS},
        "budget_fill": budget_fill(facts, rates),
        "budget_fill_rate": budget_fill_rate(facts, rates),
        "business_ceiling": business_ceiling(facts, rates),
    }


def decisions_about_things(facts: Facts) -> Mapping[str, Mapping[str, Mapping[str, Expected]]]:
    """Return what each decision about one thing comes to, by list, id and decision."""
    return {
        "people": {
            person["id"]: {
                "key_player": key_player(person),
                "relationship_strategy": relationship_strategy(person),
            }
            for person in known(facts, "people") or ()
        },
        "cost_items": {
            cost_item["id"]: {"fill_candidate": fill_candidate(cost_item)}
            for cost_item in known(facts, "account.cost_items") or ()
        },
        "competencies": {
            competency["id"]: {
                "competency_gap": competency_gap(competency),
                "competency_priority": competency_priority(competency),
            }
            for competency in known(facts, "account.competencies") or ()
        },
    }
