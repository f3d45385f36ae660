"""The sentences that the rules of a file need, found in its text block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import field, frozen

from b2brules.facts.values import shown
from b2brules.language import Scope
from b2brules.ruleset.diagnostics import Findings, nearest
from b2brules.ruleset.drafts import RulesetDraft
from b2brules.ruleset.located import Located, Place
from b2brules.ruleset.model import Language, Template
from b2brules.ruleset.template import read_template
from b2brules.ruleset.text import Entry

Texts: TypeAlias = dict[tuple[str, str, Language], Template]

LANGUAGES: tuple[Language, ...] = ("en", "zh")
_PLAIN = ("",)
_ADVICE = ("action", "why")
_LABEL = "label"


@frozen(kw_only=True)
class Wanted:
    """Sentences that something in a rule file needs.

    Args:
        key: Its key in the text block.
        rule: What the sentences are kept for, where this differs from the key.
        slots: ``("",)``, or ``("action", "why")`` for a recommendation.
        optional: Slots that may be there as well: ``("label",)`` for an outcome.
        place: Where the thing stands that needs them.
        scope: The names that the sentences may show; ``None`` if they are not kept as templates.
        replaced: What stands for a name in the sentences, and the name in each language.
    """

    key: str
    rule: str
    slots: tuple[str, ...]
    optional: tuple[str, ...] = ()
    place: Place
    scope: Scope | None
    replaced: tuple[str, Mapping[str, str]] | None = field(default=None)


def want_text(name: Located, scope: Scope | None, key: str | None = None) -> Wanted:
    """Ask for the one sentence of a decision, an outcome, a row or an own fact."""
    key = name.text if key is None else key
    return Wanted(key=key, rule=key, slots=_PLAIN, place=name.place, scope=scope)


def want_outcome(name: Located, scope: Scope | None, key: str) -> Wanted:
    """Ask for the sentence of an outcome, and for what to call it in a few characters."""
    return Wanted(
        key=key, rule=key, slots=_PLAIN, optional=(_LABEL,), place=name.place, scope=scope
    )


def want_advice(
    name: Located, rule: str, scope: Scope | None, replaced: tuple[str, Mapping[str, str]] | None
) -> Wanted:
    """Ask for the action and the reason of a recommendation."""
    return Wanted(
        key=name.text, rule=rule, slots=_ADVICE, place=name.place, scope=scope, replaced=replaced
    )


def read_sentences(draft: RulesetDraft, wanted: Sequence[Wanted], findings: Findings) -> Texts:
    """Find and read the sentences that a rule file needs; what is missing is reported."""
    texts: Texts = {}
    if draft.texts is None:
        if wanted and draft.complete:
            findings.report(
                draft.heading.place,
                code="missing-text",
                message=f"`{draft.name}` has rules and no block `text`",
                help="write `text: |` and below it the sentences of each rule",
            )
        return texts
    slots = {want.key: (*want.slots, *want.optional) for want in wanted}
    misspelt = _check_keys(draft.texts, slots, findings) if draft.complete else frozenset()
    for want in wanted:
        entry = draft.texts.get(want.key)
        if entry is None:
            if want.key not in misspelt:
                _report_missing(want, want.place, _lines(want.slots), findings)
            continue
        missing = [
            (slot, language)
            for slot in want.slots
            for language in LANGUAGES
            if (slot, language) not in entry.sentences
        ]
        if missing:
            lines = [f"{slot} {language}".strip() for slot, language in missing]
            _report_missing(want, entry.key.place, lines, findings)
        if want.scope is None:
            continue
        for (slot, language), sentence in entry.sentences.items():
            if slot in (*want.slots, *want.optional):
                if want.replaced is not None:
                    placeholder, names = want.replaced
                    sentence = sentence.replace(placeholder, names[language])
                texts[want.rule, slot, language] = read_template(sentence, want.scope, findings)
    return texts


def _check_keys(
    texts: Mapping[str, Entry], slots: Mapping[str, tuple[str, ...]], findings: Findings
) -> frozenset[str]:
    """Report texts that nothing needs, and return the keys that they may have been meant for."""
    misspelt: set[str] = set()
    without = [key for key in slots if key not in texts]
    for key, entry in texts.items():
        if key not in slots:
            near = nearest(key, without)
            misspelt |= {near} if near else set()
            findings.report(
                entry.key.place,
                code="text-without-rule",
                message=f"{shown(key)} is no decision, outcome, row, recommendation or fact of "
                "this file",
                help=f"did you mean `{near}`?" if near else "delete its text",
            )
            continue
        strange = [slot for slot, _ in entry.sentences if slot not in slots[key]]
        if strange:
            lines = ", ".join(f"`{line}:`" for line in _lines(slots[key]))
            findings.report(
                entry.key.place,
                code="invalid-text",
                message=f"`{key}` has a text of another kind",
                help=f"it needs {lines}",
            )
    return frozenset(misspelt)


def _lines(slots: tuple[str, ...]) -> list[str]:
    return [f"{slot} {language}".strip() for slot in slots for language in LANGUAGES]


def _report_missing(want: Wanted, place: Place, lines: list[str], findings: Findings) -> None:
    names = ", ".join(f"`{line}:`" for line in lines)
    whole = lines == _lines(want.slots)
    findings.report(
        place,
        code="missing-text",
        message=f"`{want.key}` has no text" if whole else f"`{want.key}` has no text {names}",
        help=f"write {names} below `{want.key}` in the block `text`",
    )
