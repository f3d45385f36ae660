"""A small rulebook with its cases, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from b2brules.rulebook import Rulebook, load_rulebook

SMALL = Path(__file__).parent / "small"

Write: TypeAlias = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """How to copy the small rules, with other cases or with some text replaced; returns where."""

    def write_files(cases: str | None = None, replaced: Mapping[str, str] | None = None) -> Path:
        for file in SMALL.iterdir():
            shutil.copy(file, tmp_path)
        rules = (SMALL / "small.yaml").read_text("utf-8")
        for old, new in (replaced or {}).items():
            assert old in rules
            rules = rules.replace(old, new)
        (tmp_path / "small.yaml").write_text(rules, "utf-8")
        if cases is not None:
            (tmp_path / "small.cases.yaml").write_text(cases, "utf-8")
        return tmp_path

    return write_files


@pytest.fixture
def folder(write: Write) -> Path:
    """The folder of the small rules and their cases."""
    return write()


@pytest.fixture
def book(folder: Path) -> Rulebook:
    """The small rules."""
    return load_rulebook(folder)
