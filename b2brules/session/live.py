"""A deal in a session, and the difference between two moments of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from b2brules.advice.conclusions import Conclusions
from b2brules.advice.model import Advice
from b2brules.facts.paths import fact_name
from b2brules.session.changes import FactChange, apply_change
from b2brules.session.difference import Difference, Step
from b2brules.session.world import Advisor, World


@frozen(kw_only=True)
class Live:
    """A deal at one moment: what is the case, and what follows."""

    world: World
    conclusions: Conclusions


def live_in(advisor: Advisor, world: World) -> Live:
    """Return a deal with what follows from its world."""
    return Live(world=world, conclusions=advisor.conclude(world))


def differ(
    advisor: Advisor,
    deal: str,
    before: Live | None,
    after: Live | None,
    changes: Sequence[FactChange] = (),
    cause: str | None = None,
) -> Difference:
    """Return the difference between two moments of a deal.

    Args:
        advisor: What runs the rules.
        deal: The deal's id.
        before: The deal before; ``None`` if it was not there.
        after: The deal since; ``None`` if it is there no more.
        changes: The facts that have changed, in an order in which they can be applied.
        cause: What has changed, if that is no fact.
    """
    last = after or before
    assert last is not None
    return Difference(
        deal=deal,
        as_of=last.world.as_of,
        facts=tuple(changes),
        before=_word(advisor, before),
        after=_word(advisor, after),
        book=advisor.book,
        steps=_Steps(advisor, before, after, changes, cause),
    )


def _word(advisor: Advisor, live: Live | None) -> Advice | None:
    return None if live is None else advisor.word(live.world, live.conclusions)


@frozen
class _Steps:
    """The way from one moment to another, cause by cause, with what followed after each."""

    advisor: Advisor
    before: Live | None
    after: Live | None
    changes: Sequence[FactChange]
    cause: str | None

    def __iter__(self) -> Iterator[Step]:
        if self.after is None:
            yield "deal", Conclusions(decisions={}, matches=())
            return
        if self.cause is not None:
            yield self.cause, self.after.conclusions
            return
        worlds = list(self._worlds())
        for number, (name, world) in enumerate(worlds, start=1):
            # Where the way ends has been concluded already.
            is_last = number == len(worlds)
            yield name, self.after.conclusions if is_last else self.advisor.try_out(world)

    def _worlds(self) -> Iterator[tuple[str, World]]:
        assert self.after is not None
        lists = self.advisor.book.vocabulary.lists()
        if self.before is None:
            # The deal's being there comes before all that is known of it.
            world = evolve(self.after.world, deal=type(self.after.world.deal)())
            yield "deal", world
        else:
            world = self.before.world
        for change in self.changes:
            world = _applied(world, change)
            yield fact_name(change.path, lists), world


def _applied(world: World, change: FactChange) -> World:
    match change.path:
        case ("as_of",):
            return evolve(world, as_of=change.after)
        case ("rates", one, other):
            rates = {**world.rates, (one, other): change.after}
            return evolve(world, rates={pair: rate for pair, rate in rates.items() if rate})
        case _:
            return evolve(world, deal=apply_change(world.deal, change))
