"""A deal with one more fact filled in."""

from __future__ import annotations

from typing import Any, TypeVar

import attrs

from b2brules.facts.account import Account
from b2brules.facts.fields import kind, types_of
from b2brules.facts.opportunity import Opportunity
from b2brules.facts.types import ListType, RecordType
from b2brules.facts.values import RefusedError, shown, suggestion

AnyDeal = TypeVar("AnyDeal", bound=Opportunity | Account)


def fill(deal: AnyDeal, path: tuple[str, ...], value: object) -> AnyDeal:
    """The deal with a fact filled in, changed, or (with ``None``) made unknown again.

    Args:
        deal: The deal, which stays as it is.
        path: The fact: ``("superiority",)``, ``("event", "driver")``; through a list by id,
            ``("people", "p2", "support")``; a list itself, ``("people",)``. For an account alone
            a path may begin with ``account`` or go without it.
        value: What its class takes in its constructor.

    Raises:
        ValueError: There is no such fact or thing, or it cannot have this value.
    """
    if isinstance(deal, Account) and path[:1] == ("account",):
        path = path[1:]
    filled: AnyDeal = _filled(deal, path, value)
    return filled


def _filled(thing: Any, path: tuple[str, ...], value: object) -> Any:
    if not path:
        raise RefusedError("the path of a fact has at least one step")
    name, *rest = path
    cls: type = type(thing)
    types = types_of(cls)
    if name not in types:
        raise RefusedError(
            f"{shown(name)} is not a fact of the {kind(cls)}{suggestion(name, types)}"
        )
    if not rest:
        return attrs.evolve(thing, **{name: value})
    inner = getattr(thing, name)
    match types[name]:
        case RecordType() as record:
            group = record.cls() if inner is None else inner
            return attrs.evolve(thing, **{name: _filled(group, tuple(rest), value)})
        case ListType():
            id_, *below = rest
            if not any(item.id == id_ for item in inner or ()):
                raise RefusedError(f"there is no {shown(id_)} in `{name}`")
            items = [
                _filled(item, tuple(below), value) if item.id == id_ else item for item in inner
            ]
            return attrs.evolve(thing, **{name: items})
        case _:
            raise RefusedError(f"`{name}` is a single fact; there is nothing below it")
