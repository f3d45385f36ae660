"""Running cases: where the advice of a book is not what a case expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from b2brules.advice.conclusions import Conclusion, Conclusions, Verdict
from b2brules.engines.engine import Engine
from b2brules.facts import Money
from b2brules.ruleset.cases import Case
from b2brules.ruleset.diagnostics import Diagnostic
from b2brules.ruleset.expectations import Expected


def run_cases(cases: Iterable[Case], engine: Engine) -> tuple[Diagnostic, ...]:
    """Return what differs from the cases, each difference at the place of its case."""
    return tuple(
        Diagnostic(
            path=case.position.path,
            line=case.position.line,
            column=case.position.column,
            length=1,
            code="case-fails",
            message=f"{difference}: {case.name}",
            help="mend the rule if the case is right, else the case",
        )
        for case in cases
        for difference in _differences(case, engine.conclude(case.deal, case.as_of, {}))
    )


def _differences(case: Case, concluded: Conclusions) -> Iterator[str]:
    for key, expected in case.decisions.items():
        found = concluded.decisions.get(key)
        name = f"`{key[0]}`" if key[1] is None else f"`{key[0]}` of `{key[1]}`"
        if _expected(found) != expected:
            yield f"{name} is {_said(_expected(found))}, and {_said(expected)} is expected"
    certain = {match.rule for match in concluded.matches if match.certain}
    possible = {match.rule for match in concluded.matches if not match.certain} - certain
    for id in case.certain:
        if id not in certain:
            yield f"`{id}` is {'only possible' if id in possible else 'not recommended'}"
    for id in case.possible:
        if id not in possible:
            yield f"`{id}` is {'certain' if id in certain else 'not recommended'}"
    for id in case.absent:
        if id in certain | possible:
            yield f"`{id}` is recommended{'' if id in certain else ' as possible'}"


def _expected(found: Conclusion) -> Expected:
    return found.candidates if isinstance(found, Verdict) else found


def _said(value: Expected) -> str:
    match value:
        case None:
            return "unknown"
        case Decimal():
            return f"`{value:f}`"
        case Money():
            return f"`{value.amount:f} {value.currency}`"
        case _:
            return " or ".join(f"`{outcome}`" for outcome in value) or "nothing"
