"""Writing the source of a Python function: lines, names, constants, and values computed once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager


class Source:
    """The source of a function as it grows, and the namespace that it runs in.

    A value that was given a name is found again by its key, as long as the block in which it was
    computed is open; so each shared sub-expression is computed once.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.namespace: dict[str, object] = {}
        self._depth = 1
        self._named: list[dict[Hashable, str]] = [{}]
        self._constants: dict[Hashable, str] = {}
        self._count = 0

    def write(self, line: str) -> None:
        """Add a line in the open block."""
        self.lines.append("    " * self._depth + line)

    def new_name(self) -> str:
        """Return a name that nothing has yet."""
        self._count += 1
        return f"v{self._count}"

    def find(self, key: Hashable) -> str | None:
        """Return the name under which a value was computed, ``None`` if it was not."""
        for names in self._named:
            if key in names:
                return names[key]
        return None

    def keep(self, key: Hashable, name: str) -> str:
        """Remember, for the open block, the name of a value that was computed there."""
        self._named[-1][key] = name
        return name

    def assign(self, key: Hashable, expression: str) -> str:
        """Compute an expression once in the open block, and return its name."""
        name = self.find(key)
        if name is None:
            name = self.new_name()
            self.write(f"{name} = {expression}")
            self.keep(key, name)
        return name

    def constant(self, key: Hashable, value: object) -> str:
        """Return the name of a value that never changes."""
        if key not in self._constants:
            self._constants[key] = f"K{len(self._constants)}"
            self.namespace[self._constants[key]] = value
        return self._constants[key]

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Write the lines that follow inside ``head``; what is computed there ends with it."""
        self.write(head)
        self._depth += 1
        self._named.append({})
        before = len(self.lines)
        yield
        if len(self.lines) == before:
            self.write("pass")
        self._named.pop()
        self._depth -= 1
