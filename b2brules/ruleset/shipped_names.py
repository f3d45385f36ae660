"""Names that are not known in a team's own rules, but stand in the method that is shipped."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from attrs import evolve

from b2brules.ruleset.diagnostics import Diagnostic, Findings
from b2brules.ruleset.drafts import read_draft
from b2brules.ruleset.envelope import read_lines, read_tree
from b2brules.ruleset.files import find_files
from b2brules.ruleset.located import Place
from b2brules.ruleset.shipped import shipped_rulesets

_UNKNOWN = ("unknown-name", "unknown-placeholder", "unknown-decision", "unknown-recommendation")
_NAME = re.compile(r"`(?:[a-z0-9_]+\.)*([a-z0-9_]+)` is not")


def point_to_shipped(findings: Findings, loaded: Iterable[str]) -> None:
    """Say of names that are not known that the shipped method has them, if it is not loaded.

    Args:
        findings: What was found; the help of such findings is written anew.
        loaded: The decisions, parameters and recommendations that are loaded.
    """
    if any(one.code in _UNKNOWN for one in findings.diagnostics):
        known = frozenset(loaded)
        findings.rewrite(lambda one: _pointed(one, known))


def _pointed(one: Diagnostic, loaded: frozenset[str]) -> Diagnostic:
    found = _NAME.match(one.message) if one.code in _UNKNOWN else None
    kind = None if found is None else _shipped_names().get(found[1])
    # Where it is loaded, the name is wrong for another reason.
    if found is None or kind is None or found[1] in loaded:
        return one
    help = (
        f"`{found[1]}` is a {kind} of the shipped method; load that with it, as in "
        f"`b2brules check rulesets {one.path}`"
    )
    return evolve(one, help=help)


@functools.cache
def _shipped_names() -> Mapping[str, str]:
    """Return what the shipped files define, and what it is: ``a decision``."""
    names: dict[str, str] = {}
    unread = Findings()
    for file in find_files([shipped_rulesets()], unread):
        lines = read_lines(file.path, file.data, unread)
        tree = None if lines is None or file.is_sources else read_tree(file.path, lines, unread)
        if tree is None:
            continue
        draft = read_draft(tree, file.stem, Place(path=file.path, line=1, column=1), unread)
        tables = {"parameter": draft.parameters, "recommendation": draft.recommendations}
        for kind, table in tables.items():
            names |= {row.first.text: kind for row in (table.rows if table else ())}
        names |= {decision.name.text: "decision" for decision in draft.decisions}
    return names
