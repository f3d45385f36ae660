"""Declarative decision support for B2B sales: what is known about a deal, into what to do next.

The public names are imported when they are first used, so that `import b2brules` is light.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from b2brules.advice.conclusions import Conclusions, Match, Verdict
    from b2brules.advice.model import (
        Advice,
        Decision,
        JudgedOverride,
        Proof,
        Question,
        Recommendation,
        RecommendationProof,
    )
    from b2brules.advice.override import Override
    from b2brules.casework.coverage import Coverage
    from b2brules.casework.mutation import Mutation
    from b2brules.casework.running import CaseRun
    from b2brules.facts import (
        NEVER,
        Account,
        Action,
        Competency,
        Competitor,
        CostItem,
        Event,
        Marks,
        Money,
        Need,
        Opportunity,
        Person,
    )
    from b2brules.facts.problems import FactsError, Problem
    from b2brules.rulebook import Rulebook, load_rulebook
    from b2brules.ruleset.diagnostics import Diagnostic, RulebookError
    from b2brules.ruleset.parameters import ParameterError
    from b2brules.session.changes import FactChange
    from b2brules.session.difference import (
        DecisionChange,
        Difference,
        OverrideChange,
        RecommendationChange,
    )
    from b2brules.session.journal import Entry, JournalError, read_journal
    from b2brules.session.purging import Purged
    from b2brules.session.replay import Departure, Replay
    from b2brules.session.session import Session
    from b2brules.session.standing import Standing

_HOMES = {
    "b2brules.advice.conclusions": ("Conclusions", "Match", "Verdict"),
    "b2brules.advice.model": (
        "Advice",
        "Decision",
        "JudgedOverride",
        "Proof",
        "Question",
        "Recommendation",
        "RecommendationProof",
    ),
    "b2brules.advice.override": ("Override",),
    "b2brules.casework.coverage": ("Coverage",),
    "b2brules.casework.mutation": ("Mutation",),
    "b2brules.casework.running": ("CaseRun",),
    "b2brules.facts": (
        "NEVER",
        "Account",
        "Action",
        "Competency",
        "Competitor",
        "CostItem",
        "Event",
        "Marks",
        "Money",
        "Need",
        "Opportunity",
        "Person",
    ),
    "b2brules.facts.problems": ("FactsError", "Problem"),
    "b2brules.rulebook": ("Rulebook", "load_rulebook"),
    "b2brules.ruleset.diagnostics": ("Diagnostic", "RulebookError"),
    "b2brules.ruleset.parameters": ("ParameterError",),
    "b2brules.session.changes": ("FactChange",),
    "b2brules.session.difference": (
        "DecisionChange",
        "Difference",
        "OverrideChange",
        "RecommendationChange",
    ),
    "b2brules.session.journal": ("Entry", "JournalError", "read_journal"),
    "b2brules.session.purging": ("Purged",),
    "b2brules.session.replay": ("Departure", "Replay"),
    "b2brules.session.session": ("Session",),
    "b2brules.session.standing": ("Standing",),
}

__all__ = [
    "NEVER",
    "Account",
    "Action",
    "Advice",
    "CaseRun",
    "Competency",
    "Competitor",
    "Conclusions",
    "CostItem",
    "Coverage",
    "Decision",
    "DecisionChange",
    "Departure",
    "Diagnostic",
    "Difference",
    "Entry",
    "Event",
    "FactChange",
    "FactsError",
    "JournalError",
    "JudgedOverride",
    "Marks",
    "Match",
    "Money",
    "Mutation",
    "Need",
    "Opportunity",
    "Override",
    "OverrideChange",
    "ParameterError",
    "Person",
    "Problem",
    "Proof",
    "Purged",
    "Question",
    "Recommendation",
    "RecommendationChange",
    "RecommendationProof",
    "Replay",
    "Rulebook",
    "RulebookError",
    "Session",
    "Standing",
    "Verdict",
    "load_rulebook",
    "read_journal",
]


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(importlib.import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
