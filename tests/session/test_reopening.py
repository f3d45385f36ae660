"""A session that is opened again from its journal is where it was, and its history can be told."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import b2brules
from b2brules import JournalError, Rulebook, Session, read_journal

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)
LATER = date(2027, 1, 15)
EXAMPLE = ROOT / "docs" / "examples" / "fee_collection.yaml"


class Clock:
    """A minute goes by with each look at it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return b2brules.load_rulebook()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deals.db"


def opened(book: Rulebook, path: Path, **asked: Any) -> Session:
    return book.session(journal=path, clock=Clock(), engine="python", **asked)


def live_a_little(session: Session) -> None:
    session.assert_facts("fees", b2brules.load_rulebook().read(EXAMPLE), by="li", source="CRM")
    session.update("fees", {"people[app_head].support": "enemy"}, by="li", source="a call")
    session.override("fees", "can_we_win", "yes", reason="The board has told us so", by="zhao")
    session.assert_facts(
        "archive", {"phase": "selling", "amount": {"amount": 5, "currency": "USD"}}
    )
    session.move_to(LATER)
    session.set_rates({"USD/CNY": 7.1})
    session.retract("fees", "people[counter]")
    session.assert_facts("gone", {"superiority": 2})
    session.close_deal("gone")


def test_a_session_is_where_it_was(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        live_a_little(session)
        was = {deal: (session.facts(deal), session.advice(deal)) for deal in session.deals}
        overrides = session.overrides("fees")
    with opened(book, path) as session:
        assert (session.as_of, session.rates) == (LATER, {"USD/CNY": Decimal("7.1")})
        assert {deal: (session.facts(deal), session.advice(deal)) for deal in session.deals} == was
        assert session.overrides("fees") == overrides
    with read_journal(path) as journal:
        assert [entry.verb for entry in journal.entries()] == [
            *("as_of", "assert", "update", "override", "assert", "as_of", "rates"),
            *("retract", "assert", "close"),
        ]


def test_every_entry_says_when_who_whence_by_which_rules_and_what_it_did(
    book: Rulebook, path: Path
):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", {"people": [{"id": "p1", "support": "mentor"}]})
        session.update("fees", {"people[p1].support": "enemy"}, by="li", source="a call")
    with read_journal(path) as journal:
        *_, entry = journal.entries()
    assert (entry.number, entry.by, entry.source, entry.deal) == (3, "li", "a call", "fees")
    assert entry.at == datetime(2026, 11, 21, 9, 3, tzinfo=UTC)
    assert entry.rulebook == book.fingerprint
    assert entry.facts == [{"path": "people[p1].support", "before": "mentor", "after": "enemy"}]
    changes = {one["decision"]: one for one in entry.difference["decisions"]}
    changed = changes["people[p1].relationship_strategy"]
    assert changed == {
        "decision": "people[p1].relationship_strategy",
        "before": changed["before"],
        "after": {"value": "suppress", "candidates": ["suppress"]},
        "because": "people[p1].support",
    }


def test_another_day_at_opening_is_a_change_like_any_other(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", book.read(EXAMPLE))
    with opened(book, path, as_of=LATER, rates={"USD/CNY": 7}) as session:
        assert session.advice("fees").as_of == LATER
    with read_journal(path) as journal:
        *_, day, rates = journal.entries()
    assert day.facts == [{"path": "as_of", "before": "2026-11-21", "after": "2027-01-15"}]
    assert day.difference["fees"]["recommendations"]
    assert rates.facts == [{"path": "rates[USD/CNY]", "before": None, "after": 7}]


def test_other_rules_at_opening_are_written_down_with_what_they_change(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", book.read(EXAMPLE))
    other = b2brules.load_rulebook(parameters={"frontal_superiority": 1})
    with opened(other, path) as session:
        assert session.advice("fees").rulebook == other.fingerprint
        stand = session.advice("fees")
    assert stand == other.evaluate(book.read(EXAMPLE), as_of=TODAY)
    with read_journal(path) as journal:
        *_, entry = journal.entries()
    assert entry.verb == "rulebook"
    assert entry.facts == [
        {"path": "rulebook", "before": book.fingerprint, "after": other.fingerprint}
    ]
    changes = entry.difference["fees"]
    assert changes["decisions"] + changes["recommendations"]
    assert {one["because"] for one in changes["recommendations"]} <= {"rulebook"}
    # What was said before stays said; from there on the other rules have spoken.
    assert {one.number for one in other.replay(path).departures} == {2}


def test_what_opening_has_changed_is_told(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", book.read(EXAMPLE))
        assert session.opening == ()
    other = b2brules.load_rulebook(parameters={"frontal_superiority": 1})
    with opened(other, path, as_of=LATER) as session:
        rules, day = session.opening
    assert {one.because for one in rules.recommendations} == {"rulebook"}
    assert {one.because for one in day.recommendations} == {"as_of"}
    assert day.deal == "fees"
    assert "what has changed" in rules.to_text()
    assert '"because": "rulebook"' in rules.to_json()
    with opened(other, path) as session:
        assert session.opening == ()


def test_a_refused_opening_leaves_the_journal_as_it_was(book: Rulebook, path: Path):
    with pytest.raises(TypeError, match="as_of is the day"):
        opened(book, path)
    assert not path.exists()
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", {"phase": "selling"})
    for rates, error in (({"bad": 1}, b2brules.FactsError), (["x"], TypeError)):
        with pytest.raises(error):
            opened(book, path, as_of=LATER, rates=rates)
    with opened(book, path) as session:
        assert session.as_of == TODAY


def test_with_a_person_go_the_overrides_about_them(book: Rulebook, path: Path):
    decision = "people[zhou77].relationship_strategy"
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", {"people": [{"id": "zhou77", "name": "Zhou Kai"}]})
        session.override("fees", decision, "suppress", reason="Zhou Kai said so", by="li")
        needless = session.update("fees", {"people[zhou77].support": "enemy"})
        assert [one.after for one in needless.overrides] == ["needless"]
        session.assert_facts("fees", {"phase": "selling"})
    book.purge(path, "fees", "zhou77", by="li", clock=Clock())
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"zhou77" not in left
    assert b"Zhou" not in left
    with opened(book, path) as session:
        assert session.overrides("fees") == ()
        assert session.advice("fees") == book.evaluate(session.facts("fees"), as_of=TODAY)
    assert not book.replay(path)


def test_a_person_removed_from_a_closed_deal_does_not_open_it(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", {"people": [{"id": "p1", "name": "Wang"}]})
        session.close_deal("fees")
    book.purge(path, "fees", "p1", by="li", clock=Clock())
    with opened(book, path) as session:
        assert session.deals == ()
    assert not book.replay(path)


def test_rules_that_change_after_a_purge_are_named_for_what_they_change(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", book.read(EXAMPLE))
    book.purge(path, "fees", "counter", by="li", clock=Clock())
    with opened(book, path) as session:
        assert {one.because for one in session.opening[0].decisions} <= {"purge"}
    other = b2brules.load_rulebook(parameters={"frontal_superiority": 1})
    with opened(other, path) as session:
        (difference,) = session.opening
    assert {one.because for one in difference.recommendations} == {"rulebook"}


def test_a_journal_that_another_session_wrote_to_is_not_written_to(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as first:
        first.assert_facts("fees", {"superiority": 1})
        Path(f"{path}-claim").unlink()
        with opened(book, path) as second:
            second.update("fees", {"superiority": 2})
        with pytest.raises(JournalError, match="was written to by another session"):
            first.update("fees", {"superiority": 5})
        facts: Any = first.facts("fees")
        assert facts.superiority == 1
    with opened(book, path) as again:
        facts = again.facts("fees")
        assert facts.superiority == 2


def test_overrides_stand_in_one_order_before_and_after_opening_again(book: Rulebook, path: Path):
    facts = {"phase": "selling", "people": [{"id": "p2"}]}
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", facts)
        session.override("fees", "people[p2].key_player", "yes", reason="so", by="li")
        session.override("fees", "can_we_win", "yes", reason="so", by="li")
        was = session.advice("fees")
        overrides = session.overrides("fees")
        assert was == book.evaluate(session.facts("fees"), as_of=TODAY, overrides=overrides)
    with opened(book, path) as session:
        assert session.advice("fees").to_json() == was.to_json()


def test_a_journal_of_facts_that_the_rules_do_not_know_is_not_opened(tmp_path: Path, path: Path):
    rules = tmp_path / "small.yaml"
    rules.write_text(
        textwrap.dedent(
            """\
            ruleset: small
            owner: tests
            facts: |
              name    | type  | allowed | unit
              partner | truth |         |
            decisions:
              go:
                outcomes: yes, no
                hit_policy: first
                table: |
                  id    | partner   || then | source          | basis
                  with  | true      || yes  | project "Tests" | ours
                  other | otherwise || no   | project "Tests" | ours
            text: |
              go
                en: Do we go?
                zh: 做不做?
              go = yes
                en: We go.
                zh: 做。
              go = no
                en: We do not.
                zh: 不做。
              with
                en: A partner is there.
                zh: 有伙伴。
              other
                en: Nobody is there.
                zh: 没有伙伴。
              partner
                en: Is a partner there?
                zh: 有伙伴吗?
            """
        ),
        encoding="utf-8",
    )
    own = b2brules.load_rulebook(rules)
    with opened(own, path, as_of=TODAY) as session:
        session.assert_facts("d1", {"partner": True})
    shipped = b2brules.load_rulebook()
    with pytest.raises(JournalError, match="`partner` is not a fact of the deal"):
        opened(shipped, path)
    with pytest.raises(JournalError, match="does not fit the rulebook"):
        shipped.replay(path)
    assert "partner" in shipped.history_to_text(path, "d1")
    with opened(own, path) as session:
        assert session.advice("d1")["go"].value == "yes"


# --- history and replay ---------------------------------------------------------------------------


def test_history_tells_each_change_with_what_it_did(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        live_a_little(session)
    text = book.history_to_text(path, "fees")
    for line in (
        "#2 · 2026-11-21 09:02 UTC · facts added · by li · from CRM",
        "#3 · 2026-11-21 09:03 UTC · updated · by li · from a call",
        "He Jun: support (people[app_head].support): neutral → enemy",
        "      motivate → suppress",
        "zhao decides can_we_win: yes. Reason: The board has told us so",
        "the date: 2026-11-21 → 2027-01-15",
        "Ms Qian (people[counter]): is not there any more",
    ):
        assert line in text
    assert "archive" not in text
    chinese = book.history_to_text(path, "fees", lang="zh")
    assert "人工决定" in chinese
    assert "facts added" not in chinese
    with pytest.raises(KeyError, match="no deal `nobody` in the journal; there are `fees`"):
        book.history_to_text(path, "nobody")


def test_replay_is_silent_where_the_rules_are_the_same(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        live_a_little(session)
    replayed = book.replay(path)
    assert not replayed
    assert (replayed.departures, replayed.entries, replayed.left_out) == ((), 10, 0)


def test_replay_names_each_place_where_todays_rules_depart_once_and_where_it_begins(
    book: Rulebook, path: Path
):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", {"superiority": 2})
        session.update("fees", {"superiority_sustainable": True})
        session.update("fees", {"name": "Fees"})
    other = b2brules.load_rulebook(parameters={"frontal_superiority": 2})
    departures = other.replay(path).departures
    assert departures
    assert len({(one.name, str(one.bindings), str(one.today)) for one in departures}) == len(
        departures
    )
    strategies = [one for one in departures if one.name == "competitive_strategy"]
    assert {one.number for one in strategies} <= {2, 3}
    assert all(one.recorded != one.today for one in strategies)
    assert other.replay(path, "fees").departures == departures
    assert "by today's rules" in other.replay(path).to_text()
    assert "departures" in other.replay(path).to_json()


def test_what_was_removed_is_not_compared(book: Rulebook, path: Path):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("fees", book.read(EXAMPLE))
        session.assert_facts("other", {"phase": "selling"})
    book.purge(path, "fees", "counter", by="li", clock=Clock())
    replayed = book.replay(path)
    assert not replayed
    assert replayed.left_out >= 1
    with opened(book, path) as session:
        assert "counter" not in str(session.facts("fees"))
        session.update("fees", {"superiority": 5})
    replayed = book.replay(path)
    assert not replayed
    assert "from the others something was removed for good" in replayed.to_text()


# --- what can go wrong ----------------------------------------------------------------------------

WRITER = """
import datetime, sys
import b2brules
ROUNDS = int(sys.argv[2])
book = b2brules.load_rulebook()
now = lambda: datetime.datetime.now(datetime.timezone.utc)
with book.session(
    as_of=datetime.date(2026, 11, 21), engine="python", journal=sys.argv[1], clock=now
) as session:
    if "d1" not in session:
        session.assert_facts("d1", {"people": [{"id": "p1"}]})
    print("ready", flush=True)
    for number in range(ROUNDS):
        words = ("enemy", "neutral", "mentor")
        session.update("d1", {"people[p1].support": words[number % 3], "superiority": number + 1})
        print(number + 1, flush=True)
"""


def test_a_session_that_is_killed_loses_nothing_that_it_has_said(book: Rulebook, path: Path):
    for kill in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), "1000000"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            said = 0
            for line in child.stdout:
                said = 0 if line.strip() == "ready" else int(line)
                if said >= 20 * (kill + 1):
                    child.send_signal(signal.SIGKILL)
                    break
            rest = child.stdout.read().split()
            said = max([said, *map(int, rest)])
        with opened(book, path) as session:
            facts: Any = session.facts("d1")
            assert facts.superiority in (said, said + 1)
            assert session.advice("d1") == book.evaluate(facts, as_of=TODAY)


def test_a_change_that_cannot_be_written_down_is_not_taken_in(
    book: Rulebook, path: Path, monkeypatch: pytest.MonkeyPatch
):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("d1", {"superiority": 1})
        journal = session._journal
        with monkeypatch.context() as patched:

            def fail(**_: Any) -> None:
                raise JournalError("the disk is full")

            patched.setattr(journal, "append", fail)
            for change in (
                lambda: session.update("d1", {"superiority": 2}),
                lambda: session.assert_facts("d2", {}),
                lambda: session.close_deal("d1"),
                lambda: session.move_to(LATER),
                lambda: session.set_rates({"USD/CNY": 7}),
                lambda: session.override("d1", "can_we_win", "yes", reason="so", by="li"),
            ):
                with pytest.raises(JournalError, match="the disk is full"):
                    change()
        facts: Any = session.facts("d1")
        assert (facts.superiority, session.deals, session.as_of) == (1, ("d1",), TODAY)
        assert session.rates == {}
        assert session.overrides("d1") == ()
        session.update("d1", {"superiority": 3})
    with opened(book, path) as session:
        facts = session.facts("d1")
        assert facts.superiority == 3


def test_an_interrupt_while_writing_leaves_no_doubt(
    book: Rulebook, path: Path, monkeypatch: pytest.MonkeyPatch
):
    with opened(book, path, as_of=TODAY) as session:
        session.assert_facts("d1", {"superiority": 1})
        journal = session._journal
        assert journal is not None
        append = journal.append

        def write_and_stop(**asked: Any) -> None:
            append(**asked)
            raise KeyboardInterrupt

        monkeypatch.setattr(journal, "append", write_and_stop)
        with pytest.raises(KeyboardInterrupt):
            session.update("d1", {"superiority": 2})
        monkeypatch.undo()
        with pytest.raises(ValueError, match="open it again from its journal"):
            session.update("d1", {"superiority": 3})
    with opened(book, path) as session:
        facts: Any = session.facts("d1")
        assert facts.superiority == 2


def test_two_sessions_cannot_write_to_one_journal(book: Rulebook, path: Path):
    with (
        opened(book, path, as_of=TODAY) as session,
        pytest.raises(JournalError, match="in use"),
    ):
        opened(book, path)
    del session
    with opened(book, path) as again:
        assert again.as_of == TODAY


def test_a_session_that_could_not_be_opened_leaves_the_journal_free(book: Rulebook, path: Path):
    with pytest.raises(TypeError, match="as_of is the day"):
        opened(book, path)
    with pytest.raises(b2brules.FactsError):
        opened(book, path, as_of=TODAY, rates={"USD": 1})
    with opened(book, path, as_of=TODAY) as session:
        assert session.as_of == TODAY
