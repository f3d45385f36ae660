"""A journal keeps each change as it was, for one writer and any number of readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from b2brules.session.journal import Entry, Journal, JournalError, read_journal
from tests.session.journals import NOON, Clock, append, change, fill, read, run, start

WRITE = """
import sys
from pathlib import Path
from b2brules.session.journal import Journal
from tests.session.journals import Clock, append
with Journal(Path(sys.argv[1]), clock=Clock()) as journal:
    print("open", flush=True)
    for _ in range(int(sys.argv[2])):
        append(journal)
    sys.stdin.read()
"""

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
    | TEXT,
    lambda below: st.lists(below) | st.dictionaries(TEXT, below),
    max_leaves=8,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deals.db"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    with Journal(tmp_path_factory.mktemp("kept") / "deals.db", clock=Clock()) as journal:
        yield journal


def test_an_entry_is_read_as_it_was_written(path: Path) -> None:
    with Journal(path, clock=lambda: NOON) as journal:
        written = append(
            journal,
            by="李伟",
            source="meeting of 21 November",
            verb="override",
            facts=[change("people[p2]", None, {}), change("people[p2].support", None, "enemy")],
            override={"decision": "can_we_win", "value": "yes", "reason": "they \0 \n said so"},
            difference={"decisions": [], "recommendations": []},
        )
        assert list(journal.entries()) == [written]
    assert written == Entry(
        number=1,
        at=NOON,
        by="李伟",
        source="meeting of 21 November",
        deal="d1",
        verb="override",
        rulebook="0123456789ab",
        facts=[change("people[p2]", None, {}), change("people[p2].support", None, "enemy")],
        override={"decision": "can_we_win", "value": "yes", "reason": "they \0 \n said so"},
        difference={"decisions": [], "recommendations": []},
    )
    assert read(path) == [written]


@given(facts=st.lists(JSON, max_size=3), override=JSON, difference=JSON, by=st.none() | TEXT)
def test_whatever_json_is_written_is_read_exactly(
    kept: Journal, facts: list[Any], override: Any, difference: Any, by: str | None
) -> None:
    written = append(kept, by=by, facts=facts, override=override, difference=difference)
    *_, found = kept.entries()
    assert found == written
    assert (found.facts, found.override, found.difference) == (facts, override, difference)
    assert found.by == by


def test_a_number_with_a_fraction_is_an_exact_decimal(path: Path) -> None:
    with Journal(path, clock=Clock()) as journal:
        append(journal, facts=[change("score", Decimal("0.1"), Decimal("123456789.123456"))])
    ((found,),) = (one.facts for one in read(path))
    assert found == change("score", Decimal("0.1"), Decimal("123456789.123456"))


@pytest.mark.parametrize("value", [date(2026, 11, 21), (1, 2), {1}, Decimal("NaN"), object()])
def test_what_json_has_not_is_refused_and_nothing_is_written(path: Path, value: Any) -> None:
    with Journal(path, clock=Clock()) as journal:
        with pytest.raises(TypeError, match="`facts` has something in it that JSON has not"):
            append(journal, facts=[change("closes_on", None, value)])
        assert append(journal).number == 1


@pytest.mark.parametrize("name", ["by", "source", "deal", "verb"])
def test_half_a_character_is_refused_and_nothing_is_written(path: Path, name: str) -> None:
    with Journal(path, clock=Clock()) as journal:
        with pytest.raises(JournalError, match=r"'\\udcff' has half a character in it"):
            append(journal, **{name: "\udcff"})
        with pytest.raises(JournalError, match="has half a character in it"):
            append(journal, facts=[change("name", None, "\udcff")])
        assert append(journal).number == 1


def test_numbers_go_on_where_they_ended(path: Path) -> None:
    fill(path, 3)
    with Journal(path, clock=Clock()) as journal:
        assert append(journal).number == 4
    assert [one.number for one in read(path)] == [1, 2, 3, 4]


def test_the_entries_of_a_deal_are_its_own_and_those_about_all_deals(path: Path) -> None:
    with Journal(path, clock=Clock()) as journal:
        for deal in ("d1", "d2", None, "d1"):
            append(journal, deal=deal)
        assert [one.number for one in journal.entries("d1")] == [1, 3, 4]
        assert [one.number for one in journal.entries("d3")] == [3]
        assert [one.number for one in journal.entries()] == [1, 2, 3, 4]


def test_a_journal_longer_than_one_piece_is_read_in_order(path: Path) -> None:
    written = fill(path, 250)
    assert read(path) == written


def test_times_are_kept_in_utc_as_the_clock_said_them_even_if_it_went_back(path: Path) -> None:
    beijing = timezone(timedelta(hours=8))
    times = [
        datetime(2026, 11, 21, 20, 0, 0, 250_000, beijing),
        datetime(2026, 11, 21, 11, 59, tzinfo=UTC),
    ]
    ticks = iter(times)
    with Journal(path, clock=lambda: next(ticks)) as journal:
        append(journal)
        append(journal)
    found = [one.at for one in read(path)]
    assert found == times
    assert [one.isoformat() for one in found] == [
        "2026-11-21T12:00:00.250000+00:00",
        "2026-11-21T11:59:00+00:00",
    ]


@pytest.mark.parametrize(
    ("clock", "error", "message"),
    [
        (lambda: datetime(2026, 11, 21), ValueError, "with a time zone"),  # noqa: DTZ001
        (lambda: date(2026, 11, 21), TypeError, "`clock` has to return a datetime, not date"),
        (lambda: None, TypeError, "`clock` has to return a datetime, not NoneType"),
    ],
)
def test_a_clock_that_tells_no_moment_is_refused(
    path: Path, clock: Callable[[], Any], error: type[Exception], message: str
) -> None:
    with Journal(path, clock=clock) as journal:
        with pytest.raises(error, match=message):
            append(journal)
        assert list(journal.entries()) == []


def test_a_second_writer_in_the_same_process_is_refused(path: Path) -> None:
    message = f"`{path}` is in use by another session; close that one first"
    with Journal(path, clock=Clock()) as journal:
        append(journal)
        for name in (path, path.parent / "." / "deals.db"):
            with pytest.raises(JournalError) as caught:
                Journal(name, clock=Clock())
            assert str(caught.value) == message
        assert append(journal).number == 2
    with Journal(path, clock=Clock()) as journal:
        assert append(journal).number == 3


def test_a_second_writer_over_a_link_is_refused(path: Path, tmp_path: Path) -> None:
    fill(path, 1)
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with (
        Journal(path, clock=Clock()),
        pytest.raises(JournalError, match=r"link.db` is in use by another session"),
    ):
        Journal(link, clock=Clock())
    assert len(read(link)) == 1


def test_a_second_writer_in_another_process_is_refused_until_the_first_is_gone(path: Path) -> None:
    with start(WRITE, path, 0) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(JournalError, match="is in use by another session; close that one"):
            Journal(path, clock=Clock())
        writer.kill()
        writer.wait()
        with Journal(path, clock=Clock()) as journal:
            assert append(journal).number == 1


def test_others_read_on_while_one_writes(path: Path) -> None:
    with start(WRITE, path, 300) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        lengths: list[int] = []
        with read_journal(path) as journal:
            while not lengths or lengths[-1] < 300:
                numbers = [one.number for one in journal.entries()]
                assert numbers == list(range(1, len(numbers) + 1))
                lengths.append(len(numbers))
        writer.communicate("", timeout=60)
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 2


def test_who_began_to_read_reads_what_was_there_then(path: Path) -> None:
    fill(path, 3)
    with Journal(path, clock=Clock()) as journal, read_journal(path) as reader:
        begun = reader.entries()
        first = next(begun)
        append(journal)
        assert [first.number, *(one.number for one in begun)] == [1, 2, 3]
        assert len(list(reader.entries())) == 4


def test_a_reader_writes_nothing(path: Path) -> None:
    fill(path, 3)
    before = path.read_bytes()
    assert len(read(path)) == 3
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["deals.db", "deals.db-claim"]


def test_the_file_beside_a_journal_stays_small(path: Path) -> None:
    with Journal(path, clock=Clock()) as journal:
        for _ in range(80):
            append(journal, source="x" * 8_000)
        beside = path.with_name("deals.db-wal").stat().st_size
    assert path.stat().st_size > 500_000
    assert 0 < beside < 50_000


def test_what_is_closed_says_so(path: Path) -> None:
    journal = Journal(path, clock=Clock())
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match=r"deals.db` is closed; open it again"):
        append(journal)
    with pytest.raises(JournalError, match=r"deals.db` is closed; open it again"):
        list(journal.entries())


def test_a_journal_that_is_open_does_not_let_the_library_read_a_clock() -> None:
    # Nothing that a journal imports has looked at one, and it is light.
    seen = run("import sys, b2brules.session.journal; print('b2brules.rulebook' in sys.modules)")
    assert seen == "False\n"


def test_a_path_may_have_any_name(tmp_path: Path) -> None:
    for name in ("deals 100%?#.db", "交易.db", "d;&'\".db"):
        fill(tmp_path / name, 2)
        assert len(read(tmp_path / name)) == 2
    assert len(list(tmp_path.iterdir())) == 6
