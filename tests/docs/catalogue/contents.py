"""What the catalogue is written from: the shipped rules, and where each of them is described."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import b2brules
from b2brules.ruleset.asking import Rule
from b2brules.ruleset.model import Language
from tests.docs.catalogue.reads import Reads, family_of, reads_of, shipped_book
from tests.docs.catalogue.words import FAMILIES
from tests.docs.markdown import anchor

LANGUAGES: tuple[Language, ...] = ("en", "zh")


def page_name(name: str, lang: Language) -> str:
    """Return the file name of a page: `tas.md`, `tas.zh.md`."""
    return f"{name}.md" if lang == "en" else f"{name}.{lang}.md"


class Catalogue:
    """The shipped rules, and where each of them is described."""

    def __init__(self) -> None:
        self.book = shipped_book()
        self.rulebook = b2brules.load_rulebook()
        self.rules: Mapping[str, Rule] = {**self.book.decisions, **self.book.recommendations}
        self.reads: Mapping[str, Reads] = {id: reads_of(one) for id, one in self.rules.items()}

    @cached_property
    def told(self) -> Mapping[Language, Any]:
        """What `b2brules rules --format json` says, by language."""
        found: dict[Language, Any] = {}
        for lang in LANGUAGES:
            text = self.rulebook.rules_to_json(lang=lang)
            found[lang] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
            # A list there: its order is that of the files.
            listed = found[lang]["recommendations"]
            found[lang]["recommendations"] = {one["id"]: one for one in listed}
        return found

    @cached_property
    def files(self) -> Mapping[str, tuple[Path, ...]]:
        """The rule files of each family, both in order."""
        things = (*self.rules.values(), *self.book.parameters.values())
        places = sorted({Path(one.position.path) for one in things})
        found = {place.parent.name for place in places}
        assert found <= FAMILIES.keys(), f"name them in FAMILIES: {found - FAMILIES.keys()}"
        return {
            family: tuple(one for one in places if one.parent.name == family)
            for family in FAMILIES
            if family in found
        }

    @cached_property
    def readers(self) -> Mapping[str, tuple[str, ...]]:
        """The rules that read each decision."""
        return {
            name: tuple(id for id, reads in self.reads.items() if name in reads.decisions)
            for name in self.book.decisions
        }

    def home(self, id: str) -> str:
        """Return the family of a rule or a parameter."""
        thing = self.rules[id] if id in self.rules else self.book.parameters[id]
        return family_of(thing.position)

    def target(self, id: str, lang: Language, origin: str | None = None) -> str:
        """Return where a rule or a parameter is described, seen from the page of a family."""
        home = self.home(id)
        heading = id if id in self.rules else Path(self.book.parameters[id].position.path).name
        page = "" if home == origin else page_name(home, lang)
        return f"{page}#{anchor(heading)}"
