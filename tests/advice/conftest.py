"""Advice built by hand, and generated, to be written as JSON and as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal

import pytest
from attrs import frozen
from hypothesis import strategies as st

from b2brules.advice.conclusions import Conclusions
from b2brules.advice.model import (
    Advice,
    ClauseProof,
    Decision,
    JudgedOverride,
    Proof,
    Question,
    Recommendation,
    RowProof,
    Subject,
)
from b2brules.facts import Money
from b2brules.ruleset.model import BASES, OWNERS, PRIME, Language

AS_OF = date(2026, 11, 21)


@frozen
class Parts:
    """The parts of an advice, given by hand."""

    made: dict[str, Decision]
    made_of_things: dict[str, dict[str, dict[str, Decision]]]
    actions: tuple[Recommendation, ...]
    asked: tuple[Question, ...]
    whom: Subject
    called: dict[str, dict[str, str]]
    overridden: tuple[JudgedOverride, ...] = ()

    def subject(self) -> Subject:
        return self.whom

    def decisions(self) -> dict[str, Decision]:
        return self.made

    def things(self) -> dict[str, dict[str, dict[str, Decision]]]:
        return self.made_of_things

    def names(self) -> dict[str, dict[str, str]]:
        return self.called

    def recommendations(self) -> tuple[Recommendation, ...]:
        return self.actions

    def questions(self) -> tuple[Question, ...]:
        return self.asked

    def overrides(self) -> tuple[JudgedOverride, ...]:
        return self.overridden

    def prove(self, name: str, bindings: Mapping[str, str] | None) -> Proof:
        raise KeyError(name)


def build(
    *,
    lang: Language = "en",
    subject: Subject | None = None,
    decisions: tuple[Decision, ...] = (),
    things: dict[str, dict[str, tuple[Decision, ...]]] | None = None,
    recommendations: tuple[Recommendation, ...] = (),
    questions: tuple[Question, ...] = (),
    names: dict[str, dict[str, str]] | None = None,
) -> Advice:
    return Advice(
        as_of=AS_OF,
        rulebook="0123456789abcdef",
        lang=lang,
        conclusions=Conclusions(decisions={}, matches=()),
        parts=Parts(
            made={one.name: one for one in decisions},
            made_of_things={
                place: {id: {one.name: one for one in made} for id, made in listed.items()}
                for place, listed in (things or {}).items()
            },
            actions=recommendations,
            asked=questions,
            whom=subject or Subject(kind="opportunity", id="d1", name="Fee collection"),
            called=names or {},
        ),
    )


@pytest.fixture(scope="session")
def make_advice() -> Callable[..., Advice]:
    """How to build an advice, which knows of one deal and has nothing in it by default."""
    return build


# What people call things: Chinese, words without a place to break, marks, pictures, line breaks.
WORDS = st.one_of(
    st.text("abc xyz", min_size=1, max_size=30),
    st.text("中文名字江南银行。，（）《》“”…—", min_size=1, max_size=60),
    st.text("👩‍🚀❤️é́ a", min_size=1, max_size=40),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40),
    st.sampled_from(["Donaudampfschifffahrtsgesellschaft" * 4, "汉" * 100, "-", "…" * 90, "a\nb"]),
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
NAMES = st.text("abcdefgh_", min_size=1, max_size=60).map(lambda text: f"a{text}")
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=20)
NUMBERS = st.decimals(-(10**9), 10**9, places=6)


KINDS: tuple[Literal["opportunity", "account"], ...] = ("opportunity", "account")


@st.composite
def tables(draw: st.DrawFn) -> Decision:
    candidates = tuple(draw(st.lists(NAMES, max_size=6, unique=True)))
    decided = len(candidates) == 1
    return Decision(
        name=draw(NAMES),
        question=draw(SENTENCES),
        value=candidates[0] if decided else None,
        candidates=candidates,
        rule=draw(NAMES) if decided else None,
        sentence=draw(SENTENCES) if decided else None,
        reason=draw(SENTENCES) if decided else None,
    )


@st.composite
def formulas(draw: st.DrawFn) -> Decision:
    money = st.builds(Money, amount=NUMBERS, currency=st.sampled_from(["CNY", "USD"]))
    return Decision(
        name=draw(NAMES),
        question=draw(SENTENCES),
        value=draw(st.none() | NUMBERS | money),
        candidates=None,
        rule=None,
        sentence=None,
        reason=None,
    )


DECISIONS = tables() | formulas()


@st.composite
def recommended(draw: st.DrawFn) -> Recommendation:
    return Recommendation(
        id=draw(NAMES),
        bindings=draw(st.dictionaries(NAMES, IDS, max_size=3)),
        certainty=draw(st.sampled_from(["certain", "possible"])),
        target=draw(st.none() | IDS),
        target_name=draw(st.none() | SENTENCES),
        action=draw(SENTENCES),
        why=draw(SENTENCES),
        prime=draw(st.none() | st.sampled_from(PRIME)),
        owner=draw(st.sampled_from(OWNERS)),
        priority=draw(st.integers(1, 5)),
        due=AS_OF + timedelta(days=draw(st.integers(0, 365))),
        source=draw(SENTENCES),
        basis=draw(st.sampled_from(BASES)),
    )


QUESTIONS = st.builds(
    Question,
    fact=WORDS,
    question=SENTENCES,
    settles=st.lists(NAMES, max_size=4, unique=True).map(tuple),
    opens=st.integers(1, 9),
)


@st.composite
def generated_advice(draw: st.DrawFn) -> Advice:
    kind = draw(st.sampled_from(KINDS))
    name = draw(st.none() | SENTENCES)
    made = st.lists(DECISIONS, max_size=4).map(tuple)
    places = ["needs", "cost_items"] + (["people"] if kind == "opportunity" else [])
    listed = st.dictionaries(IDS, made, max_size=3)
    return build(
        lang=draw(st.sampled_from(["en", "zh"])),
        subject=Subject(kind=kind, id=draw(st.none() | IDS), name=name),
        decisions=draw(made),
        things=draw(st.dictionaries(st.sampled_from(places), listed, max_size=2)),
        recommendations=tuple(draw(st.lists(recommended(), max_size=4))),
        questions=tuple(draw(st.lists(QUESTIONS, max_size=3))),
    )


@pytest.fixture(scope="session")
def any_advice() -> st.SearchStrategy[Advice]:
    """Advice about anything, in either language."""
    return generated_advice()


@st.composite
def generated_proofs(draw: st.DrawFn, depth: int = 1) -> Proof:
    clause = st.builds(
        ClauseProof,
        text=SENTENCES,
        holds=st.none() | st.booleans(),
        facts=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(tuple),
        unknown=st.lists(WORDS, max_size=3).map(tuple),
    )
    row = st.builds(
        RowProof,
        id=NAMES,
        then=NAMES,
        holds=st.none() | st.booleans(),
        reason=SENTENCES,
        clauses=st.lists(clause, max_size=2).map(tuple),
        source=SENTENCES,
        basis=st.sampled_from(BASES),
    )
    below = st.lists(generated_proofs(depth - 1), max_size=2) if depth else st.just([])
    return Proof(
        decision=draw(DECISIONS),
        subject=draw(st.none() | SENTENCES),
        rows=tuple(draw(st.lists(row, max_size=3))),
        because=tuple(draw(below)),
        as_of=date(2026, 11, 21),
        lang=draw(st.sampled_from(("en", "zh"))),
    )


@pytest.fixture(scope="session")
def any_proof() -> st.SearchStrategy[Proof]:
    """Proofs of anything, with the proofs that they rest on."""
    return generated_proofs()


@pytest.fixture(scope="session")
def make_decision() -> Callable[..., Decision]:
    """How to build a decision from its name, its candidates and what differs from the usual."""

    def make(name: str, *candidates: str, **fields: object) -> Decision:
        decided = len(candidates) == 1
        usual: dict[str, object] = {
            "question": f"What about {name}?",
            "value": candidates[0] if decided else None,
            "candidates": candidates,
            "rule": f"{name}_row" if decided else None,
            "sentence": f"It is {candidates[0]}." if decided else None,
            "reason": "The facts say so." if decided else None,
        }
        return Decision(name=name, **{**usual, **fields})  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def make_recommendation() -> Callable[..., Recommendation]:
    """How to build a recommendation from its id and what differs from the usual."""

    def make(id: str, **fields: object) -> Recommendation:
        usual: dict[str, object] = {
            "bindings": {},
            "certainty": "certain",
            "target": None,
            "target_name": fields.get("target"),
            "action": f"Do {id}.",
            "why": "It helps.",
            "prime": None,
            "owner": "account_manager",
            "priority": 2,
            "due": AS_OF + timedelta(days=7),
            "source": 'tas "3:1"',
            "basis": "sourced",
        }
        return Recommendation(id=id, **{**usual, **fields})  # type: ignore[arg-type]

    return make
