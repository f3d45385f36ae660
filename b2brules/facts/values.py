"""Single values of facts: what is accepted as a truth value, a number, a date, … and what is not.

Reading a document and constructing an object in Python go through :func:`accept`, so both are
equally strict, and an equal value always has one representation (``3.50`` becomes ``3.5``).
"""

from __future__ import annotations

import datetime
import difflib
import functools
import re
from collections.abc import Iterable, Mapping, Sized
from decimal import Decimal

from b2brules.facts.currencies import code_meant
from b2brules.facts.types import (
    NEVER,
    DateType,
    EnumerationType,
    IdentifierType,
    Money,
    MoneyType,
    Never,
    NumberType,
    SetType,
    TextType,
    TruthType,
    ValueType,
)

DIGITS = 15
PLACES = 6
ID_LENGTH = 200
TEXT_LENGTH = 10_000
LONGEST_SET = 1000
LONGEST_LIST = 200
FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2199, 12, 31)
_SHOWN = 60
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class RefusedError(ValueError):
    """A value that a fact cannot have; ``messages`` says why, one sentence a problem."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


def accept(type_: ValueType, raw: object) -> object:
    """The value that ``raw`` stands for, in its one representation.

    Args:
        type_: What the fact can hold.
        raw: A plain value (``bool``, ``int``, ``float``, ``Decimal``, ``str``, ``date``, a list,
            a mapping for money) or an already accepted one. Not ``None``, which is *unknown*.

    Returns:
        ``bool``, ``int`` for a whole number, ``Decimal``, ``str``, ``date`` or ``NEVER``,
        :class:`Money`, or a ``frozenset`` of words.

    Raises:
        RefusedError: It is not such a value.
    """
    if isinstance(raw, str) and raw == "?" and not isinstance(type_, TextType | IdentifierType):
        raise RefusedError("`?` is not a value; leave an unknown fact blank")
    match type_:
        case TruthType():
            return _truth(raw)
        case NumberType():
            return _number(type_, raw)
        case TextType():
            return _text(type_, raw)
        case DateType():
            return _date(type_, raw)
        case EnumerationType():
            return _word(type_, raw)
        case MoneyType():
            return _money(type_, raw)
        case IdentifierType():
            return _id(raw)
        case SetType():
            return _set(type_, raw)


def require_length(things: Sized) -> None:
    """Refuse a list of more things than any engine is to be asked to join with one another.

    Raises:
        RefusedError: It is too long.
    """
    if len(things) > LONGEST_LIST:
        raise RefusedError(
            f"the list has {len(things)} items; at most {LONGEST_LIST} are read, so keep those "
            "that matter"
        )


def require_day(day: object) -> None:
    """Refuse what is no day that rules can calculate with.

    Raises:
        TypeError: It is no ``datetime.date``.
        ValueError: It is out of range.
    """
    if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
        raise TypeError(f"as_of is a datetime.date, not {day!r}")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"as_of is from {FIRST_DAY.year} to {LAST_DAY.year}, not {day}")


def printable(text: str) -> str:
    """Text that any terminal can print on one line: what cannot stand there is escaped."""
    clipped = text[: _SHOWN + 1]
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", clipped)


def shown(raw: object) -> str:
    """A plain value as a message quotes it: clipped, printable, in backticks."""
    if isinstance(raw, str):
        text = printable(raw)
    elif isinstance(raw, bool):
        text = str(raw).lower()
    elif isinstance(raw, int):
        # Python refuses to print an int of thousands of digits, and nobody would read it.
        text = str(raw) if abs(raw) < 10**_SHOWN else f"a number of more than {_SHOWN} digits"
    elif isinstance(raw, Mapping):
        return "a mapping"
    elif isinstance(raw, list | tuple | set | frozenset):
        return "a list"
    elif raw is None:
        text = "null"
    elif isinstance(raw, float | Decimal | datetime.date):
        text = str(raw)
    else:
        return f"a value of type `{type(raw).__name__}`"
    return f"`{text[:_SHOWN]}…`" if len(text) > _SHOWN else f"`{text}`"


def suggestion(word: str, allowed: Iterable[str]) -> str:
    """``; did you mean `x`?`` if ``word`` is close to an allowed one, else nothing."""
    return _suggestion(word[:ID_LENGTH].lower(), tuple(allowed))


# A slip comes again with every deal of a pipeline, and comparing takes long.
@functools.lru_cache(maxsize=1024)
def _suggestion(word: str, allowed: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, allowed, n=1)
    return f"; did you mean `{close[0]}`?" if close else ""


def _truth(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.lower() in ("true", "false"):
        raise RefusedError(
            f'`"{raw}"` is text, not a truth value; write {raw.lower()} without quotes'
        )
    raise RefusedError(f"{shown(raw)} is not a truth value; write true or false")


def _number(type_: NumberType, raw: object) -> int | Decimal:
    number = _decimal(raw, type_.name)
    if type_.whole and number != number.to_integral_value():
        raise RefusedError(f"{shown(number)} is not a whole number")
    if type_.minimum is not None and number < type_.minimum:
        raise RefusedError(
            f"{shown(number)} is less than {type_.minimum}, the least that is allowed"
        )
    if type_.maximum is not None and number > type_.maximum:
        raise RefusedError(
            f"{shown(number)} is more than {type_.maximum}, the most that is allowed"
        )
    return int(number) if type_.whole else number


def _decimal(raw: object, name: str) -> Decimal:
    """An exact number without superfluous zeros."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        if isinstance(raw, str) and re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", raw):
            raise RefusedError(f'`"{raw[:_SHOWN]}"` is text, not a {name}; write it without quotes')
        raise RefusedError(f"{shown(raw)} is not a {name}; write it as 10000 or 2.5")
    if isinstance(raw, int):
        if abs(raw) >= 10**DIGITS:
            raise RefusedError(f"{shown(int(raw))} has more than {DIGITS} digits")
        return Decimal(int(raw))
    # The shortest text that stands for the float is what a person wrote.
    number = Decimal(repr(float(raw))) if isinstance(raw, float) else raw
    if not number.is_finite():
        raise RefusedError(f"{shown(number)} is not a {name}; a number has to be finite")
    if number.is_zero():
        return Decimal(0)
    # Before any arithmetic: 1e999999 must not be written out.
    if number.adjusted() >= DIGITS:
        raise RefusedError(f"{shown(number)} has more than {DIGITS} digits")
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    kept = len(digits)
    while digits[kept - 1] == 0:
        kept -= 1
    exponent += len(digits) - kept
    if exponent < -PLACES:
        raise RefusedError(
            f"{shown(number)} has more than {PLACES} digits after the point; round it"
        )
    if max(number.adjusted() + 1, 0) + max(-exponent, 0) > DIGITS:
        raise RefusedError(f"{shown(number)} has more than {DIGITS} digits; round it")
    number = Decimal((sign, digits[:kept], exponent))
    return number.quantize(Decimal(1)) if exponent > 0 else number


def _text(type_: TextType, raw: object) -> str:
    if type_.form == "id":
        return _id(raw)
    text = _characters(raw)
    if type_.form == "currency":
        return _currency(text)
    if len(text) > TEXT_LENGTH:
        raise RefusedError(
            f"the text has {len(text)} characters; at most {TEXT_LENGTH} are read, so shorten it"
        )
    return text


def _characters(raw: object) -> str:
    if not isinstance(raw, str):
        remedy = "; put it in quotes" if isinstance(raw, int | float | Decimal) else ""
        raise RefusedError(f"{shown(raw)} is not text{remedy}")
    text = str.__str__(raw).replace("\r\n", "\n")
    if found := _SURROGATE.search(text):
        raise RefusedError(f"the text has half of a character (U+{ord(found[0]):04X}); remove it")
    if found := _CONTROL.search(text):
        raise RefusedError(f"the text has a control character (U+{ord(found[0]):04X}); remove it")
    return text


def _id(raw: object) -> str:
    text = _characters(raw)
    if not text.strip():
        raise RefusedError("an id must not be empty")
    if len(text) > ID_LENGTH:
        raise RefusedError(
            f"{shown(text)} is longer than {ID_LENGTH} characters, too long for an id"
        )
    if "\t" in text or text.splitlines() != [text]:
        raise RefusedError(
            f"{shown(text)} has a line break or a tab in it, which an id must not have"
        )
    return text


def _currency(text: str) -> str:
    if meant := code_meant(text):
        raise RefusedError(f"{shown(text)} is not the code of a currency; did you mean `{meant}`?")
    if _CURRENCY.fullmatch(text):
        return text
    near = text.upper()
    remedy = f"did you mean `{near}`?" if _CURRENCY.fullmatch(near) else "write one such as CNY"
    raise RefusedError(f"{shown(text)} is not a currency of three capital letters; {remedy}")


def _date(type_: DateType, raw: object) -> datetime.date | Never:
    if raw is NEVER or (raw == NEVER.value and isinstance(raw, str)):
        if type_.past:
            return NEVER
        raise RefusedError("`never` is for dates in the past only; leave an unknown date blank")
    if isinstance(raw, datetime.datetime):
        raise RefusedError(
            f"{shown(raw)} has a time of day; give the date alone, such as 2026-11-21"
        )
    if isinstance(raw, datetime.date):
        day = raw
    else:
        remedy = "write a date as year-month-day, such as 2026-11-21"
        if type_.past:
            remedy += ", or never"
        if not isinstance(raw, str) or not _DAY.fullmatch(raw):
            raise RefusedError(f"{shown(raw)} is not a date; {remedy}")
        try:
            day = datetime.date.fromisoformat(raw)
        except ValueError:
            raise RefusedError(f"{shown(raw)} is not in the calendar; {remedy}") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise RefusedError(f"{shown(day)} is not between {FIRST_DAY} and {LAST_DAY}")
    return day


def _word(type_: EnumerationType, raw: object) -> str:
    if isinstance(raw, str):
        word = str.__str__(raw)
        if word in type_.values:
            return word
        for value, label in type_.labels.items():
            if label == word:
                remedy = f"; did you mean `{value}`?"
                break
        else:
            remedy = suggestion(re.sub(r"[\s-]+", "_", word.strip()), type_.values)
    else:
        remedy = ""
    raise RefusedError(f"{shown(raw)} is not one of {', '.join(type_.values)}{remedy}")


def _set(type_: SetType, raw: object) -> frozenset[str]:
    if not isinstance(raw, list | tuple | set | frozenset):
        remedy = f"; write [{raw}]" if isinstance(raw, str) and len(raw) < _SHOWN else ""
        raise RefusedError(f"{shown(raw)} is not a list{remedy}")
    if len(raw) > LONGEST_SET:
        raise RefusedError(f"the list has {len(raw)} members; at most {LONGEST_SET} are read")
    members: set[str] = set()
    messages = []
    for item in raw:
        if item is None:
            messages.append("a member is empty; take it out, or leave the whole list blank")
            continue
        try:
            member = accept(type_.member, item)
        except RefusedError as refusal:
            messages.extend(refusal.messages)
            continue
        assert isinstance(member, str)
        if member in members:
            messages.append(f"{shown(member)} stands in the list twice")
        members.add(member)
    if messages:
        raise RefusedError(*messages)
    return frozenset(members)


def _amount(type_: MoneyType, raw: object) -> Decimal:
    number = _decimal(raw, "number")
    if type_.minimum is not None and number < type_.minimum:
        raise RefusedError(f"{shown(raw)} is less than {type_.minimum}, the least that is allowed")
    return number


def _money(type_: MoneyType, raw: object) -> Money:
    if isinstance(raw, Money):
        raw = {"amount": raw.amount, "currency": raw.currency}
    if not isinstance(raw, Mapping):
        try:
            return Money(amount=_amount(type_, raw))
        except RefusedError as refusal:
            if isinstance(raw, str | list | tuple):
                raise RefusedError(
                    f"{shown(raw)} is not an amount of money; write a number, "
                    "or {amount: 12000, currency: CNY}"
                ) from None
            raise refusal
    messages = []
    for key in raw:
        if key not in ("amount", "currency"):
            close = suggestion(key, ("amount", "currency")) if isinstance(key, str) else ""
            messages.append(f"{shown(key)} is not a part of an amount of money{close}")
    amount, currency = raw.get("amount"), raw.get("currency")
    try:
        if amount is None:
            raise RefusedError("the `amount` is missing; write {amount: 12000, currency: CNY}")
        number = _amount(type_, amount)
    except RefusedError as refusal:
        messages.extend(refusal.messages)
    try:
        code = None if currency is None else _currency(_characters(currency))
    except RefusedError as refusal:
        messages.extend(refusal.messages)
    if messages:
        raise RefusedError(*messages)
    return Money(amount=number, currency=code)
