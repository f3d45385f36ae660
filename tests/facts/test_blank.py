"""The blank deal file asks for everything and states nothing."""

from __future__ import annotations

import re
import unicodedata

import pytest

from b2brules.facts import Opportunity, OwnFact, Vocabulary, read_document
from b2brules.facts.blank import blank
from b2brules.facts.types import ListType, TruthType

VOCABULARY = Vocabulary()
LANGUAGES = ("en", "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_file_reads_back_as_an_empty_deal(language):
    assert read_document(VOCABULARY, blank(VOCABULARY, language=language)) == Opportunity()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_blank_file_has_every_fact_and_its_question(language):
    text = blank(VOCABULARY, language=language)
    flat = re.sub(r"[\s#]", "", text)
    for entry in VOCABULARY.facts.values():
        assert re.search(rf"^[ #-]*{entry.path[-1]}:", text, re.MULTILINE)
        # The questions about a list's items speak of this person, this need, …
        if "{name}" not in entry.question[language]:
            assert re.sub(r"[\s#]", "", entry.question[language]) in flat
    assert "{name}" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_the_blank_file_is_wider_than_a_terminal(language):
    for line in blank(VOCABULARY, language=language).splitlines():
        width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)
        assert width <= 84


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", VOCABULARY.lists(), ids=".".join)
def test_an_example_becomes_an_item_when_its_comment_marks_are_taken_away(language, path):
    lines = blank(VOCABULARY, language=language).splitlines()
    indent = "  " * (len(path) - 1)
    begin = lines.index(f"{indent}{path[-1]}:") + 1
    end = begin
    while end < len(lines) and lines[end].startswith((f"{indent}# - ", f"{indent}#   ")):
        lines[end] = indent + lines[end].removeprefix(f"{indent}# ")
        end += 1
    deal = read_document(VOCABULARY, "\n".join(lines))
    for step in path:
        deal = getattr(deal, step)
    assert isinstance(deal, tuple)
    assert len(deal) == 1


def test_the_blank_file_has_a_teams_own_facts():
    own = OwnFact(
        name="partner_involved",
        type=TruthType(),
        unit=None,
        question={"en": "Does a partner sell this with us?", "zh": "是否有合作伙伴一起销售?"},
    )
    text = blank(VOCABULARY.with_facts([own]))
    assert text.endswith(
        "# ===== Your team's own facts =====\n\n"
        "# Does a partner sell this with us?\n#   true or false\npartner_involved:\n"
    )


def test_the_blank_file_says_what_may_stand_behind_a_fact():
    text = blank(VOCABULARY)
    assert "#   one of: us, rival, nobody\nincumbent:" in text
    assert "#   a number, from 0 to 1\nstage_progress:" in text
    assert "#   a date, such as 2026-11-21, or never\nsigned_on:" in text
    assert sum(isinstance(one.type, ListType) for one in VOCABULARY.facts.values()) == text.count(
        "take the `#` away"
    )
