"""Live deals: what one change costs, what open deals weigh, and whether changes leave anything."""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import time
from datetime import date
from pathlib import Path

from attrs import evolve

import b2brules
from b2brules import Opportunity, Rulebook, Session
from b2brules.engines import ENGINES

AS_OF = date(2026, 11, 21)
FULL_DEAL = Path(__file__).with_name("full_deal.yaml")
WORDS = ("enemy", "neutral", "supporter", "mentor")


def change(session: Session, deal: str, person: str, number: int) -> int:
    """Change one fact, another one each time, and return how much advice that has changed."""
    if number % 3:
        facts: dict[str, object] = {f"people[{person}].support": WORDS[number % 4]}
    else:
        facts = {"superiority": number % 9 + 1}
    difference = session.update(deal, facts)
    return len(difference.decisions) + len(difference.recommendations)


def measure_changes(book: Rulebook, deal: Opportunity, rounds: int = 100) -> None:
    """Print the median time of one change to a full deal, its difference included."""
    assert deal.people is not None
    person = deal.people[0].id
    for engine in [one for one in ENGINES if one != "reference"]:
        with book.session(as_of=AS_OF, engine=engine) as session:
            session.assert_facts("d1", deal)
            change(session, "d1", person, 0)
            gc.collect()
            gc.disable()  # once: collecting before each round would empty the processor's caches
            taken = []
            for number in range(1, rounds + 1):
                start = time.perf_counter()
                change(session, "d1", person, number)
                taken.append(time.perf_counter() - start)
            gc.enable()
            said = session.advice("d1")
            assert said == book.evaluate(session.facts("d1"), as_of=AS_OF, engine="reference")
        median = statistics.median(taken) * 1000
        print(f"  one change, {engine:9} {median:10.2f} ms at the median of {rounds}")


def measure_open_deals(book: Rulebook, deal: Opportunity, count: int = 1_000) -> None:
    """Print what open deals weigh that share no fact with one another."""
    with book.session(as_of=AS_OF) as session:
        session.assert_facts("first", deal)
        gc.collect()
        before = memory()
        for number in range(count):
            assert session.assert_facts(f"d{number}", _another(deal, number))
        gc.collect()
        weight = (memory() - before) / 1024
        print(f"  {count:,} open deals {weight:19,.0f} MiB")
        for number in range(count):
            session.close_deal(f"d{number}")
        gc.collect()
        left = (memory() - before) / 1024
        print(f"  all of them closed {left:17,.0f} MiB are still held")


def _another(deal: Opportunity, number: int) -> Opportunity:
    """Return a deal with names of its own, as another customer has them."""
    people = tuple(evolve(one, name=f"{one.name} {number}") for one in deal.people or ())
    return evolve(deal, name=f"{deal.name} {number}", people=people)


def measure_growth(book: Rulebook, deal: Opportunity, engine: str, count: int) -> None:
    """Print how much more memory is held after many changes than after some."""
    assert deal.people is not None
    person = deal.people[0].id
    with book.session(as_of=AS_OF, engine=engine) as session:
        session.assert_facts("d1", deal)
        for number in range(1_000):
            change(session, "d1", person, number)
        gc.collect()
        before, start = memory(), time.perf_counter()
        for number in range(count):
            change(session, "d1", person, number)
        taken = time.perf_counter() - start
        gc.collect()
        grown = memory() - before
    print(
        f"  memory over {count:,} changes, {engine:9} {grown:+,} KiB of {before:,} "
        f"({taken / count * 1000:.2f} ms each)"
    )


def memory() -> int:
    """Return the memory that this process holds now, in KiB; where that is not told, the most."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def measure_sessions(changes: int) -> None:
    """Print all of it.

    Args:
        changes: How many changes memory is watched over, on each engine.
    """
    book = b2brules.load_rulebook()
    deal = book.read(FULL_DEAL)
    assert isinstance(deal, Opportunity)
    measure_changes(book, deal)
    measure_open_deals(book, deal)
    for engine in [one for one in ENGINES if one != "reference"]:
        measure_growth(book, deal, engine, changes)
