"""One rule file taken apart: its tables and texts, before any name in them is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.ruleset import envelope
from b2brules.ruleset.cells import read_choice, read_name, read_words
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located, Place, write_run
from b2brules.ruleset.model import HitPolicy
from b2brules.ruleset.shape import as_block, as_line, as_mapping, check_keys
from b2brules.ruleset.table import Table, read_table
from b2brules.ruleset.text import Entry, read_text

POLICIES: tuple[HitPolicy, ...] = ("first", "unique")


@frozen(kw_only=True)
class TableDraft:
    """A decision with outcomes, as written.

    Args:
        kept: Outcomes that need no row, since an overlay may have taken it away; other rules ask
            for them by name.
    """

    ruleset: str
    name: Located
    binding: Located | None
    outcomes: tuple[Located, ...]
    hit_policy: HitPolicy
    table: Table
    kept: frozenset[str] = frozenset()


@frozen(kw_only=True)
class FormulaDraft:
    """A decision with a formula, as written."""

    ruleset: str
    name: Located
    binding: Located | None
    formula: Located
    source: Located
    basis: Located


DecisionDraft: TypeAlias = TableDraft | FormulaDraft


@frozen(kw_only=True)
class RulesetDraft:
    """A rule file, as written.

    Args:
        name: What the file is called.
        heading: What it calls itself.
        texts: By key; ``None`` where there is no block ``text``.
        complete: Whether all of it could be read.
        left_out: Ids of recommendations, made by a row with ``each``, that an overlay took away.
    """

    name: str
    heading: Located
    facts: Table | None
    parameters: Table | None
    decisions: tuple[DecisionDraft, ...]
    recommendations: Table | None
    texts: Mapping[str, Entry] | None
    complete: bool
    left_out: frozenset[str] = frozenset()


def read_draft(tree: envelope.Node, stem: str, place: Place, findings: Findings) -> RulesetDraft:
    """Take a rule file apart.

    ``stem`` is the name of the file without ``.yaml``, which is the ruleset's; ``place`` is the
    beginning of the file.
    """
    incomplete = False
    root = as_mapping(tree, "a rule file", findings)
    if root is None:
        findings.lose_file()
        root = envelope.Mapping(place=place, entries=())
    else:
        optional = ("facts", "parameters", "decisions", "recommendations", "text")
        required = ("ruleset", "owner")
        of = "a rule file"
        if not check_keys(root, place, findings, required=required, allowed=optional, of=of):
            incomplete = True
            lose_unknown_parts(root, (*required, *optional), findings)
    heading = read_heading(root, "ruleset", stem, place, findings)
    lost: set[str] = set()
    tables = {key: read_table_at(root, key, lost, findings) for key in ("facts", "parameters")}
    decisions = _read_decisions(root, stem, lost, findings)
    recommendations = read_table_at(root, "recommendations", lost, findings)
    text = as_block(root.get("text"), "text", findings)
    for word in lost:
        findings.lose_name(word)
    return RulesetDraft(
        name=stem,
        heading=heading,
        facts=tables["facts"],
        parameters=tables["parameters"],
        decisions=decisions,
        recommendations=recommendations,
        texts=None if text is None else read_text(text, findings),
        complete=not lost and not incomplete,
    )


def read_heading(
    root: envelope.Mapping,
    key: Literal["ruleset", "overlay"],
    stem: str,
    place: Place,
    findings: Findings,
) -> Located:
    """Read what a file calls itself, and who owns it; without a name, it is called as its file."""
    name = as_line(root.get(key), key, findings)
    if name is not None and read_name(name, findings) is not None and name.text != stem:
        is_yml = stem.endswith(".yml")
        file = stem if is_yml else f"{stem}.yaml"
        rename = f"rename the file to `{name.text}.yaml`"
        findings.report(
            name.place,
            code="ruleset-name",
            message=f"`{name.text}` stands in a file with the name `{file}`",
            help=rename if is_yml else f"write `{key}: {stem}`, or rename the file",
        )
    as_line(root.get("owner"), "owner", findings)
    return name or Located(place.path, (write_run(stem, place.line, place.column),))


def lose_unknown_parts(root: envelope.Mapping, known: tuple[str, ...], findings: Findings) -> None:
    """Note what is defined below keys that a file cannot have, as below a misspelt `decisions`.

    The key is reported, and those who read the names are not blamed as well.
    """
    for key, node in root.entries:
        if key.text.text in known:
            continue
        if isinstance(node, envelope.Mapping):
            for name, _ in node.entries:
                findings.lose_name(name.text.text)
        elif isinstance(node, envelope.Scalar):
            for run in node.lines:
                findings.lose_name(run.text.partition("|")[0].strip().rpartition(".")[2])


def read_table_at(
    mapping: envelope.Mapping, key: str, lost: set[str], findings: Findings
) -> Table | None:
    """Read the table of a key; what could not be read of it is added to ``lost``."""
    block = as_block(mapping.get(key), key, findings)
    if block is None:
        if mapping.get(key) is not None:
            lost.add(key)
        return None
    parts = key in ("table", "recommendations")
    table = read_table(block, findings, parts=parts)
    if table is None:
        # What its rows are called is still known, so that nobody is blamed for naming them.
        for run in block.lines[1:]:
            lost.add(run.text.partition("|")[0].strip())
    else:
        lost.update(cell.text for cell in table.lost)
    return table


def _read_decisions(
    root: envelope.Mapping, ruleset: str, lost: set[str], findings: Findings
) -> tuple[DecisionDraft, ...]:
    entries = as_mapping(root.get("decisions"), "decisions", findings)
    drafts: list[DecisionDraft] = []
    for key, node in entries.entries if entries is not None else ():
        name = key.text
        draft: DecisionDraft | None = None
        if read_name(name, findings) is not None:
            keys = as_mapping(node, name.text, findings)
            if keys is not None and keys.get("formula") is not None:
                draft = read_formula(name, keys, ruleset, findings)
            elif keys is not None:
                draft = _read_decision_table(name, keys, ruleset, lost, findings)
        if draft is None:
            lost.add(name.text)
        else:
            drafts.append(draft)
    return tuple(drafts)


def read_formula(
    name: Located,
    keys: envelope.Mapping,
    ruleset: str,
    findings: Findings,
    *,
    allowed: tuple[str, ...] = ("for",),
) -> FormulaDraft | None:
    """Read a decision with a formula; ``allowed`` are the keys that it need not have."""
    of = "a decision with a formula"
    required = ("formula", "source", "basis")
    if not check_keys(keys, name.place, findings, required=required, allowed=allowed, of=of):
        return None
    formula = as_line(keys.get("formula"), "formula", findings)
    source = as_line(keys.get("source"), "source", findings)
    basis = as_line(keys.get("basis"), "basis", findings)
    if formula is None or source is None or basis is None:
        return None
    return FormulaDraft(
        ruleset=ruleset,
        name=name,
        binding=as_line(keys.get("for"), "for", findings),
        formula=formula,
        source=source,
        basis=basis,
    )


def _read_decision_table(
    name: Located, keys: envelope.Mapping, ruleset: str, lost: set[str], findings: Findings
) -> TableDraft | None:
    required = ("outcomes", "hit_policy", "table")
    complete = check_keys(
        keys, name.place, findings, required=required, allowed=("for",), of="a decision"
    )
    outcomes = read_outcomes(keys, findings)
    policy = read_policy(keys, findings)
    table = read_table_at(keys, "table", lost, findings)
    if not complete or table is None or not outcomes:
        return None
    return TableDraft(
        ruleset=ruleset,
        name=name,
        binding=as_line(keys.get("for"), "for", findings),
        outcomes=outcomes,
        hit_policy=policy or "first",
        table=table,
    )


def read_policy(keys: envelope.Mapping, findings: Findings) -> HitPolicy | None:
    """Read the hit policy of a decision; ``None`` where there is none."""
    line = as_line(keys.get("hit_policy"), "hit_policy", findings)
    word = line and read_choice(line, POLICIES, findings, code="unknown-hit-policy")
    return next((policy for policy in POLICIES if policy == word), None)


def read_outcomes(keys: envelope.Mapping, findings: Findings) -> tuple[Located, ...]:
    """Read the outcomes of a decision; none where there are none."""
    line = as_line(keys.get("outcomes"), "outcomes", findings)
    if line is None:
        return ()
    outcomes = read_words(line, findings)
    return tuple(word for word in outcomes if read_name(word, findings) is not None)
