"""What is listed of an account: its costs, with the budget in them, and its competencies."""

from __future__ import annotations

from tests.rulesets.reading.money import (
    Formula,
    Number,
    Rates,
    currency_of_account,
    exchanged,
    money,
    total,
)
from tests.rulesets.reading.truth import (
    YES_NO,
    Candidates,
    Facts,
    all_of,
    at_least,
    decided,
    known,
    negated,
    number,
    scan,
)


def fill_candidate(cost_item: Facts) -> Candidates:
    return scan(
        YES_NO,
        # high and recurring
        (all_of(known(cost_item, "high"), known(cost_item, "recurring")), "yes"),
        (True, "no"),
    )


def over_fill_candidates(facts: Facts, amount: str, rates: Rates) -> Formula:
    """Sum an amount of the fill candidates; a cost that may be one or not leaves it unknown."""
    cost_items = known(facts, "account.cost_items")
    if cost_items is None:
        return None
    currency = currency_of_account(facts)
    amounts = []
    for cost_item in cost_items:
        counts = decided(fill_candidate(cost_item), "yes")
        if counts is None:
            return None
        if counts:
            amounts.append(money(cost_item, amount, currency))
    return total(amounts, currency, rates)


def budget_fill(facts: Facts, rates: Rates) -> Formula:
    """Sum addressable over fill candidates."""
    found = over_fill_candidates(facts, "addressable", rates)
    return None if found is None else found.rounded()


def budget_fill_rate(facts: Facts, rates: Rates) -> Formula:
    """budget_fill divided by the sum of annual_cost over fill candidates."""
    fill = budget_fill(facts, rates)
    costs = over_fill_candidates(facts, "annual_cost", rates)
    if fill is not None:
        costs = exchanged(costs, fill.currency, rates)
    if fill is None or costs is None or costs.value == 0:
        return None
    return Number(fill.value / costs.value).rounded()


def business_ceiling(facts: Facts, rates: Rates) -> Formula:
    """budget_fill × customers_in_segment."""
    fill = budget_fill(facts, rates)
    customers = number(facts, "account.customers_in_segment")
    if fill is None or customers is None:
        return None
    return Number(fill.value * customers, fill.currency).rounded()


def competency_gap(competency: Facts) -> Candidates:
    return scan(
        YES_NO,
        # rating below 4
        (negated(at_least(number(competency, "rating"), 4)), "yes"),
        (True, "no"),
    )


def competency_priority(competency: Facts) -> Formula:
    """(4 − rating) × importance."""
    rating, importance = number(competency, "rating"), number(competency, "importance")
    if rating is None or importance is None:
        return None
    return Number((4 - rating) * importance).rounded()
