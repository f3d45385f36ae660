"""The python engine: one generated function a rulebook, shared sub-expressions computed once."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from b2brules.advice.conclusions import Conclusion, Conclusions, Match, Verdict
from b2brules.advice.override import NO_OVERRIDES, Overrides
from b2brules.engines.expressions import (
    Expressions,
    Local,
    candidates_in,
    free_variables,
)
from b2brules.engines.runtime import compile_run
from b2brules.engines.writing import Source
from b2brules.facts import Account
from b2brules.facts.review import Deal
from b2brules.language import ListPath, tree
from b2brules.language.values import Rates
from b2brules.language.walking import conjuncts
from b2brules.ruleset.asking import asked_by
from b2brules.ruleset.model import (
    Binding,
    Book,
    Clause,
    Decision,
    DecisionKey,
    Formula,
    Recommendation,
    Table,
)

Run: TypeAlias = Callable[[Any, date, Rates], Conclusions]
OverriddenRun: TypeAlias = Callable[[Any, date, Rates, Overrides], Conclusions]


class PythonEngine:
    """A book, run by a function that is generated from it.

    It is generated in up to four forms, each when it is first needed: for deals; for deals given by
    their known facts alone; for decisions without recommendations; and for accounts reviewed on
    their own, without the rules that read facts of a deal. All but the second are generated once
    more, with a place for overrides behind each decision, when somebody overrides one.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    def conclude(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Conclusions:
        """Return what the rules make of a deal."""
        if isinstance(deal, Account):
            whole = self._book.vocabulary.root(account=deal)
            if overrides:
                return self._of_overridden_accounts(whole, as_of, rates, overrides)
            return self._of_accounts(whole, as_of, rates)
        if overrides:
            return self._of_overridden_deals(deal, as_of, rates, overrides)
        return self._of_deals(deal, as_of, rates)

    def decide(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Mapping[DecisionKey, Conclusion]:
        """Return the decisions alone."""
        if isinstance(deal, Account):
            return self.conclude(deal, as_of, rates, overrides).decisions
        if overrides:
            return self._overridden_decisions(deal, as_of, rates, overrides).decisions
        return self._decisions(deal, as_of, rates).decisions

    def conclude_flat(self, known: Mapping[str, object], as_of: date, rates: Rates) -> Conclusions:
        """Return what the rules make of a deal that is given by its known facts."""
        return self._of_facts(known, as_of, rates)

    @cached_property
    def _of_deals(self) -> Run:
        book = self._book
        return self._generate(_Writer, book.decisions, book.recommendations)

    @cached_property
    def _of_overridden_deals(self) -> OverriddenRun:
        book = self._book
        return self._generate(_OverriddenWriter, book.decisions, book.recommendations)

    @cached_property
    def _decisions(self) -> Run:
        return self._generate(_Writer, self._book.decisions, ())

    @cached_property
    def _overridden_decisions(self) -> OverriddenRun:
        return self._generate(_OverriddenWriter, self._book.decisions, ())

    @cached_property
    def _of_facts(self) -> Run:
        book = self._book
        return self._generate(_Writer, book.decisions, book.recommendations, "deal.get({!r})")

    @cached_property
    def _of_accounts(self) -> Run:
        return self._generate(_Writer, *self._of_account_reviews())

    @cached_property
    def _of_overridden_accounts(self) -> OverriddenRun:
        return self._generate(_OverriddenWriter, *self._of_account_reviews())

    def _of_account_reviews(self) -> tuple[Container[str], Container[str]]:
        book = self._book
        decisions = book.decisions.keys() - book.deal_decisions
        return decisions, book.recommendations.keys() - book.deal_recommendations

    def _generate(
        self,
        form: type[_Writer],
        decisions: Container[str],
        recommendations: Container[str],
        access: str = "deal.{}",
    ) -> Callable[..., Conclusions]:
        book, source = self._book, Source()
        writer = form(Expressions(book, source, access))
        kept = [decision for name, decision in book.decisions.items() if name in decisions]
        rules = [rule for id, rule in book.recommendations.items() if id in recommendations]
        writer.write(kept, rules)
        text = "\n".join([writer.head, *source.lines])
        return compile_run(text, source.namespace, f"<rulebook {book.fingerprint}>")


class Verdicts(dict[int, Verdict]):
    """For each mask of a table's candidates, its verdict while undecided."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._outcomes = table.outcomes

    def __missing__(self, mask: int) -> Verdict:
        verdict = Verdict(candidates=candidates_in(mask, self._outcomes), rule=None)
        self[mask] = verdict
        return verdict


class _Writer:
    """Writes the body of the function: decisions in their order, then recommendations."""

    head = "def run(deal, as_of, rates):"
    result = "Conclusions(decisions=made, matches=tuple(found))"

    def __init__(self, expressions: Expressions) -> None:
        self.source = expressions.source
        self.expressions = expressions

    def write(self, decisions: Sequence[Table | Formula], rules: Sequence[Recommendation]) -> None:
        for decision in decisions:
            lists = {} if decision.binding is None else _lists([decision.binding])
            if isinstance(decision, Table):
                for row in decision.rows:
                    for clause in row.clauses:
                        self.expressions.count(clause.condition, lists)
        for rule in rules:
            for clause in rule.clauses:
                self.expressions.count(clause.condition, _lists(rule.bindings))
        self.source.write("today = as_of.toordinal()")
        self.source.write("made = {}")
        self.source.write("found = []")
        for decision in decisions:
            self._write_decision(decision)
        for bindings in dict.fromkeys(_places(rule) for rule in rules):
            self._write_rules([rule for rule in rules if _places(rule) == bindings])
        self.source.write(f"return {self.result}")

    # --- decisions ------------------------------------------------------------------------------

    def _write_decision(self, decision: Decision) -> None:
        name, binding = decision.name, decision.binding
        if binding is None:
            key = self.source.constant(("key", name), (name, None))
            verdict = self._write_body(decision, f"d_{name}")
            self._write_made(decision, key, f"d_{name}", verdict)
            return
        listed = self.expressions.path(binding.list)
        self.expressions.hoist(list(asked_by(decision)), {binding.variable})
        self.source.write(f"d_{name} = []")
        with self.expressions.loop(f"{listed} or ()", binding.list, binding.variable) as local:
            result = self.source.new_name()
            verdict = self._write_body(decision, result)
            self._write_made(decision, f"({name!r}, {local.item}.id)", result, verdict)
            self.source.write(f"d_{name}.append({result})")

    def _write_made(self, decision: Decision, key: str, result: str, verdict: str) -> None:
        """Write down what a decision came to; ``result`` is the name of what others read of it."""
        self.source.write(f"made[{key}] = {verdict}")

    def _write_body(self, decision: Table | Formula, result: str) -> str:
        """Write what computes a decision, and return the expression for what it came to."""
        if isinstance(decision, Table):
            return self._write_table(decision, result)
        return self._write_formula(decision, result)

    def _write_formula(self, formula: Formula, result: str) -> str:
        self.source.write(f"{result} = concluded({self.expressions.runtime(formula.value)})")
        return result

    def _write_table(self, table: Table, result: str) -> str:
        """Scan the rows; the result is a mask of candidates, the verdict is looked up by it."""
        cited = self.source.new_name()
        truth = self.source.new_name()
        self.expressions.share(clause.condition for row in table.rows for clause in row.clauses)
        self.source.write(f"{result} = {cited} = 0")
        with self.source.block("while True:"):
            for number, row in enumerate(table.rows):
                bit = 1 << table.outcomes.index(row.then)
                expression = self._every(row.clauses)
                if expression == "True":
                    self.source.write(f"if not {result} & ~{bit}: {cited} = {number}")
                    self.source.write(f"{result} |= {bit}")
                    break
                self.source.write(f"{truth} = {expression}")
                with self.source.block(f"if {truth}:"):
                    self.source.write(f"{result} |= {bit}; {cited} = {number}; break")
                with self.source.block(f"if {truth} is None:"):
                    self.source.write(f"if not {result}: {cited} = {number}")
                    self.source.write(f"{result} |= {bit}")
            self.source.write("break")
        decided = self.source.constant(
            ("rows", table.name),
            tuple(Verdict(candidates=(row.then,), rule=row.id) for row in table.rows),
        )
        open_ = self.source.constant(("verdicts", table.name), Verdicts(table))
        several = f"not {result} or {result} & ({result} - 1)"
        return f"{open_}[{result}] if {several} else {decided}[{cited}]"

    def _every(self, clauses: Iterable[Clause]) -> str:
        return self.expressions.every(clause.condition for clause in clauses)

    # --- recommendations ------------------------------------------------------------------------

    def _write_rules(self, rules: Sequence[Recommendation]) -> None:
        """Write the rules that bind things of the same lists, into one loop over these."""
        conditions = [condition for rule in rules for condition in asked_by(rule)]
        variables = {binding.variable for rule in rules for binding in rule.bindings}
        if variables:
            self.expressions.hoist(conditions, variables)
        for binding in rules[0].bindings:
            self.expressions.path(binding.list)
        self._bind(rules, [], {})

    def _bind(
        self, rules: Sequence[Recommendation], bound: list[Local], so_far: Mapping[str, str]
    ) -> None:
        """Bind one variable after another; what reads only those bound yet is computed at once."""
        if len(bound) == len(rules[0].bindings):
            for rule in rules:
                self._write_rule(rule, bound, so_far.get(rule.id))
            return
        path = rules[0].bindings[len(bound)].list
        listed = self.expressions.path(path)
        with self.expressions.loop(f"{listed} or ()", path, f"@{len(bound)}") as local:
            for other in bound:
                if other.list == path:
                    self.source.write(f"if {other.index} == {local.index}: continue")
            within = [*bound, local]
            truths = dict(so_far)
            if len(within) < len(rules[0].bindings):
                for rule in rules:
                    name = self.source.new_name()
                    self.source.write(f"{name} = {self._part(rule, within)}")
                    truths[rule.id] = name
            self._bind(rules, within, truths)

    def _part(self, rule: Recommendation, bound: list[Local]) -> str:
        """Return the expression for what a rule asks that reads the last variable bound."""
        names = (binding.variable for binding in rule.bindings)
        with self.expressions.naming(dict(zip(names, bound, strict=False))):
            return self.expressions.every(self._asked_of(rule, bound))

    def _asked_of(self, rule: Recommendation, bound: list[Local]) -> list[tree.Condition]:
        """Return what a rule asks that reads the last variable bound, and none behind it."""
        names = [binding.variable for binding in rule.bindings]
        last = max(len(bound) - 1, 0)
        return [
            part
            for clause in rule.clauses
            for part in conjuncts(clause.condition)
            if max((names.index(name) for name in free_variables(part)), default=0) == last
        ]

    def _write_rule(self, rule: Recommendation, bound: list[Local], so_far: str | None) -> None:
        """Write a rule; what takes a loop is asked only where the rest has left it open."""
        names = (binding.variable for binding in rule.bindings)
        with self.expressions.naming(dict(zip(names, bound, strict=True))):
            asked = self._asked_of(rule, bound)
            self.expressions.share(asked)
            costly = [part for part in asked if self.expressions.takes_a_loop(part)]
            cheap = self.expressions.every(part for part in asked if part not in costly)
            truth = self.source.new_name()
            if so_far is not None:
                cheap = self.expressions.joined([so_far, cheap], "False", "True")
            self.source.write(f"{truth} = {cheap}")
            if costly:
                with self.source.block(f"if {truth} is not False:"):
                    both = [truth, self.expressions.every(costly)]
                    self.source.write(f"{truth} = {self.expressions.joined(both, 'False', 'True')}")
            with self.source.block(f"if {truth} is not False:"):
                self.source.write(f"found.append({self._match(rule, bound, truth)})")

    def _match(self, rule: Recommendation, bound: list[Local], truth: str) -> str:
        if bound:
            ids = "".join(f"{local.item}.id, " for local in bound)
            return f"Match(rule={rule.id!r}, bindings=({ids}), certain={truth} is True)"
        certain, possible = (
            self.source.constant((rule.id, holds), Match(rule=rule.id, bindings=(), certain=holds))
            for holds in (True, False)
        )
        return f"{certain} if {truth} else {possible}"


class _OverriddenWriter(_Writer):
    """Writes the same, with what overrides make of each decision before others read it."""

    head = "def run(deal, as_of, rates, overrides):\n    set_aside = {}"
    result = "Conclusions(decisions=made, matches=tuple(found), set_aside=set_aside)"

    def _write_made(self, decision: Decision, key: str, result: str, verdict: str) -> None:
        super()._write_made(decision, key, result, verdict)
        with self.source.block(f"if {key} in overrides:"):
            self.source.write(f"set_aside[{key}] = made[{key}]")
            self.source.write(f"made[{key}] = in_force(overrides[{key}], made[{key}])")
            read = f"made[{key}]"
            if isinstance(decision, Table):
                outcomes = self.source.constant(("in order", decision.name), decision.outcomes)
                read = f"mask_of(made[{key}].candidates, {outcomes})"
            self.source.write(f"{result} = {read}")


def _lists(bindings: Iterable[Binding]) -> dict[str, ListPath]:
    return {binding.variable: binding.list for binding in bindings}


def _places(rule: Recommendation) -> tuple[ListPath, ...]:
    return tuple(binding.list for binding in rule.bindings)
