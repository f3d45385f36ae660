"""Facts documents of every degree of knowledge, as Hypothesis strategies.

They are the facts that the examined decisions read, listed here by hand from the vocabulary.
`b2brules.testing.facts_for` writes every fact there is, listed by the library.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

Document: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str, ...]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
Values: TypeAlias = tuple[object, ...]

DAYS = st.sampled_from([date(2026, 11, 21), date(2024, 2, 29), date(2099, 12, 31)])
PEOPLE = ("p1", "p2", "p3")

# The best value for us stands first and the worst last, so that a document can lean to a side.
MARK = ("plus", "minus")
GOOD = (True, False)
BAD = (False, True)

SUPERIORITY = (Decimal("3.000001"), 3, 3.0, 10, Decimal("2.999999"), 2.999999, 1, 0)
DEAL: Mapping[str, Values] = {
    "incumbent": ("rival", "nobody", "us"),
    "first_purchase": GOOD,
    "changes": ((), ("price",), ("specification", "supplier")),
    "risk_reward_purchase": GOOD,
    "ubv_confirmed": GOOD,
    "support_shown": GOOD,
    "superiority": SUPERIORITY,
    "superiority_sustainable": GOOD,
    "criteria_changeable": GOOD,
    "separable_part": GOOD,
    "decision_delayable": GOOD,
}
EVENT: Mapping[str, Values] = {
    "driver": GOOD,
    "dated": GOOD,
    "consequence": GOOD,
    "payback": GOOD,
    "owner": GOOD,
    "symptom_only": BAD,
}
EVENT_DAYS = (300, 1, 0, -1, -300)
MARKS = (
    ("project", "business_profile", "financial_condition", "access_to_funds"),
    ("formal_criteria", "solution_fit", "sales_resources", "current_relationship"),
    ("unique_business_value", "inside_support", "executive_credibility"),
    ("cultural_compatibility", "informal_criteria", "political_alignment"),
    ("short_term_revenue", "future_revenue", "profitability", "risk", "strategic_value"),
)
PERSON: Mapping[str, Values] = {
    "support": ("mentor", "supporter", "neutral", "non_supporter", "enemy"),
    "political_status": ("inner_circle", "political_structure", "outside"),
    "authority_verified": GOOD,
    "roles": (
        ("decider", "influencer", "user"),
        ("approver",),
        ("decider",),
        ("influencer", "evaluator"),
        ("user", "buyer"),
        ("initiator", "gatekeeper"),
        (),
    ),
}


@functools.cache
def _positions(size: int, unknown: int, lean: str) -> st.SearchStrategy[int | None]:
    """The position of one of so many values, or, in ``unknown`` tenths of the cases, None."""
    if unknown == 10:
        return st.none()
    weighted = [*range(size)]
    weighted += [0] * (3 * size) if lean == "good" else []
    weighted += [size - 1] * (3 * size) if lean == "bad" else []
    # None comes first: an example shrinks to what is not known.
    blanks = round(len(weighted) * 10 * unknown / (10 - unknown))
    return st.sampled_from([*[None] * blanks, *weighted * 10])


def _written(value: object) -> object:
    """A value as a document has it: a set is a list there."""
    return list(value) if isinstance(value, tuple) else value


class _Pen:
    """Draws facts for one document: how much is known, to which side it leans, how blanks look."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._unknown = draw(st.sampled_from((10, 9, 7, 4, 2, 1, 0)))
        self._lean = draw(st.sampled_from(("none", "good", "bad")))
        self._nulls = draw(st.booleans())

    def one(self, values: Values) -> object:
        position = self._draw(_positions(len(values), self._unknown, self._lean))
        return None if position is None else _written(values[position])

    def facts(self, table: Mapping[str, Values]) -> Document:
        """Each fact known or blank; blank is absent in one document, and null in another."""
        drawn = ((name, self.one(values)) for name, values in table.items())
        return {name: value for name, value in drawn if value is not None or self._nulls}

    def group(self, holder: Document, name: str, facts: Document) -> None:
        """Put a group of facts into its holder; one without facts may be absent, null or empty."""
        if facts:
            holder[name] = facts
        else:
            blank = self._draw(st.sampled_from(("absent", None, {})))
            if blank != "absent":
                holder[name] = blank

    def many(self, holder: Document, name: str, make: Callable[[str], Document], ids: Path) -> None:
        """Put a list into its holder: unknown, or known with up to as many things as ids."""
        sizes: list[int | None] = [None] * (self._unknown > 0) + [0, *range(len(ids) + 1), len(ids)]
        size = None if self._unknown == 10 else self._draw(st.sampled_from(sizes))
        if size is not None:
            holder[name] = [{"id": id_, **make(id_)} for id_ in ids[:size]]
        elif self._nulls:
            holder[name] = None


@st.composite
def deals(draw: Draw, as_of: date) -> Document:
    """A deal with the facts that the examined decisions read, from none of them to all."""
    pen = _Pen(draw)
    days = tuple((as_of + timedelta(days)).isoformat() for days in EVENT_DAYS)
    document = pen.facts(DEAL)
    pen.group(document, "event", pen.facts({**EVENT, "date": days}))
    marks = {mark: MARK for group in MARKS for mark in group}
    pen.group(document, "marks", pen.facts(marks))
    pen.many(document, "people", lambda _: pen.facts(PERSON), PEOPLE)
    # Facts of the same names about somebody else: no examined decision may read them.
    pen.many(document, "competitors", lambda _: _rival(pen, marks), ("c1",))
    return document


def _rival(pen: _Pen, marks: Mapping[str, Values]) -> Document:
    rival = pen.facts({"attacking": GOOD, "superiority": SUPERIORITY})
    pen.group(rival, "marks", pen.facts(marks))
    return rival
