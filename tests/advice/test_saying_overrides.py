"""Overrides in what people and programs read: the text, the proofs and the JSON."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import b2brules
from b2brules import Advice, Money, Override
from b2brules.advice.serialising import schema_text
from b2brules.advice.wrapping import width_of
from b2brules.rulebook import LANGUAGES
from b2brules.ruleset.model import Language
from b2brules.testing import facts_for, overrides

AS_OF = datetime.date(2026, 11, 21)
BOOK = b2brules.load_rulebook()
DEAL = BOOK.read(Path(__file__).parents[2] / "docs" / "examples" / "fee_collection.yaml")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text()))


def saying(decision: str, value: Any, **others: Any) -> Override:
    said: dict[str, Any] = {"reason": "they told us", "by": "王琳", "on": AS_OF, **others}
    return Override(decision=decision, value=value, **said)


STANDING = saying("competitive_strategy", "frontal")
OF_A_PERSON = saying("people[security].key_player", "yes", instead_of=("yes", "no"))
NEEDLESS = saying("buy_class", "new_task")
IMPOSSIBLE = saying("purchase_drive", "top_down", instead_of=("top_down", "bottom_up"))
GONE = saying("people[gone].key_player", "no")
SCORE = saying("account_score", 7)
AMOUNT = saying("budget_fill", Money(amount=60_000, currency="CNY"))  # type: ignore[arg-type]


def advise(*made: Override, lang: Language = "en") -> Advice:
    return BOOK.evaluate(DEAL, as_of=AS_OF, lang=lang, overrides=made)


# --- text -----------------------------------------------------------------------------------


def test_the_text_shows_an_override_who_made_it_and_what_the_rules_say():
    text = advise(STANDING, SCORE).to_text()
    assert (
        "  Which competitive strategy do we run? (competitive_strategy)\n"
        "      Fight head-on, on the criteria that the customer has set.\n"
        "      Overridden by 王琳 on 2026-11-21: they told us\n"
        "      By the rules alone: Go round the flank; move the customer's criteria to\n"
        "      where we are stronger. The criteria can still be moved, and we have the\n"
        "      executive backing to move them.\n"
    ) in text
    assert (
        "      7\n"
        "      Overridden by 王琳 on 2026-11-21: they told us\n"
        "      By the rules alone: it cannot be calculated yet\n"
    ) in text
    assert "OVERRIDES TO TAKE BACK" not in text


def test_the_text_shows_an_override_in_chinese():
    text = advise(STANDING, OF_A_PERSON, lang="zh").to_text()
    assert (
        "      正面竞争：就按客户定下的标准，硬碰硬地赢。\n"
        "      由王琳于 2026-11-21 人工决定，理由：they told us\n"
        "      若按规则：侧翼竞争：把客户的决策标准引到我们更强的地方。"
    ) in text
    assert "      若按规则：尚无结论。仍有可能：是或否。\n" in text


def test_the_text_says_first_which_overrides_to_take_back():
    text = advise(NEEDLESS, IMPOSSIBLE, GONE, STANDING).to_text()
    section = text[text.index("OVERRIDES TO TAKE BACK") : text.index("WHAT TO DO")]
    assert section == (
        "OVERRIDES TO TAKE BACK\n"
        "  - Does this purchase come from the top, or from below? (purchase_drive)\n"
        "    On 2026-11-21, 王琳 decided: top down. That was open then, and the facts\n"
        "    have ruled it out since, so the rules are followed. Take the override back;\n"
        "    to contradict the rules knowingly, override them anew.\n"
        "    The reason given: they told us\n"
        "  - What kind of purchase is this for the customer? (buy_class)\n"
        "    On 2026-11-21, 王琳 decided: new task. The rules now decide the same. Take\n"
        "    the override back.\n"
        "    The reason given: they told us\n"
        "  - people[gone].key_player\n"
        "    On 2026-11-21, 王琳 decided: no. What that is about is not in the facts, so\n"
        "    it has no effect. Take the override back.\n"
        "    The reason given: they told us\n"
        "\n"
    )
    assert text.count("Overridden by") == 1


def test_the_text_says_in_chinese_which_overrides_to_take_back():
    text = advise(NEEDLESS, IMPOSSIBLE, GONE, lang="zh").to_text()
    section = text[text.index("【应撤回的人工决定】") : text.index("【现在要做】")]
    assert section == (
        "【应撤回的人工决定】\n"
        "  - 这次采购是自上而下，还是自下而上？（purchase_drive）\n"
        "    王琳于 2026-11-21 决定：自上而下。当时确有这种可能，但后来掌握的情况已将其排\n"
        "    除，因此改按规则执行。请撤回这项人工决定；如明知与规则不符仍要坚持，请重新作\n"
        "    出决定。\n"
        "    当时的理由：they told us\n"
        "  - 对客户来说，这属于哪一类采购？（buy_class）\n"
        "    王琳于 2026-11-21 决定：首次采购。现在按规则也是如此，请撤回这项人工决定。\n"
        "    当时的理由：they told us\n"
        "  - people[gone].key_player\n"
        "    王琳于 2026-11-21 决定：否。资料中已没有这项决定所针对的内容，因此不起作用，\n"
        "    请撤回这项人工决定。\n"
        "    当时的理由：they told us\n"
        "\n"
    )


# --- proofs ---------------------------------------------------------------------------------


def test_a_proof_shows_the_override_first_and_then_what_the_rules_say():
    text = advise(STANDING).explain("competitive_strategy").to_text()
    assert text.startswith(
        "Which competitive strategy do we run? (competitive_strategy)\n"
        "============================================================\n"
        "As of 2026-11-21: Fight head-on, on the criteria that the customer has set.\n"
        "\n"
        "THE OVERRIDE\n"
        "  frontal: stands\n"
        "    Overridden by 王琳 on 2026-11-21: they told us\n"
        "    By the rules alone: Go round the flank; move the customer's criteria to\n"
        "    where we are stronger. The criteria can still be moved, and we have the\n"
        "    executive backing to move them.\n"
        "\n"
        "THE ROWS, IN ORDER\n"
    )
    assert "  change_the_game → flanking: holds (cited)\n" in text


def test_a_proof_says_what_has_become_of_an_override():
    text = advise(NEEDLESS, IMPOSSIBLE).explain("purchase_drive").to_text()
    assert "  top down: impossible, since the facts have ruled it out\n" in text
    text = advise(NEEDLESS, IMPOSSIBLE, lang="zh").explain("buy_class").to_text()
    assert "  首次采购：已无必要，按规则也是如此\n" in text


def test_what_reads_an_overridden_decision_cites_it_as_overridden():
    made = saying("can_we_win", "no"), saying("can_we_compete", "no")
    text = advise(*made).explain("go_no_go").to_text()
    assert "with can_we_win = no (overridden)\n" in text
    assert (
        "  Can we compete? (can_we_compete) We cannot compete as things stand.\n"
        "    no: stands\n"
        "      Overridden by 王琳 on 2026-11-21: they told us\n"
        "      By the rules alone: Undecided. Still possible: yes or no.\n"
    ) in text
    text = advise(*made, lang="zh").explain("go_no_go").to_text()
    assert "其中 can_we_win = 否（人工决定）\n" in text


def test_the_proof_of_a_recommendation_shows_the_override_that_it_rests_on():
    advice = advise(OF_A_PERSON)
    name, variable = next(
        (one.id, variable)
        for one in advice.recommendations
        for variable, id in one.bindings.items()
        if id == "security"
        and "key_player (overridden)" in _facts(advice, one.id, {variable: "security"})
    )
    text = advice.explain(name, {variable: "security"}).to_text()
    assert "Overridden by 王琳 on 2026-11-21: they told us\n" in text


def _facts(advice: Advice, id: str, bindings: dict[str, str]) -> str:
    proof = advice.explain(id, bindings)
    assert isinstance(proof, b2brules.RecommendationProof)
    return " ".join(
        f"{name.rpartition('.')[2]} ({value.rpartition('(')[2]}"
        for match in proof.matches
        for clause in match.clauses
        for name, value in clause.facts
    )


# --- questions ------------------------------------------------------------------------------


def test_a_question_settles_what_it_settles_under_the_overrides():
    def settled(*made: Override) -> tuple[str, ...]:
        asked = {one.fact: one.settles for one in advise(*made).questions}
        return asked["marks.current_relationship"]

    assert "go_no_go" not in settled()
    assert "go_no_go" in settled(saying("can_we_win", "yes"))


# --- JSON -----------------------------------------------------------------------------------


def written(*made: Override) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(advise(*made).to_json())
    VALIDATOR.validate(document)
    return document


def test_the_json_has_the_override_of_a_decision():
    document = written(STANDING, SCORE, AMOUNT, OF_A_PERSON)
    about = {"by": "王琳", "on": "2026-11-21", "reason": "they told us", "state": "stands"}
    assert document["decisions"]["competitive_strategy"] == {
        "value": "frontal",
        "candidates": ["frontal"],
        "rule": None,
        "override": {
            "value": "frontal",
            **about,
            "set_aside": {
                "value": "flanking",
                "candidates": ["flanking"],
                "rule": "change_the_game",
            },
        },
    }
    assert document["decisions"]["account_score"] == {
        "value": 7,
        "override": {"value": 7, **about, "set_aside": {"value": None}},
    }
    amount = {"value": 60000, "currency": "CNY"}
    assert document["decisions"]["budget_fill"] == {
        **amount,
        "override": {**amount, **about, "set_aside": {"value": None}},
    }
    assert document["people"]["security"]["key_player"]["override"]["set_aside"] == {
        "value": None,
        "candidates": ["yes", "no"],
        "rule": None,
    }


def test_the_json_lists_what_becomes_of_each_override():
    document = written(GONE, NEEDLESS, STANDING, IMPOSSIBLE)
    assert list(document)[-1] == "overrides"
    assert document["overrides"] == [
        {"decision": "purchase_drive", "state": "impossible"},
        {"decision": "buy_class", "state": "needless"},
        {"decision": "competitive_strategy", "state": "stands"},
        {"decision": "people[gone].key_player", "state": "impossible"},
    ]
    assert document["decisions"]["purchase_drive"]["value"] == "bottom_up"
    assert document["decisions"]["purchase_drive"]["override"]["value"] == "top_down"


def test_the_json_says_nothing_of_overrides_where_there_are_none():
    assert "overrid" not in advise().to_json()


def test_the_json_of_a_proof_has_the_override():
    document = json.loads(advise(STANDING).explain("competitive_strategy").to_json())
    assert document["override"]["set_aside"]["rule"] == "change_the_game"


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.pop("by"),
        lambda one: one.update(state="withdrawn"),
        lambda one: one.update(state="needless"),
        lambda one: one.update(on="yesterday"),
        lambda one: one.update(set_aside=None),
        lambda one: one["set_aside"].update(override=json.loads(json.dumps(one))),
        lambda one: one.update(instead_of=["frontal"]),
    ],
)
def test_the_schema_refuses_an_override_that_is_none(change):
    document = written(STANDING)
    change(document["decisions"]["competitive_strategy"]["override"])
    assert not VALIDATOR.is_valid(document)


@settings(max_examples=20)
@given(data=st.data(), lang=st.sampled_from(LANGUAGES))
def test_advice_under_any_overrides_keeps_the_schema_and_the_width(data, lang):
    deal = data.draw(facts_for(BOOK))
    made = data.draw(overrides(BOOK, deal))
    advice = BOOK.evaluate(deal, as_of=AS_OF, lang=lang, overrides=made)
    VALIDATOR.validate(json.loads(advice.to_json()))
    assert all(width_of(line) <= 80 for line in advice.to_text().splitlines())
    for one in advice.overrides:
        if one.set_aside is not None:
            proof = advice.explain(one.override.decision)
            assert one.override.by in proof.to_text()
