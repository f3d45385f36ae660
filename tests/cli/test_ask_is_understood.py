"""`b2brules ask`: what it makes of half an answer, a slip, and somebody who is stuck."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROLES = """\
people:
  - id: ww
    name: 王伟
"""


@pytest.fixture
def ask(run: Callable[..., Any], rules: Path) -> Callable[..., Any]:
    """How to be interviewed with the small rules, giving one answer a line."""

    def ask_with(*arguments: object, answers: str) -> Any:
        return run("ask", "--rules", rules, "--as-of", "2026-11-21", *arguments, stdin=answers)

    return ask_with


@pytest.fixture
def incumbent(run: Callable[..., Any]) -> Callable[..., Any]:
    """How to be asked, with the method that is shipped, who does the work today."""

    def ask_with(answers: str, lang: str = "zh") -> Any:
        about = ("--about", "competitive_strategy", "--as-of", "2026-11-21")
        return run("ask", *about, "--lang", lang, stdin=answers)

    return ask_with


def said(err: str) -> str:
    """Return what was said, on one line."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", " ".join(err.split()))


# --- Chinese ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("incumbent: 有利", "`有利` 不在选项中；可选：我们（us）、竞争对手（rival）"),
        ("superiority: 高", "`高` 不能作为回答；应为：数字，如 2.5，"),
        ("created: 明天", "`明天` 不能作为回答；应为：日期，如 2026-11-21"),
        ("changes: 价格，涨价", "`涨价` 不在选项中；可选："),
        ("changes: 价格，价格", "`价格，价格` 有重复，或不在选项中；可选："),
        ("currency: 人民币", "`人民币` 不能作为回答；应为：三个大写字母，如 CNY"),
        ("amount: 很多", "`很多` 不能作为回答；应为：金额"),
        ("partner_involved: 也许", "`也许` 不在选项中；可选：是（true）、否（false）"),
        ("people: [{", "`[{` 不能作为回答；应为：名称"),
        ("people: [{name: 李}]", "不能作为回答；应为：名称"),
        ("people[ww].reports_to: 李", "`李` 不能作为回答；应为：名单里还没有可选的人"),
        ("superiorty: 3", "没有名为 `superiorty` 的事实；是不是 `superiority`？"),
        ("people[x].name: 李", "人员里没有 `x`；现有 ww"),
        ("人员\n李\nww", "`ww` 不能用作编号；编号占一行，最多 200 个字，且不能重复"),
        ("能力\n快", "`快` 不在选项中；可选："),
    ],
)
def test_an_interview_in_chinese_refuses_in_chinese(
    ask: Callable[..., Any], tmp_path: Path, typed: str, refusal: str
) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(ROLES, encoding="utf-8")
    err = ask(deal, "--lang", "zh", answers=f"{typed}\n").err
    assert said(refusal) in said(err)
    assert " is not " not in err
    assert " write " not in err


def test_what_is_no_text_is_refused_in_chinese(ask: Callable[..., Any]) -> None:
    err = ask("--lang", "zh", answers=b"\xff\n" + b"9" * 70_000 + b"\n").err
    assert "这一行不是 UTF-8 文字；请重新输入" in err
    assert "这一行超过 64 KiB；请缩短" in err


def test_what_was_noted_goes_by_its_labels_in_chinese(
    ask: Callable[..., Any], tmp_path: Path
) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(ROLES, encoding="utf-8")
    answers = "people[ww].roles: decider, 使用者\npartner_involved: 是\nphase: selling\n能力\n2\n"
    err = ask(deal, "--lang", "zh", answers=answers).err
    assert re.search(r"people\[ww\]\.roles = \w+（decider）、\w+（user）", err)
    assert "partner_involved = 是（true）" in err
    assert re.search(r"phase = [^ -~]+（selling）", err)
    assert re.search(r"能力：[^ -~]+（quality）", err)


def test_a_chinese_date_is_a_date(ask: Callable[..., Any]) -> None:
    out = ask("--lang", "zh", answers="close_date: 2026年12月1日\n").out
    assert "close_date: 2026-12-01\n" in out


def test_a_part_of_a_label_is_that_choice_before_it_is_the_name_of_a_list(
    incumbent: Callable[..., Any],
) -> None:
    done = incumbent("对手\n")
    assert "2 竞争对手（rival）" in done.err
    assert "下一个名称" not in done.err
    assert done.out == "incumbent: rival\n"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("反对", "enemy"),
        ("支持", "supporter"),  # and not `不支持者`
        ("王主", None),  # the name of nobody
    ],
)
def test_only_a_part_that_no_other_label_has_is_a_choice(
    ask: Callable[..., Any], deal: Path, typed: str, word: str | None
) -> None:
    out = ask(deal, "--lang", "zh", answers=f"{typed}\n").out
    assert out.count("support:") == (1 if word is None else 2)
    assert word is None or out.endswith(f"support: {word}\n")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("at hand", "mood: at_hand\n"), ("hand", "mood: at_hand\n"), ("ready", None), ("rea", None)],
)
def test_a_part_that_leaves_out_a_not_is_no_choice(
    run: Callable[..., Any], rules: Path, tmp_path: Path, typed: str, written: str | None
) -> None:
    for file in rules.iterdir():
        text = file.read_text("utf-8")
        declared = "  partner_involved | truth |         |\n"
        text = text.replace(declared, f"{declared}  mood | one of | not_ready, at_hand |\n")
        text = text.replace("text: |\n", "text: |\n  mood\n    en: How is it?\n    zh: 如何？\n")
        (tmp_path / file.name).write_text(text, "utf-8")
    done = run("ask", "--rules", tmp_path, stdin=f"mood: {typed}\n")
    assert done.out == (written or "name:\n"), done.err


def test_a_persons_name_may_be_given_in_part(ask: Callable[..., Any], tmp_path: Path) -> None:
    deal = tmp_path / "deal.yaml"
    deal.write_text(
        "people:\n  - id: p1\n    name: Ms Aune\n  - id: p2\n    name: Mr Berg\n", encoding="utf-8"
    )
    assert "reports_to: p2" in ask(deal, answers="people[p1].reports_to: berg\n").out
    assert "reports_to" not in ask(deal, answers="people[p1].reports_to: er\n").out


# --- who is stuck -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["unknown", "Skip", "不知道", "no idea", "I don’t know.", "跳过"])
def test_who_does_not_know_may_say_so(ask: Callable[..., Any], typed: str) -> None:
    done = ask(answers=f"{typed}\n" * 2)
    assert done.out == "name:\n"
    assert "There is nothing left to ask." in done.err
    assert "press Enter if" not in done.err


def test_a_person_may_be_left_out_by_the_same_words(ask: Callable[..., Any]) -> None:
    out = ask(answers="people\nMr Berg\nskip\nunknown\n\n4\n").out
    assert out == "amount: 4\npeople:\n  - id: p1\n    name: Mr Berg\n"


@pytest.mark.parametrize(("lang", "typed"), [("en", "help"), ("zh", "帮助")])
def test_help_shows_the_commands_again(ask: Callable[..., Any], lang: str, typed: str) -> None:
    words = {"en": "done: finish", "zh": "完成：结束"}[lang]
    answers = f"{typed}\npeople\n{typed}\nA\n{typed}\n\n\n"
    done = ask("--lang", lang, answers=answers)
    assert said(done.err).count(words) == 4
    assert done.out == "people:\n  - id: p1\n    name: A\n"


@pytest.mark.parametrize("typed", ["quit", "exit", "退出"])
def test_quitting_ends_it_and_keeps_what_is_known(ask: Callable[..., Any], typed: str) -> None:
    done = ask(answers=f"4\n{typed}\n5\n")
    assert done.out == "amount: 4\n"
    assert ask(answers=f"people\n{typed}\n4\n").out == "name:\n"
    assert "name: Mr Berg" in ask(answers=f"people\nMr Berg\n{typed}\n4\n").out


def test_a_refused_answer_says_what_to_do_if_one_does_not_know(ask: Callable[..., Any]) -> None:
    err = ask(answers="much\nsuperiority: much\n").err
    assert "; press Enter if you do not know\n" in err
    assert err.count("press Enter") == 1
    assert "；不知道请直接按回车" in said(ask("--lang", "zh", answers="很多\n").err)


# --- slips --------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["", "people\n"])
def test_a_misspelt_fact_is_neither_an_answer_nor_a_name(
    ask: Callable[..., Any], before: str
) -> None:
    done = ask(answers=f"{before}superiorty: 3\n")
    assert "there is no fact `superiorty`; did you mean `superiority`?" in done.err
    assert done.out == "name:\n"


def test_a_fact_of_somebody_who_is_not_there_is_no_name(
    ask: Callable[..., Any], deal: Path
) -> None:
    err = ask(answers="people\npeople[x].name: Bo\n").err
    assert "there is no `x` in people; type `people` at a question to add to it" in said(err)
    done = ask(deal, answers="people\npeople[x].name: Bo\npeople[p2].suport: enemy\n")
    assert "there is no `x` in people; there are p1, p2" in done.err
    assert "did you mean `people[p2].support`?" in done.err
    assert "Bo" not in done.out


def test_a_name_may_have_a_colon_in_it(ask: Callable[..., Any]) -> None:
    assert 'name: "Head: procurement"' in ask(answers="people\nHead: procurement\n\n").out


def test_what_is_taken_back_is_named(ask: Callable[..., Any]) -> None:
    answers = "people\nMr Berg\n\n\nsuperiority: 4\nskip\n" + "back\n" * 4
    err = ask(answers=answers).err
    assert "Taken back: people[p1].support is not known\n" in err
    assert "Taken back: superiority = 4\n" in err
    assert "Taken back: people: Mr Berg (p1)\n" in err
    assert "There is nothing to take back." in err
    assert "已撤回：superiority = 4" in ask("--lang", "zh", answers="superiority: 4\n返回\n").err
