"""What to say of a word or sign that stands where it does not fit."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

from lark import Token

from b2brules.facts.values import shown
from b2brules.language.errors import LanguageError, suggestion, wrong
from b2brules.language.spelling import FUNCTIONS, KEYWORDS, Piece

Start: TypeAlias = Literal["cell_text", "condition_text", "value_text"]
"""What the text is meant to be."""

TERMINALS = {
    "NAME": "a name",
    "NUMBER": "a number",
    "DATE": "a date",
    "STRING": "a text",
    "COMPARATOR": "a comparison",
    "PLUS": "`+`",
    "MINUS": "`-`",
    "SCALE": "`*` or `/`",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "OPEN": "`[`",
    "CLOSE": "`]`",
    "DOT": "`.`",
    "COMMA": "`,`",
    "TO": "`..`",
    "$END": "the end",
}
OPENING = ("NAME", "NUMBER", "DATE", "STRING", "LPAR", "TRUE", "FALSE", "NOT", "SOME", "EVERY")
"""What a condition or a value can begin with."""

# What the word or sign before tells about what was meant.
AFTER: Mapping[str, tuple[str, str]] = {
    "not": ("`not` has brackets behind it", "write `not( … )`"),
    "is": ("behind `is` stands `known`, `unknown` or `empty`", "to compare write `=` or `!=`"),
    "in": ("behind `in` stands a set, or values in brackets", "write `in (a, b)` or `in ([1..5])`"),
}
BETWEEN_TWO: Mapping[Start, str] = {
    "cell_text": "write `,` between the values that a cell allows",
    "condition_text": "join conditions with `and` or `or`, compare values with `=`",
    "value_text": "calculate with `+`, `-`, `*` and `/`",
}
IN_A_CELL = {
    "COMPARATOR": "a cell tests the value of its column: write the test alone, such as `>= 3`",
    "AND": "write a range as `[1..5]`; other conditions go in a `when` column",
    "OR": "write `,` between the values that a cell allows",
    "TO": "write a range as `[1..5]`",
}
IN_A_CONDITION = {
    "COMPARATOR": "write `x between 1 and 5`, or join two comparisons with `and`",
    "COMMA": "write `and` or `or` between conditions, `in (a, b)` for several values, and numbers "
    "without commas",
    "TO": "write a range as `in ([1..5])`",
}
IN_A_VALUE = {
    "COMPARATOR": "this has to be a value; a condition goes in a `when` column",
    "AND": "this has to be a value; a condition goes in a `when` column",
    "OR": "this has to be a value; a condition goes in a `when` column",
}
ALONE = "it stands alone, in the cells of a last row"
OUT_OF_PLACE: Mapping[Start, Mapping[str, str]] = {
    "cell_text": IN_A_CELL,
    "condition_text": IN_A_CONDITION,
    "value_text": IN_A_VALUE,
}


def misplaced(
    token: Token, accepted: Collection[str], pieces: tuple[Piece, ...], start: Start
) -> LanguageError:
    """Return the error for a token that does not fit where it stands.

    Its type is ``$END`` if the text ends too early; ``accepted`` are the types of the tokens that
    could stand there, and ``pieces`` is what the text is made of.
    """
    at_end = token.type == "$END"
    place = pieces[-1].end if at_end else token.start_pos or 0
    before = next((piece.text for piece in reversed(pieces) if piece.end <= place), "")
    span = (place, place + 1) if at_end else (place, place + len(token))
    message, help_ = _words(token, accepted, before, pieces, start)
    return wrong("syntax", message, help_, span)


def _words(
    token: Token,
    accepted: Collection[str],
    before: str,
    pieces: tuple[Piece, ...],
    start: Start,
) -> tuple[str, str | None]:
    here = shown(str(token))
    if before in AFTER:
        return AFTER[before]
    if "NAME" in accepted:
        return _without_operand(token, accepted, before)
    if token.type == "$END":
        return "something is missing at the end", _wanted(accepted)
    if token.type in OPENING and not (before in KEYWORDS and before not in ("true", "false")):
        message = f"something is missing between {shown(before)} and {here}"
        return message, _missing_between(token, accepted, before, pieces, start)
    help_ = OUT_OF_PLACE[start].get(token.type) or _wanted(accepted)
    if token.type == "OTHERWISE":
        help_ = ALONE
    if "TO" in accepted and token.type in ("COMMA", "CLOSE", "RPAR"):
        help_ = "write a range as `[1..5]`"
    return f"{here} does not fit here", help_


def _missing_between(
    token: Token,
    accepted: Collection[str],
    before: str,
    pieces: tuple[Piece, ...],
    start: Start,
) -> str | None:
    """Say what could have been meant by two words with nothing between them."""
    possible = KEYWORDS.intersection(name.lower() for name in accepted)
    if meant := suggestion(str(token), possible):
        return meant
    if before in FUNCTIONS:
        return f"write `{before}( … )`"
    if before[0].isdigit():
        return "a number stands alone; what it counts is said by the fact or the parameter"
    if any(piece.text == "satisfies" for piece in pieces):
        return "write `some x in people satisfies …` or `every x in people satisfies …`"
    if "COMMA" in accepted and start == "condition_text":
        return "write `,` between the values that are meant"
    return BETWEEN_TWO[start]


def _without_operand(
    token: Token, accepted: Collection[str], before: str
) -> tuple[str, str | None]:
    """Say that a condition, value or name is missing."""
    wanted = "a value"
    if "NOT" in accepted:
        wanted = "a condition"
    elif len(accepted) == 1:
        wanted = "a name"
    word = str(token)
    if token.type == "$END":
        return f"{wanted} is missing behind {shown(before)}", None
    if word in KEYWORDS and wanted == "a name":
        return f"`{word}` is a word of the language and cannot be a name", "choose another name"
    if word in ("known", "unknown", "empty"):
        return f"`{word}` is not {wanted}", f"ask `… is {word}`"
    if word == "otherwise":
        return f"`{word}` is not {wanted}", ALONE
    if word in ("not", "some", "every"):
        return f"`{word}` begins a condition, and {wanted} is wanted here", None
    if word == ")" and before == "(":
        return "there is nothing between the brackets", None
    help_ = None
    if word == "[":
        help_ = "write a list of values as `in (a, b)`, and two bounds as `between a and b`"
    elif word == ".":
        help_ = "write a zero before the point: `0.5`"
    return f"{wanted} is missing before {shown(word)}", help_


def _wanted(accepted: Collection[str]) -> str | None:
    names = sorted(TERMINALS.get(name, f"`{name.lower()}`") for name in accepted)
    if not names:
        return None
    listed = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
    return f"expected {listed}"
