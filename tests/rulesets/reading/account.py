"""The account by itself: its score, its place, and when it was last looked at."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.rulesets.reading.days import days_ago
from tests.rulesets.reading.money import Formula, Number
from tests.rulesets.reading.truth import (
    YES_NO,
    Candidates,
    Facts,
    at_least,
    at_most,
    decided,
    number,
    scan,
)

# weights 0.3, 0.3, 0.2, 0.2
WEIGHTS = {
    "revenue_score": Fraction(3, 10),
    "potential_score": Fraction(3, 10),
    "demonstration_score": Fraction(2, 10),
    "winnability_score": Fraction(2, 10),
}
# overdue at the second number, due at the first, otherwise current
REVIEWS = {
    "importance_review": (90, 180),
    "needs_review": (30, 90),
    "closeness_review": (30, 60),
    "annual_assessment": (335, 365),
}


def account_score(facts: Facts) -> Formula:
    """Σ weight × score over the four scores."""
    found = Fraction(0)
    for name, weight in WEIGHTS.items():
        score = number(facts, f"account.{name}")
        if score is None:
            return None
        found += weight * score
    return Number(found).rounded()


def key_account(facts: Facts) -> Candidates:
    rank = number(facts, "account.rank_in_industry")
    return scan(
        YES_NO,
        # rank_in_industry ≤ 5 → yes
        (at_most(rank, 5), "yes"),
        # rank_in_industry > 5 → no; where the rank is unknown it is undecided
        (at_least(rank, 6), "no"),
    )


def account_line(facts: Facts) -> Candidates:
    return scan(
        ("big_project", "fast_lane"),
        # key account → big_project
        (decided(key_account(facts), "yes"), "big_project"),
        # otherwise fast_lane
        (True, "fast_lane"),
    )


def review(facts: Facts, name: str, as_of: date) -> Candidates:
    """Return how pressing a review is: `importance_review` by `last_importance_review`."""
    due, overdue = REVIEWS[name]
    last = f"account.last_{name}"
    return scan(
        ("current", "due", "overdue"),
        # overdue at the second number
        (days_ago(facts, last, as_of, overdue), "overdue"),
        # due at the first
        (days_ago(facts, last, as_of, due), "due"),
        # otherwise current
        (True, "current"),
    )
