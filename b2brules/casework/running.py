"""Running cases: where the rules come to something else than a case claims, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from b2brules.advice.model import Proof, RecommendationProof
from b2brules.advice.paths import decision_name
from b2brules.advice.proving import prove
from b2brules.advice.proving_matches import prove_recommendation
from b2brules.casework.claims import Claim, DecisionClaim, Level, LevelClaim, claims_of, find
from b2brules.engines.reference import Evaluation
from b2brules.facts import Money
from b2brules.ruleset.cases import Case
from b2brules.ruleset.diagnostics import Diagnostic
from b2brules.ruleset.expectations import Expected
from b2brules.ruleset.model import Book, Position

DIFFERENCES: Mapping[tuple[str, str], str] = {
    ("certain", "possible"): "only possible",
    ("certain", "absent"): "not recommended",
    ("possible", "certain"): "certain",
    ("possible", "absent"): "not recommended",
    ("absent", "certain"): "recommended",
    ("absent", "possible"): "recommended as possible",
}
"""What is wrong with a recommendation, by the level that is expected and the one that is found."""


@frozen(kw_only=True)
class Failure:
    """One thing that a case claims and the rules do not bear out.

    Args:
        case: The name of the case.
        as_of: The day of its advice.
        about: The decision, ``people[p1].stance`` for a thing's, or the recommendation.
        expected: What the case claims: outcomes that are still possible (one: decided), a
            formula's number or amount, or ``certain``, ``possible``, ``absent``; ``None`` is an
            unknown number.
        found: What the rules come to, likewise; no outcome where the decision is not made.
        proof: Why; ``None`` where the decision is not made.
    """

    case: str
    as_of: date
    about: str
    expected: Expected | Level
    found: Expected | Level
    proof: Proof | RecommendationProof | None
    position: Position = field(eq=False)

    @property
    def difference(self) -> str:
        """What is found and what is expected, in one line."""
        if isinstance(self.expected, str):
            return f"`{self.about}` is {DIFFERENCES[self.expected, str(self.found)]}"
        return f"`{self.about}` is {say(self.found)}, and {say(self.expected)} is expected"


@frozen(kw_only=True)
class CaseRun:
    """What came of running cases.

    Args:
        cases: How many were run.
        failures: Everything that the rules do not bear out, in the order of the cases.
    """

    cases: int
    failures: tuple[Failure, ...]

    @property
    def failed(self) -> int:
        """How many cases failed, for one reason or several."""
        return len({(one.position.path, one.case) for one in self.failures})

    def to_text(self, *, width: int = 80) -> str:
        """Return it for people: each case that fails with the reason, and how many held."""
        from b2brules.casework.report import run_to_text

        return run_to_text(self, width=width)


def run_cases(book: Book, cases: Iterable[Case]) -> CaseRun:
    """Run cases by the reference engine, which only makes the decisions that a case needs."""
    number = 0
    failures: list[Failure] = []
    for case in cases:
        number += 1
        failures += _failures(book, case)
    return CaseRun(cases=number, failures=tuple(failures))


def diagnose(run: CaseRun) -> tuple[Diagnostic, ...]:
    """Return failures as problems of the files, each at the place of its case."""
    return tuple(
        Diagnostic(
            path=one.position.path,
            line=one.position.line,
            column=one.position.column,
            length=1,
            code="case-fails",
            message=f"{one.difference}: {one.case}",
            help="mend the rule if the case is right, else the case",
        )
        for one in run.failures
    )


def _failures(book: Book, case: Case) -> Iterator[Failure]:
    evaluation = Evaluation(book, case.deal, case.as_of, {})
    for claim in claims_of(case):
        found = find(evaluation, claim)
        if found != claim.expected:
            yield Failure(
                case=case.name,
                as_of=case.as_of,
                about=_about(book, claim),
                expected=claim.expected,
                found=found,
                proof=_prove(evaluation, claim),
                position=case.position,
            )


def _about(book: Book, claim: Claim) -> str:
    """Return what a claim is about, as `explain` names it."""
    if isinstance(claim, LevelClaim):
        return claim.name
    return decision_name(book, (claim.name, claim.thing))


def _prove(evaluation: Evaluation, claim: Claim) -> Proof | RecommendationProof | None:
    if isinstance(claim, DecisionClaim):
        if (claim.name, claim.thing) not in evaluation.keys(claim.name):
            return None
        return prove(evaluation, claim.name, claim.thing, "en")
    try:
        return prove_recommendation(evaluation, claim.name, {}, "en")
    except KeyError:  # an account review is not asked it
        return None


def say(value: Expected | Level) -> str:
    """Return what a case expects, or what was found, in words."""
    match value:
        case None:
            return "unknown"
        case str():
            return value
        case Decimal():
            return f"`{value:f}`"
        case Money():
            return f"`{value.amount:f} {value.currency}`"
        case _:
            return " or ".join(f"`{outcome}`" for outcome in value) or "not decided"
