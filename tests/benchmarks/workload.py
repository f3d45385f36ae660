"""The workload: facts, and what plain Python makes of them, to hold every engine to."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any, TypeAlias

Facts: TypeAlias = dict[str, Any]
Answer: TypeAlias = tuple[str, list[int]]
"""The outcome of the table, and the numbers of the rules that hold."""

RULES_FILE = Path(__file__).with_name("workload.yaml")

WORDS = {
    "deal_stage": ("prospect", "qualify", "propose", "negotiate", "closing"),
    "segment": ("smb", "mid", "enterprise", "public"),
    "region": ("na", "emea", "apac", "latam"),
    "deal_kind": ("new", "expansion", "renewal"),
}
NUMBERS = {
    "order_value": (1000, 2000000),
    "age_days": (0, 400),
    "days_since_contact": (0, 90),
    "stakeholders": (0, 12),
    "rival_count": (0, 6),
}
TRUTHS = ("has_champion", "budget_confirmed", "legal_review")


def make_facts(count: int, seed: int = 7) -> list[Facts]:
    """Return deals of which everything is known."""
    dice = random.Random(seed)
    deals = []
    for _ in range(count):
        facts: Facts = {name: dice.choice(words) for name, words in WORDS.items()}
        facts |= {name: dice.randint(*ends) for name, ends in NUMBERS.items()}
        facts |= {name: dice.random() < 0.5 for name in TRUTHS}
        deals.append(facts)
    return deals


def answer(f: Facts) -> Answer:
    """Return what the rules say, written out by hand."""
    if (
        f["deal_stage"] in ("negotiate", "closing")
        and f["order_value"] >= 500000
        and not f["legal_review"]
        and f["has_champion"]
    ) or (
        f["deal_stage"] in ("propose", "negotiate", "closing")
        and f["order_value"] >= 250000
        and f["rival_count"] >= 3
        and f["days_since_contact"] > 14
    ):
        outcome = "escalate"
    elif (
        (
            f["deal_stage"] == "closing"
            and f["budget_confirmed"]
            and f["legal_review"]
            and f["days_since_contact"] <= 30
        )
        or (
            f["deal_stage"] == "negotiate"
            and f["budget_confirmed"]
            and f["has_champion"]
            and f["rival_count"] < 3
        )
        or (
            f["deal_stage"] == "propose"
            and f["budget_confirmed"]
            and f["stakeholders"] >= 3
            and f["age_days"] < 180
        )
    ):
        outcome = "advance"
    elif (
        f["deal_stage"] in ("prospect", "qualify")
        and not f["budget_confirmed"]
        and f["age_days"] > 240
        and not f["has_champion"]
    ) or (
        f["segment"] == "smb"
        and f["order_value"] < 100000
        and f["days_since_contact"] > 60
        and f["age_days"] > 120
    ):
        outcome = "disqualify"
    elif (
        f["deal_kind"] == "renewal"
        and f["segment"] != "smb"
        and f["days_since_contact"] > 21
        and not f["has_champion"]
    ):
        outcome = "escalate"
    elif (
        f["deal_stage"] == "qualify"
        and not f["has_champion"]
        and f["stakeholders"] < 4
        and f["age_days"] <= 240
    ) or (
        f["deal_stage"] == "prospect"
        and f["deal_kind"] in ("new", "expansion")
        and f["age_days"] <= 200
        and f["days_since_contact"] >= 5
    ):
        outcome = "nurture"
    else:
        outcome = "hold"
    held = [
        not f["has_champion"] and f["deal_stage"] in ("propose", "negotiate", "closing"),
        not f["budget_confirmed"]
        and f["deal_stage"] in ("negotiate", "closing")
        and f["order_value"] >= 100000,
        f["stakeholders"] < 3 and f["segment"] == "enterprise" and f["order_value"] >= 250000,
        f["rival_count"] >= 2
        and not f["has_champion"]
        and f["deal_stage"] != "prospect"
        and f["days_since_contact"] > 7,
        f["days_since_contact"] > 30 and f["deal_stage"] != "closing",
        f["age_days"] > 180 and f["deal_stage"] in ("prospect", "qualify"),
        not f["legal_review"] and f["deal_stage"] == "closing",
        f["order_value"] >= 1000000 and f["stakeholders"] < 6,
        f["deal_kind"] == "renewal" and f["days_since_contact"] > 45,
        f["deal_kind"] == "expansion" and f["has_champion"] and f["order_value"] < 50000,
        f["region"] in ("apac", "latam") and f["segment"] == "public" and not f["legal_review"],
        f["region"] == "emea"
        and not f["legal_review"]
        and f["order_value"] > 750000
        and f["deal_stage"] in ("propose", "negotiate"),
        f["segment"] == "public" and f["age_days"] > 300,
        f["segment"] == "smb" and f["stakeholders"] > 5,
        f["rival_count"] == 0
        and f["budget_confirmed"]
        and f["deal_stage"] in ("propose", "negotiate"),
        f["rival_count"] >= 4 and f["order_value"] >= 100000 and f["region"] != "na",
        f["deal_stage"] == "qualify"
        and f["budget_confirmed"]
        and f["has_champion"]
        and f["stakeholders"] >= 2,
        f["deal_stage"] == "prospect"
        and f["order_value"] >= 500000
        and f["segment"] in ("mid", "enterprise"),
        f["age_days"] < 30 and f["days_since_contact"] < 3,
        f["deal_kind"] == "new"
        and f["region"] == "na"
        and f["segment"] == "mid"
        and f["rival_count"] > 1,
    ]
    return outcome, [number for number, holds in enumerate(held) if holds]
