"""Strategies: conditions as authors write them, and the facts that they are about.

Conditions are over a handful of facts, so that what is generated is often decided by them.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeAlias

from hypothesis import strategies as st

Document: TypeAlias = Mapping[str, Any]
"""A facts document; ``None`` is unknown."""

COMPARATORS = st.sampled_from(("=", "!=", "<", "<=", ">", ">="))
SUPPORT = st.sampled_from(("enemy", "neutral", "mentor"))
DAYS = st.sampled_from([datetime.date(2026, 11, day) for day in (1, 20, 21, 22)])
CURRENCIES = st.sampled_from(("CNY", "USD", "EUR"))
AMOUNTS = st.one_of(
    st.integers(0, 3).map(lambda number: number * 50_000),
    st.builds(
        lambda amount, code: {"amount": amount, "currency": code}, st.integers(0, 9), CURRENCIES
    ),
)

PERSON = {
    "support": SUPPORT,
    "has_veto": st.booleans(),
    "political_status": st.sampled_from(("outside", "inner_circle")),
    "roles": st.lists(st.sampled_from(("user", "decider")), unique=True),
}
COMPETITOR = {"attacking": st.booleans(), "superiority": st.integers(0, 4)}
DEAL = {
    "channel": st.booleans(),
    "under_attack": st.booleans(),
    "ubv_confirmed": st.booleans(),
    "incumbent": st.sampled_from(("us", "rival", "nobody")),
    "superiority": st.integers(0, 4),
    "veterans_assigned": st.integers(0, 4),
    "created": DAYS,
    "signed_on": st.one_of(DAYS, st.just("never")),
    "assessed_on": st.one_of(DAYS, st.just("never")),
    "changes": st.lists(st.sampled_from(("price", "terms", "delivery")), unique=True),
    "currency": CURRENCIES,
    "amount": AMOUNTS,
    "quote": AMOUNTS,
    "event": st.fixed_dictionaries({"driver": st.booleans(), "dated": st.booleans()}),
}


def things(prefix: str, facts: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """Lists of up to three things with these facts, and an id each."""
    listed = st.lists(st.fixed_dictionaries(dict(facts)), max_size=3)
    return listed.map(
        lambda items: [{"id": f"{prefix}{number}", **item} for number, item in enumerate(items)]
    )


def whole_documents() -> st.SearchStrategy[Document]:
    """Deals in which each of the facts is known."""
    return st.fixed_dictionaries(
        {**DEAL, "people": things("p", PERSON), "competitors": things("c", COMPETITOR)}
    )


@st.composite
def with_less_known(draw: st.DrawFn, document: Any) -> Any:
    """The same deal with some facts, at any depth, made unknown."""
    if isinstance(document, list) and document and isinstance(document[0], dict):
        return [draw(with_less_known(item)) for item in document]
    if not isinstance(document, dict):
        return document
    less = {}
    for key, value in document.items():
        if key in ("id", "amount", "currency") and len(document) == 2:
            less[key] = value  # an amount with its currency is one fact
        elif key == "id" or draw(st.booleans()):
            less[key] = draw(with_less_known(value))
        else:
            less[key] = None
    return less


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3, inside: tuple[str, ...] = ()) -> str:
    """A condition as an author writes it; ``inside`` are variables that stand for people."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        return draw(simple_conditions(inside))
    inner = conditions(depth=depth - 1, inside=inside)
    variable = f"x{depth}"
    within = conditions(depth=depth - 1, inside=(*inside, variable))
    match draw(st.integers(0, 6)):
        case 0:
            return f"not({draw(inner)})"
        case 1 | 2:
            return f" {draw(st.sampled_from(('and', 'or')))} ".join(
                f"({part})" for part in draw(st.lists(inner, min_size=2, max_size=3))
            )
        case 3:
            counted = ", ".join(draw(st.lists(inner, min_size=1, max_size=3)))
            return f"count({counted}) {draw(COMPARATORS)} {draw(st.integers(-1, 4))}"
        case 4:
            listed = draw(st.sampled_from(("people", "people[support = enemy]")))
            quantifier = draw(st.sampled_from(("some", "every")))
            return f"({quantifier} {variable} in {listed} satisfies {draw(within)})"
        case 5:
            return f"people[has_veto or ({draw(inner)})] is empty"
        case _:
            return f"({draw(inner)})"


@st.composite
def simple_conditions(draw: st.DrawFn, inside: tuple[str, ...]) -> str:
    """A condition without others in it."""
    truths = ["channel", "under_attack", "event.driver", "true"]
    words = [
        "incumbent = us",
        "incumbent != rival",
        "incumbent in (us, nobody)",
        "opening = yes",
        "opening != weak",
        "opening in (yes, weak)",
        "opening in (closing, no)",
        "opening = closing",
        "price in changes",
        "changes is empty",
        "people is empty",
        "signed_on < assessed_on",
        "signed_on = assessed_on",
        "created <= as_of",
    ]
    for variable in inside:
        truths.append(f"{variable}.has_veto")
        words += [
            f"{variable}.support = enemy",
            f"{variable}.key_player = yes",
            f"{variable}.key_player in (yes, no)",
            f"decider in {variable}.roles",
        ]
    match draw(st.integers(0, 5)):
        case 0:
            return draw(st.sampled_from(truths))
        case 1 | 2:
            return draw(st.sampled_from(words))
        case 3:
            left, right = draw(amounts()), draw(amounts())
            return f"{left} {draw(COMPARATORS)} {right}"
        case 4:
            low, high = sorted((draw(st.integers(-1, 3)), draw(st.integers(-1, 3))))
            subject = draw(numbers())
            return draw(
                st.sampled_from(
                    (
                        f"{subject} between {low} and {high}",
                        f"{subject} in ([{low}..{high}], > 3)",
                        f"{subject} in (superiority, {low})",
                    )
                )
            )
        case _:
            return f"{draw(numbers())} {draw(COMPARATORS)} {draw(numbers())}"


@st.composite
def numbers(draw: st.DrawFn, depth: int = 1) -> str:
    """A value that is a number."""
    simple = st.sampled_from(
        (
            "0",
            "1",
            "2.5",
            "-1",
            "superiority",
            "veterans_assigned",
            "threshold",
            "third",
            "count(people)",
            "count(people[support = enemy])",
            "count(competitors[attacking])",
            "count(changes)",
            "count(channel, under_attack)",
            "days_since(created)",
            "days_since(signed_on)",
            "days_until(assessed_on)",
            "sum(competitors.superiority)",
            "min(competitors[attacking].superiority)",
            "max(competitors.superiority)",
            "(amount / quote)",
        )
    )
    if depth == 0 or draw(st.booleans()):
        return draw(simple)
    left, right = draw(numbers(depth=depth - 1)), draw(numbers(depth=depth - 1))
    return f"({left} {draw(st.sampled_from('+-*/'))} {right})"


def amounts() -> st.SearchStrategy[str]:
    """A value that is an amount of money."""
    return st.sampled_from(
        ("amount", "quote", "large_order", "large_deal", "margin", "amount + quote", "2 * quote")
    )
