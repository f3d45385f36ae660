"""The verb `fmt`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from b2brules.cli.completion import complete_file
from b2brules.cli.deals import STANDARD_INPUT
from b2brules.cli.options import examples
from b2brules.cli.output import CannotRunError, say_problem, write
from b2brules.cli.replacing import replace_file
from b2brules.cli.rulebooks import require_readable


@click.command(
    epilog=examples(
        "b2brules fmt my_rules.yaml",
        "b2brules fmt --check rulesets",
        "b2brules fmt - < my_rules.yaml",
    )
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=complete_file)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
def fmt(paths: tuple[str, ...], check: bool) -> int:
    """Align the tables of rule files, and change nothing else.

    PATH is a rule file, a folder of them, or `-` for standard input, which is answered on standard
    output. The files that were changed are listed. Comments, blank lines and texts stay as they
    are, but for blanks at the ends of lines. A file whose keys, tables or texts cannot be read is
    reported and left alone; files of cases and sources are not looked at.
    """
    from b2brules.ruleset.diagnostics import Diagnostic, Findings, RulebookError
    from b2brules.ruleset.formatting import (
        MeaningChangedError,
        find_rule_files,
        format_rules,
    )
    from b2brules.ruleset.rendering import render_text

    if not paths:
        raise CannotRunError("no rules are given; name a file or a folder, or `-`")
    named = tuple(path for path in paths if path != STANDARD_INPUT)
    require_readable(named)
    status = _answer_input(check=check) if len(named) < len(paths) else 0
    findings = Findings()
    problems: list[Diagnostic] = []
    for file in find_rule_files(map(Path, named), findings):
        try:
            data = format_rules(file.path, file.data, stem=file.stem)
        except RulebookError as error:
            problems += error.diagnostics
            continue
        except MeaningChangedError:
            raise _cannot_keep(file.path) from None
        if data != file.data:
            if not check:
                replace_file(file.path, data)
            write(f"{file.path}\n")
            status = int(check)
    problems += findings.diagnostics
    if problems:
        write(render_text(problems))
    return 1 if problems else status


def _answer_input(*, check: bool) -> int:
    from b2brules.ruleset.diagnostics import RulebookError
    from b2brules.ruleset.envelope import MAXIMUM_BYTES
    from b2brules.ruleset.formatting import MeaningChangedError, format_rules
    from b2brules.ruleset.rendering import render_gnu

    if sys.stdin is None:
        raise CannotRunError("cannot read standard input: it is closed")
    given = sys.stdin.buffer.read(MAXIMUM_BYTES + 1)
    try:
        data = format_rules(STANDARD_INPUT, given)
    except RulebookError as error:
        # An editor that puts the output in the place of the text must not get a message in it.
        for line in render_gnu(error.diagnostics).splitlines():
            say_problem(line)
        return 1
    except MeaningChangedError:
        raise _cannot_keep(STANDARD_INPUT) from None
    if check:
        write("" if data == given else f"{STANDARD_INPUT}\n")
        return int(data != given)
    write(data.decode("utf-8"))
    return 0


def _cannot_keep(path: str) -> CannotRunError:
    return CannotRunError(
        f"`{path}` would not say the same when aligned, so it is left as it is; please report this"
    )
