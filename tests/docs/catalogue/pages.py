"""All pages of `docs/catalogue/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.docs.catalogue.contents import LANGUAGES, Catalogue, page_name
from tests.docs.catalogue.family import FamilyPage
from tests.docs.catalogue.index import index_page
from tests.docs.pages import ROOT

FOLDER = ROOT / "docs" / "catalogue"

_BLANKS = re.compile(r"\n{3,}")


def catalogue_pages(catalogue: Catalogue) -> Mapping[Path, str]:
    """Return the text of each page, by its place."""
    pages: dict[Path, str] = {}
    for lang in LANGUAGES:
        pages[FOLDER / page_name("index", lang)] = _joined(index_page(catalogue, lang))
        for family in catalogue.files:
            lines = FamilyPage(catalogue, family, lang).lines()
            pages[FOLDER / page_name(family, lang)] = _joined(lines)
    return pages


def _joined(lines: Iterable[str]) -> str:
    return _BLANKS.sub("\n\n", "\n".join(lines)).rstrip() + "\n"
