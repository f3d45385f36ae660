"""What a generated rule file is about: its own facts, its parameters, and a few facts of a deal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from attrs import evolve
from hypothesis import strategies as st

from b2brules.facts.types import (
    DateType,
    EnumerationType,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
    ValueType,
)
from b2brules.testing.terms import Names, Term, Things, facts_of_the_deal, lists_of_the_deal

Entry: TypeAlias = tuple[str, str, str, str, ValueType]
"""The first four cells under `facts` or `parameters`, and the type."""

FOCUS: tuple[tuple[type, int], ...] = (
    (TruthType, 1),
    (EnumerationType, 2),
    (NumberType, 3),
    (MoneyType, 3),
    (DateType, 2),
    (SetType, 1),
    (TextType, 1),
)
"""How many facts of each type a book is about: few, so that its rules meet."""

MEMBERS = 5
"""How many facts of the things in a list it is about."""

# fmt: off
OWN: tuple[Entry, ...] = (
    ("own_flag", "truth", "", "", TruthType()),
    ("own_score", "number", "[0..10]", "points", NumberType()),
    ("own_count", "whole number", "", "visits", NumberType(whole=True)),
    ("own_word", "one of", "low, middle, high", "", EnumerationType(("low", "middle", "high"))),
    ("own_words", "set of", "low, high", "", SetType(EnumerationType(("low", "high")))),
    ("own_amount", "money", "", "", MoneyType()),
    ("own_day", "date", "", "", DateType()),
    ("own_past", "past date", "", "", DateType(past=True)),
    ("own_text", "text", "", "", TextType()),
    ("people.own_trust", "one of", "low, high", "", EnumerationType(("low", "high"))),
    ("competitors.own_price", "money", "", "", MoneyType()),
    ("account.own_rank", "number", "", "", NumberType()),
    ("account.own_budget", "money", "", "", MoneyType()),
    ("account.cost_items.own_years", "whole number", "[0..50]", "years", NumberType(whole=True)),
)
PARAMETERS: tuple[Entry, ...] = (
    ("limit", "2.5", "to one", "[1..10]", NumberType()),
    ("days_enough", "30", "days", "[1..365]", NumberType()),
    ("large", "10000", "CNY", "", MoneyType()),
    ("dear", "2500", "USD", "", MoneyType()),
)
# fmt: on


def draw_names(
    draw: st.DrawFn,
    own: Sequence[Entry],
    parameters: Sequence[Entry],
) -> Names:
    """Draw what the rules of a file can name: all of that, and a few facts of each type."""
    known = facts_of_the_deal()
    terms = [Term(name, kind, constant=True) for name, _, _, _, kind in parameters]
    for type_, most in FOCUS:
        options = [term for term in known if isinstance(term.type, type_)]
        terms += draw(st.lists(st.sampled_from(options), min_size=1, max_size=most, unique=True))
    chosen = st.sampled_from(lists_of_the_deal())
    lists: list[Things] = []
    for things in draw(st.lists(chosen, min_size=1, max_size=3, unique=True)):
        some = draw(st.lists(st.sampled_from(things.members), min_size=2, max_size=MEMBERS))
        summed = [term for term in things.members if isinstance(term.type, NumberType | MoneyType)]
        lists.append(evolve(things, members=tuple(dict.fromkeys((*some, *summed[:2])))))
    for name, _, _, _, kind in own:
        holder, _, last = name.rpartition(".")
        place = next((n for n, one in enumerate(lists) if ".".join(one.path) == holder), None)
        if place is not None:
            lists[place] = evolve(lists[place], members=(*lists[place].members, Term(last, kind)))
        elif holder in ("", "account"):
            terms.append(Term(name, kind))
    return Names(terms=tuple(terms), lists=tuple(lists))
