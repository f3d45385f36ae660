"""The verb `history`."""

from __future__ import annotations

import json
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
    short_help="Show how the advice on a deal came to be.",
    epilog=examples(
        "b2brules history deals.db",
        "b2brules history deals.db d1",
        "b2brules history --lang zh deals.db d1",
        "b2brules history --format json deals.db d1",
    ),
)
@click.argument("file", metavar="FILE", shell_complete=complete_file)
@click.argument("deal", metavar="[DEAL]", required=False)
@lang_option
@format_option("text", "json")
@rules_option
@rulebook_options
def history(
    file: str,
    deal: str | None,
    lang: Language,
    form: str,
    rules: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
) -> int:
    """Show how the advice on a deal came to be: each change, by whom, and what it did.

    FILE is the journal of live sessions, DEAL the id of the deal; without it the deals are listed.
    A session may write to the journal meanwhile. The entries are put into words by the rules that
    are loaded; what these do not know any more is shown by its name. With `--format json` each
    entry is one object a line, as it was written.
    """
    from b2brules.session.journal import JournalError, entries_about

    try:
        entries = entries_about(file, deal)
    except JournalError as error:
        raise CannotRunError(str(error)) from None
    except KeyError as error:
        raise CannotRunError(error.args[0]) from None
    if deal is None:
        deals = dict.fromkeys(one.deal for one in entries if one.deal is not None)
        lines = (
            json.dumps({"deal": id}, ensure_ascii=False) if form == "json" else id for id in deals
        )
        write("".join(f"{line}\n" for line in lines))
    elif form == "json":
        kept = [one for one in entries if one.deal in (None, deal)]
        write("".join(f"{one.to_json()}\n" for one in kept))
    else:
        book = load_book(rules, settings, overlays, parameter_file)
        write(book.history_to_text(file, deal, lang=lang))
    return 0
