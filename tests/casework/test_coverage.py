"""Coverage: what cases have shown to hold and to fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from b2brules.rulebook import Rulebook, load_rulebook

Write = Callable[..., Path]

SUMMARY = "shown by cases: 5 of 5 rows, 5 of 5 outcomes, 1 of 1 numbers, 2 of 2 recommendations\n"


def lacking(folder: Path) -> dict[str, tuple[str, ...]]:
    found = load_rulebook(folder).cover(folder)
    return {one.name: one.lacks for one in found.unshown}


def test_everything_is_shown_by_the_cases(book: Rulebook, folder: Path) -> None:
    coverage = book.cover(folder)
    assert coverage.unshown == ()
    assert coverage.things == {"row": 5, "outcome": 5, "number": 1, "recommendation": 2}
    assert coverage.to_text() == SUMMARY


def test_without_cases_nothing_is_shown_and_what_cannot_fail_is_not_asked_for(
    write: Write,
) -> None:
    cases = "- name: Nothing is expected\n  given: {}\n  expect: {}\n"
    both = ("hold", "fail")
    assert lacking(write(cases)) == {
        "strategy.front": both,
        "strategy.flank": both,
        # The last row holds whenever a scan reaches it.
        "strategy.wait": ("hold",),
        "strategy = frontal": both,
        "strategy = flanking": both,
        "strategy = develop": both,
        "stance.to_win": both,
        "stance.with_us": both,
        "stance = win": both,
        "stance = keep": both,
        "double": ("hold",),
        "meet": both,
        "press": both,
    }


@pytest.mark.parametrize(
    ("given", "expected", "shown"),
    [
        pytest.param(
            "superiority: 3",
            "strategy: frontal",
            {
                "strategy.front": "hold",
                "strategy = frontal": "hold",
                "strategy = flanking": "fail",
                "strategy = develop": "fail",
            },
            id="a row that ends the scan, and nothing of those below it",
        ),
        pytest.param(
            "superiority: 1",
            "strategy: [flanking, develop]",
            {"strategy.front": "fail", "strategy.wait": "hold", "strategy = frontal": "fail"},
            id="an undecided outcome is not shown, and an unknown row neither holds nor fails",
        ),
        pytest.param(
            "people: [{id: p1, support: enemy}]",
            '"people[p1].stance": win',
            {
                "stance.to_win": "hold",
                "stance.with_us": "fail",
                "stance = win": "hold",
                "stance = keep": "fail",
            },
            id="of a unique table every row, since none stands before another",
        ),
        pytest.param("superiority: 3", "double: 6", {"double": "hold"}, id="a number"),
        pytest.param("{}", "double: ?", {}, id="an unknown number shows nothing"),
        pytest.param(
            "superiority: 3, incumbent: rival",
            "certain: [press], absent: [meet]",
            {"press": "hold", "meet": "fail"},
            id="recommendations by what is expected of them",
        ),
        pytest.param(
            "people: [{id: p1, support: enemy}]", "possible: [meet]", {}, id="not by being possible"
        ),
        pytest.param("superiority: 3", "strategy: develop", {}, id="nothing by a case that fails"),
        pytest.param(
            "superiority: 3, incumbent: rival", "{}", {}, id="nothing that is not expected"
        ),
    ],
)
def test_a_case_shows_what_it_expects_and_no_more(
    given: str, expected: str, shown: dict[str, str], write: Write
) -> None:
    given, expected = (text if text == "{}" else f"{{{text}}}" for text in (given, expected))
    nothing = lacking(write("- name: Nothing\n  given: {}\n  expect: {}\n"))
    lacks = lacking(write(f"- name: One\n  given: {given}\n  expect: {expected}\n"))
    found = {
        name: "".join(way for way in ways if way not in lacks.get(name, ()))
        for name, ways in nothing.items()
    }
    assert {name: way for name, way in found.items() if way} == shown


def test_a_last_row_that_asks_something_need_not_be_shown_to_fail(write: Write) -> None:
    """What the rows above leave over is its own, since the table covers every case."""
    last = "      wait  | otherwise   | otherwise                                    "
    folder = write(
        "- name: Nothing\n  given: {}\n  expect: {}\n",
        {
            "criteria_changeable and marks.risk = plus ": "not(superiority >= ahead)             ",
            f'{last}|| develop  | project "Wait"  | ours\n': "",
            "frontal, flanking, develop": "frontal, flanking",
            "  strategy = develop\n    en: Wait.\n    zh: 等待。\n": "",
            "  wait\n    en: Nothing speaks for an attack.\n    zh: 没有进攻的理由。\n": "",
        },
    )
    assert lacking(folder)["strategy.flank"] == ("hold",)


def test_what_is_not_shown_stands_with_its_place(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write("- name: One\n  given: {superiority: 3}\n  expect: {strategy: frontal}\n")
    monkeypatch.chdir(folder)
    text = load_rulebook("small.yaml").cover("small.cases.yaml").to_text().splitlines()
    assert text[0] == "small.yaml:14:7: `strategy.front`: no case shows it to fail"
    assert "small.yaml:9:3: `strategy = frontal`: no case rules it out" in text
    assert "small.yaml:9:3: `strategy = develop`: no case is decided so" in text
    assert "small.yaml:25:3: `double`: no case expects a number" in text
    assert (
        "small.yaml:32:3: `meet`: no case expects it as certain, and no case expects it as absent"
        in text
    )
    assert text[-1].endswith("0 of 5 rows, 0 of 5 outcomes, 0 of 1 numbers, 0 of 2 recommendations")
