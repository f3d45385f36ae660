"""The house stands: what a module of b2brules may import, and what it may ask of the world.

The package is read, never run, so a forbidden import inside a function is found as well.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from attrs import frozen

PACKAGE = "b2brules"
ROOT = Path(__file__).parent.parent

# Low to high: a floor imports only from itself and from the floors before it.
FLOORS = (
    "facts",
    "language",
    "ruleset",
    "advice",
    "engines",
    "casework",
    "session",
    "rulebook",
    "cli",
)
ROOF = ("__init__", "__main__", "testing")

# A way to run the rules is known to nobody in its floor but itself and `engines/__init__.py`.
ENGINES = ("reference", "python", "durable", "sql")

# Each has one module that knows it, and is imported when it is used, not before.
THIRD_PARTY_ENGINES = ("durable", "durable_rules_engine", "duckdb", "pyspark", "sqlglot")

# The same input gives the same output, so the library asks nothing of the world around it.
NETWORK = ("http", "requests", "socket", "ssl", "urllib")
CLOCK_AND_ENVIRONMENT = (
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.environ",
    "os.environb",
    "os.getenv",
    "random",
    "secrets",
    "time",
    "uuid.uuid1",
    "uuid.uuid4",
)


@frozen(kw_only=True)
class Module:
    """A module of the package: its dotted name, and its syntax tree."""

    name: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The part of the name below the package; `__init__` for the package itself."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else "__init__"


@frozen(kw_only=True)
class Import:
    """A name that a module imports, dotted and in full."""

    target: str
    line: int
    lazy: bool

    def is_of(self, name: str) -> bool:
        """Whether it is the module `name` or something in it."""
        return within(self.target, name)


def within(dotted: str, name: str) -> bool:
    return dotted == name or dotted.startswith(f"{name}.")


def modules_of(files: Mapping[str, str]) -> list[Module]:
    """The modules of a package, from the text of its files by their path."""
    found = []
    for path, text in sorted(files.items()):
        name = path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        found.append(Module(name=name, tree=ast.parse(text, path)))
    return found


def imports_of(module: Module) -> list[Import]:
    """Everything that a module imports; `lazy` inside a function or for type checking only."""
    return list(_imports_below(module.tree, lazy=False))


def _imports_below(node: ast.AST, *, lazy: bool) -> Iterator[Import]:
    match node:
        case ast.Import(names=names, lineno=line):
            for alias in names:
                yield Import(target=alias.name, line=line, lazy=lazy)
        case ast.ImportFrom(names=names, lineno=line, module=source):
            # Ruff refuses relative imports, so `source` is the whole name.
            for alias in names:
                yield Import(target=f"{source}.{alias.name}", line=line, lazy=lazy)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            lazy = True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            lazy = True
    for child in ast.iter_child_nodes(node):
        yield from _imports_below(child, lazy=lazy)


def height(floor: str) -> int | None:
    if floor in ROOF:
        return len(FLOORS)
    return FLOORS.index(floor) if floor in FLOORS else None


def breaches_of_the_floors(modules: list[Module]) -> list[str]:
    """Modules that stand on no floor, and imports that reach up."""
    breaches = []
    for module in modules:
        here = height(module.floor)
        if here is None:
            breaches.append(f"{module.name} stands on no floor")
            continue
        for imported in imports_of(module):
            if not imported.is_of(PACKAGE):
                continue
            below = imported.target.split(".")[1:]
            # `from b2brules import load_rulebook` is an import from the roof.
            there = height(below[0]) if below else None
            if (len(FLOORS) if there is None else there) > here:
                breaches.append(f"{module.name}:{imported.line} reaches up to {imported.target}")
    return breaches


def breaches_between_engines(modules: list[Module]) -> list[str]:
    """Engines that are imported by another engine, or by what the engines share."""
    breaches = []
    for module in modules:
        if not within(module.name, f"{PACKAGE}.engines") or module.name == f"{PACKAGE}.engines":
            continue
        for imported in imports_of(module):
            for engine in ENGINES:
                home = f"{PACKAGE}.engines.{engine}"
                if imported.is_of(home) and not within(module.name, home):
                    breaches.append(f"{module.name}:{imported.line} imports the engine `{engine}`")
    return breaches


def breaches_with_third_parties(modules: list[Module]) -> list[str]:
    """Third-party engines that are imported eagerly, or in several modules."""
    breaches = []
    importers: dict[str, set[str]] = defaultdict(set)
    for module in modules:
        for imported in imports_of(module):
            for engine in THIRD_PARTY_ENGINES:
                if imported.is_of(engine):
                    importers[engine].add(module.name)
                    if not imported.lazy:
                        breaches.append(f"{module.name}:{imported.line} imports {engine} eagerly")
    for engine, names in importers.items():
        if len(names) > 1:
            breaches.append(f"{engine} is imported by {', '.join(sorted(names))}")
    return breaches


def breaches_of_seclusion(modules: list[Module]) -> list[str]:
    """Uses of the network anywhere, and of clock, environment or chance below the command line."""
    breaches = []
    for module in modules:
        forbidden = NETWORK if module.floor == "cli" else (*NETWORK, *CLOCK_AND_ENVIRONMENT)
        for line, used in sorted(_names_used(module)):
            if any(within(used, name) for name in forbidden):
                breaches.append(f"{module.name}:{line} uses {used}")
    return breaches


def _names_used(module: Module) -> set[tuple[int, str]]:
    """Imported names, and dotted names that begin with one, each in full with its line."""
    used = {(imported.line, imported.target) for imported in imports_of(module)}
    known_as = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                first = alias.name.split(".")[0]
                known_as[alias.asname or first] = alias.name if alias.asname else first
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                known_as[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute):
            first, *rest = ast.unparse(node).split(".")
            if first in known_as:
                used.add((node.lineno, ".".join([known_as[first], *rest])))
    return used


Check: TypeAlias = Callable[[list[Module]], list[str]]

CHECKS: tuple[Check, ...] = (
    breaches_of_the_floors,
    breaches_between_engines,
    breaches_with_third_parties,
    breaches_of_seclusion,
)


@pytest.fixture(scope="module")
def house() -> list[Module]:
    files = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for path in (ROOT / PACKAGE).rglob("*.py")
    }
    assert f"{PACKAGE}/facts/types.py" in files
    return modules_of(files)


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_stands(check: Check, house: list[Module]) -> None:
    assert check(house) == []


@pytest.mark.parametrize(
    ("check", "files", "breaches"),
    [
        pytest.param(
            breaches_of_the_floors,
            {
                "b2brules/facts/types.py": "from b2brules.language import tree\n",
                "b2brules/ruleset/model.py": "def f():\n    import b2brules.advice.text\n",
                "b2brules/engines/reference.py": "from b2brules import load_rulebook\n",
                "b2brules/cli/main.py": "import b2brules\n",
            },
            [
                "b2brules.cli.main:1 reaches up to b2brules",
                "b2brules.engines.reference:1 reaches up to b2brules.load_rulebook",
                "b2brules.facts.types:1 reaches up to b2brules.language.tree",
                "b2brules.ruleset.model:2 reaches up to b2brules.advice.text",
            ],
            id="reaching-up",
        ),
        pytest.param(
            breaches_of_the_floors,
            {"b2brules/utils.py": "", "b2brules/helpers/text.py": ""},
            ["b2brules.helpers.text stands on no floor", "b2brules.utils stands on no floor"],
            id="no-floor",
        ),
        pytest.param(
            breaches_between_engines,
            {
                "b2brules/engines/python/compile.py": (
                    "from b2brules.engines.reference import run\n"
                ),
                "b2brules/engines/shared.py": "from b2brules.engines import sql\n",
            },
            [
                "b2brules.engines.python.compile:1 imports the engine `reference`",
                "b2brules.engines.shared:1 imports the engine `sql`",
            ],
            id="engines",
        ),
        pytest.param(
            breaches_with_third_parties,
            {
                "b2brules/engines/sql/run.py": "import duckdb\n",
                "b2brules/rulebook.py": "def f():\n    from duckdb import connect\n",
            },
            [
                "b2brules.engines.sql.run:1 imports duckdb eagerly",
                "duckdb is imported by b2brules.engines.sql.run, b2brules.rulebook",
            ],
            id="third-parties",
        ),
        pytest.param(
            breaches_of_seclusion,
            {
                "b2brules/advice/model.py": (
                    "import datetime as dt\nfrom os import environ\nwhen = dt.date.today()\n"
                ),
                "b2brules/facts/reading.py": (
                    "import os\nfrom datetime import datetime\n"
                    "def f():\n    return datetime.now(), os.environ['HOME']\n"
                ),
                "b2brules/cli/main.py": "import urllib.request\n",
                "b2brules/session/live.py": "import time\n",
            },
            [
                "b2brules.advice.model:2 uses os.environ",
                "b2brules.advice.model:3 uses datetime.date.today",
                "b2brules.cli.main:1 uses urllib.request",
                "b2brules.facts.reading:4 uses datetime.datetime.now",
                "b2brules.facts.reading:4 uses os.environ",
                "b2brules.session.live:1 uses time",
            ],
            id="seclusion",
        ),
    ],
)
def test_a_breach_is_found(check: Check, files: dict[str, str], breaches: list[str]) -> None:
    assert check(modules_of(files)) == breaches


def test_what_is_allowed_is_not_called_a_breach() -> None:
    modules = modules_of(
        {
            "b2brules/__init__.py": "from b2brules.rulebook import load_rulebook\n",
            "b2brules/cli/evaluate.py": (
                "from datetime import date\nfrom b2brules.rulebook import Rulebook\n"
                "today = date.today()\n"
            ),
            "b2brules/engines/__init__.py": "from b2brules.engines.reference import run\n",
            "b2brules/engines/reference/__init__.py": (
                "from b2brules.engines.reference.rows import scan\n"
                "from b2brules.engines.shared import order\n"
            ),
            "b2brules/engines/sql/run.py": "def run():\n    import duckdb\n",
            "b2brules/facts/dates.py": "from datetime import date, time\nnow = date(2026, 1, 1)\n",
        }
    )
    assert [breach for check in CHECKS for breach in check(modules)] == []


def test_importing_the_package_stays_light() -> None:
    heavy = (*THIRD_PARTY_ENGINES, "click", "hypothesis", "pyarrow", "pytest", "rich")
    program = f"import sys, {PACKAGE}; print(*[name for name in {heavy!r} if name in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
