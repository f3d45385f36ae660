"""Telling an account that is reviewed on its own from a deal."""

from __future__ import annotations

import attrs

from b2brules.facts.opportunity import Opportunity


def is_account_review(deal: Opportunity) -> bool:
    """Return whether nothing but an account is known."""
    if deal.account is None:
        return False
    others = (one.name for one in attrs.fields(type(deal)) if one.name != "account")
    return all(getattr(deal, name) is None for name in others)
