"""What two conclusions from the same facts disagree about, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from b2brules.advice.conclusions import Conclusions, Match, Verdict
from b2brules.facts.types import Money
from b2brules.ruleset.model import DecisionKey


def differences(one: Conclusions, other: Conclusions, first: str, second: str) -> Iterator[str]:
    """Yield a sentence for each decision and recommendation that differs.

    Args:
        one: What was concluded.
        other: What was concluded otherwise; matches may come in another order.
        first: Who concluded ``one``.
        second: Who concluded ``other``.
    """
    for how, left_made, right_made in (
        ("", one.decisions, other.decisions),
        (" by the rules alone", one.set_aside, other.set_aside),
    ):
        for key in dict.fromkeys((*left_made, *right_made)):
            left, right = (
                said(made[key]) if key in made else "nothing" for made in (left_made, right_made)
            )
            if left != right:
                yield f"{said_of_key(key)}{how}: {first} says {left}, {second} says {right}"
    left_matches, right_matches = Counter(one.matches), Counter(other.matches)
    for says, lacks, match in [
        *((first, second, match) for match in left_matches - right_matches),
        *((second, first, match) for match in right_matches - left_matches),
    ]:
        certainty = "certain" if match.certain else "possible"
        yield f"{said_of_match(match)}: {says} calls it {certainty}, {lacks} does not"


def said(value: object) -> str:
    """Return what a decision's value or candidates are called in a message."""
    match value:
        case Verdict(candidates=(sole,), rule=None):
            return f"`{sole}` by an override"
        case Verdict(candidates=(sole,), rule=rule):
            return f"`{sole}` by `{rule}`"
        case Verdict(candidates=candidates):
            return _listed(candidates)
        case tuple() as words:
            return _listed(words)
        case Money(amount=amount, currency=currency):
            return f"{amount} {currency}"
        case Decimal():
            return str(value)
        case None:
            return "unknown"
        case _:
            return repr(value)


def said_of_key(key: DecisionKey) -> str:
    """Return what a decision is called: its name, and the thing it is about."""
    name, id = key
    return f"`{name}`" if id is None else f"`{name}` of `{id}`"


def said_of_match(match: Match) -> str:
    """Return what a match is called: its rule, and the things it is about."""
    about = f" of {', '.join(f'`{id}`' for id in match.bindings)}" if match.bindings else ""
    return f"`{match.rule}`{about}"


def _listed(words: tuple[str, ...]) -> str:
    return " or ".join(f"`{word}`" for word in words) or "no outcome"
