"""A journal, run again by today's rulebook: where that would have advised otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import Factory, define, field, frozen

from b2brules.advice.page import Page, require_width
from b2brules.advice.serialising import write_json
from b2brules.facts.problems import FactsError
from b2brules.ruleset.model import Book, Language
from b2brules.session.journal import Entry, JournalError
from b2brules.session.moment import Advisor
from b2brules.session.phrases import PHRASES
from b2brules.session.recorded import Recorded
from b2brules.session.records import standing_to_record
from b2brules.session.saying import Words
from b2brules.session.standing import (
    DecisionTopic,
    OverrideTopic,
    RecommendationTopic,
    Topic,
    differing,
    position_of,
)


@frozen(kw_only=True)
class Departure:
    """A decision or a recommendation that today's rulebook makes otherwise than it was recorded.

    Args:
        number: The entry since which it does.
        at: When that was written.
        deal: The deal.
        rulebook: The fingerprint of the rules that advised then.
        name: The decision, or the rule of the recommendation.
        bindings: The ids of the things that a recommendation is for; ``None`` for a decision.
        recorded: What stands in the journal: how the decision stood, in the form of the journal,
            or how certain the recommendation was; ``None`` if it was not made.
        today: The same by today's rulebook.
    """

    number: int
    at: datetime
    deal: str
    rulebook: str
    name: str
    bindings: Mapping[str, str] | None
    recorded: Any
    today: Any


@frozen(kw_only=True)
class Replay:
    """What came of running a journal again.

    Args:
        departures: Where today's rulebook makes something else of it, each where it begins.
        entries: How many entries were run.
        left_out: How many of them were not compared: what they said of a deal was removed since.
        book: Today's rules.
        lang: The language of the text.
    """

    departures: tuple[Departure, ...]
    entries: int
    left_out: int
    book: Book = field(repr=False)
    lang: Language

    def __bool__(self) -> bool:
        """Whether today's rulebook departs from what is recorded."""
        return bool(self.departures)

    def to_text(self, *, width: int = 80) -> str:
        """Return the departures as a note for people, in the language that was asked for.

        Args:
            width: Columns that a line may take, at least 40.

        Raises:
            ValueError: ``width`` is less.
            TypeError: ``width`` is no whole number.
        """
        return _to_text(self, require_width(width))

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the departures as JSON text; without ``indent`` it is one line."""
        return write_json(
            {
                "entries": self.entries,
                "left_out": self.left_out,
                "departures": [
                    {
                        "number": one.number,
                        "at": one.at.isoformat(),
                        "deal": one.deal,
                        "rulebook": one.rulebook,
                        "name": one.name,
                        "bindings": one.bindings,
                        "recorded": one.recorded,
                        "today": one.today,
                    }
                    for one in self.departures
                ],
            },
            indent,
        )


def replay(advisor: Advisor, entries: Iterable[Entry], deal: str | None, lang: Language) -> Replay:
    """Run the entries of a journal again.

    Args:
        advisor: Today's rules.
        entries: All of them.
        deal: Compare this deal alone; ``None`` for all.
        lang: The language of the text that is made of it.

    Raises:
        JournalError: Today's rulebook does not know a fact, a decision or a value.
    """
    listed = list(entries)
    purged = {one.deal: one.number for one in listed if one.verb == "purge"}
    running = _Running(advisor)
    for entry in listed:
        running.recorded.take(entry)
        for id in (entry.deal,) if entry.deal is not None else tuple(running.recorded.deals):
            if deal not in (None, id) or id not in running.recorded.deals:
                running.apart.pop(id, None)
            elif entry.number <= purged.get(id, 0):
                running.left_out.add(entry.number)
            else:
                running.compare(entry, id)
    return Replay(
        departures=tuple(running.departures),
        entries=len(listed),
        left_out=len(running.left_out),
        book=advisor.book,
        lang=lang,
    )


@define
class _Running:
    """A journal while it is run again."""

    advisor: Advisor
    recorded: Recorded = Factory(Recorded)
    apart: dict[str, Mapping[Topic, tuple[Any, Any]]] = Factory(dict)
    """For each deal, where today's rulebook stands apart from what is recorded."""
    departures: list[Departure] = Factory(list)
    left_out: set[int] = Factory(set)

    def compare(self, entry: Entry, id: str) -> None:
        """Compare a deal after an entry; what stood apart before is no news."""
        deal, as_of = self.recorded.deals[id], self.recorded.as_of
        assert as_of is not None
        try:
            situation = deal.situation(self.advisor.book, as_of, self.recorded.rates)
        except FactsError as error:
            raise JournalError(
                f"the deal `{id}` in entry {entry.number} does not fit the rulebook: "
                f"{error.problems[0]}"
            ) from None
        made = self.advisor.try_out(situation)
        today = position_of(self.advisor.book, made, situation.overrides)
        apart = differing(deal.position, today)
        before = self.apart.get(id, {})
        for topic, (was, now) in apart.items():
            if before.get(topic) != (was, now) and not isinstance(topic, OverrideTopic):
                self.departures.append(_departure(entry, id, topic, was, now))
        self.apart[id] = apart


def _departure(
    entry: Entry, deal: str, topic: DecisionTopic | RecommendationTopic, was: Any, now: Any
) -> Departure:
    is_decision = isinstance(topic, DecisionTopic)
    return Departure(
        number=entry.number,
        at=entry.at,
        deal=deal,
        rulebook=entry.rulebook,
        name=topic.name if isinstance(topic, DecisionTopic) else topic.id,
        bindings=None if isinstance(topic, DecisionTopic) else dict(topic.bindings),
        recorded=standing_to_record(was) if is_decision else was,
        today=standing_to_record(now) if is_decision else now,
    )


def _to_text(replay: Replay, width: int) -> str:
    say = PHRASES[replay.lang]
    words = Words(book=replay.book, advices=(), lang=replay.lang)
    page = Page(width)
    for one in replay.departures:
        what = one.name
        stands = [one.recorded, one.today]
        if one.bindings is None:
            said = [
                say.unmade if standing is None else words.stand(one.name, standing)
                for standing in stands
            ]
        else:
            things = say.comma.join(one.bindings.values())
            what = say.no_sentence.format(id=one.name, things=things) if things else one.name
            said = [say.certainty[standing] for standing in stands]
        at = one.at.strftime("%Y-%m-%d %H:%M UTC")
        page.paragraph(
            say.departed.format(number=one.number, at=at, deal=one.deal, what=what), rest="  "
        )
        page.paragraph(say.then_and_now.format(then=said[0], now=said[1]), "  ")
    if replay:
        number = len(replay.departures)
        page.paragraph(say.replayed.format(entries=replay.entries, number=number))
    if replay.left_out:
        number = replay.entries - replay.left_out
        page.paragraph(say.compared.format(number=number, entries=replay.entries))
    return page.text()
