"""JSON Schemas of rule files and of cases, for editors that complete keys and explain them.

They are of draft 7, which editors know best. They describe the envelope; what stands in its tables
is checked by `b2brules check`.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from b2brules.facts.types import ListType, RecordType
from b2brules.facts.vocabulary import Vocabulary


def rules_schema_text() -> str:
    """Return the JSON Schema of rulesets and overlays."""
    return _read("rules")


def cases_schema_text() -> str:
    """Return the JSON Schema of files of cases, with the question behind each fact."""
    schema = json.loads(_read("cases"))
    vocabulary = Vocabulary()
    schema["items"]["properties"]["given"]["properties"] = _facts(vocabulary, vocabulary.root)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _facts(vocabulary: Vocabulary, cls: type) -> dict[str, Any]:
    """Name the facts of a class; a team has others, and any may be unknown, so none is refused."""
    facts: dict[str, Any] = {}
    for name, fact in vocabulary.members(cls).items():
        facts[name] = {"description": fact.question["en"]}
        if isinstance(fact.type, RecordType):
            facts[name]["properties"] = _facts(vocabulary, fact.type.cls)
        elif isinstance(fact.type, ListType):
            facts[name]["items"] = {"properties": _facts(vocabulary, fact.type.cls)}
    return facts


def _read(name: str) -> str:
    return resources.files("b2brules.ruleset").joinpath(f"{name}.schema.json").read_text("utf-8")
