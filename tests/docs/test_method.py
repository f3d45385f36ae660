"""The ledger has an entry for each item of the sources, and names rules that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.catalogue.contents import Catalogue
from tests.docs.method.citing import bases_of, link_to, unknown_rules
from tests.docs.method.ledger import (
    ELEMENTS,
    ESP_STEPS,
    IDS,
    MOST_WITHOUT_A_RULE,
    TAS_STEPS,
    WHCSE,
    LedgerError,
    missing,
    problems,
    read_ledger,
    read_steps,
)

SAMPLE = """\
- id: S003-32
  name: Seven steps, four questions
  name_zh: 七步与四问
  place: 传统TAS方法论
  rules: [competitive_strategy.three_to_one, key_player, fact people.support, frontal_superiority]
- id: S003-02
  name: Three lines of work
  name_zh: 三线
  place: 概述
  reason: It gives the frame and asks for no action
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue()


def test_every_item_of_the_list_has_an_entry() -> None:
    assert missing(read_ledger()) == []


def test_the_entries_are_sound_and_at_most_ten_have_no_rule(catalogue: Catalogue) -> None:
    assert list(problems(read_ledger(), catalogue.book.sources)) == []


def test_every_rule_that_an_entry_names_is_in_the_shipped_rules(catalogue: Catalogue) -> None:
    named = [name for one in read_ledger() for name in one.rules]
    assert list(unknown_rules(catalogue, named)) == []


@pytest.mark.parametrize(
    ("name", "number"), [(TAS_STEPS, 7), (ELEMENTS, 13), (ESP_STEPS, 7), (WHCSE, 5)]
)
def test_each_part_of_a_method_is_served_by_rules(
    catalogue: Catalogue, name: str, number: int
) -> None:
    steps = read_steps(name)
    assert len(steps) == number
    assert [one.name for one in steps if not one.rules] == []
    assert list(unknown_rules(catalogue, [rule for one in steps for rule in one.rules])) == []


def test_tas_plus_has_four_elements_inward_and_nine_outward() -> None:
    assert [one.part for one in read_steps(ELEMENTS)] == ["inward"] * 4 + ["outward"] * 9


def test_the_list_has_163_items() -> None:
    assert len(IDS) == 163
    assert (IDS[0], IDS[-1]) == ("S000-01", "S004-17")


def written(folder: Path, text: str, name: str = "tas_plus") -> Path:
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def test_a_ledger_is_read_in_the_order_of_the_items(tmp_path: Path) -> None:
    first, second = entries = read_ledger(written(tmp_path, SAMPLE))
    assert (first.id, first.source, first.rules) == ("S003-02", "tas_plus", ())
    assert second.rules[0] == "competitive_strategy.three_to_one"
    assert list(problems(entries, {"tas_plus"})) == []
    assert missing(entries)[:2] == ["S000-01", "S000-02"]
    assert len(missing(entries)) == 161


@pytest.mark.parametrize(
    ("changed", "into", "problem"),
    [
        ("S003-32", "S003-52", "S003-52 is not an item of the list"),
        ("S003-32", "S003-02", "S003-02 has two entries"),
        ("七步与四问", "Steps", "S003-32 is not named in both languages"),
    ],
)
def test_an_entry_with_a_mistake_is_named(
    tmp_path: Path, changed: str, into: str, problem: str
) -> None:
    entries = read_ledger(written(tmp_path, SAMPLE.replace(changed, into)))
    assert problem in problems(entries, {"tas_plus"})


def test_an_entry_of_a_work_that_nobody_cites_is_named(tmp_path: Path) -> None:
    entries = read_ledger(written(tmp_path, SAMPLE, "tas_minus"))
    assert "S003-02 stands in tas_minus.yaml, and no source has that id" in problems(
        entries, {"tas_plus"}
    )


def test_more_than_ten_items_without_a_rule_are_too_many(tmp_path: Path) -> None:
    one = SAMPLE[SAMPLE.index("- id: S003-02") :]
    text = "".join(one.replace("S003-02", id) for id in IDS[40 : 40 + MOST_WITHOUT_A_RULE + 1])
    (problem,) = problems(read_ledger(written(tmp_path, text)), {"tas_plus"})
    assert problem.startswith("11 items have no rule: S001-")


@pytest.mark.parametrize(
    ("changed", "into"),
    [
        ("  reason: It gives the frame and asks for no action\n", ""),
        ("  place: 概述\n", "  place: 概述\n  rules: [key_player]\n"),
        ("  place: 概述\n", ""),
        ("reason", "because"),
        ("rules: [competitive_strategy.three_to_one, ", "rules: [1, "),
    ],
)
def test_an_entry_without_its_keys_is_refused(tmp_path: Path, changed: str, into: str) -> None:
    with pytest.raises(LedgerError, match=r"tas_plus\.yaml: S003-"):
        read_ledger(written(tmp_path, SAMPLE.replace(changed, into)))


def test_names_of_rules_that_are_not_there_are_found(catalogue: Catalogue) -> None:
    wrong = (
        "competitive_stratgy",
        "competitive_strategy.no_such_row",
        "fact people.no_such_fact",
        "fact people.title",
    )
    right = ("key_player", "competitive_strategy.three_to_one", "frontal_superiority", "move_last")
    found = list(unknown_rules(catalogue, (*right, *wrong, "fact people.support")))
    assert [one.partition(":")[0] for one in found] == list(wrong)
    assert found[-1].endswith("no rule reads it")


def test_a_rule_is_linked_to_its_place_and_shows_its_basis(catalogue: Catalogue) -> None:
    row = "competitive_strategy.three_to_one"
    assert link_to(catalogue, row) == f"[`{row}`](catalogue/tas.md#competitive_strategy)"
    assert link_to(catalogue, "fact people.support").endswith("](catalogue/tas.md#facts)")
    assert link_to(catalogue, "frontal_superiority").endswith("#competitive_strategyyaml)")
    assert bases_of(catalogue, [row, "fact people.support"]) == ["sourced"]
    assert bases_of(catalogue, ["competitive_strategy"]) == ["sourced", "inferred", "ours"]
