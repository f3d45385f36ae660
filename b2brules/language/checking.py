"""From the parse tree to the typed tree: every name resolved, every type checked."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, cast

from attrs import evolve
from lark import Token

from b2brules.facts.types import (
    DateType,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
)
from b2brules.facts.values import shown
from b2brules.language import tree
from b2brules.language.calculating import NUMBER, combine
from b2brules.language.comparability import check_comparable, describe
from b2brules.language.errors import LanguageError, Mistake, suggestion, wrong
from b2brules.language.literals import check_order, read_day, read_number
from b2brules.language.naming import Word, name_value, refuse_taken, resolve
from b2brules.language.parsing import ParseTree, only, parse, source_of, span_of
from b2brules.language.scope import ListPath, Scope
from b2brules.language.spelling import FUNCTIONS, MAXIMUM_DEPTH
from b2brules.language.tree import Comparator, Condition, Span, Value

WHOLE = NumberType(whole=True, minimum=Decimal(0))
TRUTH = TruthType()


def read_cell(text: str, column: Value, scope: Scope) -> Condition:
    """Return what a cell asks of its column's value, or raise `LanguageError`."""
    scope = evolve(scope, text=text)
    parsed = only(parse(text, "cell_text"))
    span = (0, len(text))
    if parsed.data in ("any_value", "otherwise"):
        return tree.Always(span=span)
    if isinstance(column.type, SetType):
        raise wrong(
            "wrong-type",
            "a set has no tests in cells",
            "use a `when` column: `price in changes`, `changes is empty`, `count(changes) > 1`",
            span,
        )
    negated = parsed.data == "none_of"
    tests = _tests(only(parsed) if negated else parsed, column, scope)
    return tree.Among(value=column, tests=tests, negated=negated, span=span)


def read_condition(text: str, scope: Scope) -> Condition:
    """Return the condition that the text states, or raise `LanguageError`."""
    parsed = only(parse(text, "condition_text"))
    if parsed.data in ("any_value", "otherwise"):
        return tree.Always(span=(0, len(text)))
    return _condition(parsed, evolve(scope, text=text), 0)


def read_value(text: str, scope: Scope) -> Value:
    """Return the value that a formula or a column heading stands for, or raise `LanguageError`."""
    return _value(only(parse(text, "value_text")), evolve(scope, text=text), 0)


# --- conditions ---------------------------------------------------------------------------------


def _condition(node: ParseTree, scope: Scope, depth: int) -> Condition:
    span = span_of(node)
    _refuse_depth(depth, span)
    match node.data:
        case "both" | "either":
            join = tree.And if node.data == "both" else tree.Or
            return join(conditions=_operands(node, scope, depth), span=span)
        case "negation":
            return tree.Not(condition=_condition(only(node), scope, depth + 1), span=span)
        case "quantified":
            return _quantified(node, scope, depth)
        case "compare":
            left, operator, right = node.children
            return _compare(left, str(operator), right, scope, span)
        case "between":
            middle, low, high = node.children
            above = _compare(middle, ">=", low, scope, span)
            below = _compare(middle, "<=", high, scope, span)
            bounds = (span_of(low)[0], span_of(high)[1])
            check_order(above.right, below.right, closed=True, span=bounds)
            return tree.And(conditions=(above, below), span=span)
        case "in_tests":
            return _in_tests(node, scope, depth)
        case "contains":
            return _contains(node, scope, span)
        case "is_known" | "is_unknown":
            return _is_known(node, scope, span)
        case "is_empty":
            return tree.IsEmpty(of=_set_or_items(only(node), scope, depth, "is empty"), span=span)
        case _:
            value = _value(node, scope, depth)
            if not isinstance(value.type, TruthType):
                message = f"{shown(source_of(node, scope.text))} is {describe(value.type)}"
                raise wrong(
                    "not-a-condition",
                    f"{message}, not true or false",
                    "compare it with something: `=`, `>=`, `in ( … )`",
                    span,
                )
            return tree.Holds(value=value, span=span)


def _refuse_depth(depth: int, span: Span) -> None:
    """Raise `LanguageError` where brackets and `some … satisfies` nest too deep."""
    if depth > MAXIMUM_DEPTH:
        message = f"conditions and values nest deeper than {MAXIMUM_DEPTH} levels"
        raise wrong("too-deep", message, "give the inner part a decision of its own", span)


def _operands(node: ParseTree, scope: Scope, depth: int) -> tuple[Condition, ...]:
    """Return what `and` or `or` joins; all mistakes in it are found."""
    conditions: list[Condition] = []
    mistakes: list[Mistake] = []
    compared: ParseTree | None = None
    listed: list[ParseTree] = []
    for child in cast(list[ParseTree], node.children):
        try:
            conditions.append(_condition(child, scope, depth + 1))
        except LanguageError as error:
            if compared is not None and _is_another_value(compared, child, scope):
                listed.append(child)
                continue
            mistakes += error.mistakes
        mistakes += _listed(compared, listed, str(node.data), scope)
        compared, listed = _last_comparison(child), []
    mistakes += _listed(compared, listed, str(node.data), scope)
    if mistakes:
        raise LanguageError(tuple(sorted(mistakes, key=lambda mistake: mistake.start)))
    return tuple(conditions)


def _last_comparison(node: ParseTree) -> ParseTree | None:
    if node.data == "both":
        node = cast(ParseTree, node.children[-1])
    return node if node.data == "compare" else None


def _is_another_value(compared: ParseTree, child: ParseTree, scope: Scope) -> bool:
    """Recognise ``c`` in ``a = b or c``, where it was meant as another value of ``a``."""
    if child.data not in ("path", "number", "negative", "date", "string"):
        return False
    try:
        _compare(compared.children[0], "=", child, scope, span_of(child))
    except LanguageError:
        return False
    return True


def _listed(
    compared: ParseTree | None, values: list[ParseTree], join: str, scope: Scope
) -> tuple[Mistake, ...]:
    """Return the mistake of listing the values of a comparison with ``and`` or ``or``."""
    if compared is None or not values:
        return ()
    left, operator, first = compared.children
    meant = ", ".join(source_of(one, scope.text) for one in (first, *values))
    written = f"{source_of(left, scope.text)} in ({meant})"
    help_ = "write each comparison in full"
    if (str(operator), join) == ("=", "either"):
        help_ = f"write `{written}`"
    elif (str(operator), join) == ("!=", "both"):
        help_ = f"write `not({written})`"
    said = ", ".join(f"{shown(source_of(one, scope.text))}" for one in values)
    are = "is a value" if len(values) == 1 else "are values"
    span = (span_of(values[0])[0], span_of(values[-1])[1])
    message = f"{said} {are}, and `and` and `or` join conditions"
    return wrong("value-after-or", message, help_, span).mistakes


def _quantified(node: ParseTree, scope: Scope, depth: int) -> Condition:
    quantifier, variable, selection, body = node.children
    name = str(variable)
    refuse_taken(name, span_of(variable), scope)
    items, inner, rest = _items(cast(ParseTree, selection), scope, depth, variable=name)
    if rest:
        raise wrong(
            "wrong-type",
            f"{shown(source_of(selection, scope.text))} is not a list of things",
            f"leave off `.{'.'.join(rest)}`, and write it behind `satisfies`",
            span_of(selection),
        )
    return tree.Quantified(
        quantifier=cast(Literal["some", "every"], str(quantifier)),
        items=items,
        condition=_condition(cast(ParseTree, body), inner, depth + 1),
        span=span_of(node),
    )


def _compare(
    left: ParseTree | Token, operator: str, right: ParseTree | Token, scope: Scope, span: Span
) -> tree.Compare:
    first = _value_or_word(cast(ParseTree, left), scope, 0)
    second = _value_or_word(cast(ParseTree, right), scope, 0)
    if isinstance(first, Word) and isinstance(second, Word):
        first, second = _named(first, second, scope)
    if isinstance(first, Word):
        assert not isinstance(second, Word)
        first = resolve(first, second.type, scope, second)
    elif isinstance(second, Word):
        second = resolve(second, first.type, scope, first)
    assert not isinstance(second, Word)
    compared = cast(Comparator, operator)
    check_comparable(first, compared, second, span_of(right))
    return tree.Compare(operator=compared, left=first, right=second, span=span)


def _named(first: Word, second: Word, scope: Scope) -> tuple[Value | Word, Value | Word]:
    """Return two bare words, one of them as what it names: the first if it names anything."""
    try:
        return name_value((first.name,), first.span, scope), second
    except LanguageError as error:
        try:
            named = name_value((second.name,), second.span, scope)
        except LanguageError:
            raise error from None
        of_set = named.type.member if isinstance(named.type, SetType) else named.type
        if first.name not in getattr(of_set, "values", ()):
            raise error from None
        return first, named


def _in_tests(node: ParseTree, scope: Scope, depth: int) -> Condition:
    subject, tests = cast(list[ParseTree], node.children)
    try:
        value = _value(subject, scope, depth)
    except LanguageError:
        _refuse_set_in_brackets(subject, tests, scope)
        raise
    return tree.Among(
        value=value, tests=_tests(tests, value, scope), negated=False, span=span_of(node)
    )


def _refuse_set_in_brackets(subject: ParseTree, tests: ParseTree, scope: Scope) -> None:
    try:
        holder = only(only(tests))
        value = _value(holder, scope, 0)
    except (LanguageError, ValueError):
        return
    if isinstance(value.type, SetType):
        holder_, member = source_of(holder, scope.text), source_of(subject, scope.text)
        help_ = f"write `{member} in {holder_}`, without brackets"
        raise wrong("wrong-type", f"`{holder_}` is a set, not a value", help_, span_of(tests))


def _tests(node: ParseTree, value: Value, scope: Scope) -> tuple[tree.Test, ...]:
    tests: list[tree.Test] = []
    mistakes: list[Mistake] = []
    for child in node.children:
        try:
            tests.append(_test(cast(ParseTree, child), value, scope))
        except LanguageError as error:
            mistakes += error.mistakes
    if mistakes:
        raise LanguageError(tuple(mistakes))
    return tuple(tests)


def _test(node: ParseTree, value: Value, scope: Scope) -> tree.Test:
    children = list(node.children)
    operators: tuple[str, ...]
    match node.data:
        case "equals":
            operators = ("=",)
        case "compares":
            operators = (str(children.pop(0)),)
        case _:
            closed_below = isinstance(children[0], Token)
            closed_above = isinstance(children[-1], Token)
            operators = (">=" if closed_below else ">", "<=" if closed_above else "<")
            children = [child for child in children if not isinstance(child, Token)]
    bounds = []
    for operator, child in zip(operators, children, strict=True):
        bound = _value_or_word(cast(ParseTree, child), scope, 0)
        if isinstance(bound, Word):
            bound = resolve(bound, value.type, scope, value)
        compared = cast(Comparator, operator)
        check_comparable(value, compared, bound, span_of(child))
        bounds.append((compared, bound))
    if len(bounds) == 2:
        closed = operators == (">=", "<=")
        check_order(bounds[0][1], bounds[1][1], closed=closed, span=span_of(node))
    return tree.Test(bounds=tuple(bounds), span=span_of(node))


def _contains(node: ParseTree, scope: Scope, span: Span) -> Condition:
    member, holder = cast(list[ParseTree], node.children)
    found, kind = _set(holder, scope)
    value = _value_or_word(member, scope, 0)
    if isinstance(value, Word):
        value = resolve(value, kind.member, scope)
    check_comparable(value, "=", found, span_of(member), against=kind.member)
    return tree.Contains(set=found, member=value, span=span)


def _is_known(node: ParseTree, scope: Scope, span: Span) -> Condition:
    known = node.data == "is_known"
    if not scope.asks_what_is_known:
        raise wrong(
            "asks-what-is-known",
            f"a decision may not ask what {'is known' if known else 'is unknown'}",
            "decisions follow from facts alone; ask this in a recommendation",
            span,
        )
    child = only(node)
    if child.data in ("path", "filtered") and _list_of(child, scope) is not None:
        items, _, rest = _items(child, scope, 0)
        if items.condition is not None:
            message = f"{shown(source_of(child, scope.text))} is part of a list"
            help_ = "ask of a fact, a decision or a whole list whether it is known"
            raise wrong("wrong-type", message, help_, span_of(child))
        if not rest:
            return tree.IsKnown(of=items, known=known, span=span)
    return tree.IsKnown(of=_value(child, scope, 0), known=known, span=span)


# --- values -------------------------------------------------------------------------------------


def _value(node: ParseTree, scope: Scope, depth: int) -> Value:
    found = _value_or_word(node, scope, depth)
    return name_value((found.name,), found.span, scope) if isinstance(found, Word) else found


def _value_or_word(node: ParseTree, scope: Scope, depth: int) -> Value | Word:
    span = span_of(node)
    _refuse_depth(depth, span)
    match node.data:
        case "number":
            number = read_number(str(node.children[0]), span)
            return tree.Constant(value=number, type=NUMBER, span=span)
        case "date":
            day = read_day(str(node.children[0]), span)
            return tree.Constant(value=day, type=DateType(), span=span)
        case "string":
            text = str(node.children[0])[1:-1]
            return tree.Constant(value=text, type=TextType(), span=span)
        case "true" | "false":
            return tree.Constant(value=node.data == "true", type=TRUTH, span=span)
        case "negative":
            zero = tree.Constant(value=Decimal(0), type=NUMBER, span=span)
            operand = _value(only(node), scope, depth + 1)
            if isinstance(operand, tree.Constant) and isinstance(operand.value, Decimal):
                return tree.Constant(value=-operand.value, type=NUMBER, span=span)
            return combine("-", zero, operand, span)
        case "chain":
            return _chain(node, scope, depth)
        case "path":
            names = tuple(str(name) for name in node.children)
            return Word(names[0], span) if len(names) == 1 else name_value(names, span, scope)
        case "call":
            return _call(node, scope, depth)
        case "filtered":
            raise wrong(
                "wrong-type",
                f"{shown(source_of(node, scope.text))} is part of a list, not a value",
                "count it, or ask `some x in people satisfies …`, or `is empty`",
                span,
            )
        case _:
            raise wrong(
                "wrong-type",
                f"{shown(source_of(node, scope.text))} is a condition, not a value",
                "a value is wanted here; a condition stands alone or between `and` and `or`",
                span,
            )


def _chain(node: ParseTree, scope: Scope, depth: int) -> Value:
    if len(node.children) > 2 * MAXIMUM_DEPTH:
        message = f"more than {MAXIMUM_DEPTH} terms in a row"
        raise wrong("too-long", message, "use another formula for a part of it", span_of(node))
    first, *rest = node.children
    value = _value(cast(ParseTree, first), scope, depth + 1)
    start = span_of(node)[0]
    for operator, operand in zip(rest[::2], rest[1::2], strict=True):
        right = _value(cast(ParseTree, operand), scope, depth + 1)
        value = combine(str(operator), value, right, (start, span_of(operand)[1]))
    return value


def _call(node: ParseTree, scope: Scope, depth: int) -> Value:
    name, *arguments = node.children
    function, span = str(name), span_of(node)
    parts = [cast(ParseTree, argument) for argument in arguments]
    if function not in FUNCTIONS:
        raise wrong(
            "unknown-function",
            f"there is no function `{function}`",
            suggestion(function, FUNCTIONS) or f"there are {', '.join(FUNCTIONS)}",
            span_of(name),
        )
    if function == "count":
        return _count(parts, scope, depth, span)
    if len(parts) != 1:
        message = f"`{function}` takes one thing, not {len(parts)}"
        raise wrong("wrong-type", message, _usage(function), span)
    if function in ("days_since", "days_until"):
        day = _value(parts[0], scope, depth + 1)
        if not isinstance(day.type, DateType):
            message = (
                f"{shown(source_of(parts[0], scope.text))} is {describe(day.type)}, not a date"
            )
            raise wrong("wrong-type", message, _usage(function), span_of(parts[0]))
        direction: Literal[1, -1] = 1 if function == "days_since" else -1
        return tree.Days(date=day, direction=direction, type=NumberType(whole=True), span=span)
    return _aggregate(cast(Literal["sum", "min", "max"], function), parts[0], scope, depth, span)


def _usage(function: str) -> str:
    """Return how a function of one thing is written."""
    if function in ("days_since", "days_until"):
        return f"write `{function}(close_date)`"
    return f"write `{function}(competitors.superiority)`: a list, and a number of each thing in it"


def _count(parts: list[ParseTree], scope: Scope, depth: int, span: Span) -> Value:
    if len(parts) == 1 and parts[0].data in ("path", "filtered"):
        counted = _set_or_items(parts[0], scope, depth, "count", truth=True)
        if isinstance(counted, tree.Items):
            return tree.CountItems(items=counted, type=WHOLE, span=span)
        if isinstance(counted.type, SetType):
            return tree.CountSet(set=counted, type=WHOLE, span=span)
    conditions: list[Condition] = []
    mistakes: list[Mistake] = []
    for part in parts:
        try:
            conditions.append(_condition(part, scope, depth + 1))
        except LanguageError as error:
            mistakes += error.mistakes
    if mistakes:
        raise LanguageError(tuple(mistakes))
    return tree.CountConditions(conditions=tuple(conditions), type=WHOLE, span=span)


def _set_or_items(
    node: ParseTree, scope: Scope, depth: int, asked: str, *, truth: bool = False
) -> tree.Fact | tree.Items:
    if node.data in ("path", "filtered") and _list_of(node, scope) is not None:
        items, _, rest = _items(node, scope, depth)
        if not rest:
            return items
    value = _value(node, scope, depth)
    if isinstance(value, tree.Fact) and isinstance(value.type, SetType):
        return value
    if truth and isinstance(value, tree.Fact) and isinstance(value.type, TruthType):
        return value
    message = f"{shown(source_of(node, scope.text))} is {describe(value.type)}"
    help_ = f"`{asked}` goes with a list or a set"
    if truth:
        help_ = f"`{asked}` goes with a list, a set, or conditions"
    raise wrong("wrong-type", message, help_, span_of(node))


def _set(node: ParseTree, scope: Scope) -> tuple[tree.Fact, SetType]:
    """Return the set behind ``in``, and its type."""
    written = source_of(node, scope.text)
    help_ = f"values stand in brackets: `in ({written})`"
    try:
        value = _value(node, scope, 0)
    except LanguageError as error:
        (mistake,) = error.mistakes
        meant = (mistake.help or "").startswith("did you mean")
        if len(node.children) > 1 or meant or mistake.code != "unknown-name":
            raise
        raise wrong("wrong-type", f"{shown(written)} is not a set", help_, span_of(node)) from None
    if isinstance(value, tree.Fact) and isinstance(value.type, SetType):
        return value, value.type
    message = f"{shown(written)} is {describe(value.type)}, not a set"
    raise wrong("wrong-type", message, help_, span_of(node))


def _aggregate(
    function: Literal["sum", "min", "max"],
    node: ParseTree,
    scope: Scope,
    depth: int,
    span: Span,
) -> Value:
    written, place = source_of(node, scope.text), span_of(node)
    if node.data not in ("path", "filtered") or _list_of(node, scope) is None:
        message = f"{shown(written)} is not a value of the things in a list"
        raise wrong("wrong-type", message, _usage(function), place)
    items, inner, rest = _items(node, scope, depth)
    if not rest:
        message = f"{shown(written)} is a list, not a value of each thing in it"
        raise wrong("wrong-type", message, _usage(function), place)
    value = name_value((items.variable, *rest), place, inner)
    if not isinstance(value.type, NumberType | MoneyType):
        message = f"{shown(written)} is {describe(value.type)}"
        raise wrong("wrong-type", message, f"`{function}` takes numbers or amounts", place)
    return tree.Aggregate(function=function, items=items, value=value, type=value.type, span=span)


# --- lists --------------------------------------------------------------------------------------


def _list_of(node: ParseTree, scope: Scope) -> tuple[ListPath, tuple[str, ...]] | None:
    """Return where the list stands that a path or a filtered path begins with, and what follows."""
    path = node if node.data == "path" else cast(ParseTree, node.children[0])
    names = tuple(str(name) for name in path.children)
    for length in range(len(names), 0, -1):
        found = scope.list_named(names[:length])
        if found is not None and names[0] not in scope.variables:
            return found, names[length:]
    return None


def _items(
    node: ParseTree, scope: Scope, depth: int, variable: str | None = None
) -> tuple[tree.Items, Scope, tuple[str, ...]]:
    found = _list_of(node, scope)
    if found is None or (node.data == "filtered" and found[1]):
        path_ = node if node.data == "path" else cast(ParseTree, node.children[0])
        written = source_of(path_, scope.text)
        lists = [path[-1] for path in scope.vocabulary.lists()]
        help_ = suggestion(written, lists) or f"lists are {', '.join(lists)}"
        raise wrong("unknown-name", f"{shown(written)} is not a list", help_, span_of(path_))
    path, rest = found
    name = variable if variable is not None else f"${len(scope.variables)}"
    condition = None
    if node.data == "filtered":
        inner = scope.inside(name, path, here=True)
        condition = _condition(cast(ParseTree, node.children[1]), inner, depth + 1)
        rest = tuple(str(token) for token in node.children[2:])
    items = tree.Items(list=path, variable=name, condition=condition, span=span_of(node))
    return items, scope.inside(name, path, here=False), rest
