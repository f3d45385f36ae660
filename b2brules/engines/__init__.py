"""Ways to run a rulebook: facts in, conclusions out. They never import one another."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping

from b2brules.engines.durable import DurableEngine
from b2brules.engines.engine import Engine
from b2brules.engines.python import PythonEngine
from b2brules.engines.reference import ReferenceEngine
from b2brules.ruleset.model import Book

ENGINES: Mapping[str, Callable[[Book], Engine]] = {
    "python": PythonEngine,
    "reference": ReferenceEngine,
    # durable-rules does not install for Python 3.13.
    **({"durable": DurableEngine} if importlib.util.find_spec("durable_rules_engine") else {}),
}
"""What makes a book ready to run, by the engine's name: the engines that run here."""

__all__ = ["ENGINES", "Engine"]
