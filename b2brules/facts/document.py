"""Reading facts from text: YAML, JSON or JSON Lines.

:func:`read_document` reads one deal. :func:`read_pipeline` reads many: a list, JSON Lines, or
several YAML documents (``---``), and yields for each the deal or the :class:`FactsError` that says
what is wrong with it. :func:`read_lines` does so for JSON Lines of any length, line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Literal, TypeAlias

from attrs import evolve

from b2brules.facts.json_text import NotJsonError, json_document
from b2brules.facts.problems import FactsError, Finding, Problem, Steps, located
from b2brules.facts.reading import read
from b2brules.facts.review import Deal
from b2brules.facts.source import Document, decode
from b2brules.facts.vocabulary import Vocabulary
from b2brules.facts.yaml_text import yaml_documents

Format: TypeAlias = Literal["json", "yaml", "jsonl"]
"""How a text is written; ``None`` in its place: find out from the text."""


def read_document(
    vocabulary: Vocabulary, text: str | bytes, *, format: Format | None = None
) -> Deal:
    """The one deal that a text describes.

    Args:
        vocabulary: The facts that there are.
        text: The text, or the bytes of a UTF-8 file; at most 16 MiB.
        format: How it is written. ``None``: JSON if it is JSON, else JSON Lines if each line
            begins with ``{``, else YAML.

    Raises:
        FactsError: With every problem, and its line where that is known.
    """
    whole = decode(text)
    form = format or _format(whole)
    if form == "jsonl" or (form == "json" and _has_a_deal_a_line(whole)):
        kept = [line for line in whole.split("\n") if line.strip()]
        if len(kept) > 1:
            raise _several(str(len(kept)))
        form = "json"
    found = [json_document(whole)] if form == "json" else list(islice(yaml_documents(whole), 2))
    if len(found) > 1:
        raise _several("several")
    return _deal(vocabulary, found[0] if found else Document(value=None, lines=None, findings=()))


def read_pipeline(
    vocabulary: Vocabulary, text: str | bytes, *, format: Format | None = None
) -> Iterator[Deal | FactsError]:
    """Each deal of a text, or what is wrong with it: a bad deal does not stop the others.

    Args:
        vocabulary: The facts that there are.
        text: A list of deals, JSON Lines, YAML documents, or a single deal.
        format: How it is written, as for :func:`read_document`.

    Yields:
        In the order of the text: the deal, or a :class:`FactsError` with its ``index`` and
        ``line``. If the text as a whole cannot be read, an error without an index; it is the last.
    """
    if format == "jsonl":
        lines = text.split("\n") if isinstance(text, str) else text.split(b"\n")
        yield from read_lines(vocabulary, lines)
        return
    try:
        whole = decode(text)
        form = format or _format(whole)
        if form == "jsonl" or (form == "json" and _has_a_deal_a_line(whole)):
            yield from read_lines(vocabulary, whole.split("\n"))
            return
        documents = iter([json_document(whole)]) if form == "json" else yaml_documents(whole)
        first = next(documents, Document(value=None, lines=None, findings=()))
        second = next(documents, None)
        if second is None:
            yield from _listed(vocabulary, first)
            return
        yield _attempt(vocabulary, first, 1)
        yield _attempt(vocabulary, second, 2)
        for index, document in enumerate(documents, start=3):
            yield _attempt(vocabulary, document, index)
    except FactsError as error:
        yield error


def read_lines(vocabulary: Vocabulary, lines: Iterable[str | bytes]) -> Iterator[Deal | FactsError]:
    """Each deal of JSON Lines, or what is wrong with it; blank lines are skipped.

    Args:
        vocabulary: The facts that there are.
        lines: The lines, such as an open file; each at most 16 MiB.
    """
    index = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        index += 1
        try:
            # What is missing at the end of a line is not looked for on the next one.
            document = json_document(decode(line).rstrip(), line=number)
            yield _deal(vocabulary, document, line=number)
        except FactsError as error:
            yield FactsError(error.problems, index=index, line=number)


def _format(text: str) -> Format:
    """How a text is written, as far as it can be told."""
    if text.lstrip()[:1] not in ("{", "["):
        return "yaml"
    if _has_a_deal_a_line(text):
        return "jsonl"
    try:
        json_document(text)
    except NotJsonError:
        # A YAML document may begin with a bracket too; what is neither was meant as JSON.
        try:
            list(yaml_documents(text))
        except FactsError:
            return "json"
        return "yaml"
    except FactsError:
        pass
    return "json"


def _has_a_deal_a_line(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines)


def _several(count: str) -> FactsError:
    message = f"there are {count} deals here, and one is wanted"
    return FactsError([Problem(path="", message=message)])


def _listed(vocabulary: Vocabulary, document: Document) -> Iterator[Deal | FactsError]:
    """The deals of a document that is a list, or the one deal that it is."""
    if not isinstance(document.value, list) or (not document.value and document.findings):
        yield _attempt(vocabulary, document, None)
        return
    lines: dict[int, dict[Steps, int]] = {}
    for steps, line in (document.lines or {}).items():
        if steps and isinstance(steps[0], int):
            lines.setdefault(steps[0], {})[steps[1:]] = line
    findings: dict[int, list[Finding]] = {}
    for one in document.findings:
        position = one.steps[0] if one.steps else 0
        assert isinstance(position, int)
        findings.setdefault(position, []).append(evolve(one, steps=one.steps[1:]))
    for position, value in enumerate(document.value):
        part = Document(
            value=value,
            lines=None if document.lines is None else lines[position],
            findings=tuple(findings.get(position, ())),
        )
        yield _attempt(vocabulary, part, position + 1)


def _attempt(vocabulary: Vocabulary, document: Document, index: int | None) -> Deal | FactsError:
    try:
        return _deal(vocabulary, document)
    except FactsError as error:
        line = None if document.lines is None else document.lines.get(())
        return FactsError(error.problems, index=index, line=line)


def _deal(vocabulary: Vocabulary, document: Document, *, line: int | None = None) -> Deal:
    """Read a document.

    Args:
        vocabulary: The facts that there are.
        document: What was found in the text.
        line: The line that it stands on, if it has only one.
    """
    lines: Mapping[Steps, int] | None = document.lines if line is None else {(): line}
    problems = located(document.value, document.findings, lines)
    try:
        deal = read(vocabulary, document.value, lines=lines)
    except FactsError as error:
        problems += error.problems
    else:
        if not problems:
            return deal
    raise FactsError(sorted(problems, key=lambda problem: problem.line or 0))
