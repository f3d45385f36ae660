"""The quick way to read a flat document reads just what the careful way reads."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from b2brules.facts import FactsError, Vocabulary, read
from b2brules.facts.flat import flat_reader

VOCABULARY = Vocabulary()
READ_FLAT = flat_reader(VOCABULARY)
NAMES = ["id", "incumbent", "superiority", "under_attack", "changes", "amount", "signed_on"]
NAMES += ["created", "veterans_assigned", "stage_progress", "currency", "people", "marks", "typo"]
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(["us", "rival", "never", "2026-11-21", "2026-02-30", "CNY", "", "plus", "?"]),
    st.integers(-2, 4) | st.sampled_from([10**15 - 1, 10**15, -(10**15)]),
    st.sampled_from([0.5, 1e-7, float("nan"), Decimal("2.50"), Decimal("1e20")]),
    st.sampled_from([datetime.date(2026, 11, 21), ["price"], ["price", "x"], {"amount": 3}, {}]),
)


@settings(max_examples=1_000)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5))
def test_a_flat_document_is_read_as_the_careful_way_reads_it_or_left_to_it(
    document: dict[str, Any],
) -> None:
    known = READ_FLAT(document)
    try:
        deal = read(VOCABULARY, document)
    except FactsError:
        assert known is None
        return
    if known is not None:
        assert VOCABULARY.root(**known) == deal
        assert known.keys().isdisjoint({"people", "marks"})


def test_an_unknown_key_is_left_to_the_careful_way_even_if_it_is_null() -> None:
    assert READ_FLAT({"typo": None}) is None


def test_what_is_flat_and_right_is_read_quickly() -> None:
    document = {"incumbent": "us", "superiority": 3, "under_attack": True, "quote": None}
    assert READ_FLAT(document) == {"incumbent": "us", "superiority": 3, "under_attack": True}


def test_a_document_that_changes_later_does_not_change_what_was_read() -> None:
    document: dict[str, object] = {"incumbent": "us"}
    known = READ_FLAT(document)
    document["incumbent"] = "rival"
    assert known == {"incumbent": "us"}
