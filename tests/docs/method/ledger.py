"""The ledger: which rules encode each item that the sources say, or why none does.

It is kept by hand in `docs/ledger/`, a file a source: `metrics_article.yaml` lists the items of the
source with that id. The items were counted when the sources were read; each has an entry.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml
from attrs import frozen

from tests.docs.pages import ROOT

_HAN = re.compile(r"[\u4e00-\u9fff]")

FOLDER = ROOT / "docs" / "ledger"
TAS_STEPS, ELEMENTS = "tas_steps", "tas_plus_elements"
ESP_STEPS, WHCSE = "esp_plus_steps", "whcse"
MOST_WITHOUT_A_RULE = 10


ITEMS: Mapping[str, int] = {"S000": 34, "S001": 24, "S002": 37, "S003": 51, "S004": 17}
"""How many items were counted in each of the five texts that the method started from."""

IDS = tuple(
    f"{seed}-{number:02}" for seed, count in ITEMS.items() for number in range(1, count + 1)
)


@frozen(kw_only=True)
class Entry:
    """One item of a source.

    Args:
        id: The seed and the item's number in it: ``S000-01``.
        name: What it says, in a few of our own words; ``name_zh`` the same in Chinese.
        place: Where in the source it stands.
        source: The id of the source.
        rules: What encodes it: decisions, rows as ``decision.row``, recommendations, parameters,
            facts as ``fact people.support``.
        reason: Why nothing does, in a sentence without a full stop; empty if something does.
    """

    id: str
    name: str
    name_zh: str
    place: str
    source: str
    rules: tuple[str, ...]
    reason: str


@frozen(kw_only=True)
class Step:
    """A part of a method that the sources name: an element of TAS+, a step of ESP+.

    Args:
        part: The part of the method that it belongs to; empty where there are none.
        rules: As in `Entry`; empty where none serves it yet.
    """

    name: str
    name_zh: str
    part: str
    rules: tuple[str, ...]


class LedgerError(ValueError):
    """An entry that cannot be read; the message names the file and the entry."""


def read_ledger(folder: Path = FOLDER) -> list[Entry]:
    """Return the entries of all sources, in the order of the items.

    Raises:
        LedgerError: A file is not a list of entries.
    """
    found: list[Entry] = []
    for file in sorted(folder.glob("*.yaml")):
        if file.stem in (TAS_STEPS, ELEMENTS, ESP_STEPS, WHCSE):
            continue
        for said in _listed(file):
            _hold_keys(file, said, {"id", "name", "name_zh", "place"}, {"rules", "reason"})
            rules = _rules(file, said)
            reason = str(said.get("reason", ""))
            if bool(rules) == bool(reason):
                raise LedgerError(f"{file.name}: {said['id']}: it has either `rules` or a `reason`")
            found.append(
                Entry(
                    id=str(said["id"]),
                    name=str(said["name"]),
                    name_zh=str(said["name_zh"]),
                    place=str(said["place"]),
                    source=file.stem,
                    rules=rules,
                    reason=reason,
                )
            )
    return sorted(found, key=lambda one: one.id)


def read_steps(name: str, folder: Path = FOLDER) -> list[Step]:
    """Return the parts of a method, from the file with that name, in its order.

    Raises:
        LedgerError: The file is not a list of them.
    """
    file = folder / f"{name}.yaml"
    found: list[Step] = []
    for said in _listed(file):
        _hold_keys(file, said, {"name", "name_zh", "rules"}, {"part"})
        found.append(
            Step(
                name=str(said["name"]),
                name_zh=str(said["name_zh"]),
                part=str(said.get("part", "")),
                rules=_rules(file, said),
            )
        )
    return found


def problems(entries: Sequence[Entry], sources: Container[str]) -> Iterator[str]:
    """Yield what is wrong with the entries that are there; what is missing says `missing`.

    Args:
        entries: As `read_ledger` returns them.
        sources: The ids of the works that rules cite.
    """
    seen: set[str] = set()
    for one in entries:
        if one.id not in IDS:
            yield f"{one.id} is not an item of the list"
        if one.id in seen:
            yield f"{one.id} has two entries"
        seen.add(one.id)
        if one.source not in sources:
            yield f"{one.id} stands in {one.source}.yaml, and no source has that id"
        if not _HAN.search(one.name_zh) or _HAN.search(one.name):
            yield f"{one.id} is not named in both languages"
    without = [one.id for one in entries if one.reason]
    if len(without) > MOST_WITHOUT_A_RULE:
        yield f"{len(without)} items have no rule: {', '.join(without)}"


def missing(entries: Iterable[Entry]) -> list[str]:
    """Return the items that have no entry yet."""
    there = {one.id for one in entries}
    return [id for id in IDS if id not in there]


def _listed(file: Path) -> list[Mapping[str, object]]:
    said = yaml.safe_load(file.read_text("utf-8"))
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise LedgerError(f"{file.name}: it is a list of entries, each with its keys")
    return said


def _hold_keys(
    file: Path, said: Mapping[str, object], required: set[str], optional: set[str]
) -> None:
    keys = set(said)
    if wrong := (required - keys) | (keys - required - optional):
        named = said.get("id", said.get("name", "?"))
        raise LedgerError(f"{file.name}: {named}: missing or unknown: {', '.join(sorted(wrong))}")


def _rules(file: Path, said: Mapping[str, object]) -> tuple[str, ...]:
    rules = said.get("rules", [])
    if not isinstance(rules, list) or not all(isinstance(one, str) for one in rules):
        raise LedgerError(
            f"{file.name}: {said.get('id', said['name'])}: `rules` is a list of names"
        )
    return tuple(rules)
