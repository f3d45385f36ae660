"""The options that several verbs share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import click

from b2brules.cli.completion import complete_engine, complete_file

Verb = TypeVar("Verb", bound=Callable[..., Any])

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def examples(*lines: str) -> str:
    """Return the end of a verb's help: command lines to copy."""
    # Click leaves a paragraph as it is behind a backspace.
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def lang_option(verb: Verb) -> Verb:
    """Add `--lang`."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default="en",
        show_default=True,
        help="Language of the sentences.",
    )(verb)


def format_option(*formats: str) -> Callable[[Verb], Verb]:
    """Add `--format`; the first is the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How to write the answer.",
    )


def rules_option(verb: Verb) -> Verb:
    """Add `--rules`."""
    return click.option(
        "--rules",
        metavar="PATH",
        multiple=True,
        shell_complete=complete_file,
        help="A rule file or a folder of them, in place of the method that is shipped. Repeatable.",
    )(verb)


def rulebook_options(verb: Verb) -> Verb:
    """Add what the rules are chosen and changed with: all but the rules themselves."""
    for option in reversed(
        [
            click.option(
                "--overlay",
                "overlays",
                metavar="PATH",
                multiple=True,
                shell_complete=complete_file,
                help="A file of changes that is laid over the rules, or the name of one that is "
                "shipped. Repeatable, in this order.",
            ),
            click.option(
                "--parameters",
                "parameter_file",
                metavar="FILE",
                shell_complete=complete_file,
                help="A YAML file with values of parameters, `name: value` a line.",
            ),
            click.option(
                "--set",
                "settings",
                metavar="NAME=VALUE",
                multiple=True,
                callback=read_pairs,
                help="A parameter's value in place of the rule file's. Repeatable.",
            ),
        ]
    ):
        verb = option(verb)
    return verb


def evaluation_options(verb: Verb) -> Verb:
    """Add what an evaluation is asked with."""
    for option in reversed(
        [
            click.option(
                "--as-of",
                metavar="YYYY-MM-DD",
                callback=_read_day,
                help="The day that the answer is for.  [default: today]",
            ),
            lang_option,
            format_option("text", "json"),
            click.option(
                "--engine",
                metavar="NAME",
                shell_complete=complete_engine,
                help="The way to run the rules.",
            ),
            rules_option,
            rulebook_options,
            click.option(
                "--rate",
                "rates",
                metavar="USD/CNY=7.1",
                multiple=True,
                callback=_read_rates,
                help="What one unit of the first currency is worth in the second. Repeatable.",
            ),
        ]
    ):
        verb = option(verb)
    return verb


def _read_day(_context: click.Context, _option: click.Parameter, text: str | None) -> date:
    from b2brules.facts.values import FIRST_DAY, LAST_DAY

    if text is None:
        return date.today()  # noqa: DTZ011 - the day it is where the user sits
    if _DAY.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise click.BadParameter(f"there is no day `{text}`") from None
        # Days that rules can calculate with.
        if FIRST_DAY <= day <= LAST_DAY:
            return day
        years = f"{FIRST_DAY.year} to {LAST_DAY.year}"
        raise click.BadParameter(f"`{text}` is out of range; days go from {years}")
    raise click.BadParameter(f"`{text}` is not a day; write it as 2026-11-21")


def read_pairs(
    _context: click.Context, option: click.Parameter, texts: tuple[str, ...]
) -> dict[str, str]:
    """Return what an option such as `--set` was given, by name."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not (name and sign and value):
            raise click.BadParameter(f"`{text}` is no {option.metavar}")
        if name in pairs:
            raise click.BadParameter(f"`{name}` is given twice")
        pairs[name] = value
    return pairs


def _read_rates(
    context: click.Context, option: click.Parameter, texts: tuple[str, ...]
) -> Mapping[str, Decimal]:
    from b2brules.facts.problems import FactsError
    from b2brules.facts.rates import read_rates

    pairs = read_pairs(context, option, texts)
    for text in pairs.values():
        if not _NUMBER.fullmatch(text):
            raise click.BadParameter(f"`{text}` is not a number")
    rates = {pair: Decimal(text) for pair, text in pairs.items()}
    try:
        read_rates(rates)
    except FactsError as error:
        raise click.BadParameter(error.problems[0].message) from None
    return rates
