"""Conditions as authors write them, over whatever can be named."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from b2brules.facts.types import (
    EnumerationType,
    IdentifierType,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
)
from b2brules.testing.terms import Names, Term, Things
from b2brules.testing.values import Values

COMPARATORS = ("=", "!=", "<", "<=", ">", ">=")
DEEPEST = 2
"""How many lists a condition may be inside of: more are slow, and nobody reads them."""


class Conditions:
    """Draws conditions, and the cells of columns.

    Every draw prefers what is plain, so that a rule shrinks to one short comparison.
    """

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.values = Values(draw, self)

    def pick(self, options: Sequence[object]) -> object:
        """Draw one of a few."""
        return self._draw(st.sampled_from(options))

    def condition(self, names: Names, size: int = 2) -> str:
        """Draw a condition; ``size`` is how deep ``and``, ``or`` and ``not`` may go."""
        kind = self._draw(st.integers(0, 9)) if size else 0
        if kind <= 6:
            return self._atom(names)
        if kind == 7:
            return f"not({self.condition(names, size - 1)})"
        joint = " and " if kind == 8 else " or "
        number = self._draw(st.integers(2, 3))
        return joint.join(f"({self.condition(names, size - 1)})" for _ in range(number))

    def _atom(self, names: Names) -> str:
        ways = [self._about_a_value] * 5
        if names.lists and names.depth < DEEPEST:
            ways += [self._about_a_list] * 4
        if names.knowing:
            ways.append(self._knowing)
        return self._draw(st.sampled_from(ways))(names)

    # --- values ---------------------------------------------------------------------------------

    def _about_a_value(self, names: Names) -> str:
        """Draw a test of one fact, decision or calculation."""
        if self._draw(st.integers(0, 3)) == 3:
            return self._comparison(names)
        told = [term for term in names.terms if not term.constant]
        term = self._draw(st.sampled_from(told))
        match term.type:
            case TruthType():
                return term.text
            case SetType():
                return self._about_a_set(term, names)
            case EnumerationType():
                return self._about_a_word(term, names)
            case IdentifierType(list_name):
                others = names.ids_of(list_name)
                return f"{term.text} {self.pick(COMPARATORS[:2])} {self.pick(others)}"
            case TextType():
                others = [f'"{word}"' for word in ("Lin", "王")]
                others += [one.text for one in names.of(TextType)]
                return f"{term.text} {self.pick(COMPARATORS[:2])} {self.pick(others)}"
            case _:
                return self._tested(term, names)

    def _tested(self, term: Term, names: Names) -> str:
        """Draw a test of a number, an amount or a day against one or several others."""
        if self._draw(st.booleans()):
            sign = self.pick(COMPARATORS[2:] + COMPARATORS[:2])
            return f"{term.text} {sign} {self.values.like(term, names)}"
        if isinstance(term.type, NumberType) and self._draw(st.booleans()):
            low, high = self.values.bounds()
            return f"{term.text} between {low} and {high}"
        return f"{term.text} in ({self.tests(term, names)})"

    def _comparison(self, names: Names) -> str:
        """Draw a comparison of two calculations, counts on both sides among them."""
        sign = self.pick(COMPARATORS)
        if names.of(MoneyType) and self._draw(st.integers(0, 2)) == 2:
            return f"{self.values.amount(names)} {sign} {self.values.amount(names)}"
        return f"{self.values.number(names)} {sign} {self.values.number(names)}"

    def _about_a_word(self, term: Term, names: Names) -> str:
        assert isinstance(term.type, EnumerationType)
        alike = [
            other.text
            for other in names.of(EnumerationType)
            if other.text != term.text and set(other.type.values) & set(term.type.values)  # type: ignore[union-attr]
        ]
        way = self._draw(st.integers(0, 4))
        if way >= 3 and alike:
            return f"{term.text} {self.pick(COMPARATORS[:2])} {self.pick(alike)}"
        if way >= 2:
            return f"{term.text} in ({', '.join(self._some(term.type.values))})"
        return f"{term.text} {self.pick(COMPARATORS[:2])} {self.pick(term.type.values)}"

    def _about_a_set(self, term: Term, names: Names) -> str:
        assert isinstance(term.type, SetType)
        member = term.type.member
        if isinstance(member, EnumerationType):
            words = list(member.values)
        else:
            words = names.ids_of(member.list_name)
        way = self._draw(st.integers(0, 4))
        if way <= 2 and words:
            return f"{self.pick(words)} in {term.text}"
        if way <= 3:
            return f"{term.text} is empty"
        return f"count({term.text}) {self.pick(COMPARATORS)} {self._draw(st.integers(0, 3))}"

    def _some(self, words: Sequence[str]) -> list[str]:
        return self._draw(st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True))

    # --- lists ----------------------------------------------------------------------------------

    def _about_a_list(self, names: Names) -> str:
        things = self._draw(st.sampled_from(names.lists))
        match self._draw(st.integers(0, 5)):
            case 0 | 1:
                sign = self.pick(COMPARATORS)
                return f"{self.values.count(things, names)} {sign} {self._draw(st.integers(0, 3))}"
            case 2:
                return f"{self.selection(things, names)} is empty"
            case _:
                return self._quantified(things, names)

    def _quantified(self, things: Things, names: Names) -> str:
        variable = f"one_{len(names.variables) + names.depth}"
        word = self.pick(("some", "every"))
        listed = self.selection(things, names)
        asked = self.condition(names.about(things, variable), 1)
        return f"({word} {variable} in {listed} satisfies {asked})"

    def selection(self, things: Things, names: Names) -> str:
        """Draw a list, filtered or whole."""
        if self._draw(st.booleans()):
            return f"{things.name}[{self.condition(names.inside(things), 1)}]"
        return things.name

    def _knowing(self, names: Names) -> str:
        asked = [term.text for term in names.terms] + [things.name for things in names.lists]
        return f"{self.pick(asked)} is {self.pick(('known', 'unknown'))}"

    # --- cells ----------------------------------------------------------------------------------

    def cell(self, column: Term, names: Names) -> str:
        """Draw a cell that tests a column's value."""
        if self._draw(st.integers(0, 3)) == 0:
            return "-"
        tests = self.tests(column, names)
        return f"not({tests})" if self._draw(st.integers(0, 3)) == 3 else tests

    def tests(self, column: Term, names: Names) -> str:
        """Draw one test of a value, or a few."""
        match column.type:
            case EnumerationType(values):
                return ", ".join(self._some(values))
            case TruthType():
                return str(self.pick(("true", "false")))
            case TextType():
                return str(self.pick(('"Lin"', '"王"', '"Lin", "王"')))
            case NumberType() if self._draw(st.booleans()):
                low, high = self.values.bounds()
                ends = str(self.pick(("[]", "[)", "(]")))
                return f"{ends[0]}{low}..{high}{ends[1]}"
            case _:
                number = self._draw(st.integers(1, 2))
                signs = ("", ">= ", "< ", "> ", "<= ", "!= ")
                return ", ".join(
                    f"{self.pick(signs)}{self.values.like(column, names)}" for _ in range(number)
                )
