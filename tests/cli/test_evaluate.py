"""`b2brules evaluate`: one deal, many, and what is wrong with either."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from b2brules.advice.serialising import schema_text
from b2brules.advice.wrapping import width_of
from b2brules.cli import main

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))
GOOD = {"name": "A", "superiority": 4}
BAD = {"name": "B", "superiority": "high"}

TEXT = """\
Advice for Fee collection, as of 2026-11-21
===========================================

WHAT TO DO
 1. Answer the objections of 李伟.
    Presales · by 2026-11-28 · PRIME: insulate from rivals
    Why: An enemy who was heard does less harm. [calm: tas "F"; inferred]

WORTH DOING IF …
  - Answer the objections of p2.
    If: An enemy who was heard does less harm. [calm: tas "F"; inferred]

WHAT WE KNOW
  Which strategy do we run? (strategy)
      Fight head-on. We are 4 to one ahead.
  How large is the deal? (size)
      It is large. It brings 20,000 CNY.
  李伟 (p1)
    - How do we treat 李伟? (stance)
      Limit the influence. 李伟 is against us.

STILL OPEN
  - How do we treat p2? suppress or defend (people[p2].stance)

WHAT TO FIND OUT
"""


@pytest.fixture
def evaluate(run: Callable[..., Any], rules: Path) -> Callable[..., Any]:
    """How to evaluate deals with the small rules, on a certain day."""
    return lambda *arguments, **given: run(
        "evaluate", "--rules", rules, "--as-of", "2026-11-21", *arguments, **given
    )


def lines_of(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_one_deal_is_advised_on_in_text_for_people(
    evaluate: Callable[..., Any], deal: Path
) -> None:
    done = evaluate(deal)
    assert done.out.startswith(TEXT)
    assert (done.status, done.err) == (0, "")


def test_the_advice_is_in_chinese_when_asked(evaluate: Callable[..., Any], deal: Path) -> None:
    out = evaluate("--lang", "zh", deal).out
    assert out.startswith("Fee collection：行动建议（2026-11-21）\n")
    assert "售前 · 最晚 2026-11-28 · PRIME：隔离对手" in out


def test_without_a_day_the_advice_is_for_today_and_says_so(
    run: Callable[..., Any], rules: Path, deal: Path
) -> None:
    before = date.today()  # noqa: DTZ011 - as the command reads it
    heading = run("evaluate", "--rules", rules, deal).out.splitlines()[0]
    after = date.today()  # noqa: DTZ011
    assert any(heading.endswith(f"as of {day}") for day in (before, after))


def test_one_deal_as_json_is_indented_and_keeps_the_schema(
    evaluate: Callable[..., Any], deal: Path
) -> None:
    done = evaluate("--format", "json", deal)
    assert done.out.startswith('{\n  "as_of": "2026-11-21",\n  "rulebook": "')
    assert done.out.endswith("\n}\n")
    document = json.loads(done.out)
    VALIDATOR.validate(document)
    assert document["decisions"]["strategy"]["value"] == "frontal"
    assert document["people"]["p1"]["stance"]["value"] == "suppress"


def test_the_same_question_has_the_same_answer_byte_by_byte(
    evaluate: Callable[..., Any], deal: Path
) -> None:
    for form in ("text", "json"):
        assert evaluate("--format", form, deal) == evaluate("--format", form, deal)


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("deals.json", json.dumps([GOOD, GOOD]), 2),
        ("deals.json", json.dumps([GOOD]), 1),
        ("deals.json", "[]", 0),
        ("deals.jsonl", json.dumps(GOOD), 1),
        ("deals.jsonl", f"{json.dumps(GOOD)}\n\n{json.dumps(GOOD)}\n", 2),
        ("deals", f"{json.dumps(GOOD)}\n{json.dumps(GOOD)}\n", 2),
        ("deals.yaml", "name: A\n---\nname: B\n", 2),
        ("deals.yaml", "# mine\n- name: A\n", 1),
    ],
)
def test_a_pipeline_is_answered_with_one_object_a_line(
    evaluate: Callable[..., Any], tmp_path: Path, name: str, text: str, count: int
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    done = evaluate("--format", "json", tmp_path / name)
    assert (done.status, done.err) == (0, "")
    documents = lines_of(done.out)
    assert len(documents) == count
    for document in documents:
        VALIDATOR.validate(document)


def test_several_files_are_a_pipeline(evaluate: Callable[..., Any], deal: Path) -> None:
    assert len(lines_of(evaluate("--format", "json", deal, deal).out)) == 2
    text = evaluate(deal, deal).out
    assert text.count("Advice for Fee collection") == 2
    assert "\n\n\nAdvice" in text


@pytest.mark.parametrize("named", [["-"], []])
def test_a_deal_is_read_from_standard_input(
    evaluate: Callable[..., Any], named: list[str], deal: Path
) -> None:
    assert evaluate(*named, stdin=deal.read_bytes()).out.startswith(TEXT)


def test_a_bad_deal_among_many_is_reported_and_the_rest_are_answered(
    evaluate: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "deals.jsonl"
    path.write_text("\n".join(map(json.dumps, [GOOD, BAD, GOOD])), encoding="utf-8")
    done = evaluate("--format", "json", path)
    assert [one["subject"]["name"] for one in lines_of(done.out)] == ["A", "A"]
    assert done.err == f"{path}:2: superiority: `high` is not a number; write it as 10000 or 2.5\n"
    assert done.status == 1


def test_a_bad_deal_in_a_list_is_named_by_its_place(evaluate: Callable[..., Any]) -> None:
    done = evaluate("--format", "json", "-", stdin=json.dumps([GOOD, BAD]))
    assert done.err == "-: deal 2: superiority: `high` is not a number; write it as 10000 or 2.5\n"
    assert (done.status, len(lines_of(done.out))) == (1, 1)


def test_every_problem_of_a_deal_is_a_line_with_its_place(
    evaluate: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text(
        "superiority: high\npeople:\n  - id: p1\n    support: suporter\n", encoding="utf-8"
    )
    done = evaluate(path)
    first, second = done.err.splitlines()
    assert first.startswith(f"{path}:1: superiority: `high` is not a number")
    assert second.startswith(f"{path}:4: people[p1].support: `suporter` is not one of")
    assert second.endswith("did you mean `supporter`?")
    assert (done.status, done.out) == (1, "")


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02", b"\xff\xfe\x00", b"name: \xff\n", b"{", b"", b"[[[["]
)
def test_what_is_no_deal_is_refused_in_one_line(
    evaluate: Callable[..., Any], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "deal"
    path.write_bytes(content)
    done = evaluate(path)
    assert done.err.startswith(f"{path}:")
    assert done.err.count("\n") == 1
    assert (done.status, done.out) == (1, "")


def test_a_file_that_cannot_be_read_ends_in_one_line(
    evaluate: Callable[..., Any], tmp_path: Path
) -> None:
    missing = evaluate(tmp_path / "no.yaml")
    assert missing.err == f"b2brules: cannot read `{tmp_path}/no.yaml`: no such file or directory\n"
    folder = evaluate(tmp_path)
    assert folder.err == f"b2brules: cannot read `{tmp_path}`: is a directory\n"
    assert (missing.status, folder.status, missing.out, folder.out) == (2, 2, "", "")


def test_a_missing_file_among_several_does_not_stop_the_others(
    evaluate: Callable[..., Any], tmp_path: Path, deal: Path
) -> None:
    done = evaluate("--format", "json", tmp_path / "no.yaml", deal)
    assert len(lines_of(done.out)) == 1
    assert done.err.count("\n") == 1
    assert done.status == 2


def test_a_name_with_a_line_break_is_reported_on_one_line(evaluate: Callable[..., Any]) -> None:
    done = evaluate("no\nsuch\x1b[31m.yaml")
    assert (
        done.err
        == "b2brules: cannot read `no\\u000asuch\\u001b[31m.yaml`: no such file or directory\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-of", "tomorrow"], "`tomorrow` is not a day; write it as 2026-11-21"),
        (["--as-of", "20261121"], "`20261121` is not a day; write it as 2026-11-21"),
        (["--as-of", "2026-02-30"], "there is no day `2026-02-30`"),
        (["--as-of", "9999-12-31"], "`9999-12-31` is out of range; days go from 1900 to 2199"),
        (["--lang", "fr"], "'fr' is not one of 'en', 'zh'"),
        (["--engine", "referenc"], "there is no engine `referenc`; did you mean `reference`?"),
        (["--set", "frontal_superiority"], "`frontal_superiority` is no NAME=VALUE"),
        (["--set", "frontal_superiorty=4"], "did you mean `frontal_superiority`?"),
        (["--set", "frontal_superiority=40"], "`40` is out of its range"),
        (["--set", "frontal_superiority=much"], "`frontal_superiority`"),
        (["--set", "a=1", "--set", "a=2"], "`a` is given twice"),
        (["--rate", "USD=7.1"], "write it as `USD/CNY`"),
        (["--rate", "USD/RMB=7.1"], "not the codes of two currencies; did you mean `USD/CNY`?"),
        (["--rate", "USD/CNY=0"], "`0` is not above zero"),
        (["--rate", "USD/CNY=much"], "`much` is not a number"),
        (["--frmat", "json"], "no such option"),
        (["--rules", "no_such_folder"], "cannot read `no_such_folder`: no such file"),
    ],
)
def test_a_wrong_option_ends_in_one_line(
    evaluate: Callable[..., Any], deal: Path, arguments: list[str], message: str
) -> None:
    done = evaluate(*arguments, deal)
    assert done.err.startswith("b2brules: ")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert (done.status, done.out) == (2, "")


def test_broken_rules_are_reported_with_their_places(
    run: Callable[..., Any], rules: Path, tmp_path: Path, deal: Path
) -> None:
    for file in rules.iterdir():
        text = file.read_text(encoding="utf-8").replace("|| frontal |", "|| fronal  |")
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    done = run("evaluate", "--rules", tmp_path / "small.yaml", deal)
    *found, last = done.err.splitlines()
    assert "small.yaml:19:" in found[0]
    assert "fronal" in found[0]
    assert last.startswith("b2brules: the rules have ")
    assert (done.status, done.out) == (2, "")


def test_a_parameter_is_set_for_one_run(evaluate: Callable[..., Any], deal: Path) -> None:
    def decided(*arguments: str) -> tuple[str, str]:
        made = json.loads(evaluate("--format", "json", *arguments, deal).out)["decisions"]
        return made["strategy"]["value"], made["size"]["value"]

    assert decided() == ("frontal", "large")
    assert decided("--set", "frontal_superiority=5") == ("develop", "large")
    assert decided("--set", "large_amount=30000") == ("frontal", "small")
    assert decided("--set", "large_amount=30000 CNY") == ("frontal", "small")


def test_a_rate_makes_amounts_comparable(evaluate: Callable[..., Any]) -> None:
    def size(*arguments: str) -> Any:
        done = evaluate("--format", "json", *arguments, stdin="amount: 2000\ncurrency: USD\n")
        return json.loads(done.out)["decisions"]["size"]["value"]

    assert size() is None
    assert size("--rate", "USD/CNY=7.1") == "large"
    assert size("--rate", "USD/CNY=4.5") == "small"


class _Endless(io.RawIOBase):
    """Deals without an end, until somebody presses Ctrl-C."""

    def __init__(self) -> None:
        self.lines: Iterator[bytes] = iter([b'{"name": "A"}\n'] * 3)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        line = next(self.lines, None)
        if line is None:
            raise KeyboardInterrupt
        buffer[: len(line)] = line
        return len(line)


def test_ctrl_c_ends_in_one_line_after_what_was_answered(
    rules: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(_Endless())))
    status = main(["evaluate", "--rules", str(rules), "--format", "json", "-"])
    captured = capsys.readouterr()
    assert len(lines_of(captured.out)) == 3
    assert captured.err == "b2brules: stopped\n"
    assert status == 130


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_has_text_for_80_columns_and_json_that_keeps_the_schema(
    run: Callable[..., Any], path: Path
) -> None:
    for lang in ("en", "zh"):
        done = run("evaluate", "--as-of", "2026-11-21", "--lang", lang, path)
        assert (done.status, done.err) == (0, "")
        assert max(map(width_of, done.out.splitlines())) <= 80
        done = run("evaluate", "--as-of", "2026-11-21", "--lang", lang, "--format", "json", path)
        VALIDATOR.validate(json.loads(done.out))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_actions_that_are_certain_can_be_read(run: Callable[..., Any], lang: str) -> None:
    deal = EXAMPLES / "fee_collection.yaml"
    asked = ("evaluate", "--as-of", "2026-11-21", "--lang", lang, deal)
    advised = json.loads(run(*asked, "--format", "json").out)["recommendations"]
    certain = [one for one in advised if one["certainty"] == "certain"]
    assert len(certain) > 10

    few = run(*asked).out
    assert "`b2brules evaluate --all " in few
    every = run(*asked, "--all").out
    assert "evaluate --all" not in every
    assert f"{len(certain)}. " in every
    for one in certain:
        assert "".join(one["action"].split()) in "".join(every.split())
    assert "".join(certain[-1]["action"].split()) not in "".join(few.split())
