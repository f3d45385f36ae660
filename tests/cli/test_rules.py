"""`rules`, and what the options `--overlay`, `--parameters` and `--set` do to any verb."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from b2brules.advice.wrapping import width_of
from b2brules.ruleset.model import Language

OVERLAY = """\
overlay: ours
owner: north-sales
disable: for_us

parameters: |
  name                | value | source           | basis | checked
  frontal_superiority | 5     | project "Five"   | ours  | 2026-11-22

decisions:
  strategy:
    table: |
      id           | superiority | under_attack || before       | then    | source         | basis
      three_to_one | >= 4        | -            || -            | frontal | tas "4:1"      | sourced
      hold_on      | -           | true         || three_to_one | develop | project "Calm" | ours
  stance:
    table: |
      id           | person.support       || before | then   | source     | basis
      not_against  | not(enemy)           || for_us | defend | tas "Foes" | inferred

text: |
  hold_on
    en: We are under attack.
    zh: 我们正受到攻击。
  not_against
    en: "{person.name}" is not against us.
    zh: “{person.name}”没有反对我们。
  strategy = develop
    zh: 再等等。
"""


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    path = tmp_path / "ours.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    return path


def test_all_that_is_in_the_rules_is_shown(run: Callable[..., Any], rules: Path) -> None:
    done = run("rules", "--rules", rules)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    headings = [line for line in lines if line.isupper() and not line.startswith(" ")]
    assert headings == ["DECISIONS", "RECOMMENDATIONS", "PARAMETERS", "SOURCES"]
    assert "Decisions: 3 with 6 rows · Recommendations: 1 · Parameters: 2 · Sources: 2" in lines[2]


def test_a_decision_is_shown_with_its_rows(run: Callable[..., Any], rules: Path) -> None:
    done = run("rules", "--rules", rules, "strategy")
    assert (
        done.out.partition("\n\n")[2]
        == """\
DECISIONS
  Which strategy do we run? (strategy)
  small · the first row that holds decides
    - frontal: Fight head-on.
    - develop: Wait.
   1. frontal (three_to_one)
      If: superiority >= frontal_superiority
      Why: We are {superiority} to one ahead.
      [tas "3:1"; sourced]
   2. develop (otherwise_so)
      If: in every other case
      Why: We are not far enough ahead.
      [project "Other"; ours]
"""
    )


def test_a_row_is_shown_in_its_decision_with_its_number(
    run: Callable[..., Any], rules: Path
) -> None:
    done = run("rules", "--rules", rules, "otherwise_so")
    assert "   2. develop (otherwise_so)\n" in done.out
    assert "three_to_one" not in done.out


def test_a_recommendation_a_parameter_and_a_source_are_shown(
    run: Callable[..., Any], rules: Path
) -> None:
    for name, shown in {
        "calm": """\
RECOMMENDATIONS
  calm · small · for each person in people
    Answer the objections of {person.name}.
    Presales · within 7 days · priority 2 · PRIME: insulate from rivals
    If: person.support = enemy
    Why: An enemy who was heard does less harm.
    [tas "F"; inferred]
""",
        "frontal_superiority": """\
PARAMETERS
  frontal_superiority = 3 to one (1 to 10)
    [tas "3:1"; sourced; checked 2026-11-21]
""",
        "large_amount": """\
PARAMETERS
  large_amount = 10,000 CNY
    [project "Big"; ours; checked 2026-11-21]
""",
        "tas": """\
SOURCES
  tas: Somebody, “A book”, A press, 1998 (checked 2026-11-21)
""",
    }.items():
        assert run("rules", "--rules", rules, name).out.partition("\n\n")[2] == shown


def test_the_rules_are_shown_in_chinese(run: Callable[..., Any], rules: Path) -> None:
    out = run("rules", "--rules", rules, "--lang", "zh", "size").out
    assert (
        out.partition("\n\n")[2]
        == """\
【结论】
  项目多大？（size）
  small · 取第一条成立的行
    - large：大项目。
    - small：小项目。
   1. large（above）
      条件：amount > large_amount
      理由：金额 {amount}。
      [project "Big"；本项目约定]
   2. small（not_above）
      条件：其余情况
      理由：金额不超过 10,000 CNY。
      [project "Big"；本项目约定]
"""
    )


def test_what_an_overlay_changed_comes_first(
    run: Callable[..., Any], rules: Path, overlay: Path
) -> None:
    out = run("rules", "--rules", rules, "--overlay", overlay).out
    assert (
        out.split("\n\n")[1]
        == """\
WHAT OVERLAYS CHANGED
  ours
    - parameter frontal_superiority: 5 instead of 3
    - row three_to_one of strategy: replaced
    - row hold_on of strategy: added (develop)
    - row not_against of stance: added (defend)
    - row for_us of stance: disabled (was defend)
    - text of strategy = develop: replaced"""
    )
    assert "   1. develop (hold_on; changed by ours)\n      If: under_attack = true\n" in out
    assert "  frontal_superiority = 5 to one (1 to 10) · changed by ours\n" in out


def test_a_change_is_shown_with_what_it_changed(
    run: Callable[..., Any], rules: Path, overlay: Path
) -> None:
    for name, number in {"strategy": 3, "hold_on": 1, "for_us": 1, "calm": 0, "size": 0}.items():
        out = run("rules", "--rules", rules, "--overlay", overlay, name).out
        assert out.partition("\n\n")[2].count("\n    - row ") + out.count("- text of") == number
    named = run("rules", "--rules", rules, "--overlay", overlay, "--lang", "zh", "for_us").out
    assert "    - stance 的行 for_us：停用（原为 defend）\n" in named


def test_the_last_overlay_that_changed_a_rule_stands_beside_it(
    run: Callable[..., Any], rules: Path, overlay: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later.yaml"
    later.write_text(
        "overlay: later\nowner: north-sales\ndecisions:\n  strategy:\n    table: |\n"
        "      id || then | source | basis\n"
        '      hold_on || frontal | project "Calm" | ours\n',
        encoding="utf-8",
    )
    given = ("rules", "--rules", rules, "--overlay", overlay, "--overlay", later)
    out = run(*given, "hold_on").out
    assert "   1. frontal (hold_on; changed by later)\n" in out
    assert "  later\n    - row hold_on of strategy: frontal instead of develop\n" in out
    found = json.loads(run(*given, "--format", "json", "hold_on").out)
    assert [one["overlay"] for one in found["changes"]] == ["ours", "later"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_the_page(
    run: Callable[..., Any], overlay: Path, lang: Language
) -> None:
    done = run("rules", "--lang", lang, "--overlay", "defend_the_supporter")
    assert done.status == 0
    lines = done.out.splitlines()
    assert max(map(width_of, lines)) <= 80
    assert not any(line.endswith(" ") for line in lines)
    assert len(lines) > 1000


def test_the_rules_as_json_keep_their_form(
    run: Callable[..., Any], rules: Path, overlay: Path
) -> None:
    done = run("rules", "--format", "json", "--rules", rules, "--overlay", overlay)
    book = json.loads(done.out)
    assert list(book) == [
        "rulebook",
        "lang",
        "decisions",
        "recommendations",
        "parameters",
        "sources",
        "changes",
    ]
    strategy = book["decisions"]["strategy"]
    assert list(strategy) == ["ruleset", "for", "question", "hit_policy", "outcomes", "rows"]
    assert strategy["rows"][0] == {
        "id": "hold_on",
        "asks": [{"column": "under_attack", "cell": "true"}],
        "then": "develop",
        "why": "We are under attack.",
        "source": 'project "Calm"',
        "basis": "ours",
        "overlay": "ours",
    }
    assert strategy["outcomes"]["frontal"] == {"label": "frontal", "sentence": "Fight head-on."}
    assert book["decisions"]["stance"]["for"] == {"person": "people"}
    assert book["recommendations"] == [
        {
            "id": "calm",
            "ruleset": "small",
            "for": {"person": "people"},
            "asks": [{"column": "person.support", "cell": "enemy"}],
            "target": "person",
            "action": "Answer the objections of {person.name}.",
            "why": "An enemy who was heard does less harm.",
            "prime": "insulate",
            "owner": "presales",
            "within": 7,
            "priority": 2,
            "source": 'tas "F"',
            "basis": "inferred",
            "overlay": None,
        }
    ]
    assert book["parameters"]["large_amount"] == {
        "value": 10000,
        "default": 10000,
        "unit": "CNY",
        "minimum": None,
        "maximum": None,
        "source": 'project "Big"',
        "basis": "ours",
        "checked": "2026-11-21",
        "overlay": None,
    }
    assert list(book["sources"]["tas"]) == ["author", "title", "publisher", "date", "checked"]
    assert book["changes"][0] == {
        "overlay": "ours",
        "how": "replaced",
        "what": "parameter",
        "id": "frontal_superiority",
        "decision": None,
        "before": "3",
        "after": "5",
    }
    assert run("rules", "--format", "json", "--rules", rules, "--overlay", overlay).out == done.out


def test_a_name_that_is_not_there_is_answered_with_one_that_is(
    run: Callable[..., Any], rules: Path
) -> None:
    for name, meant in {"stratgy": "strategy", "calmm": "calm", "tass": "tas"}.items():
        done = run("rules", "--rules", rules, name)
        expected = f"b2brules: there is no `{name}` in these rules; did you mean `{meant}`?\n"
        assert (done.status, done.out, done.err) == (2, "", expected)
    far = run("rules", "--rules", rules, "zzzzzz").err
    assert "write the name of a decision, a row, a recommendation, a parameter or a source" in far


def test_an_overlay_is_laid_by_every_verb_that_loads_rules(
    run: Callable[..., Any], rules: Path, overlay: Path, deal: Path
) -> None:
    given = ("--rules", rules, "--overlay", overlay)
    plain = run("evaluate", "--rules", rules, "--format", "json", deal).out
    changed = run("evaluate", *given, "--format", "json", deal).out
    assert json.loads(plain)["decisions"]["strategy"]["rule"] == "three_to_one"
    assert json.loads(changed)["decisions"]["strategy"]["value"] is None
    assert json.loads(plain)["rulebook"] != json.loads(changed)["rulebook"]
    assert "hold_on" in run("explain", *given, "strategy", deal).out
    assert run("check", rules, "--overlay", overlay).status == 0
    assert run("blank", *given).status == 0


def test_what_is_wrong_with_an_overlay_is_reported_by_check(
    run: Callable[..., Any], rules: Path, overlay: Path
) -> None:
    overlay.write_text(OVERLAY.replace("three_to_one | >= 4", "three_to_on  | >= 4"), "utf-8")
    done = run("check", "--format", "gnu", rules, "--overlay", overlay)
    assert (done.status, done.err) == (1, "")
    assert f"{overlay}:13:7: error[unknown-row]" in done.out
    assert "did you mean `three_to_one`?" in done.out
    stopped = run("rules", "--rules", rules, "--overlay", overlay)
    assert (stopped.status, stopped.out) == (2, "")


def test_an_overlay_that_is_not_there_is_answered_with_one_that_is_shipped(
    run: Callable[..., Any],
) -> None:
    done = run("rules", "--overlay", "defend_the_suporter")
    assert done.status == 2
    assert done.err.endswith("did you mean `defend_the_supporter`?\n")
    assert "did you mean" not in run("rules", "--overlay", "nothing/like_it.yaml").err


def test_values_come_from_a_file_and_the_command_line_goes_before_it(
    run: Callable[..., Any], rules: Path, tmp_path: Path
) -> None:
    file = tmp_path / "team.yaml"
    file.write_text(
        "frontal_superiority: 6\nlarge_amount: {amount: 20000, currency: CNY}\n", "utf-8"
    )
    given = ("rules", "--rules", rules, "--parameters", file, "--format", "json")
    found = json.loads(run(*given, "--set", "frontal_superiority=7").out)["parameters"]
    values = {name: (one["value"], one["default"]) for name, one in found.items()}
    assert values == {"frontal_superiority": (7, 3), "large_amount": (20000, 10000)}
    shown = run("rules", "--rules", rules, "--parameters", file, "frontal_superiority").out
    assert "frontal_superiority = 6 to one (1 to 10)\n    The rule files say 3.\n" in shown


def test_what_is_wrong_with_a_file_of_values_is_located(
    run: Callable[..., Any], rules: Path, tmp_path: Path
) -> None:
    file = tmp_path / "team.yaml"
    file.write_text("# Ours.\nfrontal_superiority: 60\n", "utf-8")
    done = run("check", "--format", "gnu", rules, "--parameters", file)
    assert done.out == (
        f"{file}:2:22: error[parameter-value]: `frontal_superiority`: `60` is out of its range; "
        "give 1 to 10\n"
    )
    missing = run("check", rules, "--parameters", tmp_path / "none.yaml")
    assert missing.status == 2
    wrong = run("check", rules, "--set", "frontal_superiority=60")
    assert (wrong.status, wrong.out) == (2, "")
    assert "out of its range" in wrong.err
