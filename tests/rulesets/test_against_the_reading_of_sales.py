"""How a sale is run: every decision about it is gone through, value by value and past each edge."""

from __future__ import annotations

import itertools
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.rulesets import reading
from tests.rulesets.comparison import TODAY, UNKNOWN_OR_NOT, check, crossed, facts
from tests.rulesets.strategies import AMOUNTS, BUFFERS, CHARMS, CURRENCIES, SIGNALS, Document

SCOPES = (None, "team", "department", "company", "group")
DOLLARS: tuple[reading.Rates, ...] = (
    {},
    {"USD/CNY": Decimal("6.25")},
    {"CNY/USD": Decimal("0.16")},
)
WORTH: list[reading.Rates] = [
    *DOLLARS,
    {"USD/CNY": Decimal("6.249999")},
    {"CNY/USD": Decimal("0.159999")},
]


def ago(days):
    """The day so long ago, as a document writes it."""
    return (TODAY - timedelta(days)).isoformat()


def deal(given):
    """The facts of a deal: the id says that it is one, whatever else is known."""
    return {"id": "d1", **given}


def first_ones(members):
    """An unknown set, and sets of every size."""
    return [None, *(list(members[:size]) for size in range(len(members) + 1))]


# --- control and the gate of a stage ---------------------------------------------------------


def test_every_number_of_warning_signals_agrees():
    for signals in first_ones(SIGNALS):
        check(facts(warning_signals=signals))
    for three in itertools.combinations(SIGNALS, 3):
        assert check({"warning_signals": list(three)})["control"].value == "at_risk"
        assert check({"warning_signals": list(three[1:])})["control"].value == "in_control"


def test_every_stage_gate_agrees():
    progress = (None, 0, 0.79, Decimal("0.799999"), 0.8, Decimal("0.800001"), 1)
    answers = dict.fromkeys(("mandatory_answers_yes", "next_stage_started"), UNKNOWN_OR_NOT)
    for given in crossed({"stage_progress": progress, **answers}):
        check(given)


@pytest.mark.parametrize(
    ("progress", "gate"), [(0.79, "hold"), (0.799999, "hold"), (0.8, "advance"), (1, "advance")]
)
def test_a_stage_is_passed_at_four_fifths(progress, gate):
    answers = {"mandatory_answers_yes": True, "next_stage_started": True}
    assert check({"stage_progress": progress, **answers})["stage_gate"].value == gate


# --- who decides, and where it starts --------------------------------------------------------


def test_every_decision_level_agrees():
    sizes = (None, "small", "medium", "large")
    accounts = {"approval_abroad": UNKNOWN_OR_NOT, "size": sizes}
    for scope, account in itertools.product(SCOPES, crossed(accounts)):
        check(deal(facts(impact_scope=scope, account=account)))


def test_every_start_of_a_purchase_agrees():
    layers = (None, "frontline", "middle", "executive")
    roles: tuple[list[str] | None, ...] = (
        None,
        [],
        ["initiator"],
        ["decider", "initiator"],
        ["decider"],
    )
    somebody = list(crossed({"layer": layers, "roles": roles}))
    for pair in itertools.combinations_with_replacement(somebody, 2):
        check({"people": [{"id": f"p{n}", **person} for n, person in enumerate(pair)]})
    for person in somebody:
        check({"people": [{"id": "p1", **person}]})
    assert check({"people": []})["purchase_drive"].value == "top_down"


# --- the charm line and the bottom line ------------------------------------------------------


def test_every_charm_line_agrees():
    for scarce, charms in itertools.product(UNKNOWN_OR_NOT, first_ones(CHARMS)):
        check(facts(scarce=scarce, charm_factors=charms))
    for pair in itertools.combinations(CHARMS, 2):
        assert check({"charm_factors": list(pair)})["charm_line"].value == "above"
    for charm in CHARMS:
        one = {"scarce": False, "charm_factors": [charm]}
        assert check(one)["charm_line"].value == "below"


def test_every_bottom_line_agrees():
    exposures = [
        None,
        *(
            [{"id": f"p{n}", **facts(work_exposed=exposed)} for n, exposed in enumerate(people)]
            for size in range(3)
            for people in itertools.product(UNKNOWN_OR_NOT, repeat=size)
        ),
    ]
    sets = [list(some) for size in range(4) for some in itertools.combinations(BUFFERS, size)]
    for people, buffers in itertools.product(exposures, (None, *sets)):
        check(facts(people=people, buffers=buffers))


# --- segments, cycles and dispatch -----------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "basis"),
    [
        ("financial", "scale"),
        ("people_efficiency", "headcount"),
        ("vertical", "industry"),
        ("other", "industry"),
    ],
)
def test_each_kind_of_product_has_its_segments(kind, basis):
    assert check({"product_kind": kind})["segmentation_basis"].value == basis


def test_every_cycle_agrees():
    kinds = (None, "enterprise", "institution", "government", "military")
    difficulties = (None, "easy", "moderate", "hard")
    sizes = (None, "small", "medium", "large")
    amounts = (None, 10_000, 10_000.000001)
    accounts = list(crossed({"kind": kinds, "size": sizes}))
    deals = crossed({"product_difficulty": difficulties, "amount": amounts})
    for given, account in itertools.product(deals, accounts):
        check(deal({**given, "currency": "CNY", "account": account}))


@pytest.mark.parametrize("rates", WORTH, ids=str)
def test_every_amount_agrees_whatever_its_currency_is_worth(rates):
    small = {"kind": "enterprise", "size": "small"}
    for amount, currency in itertools.product((None, *AMOUNTS), (None, *CURRENCIES)):
        given = facts(amount=amount, quote=amount, currency=currency)
        # The currency of the account says nothing of the amounts of the deal.
        for account in (small, {**small, "currency": "CNY"}):
            easy = {**given, "product_difficulty": "easy", "account": account}
            check(deal(easy), rates=rates)


@pytest.mark.parametrize(
    ("dollars", "rates", "cycle", "engagement"),
    [
        (1_600, DOLLARS[0], None, None),
        (1_600, DOLLARS[1], "short", "remote"),
        (1_600, DOLLARS[2], "short", "remote"),
        (1600.000001, DOLLARS[1], "medium", "in_person"),
        (1600.000001, DOLLARS[2], "medium", "in_person"),
        (0, DOLLARS[0], None, None),
    ],
)
def test_ten_thousand_yuan_are_as_much_in_dollars(dollars, rates, cycle, engagement):
    given = {
        "currency": "USD",
        "amount": dollars,
        "quote": dollars,
        "product_difficulty": "easy",
        "account": {"kind": "enterprise", "size": "small"},
    }
    advice = check(given, rates=rates)
    assert (advice["expected_cycle"].value, advice["engagement"].value) == (cycle, engagement)


def test_every_dispatch_agrees():
    for given in crossed({"channel": UNKNOWN_OR_NOT, "project_class": (None, *"ABCDE")}):
        check(given)


# --- service ---------------------------------------------------------------------------------


def test_every_service_agrees():
    phases = (None, "selling", "trial", "delivery", "in_use", "lost")
    signed = (None, ago(-1), ago(0), ago(30), ago(31), "never")
    full = {
        "phase": phases,
        "signed_on": signed,
        "usage_normal": UNKNOWN_OR_NOT,
        "benefit_visible": UNKNOWN_OR_NOT,
    }
    reasons = ("sole_supplier", "phone_sold", "commonly_known")
    light: list[Document] = [{}, dict.fromkeys(reasons, False)]
    light += [{**light[1], reason: known} for reason in reasons for known in (True, None)]
    for number, given in enumerate(crossed(full)):
        # Each second reason to be light with each of the others, in turn.
        check({**given, **facts(**light[number % len(light)])})
    normal = {"usage_normal": True, "benefit_visible": True}
    for given, phase in itertools.product(crossed(dict.fromkeys(reasons, UNKNOWN_OR_NOT)), phases):
        check({**normal, "signed_on": ago(31), **given, **facts(phase=phase)})


@pytest.mark.parametrize(
    ("days", "intensity"),
    [(-1, "standard"), (0, "full"), (30, "full"), (31, "standard"), (None, "standard")],
)
def test_the_first_thirty_days_after_signing_are_served_in_full(days, intensity):
    given = {
        "phase": "in_use",
        "signed_on": "never" if days is None else ago(days),
        **dict.fromkeys(("usage_normal", "benefit_visible"), True),
        **dict.fromkeys(("sole_supplier", "phone_sold", "commonly_known"), False),
    }
    assert check(given)["service_intensity"].value == intensity
