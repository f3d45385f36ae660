"""Writing a deal as a YAML file: what is known of it and nothing else; it reads back equal."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from b2brules.facts.account import Account
from b2brules.facts.fields import types_of
from b2brules.facts.review import Deal
from b2brules.facts.scalars import plain_value
from b2brules.facts.types import EnumerationType, FactType, ListType, Money, Never, SetType

# Words that no reader of YAML takes for anything else; the rest is written in quotes.
_BARE = re.compile(r"[^\W\d_]\w*(?:[ ./-]\w+)*")
_FOREIGN_WORDS = ("yes", "no", "on", "off", "y", "n")


def plain_facts(deal: Deal) -> dict[str, object]:
    """Return a deal as the document that :func:`b2brules.facts.read` makes it of.

    Args:
        deal: The deal, or an account alone, which stands below the key ``account``.

    Returns:
        The known facts in the order of the vocabulary: mappings, lists, text, numbers, dates, and
        ``Money`` for an amount with a currency. What is unknown is left out, but for one blank
        fact where without it a deal would be no deal.
    """
    if isinstance(deal, Account):
        return {"account": _plain_thing(deal)}
    document = _plain_thing(deal)
    if not document or list(document) == ["account"]:
        # A document with nothing but an account is an account's; a blank name makes it a deal's.
        return {"name": None, **document}
    return document


def write_deal(deal: Deal) -> str:
    """Return a deal as the text of a YAML file, without comments, that reads back as the deal.

    Args:
        deal: The deal, or an account alone.
    """
    return "".join(f"{line}\n" for line in _mapping(plain_facts(deal), ""))


def _plain_thing(thing: Any) -> dict[str, object]:
    cls: type = type(thing)
    return {
        name: _plain(getattr(thing, name), type_)
        for name, type_ in types_of(cls).items()
        if getattr(thing, name) is not None
    }


def _plain(value: object, type_: FactType) -> object:
    match value:
        case bool() | int() | Decimal() | str() | datetime.date():
            return value
        case Never():
            return value.value
        case Money(amount=amount, currency=currency):
            # Not yet a mapping: a group of facts could look the same.
            return amount if currency is None else value
        case frozenset():
            assert isinstance(type_, SetType)
            if isinstance(type_.member, EnumerationType):
                return [word for word in type_.member.values if word in value]
            return sorted(value)
        case tuple():
            assert isinstance(type_, ListType)
            return [_plain_thing(item) for item in value]
        case _:
            return _plain_thing(value)


def _mapping(facts: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, value in facts.items():
        match value:
            case None:
                yield f"{indent}{name}:"
            case Money(amount=amount, currency=currency):
                yield f"{indent}{name}: {{amount: {_scalar(amount)}, currency: {currency}}}"
            case dict() if value:
                yield f"{indent}{name}:"
                yield from _mapping(value, f"{indent}  ")
            case dict():
                yield f"{indent}{name}: {{}}"
            case [dict(), *_] as things:
                yield f"{indent}{name}:"
                yield from _items(things, indent)
            case list():
                yield f"{indent}{name}: [{', '.join(map(_scalar, value))}]"
            case _:
                yield f"{indent}{name}: {_scalar(value)}"


def _items(things: Sequence[Any], indent: str) -> Iterator[str]:
    """Write the things of a list, each with a dash before its first fact."""
    for thing in things:
        for number, line in enumerate(_mapping(thing, f"{indent}    ")):
            yield line if number else f"{indent}  - {line.lstrip()}"


def _scalar(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case datetime.date():
            return value.isoformat()
        case _:
            return _text(str(value))


def _text(text: str) -> str:
    """Return text without quotes if every reader of YAML takes it for text, else in quotes."""
    bare = _BARE.fullmatch(text) and plain_value(text) == text
    if bare and text.lower() not in _FOREIGN_WORDS:
        return text
    # JSON's escapes are YAML's; what cannot be seen, such as a line separator, is escaped too.
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else _escaped(char) for char in quoted)


def _escaped(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
