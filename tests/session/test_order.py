"""Order does not matter: what a session advises follows from the facts that it ends with."""

from __future__ import annotations

import functools
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import b2brules
from b2brules import Advice, Difference, FactsError, Rulebook, Session
from b2brules.engines import ENGINES
from b2brules.testing import facts_for, rates
from tests.session.live_deals import (
    LISTS,
    Named,
    Stand,
    after,
    by_name,
    document_of,
    stand_of,
    with_places,
)

TODAY = date(2026, 11, 21)
DAYS = (TODAY, date(2026, 12, 1), date(2027, 6, 30), date(2024, 2, 29))
DEALS = ("acme", "beta")
OVERRIDES = (
    ("competitive_strategy", "frontal"),
    ("competitive_strategy", "develop"),
    ("can_we_win", "yes"),
    ("people[p1].relationship_strategy", "defend"),
    ("people[p2].key_player", "no"),
)

LIVE_ENGINES = [one for one in ENGINES if one != "reference"]
FUZZING = settings().max_examples > 1_000
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@functools.cache
def shipped() -> Rulebook:
    return b2brules.load_rulebook()


def change(session: Session, deal: str, name: str, before: Any, now: Any) -> Difference:
    """One fact becomes what it is to be, by the verb that says so."""
    if now is None:
        return session.retract(deal, name)
    if before is None:
        return session.assert_facts(deal, {name: now})
    return session.update(deal, {name: now})


@pytest.mark.parametrize("engine", LIVE_ENGINES)
@settings(max_examples=400 if FUZZING else 10, suppress_health_check=SLOW)
@given(data=st.data())
def test_any_order_of_the_same_changes_ends_in_the_same_advice(engine: str, data: st.DataObject):
    first = dict(by_name(data.draw(facts_for(shipped()))))
    last = dict(by_name(data.draw(facts_for(shipped()))))
    wanted = [name for name in {**first, **last} if first.get(name) != last.get(name)]
    names = data.draw(st.permutations(wanted))
    waiting = list(names)
    with shipped().session(as_of=TODAY, engine=engine) as session:
        session.assert_facts("acme", document_of(first))
        stand = stand_of(session.advice("acme").conclusions)
        gone: set[str] = set()
        while waiting:
            put_off = []
            for name in waiting:
                now = last.get(name)
                if name in gone:
                    continue
                try:
                    difference = change(session, "acme", name, first.get(name), now)
                except FactsError:
                    # Nobody is named before they are there, and nobody goes whom another names.
                    put_off.append(name)
                    assert stand_of(session.advice("acme").conclusions) == stand
                    continue
                stand = after(stand, difference)
                if now is None:
                    # With a thing or a list goes all that is said of it.
                    gone |= {one for one in names if name in with_places(one)[:-1]}
            assert len(put_off) < len(waiting)
            waiting = put_off
        at_once = shipped().evaluate(document_of(last), as_of=TODAY)
        assert stand == stand_of(at_once.conclusions)
        assert stand == stand_of(session.advice("acme").conclusions)


class LiveDeals(RuleBasedStateMachine):
    """Two deals, written down in a journal, beside a plain account of what is known of them."""

    folder: tempfile.TemporaryDirectory[str]
    session: Session

    @initialize(data=st.data(), engine=st.sampled_from(LIVE_ENGINES))
    def open(self, data: st.DataObject, engine: str) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.engine = engine
        self.minutes = 0
        documents = data.draw(st.lists(facts_for(shipped()), min_size=2, max_size=3))
        self.pool = [item for document in documents for item in by_name(document)]
        self.known: dict[str, Named] = {}
        self.overridden: dict[str, dict[str, str]] = {}
        self.stands: dict[str, Stand] = {}
        self.as_of, self.rates = TODAY, dict[str, Any]()
        self.session = self.opened(as_of=TODAY)

    def opened(self, **asked: Any) -> Session:
        journal = Path(self.folder.name, "deals.db")
        return shipped().session(engine=self.engine, journal=journal, clock=self.clock, **asked)

    def clock(self) -> datetime:
        self.minutes += 1
        return datetime(2026, 11, 21, tzinfo=UTC) + timedelta(minutes=self.minutes)

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            self.folder.cleanup()

    def settle(self, deal: str, known: Named, difference: Difference) -> None:
        self.known[deal] = known
        self.stands[deal] = after(self.stands.get(deal, {}), difference)

    @precondition(lambda self: self.pool)
    @rule(data=st.data(), deal=st.sampled_from(DEALS))
    def hear(self, data: st.DataObject, deal: str) -> None:
        before = self.known.get(deal, {})
        drawn = data.draw(st.lists(st.sampled_from(self.pool), min_size=1, max_size=6))
        said = dict(drawn)
        for name, _ in drawn:
            # Of somebody who is not there it is said first that they are.
            said |= {place: {} for place in with_places(name)[1:-1] if place not in before}
        said = dict(data.draw(st.permutations(list(said.items()))))
        known = dict(before)
        for name, value in said.items():
            for place in with_places(name)[:-1]:
                known.setdefault(place, {} if place.endswith("]") else [])
            if value not in ([], {}) or name not in before or not _is_place(name):
                known[name] = value
        is_new = all(
            name not in before or _is_place(name) or _same(before[name], value)
            for name, value in said.items()
        )
        verb = "update"
        if deal not in self.known or (is_new and data.draw(st.booleans())):
            verb = "assert_facts"
        try:
            shipped().read(document_of(known))
        except FactsError:
            with pytest.raises(FactsError):
                getattr(self.session, verb)(deal, said)
            return
        if not is_new:
            with pytest.raises(FactsError, match="known already"):
                self.session.assert_facts(deal, said)
        self.settle(deal, known, getattr(self.session, verb)(deal, said))

    @precondition(lambda self: any(self.known.values()))
    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        deal = data.draw(st.sampled_from([deal for deal, known in self.known.items() if known]))
        name = data.draw(st.sampled_from(sorted(self.known[deal])))
        known = {
            one: value for one, value in self.known[deal].items() if name not in with_places(one)
        }
        try:
            shipped().read(document_of(known))
        except FactsError:
            with pytest.raises(FactsError, match="would be gone"):
                self.session.retract(deal, name)
            return
        self.settle(deal, known, self.session.retract(deal, name))

    @precondition(lambda self: self.known)
    @rule(data=st.data())
    def close_one(self, data: st.DataObject) -> None:
        deal = data.draw(st.sampled_from(sorted(self.known)))
        difference = self.session.close_deal(deal)
        assert after(self.stands[deal], difference) == {}
        del self.known[deal], self.stands[deal]
        self.overridden.pop(deal, None)

    @precondition(lambda self: self.known)
    @rule(data=st.data(), override=st.sampled_from(OVERRIDES))
    def decide(self, data: st.DataObject, override: tuple[str, str]) -> None:
        deal = data.draw(st.sampled_from(sorted(self.known)))
        decision, value = override
        if decision in self.overridden.get(deal, {}) and data.draw(st.booleans()):
            difference = self.session.withdraw_override(deal, decision)
            del self.overridden[deal][decision]
        else:
            made = shipped().evaluate(document_of(self.known[deal]), as_of=self.as_of)
            if not _is_made(made, decision):
                with pytest.raises(FactsError, match="this is not decided"):
                    self.session.override(deal, decision, value, reason="so", by="li")
                return
            difference = self.session.override(deal, decision, value, reason="so", by="li")
            self.overridden.setdefault(deal, {})[decision] = value
        self.stands[deal] = after(self.stands[deal], difference)

    @rule(day=st.sampled_from(DAYS))
    def another_day(self, day: date) -> None:
        for deal, difference in self.session.move_to(day).items():
            self.stands[deal] = after(self.stands[deal], difference)
        self.as_of = day

    @rule(known=rates())
    def other_rates(self, known: dict[str, Any]) -> None:
        for deal, difference in self.session.set_rates(known).items():
            self.stands[deal] = after(self.stands[deal], difference)
        self.rates = known

    @rule()
    def open_again(self) -> None:
        self.session.close()
        self.session = self.opened()
        assert self.session.as_of == self.as_of

    @invariant()
    def it_advises_as_on_the_facts_at_once(self) -> None:
        if not hasattr(self, "session"):
            return
        assert set(self.session.deals) == set(self.known)
        for deal, known in self.known.items():
            advice = self.session.advice(deal)
            overrides = self.session.overrides(deal)
            assert {one.decision for one in overrides} == set(self.overridden.get(deal, {}))
            wanted = shipped().evaluate(
                document_of(known), as_of=self.as_of, rates=self.rates, overrides=overrides
            )
            at_once = stand_of(wanted.conclusions, wanted.overrides)
            assert stand_of(advice.conclusions, advice.overrides) == at_once
            assert self.stands[deal] == at_once


def _is_made(advice: Advice, decision: str) -> bool:
    thing, _, name = decision.rpartition(".")
    id = thing.partition("[")[2].removesuffix("]") or None
    return (name, id) in advice.conclusions.decisions


def _is_place(name: str) -> bool:
    return name.endswith("]") or name in LISTS.values()


def _same(one: Any, other: Any) -> bool:
    """Whether two values of a document say the same; a set has no order."""
    if isinstance(one, list) and isinstance(other, list):
        return set(one) == set(other)
    return bool(one == other)


LiveDeals.TestCase.settings = settings(
    max_examples=300 if FUZZING else 12,
    stateful_step_count=60 if FUZZING else 25,
    suppress_health_check=SLOW,
)


class TestLiveDeals(LiveDeals.TestCase):  # type: ignore[misc, valid-type]
    """Whatever happens to two deals, in whatever order."""
