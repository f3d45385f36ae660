"""The people of a deal and who of them supports us, as the vocabulary has it."""

from __future__ import annotations

from tests.rulesets.reading.truth import (
    YES_NO,
    Candidates,
    Facts,
    Truth,
    all_of,
    any_of,
    decided,
    fact_is,
    has,
    known,
    scan,
    some_person,
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
