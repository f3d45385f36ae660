"""What to find out next: the unknown facts, and the decisions that each would settle."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from b2brules.advice.conclusions import Match
from b2brules.advice.evaluation import Evaluation, Things, Trial
from b2brules.advice.model import Question
from b2brules.advice.paths import FactPath, decision_name, fact_name, part_at_id
from b2brules.advice.saying import call
from b2brules.advice.unknowns import (
    is_open,
    of_clauses,
    of_decision,
    of_value,
    open_rows,
)
from b2brules.facts import NEVER, Fact, Money
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    SetType,
    TruthType,
)
from b2brules.facts.values import FIRST_DAY, LAST_DAY
from b2brules.language import tree
from b2brules.language.walking import walk
from b2brules.ruleset.asking import asked_by
from b2brules.ruleset.model import Book, DecisionKey, Formula, Language

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
    thresholds = _thresholds(evaluation.book)
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
        things = {} if decision.binding is None else evaluation.bound(decision.binding, id)
        if isinstance(decision, Formula):
            add(of_value(evaluation, decision.value, things))
        else:
            for row in open_rows(evaluation, decision, things):
                add(of_clauses(evaluation, row.clauses, things))
    for match in matches:
        if not match.certain:
            rule = evaluation.book.recommendations[match.rule]
            bound: Things = {}
            for binding, id in zip(rule.bindings, match.bindings, strict=True):
                bound = {**bound, **evaluation.bound(binding, id)}
            add(of_clauses(evaluation, rule.clauses, bound))
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
) -> Iterator[object]:
    """Yield values of a fact, at least one for each way in which the rules can tell them apart."""
    if path[0] == "rates":
        yield from (Decimal("0.000001"), Decimal(1), Decimal(1_000_000))
        return
    fact = _facts(evaluation)[_general(path, evaluation)]
    limits = thresholds.get(path[-1], frozenset())
    match fact.type:
        case TruthType():
            yield from (True, False)
        case EnumerationType(values):
            yield from values
        case NumberType() as kind:
            for number in _around(limits):
                low = kind.minimum is None or number >= kind.minimum
                if low and (kind.maximum is None or number <= kind.maximum):
                    if not kind.whole:
                        yield number
                    elif number == number.to_integral_value():
                        yield int(number)
        case MoneyType():
            currencies = {evaluation.currency_of(path), *_units(evaluation.book)}
            for currency in sorted(filter(None, currencies)):
                for number in _around(limits):
                    yield Money(amount=number, currency=currency)
        case DateType() as kind:
            if kind.past:
                yield NEVER
            yield from _days(evaluation, limits)
        case IdentifierType(list_name):
            yield from _others(evaluation, path, list_name)
        case SetType(EnumerationType(values)):
            yield from _subsets(values)
        case SetType(IdentifierType(list_name)):
            yield from _subsets(tuple(_others(evaluation, path, list_name)))
        case ListType():
            yield ()
        case _:
            if path[-1] == "currency":
                yield from sorted(_units(evaluation.book) or {"CNY"})


def _others(evaluation: Evaluation, path: FactPath, list_name: str) -> Iterator[str]:
    """Yield the ids that a fact can name; a thing does not name itself."""
    own = path[-2] if path[:-2] == (list_name,) else None
    return (thing.id for thing in evaluation.things((list_name,)) or () if thing.id != own)


def _around(limits: frozenset[Decimal]) -> list[Decimal]:
    """Return each limit, a number between two neighbours, and one beyond either end."""
    ordered = sorted(limits) or [Decimal(1)]
    between = [(low + high) / 2 for low, high in itertools.pairwise(ordered)]
    found = {*ordered, *between, *(number + step for number in ordered for step in (-1, 1))}
    return sorted(number for number in found if abs(number) < 10**15)


def _days(evaluation: Evaluation, limits: frozenset[Decimal]) -> Iterator[datetime.date]:
    """Yield days as far from today as the rules name, either way, and one day more and less."""
    distances = {int(step) for number in limits for step in (number - 1, number, number + 1)}
    for day in (evaluation.as_of, *_dates_in(evaluation.deal)):
        for distance in sorted({-1, 0, 1, *distances, *(-one for one in distances)}):
            ordinal = day.toordinal() + distance
            if FIRST_DAY.toordinal() <= ordinal <= LAST_DAY.toordinal():
                yield datetime.date.fromordinal(ordinal)


def _dates_in(holder: object) -> Iterator[datetime.date]:
    for name in getattr(holder, "__slots__", ()):
        value = getattr(holder, name, None)
        if isinstance(value, datetime.date):
            yield value


def _subsets(values: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """Yield the sets that rules can tell apart by one member, by two, or by their size."""
    for size in range(len(values) + 1):
        yield frozenset(values[:size])
    for one in values:
        yield frozenset({one})
        yield frozenset(values) - {one}


def _units(book: Book) -> set[str]:
    """Return the currencies that amounts in the rules are in."""
    return {one.unit for one in book.parameters.values() if isinstance(one.type, MoneyType)}


def _thresholds(book: Book) -> Mapping[str, frozenset[Decimal]]:
    """Return, by the last name of a fact, the numbers that stand in a condition with it."""
    found: dict[str, set[Decimal]] = {}
    for asked in (asked for decision in book.decisions.values() for asked in asked_by(decision)):
        nodes = list(walk(asked))
        numbers = {Decimal(number) for node in nodes if (number := _number(node, book)) is not None}
        for node in nodes:
            if isinstance(node, tree.Fact):
                found.setdefault(node.path[-1], set()).update(numbers)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _number(node: object, book: Book) -> Decimal | None:
    if isinstance(node, tree.Constant) and isinstance(node.value, Decimal):
        return node.value
    if isinstance(node, tree.Parameter):
        value = book.parameters[node.name].value
        return value.amount if isinstance(value, Money) else value
    return None


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
