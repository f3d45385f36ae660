"""The laws of advice on deals, as functions for tests: each raises ``AssertionError`` if broken."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from b2brules.advice.conclusions import Conclusions, Match
from b2brules.advice.model import Advice
from b2brules.advice.override import Override
from b2brules.engines import ENGINES
from b2brules.facts import Account
from b2brules.facts.review import Deal, is_account_review
from b2brules.language import tree
from b2brules.language.walking import walk
from b2brules.rulebook import Rulebook
from b2brules.ruleset.asking import asked_by
from b2brules.testing.differences import differences, said, said_of_key, said_of_match
from b2brules.testing.facts import AS_OF

Facts: TypeAlias = Deal | Mapping[str, Any]
"""A deal or an account, as an object or as the facts document that says it."""

Rates: TypeAlias = Mapping[str, int | Decimal | float] | None


def agreement(
    book: Rulebook,
    deal: Facts,
    *,
    as_of: date = AS_OF,
    rates: Rates = None,
    overrides: Iterable[Override] = (),
    engines: Iterable[str] = tuple(ENGINES),
    words: bool = False,
) -> None:
    """Assert that every engine gives the same advice, whether the deal is read first or not.

    Args:
        book: The rulebook.
        deal: The deal; as a facts document it is also evaluated without being read first.
        as_of: The day of the advice.
        rates: Rates of exchange, as `Rulebook.evaluate` takes them.
        overrides: Decisions that people have made in place of the rules.
        engines: The engines to compare, by name; all that there are.
        words: Whether to compare the whole JSON too, with every sentence and question: slower by
            far.

    Raises:
        AssertionError: It says which engine decides or recommends what.
        FactsError: The document is wrong.
    """
    whole = book.read(deal) if isinstance(deal, Mapping) else deal
    forms: dict[str, Facts] = {"": whole}
    if isinstance(deal, Mapping) and book._read_flat(deal) is not None:
        # Only single facts: engines take them as they are, which is another way through the code.
        forms[" (not read first)"] = dict(deal)
    made = tuple(overrides)
    first: tuple[str, Advice] | None = None
    for engine, (form, facts) in itertools.product(engines, forms.items()):
        advice = book.evaluate(facts, as_of=as_of, rates=rates, engine=engine, overrides=made)
        name = f"`{engine}`{form}"
        if first is None:
            first = (name, advice)
            continue
        found = list(differences(first[1].conclusions, advice.conclusions, first[0], name))
        if not found and words:
            found = _unequal_json(first[1], advice, first[0], name)
        _refuse("the engines do not agree", found, deal)


def refinement(
    book: Rulebook,
    before: Facts,
    after: Facts,
    *,
    as_of: date = AS_OF,
    rates: Rates = None,
    rates_after: Rates = None,
    overrides: Iterable[Override] = (),
) -> None:
    """Assert that facts which were filled in have only narrowed the advice.

    A decision that was decided keeps its value, one that was not loses candidates at most. A
    certain recommendation stays; a possible one becomes certain, stays or leaves; none comes in.
    Left aside are recommendations that ask `is known` or `is unknown`, and those for a thing of a
    list that was unknown before.

    Args:
        book: The rulebook.
        before: A deal, or an account.
        after: The same with unknown facts filled in, as `fillings` does it; nothing else changed.
        as_of: The day of the advice.
        rates: Rates of exchange.
        rates_after: Those that are known afterwards, if they are more.
        overrides: Decisions that people have made in place of the rules. Those that name what was
            open, ``instead_of``, can become impossible, which is no refinement.

    Raises:
        AssertionError: It says what changed.
        FactsError: A document is wrong.
    """
    old, new = (book._whole(deal) for deal in (before, after))
    later = rates if rates_after is None else rates_after
    made = tuple(overrides)
    was = book.evaluate(old, as_of=as_of, rates=rates, overrides=made).conclusions
    now = book.evaluate(new, as_of=as_of, rates=later, overrides=made).conclusions
    newcomers = _things(book, new) - _things(book, old)
    became_a_deal = is_account_review(old) and not is_account_review(new)
    left_aside = book._book.deal_recommendations if became_a_deal else frozenset()
    found = list(_changed_decisions(was, now))
    found += [
        f"{said_of_match(match)} {change}"
        for match, change in _changed_matches(was, now, newcomers)
        if match.rule not in left_aside and not _asks_what_is_known(book, match.rule)
    ]
    _refuse("filling in facts changed the advice", found, {"before": before, "after": after})


def _changed_decisions(was: Conclusions, now: Conclusions) -> Iterator[str]:
    for key, old in was.decisions.items():
        new = now.decisions.get(key)
        kept = getattr(new, "candidates", ())
        before = getattr(old, "candidates", None)
        if before is None and old is not None and new != old:
            yield f"{said_of_key(key)} was {said(old)} and is {said(new)}"
        elif before is not None and (not set(kept) <= set(before) or (before and not kept)):
            yield f"{said_of_key(key)} had the candidates {said(before)} and has {said(kept)}"


def _changed_matches(
    was: Conclusions, now: Conclusions, newcomers: set[tuple[str, str]]
) -> Iterator[tuple[Match, str]]:
    old, new = ({(m.rule, m.bindings): m for m in found.matches} for found in (was, now))
    ids = {id for _, id in newcomers}
    for key, match in old.items():
        if match.certain and not _is_certain(new.get(key)):
            yield match, f"was certain and is {_standing(new.get(key))}"
    for key, match in new.items():
        if key not in old and not ids & set(match.bindings):
            yield match, f"was not there and is {_standing(match)}"


def _is_certain(match: Match | None) -> bool:
    return match is not None and match.certain


def _standing(match: Match | None) -> str:
    return "absent" if match is None else "certain" if match.certain else "possible"


def _asks_what_is_known(book: Rulebook, rule: str) -> bool:
    asked = asked_by(book._book.recommendations[rule])
    parts = (part for condition in asked for part in walk(condition))
    return any(isinstance(part, tree.IsKnown) for part in parts)


def _things(book: Rulebook, deal: object) -> set[tuple[str, str]]:
    """Return the things of all lists, by the list and their id."""
    found = set()
    for path in book.vocabulary.lists():
        listed = deal
        for name in path[1:] if isinstance(deal, Account) and path[0] == "account" else path:
            listed = getattr(listed, name, None)
        found |= {(path[-1], str(thing.id)) for thing in listed or ()}  # type: ignore[attr-defined]
    return found


def determinism(
    book: Rulebook, deal: Mapping[str, Any], *, as_of: date = AS_OF, rates: Rates = None
) -> None:
    """Assert that the same facts give the same JSON, byte for byte, in whatever order they come.

    The deal is evaluated twice, once with the keys of its mappings and the members of its sets
    turned round. Things of a list keep their order, which the advice shows.

    Args:
        book: The rulebook.
        deal: A facts document.
        as_of: The day of the advice.
        rates: Rates of exchange.

    Raises:
        AssertionError: It shows the first line that differs.
        FactsError: The document is wrong.
    """
    first, second = (
        book.evaluate(facts, as_of=as_of, rates=rates) for facts in (deal, _turned(deal))
    )
    found = _unequal_json(first, second, "as given", "turned round")
    _refuse("the same facts give another advice", found, deal)


def _turned(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _turned(value[key]) for key in reversed(list(value))}
    if isinstance(value, list):
        words = all(isinstance(member, str) for member in value)
        return value[::-1] if words else [_turned(thing) for thing in value]
    return value


def _unequal_json(one: Advice, other: Advice, first: str, second: str) -> list[str]:
    left, right = one.to_json().splitlines(), other.to_json().splitlines()
    for number, (mine, others) in enumerate(zip(left, right, strict=False), start=1):
        if mine != others:
            return [f"line {number} of the JSON: {first} `{mine}`, {second} `{others}`"]
    return [] if len(left) == len(right) else [f"the JSON has {len(left)} and {len(right)} lines"]


def _refuse(what: str, found: Iterable[str], deal: object) -> None:
    lines = list(found)
    if lines:
        raise AssertionError("\n  ".join([f"{what}:", *lines]) + f"\n  for {deal!r}")
