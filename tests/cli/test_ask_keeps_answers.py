"""`b2brules ask`: where the deal goes, and that no answer is lost, whatever ends the interview."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from attrs import define
from click.testing import CliRunner

from b2brules.cli.command import command

ROOT = Path(__file__).parents[2]
PROGRAM = "import sys; from b2brules.cli import main; sys.exit(main())"
FULL = Path("/dev/full")


@pytest.fixture
def ask(run: Callable[..., Any], rules: Path) -> Callable[..., Any]:
    """How to be interviewed with the small rules, giving one answer a line."""
    return lambda *arguments, answers="": run(
        "ask", "--rules", rules, "--as-of", "2026-11-21", *arguments, stdin=answers
    )


def test_the_deal_goes_to_the_file_and_the_advice_to_standard_output(
    ask: Callable[..., Any], tmp_path: Path
) -> None:
    file = tmp_path / "new.yaml"
    done = ask("--out", file, answers="4\ndone\n")
    assert file.read_text(encoding="utf-8") == "amount: 4\n"
    assert done.out.startswith("Advice for this deal, as of 2026-11-21\n")
    assert list(tmp_path.iterdir()) == [file]
    as_json = ask("--format", "json", file, "--out", file)
    assert as_json.out.startswith('{\n  "as_of": "2026-11-21",\n')


def test_a_file_with_something_in_it_is_replaced_only_by_its_own_deal(
    ask: Callable[..., Any], deal: Path
) -> None:
    before = deal.read_bytes()
    done = ask("--out", deal, answers="4\n")
    assert f"go on with it, write `b2brules ask {deal} --out {deal}`" in done.err
    assert (done.status, deal.read_bytes()) == (2, before)
    deal.chmod(0o640)
    assert ask(deal, "--out", deal, answers="enemy\n").status == 0
    assert deal.read_text(encoding="utf-8").endswith("support: enemy\n")
    assert deal.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["no/such/folder.yaml", "."])
def test_a_file_that_cannot_be_written_is_refused_before_the_first_question(
    ask: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    done = ask("--out", tmp_path / name, answers="4\n")
    assert done.err.startswith(f"b2brules: cannot write `{tmp_path / name}`: ")
    assert (done.status, done.out, done.err.count("\n")) == (2, "", 1)


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is needed")
def test_a_deal_that_its_file_does_not_take_goes_to_standard_output(
    ask: Callable[..., Any],
) -> None:
    done = ask("--out", FULL, answers="4\n")
    assert "cannot write `/dev/full`: no space left on device" in done.err
    assert (done.status, done.out) == (2, "amount: 4\n")


def test_a_deal_with_mistakes_is_refused(ask: Callable[..., Any], tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("superiority: high\n", encoding="utf-8")
    done = ask(bad, answers="4\n")
    assert done.err.startswith(f"{bad}:1: superiority: `high` is not a number")
    assert done.status == 1
    assert "standard input has the answers" in ask("-").err


def test_the_command_alone_can_be_run_by_clicks_own_runner(rules: Path) -> None:
    done = CliRunner().invoke(command, ["ask", "--rules", str(rules)], input="4\n")
    assert done.stdout == "amount: 4\n"


# --- at a terminal ------------------------------------------------------------------------------


@define
class Terminal:
    """A terminal at which the command runs."""

    process: subprocess.Popen[bytes]
    side: int
    unread: bytes = b""

    def wait_for(self, text: str) -> None:
        """Read until a text has come, and no further."""
        while text.encode() not in self.unread:
            assert select.select([self.side], [], [], 60)[0], self.unread.decode()
            self.unread += os.read(self.side, 4096)
        _, _, self.unread = self.unread.partition(text.encode())

    def type(self, keys: str) -> None:
        os.write(self.side, keys.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C until the command has ended, as people do.

        Python sees Ctrl-C at a prompt only while it waits for a key; one that comes while it is
        still reading the key before is seen with the next key.
        """
        for _ in range(12):
            self.type("\x03")
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                continue
            return
        raise AssertionError(f"Ctrl-C does not end it: {self.unread.decode()}")


@contextmanager
def terminal(*arguments: object) -> Iterator[Terminal]:
    """Run the command at a pseudo-terminal."""
    ours, theirs = pty.openpty()

    def sit_down() -> None:
        """Make the terminal its own, so that Ctrl-C is sent to it, and let Ctrl-C stop it.

        A shell that runs the tests in the background has them ignore it.
        """
        os.login_tty(theirs)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, arguments)],
        preexec_fn=sit_down,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
    )
    os.close(theirs)
    try:
        yield Terminal(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def test_ctrl_d_at_a_terminal_finishes_the_interview(rules: Path, tmp_path: Path) -> None:
    file = tmp_path / "deal.yaml"
    with terminal("ask", "--rules", rules, "--lang", "zh", "--out", file) as screen:
        screen.wait_for("> ")
        screen.type("4\n")
        screen.wait_for("2. ")
        screen.wait_for("> ")
        screen.type("\x04")
        screen.wait_for("行动建议")
        assert screen.process.wait(60) == 0
    assert file.read_text(encoding="utf-8") == "amount: 4\n"
    assert list(tmp_path.iterdir()) == [file]


def test_ctrl_c_at_a_terminal_keeps_the_answers_beside_the_file(
    rules: Path, deal: Path, run: Callable[..., Any]
) -> None:
    before = deal.read_bytes()
    part = deal.with_name("deal.yaml.part")
    with terminal("ask", deal, "--rules", rules, "--out", deal) as screen:
        screen.wait_for("> ")
        screen.type("name: Fees\n")
        screen.wait_for("name = Fees")
        screen.wait_for("> ")
        screen.type("enem")
        screen.wait_for("enem")
        screen.interrupt()
        screen.wait_for("b2brules: stopped")
        assert screen.process.returncode == 130
    assert deal.read_bytes() == before
    assert part.read_text(encoding="utf-8").startswith("name: Fees\n")
    refused = run("ask", deal, "--rules", rules, "--out", deal)
    assert f"go on with `b2brules ask {part} --out {deal}`" in refused.err
    done = run("ask", part, "--rules", rules, "--out", deal, stdin="done\n")
    assert (done.status, part.exists()) == (0, False)
    assert deal.read_text(encoding="utf-8").startswith("name: Fees\n")


def test_a_process_that_is_killed_leaves_the_answers(rules: Path, tmp_path: Path) -> None:
    file = tmp_path / "deal.yaml"
    with terminal("ask", "--rules", rules, "--out", file) as screen:
        screen.wait_for("> ")
        screen.type("4\n")
        screen.wait_for("2. ")
        screen.process.send_signal(signal.SIGKILL)
        screen.process.wait(60)
    assert (tmp_path / "deal.yaml.part").read_text(encoding="utf-8") == "amount: 4\n"
    assert not file.exists()


def test_ctrl_c_before_any_answer_leaves_nothing(rules: Path, tmp_path: Path) -> None:
    with terminal("ask", "--rules", rules, "--out", tmp_path / "deal.yaml") as screen:
        screen.wait_for("> ")
        screen.interrupt()
        assert screen.process.returncode == 130
    assert list(tmp_path.iterdir()) == []
