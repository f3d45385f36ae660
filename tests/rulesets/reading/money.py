"""Amounts with their currencies, exact, and what a rate of exchange makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from tests.rulesets.reading.truth import Facts, Truth, known

Rates = Mapping[str, Decimal]


class Number(NamedTuple):
    """What a formula comes to, exact, with the currency of an amount of money."""

    value: Fraction
    currency: str | None = None

    def rounded(self) -> Number:
        """Round to six places, half to even."""
        return Number(Fraction(round(self.value * 10**6), 10**6), self.currency)


Formula = Number | None


def currency_of_deal(facts: Facts) -> str | None:
    currency: str | None = known(facts, "currency")
    return currency


def currency_of_account(facts: Facts) -> str | None:
    """Return the account's currency, else the deal's."""
    return known(facts, "account.currency") or currency_of_deal(facts)


def money(holder: Facts, path: str, currency: str | None) -> Formula:
    """Return an amount: a number in the currency given, or a mapping that names its own.

    A number without a currency is not yet an amount of money.
    """
    written = known(holder, path)
    if isinstance(written, Mapping):
        written, currency = written["amount"], written["currency"]
    if written is None or currency is None:
        return None
    return Number(Fraction(Decimal(str(written))), currency)


def exchanged(amount: Formula, currency: str | None, rates: Rates) -> Formula:
    """Return the amount in another currency; without a rate between the two it is unknown."""
    if amount is None or currency is None or amount.currency == currency:
        return amount if currency else None
    if rate := rates.get(f"{amount.currency}/{currency}"):
        return Number(amount.value * Fraction(rate), currency)
    if rate := rates.get(f"{currency}/{amount.currency}"):
        return Number(amount.value / Fraction(rate), currency)
    return None


def above(amount: Formula, threshold: int, currency: str, rates: Rates) -> Truth:
    """Whether the amount is more than so much of a currency."""
    same = exchanged(amount, currency, rates)
    return None if same is None else same.value > threshold


def total(amounts: Iterable[Formula], currency: str | None, rates: Rates) -> Formula:
    """Return the sum; it is unknown if one of the amounts is.

    The vocabulary does not say in which currency: it is the one that all of the amounts share,
    else the one given.
    """
    amounts = list(amounts)
    theirs = {None if amount is None else amount.currency for amount in amounts}
    common = theirs.pop() if len(theirs) == 1 else currency
    same = [exchanged(amount, common, rates) for amount in amounts]
    if common is None or None in same:
        return None
    return Number(sum((one.value for one in same if one), Fraction(0)), common)
