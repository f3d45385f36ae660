"""The verb `new`."""

from __future__ import annotations

import contextlib
import shlex
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from b2brules.cli.completion import complete_file
from b2brules.cli.options import examples
from b2brules.cli.output import CannotRunError, reason, write

if TYPE_CHECKING:
    from b2brules.ruleset.starting import Start


@click.command(
    short_help="Begin a ruleset of your own, with its cases.",
    epilog=examples(
        "b2brules new bring_a_specialist",
        "b2brules new bring_a_specialist --dir our_rules",
    ),
)
@click.argument("name")
@click.option(
    "--dir",
    "folder",
    metavar="FOLDER",
    default=".",
    shell_complete=complete_file,
    help="The folder to write to; it is made if it is not there.  [default: this one]",
)
def new(name: str, folder: str) -> int:
    """Begin a ruleset of your own: a small one that works, to be changed line by line.

    NAME.yaml has a decision, a number, a recommendation and their sentences, and NAME.cases.yaml
    has cases that hold. No file is ever overwritten.
    """
    from b2brules.ruleset.starting import NameRefusedError, start_ruleset

    today = date.today()  # noqa: DTZ011 - the day it is where the author sits
    try:
        start = start_ruleset(name, today)
    except NameRefusedError as error:
        raise CannotRunError(str(error)) from None
    _refuse_taken(start)
    rules, cases = Path(folder, start.rules_name), Path(folder, start.cases_name)
    try:
        rules.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "no folder has such a name"
        raise CannotRunError(f"cannot make the folder `{folder}`: {why}") from None
    _create(rules, start.rules)
    try:
        _create(cases, start.cases)
    except BaseException:
        # One without the other would be in the way of the next try.
        with contextlib.suppress(OSError):
            rules.unlink()
        raise
    named = shlex.quote(str(rules))
    write(
        f"{rules} has the rules, {cases} the cases.\n"
        "\n"
        "Next, put your own decision in the place of the example, a line at a time.\n"
        "After each change:\n"
        f"  b2brules check {named}   says what is wrong, if anything\n"
        f"  b2brules fmt {named}     aligns the tables again\n"
    )
    return 0


def _refuse_taken(start: Start) -> None:
    """Make sure that the rules can be loaded by themselves, and with those that are shipped."""
    from b2brules.rulebook import load_rulebook
    from b2brules.ruleset.diagnostics import RulebookError
    from b2brules.ruleset.shipped import shipped_rulesets

    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder, start.rules_name)
        rules.write_bytes(start.rules)
        try:
            load_rulebook(shipped_rulesets(), rules)
        except RulebookError as error:
            # Where the other one stands is a place in the library, and of no use to anybody.
            message = error.diagnostics[0].message.partition(" (")[0]
            raise CannotRunError(f"{message}; choose another name") from None


def _create(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        message = f"`{path}` is there already; choose another name or another folder"
        raise CannotRunError(message) from None
    except OSError as error:
        raise CannotRunError(f"cannot write `{path}`: {reason(error)}") from None
