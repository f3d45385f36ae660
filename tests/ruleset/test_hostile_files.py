"""Files that want to do harm, or are broken anywhere, end in diagnostics and never in a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2brules.ruleset.diagnostics import MAXIMUM_FINDINGS, Diagnostic, Findings, RulebookError
from b2brules.ruleset.envelope import Scalar, read_lines, read_tree
from b2brules.ruleset.loading import load
from b2brules.ruleset.located import Located, join, write_run
from b2brules.ruleset.rendering import render_gnu, render_json, render_text

GOOD = Path(__file__).parent / "good"
SOURCES = (GOOD / "sources.yaml").read_bytes()
FIGURES = (GOOD / "figures.yaml").read_text(encoding="utf-8")
ADVICE = (GOOD / "advice.yaml").read_text(encoding="utf-8")


def problems_of(folder: Path, name: str, data: bytes) -> tuple[Diagnostic, ...]:
    """Load a folder with the sources and one more file, and return what is wrong."""
    (folder / "sources.yaml").write_bytes(SOURCES)
    (folder / name).write_bytes(data)
    try:
        load([folder])
    except RulebookError as error:
        return error.diagnostics
    return ()


def codes_of(folder: Path, name: str, data: bytes) -> list[str]:
    return [problem.code for problem in problems_of(folder, name, data)]


def test_a_file_of_a_hundred_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "large.yaml").open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(RulebookError) as caught:
        load([tmp_path])
    assert [problem.code for problem in caught.value.diagnostics] == ["file-too-large"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as caught:
        load([tmp_path / "absent.yaml"])
    assert render_text(caught.value.diagnostics) == (
        f"{tmp_path / 'absent.yaml'}:1:1: error[unreadable-file]: this file cannot be read: "
        "no such file or directory\n  = help: check its name and who may read it\n"
    )


def test_ten_thousand_brackets_are_refused(tmp_path: Path) -> None:
    brackets = ("ruleset:\n" + "  [[[[[[[[[[\n" * 1000).encode()
    assert codes_of(tmp_path, "deep.yaml", brackets) == ["nested-too-deep"]
    keys = "".join(" " * depth + "a:\n" for depth in range(200)).encode()
    assert codes_of(tmp_path, "deep.yaml", keys) == ["nested-too-deep"]


def test_ten_thousand_brackets_in_a_cell_are_refused(tmp_path: Path) -> None:
    cell = "(" * 1000 + "superiority"
    data = ADVICE.replace("friend.support = mentor", cell).encode()
    assert codes_of(tmp_path, "advice.yaml", data) == ["too-deep"]


def test_what_would_take_ages_to_read_is_refused_at_once(tmp_path: Path) -> None:
    words = ", ".join(f"w{number}" for number in range(300))
    long = "ruleset: slow\nowner: us\ndecisions:\n  d:\n    outcomes:\n"
    long += f"      {words},\n" * 300 + "    hit_policy: first\n    table: |\n      id\n"
    assert "text-too-long" in codes_of(tmp_path, "slow.yaml", long.encode())
    brace = "ruleset: slow\nowner: us\ntext: |\n  key\n    en:\n" + f"      {{{'x' * 3900}\n" * 250
    assert "text-too-long" in codes_of(tmp_path, "slow.yaml", brace.encode())
    keys = "".join(f"  text_number_{number}\n    en: x\n" for number in range(20000))
    many = "ruleset: slow\nowner: us\ntext: |\n" + keys
    assert "text-without-rule" in codes_of(tmp_path, "slow.yaml", many.encode())


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    data = rb'ruleset: "\ud800"'
    assert set(codes_of(tmp_path, "half.yaml", data)) & {"invalid-character", "invalid-yaml"}


def test_a_table_has_its_limits(tmp_path: Path) -> None:
    head = "ruleset: big\nowner: us\nfacts: |\n  name | type | allowed | unit\n"
    rows = "".join(f"  fact_{number} | truth | |\n" for number in range(1001))
    assert "table-too-large" in codes_of(tmp_path, "big.yaml", (head + rows).encode())
    columns = " | ".join(f"c{number}" for number in range(41))
    wide = f"ruleset: big\nowner: us\nfacts: |\n  {columns}\n  {columns}\n"
    assert "table-too-large" in codes_of(tmp_path, "big.yaml", wide.encode())


def test_a_rulebook_has_its_limit(tmp_path: Path) -> None:
    head = "  id | when || prime | owner | within | priority | source | basis\n"
    rest = '| channel || - | presales | 7 days | 2 | project "Tests" | ours\n'
    spoken = "    action en: Do.\n    action zh: 做。\n    why en: So.\n    why zh: 因此。\n"
    for file in ("a", "b", "c", "d", "e"):
        ids = [f"{file}{number}" for number in range(801)]
        rows = "".join(f"  {id} {rest}" for id in ids)
        texts = "".join(f"  {id}\n{spoken}" for id in ids)
        text = f"ruleset: {file}\nowner: us\nrecommendations: |\n{head}{rows}text: |\n{texts}"
        (tmp_path / f"{file}.yaml").write_text(text, encoding="utf-8")
    (problem,) = problems_of(tmp_path, "sources.yaml", SOURCES)
    assert problem.code == "too-many-rules"
    assert problem.message == "there are 4005 rows and recommendations, and 4000 at most"


def test_a_line_and_a_cell_have_their_limits(tmp_path: Path) -> None:
    long = ADVICE.replace("Ask {friend.name}.", "Ask " * 1000)
    assert codes_of(tmp_path, "advice.yaml", long.encode()) == ["line-too-long"]
    long = ADVICE.replace("Ask {friend.name}.", "Ask\n      " + ("more " * 500 + "\n      ") * 3)
    assert "text-too-long" in codes_of(tmp_path, "advice.yaml", long.encode())
    cell = "friend.support = mentor"
    row = next(line for line in ADVICE.splitlines() if cell in line)
    blank = "".join(sign if sign == "|" else " " for sign in row)
    spot = row.index(cell)
    more = blank[:spot] + "or friend.has_veto" + " " * 1500 + "x" * 1500 + blank[spot:]
    long = ADVICE.replace(row, "\n".join([row, more, more, more]))
    assert "cell-too-long" in codes_of(tmp_path, "advice.yaml", long.encode())


def test_no_more_problems_are_told_than_anybody_reads(tmp_path: Path) -> None:
    text = "text: |\n  key\n" + "    en: " + "{x}" * 900 + "\n"
    data = ("ruleset: many\nowner: us\n" + text + "  key\n" * 3000).encode()
    assert len(problems_of(tmp_path, "many.yaml", data)) == MAXIMUM_FINDINGS


@given(data=st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_end_in_diagnostics(data: bytes) -> None:
    findings = Findings()
    lines = read_lines("any.yaml", data, findings)
    if lines is None or read_tree("any.yaml", lines, findings) is None:
        assert findings.diagnostics


def broken(text: str) -> st.SearchStrategy[str]:
    """Texts with a few characters put in, taken out or moved."""
    signs = st.sampled_from([*"|{}[]()#\"'-:=<>\t ,.&*!?%@\n中\u2028\x00", "||", "\n\n", "  "])
    spot = st.integers(0, len(text))
    edit = st.tuples(spot, st.integers(0, 30), signs | st.just(""))

    def apply(edits: list[tuple[int, int, str]]) -> str:
        result = text
        for start, length, sign in edits:
            result = result[:start] + sign + result[start + length :]
        return result

    return st.lists(edit, min_size=1, max_size=3).map(apply)


@pytest.mark.parametrize(("name", "text"), [("figures.yaml", FIGURES), ("advice.yaml", ADVICE)])
def test_a_file_broken_anywhere_ends_in_diagnostics_that_point_into_it(
    name: str, text: str, tmp_path: Path
) -> None:
    (tmp_path / "approach.yaml").write_bytes((GOOD / "approach.yaml").read_bytes())

    @given(broken(text))
    @settings(max_examples=60)
    def holds(changed: str) -> None:
        lines = changed.split("\n")
        problems = problems_of(tmp_path, name, changed.encode())
        for problem in problems:
            if not problem.path.endswith(name):
                continue
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
            assert problem.length >= 1
        for render in (render_text, render_gnu, render_json):
            render(problems)

    holds()


@given(
    lines=st.lists(st.text(st.sampled_from("ab 中|"), max_size=8), min_size=1, max_size=4),
    separator=st.sampled_from(["", " ", "\n"]),
    cut=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_every_character_of_a_joined_text_leads_back_to_its_place(
    lines: list[str], separator: str, cut: tuple[int, int]
) -> None:
    runs = [write_run(line, number, 3) for number, line in enumerate(lines, 1)]
    whole = join("file", runs, separator)
    start, end = sorted(min(offset, len(whole.text)) for offset in cut)
    part = whole.slice(start, end)
    assert part.text == whole.text[start:end]
    for offset, character in enumerate(part.text):
        place = part.at(offset, offset + 1)
        line = "  " + lines[place.line - 1] + separator
        assert line[place.column - 1] == character


def test_what_was_put_in_place_of_a_name_leads_back_to_the_name() -> None:
    text = Located("file", (write_run("marks.{mark} = plus", 7, 5),)).replace("{mark}", "risk")
    assert text.text == "marks.risk = plus"
    assert (text.at(6, 10).column, text.at(6, 10).length) == (11, 6)
    assert text.at(13, 17).column == 5 + len("marks.{mark} = ")


@given(st.lists(st.text(st.sampled_from("ab c中#:"), min_size=1, max_size=6), min_size=1))
def test_a_block_is_read_as_it_stands_in_the_file(lines: list[str]) -> None:
    document = ["key: |", *("  x" + line for line in lines)]
    tree = read_tree("file", tuple(document), Findings())
    assert tree is not None
    assert not isinstance(tree, Scalar)
    node = getattr(tree, "entries")[0][1]  # noqa: B009
    for run in node.lines:
        shown = document[run.line - 1][run.column - 1 :] if run.line <= len(document) else ""
        assert shown.rstrip() == run.text
