"""Facts documents of every degree of knowledge, as Hypothesis strategies.

`deals` writes the facts that the examined decisions read, listed here by hand from the
vocabulary; `whole_deals` writes every fact there is, listed by the library.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

from b2brules.facts import Vocabulary
from b2brules.facts.fields import types_of
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    RecordType,
    SetType,
    TextType,
    TruthType,
)

Document: TypeAlias = dict[str, Any]
Path: TypeAlias = tuple[str, ...]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]
Values: TypeAlias = tuple[object, ...]

DAYS = st.sampled_from([date(2026, 11, 21), date(2024, 2, 29), date(2099, 12, 31)])
PEOPLE = ("p1", "p2", "p3")
VOCABULARY = Vocabulary()

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
        few = st.none() if self._unknown == 10 else st.integers(0, len(ids))
        size = self._draw(few if self._unknown == 0 else st.none() | few)
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


# --- every fact there is --------------------------------------------------------------------


def values_of(type_: FactType, name: str, owner: str | None, as_of: date) -> Values:
    """A few values of a fact, thresholds of the method among them.

    Args:
        type_: What the fact can hold.
        name: Its name.
        owner: The id of the person who has it: nobody reports to themselves.
        as_of: The day around which dates fall.
    """
    match type_:
        case TruthType():
            return BAD if name == "symptom_only" else GOOD
        case EnumerationType():
            return type_.values
        case SetType(member=EnumerationType() as member):
            some = tuple((value,) for value in member.values[:4])
            return (member.values, *some, member.values[-3:], ())
        case SetType():
            others = _others(owner)
            return (others, ()) if others else ((),)
        case IdentifierType():
            return _others(owner)
        case NumberType(whole=whole, minimum=least, maximum=most):
            wanted: tuple[int | Decimal, ...] = (0, 1, 2, 3, 4, 5, 6, 7, 10, 10_000)
            if not whole:
                close = ("0.799999", "0.8", "2.999999", "3.999999")
                wanted += tuple(Decimal(number) for number in close)
            return tuple(
                number
                for number in wanted
                if (least is None or number >= least) and (most is None or number <= most)
            )
        case MoneyType():
            return (0, 10_000, Decimal("10000.01"), 60_000, {"amount": 9_000, "currency": "USD"})
        case DateType(past=past):
            ago = (0, 1, 7, 29, 30, 31, 59, 60, 89, 90, 91, 179, 180, 335, 365, -1, -14, -60)
            days = tuple((as_of - timedelta(days)).isoformat() for days in ago)
            return (*days, "never") if past else days
        case TextType(form="currency"):
            return ("CNY", "USD")
        case TextType():
            return ("Lin", "王")
        case _:
            raise AssertionError(f"{name} is no single fact")


def _others(owner: str | None) -> Path:
    """Whom a person can name: the first of the list, who is there whenever anybody is."""
    return tuple(id_ for id_ in PEOPLE[:1] if id_ != owner)


def _record(pen: _Pen, cls: type, id_: str | None, as_of: date) -> Document:
    document: Document = {}
    for name, type_ in types_of(cls).items():
        if isinstance(type_, RecordType):
            pen.group(document, name, _record(pen, type_.cls, None, as_of))
        elif isinstance(type_, ListType):
            make = functools.partial(_record, pen, type_.cls, as_of=as_of)
            pen.many(document, name, make, ids_of(name))
        elif name != "id":
            values = values_of(type_, name, id_, as_of)
            document.update(pen.facts({name: values} if values else {}))
    return document


def ids_of(list_name: str) -> Path:
    """The ids that the things of a list get."""
    match list_name:
        case "people":
            return PEOPLE
        case "competencies":
            return ("bidding", "quality")
        case _:
            return (f"{list_name}_1", f"{list_name}_2")


@st.composite
def whole_deals(draw: Draw, as_of: date) -> Document:
    """A deal with any of the facts that there are."""
    document = _record(_Pen(draw), VOCABULARY.root, None, as_of)
    # The id says that this is a deal, even if only its account is known.
    return {"id": "d1", **document}


# --- one fact more --------------------------------------------------------------------------

_GROUPS = ("event", "marks", "people")


@st.composite
def fillings(draw: Draw, document: Document, as_of: date) -> Document | None:
    """The document with one of its unknown facts filled in; None if there is no unknown one."""
    blanks = list(_blanks(document, VOCABULARY.root, (), None))
    if draw(st.booleans()):
        # Most facts are read by few rules; these by many.
        blanks = [blank for blank in blanks if blank[0][0] in {*DEAL, *_GROUPS}] or blanks
    if not blanks:
        return None
    path, type_, owner = draw(st.sampled_from(blanks))
    if isinstance(type_, ListType):
        # A list that becomes known comes with its things, of whom anything may be known.
        size = draw(st.integers(0, 2))
        pen = _Pen(draw)
        value: object = [
            {"id": id_, **_record(pen, type_.cls, id_, as_of)} for id_ in ids_of(path[-1])[:size]
        ]
    else:
        value = _written(draw(st.sampled_from(values_of(type_, path[-1], owner, as_of))))
    return _with(document, path, value)


def _blanks(
    holder: Mapping[str, Any], cls: type, before: Path, owner: str | None
) -> Iterator[tuple[Path, FactType, str | None]]:
    for name, type_ in types_of(cls).items():
        value, path = holder.get(name), (*before, name)
        if isinstance(type_, RecordType):
            yield from _blanks(value or {}, type_.cls, path, None)
        elif value is None and name != "id":
            if not isinstance(type_, IdentifierType) or _others(owner):
                yield path, type_, owner
        elif isinstance(type_, ListType):
            for thing in value or ():
                yield from _blanks(thing, type_.cls, (*path, thing["id"]), thing["id"])


def _with(holder: Mapping[str, Any], path: Path, value: object) -> Document:
    """A copy with the value at a path, which goes through a list by id."""
    name, *rest = path
    if not rest:
        return {**holder, name: value}
    inner = holder.get(name)
    if isinstance(inner, list):
        id_, *below = rest
        things = [
            _with(thing, tuple(below), value) if thing["id"] == id_ else thing for thing in inner
        ]
        return {**holder, name: things}
    return {**holder, name: _with(inner or {}, tuple(rest), value)}
