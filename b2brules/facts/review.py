"""Telling an account that is reviewed on its own from a deal."""

from __future__ import annotations

from typing import TypeAlias

from b2brules.facts.account import Account
from b2brules.facts.opportunity import Opportunity

Deal: TypeAlias = Opportunity | Account
"""What rules are run on: a deal, or an account that is reviewed on its own."""


def is_account_review(deal: Deal) -> bool:
    """Return whether this is an account on its own: what reads facts of a deal is then left out."""
    return isinstance(deal, Account)
