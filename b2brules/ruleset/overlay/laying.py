"""Laying an overlay over rule files: both as written, so that every check sees the result."""

from __future__ import annotations

from collections.abc import Sequence

from b2brules.facts.vocabulary import Vocabulary
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import RulesetDraft
from b2brules.ruleset.model import Change
from b2brules.ruleset.overlay.decisions import lay_decision
from b2brules.ruleset.overlay.disabling import disable
from b2brules.ruleset.overlay.draft import OverlayDraft
from b2brules.ruleset.overlay.layers import Layers
from b2brules.ruleset.overlay.parameters import lay_parameters
from b2brules.ruleset.overlay.recommendations import lay_recommendations
from b2brules.ruleset.overlay.texts import lay_texts


def lay_over(
    drafts: Sequence[RulesetDraft],
    overlay: OverlayDraft,
    vocabulary: Vocabulary,
    findings: Findings,
) -> tuple[list[RulesetDraft], list[Change]]:
    """Lay an overlay over rule files; what is wrong with it is reported.

    Returns:
        The files with the changes in them, and behind them what the overlay adds that belongs to
        none of them; and the changes.
    """
    layers = Layers(list(drafts), overlay, vocabulary, findings)
    parameters = lay_parameters(layers)
    for patch in overlay.decisions:
        lay_decision(layers, patch)
    recommendations = lay_recommendations(layers)
    for id in overlay.disabled:
        disable(layers, id)
    layers.drafts.append(
        RulesetDraft(
            name=overlay.name,
            heading=overlay.heading,
            facts=None,
            parameters=parameters,
            decisions=(),
            recommendations=recommendations,
            texts={},
            complete=overlay.complete,
        )
    )
    # Last, since texts belong to what is there now.
    lay_texts(layers)
    return layers.drafts, layers.changes
