"""A session's journal: what is written into it, and how a session goes on from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from b2brules.advice.override import Override
from b2brules.facts.problems import FactsError
from b2brules.ruleset.model import Book
from b2brules.session.changes import FactChange
from b2brules.session.difference import Difference
from b2brules.session.journal import Journal, JournalError
from b2brules.session.live import Live, live_in
from b2brules.session.recorded import Recorded, stand_of
from b2brules.session.records import (
    Record,
    difference_to_record,
    facts_to_record,
    override_to_record,
)
from b2brules.session.world import Advisor


@frozen(kw_only=True)
class Said:
    """Who has said something, and where they have it from."""

    by: str | None = None
    source: str | None = None


class Ledger:
    """Writes down what happens in a session.

    Args:
        journal: Where to.
        book: The rules.
    """

    def __init__(self, journal: Journal, book: Book) -> None:
        self._journal = journal
        self._book = book

    def write(
        self,
        said: Said,
        verb: str,
        changes: Sequence[FactChange],
        difference: Difference,
        override: Override | str | None = None,
    ) -> None:
        """Write down what happened to one deal.

        Args:
            said: By whom, and from where.
            verb: What was done.
            changes: The facts that have changed.
            difference: What it did to the advice.
            override: The override, or the name of the decision that is overridden no more.

        Raises:
            JournalError: It cannot be written.
        """
        record: Record | None = None
        if isinstance(override, Override):
            record = override_to_record(override)
        elif override is not None:
            record = {"decision": override}
        self._append(said, verb, changes, difference.deal, record, difference_to_record(difference))

    def write_for_all(
        self,
        said: Said,
        verb: str,
        changes: Sequence[FactChange],
        differences: Mapping[str, Difference],
    ) -> None:
        """Write down what happened to all deals.

        Raises:
            JournalError: It cannot be written.
        """
        records = {deal: difference_to_record(one) for deal, one in differences.items()}
        self._append(said, verb, changes, None, None, records)

    def _append(
        self,
        said: Said,
        verb: str,
        changes: Sequence[FactChange],
        deal: str | None,
        override: Record | None,
        difference: Record,
    ) -> None:
        self._journal.append(
            by=said.by,
            source=said.source,
            deal=deal,
            verb=verb,
            rulebook=self._book.fingerprint,
            facts=facts_to_record(changes, self._book.vocabulary.lists()),
            override=override,
            difference=difference,
        )

    def recorded(self) -> Recorded:
        """Return what has been written down.

        Raises:
            JournalError: The journal is damaged.
        """
        recorded = Recorded()
        for entry in self._journal.entries():
            recorded.take(entry)
        return recorded

    def resume(self, advisor: Advisor, recorded: Recorded) -> Mapping[str, Live]:
        """Return the deals where they were, and write down what other rules make of them.

        Raises:
            JournalError: The rules do not know a fact, a decision or a value; or what they make
                of the deals cannot be written.
        """
        assert recorded.as_of is not None
        deals: dict[str, Live] = {}
        news: dict[str, Record] = {}
        for id, deal in recorded.deals.items():
            try:
                world = deal.world(self._book, recorded.as_of, recorded.rates)
            except FactsError as error:
                raise JournalError(
                    f"the deal `{id}` of the journal does not fit the rulebook: "
                    f"{error.problems[0]}; open it with the rulebook that it was written with"
                ) from None
            deals[id] = live_in(advisor, world)
            stand = stand_of(self._book, deals[id].conclusions)
            if stand != deal.stand:
                cause = "rulebook" if deal.is_whole else "purge"
                news[id] = deal.stand.difference_to(stand, cause)
        fingerprint = self._book.fingerprint
        if news or recorded.rulebook != fingerprint:
            change = FactChange(path=("rulebook",), before=recorded.rulebook, after=fingerprint)
            changes = [change] if recorded.rulebook != fingerprint else []
            self._append(Said(), "rulebook", changes, None, None, news)
        return deals

    def close(self) -> None:
        """Let the journal go."""
        self._journal.close()
