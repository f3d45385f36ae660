"""The four questions of an assessment, the strategy and the verdict, as the vocabulary has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.rulesets.reading.truth import (
    YES_NO,
    Candidates,
    Facts,
    Truth,
    all_of,
    any_of,
    at_least,
    decided,
    fact_is,
    known,
    negated,
    number,
    scan,
)

# Questions 2 and 3 of the assessment: five criteria each.
CAN_WE_COMPETE = (
    "formal_criteria",
    "solution_fit",
    "sales_resources",
    "current_relationship",
    "unique_business_value",
)
CAN_WE_WIN = (
    "inside_support",
    "executive_credibility",
    "cultural_compatibility",
    "informal_criteria",
    "political_alignment",
)


def plus(facts: Facts, *names: str) -> Truth:
    """Whether any of the marks is plus."""
    return any_of(*(fact_is(facts, f"marks.{name}", "plus") for name in names))


def minus(facts: Facts, *names: str) -> Truth:
    """Whether all of the marks are minus."""
    return all_of(*(fact_is(facts, f"marks.{name}", "minus") for name in names))


def two_minus(facts: Facts, names: Iterable[str]) -> Truth:
    """Whether two or more are minus: what is not marked yet may be minus or not."""
    truths = [minus(facts, name) for name in names]
    fewest, most = truths.count(True), truths.count(True) + truths.count(None)
    return True if fewest >= 2 else False if most < 2 else None


def compelling_event(facts: Facts, as_of: date) -> Candidates:
    day = known(facts, "event.date")
    past = None if day is None else date.fromisoformat(day) < as_of
    return scan(
        ("established", "absent"),
        # absent if event.symptom_only, or event.date is before as_of,
        # or driver, dated or owner is false, or consequence and payback are both false
        (
            any_of(
                fact_is(facts, "event.symptom_only", True),
                past,
                fact_is(facts, "event.driver", False),
                fact_is(facts, "event.dated", False),
                fact_is(facts, "event.owner", False),
                all_of(
                    fact_is(facts, "event.consequence", False),
                    fact_is(facts, "event.payback", False),
                ),
            ),
            "absent",
        ),
        # otherwise established
        (True, "established"),
    )


def is_there_an_opportunity(facts: Facts, as_of: date) -> Candidates:
    event = compelling_event(facts, as_of)
    funds = plus(facts, "access_to_funds")
    risk_reward = known(facts, "risk_reward_purchase")
    return scan(
        ("yes", "weak", "no"),
        # access_to_funds minus → no
        (minus(facts, "access_to_funds"), "no"),
        # event established and funds plus → yes
        (all_of(decided(event, "established"), funds), "yes"),
        # event absent and risk_reward_purchase true and funds plus → weak
        (all_of(decided(event, "absent"), risk_reward, funds), "weak"),
        # event absent and risk_reward_purchase false → no
        (all_of(decided(event, "absent"), negated(risk_reward)), "no"),
    )


def unique_business_value_proven(facts: Facts) -> Candidates:
    mark, confirmed = "unique_business_value", known(facts, "ubv_confirmed")
    return scan(
        YES_NO,
        # mark minus or ubv_confirmed false → no
        (any_of(minus(facts, mark), negated(confirmed)), "no"),
        # mark plus and ubv_confirmed true → yes
        (all_of(plus(facts, mark), confirmed), "yes"),
    )


def inside_support_shown(facts: Facts) -> Candidates:
    mark, shown = "inside_support", known(facts, "support_shown")
    return scan(
        YES_NO,
        # mark minus or support_shown false → no
        (any_of(minus(facts, mark), negated(shown)), "no"),
        # mark plus and support_shown true → yes
        (all_of(plus(facts, mark), shown), "yes"),
    )


def can_we_compete(facts: Facts) -> Candidates:
    value = unique_business_value_proven(facts)
    too_many = two_minus(facts, CAN_WE_COMPETE)
    return scan(
        YES_NO,
        # solution_fit minus, or unique_business_value_proven = no,
        # or two or more of its five marks minus → no
        (any_of(minus(facts, "solution_fit"), decided(value, "no"), too_many), "no"),
        # solution_fit plus, value proven, and at most one minus → yes
        (all_of(plus(facts, "solution_fit"), decided(value, "yes"), negated(too_many)), "yes"),
    )


def can_we_win(facts: Facts) -> Candidates:
    support = inside_support_shown(facts)
    too_many = two_minus(facts, CAN_WE_WIN)
    return scan(
        YES_NO,
        # inside_support_shown = no, or two or more of its five marks minus → no
        (any_of(decided(support, "no"), too_many), "no"),
        # support shown and at most one minus → yes
        (all_of(decided(support, "yes"), negated(too_many)), "yes"),
    )


def is_it_worth_winning(facts: Facts) -> Candidates:
    dear = minus(facts, "risk", "profitability")
    gains = ("short_term_revenue", "future_revenue", "strategic_value")
    return scan(
        YES_NO,
        # risk and profitability both minus → no
        (dear, "no"),
        # short_term_revenue, future_revenue and strategic_value all minus → no
        (minus(facts, *gains), "no"),
        # any of those three plus, and not (risk and profitability both minus) → yes
        (all_of(plus(facts, *gains), negated(dear)), "yes"),
    )


def competitive_strategy(facts: Facts, as_of: date) -> Candidates:
    # "no opportunity" is the answer no: a weak one is still an opportunity.
    nothing_there = decided(is_there_an_opportunity(facts, as_of), "no")
    ahead = at_least(number(facts, "superiority"), 3)
    return scan(
        ("frontal", "flanking", "fragment", "defend", "develop", "disengage"),
        # incumbent = us → defend
        (fact_is(facts, "incumbent", "us"), "defend"),
        # no opportunity, and future_revenue or strategic_value plus → develop
        (all_of(nothing_there, plus(facts, "future_revenue", "strategic_value")), "develop"),
        # no opportunity → disengage
        (nothing_there, "disengage"),
        # superiority ≥ 3 and sustainable → frontal
        (all_of(ahead, known(facts, "superiority_sustainable")), "frontal"),
        # criteria_changeable and executive_credibility plus → flanking
        (
            all_of(known(facts, "criteria_changeable"), plus(facts, "executive_credibility")),
            "flanking",
        ),
        # separable_part and value proven and support shown
        # and profitability not minus and future_revenue not minus → fragment
        (
            all_of(
                known(facts, "separable_part"),
                decided(unique_business_value_proven(facts), "yes"),
                decided(inside_support_shown(facts), "yes"),
                negated(minus(facts, "profitability")),
                negated(minus(facts, "future_revenue")),
            ),
            "fragment",
        ),
        # decision_delayable → develop
        (known(facts, "decision_delayable"), "develop"),
        # can_we_win = no and sales_resources minus → disengage
        (all_of(decided(can_we_win(facts), "no"), minus(facts, "sales_resources")), "disengage"),
        # otherwise develop
        (True, "develop"),
    )


def go_no_go(facts: Facts, as_of: date) -> Candidates:
    opportunity = is_there_an_opportunity(facts, as_of)
    compete, win, worth = can_we_compete(facts), can_we_win(facts), is_it_worth_winning(facts)
    return scan(
        ("go", "review", "stop"),
        # is_there_an_opportunity = no and incumbent is not us → stop
        (all_of(decided(opportunity, "no"), negated(fact_is(facts, "incumbent", "us"))), "stop"),
        # can_we_compete and can_we_win both no → stop
        (all_of(decided(compete, "no"), decided(win, "no")), "stop"),
        # all four questions yes → go (a weak opportunity is not a yes)
        (all_of(*(decided(answer, "yes") for answer in (opportunity, compete, win, worth))), "go"),
        # otherwise review
        (True, "review"),
    )
