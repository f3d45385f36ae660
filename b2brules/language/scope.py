"""What the names in a rule can stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import evolve, field, frozen

from b2brules.facts.types import ValueType
from b2brules.facts.vocabulary import Vocabulary

ListPath: TypeAlias = tuple[str, ...]
"""Where a list stands in the document: ``("people",)``, ``("account", "needs")``."""


@frozen(kw_only=True)
class Signature:
    """What a rule may know of a decision: its type, and the list whose things it is decided for."""

    type: ValueType
    list: ListPath | None = None


@frozen(kw_only=True)
class Scope:
    """The names that a piece of rule text may use.

    Args:
        decisions: The decisions of the rulebook, by name.
        parameters: The types of its parameters, by name.
        variables: The variables that ``for`` binds, and the list that each runs over.
        here: The variable whose facts are reached by their bare names, inside ``people[ … ]``.
        asks_what_is_known: Whether ``is known`` may be asked: in recommendations only, since it
            breaks refinement.
        text: The text being read, so that messages can quote it.
    """

    vocabulary: Vocabulary
    decisions: Mapping[str, Signature] = field(factory=dict)
    parameters: Mapping[str, ValueType] = field(factory=dict)
    variables: Mapping[str, ListPath] = field(factory=dict)
    here: str | None = None
    asks_what_is_known: bool = False
    text: str = ""

    def inside(self, variable: str, path: ListPath, *, here: bool) -> Scope:
        """Return the scope in which ``variable`` also stands for a thing of the list at `path`."""
        variables = {**self.variables, variable: path}
        return evolve(self, variables=variables, here=variable if here else self.here)

    def list_named(self, names: tuple[str, ...]) -> ListPath | None:
        """Return where the list of that name stands; one of the account needs no ``account.``."""
        lists = self.vocabulary.lists()
        if names in lists:
            return names
        return next((path for path in lists if path[1:] == names), None)
