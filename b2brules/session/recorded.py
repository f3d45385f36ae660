"""What a journal says: its entries, folded into the deals and the advice that they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import Factory, define

from b2brules.advice.conclusions import Conclusions
from b2brules.advice.overriding import read_overrides
from b2brules.advice.paths import decision_name
from b2brules.facts.rates import PAIR
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book
from b2brules.session.difference import standing_of
from b2brules.session.journal import Entry
from b2brules.session.merging import asserted
from b2brules.session.records import Record, override_from_record, standing_to_record
from b2brules.session.world import World

MatchName: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""A recommendation: its rule, and what each variable stands for."""


@define
class Stand:
    """How the advice on a deal stands, without words.

    Args:
        decisions: Each decision, in the form that a journal has.
        recommendations: Each recommendation, and how certain it is.
    """

    decisions: dict[str, Record] = Factory(dict)
    recommendations: dict[MatchName, str] = Factory(dict)

    def take(self, difference: Mapping[str, Any]) -> None:
        """Go on with a difference."""
        for one in difference["decisions"]:
            _put(self.decisions, one["decision"], one["after"])
        for one in difference["recommendations"]:
            _put(self.recommendations, _match_name(one), one["after"])

    def difference_to(self, other: Stand, because: str) -> Record:
        """Return the difference that leads from here to another stand."""
        return {
            "decisions": [
                {"decision": name, "before": before, "after": after, "because": because}
                for name, before, after in _differing(self.decisions, other.decisions)
            ],
            "recommendations": [
                {
                    "id": id,
                    "bindings": dict(bindings),
                    "before": before,
                    "after": after,
                    "because": because,
                }
                for (id, bindings), before, after in _differing(
                    self.recommendations, other.recommendations
                )
            ],
        }


def stand_of(book: Book, conclusions: Conclusions) -> Stand:
    """Return how advice stands."""
    variables = {
        id: tuple(one.variable for one in rule.bindings)
        for id, rule in book.recommendations.items()
    }
    return Stand(
        decisions={
            decision_name(book, key): standing_to_record(standing_of(made)) or {}
            for key, made in conclusions.decisions.items()
        },
        recommendations={
            (one.rule, tuple(zip(variables[one.rule], one.bindings, strict=True))): (
                "certain" if one.certain else "possible"
            )
            for one in conclusions.matches
        },
    )


@define
class RecordedDeal:
    """A deal as a journal has it.

    Args:
        facts: What is known, by the names of facts, in the form that a journal has.
        overrides: What people have set aside, by the names of decisions, ditto.
        stand: How the advice stood at the end.
        is_whole: Whether nothing has been removed from its entries for good.
    """

    facts: dict[str, Any] = Factory(dict)
    overrides: dict[str, Record] = Factory(dict)
    stand: Stand = Factory(Stand)
    is_whole: bool = True

    def world(self, book: Book, as_of: date, rates: Rates) -> World:
        """Return what is the case for the deal.

        Raises:
            FactsError: The book does not know a fact, a decision or a value.
        """
        return World(
            deal=asserted(book.vocabulary, book.vocabulary.root(), self.facts),
            as_of=as_of,
            rates=rates,
            overrides=read_overrides(book, map(override_from_record, self.overrides.values())),
        )


@define
class Recorded:
    """What the entries of a journal lead to, as far as they were taken.

    Args:
        as_of: The day; ``None`` before the first entry.
        rates: The rates of exchange.
        rulebook: The fingerprint of the rules of the last entry.
        deals: The deals that are open, by id.
    """

    as_of: date | None = None
    rates: dict[tuple[str, str], Decimal] = Factory(dict)
    rulebook: str | None = None
    deals: dict[str, RecordedDeal] = Factory(dict)

    def take(self, entry: Entry) -> None:
        """Go on with an entry."""
        self.rulebook = entry.rulebook
        if entry.deal is None:
            self._take_for_all(entry)
        elif entry.verb == "close":
            self.deals.pop(entry.deal, None)
        else:
            deal = self.deals.setdefault(entry.deal, RecordedDeal())
            for change in entry.facts:
                _put(deal.facts, change["path"], change["after"])
            if entry.verb == "override":
                deal.overrides[entry.override["decision"]] = entry.override
            elif entry.verb == "withdraw":
                deal.overrides.pop(entry.override["decision"], None)
            elif entry.verb == "purge":
                deal.is_whole = False
            if entry.difference is not None:
                deal.stand.take(entry.difference)

    def _take_for_all(self, entry: Entry) -> None:
        for change in entry.facts:
            pair = PAIR.fullmatch(change["path"].removeprefix("rates[").removesuffix("]"))
            if pair is not None:
                one, other = pair.groups()
                _put(self.rates, (one, other), change["after"])
            elif change["path"] == "as_of":
                self.as_of = date.fromisoformat(change["after"])
        for id, difference in (entry.difference or {}).items():
            self.deals[id].stand.take(difference)


def _put(mapping: dict[Any, Any], key: object, value: object) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value


def _match_name(record: Record) -> MatchName:
    return record["id"], tuple(record["bindings"].items())


def _differing(
    before: Mapping[Any, Any], after: Mapping[Any, Any]
) -> Iterator[tuple[Any, Any, Any]]:
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)
