"""Live deals: facts come and go piece by piece, and advice is kept current."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from types import TracebackType
from typing import Self

from attrs import evolve

from b2brules.advice.conclusions import Verdict
from b2brules.advice.model import Advice
from b2brules.advice.override import Override
from b2brules.advice.overriding import read_overrides
from b2brules.advice.paths import decision_name
from b2brules.facts import Money, Opportunity
from b2brules.facts.paths import FactPath, parse_path
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.rates import read_rates
from b2brules.facts.review import Deal
from b2brules.facts.types import TextType
from b2brules.facts.values import RefusedError, accept, require_day, shown, suggestion
from b2brules.language.values import Rates
from b2brules.ruleset.model import DecisionKey, Language
from b2brules.session.changes import FactChange
from b2brules.session.difference import Difference
from b2brules.session.hearing import Facts
from b2brules.session.journal import Journal
from b2brules.session.merging import asserted, retracted, updated
from b2brules.session.moment import Advisor, Moment, Situation
from b2brules.session.recorded import Recorded
from b2brules.session.taking import Change, Taking

NO_DAY = "as_of is the day that advice is for; there is no journal that has it"

_SHOWN = 8


class Session:
    """Deals whose facts come and go, with the advice on each kept current.

    Make one with `Rulebook.session`, in a ``with`` statement. Each change is taken in whole or not
    at all, and returns what it did to the advice. A session is safe to use from several threads:
    one change follows another, and reading waits for none.

    Args:
        advisor: What runs the rules.
        lang: The language of the sentences.
        as_of: The day that advice is for; ``None`` to go on with that of the journal.
        rates: Rates of exchange, as for `Rulebook.evaluate`; ``None`` likewise.
        journal: Where changes are written down; ``None`` for nowhere.
    """

    def __init__(
        self,
        advisor: Advisor,
        *,
        lang: Language,
        as_of: date | None,
        rates: Mapping[str, int | Decimal | float] | None,
        journal: Journal | None,
    ) -> None:
        self._taking = Taking(advisor, lang)
        self._book = advisor.book
        self._journal = journal
        self._lock = threading.RLock()
        self._is_open = True
        self._is_writing = False
        self._deals: dict[str, Moment] = {}
        self._as_of: date | None = None
        self._rates: Rates = {}
        self._opening: list[Difference] = []
        try:
            self._begin(as_of, rates)
        except BaseException:
            self.close()
            raise

    def _begin(self, as_of: date | None, rates: Mapping[str, int | Decimal | float] | None) -> None:
        """Go on where the journal ends, if there is one, and then with what was asked for."""
        if rates is not None:
            read_rates(rates)
        if self._journal is not None:
            self._resume(self._journal)
        if as_of is None and self._as_of is None:
            raise TypeError(NO_DAY)
        if as_of is not None:
            self._opening += self.move_to(as_of).values()
        if rates is not None:
            self._opening += self.set_rates(rates).values()

    def _resume(self, journal: Journal) -> None:
        recorded = Recorded()
        for entry in journal.entries():
            recorded.take(entry)
        if recorded.as_of is None:
            return
        change = self._taking.resumption(recorded)
        if change.facts or change.differences or not recorded.is_whole:
            self._commit(change, {"by": None, "source": None})
            self._opening += change.differences.values()
        else:
            self._put(change)

    # --- facts ----------------------------------------------------------------------------------

    def assert_facts(
        self, deal: str, facts: Facts, *, by: str | None = None, source: str | None = None
    ) -> Difference:
        """Take in facts that were not known; a deal that is not there is opened with them.

        Args:
            deal: The deal's id in the session, of your choice: at most 200 characters.
            facts: A mapping as `Rulebook.read` takes it, facts by their path
                (``{"people[p2].support": "enemy"}``), or a deal. Lists are added to, and what is
                said of a thing is added to what is known of it.
            by: Who says so. It and ``source`` are for the journal.
            source: Where the facts come from.

        Returns:
            What it did to the advice on the deal.

        Raises:
            FactsError: A fact is wrong, or is known to be something else already; nothing of the
                change has been taken in.
            JournalError: It cannot be written down, and has not been taken in.
            ValueError: The session is closed.
        """
        with self._changing(by, source) as said:
            there = isinstance(deal, str) and deal in self._deals
            known = self._moment(deal).situation.deal if there else self._opened(deal)
            known = asserted(self._book.vocabulary, known, facts)
            return self._take_facts("assert", deal, known, said)

    def update(
        self, deal: str, facts: Facts, *, by: str | None = None, source: str | None = None
    ) -> Difference:
        """Take in facts as they are now, known before or not; otherwise like `assert_facts`.

        A list is added to, and things in it are changed; `retract` takes a thing out. In a mapping
        ``None`` says that a fact is not known any more.

        Raises:
            FactsError: A fact is wrong, or the deal cannot be like that; nothing has changed.
            KeyError: The deal is not in the session.
            JournalError: It cannot be written down, and has not been taken in.
            ValueError: The session is closed.
        """
        with self._changing(by, source) as said:
            known = updated(self._book.vocabulary, self._moment(deal).situation.deal, facts)
            return self._take_facts("update", deal, known, said)

    def retract(
        self, deal: str, *facts: str, by: str | None = None, source: str | None = None
    ) -> Difference:
        """Take facts back: they are unknown from now on; otherwise like `update`.

        Args:
            deal: The deal's id.
            facts: What is not known any more, by path: ``superiority``, ``people[p2].support``;
                ``people[p2]`` for a thing that is gone; ``people`` for a whole list.
            by: Who says so.
            source: Where that comes from.

        Raises:
            FactsError: There is no such fact or thing, or something that stays refers to it.
            KeyError: The deal is not in the session.
            JournalError: It cannot be written down, and has not been taken in.
            ValueError: The session is closed.
        """
        with self._changing(by, source) as said:
            paths = self._paths(facts)
            known = retracted(self._book.vocabulary, self._moment(deal).situation.deal, paths)
            return self._take_facts("retract", deal, known, said)

    def close_deal(
        self, deal: str, *, by: str | None = None, source: str | None = None
    ) -> Difference:
        """Take a deal out of the session, and give its memory back.

        Raises:
            KeyError: The deal is not in the session.
            JournalError: It cannot be written down, and the deal is still there.
            ValueError: The session is closed.
        """
        with self._changing(by, source) as said:
            change = self._taking.closing(deal, self._moment(deal))
            self._commit(change, said)
            return change.differences[deal]

    def _paths(self, facts: Sequence[str]) -> list[FactPath]:
        paths, problems = [], []
        for name in facts:
            try:
                paths.append(parse_path(self._book.vocabulary, name))
            except RefusedError as refusal:
                path = name if isinstance(name, str) else ""
                problems += [Problem(path=path, message=message) for message in refusal.messages]
        if problems:
            raise FactsError(problems)
        return paths

    # --- overrides ------------------------------------------------------------------------------

    def override(
        self,
        deal: str,
        decision: str,
        value: str | Decimal | Money,
        *,
        reason: str,
        by: str,
        source: str | None = None,
    ) -> Difference:
        """Set a decision aside, on the session's day; one that was set aside is so anew.

        Args:
            deal: The deal's id.
            decision: ``competitive_strategy``, or ``people[p1].relationship_strategy``.
            value: What it is to be: an outcome, or a formula's number or amount.
            reason: Why, for those who read the advice.
            by: Who says so.
            source: Where that comes from.

        Raises:
            FactsError: There is no such decision, or it cannot come to that value.
            KeyError: The deal is not in the session.
            JournalError: It cannot be written down, and has not been taken in.
            ValueError: The session is closed.
        """
        with self._changing(by, source) as said:
            before = self._moment(deal)
            there = before.situation.overrides
            made = Override(
                decision=decision, value=value, reason=reason, by=by, on=before.situation.as_of
            )
            (key,) = read_overrides(self._book, [made])
            self._require_made(before, key)
            own = before.conclusions.set_aside.get(key, before.conclusions.decisions[key])
            seen = own.candidates if isinstance(own, Verdict) else None
            others = [one for other, one in there.items() if other != key]
            overrides = read_overrides(self._book, [*others, evolve(made, instead_of=seen)])
            change = self._taking.overrides("override", deal, before, overrides, key)
            self._commit(change, said)
            return change.differences[deal]

    def withdraw_override(
        self, deal: str, decision: str, *, by: str | None = None, source: str | None = None
    ) -> Difference:
        """Take an override back: the rules decide again.

        Raises:
            KeyError: The deal is not in the session, or the decision is not overridden.
            JournalError: It cannot be written down, and has not been taken in.
            ValueError: The session is closed.
        """
        with self._changing(by, source) as said:
            before = self._moment(deal)
            there = before.situation.overrides
            overridden = {one.decision: key for key, one in there.items()}
            if decision not in overridden:
                some = f"; {', '.join(map(shown, overridden))} is" if overridden else ""
                raise KeyError(f"{shown(decision)} is not overridden{some}")
            gone = overridden[decision]
            kept = {key: one for key, one in there.items() if key != gone}
            change = self._taking.overrides("withdraw", deal, before, kept, gone)
            self._commit(change, said)
            return change.differences[deal]

    def _require_made(self, before: Moment, key: DecisionKey) -> None:
        if key not in before.conclusions.decisions:
            name, id = key
            others = [shown(other) for one, other in before.conclusions.decisions if one == name]
            there = f"; it is made for {', '.join(others[:_SHOWN])}" if others else ""
            message = f"this is not decided for {shown(id)}{there}" if id else "this is not decided"
            raise FactsError([Problem(path=decision_name(self._book, key), message=message)])

    # --- the world around -----------------------------------------------------------------------

    def move_to(
        self, as_of: date, *, by: str | None = None, source: str | None = None
    ) -> Mapping[str, Difference]:
        """Move to another day: an action becomes overdue, a review falls due.

        Args:
            as_of: The day that advice is for from now on, from 1900 to 2199.
            by: Who says so.
            source: Where that comes from.

        Returns:
            By id, the deals whose advice has changed.

        Raises:
            TypeError: ``as_of`` is no day.
            ValueError: It is out of range, or the session is closed.
            JournalError: It cannot be written down, and the day is what it was.
        """
        require_day(as_of)
        with self._changing(by, source) as said:
            moved = FactChange(name="as_of", path=("as_of",), before=self._as_of, after=as_of)
            changes = [moved] if as_of != self._as_of else []
            return self._take_surroundings("as_of", changes, said, as_of=as_of, rates=self._rates)

    def set_rates(
        self,
        rates: Mapping[str, int | Decimal | float],
        *,
        by: str | None = None,
        source: str | None = None,
    ) -> Mapping[str, Difference]:
        """Take other rates of exchange, in place of those that there were; like `move_to`.

        Args:
            rates: ``{"USD/CNY": 7.1}`` says that one USD is worth 7.1 CNY.
            by: Who says so.
            source: Where they come from.

        Raises:
            FactsError: A pair or a number that is not one.
            JournalError: It cannot be written down, and the rates are what they were.
            ValueError: The session is closed.
        """
        read = read_rates(rates)
        with self._changing(by, source) as said:
            before = self._rates
            changes = [
                FactChange(
                    name=f"rates[{one}/{other}]",
                    path=("rates", one, other),
                    before=before.get((one, other)),
                    after=read.get((one, other)),
                )
                for one, other in {**before, **read}
                if before.get((one, other)) != read.get((one, other))
            ]
            return self._take_surroundings("rates", changes, said, as_of=self.as_of, rates=read)

    # --- reading --------------------------------------------------------------------------------

    @property
    def opening(self) -> tuple[Difference, ...]:
        """What has changed by opening the session from its journal: other rules, day or rates."""
        return tuple(self._opening)

    @property
    def as_of(self) -> date:
        """The day that advice is for."""
        assert self._as_of is not None
        return self._as_of

    @property
    def rates(self) -> Mapping[str, Decimal]:
        """The rates of exchange, by pair."""
        return {f"{one}/{other}": rate for (one, other), rate in self._rates.items()}

    @property
    def deals(self) -> tuple[str, ...]:
        """The ids of the deals, in the order in which they were opened."""
        return tuple(self._deals)

    def __contains__(self, deal: str) -> bool:
        return deal in self._deals

    def __len__(self) -> int:
        return len(self._deals)

    def advice(self, deal: str) -> Advice:
        """Return the advice on a deal as it is now; later changes do not change it.

        Raises:
            KeyError: The deal is not in the session.
            ValueError: The session is closed.
        """
        return self._moment(deal).advice

    def facts(self, deal: str) -> Deal:
        """Return what is known of a deal; evaluating it gives the session's advice.

        Raises:
            KeyError: The deal is not in the session.
            ValueError: The session is closed.
        """
        return self._moment(deal).situation.subject

    def overrides(self, deal: str) -> tuple[Override, ...]:
        """Return the decisions of a deal that people have set aside.

        Raises:
            KeyError: The deal is not in the session.
            ValueError: The session is closed.
        """
        return tuple(self._moment(deal).situation.overrides.values())

    # --- the end --------------------------------------------------------------------------------

    def close(self) -> None:
        """Close the session, and its journal; a second time it does nothing."""
        with self._lock:
            self._is_open = False
            self._deals = {}
            if self._journal is not None:
                self._journal.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    # --- taking changes in ----------------------------------------------------------------------

    @contextmanager
    def _changing(self, by: str | None, source: str | None) -> Iterator[Mapping[str, str | None]]:
        """Let in one change after another, and say by whom and whence."""
        said = {"by": _text(by, "by"), "source": _text(source, "source")}
        with self._lock:
            self._require_open()
            if self._is_writing:
                raise ValueError(
                    "the session was interrupted while it wrote a change down; open it again from "
                    "its journal"
                )
            yield said

    def _commit(self, change: Change, said: Mapping[str, str | None]) -> None:
        """Write a change down, and then let it count."""
        if self._journal is not None:
            entry = change.entry(**said, rulebook=self._book.fingerprint)
            # If this is broken off, nobody knows how far it came.
            self._is_writing = True
            try:
                self._journal.append(**entry)
            except Exception:
                # It was not written, and does not count.
                self._is_writing = False
                raise
        self._put(change)
        self._is_writing = False

    def _put(self, change: Change) -> None:
        """Let a change count."""
        for deal, moment in change.moments.items():
            if moment is None:
                del self._deals[deal]
            else:
                self._deals[deal] = moment
        if change.as_of is not None:
            self._as_of = change.as_of
        if change.rates is not None:
            self._rates = change.rates

    def _take_facts(
        self, verb: str, deal: str, known: Opportunity, said: Mapping[str, str | None]
    ) -> Difference:
        """Take in what is known of a deal now."""
        before = self._deals.get(deal)
        if before is None:
            situation = Situation(deal=known, as_of=self.as_of, rates=self._rates)
        else:
            situation = evolve(before.situation, deal=known)
        change = self._taking.facts(verb, deal, before, situation)
        if change is None:
            return self._taking.difference(deal, before, before, (), ())
        self._commit(change, said)
        return change.differences[deal]

    def _take_surroundings(
        self,
        verb: str,
        changes: Sequence[FactChange],
        said: Mapping[str, str | None],
        *,
        as_of: date,
        rates: Rates,
    ) -> Mapping[str, Difference]:
        """Take in what is the case for all deals now."""
        if not changes:
            return {}
        change = self._taking.surroundings(verb, self._deals, changes, as_of, rates)
        self._commit(change, said)
        return change.differences

    def _require_open(self) -> None:
        if not self._is_open:
            raise ValueError("the session is closed")

    def _moment(self, deal: str) -> Moment:
        moment = self._deals.get(deal) if isinstance(deal, str) else None
        if moment is None:
            self._require_open()
            known = list(self._deals)
            some = f"; there are {', '.join(map(shown, known[:_SHOWN]))}" if known else ""
            remedy = suggestion(deal, known) if isinstance(deal, str) else ""
            raise KeyError(f"there is no deal {shown(deal)} in the session{remedy or some}")
        return moment

    def _opened(self, deal: str) -> Opportunity:
        """Return a deal of which nothing is known, if it can have that id."""
        try:
            accept(TextType("id"), deal)
        except RefusedError as refusal:
            said = (Problem(path="", message=f"the deal's id: {one}") for one in refusal.messages)
            raise FactsError(said) from None
        opened: Opportunity = self._book.vocabulary.root()
        return opened


def _text(text: str | None, name: str) -> str | None:
    if text is None:
        return None
    try:
        said = str(accept(TextType(), text))
        if not said.strip():
            raise RefusedError("it is blank; leave it out, or say who or where")
    except RefusedError as refusal:
        raise ValueError(f"{name}: {refusal}") from None
    return said
