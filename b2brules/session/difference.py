"""What a change has done to the advice on a deal, and which fact did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import field, frozen

from b2brules.advice.conclusions import Conclusion, Conclusions, Verdict
from b2brules.advice.model import Advice
from b2brules.advice.page import require_width
from b2brules.advice.paths import decision_name
from b2brules.facts.types import Money
from b2brules.ruleset.model import Book, DecisionKey, Language
from b2brules.session.changes import FactChange

Certainty: TypeAlias = Literal["certain", "possible"]

MatchKey: TypeAlias = tuple[str, tuple[str, ...]]
"""A recommendation's rule, and the ids of the things that it is for."""

Key: TypeAlias = DecisionKey | MatchKey

Step: TypeAlias = tuple[str, Conclusions]
"""The name of a fact that has changed, and what follows once it has."""


@frozen(kw_only=True)
class Standing:
    """How a decision stands.

    Args:
        value: The outcome, or a formula's number or amount; ``None`` while undecided.
        candidates: The outcomes still possible; ``None`` for a formula.
    """

    value: str | Decimal | Money | None
    candidates: tuple[str, ...] | None = None

    @property
    def decided(self) -> bool:
        """Whether the facts settle it."""
        return self.value is not None


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


@frozen(kw_only=True, slots=False, eq=False)
class Difference:
    """What a change has done to the advice on a deal.

    Args:
        deal: The deal's id in the session.
        as_of: The day that the advice is for since the change.
        facts: The facts that have changed.
        before: The advice before the change; ``None`` if the deal was not there.
        after: The advice since; ``None`` if the deal is closed.
        book: The rules.
    """

    deal: str
    as_of: date
    facts: tuple[FactChange, ...]
    before: Advice | None = field(repr=False)
    after: Advice | None = field(repr=False)
    book: Book = field(repr=False)
    _steps: Iterable[Step] = field(repr=False)

    def __bool__(self) -> bool:
        """Whether any advice has changed."""
        return bool(self._decided or self._recommended)

    @cached_property
    def decisions(self) -> tuple[DecisionChange, ...]:
        """The decisions that stand otherwise, in the order of the rulebook."""
        return tuple(
            DecisionChange(
                decision=decision_name(self.book, key),
                before=before,
                after=after,
                because=self._causes[key],
            )
            for key, (before, after) in self._decided.items()
        )

    @cached_property
    def recommendations(self) -> tuple[RecommendationChange, ...]:
        """The recommendations that have come, gone, or changed in certainty, by priority."""
        rules = self.book.recommendations
        found = [
            RecommendationChange(
                id=id,
                bindings=MappingProxyType(
                    dict(zip((one.variable for one in rules[id].bindings), ids, strict=True))
                ),
                before=before,
                after=after,
                because=self._causes[id, ids],
            )
            for (id, ids), (before, after) in self._recommended.items()
        ]
        return tuple(sorted(found, key=lambda one: rules[one.id].priority))

    @property
    def added(self) -> tuple[RecommendationChange, ...]:
        """The recommendations that were not there before, certain or possible."""
        return tuple(one for one in self.recommendations if one.before is None)

    @property
    def withdrawn(self) -> tuple[RecommendationChange, ...]:
        """The recommendations that are no longer there."""
        return tuple(one for one in self.recommendations if one.after is None)

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

    @property
    def lang(self) -> Language:
        """The language of its sentences."""
        advice = self.after or self.before
        assert advice is not None
        return advice.lang

    @cached_property
    def _decided(self) -> Mapping[DecisionKey, tuple[Standing | None, Standing | None]]:
        before, after = _concluded(self.before).decisions, _concluded(self.after).decisions
        keys = [key for key in {**before, **after} if _differ(before, after, key)]
        order = {name: place for place, name in enumerate(self.book.decisions)}
        keys.sort(key=lambda key: order[key[0]])
        return {key: (_standing(before, key), _standing(after, key)) for key in keys}

    @cached_property
    def _recommended(self) -> Mapping[MatchKey, tuple[Certainty | None, Certainty | None]]:
        before, after = _matches(_concluded(self.before)), _matches(_concluded(self.after))
        return {
            key: (before.get(key), after.get(key))
            for key in {**before, **after}
            if before.get(key) != after.get(key)
        }

    @cached_property
    def _causes(self) -> Mapping[Key, str]:
        """For each thing that has changed, the fact with which it became what it is."""
        causes: dict[Key, str] = {}
        here = _concluded(self.before)
        for name, there in self._steps:
            for key in differing(here, there):
                causes[key] = name
            here = there
        return causes


def differing(before: Conclusions, after: Conclusions) -> Iterator[Key]:
    """Yield the decisions and the matches in which two conclusions differ."""
    for key in {**before.decisions, **after.decisions}:
        if _differ(before.decisions, after.decisions, key):
            yield key
    was, now = _matches(before), _matches(after)
    for match in {**was, **now}:
        if was.get(match) != now.get(match):
            yield match


def standing_of(conclusion: Conclusion) -> Standing:
    """Return how a decision stands."""
    if not isinstance(conclusion, Verdict):
        return Standing(value=conclusion)
    candidates = conclusion.candidates
    return Standing(value=candidates[0] if len(candidates) == 1 else None, candidates=candidates)


def _concluded(advice: Advice | None) -> Conclusions:
    # About a deal that is not there nothing is concluded.
    return Conclusions(decisions={}, matches=()) if advice is None else advice.conclusions


def _standing(made: Mapping[DecisionKey, Conclusion], key: DecisionKey) -> Standing | None:
    return standing_of(made[key]) if key in made else None


def _differ(
    before: Mapping[DecisionKey, Conclusion],
    after: Mapping[DecisionKey, Conclusion],
    key: DecisionKey,
) -> bool:
    """Return whether a decision stands otherwise; another row with the same outcome is no news."""
    if key not in before or key not in after:
        return True
    was, now = before[key], after[key]
    if was is now:
        return False
    return standing_of(was) != standing_of(now)


def _matches(conclusions: Conclusions) -> dict[MatchKey, Certainty]:
    return {
        (one.rule, one.bindings): "certain" if one.certain else "possible"
        for one in conclusions.matches
    }
