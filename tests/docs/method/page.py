"""Write `docs/method.md` from the ledger: what each source says, and the rules that encode it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.docs.catalogue.contents import Catalogue
from tests.docs.markdown import prose, table
from tests.docs.method import ledger
from tests.docs.method.citing import bases_of, link_to, unknown_rules
from tests.docs.method.ledger import IDS, ITEMS, Entry, LedgerError, Step, read_ledger, read_steps
from tests.docs.pages import ROOT

PAGE = ROOT / "docs" / "method.md"

OPENING = """\
# The method, item by item

Five articles started this project. When they were read, everything that they say was counted: {all}
items. This ledger lists each of them in our own words, with its place in the source and the rules
that encode it; where none does, it says why. [The catalogue](catalogue/index.md) shows the rules
themselves.

The basis of a rule is *sourced* (the source says it), *inferred* (read out of a source) or *ours*
(no source fixes it). What is named as a `fact` is asked for, and read by rules.

This page is written by a program. The entries stand in [`docs/ledger/`](ledger/); change them, and
run `python -m tests.docs.refresh`.
"""

TAS_STEPS = """\
## The seven steps of TAS

As the course of 2000 and the article series list them: steps of working a deal, not stages of the
customer's purchase.
"""

ELEMENTS = """\
## The thirteen elements of TAS+

The third part of the article series says that TAS+ has thirteen elements: four that face inward,
to the seller's own organisation, and are to stay as they are; nine that face outward, to the
customer and the competitors, and move with them. The table with their names is not in the part
that can be read. The names below are **reconstructed** from what the article says about TAS and
about what it lacked; they are labels, and no rule hangs on them.
"""

ESP_STEPS = """\
## The seven steps of ESP+

As the second part of the article series lists them, and the rules that serve each.
"""

WHCSE = """\
## The five elements of key-account management

WHCSE, as the second part of the article series calls them.
"""

PARTS = (
    (ledger.TAS_STEPS, TAS_STEPS, "step"),
    (ledger.ELEMENTS, ELEMENTS, "element"),
    (ledger.ESP_STEPS, ESP_STEPS, "step"),
    (ledger.WHCSE, WHCSE, "element"),
)
"""For each part of a method: its file, what stands above its table, and what it is a table of."""

NONE_YET = "–"


def method_page(catalogue: Catalogue) -> str:
    """Return the text of the page.

    Raises:
        LedgerError: The ledger names a rule that is not there.
    """
    entries = read_ledger()
    parts = {name: read_steps(name) for name, _, _ in PARTS}
    steps = [step for part in parts.values() for step in part]
    all_of_them: list[Entry | Step] = [*entries, *steps]
    if wrong := [
        f"{one.name}: {problem}"
        for one in all_of_them
        for problem in unknown_rules(catalogue, one.rules)
    ]:
        raise LedgerError("\n".join(wrong))
    lines = [OPENING.format(all=len(IDS)), *_counts(entries), ""]
    for source in catalogue.book.sources:
        if listed := [one for one in entries if one.source == source]:
            lines += [*_source(catalogue, source, listed), ""]
    lines += [*_without(entries), ""]
    for name, opening, heading in PARTS:
        lines += [opening, *_steps(catalogue, parts[name], heading), ""]
    return "\n".join(lines).rstrip() + "\n"


def _counts(entries: Sequence[Entry]) -> Iterator[str]:
    rows = []
    for seed, count in ITEMS.items():
        listed = [one for one in entries if one.id.startswith(f"{seed}-")]
        encoded = sum(not one.reason for one in listed)
        rows.append([seed, *map(str, (count, encoded, len(listed) - encoded))])
    totals = (sum(int(row[place]) for row in rows) for place in (1, 2, 3))
    rows.append(["**all**", *(f"**{total}**" for total in totals)])
    return table(("source", "items", "encoded by rules", "without a rule"), rows)


def _source(catalogue: Catalogue, source: str, entries: Sequence[Entry]) -> Iterator[str]:
    work = catalogue.book.sources[source]
    yield from (f"## {source}", "")
    yield from table(
        ("author", "title", "publisher", "date", "checked"),
        [[*map(prose, (work.author, work.title, work.publisher, work.date)), f"{work.checked}"]],
    )
    yield ""
    rows = (
        [
            one.id,
            prose(one.name),
            prose(one.name_zh),
            prose(one.place),
            _linked(catalogue, one.rules),
            ", ".join(bases_of(catalogue, one.rules)),
        ]
        for one in entries
        if not one.reason
    )
    yield from table(("item", "what it says", "中文", "place", "rules", "basis"), rows)


def _without(entries: Iterable[Entry]) -> Iterator[str]:
    yield from ("## Items without a rule", "")
    rows = (
        [one.id, prose(one.name), prose(one.name_zh), prose(one.place), prose(one.reason)]
        for one in entries
        if one.reason
    )
    yield from table(("item", "what it says", "中文", "place", "why no rule"), rows)


def _steps(catalogue: Catalogue, steps: Sequence[Step], heading: str) -> Iterator[str]:
    has_parts = any(one.part for one in steps)
    rows = (
        [
            str(number),
            *([one.part] if has_parts else []),
            prose(one.name),
            prose(one.name_zh),
            _linked(catalogue, one.rules),
            ", ".join(bases_of(catalogue, one.rules)),
        ]
        for number, one in enumerate(steps, start=1)
    )
    parts = ["faces"] if has_parts else []
    return table(["", *parts, heading, "中文", "rules", "basis"], rows)


def _linked(catalogue: Catalogue, rules: Iterable[str]) -> str:
    return ", ".join(link_to(catalogue, name) for name in rules) or NONE_YET
