"""Every code that the source can report is explained on the page of checks, and no other is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)


def codes_in(folder: str) -> set[str]:
    """The codes in a floor's source: what is passed as `code`, or first to `wrong`."""
    return {
        constant.value
        for file in (ROOT / "b2brules" / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for argument in arguments(node)
        for constant in ast.walk(argument)
        if isinstance(constant, ast.Constant) and isinstance(constant.value, str) and constant.value
    }


def arguments(call: ast.Call) -> Iterator[ast.expr]:
    yield from (
        # Of `a if b else c` the codes are `a` and `c`.
        part
        for keyword in call.keywords
        if keyword.arg == "code"
        for part in branches(keyword.value)
    )
    if isinstance(call.func, ast.Name) and call.func.id == "wrong":
        yield call.args[0]


def branches(value: ast.expr) -> list[ast.expr]:
    return [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]


def test_every_code_of_the_source_has_a_section() -> None:
    codes = codes_in("ruleset") | codes_in("language") | codes_in("casework")
    assert len(codes) > 70
    assert codes == set(SECTIONS)


def test_a_code_has_one_section_with_wrong_right_and_why() -> None:
    assert len(SECTIONS) == len(set(SECTIONS))
    for section in re.split(r"^### .+$", PAGE, flags=re.MULTILINE)[1:]:
        why, wrong, right = re.split(r"^(?:Wrong|Right):$", section, flags=re.MULTILINE)
        assert why.strip()
        assert wrong.count("```") == right.count("```") == 2


def test_every_code_of_a_bad_file_is_explained() -> None:
    messages = Path(__file__).parent.glob("bad*/*.txt")
    text = "".join(file.read_text(encoding="utf-8") for file in messages)
    told = set(re.findall(r"error\[([a-z0-9-]+)\]", text))
    assert told <= set(SECTIONS)
    assert len(told) > 55
