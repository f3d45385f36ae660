"""What cannot stand in rule text, in whatever order: foreign signs, loose brackets, too much text.

It is looked for before the text is parsed, because a parser that meets ``，`` or ``==`` can only
say that it expected something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from attrs import frozen

from b2brules.facts.values import printable, shown
from b2brules.language.errors import LanguageError, Mistake, wrong

MAXIMUM_DEPTH = 32
"""How deep brackets may nest; a condition that needs more is better split in two decisions."""

MAXIMUM_WORDS = 600
"""How many words and numbers one cell, condition or formula may have."""

MAXIMUM_LENGTH = 20_000
"""How many characters one cell, condition or formula may have."""

MAXIMUM_NAME = 80
"""How many characters a word may have."""

KEYWORDS = frozenset(
    {"and", "or", "not", "in", "is", "between", "some", "every", "satisfies"}
    | {"true", "false", "known", "unknown", "empty", "otherwise"}
)
"""The words of the language, which cannot be the name of something."""

FUNCTIONS = ("count", "sum", "min", "max", "days_since", "days_until")

# What people write who know another language, and what this one calls it.
FOREIGN = {
    "==": "write `=`",
    "<>": "write `!=`",
    "=>": "write `>=`",
    "=<": "write `<=`",
    "&&": "write `and`",
    "&": "write `and`",
    "||": "write `or`",
    "|": "write `or`",
    "!": "write `not( … )`",
    "**": "there are no powers; multiply with `*`",
    "^": "there are no powers; multiply with `*`",
    "%": "write a share as a number: 80 % is 0.8",
    "≥": "write `>=`",
    "≤": "write `<=`",
    "≠": "write `!=`",
    "×": "write `*`",
    "÷": "write `/`",
    "−": "write `-`",
    "–": "write `-`",
    "—": "write `-`",
    "…": "write `..`",
    "~": "write a range as `[1..5]`",
    "、": "write `,`",
    ";": "write `,` between values, and `and` or `or` between conditions",
    "。": "leave it out",
    "#": "a comment is a line of its own that begins with `#`",
    "'": 'put a text in double quotes: `"…"`',
    "{": "write a list of values as `in ( … )`",
    "}": "write a list of values as `in ( … )`",
}

_PIECE = re.compile(
    r"""
    (?P<blank> [ \t\r\n]+ )
  | (?P<text> "[^"\n]*" )
  | (?P<open_text> "[^"\n]* )
  | (?P<quoted> ['‘’“”「『] (?P<inside> [^'‘’“”「」『』"\n]* ) ['‘’“”」』] )
  | (?P<day> (?<![\w.]) (?: (?:19|20|21)[0-9]{2} [-/.] [0-9]{1,2} [-/.] [0-9]{1,2}
                          | [0-9]{1,2} [-/.] [0-9]{1,2} [-/.] (?:19|20|21)[0-9]{2} ) (?!\w) )
  | (?P<word> \w+ )
  | (?P<foreign> == | <> | => | =< | && | \|\| | \*\* )
  | (?P<sign> <= | >= | != | \.\. | [-<>=+*/(),.\[\]] )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+")
_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")


@frozen(kw_only=True)
class Piece:
    """A word, number, text or sign as it stands in rule text.

    Args:
        kind: ``text``, ``day``, ``word`` or ``sign``.
    """

    kind: str
    text: str
    start: int
    end: int


def read_pieces(text: str) -> tuple[Piece, ...]:
    """Return the pieces of rule text, or raise `LanguageError` if some cannot stand in any."""
    if len(text) > MAXIMUM_LENGTH:
        message = f"more than {MAXIMUM_LENGTH} characters in one place"
        raise wrong("too-long", message, "give part of it a decision of its own", (0, len(text)))
    mistakes: list[Mistake] = []
    pieces: list[Piece] = []
    for match in _PIECE.finditer(text):
        kind = str(match.lastgroup)
        span = match.span()
        if kind == "blank":
            continue
        found = _mistake(kind, match)
        if found is not None:
            mistakes += wrong(*found, span).mistakes
        else:
            pieces.append(Piece(kind=kind, text=match[0], start=span[0], end=span[1]))
    if sum(piece.kind != "sign" for piece in pieces) > MAXIMUM_WORDS:
        message = f"more than {MAXIMUM_WORDS} words in one place"
        raise wrong("too-long", message, "give part of it a decision of its own", (0, len(text)))
    if not mistakes:
        mistakes += _loose_brackets(pieces)
    if mistakes:
        raise LanguageError(tuple(mistakes))
    return tuple(pieces)


def _mistake(kind: str, match: re.Match[str]) -> tuple[str, str, str | None] | None:
    """Return code, message and help if the piece cannot stand in rule text."""
    piece = match[0]
    match kind:
        case "text" | "sign":
            return None
        case "word":
            return _mistaken_word(piece)
        case "open_text":
            return "syntax", "a text is not closed", 'end it with `"`'
        case "quoted":
            inside = printable(match["inside"])
            help_ = f'write `{inside}` for an allowed word, `"{inside}"` for a text'
            return "syntax", f'{shown(piece)} has other quotes than `"`', help_
        case "day":
            if _DAY.fullmatch(piece):
                return None
            return "syntax", f"{shown(piece)} is not a day", "write year-month-day: `2026-01-05`"
        case _:
            return _foreign(piece)


def _mistaken_word(word: str) -> tuple[str, str, str | None] | None:
    if len(word) > MAXIMUM_NAME:
        message = f"{shown(word)} has {len(word)} characters"
        return "too-long", message, f"a name has {MAXIMUM_NAME} at most"
    if word not in KEYWORDS and word.lower() in KEYWORDS:
        help_ = "write `not( … )`" if word.lower() == "not" else f"write `{word.lower()}`"
        return "syntax", f"`{word}` is not part of the language", help_
    if _NAME.fullmatch(word) or _NUMBER.fullmatch(word):
        return None
    plain = unicodedata.normalize("NFKC", word)
    if _NAME.fullmatch(plain) or _NUMBER.fullmatch(plain):
        help_ = f"write `{plain}`, in half-width characters"
        return "syntax", f"{shown(word)} is not part of the language", help_
    if word.isascii():
        help_ = "a name begins with a letter; a number stands alone, without its unit"
        return "syntax", f"{shown(word)} is neither a number nor a name", help_
    help_ = 'names are made of `a` to `z`, digits and `_`; put a text in double quotes: `"…"`'
    return "syntax", f"{shown(word)} is not part of the language", help_


def _foreign(sign: str) -> tuple[str, str, str | None]:
    message = f"{shown(sign)} is not part of the language"
    plain = unicodedata.normalize("NFKC", sign)
    if sign in FOREIGN:
        return "syntax", message, FOREIGN[sign]
    if plain.isspace():
        return "syntax", "there is an unusual blank here", "write an ordinary space"
    if not sign.isprintable():
        message = f"there is an invisible character here (U+{ord(sign):04X})"
        return "syntax", message, "take it out"
    if plain != sign and _PIECE.fullmatch(plain):
        help_ = FOREIGN.get(plain, f"write `{plain}`, the half-width sign")
        return "syntax", message, help_
    return "syntax", message, None


def _loose_brackets(pieces: list[Piece]) -> Iterator[Mistake]:
    """Yield the brackets without a partner; ``[1..5)`` is a range, so any closes any."""
    opened: list[Piece] = []
    for piece in pieces:
        span = (piece.start, piece.end)
        if piece.text in ("(", "["):
            opened.append(piece)
            if len(opened) > MAXIMUM_DEPTH:
                message = f"brackets nest deeper than {MAXIMUM_DEPTH} levels"
                yield from wrong(
                    "too-deep", message, "give the inner part a decision of its own", span
                ).mistakes
                return
        elif piece.text in (")", "]") and opened:
            opened.pop()
        elif piece.text in (")", "]"):
            message = f"`{piece.text}` closes nothing"
            yield from wrong("syntax", message, "take it out", span).mistakes
    for piece in opened:
        closing = ")" if piece.text == "(" else "]"
        span = (piece.start, piece.end)
        help_ = f"write `{closing}` where it ends"
        yield from wrong("syntax", f"`{piece.text}` is not closed", help_, span).mistakes
