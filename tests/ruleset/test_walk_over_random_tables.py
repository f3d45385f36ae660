"""The walk over random tables finds what looking at every deal finds, and nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from b2brules.engines.reference import Evaluation
from b2brules.facts import Account, Opportunity, read
from b2brules.language.truth import Truth
from b2brules.ruleset.diagnostics import Diagnostic
from b2brules.ruleset.model import Book, Table

Decisions: TypeAlias = Mapping[str, Mapping[str, str] | str]
Check: TypeAlias = Callable[[Decisions], tuple[Diagnostic, ...]]
MakeBook: TypeAlias = Callable[[Decisions], Book]
Holds: TypeAlias = Callable[..., tuple[Truth, ...]]
Deal: TypeAlias = Callable[[Diagnostic], tuple[dict[str, Any], date]]

TODAY = date(2026, 1, 1)


def codes(found: Sequence[Diagnostic]) -> list[str]:
    return [one.code for one in found]


# --- held against every deal there is -----------------------------------------------------------

# For each fact its values, one in every region that the conditions below can tell apart.
GRID: dict[str, tuple[object, ...]] = {
    "incumbent": ("us", "rival", "nobody"),
    "separable_part": (True, False),
    "superiority": tuple(Decimal(number) / 2 for number in range(6)),
    "veterans_assigned": (0, 1, 2, 3),
}
DEALS = [
    Opportunity(**dict(zip(GRID, values, strict=True)))  # type: ignore[arg-type]
    for values in itertools.product(*GRID.values())
]

signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
words = st.sampled_from(["us", "rival", "nobody"])
thresholds = st.sampled_from(["0", "1", "2"])


def one_of_each(first: Any, second: Any, shape: str) -> Any:
    return st.tuples(first, second).map(lambda parts: shape.format(*parts))


plain = st.one_of(
    words.map("incumbent = {}".format),
    words.map("incumbent != {}".format),
    st.just("incumbent in (us, nobody)"),
    st.sampled_from(["separable_part", "not(separable_part)"]),
    one_of_each(signs, thresholds, "superiority {} {}"),
    one_of_each(thresholds, thresholds, "superiority in (<= {}, > {})"),
    one_of_each(signs, thresholds, "veterans_assigned {} {}"),
    one_of_each(signs, thresholds, "2 - superiority {} {}"),
    one_of_each(thresholds, signs, "{} {} superiority"),
    st.sampled_from(["veterans_assigned in ([1..2))", "superiority in ((1..2])"]),
)


def joined(parts: Any) -> Any:
    return st.one_of(
        one_of_each(parts, parts, "({} and {})"),
        one_of_each(parts, parts, "({} or {})"),
        parts.map("not({})".format),
        st.tuples(parts, parts, parts, signs, thresholds).map(
            lambda given: "count({}, {}, {}) {} {}".format(*given)
        ),
    )


conditions = st.recursive(plain, joined, max_leaves=4)


@st.composite
def tables(draw: st.DrawFn, asked: Any = conditions) -> dict[str, str]:
    """The rows of a table, some with `otherwise` as the last."""
    rows = draw(st.lists(asked, min_size=1, max_size=5))
    table = {f"{'yes' if number % 2 else 'no'}_{number}": text for number, text in enumerate(rows)}
    if draw(st.booleans()):
        table["maybe_last"] = "otherwise"
    return table


def truths_of(book: Book, name: str, rows_that_hold: Holds) -> list[tuple[Truth, ...]]:
    table = book.decisions[name]
    assert isinstance(table, Table)
    return [rows_that_hold(book, table, deal, TODAY, None) for deal in DEALS]


def first_true(truths: Sequence[Truth]) -> int | None:
    return next((number for number, truth in enumerate(truths) if truth), None)


@given(rows=tables(), policy=st.sampled_from(["first", "unique"]))
def test_the_walk_finds_what_looking_at_every_deal_finds(
    rows: dict[str, str], policy: str, check: Check, make_book: MakeBook, rows_that_hold: Holds
) -> None:
    truths = truths_of(make_book({f"{policy} d": rows}), "d", rows_that_hold)
    found = check({f"{policy} d": rows})
    ids = list(rows)
    last = len(rows) - 1 if rows[ids[-1]] == "otherwise" else len(rows)
    gap = any(first_true(each) is None for each in truths)
    overlapping = {
        second for each in truths for second in range(last) if each[second] and any(each[:second])
    }
    reached = {first_true(each) for each in truths}
    ever = {number for each in truths for number, truth in enumerate(each) if truth}
    if policy == "first":
        overlapping, missed = set(), set(range(len(rows))) - reached
    else:
        missed = {n for n in range(len(rows)) if n not in (reached if n == last else ever)}
    assert ("gap" in codes(found)) == gap
    told = {ids.index(str(one.message).split("`")[3]) for one in found if one.code == "overlap"}
    assert told == overlapping
    unreached = [one.line - 2 for one in found if one.code == "unreachable-row"]
    assert set(unreached) == missed
    assert not {"possible-gap", "walk-limit"} & set(codes(found))


@given(first=tables(), second=tables(), third=tables())
def test_a_gap_behind_decisions_is_found_if_and_only_if_a_deal_has_it(
    first: dict[str, str],
    second: dict[str, str],
    third: dict[str, str],
    check: Check,
    make_book: MakeBook,
    rows_that_hold: Holds,
) -> None:
    # Two decisions that are always made, and a third that asks for their outcomes besides.
    below = {
        "one": {**first, "no_last": "otherwise", "yes_last": "scarce"},
        "two": {**second, "no_end": "otherwise", "yes_end": "scarce"},
    }
    for table in below.values():
        table.pop("maybe_last", None)
    asked = ("one = yes", "two in (no)", "one = two", "one != no and two = yes", "-")
    rows = {
        f"{id}_up": text if text == "otherwise" else f"({text}) and {more}".replace(" and -", "")
        for (id, text), more in zip(third.items(), itertools.cycle(asked), strict=False)
    }
    book = {**below, "d": rows}
    truths = truths_of(make_book(book), "d", rows_that_hold)
    gap = any(first_true(each) is None for each in truths)
    found = [one for one in check(book) if one.line == 1 or "`d`" in one.message]
    assert ("gap" in codes(found)) == gap
    assert "possible-gap" not in codes(found)


# --- nothing is missed, and what is told is so --------------------------------------------------

loose = st.one_of(
    plain,
    st.sampled_from(
        [
            "changes is empty",
            "price in changes",
            "count(changes) >= 2",
            "(some p in people satisfies p.support = enemy)",
            "(every p in people satisfies p.support in (mentor, supporter))",
            "people is empty",
            "count(people[layer = executive]) = 1",
            "(some p in people satisfies p.layer = executive and p.support != enemy)",
            "days_since(assessed_on) > 30",
            "days_since(assessed_on) <= 10",
            "assessed_on < last_stage_change",
            "assessed_on < 2025-12-15",
            "last_stage_change = as_of",
            "superiority < min(competitors.superiority)",
            "max(competitors.superiority) >= 2",
            "superiority >= veterans_assigned",
            "superiority * veterans_assigned > 3",
            'stage = "won"',
            "amount >= a_million",
            "amount > quote",
        ]
    ),
)
loose_conditions = st.recursive(loose, joined, max_leaves=3)
days = st.sampled_from(["never", *(date(2025, 12, day) for day in (1, 2, 15, 22)), TODAY])
documents = st.fixed_dictionaries(
    {
        **{name: st.sampled_from(values) for name, values in GRID.items()},
        "changes": st.sampled_from([[], ["price"], ["price", "terms"], ["terms", "supplier"]]),
        "people": st.lists(
            st.fixed_dictionaries(
                {
                    "support": st.sampled_from(["enemy", "mentor", "neutral"]),
                    "layer": st.sampled_from(["executive", "middle"]),
                }
            ),
            max_size=2,
        ).map(lambda people: [{"id": f"p{n}", **one} for n, one in enumerate(people)]),
        "competitors": st.lists(
            st.sampled_from([1, 2, 3]).map(lambda number: {"superiority": number}), max_size=2
        ).map(lambda rivals: [{"id": f"c{n}", **one} for n, one in enumerate(rivals)]),
        "assessed_on": days,
        "last_stage_change": days,
        "stage": st.sampled_from(["won", "lost"]),
        "amount": st.sampled_from([1, 999_999, 1_000_000, 2_000_000]),
        "quote": st.sampled_from([1, 1_000_000, 3_000_000]),
        "currency": st.just("CNY"),
    }
)


@given(rows=tables(loose_conditions), document=documents)
def test_a_deal_without_a_row_never_goes_unreported(
    rows: dict[str, str],
    document: dict[str, Any],
    check: Check,
    make_book: MakeBook,
    rows_that_hold: Holds,
) -> None:
    book = make_book({"d": rows})
    table = book.decisions["d"]
    found = check({"d": rows})
    deal = read(book.vocabulary, document)
    truths = rows_that_hold(book, table, deal, TODAY, None)
    if not any(truth is not False for truth in truths):
        assert {"gap", "possible-gap", "walk-limit"} & set(codes(found))
    held = first_true(truths)
    if held is not None and None not in truths[:held]:
        assert held + 2 not in [one.line for one in found if one.code == "unreachable-row"]


@given(rows=tables(loose_conditions), policy=st.sampled_from(["first", "unique"]))
def test_the_deal_in_a_message_shows_what_it_says(
    rows: dict[str, str], policy: str, check: Check, the_deal: Deal, make_book: MakeBook
) -> None:
    book = make_book({f"{policy} d": rows})
    for one in check({f"{policy} d": rows}):
        if one.code not in ("gap", "overlap"):
            continue
        document, day = the_deal(one)
        deal = read(book.vocabulary, document)
        if isinstance(deal, Account):
            deal = Opportunity(account=deal)
        evaluation = Evaluation(book, deal, day, {})
        if one.code == "gap":
            assert evaluation.decide("d", None).candidates == ()  # type: ignore[union-attr]
        else:
            table = book.decisions["d"]
            assert isinstance(table, Table)
            named = [row for row in table.rows if f"`{row.id}`" in one.message]
            assert [evaluation.holds_all(row.clauses, {}) for row in named] == [True, True]
