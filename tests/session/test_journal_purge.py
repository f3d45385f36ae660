"""A purge removes a deal or a person for good, to the last byte, and leaves the rest readable."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from b2brules import Purged, load_rulebook
from b2brules.ruleset.shipped import shipped_rulesets
from b2brules.session.journal import Entry, Journal, JournalError, read_journal
from tests.session.journals import NOON, Clock, append, change, fill, read

SHIPPED = load_rulebook()
BOOK = load_rulebook(shipped_rulesets(), Path(__file__).parent / "own_facts.yaml")
TODAY = date(2026, 11, 21)
P2 = "cust-7731"
NAME = "李伟明"
OTHER_NAME = "Wilhelmine Marbach"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of two deals in which one person is spoken of in every way there is."""
    path = tmp_path / "deals.db"
    person = f"people[{P2}]"
    with Journal(path, clock=Clock()) as journal:
        append(  # 1
            journal,
            verb="opened",
            facts=[
                change("name", None, "Fee collection"),
                change("people[p1]", None, {}),
                change("people[p1].name", None, "Otto"),
                change(person, None, {}),
                change(f"{person}.name", None, NAME),
                change(f"{person}.support", None, "enemy"),
                change("people[p1].reports_to", None, P2),
                change("people[p1].influences", None, ["p3", P2]),
                change("superiority", None, Decimal("1.5")),
            ],
            difference={
                "decisions": [
                    decision("can_we_win", None, "no", because=f"{person}.support"),
                    decision("competitive_strategy", None, "frontal", because="superiority"),
                    decision(f"{person}.key_player", None, "yes", because=None),
                ],
                "recommendations": [
                    recommendation("shield_the_ally", {"ally": "p1", "boss": P2}),
                    recommendation("meet", {"person": "p1"}),
                    recommendation("mend", {}, because=f"{person}.support"),
                    recommendation("gone_since", {"one": P2}),
                ],
            },
        )
        append(  # 2
            journal,
            verb="override",
            facts=[],
            override={"decision": f"{person}.key_player", "value": "no", "reason": "he left"},
        )
        append(  # 3
            journal,
            verb="override",
            by=NAME,
            source=f"phone call with {NAME}与张三",
            facts=[],
            override={
                "decision": "can_we_win",
                "value": "yes",
                "reason": f"{NAME}说可以, so says {P2}.",
                "by": "anna",
                "on": "2026-11-21",
                "instead_of": "no",
            },
        )
        append(  # 4
            journal,
            facts=[
                change(f"{person}.name", NAME, OTHER_NAME),
                change("actions[a1].for_person", None, P2),
                change("actions[a2].for_person", "p1", P2),
                change("own_note", None, f"ask {OTHER_NAME.upper()}s office"),
            ],
        )
        append(journal, deal="d2", source="an old friend", facts=[change("name", None, "Two")])  # 5
        append(  # 6
            journal,
            deal=None,
            verb="as_of",
            source=f"note by {OTHER_NAME}",
            facts=[change("as_of", "2026-11-21", "2026-11-22")],
            difference={
                "d1": {
                    "decisions": [
                        decision(f"{person}.key_player", "yes", "no", because="as_of"),
                        decision("can_we_win", "no", "yes", because="as_of"),
                    ],
                    "recommendations": [],
                },
                "d2": {"decisions": [], "recommendations": []},
            },
        )
    return path


def decision(
    name: str, before: str | None, after: str | None, because: str | None
) -> dict[str, Any]:
    def conclusion(value: str | None) -> Any:
        return None if value is None else {"value": value, "candidates": [value], "rule": "r"}

    return {
        "decision": name,
        "before": conclusion(before),
        "after": conclusion(after),
        "because": because,
    }


def recommendation(
    id_: str, bindings: dict[str, str], because: str | None = "superiority"
) -> dict[str, Any]:
    return {
        "id": id_,
        "bindings": bindings,
        "before": None,
        "after": "certain",
        "because": because,
    }


def remove(path: Path, deal: str, person: str | None = None) -> Purged:
    return BOOK.purge(path, deal, person, by="the controller", clock=lambda: NOON)


def bytes_of(path: Path) -> bytes:
    """Return all that the journal and the files beside it hold."""
    return b"".join(one.read_bytes() for one in sorted(path.parent.iterdir()))


def test_of_a_person_nothing_stays_in_any_byte(path: Path) -> None:
    words = [P2.encode(), NAME.encode(), OTHER_NAME.encode(), OTHER_NAME.upper().encode()]
    assert all(word in bytes_of(path) for word in words)
    remove(path, "d1", P2)
    assert [word for word in words if word in bytes_of(path)] == []
    with Journal(path, clock=Clock()) as journal:
        append(journal)
        assert [word for word in words if word in bytes_of(path)] == []


def test_what_is_not_about_the_person_stays_as_it_was(path: Path) -> None:
    before = {one.number: one for one in read(path)}
    assert remove(path, "d1", P2) == Purged(entries_removed=1, entries_changed=4)
    after = {one.number: one for one in read(path)}
    # The override about the person is gone, and the note is new.
    assert list(after) == [1, 3, 4, 5, 6, 7]
    assert after[5] == before[5]
    assert after[1].facts == [
        change("name", None, "Fee collection"),
        change("people[p1]", None, {}),
        change("people[p1].name", None, "Otto"),
        change("people[p1].influences", None, ["p3"]),
        change("superiority", None, Decimal("1.5")),
    ]
    assert after[1].difference == {
        "decisions": [
            decision("can_we_win", None, "no", because=None),
            decision("competitive_strategy", None, "frontal", because="superiority"),
        ],
        "recommendations": [
            recommendation("meet", {"person": "p1"}),
            recommendation("mend", {}, because=None),
        ],
    }
    assert (after[3].by, after[3].source) == ("(removed)", "phone call with (removed)与张三")
    assert after[3].override == {
        "decision": "can_we_win",
        "value": "yes",
        "reason": "(removed)说可以, so says (removed).",
        "by": "anna",
        "on": "2026-11-21",
        "instead_of": "no",
    }
    assert after[4].facts == [
        change("actions[a2].for_person", "p1", None),
        change("own_note", None, "ask (removed)s office"),
    ]
    assert after[6].source == "note by (removed)"
    assert after[6].difference == {
        "d1": {
            "decisions": [decision("can_we_win", "no", "yes", because="as_of")],
            "recommendations": [],
        },
        "d2": {"decisions": [], "recommendations": []},
    }


def test_of_a_deal_nothing_stays_in_any_byte(path: Path) -> None:
    with Journal(path, clock=Clock()) as journal:
        append(journal, deal="deal-0815", facts=[change("name", None, "Großauftrag")])
        append(
            journal,
            deal=None,
            source="list with deal-0815 and the GROSSAUFTRAG and the Großauftrag",
            facts=[],
            difference={"deal-0815": {}, "d2": {}},
        )
    words = [b"deal-0815", "Großauftrag".encode()]
    assert all(word in bytes_of(path) for word in words)
    assert remove(path, "deal-0815") == Purged(entries_removed=1, entries_changed=1)
    assert [word for word in words if word in bytes_of(path)] == []
    (last,) = read(path)[-2:-1]
    assert last.difference == {"d2": {}}


def test_the_note_of_a_purge_says_what_kind_of_thing_it_was_and_not_which(path: Path) -> None:
    remove(path, "d1", P2)
    remove(path, "d2")
    person, deal = (one for one in read(path) if one.verb == "purge")
    plain: dict[str, Any] = {
        "at": NOON,
        "by": "the controller",
        "source": None,
        "verb": "purge",
        "rulebook": "0123456789ab",
        "facts": [],
        "override": None,
        "difference": None,
    }
    assert person == Entry(number=7, deal="d1", removed="person", **plain)
    assert deal == Entry(number=8, deal=None, removed="deal", **plain)


def test_numbers_are_never_used_again(path: Path) -> None:
    remove(path, "d1")
    remove(path, "d2")
    assert [one.number for one in read(path)] == [6, 7, 8]
    with Journal(path, clock=Clock()) as journal:
        assert append(journal).number == 9


def test_a_row_that_is_lost_is_told_from_one_that_was_purged(path: Path) -> None:
    remove(path, "d1", P2)
    assert [one.number for one in read(path)] == [1, 3, 4, 5, 6, 7]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM entries WHERE number = 4")
    with pytest.raises(JournalError, match=r"entry 5 of .* is damaged, or one before it is missi"):
        read(path)


@pytest.mark.parametrize(
    ("deal", "person", "message"),
    [
        ("d9", None, "there is no deal `d9` in `{}`; there are `d1`, `d2`"),
        ("d9", P2, "there is no deal `d9` in `{}`; there are `d1`, `d2`"),
        ("d1", "p9", f"there is no person `p9` in the deal `d1`; there are `p1`, `{P2}`"),
        ("d2", P2, f"there is no person `{P2}` in the deal `d2`; there is none"),
    ],
)
def test_who_is_not_there_cannot_be_removed(
    path: Path, deal: str, person: str | None, message: str
) -> None:
    before = bytes_of(path)
    with pytest.raises(JournalError) as caught:
        remove(path, deal, person)
    assert str(caught.value) == message.format(path)
    assert bytes_of(path) == before


def test_whoever_was_removed_is_not_there_any_more(path: Path) -> None:
    remove(path, "d1", P2)
    with pytest.raises(JournalError, match=f"there is no person `{P2}`"):
        remove(path, "d1", P2)
    remove(path, "d1")
    with pytest.raises(JournalError, match="there is no deal `d1`"):
        remove(path, "d1")


def test_many_deals_are_not_all_listed(tmp_path: Path) -> None:
    path = tmp_path / "many.db"
    with Journal(path, clock=Clock()) as journal:
        for number in range(12):
            append(journal, deal=f"d{number}")
    with pytest.raises(JournalError, match=r"`d7` and 4 more$"):
        remove(path, "dx")


def test_a_purge_needs_a_journal_that_nobody_uses(path: Path) -> None:
    before = read(path)
    with (
        Journal(path, clock=Clock()),
        pytest.raises(JournalError, match="is in use by another session"),
    ):
        remove(path, "d1")
    with read_journal(path) as reader:
        assert len(list(reader.entries())) == len(before)
        with pytest.raises(JournalError) as caught:
            remove(path, "d1")
        assert str(caught.value) == f"`{path}` is being read; purge it once nobody reads it"
        assert list(reader.entries()) == before
    assert read(path) == before


def test_a_purge_of_no_journal_makes_none(tmp_path: Path) -> None:
    path = tmp_path / "absent.db"
    with pytest.raises(
        JournalError, match=r"there is no `.*absent.db`; name the file of a session"
    ):
        remove(path, "d1")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_journal_is_not_purged(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE entries SET actor = 'x' WHERE number = 3")
    before = path.read_bytes()
    with pytest.raises(JournalError, match=r"entry 3 of .* is damaged"):
        remove(path, "d2")
    assert path.read_bytes() == before
    assert not path.with_name("deals.db-new").exists()


def test_a_journal_gets_shorter_when_most_of_it_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    fill(path, 150)
    size = path.stat().st_size
    purged = remove(path, "d0")
    assert purged == Purged(entries_removed=50, entries_changed=0)
    assert path.stat().st_size < size * 0.8
    assert [one.number for one in read(path)] == [
        *(number for number in range(1, 151) if number % 3 != 1),
        151,
    ]


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Anna", "Annas view; hanna too; ANNA.", "(removed)s view; hanna too; (removed)."),
        ("Anna", "Annabel of Annaberg, 给Anna打电话", "Annabel of Annaberg, 给(removed)打电话"),
        ("An", "Angebot an An, ans Werk", "Angebot (removed) (removed), ans Werk"),
        ("Anna Li", "anna\n li, Anna Lind", "(removed), Anna Lind"),
        ("王", "王说王子", "王说王子"),
        ("王", " 王", "(removed)"),
        ("王芳", "是王芳说的", "是(removed)说的"),
        ("O'Neil (CFO)", "the o'neil (cfo)!", "the (removed)!"),
        ("José", "josé's", "(removed)'s"),
    ],
)
def test_a_name_is_taken_out_of_a_text(tmp_path: Path, name: str, text: str, left: str) -> None:
    path = tmp_path / "deals.db"
    with Journal(path, clock=Clock()) as journal:
        append(journal, source=text, facts=[change("people[p2].name", None, f" {name} ")])
    remove(path, "d1", "p2")
    assert read(path)[0].source == left


def test_of_a_name_that_got_longer_no_part_stays(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    facts = [
        change("people[p2].name", None, "Anna"),
        change("people[p2].name", "Anna", "Anna Lindt"),
    ]
    with Journal(path, clock=Clock()) as journal:
        append(journal, source="Anna Lindt, or Anna", facts=facts)
    remove(path, "d1", "p2")
    assert read(path)[0].source == "(removed), or (removed)"


@pytest.mark.parametrize(
    ("id_", "text", "left"),
    [
        ("11", "11 of 2026-11-21, 11.", "(removed) of 2026-11-21, (removed)."),
        ("p2", "people[p2].support of p22", "people[(removed)].support of p22"),
        ("a.b-c", "把a.b-c的话; a.b-c.d", "把(removed)的话; a.b-c.d"),
        ("王", "people[王].support, 王芳", "people[(removed)].support, 王芳"),
    ],
)
def test_an_id_is_taken_out_of_a_text(tmp_path: Path, id_: str, text: str, left: str) -> None:
    path = tmp_path / "deals.db"
    with Journal(path, clock=Clock()) as journal:
        append(journal, source=text, facts=[change(f"people[{id_}]", None, {})])
    remove(path, "d1", id_)
    assert read(path)[0].source == left


def test_a_word_of_the_method_is_no_name_and_no_id(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    kept = [
        change("people[p1].support", "enemy", "mentor"),
        change("superiority", None, 4),
        change("incumbent", None, "us"),
        change("needs[n1].horizon", None, "within_3_months"),
        change("people[mentor.b]", None, {}),
        change("people[mentor].b].support", None, "enemy"),
    ]
    with Journal(path, clock=Clock()) as journal:
        append(
            journal,
            facts=[
                change("people[mentor]", None, {}),
                change("people[mentor].name", None, "enemy"),
                change("people[mentor].name", "enemy", "within_3_months"),
                *kept,
            ],
        )
    remove(path, "d1", "mentor")
    assert read(path)[0].facts == kept


def test_a_session_goes_on_after_a_purge_as_if_the_person_had_never_been_there(
    tmp_path: Path,
) -> None:
    path = tmp_path / "deals.db"
    person = {"id": "p2", "name": "Otto", "support": "enemy"}
    ally = {"id": "p1", "name": "Anna", "support": "mentor", "reports_to": "p2"}
    with SHIPPED.session(as_of=TODAY, journal=path, clock=Clock()) as session:
        session.assert_facts("d1", {"name": "Fees", "people": [person, ally]}, by="Otto")
        session.assert_facts("d1", {"superiority": 4}, source="Otto on the phone")
        decided = session.advice("d1").people["p2"]["relationship_strategy"]
        assert decided.value == "suppress"
        session.move_to(date(2026, 11, 22))
    SHIPPED.purge(path, "d1", "p2", clock=Clock())
    assert b"Otto" not in bytes_of(path)
    with SHIPPED.session(journal=path, clock=Clock()) as session:
        advice = session.advice("d1")
    rest = {"id": "p1", "name": "Anna", "support": "mentor"}
    never = {"name": "Fees", "superiority": 4, "people": [rest]}
    alone = SHIPPED.evaluate(SHIPPED.read(never), as_of=date(2026, 11, 22))
    assert advice.to_json() == alone.to_json()
    *_, note, later = read(path)
    assert (note.verb, later.verb, later.facts) == ("purge", "rulebook", [])


def test_the_same_person_in_another_deal_stays(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    facts = [change("people[p2]", None, {}), change("people[p2].name", None, "Otto")]
    with Journal(path, clock=Clock()) as journal:
        append(journal, facts=facts)
        append(journal, deal="d2", source="Otto", facts=facts)
    remove(path, "d1", "p2")
    first, second, _ = read(path)
    assert first.facts == []
    assert (second.source, second.facts) == ("Otto", facts)


# --- what is not theirs ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "facts"),
    [
        ({"id": "n1", "name": "North"}, {"region": "north"}),
        ({"id": "north"}, {"region": "north"}),
        ({"id": "2026-01-01"}, {"signed": "2026-01-01"}),
        ({"id": "p2", "name": "EUR"}, {"currency": "EUR", "superiority": 2}),
    ],
)
def test_a_journal_can_be_opened_after_a_purge_whatever_somebody_was_called(
    tmp_path: Path, person: dict[str, Any], facts: dict[str, Any]
) -> None:
    path = tmp_path / "deals.db"
    with BOOK.session(as_of=TODAY, journal=path, clock=Clock(), engine="python") as session:
        session.assert_facts("d1", {"people": [person], **facts})
    remove(path, "d1", person["id"])
    with BOOK.session(journal=path, clock=Clock(), engine="python") as session:
        assert session.facts("d1") == BOOK.read({"people": [], **facts})


def test_a_text_is_no_longer_than_texts_may_be_however_often_a_name_stands_in_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "deals.db"
    person = {"id": "p2", "name": "王芳"}
    facts = {"own_note": "王芳" * 5000, "id": "王芳" * 100}
    with BOOK.session(as_of=TODAY, journal=path, clock=Clock(), engine="python") as session:
        session.assert_facts("d1", {"people": [person], **facts})
    remove(path, "d1", "p2")
    with BOOK.session(journal=path, clock=Clock(), engine="python") as session:
        left = session.facts("d1")
    assert left == BOOK.read({"people": [], "own_note": "…" * 5000, "id": "…" * 100})


def test_facts_that_the_rulebook_does_not_know_are_refused(path: Path) -> None:
    before = bytes_of(path)
    with pytest.raises(JournalError) as caught:
        SHIPPED.purge(path, "d1", P2, clock=Clock())
    assert str(caught.value) == (
        f"entry 4 of `{path}` has the fact `own_note`, which the rulebook does not know; load the "
        "rulebook that the journal was written with"
    )
    assert bytes_of(path) == before


def test_of_what_goes_as_a_whole_the_rulebook_need_not_know_every_fact(path: Path) -> None:
    assert SHIPPED.purge(path, "d1", clock=Clock()).entries_removed == 4
    assert [one.number for one in read(path)] == [5, 6, 7]


def test_a_competitor_with_the_id_of_the_person_stays(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    facts = {
        "phase": "selling",
        "people": [{"id": "x1", "name": "Otto", "support": "enemy"}],
        "competitors": [{"id": "x1", "name": "Rival"}],
    }
    with SHIPPED.session(as_of=TODAY, journal=path, clock=Clock(), engine="python") as session:
        session.assert_facts("d1", facts)
    rules = SHIPPED._book.recommendations

    def lists(one: dict[str, Any]) -> set[tuple[str, ...]]:
        return {binding.list for binding in rules[one["id"]].bindings}

    before = read(path)[-1].difference["recommendations"]
    kept = [one for one in before if ("people",) not in lists(one)]
    assert any(("competitors",) in lists(one) for one in kept)
    assert len(kept) < len(before)
    SHIPPED.purge(path, "d1", "x1", clock=Clock())
    left = [one for one in read(path) if one.deal == "d1" and one.verb != "purge"][-1].difference
    assert [(one["id"], one["bindings"]) for one in left["recommendations"]] == [
        (one["id"], one["bindings"]) for one in kept
    ]
    SHIPPED.session(journal=path, clock=Clock(), engine="python").close()
    back = [
        one["bindings"]
        for entry in read(path)
        if entry.verb == "rulebook"
        for one in entry.difference["d1"]["recommendations"]
    ]
    assert [bindings for bindings in back if "x1" in bindings.values()] == []


def test_what_others_are_called_stays_even_if_it_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "deals.db"
    kept = [
        change("name", None, "Annaberg plant"),
        change("people[p1].name", None, "Annabel Koch"),
        change("people[p3].name", None, "Anna"),
        change("people[p4].name", None, "Anna Lindt"),
        change("competitors[c1].name", None, "Anna & Sons"),
        change("account.name", None, "Annahütte"),
    ]
    with Journal(path, clock=Clock()) as journal:
        append(journal, facts=[*kept, change("people[p2].name", None, "Anna")])
    remove(path, "d1", "p2")
    assert read(path)[0].facts == kept


# --- what was refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("clock", [lambda: None, lambda: NOON.replace(tzinfo=None)])
def test_a_purge_without_a_right_clock_leaves_every_byte(path: Path, clock: Any) -> None:
    before = bytes_of(path)
    with pytest.raises((TypeError, ValueError), match="`clock` has to return a datetime"):
        BOOK.purge(path, "d1", P2, clock=clock)
    assert bytes_of(path) == before


def test_a_purge_that_is_refused_leaves_every_byte_of_the_journal(path: Path) -> None:
    before = path.read_bytes()
    with Journal(path, clock=Clock()), pytest.raises(JournalError):
        remove(path, "d1")
    assert path.read_bytes() == before
    with read_journal(path) as reader:
        next(iter(reader.entries()))
        with pytest.raises(JournalError, match="is being read"):
            remove(path, "d1", P2)
    assert path.read_bytes() == before
