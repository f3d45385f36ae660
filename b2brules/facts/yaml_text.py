"""YAML text as plain values with line numbers, read so that no text can do harm.

Only mappings, lists and scalars: anchors, aliases, tags and duplicate keys are refused, and a word
without quotes is what :mod:`b2brules.facts.scalars` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events

from b2brules.facts.problems import FactsError, Finding, Problem, Steps
from b2brules.facts.scalars import plain_value
from b2brules.facts.source import DEPTH, Document, refuse_characters
from b2brules.facts.values import printable, shown

# The C parser is twenty times as fast, and is not in every installation of PyYAML.
_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)

# What YAML takes for the end of a line, and an editor does not.
_LINE_ENDS = re.compile("[\u2028\u2029]")


def yaml_documents(text: str) -> Iterator[Document]:
    """Each document of a YAML text.

    Raises:
        FactsError: The text is not YAML, or nested too deeply.
    """
    refuse_characters(_LINE_ENDS, text)
    stream: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    try:
        for event in stream:
            if isinstance(event, events.DocumentStartEvent):
                yield _Builder(stream).document()
    except yaml.YAMLError as error:
        raise _unreadable(text, error) from None


class _Builder:
    """Builds the values of one document from the parser's events."""

    def __init__(self, stream: Iterator[Any]) -> None:
        self.stream = stream
        self.lines: dict[Steps, int] = {}
        self.findings: list[Finding] = []

    def document(self) -> Document:
        event = next(self.stream)
        value = self.value(event, ())
        next(self.stream)
        return Document(value=value, lines=self.lines, findings=tuple(self.findings))

    def value(self, event: Any, steps: Steps) -> object:
        line = event.start_mark.line + 1
        self.lines.setdefault(steps, line)
        if len(steps) > DEPTH:
            raise FactsError(
                [Problem(path="", message=f"nested more than {DEPTH} deep", line=line)]
            )
        if isinstance(event, events.AliasEvent):
            self.found(steps, f"`*{printable(str(event.anchor))}` is an alias; write the value out")
            return None
        if event.anchor is not None:
            self.found(steps, f"`&{printable(event.anchor)}` is an anchor; take it out")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.found(steps, f"`{printable(tag)}` is a tag; take it out")
        if isinstance(event, events.ScalarEvent):
            return event.value if event.style else plain_value(event.value)
        if isinstance(event, events.SequenceStartEvent):
            return list(self.items(steps))
        return self.mapping(steps)

    def items(self, steps: Steps) -> Iterator[object]:
        position = 0
        while not isinstance(event := next(self.stream), events.SequenceEndEvent):
            yield self.value(event, (*steps, position))
            position += 1

    def mapping(self, steps: Steps) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(self.stream), events.MappingEndEvent):
            line = event.start_mark.line + 1
            if not isinstance(event, events.ScalarEvent):
                message = "a key has to be a word"
                raise FactsError([Problem(path="", message=message, line=line)])
            key = event.value
            if event.anchor is not None or event.tag is not None:
                self.found(
                    (*steps, key), f"the key {shown(key)} has an anchor or a tag; take it out"
                )
            if key in values:
                first = self.lines[(*steps, key)]
                message = f"{shown(key)} stands twice, first on line {first}; keep one of them"
                self.findings.append(Finding((*steps, key), message, line))
                self.value(next(self.stream), (*steps, key))
                continue
            self.lines[(*steps, key)] = line
            values[key] = self.value(next(self.stream), (*steps, key))
        return values

    def found(self, steps: Steps, message: str) -> None:
        self.findings.append(Finding(steps, message))


def _unreadable(text: str, error: yaml.YAMLError) -> FactsError:
    """What YAML's parser says, on one line and with a remedy for the commonest slip."""
    mark = getattr(error, "problem_mark", None)
    # An end that comes too early is reported behind the last line.
    line = None if mark is None else min(mark.line, text.count("\n")) + 1
    reason = str(getattr(error, "problem", None) or "it cannot be read")
    message = f"this is not YAML: {printable(reason)}"
    if "nesting depth" in reason:
        # A parser with a limit of its own, which lies higher, meets it while it looks ahead.
        message = f"nested more than {DEPTH} deep"
    elif line is not None:
        near = text.split("\n")[max(line - 2, 0) : line]
        if any("：" in one for one in near):
            message += "; write `:` and a space in place of `：`"
    return FactsError([Problem(path="", message=message, line=line)])
