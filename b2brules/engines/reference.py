"""The reference engine: it walks the trees as they are written, and defines what they mean.

Nothing here is clever. Another engine is right when it agrees with this one.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_never

from b2brules.advice.conclusions import Conclusion, Conclusions, Match, Verdict
from b2brules.advice.evaluation import Thing, Things
from b2brules.advice.override import NO_OVERRIDES, Overrides, in_force
from b2brules.facts import Account
from b2brules.facts.review import Deal, is_account_review
from b2brules.facts.types import Money, MoneyType
from b2brules.language import tree
from b2brules.language.scope import ListPath
from b2brules.language.truth import Truth, conjunction, disjunction, negation
from b2brules.language.values import (
    Candidates,
    Count,
    Rates,
    Runtime,
    among,
    arithmetic,
    calculable,
    compare,
    concluded,
    contains,
    count,
    days_between,
    total,
    total_money,
)
from b2brules.ruleset.model import (
    Binding,
    Book,
    Clause,
    DecisionKey,
    Formula,
    Recommendation,
    Table,
)


class ReferenceEngine:
    """A book, run by walking its trees."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def conclude(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Conclusions:
        """Return what the rules make of a deal."""
        return Evaluation(self._book, deal, as_of, rates, overrides).conclusions()

    def decide(
        self, deal: Deal, as_of: date, rates: Rates, overrides: Overrides = NO_OVERRIDES
    ) -> Mapping[DecisionKey, Conclusion]:
        """Return the decisions alone."""
        return Evaluation(self._book, deal, as_of, rates, overrides).decisions()

    def conclude_flat(self, known: Mapping[str, object], as_of: date, rates: Rates) -> Conclusions:
        """Return what the rules make of a deal that is given by its known facts."""
        return self.conclude(self._book.vocabulary.root(**known), as_of, rates)


class Evaluation:
    """One deal, evaluated by one book on one day; each decision is made when it is asked for."""

    def __init__(
        self,
        book: Book,
        deal: Deal,
        as_of: date,
        rates: Rates,
        overrides: Overrides = NO_OVERRIDES,
    ) -> None:
        self.book = book
        self.deal = book.vocabulary.root(account=deal) if isinstance(deal, Account) else deal
        self.as_of = as_of
        self.rates = rates
        self.overrides = overrides
        self.is_account_review = is_account_review(deal)
        self._made: dict[DecisionKey, Conclusion] = {}
        self._listed: dict[ListPath, tuple[Thing, ...] | None] = {}
        self._by_id: dict[ListPath, dict[str, Thing]] = {}

    def under(self, book: Book, apart: Collection[str]) -> Evaluation:
        """Return the same deal on the same day, evaluated by a book that differs in some rules.

        Args:
            book: The other book, of the same vocabulary.
            apart: The decisions that may come to something else by it. What the others came to is
                kept.
        """
        other = Evaluation(book, self.deal, self.as_of, self.rates, self.overrides)
        other.is_account_review = self.is_account_review
        other._made = {key: made for key, made in self._made.items() if key[0] not in apart}
        other._listed, other._by_id = self._listed, self._by_id
        return other

    def conclusions(self) -> Conclusions:
        """Return every decision, and every recommendation that holds or may hold."""
        matches = tuple(
            match for rule in self.book.recommendations.values() for match in self.matches(rule)
        )
        decisions = self.decisions()
        set_aside = {key: self.by_rules(*key) for key in decisions if key in self.overrides}
        return Conclusions(decisions=decisions, matches=matches, set_aside=set_aside)

    def decisions(self) -> Mapping[DecisionKey, Conclusion]:
        """Return every decision."""
        keys = [key for name in self.book.decisions for key in self.keys(name)]
        return {key: self.decide(*key) for key in keys}

    def keys(self, name: str) -> list[DecisionKey]:
        """Return what a decision is made for: the deal, or each thing of its list."""
        if self.is_account_review and name in self.book.deal_decisions:
            return []
        binding = self.book.decisions[name].binding
        if binding is None:
            return [(name, None)]
        return [(name, thing.id) for thing in self.things(binding.list) or ()]

    # --- decisions ------------------------------------------------------------------------------

    def decide(self, name: str, id: str | None) -> Conclusion:
        """Return what a decision comes to, for the deal or for the thing with that id.

        That is what its rules decide, or an override of it that stands.
        """
        key = (name, id)
        if key not in self._made:
            own = self.by_rules(name, id)
            override = self.overrides.get(key)
            self._made[key] = own if override is None else in_force(override, own)
        return self._made[key]

    def by_rules(self, name: str, id: str | None) -> Conclusion:
        """Return what the rules of a decision alone decide, whoever has set that aside."""
        decision = self.book.decisions[name]
        things = self.bound(decision.binding, id)
        if isinstance(decision, Table):
            return self._scan(decision, things)
        return self._calculate(decision, things)

    def bound(self, binding: Binding | None, id: str | None) -> Things:
        """Return the variable of a binding, if there is one, standing for a thing by its id."""
        if binding is None:
            return {}
        if binding.list not in self._by_id:
            things = self.things(binding.list) or ()
            self._by_id[binding.list] = {thing.id: thing for thing in things}
        return {binding.variable: self._by_id[binding.list][str(id)]}

    def _scan(self, table: Table, things: Things) -> Verdict:
        """Scan the rows: an unknown one leaves its outcome possible, a true one ends it."""
        first: dict[str, str] = {}
        held = None
        for row in table.rows:
            truth = self.holds_all(row.clauses, things)
            if truth is not False:
                first.setdefault(row.then, row.id)
            if truth is True:
                held = row.id
                break
        candidates = tuple(outcome for outcome in table.outcomes if outcome in first)
        if len(candidates) != 1:
            return Verdict(candidates=candidates, rule=None)
        return Verdict(candidates=candidates, rule=held or first[candidates[0]])

    def _calculate(self, formula: Formula, things: Things) -> Decimal | Money | None:
        return concluded(self.value(formula.value, things))

    # --- recommendations ------------------------------------------------------------------------

    def matches(self, rule: Recommendation) -> Iterator[Match]:
        """Yield the rule's matches: one for each way to bind its variables to distinct things."""
        for things in self.ways_to_bind(rule):
            truth = self.holds_all(rule.clauses, things)
            if truth is not False:
                ids = tuple(thing.id for thing in things.values())
                yield Match(rule=rule.id, bindings=ids, certain=truth is True)

    def ways_to_bind(self, rule: Recommendation) -> Iterator[Things]:
        """Yield what the rule's variables can stand for; no way for a rule that is left out."""
        if self.is_account_review and rule.id in self.book.deal_recommendations:
            return
        lists = [self.things(binding.list) or () for binding in rule.bindings]
        for bound in itertools.product(*lists):
            if any(one == other for one, other in itertools.combinations(bound, 2)):
                continue
            variables = (binding.variable for binding in rule.bindings)
            yield dict(zip(variables, bound, strict=True))

    # --- conditions -----------------------------------------------------------------------------

    def holds_all(self, clauses: tuple[Clause, ...], things: Things) -> Truth:
        """Return whether all cells of a row hold."""
        return conjunction(self.holds(clause.condition, things) for clause in clauses)

    def holds(self, condition: tree.Condition, things: Things) -> Truth:
        """Return whether a condition holds: true, false, or unknown (``None``)."""
        match condition:
            case tree.Always():
                return True
            case tree.Holds():
                return self.value(condition.value, things)  # type: ignore[return-value]
            case tree.And():
                return conjunction(self.holds(part, things) for part in condition.conditions)
            case tree.Or():
                return disjunction(self.holds(part, things) for part in condition.conditions)
            case tree.Not():
                return negation(self.holds(condition.condition, things))
            case tree.Compare():
                left = self.value(condition.left, things)
                right = self.value(condition.right, things)
                return compare(condition.operator, left, right, self.rates)
            case tree.Among():
                value = self.value(condition.value, things)
                tests = [
                    [(sign, self.value(bound, things)) for sign, bound in test.bounds]
                    for test in condition.tests
                ]
                return among(value, tests, condition.negated, self.rates)
            case tree.Contains():
                member = self.value(condition.member, things)
                return contains(self.value(condition.set, things), member)
            case tree.Quantified():
                if condition.quantifier == "some":
                    return self._some(condition.items, things, condition.condition)
                return negation(
                    self._some(
                        condition.items,
                        things,
                        tree.Not(condition=condition.condition, span=condition.span),
                    )
                )
            case tree.IsEmpty():
                if isinstance(condition.of, tree.Items):
                    return negation(self._some(condition.of, things))
                members = self.value(condition.of, things)
                return None if members is None else not members
            case tree.IsKnown():
                return self._is_known(condition.of, things) is condition.known
            case _:
                assert_never(condition)

    def _some(
        self, items: tree.Items, things: Things, condition: tree.Condition | None = None
    ) -> Truth:
        """Return whether some thing that the filter keeps satisfies the condition."""
        kept = self.kept(items, things)
        if kept is None:
            return None
        return disjunction(
            truth
            if condition is None
            else conjunction((truth, self.holds(condition, {**things, items.variable: thing})))
            for thing, truth in kept
        )

    def _is_known(self, of: tree.Value | tree.Items, things: Things) -> bool:
        if isinstance(of, tree.Items):
            return self.things(of.list) is not None
        return not isinstance(self.value(of, things), Candidates | Count | None)

    # --- values ---------------------------------------------------------------------------------

    def value(self, node: tree.Value, things: Things) -> Runtime:
        """Return what a value is, ``None`` if it is unknown."""
        match node:
            case tree.Constant():
                return Fraction(node.value) if isinstance(node.value, Decimal) else node.value
            case tree.Parameter():
                return calculable(self.book.parameters[node.name].value, None)
            case tree.AsOf():
                return self.as_of
            case tree.Fact():
                return self._fact(node, things)
            case tree.DecisionValue():
                thing = None if node.variable is None else things[node.variable]
                made = self.decide(node.name, None if thing is None else thing.id)
                if isinstance(made, Verdict):
                    decided = len(made.candidates) == 1
                    return made.candidates[0] if decided else Candidates(made.candidates)
                return calculable(made, None)
            case tree.Days():
                day = self.value(node.date, things)
                return days_between(day, self.as_of, node.direction)  # type: ignore[arg-type]
            case tree.Arithmetic():
                left, right = self.value(node.left, things), self.value(node.right, things)
                return arithmetic(node.operator, left, right, self.rates)
            case tree.CountItems():
                kept = self.kept(node.items, things)
                return Count(0, None) if kept is None else count(truth for _, truth in kept)
            case tree.CountConditions():
                return count(self.holds(part, things) for part in node.conditions)
            case tree.CountSet():
                members = self.value(node.set, things)
                return Fraction(len(members)) if isinstance(members, frozenset) else Count(0, None)
            case tree.Aggregate():
                return self._aggregate(node, things)
            case _:
                assert_never(node)

    def _fact(self, node: tree.Fact, things: Things) -> Runtime:
        if node.variable is None:
            return calculable(lookup(self.deal, node.path), self.currency_of(node.path))
        thing = things[node.variable]
        return calculable(lookup(thing.item, node.path), self.currency_of(thing.list))

    def currency_of(self, path: tuple[str, ...]) -> str | None:
        """Return the currency of an amount that names none.

        It is the account's for an amount inside the account, else the deal's.
        """
        account = self.deal.account if path[:1] == ("account",) else None
        return (None if account is None else account.currency) or self.deal.currency

    def _aggregate(self, node: tree.Aggregate, things: Things) -> Runtime:
        kept = self.kept(node.items, things)
        if kept is None or any(truth is None for _, truth in kept):
            return None
        values = [
            self.value(node.value, {**things, node.items.variable: thing})
            for thing, truth in kept
            if truth
        ]
        if isinstance(node.type, MoneyType):
            return total_money(node.function, values, self.currency_of(node.items.list), self.rates)
        return total(node.function, values)

    # --- lists ----------------------------------------------------------------------------------

    def things(self, path: ListPath) -> tuple[Thing, ...] | None:
        """Return the things of a list, ``None`` if the list is unknown."""
        if path not in self._listed:
            items: Any = lookup(self.deal, path)
            listed = None if items is None else tuple(Thing(path, item) for item in items)
            self._listed[path] = listed
        return self._listed[path]

    def kept(self, items: tree.Items, things: Things) -> list[tuple[Thing, Truth]] | None:
        """Return the things that a filter keeps, or may keep; ``None`` if the list is unknown."""
        listed = self.things(items.list)
        if listed is None:
            return None
        if items.condition is None:
            return [(thing, True) for thing in listed]
        condition, variable = items.condition, items.variable
        judged = [(thing, self.holds(condition, {**things, variable: thing})) for thing in listed]
        return [(thing, truth) for thing, truth in judged if truth is not False]


def lookup(holder: object, path: tuple[str, ...]) -> object:
    """Return what stands at a path below a deal or a thing, ``None`` if it is unknown."""
    for name in path:
        if holder is None:
            return None
        holder = getattr(holder, name)
    return holder
