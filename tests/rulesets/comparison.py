"""Compares what the shipped rules decide with what the second reading of the vocabulary does.

The second reading is the folder `reading`; it shares nothing with the library but the facts.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import settings

import b2brules
from b2brules import Advice, Decision
from b2brules.engines import ENGINES
from b2brules.facts.types import Money
from b2brules.ruleset.model import Table
from tests.rulesets import reading
from tests.rulesets.strategies import Document

TODAY = date(2026, 11, 21)
YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)
UNKNOWN_OR_NOT = (None, True, False)
UNKNOWN_OR_MARK = (None, "plus", "minus")
NO_RATES: reading.Rates = {}
# The engines that take a deal as it is; those that take tables have tests of their own.
IN_MEMORY = [engine for engine in ("reference", "python") if engine in ENGINES]


def many(examples: int) -> settings:
    """At least so many examples; `make fuzz` asks for more."""
    return settings(max_examples=max(examples, settings().max_examples))


@functools.cache
def whole_book() -> b2brules.Rulebook:
    return b2brules.load_rulebook()


@functools.cache
def decisions_only() -> b2brules.Rulebook:
    """The same decisions without the recommendations, which take most of the time."""
    book = attrs.evolve(whole_book()._book, recommendations={}, fingerprint="decisions only")
    return b2brules.Rulebook(book)


def check(
    document: Document,
    as_of: date = TODAY,
    lang: Any = "en",
    rates: reading.Rates = NO_RATES,
) -> Advice:
    """Compare every examined decision about one document with the second reading."""
    book = decisions_only()
    deal = book.read(document)
    for engine in IN_MEMORY:
        advice = book.evaluate(deal, as_of=as_of, lang=lang, engine=engine, rates=rates)
        agrees_with_the_reading(advice, document, as_of, rates)
    return advice


def agrees_with_the_reading(
    advice: Advice, document: Document, as_of: date, rates: reading.Rates
) -> None:
    expectations = reading.decisions(document, as_of, rates)
    for name, expected in expectations.items():
        agrees(advice[name], expected)
    left_out = reading.decisions_about_the_deal(document, as_of, rates).keys() - expectations.keys()
    assert left_out & advice.decisions.keys() == set()
    for list_, things in reading.decisions_about_things(document).items():
        found = advice.things.get(list_, {})
        assert set(found) == set(things)
        for id_, about_it in things.items():
            for name, expected in about_it.items():
                agrees(found[id_][name], expected)


def agrees(decision: Decision, expected: reading.Expected) -> None:
    if isinstance(expected, tuple) and not isinstance(expected, reading.Number):
        agrees_on_an_outcome(decision, expected)
    else:
        assert (decision.name, number_of(decision)) == (decision.name, expected)
        assert decision.candidates is None
        assert decision.decided is (expected is not None)


def agrees_on_an_outcome(decision: Decision, expected: reading.Candidates) -> None:
    assert (decision.name, decision.candidates) == (decision.name, expected)
    assert decision.value == (expected[0] if len(expected) == 1 else None)
    assert decision.decided is (len(expected) == 1)
    if decision.rule is None:
        assert not decision.decided
    else:
        assert outcome_of_row(decision.name, decision.rule) == decision.value


def number_of(decision: Decision) -> reading.Number | None:
    """Return what a formula came to, in the reading's words."""
    match decision.value:
        case None:
            return None
        case Money(amount=amount, currency=currency):
            return reading.Number(Fraction(amount), currency)
        case Decimal() as number:
            return reading.Number(Fraction(number))
        case other:
            raise AssertionError(f"{other!r} is not the value of a formula")


@functools.cache
def outcome_of_row(decision: str, row: str) -> str:
    table = decisions_only()._book.decisions[decision]
    assert isinstance(table, Table)
    return next(one.then for one in table.rows if one.id == row)


def facts(**given: object) -> Document:
    """The facts that are known."""
    return {name: value for name, value in given.items() if value is not None}


def combinations(names: Iterable[str], values: Iterable[object]) -> Iterable[Document]:
    """Each document in which each of the names has one of the values, or is unknown."""
    names, values = tuple(names), tuple(values)
    for chosen in itertools.product(values, repeat=len(names)):
        yield facts(**dict(zip(names, chosen, strict=True)))


def crossed(values: Mapping[str, Iterable[object]]) -> Iterable[Document]:
    """Each document in which each name has one of its own values; None leaves it unknown."""
    for chosen in itertools.product(*values.values()):
        yield facts(**dict(zip(values, chosen, strict=True)))
