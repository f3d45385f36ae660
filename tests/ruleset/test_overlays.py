"""What a book holds when overlays are laid over its rules, and when a file gives its numbers."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

import b2brules
from b2brules.facts import Money
from b2brules.ruleset.cases import load_cases
from b2brules.ruleset.diagnostics import Diagnostic, RulebookError
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book, Change, Formula, Row, Table
from b2brules.ruleset.parameters import ParameterError
from b2brules.ruleset.shipped import shipped_overlays, shipped_rulesets

GOOD = Path(__file__).parent / "good"
HEADER = "id | superiority || then | source | basis"

Lay = Callable[..., Book]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """How to write an overlay."""

    def write_overlay(body: str, name: str = "ours") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"overlay: {name}\nowner: sales-operations\n\n{body}", "utf-8")
        return path

    return write_overlay


@pytest.fixture
def lay(write: Callable[..., Path]) -> Lay:
    """How to lay overlays over the good rules; each is named by its number."""

    def lay_overlays(*bodies: str) -> Book:
        names = [f"overlay_{number}" for number, _ in enumerate(bodies, start=1)]
        return load([GOOD], overlays=[*map(write, bodies, names)])

    return lay_overlays


def table(name: str, *lines: str) -> str:
    """A decision of an overlay."""
    return f"decisions:\n  {name}:\n    table: |\n" + "".join(f"      {one}\n" for one in lines)


def text(key: str, **slots: str) -> str:
    """A block of text for one key: its sentences by slot and language."""
    lines = (f"    {slot.replace('_', ' ')}: {words}\n" for slot, words in slots.items())
    return f"\ntext: |\n  {key}\n" + "".join(lines)


def rows(book: Book, name: str) -> list[tuple[str, list[str], str]]:
    return [(row.id, [one.text for one in row.clauses], row.then) for row in rows_of(book, name)]


def rows_of(book: Book, name: str) -> tuple[Row, ...]:
    found = book.decisions[name]
    assert isinstance(found, Table)
    return found.rows


def said(changes: tuple[Change, ...]) -> list[tuple[object, ...]]:
    return [(one.how, one.what, one.id, one.decision, one.before, one.after) for one in changes]


def refused(overlays: list[Path], *paths: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with rules when every check has been made."""
    with pytest.raises(RulebookError) as caught:
        b2brules.load_rulebook(*(paths or (GOOD,)), overlays=overlays)
    return caught.value.diagnostics


# --- rows ---------------------------------------------------------------------------------------


def test_a_row_takes_the_place_of_the_row_with_its_id(lay: Lay) -> None:
    plain = load([GOOD])
    book = lay(table("approach", HEADER, 'far_ahead | >= 5 || attack | project "Five" | ours'))
    assert rows(book, "approach") == [
        ("far_ahead", [">= 5"], "attack"),
        ("not_yet", ["otherwise"], "wait"),
    ]
    (row, _) = rows_of(book, "approach")
    assert (row.basis, [str(one) for one in row.citations]) == ("ours", ['project "Five"'])
    assert row.position.path.endswith("overlay_1.yaml")
    assert book.texts["far_ahead", "", "en"] == plain.texts["far_ahead", "", "en"]
    assert {name: one for name, one in book.decisions.items() if name != "approach"} == {
        name: one for name, one in plain.decisions.items() if name != "approach"
    }
    assert said(book.changes) == [("replaced", "row", "far_ahead", "approach", "attack", "attack")]


def test_a_new_row_stands_before_the_row_that_it_names(lay: Lay) -> None:
    book = lay(
        table(
            "approach",
            "id | superiority || before | then | source | basis",
            'in_reach | >= 2 || not_yet  | attack | tas "3:1" | inferred',
            'hopeless | < 1  || in_reach | wait   | tas "3:1" | inferred',
        )
        + text("in_reach", en="Two to one.", zh="二比一。").rstrip()
        + text("hopeless", en="Behind.", zh="落后。").replace("\ntext: |", "")
    )
    ids = [row.id for row in rows_of(book, "approach")]
    assert ids == ["far_ahead", "hopeless", "in_reach", "not_yet"]
    assert book.texts["in_reach", "", "zh"] == ("二比一。",)
    assert said(book.changes) == [
        ("added", "row", "in_reach", "approach", None, "attack"),
        ("added", "row", "hopeless", "approach", None, "wait"),
    ]


def test_a_row_may_ask_what_no_column_asked_before(lay: Lay) -> None:
    header = "id | superiority | incumbent | when || then | source | basis"
    line = 'far_ahead | >= 3 | not(rival) | criteria_changeable || attack | tas "3:1" | inferred'
    book = lay(table("approach", header, line))
    assert rows(book, "approach") == [
        ("far_ahead", [">= 3", "not(rival)", "criteria_changeable"], "attack"),
        ("not_yet", ["otherwise"], "wait"),
    ]


def test_what_the_columns_of_an_overlay_leave_out_stays_as_it_was(lay: Lay) -> None:
    header = "id || then | source | basis"
    book = lay(table("approach", header, 'far_ahead || wait | project "Never" | ours'))
    assert rows(book, "approach") == [
        ("far_ahead", [">= 3"], "wait"),
        ("not_yet", ["otherwise"], "wait"),
    ]
    plain = load([GOOD]).recommendations["shield_ally"]
    line = '  id || priority | source | basis\n  shield_ally || 5 | project "Late" | ours\n'
    rule = lay("recommendations: |\n" + line).recommendations["shield_ally"]
    assert (rule.priority, rule.bindings, rule.clauses, rule.target, rule.prime, rule.within) == (
        5,
        plain.bindings,
        plain.clauses,
        plain.target,
        plain.prime,
        plain.within,
    )


def test_a_condition_is_taken_away_with_a_dash(lay: Lay) -> None:
    header = "id | need.horizon || source | basis"
    book = lay(table("wish", header, 'wish_later | - || tas "3:1" | sourced'))
    assert rows(book, "wish")[1] == ("wish_later", [], "later")


def test_the_columns_of_an_overlay_may_stand_in_another_order(lay: Lay) -> None:
    header = "id | need.horizon || basis | source | then"
    book = lay(table("wish", header, 'wish_now | within_3_months || ours | project "Now" | now'))
    (row, _) = rows_of(book, "wish")
    assert (row.then, row.basis, str(row.citations[0])) == ("now", "ours", 'project "Now"')


def test_a_disabled_row_is_gone_with_its_text(lay: Lay) -> None:
    book = lay("disable: far_ahead\n")
    assert rows(book, "approach") == [("not_yet", ["otherwise"], "wait")]
    assert ("far_ahead", "", "en") not in book.texts
    assert said(book.changes) == [("disabled", "row", "far_ahead", "approach", "attack", None)]


def test_an_outcome_whose_rows_are_disabled_can_still_be_asked_for(lay: Lay) -> None:
    book = lay("disable: wish_now\n", "disable: far_ahead\n")
    wish = book.decisions["wish"]
    assert isinstance(wish, Table)
    assert wish.outcomes == ("now", "later")
    assert "serve" in book.recommendations


def test_an_outcome_and_another_hit_policy_are_added(lay: Lay) -> None:
    book = lay(
        """\
decisions:
  approach:
    outcomes: attack, wait, retreat
    hit_policy: unique
    table: |
      id      | superiority || then    | source    | basis
      not_yet | < 3         || retreat | tas "3:1" | inferred
"""
        + text("approach = retreat", en="Retreat.", zh="撤。")
    )
    approach = book.decisions["approach"]
    assert isinstance(approach, Table)
    assert (approach.outcomes, approach.hit_policy) == (("attack", "wait", "retreat"), "unique")
    assert said(book.changes)[:2] == [
        ("replaced", "outcomes", "approach", None, "attack, wait", "attack, wait, retreat"),
        ("replaced", "hit_policy", "approach", None, "first", "unique"),
    ]


def test_a_new_outcome_that_no_row_gives_is_refused(write: Callable[..., Path]) -> None:
    body = "decisions:\n  approach:\n    outcomes: attack, wait, retreat\n"
    path = write(body + text("approach = retreat", en="Retreat.", zh="撤。"))
    (found,) = refused([path])
    assert (found.code, found.path) == ("unused-outcome", str(path))


def test_a_case_that_an_overlay_leaves_without_a_row_is_reported_where_it_does(
    write: Callable[..., Path],
) -> None:
    path = write("disable: wish_now, not_yet\n")
    found = refused([path])
    assert [(one.code, one.path, one.line, one.column) for one in found] == [
        ("gap", str(path), 4, 10),
        ("gap", str(path), 4, 20),
    ]
    path = write(table("approach", HEADER, 'not_yet | < 2 || wait | tas "3:1" | inferred'))
    (gap,) = refused([path])
    assert (gap.code, gap.path, gap.line) == ("gap", str(path), 5)


def test_rows_that_hold_together_since_an_overlay_are_reported(
    write: Callable[..., Path],
) -> None:
    header = "id | need.horizon || then | source | basis"
    path = write(table("wish", header, 'wish_now | - || now | tas "3:1" | inferred'))
    found = refused([path])
    assert "overlap" in {one.code for one in found}
    assert {one.path for one in found} <= {str(path), str(GOOD / "figures.yaml")}


# --- recommendations ----------------------------------------------------------------------------

ASKED = "recommendations: |\n  id | for | when || owner | within | priority | source | basis\n"


def test_a_recommendation_is_replaced_and_keeps_what_is_said(lay: Lay) -> None:
    line = (
        '  cheer_up | who in people | who.mood = good || presales | 2 days | 1 | tas "3:1" | ours'
    )
    book = lay(ASKED + line.replace("tas", 'project "Mood", tas') + "\n")
    rule = book.recommendations["cheer_up"]
    assert (rule.within, rule.priority, rule.ruleset) == (2, 1, "figures")
    assert [one.text for one in rule.clauses] == ["who.mood = good"]
    assert book.texts["cheer_up", "action", "zh"] == load([GOOD]).texts["cheer_up", "action", "zh"]
    assert list(book.recommendations) == list(load([GOOD]).recommendations)


def test_a_new_recommendation_belongs_to_the_overlay(lay: Lay) -> None:
    line = (
        '  see_a_peer | - | partner_involved || presales | answer_days | 1 | tas "3:1" | sourced\n'
    )
    slots = {"action_en": "See them.", "action_zh": "拜访。", "why_en": "So.", "why_zh": "因此。"}
    book = lay(ASKED + line + text("see_a_peer", **slots))
    assert book.recommendations["see_a_peer"].ruleset == "overlay_1"
    assert said(book.changes) == [("added", "recommendation", "see_a_peer", None, None, None)]


def test_a_recommendation_is_disabled(lay: Lay) -> None:
    book = lay("disable: shield_ally, mend\n")
    assert set(load([GOOD]).recommendations) - set(book.recommendations) == {
        "shield_ally",
        *(id for id in load([GOOD]).recommendations if id.startswith("mend_")),
    }
    assert "shield_ally" not in {key for key, _, _ in book.texts}


def test_one_of_the_recommendations_of_a_repeated_row_is_disabled_or_replaced(lay: Lay) -> None:
    line = '  mend_risk | - | marks.risk = minus || presales | 2 days | 1 | tas "3:1" | sourced\n'
    slots = {"action_en": "Insure.", "action_zh": "投保。", "why_en": "So.", "why_zh": "因此。"}
    book = lay("disable: mend_project\n", ASKED + line + text("mend_risk", **slots))
    assert set(load([GOOD]).recommendations) - set(book.recommendations) == {"mend_project"}
    assert (book.recommendations["mend_risk"].within, book.recommendations["mend_risk"].owner) == (
        2,
        "presales",
    )
    assert book.texts["mend_risk", "action", "en"] == ("Insure.",)
    assert [(one.overlay, one.how, one.id) for one in book.changes] == [
        ("overlay_1", "disabled", "mend_project"),
        ("overlay_2", "replaced", "mend_risk"),
    ]


# --- parameters, formulas, texts ----------------------------------------------------------------

PARAMETERS = "parameters: |\n  name | value | source | basis | checked\n"


def test_a_parameter_gets_another_number_and_keeps_unit_and_range(lay: Lay) -> None:
    book = lay(PARAMETERS + '  big_order | 70000 | project "Ours" | ours | 2026-11-22\n')
    order = book.parameters["big_order"]
    assert order.value == order.default == Money(amount=Decimal(70000), currency="CNY")
    assert (order.maximum, order.basis, order.checked.day) == (Decimal(900000), "ours", 22)
    assert said(book.changes) == [("replaced", "parameter", "big_order", None, "50000", "70000")]


def test_a_recommendation_is_due_by_the_number_of_an_overlay(lay: Lay) -> None:
    book = lay(PARAMETERS + '  answer_days | 9 | tas "3:1" | sourced | 2026-11-22\n')
    assert book.recommendations["mend_risk"].within == 9


def test_a_new_parameter_can_be_used_at_once(lay: Lay) -> None:
    book = lay(
        "parameters: |\n  name | value | unit | source | range | basis | checked\n"
        '  lead | 4 | to one | project "Lead" | [1..9] | ours | 2026-11-22\n'
        + table("approach", HEADER, 'far_ahead | >= lead || attack | tas "3:1" | inferred')
    )
    lead = book.parameters["lead"]
    assert (lead.value, lead.unit, lead.maximum) == (Decimal(4), "to one", Decimal(9))
    assert rows(book, "approach")[0] == ("far_ahead", [">= lead"], "attack")


def test_a_formula_is_replaced(lay: Lay) -> None:
    book = lay(
        'decisions:\n  double:\n    formula: account.stores * 3\n    source: project "Three"\n'
        "    basis: ours\n"
    )
    double = book.decisions["double"]
    assert isinstance(double, Formula)
    assert (double.text, double.ruleset, double.basis) == ("account.stores * 3", "figures", "ours")
    before, after = "account.stores * 2", "account.stores * 3"
    assert said(book.changes) == [("replaced", "formula", "double", None, before, after)]


def test_a_formula_for_each_thing_stays_one_for_each_thing(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    formula = '    source: project "Two"\n    basis: ours\n'
    below = tmp_path / "rules"
    below.mkdir()
    (below / "sums.yaml").write_text(
        "ruleset: sums\nowner: sales\ndecisions:\n  load:\n    for: one in people\n"
        f"    formula: count(one.influences)\n{formula}"
        + text("load", en="How many?", zh="多少？"),
        "utf-8",
    )
    path = write(f"decisions:\n  load:\n    formula: count(one.conflicts_with)\n{formula}")
    load_of = load([below], overlays=[path]).decisions["load"]
    assert isinstance(load_of, Formula)
    assert load_of.binding is not None
    assert (load_of.binding.list, load_of.text) == (("people",), "count(one.conflicts_with)")


def test_a_text_is_replaced_in_one_language_and_stays_in_the_other(lay: Lay) -> None:
    book = lay(text("approach = wait", en="Not now."))
    assert book.texts["approach = wait", "", "en"] == ("Not now.",)
    assert book.texts["approach = wait", "", "zh"] == ("等待。",)
    assert said(book.changes) == [("replaced", "text", "approach = wait", None, None, None)]


def test_the_question_for_a_teams_own_fact_is_replaced(lay: Lay) -> None:
    book = lay(text("people.mood", zh="{name}今天心情如何？"))
    assert book.vocabulary.facts["people.mood"].question == {
        "en": "How is {name}?",
        "zh": "{name}今天心情如何？",
    }


# --- several overlays, files and folders --------------------------------------------------------


def test_overlays_are_laid_in_their_order(write: Callable[..., Path]) -> None:
    four, five = (
        write(
            table("approach", HEADER, f'far_ahead | >= {n} || attack | tas "3:1" | sourced'), name
        )
        for n, name in ((4, "four"), (5, "five"))
    )
    one, other = load([GOOD], overlays=[four, five]), load([GOOD], overlays=[five, four])
    assert rows(one, "approach")[0][1] == [">= 5"]
    assert rows(other, "approach")[0][1] == [">= 4"]
    assert [change.overlay for change in one.changes] == ["four", "five"]
    fingerprints = {book.fingerprint for book in (one, other, load([GOOD]))}
    assert len(fingerprints) == 3
    assert load([GOOD], overlays=[four, five]).fingerprint == one.fingerprint


def test_an_overlay_may_change_what_an_earlier_one_added(lay: Lay) -> None:
    header = "id | superiority || before | then | source | basis"
    line = 'in_reach | >= {} || {} | attack | tas "3:1" | inferred'
    book = lay(
        table("approach", header, line.format(2, "not_yet"))
        + text("in_reach", en="In reach.", zh="够得着。"),
        table("approach", header, line.format(1, "-")),
        "disable: far_ahead\n",
    )
    assert [row.id for row in rows_of(book, "approach")] == ["in_reach", "not_yet"]
    assert rows(book, "approach")[0][1] == [">= 1"]
    assert [change.how for change in book.changes] == ["added", "replaced", "disabled"]


def test_what_an_earlier_overlay_disabled_is_not_there_any_more(
    write: Callable[..., Path],
) -> None:
    first, second = write("disable: shield_ally\n", "one"), write("disable: shield_ally\n", "two")
    (found,) = refused([first, second])
    assert (found.code, found.path) == ("unknown-id", str(second))


def test_an_overlay_that_is_named_twice_is_laid_once(write: Callable[..., Path]) -> None:
    path = write("disable: shield_ally\n")
    assert len(load([GOOD], overlays=[path, path]).changes) == 1


def test_two_overlays_of_one_name_are_refused(write: Callable[..., Path], tmp_path: Path) -> None:
    path = write("disable: shield_ally\n")
    (tmp_path / "more").mkdir()
    again = tmp_path / "more" / path.name
    again.write_text(path.read_text("utf-8").replace("shield_ally", "ask_a_friend"), "utf-8")
    (found,) = refused([path, again])
    assert (found.code, found.path) == ("duplicate-name", str(again))


def test_a_folder_may_hold_rules_and_the_overlays_that_are_named(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    for file in GOOD.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    path = write("disable: shield_ally\n")
    assert "shield_ally" not in load([tmp_path], overlays=[path]).recommendations
    (found,) = refused([], tmp_path)
    assert (found.code, found.path) == ("overlay-as-ruleset", str(path))


def test_a_folder_of_overlays_is_left_out_until_it_is_named(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    below = rules / "overlays"
    below.mkdir(parents=True)
    for file in GOOD.iterdir():
        (rules / file.name).write_bytes(file.read_bytes())
    (below / "ours.yaml").write_text("overlay: ours\nowner: sales\ndisable: shield_ally\n", "utf-8")
    assert load([rules]).fingerprint == load([GOOD]).fingerprint
    assert "shield_ally" not in load([rules], overlays=[below]).recommendations


def test_a_folder_with_nothing_but_overlays_holds_no_rules(tmp_path: Path) -> None:
    (tmp_path / "overlays").mkdir()
    (tmp_path / "overlays" / "ours.yaml").write_text("overlay: ours\nowner: sales\n", "utf-8")
    (found,) = refused([], tmp_path)
    assert found.code == "no-rule-files"


def test_an_overlay_may_cite_the_sources_beside_it(
    write: Callable[..., Path], tmp_path: Path
) -> None:
    source = "handbook:\n  author: We\n  title: Ours\n  publisher: not published\n"
    (tmp_path / "sources.yaml").write_text(
        f"{source}  date: not stated\n  checked: 2026-11-21\n", "utf-8"
    )
    line = 'far_ahead | >= 5 || attack | handbook "Five" | sourced'
    book = load([GOOD], overlays=[write(table("approach", HEADER, line))])
    assert book.sources["handbook"].title == "Ours"
    assert str(rows_of(book, "approach")[0].citations[0]) == 'handbook "Five"'


# --- files of parameters ------------------------------------------------------------------------


def test_a_file_gives_numbers_and_amounts(tmp_path: Path) -> None:
    path = tmp_path / "team.yaml"
    path.write_text(
        "# Ours.\nbig_stores: 200\nbig_order: {amount: 60000, currency: CNY}\nanswer_days: '3'\n",
        "utf-8",
    )
    book = load([GOOD], parameter_file=path)
    assert {name: one.value for name, one in book.parameters.items()} == {
        "big_stores": Decimal(200),
        "big_order": Money(amount=Decimal(60000), currency="CNY"),
        "answer_days": Decimal(3),
    }
    assert book.parameters["big_stores"].default == Decimal(100)
    assert book.recommendations["mend_risk"].within == 3
    assert book.fingerprint != load([GOOD]).fingerprint
    path.write_text("big_order: 60000 CNY\n", "utf-8")
    order = load([GOOD], parameter_file=path).parameters["big_order"]
    assert order.value == Money(amount=Decimal(60000), currency="CNY")


def test_the_callers_values_go_before_those_of_the_file_and_these_before_an_overlays(
    lay: Lay, write: Callable[..., Path], tmp_path: Path
) -> None:
    over = write(PARAMETERS + '  answer_days | 9 | tas "3:1" | sourced | 2026-11-22\n')
    path = tmp_path / "team.yaml"
    path.write_text("answer_days: 8\nbig_stores: 300\n", "utf-8")
    book = load([GOOD], {"answer_days": 7}, overlays=[over], parameter_file=path)
    days = book.parameters["answer_days"]
    assert (days.value, days.default) == (Decimal(7), Decimal(9))
    assert book.parameters["big_stores"].value == Decimal(300)


def test_a_wrong_file_is_told_before_the_callers_wrong_values(tmp_path: Path) -> None:
    path = tmp_path / "team.yaml"
    path.write_text("big_stores: 2000\n", "utf-8")
    with pytest.raises(RulebookError, match="out of its range"):
        load([GOOD], {"nothing": 1}, parameter_file=path)
    path.write_text("big_stores: 20\n", "utf-8")
    with pytest.raises(ParameterError, match="nothing"):
        load([GOOD], {"nothing": 1}, parameter_file=path)


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as caught:
        load([GOOD], parameter_file=tmp_path / "none.yaml")
    assert [one.code for one in caught.value.diagnostics] == ["unreadable-file"]


# --- the overlays that are shipped --------------------------------------------------------------

READINGS = {
    "motivate_the_supporter": ("suppress", "defend", "attack", "motivate", "balance"),
    "defend_the_supporter": ("suppress", "attack", "motivate", "defend", "balance"),
}


@pytest.fixture(scope="module", params=[*READINGS])
def reading(request: pytest.FixtureRequest) -> tuple[str, b2brules.Rulebook]:
    """A reading of the relationship strategies by its name, and the shipped rules under it."""
    return request.param, b2brules.load_rulebook(overlays=[request.param])


def test_the_two_other_readings_are_shipped() -> None:
    assert shipped_overlays().keys() == READINGS.keys()
    assert load([shipped_rulesets()]).changes == ()


def test_a_reading_changes_the_strategies_and_nothing_else_that_is_decided(
    reading: tuple[str, b2brules.Rulebook],
) -> None:
    name, rulebook = reading
    plain, book = load([shipped_rulesets()]), rulebook._book
    strategies = tuple(row.then for row in rows_of(book, "relationship_strategy"))
    assert strategies == READINGS[name]
    changed = {key for key, one in book.decisions.items() if one != plain.decisions[key]}
    assert changed == {"relationship_strategy"}
    assert book.texts == plain.texts
    different = {
        key for key, one in book.recommendations.items() if one != plain.recommendations[key]
    }
    assert different == {one.id for one in book.changes if one.what == "recommendation"}


def test_a_reading_changes_no_recommendation_but_in_what_it_cites(
    reading: tuple[str, b2brules.Rulebook],
) -> None:
    name, rulebook = reading
    plain, book = load([shipped_rulesets()]), rulebook._book
    strategy = dict(
        zip(
            ("enemy", "non_supporter", "neutral", "supporter", "mentor"),
            READINGS[name],
            strict=True,
        )
    )
    words = {
        "suppress": "压制",
        "defend": "防御",
        "motivate": "激励",
        "attack": "进攻",
        "balance": "平衡协调",
    }
    cited = 0
    for id, one in book.recommendations.items():
        assert evolve(one, citations=()) == evolve(plain.recommendations[id], citations=())
        for citation in one.citations:
            if (citation.locator or "").startswith("五类关系策略:"):
                (support,) = (c.text for c in one.clauses if c.column == "person.support")
                assert citation.locator == f"五类关系策略:{words[strategy[support]]}"
                cited += 1
    assert cited == 5


def test_the_cases_of_a_reading_hold(reading: tuple[str, b2brules.Rulebook]) -> None:
    name, rulebook = reading
    cases = load_cases([shipped_overlays()[name].with_suffix(".cases.yaml")], rulebook._book)
    assert len(cases) == 3
    for case in cases:
        for engine in ("python", "reference"):
            advice = rulebook.evaluate(case.deal, as_of=case.as_of, engine=engine)
            found = {
                (key, id): advice.people[str(id)][key].candidates for key, id in case.decisions
            }
            assert found == case.decisions
            certain = {one.id for one in advice.certain}
            assert set(case.certain) <= certain
            assert not set(case.absent) & {one.id for one in advice.recommendations}
