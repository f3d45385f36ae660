"""Changes to live deals, worked out before anything counts: what there will be, and the difference.

Nothing here changes a session: it puts a change in force once that has been written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from b2brules.advice.override import Overrides
from b2brules.advice.paths import decision_name
from b2brules.facts import Opportunity
from b2brules.facts.problems import FactsError
from b2brules.language.values import Rates
from b2brules.ruleset.model import DecisionKey, Language
from b2brules.session.changes import FactChange, changes_between
from b2brules.session.difference import Difference
from b2brules.session.journal import JournalError
from b2brules.session.moment import Advisor, Moment, Situation, Step, Steps, moment_in
from b2brules.session.recorded import Recorded
from b2brules.session.records import (
    Record,
    difference_to_record,
    facts_to_record,
    override_to_record,
)
from b2brules.session.standing import Position


@frozen(kw_only=True)
class Change:
    """Something that happened to one deal, or to all of them.

    Args:
        verb: What was done: the word of the journal.
        deal: The deal; ``None`` for what happened to all of them.
        facts: The facts that have changed.
        override: The override that was made or taken back, as a journal has it.
        moments: The deals since, by id; ``None`` for one that is closed.
        differences: What it did to the advice, by deal; those that were not changed are left out,
            but for a deal that was spoken of.
        as_of: The day since; ``None`` for the same.
        rates: The rates of exchange since; ``None`` for the same.
    """

    verb: str
    deal: str | None
    facts: Sequence[FactChange] = ()
    override: Record | None = None
    moments: Mapping[str, Moment | None]
    differences: Mapping[str, Difference]
    as_of: date | None = None
    rates: Rates | None = None

    def entry(self, by: str | None, source: str | None, rulebook: str) -> Mapping[str, Any]:
        """Return what a journal is told of it."""
        records = {id: difference_to_record(one) for id, one in self.differences.items()}
        return {
            "by": by,
            "source": source,
            "deal": self.deal,
            "verb": self.verb,
            "rulebook": rulebook,
            "facts": facts_to_record(self.facts),
            "override": self.override,
            "difference": records if self.deal is None else records[self.deal],
        }


class Taking:
    """Works out changes.

    Args:
        advisor: What runs the rules.
        lang: The language of what the differences say.
    """

    def __init__(self, advisor: Advisor, lang: Language) -> None:
        self._advisor = advisor
        self._lang = lang

    def facts(
        self, verb: str, deal: str, before: Moment | None, situation: Situation
    ) -> Change | None:
        """Return the change by which a deal comes to a situation; ``None`` if there is nothing new.

        Args:
            verb: What was done.
            deal: The deal's id.
            before: The deal before; ``None`` if it is opened.
            situation: What is the case now, the deal's facts being others.
        """
        blank: Opportunity = self._advisor.book.vocabulary.root()
        known = blank if before is None else before.situation.deal
        changes = changes_between(known, situation.deal)
        if before is not None and not changes:
            return None
        after = moment_in(self._advisor, situation)
        start = None if before is None else before.situation
        way = Steps(self._advisor, start, after, changes)
        return self._of_one(verb, deal, before, after, way, changes)

    def overrides(
        self, verb: str, deal: str, before: Moment, overrides: Overrides, key: DecisionKey
    ) -> Change:
        """Return the change by which one decision of a deal is overridden, or is no more."""
        after = moment_in(self._advisor, evolve(before.situation, overrides=overrides))
        name = decision_name(self._advisor.book, key)
        way: list[Step] = [(f"override[{name}]", None)]
        made = overrides.get(key)
        record = {"decision": name} if made is None else override_to_record(made)
        return evolve(self._of_one(verb, deal, before, after, way), override=record)

    def closing(self, deal: str, before: Moment) -> Change:
        """Return the change by which a deal is closed."""
        return self._of_one("close", deal, before, None, [("deal", None)])

    def surroundings(
        self,
        verb: str,
        deals: Mapping[str, Moment],
        changes: Sequence[FactChange],
        as_of: date,
        rates: Rates,
    ) -> Change:
        """Return the change by which all deals come to another day, or other rates."""
        moments: dict[str, Moment | None] = {}
        differences: dict[str, Difference] = {}
        for deal, before in deals.items():
            situation = evolve(before.situation, as_of=as_of, rates=rates)
            after = moments[deal] = moment_in(self._advisor, situation)
            way = Steps(self._advisor, before.situation, after, changes)
            difference = self.difference(deal, before, after, way, changes)
            if difference:
                differences[deal] = difference
        return Change(
            verb=verb,
            deal=None,
            facts=changes,
            moments=moments,
            differences=differences,
            as_of=as_of,
            rates=rates,
        )

    def resumption(self, recorded: Recorded) -> Change:
        """Return the change by which a session goes on from a journal.

        The rules may be others than those that it was written by, or something has been removed
        from it since: then the advice is not what is written there.

        Raises:
            JournalError: The rules do not know a fact, a decision or a value.
        """
        book, was = self._advisor.book, recorded.rulebook
        moments: dict[str, Moment | None] = {}
        differences: dict[str, Difference] = {}
        assert recorded.as_of is not None
        for id, deal in recorded.deals.items():
            try:
                situation = deal.situation(book, recorded.as_of, recorded.rates)
            except FactsError as error:
                raise JournalError(
                    f"the deal `{id}` of the journal does not fit the rulebook: "
                    f"{error.problems[0]}; open it with the rulebook that it was written with"
                ) from None
            after = moments[id] = moment_in(self._advisor, situation)
            cause = "rulebook" if deal.is_whole else "purge"
            way: list[Step] = [(cause, None)]
            difference = self.difference(id, deal.position, after, way, ())
            if difference:
                differences[id] = difference
        is_other = was is not None and was != book.fingerprint
        change = FactChange(name="rulebook", path=("rulebook",), before=was, after=book.fingerprint)
        return Change(
            verb="rulebook",
            deal=None,
            facts=(change,) if is_other else (),
            moments=moments,
            differences=differences,
            as_of=recorded.as_of,
            rates=recorded.rates,
        )

    def difference(
        self,
        deal: str,
        before: Moment | Position | None,
        after: Moment | None,
        steps: Iterable[Step],
        changes: Sequence[FactChange],
    ) -> Difference:
        """Return the difference between two moments of a deal; of one the position may do."""
        last = after if after is not None else before
        assert isinstance(last, Moment)
        return Difference(
            deal=deal,
            as_of=last.situation.as_of,
            facts=tuple(changes),
            book=self._advisor.book,
            lang=self._lang,
            before=before,
            after=after,
            steps=steps,
        )

    def _of_one(
        self,
        verb: str,
        deal: str,
        before: Moment | None,
        after: Moment | None,
        steps: Iterable[Step],
        changes: Sequence[FactChange] = (),
    ) -> Change:
        difference = self.difference(deal, before, after, steps, changes)
        return Change(
            verb=verb,
            deal=deal,
            facts=changes,
            moments={deal: after},
            differences={deal: difference},
        )
