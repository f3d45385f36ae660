"""What is in a rulebook as JSON: stable, for programs."""

from __future__ import annotations

from collections.abc import Sequence

from b2brules.advice.contents import Contents
from b2brules.advice.saying import cite, label_outcome
from b2brules.advice.serialising import Json, write_json
from b2brules.facts.types import Money
from b2brules.ruleset.model import (
    Binding,
    Change,
    Clause,
    Decision,
    Formula,
    Language,
    Parameter,
    Recommendation,
    Row,
    Source,
)


def contents_to_json(contents: Contents, *, lang: Language, indent: int | None = 2) -> str:
    """Return what is in a rulebook as JSON text, the same bytes for the same rules.

    Returns:
        JSON without a line break at its end; numbers are exact decimals.
    """
    form = _Form(contents, lang)
    rules: dict[str, Json] = {
        "rulebook": contents.book.fingerprint,
        "lang": lang,
        "decisions": {name: form.decision(one) for name, one in contents.decisions.items()},
        "recommendations": [form.recommendation(one) for one in contents.recommendations.values()],
        "parameters": {name: form.parameter(one) for name, one in contents.parameters.items()},
        "sources": {name: _source(one) for name, one in contents.sources.items()},
        "changes": [_change(one) for one in contents.changes],
    }
    return write_json(rules, indent)


class _Form:
    """The rules in one language, as plain values."""

    def __init__(self, contents: Contents, lang: Language) -> None:
        self._contents = contents
        self._lang: Language = lang

    def decision(self, one: Decision) -> Json:
        """Return a decision with all that belongs to it."""
        head: dict[str, Json] = {
            "ruleset": one.ruleset,
            "for": _bindings((one.binding,) if one.binding else ()),
            "question": self._text(one.name),
        }
        if isinstance(one, Formula):
            source = cite(one.citations)
            return {**head, "formula": one.text, "source": source, "basis": one.basis}
        outcomes: dict[str, Json] = {
            outcome: {
                "label": label_outcome(self._contents.book, one.name, outcome, self._lang),
                "sentence": self._text(f"{one.name} = {outcome}"),
            }
            for outcome in one.outcomes
        }
        rows: list[Json] = [self._row(row) for row in one.rows]
        return {**head, "hit_policy": one.hit_policy, "outcomes": outcomes, "rows": rows}

    def _row(self, one: Row) -> Json:
        return {
            "id": one.id,
            "asks": _asks(one.clauses),
            "then": one.then,
            "why": self._text(one.id),
            "source": cite(one.citations),
            "basis": one.basis,
            "overlay": self._contents.overlay("row", one.id),
        }

    def recommendation(self, one: Recommendation) -> Json:
        """Return a recommendation."""
        return {
            "id": one.id,
            "ruleset": one.ruleset,
            "for": _bindings(one.bindings),
            "asks": _asks(one.clauses),
            "target": one.target,
            "action": self._text(one.id, "action"),
            "why": self._text(one.id, "why"),
            "prime": one.prime,
            "owner": one.owner,
            "within": one.within,
            "priority": one.priority,
            "source": cite(one.citations),
            "basis": one.basis,
            "overlay": self._contents.overlay("recommendation", one.id),
        }

    def parameter(self, one: Parameter) -> Json:
        """Return a parameter; of an amount the unit is the currency."""
        value, default = (
            given.amount if isinstance(given, Money) else given
            for given in (one.value, one.default)
        )
        return {
            "value": value,
            "default": default,
            "unit": one.unit,
            "minimum": one.minimum,
            "maximum": one.maximum,
            "source": cite(one.citations),
            "basis": one.basis,
            "checked": one.checked.isoformat(),
            "overlay": self._contents.overlay("parameter", one.name),
        }

    def _text(self, key: str, slot: str = "") -> str:
        return self._contents.text(key, slot, self._lang)


def _bindings(bindings: Sequence[Binding]) -> Json:
    return {one.variable: ".".join(one.list) for one in bindings}


def _asks(clauses: Sequence[Clause]) -> Json:
    return [{"column": one.column, "cell": one.text} for one in clauses]


def _source(one: Source) -> Json:
    return {
        "author": one.author,
        "title": one.title,
        "publisher": one.publisher,
        "date": one.date,
        "checked": one.checked.isoformat(),
    }


def _change(one: Change) -> Json:
    return {
        "overlay": one.overlay,
        "how": one.how,
        "what": one.what,
        "id": one.id,
        "decision": one.decision,
        "before": one.before,
        "after": one.after,
    }
