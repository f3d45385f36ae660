"""Ways to run a rulebook: facts in, conclusions out. They never import one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from b2brules.advice.conclusions import Conclusions
from b2brules.engines import python, reference
from b2brules.facts import Opportunity
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book

Conclude: TypeAlias = Callable[[Opportunity, date, Rates], Conclusions]
"""A book ready to run: what its rules make of a deal on a day, at some rates of exchange."""

ENGINES: Mapping[str, Callable[[Book], Conclude]] = {
    "python": python.prepare,
    "reference": reference.prepare,
}
"""What makes a book ready to run, by the engine's name."""
