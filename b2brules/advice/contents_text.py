"""What is in a rulebook as text for people: a handbook of its rules."""

from __future__ import annotations

import re
from collections.abc import Sequence

from b2brules.advice.contents import Contents, number
from b2brules.advice.contents_phrases import PHRASES, Phrases
from b2brules.advice.labels import label
from b2brules.advice.saying import label_outcome
from b2brules.advice.widths import NARROWEST, WIDTH
from b2brules.advice.wrapping import width_of, wrap
from b2brules.facts.types import Money
from b2brules.language.tree import Always
from b2brules.ruleset.model import (
    Binding,
    Change,
    Clause,
    Decision,
    Formula,
    Language,
    Parameter,
    Recommendation,
    Row,
    Source,
    Table,
)

WHEN = "when"
_COMPARES = re.compile(r"[<>=!]")
_WORD = re.compile(r"[\w.-]+|\"[^\"]*\"")


def contents_to_text(contents: Contents, *, lang: Language, width: int = WIDTH) -> str:
    """Return what is in a rulebook as text without colour.

    Args:
        contents: What to write.
        lang: The language of headings and sentences.
        width: Columns of a line, at least 40; Chinese characters take two.

    Returns:
        Lines that each end with a line break, none wider than ``width``.
    """
    page = _Page(contents, lang, max(width, NARROWEST))
    page.write()
    return "".join(f"{line}\n" for line in page.lines)


class _Page:
    """The lines of a text while they are written."""

    def __init__(self, contents: Contents, lang: Language, width: int) -> None:
        self.contents = contents
        self.lang: Language = lang
        self.say: Phrases = PHRASES[lang]
        self.width = width
        self.lines: list[str] = []

    def write(self) -> None:
        """Write all of it."""
        shown = self.contents
        title = self.say.title.format(fingerprint=shown.book.fingerprint)
        self.lines += [title, "=" * width_of(title)]
        if shown.is_whole:
            rows = sum(len(_rows(decision)) for decision in shown.decisions.values())
            numbers = (shown.decisions, shown.recommendations, shown.parameters, shown.sources)
            decisions, recommendations, parameters, sources = map(len, numbers)
            counted = self.say.counted.format(
                decisions=decisions,
                rows=rows,
                recommendations=recommendations,
                parameters=parameters,
                sources=sources,
            )
            self._paragraph(counted)
        self._changes(shown.changes)
        if shown.decisions:
            self._heading(self.say.decisions)
        for place, decision in enumerate(shown.decisions.values()):
            self.lines += [""] if place else []
            self._decision(decision)
        if shown.recommendations:
            self._heading(self.say.recommendations)
        for place, recommendation in enumerate(shown.recommendations.values()):
            self.lines += [""] if place else []
            self._recommendation(recommendation)
        if shown.parameters:
            self._heading(self.say.parameters)
        for parameter in shown.parameters.values():
            self._parameter(parameter)
        if shown.sources:
            self._heading(self.say.sources)
        for source in shown.sources.values():
            self._work(source)

    # --- what overlays changed ------------------------------------------------------------------

    def _changes(self, changes: Sequence[Change]) -> None:
        if changes:
            self._heading(self.say.changes)
        overlay = None
        for one in changes:
            if one.overlay != overlay:
                self._paragraph(one.overlay, "  ")
                overlay = one.overlay
            self._paragraph(self._change(one), "    - ")

    def _change(self, one: Change) -> str:
        what = self.say.what[one.what].format(id=one.id)
        if one.decision is not None:
            what = self.say.row_of.format(what=what, decision=one.decision)
        how = self.say.how[one.how]
        before, after = (self._outcome(one, word) for word in (one.before, one.after))
        if before is not None and after is not None and before != after:
            return self.say.instead.format(what=what, before=before, after=after)
        if one.how == "disabled" and before is not None:
            return self.say.was.format(what=what, how=how, before=before)
        if one.how == "added" and after is not None:
            return self.say.now.format(what=what, how=how, after=after)
        return self.say.cell.format(column=what, text=how)

    def _outcome(self, one: Change, word: str | None) -> str | None:
        """Return what to call the outcome of a row that was changed; other words as they are."""
        if word is None or one.what != "row" or one.decision is None:
            return word
        return label_outcome(self.contents.book, one.decision, word, self.lang)

    # --- decisions ------------------------------------------------------------------------------

    def _decision(self, one: Decision) -> None:
        question = self.contents.text(one.name, "", self.lang)
        self._paragraph(self.say.named.format(text=question, name=one.name), "  ")
        parts = [one.ruleset, *self._bound((one.binding,) if one.binding else ())]
        if isinstance(one, Formula):
            self._paragraph(" · ".join(parts), "  ")
            self._paragraph(self.say.formula.format(text=one.text), "    ")
            self._source(one.citations, one.basis, "    ")
            return
        self._paragraph(" · ".join([*parts, self.say.policy[one.hit_policy]]), "  ")
        for outcome in one.outcomes:
            said = self.contents.text(f"{one.name} = {outcome}", "", self.lang)
            name = self._label(one, outcome)
            is_named = said.casefold().startswith(name.casefold())
            line = said if is_named else self.say.cell.format(column=name, text=said)
            self._paragraph(line, "    - ")
        whole = self.contents.book.decisions[one.name]
        numbers = {row.id: place for place, row in enumerate(_rows(whole), start=1)}
        for row in one.rows:
            self._row(one, row, numbers[row.id])

    def _row(self, table: Table, row: Row, place: int) -> None:
        id = self._marked("row", row.id)
        outcome = self._label(table, row.then)
        first = f"{place:4}. "
        self._paragraph(self.say.named.format(text=outcome, name=id), first)
        indent = " " * len(first)
        self._clauses(row.clauses, indent)
        why = self.contents.text(row.id, "", self.lang)
        self._paragraph(self.say.why.format(why=why), indent)
        self._source(row.citations, row.basis, indent)

    def _label(self, table: Table, outcome: str) -> str:
        return label_outcome(self.contents.book, table.name, outcome, self.lang)

    # --- recommendations ------------------------------------------------------------------------

    def _recommendation(self, one: Recommendation) -> None:
        parts = [self._marked("recommendation", one.id), one.ruleset, *self._bound(one.bindings)]
        self._paragraph(" · ".join(parts), "  ")
        indent = "    "
        self._paragraph(self.contents.text(one.id, "action", self.lang), indent)
        days = {
            "en": "1 day" if one.within == 1 else f"{one.within} days",
            "zh": f"{one.within} 天",
        }
        owner = label(one.owner, self.lang)
        doer = self.say.doer.format(owner=owner, days=days[self.lang], priority=one.priority)
        if one.prime is not None:
            doer += self.say.prime.format(prime=label(one.prime, self.lang))
        self._paragraph(doer, indent)
        self._clauses(one.clauses, indent)
        why = self.contents.text(one.id, "why", self.lang)
        self._paragraph(self.say.why.format(why=why), indent)
        self._source(one.citations, one.basis, indent)

    # --- parameters and sources -----------------------------------------------------------------

    def _parameter(self, one: Parameter) -> None:
        is_amount = isinstance(one.value, Money)
        value = self.say.value.format(
            name=one.name, value=number(one.value), unit="" if is_amount else one.unit
        ).rstrip()
        if one.minimum is not None and one.maximum is not None:
            low, high = number(one.minimum), number(one.maximum)
            value += self.say.range.format(low=low, high=high)
        overlay = self.contents.overlay("parameter", one.name)
        if overlay is not None:
            value += " · " + self.say.overlaid.format(overlay=overlay)
        self._paragraph(value, "  ")
        if one.value != one.default:
            self._paragraph(self.say.default.format(default=number(one.default)), "    ")
        source = ", ".join(map(str, one.citations))
        basis = label(one.basis, self.lang)
        checked = one.checked.isoformat()
        line = self.say.checked.format(source=source, basis=basis, checked=checked)
        self._paragraph(line, "    ")

    def _work(self, one: Source) -> None:
        line = self.say.work.format(
            id=one.id,
            author=one.author,
            title=one.title,
            publisher=one.publisher,
            date=one.date,
            checked=one.checked.isoformat(),
        )
        self.lines += wrap(line, self.width, first="  ", rest="    ")

    # --- lines ----------------------------------------------------------------------------------

    def _bound(self, bindings: Sequence[Binding]) -> list[str]:
        said = [f"{one.variable} in {'.'.join(one.list)}" for one in bindings]
        return [self.say.for_.format(binding=", ".join(said))] if said else []

    def _clauses(self, clauses: Sequence[Clause], indent: str) -> None:
        """Write what is asked, a line for each cell."""
        lines = list(dict.fromkeys(map(self._clause, clauses))) or [self.say.always]
        first = indent + self.say.when
        for line in lines:
            self._paragraph(line, first)
            first = " " * width_of(indent + self.say.when) + self.say.and_

    def _clause(self, one: Clause) -> str:
        if isinstance(one.condition, Always):
            return self.say.otherwise
        if one.column == WHEN:
            return one.text
        if _COMPARES.match(one.text):
            return f"{one.column} {one.text}"
        if _WORD.fullmatch(one.text):
            return f"{one.column} = {one.text}"
        return self.say.cell.format(column=one.column, text=one.text)

    def _marked(self, what: str, id: str) -> str:
        overlay = self.contents.overlay(what, id)
        if overlay is None:
            return id
        return self.say.marked.format(id=id, mark=self.say.overlaid.format(overlay=overlay))

    def _source(self, citations: Sequence[object], basis: str, indent: str) -> None:
        source = ", ".join(map(str, citations))
        line = self.say.source.format(source=source, basis=label(basis, self.lang))
        self._paragraph(line, indent)

    def _heading(self, heading: str) -> None:
        self.lines += ["", heading]

    def _paragraph(self, text: str, first: str = "") -> None:
        self.lines += wrap(text, self.width, first=first)


def _rows(decision: Decision) -> tuple[Row, ...]:
    return decision.rows if isinstance(decision, Table) else ()
