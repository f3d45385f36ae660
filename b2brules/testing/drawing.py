"""Drawing a rule file: what it names, its decisions, its recommendations."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from attrs import evolve
from hypothesis import strategies as st

from b2brules.facts.types import (
    EnumerationType,
    IdentifierType,
    MoneyType,
    NumberType,
    SetType,
    TruthType,
    ValueType,
)
from b2brules.testing.conditions import Conditions
from b2brules.testing.focus import OWN, PARAMETERS, draw_names
from b2brules.testing.sheets import AdviceSheet, FormulaSheet, RowSheet, Sheet, TableSheet
from b2brules.testing.terms import Names, Term, Things, named_of

MOST_DECISIONS = 6
MOST_ADVICE = 9
"""More recommendations than decisions: each shows the truth of its condition as it is."""

OUTCOMES = (("yes", "no"), ("low", "middle", "high"), ("go", "wait", "stop", "never_mind"))


def draw_sheet(draw: st.DrawFn) -> Sheet:
    """Draw a rule file; whether its rows can all be reached is left to the checks."""
    own = draw(st.lists(st.sampled_from(OWN), max_size=4, unique=True))
    parameters = draw(st.lists(st.sampled_from(PARAMETERS), max_size=3, unique=True))
    names = draw_names(draw, own, parameters)
    drawing = _Drawing(draw, names)
    drawing.decide("d1")
    for number in _some(draw, 2, MOST_DECISIONS):
        drawing.decide(f"d{number}")
    advice = tuple(drawing.advise(number) for number in _some(draw, 1, MOST_ADVICE))
    return Sheet(
        facts=tuple(one[:4] for one in own),
        parameters=tuple(one[:4] for one in parameters),
        decisions=tuple(drawing.decisions),
        column=drawing.column.text,
        advice=advice,
    )


def _some(draw: st.DrawFn, first: int, last: int) -> Iterator[int]:
    """Yield the next number as long as there is to be one more.

    How many there are is not drawn beforehand: any of them can then go when an example shrinks.
    """
    for number in range(first, last + 1):
        if not draw(st.integers(0, 5)):
            return
        yield number


class _Drawing:
    """Draws decisions one after another; each can name those before it."""

    def __init__(self, draw: st.DrawFn, names: Names) -> None:
        self._draw = draw
        self._conditions = Conditions(draw)
        self._names = names
        self.decisions: list[TableSheet | FormulaSheet] = []
        self.column = draw(st.sampled_from(names.of((EnumerationType, TruthType))))

    # --- decisions ------------------------------------------------------------------------------

    def decide(self, name: str) -> None:
        """Draw a decision, of the deal or of the things of a list, and let later rules read it."""
        things = self._draw(st.none() | st.sampled_from(self._names.lists))
        names, binding = self._names, ""
        if things is not None:
            variable = f"each_{name}"
            names, binding = names.about(things, variable), f"{variable} in {things.name}"
        values = self._conditions.values
        kind: ValueType
        match self._draw(st.integers(0, 9)):
            case 5:
                self._calculate(name, binding, values.calculation(names, 2))
                kind = NumberType()
            case 6 | 7 | 8:
                kinds: tuple[NumberType | MoneyType, ...] = (NumberType(), MoneyType())
                kind = self._draw(st.sampled_from(kinds))
                formula = values.total(names, type(kind))
                if formula is None:
                    number = values.number if isinstance(kind, NumberType) else values.amount
                    formula = number(names)
                self._calculate(name, binding, formula)
            case 9 if names.of(MoneyType):
                self._calculate(name, binding, values.amount(names))
                kind = MoneyType()
            case way:
                table = (self._partition if way in (3, 4) else self._table)(name, binding, names)
                self.decisions.append(table)
                kind = EnumerationType(table.outcomes)
        self._remember(Term(name, kind), things)

    def _calculate(self, name: str, binding: str, formula: str) -> None:
        self.decisions.append(FormulaSheet(name=name, binding=binding, formula=formula))

    def _remember(self, term: Term, things: Things | None) -> None:
        if things is None:
            self._names = evolve(self._names, terms=(*self._names.terms, term))
        else:
            known = evolve(things, members=(*things.members, term))
            lists = tuple(known if one is things else one for one in self._names.lists)
            self._names = evolve(self._names, lists=lists)

    def _table(self, name: str, binding: str, names: Names) -> TableSheet:
        """Draw rows of cells and conditions, and a last one for every other case."""
        columns = self._columns(names)
        outcomes = self._draw(st.sampled_from(OUTCOMES))
        rows = []
        for number in range(1, self._draw(st.integers(1, 3)) + 1):
            cells = [self._conditions.cell(column, names) for column in columns]
            when = (
                "-"
                if cells.count("-") < len(cells) and self._draw(st.booleans())
                else self._conditions.condition(names)
            )
            then = self._draw(st.sampled_from(outcomes))
            rows.append(RowSheet(id=f"{name}_{number}", cells=(*cells, when), then=then))
        cells_ = ("otherwise",) * (len(columns) + 1)
        rows.append(
            RowSheet(id=f"{name}_rest", cells=cells_, then=self._draw(st.sampled_from(outcomes)))
        )
        return TableSheet(
            name=name,
            binding=binding,
            columns=(*(column.text for column in columns), "when"),
            rows=tuple(rows),
            policy="first",
        )

    def _columns(self, names: Names) -> list[Term]:
        plain = [
            term
            for term in names.terms
            if not term.constant and not isinstance(term.type, SetType | IdentifierType)
        ]
        columns = self._draw(
            st.lists(st.sampled_from(plain), max_size=2, unique_by=lambda one: one.text)
        )
        if self._draw(st.integers(0, 4)) == 4:
            columns.append(Term(self._conditions.values.number(names), NumberType()))
        return [
            column
            for n, column in enumerate(columns)
            if column.text not in [c.text for c in columns[:n]]
        ]

    def _partition(self, name: str, binding: str, names: Names) -> TableSheet:
        """Draw a table of one or two columns whose rows cover every case, one row a case."""
        options = st.sampled_from(names.of((EnumerationType, TruthType, NumberType)))
        columns = self._draw(
            st.lists(options, min_size=1, max_size=2, unique_by=lambda one: one.text)
        )
        outcomes = self._draw(st.sampled_from(OUTCOMES))
        cells = itertools.product(*(self._parts(column.type) for column in columns))
        rows = tuple(
            RowSheet(id=f"{name}_{n}", cells=row, then=outcomes[n % len(outcomes)])
            for n, row in enumerate(cells)
        )
        headings = tuple(column.text for column in columns)
        return TableSheet(name=name, binding=binding, columns=headings, rows=rows, policy="unique")

    def _parts(self, kind: ValueType) -> tuple[str, ...]:
        """Draw cells that hold for every value of a type, one of them for each."""
        match kind:
            case EnumerationType(values):
                cut = self._draw(st.integers(1, len(values)))
                parts = (", ".join(values[:cut]), ", ".join(values[cut:]))
                return tuple(part for part in parts if part)
            case TruthType():
                return ("true", "false")
            case _:
                low, high = self._conditions.values.bounds()
                if self._draw(st.booleans()):
                    return (f"<= {low}", f"({low}..{high}]", f"> {high}")
                return (f"< {low}", f"[{low}..{high}]", f"> {high}")

    # --- recommendations ------------------------------------------------------------------------

    def _tell_apart(self, names: Names, things: Things, variables: list[str]) -> str:
        """Draw what holds of the one thing and not of the other, in the same words."""
        one, other = variables
        own = evolve(names, terms=named_of(things, one), lists=())
        asked = self._conditions.condition(own, 0)
        return f"({asked}) and not({asked.replace(one, other)})"

    def advise(self, number: int) -> AdviceSheet:
        """Draw a recommendation for the deal, or for one or two things."""
        names = evolve(self._names, knowing=True)
        bound = self._draw(st.lists(st.sampled_from(names.lists), max_size=2))
        variables = [f"{word}_{number}" for word in ("this", "that")][: len(bound)]
        for variable, things in zip(variables, bound, strict=True):
            names = evolve(names.about(things, variable), depth=0)
        each = self._draw(st.integers(0, 5)) == 5
        if len(bound) == 2 and bound[0] is bound[1] and self._draw(st.integers(0, 2)):
            when = self._tell_apart(names, bound[0], variables)
        else:
            when = self._conditions.condition(names, 1)
        draw_plain = self._draw(st.integers(0, 3)) < 3
        within = ["7 days", "1 day"]
        if any(term.text == "days_enough" for term in names.terms):
            within.append("days_enough")
        return AdviceSheet(
            id=f"r{number}",
            bindings=tuple(
                f"{variable} in {things.name}"
                for variable, things in zip(variables, bound, strict=True)
            ),
            each=each,
            cell="-" if draw_plain else self._conditions.cell(self.column, names),
            when=f"(marks.{{mark}} = minus) and ({when})" if each else when,
            target=self._draw(st.sampled_from(variables)) if variables else "-",
            within=self._draw(st.sampled_from(within)),
        )
