"""What the shell completes when somebody presses Tab."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem, shell_complete

if TYPE_CHECKING:
    from b2brules.ruleset.model import Book

VARIABLE = "_B2BRULES_COMPLETE"


def answer_shell(command: click.Command, name: str) -> int | None:
    """Answer the shell if it asks for its script or for completions, which click does.

    Returns:
        The exit status; ``None`` if the shell asks for nothing.
    """
    instruction = os.environ.get(VARIABLE)
    return shell_complete(command, {}, name, VARIABLE, instruction) if instruction else None


def complete_file(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Let the shell complete the name of a file."""
    return [CompletionItem(incomplete, type="file")]


def complete_engine(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the engines that begin with what is there."""
    from b2brules.engines import ENGINES

    return [CompletionItem(name) for name in ENGINES if name.startswith(incomplete)]


def complete_decision(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the decisions of the rulebook that begin with what is there."""
    book = _rules_read(context)
    names = () if book is None else book.decisions
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_explained(
    context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the decisions and recommendations that begin with what is there."""
    book = _rules_read(context)
    names = () if book is None else (*book.decisions, *book.recommendations)
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _rules_read(context: click.Context) -> Book | None:
    """Return the rules, read but not checked, which is quick enough for somebody who waits."""
    from b2brules.ruleset.diagnostics import RulebookError
    from b2brules.ruleset.loading import load
    from b2brules.ruleset.shipped import shipped_rulesets

    try:
        return load(context.params.get("rules") or (shipped_rulesets(),), {})
    except (RulebookError, OSError):
        return None
