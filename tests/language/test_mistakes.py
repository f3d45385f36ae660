"""Every mistake stands in mistakes.txt beside the whole message that a rule author gets.

Set B2BRULES_RESET=1 to write the messages anew, then review them like code:

    B2BRULES_RESET=1 python -m pytest tests/language/test_mistakes.py
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve, frozen

from b2brules.language import (
    LanguageError,
    Mistake,
    Scope,
    read_cell,
    read_condition,
    read_value,
)

MISTAKES = Path(__file__).parent / "mistakes.txt"
RESET = os.environ.get("B2BRULES_RESET") == "1"
INDENT = "    "


@frozen(kw_only=True)
class Block:
    """A wrong text and where it stands, in the first two lines; its messages in the others."""

    line: int
    where: str
    text: str
    expected: tuple[str, ...]


def blocks() -> list[Block]:
    """Read the file: blocks with blank lines between them, and comments."""
    found = []
    start = 0
    lines = [*MISTAKES.read_text("utf-8").splitlines(), ""]
    for number, line in enumerate(lines):
        if line.startswith("#"):
            start = number + 1
        elif not line:
            if number > start:
                where, text, *expected = lines[start:number]
                found.append(
                    Block(
                        line=start + 1,
                        where=where.removesuffix(":"),
                        text=text.removeprefix(INDENT),
                        expected=tuple(one.removeprefix(INDENT) for one in expected),
                    )
                )
            start = number + 1
    return found


def reading(where: str, scope: Scope) -> Callable[[str], object]:
    """Return what reads a text that stands there."""
    kind, _, of = where.partition(" of ")
    match kind:
        case "condition":
            return lambda text: read_condition(text, scope)
        case "recommendation":
            return lambda text: read_condition(text, evolve(scope, asks_what_is_known=True))
        case "rule for person in people":
            bound = evolve(scope, variables={"person": ("people",)})
            return lambda text: read_condition(text, bound)
        case "value":
            return lambda text: read_value(text, scope)
        case "cell":
            column = read_value(of, scope)
            return lambda text: read_cell(text, column, scope)
    raise ValueError(f"there is no place `{where}`")


def messages(block: Block, scope: Scope) -> tuple[str, ...]:
    """Return what an author is told, with the wrong words marked."""
    with pytest.raises(LanguageError) as caught:
        reading(block.where, scope)(block.text)
    return tuple(line for mistake in caught.value.mistakes for line in shown(mistake))


def shown(mistake: Mistake) -> list[str]:
    marks = " " * mistake.start + "^" * (mistake.end - mistake.start)
    lines = [marks, f"{mistake.code}: {mistake.message}"]
    return lines if mistake.help is None else [*lines, f"help: {mistake.help}"]


@pytest.mark.skipif(RESET, reason="the expected messages are being written anew")
@pytest.mark.parametrize("block", blocks(), ids=lambda block: f"mistakes.txt:{block.line}")
def test_a_mistake_is_answered_with_its_expected_message(block: Block, scope: Scope) -> None:
    assert messages(block, scope) == block.expected


@pytest.mark.skipif(not RESET, reason="the expected messages are rewritten only on demand")
def test_the_expected_messages_are_written_anew(scope: Scope) -> None:
    lines = MISTAKES.read_text("utf-8").splitlines()
    for block in reversed(blocks()):
        first = block.line + 1
        written = [INDENT + line for line in messages(block, scope)]
        lines[first : first + len(block.expected)] = written
    MISTAKES.write_text("\n".join(lines) + "\n", "utf-8")
