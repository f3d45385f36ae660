"""What to say to somebody who asks for the proof of what is not there."""

from __future__ import annotations

from collections.abc import Mapping

from b2brules.language import suggestion
from b2brules.ruleset.model import Book, Recommendation

SHOWN = 3


def no_decision(name: str, made: Mapping[str, str], book: Book) -> str:
    """Return that a decision was not made, and which ones were.

    Args:
        name: What was asked for.
        made: The decisions that were made, as people name them, each with its plain name.
        book: The rules.
    """
    plain = name.rpartition(".")[2] if "[" in name else name
    if plain not in book.decisions:
        near = suggestion(plain, (*book.decisions, *book.recommendations))
        hint = near or f"the decisions are {', '.join(book.decisions)}"
        return f"there is no decision or recommendation `{name}`; {hint}"
    alike = [f"`{one}`" for one, decision in made.items() if decision == plain]
    if not alike:
        return f"`{name}` is not decided for this deal; it has nothing to decide it for"
    shown = ", ".join(alike[:SHOWN]) + (", …" if len(alike) > SHOWN else "")
    return f"`{name}` is not decided for this deal; write {shown}"


def no_recommendation(rule: Recommendation, bindings: Mapping[str, str]) -> str:
    """Return why a recommendation cannot be explained for certain things, or at all."""
    variables = [binding.variable for binding in rule.bindings]
    if wrong := next((one for one in bindings if one not in variables), None):
        has = ", ".join(f"`{one}`" for one in variables) or "none"
        return f"`{rule.id}` has no variable `{wrong}`; it has {has}"
    if not bindings:
        return f"`{rule.id}` is not asked of an account on its own; give a deal"
    things = ", ".join(f"{variable}={id}" for variable, id in bindings.items())
    return f"`{rule.id}` has nothing to hold for with `{things}`; write ids that are in the deal"
