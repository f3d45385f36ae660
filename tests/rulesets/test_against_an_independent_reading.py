"""The shipped method decides what a second reading of the vocabulary decides, and keeps the laws.

The second reading is the folder `reading`; it shares nothing with the library but the facts.
The decisions of the later families are gone through in the files beside this one.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2brules import Advice, Decision
from b2brules.language import tree
from b2brules.language.walking import walk
from b2brules.testing import facts_for
from tests.rulesets import reading
from tests.rulesets.comparison import (
    IN_MEMORY,
    NO_RATES,
    TODAY,
    TOMORROW,
    UNKNOWN_OR_MARK,
    UNKNOWN_OR_NOT,
    YESTERDAY,
    check,
    combinations,
    facts,
    many,
    whole_book,
)
from tests.rulesets.strategies import (
    DAYS,
    MARKS,
    RATES,
    Document,
    deals,
    reviews,
    sales,
)

LANGUAGES = st.sampled_from(("en", "zh"))
# Decisions that the shipped rules have beyond the vocabulary: nothing to read a second time.
BEYOND_THE_VOCABULARY = {"deal_stage", "next_esp_step", "still_to_win", "suggested_class"}


# --- agreement with the second reading ------------------------------------------------------


def test_every_decision_of_the_vocabulary_is_read_a_second_time():
    one_of_each = {
        "people": [{"id": "p1"}],
        "account": {"cost_items": [{"id": "k1"}], "competencies": [{"id": "safety"}]},
    }
    read = set(reading.decisions(one_of_each, TODAY, NO_RATES))
    for things in reading.decisions_about_things(one_of_each).values():
        read.update(*things.values())
    assert set(whole_book().decisions) - read == BEYOND_THE_VOCABULARY


@many(2_000)
@given(st.data(), DAYS, LANGUAGES)
def test_every_deal_is_decided_as_the_vocabulary_reads(data, as_of, lang):
    check(data.draw(deals(as_of)), as_of, lang)


@many(2_000)
@given(st.data(), DAYS, LANGUAGES, RATES)
def test_every_sale_is_run_as_the_vocabulary_reads(data, as_of, lang, rates):
    check(data.draw(sales(as_of)), as_of, lang, rates)


@many(1_000)
@given(st.data(), DAYS, LANGUAGES, RATES)
def test_every_account_is_reviewed_as_the_vocabulary_reads(data, as_of, lang, rates):
    check(data.draw(reviews(as_of)), as_of, lang, rates)


@many(200)
@given(st.data(), DAYS, RATES)
def test_facts_beside_the_vocabularys_rows_change_nothing(data, as_of, rates):
    deal = data.draw(whole_deals(as_of))
    check(deal, as_of, rates=rates)
    if account := deal.get("account"):
        check({"account": account}, as_of, rates=rates)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"event": None, "marks": None, "people": None, "changes": None, "competitors": None},
        {"event": {}, "marks": {}},
        {"marks": {mark: None for group in MARKS for mark in group}, "superiority": None},
    ],
    ids=["nothing", "nulls", "empty groups", "nulls in a group"],
)
def test_a_deal_of_which_nothing_is_known_leaves_every_outcome_open(document):
    advice = check(document)
    for name, expected in reading.decisions(document, TODAY, NO_RATES).items():
        outcomes = None if expected is None else whole_book()._book.decisions[name].outcomes  # type: ignore[union-attr]
        assert (advice[name].value, advice[name].candidates) == (None, outcomes)


def test_an_empty_list_is_known_and_an_absent_one_is_not():
    assert check({"people": []})["relationship_map"].value == "red"
    assert check({"people": []})["customer_group"].value == "incomplete"
    assert check({"changes": [], "first_purchase": False})["buy_class"].value == "straight_rebuy"
    assert check({"first_purchase": False})["buy_class"].value is None
    nobody_in_a_role = {"people": [{"id": "p1", "roles": []}]}
    assert check(nobody_in_a_role)["customer_group"].value == "incomplete"


# --- small decisions, case by case ----------------------------------------------------------


@pytest.mark.parametrize(
    ("first_purchase", "changes", "incumbent", "play"),
    [
        (False, [], "us", "protect_and_automate"),
        (False, [], "rival", "break_in"),
        (False, [], "nobody", "break_in"),
        (False, ["price"], "us", "defend_and_adapt"),
        (False, ["supplier", "terms"], "rival", "better_offer"),
        (False, ["delivery"], "nobody", "better_offer"),
        (True, [], "us", "educate_and_map"),
        (True, ["specification"], "rival", "educate_and_map"),
        (True, None, None, "educate_and_map"),
    ],
)
def test_each_kind_of_purchase_has_its_play(first_purchase, changes, incumbent, play):
    deal = facts(first_purchase=first_purchase, changes=changes, incumbent=incumbent)
    assert check(deal)["purchase_play"].value == play


def test_every_purchase_agrees():
    all_of_them = ["specification", "price", "delivery", "terms", "supplier"]
    changes: tuple[list[str] | None, ...] = (None, [], ["price"], all_of_them)
    incumbents = (None, "us", "rival", "nobody")
    for first, changed, incumbent in itertools.product(UNKNOWN_OR_NOT, changes, incumbents):
        check(facts(first_purchase=first, changes=changed, incumbent=incumbent))


def test_every_event_agrees():
    flags = ("driver", "dated", "consequence", "payback", "owner", "symptom_only")
    days = (None, YESTERDAY.isoformat(), TODAY.isoformat(), TOMORROW.isoformat())
    for number, event in enumerate(combinations(flags, UNKNOWN_OR_NOT)):
        check({"event": {**event, **facts(date=days[number % 4])}})
    for day, driver, symptom in itertools.product(days, UNKNOWN_OR_NOT, UNKNOWN_OR_NOT):
        driven = facts(date=day, driver=driver, symptom_only=symptom)
        check({"event": {"dated": True, "payback": True, "owner": True, **driven}})


@pytest.mark.parametrize(
    ("day", "value"),
    [(YESTERDAY, "absent"), (TODAY, "established"), (TOMORROW, "established")],
)
def test_an_event_is_over_on_the_day_after(day, value):
    event = {"driver": True, "dated": True, "consequence": True, "owner": True}
    deal = {"event": {**event, "symptom_only": False, "date": day.isoformat()}}
    assert check(deal)["compelling_event"].value == value


# What the event, the funds and the marks have to be for an answer.
EVENTS: Mapping[str, Document] = {
    "established": {
        **dict.fromkeys(("driver", "dated", "consequence", "payback", "owner"), True),
        "symptom_only": False,
        "date": TODAY.isoformat(),
    },
    "absent": {"symptom_only": True},
    "unknown": {},
}


def test_every_opportunity_agrees():
    for event, funds, risk in itertools.product(EVENTS, UNKNOWN_OR_MARK, UNKNOWN_OR_NOT):
        marks = facts(access_to_funds=funds)
        check({"event": EVENTS[event], "marks": marks, **facts(risk_reward_purchase=risk)})


@pytest.mark.parametrize("five", [reading.CAN_WE_COMPETE, reading.CAN_WE_WIN])
def test_every_answer_to_two_questions_agrees(five):
    for marks in combinations(five, UNKNOWN_OR_MARK):
        for proof in UNKNOWN_OR_NOT:
            check({"marks": marks, **facts(ubv_confirmed=proof, support_shown=proof)})


def test_every_answer_to_whether_it_is_worth_winning_agrees():
    for marks in combinations(MARKS[4], UNKNOWN_OR_MARK):
        check({"marks": marks})


def answers(opportunity: str, compete: str, win: str, worth: str) -> Document:
    """A deal of which these are the answers, as far as they are given."""
    marks: Document = {}
    deal: Document = {"marks": marks}
    match opportunity:
        case "yes":
            deal["event"] = EVENTS["established"]
            marks["access_to_funds"] = "plus"
        case "weak":
            deal |= {"event": EVENTS["absent"], "risk_reward_purchase": True}
            marks["access_to_funds"] = "plus"
        case "no":
            marks["access_to_funds"] = "minus"
    match compete:
        case "yes":
            marks |= dict.fromkeys(reading.CAN_WE_COMPETE, "plus")
            deal["ubv_confirmed"] = True
        case "no":
            marks["solution_fit"] = "minus"
    match win:
        case "yes":
            marks |= dict.fromkeys(reading.CAN_WE_WIN, "plus")
            deal["support_shown"] = True
        case "no":
            deal["support_shown"] = False
    match worth:
        case "yes":
            marks |= {"strategic_value": "plus", "risk": "plus"}
        case "no":
            marks |= {"risk": "minus", "profitability": "minus"}
    return deal


def test_every_go_no_go_agrees():
    yes_no = ("yes", "no", "unknown")
    questions = itertools.product(("yes", "weak", "no", "unknown"), yes_no, yes_no, yes_no)
    for given_answers in questions:
        for incumbent in (None, "us", "rival", "nobody"):
            advice = check({**answers(*given_answers), **facts(incumbent=incumbent)})
            names = ("is_there_an_opportunity", "can_we_compete", "can_we_win")
            for name, answer in zip((*names, "is_it_worth_winning"), given_answers, strict=True):
                assert advice[name].value == (None if answer == "unknown" else answer)


def test_every_strategy_agrees():
    """From a deal without a clean strategy: every three of its facts changed or made unknown."""
    false: Document = {
        "incumbent": "rival",
        "superiority": 2,
        "superiority_sustainable": False,
        "criteria_changeable": False,
        "separable_part": False,
        "decision_delayable": False,
    }
    deal = answers("yes", "yes", "yes", "yes")
    gains = dict.fromkeys(("profitability", "future_revenue"), "plus")
    base = {**deal, **false, "marks": {**deal["marks"], **gains}}
    marks = ("access_to_funds", "executive_credibility", "sales_resources", *gains)
    marks = (*marks, "strategic_value", "political_alignment")
    moves: list[tuple[str, tuple[object, ...]]] = [
        ("incumbent", (None, "us", "nobody")),
        ("superiority", (None, 3, 2.999999)),
        *((name, (None, True)) for name in false if isinstance(false[name], bool)),
        ("ubv_confirmed", (None, False)),
        ("support_shown", (None, False)),
        *((mark, (None, "minus")) for mark in marks),
    ]
    seen = set()
    for some in itertools.combinations(moves, 3):
        for values in itertools.product(*(values for _, values in some)):
            moved: Document = {**base, "marks": dict(base["marks"])}
            for (name, _), value in zip(some, values, strict=True):
                holder = moved if name in base else moved["marks"]
                holder[name] = value
            seen.add(check(moved)["competitive_strategy"].candidates)
    for strategy in ("frontal", "flanking", "fragment", "defend", "develop", "disengage"):
        assert (strategy,) in seen


SUPPORTS = (None, "enemy", "non_supporter", "neutral", "supporter", "mentor")
STANDINGS = (None, "outside", "political_structure", "inner_circle")
ROLES: tuple[list[str] | None, ...] = (
    None,
    [],
    ["user"],
    ["decider"],
    ["approver", "influencer"],
    ["initiator", "buyer"],
)


def test_every_person_agrees():
    kinds = itertools.product(SUPPORTS, STANDINGS, ROLES, UNKNOWN_OR_NOT)
    people = [
        {
            "id": f"p{number}",
            **facts(support=support, political_status=standing, roles=roles),
            **facts(authority_verified=verified),
        }
        for number, (support, standing, roles, verified) in enumerate(kinds)
    ]
    # As many at once as a deal can have, and each alone.
    for start in range(0, len(people), 150):
        check({"people": people[start : start + 150]})
    for person in people:
        check({"people": [person]})


def test_every_pair_of_roles_agrees():
    three = ("decider", "influencer", "user")
    some = [list(few) for size in range(4) for few in itertools.combinations(three, size)]
    for pair in itertools.combinations_with_replacement((None, *some), 2):
        people = [{"id": f"p{n}", **facts(roles=one)} for n, one in enumerate(pair)]
        check({"people": people})


@pytest.mark.parametrize(
    ("support", "strategy"),
    [
        ("enemy", "suppress"),
        ("non_supporter", "defend"),
        ("neutral", "motivate"),
        ("supporter", "attack"),
        ("mentor", "balance"),
    ],
)
def test_each_attitude_has_its_strategy(support, strategy):
    advice = check({"people": [{"id": "p1", "support": support}]})
    assert advice.people["p1"]["relationship_strategy"].value == strategy


# --- laws that are about the shipped book (the others are in tests/engines/test_agreement.py) ---


def whole_deals(as_of: date) -> st.SearchStrategy[Document]:
    """Deals with any of the facts that there are."""
    # The id says that this is a deal: a document in which only an account is known reviews that.
    return facts_for(whole_book(), as_of=as_of).map(lambda facts: {**facts, "id": "d1"})


def decisions_of(advice: Advice) -> dict[tuple[str, ...], Decision]:
    made: dict[tuple[str, ...], Decision] = {(name,): one for name, one in advice.decisions.items()}
    for list_, things in advice.things.items():
        for id_, about in things.items():
            made.update({(list_, id_, name): one for name, one in about.items()})
    return made


def test_no_decision_asks_what_is_known():
    for name, decision in whole_book()._book.decisions.items():
        nodes = (
            node
            for row in getattr(decision, "rows", ())
            for clause in row.clauses
            for node in walk(clause.condition)
        )
        assert not any(isinstance(node, tree.IsKnown) for node in nodes), name


def shuffled(value: Any, dice: random.Random) -> Any:
    """The same facts, with the keys of mappings and the members of sets in another order."""
    if isinstance(value, dict):
        keys = dice.sample(list(value), len(value))
        return {key: shuffled(value[key], dice) for key in keys}
    if isinstance(value, list):
        if all(isinstance(member, str) for member in value):
            return dice.sample(value, len(value))
        return [shuffled(item, dice) for item in value]
    return value


@many(100)
@given(st.data(), DAYS, LANGUAGES, st.randoms(use_true_random=False))
def test_the_order_of_facts_and_of_people_does_not_matter(data, as_of, lang, dice):
    book = whole_book()
    document = data.draw(whole_deals(as_of))
    same = [document, shuffled(document, dice)]
    if people := document.get("people"):
        same.append({**document, "people": dice.sample(people, len(people))})
    for engine in IN_MEMORY:
        advice, *others = (
            book.evaluate(book.read(facts), as_of=as_of, lang=lang, engine=engine)
            for facts in (document, *same)
        )
        for other in others:
            assert other.subject == advice.subject
            assert decisions_of(other) == decisions_of(advice)
            assert other.recommendations == advice.recommendations


@many(100)
@given(st.data(), DAYS)
def test_no_recommendation_is_about_the_same_person_twice(data, as_of):
    book = whole_book()
    deal = book.read(data.draw(deals(as_of)))
    for engine in IN_MEMORY:
        for one in book.evaluate(deal, as_of=as_of, engine=engine).recommendations:
            assert len(set(one.bindings.values())) == len(one.bindings), one.id
