"""What `facts_for`, `opportunities`, `people` and `fillings` draw, and what they shrink to."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

import b2brules
from b2brules import Account, Opportunity, Person
from b2brules.facts.fields import types_of
from b2brules.facts.types import ListType, RecordType
from b2brules.testing import AS_OF, facts_for, fillings, opportunities, people

BOOK = b2brules.load_rulebook()
OWN = b2brules.load_rulebook(Path(__file__).parents[1] / "own_facts.yaml")
SEARCH = settings(
    max_examples=5_000,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SHRINK = settings(SEARCH, phases=[Phase.generate, Phase.shrink])
SEARCHES = 5
"""How often something rare is looked for, each time from another beginning."""


def search(strategy: st.SearchStrategy[Any], condition: Callable[[Any], bool]) -> Any:
    """Find an example; what Hypothesis happens not to come by in one search may be in the next."""
    for number in range(SEARCHES):
        with contextlib.suppress(NoSuchExample):
            return find(strategy, condition, settings=SEARCH, random=Random(number))
    raise AssertionError(f"nothing like that was drawn in {SEARCHES} searches")


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each single fact of a document that is known, by its path; things of a list by their id."""
    if isinstance(value, Mapping) and set(value) != {"amount", "currency"}:
        for name, inner in value.items():
            yield from leaves(inner, (*path, name))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for thing in value:
            yield from leaves(thing, (*path, thing["id"]))
    elif value is not None:
        yield path, value


@given(document=facts_for(BOOK))
def test_every_document_is_read(document):
    assert isinstance(BOOK.read(document), Opportunity | Account)


@given(deal=opportunities(BOOK), group=people(BOOK))
def test_deals_and_people_come_as_objects(deal, group):
    assert isinstance(deal, Opportunity)
    assert all(isinstance(person, Person) for person in group)
    BOOK.evaluate(deal, as_of=AS_OF)


@given(deal=opportunities(), group=people())
def test_deals_and_people_need_no_rulebook(deal, group):
    assert type(deal) is Opportunity
    assert {type(person) for person in group} <= {Person}


FINDS: Mapping[str, Callable[[Any], bool]] = {
    "nothing known": lambda facts: list(facts) == ["id"],
    "blanks left out": lambda facts: "superiority" not in facts,
    "blanks as null": lambda facts: facts.get("superiority", 0) is None,
    "an account alone": lambda facts: list(facts) == ["account"],
    "a threshold just missed": lambda facts: facts.get("superiority") == Decimal("2.999999"),
    "a threshold just hit": lambda facts: facts.get("superiority") == 3,
    "a parameter in money": lambda facts: facts.get("amount") == Decimal("10000.01"),
    "another currency": lambda facts: isinstance(facts.get("amount"), dict),
    "never": lambda facts: facts.get("signed_on") == "never",
    "the day itself": lambda facts: facts.get("close_date") == AS_OF.isoformat(),
    "half a year away": lambda facts: facts.get("renewal_date") == str(AS_OF + timedelta(180)),
    "an empty list": lambda facts: facts.get("people") == [],
    "three people": lambda facts: len(facts.get("people") or ()) == 3,
    "somebody's boss": lambda facts: any(p.get("reports_to") for p in facts.get("people") or ()),
    "an action for somebody": lambda facts: any(
        a.get("for_person") for a in facts.get("actions") or ()
    ),
    "an empty set": lambda facts: facts.get("changes") == [],
    "a whole set": lambda facts: len(facts.get("changes") or ()) == 5,
    "an empty group": lambda facts: facts.get("event") == {},
}


@pytest.mark.parametrize("what", FINDS)
def test_documents_hold(what):
    search(facts_for(BOOK), FINDS[what])


def test_some_documents_know_every_fact():
    found = search(
        facts_for(BOOK),
        lambda facts: "account" not in list(facts)[:1] and not blank_facts(BOOK.read(facts)),
    )
    assert len(list(leaves(found))) > 80  # with few people and things; each of them is whole


def blank_facts(thing: Any) -> list[str]:
    """The facts that are unknown; whom somebody can name hangs on who is there."""
    blank = []
    for name, kind in types_of(thing.__class__).items():
        value = getattr(thing, name)
        if isinstance(kind, RecordType) and value is not None:
            blank += blank_facts(value)
        elif isinstance(kind, ListType) and value is not None:
            blank += [one for item in value for one in blank_facts(item)]
        elif value is None and name not in ("reports_to", "influences", "conflicts_with"):
            blank.append(name)
    return blank


@given(facts_for(OWN))
def test_a_teams_own_facts_are_drawn(document):
    assert document.get("partner_involved") in (None, True, False)


def test_the_thresholds_of_a_teams_own_rules_are_drawn():
    search(facts_for(OWN), lambda facts: facts.get("amount") == Decimal("9999.99"))
    search(facts_for(OWN), lambda facts: facts.get("partner_involved") is True)


@given(facts_for(BOOK, as_of=date(1900, 1, 1)), facts_for(BOOK, as_of=date(2199, 12, 31)))
def test_documents_of_the_first_and_the_last_day_are_read(first, last):
    BOOK.read(first)
    BOOK.read(last)


# --- shrinking ------------------------------------------------------------------------------


def decided(facts: Any, name: str) -> str | None:
    found = BOOK.evaluate(facts, as_of=AS_OF).conclusions.decisions.get((name, None))
    return None if found is None or len(found.candidates) != 1 else found.candidates[0]  # type: ignore[union-attr]


def test_a_deal_shrinks_to_the_facts_that_matter():
    found = find(
        facts_for(BOOK),
        lambda facts: decided(facts, "purchase_play") == "break_in",
        settings=SHRINK,
    )
    assert found.pop("incumbent") in ("rival", "nobody")
    assert found == {"id": "d1", "first_purchase": False, "changes": []}


def test_people_shrink_to_those_who_matter():
    found = find(
        facts_for(BOOK),
        lambda facts: decided(facts, "relationship_map") == "amber",
        settings=SHRINK,
        random=Random(2),
    )
    (person,) = found.pop("people")
    assert found == {"id": "d1"}
    assert len(person) <= 4


# --- fillings -------------------------------------------------------------------------------


@given(data=st.data(), document=facts_for(BOOK))
def test_a_filling_adds_one_fact_and_changes_none(data, document):
    filled = data.draw(fillings(BOOK, document))
    before, after = dict(leaves(document)), dict(leaves(filled))
    assert {path: after[path] for path in before if before[path] != []} == {
        path: value for path, value in before.items() if value != []
    }
    new = [path for path in after if path not in before]
    # A list that becomes known comes with its things.
    assert len({path[: 2 if path[0] == "account" else 1] for path in new}) <= 1
    BOOK.read(filled)


def test_a_document_of_which_everything_is_known_stays_as_it_is():
    book = OWN
    whole = search(facts_for(book), lambda facts: not blank_facts(book.read(facts)))
    drawn = search(fillings(book, whole), lambda filled: True)
    assert len(list(leaves(drawn))) - len(list(leaves(whole))) <= 1


def has(name: str, facts: Any) -> bool:
    return name in facts


@pytest.mark.parametrize("name", ["superiority", "phase", "people", "event"])
def test_any_blank_fact_can_be_filled_in(name):
    filled = search(fillings(BOOK, {"id": "d1"}), functools.partial(has, name))
    assert set(filled) == {"id", name}


@given(data=st.data())
def test_an_account_that_is_reviewed_stays_one(data):
    filled = data.draw(fillings(BOOK, {"account": {"id": "a1"}}))
    assert list(filled) == ["account"]


def test_the_currency_of_an_account_is_left_alone_where_the_deal_has_one():
    given_currency = {"id": "d1", "currency": "CNY"}

    @settings(SEARCH, max_examples=500)
    @given(fillings(BOOK, given_currency))
    def check(filled: Any) -> None:
        assert "currency" not in (filled.get("account") or {})

    check()


# --- arguments ------------------------------------------------------------------------------


@pytest.mark.parametrize("strategy", [facts_for, opportunities, people])
def test_what_is_no_rulebook_or_no_day_is_refused(strategy):
    with pytest.raises(TypeError, match="book is a Rulebook"):
        strategy("rulesets")
    with pytest.raises(TypeError, match="as_of is a"):
        strategy(BOOK, as_of="2026-11-21")
