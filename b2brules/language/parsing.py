"""Reading the text of a cell, a condition or a formula into a parse tree with positions."""

from __future__ import annotations

import functools
from importlib import resources
from typing import TypeAlias

import lark
from lark import Token, Tree

from b2brules.language.errors import wrong
from b2brules.language.misplacing import Start, misplaced
from b2brules.language.spelling import read_pieces
from b2brules.language.tree import Span

ParseTree: TypeAlias = Tree[Token]

BLANK = {
    "cell_text": "write `-` for any value",
    "condition_text": "write `-` if it always holds",
    "value_text": "write a value",
}


@functools.cache
def _parser() -> lark.Lark:
    grammar = resources.files("b2brules.language").joinpath("grammar.lark").read_text("utf-8")
    return lark.Lark(
        grammar,
        parser="lalr",
        lexer="basic",
        start=list(BLANK),
        propagate_positions=True,
        maybe_placeholders=False,
    )


@functools.lru_cache(maxsize=4096)
def parse(text: str, start: Start) -> ParseTree:
    """Return the parse tree of ``text``, or raise `LanguageError`.

    Equal texts are parsed once: a rulebook has few distinct cells.
    """
    if not text.strip():
        raise wrong("syntax", "there is nothing here", BLANK[start], (0, 1))
    pieces = read_pieces(text)
    try:
        return _parser().parse(text, start=start)
    except lark.UnexpectedToken as error:
        raise misplaced(error.token, error.accepts, pieces, start) from None


def only(node: ParseTree) -> ParseTree:
    """Return the only node right below a node."""
    (child,) = node.children
    assert isinstance(child, Tree)
    return child


def span_of(node: ParseTree | Token) -> Span:
    """Return where a node stands in the text, without brackets around it."""
    if isinstance(node, Token):
        return node.start_pos or 0, node.end_pos or 0
    return node.meta.start_pos, node.meta.end_pos


def source_of(node: ParseTree | Token, text: str) -> str:
    """Return a node as the author wrote it, on one line."""
    start, end = span_of(node)
    return " ".join(text[start:end].split())
