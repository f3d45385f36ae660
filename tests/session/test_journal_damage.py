"""A journal that is damaged says so; it never gives a wrong entry, nor fewer, in silence."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from b2brules.session.journal import Entry, Journal, JournalError, read_journal
from tests.session.journals import Clock, append, fill, read, run

REMEDY = "put a copy from an earlier day in its place, with no `deals.db-wal` beside it"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    """A journal of 200 entries, which is not to be changed, and what is in it."""
    path = tmp_path_factory.mktemp("whole") / "deals.db"
    return path, fill(path, 200)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deals.db"


def refusal(path: Path, written: list[Entry]) -> str | None:
    """Return what reading a file ends in; what comes before has to be what was written."""
    found: list[Entry] = []
    try:
        with read_journal(path) as journal:
            # One by one: those that came before an error count.
            for one in journal.entries():
                found.append(one)  # noqa: PERF402
    except JournalError as error:
        assert found == written[: len(found)]
        return str(error)
    assert found == written
    return None


def refusals(
    path: Path, whole: tuple[Path, list[Entry]], changes: Iterable[tuple[int, int]]
) -> list[str | None]:
    """Return what reading ends in for each bit that is turned, by its byte and its value."""
    source, written = whole
    data = source.read_bytes()
    ends = []
    for position, bit in changes:
        changed = bytearray(data)
        changed[position] ^= bit
        path.write_bytes(changed)
        ends.append(refusal(path, written))
    return ends


def test_a_bit_that_is_turned_anywhere_never_gives_a_wrong_entry(
    path: Path, whole: tuple[Path, list[Entry]]
) -> None:
    size = whole[0].stat().st_size
    chance = random.Random(size)
    places = [*range(100), *(chance.randrange(size) for _ in range(500))]
    # The head of each page says where its rows are.
    places += [start + at for start in range(0, size, 4096) for at in range(0, 24, 5)]
    changes = [(place, 1 << chance.randrange(8)) for place in places]
    # The names of the tables and their columns, also turned into what is no text at all.
    tables = whole[0].read_bytes().index(b"CREATE TABLE")
    changes += [(place, bit) for place in range(tables, 4096) for bit in (1, 128)]
    ends = refusals(path, whole, changes)
    told = [end for end in ends if end is not None]
    assert len(told) > 300
    assert all(str(path) in end and "\n" not in end for end in told)


def test_a_letter_that_is_changed_in_an_entry_is_found_by_its_number(
    path: Path, whole: tuple[Path, list[Entry]]
) -> None:
    source, written = whole
    number = 0
    for at in range(len(data := source.read_bytes())):
        if data.startswith(b'{"path":"superiority"', at):
            number += 1
            if number % 40 == 0:
                (end,) = refusals(path, whole, [(at + 10, 1)])
                assert end is not None
                assert end.startswith("entry ")
                assert end.endswith(f" of `{path}` is damaged; {REMEDY}")
    assert number == len(written)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM entries WHERE number = 17", "entry 18 of `{}` is damaged, or one before it"),
        ("DELETE FROM entries WHERE number = 1", "entry 2 of `{}` is damaged, or one before it"),
        ("DELETE FROM entries WHERE number > 150", "the end of `{}` is damaged"),
        ("DELETE FROM entries", "the end of `{}` is damaged"),
        ("UPDATE entries SET actor = 'bob' WHERE number = 17", "entry 17 of `{}` is damaged; "),
        ("UPDATE entries SET actor = 7 WHERE number = 17", "entry 17 of `{}` is damaged; "),
        ("UPDATE entries SET actor = NULL WHERE number = 17", "entry 17 of `{}` is damaged; "),
        ("UPDATE entries SET source = actor, actor = source", "entry 1 of `{}` is damaged; "),
        ("UPDATE entries SET number = -17 WHERE number = 17", "entry 18 of `{}` is damaged, or "),
        ("UPDATE entries SET number = 201 WHERE number = 200", "the end of `{}` is damaged"),
        ("UPDATE head SET number = 150", "the end of `{}` is damaged"),
        ("UPDATE head SET number = 'x'", "`{}` is damaged; "),
        ("DELETE FROM head", "`{}` is damaged; "),
        ("DROP TABLE head", "`{}` is damaged; "),
        ("DROP TABLE entries", "`{}` is damaged; "),
        ("PRAGMA user_version = 0", "`{}` is damaged; "),
        ("PRAGMA user_version = 2", "`{}` was written by a newer b2brules; install that one"),
        ("PRAGMA application_id = 7", "`{}` is a database, but no journal; name another file"),
    ],
)
def test_rows_that_somebody_changed_are_found(
    path: Path, whole: tuple[Path, list[Entry]], statement: str, message: str
) -> None:
    source, written = whole
    shutil.copyfile(source, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement)
    end = refusal(path, written)
    assert end is not None
    assert end.startswith(message.format(path))


def test_a_file_that_was_cut_off_is_damaged_wherever_that_was(
    path: Path, whole: tuple[Path, list[Entry]]
) -> None:
    source, written = whole
    data = source.read_bytes()
    for size in [1, 99, 100, 512, 4095, *range(4096, len(data), 4096), len(data) - 1]:
        path.write_bytes(data[:size])
        assert refusal(path, written) is not None, size
        with pytest.raises(JournalError), Journal(path, clock=Clock()) as journal:
            list(journal.entries())


@pytest.mark.parametrize("kind", ["noise", "half noise", "zeros", "text"])
def test_a_file_of_something_else_is_refused(
    path: Path, whole: tuple[Path, list[Entry]], kind: str
) -> None:
    source, written = whole
    data = source.read_bytes()
    noise = random.Random(7).randbytes(len(data))
    path.write_bytes(
        {
            "noise": noise,
            "half noise": data[: len(data) // 2] + noise[len(data) // 2 :],
            "zeros": bytes(len(data)),
            "text": b"name: Fee collection\nsuperiority: 4\n" * 100,
        }[kind]
    )
    before = path.read_bytes()
    message = "is damaged" if kind == "half noise" else "is no journal; name another file"
    end = refusal(path, written)
    assert end is not None
    assert message in end
    if kind != "half noise":
        with pytest.raises(JournalError, match=message):
            Journal(path, clock=Clock())
        # No claim stands beside what is no journal, and it is as it was.
        assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == before


def test_the_file_beside_a_killed_journal_may_be_damaged_as_well(
    tmp_path: Path, path: Path
) -> None:
    run(
        """
import os, sys
from pathlib import Path
from b2brules.session.journal import Journal
from tests.session.journals import Clock, append
journal = Journal(Path(sys.argv[1]), clock=Clock())
for number in range(40):
    append(journal)
os._exit(0)
""",
        path,
    )
    kept, wal = path.read_bytes(), (tmp_path / "deals.db-wal").read_bytes()
    written = read(path)
    assert len(written) == 40
    assert len(wal) > 1_000
    chance = random.Random(len(wal))
    for position in [*range(32), *(chance.randrange(len(wal)) for _ in range(100))]:
        changed = bytearray(wal)
        changed[position] ^= 1 << chance.randrange(8)
        path.write_bytes(kept)
        (tmp_path / "deals.db-wal").write_bytes(changed)
        refusal(path, written)


def test_a_writer_goes_on_after_damage_only_where_what_it_writes_can_be_read(
    path: Path, whole: tuple[Path, list[Entry]]
) -> None:
    source, written = whole
    data = source.read_bytes()
    chance = random.Random(11)
    for _ in range(60):
        changed = bytearray(data)
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            with Journal(path, clock=Clock()) as journal:
                number = append(journal).number
        except JournalError:
            continue
        assert number == 201
        end = refusal(path, [*written, *read_last(path)])
        assert end is None or "damaged" in end


def read_last(path: Path) -> list[Entry]:
    """Return the entries behind the 200th, if they can be read."""
    try:
        return read(path)[200:]
    except JournalError:
        return []
