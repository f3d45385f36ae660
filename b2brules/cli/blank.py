"""The verb `blank`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from b2brules.cli.options import examples, lang_option, rulebook_options, rules_option
from b2brules.cli.output import write
from b2brules.cli.rulebooks import load_book

if TYPE_CHECKING:
    from b2brules.ruleset.model import Language


@click.command(
    epilog=examples(
        "b2brules blank > deal.yaml",
        "b2brules blank --lang zh > deal.yaml",
    )
)
@lang_option
@rules_option
@rulebook_options
def blank(
    lang: Language,
    rules: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
) -> int:
    """Print an empty deal file, with the question behind every fact.

    With `--rules`, the facts that a team's own rule files add are in it too.
    """
    from b2brules.facts.blank import blank as blank_deal

    book = load_book(rules, settings, overlays, parameter_file)
    write(blank_deal(book.vocabulary, language=lang))
    return 0
