"""What every engine offers: a book, ready to run."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from b2brules.advice.conclusions import Conclusion, Conclusions
from b2brules.advice.override import NO_OVERRIDES, Overrides
from b2brules.facts.review import Deal
from b2brules.language.values import Rates
from b2brules.ruleset.model import DecisionKey


class Engine(Protocol):
    """The rules of a book, ready to run."""

    def conclude(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Conclusions:
        """Return what the rules make of a deal.

        For an account on its own, what reads facts of a deal is left out. An overridden decision is
        first made by its rules; what reads it reads what is in force, by
        :func:`b2brules.advice.override.in_force`.
        """

    def decide(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Mapping[DecisionKey, Conclusion]:
        """Return the decisions alone, without the recommendations that follow."""

    def conclude_flat(self, known: Mapping[str, object], as_of: date, rates: Rates) -> Conclusions:
        """Return what the rules make of a deal that is given by its known facts, by name."""
