"""Named numbers of a rulebook, and the caller's own values for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from attrs import evolve

from b2brules.facts.currencies import code_meant
from b2brules.facts.types import Money, MoneyType, NumberType, ValueType
from b2brules.facts.values import RefusedError, accept, shown
from b2brules.language import suggestion
from b2brules.ruleset.cells import is_blank, read_date, read_name, read_number, read_range
from b2brules.ruleset.citations import read_citations
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import RulesetDraft
from b2brules.ruleset.located import Located
from b2brules.ruleset.model import Parameter, Position, Source
from b2brules.ruleset.names import Names
from b2brules.ruleset.table import TableRow, check_columns

COLUMNS = ("name", "value", "unit", "range", "source", "basis", "checked")
_CURRENCY = re.compile(r"[A-Z]{3}")
_UNIT = re.compile(r"[a-z%][a-z0-9 _/%-]*")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_AMOUNT = re.compile(r"(?P<amount>-?[0-9]+(\.[0-9]+)?) +(?P<currency>\S+)")


class ParameterError(ValueError):
    """Values for parameters that the rulebook does not take; ``problems`` lists all of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_parameters(
    draft: RulesetDraft, sources: Mapping[str, Source], names: Names, findings: Findings
) -> list[Parameter]:
    """Read the parameters of a rule file, with the values that it gives."""
    table = draft.parameters
    if table is None or not check_columns(table, findings, required=COLUMNS):
        return []
    parameters = []
    for row in table.rows:
        parameter = _read_parameter(row, sources, names, findings)
        if parameter is None:
            findings.lose_name(row["name"].text)
        else:
            parameters.append(parameter)
    return parameters


def override(
    parameters: Mapping[str, Parameter], values: Mapping[str, object]
) -> tuple[dict[str, Parameter], tuple[str, ...]]:
    """Put the caller's values in the place of those in the files.

    A value is a number or its text, for an amount also :class:`Money`, a mapping with ``amount``
    and ``currency``, or a text such as ``"12000 CNY"``.

    Returns:
        The parameters in force, and what is wrong with the values.
    """
    result = dict(parameters)
    problems: list[str] = []
    for name, raw in values.items():
        parameter = parameters.get(name)
        if parameter is None:
            near = suggestion(str(name), parameters)
            remedy = near or "there are " + ", ".join(f"`{known}`" for known in sorted(parameters))
            problems.append(f"{shown(name)} is not a parameter; {remedy}")
            continue
        try:
            value = accept_value(parameter, raw)
        except RefusedError as refusal:
            problems += [f"`{name}`: {message}" for message in refusal.messages]
            continue
        result[name] = evolve(parameter, value=value)
    return result, tuple(problems)


def accept_value(parameter: Parameter, raw: object) -> Decimal | Money:
    """Return the value that a caller gives to a parameter, in its one representation.

    Raises:
        RefusedError: It is not such a number or amount, or out of range.
    """
    if isinstance(raw, str):
        amount = _AMOUNT.fullmatch(raw.strip())
        if _NUMBER.fullmatch(raw.strip()):
            raw = Decimal(raw.strip())
        elif amount is not None and isinstance(parameter.type, MoneyType):
            raw = {"amount": Decimal(amount["amount"]), "currency": amount["currency"]}
    type = parameter.type
    if isinstance(type, NumberType):
        # The range is told below, in the same words for numbers and amounts.
        type = NumberType(whole=type.whole)
    value = accept(type, raw)
    if isinstance(value, Money):
        if value.currency not in (None, parameter.unit):
            raise RefusedError(
                f"`{value.currency}` is not its currency; give an amount in {parameter.unit}"
            )
        value = Money(amount=value.amount, currency=parameter.unit)
    number = value.amount if isinstance(value, Money) else Decimal(str(value))
    low, high = parameter.minimum, parameter.maximum
    if low is not None and high is not None and not low <= number <= high:
        raise RefusedError(f"{shown(number)} is out of its range; give {low} to {high}")
    return value if isinstance(value, Money) else number


def _read_parameter(
    row: TableRow, sources: Mapping[str, Source], names: Names, findings: Findings
) -> Parameter | None:
    name = read_name(row["name"], findings)
    unclaimed = name is not None and names.claim(
        row["name"], "a parameter", findings, code="duplicate-name"
    )
    number = read_number(row["value"], findings)
    unit = _read_unit(row["unit"], findings)
    blank = is_blank(row["range"])
    bounds = None if blank else read_range(row["range"], findings)
    checked = read_date(row["checked"], findings)
    citations, basis = read_citations(row["source"], row["basis"], sources, findings)
    if name is None or not unclaimed or number is None or unit is None or checked is None:
        return None
    low, high = bounds or (None, None)
    if low is not None and high is not None and not low <= number <= high:
        findings.report(
            row["value"].place,
            code="out-of-range",
            message=f"`{row['value'].text}` is out of the range of `{name}`",
            help=f"it goes from {low} to {high}",
        )
    type: ValueType = NumberType(whole=unit == "days", minimum=low, maximum=high)
    value: Decimal | Money = number
    if _CURRENCY.fullmatch(unit):
        type, value = MoneyType(), Money(amount=number, currency=unit)
    elif unit == "days" and number != number.to_integral_value():
        findings.report(
            row["value"].place,
            code="invalid-number",
            message=f"`{row['value'].text}` is not a whole number of days",
            help="write a whole number",
        )
    place = row["name"].place
    return Parameter(
        name=name,
        value=value,
        default=value,
        type=type,
        unit=unit,
        minimum=low,
        maximum=high,
        citations=citations,
        basis=basis,
        checked=checked,
        position=Position(path=place.path, line=place.line, column=place.column),
    )


def _read_unit(cell: Located, findings: Findings) -> str | None:
    unit = cell.folded
    meant = code_meant(unit)
    if meant is None and (_CURRENCY.fullmatch(unit) or _UNIT.fullmatch(unit)):
        return unit
    findings.report(
        cell.place,
        code="invalid-unit",
        message=f"{shown(unit)} is not a unit" if unit else "this parameter has no unit",
        help=f"did you mean `{meant}`?"
        if meant
        else "write what the number counts in small letters (`days`, `people`, `to one`), or a "
        "currency of three capital letters (`CNY`)",
    )
    return None
