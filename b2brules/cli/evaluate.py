"""The verb `evaluate`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click
from attrs import define

from b2brules.cli.completion import complete_file
from b2brules.cli.deals import Deals, name_input, open_deals, say_refusal
from b2brules.cli.options import evaluation_options, examples
from b2brules.cli.output import CannotReadError, say_problem, write
from b2brules.cli.rulebooks import choose_engine, load_book

if TYPE_CHECKING:
    from b2brules.advice.model import Advice
    from b2brules.rulebook import Rulebook
    from b2brules.ruleset.model import Language


@click.command(
    short_help="Say what to do about a deal, or about many.",
    epilog=examples(
        "b2brules evaluate deal.yaml",
        "b2brules evaluate --lang zh --as-of 2026-11-21 deal.yaml",
        "b2brules evaluate --format json pipeline.jsonl",
        "b2brules evaluate --set frontal_superiority=4 --rate USD/CNY=7.1 deal.yaml",
    ),
)
@click.argument("deals", metavar="[DEAL]...", nargs=-1, shell_complete=complete_file)
@click.option(
    "--all",
    "show_all",
    is_flag=True,
    help="Show every action that is certain, not the ten most urgent.",
)
@evaluation_options
def evaluate(
    deals: tuple[str, ...],
    show_all: bool,
    as_of: date,
    lang: Language,
    form: str,
    engine: str | None,
    rules: tuple[str, ...],
    overlays: tuple[str, ...],
    parameter_file: str | None,
    settings: Mapping[str, str],
    rates: Mapping[str, Decimal],
) -> int:
    """Say what to do about a deal, what is known of it, and what to find out.

    DEAL is a YAML or JSON file, or `-` for standard input. A list, JSON Lines, several YAML
    documents or several files are a pipeline: each deal is answered in turn; with `--format json`
    the answers are one object a line. A deal with mistakes is reported on standard error, and the
    rest are answered.
    """
    from b2brules.advice.text import CERTAIN_SHOWN

    paths = name_input(deals)
    book = load_book(rules, settings, overlays, parameter_file)
    asked = _Asked(
        book=book,
        as_of=as_of,
        lang=lang,
        engine=choose_engine(engine),
        rates=rates,
        form=form,
        certain_shown=None if show_all else CERTAIN_SHOWN,
    )
    status = 0
    for path in paths:
        try:
            with open_deals(book.vocabulary, path) as opened:
                status = max(status, asked.answer(path, opened, alone=len(paths) == 1))
        except CannotReadError as error:
            if len(paths) == 1:
                raise
            say_problem(f"b2brules: {error}")
            status = 2
    return status


@define(kw_only=True)
class _Asked:
    """What was asked about every deal."""

    book: Rulebook
    as_of: date
    lang: Language
    engine: str
    rates: Mapping[str, Decimal]
    form: str
    certain_shown: int | None
    answered: int = 0

    def answer(self, path: str, deals: Deals, *, alone: bool) -> int:
        """Write the advice on the deals of a file; return 1 if there was something wrong."""
        from b2brules.facts.problems import FactsError

        status = 0
        for deal in deals.listed:
            if isinstance(deal, FactsError):
                say_refusal(path, deal)
                status = 1
            else:
                advice = self.book.evaluate(
                    deal, as_of=self.as_of, lang=self.lang, engine=self.engine, rates=self.rates
                )
                self._write(advice, is_one_of_many=deals.are_many or not alone)
        return status

    def _write(self, advice: Advice, *, is_one_of_many: bool) -> None:
        if self.form == "json":
            write(advice.to_json(indent=None if is_one_of_many else 2) + "\n")
        else:
            write("\n\n" if self.answered else "")
            write(advice.to_text(certain=self.certain_shown))
        self.answered += 1
