"""One decision in words."""

from __future__ import annotations

from b2brules.advice.conclusions import Conclusion, Verdict
from b2brules.advice.evaluation import Evaluation
from b2brules.advice.model import Decision
from b2brules.advice.saying import label_outcome, say
from b2brules.ruleset.model import Formula, Language


def word_decision(
    evaluation: Evaluation, name: str, id: str | None, made: Conclusion, lang: Language
) -> Decision:
    """Return what a decision came to, with its question, outcome and reason in words."""
    book = evaluation.book
    decision = book.decisions[name]
    things = evaluation.bound(decision.binding, id)
    question = say(book.texts[name, "", lang], evaluation, things, lang)
    if isinstance(decision, Formula):
        assert not isinstance(made, Verdict)
        return Decision(name=name, question=question, value=made)
    assert isinstance(made, Verdict)
    labels = {outcome: label_outcome(book, name, outcome, lang) for outcome in decision.outcomes}
    if made.rule is None:
        return Decision(name=name, question=question, candidates=made.candidates, labels=labels)
    (value,) = made.candidates
    return Decision(
        name=name,
        question=question,
        value=value,
        candidates=made.candidates,
        rule=made.rule,
        sentence=say(book.texts[f"{name} = {value}", "", lang], evaluation, things, lang),
        reason=say(book.texts[made.rule, "", lang], evaluation, things, lang),
        labels=labels,
    )
