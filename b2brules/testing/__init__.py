"""Hypothesis strategies and the laws, for tests of your own rules; it needs `hypothesis`."""

from b2brules.testing.book_laws import citation, nothing_silently_false, termination
from b2brules.testing.facts import AS_OF, facts_for, opportunities, people, rates
from b2brules.testing.fillings import fillings
from b2brules.testing.laws import agreement, determinism, refinement
from b2brules.testing.overrides import overrides
from b2brules.testing.rulesets import rulebooks, rulesets

__all__ = [
    "AS_OF",
    "agreement",
    "citation",
    "determinism",
    "facts_for",
    "fillings",
    "nothing_silently_false",
    "opportunities",
    "overrides",
    "people",
    "rates",
    "refinement",
    "rulebooks",
    "rulesets",
    "termination",
]
