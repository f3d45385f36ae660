"""A rule file before it is written: its parts as data, and the text that says them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import field, frozen

CITED = 'project "Generated"'
NAME = "generated"


@frozen(kw_only=True)
class RowSheet:
    """One row of a table: its cells under the columns, and its outcome."""

    id: str
    cells: tuple[str, ...]
    then: str


@frozen(kw_only=True)
class TableSheet:
    """A decision with outcomes; ``binding`` is what it is for, empty for the deal."""

    name: str
    binding: str
    columns: tuple[str, ...]
    rows: tuple[RowSheet, ...]
    policy: str

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that its rows give."""
        return tuple(dict.fromkeys(row.then for row in self.rows))


@frozen(kw_only=True)
class FormulaSheet:
    """A decision that is a number or an amount."""

    name: str
    binding: str
    formula: str


@frozen(kw_only=True)
class AdviceSheet:
    """A recommendation: its cells under ``for``, ``each``, the column, ``when`` and ``target``."""

    id: str
    bindings: tuple[str, ...]
    each: bool
    cell: str
    when: str
    target: str
    within: str


@frozen(kw_only=True)
class Sheet:
    """A rule file.

    Args:
        facts: The rows of its facts, and of its parameters: the cells up to their source.
        column: The value under which recommendations have their first cell.
    """

    facts: tuple[tuple[str, ...], ...]
    parameters: tuple[tuple[str, ...], ...]
    decisions: tuple[TableSheet | FormulaSheet, ...]
    column: str
    advice: tuple[AdviceSheet, ...] = field(default=())

    def write(self) -> str:
        """Return the text of the file."""
        return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from (f"ruleset: {NAME}", "owner: tests")
        if self.facts:
            yield "facts: |"
            yield from _table(("name", "type", "allowed", "unit"), self.facts)
        if self.parameters:
            yield "parameters: |"
            head = ("name", "value", "unit", "range", "source", "basis", "checked")
            cited = (CITED, "ours", "2026-11-21")
            yield from _table(head, [(*one, *cited) for one in self.parameters])
        yield "decisions:"
        for decision in self.decisions:
            yield f"  {decision.name}:"
            yield from (f"    {line}" for line in _decision(decision))
        if self.advice:
            yield "recommendations: |"
            yield from self._recommendations()
        yield "text: |"
        yield from self._text()

    def _recommendations(self) -> Iterator[str]:
        head = ("id", "for", "each", self.column, "when", "| target", "prime", "owner")
        rows = [
            (
                one.id,
                ", ".join(one.bindings) or "-",
                "mark in marks" if one.each else "-",
                one.cell,
                one.when,
                f"| {one.target}",
                "-",
                "product",
                one.within,
                "1",
                CITED,
                "ours",
            )
            for one in self.advice
        ]
        return _table((*head, "within", "priority", "source", "basis"), rows)

    def _text(self) -> Iterator[str]:
        for name, *_ in self.facts:
            yield from _said(name, "")
        for decision in self.decisions:
            yield from _said(decision.name, "")
            if isinstance(decision, TableSheet):
                for outcome in decision.outcomes:
                    yield from _said(f"{decision.name} = {outcome}", "")
                for row in decision.rows:
                    yield from _said(row.id, "")
        for one in self.advice:
            about = "".join(f" {{{binding.split()[0]}.id}}" for binding in one.bindings)
            about += " {mark}" if one.each else ""
            yield from _said(one.id, about, ("action ", "why "))


def _decision(decision: TableSheet | FormulaSheet) -> Iterator[str]:
    if decision.binding:
        yield f"for: {decision.binding}"
    if isinstance(decision, FormulaSheet):
        yield from (f"formula: '{decision.formula}'", f"source: '{CITED}'", "basis: ours")
        return
    yield f"outcomes: {', '.join(decision.outcomes)}"
    yield f"hit_policy: {decision.policy}"
    yield "table: |"
    rows = [(row.id, *row.cells, f"| {row.then}", CITED, "ours") for row in decision.rows]
    yield from _table(("id", *decision.columns, "| then", "source", "basis"), rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for row in (head, *rows):
        yield "  " + " | ".join(row).replace("| |", "||")


def _said(key: str, about: str, slots: tuple[str, ...] = ("",)) -> Iterator[str]:
    yield f"  {key}"
    for slot in slots:
        yield f"    {slot}en: About {key.replace(' = ', ', ')}{about}."
        yield f"    {slot}zh: 关于{key.replace(' = ', '、')}{about}。"
