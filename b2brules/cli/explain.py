"""The verb `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from b2brules.cli.completion import complete_explained, complete_file
from b2brules.cli.deals import name_input, read_deal, say_refusal
from b2brules.cli.options import evaluation_options, examples, read_pairs
from b2brules.cli.output import CannotRunError, write
from b2brules.cli.rulebooks import choose_engine, load_book

if TYPE_CHECKING:
    from b2brules.rulebook import Rulebook
    from b2brules.ruleset.model import Language


@click.command(
    short_help="Say why a decision came to what it did, or why to do something.",
    epilog=examples(
        "b2brules explain competitive_strategy deal.yaml",
        "b2brules explain 'people[p1].relationship_strategy' deal.yaml",
        "b2brules explain limit_their_influence --for person=p1 deal.yaml",
    ),
)
@click.argument("decision", shell_complete=complete_explained)
@click.argument("deal", required=False, shell_complete=complete_file)
@click.option(
    "--for",
    "bindings",
    metavar="VARIABLE=ID",
    multiple=True,
    callback=read_pairs,
    help="A thing that a recommendation's variable stands for, to see it for that alone. "
    "Repeatable.",
)
@evaluation_options
def explain(
    decision: str,
    deal: str | None,
    bindings: Mapping[str, str],
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
    """Say why a decision came to what it did, and why not to something else.

    DECISION is a name such as `competitive_strategy`, or for a person's
    `people[p1].relationship_strategy`; or it is a recommendation, `hold_a_deal_review`, to see why
    it is given or not. DEAL is a YAML or JSON file, or `-` for standard input.

    Of what a recommendation rests on, the text shows the decisions that its rule reads; explain
    one of these to see what stands behind it in its turn. With `--format json` all of it is there.
    """
    from b2brules.facts.problems import FactsError

    book = load_book(rules, settings, overlays, parameter_file)
    if deal is not None and not _is_there(decision, book):
        # Whoever names the deal first is understood too.
        decision, deal = (deal, decision) if _is_there(deal, book) else (decision, deal)
    if not _is_there(decision, book):
        raise CannotRunError(_unknown(decision, book))
    _check_variables(decision, bindings, book)
    (path,) = name_input(() if deal is None else (deal,))
    facts = read_deal(book.vocabulary, path)
    if isinstance(facts, FactsError):
        say_refusal(path, facts)
        return 1
    advice = book.evaluate(facts, as_of=as_of, lang=lang, engine=choose_engine(engine), rates=rates)
    try:
        proof = advice.explain(decision, bindings)
    except KeyError as error:
        raise CannotRunError(error.args[0]) from None
    if form == "json":
        write(proof.to_json() + "\n")
    else:
        write(proof.to_text())
    return 0


def _is_there(name: str, book: Rulebook) -> bool:
    return _plain(name) in book.decisions or name in book.recommendations


def _check_variables(name: str, bindings: Mapping[str, str], book: Rulebook) -> None:
    variables = book.recommendations.get(name, ())
    wrong = [variable for variable in bindings if variable not in variables]
    if wrong:
        has = ", ".join(f"`{one}`" for one in variables) or "none"
        raise CannotRunError(f"`{name}` has no variable `{wrong[0]}`; it has {has}")


def _plain(decision: str) -> str:
    """Return a decision's name without the thing that it is decided for."""
    return decision.rpartition(".")[2] if decision.partition("[")[1] else decision


def _unknown(name: str, book: Rulebook) -> str:
    from b2brules.language import suggestion

    near = suggestion(_plain(name), (*book.decisions, *book.recommendations))
    hint = near or f"the decisions are {', '.join(book.decisions)}"
    return f"there is no decision or recommendation `{name}`; {hint}"
