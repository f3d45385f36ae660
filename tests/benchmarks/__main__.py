"""Measure: `python -m tests.benchmarks`. Ratios in one run; equality is verified before time is
taken; a calibration loop says how fast this machine is just now.

`python -m tests.benchmarks sessions` measures live deals alone, over 100,000 changes on each
engine: some ten minutes.
"""

from __future__ import annotations

import datetime
import gc
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import b2brules
from b2brules.engines import ENGINES, durable
from tests.benchmarks.live import measure_sessions
from tests.benchmarks.peers import PEERS, Run
from tests.benchmarks.workload import Facts, answer, make_facts

AS_OF = datetime.date(2026, 11, 21)
FULL_DEAL = Path(__file__).with_name("full_deal.yaml")
ROUNDS = 7


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes, garbage collection left out."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    action()
    taken = time.perf_counter() - start
    gc.enable()
    return taken


def calibrate() -> float:
    """Return the seconds of a loop that never changes: 3,000,000 additions."""

    def loop() -> int:
        total = 0
        for number in range(3_000_000):
            total += number
        return total

    return statistics.median(seconds(loop) for _ in range(3))


def compare_workload(deals: list[Facts]) -> None:
    """Print how many deals a second each engine answers, and the ratios to one another."""
    wanted = [answer(facts) for facts in deals]
    runs: dict[str, Run] = {}
    for name, build in PEERS.items():
        try:
            run = build()
        except ModuleNotFoundError as missing:
            print(f"  {name:28} not installed ({missing.name})")
            continue
        assert run(deals) == wanted, f"{name} answers otherwise"
        runs[name] = run
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):  # in turn, so that a slow moment slows all of them
        for name, run in runs.items():
            taken[name].append(seconds(lambda run=run: run(deals)))  # type: ignore[misc]
    ours = statistics.median(taken["b2brules, evaluate_many"])
    for name, rounds in taken.items():
        median = statistics.median(rounds)
        print(
            f"  {name:28} {len(deals) / median:12,.0f} a second   {median / ours:6.2f} x our time"
        )


def measure_full_deal() -> None:
    """Print the median time of the shipped rulebook on a deal with 8 people and 3 competitors."""
    book = b2brules.load_rulebook()
    deal = book.read(FULL_DEAL)
    remembered = durable.REMEMBERED
    # A deal that was not seen before: what fired for the last ones is not remembered.
    durable.REMEMBERED = 0
    for engine in ENGINES:
        rounds = 300 if engine == "python" else 30
        book.evaluate(deal, as_of=AS_OF, engine=engine)
        gc.collect()
        gc.disable()  # once: collecting before each round would empty the processor's caches
        taken = []
        for _ in range(rounds):
            start = time.perf_counter()
            book.evaluate(deal, as_of=AS_OF, engine=engine)
            taken.append(time.perf_counter() - start)
        gc.enable()
        print(f"  full deal, {engine:9} {statistics.median(taken) * 1e6:10,.0f} µs")
    durable.REMEMBERED = remembered
    for _ in range(1_000):
        book.evaluate(deal, as_of=AS_OF)
    before = peak_memory()
    for _ in range(100_000):
        book.evaluate(deal, as_of=AS_OF)
    print(f"  peak memory over 100,000 evaluations {peak_memory() - before:+,} KiB of {before:,}")


def peak_memory() -> int:
    """Return the most memory that this process has held so far, in KiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def measure_start() -> None:
    """Print the time of an import, and of loading and checking the shipped rulebook."""
    for what, code in {
        "import b2brules": "import b2brules",
        "load and check": "book = b2brules.load_rulebook()",
    }.items():
        prepare = "" if what.startswith("import") else "import b2brules, b2brules.rulebook; "
        script = (
            f"import time; {prepare}s = time.perf_counter(); {code}; print(time.perf_counter() - s)"
        )
        taken = [
            float(subprocess.check_output([sys.executable, "-c", script])) for _ in range(ROUNDS)
        ]
        print(f"  {what:28} {statistics.median(taken) * 1000:8.0f} ms")


def main(asked: list[str]) -> None:
    """Measure everything, or what is asked for."""
    print(f"calibration: {calibrate() * 1000:.0f} ms for 3,000,000 additions")
    if asked != ["sessions"]:
        print("the workload, 2,000 deals of which everything is known:")
        compare_workload(make_facts(2_000))
        print("the shipped rulebook:")
        measure_start()
        measure_full_deal()
    print("live deals:")
    measure_sessions(100_000 if asked == ["sessions"] else 3_000)
    print(f"calibration: {calibrate() * 1000:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
