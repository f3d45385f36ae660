"""What a journal says: its entries, folded into the deals and the advice that they lead to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import Factory, define

from b2brules.advice.overriding import read_overrides
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book
from b2brules.session.journal import Entry
from b2brules.session.merging import asserted
from b2brules.session.moment import Situation
from b2brules.session.records import Record, override_from_record, taken_further
from b2brules.session.standing import Position


@define
class RecordedDeal:
    """A deal as a journal has it.

    Args:
        facts: What is known, by the names of facts, in the form that a journal has.
        overrides: What people have set aside, by the names of decisions, ditto.
        position: How the advice stood at the end.
        is_whole: Whether nothing has been removed from its entries since they were compared with
            what rules make of them.
    """

    facts: dict[str, Any] = Factory(dict)
    overrides: dict[str, Record] = Factory(dict)
    position: Position = Factory(dict)
    is_whole: bool = True

    def situation(self, book: Book, as_of: date, rates: Rates) -> Situation:
        """Return what is the case for the deal.

        Raises:
            FactsError: The book does not know a fact, a decision or a value.
        """
        return Situation(
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

    @property
    def is_whole(self) -> bool:
        """Whether all deals are."""
        return all(deal.is_whole for deal in self.deals.values())

    def take(self, entry: Entry) -> None:
        """Go on with an entry."""
        self.rulebook = entry.rulebook
        if entry.verb == "purge":
            if entry.deal in self.deals:
                self.deals[entry.deal].is_whole = False
        elif entry.deal is None:
            self._take_for_all(entry)
        elif entry.verb == "close":
            self.deals.pop(entry.deal, None)
        else:
            self._take_for_one(entry, self.deals.setdefault(entry.deal, RecordedDeal()))

    def _take_for_one(self, entry: Entry, deal: RecordedDeal) -> None:
        for change in entry.facts:
            _put(deal.facts, change["path"], change["after"])
        if entry.override is not None:
            is_made = entry.verb == "override"
            _put(deal.overrides, entry.override["decision"], entry.override if is_made else None)
        if entry.difference is not None:
            deal.position = taken_further(deal.position, entry.difference)

    def _take_for_all(self, entry: Entry) -> None:
        for change in entry.facts:
            name, _, rest = change["path"].partition("[")
            if name == "rates":
                one, other = rest.removesuffix("]").split("/")
                rate = change["after"]
                _put(self.rates, (one, other), None if rate is None else Decimal(rate))
            elif name == "as_of":
                self.as_of = date.fromisoformat(change["after"])
        for id, difference in (entry.difference or {}).items():
            self.deals[id].position = taken_further(self.deals[id].position, difference)
        if entry.verb == "rulebook":
            # From here on it is known again what rules make of what has stayed.
            for deal in self.deals.values():
                deal.is_whole = True


def _put(mapping: dict[Any, Any], key: object, value: Mapping[str, Any] | Any) -> None:
    if value is None:
        mapping.pop(key, None)
    else:
        mapping[key] = value
