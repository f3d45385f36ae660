"""Breaking text into lines of a terminal: English between words, Chinese between characters."""

from __future__ import annotations

import enum
import unicodedata

from attrs import frozen

ENDING = frozenset(
    "。，、；：？！）》」』】〕〉〗］｝”’…—·～％‰℃°々"  # Chinese, and what it shares with others
    ".,;:!?)]}%»›"
)
"""What never begins a line."""

OPENING = frozenset("（《「『【〔〈〖［｛“‘([{«‹")
"""What never ends a line."""

JOINER = "\u200d"


class _Break(enum.IntEnum):
    """How good a place is to begin a new line at."""

    NEVER = 0
    INSIDE_A_WORD = 1
    BETWEEN_WORDS = 2


@frozen
class _Piece:
    """A character, how many columns it takes, and what a line break before it would do."""

    text: str
    width: int
    before: _Break


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    Chinese characters take two, combining marks none. Characters that East Asian terminals draw
    wide and others narrow (``“``, ``…``, ``·``) are counted as two, so that a line is never too
    long.
    """
    return sum(_width(character) for character in text)


def wrap(text: str, width: int, *, first: str = "", rest: str | None = None) -> list[str]:
    """Break a text into lines.

    White space of any kind counts as one space. No line begins with closing punctuation or ends
    with an opening bracket, and no word is broken, unless it alone does not fit.

    Args:
        text: What to break.
        width: The columns that a line may take, ``first`` and ``rest`` included.
        first: What stands before the first line.
        rest: What stands before each further line; spaces as wide as ``first`` by default.

    Returns:
        At least one line, none with a space at its end.
    """
    if rest is None:
        rest = " " * width_of(first)
    pieces = _pieces(text)
    lines = []
    prefix = first
    start = 0
    while True:
        end = _line_end(pieces, start, max(width - width_of(prefix), 2))
        line = "".join(piece.text for piece in pieces[start:end])
        lines.append(f"{prefix}{line}".rstrip())
        start = end
        while start < len(pieces) and pieces[start].text == " ":
            start += 1
        if start == len(pieces):
            return lines
        prefix = rest


def _line_end(pieces: list[_Piece], start: int, room: int) -> int:
    """Return where the line ends that begins with the piece ``start``."""
    used = 0
    best, best_end = _Break.NEVER, start
    for end in range(start, len(pieces)):
        piece = pieces[end]
        if end > start and piece.before is not _Break.NEVER and piece.before >= best:
            best, best_end = piece.before, end
        used += piece.width
        # A space at the end of a line is not printed, so it may stand beyond the margin.
        if used > room and end > start and piece.text != " ":
            # Where no place is good, any is: closing brackets alone can fill a line.
            return best_end if best_end > start else end
    return len(pieces)


def _pieces(text: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    before = ""
    for word in text.split():
        if pieces:
            pieces.append(_Piece(" ", 1, _Break.NEVER))
        for character in word:
            spaced = bool(pieces) and pieces[-1].text == " "
            where = _break_between(before, character, spaced=spaced)
            pieces.append(_Piece(character, _width(character), where))
            before = character
    return pieces


def _break_between(before: str, after: str, *, spaced: bool) -> _Break:
    if not before or after in ENDING or before in OPENING or (_is_attached(after) and not spaced):
        return _Break.NEVER
    if spaced:
        return _Break.BETWEEN_WORDS
    if before == JOINER:
        return _Break.INSIDE_A_WORD
    if _is_wide(before) or _is_wide(after):
        return _Break.BETWEEN_WORDS
    return _Break.INSIDE_A_WORD


def _width(character: str) -> int:
    if _is_attached(character):
        # The selector of the colourful form makes a narrow symbol wide.
        return 1 if character == "\ufe0f" else 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def _is_attached(character: str) -> bool:
    """Whether it is a mark or a format character, drawn as part of what stands before it."""
    return unicodedata.category(character) in ("Mn", "Me", "Cf")


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
