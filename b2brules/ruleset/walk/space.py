"""The tables of a book over the regions of their inputs."""

from __future__ import annotations

from attrs import frozen

from b2brules.ruleset.model import Book, Table
from b2brules.ruleset.walk.identity import Owners
from b2brules.ruleset.walk.inputs import AllInputs, Input
from b2brules.ruleset.walk.reduction import Reduction
from b2brules.ruleset.walk.regions import Domains, Part, Row, Scanned

_OTHERWISE = "otherwise"


@frozen(kw_only=True)
class ReducedTable:
    """A decision table over regions."""

    table: Table
    rows: tuple[Row, ...]

    @property
    def asked(self) -> frozenset[int]:
        """The inputs that its rows ask."""
        return frozenset(one for row in self.rows for one in row.condition.inputs())

    @property
    def owners(self) -> Owners:
        """What its variable stands for."""
        binding = self.table.binding
        return {} if binding is None else {binding.variable: binding.list}

    @property
    def complete(self) -> bool:
        """Whether it ends in ``otherwise``."""
        return bool(self.rows) and self.rows[-1].last_resort


class Space:
    """All tables of a book, over the inputs that they share."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.inputs = AllInputs()
        self.tables = {
            name: self._reduced(decision)
            for name, decision in book.decisions.items()
            if isinstance(decision, Table)
        }
        self.inputs.settle()
        self.everything: Domains = self.inputs.everything

    def _reduced(self, table: Table) -> ReducedTable:
        binding = table.binding
        owners = {} if binding is None else {binding.variable: binding.list}
        reduction = Reduction(self.book, self.inputs, owners)
        rows = tuple(
            Row(
                id=row.id,
                then=row.then,
                condition=reduction.clauses(row.clauses),
                last_resort=any(clause.text == _OTHERWISE for clause in row.clauses),
            )
            for row in table.rows
        )
        return ReducedTable(table=table, rows=rows)

    def decided(self, one: Input, domain: int) -> Part | None:
        """Return what makes a decision come to one of the outcomes in a domain.

        It is ``None`` if the input is no decision table, or one for another thing.
        """
        reduced = self.tables.get(one.decision or "")
        if reduced is None:
            return None
        binding = reduced.table.binding
        if one.owner != (None if binding is None else binding.list):
            return None
        words = enumerate(one.points.values)
        allowed = frozenset(str(word) for place, word in words if domain >> place & 1)
        return Scanned([(row.condition, row.then) for row in reduced.rows], allowed)
