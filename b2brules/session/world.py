"""All that the advice on a deal follows from, and what runs the rules on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from attrs import field, frozen

from b2brules.advice.conclusions import Conclusions
from b2brules.advice.model import Advice
from b2brules.advice.override import Override
from b2brules.facts import Opportunity
from b2brules.facts.fields import types_of
from b2brules.facts.review import Deal
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book, DecisionKey


@frozen(kw_only=True)
class World:
    """What is the case.

    Args:
        deal: What is known of a deal; its lists in the order of their ids.
        as_of: The day.
        rates: The rates of exchange.
        overrides: The decisions that people have set aside.
    """

    deal: Opportunity
    as_of: date
    rates: Rates
    overrides: Mapping[DecisionKey, Override] = field(factory=dict)

    @property
    def subject(self) -> Deal:
        """The deal; or its account, if that is all that is known: then that is reviewed alone."""
        account = self.deal.account
        if account is None:
            return self.deal
        cls: type = type(self.deal)
        others = (name for name in types_of(cls) if name != "account")
        return account if all(getattr(self.deal, name) is None for name in others) else self.deal


class Advisor(Protocol):
    """What runs the rules for a session; the rulebook hands it in, since floors look down."""

    @property
    def book(self) -> Book:
        """The rules."""

    def conclude(self, world: World) -> Conclusions:
        """Return what follows, by the engine of the session."""

    def try_out(self, world: World) -> Conclusions:
        """Return the same by the engine that is quickest."""

    def word(self, world: World, conclusions: Conclusions) -> Advice:
        """Return what was concluded as advice."""
