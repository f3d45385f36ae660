"""A deal at one moment: what is the case, what follows, and the way from one to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol, TypeAlias

from attrs import evolve, field, frozen

from b2brules.advice.conclusions import Conclusions
from b2brules.advice.model import Advice
from b2brules.advice.override import NO_OVERRIDES, Overrides
from b2brules.facts import Opportunity
from b2brules.facts.fields import types_of
from b2brules.facts.review import Deal
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book
from b2brules.session.changes import FactChange, apply_change
from b2brules.session.standing import Position, position_of


@frozen(kw_only=True)
class Situation:
    """All that the advice on a deal follows from.

    Args:
        deal: What is known of it; its lists in the order of their ids.
        as_of: The day.
        rates: The rates of exchange.
        overrides: The decisions that people have set aside.
    """

    deal: Opportunity
    as_of: date
    rates: Rates
    overrides: Overrides = NO_OVERRIDES

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

    def conclude(self, situation: Situation) -> Conclusions:
        """Return what follows, by the engine of the session."""

    def try_out(self, situation: Situation) -> Conclusions:
        """Return the same by the engine that is quickest."""

    def word(self, situation: Situation, conclusions: Conclusions) -> Advice:
        """Return what was concluded as advice."""


@frozen(kw_only=True, slots=False)
class Moment:
    """A deal at one moment: its situation, and what follows from it."""

    situation: Situation
    conclusions: Conclusions
    _advisor: Advisor = field(repr=False, eq=False)

    @property
    def advice(self) -> Advice:
        """The advice."""
        return self._advisor.word(self.situation, self.conclusions)

    @cached_property
    def position(self) -> Position:
        """How the advice stands; where one change ends, the next begins."""
        return position_of(self._advisor.book, self.conclusions, self.situation.overrides)


def moment_in(advisor: Advisor, situation: Situation) -> Moment:
    """Return the moment of a situation, by the engine of the session."""
    return Moment(situation=situation, conclusions=advisor.conclude(situation), advisor=advisor)


Step: TypeAlias = tuple[str, Position | None]
"""The name of what has changed, and how advice stands once it has; ``None`` where the way ends."""


@frozen
class Steps:
    """The way from one moment to another, fact by fact, with how advice stood after each.

    Args:
        advisor: What runs the rules.
        before: The situation before; ``None`` for a deal that is opened: its being there comes
            first.
        after: The moment since.
        changes: What has changed, in an order in which it can be applied.
    """

    advisor: Advisor
    before: Situation | None
    after: Moment
    changes: Sequence[FactChange]

    def __iter__(self) -> Iterator[Step]:
        situations = list(self._situations())
        for number, (name, situation) in enumerate(situations, start=1):
            position = None
            if number < len(situations):
                tried = self.advisor.try_out(situation)
                position = position_of(self.advisor.book, tried, situation.overrides)
            yield name, position

    def _situations(self) -> Iterator[tuple[str, Situation]]:
        situation = self.before
        if situation is None:
            situation = evolve(self.after.situation, deal=type(self.after.situation.deal)())
            yield "deal", situation
        for change in self.changes:
            situation = _applied(situation, change)
            yield change.name, situation


def _applied(situation: Situation, change: FactChange) -> Situation:
    match change.path:
        case ("as_of",):
            return evolve(situation, as_of=change.after)
        case ("rates", one, other):
            rates = {**situation.rates, (one, other): change.after}
            return evolve(situation, rates={pair: rate for pair, rate in rates.items() if rate})
        case _:
            return evolve(situation, deal=apply_change(situation.deal, change))
