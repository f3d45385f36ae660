"""The first page of the catalogue: families, the graph of decisions, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator

import b2brules
from b2brules.ruleset.model import Language, Table
from b2brules.ruleset.shipped import shipped_overlays
from tests.docs.catalogue.contents import Catalogue, page_name
from tests.docs.catalogue.words import FAMILIES, WORDS, Words
from tests.docs.markdown import code, prose, table

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def index_page(catalogue: Catalogue, lang: Language) -> Iterator[str]:
    """Yield the lines of the page."""
    say = WORDS[lang]
    turned = "index.zh.md" if lang == "en" else "index.md"
    yield from (f"# {say['title']}", "", f"[{say['other']}]({turned})", "", say["opening"], "")
    yield from (say["written"], "", f"## {say['families']}", "")
    yield from _table(
        say, "family decisions rows recommendations parameters", _families(catalogue, lang)
    )
    yield from ("", f"## {say['graph']}", "", say["graph_text"], "")
    yield from _graph(catalogue, lang)
    yield from ("", f"## {say['every_decision']}", "")
    yield from _table(say, "decision question outcomes family", _decisions(catalogue, lang))
    yield from ("", f"## {say['overlays']}", "", say["overlays_text"], "")
    yield from _table(say, "overlay changes", _overlays())
    yield from ("", f"## {say['sources']}", "")
    yield from _table(say, "id author work publisher date checked", _sources(catalogue, say))


def _table(say: Words, headings: str, rows: Iterator[list[str]]) -> Iterator[str]:
    return table([say[one] for one in headings.split()], rows)


def _families(catalogue: Catalogue, lang: Language) -> Iterator[list[str]]:
    book = catalogue.book
    for family in catalogue.files:
        decisions = [one for id, one in book.decisions.items() if catalogue.home(id) == family]
        rows = sum(len(one.rows) for one in decisions if isinstance(one, Table))
        counts = [
            sum(catalogue.home(id) == family for id in things)
            for things in (book.recommendations, book.parameters)
        ]
        link = f"[{FAMILIES[family][lang]}]({page_name(family, lang)})"
        yield [link, *map(str, (len(decisions), rows, *counts))]


def _graph(catalogue: Catalogue, lang: Language) -> Iterator[str]:
    """Draw which decision reads which, a frame around each family."""
    decisions = catalogue.book.decisions
    yield from ("```mermaid", "flowchart LR")
    for family in catalogue.files:
        yield f'  subgraph {family}["{FAMILIES[family][lang]}"]'
        for name in decisions:
            if catalogue.home(name) == family:
                question = catalogue.told[lang]["decisions"][name]["question"]
                question = _PLACEHOLDER.sub("…", question).replace('"', "'")
                shown = name if lang == "en" else f"{question}<br>{name}"
                yield f'    {name}["{shown}"]'
        yield "  end"
    for name in decisions:
        for read in catalogue.reads[name].decisions:
            yield f"  {read} --> {name}"
    yield "```"


def _decisions(catalogue: Catalogue, lang: Language) -> Iterator[list[str]]:
    for name in sorted(catalogue.book.decisions):
        one = catalogue.told[lang]["decisions"][name]
        outcomes = WORDS[lang]["comma"].join(map(code, one.get("outcomes", ())))
        yield [
            f"[{code(name)}]({catalogue.target(name, lang)})",
            prose(one["question"]),
            outcomes or WORDS[lang]["number"],
            FAMILIES[catalogue.home(name)][lang],
        ]


def _overlays() -> Iterator[list[str]]:
    for name in shipped_overlays():
        changes = b2brules.load_rulebook(overlays=[name]).changes
        said = [
            f"{code(one.id)}: {code(one.before or '-')} → {code(one.after or '-')}"
            for one in changes
            if one.before != one.after
        ]
        yield [f"[{name}](../../rulesets/overlays/{name}.yaml)", "<br>".join(said)]


def _sources(catalogue: Catalogue, say: Words) -> Iterator[list[str]]:
    for id, one in catalogue.book.sources.items():
        said = (one.author, one.title, one.publisher, one.date)
        yield [code(id), *(prose(say.get(part, part)) for part in said), f"{one.checked}"]
