"""Decisions: tables with outcomes, and formulas."""

from __future__ import annotations

import graphlib
import re
from collections.abc import Mapping, Sequence

from attrs import evolve

from b2brules.facts.types import EnumerationType, MoneyType, NumberType
from b2brules.language import LanguageError, Scope, Signature, read_value, suggestion
from b2brules.ruleset.bindings import read_bindings
from b2brules.ruleset.cells import read_name
from b2brules.ruleset.citations import read_citations
from b2brules.ruleset.clauses import Inputs, position_of
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import DecisionDraft, FormulaDraft, TableDraft
from b2brules.ruleset.model import Binding, Formula, Row, Source, Table
from b2brules.ruleset.names import Names
from b2brules.ruleset.order import report_cycle
from b2brules.ruleset.table import TableRow, check_parts

RESULTS = ("then", "source", "basis")
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_TEXT = re.compile(r'"[^"]*"')


def read_binding(
    draft: DecisionDraft, scope: Scope, names: Names, findings: Findings
) -> tuple[Binding | None, bool]:
    """Read what a decision is decided for.

    Returns:
        The binding, ``None`` for the deal itself, and whether it is sound.
    """
    bindings = read_bindings(draft.binding, scope, names, findings)
    if bindings is None:
        return None, False
    if len(bindings) > 1 and draft.binding is not None:
        findings.report(
            draft.binding.place,
            code="invalid-for",
            message="a decision is for one thing",
            help="a recommendation may be for several: move what joins them there",
        )
        return None, False
    return (bindings[0] if bindings else None), True


def sign_table(draft: TableDraft, binding: Binding | None) -> Signature:
    """Say what a rule may know of a decision table."""
    values = tuple(outcome.text for outcome in draft.outcomes)
    list_path = None if binding is None else binding.list
    return Signature(type=EnumerationType(values), list=list_path)


def scope_of(binding: Binding | None, scope: Scope) -> Scope:
    """Return the names that a decision's cells may use."""
    if binding is None:
        return scope
    return evolve(scope, variables={binding.variable: binding.list})


def read_decision_table(
    draft: TableDraft,
    binding: Binding | None,
    scope: Scope,
    sources: Mapping[str, Source],
    findings: Findings,
) -> Table:
    """Read a decision with outcomes; what is wrong is reported."""
    table = draft.table
    values = tuple(outcome.text for outcome in draft.outcomes)
    before = table.bar or 0
    rows: list[Row] = []
    if check_parts(table, findings, of="the rows", required=RESULTS):
        inputs = Inputs(tuple(enumerate(table.header))[1:before], findings)
        own = scope_of(binding, scope)
        for row in table.rows:
            last = row is table.rows[-1]
            rows.append(_read_row(draft, row, inputs, own, sources, findings, last=last))
        _report_unused(draft, findings)
    return Table(
        name=draft.name.text,
        binding=binding,
        type=EnumerationType(values),
        outcomes=values,
        hit_policy=draft.hit_policy,
        rows=tuple(rows),
        ruleset=draft.ruleset,
        position=position_of(draft.name.place),
    )


def read_formulas(
    drafts: Sequence[tuple[FormulaDraft, Binding | None]],
    scope: Scope,
    sources: Mapping[str, Source],
    findings: Findings,
) -> tuple[dict[str, Formula], Scope]:
    """Read the formulas, each after those that it reads.

    ``scope`` has all names but those of formulas, whose types only show when they are read.

    Returns:
        The formulas by name, and the scope with their names.
    """
    by_name = {draft.name.text: (draft, binding) for draft, binding in drafts}
    graph = {
        name: [word for word in _words(draft) if word in by_name]
        for name, (draft, _) in by_name.items()
    }
    formulas: dict[str, Formula] = {}
    decisions = dict(scope.decisions)
    try:
        order = tuple(graphlib.TopologicalSorter(graph).static_order())
    except graphlib.CycleError as error:
        cycle = [str(name) for name in reversed(error.args[1])]
        report_cycle(cycle, {name: by_name[name][0].name.place for name in by_name}, findings)
        order = ()
    for name in order:
        draft, binding = by_name[name]
        formula = _read_formula(
            draft, binding, evolve(scope, decisions=decisions), sources, findings
        )
        if formula is None:
            findings.lose_name(name)
        else:
            formulas[name] = formula
            list_path = None if binding is None else binding.list
            decisions[name] = Signature(type=formula.type, list=list_path)
    if not order:
        for name in by_name:
            findings.lose_name(name)
    return formulas, evolve(scope, decisions=decisions)


def _read_formula(
    draft: FormulaDraft,
    binding: Binding | None,
    scope: Scope,
    sources: Mapping[str, Source],
    findings: Findings,
) -> Formula | None:
    citations, basis = read_citations(draft.source, draft.basis, sources, findings)
    try:
        value = read_value(draft.formula.text, scope_of(binding, scope))
    except LanguageError as error:
        findings.report_mistakes(draft.formula, error)
        return None
    if not isinstance(value.type, NumberType | MoneyType):
        findings.report(
            draft.formula.place,
            code="not-a-number",
            message=f"the formula of `{draft.name.text}` gives neither a number nor an amount",
            help="write a table with outcomes in place of it",
        )
        return None
    return Formula(
        name=draft.name.text,
        binding=binding,
        type=value.type,
        text=draft.formula.folded,
        value=value,
        citations=citations,
        basis=basis,
        ruleset=draft.ruleset,
        position=position_of(draft.name.place),
    )


def _words(draft: FormulaDraft) -> list[str]:
    return _WORD.findall(_TEXT.sub(" ", draft.formula.text))


def _read_row(
    draft: TableDraft,
    row: TableRow,
    inputs: Inputs,
    scope: Scope,
    sources: Mapping[str, Source],
    findings: Findings,
    *,
    last: bool,
) -> Row:
    id = read_name(row.first, findings)
    if inputs.is_otherwise(row) and not last:
        findings.report(
            row.first.place,
            code="misplaced-otherwise",
            message=f"`{row.first.text}` is `otherwise`, but rows follow it",
            help="move it to the end of the table",
        )
    then = row["then"]
    values = [outcome.text for outcome in draft.outcomes]
    if then.text not in values:
        findings.report(
            then.place,
            code="unknown-outcome" if then.text else "empty-cell",
            message=f"`{then.folded}` is not an outcome of `{draft.name.text}`"
            if then.text
            else f"`{row.first.text}` has no outcome",
            help=suggestion(then.text, values) or "its outcomes are " + ", ".join(values),
        )
    citations, basis = read_citations(row["source"], row["basis"], sources, findings)
    return Row(
        id=id or row.first.text,
        clauses=inputs.read(row, scope),
        then=then.text,
        citations=citations,
        basis=basis,
        position=position_of(row.first.place),
    )


def _report_unused(draft: TableDraft, findings: Findings) -> None:
    outcomes = {outcome.text for outcome in draft.outcomes}
    given = {row["then"].text for row in draft.table.rows}
    if draft.table.lost or not given <= outcomes:
        # The row that gives it may be one of those that are wrong.
        return
    for outcome in draft.outcomes:
        if outcome.text not in given | draft.kept:
            findings.report(
                outcome.place,
                code="unused-outcome",
                message=f"no row of `{draft.name.text}` gives `{outcome.text}`",
                help="add a row for it, or delete the outcome",
            )
