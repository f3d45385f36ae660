"""What a person types for a fact is understood in the many ways in which people say it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from b2brules.facts import FactsError
from b2brules.facts.answers import choices_of, read_answer
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
)

STATUS = EnumerationType(
    ("outside", "inner_circle", "7"), {"outside": "圈外", "inner_circle": "核心圈"}
)
MOOD = EnumerationType(
    ("content", "not_content", "content_unsigned", "budget_2027", "one", "other"),
    {
        "one": "甲方案",
        "other": "乙方案",
        "content": "很好",
        "not_content": "不满意",
        "content_unsigned": "放心但未签",
    },
)
PEOPLE = {"p1": "Mr Berg", "p2": "李伟", "p3": "李伟"}


@pytest.mark.parametrize(
    ("type_", "typed", "value"),
    [
        (TruthType(), "true", True),
        (TruthType(), "No", False),
        (TruthType(), "是", True),
        (TruthType(), "2", False),
        (TruthType(), "maybe", "maybe"),
        (STATUS, "inner_circle", "inner_circle"),
        (STATUS, "Inner Circle", "inner_circle"),
        (STATUS, "核心圈", "inner_circle"),
        (STATUS, " 2 ", "inner_circle"),
        (STATUS, "２", "inner_circle"),
        (STATUS, "7", "7"),
        (STATUS, "0", "0"),
        (STATUS, "4", "4"),
        (STATUS, "inner", "inner_circle"),
        (STATUS, "nner", "nner"),
        (STATUS, "核心", "inner_circle"),
        (STATUS, "核", "核"),
        (STATUS, "圈", "圈"),
        (MOOD, "满意", "满意"),
        (MOOD, "放心", "放心"),
        (MOOD, "不满", "not_content"),
        (MOOD, "2027", "2027"),
        (MOOD, "方案", "方案"),
        (MOOD, "甲方", "one"),
        (MOOD, "budget", "budget_2027"),
        (IdentifierType("people"), "Berg", "p1"),
        (SetType(STATUS), "inner, 圈外", ["inner_circle", "outside"]),
        (IdentifierType("people"), "mr berg", "p1"),
        (IdentifierType("people"), "3", "p3"),
        (IdentifierType("people"), "李伟", "李伟"),
        (SetType(STATUS), "1, 核心圈", ["outside", "inner_circle"]),
        (SetType(STATUS), "圈外、核心圈", ["outside", "inner_circle"]),
        (SetType(STATUS), "1 2", ["outside", "inner_circle"]),
        (SetType(STATUS), "[outside]", ["outside"]),
        (SetType(STATUS), "[]", []),
        (SetType(STATUS), "none", []),
        (SetType(EnumerationType(("none", "some"))), "none", ["none"]),
        (SetType(IdentifierType("people")), "Mr Berg,p2", ["p1", "p2"]),
        (NumberType(), "2.5", Decimal("2.5")),
        (NumberType(), "１２", 12),
        (NumberType(), "3:1", "3:1"),
        (MoneyType(), "12000", 12000),
        (MoneyType(), "12000.50 CNY", {"amount": Decimal("12000.50"), "currency": "CNY"}),
        (MoneyType(), "CNY 12000", {"amount": 12000, "currency": "CNY"}),
        (MoneyType(), "{amount: 5, currency: USD}", {"amount": 5, "currency": "USD"}),
        (MoneyType(), "much", "much"),
        (DateType(past=True), "从未", "never"),
        (DateType(), "2026-11-21", "2026-11-21"),
        (DateType(), "2026年12月1日", "2026-12-01"),
        (DateType(), "２０２６ 年 12 月 1 号", "2026-12-01"),
        (DateType(), "12月1日", "12月1日"),
        (TextType(), "Fee (collection)", "Fee (collection)"),
        (TextType(), '"done"', "done"),
        (TextType(), '"', '"'),
        (ListType(object), "none", []),
        (ListType(object), "[{id: p1}]", [{"id": "p1"}]),
    ],
)
def test_an_answer_is_understood(type_: FactType, typed: str, value: object) -> None:
    assert read_answer(type_, typed, choices_of(type_, PEOPLE)) == value


@pytest.mark.parametrize("typed", ["[a", "{amount: *x}", "[&a b]"])
def test_what_is_written_like_a_file_is_held_to_the_rules_of_files(typed: str) -> None:
    with pytest.raises(FactsError):
        read_answer(SetType(STATUS), typed)
