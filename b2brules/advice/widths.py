"""How wide a text may be asked for."""

from __future__ import annotations

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
