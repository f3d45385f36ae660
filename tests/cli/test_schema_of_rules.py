"""The schemas of rule files and cases: what loads keeps them, and their keys are the loader's."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from b2brules.ruleset.files import SOURCES, SURVIVORS
from b2brules.ruleset.shipped import shipped_rulesets

SHIPPED = [
    path
    for path in sorted(shipped_rulesets().rglob("*.yaml"))
    if path.name not in (SOURCES, SURVIVORS)
]
CASES = [path for path in SHIPPED if path.name.endswith(".cases.yaml")]


class Plain(yaml.SafeLoader):
    """A loader that knows no more of rule files than an editor does; days stay texts, as in it."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as in the class above
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def load(text: str) -> Any:
    # A bare `?` is our sign for an unknown value; YAML would begin a key with it.
    return yaml.load(re.sub(r"(?<=[:,\[]) \?", " null", text), Loader=Plain)


@pytest.fixture
def schema(run: Callable[..., Any]) -> Callable[[str], dict[str, Any]]:
    def printed(of: str) -> dict[str, Any]:
        done = run("schema", of)
        assert (done.status, done.err) == (0, "")
        schema: dict[str, Any] = json.loads(done.out)
        jsonschema.Draft7Validator.check_schema(schema)
        return schema

    return printed


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_file_keeps_its_schema(schema: Callable[[str], Any], path: Path) -> None:
    of = schema("cases" if path in CASES else "rules")
    jsonschema.Draft7Validator(of).validate(load(path.read_text(encoding="utf-8")))


def test_a_new_ruleset_keeps_the_schemas(
    run: Callable[..., Any], schema: Callable[[str], Any], tmp_path: Path
) -> None:
    run("new", "mine", "--dir", tmp_path)
    for of, name in {"rules": "mine.yaml", "cases": "mine.cases.yaml"}.items():
        text = (tmp_path / name).read_text(encoding="utf-8")
        jsonschema.Draft7Validator(schema(of)).validate(load(text))


HEAD = "ruleset: a\nowner: b\n"
DECISION = "decisions:\n  d:\n    outcomes: yes, no\n    hit_policy: first\n    table: a | b\n"
FORMULA = 'decisions:\n  d:\n    formula: 1 + 1\n    source: tas "1"\n    basis: ours\n'


def test_the_files_that_the_wrong_ones_are_made_of_are_right(
    schema: Callable[[str], Any],
) -> None:
    validator = jsonschema.Draft7Validator(schema("rules"))
    for text in (HEAD, HEAD + DECISION, HEAD + FORMULA, HEAD.replace("ruleset", "overlay")):
        validator.validate(load(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "ruleset: a\n",
        "owner: b\n",
        HEAD + "overlay: a\n",
        HEAD + "decisoins:\n  d: 1\n",
        HEAD + "disable: a\n",
        HEAD + "parameters:\n  a: 3\n",
        HEAD + "facts: partner\n",
        HEAD.replace("ruleset: a", "ruleset: My rules"),
        HEAD + DECISION.replace("first", "any"),
        HEAD + DECISION.replace("  d:", "  D d:"),
        HEAD + DECISION.replace("yes, no", "[yes, no]"),
        HEAD + DECISION.replace("    table: a | b\n", ""),
        HEAD + DECISION.replace("table", "tabel"),
        HEAD + DECISION + "    for: people\n",
        HEAD + FORMULA.replace("ours", "guessed"),
        HEAD + FORMULA.replace('tas "1"', "tas"),
        HEAD + FORMULA + "    outcomes: yes, no\n",
        HEAD.replace("ruleset", "overlay") + "facts: a | b\n",
        HEAD.replace("ruleset", "overlay") + FORMULA + "    for: person in people\n",
    ],
)
def test_what_is_no_rule_file_is_refused(schema: Callable[[str], Any], text: str) -> None:
    assert not jsonschema.Draft7Validator(schema("rules")).is_valid(load(text))


@pytest.mark.parametrize(
    "text",
    [
        "name: a\n",
        "- {given: {}, expect: {}}\n",
        "- {name: a, expect: {}}\n",
        "- {name: a, given: {}}\n",
        "- {name: a, given: {}, expect: {}, because: b}\n",
        "- {name: a, given: {}, expect: {certain: go}}\n",
        "- {name: a, given: {}, expect: {}, as_of: 21 November}\n",
    ],
)
def test_what_is_no_list_of_cases_is_refused(schema: Callable[[str], Any], text: str) -> None:
    assert not jsonschema.Draft7Validator(schema("cases")).is_valid(load(text))


def test_every_key_is_explained_and_every_fact_is_asked(schema: Callable[[str], Any]) -> None:
    for part in schema("rules")["definitions"].values():
        assert all(len(one["description"]) > 20 for one in part["properties"].values())
    given = schema("cases")["items"]["properties"]["given"]["properties"]
    assert given["incumbent"]["description"] == "Who does this work for the customer today?"
    assert "support" in given["people"]["items"]["properties"]
    assert "driver" in given["event"]["properties"]


# A word like no key, so that the loader names all keys instead of the nearest.
NONE = "qqqqqqqq: 1"
ASKED = {
    "ruleset": f"{HEAD}{NONE}\n",
    "decision": HEAD + DECISION.replace("table: a", f"{NONE}\n    table: a"),
    "formula": f"{HEAD}{FORMULA}    {NONE}\n",
    "overlay": f"{HEAD.replace('ruleset', 'overlay')}{NONE}\n",
    "changed_decision": f"overlay: a\nowner: b\ndecisions:\n  d:\n    {NONE}\n",
    "changed_formula": f"overlay: a\nowner: b\n{FORMULA}    {NONE}\n",
}


def keys_of(found: str) -> set[str]:
    (keys,) = re.findall(r"help: its keys are (.*)", found)
    return set(keys.split(", "))


@pytest.mark.parametrize("part", ASKED)
def test_the_keys_of_the_schema_are_those_of_the_loader(
    run: Callable[..., Any], rules: Path, schema: Callable[[str], Any], tmp_path: Path, part: str
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(ASKED[part], encoding="utf-8")
    laid = "overlay" in part or "changed" in part
    found = run("check", rules, "--overlay", path) if laid else run("check", path)
    described: Mapping[str, Any] = schema("rules")["definitions"][part]
    assert set(described["properties"]) == keys_of(found.out)


def test_the_keys_of_a_case_are_those_of_the_loader(
    run: Callable[..., Any], rules: Path, schema: Callable[[str], Any], tmp_path: Path
) -> None:
    folder = tmp_path / "rules"
    folder.mkdir()
    for file in rules.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    cases = folder / "small.cases.yaml"
    cases.write_text(f"- name: a\n  given: {{}}\n  expect: {{}}\n  {NONE}\n", encoding="utf-8")
    described = schema("cases")["items"]["properties"]
    assert set(described) == keys_of(run("check", folder).out)


def test_without_a_word_it_is_the_schema_of_advice(run: Callable[..., Any]) -> None:
    assert run("schema").out == run("schema", "advice").out
    assert run("schema", "deal").status == 2
