"""A deal that is written as a file reads back equal, and looks as people write it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from b2brules.facts import (
    NEVER,
    Account,
    Competitor,
    Event,
    Money,
    Opportunity,
    OwnFact,
    Person,
    Vocabulary,
    read,
    read_document,
)
from b2brules.facts.types import EnumerationType, MoneyType, TruthType, ValueType
from b2brules.facts.writing import plain_facts, write_deal
from tests.facts.test_properties import SETTINGS, documents

VOCABULARY = Vocabulary()

DEAL = Opportunity(
    name="Fee collection: phase 2",
    currency="CNY",
    phase="selling",
    amount=Money(amount=Decimal("20000.5"), currency="USD"),
    quote=Money(amount=Decimal(30000)),
    created=datetime.date(2026, 11, 1),
    last_stage_change=NEVER,
    changes=frozenset({"supplier", "price"}),
    event=Event(driver=True, dated=False),
    superiority=Decimal("2.5"),
    warning_signals=frozenset(),
    people=(
        Person(id="p2", name="李伟", roles=frozenset({"user", "initiator"})),
        Person(id="7", reports_to="p2", influences=frozenset({"p2"})),
    ),
    competitors=(),
    account=Account(size="small"),
)

TEXT = """\
name: "Fee collection: phase 2"
currency: CNY
phase: selling
amount: {amount: 20000.5, currency: USD}
quote: 30000
created: 2026-11-01
last_stage_change: never
changes: [price, supplier]
event:
  driver: true
  dated: false
superiority: 2.5
warning_signals: []
people:
  - id: p2
    name: 李伟
    roles: [initiator, user]
  - id: "7"
    reports_to: p2
    influences: [p2]
competitors: []
account:
  size: small
"""

words = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t:#'\" -"))


def test_a_deal_is_written_as_people_write_it():
    assert write_deal(DEAL) == TEXT
    assert read_document(VOCABULARY, TEXT) == DEAL


@pytest.mark.parametrize(
    "deal",
    [
        Opportunity(),
        Account(),
        Account(name="Bank", needs=()),
        Opportunity(account=Account(name="Bank")),
        Opportunity(people=(Person(id="p1"),)),
    ],
)
def test_a_deal_stays_a_deal_and_an_account_an_account(deal):
    assert read_document(VOCABULARY, write_deal(deal), format="yaml") == deal
    assert read(VOCABULARY, plain_facts(deal)) == deal


@pytest.mark.parametrize(
    "text",
    [
        "true",
        "Null",
        "~",
        "",
        "1e5",
        "007",
        "no",
        "2026-11-21",
        "never",
        "?",
        "- a",
        "a: b",
        "a #b",
        "[x]",
        " padded ",
        'say "hi"',
        "it's",
        "back\\slash",
        "two\nlines",
        "a\u2028b",
        "\ufeffmarked",
        "\U000e0001tag",
        "𠀀",
        "a\u00a0b",
        "\uffff",
    ],
)
def test_text_that_looks_like_something_else_stays_text(text):
    deal = Opportunity(name=text, people=(Person(id="p1", criteria=text),))
    written = write_deal(deal)
    assert read_document(VOCABULARY, written) == deal
    assert yaml.safe_load(written)["name"] == text


@SETTINGS
@given(documents())
def test_every_deal_reads_back_as_it_was_written(document):
    deal = read(VOCABULARY, document)
    assert read_document(VOCABULARY, write_deal(deal)) == deal
    assert read(VOCABULARY, plain_facts(deal)) == deal


@given(words)
def test_any_text_reads_back(text):
    deal = Opportunity(name=text, competitors=(Competitor(id="c1", name=text),))
    assert read_document(VOCABULARY, write_deal(deal)) == deal


def test_a_teams_own_facts_are_written_too():
    question = {"en": "?", "zh": "?"}
    own: list[tuple[str, ValueType]] = [
        ("account.amount", MoneyType()),
        ("account.partner", TruthType()),
        ("people.mood", EnumerationType(("true", "10", "so so"))),
    ]
    vocabulary = Vocabulary().with_facts(
        [OwnFact(name=name, type=type_, unit=None, question=question) for name, type_ in own]
    )
    document = {
        "account": {"amount": {"amount": 5, "currency": "USD"}, "currency": "CNY", "partner": True},
        "people": [{"id": "p1", "mood": "10"}, {"id": "p2", "mood": "true"}],
    }
    deal = read(vocabulary, document)
    assert read_document(vocabulary, write_deal(deal)) == deal
