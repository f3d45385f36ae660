"""The verb `rules`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from b2brules.cli.completion import complete_decision
from b2brules.cli.options import (
    examples,
    format_option,
    lang_option,
    rulebook_options,
    rules_option,
)
from b2brules.cli.output import CannotRunError, write
from b2brules.cli.rulebooks import load_book

if TYPE_CHECKING:
    from b2brules.ruleset.model import Language


@click.command(
    "rules",
    short_help="Show what is in the rules, and what overlays changed.",
    epilog=examples(
        "b2brules rules | less",
        "b2brules rules relationship_strategy --lang zh",
        "b2brules rules --overlay defend_the_supporter relationship_strategy",
        "b2brules rules --format json frontal_superiority",
    ),
)
@click.argument("name", required=False, shell_complete=complete_decision)
@lang_option
@format_option("text", "json")
@rules_option
@rulebook_options
def rules(
    name: str | None,
    lang: Language,
    form: str,
    rules: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
) -> int:
    """Show what is in the rules: decisions, recommendations, parameters and sources.

    NAME is a decision, one of its rows, a recommendation, a parameter or a source, to see it
    alone. What overlays changed comes first. What only a deal can fill in stands in braces.
    """
    from b2brules.advice.contents import UnknownNameError

    book = load_book(rules, settings, overlays, parameter_file)
    try:
        if form == "json":
            write(book.rules_to_json(name, lang=lang) + "\n")
        else:
            write(book.rules_to_text(name, lang=lang))
    except UnknownNameError as error:
        raise CannotRunError(str(error)) from None
    return 0
