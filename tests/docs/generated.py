"""The pages of the docs that programs write, whole or (the examples) in part."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.docs import api, examples
from tests.docs.catalogue.contents import Catalogue
from tests.docs.catalogue.pages import FOLDER, catalogue_pages
from tests.docs.method import page as method


def generated_pages() -> Mapping[Path, str]:
    """Return the text of each page as a program writes it now, by its place."""
    catalogue = Catalogue()
    return {
        api.PAGE: api.api_page(),
        examples.PAGE: examples.examples_page(catalogue.rulebook),
        method.PAGE: method.method_page(catalogue),
        **catalogue_pages(catalogue),
    }


def left_over(pages: Mapping[Path, str]) -> list[Path]:
    """Return the files among the generated ones that no rule stands behind any more."""
    return sorted(path for path in FOLDER.glob("*") if path not in pages)
