"""How the customer buys, as the vocabulary has it."""

from __future__ import annotations

from tests.rulesets.reading.truth import (
    Candidates,
    Facts,
    Truth,
    all_of,
    any_of,
    decided,
    fact_is,
    has,
    known,
    negated,
    scan,
    some_person,
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


def decision_level(facts: Facts) -> Candidates:
    return scan(
        ("owner", "manager", "executive", "board"),
        # account.approval_abroad, or impact_scope group → board
        (
            any_of(
                known(facts, "account.approval_abroad"), fact_is(facts, "impact_scope", "group")
            ),
            "board",
        ),
        # scope company → executive
        (fact_is(facts, "impact_scope", "company"), "executive"),
        # account.size small and scope team → owner
        (
            all_of(fact_is(facts, "account.size", "small"), fact_is(facts, "impact_scope", "team")),
            "owner",
        ),
        # scope team or department → manager
        (fact_is(facts, "impact_scope", "team", "department"), "manager"),
    )


def purchase_drive(facts: Facts) -> Candidates:
    def initiator_in_the_executive_layer(person: Facts) -> Truth:
        return all_of(has(person, "roles", "initiator"), fact_is(person, "layer", "executive"))

    def initiator_elsewhere(person: Facts) -> Truth:
        elsewhere = negated(fact_is(person, "layer", "executive"))
        return all_of(has(person, "roles", "initiator"), elsewhere)

    return scan(
        ("top_down", "bottom_up"),
        # an initiator in the executive layer → top_down
        (some_person(facts, initiator_in_the_executive_layer), "top_down"),
        # an initiator elsewhere → bottom_up
        (some_person(facts, initiator_elsewhere), "bottom_up"),
        # otherwise top_down
        (True, "top_down"),
    )
