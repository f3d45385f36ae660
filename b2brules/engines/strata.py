"""What a Rete network cannot do safely, as one generated function: each single test of a rule.

The book is cut into strata: decisions that read no other decision, those that read only these, and
so on, recommendations last. A rule of a stratum is cut into patterns, by the variables that a
condition reads: none (the deal), one thing, or several things, which is an edge between them. The
function computes where each pattern holds or may hold, stratum by stratum, and is told in between
what the decisions came to.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from attrs import frozen

from b2brules.engines.expressions import Expressions, Local, free_variables
from b2brules.engines.writing import Source
from b2brules.language import ListPath
from b2brules.language.tree import Always, Condition, DecisionValue
from b2brules.language.truth import Truth
from b2brules.language.values import Rates
from b2brules.language.walking import conjuncts, walk
from b2brules.ruleset.asking import asked_by
from b2brules.ruleset.model import Book, Clause, Decision, Formula, Recommendation, Row, Table

Place: TypeAlias = tuple[ListPath, ...]
"""The lists whose things a pattern is about; empty for the deal itself."""

Indices: TypeAlias = tuple[int, ...]
"""Things, by their places in their lists."""

Found: TypeAlias = tuple[int, Indices, Truth]
"""The number of a pattern, where it holds, and whether it does for certain."""

Masks: TypeAlias = Mapping[str, int | list[int]]
"""What the tables of a stratum came to: candidates as bits, a list of them for things."""

Run: TypeAlias = Callable[
    [Any, date, Rates, dict[str, Any], Callable[[str, Sequence[Any]], Sequence[Any]]],
    Generator[tuple[tuple[Table, ...], list[Found]], Masks | None, None],
]
"""Takes the deal, a mapping to put the values of formulas into, and what returns those that are in
force of a formula's values, for the deal or for each thing; yields for each stratum its tables and
where their patterns hold, and at last, without tables, those of recommendations."""


@frozen
class Pattern:
    """Conditions of one rule that read the same variables.

    Args:
        number: The pattern's own number.
        place: The lists of these variables.
        variables: Their places among the variables of the rule.
        conditions: What has to hold of them together.
    """

    number: int
    place: Place
    variables: tuple[int, ...]
    conditions: tuple[Condition, ...]


@frozen
class Rule:
    """A row or a recommendation, cut into patterns: first the deal, then things, then edges."""

    name: str
    variables: tuple[str, ...]
    lists: Place
    patterns: tuple[Pattern, ...]


def strata_of(book: Book) -> tuple[tuple[Decision, ...], ...]:
    """Return the decisions of a book by how many others stand between them and the facts.

    Formulas are calculated before any rule fires, so they count no step of their own.
    """
    level: dict[str, int] = {}
    for name, decision in book.decisions.items():
        nodes = (node for asked in asked_by(decision) for node in walk(asked))
        read = {node.name for node in nodes if isinstance(node, DecisionValue)} - {name}
        level[name] = max(
            (level[one] + isinstance(book.decisions[one], Table) for one in read), default=0
        )
    highest = max(level.values(), default=-1)
    return tuple(
        tuple(one for name, one in book.decisions.items() if level[name] == number)
        for number in range(highest + 1)
    )


def row_name(table: Table, row: Row) -> str:
    """Return the name of a row in the network."""
    return f"{table.name}.{row.id}"


class Plan:
    """The rules of a book, cut into patterns."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.strata = strata_of(book)
        self.rules: dict[str, Rule] = {}
        self._count = 0
        for decision in book.decisions.values():
            if isinstance(decision, Table):
                binding = decision.binding
                variables = () if binding is None else (binding.variable,)
                lists = () if binding is None else (binding.list,)
                for row in decision.rows:
                    name = row_name(decision, row)
                    self.rules[name] = Rule(
                        name=name,
                        variables=variables,
                        lists=lists,
                        # A decision is made for each thing on its own: one pattern has it all.
                        patterns=(
                            self._pattern(lists, tuple(range(len(lists))), _asked(row.clauses)),
                        ),
                    )
        for rule in book.recommendations.values():
            self.rules[rule.id] = self._cut(rule)

    def _pattern(
        self, lists: Place, variables: tuple[int, ...], conditions: Sequence[Condition]
    ) -> Pattern:
        place = tuple(lists[number] for number in variables)
        pattern = Pattern(self._count, place, variables, tuple(conditions))
        self._count += 1
        return pattern

    def _cut(self, rule: Recommendation) -> Rule:
        names = tuple(binding.variable for binding in rule.bindings)
        lists = tuple(binding.list for binding in rule.bindings)
        parts: dict[tuple[int, ...], list[Condition]] = {(at,): [] for at in range(len(names))}
        for condition in _asked(rule.clauses):
            free = free_variables(condition)
            read = tuple(at for at, name in enumerate(names) if name in free)
            parts.setdefault(read, []).append(condition)
        if not names:
            parts.setdefault((), [])
        ordered = sorted(parts, key=lambda read: (len(read), read))
        return Rule(
            name=rule.id,
            variables=names,
            lists=lists,
            patterns=tuple(self._pattern(lists, read, parts[read]) for read in ordered),
        )


def _asked(clauses: Iterable[Clause]) -> list[Condition]:
    return [
        part
        for clause in clauses
        for part in conjuncts(clause.condition)
        if not isinstance(part, Always)
    ]


class StrataWriter:
    """Writes the function that computes where patterns hold."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.source = Source()
        self.expressions = Expressions(plan.book, self.source, "deal.{}")

    def write(self, decisions: frozenset[str], recommendations: frozenset[str]) -> str:
        """Return the function's source, for some of the decisions and recommendations."""
        book = self._plan.book
        kept = [book.recommendations[id] for id in book.recommendations if id in recommendations]
        strata = [
            [one for one in stratum if one.name in decisions] for stratum in self._plan.strata
        ]
        names = {
            row_name(one, row)
            for part in strata
            for one in part
            if isinstance(one, Table)
            for row in one.rows
        } | {rule.id for rule in kept}
        for name in names:
            rule = self._plan.rules[name]
            lists = dict(zip(rule.variables, rule.lists, strict=True))
            for pattern in rule.patterns:
                for condition in pattern.conditions:
                    self.expressions.count(condition, lists)
        self.source.write("today = as_of.toordinal()")
        for part in strata:
            self._write_stratum(part)
        self.source.write("found = []")
        self._write_patterns([self._plan.rules[rule.id] for rule in kept])
        self.source.write("yield (), found")
        return "\n".join(["def run(deal, as_of, rates, made, in_force):", *self.source.lines])

    def _write_stratum(self, decisions: Sequence[Decision]) -> None:
        self.source.write("found = []")
        tables = [one for one in decisions if isinstance(one, Table)]
        for decision in decisions:
            if isinstance(decision, Formula):
                self._write_formula(decision)
        rules = [self._plan.rules[row_name(table, row)] for table in tables for row in table.rows]
        self._write_patterns(rules)
        if tables:
            named = self.source.constant(("tables", tables[0].name), tuple(tables))
            self.source.write(f"masks = yield {named}, found")
            for table in tables:
                self.source.write(f"d_{table.name} = masks[{table.name!r}]")

    def _write_formula(self, formula: Formula) -> None:
        name, binding = formula.name, formula.binding
        if binding is None:
            value = self.expressions.runtime(formula.value)
            self.source.write(f"made[{name!r}] = in_force({name!r}, (concluded({value}),))")
            self.source.write(f"d_{name} = made[{name!r}][0]")
            return
        listed = self.expressions.path(binding.list)
        self.expressions.hoist([formula.value], {binding.variable})
        self.source.write(f"d_{name} = []")
        with self.expressions.loop(f"{listed} or ()", binding.list, binding.variable):
            value = self.expressions.runtime(formula.value)
            self.source.write(f"d_{name}.append(concluded({value}))")
        self.source.write(f"d_{name} = made[{name!r}] = in_force({name!r}, d_{name})")

    def _write_patterns(self, rules: Sequence[Rule]) -> None:
        """Write the patterns over the same lists into one loop over these."""
        groups: dict[Place, list[tuple[Rule, Pattern]]] = {}
        for rule in rules:
            for pattern in rule.patterns:
                groups.setdefault(pattern.place, []).append((rule, pattern))
        for place, patterns in groups.items():
            variables = {
                rule.variables[at] for rule, pattern in patterns for at in pattern.variables
            }
            self.expressions.hoist(
                [part for _, pattern in patterns for part in pattern.conditions], variables
            )
            listed = [self.expressions.path(path) for path in place]
            self._write_loops(patterns, list(zip(listed, place, strict=True)), [])

    def _write_loops(
        self,
        patterns: Sequence[tuple[Rule, Pattern]],
        lists: list[tuple[str, ListPath]],
        bound: list[Local],
    ) -> None:
        if not lists:
            indices = "".join(f"{local.index}, " for local in bound)
            for rule, pattern in patterns:
                self._write_pattern(rule, pattern, bound, f"({indices})")
            return
        (listed, path), *rest = lists
        with self.expressions.loop(f"{listed} or ()", path, f"@{len(bound)}") as local:
            for other in bound:
                if other.list == path:
                    self.source.write(f"if {other.index} == {local.index}: continue")
            self._write_loops(patterns, rest, [*bound, local])

    def _write_pattern(
        self, rule: Rule, pattern: Pattern, bound: list[Local], indices: str
    ) -> None:
        names = [rule.variables[at] for at in pattern.variables]
        with self.expressions.naming(dict(zip(names, bound, strict=True))):
            truth = self.expressions.every(pattern.conditions)
        if not truth.isidentifier():
            name = self.source.new_name()
            self.source.write(f"{name} = {truth}")
            truth = name
        with self.source.block(f"if {truth} is not False:"):
            self.source.write(f"found.append(({pattern.number}, {indices}, {truth}))")
