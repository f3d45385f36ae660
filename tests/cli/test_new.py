"""`new` begins a ruleset that checks clean, whose cases hold, and overwrites nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from b2brules.ruleset.shipped import shipped_rulesets


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_new_ruleset_checks_clean_by_itself_and_with_the_shipped_method(
    run: Callable[..., Any], here: Path
) -> None:
    done = run("new", "bring_a_specialist")
    assert (done.status, done.err) == (0, "")
    assert sorted(path.name for path in here.iterdir()) == [
        "bring_a_specialist.cases.yaml",
        "bring_a_specialist.yaml",
    ]
    for paths in (["bring_a_specialist.yaml"], ["."], [shipped_rulesets(), "."]):
        checked = run("check", *paths)
        assert (checked.status, checked.out, checked.err) == (0, "", "")
    assert run("fmt", "--check", ".").status == 0


def test_its_cases_are_run_and_would_show_a_mistake(run: Callable[..., Any], here: Path) -> None:
    run("new", "bring_a_specialist")
    rules = here / "bring_a_specialist.yaml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace("| 50000 |", "| 90000 |"), encoding="utf-8")
    done = run("check", ".")
    assert done.status == 1
    assert "bring_a_specialist.cases.yaml:" in done.out


def test_a_beginner_finds_every_part_in_it_and_in_both_languages(
    run: Callable[..., Any], here: Path
) -> None:
    run("new", "mine")
    shown = run("rules", "--rules", "mine.yaml").out
    assert "Decisions: 1 with 2 rows · Recommendations: 1 · Parameters: 1" in shown
    assert "mine_from = 50,000 CNY" in shown
    assert "请专家一起去" in run("rules", "--rules", "mine.yaml", "--lang", "zh").out
    text = (here / "mine.yaml").read_text(encoding="utf-8")
    assert text.startswith("# What this file decides")
    assert "NAME" not in text


def test_it_says_what_to_do_next(run: Callable[..., Any], here: Path) -> None:
    assert (
        run("new", "mine", "--dir", "our rules/north").out
        == """\
our rules/north/mine.yaml has the rules, our rules/north/mine.cases.yaml the cases.

Next, put your own decision in the place of the example, a line at a time.
After each change:
  b2brules check 'our rules/north/mine.yaml'   says what is wrong, if anything
  b2brules fmt 'our rules/north/mine.yaml'     aligns the tables again
"""
    )
    assert run("check", "our rules").status == 0


def test_several_new_rulesets_live_in_one_folder_with_sources_of_its_own(
    run: Callable[..., Any], here: Path
) -> None:
    (here / "sources.yaml").write_text(
        "handbook:\n  author: Us\n  title: Ours\n  publisher: Us\n  date: 2025\n"
        "  checked: 2026-11-21\n",
        encoding="utf-8",
    )
    run("new", "mine")
    run("new", "ours")
    assert run("check", ".").out == ""


@pytest.mark.parametrize("there", ["mine.yaml", "mine.cases.yaml"])
def test_nothing_is_overwritten(run: Callable[..., Any], here: Path, there: str) -> None:
    (here / there).write_text("precious", encoding="utf-8")
    done = run("new", "mine")
    assert done.status == 2
    assert done.err == (
        f"b2brules: `{there}` is there already; choose another name or another folder\n"
    )
    assert [path.name for path in here.iterdir()] == [there]
    assert (here / there).read_text(encoding="utf-8") == "precious"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("My rules.yaml", "`My rules.yaml` cannot be a name; … such as `my_rules`"),
        ("3d", "`3d` cannot be a name; … digits and `_`"),
        ("../up", "`../up` cannot be a name; … such as `up`"),
        ("and", "`and` is a word of the condition language; choose another name"),
        ("a" * 41, f"`{'a' * 41}` has 41 characters; a ruleset's name has 40 at most"),
        ("amount", "`amount` is already the name of a fact; choose another name"),
        ("go_no_go", "`go_no_go` is already the name of a ruleset; choose another name"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_with_a_remedy(
    run: Callable[..., Any], here: Path, name: str, message: str
) -> None:
    done = run("new", name)
    assert done.status == 2
    start, _, end = message.partition(" … ")
    assert done.err.startswith(f"b2brules: {start}")
    assert done.err.endswith(f"{end}\n")
    assert list(here.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_reported(run: Callable[..., Any], here: Path) -> None:
    (here / "file").write_text("", encoding="utf-8")
    done = run("new", "mine", "--dir", "file/below")
    assert done.err == "b2brules: cannot make the folder `file/below`: not a directory\n"
    assert done.status == 2
