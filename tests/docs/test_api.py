"""`docs/api.md` says what the docstrings say, of every public name."""

from __future__ import annotations

import re

import pytest

import b2brules
from tests.docs.api import PAGE, api_page


def test_the_page_of_the_library_is_current() -> None:
    remedy = "run: python -m tests.docs.api"
    assert PAGE.read_text("utf-8") == api_page(), remedy


@pytest.mark.parametrize("name", b2brules.__all__)
def test_every_public_name_has_its_entry(name: str) -> None:
    entries = re.split(r"^### ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    entry = next(one for one in entries if one.startswith(f"{name}\n"))
    assert re.search(r"^[A-Z].*\.$", entry, re.MULTILINE)


def test_docstrings_become_markdown() -> None:
    page = re.sub(r"```.*?```", "", api_page(), flags=re.DOTALL)
    assert "- `paths`: " in page
    assert "- `RulebookError`: " in page
    assert not re.search(r"``|:\w+:`|^ {4}\w+: ", page, re.MULTILINE)
