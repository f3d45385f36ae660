"""The mutants of the engines keep up with the engines, and the page that lists them with both."""

from __future__ import annotations

import pytest

from tests.engines.mutants import MUTANTS, ROOT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_changes_a_place_that_is_still_there(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text("utf-8")
    compile(mutant.applied_to(text), mutant.file, "exec")


def test_each_mutant_is_listed_in_contributing() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (_, section) = page.split("\n## Mutants of the engines\n")
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ")]
    listed = [row[1] for row in rows if row[0] not in ("| engine", "| ---")]
    assert sorted(listed) == sorted(mutant.name for mutant in MUTANTS)
