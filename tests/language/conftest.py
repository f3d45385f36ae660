"""The names that the tests of the language use beside the facts: those of expressions.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from b2brules.language import Scope, Signature
from b2brules.ruleset.loading import load
from b2brules.ruleset.model import Book

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    sources = tmp_path_factory.mktemp("sources") / "sources.yaml"
    sources.write_text(
        "project: {author: we, title: Choices, publisher: we, date: '2026', checked: 2026-11-21}\n"
    )
    return load([HERE / "expressions.yaml", sources])


@pytest.fixture(scope="session")
def scope(book: Book) -> Scope:
    """What a decision of the deal may name."""
    return Scope(
        vocabulary=book.vocabulary,
        decisions={
            name: Signature(
                type=decision.type,
                list=None if decision.binding is None else decision.binding.list,
            )
            for name, decision in book.decisions.items()
        },
        parameters={name: parameter.type for name, parameter in book.parameters.items()},
    )
