"""The durable engine: durable-rules' Rete network joins what holds, stratum by stratum.

Facts go into the working memory as flags, one for each pattern that holds or may hold of them, and
as edges between things. The network joins them, and fires; in Python stands what it cannot do
safely: the tests of one fact and of one edge (:mod:`b2brules.engines.strata`), and the scan of a
decision's rows, which asks what did not fire.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any, TypeAlias

from attrs import frozen

from b2brules.advice.conclusions import Conclusion, Conclusions, Match, Verdict
from b2brules.advice.override import NO_OVERRIDES, Overrides, in_force
from b2brules.engines.expressions import mask_of
from b2brules.engines.rete import Fact, Memory, Network, Pattern
from b2brules.engines.runtime import compile_run
from b2brules.engines.strata import (
    Found,
    Indices,
    Place,
    Plan,
    Rule,
    Run,
    StrataWriter,
    row_name,
)
from b2brules.facts import Account
from b2brules.facts.review import Deal
from b2brules.language import ListPath
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book, DecisionKey, Table

Held: TypeAlias = Mapping[str, Mapping[Indices, bool]]
"""For each rule that fired, the things that it fired for, and whether it holds for certain."""

Lists: TypeAlias = Mapping[ListPath, Sequence[Any]]
"""The things of each list of a deal; none where the list is unknown."""


@frozen
class _Reading:
    """How a firing of a rule is read.

    Args:
        numbers: The numbers of its patterns, in the order in which the network has them.
        things: Those of them that are about one thing: each binds a variable.
        alike: Pairs of variables over one list, which the network does not tell apart.
    """

    numbers: tuple[int, ...]
    things: slice
    alike: tuple[tuple[int, int], ...]

    def match(
        self, keys: Sequence[Indices], certain: set[tuple[int, Indices]]
    ) -> tuple[Indices, bool] | None:
        """Return what each variable stands for, and whether all patterns hold for certain there.

        Returns:
            ``None`` where two variables stand for the same thing: the rule is for different ones.
        """
        if len(keys) == 1:
            return keys[0], (self.numbers[0], keys[0]) in certain
        bound = tuple([index for (index,) in keys[self.things]])
        for one, other in self.alike:
            if bound[one] == bound[other]:
                return None
        return bound, certain.issuperset(zip(self.numbers, keys, strict=True))


REMEMBERED = 16
"""How many strata are remembered with what fired in them: those of the last few deals."""


class DurableEngine:
    """A book, run by a Rete network.

    Raises:
        NetworkError: The book has more rules than the network can hold.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._plan = Plan(book)
        self._flags: dict[int, tuple[str, int]] = {}
        count: Counter[str] = Counter()
        for rule in self._plan.rules.values():
            for pattern in rule.patterns:
                kind = _kind(pattern.place)
                self._flags[pattern.number] = kind, count[kind]
                count[kind] += 1
        self._readings = {name: _reading(rule) for name, rule in self._plan.rules.items()}
        self._lists = tuple(book.vocabulary.lists())
        # Rows come before recommendations, and these in the order of their priority.
        priorities = dict.fromkeys(self._plan.rules, 0)
        priorities |= {rule.id: rule.priority for rule in book.recommendations.values()}
        # Recommendations that are for no thing match in two ways.
        self._of_the_deal = {
            (rule, holds): Match(rule=rule, bindings=(), certain=holds)
            for rule in book.recommendations
            for holds in (True, False)
        }
        patterns = {name: self._patterns(rule) for name, rule in self._plan.rules.items()}
        self._fired: dict[tuple[Found, ...], Held] = {}
        self._network = Network(patterns, priorities)

    def _patterns(self, rule: Rule) -> list[Pattern]:
        """Return a rule's patterns for the network: edges join the things that stand before."""
        things = {
            pattern.variables[0]: place
            for place, pattern in enumerate(rule.patterns)
            if len(pattern.variables) == 1
        }
        return [
            Pattern(
                kind=self._flags[pattern.number][0],
                flag=self._flags[pattern.number][1],
                joins=tuple(things[variable] for variable in pattern.variables)
                if len(pattern.variables) > 1
                else (),
            )
            for pattern in rule.patterns
        ]

    def conclude(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Conclusions:
        """Return what the rules make of a deal."""
        if isinstance(deal, Account):
            whole = self._book.vocabulary.root(account=deal)
            return self._conclude(self._of_accounts, whole, as_of, rates, overrides)
        return self._conclude(self._of_deals, deal, as_of, rates, overrides)

    def decide(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Mapping[DecisionKey, Conclusion]:
        """Return the decisions alone."""
        return self.conclude(deal, as_of, rates, overrides).decisions

    def conclude_flat(self, known: Mapping[str, object], as_of: date, rates: Rates) -> Conclusions:
        """Return what the rules make of a deal that is given by its known facts."""
        return self.conclude(self._book.vocabulary.root(**known), as_of, rates)

    @cached_property
    def _of_deals(self) -> Run:
        book = self._book
        return self._generate(frozenset(book.decisions), frozenset(book.recommendations))

    @cached_property
    def _of_accounts(self) -> Run:
        book = self._book
        return self._generate(
            frozenset(book.decisions) - book.deal_decisions,
            frozenset(book.recommendations) - book.deal_recommendations,
        )

    def _generate(self, decisions: frozenset[str], recommendations: frozenset[str]) -> Run:
        writer = StrataWriter(self._plan)
        text = writer.write(decisions, recommendations)
        return compile_run(text, writer.source.namespace, f"<strata {self._book.fingerprint}>")

    # --- running --------------------------------------------------------------------------------

    def _conclude(
        self, run: Run, deal: Any, as_of: date, rates: Rates, overrides: Overrides
    ) -> Conclusions:
        lists = {path: _things(deal, path) for path in self._lists}
        made: dict[str, Sequence[Conclusion]] = {}
        masks: dict[str, int | list[int]] | None = None
        overruling = _Overruling(self._book, lists, overrides)
        with self._network.memory() as memory:
            steps = run(deal, as_of, rates, made, overruling.in_force)
            while True:
                tables, found = steps.send(masks)
                held = self._fire(memory, found)
                if not tables:
                    break
                masks = {}
                for table in tables:
                    masks[table.name], own = _scan_each(table, held, lists)
                    made[table.name] = overruling.in_force(table.name, own)
                    if made[table.name] is not own:
                        masks[table.name] = _masks(table, made[table.name])
        return Conclusions(
            decisions=dict(self._decisions(made, lists)),
            matches=tuple(self._matches(held, lists)),
            set_aside=overruling.set_aside,
        )

    def _fire(self, memory: Memory, found: Sequence[Found]) -> Held:
        """Return what fires for what was found: by the network, unless it has just been seen.

        One fact of a live deal changes what is found in a stratum or two; the others fire as they
        did for the deal before. The network's lock is held.
        """
        seen = tuple(found)
        held = self._fired.pop(seen, None)
        if held is None:
            held = self._join(memory, found)
        self._fired[seen] = held
        if len(self._fired) > REMEMBERED:
            del self._fired[next(iter(self._fired))]
        return held

    def _join(self, memory: Memory, found: Sequence[Found]) -> Held:
        """Put what was found into the working memory, and return what fires."""
        flags: dict[tuple[str, Indices], list[int]] = {}
        for number, indices, _ in found:
            kind, flag = self._flags[number]
            flags.setdefault((kind, indices), []).append(flag)
        memory.assert_facts(
            Fact(kind=kind, keys=indices, flags=tuple(passed))
            for (kind, indices), passed in flags.items()
        )
        certain = {(number, indices) for number, indices, truth in found if truth}
        held: dict[str, dict[Indices, bool]] = {}
        for name, keys in memory.fire():
            match = self._readings[name].match(keys, certain)
            if match is not None:
                bound, holds = match
                held.setdefault(name, {})[bound] = holds
        return held

    def _decisions(
        self, made: Mapping[str, Sequence[Conclusion]], lists: Lists
    ) -> Iterator[tuple[DecisionKey, Conclusion]]:
        for name, decision in self._book.decisions.items():
            if name in made and decision.binding is None:
                yield (name, None), made[name][0]
            elif name in made and decision.binding is not None:
                things = lists[decision.binding.list]
                for thing, conclusion in zip(things, made[name], strict=True):
                    yield (name, thing.id), conclusion

    def _matches(self, held: Held, lists: Lists) -> Iterator[Match]:
        ids = {path: [thing.id for thing in things] for path, things in lists.items()}
        for rule in self._book.recommendations:
            if rule not in held:
                continue
            if () in held[rule]:
                yield self._of_the_deal[rule, held[rule][()]]
                continue
            named = [ids[path] for path in self._plan.rules[rule].lists]
            for bound, certain in sorted(held[rule].items()):
                things = zip(named, bound, strict=True)
                bindings = tuple([listed[index] for listed, index in things])
                yield Match(rule=rule, bindings=bindings, certain=certain)


class _Overruling:
    """What the overrides of a deal make of its decisions, one after another."""

    def __init__(self, book: Book, lists: Lists, overrides: Overrides) -> None:
        self._book = book
        self._lists = lists
        self._overrides = overrides
        self._names = {name for name, _ in overrides}
        self.set_aside: dict[DecisionKey, Conclusion] = {}

    def in_force(self, name: str, own: Sequence[Conclusion]) -> Sequence[Conclusion]:
        """Return what is in force of what a decision came to, for the deal or for each thing."""
        if name not in self._names:
            return own
        binding = self._book.decisions[name].binding
        ids = [None] if binding is None else [thing.id for thing in self._lists[binding.list]]
        made = list(own)
        for place, id in enumerate(ids):
            override = self._overrides.get((name, id))
            if override is not None:
                self.set_aside[name, id] = own[place]
                made[place] = in_force(override, own[place])
        return made


def _kind(place: Place) -> str:
    return " ".join(".".join(path) for path in place) or "deal"


def _things(deal: Any, path: ListPath) -> Sequence[Any]:
    holder = deal
    for name in path:
        holder = None if holder is None else getattr(holder, name)
    return holder or ()


def _reading(rule: Rule) -> _Reading:
    kinds = [len(pattern.variables) for pattern in rule.patterns]
    over = enumerate(rule.lists)
    return _Reading(
        numbers=tuple(pattern.number for pattern in rule.patterns),
        things=slice(kinds.count(0), kinds.count(0) + kinds.count(1)),
        alike=tuple(
            (one, other) for (one, list), (other, same) in combinations(over, 2) if list == same
        ),
    )


def _scan_each(table: Table, held: Held, lists: Lists) -> tuple[int | list[int], Sequence[Verdict]]:
    """Return what a decision comes to, for the deal or for each thing: candidates and verdict."""
    if table.binding is None:
        mask, verdict = _scan(table, held, ())
        return mask, (verdict,)
    scanned = [_scan(table, held, (index,)) for index in range(len(lists[table.binding.list]))]
    return [mask for mask, _ in scanned], [verdict for _, verdict in scanned]


def _masks(table: Table, made: Sequence[Conclusion]) -> int | list[int]:
    masks = [mask_of(one.candidates, table.outcomes) for one in made if isinstance(one, Verdict)]
    return masks[0] if table.binding is None else masks


def _scan(table: Table, held: Held, indices: Indices) -> tuple[int, Verdict]:
    """Scan the rows: one that may hold leaves its outcome possible, one that holds ends it."""
    first: dict[str, str] = {}
    ended = None
    for row in table.rows:
        certain = held.get(row_name(table, row), {}).get(indices)
        if certain is not None:
            first.setdefault(row.then, row.id)
        if certain:
            ended = row.id
            break
    candidates = tuple(outcome for outcome in table.outcomes if outcome in first)
    mask = sum(1 << bit for bit, outcome in enumerate(table.outcomes) if outcome in first)
    if len(candidates) != 1:
        return mask, Verdict(candidates=candidates, rule=None)
    return mask, Verdict(candidates=candidates, rule=ended or first[candidates[0]])
