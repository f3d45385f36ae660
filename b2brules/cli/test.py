"""The verb `test`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from b2brules.cli.completion import complete_file
from b2brules.cli.options import examples, format_option, rulebook_options, rules_option
from b2brules.cli.output import CannotRunError, say_problem, write
from b2brules.cli.rulebooks import cases_beside, load_book, require_readable

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "test",
    short_help="Run the cases; say what they show of the rules, and what not.",
    epilog=examples(
        "b2brules test",
        "b2brules test my_rules --rules my_rules",
        "b2brules test --coverage",
        "b2brules test --mutate",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, shell_complete=complete_file)
@rules_option
@rulebook_options
@click.option(
    "--coverage",
    is_flag=True,
    help="Say which rows, outcomes and recommendations no case shows to hold, or to fail.",
)
@click.option(
    "--mutate",
    is_flag=True,
    help="Change one threshold, cell or outcome at a time, and list the changes that no case "
    "notices.",
)
@format_option("text", "json")
def test(
    paths: tuple[str, ...],
    rules: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
    coverage: bool,
    mutate: bool,
    form: str,
) -> int:
    """Run cases: facts, with the advice that the rules must give.

    PATH is a file of cases or a folder of them; by default, those beside the rules. A case that
    fails is shown with what it expects, what was found, and the rows that explain it.
    """
    from b2brules.advice.serialising import write_json
    from b2brules.casework.report import coverage_as_json, mutation_as_json, run_as_json
    from b2brules.ruleset.diagnostics import RulebookError
    from b2brules.ruleset.rendering import render_text

    require_readable(paths)
    book = load_book(rules, settings, overlays, parameter_file)
    places = paths or _beside(rules)
    try:
        run = book.run_cases(*places)
        if not run.cases:
            raise CannotRunError("there are no cases here; name a file such as `offer.cases.yaml`")
        found = bool(run.failures)
        answer, texts = run_as_json(run), [run.to_text()]
        if coverage:
            covered = book.cover(*places)
            found = found or bool(covered.unshown)
            answer = {**answer, "coverage": coverage_as_json(covered)}
            texts.append(covered.to_text())
        if mutate:
            mutation = book.mutate(*places)
            found = found or bool(mutation.unexplained or mutation.stale)
            answer = {**answer, "mutation": mutation_as_json(mutation)}
            texts.append(mutation.to_text())
    except RulebookError as error:
        write(render_text(error.diagnostics))
        if paths and not rules:
            say_problem(
                "b2brules: these cases were held against the shipped method; for rules of "
                "your own, add `--rules` and their folder"
            )
        return 1
    if form == "json":
        write(write_json(answer, 2) + "\n")
    else:
        write("".join(texts))
    return 1 if found else 0


def _beside(rules: tuple[str, ...]) -> tuple[Path, ...]:
    """Return where the cases of some rules are; none for the shipped method's own."""
    found = tuple(case for path in rules for case in cases_beside(path))
    if rules and not found:
        raise CannotRunError(f"there are no cases beside `{rules[0]}`; name a file of cases")
    return found
