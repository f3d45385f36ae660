"""Changes that no case has to notice: each with the reason, in files `survivors.yaml`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from b2brules.ruleset import envelope
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.envelope import Node, read_lines, read_tree
from b2brules.ruleset.files import SURVIVORS, RuleFile, files_below, read_file, without_overlays
from b2brules.ruleset.located import Place
from b2brules.ruleset.shape import as_line, as_mapping, check_keys


@frozen(kw_only=True)
class Accepted:
    """A change that no case notices, and why that is right.

    Args:
        rule: What is changed, as a mutant names it.
        change: What has become of it, likewise.
        reason: Why no case has to notice.
        place: Where this is written.
    """

    rule: str
    change: str
    reason: str
    place: Place


def load_survivors(
    paths: Iterable[str | os.PathLike[str]], findings: Findings
) -> tuple[Accepted, ...]:
    """Load the files `survivors.yaml` below folders, and beside files; report what is wrong."""
    found: dict[Path, RuleFile] = {}
    for path in map(Path, paths):
        if path.is_dir():
            below = without_overlays(path, files_below(path))
            files = [file for file in below if file.name == SURVIVORS]
        else:
            files = [path.with_name(SURVIVORS)]
        for file in files:
            if file.is_file() and file.resolve() not in found:
                read = read_file(file, file.name, findings)
                if read is not None:
                    found[file.resolve()] = read
    return tuple(one for file in found.values() for one in _read_file(file, findings))


def _read_file(file: RuleFile, findings: Findings) -> list[Accepted]:
    lines = read_lines(file.path, file.data, findings)
    tree = None if lines is None else read_tree(file.path, lines, findings)
    if tree is None:
        return []
    if not isinstance(tree, envelope.Sequence):
        findings.report(
            tree.place,
            code="wrong-shape",
            message="a file of survivors is a list",
            help="begin each change with `- rule:`",
        )
        return []
    accepted: dict[tuple[str, str], Accepted] = {}
    for node in tree.items:
        one = _read_one(node, findings)
        if one is None:
            continue
        if (one.rule, one.change) in accepted:
            findings.report(
                one.place,
                code="duplicate-id",
                message=f"this change of `{one.rule}` is accepted twice",
                help="keep one of the two",
            )
        accepted.setdefault((one.rule, one.change), one)
    return list(accepted.values())


def _read_one(node: Node, findings: Findings) -> Accepted | None:
    of = "a change that survives"
    keys = as_mapping(node, of, findings)
    required = ("rule", "change", "reason")
    if keys is None or not check_keys(keys, keys.place, findings, required=required, of=of):
        return None
    rule, change, reason = (as_line(keys.get(name), name, findings) for name in required)
    if rule is None or change is None or reason is None:
        return None
    return Accepted(rule=rule.folded, change=change.folded, reason=reason.folded, place=keys.place)
