"""The catalogue shows every shipped rule, with its table, its words, its source and its basis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from b2brules.advice.labels import label
from b2brules.ruleset.model import Language, Table
from tests.docs.catalogue.contents import LANGUAGES, Catalogue, page_name
from tests.docs.catalogue.family import lines_of
from tests.docs.catalogue.pages import FOLDER, catalogue_pages
from tests.docs.markdown import code, prose

PIPE = re.compile(r"(?<!\\)\|")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue()


@pytest.fixture(scope="module")
def pages(catalogue: Catalogue) -> Mapping[Path, str]:
    return catalogue_pages(catalogue)


def entry(pages: Mapping[Path, str], family: str, heading: str, lang: Language) -> str:
    """The part of a page below a heading."""
    text = pages[FOLDER / page_name(family, lang)]
    parts = re.split(r"^#{2,3} ", text, flags=re.MULTILINE)
    (found,) = [part for part in parts if part.startswith(f"{heading}\n")]
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_decision_is_shown_with_all_its_rows_and_outcomes(
    catalogue: Catalogue, pages: Mapping[Path, str], lang: Language
) -> None:
    for name, decision in catalogue.book.decisions.items():
        told = catalogue.told[lang]["decisions"][name]
        shown = entry(pages, catalogue.home(name), name, lang)
        assert f"**{prose(told['question'])}**" in shown
        if not isinstance(decision, Table):
            assert code(decision.text) in shown
            assert label(decision.basis, lang) in shown
            continue
        for row in decision.rows:
            (line,) = [line for line in shown.splitlines() if f"| {code(row.id)} |" in line]
            assert f"| **{code(row.then)}** |" in line
            assert line.endswith(f"| {label(row.basis, lang)} |")
            assert all(prose(str(one)) in line for one in row.citations)
            asked = [code(part) for one in row.clauses for part in lines_of(one.text)]
            assert all(part in line for part in asked)
        for outcome, said in told["outcomes"].items():
            assert f"| {code(outcome)} | {said['label']} | {prose(said['sentence'])} |" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_recommendation_is_shown_with_its_condition_source_and_basis(
    catalogue: Catalogue, pages: Mapping[Path, str], lang: Language
) -> None:
    for id, one in catalogue.book.recommendations.items():
        told = catalogue.told[lang]["recommendations"][id]
        shown = entry(pages, catalogue.home(id), id, lang)
        for said in (told["action"], told["why"], told["source"], label(one.basis, lang)):
            assert prose(said) in shown
        assert label(one.owner, lang) in shown
        assert one.prime is None or label(one.prime, lang) in shown
        for clause in one.clauses:
            assert all(code(part) in shown for part in lines_of(clause.text))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_parameter_is_shown_with_value_unit_source_basis_and_day(
    catalogue: Catalogue, pages: Mapping[Path, str], lang: Language
) -> None:
    for name, one in catalogue.book.parameters.items():
        file = Path(one.position.path).name
        shown = entry(pages, catalogue.home(name), file, lang)
        (line,) = [line for line in shown.splitlines() if line.startswith(f"| {code(name)} |")]
        told = catalogue.told[lang]["parameters"][name]
        for said in (f"{told['value']:,f}", one.unit, told["source"], label(one.basis, lang)):
            assert f"| {prose(said)} |" in line
        assert line.endswith(f"| {one.checked} |")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fact_that_a_rule_reads_stands_on_the_page_with_its_question(
    catalogue: Catalogue, pages: Mapping[Path, str], lang: Language
) -> None:
    heading = {"en": "Facts", "zh": "事实"}[lang]
    for id, reads in catalogue.reads.items():
        shown = entry(pages, catalogue.home(id), heading, lang)
        for name in reads.facts:
            question = catalogue.rulebook.vocabulary.facts[name].question[lang]
            (line,) = [line for line in shown.splitlines() if line.startswith(f"| {code(name)} |")]
            assert line.endswith(f"| {prose(question)} |")


def test_what_is_read_is_found_behind_variables_filters_and_counts(catalogue: Catalogue) -> None:
    strategy = catalogue.reads["competitive_strategy"]
    assert "can_we_win" in strategy.decisions
    assert "marks.executive_credibility" in strategy.facts
    assert strategy.parameters == ("frontal_superiority",)
    assert {"people", "people.roles"} <= set(catalogue.reads["find_the_user"].facts)
    assert catalogue.reads["relationship_strategy"].facts == ("people", "people.support")
    assert "competitors.marks.solution_fit" in catalogue.reads["assess_the_rival"].facts
    assert "competitors.superiority" in catalogue.reads["measure_against_the_best_rival"].facts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_graph_draws_every_decision_and_every_arrow(
    catalogue: Catalogue, pages: Mapping[Path, str], lang: Language
) -> None:
    graph = pages[FOLDER / page_name("index", lang)].split("```")[1].splitlines()
    names = [found[1] for line in graph if (found := re.match(r"    (\w+)\[\"", line))]
    assert sorted(names) == sorted(catalogue.book.decisions)
    arrows = {tuple(line.split(" --> ")) for line in map(str.strip, graph) if "-->" in line}
    assert arrows == {
        (read, name)
        for name in catalogue.book.decisions
        for read in catalogue.reads[name].decisions
    }


def test_a_table_has_as_many_cells_in_each_line(pages: Mapping[Path, str]) -> None:
    for path, text in pages.items():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            widths = {len(PIPE.split(line)) for line in block.splitlines()}
            assert len(widths) == 1, f"{path.name}: {block.splitlines()[0]}"


def test_what_a_sentence_says_is_shown_as_it_is() -> None:
    assert prose("a | b") == "a \\| b"
    assert (
        prose("Ask {person.name} for  <one> *act*") == "Ask `{person.name}` for \\<one> \\*act\\*"
    )
    assert prose("tas_plus _x_") == "tas_plus \\_x\\_"
    assert code("a | b") == "`a \\| b`"


def test_a_long_cell_is_broken_before_each_part_and_not_inside_brackets() -> None:
    assert lines_of("superiority >= 3 and sustainable") == ["superiority >= 3 and sustainable"]
    long = "phase in (trial, in_use) and (renewal_date is unknown or days_until(renewal_date) > 3)"
    assert lines_of(long) == [
        "phase in (trial, in_use)",
        "and (renewal_date is unknown or days_until(renewal_date) > 3)",
    ]
    between = "days_until(renewal_date) between 0 and renewal_lead or user in roles or decider in x"
    assert lines_of(between)[0] == "days_until(renewal_date) between 0 and renewal_lead"
