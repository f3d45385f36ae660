"""Rule files that load, with every construct of the language, as Hypothesis strategies."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import evolve
from hypothesis import note, reject
from hypothesis import strategies as st

from b2brules.rulebook import Rulebook, load_rulebook
from b2brules.ruleset.diagnostics import Diagnostic, RulebookError
from b2brules.testing.drawing import draw_sheet
from b2brules.testing.sheets import NAME, RowSheet, Sheet, TableSheet

ATTEMPTS = 4
"""How often a file is mended before it is given up."""


def rulesets() -> st.SearchStrategy[str]:
    """Texts of rule files that load by themselves, with every construct of the language.

    Tables with columns and conditions, ``first`` and ``unique``, with ``otherwise`` or complete
    without; formulas of numbers and of money; decisions for the deal and for the things of lists;
    decisions that read decisions; quantifiers, filters, counts (on both sides too), sets, totals,
    days and amounts; parameters; facts of a team's own; recommendations with up to two bindings,
    repeated for each mark, asking what is known. A row that can never be reached is taken out, an
    overlap or a gap is mended, so what is drawn is a file that `load_rulebook` takes.

    The rules make no sense, and their sentences are empty: they are for laws that hold of any
    rulebook.
    """
    return _loading().map(lambda found: found[0])


def rulebooks() -> st.SearchStrategy[Rulebook]:
    """Rulebooks loaded from such files; a failing example prints the file as a note."""
    return _noted()


@st.composite
def _noted(draw: st.DrawFn) -> Rulebook:
    text, book = draw(_loading())
    note(text)
    return book


@st.composite
def _loading(draw: st.DrawFn) -> tuple[str, Rulebook]:
    sheet = draw_sheet(draw)
    for _ in range(ATTEMPTS):
        text = sheet.write()
        try:
            return text, load_text(text)
        except RulebookError as error:
            sheet = mended(sheet, text, error.diagnostics)
    return reject()


def load_text(text: str) -> Rulebook:
    """Load a rule file that is not on the disk yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{NAME}.yaml"
        path.write_text(text, "utf-8")
        return load_rulebook(path)


def mended(sheet: Sheet, text: str, found: Sequence[Diagnostic]) -> Sheet:
    """Return the sheet without what the checks found: only what a walk over all cases can tell."""
    lines = text.splitlines()
    marked: dict[str, str] = {}
    for one in found:
        start = one.column - 1
        name = lines[one.line - 1][start : start + one.length]
        if one.code not in ("unreachable-row", "overlap", "gap", "possible-gap", "walk-limit"):
            raise AssertionError(f"{one.line}: {one.message}; {one.help}\n{text}")
        marked[name] = one.code
    decisions = (
        _mended(one, marked) if isinstance(one, TableSheet) else one for one in sheet.decisions
    )
    return evolve(sheet, decisions=tuple(decisions))


def _mended(table: TableSheet, marked: Mapping[str, str]) -> TableSheet:
    rows = _without(
        table.rows, {row.id for row in table.rows if marked.get(row.id) == "unreachable-row"}
    )
    code = marked.get(table.name)
    policy = table.policy
    if code == "walk-limit" or any(marked.get(row.id) == "overlap" for row in rows):
        policy = "first"
    if code is not None and (not rows or rows[-1].cells[0] != "otherwise"):
        cells = ("otherwise",) * len(table.columns)
        rows = (*rows, RowSheet(id=f"{table.name}_else", cells=cells, then=table.rows[0].then))
    if code == "walk-limit" and policy == table.policy and len(rows) > 1 and rows == table.rows:
        rows = rows[1:]
    return evolve(table, rows=rows, policy=policy)


def _without(rows: tuple[RowSheet, ...], lost: set[str]) -> tuple[RowSheet, ...]:
    """Take out rows; an outcome that only they gave goes to another row, for rules may name it."""
    kept = [row for row in rows if row.id not in lost]
    for outcome in dict.fromkeys(row.then for row in rows):
        given = [row.then for row in kept]
        if outcome not in given:
            place = next((n for n, one in enumerate(given) if given.count(one) > 1), None)
            if place is None:
                reject()
            kept[place] = evolve(kept[place], then=outcome)
    return tuple(kept)
