"""The published works that rules cite: ``sources.yaml``."""

from __future__ import annotations

from b2brules.ruleset.cells import read_date, read_name
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.envelope import Node
from b2brules.ruleset.model import Source
from b2brules.ruleset.shape import as_line, as_mapping, check_keys

_KEYS = ("author", "title", "publisher", "date", "checked")


def read_sources(tree: Node, sources: dict[str, Source], findings: Findings) -> None:
    """Add the sources of one file to those of the others.

    A source that several files give in the same words is one source.
    """
    entries = as_mapping(tree, "sources.yaml", findings)
    if entries is None:
        return
    for key, node in entries.entries:
        id = read_name(key.text, findings)
        fields = as_mapping(node, key.text.text, findings)
        if id is None or fields is None:
            findings.lose_name(key.text.text)
            continue
        if not check_keys(fields, key.place, findings, required=_KEYS, of="a source"):
            continue
        lines = {
            name: line
            for name in _KEYS
            if (line := as_line(fields.get(name), name, findings)) is not None
        }
        if len(lines) < len(_KEYS):
            continue
        checked = read_date(lines["checked"], findings)
        if checked is None:
            continue
        text = {name: line.folded for name, line in lines.items()}
        source = Source(
            id=id,
            author=text["author"],
            title=text["title"],
            publisher=text["publisher"],
            date=text["date"],
            checked=checked,
        )
        if sources.setdefault(id, source) != source:
            findings.report(
                key.place,
                code="duplicate-name",
                message=f"the source `{id}` is given in another file in other words",
                help="keep one of them, or choose another id",
            )
