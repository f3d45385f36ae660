"""What tests of sessions share: facts by their names, and what differences lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from b2brules import Difference, JudgedOverride
from b2brules.advice.conclusions import Conclusions, Verdict

Named: TypeAlias = dict[str, Any]
"""Facts by their names, things and lists among them: ``people``, ``people[p1]``, …"""

Stand: TypeAlias = dict[Any, Any]
"""How each decision and each recommendation stands."""

LISTS = {"people": "people", "competitors": "competitors", "actions": "actions"}
LISTS |= {name: f"account.{name}" for name in ("needs", "cost_items", "competencies")}


def by_name(document: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the facts of a document by their names, lists before things, things before facts."""
    for name, value in document.items():
        here = f"{path}.{name}" if path else name
        plain = here.removeprefix("account.")
        if value is None or (name == "id" and path.endswith("]")):
            continue
        if isinstance(value, list) and plain in LISTS:
            yield here, []
            for thing in value:
                yield f"{plain}[{thing['id']}]", {}
                yield from by_name(thing, f"{plain}[{thing['id']}]")
        elif isinstance(value, dict) and "amount" not in value:
            yield from by_name(value, here)
        else:
            yield here, value


def document_of(facts: Named) -> dict[str, Any]:
    """Return the document that says the same, written by another hand than the library's."""
    document: dict[str, Any] = {}
    things: dict[str, dict[str, Any]] = {}
    for name in facts:
        if name in LISTS.values():
            _put(document, name.split("."), [])
    for name in sorted(facts):
        match = re.fullmatch(r"(\w+)\[(.*)\]", name)
        if match is not None:
            things[name] = {"id": match[2]}
            holder: Any = document
            for step in LISTS[match[1]].split("."):
                holder = holder[step]
            holder.append(things[name])
    for name, value in facts.items():
        thing, bracket, inside = name.rpartition("].")
        if bracket:
            _put(things[f"{thing}]"], inside.split("."), value)
        elif name not in LISTS.values() and name not in things:
            _put(document, name.split("."), value)
    return document


def _put(holder: dict[str, Any], path: list[str], value: Any) -> None:
    for step in path[:-1]:
        holder = holder.setdefault(step, {})
    holder[path[-1]] = value


def with_places(name: str) -> list[str]:
    """Return the list and the thing that a fact stands in, and the fact itself."""
    match = re.match(r"(\w+)\[[^\]]*\]", name)
    if match is None:
        return [name]
    return list(dict.fromkeys([LISTS[match[1]], match[0], name]))


def stand_of(conclusions: Conclusions, overrides: Iterable[JudgedOverride] = ()) -> Stand:
    """Return what advice says, in a form to compare."""
    stand: Stand = {
        key: made.candidates if isinstance(made, Verdict) else made
        for key, made in conclusions.decisions.items()
    }
    for match in conclusions.matches:
        stand[match.rule, match.bindings] = "certain" if match.certain else "possible"
    return stand | {("override", one.override.decision): one.state for one in overrides}


def after(stand: Stand, difference: Difference) -> Stand:
    """Return where a difference leads to from somewhere."""
    led = dict(stand)
    for decision in difference.decisions:
        thing, _, name = decision.decision.rpartition(".")
        id = thing.partition("[")[2].removesuffix("]") or None
        now = decision.after
        if now is None:
            del led[name, id]
        else:
            led[name, id] = now.value if now.candidates is None else now.candidates
    for override in difference.overrides:
        led.pop(("override", override.decision), None)
        if override.after is not None:
            led["override", override.decision] = override.after
    for one in difference.recommendations:
        key = (one.id, tuple(one.bindings.values()))
        assert led.get(key) == one.before
        if one.after is None:
            del led[key]
        else:
            led[key] = one.after
    return led
