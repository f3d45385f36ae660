"""Kleene's three truth values: ``True``, ``False`` and ``None``, which is *unknown*."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


def conjunction(truths: Iterable[Truth]) -> Truth:
    """Return whether all hold: false if one is false, else unknown if one is unknown."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def disjunction(truths: Iterable[Truth]) -> Truth:
    """Return whether at least one holds: true if one is true, else unknown if one is unknown."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def negation(truth: Truth) -> Truth:
    """Return whether it does not hold."""
    return None if truth is None else not truth


def agreement(truths: Iterable[Truth]) -> Truth:
    """Return what all of them say, unknown if they differ or there are none."""
    said = set(truths)
    return said.pop() if len(said) == 1 else None
