"""What to find out next: the unknown facts, and the decisions that each would settle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from b2brules.advice.conclusions import Match
from b2brules.advice.evaluation import Evaluation, Trial, bound_in
from b2brules.advice.model import Question
from b2brules.advice.paths import decision_name
from b2brules.advice.samples import RATES, samples_of, thresholds_of
from b2brules.advice.saying import call
from b2brules.advice.unknowns import (
    is_open,
    of_clauses,
    of_decision,
    of_value,
    open_rows,
)
from b2brules.facts import Fact
from b2brules.facts.paths import FactPath, fact_name, part_at_id
from b2brules.ruleset.model import DecisionKey, Formula, Language

RATE_QUESTION: Mapping[Language, str] = {
    "en": "How much is one {} in {}?",
    "zh": "1 {} 折合多少 {}?",
}


def ask(
    evaluation: Evaluation, trial: Trial, matches: Iterable[Match], lang: Language
) -> tuple[Question, ...]:
    """Return the unknown facts worth finding out, those that settle most decisions first.

    Args:
        evaluation: The deal as it is known.
        trial: Returns the decisions if an unknown fact had a certain value.
        matches: The recommendations that hold or may hold.
        lang: ``en`` or ``zh``.
    """
    undecided = [
        key
        for name in evaluation.book.decisions
        for key in evaluation.keys(name)
        if is_open(evaluation.decide(*key))
    ]
    waiting: dict[FactPath, list[DecisionKey]] = {}
    for key in undecided:
        for path in dict.fromkeys(of_decision(evaluation, *key)):
            waiting.setdefault(path, []).append(key)
    opens = _opens(evaluation, undecided, matches)
    thresholds = thresholds_of(evaluation.book)
    lists = tuple(evaluation.book.vocabulary.lists())
    questions = []
    for path in {**waiting, **opens}:
        settles = _settled(evaluation, trial, path, waiting.get(path, []), thresholds)
        questions.append(
            Question(
                fact=fact_name(path, lists),
                question=_words(evaluation, path, lang),
                settles=tuple(decision_name(evaluation.book, key) for key in settles),
                opens=opens.get(path, 0),
            )
        )
    order = {fact.path: place for place, fact in enumerate(_facts(evaluation).values())}
    places = {fact_name(path, lists): order.get(_general(path, evaluation), -1) for path in opens}
    return tuple(
        sorted(
            questions,
            # Of two that settle as much, the one about the deal comes before the account's.
            key=lambda one: (
                -len(one.settles),
                one.fact.startswith("account."),
                -one.opens,
                places.get(one.fact, -1),
                one.fact,
            ),
        )
    )


def _opens(
    evaluation: Evaluation, undecided: list[DecisionKey], matches: Iterable[Match]
) -> dict[FactPath, int]:
    """Count, for each unknown fact, the rows that are unknown for want of it."""
    counted: dict[FactPath, int] = {}

    def add(paths: Iterator[FactPath]) -> None:
        for path in dict.fromkeys(paths):
            counted[path] = counted.get(path, 0) + 1

    for name, id in undecided:
        decision = evaluation.book.decisions[name]
        things = evaluation.bound(decision.binding, id)
        if isinstance(decision, Formula):
            add(of_value(evaluation, decision.value, things))
        else:
            for row in open_rows(evaluation, decision, things):
                add(of_clauses(evaluation, row.clauses, things))
    for match in matches:
        if not match.certain:
            rule = evaluation.book.recommendations[match.rule]
            add(of_clauses(evaluation, rule.clauses, bound_in(evaluation, match)))
    return counted


def _settled(
    evaluation: Evaluation,
    trial: Trial,
    path: FactPath,
    waiting: list[DecisionKey],
    thresholds: Mapping[str, frozenset[Decimal]],
) -> list[DecisionKey]:
    """Return which of the waiting decisions some value of the fact would decide on its own."""
    left = list(waiting)
    for value in _samples(evaluation, path, thresholds) if left else ():
        decisions = trial(path, value)
        left = [key for key in left if key in decisions and is_open(decisions[key])]
        if not left:
            break
    return [key for key in waiting if key not in left]


def _samples(
    evaluation: Evaluation, path: FactPath, thresholds: Mapping[str, frozenset[Decimal]]
) -> Iterable[object]:
    if path[0] == "rates":
        return RATES
    fact = _facts(evaluation)[_general(path, evaluation)]
    return samples_of(evaluation, path, fact.type, thresholds.get(path[-1], frozenset()))


def _facts(evaluation: Evaluation) -> Mapping[tuple[str, ...], Fact]:
    return {fact.path: fact for fact in evaluation.book.vocabulary.facts.values()}


def _general(path: FactPath, evaluation: Evaluation) -> tuple[str, ...]:
    """Return the path without the id of a thing: ``("people", "support")``."""
    part = part_at_id(path, tuple(evaluation.book.vocabulary.lists()))
    if part is None:
        return path
    place, _, inside = part
    return (*place, *inside)


def _words(evaluation: Evaluation, path: FactPath, lang: Language) -> str:
    if path[0] == "rates":
        return RATE_QUESTION[lang].format(path[1], path[2])
    fact = _facts(evaluation)[_general(path, evaluation)]
    return fact.question[lang].replace("{name}", _thing_name(evaluation, path, lang))


def _thing_name(evaluation: Evaluation, path: FactPath, lang: Language) -> str:
    part = part_at_id(path, tuple(evaluation.book.vocabulary.lists()))
    if part is None:
        return ""
    place, id, _ = part
    return next((call(one, lang) for one in evaluation.things(place) or () if one.id == id), "")
