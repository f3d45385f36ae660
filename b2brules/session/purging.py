"""Removing a deal, or a person of a deal, from a journal for good."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection

from attrs import evolve, frozen

from b2brules.session.journal import Clock, read_clock
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


def purge(
    path: str | os.PathLike[str],
    deal: str,
    person: str | None = None,
    *,
    by: str | None,
    clock: Clock,
) -> Purged:
    """Remove a deal, or a person of a deal, from a journal for good.

    Of a deal nothing stays: neither its entries, nor what changes of the day, of rates and of
    rules did to it. Of a person go the facts, what other facts, decisions and recommendations say
    about them, and overrides about them; their id and their names in texts become ``(removed)``.
    That is also done to the texts of entries that concern all deals. What texts say of somebody
    in other words stays, and so does the same person in another deal.

    The rest stays readable under its numbers. An entry with the verb ``purge`` says that a person
    or a deal was removed, when and by whom, but not which one. It is done whole or not at all,
    whatever happens meanwhile, and the bytes are gone from the file then; not from copies of it.

    Args:
        path: The journal; nobody may write to it or read it.
        deal: The id of the deal.
        person: The id of the person; ``None`` for the whole deal.
        by: Who does it, if that is known.
        clock: What time it is.

    Returns:
        How many entries were removed and changed.

    Raises:
        JournalError: There is no such deal or person, or the journal is in use, damaged or cannot
            be written; nothing is changed.
        TypeError: The clock says no time.
        ValueError: The clock says a time without its time zone.
    """
    named = Path(path)
    note = Entry(
        # Its number and rules are those that it is written with.
        number=0,
        at=read_clock(clock),
        by=by,
        source=None,
        deal=None if person is None else deal,
        verb=VERB,
        rulebook="",
        facts=[],
        override=None,
        difference=None,
        removed="deal" if person is None else "person",
    )
    # The claim alone would make a journal that is not there.
    connect(named).close()
    with closing(claimed(named)), closing(connect(named)) as connection:
        with explained(named):
            require_writable(connection)
        scrub = _scrub(connection, named, deal, person)
        beside = new_file(named)
        try:
            with explained(named), closing(build(beside)) as fresh:
                purged = _write_rest(fresh, connection, named, scrub, note)
                _put_in_place(fresh, connection, named)
        finally:
            beside.unlink(missing_ok=True)
    return purged


def _scrub(connection: Connection, path: Path, deal: str, person: str | None) -> Scrub:
    """Return what takes a deal or a person out of entries.

    Raises:
        JournalError: There is none with that id.
    """
    deals: dict[str, None] = {}
    people: dict[str, None] = {}
    names: set[str] = set()
    name = "name" if person is None else f"{PEOPLE}[{person}].name"
    for entry in read_entries(connection, path, None):
        deals.update(dict.fromkeys(deals_in(entry)))
        if entry.deal == deal:
            people.update(dict.fromkeys(people_in(entry)))
            names.update(names_in(entry, name))
    if deal not in deals:
        raise JournalError(f"there is no deal `{deal}` in `{path}`; {_those(deals)}")
    if person is None:
        return DealScrub(deal=deal, names=frozenset(names))
    if person not in people:
        raise JournalError(f"there is no person `{person}` in the deal `{deal}`; {_those(people)}")
    return PersonScrub(deal=deal, person=person, names=frozenset(names))


def _write_rest(
    fresh: Connection, connection: Connection, path: Path, scrub: Scrub, note: Entry
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
        note = evolve(note, number=last + 1, rulebook=rulebook)
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
