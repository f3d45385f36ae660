"""Reading a deal that is one mapping of single facts, as an application that is in a hurry has it.

What needs more (people, an event, marks, an account), and whatever is wrong, is left to
:func:`b2brules.facts.reading.read`, which says what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import TypeAlias

from b2brules.facts.types import EnumerationType, ListType, NumberType, RecordType, TruthType
from b2brules.facts.values import RefusedError, accept
from b2brules.facts.vocabulary import Vocabulary

Known: TypeAlias = dict[str, object]
"""The facts of a deal that are known, by name, each in its one representation."""


def flat_reader(vocabulary: Vocabulary) -> Callable[[Mapping[str, object]], Known | None]:
    """Return the function that reads flat documents of a vocabulary.

    It returns ``None`` for a document that is not flat, or has something wrong in it.
    """
    kinds = {
        name: fact.type
        for name, fact in vocabulary.members(vocabulary.root).items()
        if not isinstance(fact.type, ListType | RecordType)
    }
    truths = {name for name, kind in kinds.items() if isinstance(kind, TruthType)}
    words = {
        name: frozenset(kind.values)
        for name, kind in kinds.items()
        if isinstance(kind, EnumerationType)
    }
    numbers = {
        name: (
            -LARGEST if kind.minimum is None else max(ceil(kind.minimum), -LARGEST),
            LARGEST if kind.maximum is None else min(floor(kind.maximum), LARGEST),
        )
        for name, kind in kinds.items()
        if isinstance(kind, NumberType)
    }

    def read_flat(document: Mapping[str, object]) -> Known | None:
        # Truths, words and whole numbers stand in a document as they are held, so that looking at
        # them is enough.
        try:
            for name, value in document.items():
                kind = type(value)
                if kind is bool:
                    if name not in truths:
                        return read_others(document)
                elif kind is str:
                    if value not in words[name]:
                        return read_others(document)
                elif kind is int:
                    least, most = numbers[name]
                    if not least <= value <= most:  # type: ignore[operator]
                        return read_others(document)
                else:
                    return read_others(document)
        except KeyError:
            return read_others(document)
        return dict(document)

    def read_others(document: Mapping[str, object]) -> Known | None:
        try:
            known = {name: (kinds[name], value) for name, value in document.items()}
            return {
                name: accept(kind, value)
                for name, (kind, value) in known.items()
                if value is not None
            }
        except (KeyError, RefusedError):
            return None

    return read_flat


LARGEST = 10**15 - 1
"""The greatest number of 15 digits."""
