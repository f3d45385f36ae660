"""Checking overrides against the rules that they set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve

from b2brules.advice.override import NO_OVERRIDES, Override, Overrides
from b2brules.advice.paths import decision_name
from b2brules.facts.paths import split_name
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    Money,
    MoneyType,
    NumberType,
    TextType,
    ValueType,
)
from b2brules.facts.values import RefusedError, accept, printable, shown
from b2brules.language import suggestion
from b2brules.ruleset.model import Book, Decision, DecisionKey, Table


def read_overrides(book: Book, overrides: Iterable[Override]) -> Overrides:
    """Return overrides by what they decide, checked against the rules.

    Whether the thing that one is about is in a deal is another question: an override of a person
    who has left the deal is `impossible`, not wrong.

    Args:
        book: The rules.
        overrides: At most one a decision, in any order.

    Returns:
        Those in the order of the rulebook's decisions, their values in their one representation.

    Raises:
        FactsError: A decision that is not there, a value that it cannot have, a blank text, or a
            decision that is overridden twice; all of it is listed.
        TypeError: It is no list of `Override`.
    """
    if isinstance(overrides, Mapping | str | Override) or not isinstance(overrides, Iterable):
        raise TypeError(f"overrides is a list of Override, not {overrides!r:.80}")
    read: dict[DecisionKey, Override] = {}
    problems: list[Problem] = []
    for override in overrides:
        if not isinstance(override, Override):
            raise TypeError(f"overrides is a list of Override; {override!r:.80} is none")
        name = override.decision
        path = printable(name) if isinstance(name, str) else ""
        try:
            key = _key_of(book, name)
        except RefusedError as refusal:
            problems += _problems(path, refusal)
            continue
        accepted: dict[str, Any] = {}
        for part, check in _checks(book.decisions[key[0]], override):
            try:
                accepted[part] = check()
            except RefusedError as refusal:
                problems += _problems(path, refusal)
        if key in read:
            problems.append(
                Problem(path=path, message="it is overridden twice; keep one of the two")
            )
        read[key] = evolve(override, **accepted)
    if problems:
        raise FactsError(problems)
    if not read:
        return NO_OVERRIDES
    order = {name: place for place, name in enumerate(book.decisions)}
    ordered = sorted(read, key=lambda key: (order[key[0]], key[1] or ""))
    return MappingProxyType({key: read[key] for key in ordered})


def _key_of(book: Book, name: object) -> DecisionKey:
    """Return what a decision's name means, and refuse one that does not fit the rules."""
    if not isinstance(name, str):
        raise RefusedError(f"{shown(name)} is not the name of a decision; write it as text")
    place, id, plain = split_name(name) or (None, None, name)
    decision = book.decisions.get(plain)
    if decision is None:
        hint = suggestion(plain, book.decisions) or f"there are {', '.join(book.decisions)}"
        if plain in book.vocabulary.facts:
            hint = "it is a fact, and a fact that has changed is updated"
        raise RefusedError(f"there is no decision `{printable(plain)}`; {hint}")
    if decision.binding is None:
        if name != plain:
            raise RefusedError(f"`{plain}` is decided for the deal as a whole; write `{plain}`")
        return plain, None
    listed = decision.binding.list[-1]
    if place != listed or not id or name != decision_name(book, (plain, id)):
        right = f"{listed}[ID].{plain}"
        raise RefusedError(f"`{plain}` is decided for each of `{listed}`; write `{right}`")
    return plain, id


def _checks(decision: Decision, override: Override) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield for each part of an override what returns it as it is kept, or refuses it."""
    yield "value", lambda: _value(decision, override.value)
    yield "reason", lambda: _said("reason", override.reason)
    yield "by", lambda: _said("by", override.by)
    yield "on", lambda: accept(DateType(), override.on)
    if override.instead_of is not None:
        yield "instead_of", lambda: _instead_of(decision, override.instead_of)


def _value(decision: Decision, raw: object) -> object:
    if raw is None:
        raise RefusedError("the `value` is missing; say what is decided in place of the rules")
    kind: ValueType
    if isinstance(decision, Table):
        kind = EnumerationType(decision.outcomes)
    else:
        # Without the range that a formula may have from a fact or a parameter that it reads.
        kind = MoneyType() if isinstance(decision.type, MoneyType) else NumberType()
    value = accept(kind, raw)
    if isinstance(value, Money) and value.currency is None:
        raise RefusedError(f"the amount {value.amount} has no currency; name one such as CNY")
    return value


def _said(part: str, raw: object) -> object:
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        wanted = "why it is decided so" if part == "reason" else "who has decided it"
        raise RefusedError(f"the `{part}` is blank; say {wanted}")
    return accept(TextType(), raw)


def _instead_of(decision: Decision, raw: object) -> tuple[object, ...]:
    if not isinstance(decision, Table):
        raise RefusedError("a formula leaves no outcomes open; leave `instead_of` out")
    if not isinstance(raw, tuple | list):
        raise RefusedError(
            f"`instead_of` lists outcomes that were open, which {shown(raw)} does not"
        )
    kind = EnumerationType(decision.outcomes)
    return tuple(accept(kind, outcome) for outcome in raw)


def _problems(path: str, refusal: RefusedError) -> list[Problem]:
    return [Problem(path=path, message=message) for message in refusal.messages]
