"""Rule files, loaded together into a book: first every name, then every cell."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from attrs import evolve, frozen

from b2brules.language import Scope, Signature
from b2brules.ruleset.decisions import (
    read_binding,
    read_decision_table,
    read_formulas,
    scope_of,
    sign_table,
)
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import DecisionDraft, FormulaDraft, RulesetDraft, TableDraft
from b2brules.ruleset.files import fingerprint
from b2brules.ruleset.gathering import gather
from b2brules.ruleset.located import Place
from b2brules.ruleset.model import Binding, Book, Decision, Recommendation, Row, Source, Table
from b2brules.ruleset.names import Names
from b2brules.ruleset.order import deal_readers, order_decisions
from b2brules.ruleset.own_facts import extend_vocabulary
from b2brules.ruleset.parameter_files import override_by_file
from b2brules.ruleset.parameters import ParameterError, override, read_parameters
from b2brules.ruleset.recommendations import Surroundings, read_recommendations
from b2brules.ruleset.sentences import Texts, Wanted, read_sentences, want_outcome, want_text
from b2brules.ruleset.shipped_names import point_to_shipped

MAXIMUM_RULES = 4_000


def load(
    paths: Iterable[str | os.PathLike[str]],
    parameters: Mapping[str, object] | None = None,
    *,
    overlays: Iterable[str | os.PathLike[str]] = (),
    parameter_file: str | os.PathLike[str] | None = None,
) -> Book:
    """Load rule files, check them and put them in order.

    Args:
        paths: Rule files, and folders that are searched for them: all ``*.yaml`` but files of
            cases. Sources are read from every ``sources.yaml`` in the folders and beside the
            files; those that come with the library may be cited as well.
        parameters: The caller's own values, by the name of the parameter: numbers, or for amounts
            also :class:`Money` or ``{"amount": …, "currency": …}``.
        overlays: Overlays, in the order in which they are laid over the rules: files, folders of
            them, and names of those that come with the library.
        parameter_file: A file of values; those in ``parameters`` go before them.

    Returns:
        The book, whose every rule can be relied on.

    Raises:
        RulebookError: The files have problems; it lists all of them.
        ParameterError: The values do not fit the parameters; it lists all that is wrong.
    """
    findings = Findings()
    gathered = gather(paths, overlays, findings)
    drafts, sources = gathered.drafts, gathered.sources
    vocabulary = extend_vocabulary(drafts, findings)
    names = Names(dict.fromkeys(vocabulary.members(vocabulary.root), "a fact"))
    in_force = {
        parameter.name: parameter
        for draft in drafts
        for parameter in read_parameters(draft, sources, names, findings)
    }
    if parameter_file is not None:
        in_force = override_by_file(in_force, Path(parameter_file), findings)
    in_force, problems = override(in_force, parameters or {})
    scope = Scope(
        vocabulary=vocabulary,
        parameters={name: parameter.type for name, parameter in in_force.items()},
    )
    bound = _bind(drafts, scope, names, findings)
    scope, decisions = _read_decisions(list(chain(*bound)), scope, sources, findings)
    around = Surroundings(scope=scope, names=names, sources=sources, parameters=in_force)
    recommendations, texts = _read_advice(drafts, bound, around, findings)
    _hold_size(decisions, recommendations, findings)
    ordered = order_decisions(decisions, findings)
    deal_decisions, deal_recommendations = deal_readers(ordered, recommendations)
    point_to_shipped(findings, [*scope.parameters, *scope.decisions])
    findings.raise_if_any()
    if problems:
        raise ParameterError(problems)
    return Book(
        vocabulary=vocabulary,
        sources=sources,
        parameters=in_force,
        decisions=ordered,
        recommendations=recommendations,
        texts=texts,
        deal_decisions=deal_decisions,
        deal_recommendations=deal_recommendations,
        fingerprint=fingerprint(
            gathered.files,
            ((name, str(in_force[name].value)) for name in in_force),
            gathered.overlays,
        ),
        changes=gathered.changes,
    )


def _hold_size(
    decisions: Mapping[str, Decision],
    recommendations: Mapping[str, Recommendation],
    findings: Findings,
) -> None:
    """Refuse more rules than the smallest engine can hold: what one engine runs, all run."""
    tables = [one for one in decisions.values() if isinstance(one, Table)]
    rules: list[Row | Recommendation] = [row for table in tables for row in table.rows]
    rules += recommendations.values()
    if len(rules) > MAXIMUM_RULES:
        place = rules[MAXIMUM_RULES].position
        findings.report(
            Place(path=place.path, line=place.line, column=place.column),
            code="too-many-rules",
            message=f"there are {len(rules)} rows and recommendations, and {MAXIMUM_RULES} at most",
            help="load as several rulebooks what is asked at different times",
        )


@frozen(kw_only=True)
class _Bound:
    """A decision as written, and what it is decided for.

    Args:
        readable: Whether it is known what it is for, so that its cells can be read.
        unique: Whether its name is its own.
    """

    draft: DecisionDraft
    binding: Binding | None
    readable: bool
    unique: bool


def _bind(
    drafts: Sequence[RulesetDraft], scope: Scope, names: Names, findings: Findings
) -> list[list[_Bound]]:
    """Take the names of all decisions, then read what each is decided for, file by file."""
    unique = [
        names.claim(decision.name, "a decision", findings, code="duplicate-name")
        for draft in drafts
        for decision in draft.decisions
    ]
    rest = iter(unique)
    return [
        [_bind_one(decision, next(rest), scope, names, findings) for decision in draft.decisions]
        for draft in drafts
    ]


def _bind_one(
    draft: DecisionDraft, unique: bool, scope: Scope, names: Names, findings: Findings
) -> _Bound:
    binding, readable = read_binding(draft, scope, names, findings)
    if binding is not None:
        members = scope.vocabulary.members(scope.vocabulary.lists()[binding.list])
        of_thing = Names(dict.fromkeys(members, f"a fact of `{binding.list[-1]}`"))
        unique &= of_thing.claim(draft.name, "a decision", findings, code="duplicate-name")
    if not unique or not readable:
        findings.lose_name(draft.name.text)
    return _Bound(draft=draft, binding=binding, readable=readable, unique=unique)


def _read_decisions(
    bound: Sequence[_Bound], scope: Scope, sources: Mapping[str, Source], findings: Findings
) -> tuple[Scope, dict[str, Decision]]:
    """Read all decisions; in the order of the files.

    Returns:
        The scope with their names, and the decisions.
    """
    readable = [one for one in bound if one.readable]
    signatures: dict[str, Signature] = {
        one.draft.name.text: sign_table(one.draft, one.binding)
        for one in readable
        if isinstance(one.draft, TableDraft) and one.unique
    }
    scope = evolve(scope, decisions=signatures)
    formulas, scope = read_formulas(
        [
            (one.draft, one.binding)
            for one in readable
            if isinstance(one.draft, FormulaDraft) and one.unique
        ],
        scope,
        sources,
        findings,
    )
    decisions: dict[str, Decision] = {}
    for one in readable:
        name = one.draft.name.text
        if isinstance(one.draft, TableDraft):
            decision = read_decision_table(one.draft, one.binding, scope, sources, findings)
            if one.unique:
                decisions[name] = decision
        elif name in formulas:
            decisions[name] = formulas[name]
    return scope, decisions


def _read_advice(
    drafts: Sequence[RulesetDraft],
    bound: Sequence[Sequence[_Bound]],
    around: Surroundings,
    findings: Findings,
) -> tuple[dict[str, Recommendation], Texts]:
    """Read the recommendations, and all sentences; ids are unique in the whole book."""
    ids = Names({})
    recommendations: dict[str, Recommendation] = {}
    texts: Texts = {}
    for draft, decisions in zip(drafts, bound, strict=True):
        wanted: list[Wanted] = []
        for row in draft.facts.rows if draft.facts else ():
            ids.claim(row.first, "a fact", findings, code="duplicate-id")
            wanted.append(want_text(row.first, None))
        for one in decisions:
            wanted += _want_texts(one, around.scope)
            if one.unique:
                ids.claim(one.draft.name, "a decision", findings, code="duplicate-id")
            for row in one.draft.table.rows if isinstance(one.draft, TableDraft) else ():
                ids.claim(row.first, "a row", findings, code="duplicate-id")
        rules, advice = read_recommendations(draft, around, findings)
        for cell, rule in rules:
            if rule.id in draft.left_out:
                continue
            if ids.claim(cell, "a recommendation", findings, code="duplicate-id"):
                recommendations[rule.id] = rule
        texts |= read_sentences(draft, [*wanted, *advice], findings)
    return recommendations, texts


def _want_texts(one: _Bound, scope: Scope) -> Iterator[Wanted]:
    own = scope_of(one.binding, scope) if one.readable else None
    name = one.draft.name
    yield want_text(name, own)
    if isinstance(one.draft, TableDraft):
        for outcome in one.draft.outcomes:
            yield want_outcome(outcome, own, f"{name.text} = {outcome.text}")
        for row in one.draft.table.rows:
            yield want_text(row.first, own)
