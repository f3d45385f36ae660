"""What a case expects: outcomes, numbers and recommendations, held against the rulebook."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from b2brules.facts.scalars import plain_value
from b2brules.facts.types import Money, MoneyType, NumberType
from b2brules.facts.values import RefusedError, accept, shown
from b2brules.language import suggestion
from b2brules.ruleset import envelope
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.envelope import Node, Scalar
from b2brules.ruleset.located import Located
from b2brules.ruleset.model import Book, Formula, Table

Expected: TypeAlias = tuple[str, ...] | Decimal | Money | None
"""The outcomes still possible, or a formula's number or amount, ``None`` while it is unknown."""

_KEY = re.compile(r"((?P<list>[a-z0-9_.]+)\[(?P<thing>[^\]]+)\]\.)?(?P<decision>[^\[\].]+)")


@frozen(kw_only=True)
class Expectation:
    """What a decision must come to, of the deal or of the thing with the id ``thing``."""

    decision: str
    thing: str | None
    value: Expected


def read_expected(key: Located, node: Node, book: Book, findings: Findings) -> Expectation | None:
    """Read what a case expects of one decision; what is wrong is reported."""
    match = _KEY.fullmatch(key.text)
    name = match["decision"] if match is not None else key.text
    decision = book.decisions.get(name)
    if match is None or decision is None:
        findings.report(
            key.place if match is None else key.at(*match.span("decision")),
            code="unknown-decision",
            message=f"{shown(name)} is not a decision",
            help=suggestion(name, [*book.decisions, "certain", "possible", "absent"]),
        )
        return None
    list_path = None if decision.binding is None else decision.binding.list
    written = match["list"] and tuple(match["list"].split("."))
    if written not in ((list_path, list_path[1:]) if list_path else (None,)):
        findings.report(
            key.place,
            code="unknown-decision",
            message=f"`{name}` is decided for each of `{'.'.join(list_path)}`"
            if list_path
            else f"`{name}` is decided for the whole deal",
            help=f"say whose: `{'.'.join(list_path)}[p1].{name}`"
            if list_path
            else f"write `{name}`",
        )
        return None
    if isinstance(decision, Formula):
        return _read_amount(name, match["thing"], decision, node, findings)
    words = _read_outcomes(decision, node, findings)
    if words is None:
        return None
    return Expectation(decision=name, thing=match["thing"], value=words)


def read_rule_ids(key: str, node: Node, book: Book, findings: Findings) -> tuple[str, ...]:
    """Read a list of ids of recommendations; what is wrong is reported."""
    ids = []
    for word in _words(key, node, findings):
        if word.text not in book.recommendations:
            findings.report(
                word.place,
                code="unknown-recommendation",
                message=f"{shown(word.text)} is not a recommendation",
                help=suggestion(word.text, book.recommendations),
            )
        else:
            ids.append(word.text)
    return tuple(ids)


def _read_outcomes(decision: Table, node: Node, findings: Findings) -> tuple[str, ...] | None:
    words = [node.text] if isinstance(node, Scalar) else _words(decision.name, node, findings)
    for word in words:
        if word.text not in decision.outcomes:
            findings.report(
                word.place,
                code="unknown-outcome",
                message=f"{shown(word.text)} is not an outcome of `{decision.name}`",
                help=suggestion(word.text, decision.outcomes)
                or "its outcomes are " + ", ".join(decision.outcomes),
            )
    written = {word.text for word in words}
    return tuple(outcome for outcome in decision.outcomes if outcome in written) or None


def _read_amount(
    name: str, thing: str | None, decision: Formula, node: Node, findings: Findings
) -> Expectation | None:
    raw: object
    if isinstance(node, Scalar):
        raw = plain_value(node.text.text)
    else:
        entries = node.entries if isinstance(node, envelope.Mapping) else ()
        raw = {
            part.text.text: plain_value(value.text.text)
            for part, value in entries
            if isinstance(value, Scalar)
        }
    if raw is None:
        return Expectation(decision=name, thing=thing, value=None)
    try:
        # What a formula gives may be any number, whatever its parts allow.
        money = isinstance(decision.type, MoneyType)
        value = accept(MoneyType() if money else NumberType(), raw)
    except RefusedError as error:
        message, _, help = error.messages[0].partition("; ")
        findings.report(node.place, code="invalid-number", message=message, help=help or None)
        return None
    assert isinstance(value, Decimal | Money)
    return Expectation(decision=name, thing=thing, value=value)


def _words(key: str, node: Node, findings: Findings) -> list[Located]:
    if isinstance(node, envelope.Sequence):
        items = [item for item in node.items if isinstance(item, Scalar)]
        if len(items) == len(node.items):
            return [item.text for item in items]
    findings.report(
        node.place,
        code="wrong-shape",
        message=f"`{key}` is a list of words",
        help=f"write `{key}: [one, another]`",
    )
    return []
