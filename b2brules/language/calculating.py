"""What may be calculated: which operators go with which types, and what comes out."""

from __future__ import annotations

from typing import Literal, cast

from b2brules.facts.types import DateType, MoneyType, NumberType, ValueType
from b2brules.language import tree
from b2brules.language.comparability import describe
from b2brules.language.errors import wrong
from b2brules.language.tree import Span, Value

NUMBER = NumberType()


def combine(operator: str, left: Value, right: Value, span: Span) -> tree.Arithmetic:
    """Return the calculation, or raise `LanguageError` if it cannot be done."""
    result: ValueType
    match (type(left.type), type(right.type), operator):
        case (a, b, _) if a is NumberType and b is NumberType:
            result = NUMBER
        case (a, b, "+" | "-") if a is MoneyType and b is MoneyType:
            result = MoneyType()
        case (a, b, "*" | "/") if a is MoneyType and b is NumberType:
            result = MoneyType()
        case (a, b, "*") if a is NumberType and b is MoneyType:
            result = MoneyType()
        case (a, b, "/") if a is MoneyType and b is MoneyType:
            result = NUMBER
        case _:
            message = f"`{operator}` does not go with {describe(left.type)} and "
            raise wrong("wrong-type", message + describe(right.type), _remedy(left, right), span)
    return tree.Arithmetic(
        operator=cast(Literal["+", "-", "*", "/"], operator),
        left=left,
        right=right,
        type=result,
        span=span,
    )


def _remedy(left: Value, right: Value) -> str:
    kinds = {type(left.type), type(right.type)}
    if DateType in kinds:
        return "for dates use `days_since( … )` and `days_until( … )`"
    if kinds == {MoneyType, NumberType}:
        return "add amounts to amounts, and multiply them by numbers; a fixed amount is a parameter"
    if kinds == {MoneyType}:
        return "amounts are added, subtracted and divided by one another"
    return "calculate with numbers, and with amounts of money"
