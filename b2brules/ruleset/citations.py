"""Who says it: the sources that a rule cites, and the basis on which it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from b2brules.facts.values import shown
from b2brules.language import suggestion
from b2brules.ruleset.cells import is_blank, read_choice
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located
from b2brules.ruleset.model import BASES, Basis, Citation, Source
from b2brules.ruleset.wide_signs import find_wide, report_wide

PROJECT = "project"
"""The source of what no published work fixes."""

_CITATION = re.compile(r'\s*(?P<source>[a-z][a-z0-9_]*)(\s+"(?P<locator>[^"]*)")?\s*(,|$)')


def read_citations(
    source: Located, basis: Located, sources: Mapping[str, Source], findings: Findings
) -> tuple[tuple[Citation, ...], Basis]:
    """Read the cells ``source`` and ``basis`` of a rule.

    Returns:
        The citations and the basis; what is wrong has been reported.
    """
    citations = _read_sources(source, sources, findings)
    word = read_choice(basis, BASES, findings, code="unknown-basis")
    if word is None or not citations:
        return citations, "ours"
    cited = [citation.source for citation in citations]
    if word == "ours" and (cited[0] != PROJECT or not citations[0].locator):
        findings.report(
            source.place,
            code="ours-without-project",
            message="what is `ours` cites the project first, with the name of the choice",
            help='write `project "name of the choice"` before the other sources',
        )
    if word != "ours" and all(name == PROJECT for name in cited):
        findings.report(
            source.place,
            code="basis-without-source",
            message=f"what is `{word}` cites a published work, not only the project",
            help="cite it, or write `ours` as the basis",
        )
    return citations, cast(Basis, word)


def _read_sources(
    cell: Located, sources: Mapping[str, Source], findings: Findings
) -> tuple[Citation, ...]:
    if is_blank(cell):
        findings.report(
            cell.place,
            code="missing-source",
            message="this rule names no source",
            help='write where it comes from: `tas "3:1"`, or `project "name of the choice"`',
        )
        return ()
    citations = []
    position = 0
    while position < len(cell.text):
        match = _CITATION.match(cell.text, position)
        if match is None or (match.end() == len(cell.text) and match[4] == ","):
            wide = find_wide(cell, position)
            if wide is not None:
                report_wide(cell, wide, wide + 1, findings)
                break
            findings.report(
                cell.at(position, len(cell.text)),
                code="invalid-source",
                message=f"{shown(cell.slice(position, len(cell.text)).folded)} is not a source",
                help='write the id of the source and the place in it: `tas "3:1"`; several with '
                "commas between them",
            )
            break
        name = match["source"]
        if name not in sources and not findings.has_lost(name):
            findings.report(
                cell.at(match.start("source"), match.end("source")),
                code="unknown-source",
                message=f"`{name}` is not in sources.yaml",
                help=suggestion(name, sources) or "add it there: author, title, publisher, date",
            )
        citations.append(Citation(source=name, locator=match["locator"]))
        position = match.end()
    return tuple(citations)
