"""Overrides of the decisions of a deal, as a Hypothesis strategy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from b2brules.advice.conclusions import Conclusion, Verdict
from b2brules.advice.override import Override
from b2brules.advice.paths import decision_name
from b2brules.engines.reference import Evaluation
from b2brules.facts.review import Deal
from b2brules.facts.types import Money, MoneyType
from b2brules.rulebook import Rulebook
from b2brules.ruleset.model import DecisionKey, Table
from b2brules.testing.facts import AS_OF, check_arguments

MOST = 4
GONE = "gone"
"""The id of a thing that is in no deal."""

NUMBERS = tuple(map(Decimal, ("0", "1", "2.5", "-3", "10000")))


def overrides(
    book: Rulebook, deal: Deal | Mapping[str, Any], *, as_of: date = AS_OF
) -> st.SearchStrategy[tuple[Override, ...]]:
    """Overrides of one to four decisions of a deal.

    Among them are such as stand, such as are needless, and such as are impossible: because the
    facts have ruled out what was open, because the thing is not in the deal, or because an account
    that is reviewed on its own leaves the decision out.

    Args:
        book: The rulebook.
        deal: The deal that they are for, or the facts document that says it.
        as_of: The day on which they are made.
    """
    check_arguments(book, as_of)
    rules = book._book
    made = Evaluation(rules, book._whole(deal), as_of, {}).decisions()
    of_things = [name for name, one in rules.decisions.items() if one.binding is not None]
    left_out = [name for name, one in rules.decisions.items() if one.binding is None]
    keys: dict[DecisionKey, Conclusion] = {
        **made,
        **{(name, GONE): None for name in of_things},
        **{(name, None): None for name in left_out if (name, None) not in made},
    }
    if not keys:
        return st.just(())
    chosen = st.lists(st.sampled_from(list(keys)), min_size=1, max_size=MOST, unique=True)
    return chosen.flatmap(
        lambda some: st.tuples(*(_override(book, key, keys[key], as_of) for key in some))
    )


def _override(
    book: Rulebook, key: DecisionKey, own: Conclusion, as_of: date
) -> st.SearchStrategy[Override]:
    decision = book._book.decisions[key[0]]
    values: st.SearchStrategy[Any]
    instead_of: st.SearchStrategy[tuple[str, ...] | None] = st.none()
    if isinstance(decision, Table):
        values = st.sampled_from(decision.outcomes)
        seen = {decision.outcomes, getattr(own, "candidates", ())}
        instead_of = st.sampled_from([None, *sorted(seen)])
    else:
        values = st.sampled_from(NUMBERS)
        if isinstance(decision.type, MoneyType):
            values = st.builds(
                Money, amount=st.sampled_from(NUMBERS), currency=st.sampled_from(("CNY", "USD"))
            )
    if isinstance(own, Verdict) and own.candidates:
        values |= st.sampled_from(own.candidates)
    elif own is not None and not isinstance(own, Verdict):
        values |= st.just(own)
    return st.builds(
        Override,
        decision=st.just(decision_name(book._book, key)),
        value=values,
        reason=st.sampled_from(("they told us", "客户已表态")),
        by=st.sampled_from(("Mei Lin", "王")),
        on=st.just(as_of),
        instead_of=instead_of,
    )
