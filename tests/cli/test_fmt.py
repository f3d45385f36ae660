"""`fmt` aligns the tables of rule files, keeps what they say, and never loses a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from b2brules.cli import main
from b2brules.rulebook import Rulebook
from b2brules.ruleset import formatting
from b2brules.ruleset.files import CASES, SOURCES, SURVIVORS
from b2brules.ruleset.shipped import shipped_rulesets
from b2brules.testing import rulesets
from b2brules.testing.rulesets import load_text

RAGGED = """\
# What we do with this.
ruleset: ragged
owner: sales-operations  \x20

parameters: |
  name | value | unit | range | source | basis | checked
  enough | 3 | to one | [1..10] | project "够了" | ours | 2026-11-21
  # A longer name.
  far_more_than_enough|30|to one|[1..100]|project "a | b"|ours|2026-11-21

decisions:
  play:
    outcomes: go, stay
    hit_policy: first
    table: |
      id | superiority | when || then | source | basis
      ahead | >= enough| under_attack = false || go | project "够了" | ours
        # This line goes on.
        |  |   and incumbent = us || | |

      else | otherwise | otherwise || stay | project "够了" | ours

text: |
  play
    en: Do we   go? \x20
    zh: 去吗？
"""

TIDY = """\
# What we do with this.
ruleset: ragged
owner: sales-operations

parameters: |
  name                 | value | unit   | range    | source          | basis | checked
  enough               | 3     | to one | [1..10]  | project "够了"  | ours  | 2026-11-21
  # A longer name.
  far_more_than_enough | 30    | to one | [1..100] | project "a | b" | ours  | 2026-11-21

decisions:
  play:
    outcomes: go, stay
    hit_policy: first
    table: |
      id    | superiority | when                 || then | source         | basis
      ahead | >= enough   | under_attack = false || go   | project "够了" | ours
        # This line goes on.
            |             |   and incumbent = us ||      |                |

      else  | otherwise   | otherwise            || stay | project "够了" | ours

text: |
  play
    en: Do we   go?
    zh: 去吗？
"""


@pytest.fixture
def ragged(tmp_path: Path) -> Path:
    path = tmp_path / "ragged.yaml"
    path.write_text(RAGGED, encoding="utf-8")
    return path


def test_tables_are_aligned_and_the_rest_stays(run: Callable[..., Any], ragged: Path) -> None:
    done = run("fmt", ragged)
    assert (done.status, done.out, done.err) == (0, f"{ragged}\n", "")
    assert ragged.read_text(encoding="utf-8") == TIDY


def test_a_file_that_is_tidy_is_not_touched(run: Callable[..., Any], ragged: Path) -> None:
    run("fmt", ragged)
    before = ragged.stat()
    done = run("fmt", ragged.parent)
    assert (done.status, done.out, done.err) == (0, "", "")
    after = ragged.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_check_lists_what_would_change_and_changes_nothing(
    run: Callable[..., Any], ragged: Path
) -> None:
    done = run("fmt", "--check", ragged.parent)
    assert (done.status, done.out, done.err) == (1, f"{ragged}\n", "")
    assert ragged.read_text(encoding="utf-8") == RAGGED
    run("fmt", ragged.parent)
    assert run("fmt", "--check", ragged.parent).status == 0


def test_standard_input_is_answered_on_standard_output(run: Callable[..., Any]) -> None:
    done = run("fmt", "-", stdin=RAGGED)
    assert (done.status, done.out, done.err) == (0, TIDY, "")
    assert run("fmt", "--check", "-", stdin=RAGGED).out == "-\n"
    assert run("fmt", "--check", "-", stdin=RAGGED).status == 1
    assert run("fmt", "--check", "-", stdin=TIDY).status == 0


def test_a_broken_text_on_standard_input_gives_no_output(run: Callable[..., Any]) -> None:
    done = run("fmt", "-", stdin=RAGGED.replace("|30|", "|"))
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("-:9:")
    assert "error[cell-count]" in done.err


def test_the_shipped_rules_are_tidy(run: Callable[..., Any]) -> None:
    done = run("fmt", "--check", shipped_rulesets())
    assert (done.status, done.out, done.err) == (0, "", "")


def test_the_shipped_rules_come_back_from_any_raggedness(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    """The shipped files are the style that `fmt` writes, continued lines and Chinese included."""
    for file in shipped_rulesets().rglob("*.yaml"):
        if file.name in (SOURCES, SURVIVORS) or file.name.endswith(CASES):
            continue
        tidy = file.read_text(encoding="utf-8")
        copy = tmp_path / file.name
        ragged = "\n".join(_squeezed(line) for line in tidy.split("\n"))
        copy.write_text(ragged, encoding="utf-8")
        assert ragged != tidy
    assert run("fmt", tmp_path).status == 0
    for copy in tmp_path.glob("*.yaml"):
        (file,) = shipped_rulesets().rglob(copy.name)
        assert copy.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


def _squeezed(line: str) -> str:
    """Take away what pads the cells of a table in front of its bars; what indents them stays."""
    if " | " not in line:
        return line
    indent, *cells = line.split(" |")
    return " |".join([indent.rstrip() or indent, *map(str.rstrip, cells)])


def test_a_file_with_something_wrong_is_reported_and_left(
    run: Callable[..., Any], ragged: Path
) -> None:
    wrong = RAGGED.replace("decisions:", "decisoins:").replace("|30|", "|")
    ragged.write_text(wrong, encoding="utf-8")
    other = ragged.with_name("other.yaml")
    other.write_text(RAGGED.replace("ruleset: ragged", "ruleset: other"), encoding="utf-8")
    done = run("fmt", ragged.parent)
    assert done.status == 1
    assert done.out.startswith(f"{other}\n{ragged}:9:")
    assert "= help: did you mean `decisions`?" in done.out
    assert ragged.read_text(encoding="utf-8") == wrong
    assert run("fmt", "--check", other).status == 0


@pytest.mark.parametrize(
    "name", ["a.cases.yaml", "sources.yaml", "deal.yaml", "notes.txt", ".hidden.yaml"]
)
def test_what_is_no_rule_file_is_left(run: Callable[..., Any], tmp_path: Path, name: str) -> None:
    content = RAGGED if name.startswith(".") else "- name: x  \n" if "cases" in name else "a: 1  \n"
    (tmp_path / name).write_text(content, encoding="utf-8")
    done = run("fmt", tmp_path)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert (tmp_path / name).read_text(encoding="utf-8") == content


@pytest.mark.parametrize("name", ["a.cases.yaml", "sources.yaml", "survivors.yaml"])
def test_what_is_no_rule_file_is_left_even_if_it_is_named(
    run: Callable[..., Any], tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_text("- name: x  \n", encoding="utf-8")
    done = run("fmt", path)
    assert (done.status, done.out, done.err) == (0, "", "")
    assert path.read_text(encoding="utf-8") == "- name: x  \n"


def test_an_overlay_is_aligned_too_also_in_a_folder_of_overlays(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    overlay = tmp_path / "overlays" / "ours.yaml"
    overlay.parent.mkdir()
    overlay.write_text(
        "overlay: ours\nowner: us\ndecisions:\n  play:\n    table: |\n"
        '      id || then | source | basis\n      ahead || stay | project "x" | ours\n',
        encoding="utf-8",
    )
    assert run("fmt", tmp_path).out == f"{overlay}\n"
    assert overlay.read_text(encoding="utf-8").endswith(
        '      id    || then | source      | basis\n      ahead || stay | project "x" | ours\n'
    )


def test_line_ends_of_windows_and_the_mark_of_utf_8_stay(
    run: Callable[..., Any], ragged: Path
) -> None:
    ragged.write_bytes(b"\xef\xbb\xbf" + RAGGED.rstrip().replace("\n", "\r\n").encode())
    run("fmt", ragged)
    assert ragged.read_bytes() == b"\xef\xbb\xbf" + TIDY.replace("\n", "\r\n").encode()


def test_a_link_stays_a_link_and_a_file_keeps_its_mode(
    run: Callable[..., Any], ragged: Path
) -> None:
    ragged.chmod(0o640)
    folder = ragged.parent / "links"
    folder.mkdir()
    link = folder / "ragged.yaml"
    link.symlink_to(ragged)
    assert run("fmt", link).status == 0
    assert link.is_symlink()
    assert ragged.read_text(encoding="utf-8") == TIDY
    assert stat.S_IMODE(ragged.stat().st_mode) == 0o640
    assert {path.name for path in ragged.parent.iterdir()} == {"links", "ragged.yaml"}


def test_a_file_that_cannot_be_replaced_is_as_it_was(
    run: Callable[..., Any], ragged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    done = run("fmt", ragged)
    assert done.err == f"b2brules: cannot write `{ragged}`: no space left on device\n"
    assert done.status == 2
    assert ragged.read_text(encoding="utf-8") == RAGGED
    assert list(ragged.parent.iterdir()) == [ragged]


def test_what_would_say_something_else_is_not_written(
    run: Callable[..., Any], ragged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the alignment goes wrong, the file is read again before it is replaced."""
    for wrong in ("x", "", "# gone"):
        monkeypatch.setattr(formatting, "align", lambda lines, wrong=wrong: [wrong] * len(lines))
        done = run("fmt", ragged)
        assert done.status == 2
        assert "would not say the same when aligned" in done.err
        assert ragged.read_text(encoding="utf-8") == RAGGED


def test_a_table_too_wide_for_a_file_is_left_ragged(run: Callable[..., Any], ragged: Path) -> None:
    """Aligned, its lines would be longer than a rule file may have them."""
    wide = RAGGED.replace('project "够了"', f'project "{"x" * 2500}"', 1)
    wide = wide.replace("|30|to one|[1..100]", f"|30|to {'n' * 2500}|[1..100]")
    ragged.write_text(wide, encoding="utf-8")
    assert run("fmt", ragged).status == 0
    text = ragged.read_text(encoding="utf-8")
    assert "far_more_than_enough|30|to n" in text
    assert "      ahead | >= enough   | under_attack = false" in text


def test_somebody_who_names_no_file_is_told_what_to_name(run: Callable[..., Any]) -> None:
    done = run("fmt")
    assert done.err == "b2brules: no rules are given; name a file or a folder, or `-`\n"
    assert run("fmt", "absent.yaml").status == 2


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=rulesets(), seed=st.integers(0, 1000))
def test_any_ragged_file_becomes_tidy_once_and_says_the_same(
    text: str, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """fmt(fmt(x)) = fmt(x), and the rulebook read from fmt(x) is the one read from x."""
    ragged = "\n".join(_roughened(text.split("\n"), Random(seed)))
    path = tmp_path_factory.mktemp("any") / "generated.yaml"
    path.write_text(ragged, encoding="utf-8")
    assert main(["fmt", str(path)]) == 0
    once = path.read_text(encoding="utf-8")
    assert main(["fmt", "--check", str(path)]) == 0
    before, after = load_text(ragged), load_text(once)
    assert _meaning(before) == _meaning(after)
    assert [line.strip() for line in ragged.split("\n") if "#" in line] == [
        line.strip() for line in once.split("\n") if "#" in line
    ]


def _roughened(lines: list[str], chance: Random) -> Iterator[str]:
    for line in lines:
        rough = line
        if " | " in line:
            first, *cells = line.split(" | ")
            blanks = [" " * chance.randrange(3) + "|" + " " * chance.randrange(1, 4) for _ in cells]
            rough = first + "".join(map("".join, zip(blanks, cells, strict=True)))
            if chance.random() < 0.5:
                yield f"{line[: len(line) - len(line.lstrip())]}# 评语 | {chance.randrange(9)}"
        yield rough + " " * chance.randrange(3)


def _meaning(book: Rulebook) -> object:
    """What the rules are; equal rules may stand in different places."""
    parts = book._book
    return parts.parameters, parts.decisions, parts.recommendations, parts.texts, parts.sources
