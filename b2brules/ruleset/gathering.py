"""The files of a rulebook read and put together: rulesets with overlays laid over them, sources."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import frozen

from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import RulesetDraft, read_draft
from b2brules.ruleset.envelope import Node, read_lines, read_tree
from b2brules.ruleset.files import SOURCES, RuleFile, find_files
from b2brules.ruleset.located import Place
from b2brules.ruleset.model import Change, Source
from b2brules.ruleset.names import Names
from b2brules.ruleset.overlay.draft import OverlayDraft, is_overlay, read_overlay
from b2brules.ruleset.overlay.laying import lay_over
from b2brules.ruleset.own_facts import extend_vocabulary
from b2brules.ruleset.shipped import overlay_at, shipped_rulesets
from b2brules.ruleset.sources import read_sources

_OVERLAY = "`overlay:` and the name of the file"


@frozen(kw_only=True)
class Gathered:
    """What the files say, before any name in them is looked up.

    Args:
        files: The rulesets and the sources, as they are read.
        overlays: The overlays, in their order.
        drafts: The rulesets with the overlays laid over them.
    """

    files: tuple[RuleFile, ...]
    overlays: tuple[RuleFile, ...]
    drafts: tuple[RulesetDraft, ...]
    sources: Mapping[str, Source]
    changes: tuple[Change, ...]


def gather(
    paths: Iterable[str | os.PathLike[str]],
    overlays: Iterable[str | os.PathLike[str]],
    findings: Findings,
) -> Gathered:
    """Read rule files, and the overlays that are laid over them in their order."""
    laid = find_files([overlay_at(path) for path in overlays], findings)
    named = {Path(file.path).resolve() for file in laid if not file.is_sources}
    found = find_files([Path(path) for path in paths], findings)
    # A team's folder may hold both its rules and its overlays.
    files = [file for file in found if Path(file.path).resolve() not in named]
    known = {Path(file.path).resolve() for file in files}
    files += [file for file in laid if file.is_sources and Path(file.path).resolve() not in known]
    laid = tuple(file for file in laid if not file.is_sources)
    names = Names({})
    drafts, sources = _read_rulesets(files, names, findings)
    changes: list[Change] = []
    over = _read_overlays(laid, names, findings)
    if over:
        # What is wrong with a team's own facts is reported when the overlays are laid.
        vocabulary = extend_vocabulary(drafts, Findings())
        for overlay in over:
            drafts, changed = lay_over(drafts, overlay, vocabulary, findings)
            changes += changed
    return Gathered(
        files=tuple(files),
        overlays=laid,
        drafts=tuple(drafts),
        sources=sources,
        changes=tuple(changes),
    )


def _read_rulesets(
    files: Sequence[RuleFile], names: Names, findings: Findings
) -> tuple[list[RulesetDraft], Mapping[str, Source]]:
    drafts: list[RulesetDraft] = []
    sources: dict[str, Source] = {}
    for file in files:
        tree = _read_tree(file, findings)
        if tree is None:
            findings.lose_file()
        elif file.is_sources:
            read_sources(tree, sources, findings)
        elif is_overlay(tree):
            findings.report(
                _beginning(file),
                code="overlay-as-ruleset",
                message="this is an overlay, not a ruleset",
                help=f"name it with `--overlay {file.path}`, or keep it in a folder `overlays`",
            )
        else:
            drafts.append(read_draft(tree, file.stem, _beginning(file), findings))
            names.claim(drafts[-1].heading, "a ruleset", findings, code="duplicate-name")
    if shipped_rulesets() not in {Path(file.path).parent for file in files if file.is_sources}:
        sources = {**_shipped_sources(), **sources}
    return drafts, sources


def _read_overlays(
    files: Sequence[RuleFile], names: Names, findings: Findings
) -> list[OverlayDraft]:
    overlays = []
    for file in files:
        tree = _read_tree(file, findings, begin=_OVERLAY)
        place = _beginning(file)
        overlay = None if tree is None else read_overlay(tree, file.stem, place, findings)
        if overlay is None:
            findings.lose_file()
        else:
            names.claim(overlay.heading, "an overlay", findings, code="duplicate-name")
            overlays.append(overlay)
    return overlays


def _read_tree(file: RuleFile, findings: Findings, **begin: str) -> Node | None:
    lines = read_lines(file.path, file.data, findings)
    return None if lines is None else read_tree(file.path, lines, findings, **begin)


def _beginning(file: RuleFile) -> Place:
    return Place(path=file.path, line=1, column=1)


@functools.cache
def _shipped_sources() -> Mapping[str, Source]:
    """Read the sources that come with the library: a team's own rules may cite them too."""
    sources: dict[str, Source] = {}
    findings = Findings()
    for file in find_files([shipped_rulesets() / SOURCES], findings):
        tree = read_tree(file.path, read_lines(file.path, file.data, findings) or (), findings)
        if tree is not None:
            read_sources(tree, sources, findings)
    return sources
