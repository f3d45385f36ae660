"""From what an engine concluded to advice in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

from b2brules.advice.conclusions import Conclusion, Conclusions, Match
from b2brules.advice.evaluation import Evaluation, Trial, bound_in
from b2brules.advice.misses import no_decision, no_recommendation
from b2brules.advice.model import (
    Advice,
    Decision,
    JudgedOverride,
    Proof,
    Question,
    Recommendation,
    RecommendationProof,
    Subject,
)
from b2brules.advice.override import states_of
from b2brules.advice.proving import prove
from b2brules.advice.proving_matches import prove_recommendation
from b2brules.advice.questions import ask
from b2brules.advice.saying import call, cite, say
from b2brules.advice.wording import judge_override, word_decision
from b2brules.facts import Account
from b2brules.facts.paths import split_name
from b2brules.ruleset.model import Book, Language


def build_advice(
    book: Book,
    conclusions: Conclusions,
    prepare: Callable[[], tuple[Evaluation, Trial]],
    as_of: date,
    lang: Language,
) -> Advice:
    """Return the advice that follows from what an engine concluded.

    Args:
        book: The rules.
        conclusions: What the engine made of a deal.
        prepare: Returns the same deal, evaluated by the reference engine, and what tries out
            unknown facts; it is called when something has to be put into words.
        as_of: The day of the advice.
        lang: ``en`` or ``zh``.
    """
    return Advice(
        as_of=as_of,
        rulebook=book.fingerprint,
        lang=lang,
        conclusions=conclusions,
        parts=_Worded(prepare, conclusions, lang),
    )


class _Worded:
    """The parts of advice, each put into words when it is asked for."""

    def __init__(
        self,
        prepare: Callable[[], tuple[Evaluation, Trial]],
        conclusions: Conclusions,
        lang: Language,
    ) -> None:
        self._prepare = prepare
        self._conclusions = conclusions
        self._lang = lang

    @cached_property
    def _prepared(self) -> tuple[Evaluation, Trial]:
        return self._prepare()

    @property
    def _evaluation(self) -> Evaluation:
        return self._prepared[0]

    def subject(self) -> Subject:
        deal = self._evaluation.deal
        if self._evaluation.is_account_review:
            account = deal.account or Account()  # an account of which nothing is known
            return Subject(kind="account", id=account.id, name=account.name)
        return Subject(kind="opportunity", id=deal.id, name=deal.name)

    def names(self) -> Mapping[str, Mapping[str, str]]:
        evaluation = self._evaluation
        listed = {
            path: evaluation.things(path)
            for path in evaluation.book.vocabulary.lists()
            if not evaluation.is_account_review or path[0] == "account"
        }
        # People are always listed: an empty list and an unknown one both have nobody in them yet.
        return {
            path[-1]: {thing.id: call(thing, self._lang) for thing in things or ()}
            for path, things in listed.items()
            if things or path == ("people",)
        }

    @cached_property
    def _made(self) -> dict[tuple[str | None, str | None], dict[str, Conclusion]]:
        """What was concluded, by list and id."""
        made: dict[tuple[str | None, str | None], dict[str, Conclusion]] = {}
        for (name, id), conclusion in self._conclusions.decisions.items():
            binding = self._evaluation.book.decisions[name].binding
            place = None if binding is None else binding.list[-1]
            made.setdefault((place, id), {})[name] = conclusion
        return made

    def _worded(self, place: str | None, id: str | None) -> Mapping[str, Decision]:
        return MappingProxyType(
            {
                name: word_decision(self._evaluation, name, id, conclusion, self._lang)
                for name, conclusion in self._made.get((place, id), {}).items()
            }
        )

    def decisions(self) -> Mapping[str, Decision]:
        # What is asked about is the deal; what its account comes to stands behind that.
        worded = self._worded(None, None)
        of_deals = self._evaluation.book.deal_decisions
        return MappingProxyType(
            {name: worded[name] for name in sorted(worded, key=lambda one: one not in of_deals)}
        )

    def things(self) -> Mapping[str, Mapping[str, Mapping[str, Decision]]]:
        return {
            place: {id: self._worded(place, id) for id in listed}
            for place, listed in self.names().items()
        }

    def recommendations(self) -> tuple[Recommendation, ...]:
        worded = (self._recommend(match) for match in self._conclusions.matches)
        return tuple(
            sorted(
                worded,
                key=lambda one: (one.priority, one.due, one.id, tuple(one.bindings.values())),
            )
        )

    def _recommend(self, match: Match) -> Recommendation:
        evaluation, lang = self._evaluation, self._lang
        rule = evaluation.book.recommendations[match.rule]
        things = bound_in(evaluation, match)
        target = None if rule.target is None else things[rule.target]
        texts = evaluation.book.texts
        return Recommendation(
            id=rule.id,
            bindings=MappingProxyType({variable: thing.id for variable, thing in things.items()}),
            certainty="certain" if match.certain else "possible",
            target=None if target is None else target.id,
            target_name=None if target is None else call(target, lang),
            action=say(texts[rule.id, "action", lang], evaluation, things, lang),
            why=say(texts[rule.id, "why", lang], evaluation, things, lang),
            prime=rule.prime,
            owner=rule.owner,
            priority=rule.priority,
            due=evaluation.as_of + timedelta(days=rule.within),
            source=cite(rule.citations),
            basis=rule.basis,
        )

    def questions(self) -> tuple[Question, ...]:
        evaluation, trial = self._prepared
        return ask(evaluation, trial, self._conclusions.matches, self._lang)

    def overrides(self) -> tuple[JudgedOverride, ...]:
        evaluation, set_aside = self._evaluation, self._conclusions.set_aside
        states = states_of(evaluation.overrides, set_aside)
        return tuple(
            judge_override(evaluation, key, state, set_aside, self._lang)
            for key, state in states.items()
        )

    def prove(self, name: str, bindings: Mapping[str, str] | None) -> Proof | RecommendationProof:
        evaluation = self._evaluation
        if name in evaluation.book.recommendations:
            try:
                return prove_recommendation(evaluation, name, bindings or {}, self._lang)
            except KeyError:
                rule = evaluation.book.recommendations[name]
                raise KeyError(no_recommendation(rule, bindings or {})) from None
        if bindings:
            raise KeyError(f"`{name}` is no recommendation; only these are about certain things")
        place, id, decision = split_name(name) or (None, None, name)
        key = (place, id)
        if decision not in self._made.get(key, {}):
            made = {
                decision if place is None else f"{place}[{id}].{decision}": decision
                for (place, id), listed in self._made.items()
                for decision in listed
            }
            raise KeyError(no_decision(name, made, evaluation.book))
        return prove(evaluation, decision, id, self._lang)
