"""The shell completes verbs, options, engines, decisions and files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from b2brules.cli import main; sys.exit(main())"


@pytest.fixture
def complete(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[tuple[str, str]]]:
    """How to press Tab behind the last of some words: what is offered, and of what kind."""

    def press_tab(*words: object) -> list[tuple[str, str]]:
        line = ["b2brules", *map(str, words)]
        monkeypatch.setenv("_B2BRULES_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", " ".join(line))
        monkeypatch.setenv("COMP_CWORD", str(len(line) - 1))
        done = run()
        assert (done.status, done.err) == (0, "")
        kinds = [one.partition(",") for one in done.out.splitlines() if one]
        return [(value, kind) for kind, _, value in kinds]

    return press_tab


def test_verbs_and_options_are_completed(complete: Callable[..., Any]) -> None:
    assert complete("ev") == [("evaluate", "plain")]
    assert ("--as-of", "plain") in complete("evaluate", "--a")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("ask", "--lang", ""), ["en", "zh"]),
        (("evaluate", "--format", "j"), ["json"]),
        (("evaluate", "--engine", "ref"), ["reference"]),
    ],
)
def test_the_values_of_an_option_are_completed(
    complete: Callable[..., Any], words: tuple[str, ...], offered: list[str]
) -> None:
    assert [value for value, _ in complete(*words)] == offered


def test_the_decisions_of_the_rules_in_use_are_completed(
    complete: Callable[..., Any], rules: Path, tmp_path: Path
) -> None:
    assert complete("explain", "go_no") == [("go_no_go", "plain")]
    own = complete("explain", "--rules", rules, "s")
    assert {value for value, _ in own} == {"strategy", "size", "stance"}
    assert complete("ask", "--rules", rules, "--about", "st") == [
        ("strategy", "plain"),
        ("stance", "plain"),
    ]
    assert complete("explain", "--rules", rules, "c") == [("calm", "plain")]
    assert complete("explain", "--rules", tmp_path, "s") == []


@pytest.mark.parametrize(
    "words",
    [
        ("evaluate", "de"),
        ("explain", "go_no_go", "de"),
        ("ask", "--out", "de"),
        ("check", "de"),
        ("evaluate", "--rules", "de"),
    ],
)
def test_files_are_left_to_the_shell(complete: Callable[..., Any], words: tuple[str, ...]) -> None:
    assert complete(*words) == [("de", "file")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_printed(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    monkeypatch.setenv("_B2BRULES_COMPLETE", f"{shell}_source")
    done = run()
    assert (done.status, done.err) == (0, "")
    assert f"_B2BRULES_COMPLETE={shell}_complete" in done.out


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is needed")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    program = tmp_path / "b2brules"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{PROGRAM}" "$@"\n', "utf-8")
    program.chmod(0o755)
    script = """
        eval "$(_B2BRULES_COMPLETE=bash_source b2brules)"
        COMP_WORDS=(b2brules explain com)
        COMP_CWORD=2
        _b2brules_completion b2brules com explain
        echo "${COMPREPLY[@]}"
    """
    done = subprocess.run(
        ["bash", "-c", script],
        env={
            **os.environ,
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "compelling_event" in done.stdout.split()
    assert done.stderr == ""
