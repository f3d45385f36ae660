"""A journal of live deals: every change, and what it did to the advice, in one SQLite file.

An entry is on the disk before it is acknowledged. A process that is killed loses nothing that was
acknowledged, and others read on while one writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType
from typing import Self, TypeAlias

from b2brules.advice.serialising import Json
from b2brules.facts.values import shown, suggestion
from b2brules.session.journal_file import (
    JournalError,
    claimed,
    connect,
    explained,
    require_writable,
    transaction,
    undone,
)
from b2brules.session.journal_rows import (
    Entry,
    read_back,
    read_entries,
    read_head,
    row_of,
    write_row,
)

__all__ = ["Clock", "Entry", "Journal", "JournalError", "JournalReader", "read_journal"]

_SHOWN = 8

Clock: TypeAlias = Callable[[], datetime]
"""Says what time it is, with its time zone."""


class JournalReader:
    """A journal that is open for reading, perhaps while a session writes to it.

    Make one with :func:`read_journal`, in a ``with`` statement.
    """

    def __init__(self, path: Path, connection: Connection) -> None:
        self._path = path
        self._connection = connection

    def entries(self, deal: str | None = None) -> Iterator[Entry]:
        """Yield the entries that are there at this moment, in the order of the changes.

        Args:
            deal: Only those of this deal and those that concern all deals; ``None`` for all.

        Raises:
            JournalError: One is damaged or missing, of whatever deal. Those before it were
                yielded, and are as they were written.
        """
        return read_entries(self._connection, self._path, deal)

    def close(self) -> None:
        """Let the journal go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class Journal(JournalReader):
    """A journal that is open for writing, by nobody else.

    An empty file whose name ends in ``-claim`` stays beside it, and means nothing once the journal
    is closed. Use it from one thread at a time.

    Args:
        path: The file; it is made if it is not there.
        clock: What time it is; each entry is stamped with it.

    Raises:
        JournalError: The file is in use, is no journal, or cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str], *, clock: Clock) -> None:
        named = Path(path)
        with undone() as undo:
            self._claim = claimed(named)
            undo.callback(self._claim.close)
            connection = connect(named)
            undo.callback(connection.close)
            _prepare(connection, named)
        super().__init__(named, connection)
        self._clock = clock
        with explained(named):
            self._last, _ = read_head(connection, named)

    def append(
        self,
        *,
        by: str | None,
        source: str | None,
        deal: str | None,
        verb: str,
        rulebook: str,
        facts: Sequence[Json],
        override: Json,
        difference: Json,
    ) -> Entry:
        """Write an entry down. It is on the disk when this returns.

        The arguments are those of :class:`Entry`.

        Returns:
            The entry, as it will be read.

        Raises:
            JournalError: It cannot be written; the journal is as it was, and can be written to
                once the cause is gone.
            TypeError: The clock says no time, or something is nothing that JSON has.
            ValueError: The clock says a time without its time zone.
        """
        at = read_clock(self._clock)
        connection = self._connection
        with explained(self._path), transaction(connection):
            number, digest = read_head(connection, self._path)
            if number != self._last:
                # Its claim was deleted, or the file has another name too.
                raise JournalError(
                    f"`{self._path}` was written to by another session; close this one, and open "
                    "it again"
                )
            entry = Entry(
                number=number + 1,
                at=at,
                by=by,
                source=source,
                deal=deal,
                verb=verb,
                rulebook=rulebook,
                facts=read_back(list(facts), "facts"),
                override=read_back(override, "override"),
                difference=read_back(difference, "difference"),
            )
            write_row(connection, entry.number, row_of(entry), digest)
        self._last = entry.number
        return entry

    def close(self) -> None:
        """Let the journal go; another session may write to it then."""
        super().close()
        self._claim.close()


def read_journal(path: str | os.PathLike[str]) -> JournalReader:
    """Open a journal for reading, perhaps while a session writes to it.

    Args:
        path: The file.

    Returns:
        What to read it with, in a ``with`` statement.

    Raises:
        JournalError: There is no such file, or it is no journal.
    """
    named = Path(path)
    connection = connect(named)
    # Not opened for reading only: then nobody could mend what a killed process left.
    with undone() as undo, explained(named):
        undo.callback(connection.close)
        connection.execute("PRAGMA query_only = ON")
    return JournalReader(named, connection)


def entries_about(path: str | os.PathLike[str], deal: str | None) -> list[Entry]:
    """Return all entries of a journal that has a certain deal.

    Args:
        path: The file.
        deal: The deal's id; ``None`` if no deal is asked for.

    Raises:
        JournalError: It cannot be read.
        KeyError: It has no such deal; the message says which it has.
    """
    with read_journal(path) as journal:
        entries = list(journal.entries())
    deals = list(dict.fromkeys(one.deal for one in entries if one.deal is not None))
    if deal is not None and deal not in deals:
        some = ", ".join(map(shown, deals[:_SHOWN]))
        there = suggestion(deal, deals) or (f"; there are {some}" if some else "; it has none")
        raise KeyError(f"there is no deal {shown(deal)} in the journal{there}")
    return entries


def read_clock(clock: Clock) -> datetime:
    """Return what time it is, in UTC.

    Raises:
        TypeError: The clock says no time.
        ValueError: It says a time without its time zone.
    """
    now = clock()
    if not isinstance(now, datetime):
        raise TypeError(f"`clock` has to return a datetime, not {type(now).__name__}")
    if now.utcoffset() is None:
        raise ValueError("`clock` has to return a datetime with a time zone")
    return now.astimezone(UTC)


def _prepare(connection: Connection, path: Path) -> None:
    """Set a connection up for writing, and see that it can."""
    with explained(path):
        ((mode,),) = connection.execute("PRAGMA journal_mode = WAL")
        if mode != b"wal":
            raise JournalError(f"`{path}` cannot be kept on this disk; name a file on a local one")
        # A change is on the disk before it is acknowledged …
        connection.execute("PRAGMA synchronous = FULL")
        # … and in the file itself, not only in the one beside it, which somebody may lose.
        connection.execute("PRAGMA wal_autocheckpoint = 1")
        require_writable(connection)
