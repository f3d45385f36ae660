"""Reading the deals that a command was given: files, or standard input as `-`."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from attrs import frozen

from b2brules.cli.output import CannotReadError, CannotRunError, reason, say_problem

if TYPE_CHECKING:
    from b2brules.facts.document import Format
    from b2brules.facts.problems import FactsError
    from b2brules.facts.review import Deal
    from b2brules.facts.vocabulary import Vocabulary

STANDARD_INPUT = "-"


@frozen(kw_only=True)
class Deals:
    """The deals of one file, read one after the other.

    Args:
        listed: Each deal, or what is wrong with it.
        are_many: Whether they are a pipeline: a list, JSON Lines or several documents, even if
            there is only one in it.
    """

    listed: Iterable[Deal | FactsError]
    are_many: bool


def name_input(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paths, or standard input if there are none and something is to be read there.

    Raises:
        CannotRunError: Nothing is to be read there but what somebody types.
    """
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise CannotRunError("no deal is given; name a file, or `-` for standard input")
    return (STANDARD_INPUT,)


@contextmanager
def open_deals(vocabulary: Vocabulary, path: str) -> Iterator[Deals]:
    """Open a file of deals; JSON Lines are read while they are used, so they may be of any length.

    Raises:
        CannotReadError: It cannot be read.
    """
    from b2brules.facts.document import read_lines, read_pipeline
    from b2brules.facts.source import SIZE

    with _opened(path) as stream:
        form = _format(path)
        head = list(_first_lines(stream))
        if form == "jsonl" or (form in (None, "json") and _are_json_lines(head)):
            yield Deals(listed=read_lines(vocabulary, itertools.chain(head, stream)), are_many=True)
            return
        # One byte too many shows that the text is too long, without reading all of it.
        text = b"".join(head)
        text += stream.read(max(SIZE + 1 - len(text), 0))
        found = read_pipeline(vocabulary, text, format=form)
        first = list(itertools.islice(found, 2))
        are_many = len(first) > 1 or _is_list(text)
        yield Deals(listed=itertools.chain(first, found), are_many=are_many)


def read_deal(vocabulary: Vocabulary, path: str) -> Deal | FactsError:
    """Return the one deal of a file, or what is wrong with it.

    Raises:
        CannotReadError: It cannot be read.
    """
    from b2brules.facts.document import read_document
    from b2brules.facts.problems import FactsError
    from b2brules.facts.source import SIZE

    with _opened(path) as stream:
        text = stream.read(SIZE + 1)
    try:
        return read_document(vocabulary, text, format=_format(path))
    except FactsError as error:
        return error


def say_refusal(path: str, error: FactsError) -> None:
    """Write what is wrong with a deal to standard error, a line for each problem."""
    for problem in error.problems:
        line = problem.line or error.line
        where = path if line is None else f"{path}:{line}"
        if line is None and error.index is not None:
            where = f"{path}: deal {error.index}"
        what = f"{problem.path}: {problem.message}" if problem.path else problem.message
        say_problem(f"{where}: {what}")


def _opened(path: str) -> AbstractContextManager[BinaryIO]:
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise CannotReadError("cannot read standard input: it is closed")
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise CannotReadError(f"cannot read `{path}`: {reason(error)}") from None
    except ValueError:
        raise CannotReadError(f"cannot read `{path}`: no file has such a name") from None


def _format(path: str) -> Format | None:
    from b2brules.rulebook import format_of

    return None if path == STANDARD_INPUT else format_of(Path(path))


def _first_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield lines until two of them say something, however long they are."""
    from b2brules.facts.source import SIZE

    said = 0
    while said < 2:
        line = stream.readline(SIZE + 1)
        if not line:
            return
        said += bool(line.strip())
        yield line


def _are_json_lines(head: list[bytes]) -> bool:
    said = [line.strip().removeprefix(b"\xef\xbb\xbf") for line in head if line.strip()]
    return len(said) > 1 and all(line.startswith(b"{") and line.endswith(b"}") for line in said)


def _is_list(text: bytes) -> bool:
    """Whether a text is a list of deals, as its first line that says something shows."""
    for line in text.removeprefix(b"\xef\xbb\xbf").splitlines():
        said = line.strip()
        if said and not said.startswith((b"#", b"---", b"%")):
            return said.startswith((b"[", b"- ")) or said == b"-"
    return False
