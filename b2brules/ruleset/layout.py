"""How the lines of a table stand: columns under one another, whatever the script."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from b2brules.ruleset.rendering import columns_of
from b2brules.ruleset.table import cut_at_bars


@frozen
class _Line:
    """The cells of a line, without the white space around them, and the bars between."""

    cells: tuple[str, ...]
    bars: tuple[str, ...]


def align(lines: Sequence[str]) -> list[str]:
    """Put the cells of a table's lines under one another.

    A Chinese character is as wide as two letters. A line that goes on a row may be indented within
    its cell, and stays so.

    Args:
        lines: The header and the rows of a sound table, without comments and blank lines between
            them, and without indentation.

    Returns:
        As many lines, with the same cells.
    """
    rows: list[list[_Line]] = []
    for line in lines:
        cut = _cut(line)
        if cut.cells[0].strip() or not rows:
            rows.append([])
        rows[-1].append(cut)
    stripped = [line for row in rows for line in _strip(row)]
    widths = [
        max(map(columns_of, column)) for column in zip(*(s.cells for s in stripped), strict=True)
    ]
    return [_write(line, widths) for line in stripped]


def _cut(line: str) -> _Line:
    cells: list[str] = []
    bars: list[str] = []
    start = 0
    for bar in cut_at_bars(line):
        cells.append(line[start : bar.start()])
        bars.append(bar[0])
        start = bar.end()
    return _Line((*cells, line[start:]), tuple(bars))


def _strip(row: Sequence[_Line]) -> list[_Line]:
    """Take away the white space around the cells of a row, but what indents its later lines."""
    columns = [_strip_column(column) for column in zip(*(line.cells for line in row), strict=True)]
    return [
        _Line(cells, line.bars) for cells, line in zip(zip(*columns, strict=True), row, strict=True)
    ]


def _strip_column(cells: Sequence[str]) -> list[str]:
    first = next((_indent(cell) for cell in cells if cell.strip()), 0)
    return [" " * (_indent(cell) - first) + cell.strip() if cell.strip() else "" for cell in cells]


def _indent(cell: str) -> int:
    return len(cell) - len(cell.lstrip())


def _write(line: _Line, widths: Sequence[int]) -> str:
    written = ""
    for cell, width, bar in zip(line.cells, widths, (*line.bars, ""), strict=True):
        written += f"{cell}{' ' * (width - columns_of(cell))} {bar} "
    return written.rstrip()
