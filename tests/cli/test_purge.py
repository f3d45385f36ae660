"""`purge` removes a deal or a person from a journal, and only when that is meant."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from b2brules.cli import main
from b2brules.session.journal import Journal
from tests.session.journals import Clock, append, change, read

OWN_FACTS = Path(__file__).parents[1] / "own_facts.yaml"


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A journal of two deals, one of them with a person."""
    path = tmp_path / "deals.db"
    facts = [change("people[p2]", None, {}), change("people[p2].name", None, "Otto")]
    with Journal(path, clock=Clock()) as journal:
        append(journal, facts=facts)
        append(journal, source="Otto")
        append(journal, deal="d2")
    return path


def answer(monkeypatch: pytest.MonkeyPatch, text: str, *arguments: object) -> int:
    """Run `purge` at a terminal, and say this when asked."""
    monkeypatch.setattr(sys, "stdin", Terminal(text))
    return main(["purge", *map(str, arguments)])


def test_a_deal_is_removed(run: Callable[..., Any], journal: Path) -> None:
    done = run("purge", journal, "d1", "--yes")
    assert (done.status, done.err) == (0, "")
    assert done.out == "removed the deal `d1`: 2 entries removed, 0 entries changed\n"
    assert [(one.deal, one.removed) for one in read(journal)] == [("d2", None), (None, "deal")]


def test_a_person_is_removed(run: Callable[..., Any], journal: Path) -> None:
    done = run("purge", journal, "d1", "--person", "p2", "--by", "anna", "--yes")
    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "removed the person `p2` of the deal `d1`: 0 entries removed, 2 entries changed\n"
    )
    assert b"Otto" not in journal.read_bytes()
    *_, note = read(journal)
    assert (note.verb, note.deal, note.removed, note.by) == ("purge", "d1", "person", "anna")
    # The command line has looked at the clock.
    assert abs(note.at - datetime.now(UTC)) < timedelta(minutes=5)


def test_somebody_at_a_terminal_is_asked(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    question = f"Remove the deal `d1` from `{journal}` for good? [y/N]: "
    assert answer(monkeypatch, "n\n", journal, "d1") == 2
    seen = capsys.readouterr()
    assert (seen.out, seen.err) == ("", f"{question}b2brules: nothing was removed\n")
    assert answer(monkeypatch, "", journal, "d1") == 130
    assert capsys.readouterr().out == ""
    assert len(read(journal)) == 3
    assert answer(monkeypatch, "y\n", journal, "d1") == 0
    seen = capsys.readouterr()
    assert seen.err == question
    assert seen.out.startswith("removed the deal `d1`")
    assert len(read(journal)) == 2


def test_nothing_is_removed_where_nobody_can_be_asked(
    run: Callable[..., Any], journal: Path
) -> None:
    done = run("purge", journal, "d1", stdin="y\n")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "b2brules: nobody is there to say whether that is meant; if it is, add `--yes`\n"
    )
    assert len(read(journal)) == 3


def test_nobody_is_asked_about_whom_there_is_not(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, message in (
        (["d9"], f"there is no deal `d9` in `{journal}`; there are `d1`, `d2`"),
        (["d1", "--person", "p9"], "there is no person `p9` in the deal `d1`; there is `p2`"),
    ):
        assert answer(monkeypatch, "y\n", journal, *arguments) == 2
        assert capsys.readouterr().err == f"b2brules: {message}\n"


def test_a_purge_that_is_declined_leaves_every_byte(
    run: Callable[..., Any], journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def files() -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in journal.parent.iterdir()}

    before = files()
    assert answer(monkeypatch, "n\n", journal, "d1") == 2
    assert answer(monkeypatch, "n\n", journal, "d1", "--person", "p2") == 2
    assert answer(monkeypatch, "", journal, "d1") == 130
    assert run("purge", journal, "d1").status == 2
    assert run("purge", journal, "d9", "--yes").status == 2
    assert files() == before


def test_own_facts_need_their_own_rules(
    run: Callable[..., Any],
    journal: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Journal(journal, clock=Clock()) as opened:
        append(opened, facts=[change("partner_involved", None, True)])
    message = (
        f"b2brules: entry 4 of `{journal}` has the fact `partner_involved`, which the rulebook "
        "does not know; load the rulebook that the journal was written with\n"
    )
    # Before anybody is asked.
    assert answer(monkeypatch, "y\n", journal, "d1", "--person", "p2") == 2
    assert capsys.readouterr().err == message
    asked = ("purge", journal, "d1", "--person", "p2", "--yes")
    assert run(*asked).err == message
    assert run(*asked, "--rules", OWN_FACTS).status == 0
    assert b"Otto" not in journal.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["d9"], "there is no deal `d9` in `{}`; there are `d1`, `d2`"),
        (
            ["d1", "--person", "p9"],
            "there is no person `p9` in the deal `d1`; there is `p2`",
        ),
        (["d2", "--person", "p2"], "there is no person `p2` in the deal `d2`; there is none"),
    ],
)
def test_who_is_not_there_is_answered_with_who_is(
    run: Callable[..., Any], journal: Path, arguments: list[str], message: str
) -> None:
    done = run("purge", journal, *arguments, "--yes")
    assert (done.status, done.out) == (2, "")
    assert done.err == f"b2brules: {message.format(journal)}\n"
    assert len(read(journal)) == 3


def test_a_journal_that_is_in_use_is_not_purged(run: Callable[..., Any], journal: Path) -> None:
    with Journal(journal, clock=Clock()):
        done = run("purge", journal, "d1", "--yes")
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        f"b2brules: `{journal}` is in use by another session; close that one first\n"
    )


def test_a_file_that_is_not_there_is_not_made(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "absent.db"
    done = run("purge", path, "d1", "--yes")
    assert (done.status, done.out) == (2, "")
    assert done.err == f"b2brules: there is no `{path}`; name the file of a session\n"
    assert list(tmp_path.iterdir()) == []
