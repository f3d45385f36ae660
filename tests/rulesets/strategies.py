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
SIGNALS = (
    "unreturned_calls",
    "no_information",
    "slanted_criteria",
    "moving_criteria",
    "delays",
    "budget_gone",
    "probing_weaknesses",
    "players_change",
    "meetings_cancelled",
    "meetings_delegated",
    "price_only",
    "no_inside_support",
)
CHARMS = (
    "economic_benefit",
    "efficiency",
    "organisation",
    "performance",
    "promotion",
    "resource",
    "department_voice",
)
BUFFERS = ("remarks", "context_figures", "roadmap_agreed")
CURRENCIES = ("CNY", "USD", "EUR")
# Ten thousand CNY, what lies beside it, and what is as much at the rates below.
AMOUNTS: Values = (
    0,
    9999.999999,
    10_000,
    Decimal("10000.000001"),
    1_600,
    {"amount": 10_000, "currency": "CNY"},
    {"amount": 10_000.000001, "currency": "CNY"},
    {"amount": 1_600, "currency": "USD"},
    {"amount": Decimal("1600.000001"), "currency": "USD"},
    {"amount": 10_000, "currency": "EUR"},
)
# What a dollar is worth, if anybody says: 0.16 dollars to the yuan are 6.25 the other way.
RATES = st.sampled_from(
    (
        {},
        # Two rates in a row are not one: what a euro is in yuan has to be said.
        {"EUR/USD": Decimal("1.07"), "USD/CNY": Decimal("7.1")},
        {"USD/CNY": Decimal("6.25")},
        {"CNY/USD": Decimal("0.16")},
        {"USD/CNY": Decimal("7.1"), "CNY/EUR": Decimal("0.13"), "EUR/USD": Decimal("1.07")},
    )
)
SALE: Mapping[str, Values] = {
    "currency": CURRENCIES,
    "warning_signals": ((), SIGNALS[:2], SIGNALS[3:6], SIGNALS[-3:], SIGNALS),
    "stage_progress": (1, 0.8, Decimal("0.8"), 0.799999, 0.79, 0),
    "mandatory_answers_yes": GOOD,
    "next_stage_started": GOOD,
    "impact_scope": ("team", "department", "company", "group"),
    "scarce": GOOD,
    "charm_factors": (CHARMS[:2], CHARMS[2:5], CHARMS, CHARMS[-1:], ()),
    "buffers": (BUFFERS, BUFFERS[1:2], ()),
    "product_kind": ("financial", "people_efficiency", "vertical", "other"),
    "product_difficulty": ("easy", "moderate", "hard"),
    "amount": AMOUNTS,
    "quote": AMOUNTS,
    "channel": BAD,
    "project_class": ("A", "B", "C", "D", "E"),
    "phase": ("trial", "delivery", "in_use", "selling", "lost"),
    "usage_normal": GOOD,
    "benefit_visible": GOOD,
    "sole_supplier": GOOD,
    "phone_sold": GOOD,
    "commonly_known": GOOD,
}
SIGNED = (0, 30, 31, 300, 1, -1)
BUYER: Mapping[str, Values] = {
    "layer": ("executive", "middle", "frontline"),
    "work_exposed": BAD,
    "roles": (
        ("initiator",),
        ("initiator", "decider", "influencer", "user"),
        ("decider", "approver"),
        (),
    ),
}
SCORES: Values = (10, 7.333333, Decimal("3.5"), 0.000001, 0)
ACCOUNT: Mapping[str, Values] = {
    "currency": CURRENCIES,
    "kind": ("enterprise", "institution", "government", "military"),
    "size": ("small", "medium", "large"),
    "approval_abroad": BAD,
    "revenue_score": SCORES,
    "potential_score": SCORES,
    "demonstration_score": SCORES,
    "winnability_score": SCORES,
    "rank_in_industry": (1, 5, 6, 100),
    "customers_in_segment": (100, 7, 1, 0),
}
# The thresholds of the four reviews, and the days beside them.
REVIEWED = (0, 29, 30, 31, 59, 60, 61, 89, 90, 91, 179, 180, 181, 334, 335, 336, 364, 365, 366, 900)
COSTS: Values = (
    0,
    3,
    7,
    60_000,
    Decimal("33333.333333"),
    0.000001,
    {"amount": 16.000008, "currency": "USD"},
    {"amount": 100, "currency": "CNY"},
)
COST_ITEM: Mapping[str, Values] = {
    "high": GOOD,
    "recurring": GOOD,
    "annual_cost": COSTS,
    "addressable": COSTS,
}
COMPETENCIES = ("bidding", "safety", "sustainability")
COMPETENCY: Mapping[str, Values] = {
    "rating": (5, 4, Decimal("3.999999"), 3.5, 1),
    "importance": (1, 2.333333, 5),
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


@st.composite
def sales(draw: Draw, as_of: date) -> Document:
    """A deal with the facts of the sale, the buyers and the account that decisions read."""
    pen = _Pen(draw)
    document = pen.facts({**SALE, "signed_on": _past(SIGNED, as_of)})
    pen.group(document, "account", _account(pen, as_of))
    pen.many(document, "people", lambda _: pen.facts(BUYER), PEOPLE)
    # The id says that this is a deal: a document in which only an account is known reviews that.
    return {"id": "d1", **document}


@st.composite
def reviews(draw: Draw, as_of: date) -> Document:
    """An account that is reviewed on its own."""
    account = _account(_Pen(draw), as_of)
    return {"account": account}


def _past(days: tuple[int, ...], as_of: date) -> Values:
    """Days so long ago, as a document writes them, and the word never."""
    return (*((as_of - timedelta(ago)).isoformat() for ago in days), "never")


def _account(pen: _Pen, as_of: date) -> Document:
    names = ("importance_review", "needs_review", "closeness_review", "annual_assessment")
    last = dict.fromkeys((f"last_{name}" for name in names), _past(REVIEWED, as_of))
    account = pen.facts({**ACCOUNT, **last})
    pen.many(account, "cost_items", lambda _: pen.facts(COST_ITEM), ("k1", "k2", "k3"))
    pen.many(account, "competencies", lambda _: pen.facts(COMPETENCY), COMPETENCIES)
    return account


def _rival(pen: _Pen, marks: Mapping[str, Values]) -> Document:
    rival = pen.facts({"attacking": GOOD, "superiority": SUPERIORITY})
    pen.group(rival, "marks", pen.facts(marks))
    return rival
