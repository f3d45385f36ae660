"""The face of it all: load a rulebook, read deals, evaluate them."""

from __future__ import annotations

import functools
import logging
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from b2brules.advice.building import build_advice
from b2brules.advice.conclusions import Conclusion, Conclusions
from b2brules.advice.evaluation import Trial
from b2brules.advice.model import Advice
from b2brules.advice.override import NO_OVERRIDES, Override, Overrides
from b2brules.advice.overriding import read_overrides
from b2brules.advice.page import require_width
from b2brules.engines import ENGINES, Engine
from b2brules.engines.reference import Evaluation
from b2brules.facts import Account, Opportunity, Vocabulary
from b2brules.facts.adopting import adopt
from b2brules.facts.document import Format, read_document, read_pipeline
from b2brules.facts.filling import fill
from b2brules.facts.flat import flat_reader
from b2brules.facts.problems import FactsError
from b2brules.facts.rates import read_rates
from b2brules.facts.reading import read
from b2brules.facts.review import Deal
from b2brules.facts.values import require_day
from b2brules.language import suggestion
from b2brules.language.truth import Truth
from b2brules.language.values import Rates
from b2brules.ruleset.cases import Case, load_cases
from b2brules.ruleset.diagnostics import Diagnostic, Findings, RulebookError
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book, Change, DecisionKey, Language, Parameter, Source, Table
from b2brules.ruleset.shipped import shipped_rulesets
from b2brules.ruleset.walk.checks import check_book

if TYPE_CHECKING:
    from b2brules.casework.coverage import Coverage
    from b2brules.casework.mutation import Mutation
    from b2brules.casework.running import CaseRun
    from b2brules.session.journal import Clock
    from b2brules.session.moment import Situation
    from b2brules.session.purging import Purged
    from b2brules.session.replay import Replay
    from b2brules.session.session import Session

LANGUAGES: tuple[Language, ...] = ("en", "zh")
DEFAULT_ENGINE = "python"


FORMATS: Mapping[str, Format] = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".yaml": "yaml",
    ".yml": "yaml",
}
"""How a file is written, by the ending of its name; otherwise it is found out from the text."""


def format_of(path: Path) -> Format | None:
    """Return how a file is written, as its name says; ``None`` if it does not."""
    return FORMATS.get(path.suffix.lower())


def load_rulebook(
    *paths: str | os.PathLike[str],
    overlays: Iterable[str | os.PathLike[str]] = (),
    parameters: Mapping[str, int | Decimal | float | str | Mapping[str, object]] | None = None,
    parameter_file: str | os.PathLike[str] | None = None,
) -> Rulebook:
    """Load rule files, check them, and return them as one rulebook.

    Args:
        paths: Rule files, and folders of them; none for the method that the library ships.
        overlays: What is laid over them, in this order: files, folders of them, or names of
            overlays that the library ships, such as ``defend_the_supporter``.
        parameters: Values in place of those that the files give, by name: a number or its text,
            or for an amount of money ``{"amount": 20000, "currency": "CNY"}`` or ``"20000 CNY"``.
        parameter_file: A YAML file of such values, ``name: value`` a line; ``parameters`` go
            before it.

    Raises:
        RulebookError: The files have problems; `diagnostics` lists all of them.
        ParameterError: A parameter that is not there, or a value that it does not allow.
        TypeError: ``overlays`` is no list, or ``parameters`` no mapping.
        OSError: A file cannot be read.
    """
    if isinstance(overlays, str | bytes | os.PathLike) or not isinstance(overlays, Iterable):
        raise TypeError(f"overlays is a list of names or paths; write [{overlays!r:.80}]")
    if parameters is not None and not isinstance(parameters, Mapping):
        raise TypeError(f"parameters maps names to values, which {parameters!r:.80} does not")
    book = load(
        paths or (shipped_rulesets(),),
        parameters or {},
        overlays=overlays,
        parameter_file=parameter_file,
    )
    rulebook = Rulebook(book)
    found = rulebook.check()
    if found:
        raise RulebookError(found)
    return rulebook


class Rulebook:
    """Rules that were loaded together and checked: reads deals, and advises on them.

    Make one with `load_rulebook`. It never changes; one can serve many threads.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._engines: dict[str, Engine] = {}
        self._lock = threading.Lock()
        self._read_flat = flat_reader(book.vocabulary)

    @property
    def fingerprint(self) -> str:
        """The first 16 hex digits of the sha256 over its files and parameters."""
        return self._book.fingerprint

    @property
    def vocabulary(self) -> Vocabulary:
        """The facts that a deal can have, a team's own among them."""
        return self._book.vocabulary

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The named numbers, by name, as they are in force."""
        return self._book.parameters

    @property
    def sources(self) -> Mapping[str, Source]:
        """The works that rules cite, by id."""
        return self._book.sources

    @property
    def changes(self) -> tuple[Change, ...]:
        """What overlays have changed, in the order in which they were laid over the rules."""
        return self._book.changes

    @property
    def decisions(self) -> tuple[str, ...]:
        """The names of the decisions, each after those that it reads."""
        return tuple(self._book.decisions)

    @property
    def recommendations(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the recommendations, each with the variables of its rule."""
        return {
            id: tuple(binding.variable for binding in rule.bindings)
            for id, rule in self._book.recommendations.items()
        }

    def check(self) -> tuple[Diagnostic, ...]:
        """Return what a walk over the decision tables finds; `load_rulebook` refuses any of it.

        That is a case without a row, rows of a `unique` table that hold together, and a row that
        is never reached. The deal in a message has been confirmed by the reference engine.
        """
        return check_book(self._book, self._rows_that_hold)

    def check_cases(self, *paths: str | os.PathLike[str]) -> tuple[Diagnostic, ...]:
        """Return where the advice is not what the cases in some files, or folders, expect.

        Args:
            paths: Files of cases and folders of them; none for those of the shipped method.

        Raises:
            RulebookError: The cases cannot be read; `diagnostics` lists all that is wrong.
        """
        from b2brules.casework.running import diagnose

        return diagnose(self.run_cases(*paths))

    def run_cases(self, *paths: str | os.PathLike[str]) -> CaseRun:
        """Return what came of running the cases in some files, or folders.

        Args:
            paths: Files of cases and folders of them; none for those of the shipped method.

        Raises:
            RulebookError: The cases cannot be read; `diagnostics` lists all that is wrong.
        """
        from b2brules.casework.running import run_cases

        return run_cases(self._book, self._cases(paths))

    def cover(self, *paths: str | os.PathLike[str]) -> Coverage:
        """Return which rows, outcomes and recommendations cases have shown to hold and to fail.

        Args:
            paths: As for `run_cases`.

        Raises:
            RulebookError: The cases cannot be read.
        """
        from b2brules.casework.coverage import cover

        return cover(self._book, self._cases(paths))

    def mutate(self, *paths: str | os.PathLike[str]) -> Mutation:
        """Change the rules in one place at a time, and return which changes no case notices.

        Changes that need not be noticed stand with a reason in files ``survivors.yaml``, which are
        looked for where the cases are.

        Args:
            paths: As for `run_cases`.

        Raises:
            RulebookError: The cases, or the files of survivors, cannot be read.
        """
        from b2brules.casework.mutation import mutate
        from b2brules.casework.survivors import load_survivors

        cases = self._cases(paths)
        findings = Findings()
        accepted = load_survivors(paths or (shipped_rulesets(),), findings)
        findings.raise_if_any()
        return mutate(self._book, cases, accepted)

    def _cases(self, paths: tuple[str | os.PathLike[str], ...]) -> tuple[Case, ...]:
        return load_cases(paths or (shipped_rulesets(),), self._book)

    def _rows_that_hold(
        self, table: Table, deal: Opportunity, as_of: date, id: str | None
    ) -> tuple[Truth, ...]:
        evaluation = Evaluation(self._book, deal, as_of, {})
        things = evaluation.bound(table.binding, id)
        return tuple(evaluation.holds_all(row.clauses, things) for row in table.rows)

    def rules_to_text(
        self, name: str | None = None, *, lang: Language = "en", width: int = 80
    ) -> str:
        """Return what is in the rulebook, for people: decisions, recommendations and the rest.

        Args:
            name: A decision, a row, a recommendation, a parameter or a source, to see it alone.
            lang: The language of the sentences, ``en`` or ``zh``.
            width: Columns of a line, at least 40.

        Raises:
            UnknownNameError: Nothing in the rulebook has that name.
            ValueError: There is no such language, or ``width`` is less.
            TypeError: ``width`` is no whole number.
        """
        from b2brules.advice.contents import select
        from b2brules.advice.contents_text import contents_to_text

        _require_language(lang)
        contents = select(self._book, name)
        return contents_to_text(contents, lang=lang, width=require_width(width))

    def rules_to_json(self, name: str | None = None, *, lang: Language = "en") -> str:
        """Return what is in the rulebook as JSON text; the arguments are those of the text.

        Raises:
            UnknownNameError: Nothing in the rulebook has that name.
            ValueError: There is no such language.
        """
        from b2brules.advice.contents import select
        from b2brules.advice.contents_json import contents_to_json

        _require_language(lang)
        return contents_to_json(select(self._book, name), lang=lang)

    def read(self, document: str | os.PathLike[str] | Mapping[str, object]) -> Deal:
        """Return one deal, or an account on its own, checked fact by fact.

        Args:
            document: The path of a YAML or JSON file, or a mapping with the facts.

        Raises:
            FactsError: Something in it is wrong; `problems` lists all of it, each with its path.
            OSError: The file cannot be read.
        """
        if isinstance(document, Mapping):
            return read(self._book.vocabulary, document)
        path = Path(document)
        return read_document(self._book.vocabulary, path.read_bytes(), format=format_of(path))

    def read_many(self, path: str | os.PathLike[str]) -> Iterator[Deal | FactsError]:
        """Yield the deals of a file: a list, JSON Lines, or YAML documents behind one another.

        A bad deal comes as the `FactsError` that says what is wrong with it; the rest go on.

        Raises:
            FactsError: The file is no such list.
            OSError: The file cannot be read.
        """
        file = Path(path)
        return read_pipeline(self._book.vocabulary, file.read_bytes(), format=format_of(file))

    def evaluate(
        self,
        deal: Deal | Mapping[str, object],
        *,
        as_of: date,
        lang: Language = "en",
        engine: str = DEFAULT_ENGINE,
        rates: Mapping[str, int | Decimal | float] | None = None,
        overrides: Iterable[Override] = (),
    ) -> Advice:
        """Return what to do about a deal, and why.

        Args:
            deal: As `read` returns it, or built from the classes in `b2brules.facts`; or a mapping
                with the facts, as `read` takes it.
            as_of: The day that the advice is for, from 1900 to 2199.
            lang: The language of its sentences, ``en`` or ``zh``.
            engine: The way to run the rules: ``python``, ``reference`` or, below Python 3.13,
                ``durable``. All of them give the same advice.
            rates: Rates of exchange: ``{"USD/CNY": 7.1}`` says that one USD is worth 7.1 CNY.
            overrides: Decisions that people have made in place of the rules, at most one each.

        Raises:
            FactsError: A fact of the mapping is wrong, a rate is not one, or an override does not
                fit the rules.
            TypeError: ``deal``, ``as_of``, ``rates`` or ``overrides`` is something else.
            ValueError: There is no such language or engine, or the day is out of range.
        """
        ready, known = self._ready(as_of, lang, engine, rates)
        return self._advise(deal, as_of, lang, ready, known, read_overrides(self._book, overrides))

    def evaluate_many(
        self,
        deals: Iterable[Deal | Mapping[str, object]],
        *,
        as_of: date,
        lang: Language = "en",
        engine: str = DEFAULT_ENGINE,
        rates: Mapping[str, int | Decimal | float] | None = None,
    ) -> Iterator[Advice]:
        """Yield what to do about each of many deals; otherwise like `evaluate`.

        Overrides belong to one deal: what has some is evaluated on its own.
        """
        ready, known = self._ready(as_of, lang, engine, rates)
        return (self._advise(deal, as_of, lang, ready, known, NO_OVERRIDES) for deal in deals)

    def session(
        self,
        *,
        as_of: date | None = None,
        lang: Language = "en",
        engine: str | None = None,
        rates: Mapping[str, int | Decimal | float] | None = None,
        journal: str | os.PathLike[str] | None = None,
        clock: Clock | None = None,
    ) -> Session:
        """Open a session of live deals, in a ``with`` statement.

        Args:
            as_of: The day that advice is for, until it is moved. ``None`` goes on with the day of
                the journal.
            lang: The language of its sentences, ``en`` or ``zh``.
            engine: The way to run the rules: by default ``durable``, and ``python`` where that does
                not run, which a line of the log says once.
            rates: Rates of exchange, as for `evaluate`. ``None`` goes on with those of the journal.
            journal: A file in which every change is written down, and from which the session goes
                on where it was; it is made if it is not there. ``None`` for no journal.
            clock: Says what time it is, with its time zone: ``lambda: datetime.now(UTC)``. A
                journal needs it.

        Raises:
            FactsError: A rate is not one.
            JournalError: The journal is in use, is damaged, is no journal, or does not fit the
                rules.
            TypeError: There is no ``as_of`` and no journal that has it, or a journal has no clock.
            ValueError: There is no such language or engine, or the day is out of range.
        """
        from b2brules.session.journal import Journal
        from b2brules.session.session import NO_DAY, Session

        _require_language(lang)
        if as_of is not None:
            require_day(as_of)
        advisor = _Advisor(self, self._prepared(engine or _session_engine()), lang)
        kept: Journal | None = None
        if journal is not None:
            if not callable(clock):
                raise TypeError("a journal needs a clock, such as `lambda: datetime.now(UTC)`")
            if as_of is None and not Path(journal).exists():
                raise TypeError(NO_DAY)
            kept = Journal(journal, clock=clock)
        return Session(advisor, lang=lang, as_of=as_of, rates=rates, journal=kept)

    def history_to_text(
        self,
        journal: str | os.PathLike[str],
        deal: str,
        *,
        lang: Language = "en",
        width: int = 80,
    ) -> str:
        """Return how the advice on a deal came to be, change by change, as its journal has it.

        Args:
            journal: The file.
            deal: The deal's id.
            lang: The language of the sentences, ``en`` or ``zh``.
            width: Columns of a line, at least 40.

        Raises:
            JournalError: The file is damaged, or no journal.
            KeyError: The journal has no such deal.
            ValueError: There is no such language, or ``width`` is less.
            TypeError: ``width`` is no whole number.
        """
        from b2brules.session.history import history_to_text
        from b2brules.session.journal import entries_about

        _require_language(lang)
        advisor = _Advisor(self, self._prepared(DEFAULT_ENGINE), lang)
        entries = entries_about(journal, deal)
        return history_to_text(advisor, entries, deal, lang=lang, width=require_width(width))

    def replay(
        self, journal: str | os.PathLike[str], deal: str | None = None, *, lang: Language = "en"
    ) -> Replay:
        """Run a journal again, and return where this rulebook would have advised otherwise.

        Args:
            journal: The file.
            deal: The id of a deal, to compare that alone; ``None`` for all of them.
            lang: The language of the text that is made of it.

        Raises:
            JournalError: The file is damaged, is no journal, or has facts that the rulebook does
                not know.
            KeyError: The journal has no such deal.
            ValueError: There is no such language.
        """
        from b2brules.session.journal import entries_about
        from b2brules.session.replay import replay

        _require_language(lang)
        advisor = _Advisor(self, self._prepared(DEFAULT_ENGINE), lang)
        return replay(advisor, entries_about(journal, deal), deal, lang)

    def purge(
        self,
        journal: str | os.PathLike[str],
        deal: str,
        person: str | None = None,
        *,
        by: str | None = None,
        clock: Clock,
    ) -> Purged:
        """Remove a deal, or a person of a deal, from a journal for good.

        Of a deal nothing stays: neither its entries, nor what changes of the day, of rates and of
        rules did to it. Of a person go the facts, what other facts, decisions and recommendations
        say about them, and overrides about them; their id and their names in texts become
        ``(removed)``, also in the texts of entries that concern all deals. What texts say of
        somebody in other words stays, and so do what other things are called, and the same person
        in another deal.

        The rest stays readable under its numbers. An entry with the verb ``purge`` says that a
        person or a deal was removed, when and by whom, but not which one. It is done whole or not
        at all, whatever happens meanwhile, and the bytes are gone from the file then; not from
        copies of it.

        Args:
            journal: The file; nobody may write to it or read it.
            deal: The deal's id.
            person: The person's id; ``None`` for the whole deal.
            by: Who does it, if that is known.
            clock: Says what time it is, with its time zone, as for `session`.

        Returns:
            How many entries were removed and changed.

        Raises:
            JournalError: There is no such deal or person; the deal of the person has facts that
                the rulebook does not know; or the journal is in use, damaged or cannot be written.
                Nothing is changed.
            TypeError: The clock says no time.
            ValueError: The clock says a time without its time zone.
        """
        from b2brules.session.purging import purge

        return purge(journal, deal, person, book=self._book, by=by, clock=clock)

    def _ready(
        self,
        as_of: date,
        lang: Language,
        engine: str,
        rates: Mapping[str, int | Decimal | float] | None,
    ) -> tuple[Engine, Rates]:
        """Return the engine and the rates, after a look at everything but the deal."""
        require_day(as_of)
        _require_language(lang)
        return self._prepared(engine), read_rates({} if rates is None else rates)

    def _advise(
        self,
        deal: Deal | Mapping[str, object],
        as_of: date,
        lang: Language,
        engine: Engine,
        rates: Rates,
        overrides: Overrides,
    ) -> Advice:
        known = self._read_flat(deal) if type(deal) is dict and not overrides else None
        if known is None:
            whole = self._whole(deal)
            conclusions = engine.conclude(whole, as_of, rates, overrides)
            prepare = partial(self._look_into, whole, as_of, rates, overrides)
        else:
            conclusions = engine.conclude_flat(known, as_of, rates)
            prepare = partial(self._look_into_flat, known, as_of, rates)
        return build_advice(self._book, conclusions, prepare, as_of, lang)

    def _look_into(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides
    ) -> tuple[Evaluation, Trial]:
        """Return what explains the advice on a deal, and what tries out unknown facts."""
        evaluation = Evaluation(self._book, deal, as_of, rates, overrides)
        return evaluation, partial(self._try, deal, as_of, rates, overrides)

    def _look_into_flat(
        self, known: Mapping[str, object], as_of: date, rates: Rates
    ) -> tuple[Evaluation, Trial]:
        return self._look_into(self.vocabulary.root(**known), as_of, rates, NO_OVERRIDES)

    def _prepared(self, engine: str) -> Engine:
        if engine not in ENGINES:
            hint = suggestion(engine, ENGINES) or f"there are {', '.join(ENGINES)}"
            raise ValueError(f"there is no engine `{engine}`; {hint}")
        with self._lock:  # or threads that begin together would each make one
            if engine not in self._engines:
                self._engines[engine] = ENGINES[engine](self._book)
            return self._engines[engine]

    def _whole(self, deal: Deal | Mapping[str, object]) -> Deal:
        """Return the deal in the book's own classes."""
        if isinstance(deal, Mapping):
            deal = read(self.vocabulary, deal)
        if not isinstance(deal, Opportunity | Account):
            raise TypeError(f"a deal is an Opportunity, an Account or a mapping, not {deal!r:.80}")
        return adopt(self._book.vocabulary, deal)

    def _try(
        self,
        deal: Deal,
        as_of: date,
        rates: Rates,
        overrides: Overrides,
        path: tuple[str, ...],
        value: object,
    ) -> Mapping[DecisionKey, Conclusion]:
        """Return the decisions if one unknown fact, or one rate, had a certain value."""
        if path[0] == "rates" and isinstance(value, Decimal):
            rates = {**rates, (path[1], path[2]): value}
        else:
            deal = fill(deal, path, value)
        return self._prepared(DEFAULT_ENGINE).decide(deal, as_of, rates, overrides)


@frozen
class _Advisor:
    """What runs the rules for a session."""

    _rulebook: Rulebook
    _engine: Engine
    _lang: Language

    @property
    def book(self) -> Book:
        return self._rulebook._book

    def conclude(self, situation: Situation) -> Conclusions:
        return self._engine.conclude(*_parts(situation))

    def try_out(self, situation: Situation) -> Conclusions:
        return self._rulebook._prepared(DEFAULT_ENGINE).conclude(*_parts(situation))

    def word(self, situation: Situation, conclusions: Conclusions) -> Advice:
        prepare = partial(self._rulebook._look_into, *_parts(situation))
        return build_advice(self.book, conclusions, prepare, situation.as_of, self._lang)


def _parts(situation: Situation) -> tuple[Deal, date, Rates, Overrides]:
    return situation.subject, situation.as_of, situation.rates, situation.overrides


@functools.cache
def _session_engine() -> str:
    """Return the engine that sessions run on here."""
    if "durable" in ENGINES:
        return "durable"
    logging.getLogger("b2brules").warning(
        "durable-rules does not run on this Python; sessions run on the engine `python`"
    )
    return DEFAULT_ENGINE


def _require_language(lang: object) -> None:
    if lang not in LANGUAGES:
        raise ValueError(f"lang is `en` or `zh`, not `{lang}`")
