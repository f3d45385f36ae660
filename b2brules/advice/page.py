"""The lines of a text for a terminal while they are written."""

from __future__ import annotations

from b2brules.advice.wrapping import width_of, wrap

WIDTH = 80
NARROWEST = 40


def require_width(width: object) -> int:
    """Return the columns that a line may take, as somebody asks for them.

    Raises:
        TypeError: It is no whole number.
        ValueError: Sentences cannot be read in lines that narrow.
    """
    if isinstance(width, bool) or not isinstance(width, int):
        raise TypeError(f"width is a whole number of columns, not {width!r:.80}")
    if width < NARROWEST:
        raise ValueError(f"width is {NARROWEST} columns or more, not {width}")
    return width


class Page:
    """Lines, none of them wider than the page.

    Args:
        width: Columns of a line; a page is never narrower than 40.
    """

    def __init__(self, width: int) -> None:
        self._width = max(width, NARROWEST)
        self._lines: list[str] = []

    def title(self, text: str) -> None:
        """Write what the page is about, underlined."""
        lines = wrap(text, self._width)
        self._lines += [*lines, "=" * max(map(width_of, lines))]

    def heading(self, text: str) -> None:
        """Write a heading below an empty line."""
        self._lines += ["", text]

    def paragraph(self, text: str, first: str = "", rest: str | None = None) -> None:
        """Write a text behind ``first``, its further lines behind ``rest`` or as far indented."""
        self._lines += wrap(text, self._width, first=first, rest=rest)

    def gap(self) -> None:
        """Leave a line empty."""
        self._lines.append("")

    def text(self) -> str:
        """Return the lines, each with a line break at its end."""
        return "".join(f"{line}\n" for line in self._lines)
