"""`b2brules test`: the cases, what they show, and what they notice."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOOD = """\
- name: Three to one is enough
  given: {superiority: 3}
  expect: {strategy: frontal}
- name: Less than three to one is not
  given: {superiority: 2}
  expect: {strategy: develop}
"""
BAD = """\
- name: Two to one is enough
  given: {superiority: 2}
  expect: {strategy: frontal}
"""


@pytest.fixture
def cases(tmp_path: Path) -> Callable[[str], Path]:
    """How to write a file of cases."""

    def write(text: str) -> Path:
        path = tmp_path / "ours.cases.yaml"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def test(run: Callable[..., Any], rules: Path) -> Callable[..., Any]:
    """How to run cases by the small rules."""
    return lambda *arguments: run("test", "--rules", rules, *arguments)


def test_cases_that_hold_are_counted(
    test: Callable[..., Any], cases: Callable[[str], Path]
) -> None:
    done = test(cases(GOOD))
    assert (done.status, done.out, done.err) == (0, "2 cases hold\n", "")
    folder = test(cases(GOOD).parent)
    assert folder == done


def test_a_case_that_fails_is_shown_with_its_place_and_what_explains_it(
    test: Callable[..., Any], cases: Callable[[str], Path]
) -> None:
    path = cases(BAD)
    done = test(path)
    assert done.out == (
        f"{path}:1:3: Two to one is enough\n"
        "  strategy: expected `frontal`, found `develop`\n"
        "    three_to_one → frontal: does not hold\n"
        "      - superiority: >= frontal_superiority — does not hold\n"
        "        with superiority = 2, frontal_superiority = 3\n"
        "    otherwise_so → develop: holds (cited)\n"
        "      We are not far enough ahead.\n"
        '      Source: project "Other" (ours)\n'
        "\n"
        "1 of 1 cases fails\n"
    )
    assert (done.status, done.err) == (1, "")
    # Other values of the parameters are other rules.
    assert test("--set", "frontal_superiority=2", path).status == 0


def test_the_answer_as_json_holds_the_proofs(
    test: Callable[..., Any], cases: Callable[[str], Path]
) -> None:
    done = test("--format", "json", "--coverage", "--mutate", cases(BAD))
    answer = json.loads(done.out)
    assert (answer["cases"], answer["failed"], done.status) == (1, 1, 1)
    (failure,) = answer["failures"]
    assert (failure["about"], failure["expected"], failure["found"]) == (
        "strategy",
        ["frontal"],
        ["develop"],
    )
    assert failure["proof"]["rows"][0]["clauses"][0]["facts"]["superiority"] == "2"
    assert answer["coverage"]["shown"]["row"] == {"of": 6, "shown": 0}
    assert answer["coverage"]["unshown"][0]["name"] == "strategy.three_to_one"
    mutation = answer["mutation"]
    assert len(mutation["survivors"]) == mutation["tried"]
    assert {"rule", "change", "reason", "hint"} <= set(mutation["survivors"][0])


def test_coverage_and_mutation_say_what_is_not_shown_and_not_noticed(
    test: Callable[..., Any], cases: Callable[[str], Path], rules: Path
) -> None:
    path = cases(GOOD)
    covered = test("--coverage", path)
    assert covered.status == 1
    assert "`size.above`: no case shows it to hold, and no case shows it to fail\n" in covered.out
    assert "`strategy.three_to_one`" not in covered.out
    assert covered.out.endswith("0 of 1 recommendations\n")
    changed = test("--mutate", path)
    assert changed.status == 1
    assert "`frontal_superiority`" not in changed.out
    assert "`size.above`: amount: `> large_amount` becomes `-`\n" in changed.out
    assert "changes tried, " in changed.out


def test_what_cannot_be_read_as_cases_is_reported(
    test: Callable[..., Any], cases: Callable[[str], Path], tmp_path: Path
) -> None:
    done = test(cases(GOOD.replace("strategy", "strateg")))
    assert "error[unknown-decision]: `strateg` is not a decision" in done.out
    assert (done.status, done.err) == (1, "")
    nothing = test(cases("[]"))
    assert nothing.status == 2
    assert "there are no cases here; name a file such as" in nothing.err
    beside = test()
    assert beside.status == 2
    assert "there are no cases beside" in beside.err
    missing = test(tmp_path / "no.cases.yaml")
    assert (missing.status, missing.out) == (2, "")
    assert "no such file or directory" in missing.err


def test_the_shipped_cases_hold(run: Callable[..., Any]) -> None:
    done = run("test")
    assert (done.status, done.err) == (0, "")
    number, said = done.out.split(" ", 1)
    assert int(number) > 300
    assert said == "cases hold\n"
