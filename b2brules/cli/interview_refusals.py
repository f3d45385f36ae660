"""Why an answer cannot be taken, in the language of the interview.

In English that is what a file would be told, word by word. In Chinese it is said from what the
fact allows, since the messages about files are in English.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from b2brules.cli.interview_phrases import PHRASES
from b2brules.cli.interview_text import hint_of, name_choice
from b2brules.facts.answers import Choice, read_answer
from b2brules.facts.problems import FactsError, Problem
from b2brules.facts.types import FactType, SetType, TextType
from b2brules.facts.values import shown
from b2brules.ruleset.model import Language


@frozen(kw_only=True)
class Answer:
    """What was typed, and what it was to be.

    Args:
        fact: The name of the fact: `people[p1].support`, `id` of a new thing.
        text: What was typed.
        type: What the fact can hold; ``None`` for a rate of exchange.
        choices: The values that it allows, where they can be listed.
    """

    fact: str
    text: str
    type: FactType | None
    choices: tuple[Choice, ...] = ()


def refusals(error: FactsError, answer: Answer, lang: Language) -> Iterator[str]:
    """Yield why an answer was refused, one message a problem."""
    if lang == "en":
        yield from (_in_place(problem, answer.fact) for problem in error.problems)
        return
    is_about_it = any(not one.path or answer.fact in one.path for one in error.problems)
    if is_about_it or isinstance(answer.type, TextType):
        yield _refusal(answer)
    else:
        yield from (f"{one.path} 与这个回答不符（{one.message}）" for one in error.problems)


def _in_place(problem: Problem, fact: str) -> str:
    is_elsewhere = problem.path and not problem.path.endswith(fact)
    return f"{problem.path}: {problem.message}" if is_elsewhere else problem.message


def _refusal(answer: Answer) -> str:
    """Return in Chinese what cannot be an answer, and what can."""
    type_, choices, hints = answer.type, answer.choices, PHRASES["zh"].hints
    if choices and type_ is not None:
        allowed = "、".join(name_choice(choice, type_, "zh") for choice in choices)
        return f"{_wrong(answer.text, type_, choices)}不在选项中；可选：{allowed}"
    if isinstance(type_, TextType) and type_.form == "id":
        return f"{shown(answer.text)} 不能用作编号；编号占一行，最多 200 个字，且不能重复"
    hint = hints["rate"] if type_ is None else hint_of(type_, None, hints, has_choices=False)
    return f"{shown(answer.text)} 不能作为回答；应为：{hint}"


def _wrong(text: str, type_: FactType, choices: Sequence[Choice]) -> str:
    """Return the members of an answer that are no choices; without members the whole answer."""
    if isinstance(type_, SetType):
        words = {choice.word for choice in choices}
        try:
            members = read_answer(type_, text, choices)
        except FactsError:
            members = text
        wrong = [one for one in members if one not in words] if isinstance(members, list) else []
        if wrong:
            return "、".join(map(shown, wrong)) + " "
        return f"{shown(text)} 有重复，或"
    return f"{shown(text)} "
