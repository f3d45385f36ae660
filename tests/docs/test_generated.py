"""The pages that programs write say what the rules say now."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.docs.generated import generated_pages, left_over
from tests.docs.pages import PAGES

REMEDY = "run: python -m tests.docs.refresh"


@pytest.fixture(scope="module")
def pages() -> Mapping[Path, str]:
    return generated_pages()


def test_the_generated_pages_are_current(pages: Mapping[Path, str]) -> None:
    stale = [
        path.name
        for path, text in pages.items()
        if not path.exists() or path.read_text("utf-8") != text
    ]
    assert not stale, REMEDY


def test_no_page_is_left_over_from_rules_that_are_gone(pages: Mapping[Path, str]) -> None:
    assert not left_over(pages), REMEDY


def test_the_generated_pages_are_checked_like_the_others(pages: Mapping[Path, str]) -> None:
    """Their links too have to lead somewhere."""
    assert set(pages) <= set(PAGES)
