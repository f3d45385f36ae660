"""What comes out: decisions, recommendations and questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from attrs import field, frozen

from b2brules.advice.conclusions import Conclusions
from b2brules.advice.override import Override, OverrideState
from b2brules.advice.page import require_width
from b2brules.facts.types import Money
from b2brules.ruleset.model import Basis, Language

DecisionValue: TypeAlias = str | Decimal | Money


@frozen(kw_only=True)
class Decision:
    """What a decision came to.

    Args:
        name: The decision.
        question: The question that it answers, in the advice's language.
        value: The outcome, or a formula's number or amount; ``None`` while undecided.
        candidates: The outcomes still possible, in their order; ``None`` for a formula.
        rule: The id of the row that is cited; ``None`` while undecided, for a formula, and while an
            override stands.
        sentence: The outcome in words; ``None`` while undecided and for a formula.
        reason: The cited row in words; ``None`` without one.
        labels: What to call each outcome of the table in a few words.
        override: What a person decides in place of the rules, and what becomes of that; ``None`` if
            nobody does. While it stands, ``value`` is theirs.
    """

    name: str
    question: str
    value: DecisionValue | None = None
    candidates: tuple[str, ...] | None = None
    rule: str | None = None
    sentence: str | None = None
    reason: str | None = None
    labels: Mapping[str, str] = field(factory=dict, repr=False)
    override: JudgedOverride | None = None

    @property
    def decided(self) -> bool:
        """Whether the facts settle it."""
        return self.value is not None

    def label(self, outcome: str) -> str:
        """Return what to call an outcome in a few words."""
        return self.labels.get(outcome, outcome.replace("_", " "))

    def __bool__(self) -> bool:
        raise TypeError(
            f"a decision is neither true nor false; ask advice[{self.name!r}].value or .decided"
        )


@frozen(kw_only=True)
class JudgedOverride:
    """An override, and what becomes of it with the facts as they are.

    Args:
        override: Who decides what in place of the rules, when and why.
        state: ``stands``, ``needless`` if the rules alone decide the same, ``impossible`` if the
            facts have ruled out what was open when it was made, or if there is nothing to decide:
            the thing is not in the deal. Only while it stands it has an effect.
        value: What it decides, in a few words.
        set_aside: What the rules alone decide; ``None`` where there is nothing to decide.
    """

    override: Override
    state: OverrideState
    value: str
    set_aside: Decision | None


@frozen(kw_only=True)
class Recommendation:
    """An action to take, and why.

    Args:
        id: The rule that recommends it.
        bindings: The ids of the things that the rule's variables stand for.
        certainty: ``certain`` if the rule holds, ``possible`` if unknown facts leave it open.
        target: The id of the thing that the action is aimed at, ``None`` without one.
        target_name: What people call it: its name, else its id.
        action: What to do, in the advice's language.
        why: Why, ditto.
        prime: prove, retrieve, insulate, minimize, emphasize, or ``None``.
        owner: Who does it: account_manager, sales_manager, presales, delivery, executive_sponsor
            or product.
        priority: From 1, the most urgent, to 5.
        due: The day by which it is to be done.
        source: What the rule cites, as the rule file writes it.
        basis: sourced, inferred or ours.
    """

    id: str
    bindings: Mapping[str, str]
    certainty: Literal["certain", "possible"]
    target: str | None
    target_name: str | None
    action: str
    why: str
    prime: str | None
    owner: str
    priority: int
    due: date
    source: str
    basis: Basis


@frozen(kw_only=True)
class Question:
    """An unknown fact worth finding out.

    Args:
        fact: Its name: ``superiority``, ``people[p1].support``, ``rates[USD/CNY]``.
        question: What to ask, in the advice's language.
        settles: The decisions that filling it in alone, with some value, would decide.
        opens: How many rows, of decisions and recommendations, are unknown for want of it.
    """

    fact: str
    question: str
    settles: tuple[str, ...]
    opens: int


@frozen(kw_only=True)
class Subject:
    """Whom the advice is about: an opportunity, or an account on its own."""

    kind: Literal["opportunity", "account"]
    id: str | None
    name: str | None


@frozen(kw_only=True)
class ClauseProof:
    """One cell, tested: what it asks, whether it holds, and the facts that it read.

    Args:
        facts: Name and value, in words, of each fact, parameter and decision that it read.
        unknown: The names of the facts that leave it open.
    """

    text: str
    holds: bool | None
    facts: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


@frozen(kw_only=True)
class RowProof:
    """One row of a decision table, tested cell by cell."""

    id: str
    then: str
    holds: bool | None
    reason: str
    clauses: tuple[ClauseProof, ...]
    source: str
    basis: Basis


@frozen(kw_only=True)
class Proof:
    """Why a decision came to what it did, and why not to something else.

    Args:
        decision: What it came to.
        subject: The name of the thing that it was decided for, ``None`` for the deal.
        rows: The rows in their order, as far as they were scanned; for a formula its one line.
        because: The proofs of the decisions that the rows still standing have read.
        as_of: The day that it holds for.
        lang: The language of its sentences.
    """

    decision: Decision
    subject: str | None
    rows: tuple[RowProof, ...]
    because: tuple[Proof, ...]
    as_of: date = field(repr=False)
    lang: Language = field(repr=False)

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the proof as JSON, with its day and its language; without ``indent`` one line."""
        from b2brules.advice.serialising import proof_to_json

        return proof_to_json(self, indent=indent)

    def to_text(self, *, width: int = 80) -> str:
        """Return the proof as `b2brules explain` prints it.

        Args:
            width: Columns that a line may take, at least 40.

        Raises:
            ValueError: ``width`` is less.
            TypeError: ``width`` is no whole number.
        """
        from b2brules.advice.explaining import proof_to_text

        return proof_to_text(self, width=require_width(width))


@frozen(kw_only=True)
class MatchProof:
    """One way to bind the variables of a recommendation's rule, tested condition by condition.

    Args:
        bindings: The ids of the things that the variables stand for.
        names: What people call these things, by variable.
        holds: Whether the rule holds for them; ``None`` while unknown facts leave it open.
        action: What to do, in words.
        why: Why, ditto.
        clauses: The rule's cells; of its ``when``, each part that `and` joins.
    """

    bindings: Mapping[str, str]
    names: Mapping[str, str]
    holds: bool | None
    action: str
    why: str
    clauses: tuple[ClauseProof, ...]


@frozen(kw_only=True)
class RecommendationProof:
    """Why something is recommended, may be, or is not.

    Args:
        id: The rule.
        certainty: ``certain`` if it holds for something, ``possible`` if it may; ``None`` if not.
        matches: What it holds or may hold for. Where that is nothing, or where certain things were
            asked about: what it fails for, the nearest misses first.
        left_out: How many more ways there are to bind its variables, for which it does not hold.
        unbound: The lists that have nothing, or too little, for its variables to stand for.
        source: What the rule cites, as the rule file writes it.
        basis: sourced, inferred or ours.
        because: The proofs of the decisions that the conditions have read.
        as_of: The day that it holds for.
        lang: The language of its sentences.
    """

    id: str
    certainty: Literal["certain", "possible"] | None
    matches: tuple[MatchProof, ...]
    left_out: int
    unbound: tuple[str, ...]
    source: str
    basis: Basis
    because: tuple[Proof, ...]
    as_of: date = field(repr=False)
    lang: Language = field(repr=False)

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the proof as JSON, with its day and its language; without ``indent`` one line."""
        from b2brules.advice.serialising import proof_to_json

        return proof_to_json(self, indent=indent)

    def to_text(self, *, width: int = 80) -> str:
        """Return the proof as `b2brules explain` prints it.

        Args:
            width: Columns that a line may take, at least 40.

        Raises:
            ValueError: ``width`` is less.
            TypeError: ``width`` is no whole number.
        """
        from b2brules.advice.explaining import proof_to_text

        return proof_to_text(self, width=require_width(width))


class Parts(Protocol):
    """Where the parts of advice come from, each when it is asked for."""

    def subject(self) -> Subject:
        """Return whom the advice is about."""

    def decisions(self) -> Mapping[str, Decision]:
        """Return the decisions about the deal, by name."""

    def things(self) -> Mapping[str, Mapping[str, Mapping[str, Decision]]]:
        """Return the decisions about each thing of a list, by list, id and name."""

    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Return what people call the things, by list and id."""

    def recommendations(self) -> tuple[Recommendation, ...]:
        """Return the recommendations in their order."""

    def questions(self) -> tuple[Question, ...]:
        """Return the questions in their order."""

    def overrides(self) -> tuple[JudgedOverride, ...]:
        """Return the overrides, in the order of the decisions."""

    def prove(self, name: str, bindings: Mapping[str, str] | None) -> Proof | RecommendationProof:
        """Return why a decision came to what it did, or why something is recommended or not."""


@frozen(kw_only=True, slots=False, eq=False)
class Advice:
    """What to do about one deal, or one account, and why.

    Its parts are put into words when they are first asked for. Two advices are equal if they
    decide and recommend the same in the same words, under the same overrides; what they ask follows
    from that.

    Args:
        as_of: The day that the advice holds for.
        rulebook: The fingerprint of the rules and parameters that gave it.
        lang: The language of its sentences: ``en`` or ``zh``.
        conclusions: What the engine concluded, before it is put into words: for programs that
            need a value at once.
        parts: Where its parts come from.
    """

    as_of: date
    rulebook: str
    lang: Language
    conclusions: Conclusions = field(repr=False)
    _parts: Parts = field(repr=False)

    def __getitem__(self, name: str) -> Decision:
        return self.decisions[name]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Advice):
            return NotImplemented
        return self._said() == other._said()

    __hash__ = None  # type: ignore[assignment]  # what it holds is only put into words on demand

    def _said(self) -> tuple[object, ...]:
        about = (self.as_of, self.rulebook, self.lang, self.subject)
        return (*about, self.decisions, self.things, self.recommendations, self.overrides)

    @cached_property
    def subject(self) -> Subject:
        """Whom the advice is about."""
        return self._parts.subject()

    @cached_property
    def decisions(self) -> Mapping[str, Decision]:
        """The decisions about the deal, by name."""
        return self._parts.decisions()

    @cached_property
    def things(self) -> Mapping[str, Mapping[str, Mapping[str, Decision]]]:
        """The decisions about each thing of a list: by list, id and name."""
        return self._parts.things()

    @property
    def people(self) -> Mapping[str, Mapping[str, Decision]]:
        """The decisions about each person, by id and name."""
        return self.things.get("people", {})

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """What people call the things of each list: by list and id."""
        return self._parts.names()

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """What to do, certain or possible: by priority, due date, id and bindings."""
        return self._parts.recommendations()

    @property
    def certain(self) -> tuple[Recommendation, ...]:
        """The recommendations whose rules hold."""
        return tuple(one for one in self.recommendations if one.certainty == "certain")

    @property
    def possible(self) -> tuple[Recommendation, ...]:
        """The recommendations that unknown facts leave open."""
        return tuple(one for one in self.recommendations if one.certainty == "possible")

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The unknown facts worth finding out, those that settle most first."""
        return self._parts.questions()

    @cached_property
    def overrides(self) -> tuple[JudgedOverride, ...]:
        """The decisions that people have made in place of the rules, and what becomes of them."""
        return self._parts.overrides()

    def explain(
        self, name: str, bindings: Mapping[str, str] | None = None
    ) -> Proof | RecommendationProof:
        """Return why a decision came to what it did, or why something is recommended or not.

        Args:
            name: A decision, ``competitive_strategy``, or ``people[p1].relationship_strategy`` for
                a thing's; or the id of a recommendation, whether it is recommended or not.
            bindings: Ids of things that a recommendation's variables stand for, to see it for
                these alone: ``{"ally": "p2"}``.

        Returns:
            A `Proof` of a decision, a `RecommendationProof` of a recommendation.

        Raises:
            KeyError: No such decision was made, there is no such recommendation, or it cannot
                stand for these things; the message says which, and what there is.
        """
        return self._parts.prove(name, bindings)

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return the advice as JSON; without ``indent`` it is one line.

        The form is described by the JSON Schema that ``b2brules schema`` prints.
        """
        from b2brules.advice.serialising import advice_to_json

        return advice_to_json(self, indent=indent)

    def to_text(self, *, width: int = 80, certain: int | None = 10) -> str:
        """Return the advice as a note for people.

        Args:
            width: Columns that a line may take, at least 40.
            certain: How many of the certain recommendations to show, the most urgent ones;
                ``None`` for all of them.

        Raises:
            ValueError: ``width`` is less.
            TypeError: ``width`` is no whole number.
        """
        from b2brules.advice.text import advice_to_text

        return advice_to_text(self, width=require_width(width), certain=certain)
