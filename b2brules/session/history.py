"""How the advice on a deal came to be, as its journal has it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen

from b2brules.advice.model import Advice
from b2brules.advice.page import WIDTH, Page
from b2brules.facts.problems import FactsError
from b2brules.ruleset.model import Language
from b2brules.session.journal import Entry
from b2brules.session.moment import Advisor
from b2brules.session.phrases import PHRASES
from b2brules.session.recorded import Recorded
from b2brules.session.records import Record
from b2brules.session.saying import Words
from b2brules.session.text import DifferenceWriter

NOTHING: Record = {"decisions": [], "recommendations": [], "overrides": []}


@frozen(kw_only=True)
class Event:
    """An entry that concerns a deal, and the deal on both sides of it.

    Args:
        entry: What was written down.
        before: The advice before, in the words of today's rulebook; ``None`` if the deal was not
            there, or today's rulebook does not know its facts.
        after: The advice since, ditto.
        overrides: The overrides before and since, by what they decide.
    """

    entry: Entry
    before: Advice | None
    after: Advice | None
    overrides: Mapping[str, Record]


def events(advisor: Advisor, entries: Iterable[Entry], deal: str) -> Iterator[Event]:
    """Yield what happened to a deal, in order."""
    recorded = Recorded()
    before: Advice | None = None
    for entry in entries:
        was = recorded.deals.get(deal)
        overrides = {} if was is None else dict(was.overrides)
        recorded.take(entry)
        now = recorded.deals.get(deal)
        if entry.deal != deal and (entry.deal is not None or was is None):
            continue
        after = _advice(advisor, recorded, deal)
        if entry.deal == deal or deal in (entry.difference or {}):
            overrides |= {} if now is None else now.overrides
            yield Event(entry=entry, before=before, after=after, overrides=overrides)
        before = after


def _advice(advisor: Advisor, recorded: Recorded, deal: str) -> Advice | None:
    if deal not in recorded.deals or recorded.as_of is None:
        return None
    try:
        situation = recorded.deals[deal].situation(advisor.book, recorded.as_of, recorded.rates)
    except FactsError:
        # Facts of a rulebook that knew more: what it advised stands there without its sentences.
        return None
    return advisor.word(situation, advisor.try_out(situation))


def history_to_text(
    advisor: Advisor,
    entries: Iterable[Entry],
    deal: str,
    *,
    lang: Language,
    width: int = WIDTH,
) -> str:
    """Return how the advice on a deal came to be, change by change, as text without colour.

    Args:
        advisor: Today's rules, which put the entries into words.
        entries: Those of the journal, of all deals.
        deal: The deal's id.
        lang: The language.
        width: Columns of a line, at least 40; Chinese characters take two.
    """
    page = Page(width)
    page.title(PHRASES[lang].history.format(deal=deal))
    for event in events(advisor, entries, deal):
        page.gap()
        _write_event(page, advisor, event, deal, lang)
    return page.text()


def _write_event(page: Page, advisor: Advisor, event: Event, deal: str, lang: Language) -> None:
    entry, say = event.entry, PHRASES[lang]
    advices = [one for one in (event.after, event.before) if one is not None]
    words = Words(book=advisor.book, advices=advices, lang=lang)
    heading = say.entry.format(
        number=entry.number,
        at=entry.at.strftime("%Y-%m-%d %H:%M UTC"),
        verb=say.verbs.get(entry.verb, entry.verb),
    )
    if entry.by is not None:
        heading += say.by.format(by=entry.by)
    if entry.source is not None:
        heading += say.source.format(source=entry.source)
    page.paragraph(heading, rest="  ")
    if entry.verb == "purge":
        return
    if entry.verb == "override":
        page.paragraph(words.override(entry.override), "  ", "    ")
    writer = DifferenceWriter(page, words, event.before, event.after, event.overrides)
    writer.write_facts(entry.facts)
    if entry.verb == "close":
        page.paragraph(say.closed, "  ")
    else:
        difference = entry.difference if entry.deal == deal else entry.difference[deal]
        writer.write_difference(difference or NOTHING)
