"""Lines of a terminal: nothing lost, nothing too wide, no punctuation where a line begins."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from b2brules.advice.wrapping import ENDING, OPENING, width_of, wrap

CHINESE = "客户认为我们领先三比一，而且能够持续；“内部支持者”（王芳）已经替我们出力……"
TEXTS = st.one_of(
    st.text("ab ,.中文，。（）“”《》…—", max_size=200),
    st.text(max_size=200),
    st.lists(st.sampled_from(["李伟", "customer", "👩‍🚀", "❤️", "é", "？！", "(x)"])).map(" ".join),
)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(text=TEXTS, width=st.integers(2, 100))
@example(text="汉" * 50, width=3)
@example(text="。" * 50, width=5)
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(width_of(line) <= width for line in wrap(text, width))


@given(text=TEXTS, width=st.integers(2, 100))
def test_wrapping_loses_and_adds_nothing_but_white_space(text: str, width: int) -> None:
    assert squeezed("".join(wrap(text, width))) == squeezed(text)


@given(words=st.lists(st.text("abcdefghij", min_size=1, max_size=10)), width=st.integers(10, 40))
def test_english_is_broken_between_words_only(words: list[str], width: int) -> None:
    assert " ".join(wrap(" ".join(words), width)).split() == words


CLAUSES = ["客户", "领先，", "“不急”，", "（王芳）。", "《合同》", "——", "……", "word", "x.", " "]


@given(
    text=st.lists(st.sampled_from(CLAUSES)).map("客".join),
    width=st.integers(min_value=12, max_value=80),
)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(
    text: str, width: int
) -> None:
    lines = wrap(text, width)
    assert not any(line[:1] in ENDING for line in lines[1:])
    assert not any(line[-1:] in OPENING for line in lines[:-1])


@pytest.mark.parametrize("width", range(4, 82))
def test_chinese_is_broken_between_characters_but_not_before_its_punctuation(width: int) -> None:
    lines = wrap(CHINESE, width)
    assert "".join(lines) == CHINESE
    if width >= 8:
        assert not any(line[0] in "，；”）…" for line in lines)
        # Each line is as full as it can be, but for what punctuation pulls to the next one.
        assert all(width_of(line) > width - 8 for line in lines[:-1])


def test_a_word_that_does_not_fit_is_broken_and_begins_on_a_line_of_its_own() -> None:
    assert wrap(f"see {'x' * 12} here", 10) == ["see", "x" * 10, "xx here"]


def test_further_lines_stand_below_the_first_word() -> None:
    assert wrap("one two three", 12, first=" 1. ") == [" 1. one two", "    three"]
    assert wrap("李伟支持我们", 8, first="·", rest="") == ["·李伟支", "持我们"]


def test_a_text_of_a_million_characters_is_wrapped_in_time() -> None:
    started = time.process_time()
    assert len(wrap("x" * 1_000_000, 50)) == 20_000
    assert time.process_time() - started < 15


def test_a_text_of_nothing_is_one_line() -> None:
    assert wrap("", 10) == [""]
    assert wrap(" \n ", 10, first="  - ") == ["  -"]


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("中文", 4), ("e\u0301", 1), ("👩", 2), ("❤\ufe0f", 2), ("“…”", 6), ("\u200b", 0)],
)
def test_a_text_takes_as_many_columns_as_a_terminal_may_need(text: str, columns: int) -> None:
    assert width_of(text) == columns
