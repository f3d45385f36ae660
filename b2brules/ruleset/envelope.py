"""The YAML around the tables: read from the parser's events, so that text stays as written.

YAML would make ``no`` false and ``1:30`` ninety; here every scalar is its text, and what could
stand for something else than it says (anchors, aliases, tags, a key given twice) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from attrs import field, frozen

from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located, Place, Run, join, write_run
from b2brules.ruleset.wide_signs import find_wide_colon, report_wide

MAXIMUM_BYTES = 1024 * 1024
MAXIMUM_DEPTH = 64
MAXIMUM_LINE = 4000

_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)

# Control characters, and what YAML takes for the end of a line but an editor does not.
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_OPENING = re.compile(r"[\[{]")


@frozen(kw_only=True)
class Scalar:
    """A word, a sentence or a block.

    Args:
        block: Whether it is a literal block, written with ``|``.
        lines: Its lines, without the indentation of the block.
        quoted: Whether it stands in quotes.
    """

    path: str
    lines: tuple[Run, ...]
    block: bool = False
    quoted: bool = False

    @property
    def text(self) -> Located:
        """All of it on one line."""
        return join(self.path, self.lines, " ").strip()

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.text.place


@frozen(kw_only=True)
class Sequence:
    """A list of nodes."""

    place: Place
    items: tuple[Node, ...]


@frozen(kw_only=True)
class Mapping:
    """Keys with their nodes, in the order of the file."""

    place: Place
    entries: tuple[tuple[Scalar, Node], ...]
    _by_name: dict[str, Node] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_name = {key.text.text: node for key, node in self.entries}
        object.__setattr__(self, "_by_name", by_name)

    def get(self, name: str) -> Node | None:
        """Return the node of a key, or ``None`` where there is none."""
        return self._by_name.get(name)


Node: TypeAlias = Scalar | Sequence | Mapping


class _RefusedError(Exception):
    """The rest of the file cannot be read; why has been reported."""


def read_lines(path: str, data: bytes, findings: Findings) -> tuple[str, ...] | None:
    """Read the bytes of a file as lines of text.

    Returns:
        The lines, or ``None`` where the file is too large, not UTF-8 or has characters that no
        editor shows; that has then been reported.
    """
    start = Place(path=path, line=1, column=1)
    if len(data) > MAXIMUM_BYTES:
        findings.report(
            start,
            code="file-too-large",
            message=f"this file is larger than {MAXIMUM_BYTES // 1024} KiB",
            help="split it into several rulesets",
        )
        return None
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line = before.count(b"\n") + 1
        begin = before.rfind(b"\n") + 1
        column = len(before[begin:].decode("utf-8")) + 1
        findings.report(
            Place(path=path, line=line, column=column),
            code="not-utf-8",
            message="this file is not UTF-8 text",
            help="save it with the encoding UTF-8",
        )
        return None
    lines = tuple(line.removesuffix("\r") for line in text.split("\n"))
    findings.add_file(path, tuple(line[:MAXIMUM_LINE] for line in lines))
    clean = True
    for number, content in enumerate(lines, 1):
        if len(content) > MAXIMUM_LINE:
            clean = False
            findings.report(
                Place(path=path, line=number, column=MAXIMUM_LINE + 1),
                code="line-too-long",
                message=f"this line has more than {MAXIMUM_LINE} characters",
                help="go on on the next line",
            )
            continue
        strange = _STRANGE.search(content)
        if strange is not None:
            clean = False
            findings.report(
                Place(path=path, line=number, column=strange.start() + 1),
                code="invalid-character",
                message=f"the character U+{ord(strange[0]):04X} cannot be seen",
                help="delete it",
            )
        indent = content[: len(content) - len(content.lstrip())]
        if "\t" in indent:
            clean = False
            findings.report(
                Place(path=path, line=number, column=indent.index("\t") + 1),
                code="tab",
                message="this line is indented with a tab",
                help="indent with spaces",
            )
    return lines if clean else None


def read_tree(
    path: str,
    lines: tuple[str, ...],
    findings: Findings,
    *,
    begin: str = "`ruleset:` and the name of the file",
) -> Node | None:
    """Read the lines of a YAML file into a tree of nodes.

    ``begin`` is what an empty file should begin with.

    Returns:
        The tree, or ``None`` where the file cannot be read; that has then been reported.
    """
    try:
        return _Reader(path, lines, findings, begin).read()
    except _RefusedError:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        line = min(line, len(lines) - 1)
        if "nesting depth" in str(error.problem):
            # A parser with a limit of its own, which lies higher, meets it while it looks ahead.
            opened = [bracket.start() for bracket in _OPENING.finditer(lines[line][:column])]
            column = opened[MAXIMUM_DEPTH - 1] if len(opened) >= MAXIMUM_DEPTH else column
            _report_depth(Place(path=path, line=line + 1, column=column + 1), findings)
            return None
        if _report_wide_colon(path, lines[: line + 1], findings):
            return None
        findings.report(
            Place(path=path, line=line + 1, column=column + 1),
            code="invalid-yaml",
            message="this is not valid YAML",
            help="tables and texts begin with `|` after the key and are indented below it; "
            "quote a value that has `: ` in it or begins with a sign",
        )
        return None


def _report_wide_colon(path: str, lines: tuple[str, ...], findings: Findings) -> bool:
    """Report a key with a wide colon in the last lines that were read, if there is one."""
    said = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    for number, line in reversed(said[-2:]):
        colon = find_wide_colon(line)
        if colon is not None:
            report_wide(Located(path, (write_run(line, number, 1),)), *colon, findings)
            return True
    return False


def _report_depth(place: Place, findings: Findings) -> None:
    findings.report(
        place,
        code="nested-too-deep",
        message=f"this is nested more than {MAXIMUM_DEPTH} deep",
        help="a rule file needs three levels",
    )


class _Reader:
    def __init__(self, path: str, lines: tuple[str, ...], findings: Findings, begin: str) -> None:
        self._path = path
        self._lines = lines
        self._findings = findings
        self._begin = begin
        self._events: Iterator[yaml.Event] = yaml.parse("\n".join(lines), Loader=_Loader)
        self._depth = 0

    def read(self) -> Node:
        next(self._events)
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            self._refuse_empty()
        node = self._node(next(self._events))
        next(self._events)
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            message = "a second document begins here"
            self._report(event, code="several-documents", message=message, help="delete it")
            raise _RefusedError
        if isinstance(node, Scalar) and not node.text.text and not node.quoted:
            self._refuse_empty()
        return node

    def _node(self, event: yaml.Event) -> Node:
        self._refuse_reference(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        self._depth += 1
        if self._depth > MAXIMUM_DEPTH:
            _report_depth(self._place(event), self._findings)
            raise _RefusedError
        mapping = isinstance(event, yaml.MappingStartEvent)
        node: Node = self._mapping(event) if mapping else self._sequence(event)
        self._depth -= 1
        return node

    def _refuse_reference(self, event: yaml.Event) -> None:
        """Refuse what stands for something else than it says."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            message = f"`*{anchor}` stands for something that is written elsewhere"
            self._report(event, code="alias", message=message, help="write it out again")
        elif anchor is not None:
            message = f"`&{anchor}` is an anchor of YAML"
            self._report(event, code="anchor", message=message, help="delete it")
        elif tag is not None:
            help = "delete it, or quote a text that begins with `!`"
            self._report(event, code="tag", message="a tag of YAML begins here", help=help)
        else:
            return
        raise _RefusedError

    def _sequence(self, start: yaml.Event) -> Sequence:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return Sequence(place=self._place(start), items=tuple(items))

    def _mapping(self, start: yaml.Event) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event)
            node = self._node(next(self._events))
            if not isinstance(key, Scalar):
                message = "a key has to be one word"
                self._report(event, code="invalid-yaml", message=message, help=None)
                continue
            name = key.text.text
            if name in lines:
                self._findings.report(
                    key.place,
                    code="duplicate-key",
                    message=f"`{name}` is given twice, first in line {lines[name]}",
                    help="keep one of them",
                )
                continue
            lines[name] = key.place.line
            entries.append((key, node))
        return Mapping(place=self._place(start), entries=tuple(entries))

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        if event.style == "|":
            return Scalar(path=self._path, lines=self._block_runs(event), block=True)
        if event.style not in ("'", '"'):
            return Scalar(path=self._path, lines=self._plain_runs(event))
        if _SURROGATE.search(event.value):
            message = "half of a character cannot stand alone"
            self._report(event, code="invalid-character", message=message, help="delete it")
        line, column = self._at(event.start_mark)
        if line == self._at(event.end_mark)[0]:
            run = write_run(event.value, line + 1, column + 2)
        else:
            width = len(self._lines[line]) - column
            run = Run(text=event.value, line=line + 1, column=column + 1, width=width)
        return Scalar(path=self._path, lines=(run,), quoted=True)

    def _block_runs(self, event: yaml.ScalarEvent) -> tuple[Run, ...]:
        line, column = self._at(event.start_mark)
        values = event.value.split("\n")
        runs = [
            # The parser took the indentation away, and nothing else.
            write_run(value.rstrip(), number + 1, len(self._lines[number]) - len(value) + 1)
            for number, value in enumerate(values[: len(self._lines) - line - 1], line + 1)
        ]
        return tuple(runs) or (write_run("", line + 1, column + 1),)

    def _plain_runs(self, event: yaml.ScalarEvent) -> tuple[Run, ...]:
        (first, column), (last, end) = self._at(event.start_mark), self._at(event.end_mark)
        runs: list[Run] = []
        # A folded block (`>`) is read here too: only a literal one may hold a table.
        for number in range(first, last + 1):
            start = column if number == first else 0
            line = self._lines[number]
            content = line[start:end] if number == last else line[start:]
            stripped = content.strip()
            if stripped:
                spaces = len(content) - len(content.lstrip())
                runs.append(write_run(stripped, number + 1, start + spaces + 1))
        return tuple(runs) or (write_run("", first + 1, column + 1),)

    def _at(self, mark: Any) -> tuple[int, int]:
        """Return line and column from 0; every event has marks, though its type does not say so.

        The end of the stream may stand behind the last line.
        """
        if mark.line < len(self._lines):
            return mark.line, mark.column
        return len(self._lines) - 1, len(self._lines[-1])

    def _place(self, event: yaml.Event) -> Place:
        line, column = self._at(event.start_mark)
        return Place(path=self._path, line=line + 1, column=column + 1)

    def _report(self, event: yaml.Event, *, code: str, message: str, help: str | None) -> None:
        self._findings.report(self._place(event), code=code, message=message, help=help)

    def _refuse_empty(self) -> None:
        self._findings.report(
            Place(path=self._path, line=1, column=1),
            code="empty-file",
            message="this file is empty",
            help=f"begin it with {self._begin}",
        )
        raise _RefusedError
