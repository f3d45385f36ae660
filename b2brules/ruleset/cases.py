"""Cases: facts with the advice that they must get, beside the rules that give it."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from attrs import field, frozen

from b2brules.facts.problems import FactsError, Steps
from b2brules.facts.reading import read
from b2brules.facts.review import Deal
from b2brules.facts.scalars import plain_value
from b2brules.facts.values import shown
from b2brules.ruleset import envelope
from b2brules.ruleset.cells import read_date
from b2brules.ruleset.clauses import position_of
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.envelope import Node, Scalar, read_lines, read_tree
from b2brules.ruleset.expectations import Expected, read_expected, read_rule_ids
from b2brules.ruleset.files import RuleFile, find_files
from b2brules.ruleset.located import Place
from b2brules.ruleset.model import Book, DecisionKey, Position
from b2brules.ruleset.shape import as_line, as_mapping, check_keys
from b2brules.ruleset.shipped_names import point_to_shipped

DEFAULT_DAY = datetime.date(2026, 1, 1)

# YAML takes a bare `?` for the beginning of a key; a cases file writes it for an unknown value.
_UNKNOWN = re.compile(r"((?:^|[-:,\[{])\s*)\?(?=\s*(?:$|[,}\]]|\s#))")


@frozen(kw_only=True)
class Case:
    """Facts, and what the rules must make of them.

    Args:
        name: A sentence that says what is shown.
        as_of: The day of the advice.
        given: The facts, as a plain document.
        deal: The same, read.
        decisions: The outcomes that are still possible (one: decided), or a formula's number or
            amount, ``None`` for an unknown one.
        certain: Ids of recommendations that must be there and certain.
        possible: Ids of recommendations that must be there and not certain.
        absent: Ids of recommendations that must not be there at all.
    """

    name: str
    as_of: datetime.date
    given: Mapping[str, object]
    deal: Deal
    decisions: Mapping[DecisionKey, Expected]
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    absent: tuple[str, ...]
    position: Position = field(eq=False)


def load_cases(paths: Iterable[str | os.PathLike[str]], book: Book) -> tuple[Case, ...]:
    """Load the cases in files, and in the ``*.cases.yaml`` files below folders.

    Args:
        paths: Files of cases, and folders that are searched for them.
        book: The rulebook whose facts and rules the cases name.

    Raises:
        RulebookError: The files have problems; it lists all of them.
    """
    findings = Findings()
    files = find_files([Path(path) for path in paths], findings, cases=True)
    cases = tuple(case for file in files for case in _read_file(file, book, findings))
    point_to_shipped(findings, [*book.parameters, *book.decisions, *book.recommendations])
    findings.raise_if_any()
    return cases


def _read_file(file: RuleFile, book: Book, findings: Findings) -> list[Case]:
    lines = read_lines(file.path, file.data, findings)
    if lines is None:
        return []
    tree = read_tree(file.path, tuple(_UNKNOWN.sub(r"\1~", line) for line in lines), findings)
    if tree is None:
        return []
    if not isinstance(tree, envelope.Sequence):
        findings.report(
            tree.place,
            code="wrong-shape",
            message="a file of cases is a list",
            help="begin each case with `- name:`",
        )
        return []
    cases: list[Case] = []
    names: dict[str, int] = {}
    for node in tree.items:
        case = _read_case(node, book, findings)
        if case is None:
            continue
        if case.name in names:
            findings.report(
                node.place,
                code="duplicate-id",
                message=f"{shown(case.name)} is the name of two cases, first in line "
                f"{names[case.name]}",
                help="choose another name",
            )
        names.setdefault(case.name, node.place.line)
        cases.append(case)
    return cases


def _read_case(node: Node, book: Book, findings: Findings) -> Case | None:
    keys = as_mapping(node, "a case", findings)
    if keys is None:
        return None
    required = ("name", "given", "expect")
    if not check_keys(
        keys, keys.place, findings, required=required, allowed=("as_of",), of="a case"
    ):
        return None
    name = as_line(keys.get("name"), "name", findings)
    day = as_line(keys.get("as_of"), "as_of", findings)
    as_of = DEFAULT_DAY if day is None else read_date(day, findings)
    facts = as_mapping(keys.get("given"), "given", findings)
    expect = as_mapping(keys.get("expect"), "expect", findings)
    if name is None or as_of is None or facts is None or expect is None:
        return None
    lines: dict[Steps, int] = {}
    given = {key.text.text: _plain(value, (key.text.text,), lines) for key, value in facts.entries}
    deal = _read_deal(given, lines, facts, book, findings)
    decisions: dict[DecisionKey, Expected] = {}
    rules: dict[str, tuple[str, ...]] = {"certain": (), "possible": (), "absent": ()}
    for key, value in expect.entries:
        if key.text.text in rules:
            rules[key.text.text] = read_rule_ids(key.text.text, value, book, findings)
            continue
        expected = read_expected(key.text, value, book, findings)
        if expected is not None:
            decisions[expected.decision, expected.thing] = expected.value
    if deal is None:
        return None
    return Case(
        name=name.folded,
        as_of=as_of,
        given=given,
        deal=deal,
        decisions=decisions,
        certain=rules["certain"],
        possible=rules["possible"],
        absent=rules["absent"],
        position=position_of(keys.place),
    )


def _read_deal(
    given: Mapping[str, object],
    lines: Mapping[Steps, int],
    facts: envelope.Mapping,
    book: Book,
    findings: Findings,
) -> Deal | None:
    try:
        return read(book.vocabulary, given, lines=lines)
    except FactsError as error:
        for problem in error.problems:
            message, _, help = problem.message.partition("; ")
            place = facts.place
            if problem.line is not None:
                place = Place(path=place.path, line=problem.line, column=1)
            findings.report(
                findings.whole_line(place),
                code="wrong-fact",
                message=f"{problem.path}: {message}" if problem.path else message,
                help=help or None,
            )
        return None


def _plain(node: Node, steps: Steps, lines: dict[Steps, int]) -> object:
    lines[steps] = node.place.line
    if isinstance(node, Scalar):
        text = node.text.text
        if text == "?":
            return None
        return text if node.quoted or node.block else plain_value(text)
    if isinstance(node, envelope.Sequence):
        return [_plain(item, (*steps, index), lines) for index, item in enumerate(node.items)]
    return {
        key.text.text: _plain(value, (*steps, key.text.text), lines) for key, value in node.entries
    }
