"""What an engine concludes from the facts, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from b2brules.facts.types import Money
from b2brules.ruleset.model import DecisionKey


@frozen(kw_only=True)
class Verdict:
    """What a decision table came to.

    Args:
        candidates: The outcomes still possible, in the table's order of outcomes; one: decided.
        rule: The id of the row that is cited; ``None`` while undecided.
    """

    candidates: tuple[str, ...]
    rule: str | None


Conclusion: TypeAlias = Verdict | Decimal | Money | None
"""A table's verdict, or a formula's number or amount, ``None`` while unknown."""


@frozen(kw_only=True)
class Match:
    """A recommendation rule that holds, or may hold, for certain things.

    Args:
        rule: The rule's id.
        bindings: The ids of the things, in the order of the rule's bindings.
        certain: Whether it holds; ``False`` if unknown facts leave it open.
    """

    rule: str
    bindings: tuple[str, ...]
    certain: bool


@frozen(kw_only=True)
class Conclusions:
    """All decisions and matches for one set of facts.

    Args:
        decisions: What is in force: what the rules decide, or an override that stands.
        set_aside: Of each overridden decision that was made, what the rules alone decide.
    """

    decisions: Mapping[DecisionKey, Conclusion]
    matches: tuple[Match, ...]
    set_aside: Mapping[DecisionKey, Conclusion] = field(factory=dict)
