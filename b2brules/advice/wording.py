"""One decision in words."""

from __future__ import annotations

from attrs import evolve

from b2brules.advice.conclusions import Conclusion, Verdict
from b2brules.advice.evaluation import Evaluation
from b2brules.advice.model import Decision, JudgedOverride
from b2brules.advice.override import Override, state_of
from b2brules.advice.saying import label_outcome, say, say_number
from b2brules.ruleset.model import Book, Formula, Language


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
    override = evaluation.overrides.get((name, id))
    worded = _word(evaluation, name, id, made, lang)
    if override is None:
        return worded
    own = evaluation.by_rules(name, id)
    return evolve(
        worded,
        override=JudgedOverride(
            override=override,
            state=state_of(override, own),
            value=say_override(evaluation.book, name, override, lang),
            set_aside=_word(evaluation, name, id, own, lang),
        ),
    )


def say_override(book: Book, name: str, override: Override, lang: Language) -> str:
    """Return what an override decides in a few words."""
    if isinstance(override.value, str):
        return label_outcome(book, name, override.value, lang)
    return say_number(override.value)


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
