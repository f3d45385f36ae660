"""The texts of an overlay: for what it adds, and in the place of others."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from b2brules.facts.values import shown
from b2brules.ruleset.diagnostics import nearest
from b2brules.ruleset.drafts import RulesetDraft, TableDraft
from b2brules.ruleset.overlay.layers import Layers
from b2brules.ruleset.text import Entry


def lay_texts(layers: Layers) -> None:
    """Put the texts of an overlay beside what they belong to; a language that it leaves out stays.

    The files are as the overlay has changed them.
    """
    homes = {key: index for index, draft in enumerate(layers.drafts) for key in _keys(draft)}
    for key, entry in layers.overlay.texts.items():
        if key in homes:
            _put(layers, homes[key], key, entry)
        elif layers.overlay.complete and not layers.findings.has_lost(key.partition(" = ")[0]):
            meant = _refuse(layers, homes, entry)
            if meant is not None:
                # The rule is there, and is not blamed for having no text.
                _put(layers, homes[meant], meant, entry)


def _put(layers: Layers, index: int, key: str, entry: Entry) -> None:
    draft = layers.drafts[index]
    texts = dict(draft.texts or {})
    if key in texts:
        layers.note("replaced", "text", entry.key)
        entry = evolve(entry, sentences={**texts[key].sentences, **entry.sentences})
    layers.drafts[index] = evolve(draft, texts={**texts, key: entry})


def _refuse(layers: Layers, homes: dict[str, int], entry: Entry) -> str | None:
    """Report a text that belongs to nothing; return what was meant if that has no text."""
    key = entry.key.folded
    without = [one for one, index in homes.items() if one not in _texts(layers, index)]
    lacking = nearest(key, without)
    near = lacking or nearest(key, list(homes))
    layers.findings.report(
        entry.key.place,
        code="text-without-rule",
        message=f"{shown(key)} is no decision, outcome, row, recommendation or fact of these rules",
        help=f"did you mean `{near}`?" if near else "delete its text",
    )
    return lacking


def _texts(layers: Layers, index: int) -> set[str]:
    return {*(layers.drafts[index].texts or ()), *layers.overlay.texts}


def _keys(draft: RulesetDraft) -> Iterator[str]:
    """Yield the keys under which the texts of a file stand."""
    for table in (draft.facts, draft.recommendations):
        if table is not None:
            yield from (row.first.text for row in table.rows)
    for decision in draft.decisions:
        yield decision.name.text
        if isinstance(decision, TableDraft):
            for outcome in decision.outcomes:
                yield f"{decision.name.text} = {outcome.text}"
            yield from (row.first.text for row in decision.table.rows)
