"""Days gone by since a date that may be the word never."""

from __future__ import annotations

import math
from datetime import date

from tests.rulesets.reading.truth import Facts, Truth, known


def days_since(facts: Facts, path: str, as_of: date) -> float | None:
    """Return the days since a date; below zero while it is to come, endless for never."""
    day = known(facts, path)
    if day is None:
        return None
    return math.inf if day == "never" else (as_of - date.fromisoformat(str(day))).days


def days_ago(facts: Facts, path: str, as_of: date, fewest: int, most: float = math.inf) -> Truth:
    """Whether a date is at least so many days ago, and at most so many."""
    days = days_since(facts, path, as_of)
    return None if days is None else fewest <= days <= most
