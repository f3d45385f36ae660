"""Every bad file stands beside its whole expected message.

Set B2BRULES_RESET=1 to write the messages anew, then review them like code:

    B2BRULES_RESET=1 python -m pytest tests/ruleset/test_bad_files.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from b2brules.rulebook import load_rulebook
from b2brules.ruleset.cases import load_cases
from b2brules.ruleset.diagnostics import RulebookError
from b2brules.ruleset.loading import load
from b2brules.ruleset.rendering import render_text

HERE = Path(__file__).parent
BAD = HERE / "bad"
GOOD = HERE / "good"
RESET = os.environ.get("B2BRULES_RESET") == "1"

# A bad thing is a file, read with the sources beside it, or a folder.
THINGS = sorted(path.name for path in BAD.iterdir() if path.suffix != ".txt")
THINGS.remove("sources.yaml")


def message_of(name: str) -> str:
    """Load a bad file and return what people are shown."""
    book = load([GOOD])
    with pytest.raises(RulebookError) as caught:
        _ = load_cases([name], book) if name.endswith(".cases.yaml") else load_rulebook(name)
    return render_text(caught.value.diagnostics)


@pytest.mark.parametrize("name", THINGS)
def test_a_bad_file_is_answered_with_its_expected_message(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(BAD)
    expected = BAD / f"{name.removesuffix('.yaml')}.txt"
    message = message_of(name)
    if RESET:
        expected.write_text(message, encoding="utf-8")
    assert message == expected.read_text(encoding="utf-8")


def test_every_expected_message_has_its_bad_file() -> None:
    expected = {path.stem for path in BAD.glob("*.txt")}
    assert expected == {name.removesuffix(".yaml") for name in THINGS}
