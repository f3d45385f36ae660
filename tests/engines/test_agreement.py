"""The laws hold of the shipped rulebook and of any other: over generated deals and rule files.

`make test` looks at more than 5,000 deals of the shipped rulebook and 200 rulebooks with several
deals each, `make fuzz` at more than 100,000 deals; every engine runs each of them. One example is a
deal that is filled in fact by fact, and each state of it counts as a deal. Counted once, as engines
were called: 5,343 deals of the shipped rulebook, and 9,600 deals of 242 rulebooks, no two the same.
"""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import b2brules
from b2brules import Rulebook
from b2brules.engines import ENGINES
from b2brules.testing import (
    agreement,
    citation,
    determinism,
    facts_for,
    fillings,
    nothing_silently_false,
    rates,
    refinement,
    rulebooks,
    rulesets,
    termination,
)

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
DAYS = st.sampled_from((TODAY, date(2024, 2, 29), date(2100, 1, 1)))
CHAIN = 4
"""How many states of a deal one example looks at."""

FUZZING = settings().max_examples > 1_000


def many(everyday: int, fuzz: int) -> settings:
    """So many examples in `make test`, and so many in `make fuzz`."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=fuzz if FUZZING else everyday, suppress_health_check=slow)


@functools.cache
def shipped() -> Rulebook:
    return b2brules.load_rulebook()


def states(data: st.DataObject, book: Rulebook, as_of: date, number: int) -> Iterator[Any]:
    """A deal, and the same deal with a fact more each time."""
    document = data.draw(facts_for(book, as_of=as_of))
    yield document
    for _ in range(number - 1):
        document = data.draw(fillings(book, document, as_of=as_of))
        yield document


def check_laws(
    book: Rulebook, deals: Iterator[Any], as_of: date, known: Mapping[str, Decimal]
) -> None:
    """Every engine agrees on each deal, and each only narrows the advice on the one before it."""
    before = next(deals)
    agreement(book, before, as_of=as_of, rates=known)
    for after in deals:
        agreement(book, after, as_of=as_of, rates=known)
        refinement(book, before, after, as_of=as_of, rates=known)
        before = after
    refinement(book, before, before, as_of=as_of, rates={}, rates_after=known)


# --- the shipped rulebook -------------------------------------------------------------------


# Parts of one test, so that both processes have work: 5,120 deals, and 102,400.
PARTS, EVERYDAY, FUZZ = 4, 320, 6_400


@pytest.mark.parametrize("part", range(PARTS))
@many(EVERYDAY, FUZZ)
@given(data=st.data(), as_of=DAYS, known=rates())
def test_the_engines_agree_and_facts_only_narrow_the_advice(part, data, as_of, known):
    check_laws(shipped(), states(data, shipped(), as_of, CHAIN), as_of, known)


def test_all_three_engines_look_at_as_many_deals_as_is_promised():
    assert PARTS * EVERYDAY * CHAIN >= 5_000
    assert PARTS * FUZZ * CHAIN >= 100_000
    if sys.version_info < (3, 13):
        assert set(ENGINES) >= {"durable", "python", "reference"}


@many(15, 400)
@given(data=st.data(), as_of=DAYS, known=rates())
def test_the_engines_agree_in_every_word(data, as_of, known):
    document = data.draw(facts_for(shipped(), as_of=as_of))
    agreement(shipped(), document, as_of=as_of, rates=known, words=True)


@many(15, 400)
@given(data=st.data(), known=rates())
def test_the_order_of_facts_does_not_change_a_byte(data, known):
    determinism(shipped(), data.draw(facts_for(shipped())), rates=known)


@many(50, 2_000)
@given(document=facts_for(shipped()))
def test_a_blank_is_unknown_and_a_wrong_fact_is_refused_by_name(document):
    nothing_silently_false(shipped(), document)


def test_every_shipped_rule_names_its_source_and_every_decision_comes_to_an_end():
    citation(shipped())
    termination(shipped())


# --- rules that once hid a mistake -----------------------------------------------------------


@functools.cache
def once_hidden() -> Rulebook:
    return b2brules.load_rulebook(ROOT / "tests" / "engines" / "once_hidden.yaml")


@many(150, 3_000)
@given(data=st.data(), as_of=DAYS, known=rates())
def test_the_laws_hold_of_rules_that_once_hid_a_mistake(data, as_of, known):
    check_laws(once_hidden(), states(data, once_hidden(), as_of, CHAIN), as_of, known)


# --- any rulebook ---------------------------------------------------------------------------


# 30 * 10 rulebooks with 8 * 4 deals each. After ten examples Hypothesis begins to change those that
# it has, instead of drawing new ones: five of six rulebooks would then be almost the one before.
@pytest.mark.parametrize("part", range(30))
@many(10, 100)
@given(data=st.data(), book=rulebooks(), as_of=DAYS, known=rates())
def test_the_laws_hold_of_any_rulebook(part, data, book, as_of, known):
    citation(book)
    termination(book)
    for _ in range(8):
        check_laws(book, states(data, book, as_of, CHAIN), as_of, known)


@many(15, 300)
@given(data=st.data(), book=rulebooks(), known=rates())
def test_any_rulebook_gives_the_same_words_for_the_same_facts(data, book, known):
    document = data.draw(facts_for(book))
    agreement(book, document, rates=known, words=True)
    determinism(book, document, rates=known)
    nothing_silently_false(book, document, rates=known)


@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), text=rulesets())
def test_the_json_does_not_depend_on_how_python_hashes(data, text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hashing")
    (folder / "generated.yaml").write_text(text, "utf-8")
    book = b2brules.load_rulebook(folder / "generated.yaml")
    generated = [data.draw(facts_for(book)) for _ in range(5)]
    deals = [data.draw(facts_for(shipped())) for _ in range(2)]
    for name, documents in {"generated": generated, "shipped": deals}.items():
        lines = [json.dumps(document, default=float) for document in documents]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    assert len({printed(folder, seed) for seed in ("0", "1", "2")}) == 1


PROGRAM = """
import datetime, sys
import b2brules
folder = sys.argv[1]
for name, paths in {"generated": [folder + "/generated.yaml"], "shipped": []}.items():
    book = b2brules.load_rulebook(*paths)
    for deal in book.read_many(f"{folder}/{name}.jsonl"):
        for engine in ("python", "reference"):
            advice = book.evaluate(deal, as_of=datetime.date(2026, 11, 21), engine=engine)
            print(advice.to_json())
"""


def printed(folder: Path, seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", PROGRAM, str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout
