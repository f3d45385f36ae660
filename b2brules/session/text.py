"""A difference as text for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from b2brules.advice.labels import label
from b2brules.advice.model import Advice, Recommendation
from b2brules.advice.page import WIDTH, Page
from b2brules.advice.phrases import PHRASES as ADVICE
from b2brules.session.difference import Difference
from b2brules.session.records import Record, difference_to_record, facts_to_record
from b2brules.session.saying import Words


def difference_to_text(difference: Difference, *, width: int = WIDTH) -> str:
    """Return a difference as text without colour: what was learned, and what follows.

    What is to be done comes with its sentence; of what may be worth doing only the number is said.

    Args:
        difference: What to write, in the language of its advice.
        width: Columns of a line, at least 40; Chinese characters take two.
    """
    page = Page(width)
    advices = [one for one in (difference.after, difference.before) if one is not None]
    words = Words(book=difference.book, advices=advices, lang=difference.lang)
    title = words.phrases.title
    page.title(title.format(deal=difference.deal, as_of=difference.as_of.isoformat()))
    writer = DifferenceWriter(page, words, difference.before, difference.after)
    facts = facts_to_record(difference.facts, difference.book.vocabulary.lists())
    if difference.before is None:
        writer.write_opening(facts)
    else:
        writer.write_facts(facts)
    if difference.after is None:
        writer.write_closing()
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
    """

    def __init__(
        self, page: Page, words: Words, before: Advice | None, after: Advice | None
    ) -> None:
        self.page = page
        self.words = words
        self.say = words.phrases
        self.before = _sentences(before)
        self.after = _sentences(after)

    def write_opening(self, facts: Sequence[Record]) -> None:
        """Write that the deal was opened; nobody reads all that is known of a deal as news."""
        self.page.paragraph(self.say.opened.format(number=len(facts)), "  ")

    def write_closing(self) -> None:
        """Write that the deal was closed."""
        self.page.paragraph(self.say.closed, "  ")

    def write_facts(self, facts: Sequence[Record]) -> None:
        """Write the facts that have changed."""
        if facts:
            self.page.heading(self.say.facts)
        gone = [one["path"] for one in facts if one["before"] == {} and one["after"] is None]
        for change in facts:
            # With a thing goes all that is said of it.
            if not change["path"].startswith(tuple(f"{path}." for path in gone)):
                self.page.paragraph(self.words.fact(change), "  ")

    def write_difference(self, difference: Record) -> None:
        """Write what that did to the advice."""
        recommended, decided = difference["recommendations"], difference["decisions"]
        if not recommended and not decided:
            self.page.gap()
            self.page.paragraph(self.say.nothing, "  ")
            return
        self._recommended(recommended)
        self._decided(decided)
        self._possible(recommended)

    def _recommended(self, recommended: Sequence[Record]) -> None:
        for heading, side, sentences in (
            (self.say.due, "after", self.after),
            (self.say.no_longer, "before", self.before),
        ):
            other = "before" if side == "after" else "after"
            certain = [one for one in recommended if one[side] == "certain" != one[other]]
            if certain:
                self.page.heading(heading)
            for number, one in enumerate(certain, start=1):
                first = f"{number:2}. "
                indent = " " * len(first)
                said = sentences.get(_key(one["id"], one["bindings"]))
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
        return self.say.no_sentence.format(id=one["id"], things=things) if things else one["id"]

    def _because(self, one: Record) -> str:
        return self.say.because.format(cause=self.words.cause(one["because"]))

    def _decided(self, decided: Sequence[Record]) -> None:
        otherwise = [one for one in decided if _value(one["before"]) != _value(one["after"])]
        if otherwise:
            self.page.heading(self.say.decisions)
        for one in otherwise:
            name = one["decision"]
            self.page.paragraph(self.words.question(name), "  ")
            stands = [self.words.stand(name, one[side]) for side in ("before", "after")]
            self.page.paragraph(" → ".join(stands), "      ")
            self.page.paragraph(self._because(one), "      ")
        narrowed = sum(
            1 for one in decided if one["before"] and one["after"] and one not in otherwise
        )
        if narrowed:
            self.page.gap()
            self.page.paragraph(self.say.narrowed.format(number=narrowed), "  ")

    def _possible(self, recommended: Sequence[Record]) -> None:
        added = sum(1 for one in recommended if one["after"] == "possible" != one["before"])
        gone = sum(1 for one in recommended if one["before"] == "possible" != one["after"])
        if added or gone:
            self.page.gap()
            self.page.paragraph(self.say.possible.format(added=added, gone=gone), "  ")


def _value(standing: Record | None) -> object:
    """Return what a decision comes to; one that is open is no news where there was none."""
    return (None, None) if standing is None else (standing["value"], standing.get("currency"))


def _key(id: str, bindings: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    return id, tuple(bindings.items())


def _sentences(
    advice: Advice | None,
) -> Mapping[tuple[str, tuple[tuple[str, str], ...]], Recommendation]:
    listed = () if advice is None else advice.recommendations
    return {_key(one.id, one.bindings): one for one in listed}
