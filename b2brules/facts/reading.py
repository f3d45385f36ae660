"""Reading a facts document that is already plain values: every problem in it, each with its path.

:func:`read` takes a mapping and gives an :class:`Opportunity`, or an :class:`Account` if
``account`` is the document's only key. Text is read by :mod:`b2brules.facts.document`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs
from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from b2brules.facts.fields import kind, types_of
from b2brules.facts.problems import FactsError, Finding, Problem, Steps, located
from b2brules.facts.references import broken_ids
from b2brules.facts.review import Deal
from b2brules.facts.types import FactType, ListType, RecordType
from b2brules.facts.values import RefusedError, accept, require_length, shown, suggestion
from b2brules.facts.vocabulary import Vocabulary

_RESERVED = "override"
_MISSPELT = 50
_NO_ID = "the id is missing; each has an id of its own, such as `id: a1`"
_THE = ("opportunity", "account", "event", "marks")


def read(
    vocabulary: Vocabulary, document: object, *, lines: Mapping[Steps, int] | None = None
) -> Deal:
    """The deal that a document describes.

    Args:
        vocabulary: The facts that there are.
        document: A mapping with the facts of a deal, or with the only key ``account``. Numbers are
            ``int``, ``Decimal`` or ``float``; dates are ``date`` or ISO text; ``None`` is unknown.
        lines: The line of each place in the document, if it was read from text.

    Raises:
        FactsError: With every problem of the document.
    """
    if not isinstance(document, Mapping):
        raise FactsError(
            [Problem(path="", message=_no_mapping(document), line=lines.get(()) if lines else None)]
        )
    below: Steps = ()
    root, facts = vocabulary.root, document
    if list(document) == ["account"]:
        below = ("account",)
        root = _class(vocabulary, "account")
        facts = {} if document["account"] is None else document["account"]
    findings = list(broken_ids(vocabulary, document))
    try:
        deal: Deal = _converter(vocabulary).structure(facts, root)
        if not findings:
            return deal
    except (BaseValidationError, RefusedError) as error:
        found = list(_findings(vocabulary, error, facts, below))
        # A constructor's complaint about facts that do not agree has no place; `broken_ids` knows.
        placed = [finding for finding, whole in found if not whole]
        findings = placed + findings or [finding for finding, _ in found]
    raise FactsError(located(document, findings, lines))


def read_many(vocabulary: Vocabulary, documents: Iterable[object]) -> Iterator[Deal | FactsError]:
    """Each deal of a pipeline, or what is wrong with it: a bad deal does not stop the others.

    Args:
        vocabulary: The facts that there are.
        documents: One document a deal, as :func:`read` takes it.

    Yields:
        In the order of the documents: the deal, or a :class:`FactsError` with its ``index``.
    """
    for index, document in enumerate(documents, start=1):
        try:
            yield read(vocabulary, document)
        except FactsError as error:
            yield FactsError(error.problems, index=index)


def _no_mapping(document: object) -> str:
    if isinstance(document, list | tuple):
        return f"this is a list of {len(document)} deals; one deal is a mapping of facts"
    if document is None:
        return "there are no facts here; a deal is a mapping such as `phase: selling`"
    message = f"{shown(document)} is not a deal; a deal is a mapping such as `phase: selling`"
    if isinstance(document, str) and "：" in document:
        message += ", with `:` and a space in place of `：`"
    return message


def _class(vocabulary: Vocabulary, name: str) -> type:
    type_ = vocabulary.facts[name].type
    assert isinstance(type_, RecordType | ListType)
    return type_.cls


@functools.lru_cache(maxsize=16)
def _converter(vocabulary: Vocabulary) -> Converter:
    """A converter that takes exactly the facts of the vocabulary."""
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)
    groups = [
        one for one in vocabulary.facts.values() if isinstance(one.type, RecordType | ListType)
    ]
    for cls in {vocabulary.root, *(_class(vocabulary, group.name) for group in groups)}:
        required = {one.name for one in attrs.fields(cls) if one.default is attrs.NOTHING}
        hooks: dict[str, Any] = {
            name: override(struct_hook=_hook(converter, type_, name in required))
            for name, type_ in types_of(cls).items()
        }
        structure: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, converter, **hooks)
        converter.register_structure_hook(cls, _guarded(cls, structure))
    return converter


def _guarded(cls: type, structure: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Structuring that refuses what is not a mapping."""

    def guarded(value: Any, type_: Any) -> Any:
        if isinstance(value, Mapping):
            return structure(value, type_)
        example = next(name for name in types_of(cls) if name != "name")
        raise RefusedError(
            f"{shown(value)} is not {_called(cls)}; write its facts, such as `{example}:`"
        )

    return guarded


def _hook(converter: Converter, type_: FactType, required: bool) -> Callable[[Any, Any], Any]:
    """How the value of one fact is read; ``None`` stays unknown."""

    def structure(value: Any, _: Any) -> Any:
        if value is None and not required:
            return None
        match type_:
            case RecordType():
                return converter.structure(value, type_.cls)
            case ListType():
                if not isinstance(value, list | tuple):
                    raise RefusedError(
                        f"{shown(value)} is not a list; begin each item with `- id:`"
                    )
                require_length(value)
                # A tuple of a class that is only known now is nothing a type checker can follow.
                items: Any = tuple[type_.cls, ...]  # type: ignore[name-defined]
                return converter.structure(value, items)
            case _:
                if value is None:
                    raise RefusedError(_NO_ID)
                return accept(type_, value)

    return structure


def _findings(
    vocabulary: Vocabulary, error: BaseException, value: Any, steps: Steps
) -> Iterator[tuple[Finding, bool]]:
    """What cattrs collected, with places.

    Yields:
        What is wrong, and whether a constructor said so, about the thing as a whole.
    """
    if isinstance(error, RefusedError):
        for message in error.messages:
            yield Finding(steps, message), False
    elif isinstance(error, ForbiddenExtraKeysError):
        # Looking for similar names takes time, and helps nobody who wrote another sort of file.
        few = len(error.extra_fields) <= _MISSPELT
        for key in [key for key in value if key in error.extra_fields]:
            remedy = suggestion(key, types_of(error.cl)) if few and isinstance(key, str) else ""
            message = _unknown(vocabulary, error.cl, key, remedy)
            yield Finding((*steps, str(key)), message), False
    elif isinstance(error, KeyError):
        yield Finding(steps, _NO_ID), False
    elif isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            if isinstance(inner, KeyError) and _has_misspelt_id(error):
                continue
            note = _note(inner)
            if note is None and isinstance(inner, RefusedError):
                yield from ((Finding(steps, message), True) for message in inner.messages)
            elif note is None:
                yield from _findings(vocabulary, inner, value, steps)
            else:
                within = value[note] if isinstance(note, int) else value.get(note)
                yield from _findings(vocabulary, inner, within, (*steps, note))
    else:
        raise error


def _has_misspelt_id(error: BaseValidationError) -> bool:
    """Whether a key is reported that should have been `id`, so that no id is missing."""
    return any(
        isinstance(inner, ForbiddenExtraKeysError)
        and len(inner.extra_fields) <= _MISSPELT
        and any("`id`" in suggestion(str(key), types_of(inner.cl)) for key in inner.extra_fields)
        for inner in error.exceptions
    )


def _note(error: BaseException) -> str | int | None:
    """The key or the position below which cattrs met an error."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return note.name
        if isinstance(note, IterableValidationNote):
            return int(note.index)
    return None


def _unknown(vocabulary: Vocabulary, cls: type, key: object, remedy: str) -> str:
    """What to say of a key that is no fact of this class."""
    if not isinstance(key, str):
        return f"the key {shown(key)} is not text"
    if key == _RESERVED:
        return f"`{_RESERVED}` is reserved; leave it out"
    message = f"{shown(key)} is not a fact of {_called(cls)}"
    if key in vocabulary.facts and "." in key:
        group, _, name = key.rpartition(".")
        return f"{message}; write `{name}` below `{group}`"
    if owners := _owners(vocabulary).get(key):
        return f"{message}; it belongs to {' or '.join(owners)}"
    return message + remedy


@functools.lru_cache(maxsize=16)
def _owners(vocabulary: Vocabulary) -> Mapping[str, list[str]]:
    """What has a fact of each name."""
    owners: dict[str, list[str]] = {}
    for one in vocabulary.facts.values():
        *path, name = one.path
        owners.setdefault(name, []).append(f"`{'.'.join(path)}`" if path else "the deal")
    return owners


def _called(cls: type) -> str:
    """What a message calls a thing of this class."""
    name = kind(cls).replace("_", " ")
    if name == "opportunity":
        return "the deal"
    return f"the {name}" if name in _THE else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
