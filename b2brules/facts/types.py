"""The types that a fact, a decision or a value in a rule can have."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen


class Never(enum.Enum):
    """The word ``never`` in place of a past date: known, and longer ago than any number of days."""

    NEVER = "never"


NEVER = Never.NEVER


@frozen(kw_only=True)
class Money:
    """An amount of money.

    Args:
        amount: The amount, in whole units of the currency.
        currency: An ISO 4217 code such as ``"CNY"``. ``None`` stands for the currency of the
            document: the account's for amounts inside ``account``, else the deal's.
    """

    amount: Decimal
    currency: str | None = None


@frozen
class TruthType:
    """True or false."""

    name = "truth"


@frozen(kw_only=True)
class NumberType:
    """An exact decimal with at most 15 digits, 6 of them after the point."""

    whole: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def name(self) -> str:
        """What a rule author calls it."""
        return "whole number" if self.whole else "number"


@frozen
class MoneyType:
    """An amount in a currency.

    Args:
        minimum: The least that it may be; ``None`` for any amount.
    """

    name = "money"

    minimum: Decimal | None = None


@frozen
class TextType:
    """Any text, without control characters.

    Args:
        form: What the text has to look like: ``any``; ``id``, which stands on one line and is
            neither empty nor longer than 200 characters; ``currency``, three capital letters.
    """

    form: Literal["any", "id", "currency"] = field(default="any", eq=False)
    name = "text"


@frozen(kw_only=True)
class DateType:
    """A day from 1900-01-01 to 2199-12-31; where ``past`` is set it may be the word ``never``."""

    past: bool = False
    name = "date"


@frozen
class EnumerationType:
    """One of a few words, in their order.

    Args:
        values: The allowed words, in the order that the method gives them.
        labels: For each word, what to call it in Chinese; a word without one is shown as it is.
    """

    values: tuple[str, ...]
    labels: Mapping[str, str] = field(factory=dict, eq=False, repr=False)
    name = "enumeration"


@frozen
class IdentifierType:
    """The id of a thing in a list of the document, such as a person's in ``people``."""

    list_name: str
    name = "id"


@frozen
class SetType:
    """Any number of members, none of them twice."""

    member: EnumerationType | IdentifierType
    name = "set"


@frozen
class RecordType:
    """A group of facts that belongs to one thing, such as ``event`` or ``account``."""

    cls: type
    name = "record"


@frozen
class ListType:
    """A list of things with ids, such as ``people``."""

    cls: type
    name = "list"


ValueType: TypeAlias = (
    TruthType
    | NumberType
    | MoneyType
    | TextType
    | DateType
    | EnumerationType
    | IdentifierType
    | SetType
)
"""What a single fact, decision or parameter can hold."""

FactType: TypeAlias = ValueType | RecordType | ListType
"""What a place in a facts document can hold."""
