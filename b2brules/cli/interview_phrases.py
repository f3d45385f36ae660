"""The words of an interview, in both languages, and the commands that it understands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from b2brules.ruleset.model import Language

Command: TypeAlias = Literal["why", "advice", "back", "done", "skip", "help"]

COMMANDS: Mapping[str, Command] = {
    "?": "why",
    "advice": "advice",
    "建议": "advice",
    "back": "back",
    "返回": "back",
    "done": "done",
    "完成": "done",
    "quit": "done",
    "exit": "done",
    "退出": "done",
    "结束": "done",
    "help": "help",
    "帮助": "help",
    "skip": "skip",
    "unknown": "skip",
    "not known": "skip",
    "no idea": "skip",
    "don't know": "skip",
    "i don't know": "skip",
    "i do not know": "skip",
    "跳过": "skip",
    "不知道": "skip",
    "我不知道": "skip",
    "不清楚": "skip",
    "不了解": "skip",
    "未知": "skip",
}
"""What each command is called; all of them are understood in either language."""

LISTS: Mapping[str, str] = {
    "people": "人员",
    "competitors": "对手",
    "actions": "行动",
    "needs": "需求",
    "cost_items": "成本项",
    "competencies": "能力",
}
"""What each list is called in Chinese."""


@frozen(kw_only=True)
class InterviewPhrases:
    """The phrases of one language; braces are filled with what is named in them."""

    opening: str
    commands: str
    nothing_to_ask: str
    why: str
    why_not_alone: str
    why_decision: str
    opens: str
    no_number: str
    not_known: str
    settled: str
    finished: str
    advice: str
    nothing_certain: str
    more: str
    taken_back: str
    skipped: str
    nothing_to_take_back: str
    noted: str
    added: str
    name_prompt: str
    id_prompt: str
    rates: str
    truth: str
    enter: str
    or_else: str
    no_fact: str
    meant: str
    no_thing: str
    no_thing_yet: str
    unreadable: Mapping[str, str]
    hints: Mapping[str, str]
    between: str


PHRASES: Mapping[Language, InterviewPhrases] = {
    "en": InterviewPhrases(
        opening="Open questions: {number}, those that settle most first. Press Enter where you do "
        "not know.",
        commands="?: why is this asked · advice: what follows so far · back: undo · {lists}: add "
        "one · FACT: VALUE: any other fact · help: this again · done: finish",
        nothing_to_ask="There is nothing left to ask.",
        why="An answer can settle:",
        why_not_alone="An answer settles nothing on its own, but with others it does.",
        why_decision="{question} {options} ({name})",
        opens="Rules that wait for it: {number}.",
        no_number="not a number yet",
        not_known="not known",
        settled="Settled: {decisions}. Type `done` to finish, or go on to sharpen the advice; "
        "questions left: {number}.",
        finished="The deal is in {file}.",
        advice="{decided} of {all} decisions are made.",
        nothing_certain="Nothing to do is certain yet.",
        more="… and {number} more",
        taken_back="Taken back: {step}",
        skipped="{fact} is not known",
        nothing_to_take_back="There is nothing to take back.",
        noted="{fact} = {value}",
        added="{list}: {name} ({id})",
        name_prompt="Next name (Enter: that is all)> ",
        id_prompt="Short id [{id}]> ",
        rates="Rates of exchange are not part of a deal; give them again: {rates}",
        truth="{name} ({word})",
        enter="press Enter if you do not know",
        or_else="; ",
        no_fact="there is no fact `{fact}`; {meant}",
        meant="did you mean `{fact}`?",
        no_thing="there is no `{id}` in {list}; there are {ids}",
        no_thing_yet="there is no `{id}` in {list}; type `{list}` at a question to add to it",
        unreadable={
            "too long": "this is longer than 64 KiB; shorten it",
            "not text": "this is not UTF-8 text; type it again",
        },
        hints={
            "number": "a number, such as 2.5",
            "whole number": "a whole number, such as 12",
            "between": "{hint}, from {low} to {high}",
            "from": "{hint}, {low} or more",
            "unit": "{hint} ({unit})",
            "money": "an amount, such as 12000 or 12000 CNY",
            "date": "a day, such as 2026-11-21",
            "past": "a day, such as 2026-11-21, or never",
            "text": "text",
            "currency": "three capital letters, such as CNY",
            "set": "several, with commas between them; [] for none of them",
            "list": "a name; you are asked for the next one. [] if there is nobody and nothing",
            "rate": "a number, such as 7.1",
            "nobody": "nobody is named yet; Enter, or `people` to add somebody",
        },
        between=", ",
    ),
    "zh": InterviewPhrases(
        opening="待回答的问题：{number} 个，最能得出结论的先问。不知道的直接按回车。",
        commands="?：为什么问这个 · 建议：目前的建议 · 返回：撤回上一步 · {lists}：添加一项 · "
        "事实名: 值：填写其他事实 · 帮助：再看这些说明 · 完成：结束",
        nothing_to_ask="没有要问的了。",
        why="回答后可能得出结论：",
        why_not_alone="单凭这一项还得不出结论，与其他回答合起来可以。",
        why_decision="{question}——{options}（{name}）",
        opens="等待这个答案的规则：{number} 条。",
        no_number="还算不出来",
        not_known="不知道",
        settled="已有结论：{decisions}。输入“完成”即可结束，也可以继续，让建议更准确；"
        "还剩 {number} 个问题。",
        finished="商机已写入 {file}。",
        advice="{all} 项结论中已有 {decided} 项。",
        nothing_certain="目前还没有确定要做的事。",
        more="……另有 {number} 条",
        taken_back="已撤回：{step}",
        skipped="{fact} 不知道",
        nothing_to_take_back="没有可以撤回的。",
        noted="{fact} = {value}",
        added="{list}：{name}（{id}）",
        name_prompt="下一个名称（回车表示没有了）> ",
        id_prompt="简短编号 [{id}]> ",
        rates="汇率不属于商机，请下次再给出：{rates}",
        truth="{name}（{word}）",
        enter="不知道请直接按回车",
        or_else="；",
        no_fact="没有名为 `{fact}` 的事实；{meant}",
        meant="是不是 `{fact}`？",
        no_thing="{list}里没有 `{id}`；现有 {ids}",
        no_thing_yet="{list}里没有 `{id}`；请在提问时输入“{list}”来添加",
        unreadable={
            "too long": "这一行超过 64 KiB；请缩短",
            "not text": "这一行不是 UTF-8 文字；请重新输入",
        },
        hints={
            "number": "数字，如 2.5",
            "whole number": "整数，如 12",
            "between": "{hint}，{low} 到 {high}",
            "from": "{hint}，不小于 {low}",
            # Units are in English, and the Chinese questions name them.
            "unit": "{hint}",
            "money": "金额，如 12000 或 12000 CNY",
            "date": "日期，如 2026-11-21",
            "past": "日期，如 2026-11-21，或“从未”",
            "text": "文字",
            "currency": "三个大写字母，如 CNY",
            "set": "可填多项，用逗号隔开；一项也没有则填 []",
            "list": "名称，填完一个再问下一个；一个也没有则填 []",
            "rate": "大于 0 的数字，如 7.1",
            "nobody": "名单里还没有可选的人；请按回车，或输入“人员”添加",
        },
        between="、",
    ),
}
