"""Advice as JSON: the form of the published schema, exact, and the same every time."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from b2brules.advice.model import Advice, Decision, Proof, Question, Recommendation, Subject
from b2brules.advice.serialising import advice_to_json, proof_to_json, schema_text
from b2brules.facts import Money

VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))


def written(advice: Advice) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(advice_to_json(advice), parse_float=Decimal)
    return read


@pytest.fixture
def advice(
    make_advice: Callable[..., Advice],
    make_decision: Callable[..., Decision],
    make_recommendation: Callable[..., Recommendation],
) -> Advice:
    number = {"candidates": None, "rule": None, "sentence": None, "reason": None}
    return make_advice(
        subject=Subject(kind="opportunity", id="d1", name="代收费"),
        decisions=(
            make_decision("competitive_strategy", "flanking", rule="change_the_game"),
            make_decision("can_we_win", "yes", "no"),
            make_decision("account_score", value=Decimal("7.2"), **number),
            make_decision(
                "budget_fill", value=Money(amount=Decimal(60000), currency="CNY"), **number
            ),
            make_decision("ceiling", value=None, **number),
        ),
        things={
            "cost_items": {"c1": (make_decision("fill_candidate", "yes", rule="high"),)},
            "people": {
                "p1": (make_decision("relationship_strategy", "suppress", rule="contain_them"),),
                "p2": (),
            },
        },
        recommendations=(
            make_recommendation(
                "shield_the_ally",
                bindings={"ally": "p2", "boss": "p1"},
                target="p2",
                prime="insulate",
                basis="inferred",
            ),
        ),
        questions=(
            Question(fact="support_shown", question="Has it?", settles=("can_we_win",), opens=2),
        ),
    )


DOCUMENT = """\
{
  "as_of": "2026-11-21",
  "rulebook": "0123456789abcdef",
  "lang": "en",
  "subject": {
    "kind": "opportunity",
    "id": "d1",
    "name": "代收费"
  },
  "decisions": {
    "competitive_strategy": {
      "value": "flanking",
      "candidates": [
        "flanking"
      ],
      "rule": "change_the_game"
    },
    "can_we_win": {
      "value": null,
      "candidates": [
        "yes",
        "no"
      ],
      "rule": null
    },
    "account_score": {
      "value": 7.2
    },
    "budget_fill": {
      "value": 60000,
      "currency": "CNY"
    },
    "ceiling": {
      "value": null
    }
  },
  "people": {
    "p1": {
      "relationship_strategy": {
        "value": "suppress",
        "candidates": [
          "suppress"
        ],
        "rule": "contain_them"
      }
    },
    "p2": {}
  },
  "cost_items": {
    "c1": {
      "fill_candidate": {
        "value": "yes",
        "candidates": [
          "yes"
        ],
        "rule": "high"
      }
    }
  },
  "recommendations": [
    {
      "id": "shield_the_ally",
      "bindings": {
        "ally": "p2",
        "boss": "p1"
      },
      "certainty": "certain",
      "target": "p2",
      "action": "Do shield_the_ally.",
      "why": "It helps.",
      "prime": "insulate",
      "owner": "account_manager",
      "priority": 2,
      "due": "2026-11-28",
      "source": "tas \\"3:1\\"",
      "basis": "inferred"
    }
  ],
  "questions": [
    {
      "fact": "support_shown",
      "question": "Has it?",
      "settles": [
        "can_we_win"
      ]
    }
  ]
}"""


def test_one_advice_is_written_key_by_key_as_the_design_has_it(advice: Advice) -> None:
    assert advice_to_json(advice) == DOCUMENT
    VALIDATOR.validate(json.loads(DOCUMENT))


def test_an_advice_of_a_pipeline_is_one_line_without_spaces_between(advice: Advice) -> None:
    line = advice_to_json(advice, indent=None)
    assert "\n" not in line
    assert line.startswith('{"as_of":"2026-11-21","rulebook":"0123456789abcdef","lang":"en",')
    assert json.loads(line) == json.loads(DOCUMENT)


def test_people_are_there_for_a_deal_without_any_and_not_for_an_account(
    make_advice: Callable[..., Advice],
) -> None:
    assert written(make_advice())["people"] == {}
    account = Subject(kind="account", id=None, name=None)
    assert "people" not in written(make_advice(subject=account))


@given(
    number=st.decimals(allow_nan=False, allow_infinity=False, places=6)
    | st.sampled_from(
        [Decimal("1E+15"), Decimal("-0"), Decimal("100"), Decimal("1.50"), Decimal("1E-6")]
    )
)
def test_numbers_are_written_digit_by_digit(
    number: Decimal, make_advice: Callable[..., Advice], make_decision: Callable[..., Decision]
) -> None:
    made = evolve(make_decision("score"), value=number, candidates=None)
    text = advice_to_json(make_advice(decisions=(made,)), indent=None)
    digits = text.partition('"score":{"value":')[2].partition("}")[0]
    assert Decimal(digits) == number
    assert "E" not in digits
    assert digits != "-0"
    assert not ("." in digits and digits.endswith("0"))


@given(data=st.data())
def test_every_advice_keeps_the_schema(
    data: st.DataObject, any_advice: st.SearchStrategy[Advice]
) -> None:
    advice = data.draw(any_advice)
    VALIDATOR.validate(json.loads(advice_to_json(advice)))


@given(data=st.data())
def test_both_forms_say_the_same(
    data: st.DataObject, any_advice: st.SearchStrategy[Advice]
) -> None:
    advice = data.draw(any_advice)
    indented, line = advice_to_json(advice), advice_to_json(advice, indent=None)
    assert json.loads(indented, parse_float=Decimal) == json.loads(line, parse_float=Decimal)
    assert "\n" not in line


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("as_of",), "21.11.2026"),
        (("rulebook",), "xyz"),
        (("lang",), "fr"),
        (("subject", "kind"), "person"),
        (("subject", "age"), 3),
        (("override",), {}),
        (("Other",), {}),
        (("decisions", "can_we_win", "candidates"), ["yes"]),
        (("decisions", "can_we_win", "rule"), "some_row"),
        (("decisions", "competitive_strategy", "rule"), None),
        (("decisions", "account_score", "value"), "7.2"),
        (("decisions", "budget_fill", "currency"), "yuan"),
        (("people", "p1", "relationship_strategy", "value"), True),
        (("recommendations", 0, "owner"), "boss"),
        (("recommendations", 0, "priority"), 0),
        (("recommendations", 0, "certainty"), "likely"),
        (("recommendations", 0, "extra"), 1),
        (("questions", 0, "opens"), 2),
    ],
)
def test_the_schema_refuses_what_is_no_advice(
    advice: Advice, path: tuple[str | int, ...], value: object
) -> None:
    document: Any = written(advice)
    here = document
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    assert not VALIDATOR.is_valid(document)


@pytest.mark.parametrize("key", ["as_of", "people", "questions", "subject"])
def test_the_schema_asks_for_every_part_of_a_deal(advice: Advice, key: str) -> None:
    document = written(advice)
    del document[key]
    assert not VALIDATOR.is_valid(document)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


@given(data=st.data())
def test_a_proof_is_json_with_the_proofs_that_it_rests_on(
    data: st.DataObject, any_proof: st.SearchStrategy[Proof]
) -> None:
    proof = data.draw(any_proof)
    read = json.loads(proof_to_json(proof))
    assert (read["as_of"], read["lang"]) == ("2026-11-21", proof.lang)
    assert read["decision"] == proof.decision.name
    assert [row["holds"] for row in read["rows"]] == [row.holds for row in proof.rows]
    assert [one["decision"] for one in read["because"]] == [
        one.decision.name for one in proof.because
    ]
