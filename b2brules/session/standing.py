"""How advice stands, without words: what can be compared, written down, and found again."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias

from attrs import frozen

from b2brules.advice.conclusions import Conclusion, Conclusions, Verdict
from b2brules.advice.override import Overrides, OverrideState, states_of
from b2brules.advice.paths import decision_name
from b2brules.facts.types import Money
from b2brules.ruleset.model import Book

Certainty: TypeAlias = Literal["certain", "possible"]


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


# Tuples, because hundreds of them are hashed with each change; the last part tells kinds apart.


class DecisionTopic(NamedTuple):
    """A decision, by its name: ``can_we_win``, ``people[p1].relationship_strategy``."""

    name: str
    kind: Literal["decision"] = "decision"


class RecommendationTopic(NamedTuple):
    """A recommendation: its rule, and the id of the thing that each variable stands for."""

    id: str
    bindings: tuple[tuple[str, str], ...]
    kind: Literal["recommendation"] = "recommendation"


class OverrideTopic(NamedTuple):
    """An override, by the decision that is set aside."""

    decision: str
    kind: Literal["override"] = "override"


Topic: TypeAlias = DecisionTopic | RecommendationTopic | OverrideTopic

Position: TypeAlias = Mapping[Topic, Any]
"""How all advice on a deal stands: each decision a `Standing`, each recommendation its certainty,
each override its state. A deal that is not there has an empty one."""


def position_of(book: Book, conclusions: Conclusions, overrides: Overrides) -> Position:
    """Return how advice stands."""
    position: dict[Topic, Standing | Certainty | OverrideState] = {
        DecisionTopic(decision_name(book, key)): standing_of(made)
        for key, made in conclusions.decisions.items()
    }
    for match in conclusions.matches:
        bound = book.recommendations[match.rule].bindings
        variables = (one.variable for one in bound)
        bindings = tuple(zip(variables, match.bindings, strict=True)) if bound else ()
        certainty: Certainty = "certain" if match.certain else "possible"
        position[RecommendationTopic(match.rule, bindings)] = certainty
    for key, state in states_of(overrides, conclusions.set_aside).items():
        position[OverrideTopic(decision_name(book, key))] = state
    return position


def standing_of(conclusion: Conclusion) -> Standing:
    """Return how a decision stands."""
    if not isinstance(conclusion, Verdict):
        return Standing(value=conclusion)
    candidates = conclusion.candidates
    return Standing(value=candidates[0] if len(candidates) == 1 else None, candidates=candidates)


def differing(before: Position, after: Position) -> dict[Topic, tuple[Any, Any]]:
    """Return where two positions differ, and how it stands in each; ``None`` for not at all."""
    return {
        topic: (before.get(topic), after.get(topic))
        for topic in {**before, **after}
        if before.get(topic) != after.get(topic)
    }
