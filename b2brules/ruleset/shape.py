"""Keys and their nodes: what a file or a part of it has to consist of."""

from __future__ import annotations

from b2brules.facts.values import shown
from b2brules.language import suggestion
from b2brules.ruleset.diagnostics import Findings, nearest
from b2brules.ruleset.envelope import Mapping, Node, Scalar
from b2brules.ruleset.located import Located, Place
from b2brules.ruleset.wide_signs import BARS

MAXIMUM_TEXT = 4000


def check_keys(
    mapping: Mapping,
    place: Place,
    findings: Findings,
    *,
    required: tuple[str, ...],
    allowed: tuple[str, ...] = (),
    of: str,
) -> bool:
    """Check that a mapping has the keys it needs and no others.

    ``place`` is where a key that is missing is reported, and ``of`` what the mapping is, as a
    message calls it: ``a ruleset``.

    Returns:
        Whether all required keys are there, and no others than are allowed.
    """
    known = (*required, *allowed)
    missing = [name for name in required if mapping.get(name) is None]
    sound = not missing
    for key, _ in mapping.entries:
        name = key.text.text
        if name in known:
            continue
        sound = False
        near = nearest(name, missing)
        if near is not None:
            missing.remove(near)
        findings.report(
            key.place,
            code="unknown-key",
            message=f"{shown(name)} is not a key of {of}",
            help=f"did you mean `{near}`?"
            if near
            else suggestion(name, known) or "its keys are " + ", ".join(known),
        )
    for name in missing:
        findings.report(
            place, code="missing-key", message=f"{of} has no `{name}`", help=f"write `{name}:`"
        )
    return sound


def as_mapping(node: Node | None, name: str, findings: Findings) -> Mapping | None:
    """Take a node as keys with values, or report that it is something else.

    ``name`` is its key, or for a whole file what it is, as a message calls it: ``a rule file``.
    """
    if isinstance(node, Mapping):
        return node
    if node is not None and " " in name:
        findings.report(
            node.place,
            code="wrong-shape",
            message=f"{name} holds keys",
            help="write a key with a colon on each line",
        )
    elif node is not None:
        findings.report(
            node.place,
            code="wrong-shape",
            message=f"`{name}` holds keys",
            help=f"write `{name}:` and below it, indented, a key with a colon on each line",
        )
    return None


def as_block(node: Node | None, name: str, findings: Findings) -> Scalar | None:
    """Take a node as a literal block, or report that it is something else."""
    if isinstance(node, Scalar) and node.block:
        return node
    if node is not None:
        findings.report(
            node.place,
            code="wrong-shape",
            message=f"`{name}` is a block of lines",
            help=f"write `{name}: |` and the lines indented below it"
            if not isinstance(node, Scalar) or node.text.text[:1] not in BARS
            else f"write `{name}: |`, with the half-width bar",
        )
    return None


def as_line(node: Node | None, name: str, findings: Findings) -> Located | None:
    """Take a node as a line of text that is not empty, or report that it is something else."""
    if isinstance(node, Scalar) and len(node.text.text) > MAXIMUM_TEXT:
        findings.report(
            node.place,
            code="text-too-long",
            message=f"`{name}` has more than {MAXIMUM_TEXT} characters",
            help="make it shorter",
        )
        return None
    if isinstance(node, Scalar) and node.text.text:
        return node.text
    if node is not None:
        findings.report(
            node.place,
            code="wrong-shape",
            message=f"`{name}` is one line of text",
            help=f"write it behind `{name}:`",
        )
    return None
