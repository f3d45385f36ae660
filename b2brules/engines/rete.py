"""A Rete network by durable-rules, driven in the few ways that were measured to be safe.

durable-rules is fast at joins, and ordinary-looking rules can crash the process: joins on anything
but equality, arithmetic across facts, many conditions side by side, many sessions at once. So this
module gives it flags and keys alone. A fact has a kind, the flags of the patterns that it passes,
and keys; a pattern asks for a kind and a flag, and that keys equal those of facts matched before.
What a flag means is known to the caller, who has computed it. The C module is called directly:
no host, no threads, no swallowed errors; one session, emptied after each use, under a lock.
"""

from __future__ import annotations

import json
import os
import re
import threading
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import define, field, frozen

from b2brules.ruleset.loading import MAXIMUM_RULES

SIBLINGS = 16
"""How many conditions stand side by side at most: more than 64 true ones are an error in C."""

MAXIMUM_PATTERNS = 12

MAXIMUM_FACTS = 50_000
"""How many facts there are at once at most: each takes 10 KiB in C, and the time of many more."""

_SESSION = "0"
_START = 0
"""The kind of the fact that a use begins with."""

_FLAG = '"f%d":true'

_PLACES = tuple(str(place) for place in range(MAXIMUM_PATTERNS))

# A firing names its rule, and for each pattern the fact as it was asserted, with the id in front.
# Nothing else in it looks like this, for a fact holds no text but our own names.
_MATCHED = re.compile(rf'"m(\d+)":{{"sid":"{_SESSION}","id":"(\d+)",')
_FIRED = re.compile(rf'{{"(r\d+)":{{"m0":{{"sid":"{_SESSION}","id":"(\d+)",')


class NetworkError(Exception):
    """The network cannot hold the rules or the facts, or has lost one; its text says which."""


@frozen
class Pattern:
    """What one fact of a match has to be.

    Args:
        kind: The kind of the fact.
        flag: The number of the flag that it has; each kind counts its own.
        joins: For each of the fact's keys, in order, the pattern (by its place in the rule) whose
            first key it equals; ``None`` where it may be anything.
    """

    kind: str
    flag: int
    joins: tuple[int | None, ...] = ()


@frozen
class Fact:
    """A fact to be asserted.

    Args:
        kind: Its kind.
        keys: What other facts are joined by; equal numbers join.
        flags: The flags that it has.
    """

    kind: str
    keys: tuple[int, ...]
    flags: tuple[int, ...]


Firing = tuple[str, tuple[tuple[int, ...], ...]]
"""The rule that fired, and the keys of the facts that it matched, a pattern each."""


class Network:
    """Rules of patterns, compiled once; each use of it begins with an empty working memory.

    Args:
        rules: The patterns of each rule, by its name.
        priorities: For each rule its place on the agenda: lower ones fire first.

    Raises:
        NetworkError: There are too many rules, or patterns in one of them.
    """

    def __init__(
        self, rules: Mapping[str, Sequence[Pattern]], priorities: Mapping[str, int]
    ) -> None:
        import durable_rules_engine

        if len(rules) > MAXIMUM_RULES:
            raise NetworkError(
                f"the durable engine runs {MAXIMUM_RULES} rows and recommendations at most, and "
                f"there are {len(rules)}"
            )
        for name, patterns in rules.items():
            if len(patterns) > MAXIMUM_PATTERNS:
                raise NetworkError(
                    f"`{name}` joins {len(patterns)} things, and the durable engine joins "
                    f"{MAXIMUM_PATTERNS} at most"
                )
        self._engine: Any = durable_rules_engine
        self._lock = threading.Lock()
        self._is_clean = True
        names = {name: f"r{number}" for number, name in enumerate(rules)}
        # Numbers alone go into the network: a kind is one, too.
        kinds = {pattern.kind for patterns in rules.values() for pattern in patterns}
        self._kinds = {kind: number for number, kind in enumerate(sorted(kinds), start=_START + 1)}
        self._rules = {names[name]: (name, len(patterns)) for name, patterns in rules.items()}
        text = json.dumps(
            {
                "start": {"all": [{"m": {"kind": _START}}]},
                **{
                    names[name]: {
                        "pri": priorities[name],
                        "all": _conditions(patterns, self._kinds),
                    }
                    for name, patterns in rules.items()
                },
            }
        )
        self._handle: int = self._engine.create_ruleset("rules", text)
        _NETWORKS.add(self)
        weakref.finalize(self, self._engine.delete_ruleset, self._handle)

    @contextmanager
    def memory(self) -> Iterator[Memory]:
        """Open an empty working memory, and empty it at the end."""
        with self._lock:
            if not self._is_clean:
                # Something, such as Ctrl-C, kept the last one from being emptied.
                self._empty()
            self._is_clean = False
            try:
                yield Memory(self._engine, self._handle, self._kinds, self._rules, self._start())
            finally:
                self._empty()

    def forget_other_threads(self) -> None:
        """Be free again in a process that was forked off: other threads have stayed behind."""
        self._lock = threading.Lock()

    def _start(self) -> int:
        """Let a first rule fire: without that, there is no state that could be deleted."""
        message = json.dumps({"sid": _SESSION, "id": "start", "kind": _START})
        state: int = self._engine.assert_fact(self._handle, message)[1]
        fired = self._engine.start_action_for_state(self._handle, state)
        while fired is not None and fired[1]:
            fired = (None, self._engine.complete_and_start_action(self._handle, state))
        return state

    def _empty(self) -> None:
        # A start that was interrupted is made up for; one that was not is known already.
        self._start()
        self._engine.delete_state(self._handle, _SESSION)
        self._is_clean = True


_NETWORKS: weakref.WeakSet[Network] = weakref.WeakSet()


def _go_on_after_fork() -> None:
    for network in _NETWORKS:
        network.forget_other_threads()


if hasattr(os, "register_at_fork"):  # not on Windows, where nothing forks
    os.register_at_fork(after_in_child=_go_on_after_fork)


@define
class Memory:
    """A working memory: facts are asserted, and rules fire for those that match."""

    _engine: Any
    _handle: int
    _kinds: Mapping[str, int]
    _rules: Mapping[str, tuple[str, int]]
    _state: int
    _keys: dict[str, tuple[int, ...]] = field(init=False, factory=dict)

    def assert_facts(self, facts: Iterable[Fact]) -> None:
        """Put facts into the working memory; a fact has at least one flag.

        Raises:
            NetworkError: There are too many, or one of them was not taken.
        """
        messages = list(self._write(facts))
        if len(self._keys) > MAXIMUM_FACTS:
            raise NetworkError(
                f"the deal comes to {len(self._keys)} facts and pairs of things, and the durable "
                f"engine holds {MAXIMUM_FACTS} at most; another engine can take them"
            )
        for message in messages:
            code, _ = self._engine.assert_fact(self._handle, message)
            if code:
                raise NetworkError(f"the durable engine has lost a fact (code {code})")

    def _write(self, facts: Iterable[Fact]) -> Iterator[str]:
        """Write the facts down, as JSON: a third of the time that a library takes."""
        for fact in facts:
            buckets: dict[int, list[int]] = {}
            for flag in fact.flags:
                buckets.setdefault(flag // SIBLINGS, []).append(flag)
            kind = self._kinds[fact.kind]
            keys = "".join([f',"k{place}":{key}' for place, key in enumerate(fact.keys)])
            for bucket, flags in buckets.items():
                # A short id of its own: the network tells ids apart by 32 bits of a hash.
                id = str(len(self._keys))
                self._keys[id] = fact.keys
                yield (
                    f'{{"sid":"{_SESSION}","id":"{id}","kind":{kind},'
                    f'"shelf":{bucket // SIBLINGS},"bucket":{bucket},"one":1{keys},'
                    f"{','.join([_FLAG % flag for flag in flags])}}}"
                )

    def fire(self) -> list[Firing]:
        """Fire what is on the agenda, and return it."""
        found: list[Firing] = []
        started = self._engine.start_action_for_state(self._handle, self._state)
        message = started[1] if started is not None else None
        while message:
            found.append(self._read(message))
            message = self._engine.complete_and_start_action(self._handle, self._state)
        return found

    def _read(self, message: str) -> Firing:
        fired = _FIRED.match(message)
        if fired is None:
            raise NetworkError(f"the durable engine has fired what is no rule: {message:.80}")
        short, id = fired.groups()
        rule, size = self._rules[short]
        if size == 1:
            return rule, (self._keys[id],)
        matched = dict(_MATCHED.findall(message))
        if len(matched) != size:
            raise NetworkError(f"the durable engine has fired `{rule}` without all of its facts")
        return rule, tuple([self._keys[matched[place]] for place in _PLACES[:size]])


def _conditions(patterns: Sequence[Pattern], kinds: Mapping[str, int]) -> list[dict[str, object]]:
    """Return a rule's patterns as durable-rules writes them."""
    found: list[dict[str, object]] = []
    for place, pattern in enumerate(patterns):
        bucket = pattern.flag // SIBLINGS
        asked: list[dict[str, object]] = [
            {"kind": kinds[pattern.kind]},
            {"shelf": bucket // SIBLINGS},
            {"bucket": bucket},
            {f"f{pattern.flag}": True},
        ]
        asked += [
            {f"k{key}": {f"m{other}": "k0"}}
            for key, other in enumerate(pattern.joins)
            if other is not None
        ]
        if place:
            # A join that ends in a false comparison reads past the end; this one is always true.
            asked.append({"one": {"m0": "one"}})
        found.append({f"m{place}": {"$and": asked}})
    return found
