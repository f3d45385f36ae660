"""The file of a journal: making it, opening it, claiming it, and what can be wrong with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection

APPLICATION = 0x62326272
"""Marks a database as a journal of ours."""

FORMAT = 1

# `actor`, because `by` is a word of SQL.
_TABLES = """
CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT,
  source TEXT,
  deal TEXT,
  verb TEXT NOT NULL,
  rulebook TEXT NOT NULL,
  facts TEXT NOT NULL,
  override TEXT,
  difference TEXT,
  removed TEXT,
  digest TEXT NOT NULL
);
CREATE TABLE head (number INTEGER NOT NULL, digest TEXT NOT NULL);
INSERT INTO head VALUES (0, '');
"""


class JournalError(Exception):
    """A journal cannot be used as it was asked to be; its text is one message for people."""


def build(file: Path) -> Connection:
    """Make an empty journal where there is no file, and return the way to it.

    Raises:
        sqlite3.Error: It cannot be made.
    """
    with undone() as undo:
        connection = sqlite3.connect(file, isolation_level=None)
        undo.callback(connection.close)
        # No text ever fails to be read: what is not UTF-8 is found by its digest.
        connection.text_factory = bytes
        connection.executescript(
            f"BEGIN; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT};"
            f"{_TABLES} COMMIT;"
        )
    return connection


def connect(path: Path) -> Connection:
    """Open a file that is there, after a look whether it is a journal.

    Raises:
        JournalError: It is none, or cannot be opened.
    """
    file = real(path)
    with explained(path):
        if file.is_dir():
            raise JournalError(f"`{path}` is a folder; name a file")
        if file.stat().st_size == 0:
            raise JournalError(f"`{path}` is empty and no journal; delete it to begin a new one")
        try:
            return _checked(file, path, "mode=rw")
        except sqlite3.OperationalError as error:
            # Files that SQLite wants beside it cannot be made in a folder that may only be read,
            # where nobody can be writing either.
            refused = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
            if _code(error) not in refused or beside(file, "wal").exists():
                raise
            return _checked(file, path, "mode=ro&immutable=1")


def claimed(path: Path) -> Connection:
    """Claim a journal for one writer, and make it if it is not there.

    Returns:
        The claim, which holds until it is closed or the process ends, in whatever way.

    Raises:
        JournalError: Somebody else has it, it is no journal, or it cannot be made.
    """
    file = real(path)
    with explained(path), undone() as undo:
        if file.exists():
            # No claim is left beside what is no journal.
            connect(path).close()
        claim = _claim(file, path)
        undo.callback(claim.close)
        # What was left by a process that was killed while it made a journal.
        _delete(new_file(path), beside(new_file(path), "journal"))
        if not file.exists():
            # What was left of a journal that somebody deleted would be taken for a part of it.
            _delete(*(beside(file, ending) for ending in ("wal", "shm", "journal")))
            build(new_file(path)).close()
            new_file(path).replace(file)
            _settle(file.parent)
    return claim


def real(path: Path) -> Path:
    """Return the file that a path leads to, so that one file has one claim."""
    return Path(os.path.realpath(path))


def new_file(path: Path) -> Path:
    """Return where a journal is made before it takes its place."""
    return beside(real(path), "new")


def beside(file: Path, ending: str) -> Path:
    """Return the file beside another one, as SQLite names those of its own."""
    return file.with_name(f"{file.name}-{ending}")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether somebody else has a lock."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextlib.contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Write everything that is done in here, or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite may have done it already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def require_writable(connection: Connection) -> None:
    """See that a journal can be written, which nothing but writing shows.

    Raises:
        sqlite3.Error: It cannot.
    """
    with transaction(connection):
        connection.execute("UPDATE head SET number = number")


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Say in one message what the system or SQLite has against a journal.

    Raises:
        JournalError: It had something against it.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise JournalError(_explanation(error, path)) from None
    except UnicodeDecodeError:
        # SQLite names what it does not find as the damaged file has it.
        raise damaged(path) from None
    except FileNotFoundError:
        raise JournalError(f"there is no `{path}`; name the file of a session") from None
    except OSError as error:
        reason = (error.strerror or "it cannot be used").lower()
        raise JournalError(f"cannot use `{path}`: {reason}; name another file") from None


@contextlib.contextmanager
def undone() -> Iterator[contextlib.ExitStack]:
    """Collect what is to be undone if this ends in an error."""
    with contextlib.ExitStack() as undo:
        yield undo
        undo.pop_all()


def damaged(path: Path, what: str = "", more: str = "") -> JournalError:
    """Return what to say of a journal of which ``what`` does not hold what was written."""
    # What is left of the damaged one would be taken for a part of the copy.
    remedy = f"put a copy from an earlier day in its place, with no `{path.name}-wal` beside it"
    return JournalError(f"{what or f'`{path}`'} is damaged{more}; {remedy}")


def _claim(file: Path, path: Path) -> Connection:
    """Take the lock that says who writes.

    It is one on an empty database of its own. A lock on the journal itself would be let go for a
    moment at the end of each change, or would keep readers out.
    """
    if not file.parent.is_dir():
        raise JournalError(f"there is no folder `{path.parent}` for `{path.name}`; create it first")
    with undone() as undo:
        connection = sqlite3.connect(
            beside(file, "claim"), timeout=0, isolation_level=None, check_same_thread=False
        )
        undo.callback(connection.close)
        try:
            # In memory: SQLite would put another file beside it.
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            raise JournalError(
                f"`{path}` is in use by another session; close that one first"
            ) from None
    return connection


def _checked(file: Path, path: Path, mode: str) -> Connection:
    with undone() as undo:
        connection = sqlite3.connect(
            f"{file.as_uri()}?{mode}",
            uri=True,
            timeout=1,
            isolation_level=None,
            check_same_thread=False,
        )
        undo.callback(connection.close)
        connection.text_factory = bytes
        ((application,),) = connection.execute("PRAGMA application_id")
        ((format_,),) = connection.execute("PRAGMA user_version")
        if application != APPLICATION:
            raise JournalError(f"`{path}` is a database, but no journal; name another file")
        if format_ > FORMAT:
            raise JournalError(f"`{path}` was written by a newer b2brules; install that one")
        if format_ != FORMAT:
            raise damaged(path)
    return connection


def _explanation(error: sqlite3.Error, path: Path) -> str:
    match _code(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return f"`{path}` is in use by another program; close that one first"
        case sqlite3.SQLITE_READONLY:
            return (
                f"`{path}` may only be read; change its permissions and those of its folder, or "
                "name another file"
            )
        case sqlite3.SQLITE_FULL:
            return f"cannot write `{path}`: the disk is full; make room and try again"
        case sqlite3.SQLITE_IOERR:
            return (
                f"cannot use `{path}`: the disk refuses; see that it works and has room, and try "
                "again"
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return f"cannot open `{path}`; see that it, and its folder, may be written to"
        case sqlite3.SQLITE_NOTADB:
            return f"`{path}` is no journal; name another file"
        case sqlite3.SQLITE_TOOBIG:
            return f"cannot write `{path}`: an entry is too long; shorten its texts"
        case None:
            return f"`{path}` is closed; open it again"
    return str(damaged(path))


def _code(error: sqlite3.Error) -> int | None:
    """Return SQLite's word for an error without its refinements; ``None`` if it has none."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _delete(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make sure that a new name in a folder outlives a power cut, where folders can be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
