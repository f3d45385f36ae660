"""The words that people read are well written: punctuation, languages, length, tone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from attrs import asdict

import b2brules
from b2brules.advice import labels
from b2brules.advice.phrases import PHRASES
from b2brules.facts import blank
from b2brules.facts.types import EnumerationType, FactType, ListType, SetType
from b2brules.facts.vocabulary import Vocabulary
from b2brules.language import tree
from b2brules.ruleset.model import Template

BOOK = b2brules.load_rulebook()._book
LONGEST = 220
CJK = "\u3400-\u4dbf\u4e00-\u9fff"
HALF_WIDTH = ",;:?!()"
# Names, and words of the file format, which Chinese sentences use as they are.
LATIN_WORDS = {
    *("PRIME", "JSON", "CNY", "b2brules", "explain", "A", "B", "C", "D", "E", "a1", "b2"),
    *("true", "false", "never", "plus", "minus", "neutral", "amount", "currency"),
}
# What a reader is never told to do, in the form of a stem.
BANNED = (
    *("gift", "bribe", "kickback", "backhand", "hospitality", "favour them", "blackmail"),
    *("threaten", "discredit", "smear", "sabotage", "deceive", "trick", "incompetent"),
    *("送礼", "礼品", "回扣", "贿", "红包", "好处费"),
    *("威胁", "抹黑", "诋毁", "造谣", "陷害", "欺骗"),
    *("喂饱", "搞定他", "拉拢", "安插"),
)


def spell(template: Template) -> str:
    """A text as an author writes it, with what is filled in between braces."""
    pieces = (piece if isinstance(piece, str) else "{" + place(piece) + "}" for piece in template)
    return "".join(pieces)


def place(piece: tree.Value) -> str:
    if isinstance(piece, tree.Fact):
        return ".".join(filter(None, (piece.variable, *piece.path)))
    assert isinstance(piece, tree.Parameter | tree.DecisionValue)
    return piece.name


def types_of(type_: FactType) -> Iterator[EnumerationType]:
    match type_:
        case EnumerationType():
            yield type_
        case SetType(member=member) if isinstance(member, EnumerationType):
            yield member


def of_the_rules() -> Iterator[tuple[str, str, str]]:
    for (key, slot, lang), template in BOOK.texts.items():
        yield f"{key} {slot}", lang, spell(template)


def of_the_vocabulary() -> Iterator[tuple[str, str, str]]:
    vocabulary = Vocabulary()
    classes = [vocabulary.root, *vocabulary.lists().values()]
    known = [*vocabulary.facts.items()]
    known += [
        (f"{cls.__name__}.{n}", fact)
        for cls in classes
        for n, fact in vocabulary.members(cls).items()
    ]
    for name, fact in known:
        for lang, question in fact.question.items():
            yield f"{name} question", lang, question
        kind = fact.type if not isinstance(fact.type, ListType) else None
        for enumeration in types_of(kind) if kind is not None else ():
            for word, said in enumeration.labels.items():
                yield f"{name} {word}", "zh", said


def strings(name: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case str():
            yield name, value
        case Mapping():
            for key, one in value.items():
                yield from strings(f"{name}.{key}", one)


def of_the_page() -> Iterator[tuple[str, str, str]]:
    for lang, phrases in PHRASES.items():
        for name, text in strings("phrases", asdict(phrases)):
            yield name, lang, text
    for word in labels._LABELS:
        for lang in ("en", "zh"):
            yield f"label {word}", lang, labels.label(word, lang)
    for name, value in vars(blank).items():
        if isinstance(value, Mapping):
            for key, text in strings(name, value):
                language = key.rsplit(".", 1)[-1]
                if language in ("en", "zh"):
                    yield key, language, text


ALL = [*dict.fromkeys((*of_the_rules(), *of_the_vocabulary(), *of_the_page()))]
RULES = [*of_the_rules()]


def without_braces(text: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", text)


def found(texts: list[tuple[str, str, str]], lang: str, pattern: str) -> list[str]:
    compiled = re.compile(pattern)
    return [
        f"{where}: {text}"
        for where, language, text in texts
        if language == lang and compiled.search(without_braces(text))
    ]


def test_there_are_texts_of_every_kind_in_both_languages() -> None:
    for kind in (of_the_rules, of_the_vocabulary, of_the_page):
        assert {lang for _, lang, _ in kind()} == {"en", "zh"}


def test_punctuation_beside_a_chinese_character_is_full_width() -> None:
    half = "[" + re.escape(HALF_WIDTH) + "]"
    beside = f"[{CJK}\u201d\u300d\uff09]{half}|{half}[{CJK}\u201c\u300c\uff08]"
    assert found(ALL, "zh", beside) == []


def test_punctuation_beside_a_filled_in_name_is_full_width_too() -> None:
    half = "[" + re.escape(HALF_WIDTH) + "]"
    assert found(RULES, "zh", rf"\}}{half}|{half}\{{") == []


def test_a_chinese_text_quotes_with_chinese_marks() -> None:
    assert found(RULES, "zh", "[\"']") == []


def test_a_chinese_text_has_no_space_between_chinese_characters() -> None:
    assert found(ALL, "zh", f"[{CJK}\uff0c\u3002\uff1a\uff1b\uff1f] +[{CJK}]") == []


def test_a_chinese_text_has_no_english_word_that_is_not_a_name() -> None:
    words = {
        (where, word)
        for where, lang, text in ALL
        if lang == "zh"
        for word in re.findall("[A-Za-z][A-Za-z0-9_]*", without_braces(re.sub("`[^`]*`", "", text)))
        if word not in LATIN_WORDS
    }
    assert words == set()


def test_a_chinese_sentence_is_chinese() -> None:
    sentences = [one for one in RULES if one[1] == "zh"]
    assert [one for one in sentences if not re.search(f"[{CJK}]", one[2])] == []


def test_an_english_text_has_no_chinese_character_and_no_full_width_mark() -> None:
    assert found(ALL, "en", f"[{CJK}\u3000-\u303f\uff00-\uffef]") == []


def test_no_text_is_too_long_to_read_at_a_glance() -> None:
    assert [f"{where}: {len(text)}" for where, _, text in ALL if len(text) > LONGEST] == []


def test_no_text_begins_or_ends_with_a_space_or_doubles_one() -> None:
    assert [one for one in RULES if one[2] != one[2].strip() or "  " in one[2]] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_text_uses_a_word_that_harms(lang: str) -> None:
    assert found(ALL, lang, "(?i)" + "|".join(BANNED)) == []


def test_every_english_sentence_begins_with_a_capital_and_ends_like_a_sentence() -> None:
    sentences = [one for one in RULES if one[1] == "en" and "label" not in one[0]]
    assert [one for one in sentences if not re.match(r"[A-Z{]", one[2])] == []
    assert [one for one in sentences if not re.search("[.?]$", one[2])] == []


def test_every_action_begins_with_what_to_do_and_ends_with_a_full_stop() -> None:
    actions = {
        lang: [one for one in RULES if one[0].endswith(" action") and one[1] == lang]
        for lang in ("en", "zh")
    }
    assert [one for one in actions["en"] if not re.fullmatch(r"[A-Z][a-z]+ .*\.", one[2])] == []
    firsts = {one[2].split()[0] for one in actions["en"]}
    assert firsts & {"The", "A", "An", "We", "You", "They", "It", "There", "Our", "This"} == set()
    assert [one for one in actions["zh"] if not re.search("[\u3002\uff1f]$", one[2])] == []


def test_every_chinese_sentence_ends_like_one() -> None:
    sentences = [one for one in RULES if one[1] == "zh" and not one[0].endswith(" label")]
    assert [one for one in sentences if not re.search("[\u3002\uff1f]$", one[2])] == []


def test_both_languages_fill_in_the_same_things() -> None:
    filled: dict[str, dict[str, set[str]]] = {}
    for where, lang, text in RULES:
        filled.setdefault(where, {})[lang] = set(re.findall(r"\{([^{}]*)\}", text))
    pairs = {where: one for where, one in filled.items() if not where.endswith(" label")}
    assert {where for where, one in pairs.items() if one["en"] != one["zh"]} == set()


def test_a_sentence_fills_in_only_what_is_always_known() -> None:
    """A name falls back on an id and a parameter has a value; any other fact would be `?`."""
    # Their rules ask that they are known.
    asked_for = {"step.title", "hours_saved_a_day", "person.operating_metric"}
    open_ = {
        (where, name)
        for where, _, text in RULES
        for name in re.findall(r"\{([^{}]*)\}", text)
        if not name.endswith((".name", ".id"))
        and name not in BOOK.parameters
        and name not in asked_for
    }
    assert open_ == set()


def test_no_advice_shows_a_question_mark_in_place_of_a_value() -> None:
    book = b2brules.Rulebook(BOOK)
    deals: list[dict[str, object]] = [
        {},
        {"people": [{"id": "p"}, {"id": "q"}], "competitors": [{"id": "c"}]},
        {"phase": "selling", "actions": [{"id": "a"}, {"id": "b", "due": "2026-01-01"}]},
    ]
    for deal in deals:
        advice = book.evaluate(book.read(deal), as_of=date(2026, 11, 21))
        texts = [one.action + one.why for one in advice.recommendations]
        assert [text for text in texts if " ? " in text or '"?"' in text or " ?," in text] == []


def test_one_outcome_is_called_by_one_word() -> None:
    """A competitor's strategy and ours, a kind of action in a deal and on the page."""
    vocabulary = Vocabulary()
    strategy = vocabulary.members(vocabulary.lists()["competitors",])["strategy"].type
    prime = vocabulary.members(vocabulary.lists()["actions",])["prime"].type
    assert isinstance(strategy, EnumerationType)
    assert isinstance(prime, EnumerationType)
    for word, said in strategy.labels.items():
        assert spell(BOOK.texts[f"competitive_strategy = {word}", "label", "zh"]) == said
    for word, said in prime.labels.items():
        assert labels.label(word, "zh") == said


@pytest.mark.parametrize(
    "variant",
    [
        "决策人",  # 决策者, the decider
        "审批人",  # 批准者, the approver
        "评选标准",  # 决策标准, the customer's criteria
        "评判标准",
        "独特商业价值",  # 独特业务价值
        "近期收入",  # 短期收入
        "后续收入",  # 未来收入
    ],
)
def test_one_thing_has_one_chinese_word(variant: str) -> None:
    assert found(ALL, "zh", variant) == []
