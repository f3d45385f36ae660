"""What advice asks of the engine that explains.

The rulebook hands it in, since a floor looks down only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeAlias

from attrs import frozen

from b2brules.advice.conclusions import Conclusion, Conclusions, Match
from b2brules.advice.override import Overrides
from b2brules.facts import Opportunity
from b2brules.language.scope import ListPath
from b2brules.language.tree import Condition, Items, Value
from b2brules.language.truth import Truth
from b2brules.language.values import Rates, Runtime
from b2brules.ruleset.model import Binding, Book, Clause, DecisionKey, Recommendation


@frozen
class Thing:
    """One thing of a list, for which a variable stands."""

    list: ListPath
    item: object

    @property
    def id(self) -> str:
        """The id that the document gives it."""
        return str(self.item.id)  # type: ignore[attr-defined]  # every item of a list has one

    @property
    def name(self) -> str:
        """What a person calls it: its name, else its id."""
        return str(getattr(self.item, "name", None) or self.id)


Things: TypeAlias = Mapping[str, Thing]
"""What each variable stands for."""


Trial: TypeAlias = Callable[[tuple[str, ...], object], Mapping[DecisionKey, Conclusion]]
"""Returns the decisions as they would be if an unknown fact had a certain value."""


class Evaluation(Protocol):
    """One deal, evaluated by one book on one day, open to every question about why."""

    book: Book
    deal: Opportunity
    as_of: date
    rates: Rates
    overrides: Overrides
    is_account_review: bool

    def conclusions(self) -> Conclusions:
        """Return every decision and match."""

    def keys(self, name: str) -> list[DecisionKey]:
        """Return what a decision is made for."""

    def decide(self, name: str, id: str | None) -> Conclusion:
        """Return what a decision comes to: by its rules, or by an override that stands."""

    def by_rules(self, name: str, id: str | None) -> Conclusion:
        """Return what the rules of a decision alone decide."""

    def bound(self, binding: Binding | None, id: str | None) -> Things:
        """Return a binding's variable, if there is one, standing for a thing by its id."""

    def matches(self, rule: Recommendation) -> Iterator[Match]:
        """Yield a recommendation's matches."""

    def ways_to_bind(self, rule: Recommendation) -> Iterator[Things]:
        """Yield what a recommendation's variables can stand for."""

    def holds_all(self, clauses: tuple[Clause, ...], things: Things) -> Truth:
        """Return whether all cells of a row hold."""

    def holds(self, condition: Condition, things: Things) -> Truth:
        """Return whether a condition holds."""

    def value(self, node: Value, things: Things) -> Runtime:
        """Return what a value is."""

    def things(self, path: ListPath) -> Sequence[Thing] | None:
        """Return the things of a list."""

    def kept(self, items: Items, things: Things) -> Sequence[tuple[Thing, Truth]] | None:
        """Return the things that a filter keeps or may keep."""

    def currency_of(self, path: tuple[str, ...]) -> str | None:
        """Return the currency of an amount at that path that names none."""


def bound_in(evaluation: Evaluation, match: Match) -> Things:
    """Return what the variables of a recommendation stand for in one of its matches."""
    bindings = evaluation.book.recommendations[match.rule].bindings
    things: dict[str, Thing] = {}
    for binding, id in zip(bindings, match.bindings, strict=True):
        things |= evaluation.bound(binding, id)
    return things
