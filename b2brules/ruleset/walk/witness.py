"""From a region to an example: a deal whose facts lie in it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from b2brules.facts.types import NEVER, DateType, EnumerationType, Money
from b2brules.language import tree
from b2brules.language.scope import ListPath
from b2brules.ruleset.walk.covering import Budget, solve
from b2brules.ruleset.walk.estimate import Estimate, Found
from b2brules.ruleset.walk.facts_written import Document, options, pick, pick_last, put, write
from b2brules.ruleset.walk.identity import Owners, owner_of
from b2brules.ruleset.walk.inputs import Input
from b2brules.ruleset.walk.regions import Domains, Opposite, Part
from b2brules.ruleset.walk.space import ReducedTable, Space

AS_OF = date(2026, 1, 1)
"""The day of an example that does not hang on the day."""

LONGEST = 20
"""How many things of a list an example may have."""


@frozen(kw_only=True)
class Example:
    """A deal that may show a problem.

    Args:
        document: Its facts, as a facts document has them.
        thing: The id of the thing that the decision is for.
        dated: Whether it hangs on the day.
    """

    document: Document
    as_of: date
    thing: str | None
    dated: bool


class Witness:
    """Finds regions in which conditions hold, down to base facts, and deals that lie in them."""

    def __init__(self, space: Space, reduced: ReducedTable, budget: Budget) -> None:
        self._space = space
        self._reduced = reduced
        self._budget = budget
        self._inputs = space.inputs.all
        binding = reduced.table.binding
        self._list = None if binding is None else binding.list

    def regions(self, parts: Sequence[Part], start: Domains | None = None) -> Iterator[Domains]:
        """Yield regions in which all hold; decisions in them follow from facts in them.

        Raises:
            TooFarError: The search met its limit.
        """
        return solve(parts, start or self._space.everything, self._budget, self._reasons)

    def _reasons(self, domains: Domains) -> list[Part]:
        """Return what makes the decisions come out as a region asks, as far as it does not yet."""
        reasons = []
        for one in self.narrowed(domains):
            part = self._space.decided(one, domains[one.number])
            if part is not None and part.judge(domains) is not True:
                reasons.append(part)
        return reasons

    def narrowed(self, domains: Domains) -> list[Input]:
        """Return the inputs that are not free in a region."""
        everything = self._space.everything
        return [one for one in self._inputs if domains[one.number] != everything[one.number]]

    def examples(self, domains: Domains) -> Iterator[Example]:
        """Yield deals that should lie in a region, the plainest first.

        The second says all that is asked, since where a cell holds for every value of a fact, the
        fact has to be known. The last has dates that never were, where others have days that a
        document cannot have.

        Raises:
            TooFarError: The search met its limit.
        """
        told = self.narrowed(domains)
        yield self._example(domains, told, pick)
        asked = set(self._reduced.asked)
        for one in told:
            table = self._space.tables.get(one.decision or "")
            asked |= table.asked if table else set()
        rest = [one for one in self._inputs if one.number in asked and one not in told]
        yield self._example(domains, [*told, *rest], pick)
        yield self._example(domains, told, pick_last)

    def _example(
        self,
        domains: Domains,
        told: Sequence[Input],
        choose: Callable[[Input, Domains], object],
    ) -> Example:
        picks = {one.number: choose(one, domains) for one in told}
        as_of = _day_of(told, picks, domains)
        found = self._estimated(domains, told, as_of)
        for one in told:
            if one.identity in found and not one.absolute:
                picks[one.number] = found[one.identity][1]
        members: dict[ListPath, list[tuple[Document, Domains]]] = {}
        if self._list is not None:
            members[self._list] = [({}, domains)]
        for leaf, value in found.values():
            if isinstance(leaf, tree.Aggregate):
                self._add_valued(leaf, value, domains, as_of, members)
        counted = [one for one in told if isinstance(one.subject, tree.CountItems)]
        for one in sorted(counted, key=lambda one: -_filter(one).size):
            wanted = {each: picks[each.number] for each in counted if _list(each) == _list(one)}
            domains = self._add_counted(one, wanted, domains, as_of, members)
        document: Document = {}
        free = [one for one in self.narrowed(domains) if one not in told and one.owner is None]
        picks |= {one.number: pick(one, domains) for one in free}
        for holder, owner in self._holders(document, members):
            for leaf, value in found.values():
                if isinstance(leaf, tree.Fact) and owner_of(leaf.variable, self._owners()) == owner:
                    write(holder, leaf, value, as_of, currency=self._currency(told))
            self._write(holder, [one for one in [*told, *free] if one.owner == owner], picks, as_of)
        thing = self._list_things(document, members)
        dated = any(_is_dated(one.subject, one.absolute) for one in told)
        return Example(document=document, as_of=as_of, thing=thing, dated=dated)

    def _holders(
        self, document: Document, members: Mapping[ListPath, list[tuple[Document, Domains]]]
    ) -> Iterator[tuple[Document, ListPath | None]]:
        """Yield what facts are written in: the deal, and the thing that the decision is for."""
        yield document, None
        if self._list is not None:
            yield members[self._list][0][0], self._list

    def _write(
        self, holder: Document, told: Sequence[Input], picks: Mapping[int, object], as_of: date
    ) -> None:
        for one in told:
            value, currency = picks[one.number], one.currency
            write(holder, one.subject, value, as_of, currency=currency, absolute=one.absolute)

    def _estimated(self, domains: Domains, told: Sequence[Input], as_of: date) -> Found:
        unclear = [one for one in told if one.is_calculated]
        if not unclear:
            return {}
        currency = self._currency(told)
        estimate = Estimate(self._space.book, self._space.inputs, self._owners(), as_of, currency)
        return estimate.fit(domains, unclear)

    def _owners(self) -> Owners:
        """Return what the variables of the table, and of decisions that it reads, stand for."""
        bindings = [decision.binding for decision in self._space.book.decisions.values()]
        alike = [one for one in bindings if one is not None and one.list == self._list]
        return {**{one.variable: one.list for one in alike}, **self._reduced.owners}

    def _currency(self, told: Sequence[Input]) -> str:
        of_inputs = [one.currency for one in told if one.currency is not None]
        values = [parameter.value for parameter in self._space.book.parameters.values()]
        of_parameters = [one.currency for one in values if isinstance(one, Money) and one.currency]
        return (*of_inputs, *of_parameters, "CNY")[0]

    # --- lists ----------------------------------------------------------------------------------

    def _add_counted(
        self,
        one: Input,
        wanted: Mapping[Input, object],
        domains: Domains,
        as_of: date,
        members: dict[ListPath, list[tuple[Document, Domains]]],
    ) -> Domains:
        """Add as many things that a filter keeps as are wanted; others keep their numbers."""
        path, number = _list(one), wanted[one]
        built = members.setdefault(path, [])
        have = sum(_filter(one).judge(inside) is True for _, inside in built)
        assert isinstance(number, Fraction)
        none = [Opposite(_filter(each)) for each, n in wanted.items() if n == 0]
        others = [Opposite(_filter(each)) for each in wanted if each is not one]
        for _ in range(min(int(number) - have, LONGEST)):
            free = tuple(
                each if self._inputs[place].owner != path else self._space.everything[place]
                for place, each in enumerate(domains)
            )
            inside = next(self.regions([_filter(one), *others], free), None)
            inside = inside or next(self.regions([_filter(one), *none], free), None)
            if inside is None:
                break
            thing: Document = {}
            own = [each for each in self.narrowed(inside) if each.owner == path]
            picks = {each.number: pick(each, inside) for each in own}
            self._write(thing, own, picks, as_of)
            built.append((thing, inside))
            domains = tuple(
                each if self._inputs[place].owner == path else inside[place]
                for place, each in enumerate(domains)
            )
        return domains

    def _add_valued(
        self,
        leaf: tree.Aggregate,
        value: object,
        domains: Domains,
        as_of: date,
        members: dict[ListPath, list[tuple[Document, Domains]]],
    ) -> None:
        """Add the one thing of a list whose value is the sum, the least and the greatest."""
        if isinstance(leaf.value, tree.Fact) and leaf.items.condition is None:
            thing: Document = {}
            write(thing, leaf.value, value, as_of, currency=self._currency(()))
            members.setdefault(leaf.items.list, []).append((thing, domains))

    def _list_things(
        self, document: Document, members: Mapping[ListPath, list[tuple[Document, Domains]]]
    ) -> str | None:
        """Put the things into the document, each with an id; return the id of the decision's."""
        thing = None
        for path, built in members.items():
            cls = self._space.book.vocabulary.lists()[path]
            kind = self._space.book.vocabulary.members(cls)["id"].type
            ids: Sequence[str] = [f"{path[-1][0]}{number + 1}" for number in range(len(built))]
            if isinstance(kind, EnumerationType):
                ids = kind.values
            listed = [{"id": id_, **facts} for id_, (facts, _) in zip(ids, built, strict=False)]
            put(document, path, listed)
            if path == self._list:
                thing = ids[0]
        return thing


def _is_dated(subject: object, absolute: bool) -> bool:
    """Tell whether a question hangs on the day that it is asked on."""
    match subject:
        case tree.Compare():
            return _is_dated(subject.left, True) or _is_dated(subject.right, True)
        case tree.Fact(type=DateType()):
            return not absolute
        case _:
            return isinstance(subject, tree.AsOf | tree.Days)


def _filter(one: Input) -> Part:
    assert one.filter is not None
    return one.filter


def _list(one: Input) -> ListPath:
    assert isinstance(one.subject, tree.CountItems)
    return one.subject.items.list


def _day_of(told: Sequence[Input], picks: dict[int, object], domains: Domains) -> date:
    """Return the day of the example: as asked, or such that dates lie as they are asked to.

    Where a date is asked which day it is and how far off, ``picks`` are changed to agree.
    """
    today = next((one for one in told if isinstance(one.subject, tree.AsOf)), None)
    absolute = {one.identity: one for one in told if one.absolute}
    for one in told:
        day = absolute.get(one.identity)
        if day is None or one.absolute or picks[one.number] is NEVER:
            continue
        for here, off in itertools.product(options(day, domains), options(one, domains)):
            if isinstance(here, Fraction) and isinstance(off, Fraction):
                agreed = today is None or today.points.locate(here - off) & domains[today.number]
                if agreed:
                    picks |= {day.number: here, one.number: off}
                    return date.fromordinal(int(here - off))
    if today is not None:
        chosen = picks[today.number]
        assert isinstance(chosen, Fraction)
        return date.fromordinal(int(chosen))
    return AS_OF
