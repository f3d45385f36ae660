"""Laws of the condition language, over generated conditions, deals and texts."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from b2brules.engines.reference import Evaluation
from b2brules.facts import Account, Opportunity, read
from b2brules.language import (
    LanguageError,
    Scope,
    read_cell,
    read_condition,
    read_value,
    walk,
)
from b2brules.language.truth import Truth, agreement, conjunction, disjunction, negation
from b2brules.language.values import Rates
from b2brules.ruleset.model import Book
from tests.language.conditions import (
    Document,
    conditions,
    numbers,
    whole_documents,
    with_less_known,
)

AS_OF = date(2026, 11, 21)
NO_RATES: Rates = {}
DOLLARS: Rates = {("USD", "CNY"): Decimal(7)}

TRUTHS = st.lists(st.sampled_from((True, False, None)), max_size=5)

# Words and signs of the language, of others, and names of things.
WORDS_AND_SIGNS = """
    and or not in is between some every satisfies true false known unknown empty otherwise
    count sum min max days_since as_of people competitors needs changes incumbent us rival
    superiority amount large_order support x person opening key_player account.size event.driver
    marks 0 1 2.5 3x 2026-11-21 2026-1-5 ( ) [ ] , . .. + - * / = != < <= > >=
    == <> ! & | ; ： ， （ ） “ ” ' " "a" # %
"""
TOKENS = st.sampled_from(WORDS_AND_SIGNS.split())
SOUP = st.lists(TOKENS, max_size=14).map(" ".join)
TEXTS = st.one_of(SOUP, st.text(max_size=40), st.lists(TOKENS, max_size=8).map("".join))


def truth_of(text: str, document: Document, book: Book, scope: Scope, rates: Rates) -> Truth:
    deal = read(book.vocabulary, document)
    if isinstance(deal, Account):
        deal = Opportunity(account=deal)
    return Evaluation(book, deal, AS_OF, rates).holds(read_condition(text, scope), {})


# --- three truth values -------------------------------------------------------------------------


def rank(truth: Truth) -> int:
    """False, unknown, true: in Kleene's logic `and` is the least of them and `or` the greatest."""
    return {False: 0, None: 1, True: 2}[truth]


@given(TRUTHS)
def test_a_conjunction_is_the_least_of_its_truths(truths: list[Truth]) -> None:
    assert rank(conjunction(truths)) == min(map(rank, truths), default=rank(True))


@given(TRUTHS)
def test_a_disjunction_is_the_greatest_of_its_truths(truths: list[Truth]) -> None:
    assert rank(disjunction(truths)) == max(map(rank, truths), default=rank(False))


@given(TRUTHS)
def test_de_morgan_holds_of_truths(truths: list[Truth]) -> None:
    assert negation(conjunction(truths)) is disjunction(map(negation, truths))
    assert negation(disjunction(truths)) is conjunction(map(negation, truths))


@pytest.mark.parametrize("truths", list(itertools.product((True, False, None), repeat=2)))
def test_agreement_is_what_both_say(truths: tuple[Truth, Truth]) -> None:
    one, other = truths
    assert agreement(truths) is (one if one is other else None)


def test_nothing_agrees_on_nothing() -> None:
    assert agreement(()) is None


# --- refinement ---------------------------------------------------------------------------------


@given(
    data=st.data(),
    text=conditions(),
    whole=whole_documents(),
    rates=st.sampled_from((NO_RATES, DOLLARS)),
)
def test_filling_in_a_fact_never_changes_a_truth_that_is_known(
    data: st.DataObject,
    text: str,
    whole: Document,
    rates: Rates,
    book: Book,
    scope: Scope,
) -> None:
    fuller = data.draw(with_less_known(whole))
    barer = data.draw(with_less_known(fuller))
    known = truth_of(text, barer, book, scope, rates)
    if known is not None:
        assert truth_of(text, fuller, book, scope, rates) is known


@given(data=st.data(), text=conditions(), whole=whole_documents())
def test_a_rate_never_changes_a_truth_that_is_known(
    data: st.DataObject, text: str, whole: Document, book: Book, scope: Scope
) -> None:
    document = data.draw(with_less_known(whole))
    known = truth_of(text, document, book, scope, NO_RATES)
    if known is not None:
        assert truth_of(text, document, book, scope, DOLLARS) is known


# --- two ways to say the same -------------------------------------------------------------------

SAME = {
    "de_morgan_and": ("not(({a}) and ({b}))", "not({a}) or not({b})"),
    "de_morgan_or": ("not(({a}) or ({b}))", "not({a}) and not({b})"),
    "twice_not": ("not(not({a}))", "{a}"),
    "both_ways_round": ("({a}) and ({b})", "({b}) and ({a})"),
    "and_binds_closer": ("({a}) or ({b}) and ({c})", "({a}) or (({b}) and ({c}))"),
    "all_counted": ("count({a}, {b}) = 2", "({a}) and ({b})"),
    "one_counted": ("count({a}, {b}) >= 1", "({a}) or ({b})"),
    "some_and_every": (
        "some y in people satisfies y.has_veto or ({a})",
        "not(every y in people satisfies not(y.has_veto or ({a})))",
    ),
    "filter_and_condition": (
        "some y in people[support = enemy] satisfies ({a})",
        "some y in people satisfies y.support = enemy and ({a})",
    ),
    "some_and_empty": (
        "some y in people satisfies y.has_veto and ({a})",
        "not(people[has_veto and ({a})] is empty)",
    ),
    "some_and_count": (
        "some y in people satisfies y.has_veto and ({a})",
        "count(people[has_veto and ({a})]) > 0",
    ),
    "between": ("{n} between 0 and 2", "{n} >= 0 and {n} <= 2"),
    "range": ("{n} in ([0..2))", "{n} >= 0 and {n} < 2"),
    "tests": ("{n} in (0, > 2)", "{n} = 0 or {n} > 2"),
    "mirrored": ("{n} < {m}", "{m} > {n}"),
    "not_less": ("not({n} < {m})", "{n} >= {m}"),
    "not_equal": ("not({n} = {m})", "{n} != {m}"),
    "blanks": ("({a})and({b})", "(\n  {a}\t)   and\r\n ({b})"),
}


# There are many ways, and a few examples of each find what is wrong with one.
@settings(max_examples=settings().max_examples // 5)
@pytest.mark.parametrize("name", SAME)
@given(
    data=st.data(),
    a=conditions(depth=2),
    b=conditions(depth=2),
    c=conditions(depth=1),
    n=numbers(),
    m=numbers(),
    whole=whole_documents(),
)
def test_two_ways_to_say_the_same_mean_the_same(
    name: str,
    data: st.DataObject,
    a: str,
    b: str,
    c: str,
    n: str,
    m: str,
    whole: Document,
    book: Book,
    scope: Scope,
) -> None:
    document = data.draw(with_less_known(whole))
    one, other = (text.format(a=a, b=b, c=c, n=n, m=m) for text in SAME[name])
    assert truth_of(one, document, book, scope, DOLLARS) is truth_of(
        other, document, book, scope, DOLLARS
    )


@given(text=conditions(), whole=whole_documents(), data=st.data())
def test_the_order_of_things_in_a_list_does_not_matter(
    text: str, whole: Document, data: st.DataObject, book: Book, scope: Scope
) -> None:
    document = data.draw(with_less_known(whole))
    turned = {
        key: value[::-1] if isinstance(value, list) else value for key, value in document.items()
    }
    assert truth_of(text, document, book, scope, DOLLARS) is truth_of(
        text, turned, book, scope, DOLLARS
    )


# --- reading ------------------------------------------------------------------------------------


def readers(scope: Scope) -> list[Callable[[str], object]]:
    """Return every way that rule text is read."""
    asking = evolve(scope, asks_what_is_known=True, variables={"person": ("people",)})
    columns = [
        read_value(name, scope)
        for name in ("incumbent", "superiority", "amount", "channel", "created", "opening", "name")
    ]
    return [
        lambda text: read_condition(text, scope),
        lambda text: read_condition(text, asking),
        lambda text: read_value(text, scope),
        *(lambda text, column=column: read_cell(text, column, scope) for column in columns),
    ]


def check_mistakes(text: str, error: LanguageError) -> None:
    """What holds of every mistake: it has a place in the text, and words fit to be printed."""
    assert error.mistakes
    for mistake in error.mistakes:
        assert 0 <= mistake.start < mistake.end <= len(text) + 1
        assert mistake.code.replace("-", "").isalpha()
        for said in (mistake.message, mistake.help or "x"):
            assert said
            assert said.isprintable()
            assert not said.endswith(".")
            assert len(said) < 1_000


@given(text=TEXTS)
def test_any_text_is_read_or_answered_with_mistakes_that_have_a_place(
    text: str, scope: Scope
) -> None:
    for read_text in readers(scope):
        try:
            read_text(text)
        except LanguageError as error:
            check_mistakes(text, error)


@given(data=st.data(), text=conditions(), token=TOKENS)
def test_a_condition_with_a_slip_in_it_is_read_or_answered(
    data: st.DataObject, text: str, token: str, scope: Scope
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 6, len(text))))
    slipped = text[:start] + token + text[end:]
    for read_text in readers(scope):
        try:
            read_text(slipped)
        except LanguageError as error:
            check_mistakes(slipped, error)


@given(text=conditions())
def test_every_node_of_a_condition_has_its_place_in_the_text(text: str, scope: Scope) -> None:
    for node in walk(read_condition(text, scope)):
        start, end = node.span  # type: ignore[attr-defined]
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()


@given(text=conditions())
def test_reading_the_same_text_twice_gives_the_same_tree(text: str, scope: Scope) -> None:
    first, second = read_condition(text, scope), read_condition(text, scope)
    assert first == second
    assert attrs.asdict(first) == attrs.asdict(second)
