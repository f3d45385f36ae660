"""What cannot be written ends in one clear error, and the journal is as it was."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from b2brules.session.journal import Journal, JournalError, read_journal
from tests.session.journals import Clock, append, fill, read, run

NOBODY = 65534
READ_ONLY = (
    "`{}` may only be read; change its permissions and those of its folder, or name another file"
)
NOT_OPEN = "cannot open `{}`; see that it, and its folder, may be written to"

# Fills a journal until it is refused, makes room, and goes on.
FILL = """
import json, resource, signal, sys
from pathlib import Path
from b2brules.session.journal import Journal, JournalError
from tests.session.journals import Clock, append

def fill(journal):
    while True:
        try:
            numbers.append(append(journal, source="meeting " * 50).number)
        except JournalError as error:
            return str(error)

path, numbers = Path(sys.argv[1]), []
"""

LIMITED = f"""{FILL}
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
with Journal(path, clock=Clock()) as journal:
    append(journal)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, most))
    messages = [fill(journal), fill(journal)]
    seen = [one.number for one in journal.entries()]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    later = append(journal).number
print(json.dumps([numbers, messages, seen, later]))
"""

MOUNTED = f"""{FILL}
ballast = path.with_name("ballast")
with Journal(path, clock=Clock()) as journal:
    append(journal)
    ballast.write_bytes(bytes(200_000))
    messages = [fill(journal), fill(journal)]
    seen = [one.number for one in journal.entries()]
    ballast.unlink()
    later = append(journal).number
print(json.dumps([numbers, messages, seen, later]))
"""

# What somebody without rights is told; all that is imported is imported before.
WITHOUT_RIGHTS = """
import os, sys
import urllib.parse  # what pathlib imports when it is used; without rights nothing is found
from pathlib import Path
from b2brules import load_rulebook
from b2brules.session.journal import Journal, JournalError, read_journal
import b2brules.session.purging
from tests.session.journals import Clock, append

book = load_rulebook()
path, user = Path(sys.argv[1]), int(sys.argv[2])
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
for attempt in (
    lambda: Journal(path, clock=Clock()),
    lambda: book.purge(path, "d1", by=None, clock=Clock()),
    lambda: Journal(path.with_name("new.db"), clock=Clock()).close(),
    lambda: read_journal(path),
):
    try:
        with attempt() or path.open("rb") as journal:
            print(len(list(journal.entries())))
    except JournalError as error:
        print(error)
    except AttributeError:
        print("made")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deals.db"


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that anybody can reach; those of pytest only their owner can."""
    with tempfile.TemporaryDirectory(prefix="b2brules-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ("folder", "`{}` is a folder; name a file"),
        ("empty file", "`{}` is empty and no journal; delete it to begin a new one"),
        ("text", "`{}` is no journal; name another file"),
        ("database", "`{}` is a database, but no journal; name another file"),
    ],
)
def test_what_is_no_journal_is_refused_and_left_alone(path: Path, made: str, message: str) -> None:
    match made:
        case "folder":
            path.mkdir()
        case "database":
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("CREATE TABLE deals (id)")
        case _:
            path.write_text("" if made == "empty file" else "name: Fee collection\n")
    before = None if path.is_dir() else path.read_bytes()
    for _ in range(2):
        with pytest.raises(JournalError) as caught:
            Journal(path, clock=Clock())
        assert str(caught.value) == message.format(path)
        with pytest.raises(JournalError) as caught:
            read_journal(path)
        assert str(caught.value) == message.format(path)
    assert before is None or path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "absent" / "deals.db"
    with pytest.raises(JournalError) as caught:
        Journal(path, clock=Clock())
    assert str(caught.value) == (
        f"there is no folder `{path.parent}` for `deals.db`; create it first"
    )


def test_only_a_writer_makes_a_journal(path: Path) -> None:
    with pytest.raises(JournalError) as caught:
        read_journal(path)
    assert str(caught.value) == f"there is no `{path}`; name the file of a session"
    assert list(path.parent.iterdir()) == []


def test_another_program_that_writes_is_told_of_and_waited_out(path: Path) -> None:
    fill(path, 1)
    with Journal(path, clock=Clock()) as journal:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(
                JournalError, match=r"deals.db` is in use by another program; close"
            ):
                append(journal)
        assert append(journal).number == 2
    assert [one.number for one in read(path)] == [1, 2]


def check_fullness(path: Path, printed: str, message: str) -> None:
    """Hold what a full disk did to: nothing acknowledged is lost, and it goes on later."""
    numbers, messages, seen, later = json.loads(printed)
    assert messages == [message, message]
    assert len(numbers) > 20
    assert numbers == list(range(2, len(numbers) + 2))
    assert seen == [1, *numbers]
    assert later == numbers[-1] + 1
    assert [one.number for one in read(path)] == [1, *numbers, later]


def test_a_file_that_may_not_grow_ends_in_one_error_and_goes_on_later(path: Path) -> None:
    message = (
        f"cannot use `{path}`: the disk refuses; see that it works and has room, and try again"
    )
    check_fullness(path, run(LIMITED, path), message)


def test_a_full_disk_ends_in_one_error_and_goes_on_later(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk may not be mounted here")
    path = disk / "deals.db"
    try:
        message = f"cannot write `{path}`: the disk is full; make room and try again"
        check_fullness(path, run(MOUNTED, path), message)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_file_that_may_only_be_read_can_be_read_and_not_written(open_to_all: Path) -> None:
    path = open_to_all / "deals.db"
    fill(path, 3)
    path.chmod(0o444)
    path.with_name("deals.db-claim").unlink()
    open_to_all.chmod(0o777)
    assert run(WITHOUT_RIGHTS, path, NOBODY).splitlines() == [
        READ_ONLY.format(path),
        READ_ONLY.format(path),
        "made",
        "3",
    ]


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_folder_that_may_only_be_read_can_be_read_and_not_written(open_to_all: Path) -> None:
    path = open_to_all / "deals.db"
    fill(path, 3)
    path.chmod(0o444)
    path.with_name("deals.db-claim").unlink()
    open_to_all.chmod(0o555)
    new = path.with_name("new.db")
    *refused, last = run(WITHOUT_RIGHTS, path, NOBODY).splitlines()
    # Which of the two SQLite says depends on its version.
    for line, named in zip(refused, (path, path, new), strict=True):
        assert line in (READ_ONLY.format(named), NOT_OPEN.format(named))
    assert last == "3"


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_file_that_may_not_be_read_is_refused(open_to_all: Path) -> None:
    path = open_to_all / "deals.db"
    fill(path, 3)
    path.chmod(0o000)
    open_to_all.chmod(0o555)
    assert run(WITHOUT_RIGHTS, path, NOBODY).splitlines()[3] == NOT_OPEN.format(path)


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_folder_that_may_not_be_entered_is_refused(open_to_all: Path) -> None:
    path = open_to_all / "deals.db"
    fill(path, 3)
    open_to_all.chmod(0o000)
    for line in run(WITHOUT_RIGHTS, path, NOBODY).splitlines():
        assert line.startswith("cannot use `")
        assert line.endswith("`: permission denied; name another file")


def test_a_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    for attempt in (lambda: Journal(path, clock=Clock()), lambda: read_journal(path)):
        with pytest.raises(JournalError, match=r"cannot use `.*x`: file name too long; name anoth"):
            attempt()
