"""The verb `replay`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from b2brules.cli.completion import complete_file
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
    short_help="Run a journal again, by today's rules.",
    epilog=examples(
        "b2brules replay deals.db",
        "b2brules replay deals.db d1",
        "b2brules replay --set frontal_superiority=4 deals.db",
    ),
)
@click.argument("file", metavar="FILE", shell_complete=complete_file)
@click.argument("deal", metavar="[DEAL]", required=False)
@lang_option
@format_option("text", "json")
@rules_option
@rulebook_options
def replay(
    file: str,
    deal: str | None,
    lang: Language,
    form: str,
    rules: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
) -> int:
    """Run a journal again, and say where the rules that are loaded would have advised otherwise.

    FILE is the journal of live sessions; with DEAL, the id of a deal, that one alone is compared.
    Each place is named once, where it begins. If there is one, the exit status is 1; if there is
    none, nothing is said. Change a rule or a parameter, and see what it would have changed.
    """
    from b2brules.session.journal import JournalError

    book = load_book(rules, settings, overlays, parameter_file)
    try:
        replayed = book.replay(file, deal, lang=lang)
    except JournalError as error:
        raise CannotRunError(str(error)) from None
    except KeyError as error:
        raise CannotRunError(error.args[0]) from None
    if form == "json":
        write(replayed.to_json() + "\n")
    elif replayed or replayed.left_out:
        write(replayed.to_text())
    return 1 if replayed else 0
