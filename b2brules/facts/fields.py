"""One field of a class of facts: its type read off the annotation, its question, its checks."""

from __future__ import annotations

import datetime
import functools
import re
import types
import typing
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import attrs

from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    Money,
    MoneyType,
    Never,
    NumberType,
    RecordType,
    SetType,
    TextType,
    TruthType,
)
from b2brules.facts.values import RefusedError, accept, require_length, shown


def fact(
    en: str,
    zh: str,
    *,
    unit: str | None = None,
    minimum: int | None = None,
    maximum: int | None = None,
    form: Literal["any", "id", "currency"] = "any",
    reference: str | None = None,
    labels: Mapping[str, str] | None = None,
    label: tuple[str, str] | None = None,
    inside: tuple[str, str] | None = None,
    required: bool = False,
    type: FactType | None = None,
) -> Any:
    """Declare a fact as a field of an attrs class.

    Args:
        en: The question in English that a seller would answer. In a list's items it contains
            ``{name}``, which stands for the thing's name.
        zh: The same in Chinese.
        unit: What a number counts, such as ``people``.
        minimum: The least number allowed.
        maximum: The greatest number allowed.
        form: What a text has to look like, see :class:`TextType`.
        reference: The list whose ids are meant, such as ``people``.
        labels: What to call each allowed word in Chinese.
        label: What to call the fact itself, in English and Chinese.
        inside: Only for a group of facts inside a list's item: the question that replaces each of
            the group's own, with ``{label}`` and ``{name}``; in English and Chinese.
        required: The fact cannot be unknown (ids of list items).
        type: The type, if it cannot be read off an annotation.
    """
    metadata = {
        "question": {"en": en, "zh": zh},
        "unit": unit,
        "minimum": minimum,
        "maximum": maximum,
        "form": form,
        "reference": reference,
        "labels": labels,
        "label": None if label is None else dict(zip(("en", "zh"), label, strict=True)),
        "inside": None if inside is None else dict(zip(("en", "zh"), inside, strict=True)),
        "required": required,
        "type": type,
    }
    return attrs.field(
        default=attrs.NOTHING if required else None,
        metadata=metadata,
        converter=attrs.Converter(_convert, takes_self=True, takes_field=True),
    )


@functools.cache
def types_of(cls: type) -> Mapping[str, FactType]:
    """The type of each field of a class of facts, by name, in the order of the class."""
    hints = typing.get_type_hints(cls)
    return types.MappingProxyType(
        {
            field.name: field.metadata["type"] or _type(hints[field.name], field.metadata)
            for field in attrs.fields(cls)
        }
    )


def kind(cls: type) -> str:
    """What a class of facts is called in a document: ``cost_item`` for ``CostItem``."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def _type(annotation: Any, metadata: Mapping[str, Any]) -> FactType:
    options = typing.get_args(annotation)
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        kept = [option for option in options if option is not types.NoneType]
        if set(kept) == {datetime.date, Never}:
            return DateType(past=True)
        (annotation,) = kept
        options = typing.get_args(annotation)
    if typing.get_origin(annotation) is Literal:
        return EnumerationType(options, metadata["labels"] or {})
    if typing.get_origin(annotation) is frozenset:
        member = _type(options[0], metadata)
        assert isinstance(member, EnumerationType | IdentifierType), annotation
        return SetType(member)
    if typing.get_origin(annotation) is tuple:
        return ListType(options[0])
    if annotation is bool:
        return TruthType()
    if annotation in (int, Decimal):
        least, most = metadata["minimum"], metadata["maximum"]
        return NumberType(
            whole=annotation is int,
            minimum=None if least is None else Decimal(least),
            maximum=None if most is None else Decimal(most),
        )
    if annotation is str:
        reference = metadata["reference"]
        return TextType(metadata["form"]) if reference is None else IdentifierType(reference)
    if annotation is datetime.date:
        return DateType()
    if annotation is Money:
        # An order, a price or a cost is never less than nothing.
        return MoneyType(minimum=Decimal(0))
    assert attrs.has(annotation), annotation
    return RecordType(annotation)


def _convert(value: object, instance: Any, field: attrs.Attribute[object]) -> object:
    """Hold a constructor to what reading a document accepts."""
    if value is None and not field.metadata["required"]:
        return None
    cls: type = type(instance)
    try:
        match types_of(cls)[field.name]:
            case RecordType() as record:
                return _record(record.cls, value)
            case ListType() as list_:
                return _list(list_.cls, value)
            case single:
                return accept(single, value)
    except RefusedError as refusal:
        raise RefusedError(*(f"{field.name}: {message}" for message in refusal.messages)) from None


def _record(cls: type, value: object) -> object:
    if not isinstance(value, cls):
        raise RefusedError(f"{shown(value)} is not {kind(cls)} facts; construct `{cls.__name__}`")
    # A group without a known fact says what an absent group says: it has one representation.
    return None if all(getattr(value, name) is None for name in types_of(cls)) else value


def _list(cls: type, value: object) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise RefusedError(f"{shown(value)} is not a list")
    require_length(value)
    ids: set[str] = set()
    for item in value:
        if not isinstance(item, cls):
            raise RefusedError(f"{shown(item)} is not a `{cls.__name__}`")
        if item.id in ids:  # type: ignore[attr-defined]
            raise RefusedError(f"the id {shown(item.id)} stands twice")  # type: ignore[attr-defined]
        ids.add(item.id)  # type: ignore[attr-defined]
    return tuple(value)
