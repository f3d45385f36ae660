"""A deal made in Python is held to what reading accepts."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from b2brules import facts
from b2brules.facts import NEVER, Event, Marks, Money
from b2brules.facts.values import RefusedError

# Much of what is passed here is of a type that a type checker would not let through.
Account: Any = facts.Account
Action: Any = facts.Action
Competency: Any = facts.Competency
Competitor: Any = facts.Competitor
Opportunity: Any = facts.Opportunity
Person: Any = facts.Person


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Person(id="p1", support="suporter"),
            "support: `suporter` is not one of enemy, non_supporter, neutral, supporter, mentor; "
            "did you mean `supporter`?",
        ),
        (lambda: Person(id=""), "id: an id must not be empty"),
        (lambda: Person(id="a\nb"), "id: `a\\u000ab` has a line break or a tab in it, which an id"),
        (lambda: Person(id="x" * 201), "longer than 200 characters"),
        (lambda: Person(id="a", reports_to="a"), "reports_to: `a` cannot report to themselves"),
        (lambda: Person(id="a", influences={"a"}), "influences: `a` cannot influence themselves"),
        (lambda: Opportunity(under_attack=1), "under_attack: `1` is not a truth value; write true"),
        (lambda: Opportunity(superiority=True), "superiority: `true` is not a number"),
        (lambda: Opportunity(superiority=-1), "superiority: `-1` is less than 0, the least"),
        (lambda: Opportunity(stage_progress=1.01), "`1.01` is more than 1, the most"),
        (lambda: Opportunity(veterans_assigned=1.5), "`1.5` is not a whole number"),
        (lambda: Opportunity(amount=Money(amount=Decimal("NaN"))), "`NaN` is not a number"),
        (lambda: Opportunity(amount=Money(amount=Decimal(1), currency="usd")), "mean `USD`?"),
        (lambda: Opportunity(created=datetime.datetime(2026, 1, 1)), "has a time of day"),  # noqa: DTZ001
        (lambda: Opportunity(created=datetime.date(1899, 12, 31)), "is not between 1900-01-01"),
        (lambda: Opportunity(created=NEVER), "`never` is for dates in the past only"),
        (lambda: Opportunity(changes="price"), "changes: `price` is not a list; write [price]"),
        (lambda: Opportunity(changes=["price", "price"]), "`price` stands in the list twice"),
        (lambda: Opportunity(people=[Person(id="a"), Person(id="a")]), "the id `a` stands twice"),
        (lambda: Opportunity(people=[Competitor(id="a")]), "is not a `Person`"),
        (
            lambda: Opportunity(people=[Person(id="a", conflicts_with=["b"])]),
            "people: `b`, named by `a`, is not among them",
        ),
        (
            lambda: Opportunity(people=[Person(id="a")], actions=[Action(id="s", for_person="b")]),
            "actions: `b`, named by `s`, is not among the people",
        ),
        (
            lambda: Opportunity(actions=[Action(id="s", for_person="b")]),
            "actions: `b`, named by `s`, is not among the people",
        ),
        (lambda: Opportunity(account={"size": "small"}), "a mapping is not account facts"),
        (lambda: Account(revenue_score=Decimal("0.1234567")), "more than 6 digits after the point"),
        (lambda: Account(headcount=10**15), "has more than 15 digits"),
        (lambda: Competency(id="charm"), "id: `charm` is not one of bidding, quality"),
    ],
)
def test_a_constructor_refuses_what_reading_refuses(make, message):
    with pytest.raises(RefusedError) as caught:
        make()
    assert message in str(caught.value)


def test_an_equal_value_has_one_representation():
    made = Opportunity(superiority=Decimal("3.50"), amount=Decimal("1.2E+4"), changes=["price"])
    same = Opportunity(superiority=3.5, amount=12000, changes={"price"})
    assert made == same
    assert repr(made) == repr(same)
    assert str(made.superiority) == "3.5"
    assert made.amount == Money(amount=Decimal(12000))
    assert str(Opportunity(superiority=Decimal("-0.0")).superiority) == "0"


def test_a_group_without_a_known_fact_is_unknown():
    assert Opportunity(event=Event(), marks=Marks()) == Opportunity()
    assert Opportunity(event=Event(driver=False)).event == Event(driver=False)


def test_an_empty_list_is_known():
    assert Opportunity(people=[]).people == ()
    assert Opportunity().people is None


def test_a_deal_cannot_be_changed_in_place():
    deal = Opportunity(phase="trial")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        deal.phase = "lost"
    assert attrs.evolve(deal, phase="lost").phase == "lost"


def test_an_equal_deal_has_an_equal_hash():
    def make():
        return Opportunity(people=[Person(id="a", roles=["user", "buyer"])], superiority=3)

    assert hash(make()) == hash(make())
