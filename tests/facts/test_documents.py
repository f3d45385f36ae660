"""Text is read strictly, with lines, and cannot do harm."""

from __future__ import annotations

import time

import pytest

from b2brules.facts import FactsError, Opportunity, Vocabulary, read_document, read_pipeline
from b2brules.facts.source import SIZE

VOCABULARY = Vocabulary()

DEAL = """\
# A deal as somebody fills it in.
id: d1
phase: seling
support: enemy
people:
  - id: p1
    support: suporter
    has_veto: yes
  - name: 3
phase: trial
created: 2026-02-30
account:
  size: "small"
  headcount: 007
"""


def problems(text: str | bytes, **options) -> list[str]:
    with pytest.raises(FactsError) as caught:
        read_document(VOCABULARY, text, **options)
    return [str(problem) for problem in caught.value.problems]


def test_every_problem_of_a_yaml_document_has_its_line():
    assert [(text.split(": ")[0], text.split(": ")[1]) for text in problems(DEAL)] == [
        ("line 3", "phase"),
        ("line 4", "support"),
        ("line 7", "people[p1].support"),
        ("line 8", "people[p1].has_veto"),
        ("line 9", "people[#2].id"),
        ("line 9", "people[#2].name"),
        ("line 10", "phase"),
        ("line 11", "created"),
        ("line 14", "account.headcount"),
    ]


def test_a_key_that_stands_twice_is_refused_with_both_lines():
    assert problems("phase: trial\nid: a\nphase: lost\n") == [
        "line 3: phase: `phase` stands twice, first on line 1; keep one of them"
    ]
    assert problems('{"event": {"driver": true, "driver": true}}') == [
        "event.driver: `driver` stands twice; keep one of them"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: &a x", "line 1: name: `&a` is an anchor; take it out"),
        ("id: a\nname: *a", "line 2: name: `*a` is an alias; write the value out"),
        ("name: !!str x", "line 1: name: `!!str` is a tag; take it out"),
        ("name: !python/object:os.system x", "is a tag; take it out"),
        ("&a name: x", "the key `name` has an anchor or a tag; take it out"),
        ("? [a]\n: 1", "line 1: a key has to be a word"),
        ("name: [1, 2", "line 1: this is not YAML: "),
        ("phase: trial\nname\uff1ax\nid: a\n", "write `:` and a space in place of `\uff1a`"),
        ("name: a\x07", "line 1: the character U+0007 does not belong in text; remove it"),
        (
            "id: a\nname: b\u2028c",
            "line 2: the character U+2028 does not belong in text; remove it",
        ),
        ("id: a\nname: \ud800", "line 2: the character U+D800 does not belong in text"),
        (b"id: a\nname: \xff", "line 2: this is not UTF-8 text; save the file as UTF-8"),
        ("- id: a\n- id: b", "this is a list of 2 deals; one deal is a mapping of facts"),
        ("id: a\n---\nid: b", "there are several deals here, and one is wanted"),
        ('{"id": "a"}\n{"id": "b"}', "there are 2 deals here, and one is wanted"),
        ("", "there are no facts here"),
        ('{"id": "a"', "line 1: this is not JSON: expecting ',' delimiter (column 11)"),
        ('{"id": "a",\n "phase" 3}', "line 2: this is not JSON: expecting ':' delimiter"),
        ('{"superiority": NaN}', "superiority: `NaN` is not a number; a number has to be finite"),
        ('{"superiority": -Infinity}', "superiority: `-Infinity` is not a number"),
        ('{"superiority": 1e999999}', "superiority: `1E+999999` has more than 15 digits"),
        ('{"superiority": 1e99999999999999999999}', "superiority: `Infinity` is not a number"),
        ("superiority: 1e999999", "line 1: superiority: `1E+999999` has more than 15 digits"),
        ('{"veterans_assigned": %s}' % ("9" * 5000), "has more than 15 digits"),
        ("veterans_assigned: " + "9" * 5000, "has more than 15 digits"),
        ('{"name": "\\ud800"}', "name: the text has half of a character (U+D800); remove it"),
        (
            "people: [" + ", ".join(f"{{id: p{one}}}" for one in range(201)) + "]",
            "the list has 201 items; at most 200 are read, so keep those that matter",
        ),
        ("name: " + "x" * 10_001, "the text has 10001 characters; at most 10000 are read"),
        ('{"name": "\\u0000"}', "name: the text has a control character (U+0000); remove it"),
        ('{"created": "2026-02-30"}', "created: `2026-02-30` is not in the calendar"),
        ("x" * (SIZE + 1), "longer than 16 MiB; write one deal a line, as JSON Lines"),
    ],
)
def test_a_text_that_is_no_document_is_refused(text, message):
    (problem,) = problems(text)
    assert message in problem


@pytest.mark.parametrize(
    "text",
    [
        "[" * 10_000,
        "[" * 10_000 + "]" * 10_000,
        '{"a":' * 10_000,
        "- " * 10_000,
        "{a: " * 10_000,
        "a: " + "[" * 10_000,
        "\n".join("  " * depth + "a:" for depth in range(2000)),
    ],
)
@pytest.mark.parametrize("form", ["yaml", "json", None])
def test_a_bomb_of_brackets_is_refused_at_once(text, form):
    started = time.process_time()
    (problem,) = problems(text, format=form)
    assert "nested more than 64 deep" in problem or "this is not JSON" in problem
    assert time.process_time() - started < 2


def test_a_bomb_of_aliases_is_refused_at_once():
    text = "a0: &a0 [x, x]\n" + "".join(
        f"a{level}: &a{level} [*a{level - 1}, *a{level - 1}]\n" for level in range(1, 100)
    )
    started = time.process_time()
    assert "line 100: a99[#1]: `*a98` is an alias; write the value out" in problems(text)
    assert time.process_time() - started < 2


def test_a_flood_of_unknown_keys_is_refused_in_time():
    text = "{" + ", ".join(f'"k{number}": 1' for number in range(50_000)) + "}"
    started = time.process_time()
    assert len(problems(text)) == 50_000
    assert time.process_time() - started < 5


def test_the_same_slip_in_every_deal_of_a_pipeline_is_told_in_time():
    started = time.process_time()
    assert len(list(read_pipeline(VOCABULARY, '{"superiorit": 1}\n' * 10_000))) == 10_000
    assert time.process_time() - started < 4


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "y", "TRUE ,", "1", "0", '"true"'])
def test_only_true_and_false_are_truth_values(word):
    (problem,) = problems(f"under_attack: {word}")
    assert "truth value" in problem


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("name: no", "no"),
        ("name: 1:30", "1:30"),
        ("name: 2026-11-21", "2026-11-21"),
        ("name: 007", "007"),
        ("name: 0x1F", "0x1F"),
        ("name: 1_000", "1_000"),
        ("name: .inf", ".inf"),
        ('name: "5"', "5"),
        ("name: 'true'", "true"),
        ("name: |\n  one\n  two\n", "one\ntwo\n"),
    ],
)
def test_text_stays_what_somebody_wrote(text, name):
    assert read_document(VOCABULARY, text) == Opportunity(name=name)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("phase: trial", None),
        ("\ufeffphase: trial\r\n", None),
        ("\ufeffphase: trial".encode(), None),
        ("---\nphase: trial\n...\n", None),
        ("{phase: trial}", None),
        ('{"phase": "trial"}', None),
        ('\n{"phase":\n"trial"}', "json"),
        ('\n{"phase": "trial"}\n\n', "jsonl"),
        ('{"phase": "trial"}', "yaml"),
    ],
)
def test_a_deal_is_read_from_yaml_and_json(text, form):
    assert read_document(VOCABULARY, text, format=form) == Opportunity(phase="trial")


def test_the_empty_value_and_null_are_unknown():
    text = "phase:\nid: null\nname: ~\npeople: []\n"
    assert read_document(VOCABULARY, text) == Opportunity(people=())


PIPELINES = [
    ("- phase: trial\n- phase: x\n- phase: lost\n", None, [None, (2, 2), None]),
    ("phase: trial\n---\nphase: x\n---\nphase: lost\n", None, [None, (2, 3), None]),
    ('{"phase": "trial"}\n\n{"phase": "x"}\n{"phase": "lost"}', None, [None, (2, 3), None]),
    ('{"phase": "trial"}\n{"phase"\n{"phase": "lost"}', "jsonl", [None, (2, 2), None]),
    ('{"phase": "trial"}\n{"phase": "x"}\n{"phase": "lost"}', "json", [None, (2, 2), None]),
    ('[{"phase": "trial"}, 3, {"phase": "lost"}]', None, [None, (2, None), None]),
    ("- id: a\n- id: b\n  id: c\n- 3\n", None, [None, (2, 2), (3, 4)]),
    ("phase: trial", None, [None]),
    ("phase: x", None, [(None, 1)]),
    ("[]", None, []),
    ("&a []", None, [(None, 1)]),
    ('{"name": "a\u2028b"}\n{"name": "c\x0cd"}', "jsonl", [None, (2, 2)]),
    ("", None, [(None, None)]),
    ("phase: trial\n---\nphase: lost\n---\n[", None, [None, None, (None, None)]),
    ("[1, 2", "json", [(None, None)]),
]


@pytest.mark.parametrize(("text", "form", "expected"), PIPELINES)
def test_a_pipeline_gives_each_deal_or_what_is_wrong_with_it(text, form, expected):
    found = list(read_pipeline(VOCABULARY, text, format=form))
    assert [
        (one.index, one.line) if isinstance(one, FactsError) else None for one in found
    ] == expected


def test_a_problem_in_a_pipeline_has_the_line_of_the_text():
    text = "- phase: trial\n- people:\n    - id: p1\n      support: x\n"
    _, error = read_pipeline(VOCABULARY, text)
    assert isinstance(error, FactsError)
    assert str(error).startswith("line 4: people[p1].support: `x` is not one of enemy")
