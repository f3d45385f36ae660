"""Removing a deal, or a person of a deal, from a journal for good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from sqlite3 import Connection

from attrs import frozen

from b2brules.facts.values import shown
from b2brules.facts.vocabulary import Vocabulary
from b2brules.ruleset.model import Book
from b2brules.session.journal import Clock, read_clock, read_journal
from b2brules.session.journal_file import (
    JournalError,
    build,
    claimed,
    connect,
    explained,
    is_busy,
    new_file,
    require_writable,
    transaction,
)
from b2brules.session.journal_rows import (
    BEGINNING,
    Entry,
    read_entries,
    read_head,
    row_of,
    write_row,
)
from b2brules.session.scrubbing import (
    PEOPLE,
    DealScrub,
    PersonScrub,
    Scrub,
    deals_in,
    names_in,
    people_in,
    unknown_fact,
)

VERB = "purge"

_SHOWN = 8


@frozen(kw_only=True)
class Purged:
    """What a purge did.

    Args:
        entries_removed: How many entries are gone.
        entries_changed: In how many entries something is gone.
    """

    entries_removed: int
    entries_changed: int


@frozen(kw_only=True)
class _Removal:
    """A deal or a person that is to be removed, by whom and when."""

    deal: str
    person: str | None
    by: str | None
    at: datetime

    def note(self, number: int, rulebook: str) -> Entry:
        """Return the entry that says so, but not of whom."""
        return Entry(
            number=number,
            at=self.at,
            by=self.by,
            source=None,
            deal=None if self.person is None else self.deal,
            verb=VERB,
            rulebook=rulebook,
            facts=[],
            override=None,
            difference=None,
            removed="deal" if self.person is None else "person",
        )


def purge(
    path: str | os.PathLike[str],
    deal: str,
    person: str | None = None,
    *,
    book: Book,
    by: str | None,
    clock: Clock,
) -> Purged:
    """Remove a deal, or a person of a deal, from a journal for good; see `Rulebook.purge`.

    Args:
        path: The journal; nobody may write to it or read it.
        deal: The id of the deal.
        person: The id of the person; ``None`` for the whole deal.
        book: The rules that the journal was written with.
        by: Who does it, if that is known.
        clock: What time it is.

    Returns:
        How many entries were removed and changed.

    Raises:
        JournalError: There is no such deal or person; the deal of the person has facts that the
            rules do not know; or the journal is in use, damaged or cannot be written. Nothing is
            changed.
        TypeError: The clock says no time.
        ValueError: The clock says a time without its time zone.
    """
    named = Path(path)
    removal = _Removal(deal=deal, person=person, by=by, at=read_clock(clock))
    # The claim alone would make a journal that is not there.
    connect(named).close()
    with closing(claimed(named)), closing(connect(named)) as connection:
        with explained(named):
            require_writable(connection)
        entries = read_entries(connection, named, None)
        names = _names(entries, named, deal, person, book.vocabulary)
        scrub: Scrub = DealScrub(deal=deal, names=names)
        if person is not None:
            scrub = PersonScrub(deal=deal, person=person, names=names, book=book)
        beside = new_file(named)
        try:
            with explained(named), closing(build(beside)) as fresh:
                purged = _write_rest(fresh, connection, named, scrub, removal)
                _put_in_place(fresh, connection, named)
        finally:
            beside.unlink(missing_ok=True)
    return purged


def require_removable(
    path: str | os.PathLike[str], deal: str, person: str | None, vocabulary: Vocabulary
) -> None:
    """See that a deal, or a person of a deal, can be removed, before somebody is asked about it.

    Raises:
        JournalError: It cannot, for the same reasons as in `purge`; whether the journal is in use
            is not looked at.
    """
    with read_journal(path) as journal:
        _names(journal.entries(), Path(path), deal, person, vocabulary)


def _names(
    entries: Iterable[Entry], path: Path, deal: str, person: str | None, vocabulary: Vocabulary
) -> frozenset[str]:
    """Return what a deal or a person was called.

    Raises:
        JournalError: There is none with that id, or what can be said of the deal is not known.
    """
    deals: dict[str, None] = {}
    people: dict[str, None] = {}
    names: set[str] = set()
    strange: tuple[int, str] | None = None
    name = "name" if person is None else f"{PEOPLE}[{person}].name"
    for entry in entries:
        deals.update(dict.fromkeys(deals_in(entry)))
        if entry.deal == deal:
            people.update(dict.fromkeys(people_in(entry)))
            names.update(names_in(entry, name))
            # Of a deal that goes as a whole, nothing has to be told apart.
            if person is not None and strange is None:
                fact = unknown_fact(entry, vocabulary, person)
                strange = None if fact is None else (entry.number, fact)
    if deal not in deals:
        raise JournalError(f"there is no deal `{deal}` in `{path}`; {_those(deals)}")
    if person is not None and person not in people:
        raise JournalError(f"there is no person `{person}` in the deal `{deal}`; {_those(people)}")
    if strange is not None:
        number, fact = strange
        raise JournalError(
            f"entry {number} of `{path}` has the fact {shown(fact)}, which the rulebook does not "
            "know; load the rulebook that the journal was written with"
        )
    return frozenset(names)


def _write_rest(
    fresh: Connection, connection: Connection, path: Path, scrub: Scrub, removal: _Removal
) -> Purged:
    """Write what is left of each entry, and the note, to a new journal."""
    removed = changed = 0
    digest = BEGINNING
    last, _ = read_head(connection, path)
    rulebook = ""
    with transaction(fresh):
        for entry in read_entries(connection, path, None):
            rulebook = entry.rulebook
            left = scrub(entry)
            if left is None:
                removed += 1
                continue
            changed += left != entry
            digest = write_row(fresh, left.number, row_of(left), digest)
        # A session that goes on from here is not to take the rules for other ones.
        note = removal.note(last + 1, rulebook)
        write_row(fresh, note.number, row_of(note), digest)
    return Purged(entries_removed=removed, entries_changed=changed)


def _put_in_place(fresh: Connection, connection: Connection, path: Path) -> None:
    """Replace every byte of a journal in one step, which a killed process takes back.

    Raises:
        JournalError: Somebody is reading it.
    """
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    try:
        # The file beside the journal has old rows in it. This ends it, if nobody reads. From now
        # on such a file is emptied in the very step that makes a change last.
        ((mode,),) = connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = EXTRA")
        # The copying would wait for readers for ever.
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
        mode = b"wal"
    if mode != b"truncate":
        raise JournalError(f"`{path}` is being read; purge it once nobody reads it")
    fresh.backup(connection)
    # Does away with the empty file.
    connection.execute("PRAGMA journal_mode = DELETE")


def _those(ids: Iterable[str]) -> str:
    """Say which ids there are, the first of them if they are many."""
    listed = list(ids)
    if not listed:
        return "there is none"
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return f"there {'is' if len(listed) == 1 else 'are'} " + (
        ", ".join(f"`{one}`" for one in listed[:_SHOWN]) + more
    )
