"""Mutation: which changes of the rules no case notices.

A change is noticed when something that a case claims, and that the rules bear out, does so no
longer. Only claims about what is changed, or about what reads it, are looked at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from b2brules.casework.claims import LEVELS, Claim, came_to, claims_of, find, holds, level_of
from b2brules.casework.hinting import Hint, hint
from b2brules.casework.mutants import Changed, Mutant, mutants_of, mutated
from b2brules.casework.survivors import Accepted
from b2brules.engines.reference import Evaluation
from b2brules.language.tree import DecisionValue
from b2brules.language.tree import Parameter as ParameterValue
from b2brules.language.walking import reads
from b2brules.ruleset.asking import asked_by
from b2brules.ruleset.cases import Case
from b2brules.ruleset.diagnostics import Diagnostic, Findings
from b2brules.ruleset.model import Book, Formula, Parameter, Recommendation, Table


@frozen(kw_only=True)
class Survivor:
    """A change that no case notices.

    Args:
        reason: Why no case has to; ``None`` where nobody has said so.
        hint: What would notice it; ``None`` where nothing is found, or where a reason is given.
    """

    mutant: Mutant
    reason: str | None
    hint: Hint | None


@frozen(kw_only=True)
class Mutation:
    """What came of changing the rules.

    Args:
        tried: How many changes were made, one at a time.
        survivors: Those that no case notices, in the order of the rules.
        stale: Reasons that are given for changes which a case notices, or which cannot be made.
    """

    tried: int
    survivors: tuple[Survivor, ...]
    stale: tuple[Diagnostic, ...]

    @property
    def unexplained(self) -> tuple[Survivor, ...]:
        """The survivors without a reason."""
        return tuple(one for one in self.survivors if one.reason is None)

    @property
    def share(self) -> Decimal:
        """How many of a hundred changes survive, to one place."""
        if not self.tried:
            return Decimal(0)
        return (Decimal(len(self.survivors)) * 100 / self.tried).quantize(Decimal("0.1"))

    def to_text(self) -> str:
        """Return it for people: a line for each survivor, and how many there are."""
        from b2brules.casework.report import mutation_to_text

        return mutation_to_text(self)


def mutate(book: Book, cases: Sequence[Case], accepted: Sequence[Accepted]) -> Mutation:
    """Change a book in one place at a time, and return which changes no case notices.

    Args:
        book: The rules.
        cases: What they have to bear out.
        accepted: Changes that need not be noticed.
    """
    trials = _Trials(book, cases)
    mutants = list(mutants_of(book))
    unnoticed = [mutant for mutant in mutants if not trials.notice(mutant.changed)]
    reasons = {(one.rule, one.change): one.reason for one in accepted}
    survivors = []
    for mutant in unnoticed:
        reason = reasons.get((mutant.rule, mutant.change))
        hinted = trials.hint(mutant) if reason is None else None
        survivors.append(Survivor(mutant=mutant, reason=reason, hint=hinted))
    return Mutation(
        tried=len(mutants),
        survivors=tuple(survivors),
        stale=_stale(accepted, mutants, unnoticed),
    )


def _stale(
    accepted: Sequence[Accepted], mutants: Sequence[Mutant], unnoticed: Sequence[Mutant]
) -> tuple[Diagnostic, ...]:
    findings = Findings()
    there = {(mutant.rule, mutant.change) for mutant in mutants}
    survive = {(mutant.rule, mutant.change) for mutant in unnoticed}
    for one in accepted:
        if (one.rule, one.change) in survive:
            continue
        is_there = (one.rule, one.change) in there
        findings.report(
            one.place,
            code="stale-survivor",
            message=f"a case notices this change of `{one.rule}`"
            if is_there
            else f"there is no such change of `{one.rule}`",
            help="take it out of the file",
        )
    return findings.diagnostics


class _Trials:
    """Cases, evaluated once by the rules as they are, to be held against changed rules."""

    def __init__(self, book: Book, cases: Sequence[Case]) -> None:
        self._book = book
        self._cases = cases
        self._evaluations = [Evaluation(book, case.deal, case.as_of, {}) for case in cases]
        self._claims: dict[str, dict[int, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for number, (case, evaluation) in enumerate(zip(cases, self._evaluations, strict=True)):
            for claim in claims_of(case):
                if holds(evaluation, claim):
                    self._claims[claim.name][number].append(claim)
        self._readers = _readers(book)
        self._orders: dict[str, list[int]] = {}

    def notice(self, changed: Changed) -> bool:
        """Return whether some case notices that a part of the rules is changed."""
        book = mutated(self._book, changed)
        if isinstance(changed, Recommendation):
            return self._fails(book, frozenset(), [changed.id])
        if isinstance(changed, Parameter):
            affected = self._affected(changed.name)
            return self._fails(book, affected, affected)
        return self._notices_decision(book, changed)

    def hint(self, mutant: Mutant) -> Hint | None:
        """Return what would notice a mutant."""
        order = self._order(mutant)
        return hint(
            mutant,
            [self._cases[number] for number in order],
            [self._evaluations[number] for number in order],
        )

    def _order(self, mutant: Mutant) -> list[int]:
        """Return the cases that are closest first: those beside the rule, and where it holds."""
        if mutant.rule not in self._orders:
            beside = mutant.position.path.removesuffix(".yaml")
            rule = mutant.rule if mutant.rule in self._book.recommendations else None
            levels = [
                LEVELS.index(level_of(evaluation, rule)) if rule else 0
                for evaluation in self._evaluations
            ]
            self._orders[mutant.rule] = sorted(
                range(len(self._cases)),
                key=lambda number: (
                    levels[number],
                    not self._cases[number].position.path.startswith(beside),
                ),
            )
        return self._orders[mutant.rule]

    def _notices_decision(self, book: Book, changed: Table | Formula) -> bool:
        affected = self._affected(changed.name)
        # Claims about the decision itself are the likeliest to notice, and the quickest to check.
        if self._fails(book, affected, [changed.name]):
            return True
        for number, claims in self._merged(affected - {changed.name}).items():
            evaluation = self._evaluations[number]
            other = evaluation.under(book, affected)
            # What reads a decision sees what is left of its outcomes, not the row that is cited.
            if all(
                came_to(evaluation, *key) == came_to(other, *key)
                for key in evaluation.keys(changed.name)
            ):
                continue
            if any(find(other, claim) != claim.expected for claim in claims):
                return True
        return False

    def _fails(self, book: Book, apart: frozenset[str], names: Iterable[str]) -> bool:
        """Return whether a claim about one of some rules does not hold by another book."""
        return any(
            find(other, claim) != claim.expected
            for number, claims in self._merged(names).items()
            for other in [self._evaluations[number].under(book, apart)]
            for claim in claims
        )

    def _merged(self, names: Iterable[str]) -> dict[int, list[Claim]]:
        merged: dict[int, list[Claim]] = {}
        for name in names:
            for number, claims in self._claims.get(name, {}).items():
                merged.setdefault(number, []).extend(claims)
        return merged

    def _affected(self, name: str) -> frozenset[str]:
        """Return what reads something, directly or through decisions, and itself."""
        found = {name}
        waiting = [name]
        while waiting:
            for reader in self._readers.get(waiting.pop(), ()):
                if reader not in found:
                    found.add(reader)
                    waiting.append(reader)
        return frozenset(found)


def _readers(book: Book) -> Mapping[str, frozenset[str]]:
    """Return for each decision and parameter the decisions and recommendations that read it."""
    readers: dict[str, set[str]] = defaultdict(set)
    for name, rule in (*book.decisions.items(), *book.recommendations.items()):
        for node in asked_by(rule):
            for part in reads(node):
                if isinstance(part, DecisionValue | ParameterValue):
                    readers[part.name].add(name)
    return {name: frozenset(found) for name, found in readers.items()}
