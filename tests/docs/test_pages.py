"""Every example in the docs runs and prints what the page shows, and every link leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.docs.markdown import anchor
from tests.docs.pages import PAGES, ROOT, Session, matches, put_in, read_blocks, read_steps

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
LANGUAGES = {"console", "python", "yaml", "json", "mermaid", "text", "sh"}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_examples_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    session = Session(tmp_path)
    wrong = [
        f"{name_of(page)}:{step.line}: {step.source.strip()}\n" + "\n".join(printed)
        for block in read_blocks(page.read_text("utf-8"))
        for step, printed in session.play(block)
        if not matches(step.expected, printed)
    ]
    remedy = "\n\nif it is right now, run: python -m tests.docs.refresh " + name_of(page)
    assert not wrong, "\n\n".join(wrong) + remedy


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_blocks_of_a_page_say_what_they_are(page: Path) -> None:
    """A YAML block without a name would be shown and never read."""
    for block in read_blocks(page.read_text("utf-8")):
        assert block.language in LANGUAGES, f"{name_of(page)}:{block.line}"
        assert block.language != "yaml" or block.name, f"{name_of(page)}:{block.line}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    broken = [target for target in links(page) if not leads_somewhere(page, target)]
    assert not broken


def links(page: Path) -> Iterator[str]:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    return (target for target in LINK.findall(text) if "://" not in target)


def leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    file = page.parent / name if name else page
    return file.exists() and (not anchor or anchor in anchors(file))


@cache
def anchors(page: Path) -> set[str]:
    """The headings of a page as a link names them."""
    headings = HEADING.findall(page.read_text("utf-8"))
    return set(map(anchor, headings))


def test_an_elision_stands_for_any_lines_and_for_a_part_of_one() -> None:
    assert matches(("a", "...", "d"), ("a", "b", "c", "d"))
    assert matches(("a", "...", "d"), ("a", "d"))
    assert matches(("sha ... end",), ("sha 12 end",))
    assert not matches(("a", "...", "d"), ("a", "b", "c"))
    assert not matches(("a.",), ("ab",))


def test_refreshing_keeps_the_elisions() -> None:
    printed = ("first", "x", "y", "head", "new", "z", "last")
    shown = put_in(("first", "...", "head", "old", "...", "last"), printed)
    assert shown == ("first", "...", "head", "new", "...", "last")
    assert put_in(("same", "..."), ("same", "other")) == ("same", "...")
    assert put_in(("old",), ("new", "lines")) == ("new", "lines")


def test_a_block_with_a_name_is_written_and_a_session_remembers(tmp_path: Path) -> None:
    text = """
```text notes.txt
hello
```
```python
from pathlib import Path
```
```python
>>> Path("notes.txt").read_text()
'hello\\n'
>>> 1 / 0
Traceback (most recent call last):
    ...
ZeroDivisionError: division by zero
```
```console
$ cat notes.txt; false
hello
$ true
```
"""
    session = Session(tmp_path)
    played = [one for block in read_blocks(text) for one in session.play(block)]
    assert len(played) == 4
    assert [step.expected for step, _ in played] == [printed for _, printed in played]


def test_the_tutorial_ends_a_change_of_a_rule_with_a_check_that_says_nothing() -> None:
    text = (ROOT / "docs" / "index.md").read_text("utf-8")
    checks = [
        step
        for block in read_blocks(text)
        for step in read_steps(block)
        if step.source == "b2brules check my-rules"
    ]
    assert [bool(step.expected) for step in checks] == [True, True, False]
