"""What is in a rulebook, all of it or what has a name; and its texts without a deal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from attrs import evolve, frozen

from b2brules.advice.saying import UNKNOWN, say_number
from b2brules.facts.values import shown
from b2brules.language import suggestion, tree
from b2brules.language.comparability import name_of
from b2brules.ruleset.model import (
    Book,
    Change,
    Decision,
    Language,
    Parameter,
    Recommendation,
    Source,
    Table,
)

Thing = TypeVar("Thing")


class UnknownNameError(ValueError):
    """Nothing in a rulebook has the name that was asked for."""


@frozen(kw_only=True)
class Contents:
    """What is to be shown of a book; of a decision perhaps one row only."""

    book: Book
    decisions: Mapping[str, Decision]
    recommendations: Mapping[str, Recommendation]
    parameters: Mapping[str, Parameter]
    sources: Mapping[str, Source]
    changes: tuple[Change, ...]
    is_whole: bool

    def overlay(self, what: str, id: str) -> str | None:
        """Return the last overlay that has written a row, a recommendation or a parameter."""
        found = [one.overlay for one in self.book.changes if (one.what, one.id) == (what, id)]
        return found[-1] if found else None

    def text(self, key: str, slot: str, lang: Language) -> str:
        """Return a text as the rules have it, with the parameters filled in.

        What only a deal can fill in stays in braces, as in the rule file.
        """
        return "".join(
            piece if isinstance(piece, str) else self._blank(piece)
            for piece in self.book.texts[key, slot, lang]
        )

    def _blank(self, value: tree.Value) -> str:
        if isinstance(value, tree.Parameter):
            return say_number(self.book.parameters[value.name].value)
        return f"{{{name_of(value) or UNKNOWN}}}"


def select(book: Book, name: str | None = None) -> Contents:
    """Return all that is in a book, or only what has a name.

    Args:
        book: The rules.
        name: A decision, a row (its decision is shown without the others), a recommendation, a
            parameter or a source.

    Raises:
        UnknownNameError: Nothing has that name.
    """
    rows = {
        row.id: evolve(decision, rows=(row,))
        for decision in book.decisions.values()
        if isinstance(decision, Table)
        for row in decision.rows
    }
    if name is None:
        decisions: Mapping[str, Decision] = book.decisions
    else:
        found: dict[str, Decision] = {**rows, **book.decisions}
        decisions = {found[name].name: found[name]} if name in found else {}
    contents = Contents(
        book=book,
        decisions=decisions,
        recommendations=_only(book.recommendations, name),
        parameters=_only(book.parameters, name),
        sources=_only(book.sources, name),
        is_whole=name is None,
        changes=tuple(
            one
            for one in book.changes
            if name is None or name in (one.id, one.id.partition(" = ")[0], one.decision)
        ),
    )
    shows = (contents.decisions, contents.recommendations, contents.parameters, contents.sources)
    if name is not None and not any((*shows, contents.changes)):
        names = {**book.decisions, **rows, **book.recommendations, **book.parameters}
        hint = suggestion(name, {**names, **book.sources})
        hint = (
            hint or "write the name of a decision, a row, a recommendation, a parameter or a source"
        )
        raise UnknownNameError(f"there is no {shown(name)} in these rules; {hint}")
    return contents


def _only(things: Mapping[str, Thing], name: str | None) -> Mapping[str, Thing]:
    if name is None:
        return things
    return {name: things[name]} if name in things else {}
