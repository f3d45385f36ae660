"""A team's own rules that read the shipped method are told to load it too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from b2brules.ruleset.shipped import shipped_rulesets


@pytest.fixture
def mine(run: Callable[..., Any], tmp_path: Path) -> Path:
    """A new ruleset, which can be changed."""
    run("new", "mine", "--dir", tmp_path)
    return tmp_path / "mine.yaml"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("condition", "kind"),
    [
        ("can_we_win = yes", "`can_we_win` is a decision"),
        ("superiority > frontal_superiority", "`frontal_superiority` is a parameter"),
        ("some p in people satisfies p.key_player = yes", "`key_player` is a decision"),
    ],
)
def test_a_name_of_the_shipped_method_leads_to_it(
    run: Callable[..., Any], mine: Path, condition: str, kind: str
) -> None:
    change(mine, "amount >= mine_from", condition)
    mine.with_name("mine.cases.yaml").unlink()
    found = run("check", mine)
    assert found.status == 1
    help = (
        f"{kind} of the shipped method; load that with it, as in `b2brules check rulesets {mine}`"
    )
    assert f"= help: {help}\n" in found.out
    assert found.out.count("error[") == 1
    assert run("check", shipped_rulesets(), mine).out == ""


def test_a_name_in_a_sentence_leads_to_it(run: Callable[..., Any], mine: Path) -> None:
    change(mine, "{mine_from}", "{frontal_superiority}")
    assert "`frontal_superiority` is a parameter of the shipped method" in run("check", mine).out


def test_a_case_that_names_the_shipped_method_leads_to_it(
    run: Callable[..., Any], mine: Path
) -> None:
    cases = mine.with_name("mine.cases.yaml")
    change(cases, "certain: [mine_agree_a_day]", "certain: [build_the_event_first]")
    change(cases, '    mine: "no"', "    can_we_win: yes")
    found = run("check", mine)
    assert "`can_we_win` is a decision of the shipped method" in found.out
    assert "`build_the_event_first` is a recommendation of the shipped method" in found.out


def test_a_name_that_is_loaded_and_stands_in_a_wrong_place_keeps_its_help(
    run: Callable[..., Any], mine: Path
) -> None:
    change(mine, "amount >= mine_from", "some p in people satisfies p.can_we_win = yes")
    found = run("check", shipped_rulesets(), mine)
    assert "error[unknown-name]" in found.out
    assert "shipped method" not in found.out


def test_a_name_that_is_nowhere_is_not_said_to_be_in_the_method(
    run: Callable[..., Any], mine: Path
) -> None:
    change(mine, "amount >= mine_from", "can_we_fly = yes")
    found = run("check", mine)
    assert "error[unknown-name]" in found.out
    assert "shipped method" not in found.out
