"""The network joins what it is told to join, and is told it in JSON."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import b2brules
from b2brules.engines.rete import MAXIMUM_FACTS, Fact, Network, NetworkError, Pattern

durable_rules_engine = pytest.importorskip(
    "durable_rules_engine", reason="durable-rules does not run on Python 3.13"
)

ROOT = Path(__file__).parents[2]


def test_too_many_rules_are_refused_by_name_before_any_of_them_runs() -> None:
    rules = {f"r{number}": [Pattern("deal", number)] for number in range(4_001)}
    with pytest.raises(NetworkError, match="4000 rows and recommendations at most"):
        Network(rules, dict.fromkeys(rules, 0))
    long = {"wide": [Pattern("deal", number) for number in range(13)]}
    with pytest.raises(NetworkError, match="`wide` joins 13 things"):
        Network(long, {"wide": 0})


def test_the_agenda_fires_by_priority() -> None:
    rules = {"late": [Pattern("deal", 0)], "early": [Pattern("deal", 1)]}
    network = Network(rules, {"late": 5, "early": 1})
    with network.memory() as memory:
        memory.assert_facts([Fact(kind="deal", keys=(), flags=(0, 1))])
        assert [name for name, _ in memory.fire()] == ["early", "late"]


def test_a_working_memory_begins_empty_even_after_an_error() -> None:
    network = Network({"rule": [Pattern("deal", 0)]}, {"rule": 0})

    def break_off() -> None:
        with network.memory() as memory:
            memory.assert_facts([Fact(kind="deal", keys=(), flags=(0,))])
            raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            break_off()
    with network.memory() as memory:
        assert memory.fire() == []


KINDS = {"deal": 0, "person": 1, "need": 1, "pair": 2}
"""How many keys a fact of each kind has."""


@st.composite
def networks(draw: st.DrawFn) -> dict[str, list[Pattern]]:
    """Rules as the durable engine makes them: a flag of its own for each pattern, edges behind."""
    count: Counter[str] = Counter()
    rules: dict[str, list[Pattern]] = {}
    for number in range(draw(st.integers(1, 12))):
        things = draw(st.lists(st.sampled_from(["person", "need"]), max_size=3))
        first = ["deal"] if not things or draw(st.booleans()) else []
        patterns: list[Pattern] = []
        for kind in [*first, *things, *["pair"] * draw(st.integers(0, 3))]:
            joins: tuple[int | None, ...] = ()
            if kind == "pair":
                before = [at for at, pattern in enumerate(patterns) if KINDS[pattern.kind] == 1]
                joins = draw(st.tuples(*[st.sampled_from([*before, None])] * 2))
            patterns.append(Pattern(kind, count[kind], joins))
            count[kind] += draw(st.sampled_from([1, 1, 1, 15, 300]))
        rules[f"rule {number}"] = patterns
    return rules


Keys: TypeAlias = tuple[tuple[int, ...], ...]


def are_different(patterns: Sequence[Pattern], keys: Keys) -> bool:
    """Whether no fact stands for two patterns: the network is not clear about these."""
    kinds = [pattern.kind for pattern in patterns]
    return len(set(zip(kinds, keys, strict=True))) == len(keys)


def joined(patterns: Sequence[Pattern], facts: Sequence[Fact]) -> Iterator[Keys]:
    """What a rule fires for, found out by trying everything."""
    passing = [
        [fact.keys for fact in facts if fact.kind == one.kind and one.flag in fact.flags]
        for one in patterns
    ]
    for keys in itertools.product(*passing):
        if are_different(patterns, keys) and all(
            other is None or keys[at][place] == keys[other][0]
            for at, one in enumerate(patterns)
            for place, other in enumerate(one.joins)
        ):
            yield keys


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), rules=networks())
def test_the_network_joins_what_a_loop_over_everything_joins(data, rules) -> None:
    network = Network(rules, dict.fromkeys(rules, 0))
    flags: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for pattern in itertools.chain.from_iterable(rules.values()):
        flags[pattern.kind].append(pattern.flag)
    places = [
        (kind, keys)
        for kind, number in KINDS.items()
        for keys in itertools.product(range(3), repeat=number)
        if flags[kind]
    ]
    for _ in range(2):
        facts = [
            Fact(kind, keys, tuple(sorted(passed)))
            for kind, keys in places
            if (passed := data.draw(st.sets(st.sampled_from(flags[kind]))))
        ]
        wanted = [(name, keys) for name, rule in rules.items() for keys in joined(rule, facts)]
        with network.memory() as memory:
            at = data.draw(st.integers(0, len(facts)))
            memory.assert_facts(facts[:at])
            fired = memory.fire()
            memory.assert_facts(facts[at:])
            fired += memory.fire()
        different = [(name, keys) for name, keys in fired if are_different(rules[name], keys)]
        assert Counter(different) == Counter(wanted)


def test_what_goes_into_the_network_is_json_and_numbers_alone(monkeypatch) -> None:
    messages: list[str] = []
    assert_fact = durable_rules_engine.assert_fact

    def recording(handle: int, message: str) -> Any:
        messages.append(message)
        return assert_fact(handle, message)

    monkeypatch.setattr(durable_rules_engine, "assert_fact", recording)
    book = b2brules.load_rulebook()
    deal = book.read(ROOT / "tests" / "benchmarks" / "full_deal.yaml")
    book.evaluate(deal, as_of=date(2026, 11, 21), engine="durable")
    assert len(messages) > 100
    for message in messages:
        fact = json.loads(message)
        assert message.replace(" ", "") == json.dumps(fact, separators=(",", ":"))
        assert fact.pop("sid") == "0"
        assert fact.pop("id") == "start" or fact.pop("one") == 1
        assert {type(value) for value in fact.values()} <= {int, bool}


def test_a_firing_that_cannot_be_read_is_an_error(monkeypatch) -> None:
    network = Network({"rule": [Pattern("deal", 0), Pattern("person", 0)]}, {"rule": 0})
    for message in (
        '{"r1":{"m0":{"sid":"0","id":"0"}}}',
        '{"r0":{"m0":{"sid":"0","id":"0","kind":1}}}',
        '{"r0":[{"m0":{"sid":"0","id":"0","kind":1}}]}',
    ):
        with network.memory() as memory:
            memory.assert_facts([Fact("deal", (), (0,))])
            with monkeypatch.context() as patch:
                patch.setattr(
                    durable_rules_engine,
                    "start_action_for_state",
                    lambda *_, message=message: (None, message),
                )
                with pytest.raises(NetworkError, match="has fired"):
                    memory.fire()


def fnv_1a(text: str) -> int:
    """The hash by which the network tells ids apart."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def test_no_two_facts_have_ids_that_the_network_takes_for_the_same() -> None:
    assert fnv_1a("costarring") == fnv_1a("liquid")
    ids = ["start", "sid-0", *map(str, range(MAXIMUM_FACTS))]
    assert len(set(map(fnv_1a, ids))) == MAXIMUM_FACTS + 2
