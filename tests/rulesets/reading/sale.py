"""How the sale itself is run: control, the gate of a stage, and who looks after what."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.rulesets.reading.days import days_ago
from tests.rulesets.reading.money import Rates, above, currency_of_deal, money
from tests.rulesets.reading.truth import (
    Candidates,
    Facts,
    all_of,
    any_of,
    at_least,
    fact_is,
    known,
    members,
    negated,
    number,
    scan,
)


def control(facts: Facts) -> Candidates:
    return scan(
        ("in_control", "at_risk"),
        # three or more warning signals → at_risk
        (at_least(members(facts, "warning_signals"), 3), "at_risk"),
        # otherwise in_control
        (True, "in_control"),
    )


def stage_gate(facts: Facts) -> Candidates:
    return scan(
        ("advance", "hold"),
        # progress ≥ 0.8 and mandatory_answers_yes and next_stage_started → advance
        (
            all_of(
                at_least(number(facts, "stage_progress"), Fraction(8, 10)),
                known(facts, "mandatory_answers_yes"),
                known(facts, "next_stage_started"),
            ),
            "advance",
        ),
        # otherwise hold
        (True, "hold"),
    )


def expected_cycle(facts: Facts, rates: Rates) -> Candidates:
    amount = money(facts, "amount", currency_of_deal(facts))
    return scan(
        ("short", "medium", "long"),
        # account.kind government or military, or product_difficulty hard → long
        (
            any_of(
                fact_is(facts, "account.kind", "government", "military"),
                fact_is(facts, "product_difficulty", "hard"),
            ),
            "long",
        ),
        # account.size small and product_difficulty easy and amount ≤ 10,000 CNY → short
        (
            all_of(
                fact_is(facts, "account.size", "small"),
                fact_is(facts, "product_difficulty", "easy"),
                negated(above(amount, 10_000, "CNY", rates)),
            ),
            "short",
        ),
        # otherwise medium
        (True, "medium"),
    )


def dispatch(facts: Facts) -> Candidates:
    return scan(
        ("delivery_centre", "local_office"),
        # channel → local_office
        (known(facts, "channel"), "local_office"),
        # class A or B → delivery_centre
        (fact_is(facts, "project_class", "A", "B"), "delivery_centre"),
        # class C, D or E → local_office
        (fact_is(facts, "project_class", "C", "D", "E"), "local_office"),
    )


def engagement(facts: Facts, rates: Rates) -> Candidates:
    quote = money(facts, "quote", currency_of_deal(facts))
    return scan(
        ("in_person", "remote"),
        # quote above 10,000 CNY → in_person
        (above(quote, 10_000, "CNY", rates), "in_person"),
        # otherwise remote
        (True, "remote"),
    )


def service_intensity(facts: Facts, as_of: date) -> Candidates:
    return scan(
        ("full", "standard", "light"),
        # phase trial, delivery or in_use,
        # and (signed 0 to 30 days ago, or usage_normal or benefit_visible false) → full
        (
            all_of(
                fact_is(facts, "phase", "trial", "delivery", "in_use"),
                any_of(
                    days_ago(facts, "signed_on", as_of, 0, 30),
                    fact_is(facts, "usage_normal", False),
                    fact_is(facts, "benefit_visible", False),
                ),
            ),
            "full",
        ),
        # sole_supplier or phone_sold or commonly_known → light
        (
            any_of(
                known(facts, "sole_supplier"),
                known(facts, "phone_sold"),
                known(facts, "commonly_known"),
            ),
            "light",
        ),
        # otherwise standard
        (True, "standard"),
    )
