"""Rule text that is much too long or too deep is refused in one line, and soon."""

from __future__ import annotations

import time

import pytest

from b2brules.language import LanguageError, Mistake, Scope, read_condition, read_value
from b2brules.language.spelling import MAXIMUM_DEPTH, MAXIMUM_NAME


def refusal(text: str, scope: Scope) -> Mistake:
    began = time.process_time()
    with pytest.raises(LanguageError) as caught:
        read_condition(text, scope)
    assert time.process_time() - began < 2
    (mistake,) = caught.value.mistakes
    assert len(mistake.message) < 200
    return mistake


@pytest.mark.parametrize("opening", ["(", "[", "not(", "people["])
def test_ten_thousand_brackets_are_refused(opening: str, scope: Scope) -> None:
    mistake = refusal(opening * 100, scope)
    assert mistake.code == "too-deep"
    assert mistake.start < len(opening) * (MAXIMUM_DEPTH + 1)
    assert refusal(opening * 10_000, scope).code in ("too-deep", "too-long")


def test_brackets_within_the_limit_are_read(scope: Scope) -> None:
    text = "not(" * (MAXIMUM_DEPTH - 1) + "channel" + ")" * (MAXIMUM_DEPTH - 1)
    read_condition(text, scope)


@pytest.mark.parametrize("word", ["and", "or"])
def test_a_chain_of_a_hundred_conditions_is_read(word: str, scope: Scope) -> None:
    read_condition(f" {word} ".join(["incumbent = us"] * 100), scope)


@pytest.mark.parametrize("word", ["and", "or"])
def test_a_chain_of_five_hundred_conditions_is_refused(word: str, scope: Scope) -> None:
    assert refusal(f" {word} ".join(["incumbent = us"] * 500), scope).code == "too-long"


def test_a_sum_of_too_many_terms_is_refused(scope: Scope) -> None:
    read_value(" + ".join(["1"] * 32), scope)
    assert refusal(" + ".join(["1"] * 34) + " > 3", scope).code == "too-long"


def test_quantifiers_that_nest_without_brackets_are_refused(scope: Scope) -> None:
    text = "".join(f"some x{number} in people satisfies " for number in range(50))
    assert refusal(text + "channel", scope).code == "too-deep"


@pytest.mark.parametrize(
    "text",
    [
        "a" * (MAXIMUM_NAME + 1),
        "a" * 10_000,
        "channel " * 601,
        "channel" + " " * 30_000,
        '"' + "a" * 30_000 + '"',
        "1" * 10_000,
        "支" * 10_000,
    ],
)
def test_a_long_name_or_text_is_refused(text: str, scope: Scope) -> None:
    assert refusal(text, scope).code == "too-long"


def test_an_unclosed_text_is_marked_to_the_end_of_its_line(scope: Scope) -> None:
    with pytest.raises(LanguageError) as caught:
        read_condition('name = "abc\nand channel', scope)
    (mistake,) = caught.value.mistakes
    assert (mistake.message, mistake.start, mistake.end) == ("a text is not closed", 7, 11)


@pytest.mark.parametrize("blank", ["\x00", "\x1b", "\u200b", "\ufeff", "\u2028", "\ud800", "\x0b"])
def test_a_character_that_cannot_be_seen_is_named_in_a_way_that_can(
    blank: str, scope: Scope
) -> None:
    mistake = refusal(f"channel {blank} and under_attack", scope)
    assert (mistake.start, mistake.end) == (8, 9)
    assert mistake.message.isprintable()


def test_many_foreign_signs_are_all_marked(scope: Scope) -> None:
    with pytest.raises(LanguageError) as caught:
        read_condition("incumbent in （us，rival） && channel", scope)
    marked = ["（", "，", "）", "&&"]
    text = "incumbent in （us，rival） && channel"
    assert [text[one.start : one.end] for one in caught.value.mistakes] == marked


def test_lines_are_folded(scope: Scope) -> None:
    assert read_condition("channel\n  and under_attack", scope) == read_condition(
        "channel and under_attack", scope
    )
