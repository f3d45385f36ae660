"""The walk stays within its limits, and is short for the rules that are shipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import TypeAlias

from attrs import evolve

from b2brules.facts import Money, Vocabulary
from b2brules.facts.types import TruthType
from b2brules.language.truth import Truth
from b2brules.ruleset.diagnostics import Diagnostic
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book
from b2brules.ruleset.shipped import shipped_rulesets
from b2brules.ruleset.walk.checks import check_book
from b2brules.ruleset.walk.covering import MAXIMUM_STEPS, Budget, cover
from b2brules.ruleset.walk.space import Space

Decisions: TypeAlias = Mapping[str, Mapping[str, str] | str]
Check: TypeAlias = Callable[[Decisions], tuple[Diagnostic, ...]]
MakeBook: TypeAlias = Callable[[Decisions], Book]
Holds: TypeAlias = Callable[..., tuple[Truth, ...]]

VOCABULARY = Vocabulary()


def scattered_rows(count: int) -> dict[str, str]:
    """Rows that each ask three of the deal's marks and truth values, without any order."""
    book = VOCABULARY.facts
    marks = [f"{name} = minus" for name in book if name.startswith("marks.")]
    truths = [name for name, one in book.items() if one.type == TruthType() and "." not in name]
    random = Random(7)
    rows = {}
    for number in range(count):
        asked = random.sample(marks + truths, 3)
        said = [one if random.random() < 0.5 else f"not({one})" for one in asked]
        rows[f"{random.choice(('yes', 'no'))}_{number}"] = " and ".join(said)
    return rows


def test_a_table_with_too_many_cases_is_asked_for_otherwise(check: Check) -> None:
    rows = scattered_rows(400)
    (found,) = check({"d": rows})
    assert (found.code, found.help) == ("walk-limit", "end the table with `otherwise`")
    assert check({"d": {**rows, "no": "otherwise"}}) == ()


def test_a_hostile_table_costs_no_more_than_its_limit(
    make_book: MakeBook, rows_that_hold: Holds
) -> None:
    book = make_book({"d": scattered_rows(1000)})
    table = Space(book).tables["d"]
    budget = Budget(MAXIMUM_STEPS)
    assert not cover(table.rows, Space(book).everything, budget).finished
    assert MAXIMUM_STEPS < budget.spent < MAXIMUM_STEPS + 1000


def test_the_shipped_rules_take_few_steps() -> None:
    space = Space(load([shipped_rulesets()]))
    spent = {}
    for name, table in space.tables.items():
        budget = Budget(MAXIMUM_STEPS)
        assert cover(table.rows, space.everything, budget).finished
        spent[name] = budget.spent
    # Most of a walk is pruned: `competitive_strategy` alone has tens of thousands of regions. The
    # longest counts twelve warning signals, which can be there in 4,096 ways.
    assert max(spent.values()) < 20_000, spent
    assert sorted(spent.values())[-2] < 2_000, spent


def test_no_value_that_a_parameter_may_have_opens_a_gap_in_the_shipped_rules(
    rows_that_hold: Holds,
) -> None:
    book = load([shipped_rulesets()])
    for name, parameter in book.parameters.items():
        for bound in (parameter.minimum, parameter.maximum):
            if bound is None or isinstance(parameter.value, Money):
                continue
            changed = {**book.parameters, name: evolve(parameter, value=bound)}
            other = evolve(book, parameters=changed)
            assert check_book(other, lambda *asked, of=other: rows_that_hold(of, *asked)) == ()
