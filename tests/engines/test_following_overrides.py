"""What becomes of a decision that a person makes in place of the rules."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from b2brules import Account, Advice, FactsError, Money, Override, Rulebook, Verdict
from b2brules.engines import ENGINES
from b2brules.ruleset.loading import load

AS_OF = datetime.date(2026, 11, 21)
# One of its tables has a gap, which `load_rulebook` refuses and the tests of engines need.
BOOK = Rulebook(load((Path(__file__).parent / "reference.yaml",), {}))


def saying(decision: str, value: Any, **others: Any) -> Override:
    said: dict[str, Any] = {"reason": "they told us", "by": "Mei Lin", "on": AS_OF, **others}
    return Override(decision=decision, value=value, **said)


@pytest.fixture(params=ENGINES)
def evaluate(request: pytest.FixtureRequest) -> Any:
    def run(deal: Mapping[str, object], *overrides: Override) -> Advice:
        return BOOK.evaluate(deal, as_of=AS_OF, engine=request.param, overrides=overrides)

    return run


def states(advice: Advice) -> dict[str, str]:
    return {one.override.decision: one.state for one in advice.overrides}


def ids(advice: Advice) -> set[str]:
    return {one.id for one in advice.certain}


# --- what follows ---------------------------------------------------------------------------


def test_decisions_recommendations_and_formulas_follow_an_override_that_stands(evaluate):
    people = [{"id": "p1"}]
    before = evaluate({"event": {"driver": False, "dated": False}, "channel": False})
    assert before["go"].candidates == ("go", "stop")
    after = evaluate(
        {"event": {"driver": False, "dated": False}, "channel": False, "people": people},
        saying("opening", "yes"),
        saying("people[p1].stance", "close"),
        saying("third", 4),
    )
    assert states(after) == dict.fromkeys(("opening", "people[p1].stance", "third"), "stands")
    assert after["opening"].value == "yes"
    assert after["opening"].rule is None
    assert after["go"].value == "go"
    assert after["third"].value == 4
    assert after["twice_the_third"].value == 8
    assert after.people["p1"]["stance"].value == "close"
    assert "press_on" in ids(after)
    assert "press_on" not in ids(before)


def test_an_override_keeps_what_the_rules_alone_decide(evaluate):
    deal = {"event": {"driver": False}, "superiority": 3}
    advice = evaluate(deal, saying("opening", "no"), saying("third", Decimal("2.5")))
    assert advice.conclusions.set_aside == {
        ("opening", None): Verdict(candidates=("no", "weak", "yes"), rule=None),
        ("third", None): Decimal(1),
    }
    own = advice["opening"].override.set_aside
    assert (own.value, own.candidates, own.rule) == (None, ("no", "weak", "yes"), None)
    assert advice["third"].override.set_aside.value == 1
    assert evaluate(deal).conclusions.set_aside == {}
    assert evaluate(deal).overrides == ()
    assert evaluate(deal)["opening"].override is None


def test_what_is_set_aside_reads_the_other_overrides(evaluate):
    deal = {"event": {"driver": True}, "channel": False}
    advice = evaluate(deal, saying("opening", "no"), saying("go", "go"))
    assert advice["opening"].override.set_aside.value == "yes"
    assert advice["go"].value == "go"
    assert advice["go"].override.set_aside.value == "stop"


def test_an_override_of_one_thing_leaves_the_others_alone(evaluate):
    people = [{"id": "p1", "support": "enemy"}, {"id": "p2", "support": "enemy"}]
    competitors = [{"id": "c1"}]
    deal = {"event": {"driver": True}, "people": people, "competitors": competitors}
    advice = evaluate(deal, saying("people[p2].stance", "close"))
    assert [advice.people[id]["stance"].value for id in ("p1", "p2")] == ["far", "close"]
    met = [one.bindings["one"] for one in advice.certain if one.id == "meet"]
    assert met == ["p2"]


def test_amounts_and_numbers_of_things_are_overridden_too(evaluate):
    competency = {"id": "quality", "importance": 5, "rating": 2}
    deal = {"id": "d1", "account": {"competencies": [competency]}}
    advice = evaluate(
        deal,
        saying("margin", Money(amount=Decimal(9), currency="USD")),
        saying("competencies[quality].gap", 1),
    )
    assert advice["margin"].value == Money(amount=Decimal(9), currency="USD")
    assert advice.things["competencies"]["quality"]["gap"].value == 1
    assert advice.things["competencies"]["quality"]["gap"].override.set_aside.value == 3


# --- what becomes of it ---------------------------------------------------------------------


def test_an_override_is_needless_once_the_rules_decide_the_same(evaluate):
    deal = {"event": {"driver": True}, "superiority": 3}
    made = (saying("opening", "yes", instead_of=("no", "yes")), saying("third", 1))
    advice = evaluate(deal, *made)
    assert states(advice) == {"opening": "needless", "third": "needless"}
    assert advice["opening"].rule == "pressed"
    assert advice.conclusions.decisions == evaluate(deal).conclusions.decisions
    assert advice.recommendations == evaluate(deal).recommendations


def test_an_override_is_impossible_once_the_facts_rule_out_what_was_open(evaluate):
    deal = {"event": {"driver": True}}
    advice = evaluate(deal, saying("opening", "no", instead_of=("no", "weak", "yes")))
    assert states(advice) == {"opening": "impossible"}
    assert advice["opening"].value == "yes"
    assert advice.recommendations == evaluate(deal).recommendations
    still_open = evaluate({}, saying("opening", "no", instead_of=("no", "weak", "yes")))
    assert states(still_open) == {"opening": "stands"}


@pytest.mark.parametrize("instead_of", [None, (), ("yes",), ("weak", "yes")])
def test_whoever_contradicts_the_rules_knowingly_is_followed(evaluate, instead_of):
    advice = evaluate({"event": {"driver": True}}, saying("opening", "no", instead_of=instead_of))
    assert states(advice) == {"opening": "stands"}
    assert advice["opening"].value == "no"


def test_an_override_of_what_is_not_there_is_impossible_and_has_no_effect(evaluate):
    deal = {"event": {"driver": True}, "people": [{"id": "p1"}]}
    advice = evaluate(deal, saying("people[p9].stance", "close"))
    assert states(advice) == {"people[p9].stance": "impossible"}
    assert advice.overrides[0].set_aside is None
    assert advice.conclusions == evaluate(deal).conclusions


def test_an_account_review_leaves_overrides_of_the_deal_without_effect(evaluate):
    account = Account(name="Hengyuan")
    assert "opening" not in evaluate(account).decisions
    advice = evaluate(account, saying("opening", "yes"))
    assert states(advice) == {"opening": "impossible"}
    assert advice.conclusions == evaluate(account).conclusions


def test_an_account_review_follows_overrides_of_the_account(evaluate):
    review = {"account": {"competencies": [{"id": "quality", "importance": 5, "rating": 2}]}}
    advice = evaluate(review, saying("competencies[quality].gap", 1))
    assert states(advice) == {"competencies[quality].gap": "stands"}
    assert advice.things["competencies"]["quality"]["gap"].value == 1


def test_overrides_are_part_of_what_makes_two_advices_equal(evaluate):
    deal: dict[str, object] = {"people": []}
    gone = saying("people[p9].stance", "close")
    assert evaluate(deal, gone) == evaluate(deal, gone)
    assert evaluate(deal, gone) != evaluate(deal)
    assert evaluate(deal, gone) != evaluate(deal, saying("people[p9].stance", "far"))


# --- what to ask ----------------------------------------------------------------------------


def test_what_only_an_overridden_decision_waits_for_is_not_asked(evaluate):
    asked = {one.fact for one in evaluate({"channel": False}).questions}
    assert {"event.driver", "event.dated", "risk_reward_purchase"} <= asked
    advice = evaluate({"channel": False}, saying("opening", "no"))
    assert not {"event.driver", "event.dated", "risk_reward_purchase"} & {
        one.fact for one in advice.questions
    }


def test_a_question_does_not_settle_what_is_overridden(evaluate):
    def settled_by_superiority(*made: Override) -> set[str]:
        (asked,) = (one for one in evaluate({}, *made).questions if one.fact == "superiority")
        return set(asked.settles)

    assert settled_by_superiority() == {"third", "half", "twice_the_third"}
    assert settled_by_superiority(saying("third", 4)) == {"half"}


# --- what is refused ------------------------------------------------------------------------


REFUSED = {
    "no such decision": (
        saying("openning", "yes"),
        "openning: there is no decision `openning`; did you mean `opening`?",
    ),
    "no name": (saying(7, "yes"), "`7` is not the name of a decision; write it as text"),  # type: ignore[arg-type]
    "of each thing": (
        saying("stance", "close"),
        "stance: `stance` is decided for each of `people`; write `people[ID].stance`",
    ),
    "no id": (
        saying("people[].stance", "close"),
        "people[].stance: `stance` is decided for each of `people`; write `people[ID].stance`",
    ),
    "of another list": (
        saying("needs[n1].stance", "close"),
        "needs[n1].stance: `stance` is decided for each of `people`; write `people[ID].stance`",
    ),
    "of the deal": (
        saying("people[p1].opening", "yes"),
        "people[p1].opening: `opening` is decided for the deal as a whole; write `opening`",
    ),
    "no outcome": (
        saying("opening", "week"),
        "opening: `week` is not one of no, weak, yes; did you mean `weak`?",
    ),
    "no value": (
        saying("opening", None),
        "opening: the `value` is missing; say what is decided in place of the rules",
    ),
    "no number": (
        saying("third", "much"),
        "third: `much` is not a number; write it as 10000 or 2.5",
    ),
    "no currency": (
        saying("margin", Decimal(20)),
        "margin: the amount 20 has no currency; name one such as CNY",
    ),
    "no reason": (
        saying("opening", "yes", reason=" "),
        "opening: the `reason` is blank; say why it is decided so",
    ),
    "nobody": (
        saying("opening", "yes", by=""),
        "opening: the `by` is blank; say who has decided it",
    ),
    "a time": (
        saying("opening", "yes", on=datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)),
        "opening: `2026-11-21 09:00:00+00:00` has a time of day; "
        "give the date alone, such as 2026-11-21",
    ),
    "nothing that was open": (
        saying("opening", "yes", instead_of=("perhaps",)),
        "opening: `perhaps` is not one of no, weak, yes",
    ),
    "what was open as a word": (
        saying("opening", "yes", instead_of="no"),
        "opening: `instead_of` lists outcomes that were open, which `no` does not",
    ),
    "what a formula left open": (
        saying("third", 1, instead_of=("no",)),
        "third: a formula leaves no outcomes open; leave `instead_of` out",
    ),
}


@pytest.mark.parametrize(("override", "message"), REFUSED.values(), ids=REFUSED)
def test_an_override_that_does_not_fit_the_rules_is_refused(override, message):
    with pytest.raises(FactsError) as caught:
        BOOK.evaluate({}, as_of=AS_OF, overrides=[override])
    assert str(caught.value) == message


def test_all_that_is_wrong_with_overrides_is_said_at_once():
    with pytest.raises(FactsError) as caught:
        BOOK.evaluate(
            {},
            as_of=AS_OF,
            overrides=[
                saying("opening", "week", by=""),
                saying("gogo", 1),
                saying("opening", "no"),
            ],
        )
    assert [str(one) for one in caught.value.problems] == [
        "opening: `week` is not one of no, weak, yes; did you mean `weak`?",
        "opening: the `by` is blank; say who has decided it",
        "gogo: there is no decision `gogo`; did you mean `go`?",
        "opening: it is overridden twice; keep one of the two",
    ]


@pytest.mark.parametrize("overrides", [{"opening": "yes"}, "opening", 7, ["opening"]])
def test_what_is_no_list_of_overrides_is_refused(overrides):
    with pytest.raises(TypeError, match="overrides is a list of Override"):
        BOOK.evaluate({}, as_of=AS_OF, overrides=overrides)
