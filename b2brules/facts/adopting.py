"""Taking a deal into a vocabulary that has a team's own facts."""

from __future__ import annotations

from typing import Any

import attrs

from b2brules.facts.account import Account
from b2brules.facts.fields import types_of
from b2brules.facts.opportunity import Opportunity
from b2brules.facts.review import Deal
from b2brules.facts.types import ListType, RecordType
from b2brules.facts.vocabulary import Vocabulary


def adopt(vocabulary: Vocabulary, deal: Deal) -> Deal:
    """Return the deal in the classes of the vocabulary; facts that it cannot state are unknown.

    A deal that was read by the vocabulary is returned as it is.
    """
    root = vocabulary.root
    if isinstance(deal, Account):
        kind = types_of(root)["account"]
        root = kind.cls if isinstance(kind, RecordType) else root
    adopted = _adopt(root, deal)
    assert isinstance(adopted, Opportunity | Account)
    return adopted


def _adopt(cls: type, thing: Any) -> object:
    if type(thing) is cls:
        return thing
    values: dict[str, object] = {}
    for name, kind in types_of(cls).items():
        value = getattr(thing, name, None)
        if value is not None and isinstance(kind, RecordType):
            value = _adopt(kind.cls, value)
        elif value is not None and isinstance(kind, ListType):
            value = tuple(_adopt(kind.cls, item) for item in value)
        values[name] = value
    lost = {one.name for one in attrs.fields(type(thing))} - set(values)
    if any(getattr(thing, name) is not None for name in lost):
        raise TypeError(f"the rulebook does not know the facts {', '.join(sorted(lost))}")
    return cls(**values)
