"""A ruleset to start from: a small one that works, with its cases, under a name of one's own."""

from __future__ import annotations

import datetime
import re
from importlib import resources

from attrs import frozen

from b2brules.ruleset.cells import read_name
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.files import CASES, SUFFIX
from b2brules.ruleset.formatting import format_rules
from b2brules.ruleset.located import Located, write_run

MAXIMUM_NAME = 40
"""Longer names would leave no room for those that are made of them."""

_UNUSABLE = re.compile(r"[^a-z0-9]+")


class NameRefusedError(Exception):
    """A ruleset cannot have that name; its text is a message for people."""


@frozen(kw_only=True)
class Start:
    """Two files to start from, by the names that they have to have."""

    rules_name: str
    rules: bytes
    cases_name: str
    cases: bytes


def start_ruleset(name: str, day: datetime.date) -> Start:
    """Write the two files of a new ruleset; what is in them has names that begin with its own.

    Args:
        name: What the ruleset and its decision are called.
        day: When it is written: somebody looked at its number then.

    Raises:
        NameRefusedError: ``name`` is no name for a ruleset.
    """
    findings = Findings()
    read_name(Located("", (write_run(name, 1, 1),)), findings)
    for found in findings.diagnostics:
        raise NameRefusedError(f"{found.message}; {found.help}{_example(name)}")
    if len(name) > MAXIMUM_NAME:
        raise NameRefusedError(
            f"`{name}` has {len(name)} characters; a ruleset's name has {MAXIMUM_NAME} at most"
        )
    rules_name = f"{name}{SUFFIX}"
    return Start(
        rules_name=rules_name,
        rules=format_rules(rules_name, _filled_in(f"starting{SUFFIX}", name, day)),
        cases_name=f"{name}{CASES}",
        cases=_filled_in(f"starting{CASES}", name, day),
    )


def _filled_in(template: str, name: str, day: datetime.date) -> bytes:
    text = resources.files("b2brules.ruleset").joinpath(template).read_text("utf-8")
    return text.replace("NAME", name).replace("DAY", day.isoformat()).encode()


def _example(name: str) -> str:
    """Say how the name could be written, if that can be told."""
    near = _UNUSABLE.sub("_", name.lower().removesuffix(SUFFIX)).strip("_")
    return f", such as `{near}`" if near[:1].isalpha() and near != name else ""
