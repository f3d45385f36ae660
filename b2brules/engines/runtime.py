"""What generated functions run on: the meaning of values, under the names that they call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from b2brules.advice.conclusions import Conclusions, Match
from b2brules.advice.override import in_force
from b2brules.engines.expressions import mask_of
from b2brules.facts import NEVER
from b2brules.language.values import (
    Candidates,
    Count,
    Runtime,
    among,
    arithmetic,
    calculable,
    compare,
    concluded,
    contains,
    days_between,
    total,
    total_money,
)

INFINITE = float("inf")


def _exact(value: Runtime) -> bool:
    return not isinstance(value, Candidates | Count | None)


def _size(members: Runtime) -> Runtime:
    return calculable(len(members), None) if isinstance(members, frozenset) else Count(0, None)


def _range_of(low: int, high: float) -> Runtime:
    if low == high:
        return calculable(low, None)
    return Count(low, None if high == INFINITE else int(high))


LIBRARY: Mapping[str, object] = {
    "Conclusions": Conclusions,
    "INFINITE": INFINITE,
    "Match": Match,
    "NEVER": NEVER,
    "among": among,
    "arithmetic": arithmetic,
    "calculable": calculable,
    "compare": compare,
    "concluded": concluded,
    "contains": contains,
    "days_between": days_between,
    "exact": _exact,
    "in_force": in_force,
    "mask_of": mask_of,
    "range_of": _range_of,
    "size": _size,
    "total": total,
    "total_money": total_money,
}
"""What a generated function may call."""


def compile_run(text: str, namespace: Mapping[str, object], name: str) -> Callable[..., Any]:
    """Return the function ``run`` that a source defines.

    Args:
        text: The source.
        namespace: The constants that it names.
        name: What a traceback calls it.
    """
    names: dict[str, Any] = {**LIBRARY, **namespace}
    exec(compile(text, name, "exec"), names)
    run: Callable[..., Any] = names["run"]
    return run
