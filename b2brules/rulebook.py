"""The face of it all: load a rulebook, read deals, evaluate them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from b2brules.advice.building import build_advice
from b2brules.advice.model import Advice
from b2brules.engines import ENGINES, Conclude
from b2brules.engines.reference import Evaluation
from b2brules.facts import Account, Opportunity, Vocabulary
from b2brules.facts.adopting import adopt
from b2brules.facts.document import Format, read_document, read_pipeline
from b2brules.facts.problems import FactsError
from b2brules.facts.rates import read_rates
from b2brules.facts.reading import read
from b2brules.language import suggestion
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book, Language, Parameter, Source
from b2brules.ruleset.shipped import shipped_rulesets

Deal: TypeAlias = Opportunity | Account

FIRST_YEAR, LAST_YEAR = 1900, 2199
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
    parameters: Mapping[str, int | Decimal | float | str | Mapping[str, object]] | None = None,
) -> Rulebook:
    """Load rule files, check them, and return them as one rulebook.

    Args:
        paths: Rule files, and folders of them; none for the method that the library ships.
        parameters: Values in place of those that the files give, by name: a number or its text,
            or for an amount of money ``{"amount": 20000, "currency": "CNY"}`` or ``"20000 CNY"``.

    Raises:
        RulebookError: The files have problems; `diagnostics` lists all of them.
        ParameterError: A parameter that is not there, or a value that it does not allow.
        OSError: A file cannot be read.
    """
    return Rulebook(load(paths or (shipped_rulesets(),), parameters or {}))


class Rulebook:
    """Rules that were loaded together and checked: reads deals, and advises on them.

    Make one with `load_rulebook`. It never changes; one can serve many threads.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._engines: dict[str, Conclude] = {}

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
    def decisions(self) -> tuple[str, ...]:
        """The names of the decisions, each after those that it reads."""
        return tuple(self._book.decisions)

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
        deal: Deal,
        *,
        as_of: date,
        lang: Language = "en",
        engine: str = DEFAULT_ENGINE,
        rates: Mapping[str, int | Decimal | float] | None = None,
    ) -> Advice:
        """Return what to do about a deal, and why.

        Args:
            deal: As `read` returns it, or built from the classes in `b2brules.facts`.
            as_of: The day that the advice is for.
            lang: The language of its sentences, ``en`` or ``zh``.
            engine: The way to run the rules: ``python`` or ``reference``. Both give the same
                advice.
            rates: Rates of exchange: ``{"USD/CNY": 7.1}`` says that one USD is worth 7.1 CNY.

        Raises:
            FactsError: A rate is not one.
            TypeError: ``deal`` or ``as_of`` is something else.
            ValueError: There is no such language or engine, or the day is before 1900 or after
                2199.
        """
        if not isinstance(as_of, date) or isinstance(as_of, datetime):
            raise TypeError(f"as_of is a datetime.date, not {as_of!r}")
        if not FIRST_YEAR <= as_of.year <= LAST_YEAR:
            raise ValueError(f"as_of is from {FIRST_YEAR} to {LAST_YEAR}, not {as_of}")
        if lang not in LANGUAGES:
            raise ValueError(f"lang is `en` or `zh`, not `{lang}`")
        if engine not in ENGINES:
            hint = suggestion(engine, ENGINES) or f"there are {', '.join(ENGINES)}"
            raise ValueError(f"there is no engine `{engine}`; {hint}")
        whole = self._whole(deal)
        known = read_rates(rates or {})
        conclusions = self._prepared(engine)(whole, as_of, known)
        return build_advice(Evaluation(self._book, whole, as_of, known), conclusions, lang)

    def _prepared(self, engine: str) -> Conclude:
        if engine not in self._engines:
            self._engines[engine] = ENGINES[engine](self._book)
        return self._engines[engine]

    def _whole(self, deal: Deal) -> Opportunity:
        """Return the deal in the book's own classes; an account stands in a deal without facts."""
        if isinstance(deal, Account):
            deal = Opportunity(account=deal)
        if not isinstance(deal, Opportunity):
            raise TypeError(f"a deal is an Opportunity or an Account, not {deal!r:.80}")
        return adopt(self._book.vocabulary, deal)
