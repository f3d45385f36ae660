"""What we bring to the customer, and by what the customers are told apart."""

from __future__ import annotations

from tests.rulesets.reading.truth import (
    Candidates,
    Facts,
    all_of,
    any_of,
    at_least,
    at_most,
    fact_is,
    known,
    members,
    scan,
    some_person,
)


def charm_line(facts: Facts) -> Candidates:
    return scan(
        ("above", "below"),
        # scarce, or two or more charm_factors → above
        (any_of(known(facts, "scarce"), at_least(members(facts, "charm_factors"), 2)), "above"),
        # otherwise below
        (True, "below"),
    )


def bottom_line(facts: Facts) -> Candidates:
    return scan(
        ("kept", "crossed"),
        # some person's work_exposed and buffers empty → crossed
        (
            all_of(
                some_person(facts, lambda person: known(person, "work_exposed")),
                at_most(members(facts, "buffers"), 0),
            ),
            "crossed",
        ),
        # otherwise kept
        (True, "kept"),
    )


def segmentation_basis(facts: Facts) -> Candidates:
    return scan(
        ("scale", "headcount", "industry"),
        # product_kind financial → scale
        (fact_is(facts, "product_kind", "financial"), "scale"),
        # people_efficiency → headcount
        (fact_is(facts, "product_kind", "people_efficiency"), "headcount"),
        # vertical or other → industry
        (fact_is(facts, "product_kind", "vertical", "other"), "industry"),
    )
