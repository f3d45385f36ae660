"""Rule files written tidily: tables aligned, and nothing else changed.

A file is read before and after, and what it says has to be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import attrs

from b2brules.ruleset import envelope
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import RulesetDraft, read_draft
from b2brules.ruleset.envelope import MAXIMUM_LINE, read_lines, read_tree
from b2brules.ruleset.files import CASES, SOURCES, SURVIVORS, RuleFile, files_below, read_file
from b2brules.ruleset.layout import align
from b2brules.ruleset.located import Located, Place
from b2brules.ruleset.overlay.draft import OverlayDraft, is_overlay, read_overlay

_BOM = b"\xef\xbb\xbf"
_KINDS = ("ruleset", "overlay")
_TABLES = ("facts", "parameters", "recommendations")


class MeaningChangedError(Exception):
    """Aligning a file would change what it says; it is a fault of ours, and nothing is written."""


def find_rule_files(paths: Iterable[Path], findings: Findings) -> tuple[RuleFile, ...]:
    """Read the rulesets and overlays that are named, and all those below the folders.

    Files of cases, sources and survivors are left out, and what in a folder is no rule file.
    """
    found: dict[Path, RuleFile] = {}
    for path in paths:
        for file in files_below(path) if path.is_dir() else [path]:
            is_other = file.name.endswith(CASES) or file.name in (SOURCES, SURVIVORS)
            if is_other or file.resolve() in found:
                continue
            read = read_file(file, file.name, findings)
            if read is not None and (file == path or _is_rule_file(read)):
                found[file.resolve()] = read
    return tuple(found.values())


def _is_rule_file(file: RuleFile) -> bool:
    """Tell whether a file calls itself one; of what cannot be read, say so, since it may be one."""
    unread = Findings()
    lines = read_lines(file.path, file.data, unread)
    tree = None if lines is None else read_tree(file.path, lines, unread)
    if tree is None:
        return True
    return isinstance(tree, envelope.Mapping) and any(tree.get(kind) for kind in _KINDS)


def format_rules(path: str, data: bytes, *, stem: str | None = None) -> bytes:
    """Align the tables of a rule file and strip the blanks at the ends of its lines.

    Comments, blank lines, texts and the order of everything stay.

    Args:
        path: How messages name the file.
        data: The file.
        stem: Its name without ``.yaml``; by default, what the file calls itself.

    Returns:
        The file as it should be; the same bytes where it is already.

    Raises:
        RulebookError: There is something wrong in the file itself; what its names stand for
            elsewhere is not asked.
        MeaningChangedError: The result would say something else.
    """
    findings = Findings()
    tree, draft = _read(path, data, stem, findings)
    findings.raise_if_any()
    assert tree is not None
    result = _write(data, _align_tables(tree))
    after = Findings()
    if _said(_read(path, result, stem, after)[1], result) != _said(draft, data):
        raise MeaningChangedError(path)
    return result


def _read(
    path: str, data: bytes, stem: str | None, findings: Findings
) -> tuple[envelope.Node | None, RulesetDraft | OverlayDraft | None]:
    lines = read_lines(path, data, findings)
    tree = None if lines is None else read_tree(path, lines, findings)
    if tree is None:
        return None, None
    overlay = is_overlay(tree)
    if stem is None:
        node = tree.get(_KINDS[overlay]) if isinstance(tree, envelope.Mapping) else None
        stem = node.text.text if isinstance(node, envelope.Scalar) else ""
    place = Place(path=path, line=1, column=1)
    return tree, (read_overlay if overlay else read_draft)(tree, stem, place, findings)


def _align_tables(tree: envelope.Node) -> dict[int, str]:
    """Return the lines of tables, aligned, by their numbers from 1."""
    aligned: dict[int, str] = {}
    for block in _tables(tree):
        runs = [run for run in block.lines if run.text.strip() and run.text.strip()[0] != "#"]
        indent = " " * (runs[0].column - 1)
        lines = [f"{indent}{line}" for line in align([run.text for run in runs])]
        # A table too wide for a file is better ragged than refused.
        if max(map(len, lines)) <= MAXIMUM_LINE:
            aligned |= {run.line: line for run, line in zip(runs, lines, strict=True)}
    return aligned


def _tables(tree: envelope.Node) -> Iterator[envelope.Scalar]:
    if not isinstance(tree, envelope.Mapping):
        return
    decisions = tree.get("decisions")
    entries = decisions.entries if isinstance(decisions, envelope.Mapping) else ()
    keyed = [(tree, key) for key in _TABLES]
    keyed += [(node, "table") for _, node in entries if isinstance(node, envelope.Mapping)]
    for mapping, key in keyed:
        block = mapping.get(key)
        if isinstance(block, envelope.Scalar):
            yield block


def _write(data: bytes, aligned: Mapping[int, str]) -> bytes:
    bom = data[: len(_BOM)] if data.startswith(_BOM) else b""
    lines = data.removeprefix(_BOM).decode("utf-8").rstrip().split("\n")
    ending = "\r\n" if lines[0].endswith("\r") else "\n"
    written = (aligned.get(number, line.rstrip()) for number, line in enumerate(lines, 1))
    return bom + "".join(f"{line}{ending}" for line in written).encode()


def _said(draft: RulesetDraft | OverlayDraft | None, data: bytes) -> object:
    """Return what a file says to programs and, in its comments, to people: not where it stands."""
    lines = (line.strip() for line in data.decode("utf-8").split("\n"))
    return _content(draft), [line for line in lines if line.startswith("#")]


def _content(part: object) -> object:
    if isinstance(part, Located):
        return part.text
    if isinstance(part, Place):
        return None
    if isinstance(part, Mapping):
        return {key: _content(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return [_content(one) for one in part]
    kind = type(part)
    if attrs.has(kind):
        return [_content(getattr(part, field.name)) for field in attrs.fields(kind)]
    return part
