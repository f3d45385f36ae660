"""How the advice on a deal came to be, as its journal has it, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from b2brules.advice.model import Advice
from b2brules.advice.page import WIDTH, Page
from b2brules.facts.problems import FactsError
from b2brules.ruleset.model import Language
from b2brules.session.journal import Entry
from b2brules.session.phrases import PHRASES
from b2brules.session.recorded import Recorded
from b2brules.session.saying import Words
from b2brules.session.text import DifferenceWriter
from b2brules.session.world import Advisor

NOTHING: dict[str, list[Any]] = {"decisions": [], "recommendations": []}


@frozen(kw_only=True)
class Event:
    """An entry that concerns a deal, and the deal on both sides of it.

    Args:
        entry: What was written down.
        before: The advice before, in the words of today's rulebook; ``None`` if the deal was not
            there, or today's rulebook does not know its facts.
        after: The advice since, ditto.
        is_opened: Whether the deal was not there before.
    """

    entry: Entry
    before: Advice | None
    after: Advice | None
    is_opened: bool


def events(advisor: Advisor, entries: Iterable[Entry], deal: str) -> Iterator[Event]:
    """Yield what happened to a deal, in order."""
    recorded = Recorded()
    before: Advice | None = None
    for entry in entries:
        was_there = deal in recorded.deals
        recorded.take(entry)
        concerned = entry.deal == deal or (entry.deal is None and was_there)
        if not concerned:
            continue
        after = _advice(advisor, recorded, deal)
        changed = entry.deal == deal or deal in (entry.difference or {})
        if changed:
            yield Event(entry=entry, before=before, after=after, is_opened=not was_there)
        before = after


def _advice(advisor: Advisor, recorded: Recorded, deal: str) -> Advice | None:
    if deal not in recorded.deals or recorded.as_of is None:
        return None
    try:
        world = recorded.deals[deal].world(advisor.book, recorded.as_of, recorded.rates)
    except FactsError:
        # Facts of a rulebook that knew more: what it advised stands there without its sentences.
        return None
    return advisor.word(world, advisor.try_out(world))


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
    page.paragraph(heading)
    if entry.override is not None:
        page.paragraph(words.override(entry.override), "  ")
    difference = entry.difference if entry.deal == deal else (entry.difference or {}).get(deal)
    if entry.verb == "purge":
        return
    writer = DifferenceWriter(page, words, event.before, event.after)
    if event.is_opened:
        writer.write_opening(entry.facts)
    else:
        writer.write_facts(entry.facts)
    if entry.verb == "close":
        writer.write_closing()
    else:
        writer.write_difference(difference or NOTHING)
