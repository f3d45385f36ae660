"""One overlay taken apart: what it changes, before the rules that it is laid over are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import frozen

from b2brules.ruleset import envelope
from b2brules.ruleset.cells import read_words
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import (
    FormulaDraft,
    lose_unknown_parts,
    read_formula,
    read_heading,
    read_outcomes,
    read_policy,
    read_table_at,
)
from b2brules.ruleset.located import Located, Place
from b2brules.ruleset.model import HitPolicy
from b2brules.ruleset.shape import as_block, as_line, as_mapping, check_keys
from b2brules.ruleset.table import Table
from b2brules.ruleset.text import Entry, read_text

_OPTIONAL = ("disable", "parameters", "decisions", "recommendations", "text")
_OF_A_DECISION = ("outcomes", "hit_policy", "table")


@frozen(kw_only=True)
class TablePatch:
    """What changes in a decision with outcomes; ``None`` and no outcomes: as it was.

    Args:
        table: Rows that take the place of those with the same id, and rows that are added.
    """

    name: Located
    outcomes: tuple[Located, ...]
    hit_policy: HitPolicy | None
    table: Table | None


Patch: TypeAlias = TablePatch | FormulaDraft


@frozen(kw_only=True)
class OverlayDraft:
    """An overlay, as written.

    Args:
        name: What the file is called.
        heading: What it calls itself.
        disabled: Ids of rows and recommendations.
        complete: Whether all of it could be read.
    """

    name: str
    heading: Located
    disabled: tuple[Located, ...]
    parameters: Table | None
    decisions: tuple[Patch, ...]
    recommendations: Table | None
    texts: Mapping[str, Entry]
    complete: bool


def is_overlay(tree: envelope.Node) -> bool:
    """Tell whether a file is an overlay and not a ruleset."""
    return isinstance(tree, envelope.Mapping) and tree.get("overlay") is not None


def read_overlay(
    tree: envelope.Node, stem: str, place: Place, findings: Findings
) -> OverlayDraft | None:
    """Take an overlay apart.

    ``stem`` is the name of the file without ``.yaml``, which is the overlay's; ``place`` is the
    beginning of the file.
    """
    root = as_mapping(tree, "an overlay", findings)
    if root is None:
        return None
    if root.get("ruleset") is not None and not is_overlay(root):
        findings.report(
            place,
            code="ruleset-as-overlay",
            message="this is a ruleset, not an overlay",
            help="load it as rules, or begin it with `overlay:` and leave in it what changes",
        )
        return None
    complete = check_keys(
        root,
        place,
        findings,
        required=("overlay", "owner"),
        allowed=_OPTIONAL,
        of="an overlay",
    )
    if not complete:
        lose_unknown_parts(root, ("overlay", "owner", *_OPTIONAL), findings)
    heading = read_heading(root, "overlay", stem, place, findings)
    disabled = as_line(root.get("disable"), "disable", findings)
    lost: set[str] = set()
    parameters = read_table_at(root, "parameters", lost, findings)
    decisions = _read_patches(root, stem, lost, findings)
    recommendations = read_table_at(root, "recommendations", lost, findings)
    text = as_block(root.get("text"), "text", findings)
    for word in lost:
        findings.lose_name(word)
    return OverlayDraft(
        name=stem,
        heading=heading,
        disabled=() if disabled is None else read_words(disabled, findings),
        parameters=parameters,
        decisions=decisions,
        recommendations=recommendations,
        texts={} if text is None else read_text(text, findings),
        complete=complete and not lost,
    )


def _read_patches(
    root: envelope.Mapping, overlay: str, lost: set[str], findings: Findings
) -> tuple[Patch, ...]:
    entries = as_mapping(root.get("decisions"), "decisions", findings)
    patches: list[Patch] = []
    for key, node in entries.entries if entries is not None else ():
        keys = as_mapping(node, key.text.text, findings)
        patch: Patch | None = None
        if keys is not None and keys.get("formula") is not None:
            patch = read_formula(key.text, keys, overlay, findings, allowed=())
        elif keys is not None:
            patch = _read_table_patch(key.text, keys, lost, findings)
        if patch is None:
            lost.add(key.text.text)
        else:
            patches.append(patch)
    return tuple(patches)


def _read_table_patch(
    name: Located, keys: envelope.Mapping, lost: set[str], findings: Findings
) -> TablePatch | None:
    of = "a decision in an overlay"
    if not check_keys(keys, name.place, findings, required=(), allowed=_OF_A_DECISION, of=of):
        return None
    return TablePatch(
        name=name,
        outcomes=read_outcomes(keys, findings),
        hit_policy=read_policy(keys, findings),
        table=read_table_at(keys, "table", lost, findings),
    )
