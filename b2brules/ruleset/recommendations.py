"""Recommendations: rows that say what to do, for whom and until when."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve, frozen

from b2brules.facts.types import Money
from b2brules.facts.values import shown
from b2brules.language import Scope, suggestion
from b2brules.ruleset.bindings import read_bindings, read_each
from b2brules.ruleset.cells import is_blank, read_choice, read_name
from b2brules.ruleset.citations import read_citations
from b2brules.ruleset.clauses import Inputs, position_of
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import RulesetDraft
from b2brules.ruleset.located import Located
from b2brules.ruleset.model import OWNERS, PRIME, Binding, Parameter, Recommendation, Source
from b2brules.ruleset.names import Names
from b2brules.ruleset.sentences import Wanted, want_advice
from b2brules.ruleset.table import Table, TableRow, check_parts

LAST_PRIORITY = 5
MAXIMUM_DAYS = 3650

_ASKED = ("for", "each")
REQUIRED = ("owner", "within", "priority", "source", "basis")
_OPTIONAL = ("target", "prime")
_DAYS = re.compile(r"(?P<number>[0-9]{1,4}) +days?")


@frozen(kw_only=True)
class Surroundings:
    """What the recommendations of a file can refer to."""

    scope: Scope
    names: Names
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]


def read_recommendations(
    draft: RulesetDraft, around: Surroundings, findings: Findings
) -> tuple[list[tuple[Located, Recommendation]], list[Wanted]]:
    """Read the recommendations of a rule file; what is wrong is reported.

    Returns:
        The recommendations, each with the cell that names it, and the sentences they need.
    """
    table = draft.recommendations
    if table is None:
        return [], []
    if not check_recommendations(table, findings):
        for row in table.rows:
            findings.lose_name(row.first.text)
        return [], [want_advice(row.first, "", None, None) for row in table.rows]
    scope = evolve(around.scope, asks_what_is_known=True)
    headings = tuple(
        (index, heading)
        for index, heading in enumerate(table.header[: table.bar])
        if index and heading.folded not in _ASKED
    )
    inputs = Inputs(headings, findings)
    rules: list[tuple[Located, Recommendation]] = []
    wanted: list[Wanted] = []
    for row in table.rows:
        read_name(row.first, findings)
        bindings = read_bindings(row.cell("for"), scope, around.names, findings)
        if bindings is None:
            # Its cells and sentences need the variables, so they would only be blamed for them.
            wanted.append(want_advice(row.first, "", None, None))
            continue
        variables = {binding.variable: binding.list for binding in bindings}
        own = evolve(scope, variables=variables)
        rule = _read_rule(draft, row, bindings, around, findings)
        if inputs.is_otherwise(row):
            findings.report(
                row.first.place,
                code="misplaced-otherwise",
                message="`otherwise` belongs to decisions; recommendations all stand by themselves",
                help="write a condition, or `-` for always",
            )
        each = read_each(row.cell("each"), scope.vocabulary, findings)
        if each is None:
            rules.append((row.first, evolve(rule, clauses=inputs.read(row, own))))
            wanted.append(want_advice(row.first, rule.id, own, None))
            continue
        placeholder, facts = each
        for fact in facts:
            id = f"{rule.id}_{fact.path[-1]}"
            clauses = inputs.read(row, own, (placeholder, fact.path[-1]))
            rules.append((_renamed(row.first, id), evolve(rule, id=id, clauses=clauses)))
            wanted.append(want_advice(row.first, id, own, (placeholder, fact.label)))
    return rules, wanted


def check_recommendations(
    table: Table, findings: Findings, *, required: tuple[str, ...] = REQUIRED
) -> bool:
    """Check the columns of a table of recommendations; return whether what it needs is there."""
    allowed = tuple(name for name in (*REQUIRED, *_OPTIONAL) if name not in required)
    return check_parts(
        table, findings, of="the recommendations", required=required, allowed=allowed
    )


def _renamed(cell: Located, id: str) -> Located:
    return cell.replace(cell.text, id)


def _read_rule(
    draft: RulesetDraft,
    row: TableRow,
    bindings: tuple[Binding, ...],
    around: Surroundings,
    findings: Findings,
) -> Recommendation:
    citations, basis = read_citations(row["source"], row["basis"], around.sources, findings)
    prime = row.cell("prime")
    word = None
    if prime is not None and not is_blank(prime):
        word = read_choice(prime, PRIME, findings, code="unknown-prime")
    return Recommendation(
        id=row.first.text,
        bindings=bindings,
        clauses=(),
        target=_read_target(row, bindings, findings),
        prime=word,
        owner=read_choice(row["owner"], OWNERS, findings, code="unknown-owner") or "",
        within=_read_within(row["within"], around.parameters, findings),
        priority=_read_priority(row["priority"], findings),
        citations=citations,
        basis=basis,
        ruleset=draft.name,
        position=position_of(row.first.place),
    )


def _read_target(row: TableRow, bindings: tuple[Binding, ...], findings: Findings) -> str | None:
    variables = [binding.variable for binding in bindings]
    cell = row.cell("target")
    if cell is not None and not is_blank(cell):
        if cell.text not in variables:
            findings.report(
                cell.place,
                code="unknown-target",
                message=f"{shown(cell.folded)} is not what `{row.first.text}` is for",
                help=suggestion(cell.text, variables)
                or ("write one of " + ", ".join(variables) if variables else "write `-`"),
            )
        return cell.text
    if len(variables) > 1:
        findings.report(
            row.first.place if cell is None else cell.place,
            code="unknown-target",
            message=f"`{row.first.text}` is for several things; which one is acted on is not said",
            help="write one of " + ", ".join(variables) + " under `target`",
        )
    return variables[0] if len(variables) == 1 else None


def _read_within(cell: Located, parameters: Mapping[str, Parameter], findings: Findings) -> int:
    match = _DAYS.fullmatch(cell.folded)
    if match is not None and int(match["number"]) <= MAXIMUM_DAYS:
        return int(match["number"])
    parameter = parameters.get(cell.text)
    if parameter is not None and parameter.unit == "days":
        value = parameter.value
        return int(value.amount if isinstance(value, Money) else value)
    if findings.has_lost(cell.text):
        return 0
    help = "write `7 days`, or the name of a parameter whose unit is `days`"
    days = [name for name, parameter in parameters.items() if parameter.unit == "days"]
    findings.report(
        cell.place,
        code="invalid-within",
        message=f"{shown(cell.folded)} is not a number of days"
        if cell.text
        else "this cell is empty",
        help=suggestion(cell.text, days) or help,
    )
    return 0


def _read_priority(cell: Located, findings: Findings) -> int:
    if cell.text.isascii() and cell.text.isdecimal() and len(cell.text) == 1:
        number = int(cell.text)
        if 1 <= number <= LAST_PRIORITY:
            return number
    findings.report(
        cell.place,
        code="invalid-priority",
        message=f"{shown(cell.folded)} is not a priority" if cell.text else "this cell is empty",
        help=f"write a number from 1 (first) to {LAST_PRIORITY}",
    )
    return LAST_PRIORITY
