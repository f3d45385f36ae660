"""The verb `ask`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from b2brules.cli.completion import complete_decision, complete_file
from b2brules.cli.deals import STANDARD_INPUT, read_deal, say_refusal
from b2brules.cli.keeping import Keeper
from b2brules.cli.options import evaluation_options, examples
from b2brules.cli.output import CannotRunError, write
from b2brules.cli.rulebooks import choose_engine, load_book

if TYPE_CHECKING:
    from b2brules.advice.model import Advice
    from b2brules.facts.review import Deal
    from b2brules.rulebook import Rulebook
    from b2brules.ruleset.model import Language


@click.command(
    short_help="Ask about a deal, what settles most first, and write it down.",
    epilog=examples(
        "b2brules ask --out deal.yaml",
        "b2brules ask deal.yaml --out deal.yaml",
        "b2brules ask --about go_no_go --lang zh > deal.yaml",
    ),
)
@click.argument("deal", required=False, shell_complete=complete_file)
@click.option(
    "--out",
    metavar="FILE",
    shell_complete=complete_file,
    help="Where to write the deal.  [default: standard output]",
)
@click.option(
    "--about",
    metavar="DECISION",
    multiple=True,
    shell_complete=complete_decision,
    help="Ask first for what this decision waits for. Repeatable.",
)
@evaluation_options
def ask(
    deal: str | None,
    out: str | None,
    about: tuple[str, ...],
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
    """Ask about a deal, the question that settles most first, and write the deal to a file.

    DEAL is a YAML or JSON file to go on with; without it nothing is known at first. Enter skips a
    question, `?` says why it is asked, `advice` what follows so far, `back` takes the last answer
    back; `people` (or another list) adds somebody, and `superiority: 4` states any fact. `help`
    shows these commands again; `done` or the end of the input ends it: the deal is written, and the
    advice on it printed.

    The deal goes to FILE, which is replaced as a whole. Until then the answers are in FILE.part,
    where Ctrl-C leaves them. Questions go to standard error; so does the advice, if the deal goes
    to standard output.
    """
    from b2brules.cli.conversation import Conversation
    from b2brules.cli.interview import Interview, State, blank_deal
    from b2brules.cli.interview_phrases import PHRASES
    from b2brules.cli.interviewer import Interviewer
    from b2brules.facts.problems import FactsError
    from b2brules.facts.writing import write_deal

    if deal == STANDARD_INPUT:
        raise CannotRunError("standard input has the answers; name a file for the deal")
    book = load_book(rules, settings, overlays, parameter_file)
    _require_decisions(book, about)
    known = blank_deal(book.vocabulary) if deal is None else read_deal(book.vocabulary, deal)
    if isinstance(known, FactsError):
        say_refusal(str(deal), known)
        return 1
    way = choose_engine(engine)

    def advise(facts: Deal, rates: Mapping[str, Decimal]) -> Advice:
        return book.evaluate(facts, as_of=as_of, lang=lang, engine=way, rates=rates)

    talk = Conversation()
    interview = Interview(
        book.vocabulary, advise, State(deal=known, rates=dict(rates)), about=about
    )
    keeper = Keeper(out, deal)
    keeper.keep(write_deal(known))
    try:
        Interviewer(
            interview, talk, lang, keep=lambda: keeper.keep(write_deal(interview.deal))
        ).lead()
    except BaseException:
        # Ctrl-C, or a fault of ours: either way, no answer is lost.
        keeper.stop(write_deal(interview.deal), has_answers=interview.has_answers)
        raise
    keeper.finish(write_deal(interview.deal))
    say = PHRASES[lang]
    if new := {pair: one for pair, one in interview.rates.items() if pair not in rates}:
        options = " ".join(f"--rate {pair}={number:f}" for pair, number in new.items())
        talk.say(say.rates.format(rates=options))
    if out is not None:
        talk.say(say.finished.format(file=out))
    talk.say()
    said = interview.advice.to_json() + "\n" if form == "json" else interview.advice.to_text()
    write(said) if out is not None else talk.show(said)
    return 0


def _require_decisions(book: Rulebook, names: tuple[str, ...]) -> None:
    from b2brules.language import suggestion

    for name in names:
        if name not in book.decisions:
            hint = suggestion(name, book.decisions)
            hint = hint or f"the decisions are {', '.join(book.decisions)}"
            raise CannotRunError(f"there is no decision `{name}`; {hint}")
