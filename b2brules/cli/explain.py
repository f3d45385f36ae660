"""The verb `explain`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from b2brules.cli.completion import complete_decision, complete_file
from b2brules.cli.deals import name_input, read_deal, say_refusal
from b2brules.cli.options import evaluation_options, examples
from b2brules.cli.output import CannotRunError, write
from b2brules.cli.rulebooks import choose_engine, load_book

if TYPE_CHECKING:
    from b2brules.advice.model import Advice
    from b2brules.ruleset.model import Language


@click.command(
    short_help="Say why a decision came to what it did.",
    epilog=examples(
        "b2brules explain competitive_strategy deal.yaml",
        "b2brules explain 'people[p1].relationship_strategy' deal.yaml",
    ),
)
@click.argument("decision", shell_complete=complete_decision)
@click.argument("deal", required=False, shell_complete=complete_file)
@evaluation_options
def explain(
    decision: str,
    deal: str | None,
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
    `people[p1].relationship_strategy`. DEAL is a YAML or JSON file, or `-` for standard input.
    """
    from b2brules.advice.explaining import proof_to_text
    from b2brules.advice.serialising import proof_to_json
    from b2brules.facts.problems import FactsError

    book = load_book(rules, settings, overlays, parameter_file)
    if deal is not None and _plain(decision) not in book.decisions:
        # Whoever names the deal first is understood too.
        decision, deal = (deal, decision) if _plain(deal) in book.decisions else (decision, deal)
    if _plain(decision) not in book.decisions:
        raise CannotRunError(_unknown(decision, book.decisions))
    (path,) = name_input(() if deal is None else (deal,))
    facts = read_deal(book.vocabulary, path)
    if isinstance(facts, FactsError):
        say_refusal(path, facts)
        return 1
    advice = book.evaluate(facts, as_of=as_of, lang=lang, engine=choose_engine(engine), rates=rates)
    made = _made(advice)
    if decision not in made:
        raise CannotRunError(_not_made(decision, made))
    proof = advice.explain(decision)
    if form == "json":
        write(proof_to_json(proof, as_of=as_of, lang=lang) + "\n")
    else:
        write(proof_to_text(proof, as_of=as_of, lang=lang))
    return 0


def _plain(decision: str) -> str:
    """Return a decision's name without the thing that it is decided for."""
    return decision.rpartition(".")[2] if decision.partition("[")[1] else decision


def _made(advice: Advice) -> list[str]:
    """Return every decision that was made, as `explain` names it."""
    return [
        *advice.decisions,
        *(
            f"{place}[{id}].{name}"
            for place, listed in advice.things.items()
            for id, made in listed.items()
            for name in made
        ),
    ]


def _unknown(decision: str, names: tuple[str, ...]) -> str:
    from b2brules.language import suggestion

    hint = suggestion(_plain(decision), names) or f"the decisions are {', '.join(names)}"
    return f"there is no decision `{decision}`; {hint}"


def _not_made(decision: str, made: list[str]) -> str:
    alike = [f"`{name}`" for name in made if _plain(name) == _plain(decision)]
    if alike:
        shown = ", ".join(alike[:3]) + (", …" if len(alike) > 3 else "")
        return f"`{decision}` is not decided for this deal; write {shown}"
    return f"`{decision}` is not decided for this deal; it has nothing to decide it for"
