"""An interview about a deal: what is known so far, and what to ask next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from attrs import evolve, frozen

from b2brules.advice.model import Advice, Decision, Proof, Question
from b2brules.advice.paths import decisions_of
from b2brules.facts import Account, Fact, Opportunity, Vocabulary
from b2brules.facts.paths import fact_name
from b2brules.facts.rates import read_rates
from b2brules.facts.reading import read
from b2brules.facts.review import Deal
from b2brules.facts.types import RecordType, TextType
from b2brules.facts.writing import plain_facts

Rates: TypeAlias = Mapping[str, Decimal]


@frozen(kw_only=True)
class Place:
    """Where a fact of this deal stands.

    Args:
        fact: The fact.
        path: The way to it, things by their id: ``("people", "p1", "support")``.
    """

    fact: Fact
    path: tuple[str, ...]


@frozen(kw_only=True)
class State:
    """What is known at one moment.

    Args:
        deal: The facts.
        rates: Rates of exchange, which are no facts of the deal.
        skipped: The questions that nobody could answer.
        step: The step that led here, in words.
    """

    deal: Deal
    rates: Rates
    skipped: frozenset[str] = frozenset()
    step: str = ""


class Interview:
    """Asks for the unknown facts of a deal, the one that settles most first.

    Args:
        vocabulary: The facts that there are.
        advise: The advice on a deal with rates of exchange.
        state: What is known at the beginning.
        about: The decisions that matter; none for every decision about the deal as a whole.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        advise: Callable[[Deal, Rates], Advice],
        state: State,
        about: tuple[str, ...] = (),
    ) -> None:
        self.vocabulary = vocabulary
        self.about = about
        self._advise = advise
        self._states = [state]
        self._advice = advise(state.deal, state.rates)

    @property
    def deal(self) -> Deal:
        """The facts so far."""
        return self._states[-1].deal

    @property
    def rates(self) -> Rates:
        """The rates of exchange so far."""
        return self._states[-1].rates

    @property
    def advice(self) -> Advice:
        """The advice so far."""
        return self._advice

    @property
    def has_answers(self) -> bool:
        """Whether anything was found out."""
        first, last = self._states[0], self._states[-1]
        return first.deal != last.deal or first.rates != last.rates

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is still to be asked, in the order of asking."""
        wanted = set(self._facts_wanted())
        begins_with_account = self._is_blank_deal

        def order(question: Question) -> tuple[bool, bool]:
            later = begins_with_account and question.fact.startswith("account.")
            return (question.fact not in wanted, later)

        open_ = [one for one in self._advice.questions if one.fact not in self._states[-1].skipped]
        return tuple(sorted(open_, key=order))

    @property
    def is_settled(self) -> bool:
        """Whether the decisions that matter are made."""
        made = self.matters
        return bool(made) and all(one.decided for one in made.values())

    @property
    def matters(self) -> Mapping[str, Decision]:
        """The decisions that matter, as :meth:`Advice.explain` names them."""
        if not self.about:
            return self._advice.decisions
        return {
            name: one for name, one in decisions_of(self._advice).items() if one.name in self.about
        }

    def places(self) -> Mapping[str, Place]:
        """Return the facts that this deal can state, by their name: ``people[p1].support``."""
        lists = tuple(self.vocabulary.lists())
        return {fact_name(place.path, lists): place for place in self._places()}

    def things(self, path: tuple[str, ...]) -> tuple[Any, ...] | None:
        """Return the things of a list, ``None`` if nobody has named any."""
        holder: Any = self.deal
        for name in path[1:] if isinstance(holder, Account) else path:
            holder = None if holder is None else getattr(holder, name, None)
        found: tuple[Any, ...] | None = holder
        return found

    def state_fact(self, place: Place, value: object, step: str) -> None:
        """Put in a plain value; ``None`` makes the fact unknown. ``step`` says so in words.

        Raises:
            FactsError: The fact cannot have it; nothing has changed.
        """
        document = plain_facts(self.deal)
        _put(document, place.path, value)
        self._go_to(evolve(self._states[-1], deal=read(self.vocabulary, document), step=step))

    def add(self, path: tuple[str, ...], facts: Mapping[str, object], step: str) -> None:
        """Add a thing to a list. ``step`` says so in words.

        Raises:
            FactsError: It has an id that is taken, or is none.
        """
        document = plain_facts(self.deal)
        _put(document, path, [*(_get(document, path) or ()), facts])
        self._go_to(evolve(self._states[-1], deal=read(self.vocabulary, document), step=step))

    def state_rate(self, pair: str, rate: object, step: str) -> None:
        """Put in a rate of exchange; ``pair`` is such as ``USD/CNY``. ``step`` says so in words.

        Raises:
            FactsError: It is none.
        """
        found = read_rates({pair: rate})
        ((_, number),) = found.items()
        state = self._states[-1]
        self._go_to(evolve(state, rates={**state.rates, pair: number}, step=step))

    def skip(self, fact: str, step: str) -> None:
        """Do not ask for a fact again. ``step`` says so in words."""
        state = self._states[-1]
        # What is known stays the same, and so does the advice.
        self._states.append(evolve(state, skipped=state.skipped | {fact}, step=step))

    def take_back(self) -> str | None:
        """Undo the last step; return which one it was, ``None`` if there was none."""
        if len(self._states) == 1:
            return None
        left = self._states.pop()
        now = self._states[-1]
        if (left.deal, left.rates) != (now.deal, now.rates):
            self._advice = self._advise(now.deal, now.rates)
        return left.step

    def _go_to(self, state: State) -> None:
        self._advice = self._advise(state.deal, state.rates)
        self._states.append(state)

    @property
    def _is_blank_deal(self) -> bool:
        """Whether one fact of the account would turn a deal into an account review."""
        if isinstance(self.deal, Account):
            return False
        return set(plain_facts(self.deal)) <= {"name", "account"} and self.deal.name is None

    def _facts_wanted(self) -> Iterator[str]:
        """Yield the facts that keep open what the interview is about."""
        for name in self.about and self.matters:
            proof = self._advice.explain(name)
            if isinstance(proof, Proof):
                yield from _unknowns(proof)

    def _places(self) -> Iterator[Place]:
        lists = self.vocabulary.lists()
        for fact in self.vocabulary.facts.values():
            if isinstance(fact.type, RecordType):
                continue
            within = [place for place in lists if fact.path[: len(place)] == place != fact.path]
            if not within:
                yield Place(fact=fact, path=fact.path)
            for place in within:
                for thing in self.things(place) or ():
                    yield Place(fact=fact, path=(*place, thing.id, *fact.path[len(place) :]))


def blank_deal(vocabulary: Vocabulary) -> Deal:
    """Return a deal of which nothing is known."""
    deal: Opportunity = vocabulary.root()
    return deal


def name_of(thing: object) -> str:
    """Return what people call a thing of a list: its name or title, else its id."""
    for name in ("name", "title", "id"):
        if value := getattr(thing, name, None):
            return str(value)
    return ""


def title_of(cls: type, vocabulary: Vocabulary) -> str | None:
    """Return which fact of a list's things says what to call them, if one does."""
    members = vocabulary.members(cls)
    found = (name for name in ("name", "title") if name in members and _is_text(members[name]))
    return next(found, None)


def _is_text(fact: Fact) -> bool:
    return isinstance(fact.type, TextType)


def _unknowns(proof: Proof) -> Iterator[str]:
    for row in proof.rows:
        for clause in row.clauses:
            yield from clause.unknown
    for one in proof.because:
        yield from _unknowns(one)


def _get(document: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    here: Any = document
    for name in path:
        here = None if here is None else here.get(name)
    return here


def _put(holder: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    name, *rest = path
    if not rest:
        holder[name] = value
    elif isinstance(holder.get(name), list):
        id_, *below = rest
        item = next(one for one in holder[name] if one["id"] == id_)
        _put(item, tuple(below), value)
    else:
        group = holder.setdefault(name, {})
        _put(group, tuple(rest), value)
