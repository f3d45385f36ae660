"""How entries of a journal stand in its rows, each tied to the row before it by a digest.

A row that changed, or that is missing, is found because its digest no longer fits. Gaps in the
numbers are no sign of that: a purge leaves them, and ties the rows around them together again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from sqlite3 import Connection
from typing import Any, TypeAlias

from attrs import asdict, frozen

from b2brules.advice.serialising import Json, write_json
from b2brules.session.journal_file import JournalError, damaged, explained

BEGINNING = b""
"""What the first row is tied to."""

Row: TypeAlias = Sequence[str | bytes | None]
"""What a row holds behind its number and before its digest."""

_COLUMNS = "at, actor, source, deal, verb, rulebook, facts, override, difference, removed"
_ROWS = (
    f"SELECT number, digest, {_COLUMNS} FROM entries "
    "WHERE number > ? AND number <= ? ORDER BY number LIMIT 100"
)
_LENGTH = 32


@frozen(kw_only=True)
class Entry:
    """One change, and what it did to the advice.

    Args:
        number: 1, 2, … in the order of the changes; never used again. A purge leaves gaps.
        at: When, in UTC, by the clock that the journal was given.
        by: Who made the change, if that is known.
        source: Where the facts come from, if that is known.
        deal: The deal; ``None`` for what concerns all of them.
        verb: What kind of change it is, in one word; ``purge`` for a removal, which changes no
            facts.
        rulebook: The fingerprint of the rules.
        facts: What became of which fact: ``{"path": …, "before": …, "after": …}``.
        override: A decision that somebody took, or took back.
        difference: What the change did to the advice; by deal where ``deal`` is ``None``.
        removed: What a purge removed: ``person`` or ``deal``.
    """

    number: int
    at: datetime
    by: str | None
    source: str | None
    deal: str | None
    verb: str
    rulebook: str
    facts: Any
    override: Any
    difference: Any
    removed: str | None = None

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the entry as JSON text, on one line unless it is to be indented."""
        return write_json({**asdict(self, recurse=False), "at": self.at.isoformat()}, indent)


def row_of(entry: Entry) -> Row:
    """Return what a row holds of an entry.

    Raises:
        JournalError: A text cannot be stored.
    """
    row = (
        entry.at.isoformat(),
        entry.by,
        entry.source,
        entry.deal,
        entry.verb,
        entry.rulebook,
        write_json(entry.facts, None),
        _optional(entry.override),
        _optional(entry.difference),
        entry.removed,
    )
    try:
        for value in row:
            (value or "").encode()
    except UnicodeEncodeError:
        raise JournalError(f"{value!a} has half a character in it; write it anew") from None
    return row


def entry_of(number: int, row: Row) -> Entry:
    """Return the entry that a row holds.

    Raises:
        ValueError: It holds none.
    """
    at, by, source, deal, verb, rulebook, facts, override, difference, removed = map(_text, row)
    return Entry(
        number=number,
        at=datetime.fromisoformat(at or ""),
        by=by,
        source=source,
        deal=deal,
        verb=verb or "",
        rulebook=rulebook or "",
        facts=_read(facts),
        override=_read(override),
        difference=_read(difference),
        removed=removed,
    )


def tie(number: int, row: Row, before: bytes) -> bytes:
    """Return the digest of a row, given the one of the row before it."""
    found = hashlib.sha256(b"%s %d" % (before, number))
    for value in row:
        # With its length, so that no character can wander into the next column.
        data = value.encode() if isinstance(value, str) else value
        found.update(b"-" if data is None else b"%d:%s" % (len(data), data))
    return found.hexdigest()[:_LENGTH].encode()


def write_row(connection: Connection, number: int, row: Row, before: bytes) -> bytes:
    """Put a row behind the last one, inside a transaction; return its digest."""
    digest = tie(number, row, before)
    marks = ", ".join("?" * (len(row) + 2))
    connection.execute(
        f"INSERT INTO entries (number, {_COLUMNS}, digest) VALUES ({marks})",
        (number, *row, digest.decode()),
    )
    connection.execute("UPDATE head SET number = ?, digest = ?", (number, digest.decode()))
    return digest


def read_head(connection: Connection, path: Path) -> tuple[int, bytes]:
    """Return the number and the digest of the last row; 0 and ``BEGINNING`` if there is none.

    Raises:
        JournalError: That cannot be told.
    """
    with explained(path):
        found = connection.execute("SELECT number, digest FROM head").fetchall()
    match found:
        case [(int(number), bytes(digest))]:
            return number, digest
    raise damaged(path)


def read_rows(connection: Connection, path: Path) -> Iterator[tuple[int, Row]]:
    """Yield the number and the contents of each row that is there when this begins.

    Raises:
        JournalError: A row is damaged or missing.
    """
    last, final = read_head(connection, path)
    number, digest = 0, BEGINNING
    while number < last:
        # In pieces: somebody who reads slowly must not keep the writer from tidying up.
        with explained(path):
            piece = connection.execute(_ROWS, (number, last)).fetchall()
        if not piece:
            break
        for here, tied, *row in piece:
            if not isinstance(here, int) or here <= number or not all(map(_is_text, row)):
                raise damaged(path, f"entry {number + 1} of `{path}`")
            if tie(here, row, digest) != tied:
                missing = "" if here == number + 1 else ", or one before it is missing"
                raise damaged(path, f"entry {here} of `{path}`", missing)
            yield here, row
            number, digest = here, tied
    if (number, digest) != (last, final):
        raise damaged(path, f"the end of `{path}`")


def read_entries(connection: Connection, path: Path, deal: str | None) -> Iterator[Entry]:
    """Yield the entries that are there when this begins, in their order.

    Args:
        connection: To the journal.
        path: What to call it.
        deal: Only those of this deal and those that concern all deals; ``None`` for all.

    Raises:
        JournalError: One is damaged or missing, of whatever deal.
    """
    for number, row in read_rows(connection, path):
        try:
            entry = entry_of(number, row)
        except ValueError:
            raise damaged(path, f"entry {number} of `{path}`") from None
        if deal is None or entry.deal in (deal, None):
            yield entry


def read_back(value: Json, name: str) -> Any:
    """Return a value as it will be read: its numbers as integers or exact decimals.

    Raises:
        TypeError: It is nothing that JSON has.
    """
    try:
        return _read(write_json(value, None))
    except ValueError:
        raise TypeError(f"`{name}` has something in it that JSON has not") from None


def _optional(value: Json) -> str | None:
    return None if value is None else write_json(value, None)


def _read(text: str | None) -> Any:
    if text is None:
        return None
    return json.loads(text, parse_float=Decimal, parse_constant=_refuse)


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _text(value: str | bytes | None) -> str | None:
    return value.decode() if isinstance(value, bytes) else value


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, bytes)
