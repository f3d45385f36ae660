"""The laws of a rulebook and of its facts, as functions for tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from b2brules.facts import FactsError
from b2brules.facts.types import RecordType
from b2brules.language import tree
from b2brules.language.walking import walk
from b2brules.rulebook import Rulebook
from b2brules.ruleset.asking import asked_by
from b2brules.ruleset.model import BASES, Basis, Citation, Formula
from b2brules.testing.differences import differences
from b2brules.testing.facts import AS_OF
from b2brules.testing.laws import Rates

PROJECT = "project"
"""The source of what no published work fixes."""


def citation(book: Rulebook) -> None:
    """Assert that every rule and every parameter names its source and its basis.

    What is ``ours`` cites the project first, with the name of the choice; what is ``sourced`` or
    ``inferred`` cites a published work. Every source that is cited is one of the book's.

    Raises:
        AssertionError: It names the rules that do not.
    """
    found = []
    for name, citations, basis in _cited(book):
        cited = [one.source for one in citations]
        unknown = [source for source in cited if source not in book.sources]
        if not cited or unknown:
            found.append(f"`{name}` cites {', '.join(unknown) or 'nothing'}")
        elif basis not in BASES:
            found.append(f"`{name}` has the basis `{basis}`")
        elif basis == "ours" and (cited[0] != PROJECT or not citations[0].locator):
            found.append(f"`{name}` is ours and does not name the choice")
        elif basis != "ours" and set(cited) == {PROJECT}:
            found.append(f"`{name}` is {basis} and cites no published work")
    if found:
        raise AssertionError("\n  ".join(["rules without their source:", *found]))


def _cited(book: Rulebook) -> Iterator[tuple[str, tuple[Citation, ...], Basis]]:
    for name, parameter in book.parameters.items():
        yield name, parameter.citations, parameter.basis
    for decision in book._book.decisions.values():
        if isinstance(decision, Formula):
            yield decision.name, decision.citations, decision.basis
        else:
            yield from ((row.id, row.citations, row.basis) for row in decision.rows)
    for rule in book._book.recommendations.values():
        yield rule.id, rule.citations, rule.basis


def termination(book: Rulebook) -> None:
    """Assert that every decision reads only decisions that come before it, so that advice ends.

    Raises:
        AssertionError: It says which decision reads which.
    """
    made: set[str] = set()
    for name, decision in book._book.decisions.items():
        parts = (part for node in asked_by(decision) for part in walk(node))
        read = {part.name for part in parts if isinstance(part, tree.DecisionValue)}
        if not read <= made:
            later = ", ".join(f"`{one}`" for one in sorted(read - made))
            raise AssertionError(f"`{name}` reads {later}, which is not decided before it")
        made.add(name)


def nothing_silently_false(
    book: Rulebook, document: Mapping[str, Any], *, as_of: date = AS_OF, rates: Rates = None
) -> None:
    """Assert that a fact which is missing is unknown, and one which is wrong is refused by name.

    Facts that are left out give the same advice as facts that are ``null``, for every fact of the
    book. And every fact of the document, one after another, is given a value that it cannot have
    (a mapping where there are no facts below): the book refuses it, and names it.

    Args:
        book: The rulebook.
        document: A facts document that the book reads.
        as_of: The day of the advice.
        rates: Rates of exchange.

    Raises:
        AssertionError: It says what was taken for something else.
        FactsError: The document itself is wrong.
    """
    bare, null = _without_blanks(document), _with_nulls(book, document)
    if list(document) == ["account"]:
        # With nothing in it, it still says that this is a review of an account.
        bare = {"account": bare.get("account", {})}
    left, right = (
        book.evaluate(book.read(facts), as_of=as_of, rates=rates).conclusions
        for facts in (bare, null)
    )
    found = list(differences(left, right, "left out", "null"))
    for path, wrong in _spoilt(bare):
        try:
            book.read(wrong)
        except FactsError as error:
            named = [problem.path for problem in error.problems]
            if not any(path in name for name in named):
                found.append(f"a wrong `{path}` is called {', '.join(named)}")
        else:
            found.append(f"a wrong `{path}` is taken for a fact")
    if found:
        raise AssertionError(
            "\n  ".join(["taken for something else:", *found]) + f"\n  {document!r}"
        )


def _without_blanks(value: Any) -> Any:
    if isinstance(value, Mapping):
        kept = {key: _without_blanks(inner) for key, inner in value.items() if inner is not None}
        return {key: inner for key, inner in kept.items() if inner != {}}
    return [_without_blanks(one) for one in value] if isinstance(value, list) else value


def _with_nulls(book: Rulebook, document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document with ``null`` for each fact of the deal, or account, left out."""
    members = book.vocabulary.members(book.vocabulary.root)
    if list(document) == ["account"]:
        account = members["account"].type
        assert isinstance(account, RecordType)
        inner = dict.fromkeys(book.vocabulary.members(account.cls))
        return {"account": {**inner, **(document["account"] or {})}}
    return {**dict.fromkeys(members), **document}


def _spoilt(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the document with one fact after another replaced by what no fact can be."""
    for name, value in document.items():
        if isinstance(value, Mapping) and set(value) != {"amount", "currency"}:
            for below, wrong in _spoilt(value):
                yield below, {**document, name: wrong}
        else:
            yield name, {**document, name: {"no": {"such": "fact"}}}
