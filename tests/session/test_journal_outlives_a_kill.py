"""A process that is killed, whenever that is, loses nothing that it acknowledged."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from b2brules.session.journal import Journal
from tests.session.journals import Clock, append, fill, read, run

# Forked from a process that has imported everything, so that what is killed is at work.
KILL = """
import json, os, random, signal, sys, time
from pathlib import Path
from b2brules.session.journal import Journal, read_journal
from tests.session.journals import Clock, append

folder, rounds = Path(sys.argv[1]), int(sys.argv[2])

def work(path, pipe):
    with Journal(path, clock=Clock()) as journal:
        while True:
            number = append(journal, source="meeting " * random.randrange(400)).number
            os.write(pipe, b"%d\\n" % number)

seen = []
for round in range(rounds):
    # A new file now and then, so that some are killed while it is made.
    path = folder / f"deals{round // 8}.db"
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        random.seed(round)
        try:
            work(path, writing)
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        # Some while they open the journal, the others after some entries, however slow the disk is.
        first = [pipe.readline() for _ in range(random.randrange(8))] if round % 4 else []
        time.sleep(random.uniform(0, 0.01 if round % 4 else 0.03))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        acknowledged = [int(line) for line in [*first, *pipe]]
    found = []
    if path.exists():
        with read_journal(path) as journal:
            found = [one.number for one in journal.entries()]
    else:
        assert acknowledged == []
    seen.append([os.WTERMSIG(status), acknowledged, found])
print(json.dumps(seen))
"""

PURGE = """
import json, os, random, shutil, signal, sys, time
from datetime import UTC, datetime
from pathlib import Path
from b2brules import load_rulebook, read_journal
import b2brules.session.purging

full, path, rounds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
name = "Wilhelmine".encode()
book = load_rulebook()

def now():
    return datetime(2026, 11, 21, 12, tzinfo=UTC)

seen, needed = [], 0.1
for round in range(rounds):
    shutil.copyfile(full, path)
    reading, writing = os.pipe()
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            book.purge(path, "d1", "wilhelmine", by="anna", clock=now)
            os.write(writing, b"done")
            signal.pause()
        finally:
            os._exit(1)
    os.close(writing)
    if round % 5 == 0:
        # How long it takes depends on what else the disk has to do.
        os.read(reading, 4)
        needed = time.monotonic() - begun
    elif round % 5 > 1:
        time.sleep(random.uniform(0, needed))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(reading)
    with read_journal(path) as reader:
        entries = list(reader.entries())
    named = any(name in one.read_bytes() for one in path.parent.iterdir())
    others = [one.verb for one in entries if one.deal == "d2"]
    seen.append([len(entries), entries[-1].verb, named, len(others)])
print(json.dumps(seen))
"""


def test_nothing_acknowledged_is_lost_in_220_kills_at_random_moments(tmp_path: Path) -> None:
    seen = json.loads(run(KILL, tmp_path, 220))
    assert len(seen) == 220
    kills = [signal for signal, _, _ in seen]
    # All of them were killed; none ended in an error of its own.
    assert kills == [9] * 220
    last = 0
    for round_, (_, acknowledged, found) in enumerate(seen):
        last = 0 if round_ % 8 == 0 else last
        # The one that was being written may be there, nothing else.
        assert found[: last + len(acknowledged)] == list(range(1, last + len(acknowledged) + 1))
        assert len(found) - last - len(acknowledged) in (0, 1)
        assert acknowledged == found[last : last + len(acknowledged)]
        last = len(found)
    assert sum(bool(acknowledged) for _, acknowledged, _ in seen) > 100


def test_a_purge_that_is_killed_is_done_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "at_work").mkdir()
    full, path = tmp_path / "full.db", tmp_path / "at_work" / "deals.db"
    run(
        """
import sys
from pathlib import Path
from b2brules.session.journal import Journal
from tests.session.journals import Clock, append, change
with Journal(Path(sys.argv[1]), clock=Clock()) as journal:
    name = change("people[wilhelmine].name", None, "Wilhelmine")
    for number in range(60):
        append(journal, facts=[name], source="Wilhelmine said so " * number)
        append(journal, deal="d2", source="x" * 100 * number)
""",
        full,
    )
    assert len(read(full)) == 120
    seen = json.loads(run(PURGE, full, path, 60))
    before = [120, "update", True, 60]
    after = [121, "purge", False, 60]
    assert [one for one in seen if one not in (before, after)] == []
    assert before in seen
    assert after in seen


# Ends as if it had been killed, with files beside the journal.
BREAK_OFF = """
import os, sys
from pathlib import Path
from b2brules.session.journal import Journal
from tests.session.journals import Clock, append
journal = Journal(Path(sys.argv[1]), clock=Clock())
for number in range(50):
    append(journal)
os._exit(0)
"""


@pytest.mark.parametrize("beside", ["deals.db-wal", "deals.db-shm"])
def test_losing_the_file_beside_a_journal_loses_nothing(tmp_path: Path, beside: str) -> None:
    path = tmp_path / "deals.db"
    run(BREAK_OFF, path)
    (tmp_path / beside).unlink()
    assert len(read(path)) == 50


def test_what_is_left_of_a_deleted_journal_is_no_part_of_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    run(BREAK_OFF, path)
    path.unlink()
    assert (tmp_path / "deals.db-wal").stat().st_size > 0
    with Journal(path, clock=Clock()) as journal:
        assert append(journal).number == 1
    assert len(read(path)) == 1


def test_a_copy_can_take_the_place_of_a_journal_that_broke_off(tmp_path: Path) -> None:
    path, copy = tmp_path / "deals.db", tmp_path / "copy.db"
    written = fill(path, 3)
    shutil.copyfile(path, copy)
    run(BREAK_OFF, path)
    shutil.copyfile(copy, path)
    (tmp_path / "deals.db-wal").unlink()
    assert read(path) == written
