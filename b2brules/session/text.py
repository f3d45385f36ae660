"""A difference as text for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from b2brules.advice.labels import label
from b2brules.advice.model import Advice, Recommendation
from b2brules.advice.page import WIDTH, Page
from b2brules.advice.phrases import PHRASES as ADVICE
from b2brules.session.difference import Difference
from b2brules.session.records import (
    Record,
    difference_to_record,
    facts_to_record,
    override_to_record,
)
from b2brules.session.saying import Words

MatchKey: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""A recommendation, and what its variables stand for."""


def difference_to_text(difference: Difference, *, width: int = WIDTH) -> str:
    """Return a difference as text without colour: what was learned, and what follows.

    What is to be done comes with its sentence; of what is possible only the number is said, and of
    a deal that is opened not the facts, which nobody reads as news.

    Args:
        difference: What to write, in the language of its advice.
        width: Columns of a line, at least 40; Chinese characters take two.
    """
    page = Page(width)
    advices = [one for one in (difference.after, difference.before) if one is not None]
    words = Words(book=difference.book, advices=advices, lang=difference.lang)
    title = words.phrases.title
    deal = words.deal(difference.deal)
    page.title(title.format(deal=deal, as_of=difference.as_of.isoformat()))
    made = [one.override for one in difference.overrides if one.override is not None]
    writer = DifferenceWriter(
        page,
        words,
        difference.before,
        difference.after,
        {one.decision: override_to_record(one) for one in made},
    )
    if difference.is_opening:
        page.paragraph(words.phrases.opened, "  ")
    else:
        writer.write_facts(facts_to_record(difference.facts))
    if difference.after is None:
        page.paragraph(words.phrases.closed, "  ")
    else:
        writer.write_difference(difference_to_record(difference))
    return page.text()


class DifferenceWriter:
    """Writes a difference onto a page.

    Args:
        page: Where to.
        words: How to say things.
        before: The advice before; ``None`` if there was none.
        after: The advice since; ``None`` if there is none.
        overrides: The overrides before and since, by what they decide, as a journal has them.
    """

    def __init__(
        self,
        page: Page,
        words: Words,
        before: Advice | None,
        after: Advice | None,
        overrides: Mapping[str, Record],
    ) -> None:
        self.page = page
        self.words = words
        self.say = words.phrases
        self.sentences = {"before": _sentences(before), "after": _sentences(after)}
        self.overrides = overrides

    def write_facts(self, facts: Sequence[Record]) -> None:
        """Write the facts that have changed."""
        gone = [one["path"] for one in facts if one["before"] == {} and one["after"] is None]
        lists = {one["path"].partition("[")[0] for one in facts if one["path"].endswith("]")}
        said = [
            one
            for one in facts
            # With a thing goes all that is said of it, and with the first one comes its list.
            if not one["path"].startswith(tuple(f"{path}." for path in gone))
            and not (one["after"] == [] and one["path"].rpartition(".")[2] in lists)
        ]
        if said:
            self.page.heading(self.say.facts)
        for change in said:
            self.page.paragraph(self.words.fact(change), "  ", "    ")

    def write_difference(self, difference: Record) -> None:
        """Write what that did to the advice."""
        if not any(difference.values()):
            self.page.gap()
            self.page.paragraph(self.say.nothing, "  ")
            return
        self._overridden(difference["overrides"])
        self._recommended(difference["recommendations"])
        self._decided(difference["decisions"])
        self._possible(difference["recommendations"])

    def _overridden(self, overrides: Sequence[Record]) -> None:
        if overrides:
            self.page.heading(self.say.overrides)
        for one in overrides:
            decision = one["decision"]
            made = self.overrides.get(decision)
            said = self.words.override_state(decision, one["after"], made)
            self.page.paragraph(said, "  ", "    ")

    def _recommended(self, recommended: Sequence[Record]) -> None:
        for heading, side, other in (
            (self.say.due, "after", "before"),
            (self.say.no_longer, "before", "after"),
        ):
            certain = [one for one in recommended if one[side] == "certain" != one[other]]
            if certain:
                self.page.heading(heading)
            for number, one in enumerate(certain, start=1):
                first = f"{number:2}. "
                indent = " " * len(first)
                said = self.sentences[side].get(_key(one["id"], one["bindings"]))
                self.page.paragraph(self._sentence(one, said), first)
                if said is not None and side == "after":
                    doer = ADVICE[self.words.lang].doer
                    owner = label(said.owner, self.words.lang)
                    self.page.paragraph(doer.format(owner=owner, due=said.due), indent)
                self.page.paragraph(self._because(one), indent)

    def _sentence(self, one: Record, said: Recommendation | None) -> str:
        if said is not None:
            return said.action
        things = self.say.comma.join(one["bindings"].values())
        return (
            self.say.no_sentence.format(id=one["id"], things=things) if things else str(one["id"])
        )

    def _because(self, one: Record) -> str:
        return self.say.because.format(cause=self.words.cause(one["because"]))

    def _decided(self, decided: Sequence[Record]) -> None:
        otherwise = [one for one in decided if _value(one["before"]) != _value(one["after"])]
        if otherwise:
            self.page.heading(self.say.decisions)
        for one in otherwise:
            name = one["decision"]
            before, after = one["before"], one["after"]
            was = self.say.new if before is None else self.words.stand(name, before)
            now = self.say.unmade if after is None else self.words.stand(name, after)
            self.page.paragraph(self.words.question(name), "  ")
            self.page.paragraph(f"{was} → {now}", "      ")
            self.page.paragraph(self._because(one), "      ")
        narrowed = [
            one["decision"]
            for one in decided
            if one["before"] and one["after"] and one not in otherwise
        ]
        if narrowed:
            self.page.gap()
            names = self.say.comma.join(narrowed)
            self.page.paragraph(self.say.narrowed.format(names=names), "  ")

    def _possible(self, recommended: Sequence[Record]) -> None:
        added = sum(1 for one in recommended if one["after"] == "possible" != one["before"])
        gone = sum(1 for one in recommended if one["before"] == "possible" != one["after"])
        if added or gone:
            self.page.gap()
            self.page.paragraph(self.say.possible.format(added=added, gone=gone), "  ")


def _value(standing: Record | None) -> object:
    """Return what a decision comes to; one that is open is no news where there was none."""
    return (None, None) if standing is None else (standing["value"], standing.get("currency"))


def _key(id: str, bindings: Mapping[str, str]) -> MatchKey:
    return id, tuple(bindings.items())


def _sentences(advice: Advice | None) -> Mapping[MatchKey, Recommendation]:
    listed = () if advice is None else advice.recommendations
    return {_key(one.id, one.bindings): one for one in listed}
