"""The rules that the ledger names: whether they are there, where they stand, on what basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from b2brules.ruleset.model import BASES, Basis, Decision, Row, Table
from tests.docs.catalogue.contents import Catalogue
from tests.docs.markdown import code

FACT = "fact "


def unknown_rules(catalogue: Catalogue, named: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with names of rules: nothing has that name, or no rule reads the fact."""
    for name in named:
        if name.startswith(FACT):
            fact = name.removeprefix(FACT)
            if fact not in catalogue.rulebook.vocabulary.facts:
                yield f"{name}: it is not in the vocabulary"
            elif home_of_fact(catalogue, fact) is None:
                yield f"{name}: no rule reads it"
        elif "." in name:
            if row_of(catalogue, name) is None:
                yield f"{name}: it is not a row of a decision"
        elif name not in catalogue.rules and name not in catalogue.book.parameters:
            yield f"{name}: no decision, recommendation or parameter has that name"


def link_to(catalogue: Catalogue, name: str) -> str:
    """Return a link to the place in the catalogue where a rule or a fact is described."""
    if name.startswith(FACT):
        target = f"{home_of_fact(catalogue, name.removeprefix(FACT))}.md#facts"
    else:
        target = catalogue.target(name.partition(".")[0], "en")
    return f"[{code(name)}](catalogue/{target})"


def bases_of(catalogue: Catalogue, named: Iterable[str]) -> list[Basis]:
    """Return the bases of the rules, the strongest first, each once; a fact has none."""
    found = {basis for name in named for basis in _bases(catalogue, name)}
    return [basis for basis in BASES if basis in found]


def row_of(catalogue: Catalogue, name: str) -> Row | None:
    """Return the row that is meant by `decision.row`."""
    decision, _, id = name.partition(".")
    table: Decision | None = catalogue.book.decisions.get(decision)
    rows = table.rows if isinstance(table, Table) else ()
    return next((row for row in rows if row.id == id), None)


def home_of_fact(catalogue: Catalogue, fact: str) -> str | None:
    """Return the first family in which a rule reads a fact."""
    families = {catalogue.home(id) for id, one in catalogue.reads.items() if fact in one.facts}
    return next((family for family in catalogue.files if family in families), None)


def _bases(catalogue: Catalogue, name: str) -> Iterator[Basis]:
    if name.startswith(FACT):
        return
    if row := row_of(catalogue, name):
        yield row.basis
        return
    thing = catalogue.rules.get(name) or catalogue.book.parameters[name]
    if isinstance(thing, Table):
        yield from (row.basis for row in thing.rows)
    else:
        yield thing.basis
