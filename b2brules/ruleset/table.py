"""Table blocks: lines of cells between bars, under a header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import evolve, field, frozen

from b2brules.facts.values import shown
from b2brules.ruleset.diagnostics import Findings, nearest
from b2brules.ruleset.envelope import Scalar
from b2brules.ruleset.located import Located, Place, Run, join_cells
from b2brules.ruleset.wide_signs import BARS, find_wide, report_wide

MAXIMUM_ROWS = 1000
MAXIMUM_COLUMNS = 40
MAXIMUM_CELL = 4000

# A bar parts cells; a text in quotes is skipped as a whole, and a lone quotation mark is found too.
_SIGN = re.compile(rf'"[^"]*"|"|\|\|?|[{BARS}]{{1,2}}')


@frozen(kw_only=True)
class TableRow:
    """The cells of one row, by the names of their columns."""

    cells: tuple[Located, ...]
    _columns: dict[str, int] = field(repr=False)

    @property
    def first(self) -> Located:
        """The first cell: an id or a name."""
        return self.cells[0]

    def cell(self, column: str) -> Located | None:
        """Return the cell under a column, or ``None`` where the table has no such column."""
        index = self._columns.get(column)
        return None if index is None else self.cells[index]

    def __getitem__(self, column: str) -> Located:
        return self.cells[self._columns[column]]


@frozen(kw_only=True)
class Table:
    """A header and rows with as many cells each.

    Args:
        bar: How many columns stand before ``||``; ``None`` where the header has no ``||``.
        lost: The first cells of rows that are left out because they are wrong; they have been
            reported.
    """

    place: Place
    header: tuple[Located, ...]
    bar: int | None
    rows: tuple[TableRow, ...]
    lost: tuple[Located, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings, white space folded."""
        return tuple(cell.folded for cell in self.header)


@frozen(kw_only=True)
class _Line:
    """Cells, the numbers of those that a ``||`` precedes, and whether a quote is left open."""

    cells: tuple[Located, ...]
    bars: tuple[int, ...]
    quoted: bool


def read_table(scalar: Scalar, findings: Findings, *, parts: bool) -> Table | None:
    """Read a block as a table; with ``parts`` it has two of them, and ``||`` between.

    Returns:
        The table, or ``None`` where it has no header or no rows, or the header is wrong; that has
        then been reported.
    """
    lines = []
    for run in scalar.lines:
        stripped = run.text.strip()
        if stripped and not stripped.startswith("#"):
            lines.append(_read_line(scalar.path, run, findings))
    if len(lines) < 2:
        place = lines[0].cells[0].place if lines else scalar.place
        findings.report(
            place,
            code="empty-table",
            message="this table has no rows" if lines else "this table is empty",
            help="write rows below the header, or leave the table out",
        )
        return None
    header = lines[0]
    if not _check_header(header, findings, parts=parts):
        return None
    bar = header.bars[0] if header.bars else None
    rows: list[TableRow] = []
    lost: list[Located] = []
    columns = {cell.folded: index for index, cell in enumerate(header.cells)}
    for group in _group(lines[1:], findings):
        if False in [_check_line(line, header, findings) for line in group]:
            lost.append(group[0].cells[0])
            continue
        cells = tuple(join_cells(parts) for parts in zip(*(g.cells for g in group), strict=True))
        long = [cell for cell in cells if len(cell.text) > MAXIMUM_CELL]
        for cell in long:
            findings.report(
                cell.place,
                code="cell-too-long",
                message=f"this cell has more than {MAXIMUM_CELL} characters",
                help="move a part of it to a decision of its own",
            )
        if long:
            lost.append(cells[0])
            continue
        rows.append(TableRow(cells=cells, columns=columns))
        if len(rows) > MAXIMUM_ROWS:
            findings.report(
                rows[-1].first.place,
                code="table-too-large",
                message=f"this table has more than {MAXIMUM_ROWS} rows",
                help="split it into several tables",
            )
            break
    place = header.cells[0].place
    return Table(place=place, header=header.cells, bar=bar, rows=tuple(rows), lost=tuple(lost))


def cut_at_bars(text: str) -> Iterator[re.Match[str]]:
    """Find the bars, ``|`` and ``||``, that part the cells of a line; one in quotes parts none."""
    return (sign for sign in _SIGN.finditer(text) if sign[0][0] == "|")


def _read_line(path: str, run: Run, findings: Findings) -> _Line:
    whole = Located(path, (run,))
    text = run.text
    cells: list[Located] = []
    bars: list[int] = []
    start = 0
    quote: int | None = None
    wide: tuple[int, int] | None = None
    for sign in _SIGN.finditer(text):
        if sign[0] == '"':
            quote = sign.start()
            break
        if sign[0][0] != '"':
            # A wide bar is read as the other, so that nothing else is wrong with the line.
            wide = wide or (sign.span() if sign[0][0] in BARS else None)
            cells.append(whole.slice(start, sign.start()).strip())
            if len(sign[0]) == 2:
                bars.append(len(cells))
            start = sign.end()
    if wide is not None:
        report_wide(whole, *wide, findings)
    if "\t" in text:
        tab = text.index("\t")
        findings.report(
            whole.at(tab, tab + 1),
            code="tab",
            message="there is a tab in this table",
            help="write spaces",
        )
    if quote is not None:
        findings.report(
            whole.at(quote, quote + 1),
            code="unclosed-quote",
            message="this quotation mark has no partner in its line",
            help='close the text with `"`'
            if find_wide(whole, quote + 1) is None
            else 'write `"` at both ends of a text',
        )
    cells.append(whole.slice(start, len(text)).strip())
    return _Line(cells=tuple(cells), bars=tuple(bars), quoted=quote is not None)


def _check_header(header: _Line, findings: Findings, *, parts: bool) -> bool:
    sound = True
    seen: set[str] = set()
    for cell in header.cells:
        name = cell.folded
        if not name:
            findings.report(
                cell.place,
                code="empty-cell",
                message="this column has no heading",
                help="name it, or delete the bar; no bar stands at the ends of a line",
            )
            sound = False
        elif name in seen:
            findings.report(
                cell.place,
                code="duplicate-column",
                message=f"there are two columns `{name}`",
                help="keep one of them",
            )
            sound = False
        seen.add(name)
    if len(header.cells) > MAXIMUM_COLUMNS:
        findings.report(
            header.cells[MAXIMUM_COLUMNS].place,
            code="table-too-large",
            message=f"this table has more than {MAXIMUM_COLUMNS} columns",
            help="write conditions in a column `when`",
        )
        sound = False
    if parts != (len(header.bars) == 1):
        place = header.cells[0].place
        if parts and header.bars:
            place = header.cells[header.bars[1]].place
        elif header.bars:
            place = header.cells[header.bars[0]].place
        findings.report(
            place,
            code="misplaced-double-bar",
            message="`||` stands once in this header, between what is asked and what follows"
            if parts
            else "`||` does not belong in this table",
            help="write `||` before the column `then`, `target`, `prime` or `owner`"
            if parts
            else "write `|`",
        )
        sound = False
    return sound


def _group(lines: list[_Line], findings: Findings) -> list[list[_Line]]:
    """Put each line whose first cell is empty to the row above it."""
    groups: list[list[_Line]] = []
    for line in lines:
        if line.cells[0].text:
            groups.append([line])
        elif groups:
            groups[-1].append(line)
        else:
            findings.report(
                line.cells[0].place,
                code="empty-cell",
                message="this line goes on a row, but there is none above it",
                help="write an id or a name in the first cell",
            )
    return groups


def _check_line(line: _Line, header: _Line, findings: Findings) -> bool:
    if line.quoted:
        # Where its cells end cannot be told.
        return False
    have, want = len(line.cells), len(header.cells)
    name = line.cells[0].folded
    row = shown(name) if name else "this line"
    if have != want:
        place = line.cells[want].place if have > want else line.cells[-1].place
        findings.report(
            place,
            code="cell-count",
            message=f"{row} has {_cells(have)}, its header has {want}",
            help="write `-` where any value will do; quote a text that has a bar in it"
            if have > want
            else "write `-` where any value will do, and a bar before each cell but the first",
        )
        return False
    if line.bars != header.bars:
        wrong = line.bars[0] if line.bars else header.bars[0]
        findings.report(
            line.cells[wrong].place,
            code="misplaced-double-bar",
            message=f"{row} has its `||` in another place than its header"
            if line.bars
            else f"{row} has no `||`",
            help="write `||` where the header has it" if header.bars else "write `|`",
        )
        return False
    return True


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def check_parts(
    table: Table,
    findings: Findings,
    *,
    of: str,
    required: tuple[str, ...],
    allowed: tuple[str, ...] = (),
) -> bool:
    """Check that a table of two parts begins with `id`, and the columns behind its `||`.

    ``of`` is what its rows are, as a message calls them: ``the rows``.

    Returns:
        Whether all required columns are there.
    """
    if table.columns[0] != "id":
        findings.report(
            table.place,
            code="missing-column",
            message="this table has no column `id`",
            help=f"the first column holds the names of {of}: `id`",
        )
        return False
    bar = table.bar or 0
    behind = evolve(table, header=table.header[bar:], place=table.header[bar].place)
    return check_columns(behind, findings, required=required, allowed=allowed)


def check_columns(
    table: Table, findings: Findings, *, required: tuple[str, ...], allowed: tuple[str, ...] = ()
) -> bool:
    """Check that a table has the columns that are required, and no others than are allowed.

    Returns:
        Whether all required columns are there.
    """
    known = (*required, *allowed)
    missing = [name for name in required if name not in table.columns]
    sound = not missing
    for cell in table.header:
        if cell.folded in known:
            continue
        near = nearest(cell.folded, missing)
        if near is not None:
            missing.remove(near)
        findings.report(
            cell.place,
            code="unknown-column",
            message=f"{shown(cell.folded)} is not a column of this table",
            help=f"did you mean `{near}`?" if near else "its columns are " + ", ".join(known),
        )
    for name in missing:
        findings.report(
            table.place,
            code="missing-column",
            message=f"this table has no column `{name}`",
            help="its columns are " + ", ".join(known),
        )
    return sound
