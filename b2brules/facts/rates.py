"""Rates of exchange, as a caller gives them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from b2brules.facts.currencies import code_meant
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.values import DIGITS, shown

PLACES = 20
PAIR = re.compile(r"([A-Z]{3})/([A-Z]{3})")


def read_rates(rates: Mapping[str, object]) -> Mapping[tuple[str, str], Decimal]:
    """Return rates of exchange by their two currencies.

    Args:
        rates: By pair: ``{"USD/CNY": 7.1}`` says that one USD is worth 7.1 CNY. Numbers are int,
            Decimal or float, above zero, with at most 15 digits before the point and 20
            behind it.

    Raises:
        FactsError: A pair or a number that is not one; all of them are listed.
        TypeError: It is no mapping.
    """
    if not isinstance(rates, Mapping):
        example = '{"USD/CNY": 7.1}'
        raise TypeError(f"rates maps pairs of currencies to numbers, {example}, not {rates!r:.80}")
    found: dict[tuple[str, str], Decimal] = {}
    problems = []
    for pair, rate in rates.items():
        currencies = PAIR.fullmatch(pair) if isinstance(pair, str) else None
        number = Decimal(repr(rate)) if isinstance(rate, float) else rate
        if currencies is None:
            message = "a rate belongs to two currencies; write it as `USD/CNY`"
            problems.append(Problem(path=f"rates[{pair}]", message=message, line=None))
        elif any(map(code_meant, currencies.groups())):
            meant = "/".join(code_meant(code) or code for code in currencies.groups())
            message = f"`{pair}` are not the codes of two currencies; did you mean `{meant}`?"
            problems.append(Problem(path=f"rates[{pair}]", message=message, line=None))
        elif currencies[1] == currencies[2]:
            message = "a rate belongs to two different currencies"
            problems.append(Problem(path=f"rates[{pair}]", message=message, line=None))
        elif isinstance(number, bool) or not isinstance(number, int | Decimal):
            is_text = isinstance(rate, str) and re.fullmatch(r"[0-9]+(\.[0-9]+)?", rate)
            remedy = "; write it without quotes" if is_text else ""
            message = f"{shown(rate)} is not a number{remedy}"
            problems.append(Problem(path=f"rates[{pair}]", message=message, line=None))
        elif not Decimal(number).is_finite() or number <= 0:
            message = f"{shown(rate)} is not above zero"
            problems.append(Problem(path=f"rates[{pair}]", message=message, line=None))
        elif not _is_written_out(Decimal(number)):
            message = (
                f"{shown(rate)} has more than {DIGITS} digits before the point or {PLACES} behind "
                "it; round it"
            )
            problems.append(Problem(path=f"rates[{pair}]", message=message, line=None))
        else:
            one, other = currencies.groups()
            if (other, one) in found:
                message = f"`{other}/{one}` is given too; give one of the two"
                problems.append(Problem(path=f"rates[{pair}]", message=message, line=None))
            found[one, other] = Decimal(number)
    if problems:
        raise FactsError(problems)
    return found


def _is_written_out(number: Decimal) -> bool:
    exponent = number.as_tuple().exponent
    return number.adjusted() < DIGITS and isinstance(exponent, int) and exponent >= -PLACES
