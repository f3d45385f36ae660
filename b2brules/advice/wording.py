"""One decision in words."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from b2brules.advice.conclusions import Conclusion, Verdict
from b2brules.advice.evaluation import Evaluation
from b2brules.advice.model import Decision, JudgedOverride
from b2brules.advice.override import OverrideState, state_of
from b2brules.advice.saying import label_outcome, say, say_number
from b2brules.ruleset.model import DecisionKey, Formula, Language


def word_decision(
    evaluation: Evaluation, name: str, id: str | None, made: Conclusion, lang: Language
) -> Decision:
    """Return what a decision came to, with its question, outcome and reason in words.

    Args:
        evaluation: The deal, evaluated by the reference engine.
        name: The decision.
        id: The thing that it is about, ``None`` for the deal.
        made: What is in force.
        lang: ``en`` or ``zh``.
    """
    key = name, id
    worded = _word(evaluation, name, id, made, lang)
    override = evaluation.overrides.get(key)
    if override is None:
        return worded
    own = evaluation.by_rules(name, id)
    judged = judge_override(evaluation, key, state_of(override, own), {key: own}, lang)
    return evolve(worded, override=judged)


def judge_override(
    evaluation: Evaluation,
    key: DecisionKey,
    state: OverrideState,
    set_aside: Mapping[DecisionKey, Conclusion],
    lang: Language,
) -> JudgedOverride:
    """Return what becomes of an override, with what it decides in words.

    Args:
        evaluation: The deal, evaluated by the reference engine.
        key: What is overridden.
        state: What has become of it.
        set_aside: What the rules alone decide; without ``key`` if there is nothing to decide.
        lang: ``en`` or ``zh``.
    """
    override = evaluation.overrides[key]
    if isinstance(override.value, str):
        value = label_outcome(evaluation.book, key[0], override.value, lang)
    else:
        value = say_number(override.value)
    own = _word(evaluation, *key, set_aside[key], lang) if key in set_aside else None
    return JudgedOverride(override=override, state=state, value=value, set_aside=own)


def _word(
    evaluation: Evaluation, name: str, id: str | None, made: Conclusion, lang: Language
) -> Decision:
    book = evaluation.book
    decision = book.decisions[name]
    things = evaluation.bound(decision.binding, id)
    question = say(book.texts[name, "", lang], evaluation, things, lang)
    if isinstance(decision, Formula):
        assert not isinstance(made, Verdict)
        return Decision(name=name, question=question, value=made)
    assert isinstance(made, Verdict)
    labels = {outcome: label_outcome(book, name, outcome, lang) for outcome in decision.outcomes}
    if len(made.candidates) != 1:
        return Decision(name=name, question=question, candidates=made.candidates, labels=labels)
    (value,) = made.candidates
    return Decision(
        name=name,
        question=question,
        value=value,
        candidates=made.candidates,
        rule=made.rule,
        sentence=say(book.texts[f"{name} = {value}", "", lang], evaluation, things, lang),
        reason=None
        if made.rule is None
        else say(book.texts[made.rule, "", lang], evaluation, things, lang),
        labels=labels,
    )
