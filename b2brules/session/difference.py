"""What a change has done to the advice on a deal, and which fact did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from b2brules.advice.model import Advice, Recommendation
from b2brules.advice.override import Override, OverrideState
from b2brules.advice.page import require_width
from b2brules.ruleset.model import Book, Language
from b2brules.session.changes import FactChange
from b2brules.session.moment import Moment, Step
from b2brules.session.standing import (
    Certainty,
    DecisionTopic,
    OverrideTopic,
    Position,
    RecommendationTopic,
    Standing,
    Topic,
    differing,
)


@frozen(kw_only=True)
class DecisionChange:
    """A decision that stands otherwise than before.

    Args:
        decision: Its name: ``can_we_win``, ``people[p1].relationship_strategy``.
        before: How it stood; ``None`` if it was not made, as for a person who was not there.
        after: How it stands; ``None`` if it is made no more.
        because: The fact that did it: ``people[p1].support``, ``people[p1]`` for a person's being
            there, ``as_of`` for the day, ``rates[USD/CNY]``, ``override[can_we_win]``, ``deal`` for
            the deal's being there, ``rulebook`` for other rules.
    """

    decision: str
    before: Standing | None
    after: Standing | None
    because: str


@frozen(kw_only=True)
class RecommendationChange:
    """A recommendation that has come, has gone, or is more or less certain than before.

    Args:
        id: The rule.
        bindings: The ids of the things that the rule's variables stand for.
        before: ``certain``, ``possible``, or ``None`` if it was not there.
        after: The same for now.
        because: The fact that did it, as in `DecisionChange`.
    """

    id: str
    bindings: Mapping[str, str]
    before: Certainty | None
    after: Certainty | None
    because: str


@frozen(kw_only=True)
class OverrideChange:
    """An override that was made or taken back, or of which something else has become.

    Args:
        decision: The decision that it sets aside.
        before: ``stands``, ``needless``, ``impossible``, or ``None`` if it was not there.
        after: The same for now.
        because: The fact that did it, as in `DecisionChange`.
        override: Who decided what, when and why; ``None`` if that is not known any more.
    """

    decision: str
    before: OverrideState | None
    after: OverrideState | None
    because: str
    override: Override | None


@frozen(kw_only=True, slots=False, eq=False)
class Difference:
    """What a change has done to the advice on a deal.

    Args:
        deal: The deal's id in the session.
        as_of: The day that the advice is for since the change.
        facts: The facts that have changed.
        book: The rules.
        lang: The language of its sentences.
    """

    deal: str
    as_of: date
    facts: tuple[FactChange, ...]
    book: Book = field(repr=False)
    lang: Language = field(repr=False)
    _before: Moment | Position | None = field(repr=False)
    _after: Moment | None = field(repr=False)
    _steps: Iterable[Step] = field(repr=False)

    def __bool__(self) -> bool:
        """Whether any advice has changed, or what becomes of an override."""
        return bool(self._changed)

    @cached_property
    def before(self) -> Advice | None:
        """The advice before the change; ``None`` if there was none, or other rules gave it."""
        return self._before.advice if isinstance(self._before, Moment) else None

    @cached_property
    def after(self) -> Advice | None:
        """The advice since; ``None`` if the deal is closed."""
        return None if self._after is None else self._after.advice

    @property
    def is_opening(self) -> bool:
        """Whether the deal was not there before."""
        return not self._was

    @cached_property
    def decisions(self) -> tuple[DecisionChange, ...]:
        """The decisions that stand otherwise, in the order of the rulebook."""
        order = {name: place for place, name in enumerate(self.book.decisions)}
        found = [
            DecisionChange(
                decision=topic.name, before=before, after=after, because=self._causes[topic]
            )
            for topic, (before, after) in self._changed.items()
            if isinstance(topic, DecisionTopic)
        ]
        last = len(order)
        return tuple(sorted(found, key=lambda one: order.get(_plain(one.decision), last)))

    @cached_property
    def recommendations(self) -> tuple[RecommendationChange, ...]:
        """The recommendations that have come, gone, or changed in certainty, by priority."""
        rules = self.book.recommendations
        found = [
            RecommendationChange(
                id=topic.id,
                bindings=MappingProxyType(dict(topic.bindings)),
                before=before,
                after=after,
                because=self._causes[topic],
            )
            for topic, (before, after) in self._changed.items()
            if isinstance(topic, RecommendationTopic)
        ]
        return tuple(
            sorted(found, key=lambda one: rules[one.id].priority if one.id in rules else 0)
        )

    @property
    def added(self) -> tuple[RecommendationChange, ...]:
        """The recommendations that were not there before, certain or possible."""
        return tuple(one for one in self.recommendations if one.before is None)

    @property
    def withdrawn(self) -> tuple[RecommendationChange, ...]:
        """The recommendations that are no longer there."""
        return tuple(one for one in self.recommendations if one.after is None)

    @cached_property
    def overrides(self) -> tuple[OverrideChange, ...]:
        """The overrides that were made or taken back, or of which something else has become."""
        made = {**_overrides(self._before), **_overrides(self._after)}
        return tuple(
            OverrideChange(
                decision=topic.decision,
                before=before,
                after=after,
                because=self._causes[topic],
                override=made.get(topic.decision),
            )
            for topic, (before, after) in self._changed.items()
            if isinstance(topic, OverrideTopic)
        )

    def recommendation(self, change: RecommendationChange) -> Recommendation | None:
        """Return a recommendation in words: its action, its owner, the day by which to do it.

        Args:
            change: One of those that have changed.

        Returns:
            What the advice says now, or said before if it does not say it any more; ``None`` if
            other rules said it.
        """
        return self._said.get((change.id, tuple(change.bindings.items())))

    @cached_property
    def _said(self) -> Mapping[tuple[str, tuple[tuple[str, str], ...]], Recommendation]:
        return {
            (one.id, tuple(one.bindings.items())): one
            for advice in (self.before, self.after)
            for one in (() if advice is None else advice.recommendations)
        }

    def to_text(self, *, width: int = 80) -> str:
        """Return the difference as a note for people, in the language of the session.

        Args:
            width: Columns that a line may take, at least 40.

        Raises:
            ValueError: ``width`` is less.
            TypeError: ``width`` is no whole number.
        """
        from b2brules.session.text import difference_to_text

        return difference_to_text(self, width=require_width(width))

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the difference as JSON text; without ``indent`` it is one line."""
        from b2brules.session.records import difference_to_json

        return difference_to_json(self, indent=indent)

    @cached_property
    def _changed(self) -> Mapping[Topic, tuple[Any, Any]]:
        return differing(self._was, self._is)

    @cached_property
    def _causes(self) -> Mapping[Topic, str]:
        """For each thing that has changed, the fact with which it became what it is."""
        causes: dict[Topic, str] = {}
        here = self._was
        for name, position in self._steps:
            there = self._is if position is None else position
            causes |= dict.fromkeys(differing(here, there), name)
            here = there
        return causes

    @cached_property
    def _was(self) -> Position:
        return _position(self._before)

    @cached_property
    def _is(self) -> Position:
        return _position(self._after)


def _position(moment: Moment | Position | None) -> Position:
    if moment is None:
        return {}
    return moment.position if isinstance(moment, Moment) else moment


def _overrides(moment: Moment | Position | None) -> Mapping[str, Override]:
    if not isinstance(moment, Moment):
        return {}
    return {one.decision: one for one in moment.situation.overrides.values()}


def _plain(decision: str) -> str:
    return decision.rpartition(".")[2]
