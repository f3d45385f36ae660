"""Generated rule files load, and have every construct of the language."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import b2brules
from b2brules import Rulebook
from b2brules.testing import rulebooks, rulesets
from b2brules.testing.drawing import draw_sheet

CONSTRUCTS = {
    "a table that ends with otherwise": r"\| otherwise \|\|",
    "a unique table": r"hit_policy: unique",
    "a formula": r"formula: ",
    "a decision for people": r"for: each_d\d in people\n",
    "a decision for a list of the account": r"for: each_d\d in (needs|cost_items|competencies)\n",
    "a formula for things": r"for: .*\n    formula:",
    "a decision that reads a decision": r"_\d \| .*\bd\d (=|!=|in) ",
    "a decision as a column": r"id \|.* d\d \|.*then",
    "two decisions compared": r"\bd\d (=|!=) (\w+\.)?d\d\b",
    "a decision of things in a filter": r"\[[^\]]*\(?d\d (=|!=|in)",
    "and": r"\) and \(",
    "or": r"\) or \(",
    "not": r"\bnot\(",
    "a cell with not": r"\| not\([^|]*\) \|",
    "some": r"\(some one_\d in \w+ satisfies",
    "every": r"\(every one_\d in \w+ satisfies",
    "a quantifier over a filter": r"one_\d in \w+\[.*\] satisfies",
    "a filter that is empty": r"\w+\[.*\] is empty",
    "a whole list that is empty": r"(people|needs|actions|competitors|cost_items) is empty",
    "a count of things": r"count\((people|needs|actions|competitors|cost_items|competencies)\)",
    "a count of a filter": r"count\(\w+\[",
    "a count of conditions": r"count\(.*, ",
    "counts on both sides": r"count\(.*\) (=|!=|<|<=|>|>=) count\(",
    "a member of a set": r"\w+ in [a-z_.]+\b(?! satisfies)",
    "sum": r"\bsum\(",
    "min": r"\bmin\(",
    "max": r"\bmax\(",
    "a total of a filter": r"(sum|min|max)\(\w+\[",
    "days since": r"days_since\(",
    "days until": r"days_until\(",
    "as_of": r"\bas_of\b",
    "a day": r"[<>=] 2026-11-",
    "an amount and a parameter": r"(large|dear)\b",
    "amounts divided": r"\(\S+ / \S+\)",
    "arithmetic": r" [*+-] ",
    "between": r"between \d+ and \d+",
    "a range in a cell": r"\| [\[(]\d+\.\.\d+[\])] \|",
    "in with several words": r" in \(\w+, \w+",
    "a text": r'"Lin"',
    "ids": r"\.(id|reports_to) (=|!=) \w+\.(id|reports_to)",
    "is known": r"is known",
    "is unknown": r"is unknown",
    "a recommendation for nothing": r"r\d \| - \|",
    "one binding": r"r\d \| this_\d in \w+ \|",
    "two bindings of one list": r"this_\d in (\w+), that_\d in \1 ",
    "two bindings of two lists": r"this_\d in (\w+), that_\d in (?!\1 )",
    "each": r"mark in marks",
    "a parameter under within": r"\| days_enough \| 1 \|",
    "a team's own facts": r"own_\w+ \| ",
    "a fact of an own thing": r"(people|competitors|account|cost_items)\.own_\w+ \|",
}


def test_every_construct_of_the_language_is_drawn():
    seen: Counter[str] = Counter()

    @settings(
        max_examples=250,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.composite(draw_sheet)())
    def look(sheet):
        text = sheet.write()
        seen.update(name for name, pattern in CONSTRUCTS.items() if re.search(pattern, text))

    for _ in range(4):  # the rarest stands in one file of a hundred
        look()
        if set(seen) == set(CONSTRUCTS):
            break
    assert sorted(set(CONSTRUCTS) - set(seen)) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(text=rulesets())
def test_a_generated_file_loads(text, tmp_path_factory):
    file = tmp_path_factory.mktemp("rules") / "generated.yaml"
    file.write_text(text, "utf-8")
    book = b2brules.load_rulebook(file)
    assert book.check() == ()
    assert book.decisions


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(book=rulebooks())
def test_a_generated_rulebook_is_a_rulebook(book):
    assert isinstance(book, Rulebook)


def test_a_rulebook_that_fails_is_shown_as_its_file(capsys):
    @settings(max_examples=1, database=None, phases=[Phase.generate])
    @given(book=rulebooks())
    def fail(book):
        raise ValueError

    with pytest.raises(ValueError) as caught:  # noqa: PT011 - ours
        fail()
    assert any("ruleset: generated" in note for note in caught.value.__notes__)


def test_generated_files_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    @settings(max_examples=3, database=None, suppress_health_check=list(HealthCheck))
    @given(book=rulebooks())
    def load(book):
        assert book.decisions

    load()
    assert list(Path(tmp_path).iterdir()) == []


def test_a_file_shrinks_to_the_rule_that_matters():
    found = find(
        st.composite(draw_sheet)(),
        lambda sheet: re.search(CONSTRUCTS["two bindings of one list"], sheet.write()) is not None,
        settings=settings(
            max_examples=1_000,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
        # Where a search begins decides how far 500 steps of shrinking come.
        random=Random(2),
    )
    assert not found.facts
    assert not found.parameters
    # The plainest has one of each; a few are left where the steps did not suffice.
    assert len(found.advice) <= 3
    assert len(found.decisions) <= 4
