"""The verb `purge`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime

import click

from b2brules.cli.completion import complete_file
from b2brules.cli.options import examples, rulebook_options, rules_option
from b2brules.cli.output import CannotRunError, write
from b2brules.cli.rulebooks import load_book


@click.command(
    short_help="Remove a deal or a person from a journal for good.",
    epilog=examples(
        "b2brules purge deals.db d1",
        "b2brules purge deals.db d1 --person p2 --by anna",
        "b2brules purge deals.db d1 --yes",
        "b2brules purge --rules ours/ deals.db d1 --person p2",
    ),
)
@click.argument("file", metavar="FILE", shell_complete=complete_file)
@click.argument("deal", metavar="DEAL")
@click.option("--person", metavar="ID", help="Remove only this person of the deal.")
@click.option("--by", metavar="NAME", help="Who does it; the journal keeps that.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask whether that is meant.")
@rules_option
@rulebook_options
def purge(
    file: str,
    deal: str,
    person: str | None,
    by: str | None,
    is_sure: bool,
    rules: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
) -> int:
    """Remove a deal, or a person of a deal, from the journal of live sessions for good.

    FILE is the journal, DEAL the id of the deal. Nobody may have the journal open. Of a person go
    the facts, what other facts and the advice say about them, and their id and names in texts;
    what texts say of them in other words stays, and so do copies of the file. To tell a text from
    other facts, this needs the rules that the journal was written with. The journal keeps that a
    deal or a person was removed, when and by whom, but not which one.
    """
    from b2brules.session.journal import JournalError
    from b2brules.session.purging import require_removable

    book = load_book(rules, settings, overlays, parameter_file)
    whom = f"the deal `{deal}`" if person is None else f"the person `{person}` of the deal `{deal}`"
    try:
        if not is_sure:
            require_removable(file, deal, person, book.vocabulary)
            _ask(f"Remove {whom} from `{file}` for good?")
        purged = book.purge(file, deal, person, by=by, clock=lambda: datetime.now(UTC))
    except JournalError as error:
        raise CannotRunError(str(error)) from None
    write(
        f"removed {whom}: {_entries(purged.entries_removed)} removed, "
        f"{_entries(purged.entries_changed)} changed\n"
    )
    return 0


def _ask(question: str) -> None:
    """Go on only if somebody says that this is meant.

    Raises:
        CannotRunError: Nobody says so.
    """
    if sys.stdin is None or not sys.stdin.isatty():
        raise CannotRunError("nobody is there to say whether that is meant; if it is, add `--yes`")
    # Not among what is written: that may go into a file.
    if not click.confirm(question, err=True):
        raise CannotRunError("nothing was removed")


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count} entries"
