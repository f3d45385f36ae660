"""Values as authors write them: numbers, amounts, days, and what is calculated from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve
from hypothesis import strategies as st

from b2brules.facts.types import DateType, MoneyType, NumberType
from b2brules.testing.terms import Names, Term, Things, is_set_of_words

if TYPE_CHECKING:
    from b2brules.testing.conditions import Conditions

NUMBERS = ("1", "2.5", "0", "3", "30", "0.5", "-1")
FACTORS = ("0.5", "2.5", "(0.5 * 0.000001)")
"""What leaves a digit more than a formula keeps, and that a five."""

DAYS = ("as_of", "2026-11-01", "2026-11-22", "2024-02-29")


class Values:
    """Draws values; ``conditions`` draws what a filter or a count asks."""

    def __init__(self, draw: st.DrawFn, conditions: Conditions) -> None:
        self._draw = draw
        self._conditions = conditions

    def _pick(self, options: list[str]) -> str:
        return self._draw(st.sampled_from(options))

    def like(self, term: Term, names: Names) -> str:
        """Draw a value that compares with a number, an amount or a day."""
        match term.type:
            case NumberType():
                numbers = [other.text for other in names.of(NumberType) if other.text != term.text]
                return self._pick([*NUMBERS, *numbers])
            case MoneyType():
                amounts = [other.text for other in names.of(MoneyType) if other.text != term.text]
                return self._pick(amounts) if amounts else f"2 * {term.text}"
            case _:
                days = [other.text for other in names.of(DateType) if other.text != term.text]
                return self._pick([*DAYS, *days])

    def bounds(self) -> tuple[int, int]:
        """Draw two whole numbers, the lesser one first."""
        low = self._draw(st.integers(0, 9))
        return low, low + self._draw(st.integers(1, 30))

    # --- numbers --------------------------------------------------------------------------------

    def number(self, names: Names, size: int = 1) -> str:
        """Draw a number; ``size`` is how deep a calculation may go."""
        way = self._draw(st.integers(0, 9))
        if size and way >= 7:
            return self.calculation(names, size)
        if way == 6 and names.of(MoneyType):
            return f"({self.amount(names, 0)} / {self.amount(names, 0)})"
        if way == 5 and names.of(DateType):
            days = self._pick([term.text for term in names.of(DateType)])
            return f"{self._pick(['days_since', 'days_until'])}({days})"
        if way in (3, 4):
            return self._counted(names)
        if way == 2 and names.depth == 0:
            total = self.total(names, NumberType)
            if total is not None:
                return total
        return self._pick([*(term.text for term in names.of(NumberType)), *NUMBERS])

    def calculation(self, names: Names, size: int) -> str:
        """Draw a number that is calculated; every third is a part or a multiple of another."""
        told = [term.text for term in names.of(NumberType) if not term.constant]
        if told and self._draw(st.integers(0, 2)) == 2:
            return f"({self._pick(told)} {self._pick(list('*/'))} {self._pick(list(FACTORS))})"
        left, right = self.number(names, size - 1), self.number(names, size - 1)
        return f"({left} {self._pick(list('+-*/'))} {right})"

    def _counted(self, names: Names) -> str:
        """Draw a count: of things, of the members of a set, or of conditions that hold."""
        way = self._draw(st.integers(0, 2))
        sets = [term.text for term in names.terms if is_set_of_words(term.type)]
        if way == 0 and names.lists and names.depth < 2:
            return self.count(self._draw(st.sampled_from(names.lists)), names)
        if way == 1 and sets:
            return f"count({self._pick(sets)})"
        deeper = evolve(names, depth=2, knowing=False)
        number = self._draw(st.integers(2, 3))
        return f"count({', '.join(self._conditions.condition(deeper, 1) for _ in range(number))})"

    def count(self, things: Things, names: Names) -> str:
        """Draw the number of things in a list, or of those that a filter keeps."""
        return f"count({self._conditions.selection(things, names)})"

    def total(self, names: Names, kind: type) -> str | None:
        """Draw the sum, the least or the greatest of something over a list."""
        places = [
            (things, term.text)
            for things in names.lists
            for term in things.members
            if isinstance(term.type, kind)
        ]
        if not places:
            return None
        things, of = self._draw(st.sampled_from(places))
        function = self._pick(["sum", "min", "max"])
        filtered = self._draw(st.integers(0, 2)) == 2
        kept = self._conditions.selection(things, names) if filtered else things.name
        return f"{function}({kept}.{of})"

    # --- amounts --------------------------------------------------------------------------------

    def amount(self, names: Names, size: int = 1) -> str:
        """Draw an amount of money; there has to be one to name."""
        known = [term.text for term in names.of(MoneyType)]
        way = self._draw(st.integers(0, 5))
        if size and way == 5:
            return f"({self.amount(names, 0)} {self._pick(['+', '-'])} {self.amount(names, 0)})"
        if size and way == 4:
            return f"({self.amount(names, 0)} {self._pick(['*', '/'])} {self.number(names, 0)})"
        if way in (2, 3) and names.depth == 0:
            total = self.total(names, MoneyType)
            if total is not None:
                return total
        return self._pick(known)
