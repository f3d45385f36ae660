"""The text block: sentences by key, slot and language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import define, field, frozen

from b2brules.facts.values import shown
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.envelope import Scalar
from b2brules.ruleset.located import Located, Run, join
from b2brules.ruleset.model import Language
from b2brules.ruleset.shape import MAXIMUM_TEXT
from b2brules.ruleset.wide_signs import mend_slot

_SLOT = re.compile(r"(?P<name>[A-Za-z]+(?: +[A-Za-z]+)*) *: ?(?P<rest>.*)")
_SLOTS: dict[str, tuple[str, Language]] = {
    "en": ("", "en"),
    "zh": ("", "zh"),
    "action en": ("action", "en"),
    "action zh": ("action", "zh"),
    "why en": ("why", "en"),
    "why zh": ("why", "zh"),
    "label en": ("label", "en"),
    "label zh": ("label", "zh"),
}


@frozen(kw_only=True)
class Entry:
    """The sentences of one key.

    Args:
        key: As it stands in the file.
        sentences: By slot (``""``, ``"action"``, ``"why"``, ``"label"``) and language.
    """

    key: Located
    sentences: Mapping[tuple[str, Language], Located]


@define
class _Draft:
    key: Located
    sentences: dict[tuple[str, Language], list[Run]] = field(factory=dict)


def read_text(scalar: Scalar, findings: Findings) -> dict[str, Entry]:
    """Read a text block.

    Returns:
        The entries by key, with white space in the key folded.
    """
    drafts: dict[str, _Draft] = {}
    draft: _Draft | None = None
    runs: list[Run] | None = None
    slot_indent = 0
    for run in scalar.lines:
        content = run.text.lstrip()
        if not content or content.startswith("#"):
            continue
        indent = len(run.text) - len(content)
        line = Located(scalar.path, (run,)).strip()
        _refuse_comment(line, findings)
        if indent == 0:
            key = " ".join(content.split())
            if key in drafts:
                first = drafts[key].key.place.line
                findings.report(
                    line.place,
                    code="duplicate-text",
                    message=f"{shown(key)} has a text already, in line {first}",
                    help="keep one of them",
                )
                draft = _Draft(key=line)
            else:
                draft = drafts[key] = _Draft(key=line)
            runs = None
        elif runs is not None and indent > slot_indent:
            runs.extend(line.runs)
        else:
            runs = _begin_slot(mend_slot(line, findings), draft, findings)
            slot_indent = indent
    return {key: _finish(scalar.path, draft, findings) for key, draft in drafts.items()}


def _begin_slot(line: Located, draft: _Draft | None, findings: Findings) -> list[Run]:
    """Start a sentence; one that cannot be kept is read all the same, and thrown away."""
    match = _SLOT.fullmatch(line.text)
    name = " ".join(match["name"].split()) if match is not None else None
    if match is None or name not in _SLOTS or draft is None:
        findings.report(
            line.place,
            code="invalid-text",
            message="this line is neither a key nor a sentence",
            help="write a key without indentation and below it, indented, `en:` and `zh:`, or "
            "`action en:`, `action zh:`, `why en:` and `why zh:`",
        )
        return []
    slot = _SLOTS[name]
    runs = list(line.slice(match.start("rest"), len(line.text)).strip().runs)
    if slot in draft.sentences:
        findings.report(
            line.slice(0, match.end("name")).place,
            code="duplicate-text",
            message=f"{shown(draft.key.folded)} has `{name}` twice",
            help="keep one of them",
        )
        return runs
    draft.sentences[slot] = runs
    return runs


def _refuse_comment(line: Located, findings: Findings) -> None:
    start = line.text.find(" # ")
    if start >= 0:
        findings.report(
            line.at(start + 1, len(line.text)),
            code="comment-in-text",
            message="a comment behind a text would be shown as a part of it",
            help="put the comment on a line of its own, beginning with `#`",
        )


def _finish(path: str, draft: _Draft, findings: Findings) -> Entry:
    sentences = {}
    for slot, runs in draft.sentences.items():
        # Chinese is written without spaces between words, so none is put between lines.
        separator = "" if slot[1] == "zh" else " "
        sentence = join(path, [run for run in runs if run.text] or runs[:1], separator)
        if len(sentence.text) > MAXIMUM_TEXT:
            findings.report(
                sentence.place,
                code="text-too-long",
                message=f"this sentence has more than {MAXIMUM_TEXT} characters",
                help="say it in fewer words",
            )
            sentence = sentence.slice(0, 1)
        if sentence.text:
            sentences[slot] = sentence
    return Entry(key=draft.key, sentences=sentences)
