"""``for`` and ``each``: what a rule is repeated for."""

from __future__ import annotations

import re

from b2brules.facts.types import RecordType
from b2brules.facts.values import shown
from b2brules.facts.vocabulary import Fact, Vocabulary
from b2brules.language import Scope, suggestion
from b2brules.ruleset.cells import is_blank, read_name
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located
from b2brules.ruleset.model import Binding
from b2brules.ruleset.names import Names

MAXIMUM_BINDINGS = 3

_BINDING = re.compile(r"(?P<variable>\S+)\s+in\s+(?P<list>\S+)")


def read_bindings(
    cell: Located | None, scope: Scope, names: Names, findings: Findings
) -> tuple[Binding, ...] | None:
    """Read ``ally in people, boss in people``.

    A variable may not have one of the ``names`` that are taken.

    Returns:
        The bindings, none where the cell is blank; ``None`` if something is wrong, which has then
        been reported.
    """
    if cell is None or is_blank(cell):
        return ()
    bindings: list[Binding] = []
    sound = True
    for part in cell.split(","):
        binding = _read_binding(part, scope, findings)
        if binding is None:
            sound = False
        elif binding.variable in names or binding.variable in [one.variable for one in bindings]:
            findings.report(
                part.at(0, len(binding.variable)),
                code="duplicate-name",
                message=f"`{binding.variable}` already stands for something else",
                help="choose another name",
            )
            sound = False
        else:
            bindings.append(binding)
    if len(bindings) > MAXIMUM_BINDINGS:
        findings.report(
            cell.place,
            code="invalid-for",
            message=f"a rule is for {MAXIMUM_BINDINGS} things at most",
            help="ask about the others in the condition: `some x in people satisfies …`",
        )
        sound = False
    return tuple(bindings) if sound else None


def _read_binding(part: Located, scope: Scope, findings: Findings) -> Binding | None:
    match = _BINDING.fullmatch(part.text)
    if match is None:
        findings.report(
            part.place,
            code="invalid-for",
            message=f"{shown(part.folded)} does not say what the rule is for",
            help="write a name of your own and a list: `person in people`",
        )
        return None
    name = read_name(part.slice(*match.span("variable")), findings)
    path = scope.list_named(tuple(match["list"].split(".")))
    if path is None:
        lists = [path[-1] for path in scope.vocabulary.lists()]
        findings.report(
            part.at(*match.span("list")),
            code="unknown-list",
            message=f"{shown(match['list'])} is not a list",
            help=suggestion(match["list"], lists) or "lists are " + ", ".join(lists),
        )
    return None if name is None or path is None else Binding(variable=name, list=path)


def read_each(
    cell: Located | None, vocabulary: Vocabulary, findings: Findings
) -> tuple[str, tuple[Fact, ...]] | None:
    """Read ``mark in marks``: a row that is repeated for each fact of a group.

    Returns:
        The word that stands for a fact's name, in braces, and the facts; ``None`` where the cell
        is blank or wrong.
    """
    if cell is None or is_blank(cell):
        return None
    match = _BINDING.fullmatch(cell.text)
    groups = {
        fact.name: fact.type.cls
        for fact in vocabulary.facts.values()
        if isinstance(fact.type, RecordType) and len(fact.path) == 1
    }
    if match is None or match["list"] not in groups:
        group = "" if match is None else match["list"]
        findings.report(
            cell.place,
            code="invalid-each",
            message=f"{shown(cell.folded)} does not say for which facts the row is repeated",
            help=suggestion(group, groups) or "write `mark in marks`",
        )
        return None
    members = vocabulary.members(groups[match["list"]])
    return "{" + match["variable"] + "}", tuple(members.values())
