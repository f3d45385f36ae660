"""Conditions and values as Python expressions: ``True``, ``False`` or ``None`` for unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction

import attrs
from attrs import frozen

from b2brules.engines.writing import Source
from b2brules.facts.types import DateType, EnumerationType, MoneyType, NumberType
from b2brules.language import tree
from b2brules.language.scope import ListPath
from b2brules.language.values import Candidates, calculable
from b2brules.language.walking import walk
from b2brules.ruleset.model import Book, Table

SHARED = (
    tree.Or,
    tree.Compare,
    tree.Among,
    tree.Contains,
    tree.Quantified,
    tree.IsEmpty,
    tree.IsKnown,
)
"""The conditions that are computed once where several rules ask them."""

ATOMS = SHARED[1:]
"""The conditions that are not made of others alone."""

PYTHON = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@frozen
class Local:
    """What a variable stands for inside a loop: names of the item, its place, and its list."""

    item: str
    index: str
    list: ListPath


class Expressions:
    """Writes conditions and values of one book into one source.

    How a fact of the deal itself is reached is said by ``access``: ``deal.{}`` for an object,
    ``deal.get({!r})`` for a mapping.

    Facts are held as the document has them; ``calculable`` makes exact fractions of them only where
    rules calculate. A decision is a mask of its candidates, one bit an outcome.
    """

    def __init__(self, book: Book, source: Source, access: str) -> None:
        self.book = book
        self.source = source
        self._access = access
        self.locals: dict[str, Local] = {}
        self._seen: Counter[Hashable] = Counter()

    def count(self, condition: tree.Condition, lists: Mapping[str, ListPath]) -> None:
        """Take note of a condition, so that what several of them ask is computed once."""
        names = {variable: str(path) for variable, path in lists.items()}
        for node in walk(condition):
            if isinstance(node, SHARED):
                self._seen[str(self._parts(node, names))] += 1

    def _is_shared(self, node: tree.Condition) -> bool:
        names = {variable: str(local.list) for variable, local in self.locals.items()}
        return self._seen[str(self._parts(node, names))] > 1

    # --- conditions -----------------------------------------------------------------------------

    def every(self, conditions: Iterable[tree.Condition]) -> str:
        """Return the expression for all of some conditions together."""
        return self.joined([self.truth(part) for part in conditions], "False", "True")

    def joined(self, parts: list[str], ending: str, otherwise: str) -> str:
        """Return the expression for truths together: ``ending`` if one of them is that."""
        parts = [part for part in parts if part != otherwise]
        if not parts:
            return otherwise
        if len(parts) == 1:
            return parts[0]
        names = [part if part.isidentifier() else self.source.new_name() for part in parts]
        ended = " or ".join(
            f"{name} is {ending}" if name == part else f"({name} := {part}) is {ending}"
            for name, part in zip(names, parts, strict=True)
        )
        unknown = " or ".join(f"{name} is None" for name in names)
        return f"({ending} if {ended} else None if {unknown} else {otherwise})"

    def truth(self, condition: tree.Condition) -> str:
        """Return the expression for a condition; what takes a loop is computed before it."""
        match condition:
            case tree.Always():
                return "True"
            case tree.Holds():
                return self.plain(condition.value) or self.runtime(condition.value)
            case tree.And():
                return self.every(condition.conditions)
            case tree.Not():
                return self._negated(self.truth(condition.condition))
            case _:
                key = self._key(condition)
                found = self.source.find(key)
                if found is not None:
                    return found
                expression = self._truth_of(condition)
                if expression.isidentifier() or not self._is_shared(condition):
                    return expression
                return self.source.assign(key, expression)

    def _negated(self, expression: str) -> str:
        if not expression.isidentifier():
            name = self.source.new_name()
            return f"(None if ({name} := {expression}) is None else not {name})"
        return f"(None if {expression} is None else not {expression})"

    def _truth_of(self, condition: tree.Condition) -> str:
        match condition:
            case tree.Or():
                parts = [self.truth(part) for part in condition.conditions]
                return self.joined(parts, "True", "False")
            case tree.Compare():
                return self._compare(condition)
            case tree.Among():
                return self._among(condition)
            case tree.Contains():
                held, member = self.fact(condition.set), self.plain(condition.member)
                if member is None:
                    return f"contains({held}, {self.runtime(condition.member)})"
                return self._unless_unknown((held, member), f"{member} in {held}")
            case tree.Quantified(quantifier="some"):
                return self._some(condition.items, condition.condition)
            case tree.Quantified():
                denied = tree.Not(condition=condition.condition, span=condition.span)
                return self._negated(self._some(condition.items, denied))
            case tree.IsEmpty(of=tree.Items() as items):
                return self._negated(self._some(items, None))
            case tree.IsEmpty(of=tree.Fact() as held):
                name = self.fact(held)
                return f"(None if {name} is None else not {name})"
            case tree.IsKnown():
                return self._is_known(condition)
            case _:
                raise AssertionError(condition)

    def _compare(self, condition: tree.Compare) -> str:
        left, right = condition.left, condition.right
        test = tree.Test(bounds=((condition.operator, right),), span=condition.span)
        short = self._short(left, (test,), False)
        if short is not None:
            return short
        one, other = self.plain(left), self.plain(right)
        if one is not None and other is not None:
            operator = PYTHON[condition.operator]
            return self._unless_unknown((one, other), f"{one} {operator} {other}")
        return (
            f"compare({condition.operator!r}, {self.runtime(left)}, {self.runtime(right)}, rates)"
        )

    def _among(self, condition: tree.Among) -> str:
        short = self._short(condition.value, condition.tests, condition.negated)
        if short is not None:
            return short
        tests = ", ".join(
            "("
            + "".join(f"({sign!r}, {self.runtime(bound)}), " for sign, bound in test.bounds)
            + ")"
            for test in condition.tests
        )
        return f"among({self.runtime(condition.value)}, ({tests},), {condition.negated}, rates)"

    def _short(self, value: tree.Value, tests: tuple[tree.Test, ...], negated: bool) -> str | None:
        """Return a plain expression for tests against constants, ``None`` if there is none."""
        bounds = [bound for test in tests for _, bound in test.bounds]
        constants = [self._constant_of(bound) for bound in bounds]
        if any(constant is None for constant in constants):
            return None
        if isinstance(value, tree.DecisionValue) and isinstance(value.type, EnumerationType):
            return self._short_mask(value, tests, negated)
        if isinstance(value, tree.CountItems | tree.CountConditions):
            if len(tests) == 1 and len(tests[0].bounds) == 1 and not negated:
                return self._short_count(value, tests[0].bounds[0])
            return None
        name = self.plain(value)
        if name is None:
            return None
        if all([sign for sign, _ in test.bounds] == ["="] for test in tests):
            joined = f"{name} in ({''.join(f'{constant}, ' for constant in constants)})"
        else:
            joined = " or ".join(
                "("
                + " and ".join(self._bounded(name, sign, bound) for sign, bound in test.bounds)
                + ")"
                for test in tests
            )
        return self._unless_unknown((name,), f"not ({joined})" if negated else joined)

    def _bounded(self, name: str, sign: str, bound: tree.Value) -> str:
        return f"{name} {PYTHON[sign]} {self.plain(bound)}"

    def _unless_unknown(self, names: Iterable[str], expression: str) -> str:
        held = [name for name in dict.fromkeys(names) if re.fullmatch(r"v\d+", name)]
        unknown = " or ".join(f"{name} is None" for name in held)
        return f"(None if {unknown} else {expression})" if unknown else f"({expression})"

    def _short_mask(
        self, value: tree.DecisionValue, tests: tuple[tree.Test, ...], negated: bool
    ) -> str | None:
        outcomes = self._table(value.name).outcomes
        passing = 0
        for bit, outcome in enumerate(outcomes):
            kept = any(
                all((outcome == self._word(bound)) == (sign == "=") for sign, bound in test.bounds)
                for test in tests
            )
            passing |= (kept is not negated) << bit
        name = self.mask(value)
        failing = (1 << len(outcomes)) - 1 & ~passing
        mixed = f"not {name} or ({name} & {passing} and {name} & {failing})"
        return f"(None if {mixed} else not {name} & {failing})"

    def _word(self, bound: tree.Value) -> object:
        return bound.value if isinstance(bound, tree.Constant) else None

    def _short_count(
        self,
        value: tree.CountItems | tree.CountConditions,
        bound: tuple[tree.Comparator, tree.Value],
    ) -> str:
        low, high = self.counted(value)
        sign, limit = bound
        number = self.plain(limit)
        if sign in ("=", "!="):
            other = f"({low} {PYTHON[sign]} {number})"
            inside = f"{low} <= {number} <= {high}"
            return f"({other} if {low} == {high} else None if {inside} else {sign == '!='})"
        least = f"{low} {PYTHON[sign]} {number}"
        most = f"{high} {PYTHON[sign]} {number}"
        surely, possibly = (least, most) if sign in (">", ">=") else (most, least)
        return f"(True if {surely} else None if {possibly} else False)"

    def _is_known(self, condition: tree.IsKnown) -> str:
        match condition.of:
            case tree.Items(list=path):
                known = f"{self.path(path)} is not None"
            case tree.DecisionValue(type=EnumerationType()) as value:
                name = self.mask(value)
                known = f"({name} and not {name} & ({name} - 1))"
                return f"bool({known})" if condition.known else f"(not {known})"
            case tree.Fact(type=kind) as fact if not isinstance(kind, MoneyType):
                known = f"{self.fact(fact)} is not None"
            case other:
                known = f"exact({self.runtime(other)})"
        return f"({known})" if condition.known else f"(not ({known}))"

    # --- lists ----------------------------------------------------------------------------------

    @contextmanager
    def loop(self, items: str, path: ListPath, variable: str) -> Iterator[Local]:
        """Write what follows inside a loop over a list; the variable stands for its things."""
        local = Local(self.source.new_name(), self.source.new_name(), path)
        self.locals[variable] = local
        with self.source.block(f"for {local.index}, {local.item} in enumerate({items}):"):
            yield local
        del self.locals[variable]

    @contextmanager
    def naming(self, variables: Mapping[str, Local]) -> Iterator[None]:
        """Let variables stand for what loops that are open have bound."""
        self.locals.update(variables)
        yield
        for variable in variables:
            del self.locals[variable]

    def hoist(self, conditions: Iterable[tree.Condition | tree.Value], inside: set[str]) -> None:
        """Compute before a loop what does not depend on the variables that it binds."""
        for condition in conditions:
            for node in walk(condition):
                if isinstance(node, tree.Items):
                    self.path(node.list)
                if isinstance(node, ATOMS):
                    free = free_variables(node)
                    if not free & inside and free <= set(self.locals):
                        self.source.assign(self._key(node), self.truth(node))

    def share(self, conditions: Iterable[tree.Condition]) -> None:
        """Compute what other rules ask as well, before a block that may not be entered."""
        for condition in conditions:
            for node in walk(condition):
                if not isinstance(node, SHARED) or free_variables(node) - set(self.locals):
                    continue
                if self._is_shared(node):
                    self.source.assign(self._key(node), self.truth(node))

    def takes_a_loop(self, condition: tree.Condition) -> bool:
        """Tell whether a condition goes through a list, and has not been computed yet."""
        is_long = any(isinstance(node, tree.Items) for node in walk(condition))
        return is_long and self.source.find(self._key(condition)) is None

    def _some(self, items: tree.Items, condition: tree.Condition | None) -> str:
        asked = [part for part in (items.condition, condition) if part is not None]
        self.hoist(asked, {items.variable})
        found = self.source.new_name()
        listed = self.path(items.list)
        self.source.write(f"{found} = False")
        with self.source.block(f"if {listed} is None:"):
            self.source.write(f"{found} = None")
        with self.source.block("else:"), self.loop(listed, items.list, items.variable):
            truth = self.source.new_name()
            self.source.write(f"{truth} = {self.every(asked)}")
            with self.source.block(f"if {truth}:"):
                self.source.write(f"{found} = True")
                self.source.write("break")
            with self.source.block(f"if {truth} is None:"):
                self.source.write(f"{found} = None")
        return found

    def counted(self, value: tree.CountItems | tree.CountConditions) -> tuple[str, str]:
        """Return the names of the least and the greatest that a count can be."""
        key = self._key(value)
        low, high = f"{key}low", f"{key}high"
        names = self.source.find(low), self.source.find(high)
        if names[0] is not None and names[1] is not None:
            return names[0], names[1]
        if isinstance(value, tree.CountConditions):
            least, most = self._count_conditions(value)
        else:
            least, most = self._count_items(value.items)
        return self.source.keep(low, least), self.source.keep(high, most)

    def _count_conditions(self, value: tree.CountConditions) -> tuple[str, str]:
        truths = [self.source.new_name() for _ in value.conditions]
        for name, condition in zip(truths, value.conditions, strict=True):
            self.source.write(f"{name} = {self.truth(condition)}")
        least, most = self.source.new_name(), self.source.new_name()
        self.source.write(f"{least} = " + " + ".join(f"({name} is True)" for name in truths))
        self.source.write(f"{most} = " + " + ".join(f"({name} is not False)" for name in truths))
        return least, most

    def _count_items(self, items: tree.Items) -> tuple[str, str]:
        listed = self.path(items.list)
        least, most = self.source.new_name(), self.source.new_name()
        if items.condition is None:
            self.source.write(f"{least} = 0 if {listed} is None else len({listed})")
            self.source.write(f"{most} = INFINITE if {listed} is None else {least}")
            return least, most
        self.hoist([items.condition], {items.variable})
        self.source.write(f"{least} = {most} = 0")
        with self.source.block(f"if {listed} is None:"):
            self.source.write(f"{most} = INFINITE")
        with self.source.block("else:"), self.loop(listed, items.list, items.variable):
            truth = self.source.new_name()
            self.source.write(f"{truth} = {self.truth(items.condition)}")
            with self.source.block(f"if {truth} is not False:"):
                self.source.write(f"{most} += 1")
            with self.source.block(f"if {truth}:"):
                self.source.write(f"{least} += 1")
        return least, most

    # --- values ---------------------------------------------------------------------------------

    def plain(self, value: tree.Value) -> str | None:
        """Return a name that holds a value as the document does, compared with Python's own signs.

        It is ``None`` where comparing takes more: money, candidates, ranges, ``never``.
        """
        if (constant := self._constant_of(value)) is not None:
            return constant
        match value:
            case tree.Fact(type=DateType(past=True) | MoneyType()):
                return None
            case tree.Fact():
                return self.fact(value)
            case tree.AsOf():
                return "as_of"
            case tree.Days(date=tree.Fact() as day, direction=direction):
                return self._days(value, self.fact(day), direction)
            case _:
                return None

    def _days(self, value: tree.Days, day: str, direction: int) -> str:
        since = f"today - {day}.toordinal()" if direction == 1 else f"{day}.toordinal() - today"
        never = "INFINITE" if direction == 1 else "-INFINITE"
        expression = f"None if {day} is None else {never} if {day} is NEVER else {since}"
        return self.source.assign(self._key(value), expression)

    def _constant_of(self, value: tree.Value) -> str | None:
        match value:
            case tree.Constant(value=constant):
                return self._named_constant(constant)
            case tree.Parameter(name=name, type=NumberType()):
                return self._named_constant(self.book.parameters[name].value)
            case _:
                return None

    def _named_constant(self, value: object) -> str:
        if isinstance(value, Decimal) and value == value.to_integral_value():
            value = int(value)  # compares with whole numbers at full speed
        if isinstance(value, int | str):
            return repr(value)
        return self.source.constant((type(value), value), value)

    def runtime(self, value: tree.Value) -> str:
        """Return an expression for a value as `b2brules.language.values` calculates with it."""
        key = ("runtime", self._key(value))
        found = self.source.find(key)
        if found is not None:
            return found
        expression = self._runtime_of(value)
        return expression if expression.isidentifier() else self.source.assign(key, expression)

    def _runtime_of(self, value: tree.Value) -> str:
        match value:
            case tree.Constant(value=constant):
                held = Fraction(constant) if isinstance(constant, Decimal) else constant
                return self.source.constant((type(held), held), held)
            case tree.Parameter(name=name):
                number = calculable(self.book.parameters[name].value, None)
                return self.source.constant(("parameter", name), number)
            case tree.Fact(type=MoneyType()):
                path = value.path if value.variable is None else self.locals[value.variable].list
                return f"calculable({self.fact(value)}, {self.currency(path)})"
            case tree.Fact(type=NumberType()):
                return f"calculable({self.fact(value)}, None)"
            case tree.Fact():
                return self.fact(value)
            case tree.DecisionValue(type=EnumerationType()):
                table = self._table(value.name)
                held = self.source.constant(("outcomes", table.name), Outcomes(table))
                return f"{held}[{self.mask(value)}]"
            case tree.DecisionValue():
                return f"calculable({self.mask(value)}, None)"
            case tree.AsOf():
                return "as_of"
            case tree.Days():
                return f"days_between({self.runtime(value.date)}, as_of, {value.direction})"
            case tree.Arithmetic():
                left, right = self.runtime(value.left), self.runtime(value.right)
                return f"arithmetic({value.operator!r}, {left}, {right}, rates)"
            case tree.CountSet():
                return f"size({self.fact(value.set)})"
            case tree.CountItems() | tree.CountConditions():
                low, high = self.counted(value)
                return f"range_of({low}, {high})"
            case tree.Aggregate():
                return self._aggregate(value)

    def _aggregate(self, value: tree.Aggregate) -> str:
        items = value.items
        asked = [] if items.condition is None else [items.condition]
        self.hoist([*asked, value.value], {items.variable})
        listed = self.path(items.list)
        kept = self.source.new_name()
        currency = self.currency(items.list) if isinstance(value.type, MoneyType) else ""
        self.source.write(f"{kept} = None if {listed} is None else []")
        with self.loop(f"{listed} or ()", items.list, items.variable):
            truth = self.source.new_name()
            self.source.write(f"{truth} = {self.every(asked)}")
            with self.source.block(f"if {truth} is None:"):
                self.source.write(f"{kept} = None")
                self.source.write("break")
            with self.source.block(f"if {truth}:"):
                self.source.write(f"{kept}.append({self.runtime(value.value)})")
        if isinstance(value.type, MoneyType):
            totalled = f"total_money({value.function!r}, {kept}, {currency}, rates)"
        else:
            totalled = f"total({value.function!r}, {kept})"
        return f"(None if {kept} is None else {totalled})"

    # --- facts and decisions --------------------------------------------------------------------

    def fact(self, fact: tree.Fact) -> str:
        """Return the name that holds a fact as the document has it."""
        if fact.variable is None:
            return self.path(fact.path)
        return self.path(fact.path, self.locals[fact.variable].item)

    def path(self, path: tuple[str, ...], holder: str = "deal") -> str:
        """Return the name that holds what stands at a path below the deal or an item."""
        for name in path:
            key = ("fact", holder, name)
            reached = self._access.format(name) if holder == "deal" else f"{holder}.{name}"
            if holder.startswith("v") and not self._is_item(holder):
                reached = f"None if {holder} is None else {reached}"
            holder = self.source.assign(key, reached)
        return holder

    def _is_item(self, name: str) -> bool:
        return any(local.item == name for local in self.locals.values())

    def currency(self, path: tuple[str, ...]) -> str:
        """Return the name of the currency of amounts that name none."""
        deals = self.path(("currency",))
        if path[0] != "account":
            return deals
        own = self.path(("account", "currency"))
        return self.source.assign(("currency", "account"), f"{own} or {deals}")

    def mask(self, value: tree.DecisionValue) -> str:
        """Return the expression for a decision's candidates, or for a formula's number."""
        if value.variable is None:
            return f"d_{value.name}"
        index = self.locals[value.variable].index
        return self.source.assign(("mask", value.name, index), f"d_{value.name}[{index}]")

    def _table(self, name: str) -> Table:
        table = self.book.decisions[name]
        assert isinstance(table, Table), name
        return table

    def _key(self, node: object) -> Hashable:
        """Return what tells a node from others: its parts, with the loops' names for variables."""
        return str(self._parts(node, {name: one.item for name, one in self.locals.items()}))

    def _parts(self, node: object, names: Mapping[str, str]) -> object:
        if isinstance(node, tuple):
            return [self._parts(part, names) for part in node]
        if type(node).__module__ != tree.__name__:
            return repr(node)
        bound = [
            part.variable
            for part in (getattr(node, "items", None), getattr(node, "of", None))
            if isinstance(part, tree.Items)
        ]
        inner = {**names, **{name: f"#{len(names)}" for name in bound}}
        return [
            type(node).__name__,
            *(
                inner.get(getattr(node, field.name))
                if field.name == "variable"
                else self._parts(getattr(node, field.name), inner)
                for field in attrs.fields(type(node))  # type: ignore[arg-type]  # every node is attrs
                if field.name not in ("type", "span")
            ),
        ]


class Outcomes(dict[int, object]):
    """For each mask of a table's candidates, what rules read: the outcome, or the candidates."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._outcomes = table.outcomes

    def __missing__(self, mask: int) -> object:
        kept = candidates_in(mask, self._outcomes)
        self[mask] = kept[0] if len(kept) == 1 else Candidates(kept)
        return self[mask]


def candidates_in(mask: int, outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the outcomes whose bits are set."""
    return tuple(outcome for bit, outcome in enumerate(outcomes) if mask >> bit & 1)


def mask_of(candidates: Iterable[str], outcomes: tuple[str, ...]) -> int:
    """Return candidates as bits, one for each outcome."""
    return sum(1 << outcomes.index(outcome) for outcome in candidates)


def free_variables(node: object) -> set[str]:
    """Return the variables that a node reads and does not bind itself."""
    parts = list(walk(node))
    used = {
        part.variable
        for part in parts
        if isinstance(part, tree.Fact | tree.DecisionValue) and part.variable is not None
    }
    return used - {part.variable for part in parts if isinstance(part, tree.Items)}
