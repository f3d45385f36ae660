"""A session takes facts in piece by piece, and says after each what that did to the advice."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

import b2brules
from b2brules import NEVER, FactsError, Money, Rulebook, Session
from b2brules import rulebook as rulebook_module
from b2brules.engines import ENGINES
from b2brules.facts import Opportunity

TODAY = date(2026, 11, 21)
LATER = date(2027, 3, 1)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return b2brules.load_rulebook()


@pytest.fixture(params=[one for one in ENGINES if one != "reference"])
def session(request: pytest.FixtureRequest, book: Rulebook) -> Iterator[Session]:
    with book.session(as_of=TODAY, engine=request.param) as opened:
        yield opened


ALLY_AND_BOSS = {
    "phase": "selling",
    "people": [
        {"id": "p1", "name": "Wang", "support": "supporter", "reports_to": "p2"},
        {"id": "p2", "name": "Zhang"},
    ],
}


OWN_RULES = """\
ruleset: own
owner: tests
facts: |
  name         | type   | allowed | unit
  rates        | truth  |         |
  people.rates | number |         |
decisions:
  go:
    outcomes: yes, no
    hit_policy: first
    table: |
      id    | rates     || then | source          | basis
      with  | true      || yes  | project "Tests" | ours
      other | otherwise || no   | project "Tests" | ours
text: |
  go
    en: Do we go?
    zh: 做不做?
  go = yes
    en: We go.
    zh: 做。
  go = no
    en: We do not.
    zh: 不做。
  with
    en: There are rates.
    zh: 有费率。
  other
    en: There are none.
    zh: 没有费率。
  rates
    en: Are there rates?
    zh: 有费率吗?
  people.rates
    en: How does {name} rate it?
    zh: {name}打几分?
"""

# --- differences ----------------------------------------------------------------------------------


def test_a_change_says_which_advice_is_new_and_which_fact_did_it(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    difference = session.update("acme", {"people[p2].support": "enemy"})
    (decided,) = (one for one in difference.decisions if one.decision.endswith("strategy"))
    assert decided.decision == "people[p2].relationship_strategy"
    assert decided.before is not None
    assert not decided.before.decided
    assert decided.after is not None
    assert decided.after.value == "suppress"
    assert decided.because == "people[p2].support"
    (shield,) = (one for one in difference.recommendations if one.id == "shield_the_ally")
    assert (shield.before, shield.after) == ("possible", "certain")
    assert shield.bindings == {"ally": "p1", "boss": "p2"}
    assert shield.because == "people[p2].support"


def test_a_change_says_which_advice_no_longer_holds(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    session.update("acme", {"people[p2].support": "enemy"})
    difference = session.update("acme", {"people[p2].support": "supporter"})
    assert "shield_the_ally" in {one.id for one in difference.withdrawn}
    assert {one.because for one in difference.withdrawn} == {"people[p2].support"}
    assert all(one.after is None for one in difference.withdrawn)
    assert all(one.before is None for one in difference.added)


def test_of_several_facts_in_one_change_each_consequence_names_its_own(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    difference = session.update(
        "acme",
        {
            "people[p2].support": "enemy",
            "competitors": [{"id": "c1", "name": "Paylane", "attacking": True}],
            "marks.profitability": "minus",
        },
    )
    causes = {one.id: one.because for one in difference.recommendations if one.after == "certain"}
    assert causes["shield_the_ally"] == "people[p2].support"
    assert {cause for cause in causes.values() if "competitors" in cause} <= {
        "competitors[c1]",
        "competitors[c1].attacking",
    }
    decided = {one.decision: one.because for one in difference.decisions}
    assert decided["people[p2].relationship_strategy"] == "people[p2].support"


def test_what_does_not_change_the_advice_is_an_empty_difference(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    renamed = session.update("acme", {"name": "Fees"})
    assert not renamed
    assert [change.path for change in renamed.facts] == [("name",)]
    again = session.update("acme", {"name": "Fees"})
    assert not again
    assert again.facts == ()


def test_opening_a_deal_advises_as_evaluating_it_does(session: Session, book: Rulebook):
    deal = book.read("docs/examples/fee_collection.yaml")
    difference = session.assert_facts("fees", deal)
    assert session.advice("fees") == book.evaluate(deal, as_of=TODAY)
    made = {one.decision: one.after for one in difference.decisions}
    strategy = made["competitive_strategy"]
    assert strategy is not None
    assert strategy.value == book.evaluate(deal, as_of=TODAY)["competitive_strategy"].value
    assert all(one.before is None for one in difference.decisions)
    assert {one.because for one in difference.decisions} > {"deal"}


def test_closing_a_deal_withdraws_everything_and_gives_it_back(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    difference = session.close_deal("acme")
    assert difference
    assert all(one.after is None for one in difference.decisions)
    assert difference.recommendations == difference.withdrawn
    assert "acme" not in session
    with pytest.raises(KeyError, match="there is no deal `acme`"):
        session.advice("acme")


def test_deals_of_one_session_do_not_touch_one_another(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    session.assert_facts("beta", {"people": [{"id": "p2", "support": "mentor"}]})
    before = session.advice("beta")
    session.update("acme", {"people[p2].support": "enemy"})
    assert session.advice("beta") == before
    assert session.deals == ("acme", "beta")
    assert len(session) == 2


def test_advice_that_was_read_stays_as_it_was(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    before = session.advice("acme")
    session.update("acme", {"people[p2].support": "enemy"})
    assert before.people["p2"]["relationship_strategy"].value is None
    assert session.advice("acme").people["p2"]["relationship_strategy"].value == "suppress"


# --- the day and the rates ------------------------------------------------------------------------


def test_time_alone_changes_advice(session: Session):
    session.assert_facts(
        "acme",
        {"phase": "selling", "actions": [{"id": "a1", "title": "pilot", "due": "2026-12-05"}]},
    )
    session.update("acme", {"actions[a1].done": False, "last_deal_review": TODAY})
    session.assert_facts("beta", {})
    changed = session.move_to(LATER)
    overdue = {one.id for one in changed["acme"].recommendations if one.after == "certain"}
    assert overdue
    assert {one.because for one in changed["acme"].recommendations} == {"as_of"}
    assert session.as_of == LATER
    assert session.advice("acme").as_of == LATER
    assert "beta" not in changed
    assert session.move_to(LATER) == {}


def test_a_rate_of_exchange_settles_what_waited_for_it(session: Session, book: Rulebook):
    facts = {"amount": {"amount": 100, "currency": "USD"}, "currency": "CNY", "phase": "selling"}
    session.assert_facts("acme", facts)
    changed = session.set_rates({"USD/CNY": 7})
    assert session.rates == {"USD/CNY": Decimal(7)}
    wanted = book.evaluate(facts, as_of=TODAY, rates={"USD/CNY": 7})
    assert session.advice("acme") == wanted
    for difference in changed.values():
        assert {one.because for one in difference.recommendations} <= {"rates[USD/CNY]"}
    session.set_rates({})
    assert session.advice("acme") == book.evaluate(facts, as_of=TODAY)


# --- saying facts ---------------------------------------------------------------------------------


def test_facts_are_said_as_documents_by_path_or_as_a_deal(session: Session):
    session.assert_facts("one", {"event": {"driver": True}, "people": [{"id": "p1"}]})
    session.assert_facts("two", {"event.driver": True, "people[p1]": {}})
    session.assert_facts("three", session.facts("one"))
    assert session.facts("one") == session.facts("two") == session.facts("three")


def test_a_question_is_answered_by_its_path(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    asked = {one.fact: one for one in session.advice("acme").questions}
    question = asked["people[p2].support"]
    session.assert_facts("acme", {question.fact: "mentor"})
    assert question.fact not in {one.fact for one in session.advice("acme").questions}


def test_every_type_of_fact_goes_in_and_comes_out(session: Session):
    session.assert_facts(
        "acme",
        {
            "superiority": 1.5,
            "amount": {"amount": Decimal("120000.50"), "currency": "USD"},
            "quote": 100,
            "signed_on": "never",
            "close_date": "2027-03-31",
            "warning_signals": [],
            "people": [{"id": "p1", "roles": ["user", "decider"]}],
            "account": {"needs": [{"id": "n1"}]},
        },
    )
    facts = session.facts("acme")
    assert isinstance(facts, Opportunity)
    assert facts.superiority == Decimal("1.5")
    assert facts.amount == Money(amount=Decimal("120000.5"), currency="USD")
    assert facts.quote == Money(amount=Decimal(100))
    assert facts.signed_on is NEVER
    assert facts.close_date == date(2027, 3, 31)
    assert facts.warning_signals == frozenset()
    assert facts.people is not None
    assert facts.people[0].roles == frozenset({"user", "decider"})
    assert facts.account is not None
    assert facts.account.needs is not None


def test_none_in_an_update_makes_a_fact_unknown(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    session.update("acme", {"phase": None, "people": [{"id": "p1", "support": None}]})
    facts = session.facts("acme")
    assert isinstance(facts, Opportunity)
    assert facts.phase is None
    assert facts.people is not None
    assert facts.people[0].support is None
    assert facts.people[0].name == "Wang"


def test_a_list_is_added_to_and_a_thing_is_taken_out_by_its_path(session: Session):
    session.assert_facts("acme", {"people": [{"id": "p2"}]})
    session.update("acme", {"people": [{"id": "p1"}]})
    facts = session.facts("acme")
    assert isinstance(facts, Opportunity)
    assert [one.id for one in facts.people or ()] == ["p1", "p2"]
    session.retract("acme", "people[p2]")
    facts = session.facts("acme")
    assert isinstance(facts, Opportunity)
    assert [one.id for one in facts.people or ()] == ["p1"]
    session.retract("acme", "people")
    facts = session.facts("acme")
    assert isinstance(facts, Opportunity)
    assert facts.people is None


def test_a_list_may_be_named_behind_its_things(session: Session):
    session.assert_facts(
        "acme", {"needs[n1]": {}, "account.needs": [], "people[p1]": {"name": "Wang"}}
    )
    session.assert_facts("beta", {"people": [{"id": "p1"}], "account": {"needs": [{"id": "n1"}]}})
    session.update("beta", {"people[p1].name": "Wang"})
    assert session.facts("acme") == session.facts("beta")


def test_an_account_that_is_all_that_is_known_is_reviewed_alone(session: Session, book: Rulebook):
    session.assert_facts("acme", {"account": {"industry": "banking"}})
    assert session.advice("acme").subject.kind == "account"
    session.update("acme", {"phase": "selling"})
    assert session.advice("acme").subject.kind == "opportunity"
    wanted = {"account": {"industry": "banking"}, "phase": "selling"}
    assert session.advice("acme") == book.evaluate(wanted, as_of=TODAY)


@pytest.mark.parametrize(
    "paths",
    [
        ("people", "people[p1]", "actions"),
        ("actions", "people"),
        ("people[p1]", "people[p2]", "actions[a1]"),
        ("actions[a1].for_person", "people[p2]", "people[p1]"),
        ("account", "needs[n1]"),
        ("needs[n1].lead", "account"),
        ("account.needs", "needs[n1]"),
        ("needs",),
    ],
)
def test_what_goes_together_can_be_retracted_together_in_any_order(book: Rulebook, paths):
    facts = {
        "phase": "selling",
        "people": [{"id": "p1"}, {"id": "p2", "reports_to": "p1"}],
        "actions": [{"id": "a1", "for_person": "p2"}],
        "account": {"industry": "banking", "needs": [{"id": "n1", "lead": True}]},
    }
    left = []
    for order in (paths, paths[::-1]):
        with book.session(as_of=TODAY, engine="python") as session:
            session.assert_facts("acme", facts)
            session.retract("acme", *order)
            left.append(session.facts("acme"))
    assert left[0] == left[1]
    kept = left[0]
    assert isinstance(kept, Opportunity)
    for path in paths:
        holder = {"people": kept.people, "actions": kept.actions, "account": kept.account}
        if path in holder:
            assert holder[path] is None
    if "needs" in paths or "account.needs" in paths:
        assert kept.account is not None
        assert kept.account.needs is None


def test_lists_can_become_unknown_together(session: Session):
    session.assert_facts("acme", {"people": [{"id": "p1"}], "actions": [{"id": "a1"}]})
    session.update("acme", {"actions[a1].for_person": "p1"})
    session.update("acme", {"people": None, "actions": None})
    facts = session.facts("acme")
    assert isinstance(facts, Opportunity)
    assert facts.people is None
    assert facts.actions is None


def test_a_fact_of_a_team_may_be_called_as_it_likes(tmp_path):
    rules = tmp_path / "own.yaml"
    rules.write_text(OWN_RULES, encoding="utf-8")
    own = b2brules.load_rulebook(rules)
    with own.session(as_of=TODAY) as session:
        difference = session.assert_facts("acme", {"rates": True, "people": [{"id": "p1"}]})
        assert difference.to_json()
        difference = session.update("acme", {"rates": False, "people[p1].rates": 3})
        assert "rates" in difference.to_text()
        assert {one.because for one in difference.decisions} == {"rates"}


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda s: s.assert_facts("acme", {"people[p1].support": "enemy"}),
            "people[p1].support: `supporter` is known already, not `enemy`; use `update` where a "
            "fact has changed",
        ),
        (
            lambda s: s.update("acme", {"people[p1].suport": "enemy"}),
            "people[p1].suport: `suport` is not a fact of the person; did you mean `support`?",
        ),
        (
            lambda s: s.update("acme", {"people[p1].support": "friend"}),
            "people[p1].support: `friend` is not one of enemy, non_supporter, neutral, supporter, "
            "mentor",
        ),
        (
            lambda s: s.update("acme", {"poeple[p1].support": "enemy"}),
            "poeple[p1].support: there is no list `poeple`; did you mean `people`?",
        ),
        (
            lambda s: s.update("acme", {"people[p9]": {"reports_to": "p8"}}),
            "people[p9].reports_to: `p8` is no id in `people`; write one of `p9`, `p1`, `p2`",
        ),
        (
            lambda s: s.update("acme", {"people[pp1].support": "enemy"}),
            "people[pp1].support: there is no `pp1` in `people`; did you mean `p1`?",
        ),
        (
            lambda s: s.assert_facts("acme", {"competitors[c1].attacking": True}),
            "competitors[c1].attacking: there is no `c1` in `competitors`; a new one is said to be "
            "there by `competitors[c1]: {}`",
        ),
        (
            lambda s: s.update("acme", {"people": None, "people[p1].support": "enemy"}),
            "people: `null` stands here, and facts below it",
        ),
        (
            lambda s: s.update("acme", {"account": None, "needs[n7]": {}}),
            "account: `null` stands here, and facts below it",
        ),
        (
            lambda s: s.update("acme", {"people": "Wang", "people[p1].support": "enemy"}),
            "people: `Wang` stands here, and facts below it",
        ),
        (
            lambda s: s.update(
                "acme", {"people[p1].support": "enemy", "people[p1]": {"support": "mentor"}}
            ),
            "people[p1].support: this is said twice",
        ),
        (
            lambda s: s.update("acme", {"people[p1]": {"id": "p2"}}),
            "people[p1]: the id in it is `p2`; leave it out, or write it so",
        ),
        (
            lambda s: s.update("acme", {"people[p1]": None}),
            "people[p1]: a thing that is gone is taken out with `retract`",
        ),
        (
            lambda s: s.retract("acme", ["phase"]),
            "a list is not the name of a fact; write it as text",
        ),
        (
            lambda s: s.update("acme", {"people[p1]": "enemy"}),
            "people[p1]: `enemy` is not a mapping; write the facts of `p1`",
        ),
        (
            lambda s: s.update("acme", {"event": {"driver": True}, "event.driver": False}),
            "event.driver: this is said twice",
        ),
        (
            lambda s: s.update("acme", {"rates[USD/CNY]": 7}),
            "rates[USD/CNY]: rates of exchange belong to the session; use `set_rates`",
        ),
        (
            lambda s: s.retract("acme", "people[p2]"),
            "people[p1].reports_to: `p2` would be gone; change this fact first, or retract both",
        ),
        (
            lambda s: s.retract("acme", "people[p7]", "people[p8].name"),
            "people[p7]: there is no `p7` in `people`; there are `p1`, `p2`\n"
            "people[p8].name: there is no `p8` in `people`; there are `p1`, `p2`",
        ),
        (
            lambda s: s.retract("acme", "superiorty"),
            "superiorty: `superiorty` is not a fact of the deal; did you mean `superiority`?",
        ),
        (
            lambda s: s.retract("acme", "people[p1.support"),
            "people[p1.support: `people[p1.support` is not the name of a fact; write it as "
            "`superiority` or `people[ID].support`",
        ),
        (
            lambda s: s.override("acme", "superiority", 3, reason="so", by="li"),
            "superiority: there is no decision `superiority`; it is a fact, and a fact that has "
            "changed is updated",
        ),
        (
            lambda s: s.retract("acme", "people.support"),
            "people.support: there is nothing below `people`; write `people[…].support`",
        ),
        (
            lambda s: s.override("acme", "can_we_win", "perhaps", reason="so", by="li"),
            "can_we_win: `perhaps` is not one of yes, no",
        ),
        (
            lambda s: s.override(
                "acme", "people[p9].relationship_strategy", "defend", reason="so", by="li"
            ),
            "people[p9].relationship_strategy: this is not decided for `p9`; it is made for `p1`, "
            "`p2`",
        ),
        (
            lambda s: s.update("acme", {"people": [{"id": f"q{one}"} for one in range(199)]}),
            "people: the list has 201 items; at most 200 are read, so keep those that matter",
        ),
        (
            lambda s: s.assert_facts(" ", {}),
            "the deal's id: an id must not be empty",
        ),
        (
            lambda s: s.update("acme", {"superiority": float("nan")}),
            "superiority: `NaN` is not a number; a number has to be finite",
        ),
        (
            lambda s: s.set_rates({"USD": 7}),
            "rates[USD]: a rate belongs to two currencies; write it as `USD/CNY`",
        ),
    ],
)
def test_what_is_wrong_is_refused_by_name_and_changes_nothing(session, change, message):
    session.assert_facts("acme", ALLY_AND_BOSS)
    before = (session.facts("acme"), session.advice("acme"), session.deals)
    with pytest.raises(FactsError) as refused:
        change(session)
    assert str(refused.value) == message
    assert (session.facts("acme"), session.advice("acme"), session.deals) == before


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (lambda s: s.update("acne", {}), KeyError, "there is no deal `acne` in the session; did"),
        (lambda s: s.update("acme", [1]), TypeError, "facts are a mapping or a deal"),
        (lambda s: s.move_to("2026-11-21"), TypeError, "as_of is a datetime.date"),
        (lambda s: s.move_to(date(1066, 10, 14)), ValueError, "as_of is from 1900 to 2199"),
        (
            lambda s: s.withdraw_override("acme", "can_we_win"),
            KeyError,
            "`can_we_win` is not overridden",
        ),
        (lambda s: s.update("acme", {}, by="\x00"), ValueError, "by: the text has a control"),
    ],
)
def test_what_is_no_fact_at_all_is_refused_too(session, change, error, message):
    session.assert_facts("acme", ALLY_AND_BOSS)
    with pytest.raises(error, match=message):
        change(session)


def test_a_closed_session_says_so(book: Rulebook):
    with book.session(as_of=TODAY) as session:
        session.assert_facts("acme", {})
    for ask in (
        lambda: session.advice("acme"),
        lambda: session.update("acme", {}),
        lambda: session.move_to(LATER),
    ):
        with pytest.raises(ValueError, match="the session is closed"):
            ask()
    session.close()


def test_a_session_wants_a_day_and_a_journal_wants_a_clock(book: Rulebook, tmp_path):
    with pytest.raises(TypeError, match="as_of is the day that advice is for"):
        book.session()
    with pytest.raises(TypeError, match="a journal needs a clock"):
        book.session(as_of=TODAY, journal=tmp_path / "deals.db")
    with pytest.raises(ValueError, match="there is no engine `pythn`; did you mean `python`"):
        book.session(as_of=TODAY, engine="pythn")
    with pytest.raises(ValueError, match="lang is"):
        book.session(as_of=TODAY, lang="de")  # type: ignore[arg-type]


# --- overrides ------------------------------------------------------------------------------------


def test_an_override_shows_both_and_what_follows(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    difference = session.override(
        "acme", "competitive_strategy", "frontal", reason="The board wants it", by="zhao"
    )
    (change, *_) = difference.decisions
    assert change.decision == "competitive_strategy"
    assert change.because == "override[competitive_strategy]"
    advised = session.advice("acme")["competitive_strategy"]
    assert advised.value == "frontal"
    assert advised.override is not None
    assert advised.override.override.by == "zhao"
    assert advised.override.override.on == TODAY
    (kept,) = session.overrides("acme")
    assert kept.instead_of is not None
    assert "frontal" in kept.instead_of
    back = session.withdraw_override("acme", "competitive_strategy")
    assert {one.decision for one in back.decisions} == {
        one.decision for one in difference.decisions
    }
    assert session.overrides("acme") == ()


def test_a_change_says_what_becomes_of_an_override(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    decision = "people[p2].relationship_strategy"
    made = session.override("acme", decision, "suppress", reason="He told me so", by="zhao")
    (change,) = made.overrides
    assert (change.before, change.after) == (None, "stands")
    assert change.override is not None
    assert "zhao" in made.to_text()
    assert "He told me so" in made.to_text()
    needless = session.update("acme", {"people[p2].support": "enemy"})
    (change,) = needless.overrides
    assert (change.before, change.after) == ("stands", "needless")
    assert change.because == "people[p2].support"
    assert needless.decisions == ()
    assert needless
    assert "is needless: the rules now say" in " ".join(needless.to_text().split())
    impossible = session.update("acme", {"people[p2].support": "mentor"})
    (change,) = impossible.overrides
    assert (change.before, change.after) == ("needless", "impossible")
    assert "is not followed" in " ".join(impossible.to_text().split())
    assert session.advice("acme").people["p2"]["relationship_strategy"].value != "suppress"
    stands = session.update("acme", {"people[p2].support": None})
    assert [one.after for one in stands.overrides] == ["stands"]
    session.update("acme", {"people[p1].reports_to": None})
    gone = session.retract("acme", "people[p2]")
    assert [one.after for one in gone.overrides] == ["impossible"]
    back = session.withdraw_override("acme", decision)
    (change,) = back.overrides
    assert (change.before, change.after) == ("impossible", None)
    assert back
    assert "is left to the rules again" in " ".join(back.to_text().split())
    assert json.loads(back.to_json())["overrides"][0]["override"]["by"] == "zhao"


def test_overrides_are_named_in_chinese(book: Rulebook):
    with book.session(as_of=TODAY, lang="zh") as session:
        session.assert_facts("acme", ALLY_AND_BOSS)
        decision = "people[p2].relationship_strategy"
        session.override("acme", decision, "suppress", reason="他亲口说的", by="赵敏")
        text = session.update("acme", {"people[p2].support": "enemy"}).to_text()
        assert "赵敏" in text
        assert "已无必要" in text


# --- engines and threads --------------------------------------------------------------------------


def test_a_session_runs_on_durable_where_that_runs(book: Rulebook, caplog, monkeypatch):
    with caplog.at_level(logging.WARNING, logger="b2brules"):
        without = {name: engine for name, engine in ENGINES.items() if name != "durable"}
        monkeypatch.setattr(rulebook_module, "ENGINES", without)
        rulebook_module._session_engine.cache_clear()
        for _ in range(2):
            with book.session(as_of=TODAY) as session:
                session.assert_facts("acme", ALLY_AND_BOSS)
        monkeypatch.undo()
        rulebook_module._session_engine.cache_clear()
    (line,) = [record.getMessage() for record in caplog.records]
    assert line == "durable-rules does not run on this Python; sessions run on the engine `python`"


def test_several_threads_change_and_read_one_session(session: Session, book: Rulebook):
    session.assert_facts("shared", ALLY_AND_BOSS)
    failures: list[BaseException] = []
    start = threading.Barrier(6)

    def change(number: int) -> None:
        try:
            start.wait()
            session.assert_facts(f"d{number}", {"superiority": number})
            for turn in range(8):
                session.update(f"d{number}", {"superiority": turn})
                session.update("shared", {f"people[t{number}]": {"support": "enemy"}})
                session.retract("shared", f"people[t{number}]")
        except BaseException as error:  # noqa: BLE001 - a thread has nobody to raise it to
            failures.append(error)

    def read() -> None:
        try:
            start.wait()
            for _ in range(40):
                advice = session.advice("shared")
                assert advice.as_of in (TODAY, LATER)
                assert len(session.deals) >= 1
            session.move_to(LATER)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=change, args=(number,)) for number in range(4)]
    threads += [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for deal in session.deals:
        assert session.advice(deal) == book.evaluate(session.facts(deal), as_of=LATER)


# --- in words -------------------------------------------------------------------------------------


def test_a_difference_reads_as_a_note(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    text = session.update("acme", {"people[p2].support": "enemy"}).to_text()
    assert "Zhang: support (people[p2].support): enemy" in text
    assert "Agree with Wang" in text
    assert "Because of Zhang: support (people[p2].support)." in text


def test_a_difference_reads_in_chinese(book: Rulebook):
    with book.session(as_of=TODAY, lang="zh") as session:
        session.assert_facts("acme", ALLY_AND_BOSS)
        text = session.update("acme", {"people[p2].support": "enemy"}).to_text(width=60)
        assert "Zhang" in text
        assert "【新增待办】" in text
        assert "not known" not in text
        # A fact without a short name in Chinese is named by its question.
        assert "Zhang对我们是什么态度？（people[p2].support）：反对者" in text.replace("\n", "")
        closed = session.close_deal("acme").to_text()
        assert "商机已关闭" in closed


def test_a_difference_is_json_with_its_sentences(session: Session):
    session.assert_facts("acme", ALLY_AND_BOSS)
    said = json.loads(session.update("acme", {"people[p2].support": "enemy"}).to_json())
    assert said["deal"] == "acme"
    assert said["facts"] == [{"path": "people[p2].support", "before": None, "after": "enemy"}]
    (shield,) = (one for one in said["recommendations"] if one["id"] == "shield_the_ally")
    assert shield["because"] == "people[p2].support"
    assert shield["action"].startswith("Agree with Wang")
    (decided,) = (one for one in said["decisions"] if "p2" in one["decision"])
    assert decided["after"] == {"value": "suppress", "candidates": ["suppress"]}
