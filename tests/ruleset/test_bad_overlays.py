"""Every bad overlay and bad file of parameters stands beside its whole expected message.

They are laid over the rules in `good`. Set B2BRULES_RESET=1 to write the messages anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from b2brules.ruleset.diagnostics import RulebookError
from b2brules.ruleset.loading import load
from b2brules.ruleset.rendering import render_text

HERE = Path(__file__).parent
OVERLAYS = HERE / "bad_overlays"
PARAMETERS = HERE / "bad_parameters"
GOOD = Path("..") / "good"
RESET = os.environ.get("B2BRULES_RESET") == "1"

FILES = sorted((*OVERLAYS.glob("*.yaml"), *PARAMETERS.glob("*.yaml")))


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.stem}" for file in FILES])
def test_a_bad_file_is_answered_with_its_expected_message(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(file.parent)
    is_overlay = file.parent == OVERLAYS
    with pytest.raises(RulebookError) as caught:
        load(
            [GOOD],
            overlays=[file.name] if is_overlay else [],
            parameter_file=None if is_overlay else file.name,
        )
    message = render_text(caught.value.diagnostics)
    expected = file.with_suffix(".txt")
    if RESET:
        expected.write_text(message, encoding="utf-8")
    assert message == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", [OVERLAYS, PARAMETERS], ids=lambda folder: folder.name)
def test_every_expected_message_has_its_bad_file(folder: Path) -> None:
    expected = {path.stem for path in folder.glob("*.txt")}
    assert expected == {path.stem for path in folder.glob("*.yaml")}
