"""The verb `check`."""

from __future__ import annotations

from collections.abc import Mapping

import click

from b2brules.cli.completion import complete_file
from b2brules.cli.options import examples, format_option, rulebook_options
from b2brules.cli.output import write
from b2brules.cli.rulebooks import cases_beside, open_book


@click.command(
    epilog=examples(
        "b2brules check rulesets",
        "b2brules check --format gnu my_rules.yaml",
        "b2brules check --overlay our_changes.yaml",
    )
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=complete_file)
@rulebook_options
@format_option("text", "gnu", "json")
def check(
    paths: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
    form: str,
) -> int:
    """Check rule files; say nothing if all is well.

    PATH is a rule file or a folder of them; by default, the method that is shipped. Every problem
    is reported with its place and a remedy, those of overlays and of a file of parameters too.
    The cases beside the rules are run as well, unless rules or parameters are changed by options.
    """
    from b2brules.ruleset.diagnostics import Diagnostic, RulebookError
    from b2brules.ruleset.rendering import render_gnu, render_json, render_text

    found: tuple[Diagnostic, ...] = ()
    try:
        book = open_book(paths, settings, overlays, parameter_file)
        # Overlays and other parameters are meant to change what the cases of the rules expect.
        if not overlays and not settings and parameter_file is None:
            cases = [case for path in paths for case in cases_beside(path)]
            if cases or not paths:
                found = book.check_cases(*cases)
    except RulebookError as error:
        found = error.diagnostics
    render = {"text": render_text, "gnu": render_gnu, "json": render_json}[form]
    if found or form == "json":
        write(render(found))
    return 1 if found else 0
