"""A decision that a person has set aside: what they put in its place, and what becomes of that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.advice.conclusions import Conclusion, Verdict
from b2brules.facts.types import Money
from b2brules.ruleset.model import DecisionKey


@frozen(kw_only=True)
class Override:
    """A decision that a person makes in place of the rules.

    Args:
        decision: Its name, ``competitive_strategy``; that of a thing with its list and id,
            ``people[p1].relationship_strategy``.
        value: An outcome of the table; for a formula a number, or an amount with its currency.
        reason: Why; not blank.
        by: Who has decided it; not blank.
        on: The day on which they did.
        instead_of: The outcomes that the rules left open at that time, as the person saw them; one
            if the rules had decided. ``None`` if nobody noted that, and for a formula.
    """

    decision: str
    value: str | Decimal | Money
    reason: str
    by: str
    on: date
    instead_of: tuple[str, ...] | None = None


Overrides: TypeAlias = Mapping[DecisionKey, Override]
"""The overrides of a deal, each by what it decides."""

NO_OVERRIDES: Overrides = MappingProxyType({})

OverrideState: TypeAlias = Literal["stands", "needless", "impossible"]
"""What has become of an override: it stands, the rules decide the same without it, or its outcome
was open when it was made and the facts have ruled it out since. Impossible is also what has nothing
left to decide: a thing that is not in the deal."""


def state_of(override: Override, own: Conclusion) -> OverrideState:
    """Return what becomes of an override.

    Somebody who chose among what was open has said what the facts would show; so the facts can
    prove them wrong. Somebody who knew that the rules say otherwise has meant to contradict, and is
    followed whatever the facts.

    Args:
        override: As `read_overrides` returns it.
        own: What the rules alone decide, of which `Conclusions.set_aside` keeps record.
    """
    if not isinstance(own, Verdict):
        return "needless" if own == override.value else "stands"
    if own.candidates == (override.value,):
        return "needless"
    was_open = override.instead_of is not None and override.value in override.instead_of
    return "impossible" if was_open and override.value not in own.candidates else "stands"


def states_of(
    overrides: Overrides, set_aside: Mapping[DecisionKey, Conclusion]
) -> Mapping[DecisionKey, OverrideState]:
    """Return what becomes of each override of a deal.

    Args:
        overrides: As `read_overrides` returns them.
        set_aside: What the rules alone decide, as `Conclusions.set_aside` has it. What is not in it
            has nothing to decide: that is impossible.
    """
    return {
        key: state_of(override, set_aside[key]) if key in set_aside else "impossible"
        for key, override in overrides.items()
    }


def in_force(override: Override, own: Conclusion) -> Conclusion:
    """Return what a decision comes to under an override: its value if it stands, else ``own``."""
    if state_of(override, own) != "stands":
        return own
    if isinstance(override.value, str):
        return Verdict(candidates=(override.value,), rule=None)
    return override.value
