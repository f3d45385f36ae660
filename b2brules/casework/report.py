"""What came of running cases, as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from b2brules.advice.explaining import rows_to_text
from b2brules.advice.serialising import Json, proof_as_json
from b2brules.advice.wrapping import wrap
from b2brules.casework.claims import Level
from b2brules.casework.coverage import Coverage, Kind, Way
from b2brules.casework.hinting import Hint, Telling
from b2brules.casework.mutation import Mutation
from b2brules.casework.running import CaseRun, Failure, say
from b2brules.facts import Money
from b2brules.ruleset.expectations import Expected
from b2brules.ruleset.model import Position
from b2brules.ruleset.rendering import render_text

INDENT = "  "


def run_to_text(run: CaseRun, *, width: int) -> str:
    """Return each case that fails, with what explains the difference, and how many held."""
    lines: list[str] = []
    case: tuple[str, str] | None = None
    for failure in run.failures:
        if (failure.position.path, failure.case) != case:
            case = (failure.position.path, failure.case)
            # A place stands on one line, however long, so that an editor finds it.
            lines.append(f"{failure.position}: {failure.case}")
        lines += _lines(failure, width)
    return "".join(f"{line}\n" for line in [*lines, _summary(run)])


def _lines(failure: Failure, width: int) -> Iterator[str]:
    said = f"expected {say(failure.expected)}, found {say(failure.found)}"
    yield from wrap(f"{failure.about}: {said}", width, first=INDENT, rest=INDENT * 2)
    if failure.proof is not None:
        text = rows_to_text(failure.proof, width=width - 2 * len(INDENT))
        yield from (INDENT * 2 + line for line in text.splitlines())
    yield ""


def _summary(run: CaseRun) -> str:
    if not run.failed:
        return "1 case holds" if run.cases == 1 else f"{run.cases} cases hold"
    fail = "fails" if run.failed == 1 else "fail"
    return f"{run.failed} of {run.cases} cases {fail}"


def run_as_json(run: CaseRun) -> dict[str, Json]:
    """Return what came of running cases, as :func:`write_json` takes it."""
    return {
        "cases": run.cases,
        "failed": run.failed,
        "failures": [
            {
                **_place(one.position),
                "case": one.case,
                "as_of": one.as_of.isoformat(),
                "about": one.about,
                "expected": _value(one.expected),
                "found": _value(one.found),
                "proof": None if one.proof is None else proof_as_json(one.proof),
            }
            for one in run.failures
        ],
    }


def _place(position: Position) -> dict[str, Json]:
    return {"path": position.path, "line": position.line, "column": position.column}


def _value(value: Expected | Level) -> Json:
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    return list(value) if isinstance(value, tuple) else value


# --- coverage -----------------------------------------------------------------------------------

LACKS: Mapping[tuple[Kind, Way], str] = {
    ("row", "hold"): "no case shows it to hold",
    ("row", "fail"): "no case shows it to fail",
    ("outcome", "hold"): "no case is decided so",
    ("outcome", "fail"): "no case rules it out",
    ("number", "hold"): "no case expects a number",
    ("recommendation", "hold"): "no case expects it as certain",
    ("recommendation", "fail"): "no case expects it as absent",
}


def coverage_to_text(coverage: Coverage) -> str:
    """Return a line for each thing that lacks a case, and the totals."""
    lines = [
        f"{one.position}: `{one.name}`: " + ", and ".join(LACKS[one.kind, way] for way in one.lacks)
        for one in coverage.unshown
    ]
    totals = [
        f"{coverage.shown(kind)} of {number} {kind}s"
        for kind, number in coverage.things.items()
        if number
    ]
    return "".join(f"{line}\n" for line in [*lines, "shown by cases: " + ", ".join(totals)])


def coverage_as_json(coverage: Coverage) -> Json:
    """Return what cases show, as :func:`write_json` takes it."""
    return {
        "shown": {
            kind: {"of": number, "shown": coverage.shown(kind)}
            for kind, number in coverage.things.items()
        },
        "unshown": [
            {
                **_place(one.position),
                "kind": one.kind,
                "name": one.name,
                "lacks": list(one.lacks),
            }
            for one in coverage.unshown
        ],
    }


# --- mutation -----------------------------------------------------------------------------------


def mutation_to_text(mutation: Mutation) -> str:
    """Return a line for each change that survives, what would notice it, and the totals."""
    lines: list[str] = []
    for one in mutation.survivors:
        lines.append(f"{one.mutant.position}: `{one.mutant.rule}`: {one.mutant.change}")
        if one.reason is not None:
            lines.append(f"{INDENT}accepted: {one.reason}")
        elif one.hint is not None:
            lines.append(f"{INDENT}{_advise(one.hint)}")
    number = len(mutation.survivors)
    explained = number - len(mutation.unexplained)
    with_reason = f", {explained} of them with a reason" if number else ""
    total = f"{mutation.tried} changes tried, {number} not noticed"
    lines.append(f"{total} ({mutation.share} %){with_reason}")
    return render_text(mutation.stale) + "".join(f"{line}\n" for line in lines)


def _advise(hint: Hint) -> str:
    case = f"{hint.case.position.path}:{hint.case.position.line}"
    expected = _expectation(hint.telling)
    if hint.fact is None:
        return f"noticed if {case} expected {expected}: {hint.case.name}"
    fact = f"{'.'.join(hint.fact)}: {_written(hint.value)}"
    return f"noticed by a case like {case} with `{fact}` that expects {expected}: {hint.case.name}"


def _expectation(telling: Telling) -> str:
    if isinstance(telling.expected, str):
        return f"`{telling.name}` under `{telling.expected}`"
    of = "" if telling.thing is None else f" of `{telling.thing}`"
    return f"`{telling.name}`{of} to be {say(telling.expected)}"


def _written(value: object) -> str:
    """Return the value of a fact as a case writes it."""
    match value:
        case None:
            return "?"
        case bool():
            return "true" if value else "false"
        case frozenset():
            return f"[{', '.join(sorted(map(str, value)))}]"
        case Money():
            return f"{{amount: {value.amount:f}, currency: {value.currency}}}"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def mutation_as_json(mutation: Mutation) -> Json:
    """Return what came of changing the rules, as :func:`write_json` takes it."""
    return {
        "tried": mutation.tried,
        "share": mutation.share,
        "survivors": [
            {
                **_place(one.mutant.position),
                "rule": one.mutant.rule,
                "change": one.mutant.change,
                "reason": one.reason,
                "hint": None if one.hint is None else _hint(one.hint),
            }
            for one in mutation.survivors
        ],
        "stale": [
            {"path": one.path, "line": one.line, "column": one.column, "message": one.message}
            for one in mutation.stale
        ],
    }


def _hint(hint: Hint) -> Json:
    return {
        "path": hint.case.position.path,
        "line": hint.case.position.line,
        "case": hint.case.name,
        "fact": None if hint.fact is None else list(hint.fact),
        "value": None if hint.fact is None else _written(hint.value),
        "name": hint.telling.name,
        "thing": hint.telling.thing,
        "expected": _value(hint.telling.expected),
    }
