"""Deals of every degree of knowledge, as Hypothesis strategies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import strategies as st

from b2brules.facts import Opportunity, Person, Vocabulary, read
from b2brules.rulebook import Rulebook
from b2brules.testing.plans import Group, Listing, Reference, plain_plan, plan_of
from b2brules.testing.samples import subsets_of

Named: TypeAlias = Mapping[str, tuple[str, ...]]
"""The ids that a fact can name, by list."""

NOBODY: Named = {}

AS_OF = date(2026, 11, 21)
"""The day that strategies and laws take unless another one is given."""

Document: TypeAlias = dict[str, Any]
"""A facts document, as `Rulebook.read` takes it."""

UNKNOWN = (256, 224, 160, 96, 40, 12, 0)
"""Of 256 facts, how many a document leaves unknown: from all of them to none."""

LEANS = ("none", "none", "first", "last")
"""Whether facts mostly have the first of their values, or the last; or any."""

RATES: tuple[Mapping[str, Decimal], ...] = (
    {},
    {"USD/CNY": Decimal(7)},
    {"CNY/USD": Decimal("0.14")},
    {"USD/CNY": Decimal("7.1"), "EUR/CNY": Decimal(8), "EUR/USD": Decimal("1.125")},
)

BLOCK_SIZE = 24
BLOCK = st.binary(min_size=BLOCK_SIZE, max_size=BLOCK_SIZE)

BASE = Vocabulary()


def facts_for(book: Rulebook, *, as_of: date = AS_OF) -> st.SearchStrategy[Document]:
    """Facts documents for a rulebook, from nothing known to everything known.

    They have the facts of the book's vocabulary, a team's own among them. Numbers, amounts and
    days lie around those that the rules name, just below, at and just above; dates lie around
    ``as_of`` too, and past ones may be ``never``; amounts are in the document's currency or in
    another one. Blank facts are left out of some documents and ``null`` in others. About one in
    eight describes an account alone. Examples shrink to fewer known facts with plainer values.

    Values are a few samples of each type, not all that it allows: names are ``Lin`` and ``王``,
    lists have at most three people, and two things of every other kind.

    Args:
        book: The rulebook.
        as_of: The day around which dates lie.
    """
    check_arguments(book, as_of)
    plan = plan_of(book, as_of)
    return st.one_of([_deals(plan)] * 7 + [_reviews(plan)])


def opportunities(
    book: Rulebook | None = None, *, as_of: date = AS_OF
) -> st.SearchStrategy[Opportunity]:
    """Deals as objects; otherwise like `facts_for`.

    Args:
        book: Whose facts and thresholds to take; ``None`` for the facts that the library has.
        as_of: The day around which dates lie.
    """
    check_arguments(book, as_of)
    vocabulary, plan = _vocabulary_and_plan(book, as_of)

    def deal(document: Document) -> Opportunity:
        found = read(vocabulary, document)
        assert isinstance(found, Opportunity)
        return found

    return _deals(plan).map(deal)


def people(
    book: Rulebook | None = None, *, as_of: date = AS_OF
) -> st.SearchStrategy[tuple[Person, ...]]:
    """The people of a deal: up to three, who may name one another.

    Args:
        book: Whose facts to take; ``None`` for those that the library has.
        as_of: The day around which dates lie, if a team's own facts of people are dates.
    """
    check_arguments(book, as_of)
    vocabulary, plan = _vocabulary_and_plan(book, as_of)
    listing = plan.slots["people"]
    assert isinstance(listing, Listing)

    def group(documents: list[Document]) -> tuple[Person, ...]:
        deal = read(vocabulary, {"people": documents})
        assert isinstance(deal, Opportunity)
        return deal.people or ()

    return _groups(listing).map(group)


def rates() -> st.SearchStrategy[Mapping[str, Decimal]]:
    """Rates of exchange between the yuan, the dollar and the euro: none, some, or all of them."""
    return st.sampled_from(RATES)


def check_arguments(book: object, as_of: object) -> None:
    """Refuse what is no rulebook, or no day."""
    if book is not None and not isinstance(book, Rulebook):
        raise TypeError(f"book is a Rulebook, as load_rulebook returns it, not {book!r:.80}")
    if not isinstance(as_of, date) or hasattr(as_of, "hour"):
        raise TypeError(f"as_of is a datetime.date, not {as_of!r}")


def _vocabulary_and_plan(book: Rulebook | None, as_of: date) -> tuple[Vocabulary, Group]:
    if book is None:
        return BASE, plain_plan(as_of)
    return book.vocabulary, plan_of(book, as_of)


@st.composite
def _deals(draw: st.DrawFn, plan: Group) -> Document:
    # The id says that this is a deal, even if nothing but its account is known.
    return {"id": "d1", **Pen(draw).group(plan)}


@st.composite
def _reviews(draw: st.DrawFn, plan: Group) -> Document:
    account = plan.slots["account"]
    assert isinstance(account, Group)
    return {"account": Pen(draw).group(account)}


@st.composite
def _groups(draw: st.DrawFn, plan: Listing) -> list[Document]:
    return Pen(draw).things("people", plan, draw(st.integers(0, len(plan.ids))))


class Pen:
    """Draws facts for one document: how much is known, to which side it leans, how blanks look."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        unknown, lean, nulls, whole = self._bytes(4)
        self._unknown = UNKNOWN[unknown * len(UNKNOWN) // 256]
        self._lean = LEANS[lean * len(LEANS) // 256]
        self._nulls = nulls >= 128
        # Most documents have only facts that rules read: the others are long, and Hypothesis drops
        # examples that are too long.
        self._whole = whole >= 224

    def group(self, plan: Group, own: str | None = None, named: Named = NOBODY) -> Document:
        """Draw the facts of a group; ``own`` is its id in a list, ``named`` whom it can name."""
        document: Document = {}
        # Two bytes a fact: whether it is known, and which value it has. Nought is unknown.
        slots = plan.slots if self._whole else plan.read
        drawn = self._bytes(2 * len(slots))
        for number, (name, slot) in enumerate(slots.items()):
            # Lists are known more often than facts, so that there are things of which some are.
            unknown = self._unknown // 3 if isinstance(slot, Listing) else self._unknown
            known = drawn[2 * number] >= max(unknown, 1) and self._unknown < 256
            choice = drawn[2 * number + 1]
            value: object = None
            if isinstance(slot, Group):
                value = self._record(slot, choice)
            elif not known:
                pass
            elif isinstance(slot, Listing):
                things = self.things(name, slot, choice * (len(slot.ids) + 1) // 256, named)
                named = {**named, name: tuple(thing["id"] for thing in things)}
                value = things
            elif isinstance(slot, Reference):
                value = self._pick(named_by(slot, named), choice)
            else:
                value = self._pick(slot.values, choice)
            if value is not None or self._nulls:
                document[name] = value
        return document if own is None else {"id": own, **document}

    def _bytes(self, size: int) -> bytes:
        """Draw so many bytes, in blocks of one size.

        Hypothesis changes the examples that it has and puts one part in the place of another; what
        does not fit there becomes nought, which is unknown. So all parts fit everywhere.
        """
        return b"".join(self._draw(BLOCK) for _ in range(0, size, BLOCK_SIZE))[:size]

    def things(self, name: str, plan: Listing, size: int, named: Named = NOBODY) -> list[Document]:
        """Draw so many things of the list ``name``; ``named`` are the things of lists before it."""
        ids = plan.ids[:size]
        return [self.group(plan.group, own, {**named, name: beside(own, ids)}) for own in ids]

    def _record(self, plan: Group, choice: int) -> Document | None:
        """Draw a record; one of which nothing is known is left out, ``null`` or empty."""
        facts = self.group(plan) if self._unknown < 256 else {}
        return facts or (None if choice < 128 else {})

    def _pick(self, values: tuple[object, ...], choice: int) -> object:
        """Return one of the values; it leans to a side in five of eight cases."""
        if not values:
            return None
        if self._lean != "none" and choice < 160:
            return values[0 if self._lean == "first" else -1]
        if self._lean != "none":
            choice = (choice - 160) * 256 // 96
        return values[choice * len(values) // 256]


def beside(own: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of a list without a thing's own: nothing names itself."""
    return tuple(id for id in ids if id != own)


def named_by(slot: Reference, named: Named) -> tuple[object, ...]:
    """Return what a fact can name of the things that there are."""
    ids = named.get(slot.list_name, ())
    return subsets_of(ids) if slot.many else ids
