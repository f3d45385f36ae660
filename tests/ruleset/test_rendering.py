"""The three forms in which diagnostics are shown."""

from __future__ import annotations

import json

from b2brules.ruleset.diagnostics import Diagnostic, RulebookError
from b2brules.ruleset.rendering import render_gnu, render_json, render_text

CHINESE = Diagnostic(
    path="rules.yaml",
    line=120,
    column=10,
    length=2,
    code="unknown-name",
    message="`策略` is not a fact",
    help="did you mean `strategy`?",
    excerpt="  行 | 客户 策略 = e\u0301x",
)
BARE = Diagnostic(path="x.yaml", line=1, column=1, length=1, code="not-utf-8", message="no text")


def test_carets_stand_under_wide_characters() -> None:
    _, _, line, carets, _ = render_text([CHINESE]).splitlines()
    assert line == "120 |   行 | 客户 策略 = e\u0301x"
    assert carets == "    | " + " " * (2 + 2 + 3 + 4 + 1) + "^^^^"


def test_a_problem_without_a_line_is_told_in_one() -> None:
    assert render_text([BARE]) == "x.yaml:1:1: error[not-utf-8]: no text\n"


def test_problems_are_separated_by_an_empty_line() -> None:
    assert render_text([BARE, BARE]).count("\n\n") == 1


def test_an_editor_reads_one_line_a_problem() -> None:
    assert render_gnu([CHINESE, BARE]) == (
        "rules.yaml:120:10: error[unknown-name]: `策略` is not a fact; did you mean `strategy`?\n"
        "x.yaml:1:1: error[not-utf-8]: no text\n"
    )


def test_a_program_reads_the_data() -> None:
    (first, second) = json.loads(render_json([CHINESE, BARE]))
    assert first == {
        "path": "rules.yaml",
        "line": 120,
        "column": 10,
        "length": 2,
        "code": "unknown-name",
        "message": "`策略` is not a fact",
        "help": "did you mean `strategy`?",
    }
    assert second["help"] is None
    assert render_json([]) == "[]\n"


def test_the_error_says_the_first_problem_and_how_many_follow() -> None:
    error = RulebookError([BARE, CHINESE, CHINESE])
    assert str(error) == "x.yaml:1:1: no text (and 2 more)"
