"""`history` tells how advice came to be, `replay` what today's rules would have said."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import b2brules
from tests.session.journals import Clock


@pytest.fixture
def journal(rules: Path, tmp_path: Path) -> Path:
    """A journal of two deals, written under the small rules."""
    path = tmp_path / "deals.db"
    book = b2brules.load_rulebook(rules)
    with book.session(as_of=date(2026, 11, 21), journal=path, clock=Clock()) as session:
        session.assert_facts("d1", {"superiority": 2, "people": [{"id": "p1", "name": "Anna"}]})
        session.update("d1", {"superiority": 3}, by="li", source="a call")
        session.assert_facts("d2", {"amount": 500})
    return path


def test_history_lists_the_deals(run: Callable[..., Any], journal: Path, rules: Path):
    done = run("history", "--rules", rules, journal)
    assert (done.status, done.out, done.err) == (0, "d1\nd2\n", "")


def test_history_lists_the_deals_for_programs(run: Callable[..., Any], journal: Path, rules: Path):
    done = run("history", "--rules", rules, "--format", "json", journal)
    assert [json.loads(line) for line in done.out.splitlines()] == [{"deal": "d1"}, {"deal": "d2"}]


def test_history_tells_what_happened_to_a_deal(run: Callable[..., Any], journal: Path, rules: Path):
    done = run("history", "--rules", rules, journal, "d1")
    assert (done.status, done.err) == (0, "")
    assert "d1: how its advice came to be" in done.out
    assert "updated · by li · from a call" in done.out
    assert "superiority: 2 → 3" in done.out
    assert "d2" not in done.out
    chinese = run("history", "--rules", rules, "--lang", "zh", journal, "d1")
    assert "更新 · 操作人 li · 来源 a call" in chinese.out


def test_history_gives_the_entries_as_they_were_written(
    run: Callable[..., Any], journal: Path, rules: Path
):
    done = run("history", "--rules", rules, "--format", "json", journal, "d1")
    entries = [json.loads(line) for line in done.out.splitlines()]
    assert [(one["verb"], one["deal"]) for one in entries] == [
        ("as_of", None),
        ("assert", "d1"),
        ("update", "d1"),
    ]
    assert entries[2]["facts"] == [{"path": "superiority", "before": 2, "after": 3}]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["{journal}", "zzz"],
            "b2brules: there is no deal `zzz` in the journal; there are `d1`, `d2`",
        ),
        (["nowhere.db", "d1"], "b2brules: there is no `nowhere.db`"),
        (["{rules}", "d1"], "is a folder; name a file"),
    ],
)
@pytest.mark.parametrize("verb", ["history", "replay"])
def test_what_is_not_there_is_named(
    run: Callable[..., Any],
    journal: Path,
    rules: Path,
    verb: str,
    arguments: list[str],
    message: str,
):
    asked = [one.format(journal=journal, rules=rules) for one in arguments]
    done = run(verb, "--rules", rules, *asked)
    assert (done.status, done.out) == (2, "")
    assert message in done.err


def test_replay_is_silent_where_the_rules_say_the_same(
    run: Callable[..., Any], journal: Path, rules: Path
):
    done = run("replay", "--rules", rules, journal)
    assert (done.status, done.out, done.err) == (0, "", "")


def test_replay_names_where_other_rules_would_have_advised_otherwise(
    run: Callable[..., Any], journal: Path, rules: Path
):
    done = run("replay", "--rules", rules, "--set", "frontal_superiority=2", journal)
    assert done.status == 1
    assert done.err == ""
    first, second, *_ = done.out.splitlines()
    assert first.startswith("#2 · ")
    assert first.endswith("· d1 · strategy")
    assert second.startswith("  then: ")
    alone = run("replay", "--rules", rules, "--set", "frontal_superiority=2", journal, "d2")
    assert (alone.status, alone.out) == (0, "")
    asked = ("replay", "--rules", rules, "--set", "frontal_superiority=2", "--format", "json")
    said = json.loads(run(*asked, journal).out)
    (departure, *_) = said["departures"]
    assert (departure["deal"], departure["name"], departure["number"]) == ("d1", "strategy", 2)
    assert departure["recorded"]["value"] == "develop"
    assert departure["today"]["value"] == "frontal"


def test_replay_refuses_a_journal_of_facts_that_the_rules_do_not_know(
    run: Callable[..., Any], journal: Path, rules: Path
):
    book = b2brules.load_rulebook(rules)
    with book.session(journal=journal, clock=Clock()) as session:
        session.assert_facts("d3", {"partner_involved": True})
    done = run("replay", journal)
    assert (done.status, done.out) == (2, "")
    assert "the deal `d3` in entry 5 does not fit the rulebook" in done.err
