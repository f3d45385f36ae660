"""Overrides change what follows from them, in every engine alike, and nothing else."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import b2brules
from b2brules import Advice, Money, Override, Rulebook, Verdict
from b2brules.advice.paths import decision_name, decisions_of
from b2brules.language.tree import DecisionValue
from b2brules.language.walking import walk
from b2brules.ruleset.asking import asked_by
from b2brules.ruleset.model import DecisionKey
from b2brules.testing import (
    AS_OF,
    agreement,
    facts_for,
    fillings,
    overrides,
    rates,
    refinement,
    rulebooks,
)

ROOT = Path(__file__).parents[2]
FUZZING = settings().max_examples > 1_000


def many(everyday: int, fuzz: int) -> settings:
    """So many examples in `make test`, and so many in `make fuzz`."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=fuzz if FUZZING else everyday, suppress_health_check=slow)


@functools.cache
def shipped() -> Rulebook:
    return b2brules.load_rulebook()


@functools.cache
def once_hidden() -> Rulebook:
    return b2brules.load_rulebook(ROOT / "tests" / "engines" / "once_hidden.yaml")


def check_laws(
    data: st.DataObject, book: Rulebook, deal: Mapping[str, Any], known: Mapping[str, Decimal]
) -> None:
    made = data.draw(overrides(book, deal))
    agreement(book, deal, rates=known, overrides=made)
    facts_still_only_narrow(data, book, deal, made, known)
    advice = functools.partial(book.evaluate, deal, as_of=AS_OF, rates=known)
    before, after = advice(), advice(overrides=made)
    nothing_else_changes(book, before, after)
    what_the_rules_decide_changes_nothing(data, book, advice, before)


def facts_still_only_narrow(
    data: st.DataObject,
    book: Rulebook,
    deal: Mapping[str, Any],
    made: Iterable[Override],
    known: Mapping[str, Decimal],
) -> None:
    """Who contradicts the rules knowingly is followed whatever turns out."""
    knowingly = [evolve(one, instead_of=None) for one in made]
    for _ in range(2):
        after = data.draw(fillings(book, deal))
        refinement(book, deal, after, rates=known, overrides=knowingly)
        deal = after


def nothing_else_changes(book: Rulebook, before: Advice, after: Advice) -> None:
    """What reads no overridden decision, itself or through others, is as it was."""
    touched = {name for name, _ in after.conclusions.set_aside}
    for name, decision in book._book.decisions.items():
        if touched & read_by(decision):
            touched.add(name)
    was, now = before.conclusions, after.conclusions
    assert was.decisions.keys() == now.decisions.keys()
    for key, conclusion in was.decisions.items():
        if key[0] not in touched:
            assert now.decisions[key] == conclusion, key
        elif key in now.set_aside and not touched & read_by(book._book.decisions[key[0]]):
            assert now.set_aside[key] == conclusion, key
    aside = {id for id, rule in book._book.recommendations.items() if touched & read_by(rule)}
    old, new = (
        {match for match in found.matches if match.rule not in aside} for found in (was, now)
    )
    assert old == new


def read_by(rule: Any) -> set[str]:
    nodes = (node for asked in asked_by(rule) for node in walk(asked))
    return {node.name for node in nodes if isinstance(node, DecisionValue)}


def what_the_rules_decide_changes_nothing(
    data: st.DataObject, book: Rulebook, advice: Any, before: Advice
) -> None:
    """An override with the value that the rules decide is needless, and changes nothing."""
    decided: dict[DecisionKey, str | Decimal | Money] = {}
    for key, one in before.conclusions.decisions.items():
        if isinstance(one, Verdict):
            decided |= {key: one.candidates[0]} if len(one.candidates) == 1 else {}
        elif one is not None:
            decided[key] = one
    if not decided:
        return
    some = data.draw(st.lists(st.sampled_from(list(decided)), min_size=1, max_size=4, unique=True))
    same = [saying(decision_name(book._book, key), decided[key]) for key in some]
    after = advice(overrides=same)
    assert after.conclusions.decisions == before.conclusions.decisions
    assert after.conclusions.matches == before.conclusions.matches
    assert {one.state for one in after.overrides} == {"needless"}


def saying(decision: str, value: str | Decimal | Money, **others: Any) -> Override:
    made = Override(decision=decision, value=value, reason="so", by="Mei Lin", on=AS_OF)
    return evolve(made, **others)


@pytest.mark.parametrize("part", range(2))
@many(80, 6_000)
@given(data=st.data(), known=rates())
def test_the_engines_follow_overrides_alike_and_change_nothing_else(part, data, known):
    check_laws(data, shipped(), data.draw(facts_for(shipped())), known)


@pytest.mark.parametrize("part", range(10))
@many(10, 100)
@given(data=st.data(), book=rulebooks(), known=rates())
def test_the_laws_of_overrides_hold_of_any_rulebook(part, data, book, known):
    for _ in range(4):
        check_laws(data, book, data.draw(facts_for(book)), known)


@many(60, 3_000)
@given(data=st.data(), known=rates())
def test_the_laws_of_overrides_hold_of_rules_that_are_formulas(data, known):
    check_laws(data, once_hidden(), data.draw(facts_for(once_hidden())), known)


@many(15, 400)
@given(data=st.data(), known=rates())
def test_the_engines_say_the_same_in_every_word_and_ask_nothing_for_what_is_overridden(data, known):
    deal = data.draw(facts_for(shipped()))
    made = data.draw(overrides(shipped(), deal))
    agreement(shipped(), deal, rates=known, overrides=made, words=True)
    advice = shipped().evaluate(deal, as_of=AS_OF, rates=known, overrides=made)
    standing = {one.override.decision for one in advice.overrides if one.state == "stands"}
    assert not standing & {name for asked in advice.questions for name in asked.settles}


@many(15, 300)
@given(data=st.data(), book=rulebooks())
def test_the_order_of_overrides_does_not_change_a_byte(data, book):
    deal = data.draw(facts_for(book))
    made = data.draw(overrides(book, deal))
    one, other = (
        book.evaluate(deal, as_of=AS_OF, overrides=some) for some in (made, reversed(made))
    )
    assert one == other
    assert one.to_json() == other.to_json()
    assert one.to_text() == other.to_text()


@many(30, 2_000)
@given(data=st.data())
def test_only_overrides_that_stand_are_in_force(data):
    deal = data.draw(facts_for(shipped()))
    advice = shipped().evaluate(
        deal, as_of=date(2026, 11, 21), overrides=data.draw(overrides(shipped(), deal))
    )
    for one in advice.overrides:
        name = one.override.decision
        shown = [made for path, made in decisions_of(advice).items() if path == name]
        assert bool(shown) is (one.set_aside is not None)
        for decision in shown:
            assert decision.override == one
            if one.state != "impossible":
                assert decision.value == one.override.value
            elif one.set_aside is not None:
                assert evolve(decision, override=None) == one.set_aside
