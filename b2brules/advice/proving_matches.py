"""Why something is recommended, may be, or is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

from b2brules.advice.evaluation import Evaluation, Things
from b2brules.advice.model import ClauseProof, MatchProof, RecommendationProof
from b2brules.advice.proving import decisions_read, prove_clause, prove_condition, prove_key
from b2brules.advice.saying import call, cite, say
from b2brules.language import tree
from b2brules.language.writing import write_condition
from b2brules.ruleset.model import WHEN, DecisionKey, Language, Recommendation

MISSES_SHOWN = 3
"""How many of the things that a rule fails for are looked into: those that miss the least."""


def prove_recommendation(
    evaluation: Evaluation, id: str, bindings: Mapping[str, str], lang: Language
) -> RecommendationProof:
    """Return why something is recommended or not, perhaps for certain things alone.

    Args:
        evaluation: The deal, evaluated by the reference engine.
        id: The recommendation's rule.
        bindings: Ids of the things that some or all of its variables have to stand for.
        lang: The language of its sentences.

    Raises:
        KeyError: The rule is left out of an account review, or it cannot stand for these things.
    """
    rule = evaluation.book.recommendations[id]
    if evaluation.is_account_review and id in evaluation.book.deal_recommendations:
        raise KeyError(id)
    ways = [things for things in evaluation.ways_to_bind(rule) if _fits(things, bindings)]
    if bindings and not ways:
        raise KeyError(id)
    truths = [evaluation.holds_all(rule.clauses, things) for things in ways]
    judged = list(zip(ways, truths, strict=True))
    standing = [things for things, truth in judged if truth is not False]
    misses = [things for things, truth in judged if truth is False]
    shown = [*standing]
    if bindings or not standing:
        misses.sort(key=lambda things: _failures(evaluation, rule, things))
        shown += misses[:MISSES_SHOWN]
    certainty: Literal["certain", "possible"] | None = None
    if standing:
        certainty = "certain" if True in truths else "possible"
    read = dict.fromkeys(
        key for things in shown for key in _decisions_behind(evaluation, rule, things)
    )
    # What the rule reads itself stands here, not below another decision that reads it too.
    seen: set[DecisionKey] = set(read)
    return RecommendationProof(
        id=id,
        certainty=certainty,
        matches=tuple(_prove_match(evaluation, rule, things, lang) for things in shown),
        left_out=len(ways) - len(shown),
        unbound=_unbound(evaluation, rule),
        source=cite(rule.citations),
        basis=rule.basis,
        because=tuple(prove_key(evaluation, key, lang, seen) for key in read),
        as_of=evaluation.as_of,
        lang=lang,
    )


def _fits(things: Things, bindings: Mapping[str, str]) -> bool:
    return all(
        variable in things and things[variable].id == id for variable, id in bindings.items()
    )


def _unbound(evaluation: Evaluation, rule: Recommendation) -> tuple[str, ...]:
    wanted = Counter(binding.list for binding in rule.bindings)
    return tuple(
        ".".join(path)
        for path, number in wanted.items()
        if len(evaluation.things(path) or ()) < number
    )


def _prove_match(
    evaluation: Evaluation, rule: Recommendation, things: Things, lang: Language
) -> MatchProof:
    texts = evaluation.book.texts
    return MatchProof(
        bindings={variable: thing.id for variable, thing in things.items()},
        names={variable: call(thing, lang) for variable, thing in things.items()},
        holds=evaluation.holds_all(rule.clauses, things),
        action=say(texts[rule.id, "action", lang], evaluation, things, lang),
        why=say(texts[rule.id, "why", lang], evaluation, things, lang),
        clauses=tuple(_clauses(evaluation, rule, things, lang)),
    )


def _clauses(
    evaluation: Evaluation, rule: Recommendation, things: Things, lang: Language
) -> Iterator[ClauseProof]:
    """Yield each cell; a long `when` in parts, so that the one that fails stands alone."""
    for clause in rule.clauses:
        if clause.column == WHEN and isinstance(clause.condition, tree.And):
            for part in clause.condition.conditions:
                yield prove_condition(evaluation, write_condition(part), part, things, lang)
        else:
            yield prove_clause(evaluation, clause, things, lang)


def _conditions(rule: Recommendation) -> Iterator[tree.Condition]:
    for clause in rule.clauses:
        if isinstance(clause.condition, tree.And):
            yield from clause.condition.conditions
        else:
            yield clause.condition


def _failures(evaluation: Evaluation, rule: Recommendation, things: Things) -> int:
    return sum(evaluation.holds(part, things) is False for part in _conditions(rule))


def _decisions_behind(
    evaluation: Evaluation, rule: Recommendation, things: Things
) -> Iterator[DecisionKey]:
    """Yield what the rule read: all of it where it stands, else what made it fail."""
    stands = evaluation.holds_all(rule.clauses, things) is not False
    for part in _conditions(rule):
        if stands or evaluation.holds(part, things) is False:
            yield from decisions_read(evaluation, part, things)
