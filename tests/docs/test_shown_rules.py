"""The rule file that the docs show is sound, and its cases hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from b2brules.casework.running import run_cases
from b2brules.facts import source, values
from b2brules.language import spelling
from b2brules.ruleset import bindings, envelope, recommendations, shape, table
from b2brules.ruleset.cases import load_cases
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book
from tests.docs.pages import ROOT, read_blocks


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written: Path = tmp_path_factory.mktemp("shown")
    for block in read_blocks((ROOT / "docs" / "language.md").read_text("utf-8")):
        if block.language == "yaml":
            file = written / block.name
            file.parent.mkdir(exist_ok=True)
            file.write_text("\n".join((*block.lines, "")), "utf-8")
    return written / "team"


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    return load((ROOT / "rulesets", folder), {})


def test_the_shown_cases_hold(folder: Path, book: Book) -> None:
    cases = load_cases([folder], book)
    assert len(cases) == 2
    assert run_cases(book, cases).failures == ()


def test_every_part_of_a_rule_file_is_shown(folder: Path, book: Book) -> None:
    """Otherwise an author would have to guess how it is written."""
    text = (folder / "reference_visit.yaml").read_text("utf-8")
    for part in ("facts:", "parameters:", "decisions:", "recommendations:", "text:"):
        assert f"\n{part}" in text
    for kind in ("truth", "money", "whole number", "one of", "set of", "past date"):
        assert f"| {kind} " in text
    own = [rule for rule in book.recommendations.values() if rule.ruleset == "reference_visit"]
    assert {len(rule.bindings) for rule in own} == {0, 1, 2}
    assert any(rule.id.startswith("let_the_host_say_") for rule in own)


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("a rule file", f"{envelope.MAXIMUM_BYTES // 1024**2} MiB"),
        ("characters of a line", f"{envelope.MAXIMUM_LINE:,}"),
        ("characters of a sentence", f"{shape.MAXIMUM_TEXT:,}"),
        ("rows of a table", f"{table.MAXIMUM_ROWS:,}"),
        ("columns of a table", f"{table.MAXIMUM_COLUMNS:,}"),
        ("characters of a cell", f"{table.MAXIMUM_CELL:,}"),
        ("characters of a name", f"{spelling.MAXIMUM_NAME:,}"),
        ("brackets inside one another in a condition", f"{spelling.MAXIMUM_DEPTH:,}"),
        ("words of a condition", f"{spelling.MAXIMUM_WORDS:,}"),
        ("variables under `for`", f"{bindings.MAXIMUM_BINDINGS:,}"),
        ("days under `within`", f"{recommendations.MAXIMUM_DAYS:,}"),
        ("digits of a number", f"{values.DIGITS:,}"),
        ("of these behind the point", f"{values.PLACES:,}"),
        ("a file with deals", f"{source.SIZE // 1024**2} MiB"),
    ],
)
def test_the_limits_of_the_docs_are_those_of_the_library(what: str, limit: str) -> None:
    lines = (ROOT / "docs" / "language.md").read_text("utf-8").splitlines()
    assert f"| {what} | {limit} |" in lines
