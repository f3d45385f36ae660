"""The verb `check`."""

from __future__ import annotations

import click

from b2brules.cli.options import examples, format_option
from b2brules.cli.output import CannotRunError, reason, write
from b2brules.cli.rulebooks import require_readable


@click.command(
    epilog=examples(
        "b2brules check rulesets",
        "b2brules check --format gnu my_rules.yaml",
    )
)
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@format_option("text", "gnu", "json")
def check(paths: tuple[str, ...], form: str) -> int:
    """Check rule files; say nothing if all is well.

    PATH is a rule file or a folder of them; by default, the method that is shipped. Every problem
    is reported with its place and a remedy.
    """
    from b2brules.rulebook import load_rulebook
    from b2brules.ruleset.diagnostics import Diagnostic, RulebookError
    from b2brules.ruleset.rendering import render_gnu, render_json, render_text

    require_readable(paths)
    found: tuple[Diagnostic, ...] = ()
    try:
        load_rulebook(*paths)
    except RulebookError as error:
        found = error.diagnostics
    except OSError as error:
        raise CannotRunError(f"cannot read the rules: {reason(error)}") from None
    render = {"text": render_text, "gnu": render_gnu, "json": render_json}[form]
    if found or form == "json":
        write(render(found))
    return 1 if found else 0
