"""Writing a typed tree as text again: a condition, a value, or the cell of a table."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias, assert_never

from b2brules.facts.types import TextType
from b2brules.language import tree
from b2brules.language.tree import Condition, Value

Bare: TypeAlias = frozenset[str]
"""The variables that a filter leaves out before the facts of its things."""

_NONE: Bare = frozenset()


def write_condition(condition: Condition, bare: Bare = _NONE) -> str:
    """Return a condition as an author would write it; read again, it means the same."""
    match condition:
        case tree.Always():
            return "-"
        case tree.Holds():
            return write_value(condition.value, bare)
        case tree.And():
            return " and ".join(_operand(part, bare) for part in condition.conditions)
        case tree.Or():
            return " or ".join(_alternative(part, bare) for part in condition.conditions)
        case tree.Not():
            return f"not({write_condition(condition.condition, bare)})"
        case tree.Compare():
            left, right = write_value(condition.left, bare), write_value(condition.right, bare)
            return f"{left} {condition.operator} {right}"
        case tree.Among():
            tests = ", ".join(_test(test, bare) for test in condition.tests)
            said = f"{write_value(condition.value, bare)} in ({tests})"
            return f"not({said})" if condition.negated else said
        case tree.Contains():
            return f"{write_value(condition.member, bare)} in {write_value(condition.set, bare)}"
        case tree.Quantified():
            items = condition.items
            said = write_condition(condition.condition, bare)
            head = f"{condition.quantifier} {items.variable} in {_items(items, bare)}"
            return f"{head} satisfies {said}"
        case tree.IsEmpty():
            return f"{_subject(condition.of, bare)} is empty"
        case tree.IsKnown():
            return f"{_subject(condition.of, bare)} is {'known' if condition.known else 'unknown'}"
        case _:
            assert_never(condition)


def write_cell(condition: Condition) -> str:
    """Return the cell of a column: its tests alone, or a whole condition under ``when``."""
    if not isinstance(condition, tree.Among):
        return write_condition(condition)
    tests = ", ".join(_test(test, _NONE) for test in condition.tests)
    return f"not({tests})" if condition.negated else tests


def write_value(value: Value, bare: Bare = _NONE) -> str:
    """Return a value as an author would write it."""
    match value:
        case tree.Constant():
            return _constant(value)
        case tree.Parameter():
            return value.name
        case tree.AsOf():
            return "as_of"
        case tree.Fact():
            return _path(value.variable, value.path, bare)
        case tree.DecisionValue():
            return _path(value.variable, (value.name,), bare)
        case tree.Days():
            function = "days_since" if value.direction == 1 else "days_until"
            return f"{function}({write_value(value.date, bare)})"
        case tree.Arithmetic():
            return _arithmetic(value, bare)
        case tree.CountItems():
            return f"count({_items(value.items, bare)})"
        case tree.CountConditions():
            parts = ", ".join(write_condition(part, bare) for part in value.conditions)
            return f"count({parts})"
        case tree.CountSet():
            return f"count({write_value(value.set, bare)})"
        case tree.Aggregate():
            inside = write_value(value.value, bare | {value.items.variable})
            return f"{value.function}({_items(value.items, bare)}.{inside})"
        case _:
            assert_never(value)


def _operand(part: Condition, bare: Bare) -> str:
    said = write_condition(part, bare)
    return f"({said})" if isinstance(part, tree.And | tree.Or | tree.Quantified) else said


def _alternative(part: Condition, bare: Bare) -> str:
    said = write_condition(part, bare)
    return f"({said})" if isinstance(part, tree.Or | tree.Quantified) else said


def _arithmetic(value: tree.Arithmetic, bare: Bare) -> str:
    left, right = write_value(value.left, bare), write_value(value.right, bare)
    if value.operator in "*/" and _is_sum(value.left):
        left = f"({left})"
    if isinstance(value.right, tree.Arithmetic):
        right = f"({right})"
    return f"{left} {value.operator} {right}"


def _is_sum(value: Value) -> bool:
    return isinstance(value, tree.Arithmetic) and value.operator in "+-"


def _subject(of: Value | tree.Items, bare: Bare) -> str:
    return _items(of, bare) if isinstance(of, tree.Items) else write_value(of, bare)


def _items(items: tree.Items, bare: Bare) -> str:
    name = ".".join(items.list)
    if items.condition is None:
        return name
    return f"{name}[{write_condition(items.condition, bare | {items.variable})}]"


def _test(test: tree.Test, bare: Bare) -> str:
    signs = tuple(sign for sign, _ in test.bounds)
    values = [write_value(bound, bare) for _, bound in test.bounds]
    if len(signs) == 2:
        opening = "[" if signs[0] == ">=" else "("
        closing = "]" if signs[1] == "<=" else ")"
        return f"{opening}{values[0]}..{values[1]}{closing}"
    return values[0] if signs == ("=",) else f"{signs[0]} {values[0]}"


def _path(variable: str | None, names: tuple[str, ...], bare: Bare) -> str:
    hidden = variable is None or variable.startswith("$") or variable in bare
    return ".".join(names if hidden else (str(variable), *names))


def _constant(constant: tree.Constant) -> str:
    value = constant.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f'"{value}"' if isinstance(constant.type, TextType) else str(value)
