"""Filling in a fact gives a new deal, and is as strict as reading."""

from __future__ import annotations

import pytest

from b2brules.facts import Account, Event, Need, Opportunity, Person, fill

DEAL = Opportunity(
    people=(Person(id="p1"), Person(id="p2", name="Li")),
    account=Account(needs=(Need(id="n1"),)),
)


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("phase",), "trial", lambda deal: deal.phase),
        (("event", "driver"), True, lambda deal: deal.event.driver),
        (("people", "p2", "support"), "enemy", lambda deal: deal.people[1].support),
        (("account", "needs", "n1", "lead"), False, lambda deal: deal.account.needs[0].lead),
        (("account", "size"), "small", lambda deal: deal.account.size),
        (("competitors",), (), lambda deal: deal.competitors),
        (("people", "p1", "reports_to"), "p2", lambda deal: deal.people[0].reports_to),
    ],
)
def test_a_fact_is_filled_in_and_the_deal_stays_as_it_was(path, value, found):
    filled = fill(DEAL, path, value)
    assert found(filled) == value
    assert fill(filled, path, None) == DEAL


def test_a_fact_of_an_account_alone_is_filled_in_by_either_path():
    account = Account(name="Bank")
    assert fill(account, ("account", "size"), "small") == fill(account, ("size",), "small")


def test_taking_the_last_fact_of_a_group_leaves_it_unknown():
    assert fill(Opportunity(event=Event(driver=True)), ("event", "driver"), None) == Opportunity()


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("phase",), "x", "phase: `x` is not one of selling"),
        (("phaze",), "x", "`phaze` is not a fact of the opportunity; did you mean `phase`"),
        (("people", "p3", "support"), "enemy", "there is no `p3` in `people`"),
        (("competitors", "c1", "name"), "x", "there is no `c1` in `competitors`"),
        (("phase", "x"), "x", "`phase` is a single fact"),
        (("people", "p1"), None, "the path of a fact has at least one step"),
        (("people", "p1", "reports_to"), "p9", "`p9`, named by `p1`, is not among them"),
        (("people", "p1", "id"), "p2", "the id `p2` stands twice"),
        ((), None, "the path of a fact has at least one step"),
    ],
)
def test_a_fact_that_cannot_be_filled_in_is_refused(path, value, message):
    with pytest.raises(ValueError, match=message):
        fill(DEAL, path, value)
