"""`check`, `blank`, `schema`, the help pages, and how any run ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from b2brules.advice.serialising import schema_text
from b2brules.cli import main
from b2brules.cli.command import command

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from b2brules.cli import main; sys.exit(main())"
FULL = Path("/dev/full")


@pytest.fixture
def broken(rules: Path, tmp_path: Path) -> Path:
    """A folder of rules with one mistake."""
    for file in rules.iterdir():
        text = file.read_text(encoding="utf-8").replace("|| frontal |", "|| fronal  |")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    return tmp_path


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


def shell(line: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of shell, in which `$b` is the command."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    program = f'b() {{ "{sys.executable}" -c "{PROGRAM}" "$@"; }}\n{line}'
    return subprocess.run(
        ["bash", "-c", program], env=environment, capture_output=True, check=False
    )


def test_rules_without_a_problem_are_checked_in_silence(
    run: Callable[..., Any], rules: Path
) -> None:
    for arguments in ([rules], [rules / "small.yaml"], ["--format", "gnu", rules], []):
        done = run("check", *arguments)
        assert (done.status, done.out, done.err) == (0, "", "")
    assert run("check", "--format", "json", rules).out == "[]\n"


def test_what_is_wrong_with_rules_is_written_in_three_forms(
    run: Callable[..., Any], broken: Path
) -> None:
    text = run("check", broken)
    assert f"{broken}/small.yaml:19:" in text.out
    assert "help: did you mean `frontal`?" in text.out
    gnu = run("check", "--format", "gnu", broken)
    assert gnu.out.count("\n") == len(gnu.out.splitlines())
    assert all(line.startswith(f"{broken}/small.yaml:") for line in gnu.out.splitlines())
    found = json.loads(run("check", "--format", "json", broken).out)
    assert len(found) == len(gnu.out.splitlines())
    assert {one["line"] for one in found} >= {19}
    assert (text.status, gnu.status, text.err) == (1, 1, "")


def test_rules_that_are_not_there_cannot_be_checked(run: Callable[..., Any]) -> None:
    done = run("check", "no.yaml")
    assert done.err == "b2brules: cannot read `no.yaml`: no such file or directory\n"
    assert (done.status, done.out) == (2, "")
    # A name that a script left empty is not the folder where it stands.
    assert run("check", "").status == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_blank_deal_can_be_evaluated_as_it_is(
    run: Callable[..., Any], rules: Path, tmp_path: Path, lang: str
) -> None:
    printed = run("blank", "--lang", lang, "--rules", rules)
    assert (printed.status, printed.err) == (0, "")
    assert "partner_involved:" in printed.out
    path = tmp_path / "blank.yaml"
    path.write_text(printed.out, encoding="utf-8")
    done = run("evaluate", "--rules", rules, "--format", "json", path)
    assert json.loads(done.out)["decisions"]["strategy"]["candidates"] == ["frontal", "develop"]


def test_the_schema_is_printed_as_it_is_published(run: Callable[..., Any]) -> None:
    assert run("schema").out == schema_text()


def test_every_verb_shows_an_example_in_its_help(run: Callable[..., Any]) -> None:
    assert set(command.commands) == {
        "ask",
        "blank",
        "check",
        "evaluate",
        "explain",
        "fmt",
        "history",
        "new",
        "purge",
        "replay",
        "rules",
        "schema",
        "test",
    }
    for verb in command.commands:
        done = run(verb, "--help")
        assert (done.status, done.err) == (0, "")
        assert f"\n    b2brules {verb}" in done.out
        assert max(map(len, done.out.splitlines())) <= 80


def test_the_command_alone_shows_its_verbs(run: Callable[..., Any]) -> None:
    assert run() == run("--help")
    assert all(f"\n  {verb} " in run().out for verb in command.commands)


def test_the_version_is_shown(run: Callable[..., Any]) -> None:
    assert run("--version").out.startswith("b2brules ")


def test_an_unknown_verb_ends_in_one_line(run: Callable[..., Any]) -> None:
    done = run("evalute")
    assert done.err.startswith("b2brules: no such command 'evalute'")
    assert done.err.count("\n") == 1
    assert done.status == 2


def test_nobody_is_kept_waiting_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert main(["evaluate"]) == 2
    message = "b2brules: no deal is given; name a file, or `-` for standard input\n"
    assert capsys.readouterr().err == message


def test_a_reader_who_has_seen_enough_ends_it_silently() -> None:
    # `true` is gone long before Python has started.
    done = shell("b schema | true; exit ${PIPESTATUS[0]}")
    assert (done.stderr, done.stdout, done.returncode) == (b"", b"", 141)


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is needed")
def test_an_output_that_is_full_ends_in_one_line() -> None:
    done = shell(f"b schema > {FULL}")
    assert done.stderr == b"b2brules: cannot write the output: no space left on device\n"
    assert done.returncode == 2


@pytest.mark.parametrize("variables", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}])
def test_output_is_utf_8_whatever_the_locale(
    rules: Path, deal: Path, variables: Mapping[str, str]
) -> None:
    done = shell(f"b evaluate --lang zh --rules '{rules}' '{deal}'", **variables)
    assert "李伟反对我们".encode() in done.stdout
    assert (done.stderr, done.returncode) == (b"", 0)


def test_a_file_name_that_is_no_text_is_reported() -> None:
    done = shell("b evaluate $'\\xff.yaml'")
    assert done.stderr == b"b2brules: cannot read `\\udcff.yaml`: no such file or directory\n"
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("line", "message", "status"),
    [
        ("b schema >&-", b"b2brules: cannot write the output: standard output is closed\n", 2),
        ("b check >&-", b"", 0),
        ("b evaluate - <&-", b"b2brules: cannot read standard input: it is closed\n", 2),
        ("b evaluate absent 2>&-", b"", 2),
        (f"b evaluate absent 2>{FULL}", b"", 2),
    ],
)
@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is needed")
def test_what_is_closed_or_full_does_not_change_the_exit_status(
    line: str, message: bytes, status: int
) -> None:
    done = shell(line)
    assert (done.stdout, done.stderr, done.returncode) == (b"", message, status)
