"""Write `docs/api.md` from the docstrings of the public names: `python -m tests.docs.api`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from types import FunctionType

import attrs

import b2brules
from b2brules.facts.fields import types_of
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    RecordType,
    SetType,
    TextType,
    TruthType,
)
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "api.md"

OPENING = """\
# The library

Everything that `import b2brules` offers, as its docstrings say it. The [first ten
minutes](index.md#use-it-from-python) show it at work, and [advice](advice.md) what comes out. What
is not on this page may change from one version to the next.

This page is written by a program. Change the docstrings, and run `python -m tests.docs.api`.
"""

PROBLEMS = "What is wrong"
CHAPTERS = {
    "Loading rules, and asking them": "b2brules.rulebook",
    "What comes out": "b2brules.advice",
    "Live deals": "b2brules.session",
    "What cases show": "b2brules.casework",
    "What is known": "b2brules.facts",
    PROBLEMS: "b2brules.ruleset",
    "Everything else": "b2brules",
}
"""The headings, each with the modules whose names stand below it; the first that fits."""

_SECTION = re.compile(r"(Args|Returns|Yields|Raises):")
_ITEM = re.compile(r"(\*{0,2}\w+)(?: \([^)]*\))?: (.*)")
_ROLE = re.compile(r":\w+:(`[^`]+`)")


def api_page() -> str:
    """Return the text of the page."""
    chapters: dict[str, list[str]] = {heading: [] for heading in CHAPTERS}
    for name in b2brules.__all__:
        chapters[_chapter(getattr(b2brules, name), name)].append(name)
    lines = [OPENING]
    for heading, names in chapters.items():
        if names:
            lines += [f"## {heading}", ""]
            lines += [", ".join(f"[`{name}`](#{name.lower()})" for name in names), ""]
            for name in names:
                lines += [*_entry(name), ""]
    return "\n".join(lines).rstrip() + "\n"


def _chapter(thing: object, name: str) -> str:
    is_error = isinstance(thing, type) and issubclass(thing, Exception)
    if is_error or name == "Problem":
        return PROBLEMS
    module = thing.__module__ if isinstance(thing, type | FunctionType) else type(thing).__module__
    return next(
        heading for heading, home in CHAPTERS.items() if f"{module}.".startswith(f"{home}.")
    )


def _entry(name: str) -> Iterator[str]:
    thing = getattr(b2brules, name)
    yield f"### {name}"
    yield ""
    if isinstance(thing, FunctionType):
        yield from _signature(name, thing)
    yield from _prose(type(thing) if isinstance(thing, Enum) else thing)
    if isinstance(thing, type):
        if _is_of_facts(thing):
            yield from _facts(thing)
        for member, value in vars(thing).items():
            if not member.startswith("_"):
                yield from _member(name, member, value)


def _member(owner: str, name: str, value: object) -> Iterator[str]:
    if isinstance(value, FunctionType):
        yield from ("", f"#### {owner}.{name}()", "")
        yield from _signature(name, value)
        yield from _prose(value)
    elif isinstance(value, property) or type(value).__name__ == "cached_property":
        yield from ("", f"#### {owner}.{name}", "")
        yield from _prose(value)


def _signature(name: str, function: FunctionType) -> Iterator[str]:
    """Write a call as code, one argument a line if it is long."""
    signature = inspect.signature(function)
    shown: list[str] = []
    is_keyword_only = False
    for one in signature.parameters.values():
        if one.name == "self":
            continue
        if one.kind is one.VAR_POSITIONAL:
            is_keyword_only = True
        elif one.kind is one.KEYWORD_ONLY and not is_keyword_only:
            shown.append("*")
            is_keyword_only = True
        star = "*" if one.kind is one.VAR_POSITIONAL else ""
        default = "" if one.default is one.empty else f" = {one.default!r}"
        shown.append(f"{star}{one.name}: {_annotation(one.annotation)}{default}")
    returned = _annotation(signature.return_annotation)
    line = f"{name}({', '.join(shown)}) -> {returned}"
    yield "```text"
    if len(line) <= 100:
        yield line
    else:
        yield f"{name}("
        yield from (f"    {one}," for one in shown)
        yield f") -> {returned}"
    yield "```"
    yield ""


def _annotation(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)


def _prose(thing: object) -> Iterator[str]:
    """Write a docstring, its sections as lists."""
    text = inspect.getdoc(thing)
    assert text, f"{thing} has no docstring"
    section = ""
    for line in _ROLE.sub(r"\1", text.replace("``", "`")).split("\n"):
        if found := _SECTION.fullmatch(line):
            section = found[1]
            yield from (f"{section}:", "")
        elif section and (item := _ITEM.fullmatch(line.strip())) and _inset(line) == 4:
            yield f"- `{item[1]}`: {item[2]}"
        elif section and line.strip():
            is_continued = _inset(line) > 4
            yield f"  {line.strip()}" if is_continued else line.strip()
        else:
            section = "" if not line.startswith(" ") and line else section
            yield line


def _inset(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_of_facts(thing: type) -> bool:
    return attrs.has(thing) and all("question" in one.metadata for one in attrs.fields(thing))


def _facts(thing: type) -> Iterator[str]:
    """Write a table of the facts of a class."""
    yield from ("", "| fact | value | question |", "| --- | --- | --- |")
    metadata = {one.name: one.metadata for one in attrs.fields(thing)}
    for name, type_ in types_of(thing).items():
        about = metadata[name]
        value = _value(type_) + (f" ({about['unit']})" if about["unit"] else "")
        question = " ".join(about["question"]["en"].split())
        yield f"| `{name}` | {value} | {question} |".replace("{name}", "…").replace("{label}", "…")


def _value(type_: FactType) -> str:
    match type_:
        case TruthType():
            return "`bool`"
        case NumberType(whole=whole, minimum=low, maximum=high):
            bounds = f" from {low}" if low is not None else ""
            bounds += f" to {high}" if high is not None else ""
            return f"`{'int' if whole else 'Decimal'}`{bounds}"
        case TextType():
            return "`str`"
        case DateType(past=past):
            return "`date` or `NEVER`" if past else "`date`"
        case EnumerationType(values):
            return ", ".join(f"`{one}`" for one in values)
        case MoneyType():
            return "[`Money`](#money)"
        case IdentifierType(list_name):
            return f"an id from `{list_name}`"
        case SetType(member):
            return f"`frozenset` of {_value(member)}"
        case RecordType(cls):
            return f"[`{cls.__name__}`](#{cls.__name__.lower()})"
        case ListType(cls):
            return f"`tuple` of [`{cls.__name__}`](#{cls.__name__.lower()})"


if __name__ == "__main__":
    PAGE.write_text(api_page(), "utf-8")
