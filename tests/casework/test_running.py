"""Running the cases beside rule files."""

from __future__ import annotations

from pathlib import Path

import pytest

import b2brules

BOOK = b2brules.load_rulebook()


def write(folder: Path, expected: str) -> Path:
    path = folder / "ours.cases.yaml"
    given = "  given: {incumbent: us, people: [{id: p1, support: enemy}]}\n"
    path.write_text(f"- name: Ours is ours.\n{given}  expect: {{{expected}}}\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("expected", "difference"),
    [
        (
            "competitive_strategy: frontal",
            "`competitive_strategy` is `defend`, and `frontal` is expected: Ours is ours.",
        ),
        (
            "can_we_win: yes",
            "`can_we_win` is `yes` or `no`, and `yes` is expected: Ours is ours.",
        ),
        (
            '"people[p1].relationship_strategy": balance',
            "`people[p1].relationship_strategy` is `suppress`, and `balance` is expected: "
            "Ours is ours.",
        ),
        ("absent: [limit_their_influence]", "`limit_their_influence` is recommended"),
        ("certain: [hold_a_deal_review]", "`hold_a_deal_review` is "),
    ],
)
def test_a_case_that_fails_says_what_is_found_and_what_is_expected(
    expected: str, difference: str, tmp_path: Path
) -> None:
    (found,) = BOOK.check_cases(write(tmp_path, expected))
    assert found.message.startswith(difference)
    assert (found.code, found.line) == ("case-fails", 1)


def test_a_case_that_holds_says_nothing(tmp_path: Path) -> None:
    expected = "competitive_strategy: defend, can_we_win: [yes, no]"
    assert BOOK.check_cases(write(tmp_path, expected)) == ()


def test_the_cases_of_the_shipped_rules_hold() -> None:
    assert BOOK.check_cases() == ()
