"""The vocabulary's decision tables, read a second time and without the library.

Written from the vocabulary and the design alone, before the rule files were seen: a mistake in
both readings has to be made twice. A facts document comes in as a plain mapping; what comes out
is the candidates of each decision, in the order of the decision's outcomes. The comment above a
row is the vocabulary's own wording.

Three-valued throughout: True, False, and None for unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

Facts = Mapping[str, Any]
Truth = bool | None
Candidates = tuple[str, ...]

# Questions 2 and 3 of the assessment: five criteria each.
CAN_WE_COMPETE = (
    "formal_criteria",
    "solution_fit",
    "sales_resources",
    "current_relationship",
    "unique_business_value",
)
CAN_WE_WIN = (
    "inside_support",
    "executive_credibility",
    "cultural_compatibility",
    "informal_criteria",
    "political_alignment",
)
YES_NO = ("yes", "no")


# --- truth, facts and rows ------------------------------------------------------------------


def all_of(*truths: Truth) -> Truth:
    """One false makes it false; else one unknown makes it unknown."""
    return False if False in truths else None if None in truths else True


def any_of(*truths: Truth) -> Truth:
    """One true makes it true; else one unknown makes it unknown."""
    return True if True in truths else None if None in truths else False


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def known(facts: Facts, path: str) -> Any:
    """Return the fact at a dotted path; None where it, or what holds it, is absent or null."""
    value: Any = facts
    for name in path.split("."):
        value = None if value is None else value.get(name)
    return value


def fact_is(facts: Facts, path: str, *allowed: object) -> Truth:
    value = known(facts, path)
    return None if value is None else value in allowed


def has(facts: Facts, path: str, member: str) -> Truth:
    """Whether a set has the member; an absent set is unknown, an empty one has none."""
    members = known(facts, path)
    return None if members is None else member in members


def plus(facts: Facts, *names: str) -> Truth:
    """Whether any of the marks is plus."""
    return any_of(*(fact_is(facts, f"marks.{name}", "plus") for name in names))


def minus(facts: Facts, *names: str) -> Truth:
    """Whether all of the marks are minus."""
    return all_of(*(fact_is(facts, f"marks.{name}", "minus") for name in names))


def two_minus(facts: Facts, names: Iterable[str]) -> Truth:
    """Whether two or more are minus: what is not marked yet may be minus or not."""
    truths = [minus(facts, name) for name in names]
    fewest, most = truths.count(True), truths.count(True) + truths.count(None)
    return True if fewest >= 2 else False if most < 2 else None


def some_person(facts: Facts, test: Callable[[Facts], Truth]) -> Truth:
    """Whether somebody passes; while nobody has been mapped it is unknown."""
    people = known(facts, "people")
    return None if people is None else any_of(*map(test, people))


def decided(candidates: Candidates, *outcomes: str) -> Truth:
    """One test on a decision: it holds for all candidates, for none, or is open."""
    hits = [candidate in outcomes for candidate in candidates]
    return True if all(hits) else None if any(hits) else False


def scan(outcomes: Candidates, *rows: tuple[Truth, str]) -> Candidates:
    """Take the outcome of each row that may hold, down to the first that does."""
    found = set()
    for truth, outcome in rows:
        if truth is not False:
            found.add(outcome)
        if truth is True:
            break
    else:
        # The vocabulary's tables cover every case: if no row holds, some row was open.
        assert found, f"no row of {rows} can hold"
    return tuple(outcome for outcome in outcomes if outcome in found)


# --- the decisions --------------------------------------------------------------------------


def compelling_event(facts: Facts, as_of: date) -> Candidates:
    day = known(facts, "event.date")
    past = None if day is None else date.fromisoformat(day) < as_of
    return scan(
        ("established", "absent"),
        # absent if event.symptom_only, or event.date is before as_of,
        # or driver, dated or owner is false, or consequence and payback are both false
        (
            any_of(
                fact_is(facts, "event.symptom_only", True),
                past,
                fact_is(facts, "event.driver", False),
                fact_is(facts, "event.dated", False),
                fact_is(facts, "event.owner", False),
                all_of(
                    fact_is(facts, "event.consequence", False),
                    fact_is(facts, "event.payback", False),
                ),
            ),
            "absent",
        ),
        # otherwise established
        (True, "established"),
    )


def is_there_an_opportunity(facts: Facts, as_of: date) -> Candidates:
    event = compelling_event(facts, as_of)
    funds = plus(facts, "access_to_funds")
    risk_reward = known(facts, "risk_reward_purchase")
    return scan(
        ("yes", "weak", "no"),
        # access_to_funds minus → no
        (minus(facts, "access_to_funds"), "no"),
        # event established and funds plus → yes
        (all_of(decided(event, "established"), funds), "yes"),
        # event absent and risk_reward_purchase true and funds plus → weak
        (all_of(decided(event, "absent"), risk_reward, funds), "weak"),
        # event absent and risk_reward_purchase false → no
        (all_of(decided(event, "absent"), negated(risk_reward)), "no"),
    )


def unique_business_value_proven(facts: Facts) -> Candidates:
    mark, confirmed = "unique_business_value", known(facts, "ubv_confirmed")
    return scan(
        YES_NO,
        # mark minus or ubv_confirmed false → no
        (any_of(minus(facts, mark), negated(confirmed)), "no"),
        # mark plus and ubv_confirmed true → yes
        (all_of(plus(facts, mark), confirmed), "yes"),
    )


def inside_support_shown(facts: Facts) -> Candidates:
    mark, shown = "inside_support", known(facts, "support_shown")
    return scan(
        YES_NO,
        # mark minus or support_shown false → no
        (any_of(minus(facts, mark), negated(shown)), "no"),
        # mark plus and support_shown true → yes
        (all_of(plus(facts, mark), shown), "yes"),
    )


def can_we_compete(facts: Facts) -> Candidates:
    value = unique_business_value_proven(facts)
    too_many = two_minus(facts, CAN_WE_COMPETE)
    return scan(
        YES_NO,
        # solution_fit minus, or unique_business_value_proven = no,
        # or two or more of its five marks minus → no
        (any_of(minus(facts, "solution_fit"), decided(value, "no"), too_many), "no"),
        # solution_fit plus, value proven, and at most one minus → yes
        (all_of(plus(facts, "solution_fit"), decided(value, "yes"), negated(too_many)), "yes"),
    )


def can_we_win(facts: Facts) -> Candidates:
    support = inside_support_shown(facts)
    too_many = two_minus(facts, CAN_WE_WIN)
    return scan(
        YES_NO,
        # inside_support_shown = no, or two or more of its five marks minus → no
        (any_of(decided(support, "no"), too_many), "no"),
        # support shown and at most one minus → yes
        (all_of(decided(support, "yes"), negated(too_many)), "yes"),
    )


def is_it_worth_winning(facts: Facts) -> Candidates:
    dear = minus(facts, "risk", "profitability")
    gains = ("short_term_revenue", "future_revenue", "strategic_value")
    return scan(
        YES_NO,
        # risk and profitability both minus → no
        (dear, "no"),
        # short_term_revenue, future_revenue and strategic_value all minus → no
        (minus(facts, *gains), "no"),
        # any of those three plus, and not (risk and profitability both minus) → yes
        (all_of(plus(facts, *gains), negated(dear)), "yes"),
    )


def competitive_strategy(facts: Facts, as_of: date) -> Candidates:
    # "no opportunity" is the answer no: a weak one is still an opportunity.
    nothing_there = decided(is_there_an_opportunity(facts, as_of), "no")
    superiority = known(facts, "superiority")
    ahead = None if superiority is None else Decimal(str(superiority)) >= 3
    return scan(
        ("frontal", "flanking", "fragment", "defend", "develop", "disengage"),
        # incumbent = us → defend
        (fact_is(facts, "incumbent", "us"), "defend"),
        # no opportunity, and future_revenue or strategic_value plus → develop
        (all_of(nothing_there, plus(facts, "future_revenue", "strategic_value")), "develop"),
        # no opportunity → disengage
        (nothing_there, "disengage"),
        # superiority ≥ 3 and sustainable → frontal
        (all_of(ahead, known(facts, "superiority_sustainable")), "frontal"),
        # criteria_changeable and executive_credibility plus → flanking
        (
            all_of(known(facts, "criteria_changeable"), plus(facts, "executive_credibility")),
            "flanking",
        ),
        # separable_part and value proven and support shown
        # and profitability not minus and future_revenue not minus → fragment
        (
            all_of(
                known(facts, "separable_part"),
                decided(unique_business_value_proven(facts), "yes"),
                decided(inside_support_shown(facts), "yes"),
                negated(minus(facts, "profitability")),
                negated(minus(facts, "future_revenue")),
            ),
            "fragment",
        ),
        # decision_delayable → develop
        (known(facts, "decision_delayable"), "develop"),
        # can_we_win = no and sales_resources minus → disengage
        (all_of(decided(can_we_win(facts), "no"), minus(facts, "sales_resources")), "disengage"),
        # otherwise develop
        (True, "develop"),
    )


def go_no_go(facts: Facts, as_of: date) -> Candidates:
    opportunity = is_there_an_opportunity(facts, as_of)
    compete, win, worth = can_we_compete(facts), can_we_win(facts), is_it_worth_winning(facts)
    return scan(
        ("go", "review", "stop"),
        # is_there_an_opportunity = no and incumbent is not us → stop
        (all_of(decided(opportunity, "no"), negated(fact_is(facts, "incumbent", "us"))), "stop"),
        # can_we_compete and can_we_win both no → stop
        (all_of(decided(compete, "no"), decided(win, "no")), "stop"),
        # all four questions yes → go (a weak opportunity is not a yes)
        (all_of(*(decided(answer, "yes") for answer in (opportunity, compete, win, worth))), "go"),
        # otherwise review
        (True, "review"),
    )


def buy_class(facts: Facts) -> Candidates:
    changes = known(facts, "changes")
    return scan(
        ("straight_rebuy", "modified_rebuy", "new_task"),
        # first_purchase → new_task
        (known(facts, "first_purchase"), "new_task"),
        # changes not empty → modified_rebuy
        (None if changes is None else len(changes) > 0, "modified_rebuy"),
        # otherwise straight_rebuy
        (True, "straight_rebuy"),
    )


def supplier_position(facts: Facts) -> Candidates:
    return scan(
        ("in_supplier", "out_supplier"),
        # incumbent = us → in_supplier
        (fact_is(facts, "incumbent", "us"), "in_supplier"),
        # otherwise out_supplier
        (True, "out_supplier"),
    )


def purchase_play(facts: Facts) -> Candidates:
    buying, position = buy_class(facts), supplier_position(facts)
    straight, modified = decided(buying, "straight_rebuy"), decided(buying, "modified_rebuy")
    inside, outside = decided(position, "in_supplier"), decided(position, "out_supplier")
    return scan(
        ("protect_and_automate", "break_in", "defend_and_adapt", "better_offer", "educate_and_map"),
        # straight in · straight out · modified in · modified out · new task
        (all_of(straight, inside), "protect_and_automate"),
        (all_of(straight, outside), "break_in"),
        (all_of(modified, inside), "defend_and_adapt"),
        (all_of(modified, outside), "better_offer"),
        (decided(buying, "new_task"), "educate_and_map"),
    )


def key_player(person: Facts) -> Candidates:
    return scan(
        YES_NO,
        # inner_circle or political_structure → yes
        (fact_is(person, "political_status", "inner_circle", "political_structure"), "yes"),
        # outside → no
        (fact_is(person, "political_status", "outside"), "no"),
    )


def relationship_strategy(person: Facts) -> Candidates:
    return scan(
        ("suppress", "defend", "motivate", "attack", "balance"),
        # by support, from enemy to mentor
        (fact_is(person, "support", "enemy"), "suppress"),
        (fact_is(person, "support", "non_supporter"), "defend"),
        (fact_is(person, "support", "neutral"), "motivate"),
        (fact_is(person, "support", "supporter"), "attack"),
        (fact_is(person, "support", "mentor"), "balance"),
    )


def relationship_map(facts: Facts) -> Candidates:
    def supporting_key_player(person: Facts) -> Truth:
        supporting = fact_is(person, "support", "supporter", "mentor")
        return all_of(supporting, decided(key_player(person), "yes"))

    def who_decides(person: Facts) -> Truth:
        return all_of(
            supporting_key_player(person),
            any_of(has(person, "roles", "decider"), has(person, "roles", "approver")),
            known(person, "authority_verified"),
        )

    return scan(
        ("red", "amber", "green"),
        # a supporting (supporter or mentor) key player who is decider or approver,
        # with authority_verified true → green
        (some_person(facts, who_decides), "green"),
        # a supporting key player → amber
        (some_person(facts, supporting_key_player), "amber"),
        # otherwise red
        (True, "red"),
    )


def customer_group(facts: Facts) -> Candidates:
    return scan(
        ("complete", "incomplete"),
        # some person is decider, some is influencer, some is user → complete
        (
            all_of(
                some_person(facts, lambda person: has(person, "roles", "decider")),
                some_person(facts, lambda person: has(person, "roles", "influencer")),
                some_person(facts, lambda person: has(person, "roles", "user")),
            ),
            "complete",
        ),
        # otherwise incomplete
        (True, "incomplete"),
    )


# --- the whole of it ------------------------------------------------------------------------


def decisions(facts: Facts, as_of: date) -> dict[str, Candidates]:
    """Return the candidates of each decision about the deal."""
    return {
        "compelling_event": compelling_event(facts, as_of),
        "is_there_an_opportunity": is_there_an_opportunity(facts, as_of),
        "unique_business_value_proven": unique_business_value_proven(facts),
        "inside_support_shown": inside_support_shown(facts),
        "can_we_compete": can_we_compete(facts),
        "can_we_win": can_we_win(facts),
        "is_it_worth_winning": is_it_worth_winning(facts),
        "competitive_strategy": competitive_strategy(facts, as_of),
        "go_no_go": go_no_go(facts, as_of),
        "buy_class": buy_class(facts),
        "supplier_position": supplier_position(facts),
        "purchase_play": purchase_play(facts),
        "relationship_map": relationship_map(facts),
        "customer_group": customer_group(facts),
    }


def decisions_about_people(facts: Facts) -> dict[str, dict[str, Candidates]]:
    """Return the candidates of each decision about a person, by the person's id."""
    return {
        person["id"]: {
            "key_player": key_player(person),
            "relationship_strategy": relationship_strategy(person),
        }
        for person in known(facts, "people") or ()
    }
