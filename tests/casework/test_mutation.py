"""Mutation: which changes of the rules are tried, and which of them cases notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2brules.casework.claims import came_to, level_of
from b2brules.casework.mutants import Mutant, mutants_of, mutated
from b2brules.casework.mutation import mutate
from b2brules.casework.near_misses import facts_behind
from b2brules.casework.running import run_cases
from b2brules.engines.reference import Evaluation
from b2brules.language.writing import write_condition, write_value
from b2brules.rulebook import Rulebook, load_rulebook
from b2brules.ruleset.cases import Case, load_cases
from b2brules.ruleset.diagnostics import RulebookError
from b2brules.ruleset.model import Book, Position, Table
from b2brules.ruleset.shipped import shipped_rulesets
from b2brules.testing import facts_for, rulebooks

AS_OF = date(2026, 11, 21)

Write = Callable[..., Path]

NOTHING = "- name: Nothing is expected\n  given: {}\n  expect: {}\n"

MUTANTS = {
    "ahead": ["`3` becomes `2`", "`3` becomes `4`"],
    "strategy.front": [
        "then: `frontal` becomes `flanking`",
        "superiority: `>= ahead` becomes `-`",
        "superiority: `>= ahead` becomes `> ahead`",
    ],
    "strategy.flank": [
        "then: `flanking` becomes `develop`",
        "when: `criteria_changeable and marks.risk = plus` becomes `-`",
        "when: `criteria_changeable and marks.risk = plus` becomes "
        "`criteria_changeable or marks.risk = plus`",
        "when: `criteria_changeable` is left out",
        "when: `marks.risk = plus` is left out",
        "when: `marks.risk = plus` becomes `marks.risk = minus`",
    ],
    "strategy.wait": ["then: `develop` becomes `frontal`"],
    "stance.to_win": [
        "then: `win` becomes `keep`",
        "person.support: `enemy, non_supporter` becomes `-`",
        "person.support: `enemy, non_supporter` becomes `non_supporter`",
        "person.support: `enemy, non_supporter` becomes `enemy`",
    ],
    "stance.with_us": [
        # The cells of a last row are left alone: it has what the others leave over.
        "then: `keep` becomes `win`",
    ],
    "double": [
        "`superiority * 2` becomes `superiority * 1`",
        "`superiority * 2` becomes `superiority * 3`",
    ],
    "meet": [
        "when: `person.stance = win and person.has_veto` becomes `-`",
        "when: `person.stance = win and person.has_veto` becomes "
        "`person.stance = win or person.has_veto`",
        "when: `person.stance = win` is left out",
        "when: `person.has_veto` is left out",
        "when: `person.stance = win` becomes `person.stance = keep`",
    ],
    "press": [
        "strategy: `frontal` becomes `-`",
        "strategy: `frontal` becomes `flanking`",
        "when: `incumbent = rival or count(people[has_veto]) >= 2` becomes `-`",
        "when: `incumbent = rival or count(people[has_veto]) >= 2` becomes "
        "`incumbent = rival and count(people[has_veto]) >= 2`",
        "when: `incumbent = rival` is left out",
        "when: `count(people[has_veto]) >= 2` is left out",
        "when: `incumbent = rival` becomes `incumbent = nobody`",
        "when: `has_veto` is left out",
        "when: `count(people[has_veto]) >= 2` becomes `count(people[has_veto]) >= 1`",
        "when: `count(people[has_veto]) >= 2` becomes `count(people[has_veto]) >= 3`",
    ],
}


def survivors(folder: Path) -> set[tuple[str, str]]:
    found = load_rulebook(folder).mutate(folder)
    return {(one.mutant.rule, one.mutant.change) for one in found.survivors}


def test_one_threshold_cell_or_outcome_is_changed_at_a_time(book: Rulebook) -> None:
    found: dict[str, list[str]] = {}
    for mutant in mutants_of(book._book):
        found.setdefault(mutant.rule, []).append(mutant.change)
    assert found == MUTANTS


def test_cases_that_show_everything_notice_every_change(book: Rulebook, folder: Path) -> None:
    mutation = book.mutate(folder)
    assert (mutation.survivors, mutation.share) == ((), Decimal("0.0"))
    assert mutation.tried == sum(map(len, MUTANTS.values()))
    assert mutation.to_text() == f"{mutation.tried} changes tried, 0 not noticed (0.0 %)\n"


def test_cases_that_expect_nothing_notice_nothing(write: Write) -> None:
    expected = {(rule, change) for rule, changes in MUTANTS.items() for change in changes}
    assert survivors(write(NOTHING)) == expected


@pytest.mark.parametrize(
    ("given", "expected", "noticed"),
    [
        (
            "superiority: 3",
            "strategy: frontal",
            {
                ("ahead", "`3` becomes `4`"),
                ("strategy.front", "then: `frontal` becomes `flanking`"),
                ("strategy.front", "superiority: `>= ahead` becomes `> ahead`"),
            },
        ),
        (
            "superiority: 2",
            "strategy: [flanking, develop]",
            {
                ("ahead", "`3` becomes `2`"),
                ("strategy.front", "superiority: `>= ahead` becomes `-`"),
                ("strategy.flank", "then: `flanking` becomes `develop`"),
                (
                    "strategy.flank",
                    "when: `criteria_changeable and marks.risk = plus` becomes `-`",
                ),
                ("strategy.wait", "then: `develop` becomes `frontal`"),
            },
        ),
        # A change of a decision is noticed by what reads it.
        (
            "superiority: 3, incumbent: rival",
            "certain: [press]",
            {
                ("ahead", "`3` becomes `4`"),
                ("strategy.front", "then: `frontal` becomes `flanking`"),
                ("strategy.front", "superiority: `>= ahead` becomes `> ahead`"),
                ("press", "strategy: `frontal` becomes `flanking`"),
                (
                    "press",
                    "when: `incumbent = rival or count(people[has_veto]) >= 2` becomes "
                    "`incumbent = rival and count(people[has_veto]) >= 2`",
                ),
                ("press", "when: `incumbent = rival` is left out"),
                ("press", "when: `incumbent = rival` becomes `incumbent = nobody`"),
            },
        ),
    ],
)
def test_a_change_is_noticed_by_what_a_case_expects(
    given: str, expected: str, noticed: set[tuple[str, str]], write: Write
) -> None:
    folder = write(f"- name: One\n  given: {{{given}}}\n  expect: {{{expected}}}\n")
    everything = {(rule, change) for rule, changes in MUTANTS.items() for change in changes}
    assert everything - survivors(folder) == noticed


# --- what a survivor is told with ---------------------------------------------------------------

WEAK = """\
- name: Three to one
  given: {superiority: 3, incumbent: rival}
  expect: {strategy: frontal}
"""


def test_a_survivor_names_the_case_that_would_notice(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(WEAK))
    mutation = load_rulebook("small.yaml").mutate("small.cases.yaml")
    text = mutation.to_text().splitlines()
    place = text.index("small.yaml:33:30: `press`: strategy: `frontal` becomes `flanking`")
    assert text[place + 1] == (
        "  noticed if small.cases.yaml:1 expected `press` under `certain`: Three to one"
    )
    place = text.index("small.yaml:25:3: `double`: `superiority * 2` becomes `superiority * 1`")
    assert text[place + 1] == (
        "  noticed if small.cases.yaml:1 expected `double` to be `6`: Three to one"
    )
    # No person, so it takes more than one fact.
    (meet,) = [
        one
        for one in mutation.survivors
        if one.mutant.change == "when: `person.has_veto` is left out"
    ]
    assert meet.hint is None


@pytest.mark.parametrize(
    ("given", "change", "fact"),
    [
        ("superiority: 9", "superiority: `>= ahead` becomes `> ahead`", "superiority: 3"),
        (
            "superiority: 1, criteria_changeable: false, marks: {risk: plus}",
            "when: `marks.risk = plus` becomes `marks.risk = minus`",
            "criteria_changeable: true",
        ),
        (
            "people: [{id: p1, support: neutral}]",
            "person.support: `enemy, non_supporter` becomes `enemy`",
            "people.p1.support: non_supporter",
        ),
        (
            "superiority: 3, people: [{id: p1, has_veto: true}, {id: p2, has_veto: true}]",
            "when: `count(people[has_veto]) >= 2` becomes `count(people[has_veto]) >= 1`",
            "people.p1.has_veto: false",
        ),
        (
            "superiority: 1, incumbent: nobody, people: []",
            "strategy: `frontal` becomes `flanking`",
            "incumbent: rival",
        ),
    ],
)
def test_a_survivor_names_the_near_miss_that_would_notice(
    given: str, change: str, fact: str, write: Write
) -> None:
    folder = write(f"- name: One\n  given: {{{given}}}\n  expect: {{}}\n")
    lines = load_rulebook(folder).mutate(folder).to_text().splitlines()
    (place,) = [number for number, line in enumerate(lines) if line.endswith(f"`: {change}")]
    assert f"with `{fact}` that expects" in lines[place + 1]
    assert lines[place + 1].startswith("  noticed by a case like ")


def test_a_near_miss_notices_what_it_was_found_for(write: Write) -> None:
    weak = "- name: One\n  given: {superiority: 9}\n  expect: {}\n"
    change = ("strategy.front", "superiority: `>= ahead` becomes `> ahead`")
    assert change in survivors(write(weak))
    near = "- name: Near\n  given: {superiority: 3}\n  expect: {strategy: frontal}\n"
    assert change not in survivors(write(weak + near))


REASON = """\
- rule: ahead
  change: "`3` becomes `2`"
  reason: Nobody leads by two and a half
"""


def test_a_survivor_that_is_accepted_stands_with_its_reason(write: Write) -> None:
    folder = write(WEAK)
    (folder / "survivors.yaml").write_text(REASON, "utf-8")
    mutation = load_rulebook(folder).mutate(folder)
    assert mutation.stale == ()
    accepted = [one for one in mutation.survivors if one.reason is not None]
    (one,) = accepted
    assert (one.mutant.rule, one.reason) == ("ahead", "Nobody leads by two and a half")
    assert one not in mutation.unexplained
    assert len(mutation.unexplained) == len(mutation.survivors) - 1
    assert "  accepted: Nobody leads by two and a half\n" in mutation.to_text()
    assert mutation.to_text().endswith("%), 1 of them with a reason\n")


@pytest.mark.parametrize(
    ("cases", "reason", "message"),
    [
        (None, REASON, "a case notices this change of `ahead`"),
        (WEAK, REASON.replace("`2`", "`5`"), "there is no such change of `ahead`"),
        (WEAK, REASON.replace("ahead", "behind"), "there is no such change of `behind`"),
    ],
)
def test_a_reason_for_nothing_is_an_error(
    cases: str | None, reason: str, message: str, write: Write
) -> None:
    folder = write() if cases is None else write(cases)
    (folder / "survivors.yaml").write_text(reason, "utf-8")
    mutation = load_rulebook(folder).mutate(folder)
    (found,) = mutation.stale
    assert (found.code, found.message, found.line) == ("stale-survivor", message, 1)
    assert f"error[stale-survivor]: {message}" in mutation.to_text()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rule: ahead\n", "a file of survivors is a list"),
        ("- ahead\n", "a change that survives holds keys"),
        ("- {rule: ahead, change: x}\n", "a change that survives has no `reason`"),
        ("- {rule: ahead, change: x, reason: y, why: z}\n", "`why` is not a key of a change"),
        (REASON + REASON, "this change of `ahead` is accepted twice"),
        ("- rule: [\n", "this is not valid YAML"),
    ],
)
def test_a_file_of_survivors_with_mistakes_is_refused(
    text: str, message: str, write: Write
) -> None:
    folder = write(WEAK)
    (folder / "survivors.yaml").write_text(text, "utf-8")
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder).mutate(folder)
    assert message in "\n".join(one.message for one in caught.value.diagnostics)


# --- nothing is missed for the sake of speed ---------------------------------------------------


def noticed_in_full(book: Book, cases: Sequence[Case], mutant: Mutant) -> bool:
    """Whether some case fails if all of them are run by the changed rules, from the beginning."""
    return bool(run_cases(mutated(book, mutant.changed), cases).failures)


def test_a_change_of_the_shipped_rules_goes_unnoticed_if_all_cases_hold_with_it() -> None:
    book = load_rulebook()._book
    cases = load_cases([shipped_rulesets()], book)
    # Without the cases of one file, many changes of its rules go unnoticed.
    others = [case for case in cases if not case.position.path.endswith("/prime.cases.yaml")]
    unnoticed = {(one.mutant.rule, one.mutant.change) for one in mutate(book, others, ()).survivors}
    mutants = list(mutants_of(book))
    sample = mutants[::200]
    sample += [one for one in mutants if one.position.path.endswith("/prime.yaml")][::20]
    slowly = {(one.rule, one.change) for one in sample if not noticed_in_full(book, others, one)}
    assert {(one.rule, one.change) for one in sample} & unnoticed == slowly
    assert 0 < len(slowly) < len(sample)


@settings(max_examples=6, deadline=None)
@given(book=rulebooks(), data=st.data())
def test_a_change_of_any_rules_goes_unnoticed_if_all_cases_hold_with_it(
    book: Rulebook, data: st.DataObject
) -> None:
    cases = [full_case(book, data.draw(facts_for(book)), number) for number in range(2)]
    mutants = list(mutants_of(book._book))
    survivors = {
        (one.mutant.rule, one.mutant.change) for one in mutate(book._book, cases, ()).survivors
    }
    assert survivors == {
        (one.rule, one.change) for one in mutants if not noticed_in_full(book._book, cases, one)
    }


def full_case(book: Rulebook, facts: Mapping[str, object], number: int) -> Case:
    """A case that expects all that the rules make of some facts."""
    deal = book.read(facts)
    evaluation = Evaluation(book._book, deal, AS_OF, {})
    decisions = {key: came_to(evaluation, *key) for key in evaluation.decisions()}
    levels = {id: level_of(evaluation, id) for id in book.recommendations}
    return Case(
        name=f"case {number}",
        as_of=AS_OF,
        given=facts,
        deal=deal,
        decisions=decisions,
        certain=tuple(id for id, level in levels.items() if level == "certain"),
        possible=tuple(id for id, level in levels.items() if level == "possible"),
        absent=tuple(id for id, level in levels.items() if level == "absent"),
        position=Position(path="drawn", line=number, column=1),
    )


# --- any rules ----------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(book=rulebooks())
def test_every_mutant_of_any_rulebook_differs_in_what_it_says(book: Rulebook) -> None:
    mutants = list(mutants_of(book._book))
    assert len({(one.rule, one.change) for one in mutants}) == len(mutants)
    original = spoken(book)
    for mutant in mutants:
        other = Rulebook(mutated(book._book, mutant.changed))
        assert spoken(other) != original


def spoken(book: Rulebook) -> list[object]:
    """Everything that the rules say, as text."""
    said: list[object] = [(name, one.value) for name, one in book.parameters.items()]
    for decision in book._book.decisions.values():
        if isinstance(decision, Table):
            said += [(row.then, clauses(row)) for row in decision.rows]
        else:
            said.append(write_value(decision.value))
    said += [clauses(rule) for rule in book._book.recommendations.values()]
    return said


def clauses(rule: object) -> tuple[str, ...]:
    found = getattr(rule, "clauses", ())
    return tuple(write_condition(clause.condition) for clause in found)


def test_two_filters_may_call_the_things_of_their_lists_alike(
    write: Callable[..., Path],
) -> None:
    """A hint once looked for a fact of one list in the other, and broke off."""
    two = "(some x in competitors satisfies x.attacking) or (some x in people satisfies x.has_veto)"
    old = "incumbent = rival or count(people[has_veto]) >= 2  "
    book = load_rulebook(write(replaced={old: two}))._book
    asked = {(one.list, one.fact) for one in facts_behind(book, book.recommendations["press"])}
    assert {(("competitors",), ("attacking",)), (("people",), ("has_veto",))} <= asked
