"""What the names in a piece of rule text stand for."""

from __future__ import annotations

import difflib

from attrs import frozen

from b2brules.facts.types import (
    DateType,
    EnumerationType,
    IdentifierType,
    ListType,
    RecordType,
    SetType,
    TruthType,
    ValueType,
)
from b2brules.language import tree
from b2brules.language.comparability import describe, name_of
from b2brules.language.errors import LanguageError, suggestion, wrong
from b2brules.language.scope import ListPath, Scope
from b2brules.language.spelling import FUNCTIONS
from b2brules.language.tree import Span, Value

# What people write for a value that is not known, and for a truth value.
NOTHING = ("null", "none", "nil", "nothing", "na")
YES_OR_NO = ("yes", "no", "y", "n", "t", "f")


@frozen
class Word:
    """A bare name that is not resolved yet: an allowed word or the name of something."""

    name: str
    span: Span


def resolve(word: Word, expected: ValueType, scope: Scope, beside: Value | None = None) -> Value:
    """Return what a bare word means where it is compared with the expected type.

    ``beside`` is the value of that type, if there is one to show in a message.
    """
    if isinstance(expected, EnumerationType) and word.name in expected.values:
        return tree.Constant(value=word.name, type=expected, span=word.span)
    if isinstance(expected, SetType) and word.name in getattr(expected.member, "values", ()):
        holder = "the_set" if beside is None else name_of(beside)
        message = f"`{holder}` is a set, and `{word.name}` a word that can be in it"
        raise wrong("wrong-type", message, f"write `{word.name} in {holder}`", word.span)
    try:
        return name_value((word.name,), word.span, scope)
    except LanguageError as error:
        if error.mistakes[0].code != "unknown-name":
            raise
        raise _unknown_word(word, expected) or error from None


def _unknown_word(word: Word, expected: ValueType) -> LanguageError | None:
    """Return the error for a word that is no name and no allowed value, if the type tells more."""
    name = word.name.lower()
    if name in NOTHING:
        help_ = "whether something is known is asked with `… is unknown`"
        return wrong("unknown-value", f"`{word.name}` is not a value", help_, word.span)
    match expected:
        case EnumerationType():
            message = f"`{word.name}` is not one of {', '.join(expected.values)}"
            found = suggestion(word.name, expected.values)
            return wrong("unknown-value", message, found, word.span)
        case TruthType() if name in YES_OR_NO:
            message = f"`{word.name}` is not a truth value"
            return wrong("unknown-value", message, "write `true` or `false`", word.span)
        case DateType() if name == "never":
            message = "`never` is a value of facts, and has no name in rules"
            help_ = "it lies before every day: compare with `< 1900-01-01`"
            return wrong("unknown-value", message, help_, word.span)
        case _:
            return None


def refuse_taken(name: str, span: Span, scope: Scope) -> None:
    """Raise `LanguageError` if a name that is given to something already stands for another."""
    taken = {*scope.variables, *scope.parameters, *scope.decisions, *FUNCTIONS, "as_of"}
    taken.update(scope.vocabulary.members(scope.vocabulary.root))
    for path, cls in scope.vocabulary.lists().items():
        taken.add(path[-1])
        if scope.here is not None and scope.variables[scope.here] == path:
            taken.update(scope.vocabulary.members(cls))
    if name in taken:
        message = f"`{name}` already stands for something else"
        raise wrong("name-taken", message, "choose another name", span)


def name_value(names: tuple[str, ...], span: Span, scope: Scope) -> Value:
    """Return the fact, decision or parameter that the names stand for."""
    if names[0] in scope.variables:
        if len(names) == 1:
            raise wrong(
                "wrong-type",
                f"`{names[0]}` is a thing, not a value",
                f"say what of it, such as `{names[0]}.{_first_fact(names[0], scope)}`",
                span,
            )
        return _of_thing(names[0], names[1:], span, scope)
    if scope.here is not None and (found := _of_thing_or_none(scope.here, names, span, scope)):
        return found
    if len(names) == 1:
        name = names[0]
        if name == "as_of":
            return tree.AsOf(type=DateType(), span=span)
        if name in scope.parameters:
            return tree.Parameter(name=name, type=scope.parameters[name], span=span)
        if name in scope.decisions:
            signature = scope.decisions[name]
            if signature.list is None:
                return tree.DecisionValue(name=name, variable=None, type=signature.type, span=span)
            of = signature.list[-1]
            message = f"`{name}` is decided for each of `{of}`"
            raise wrong("wrong-type", message, _whose(name, of, signature.list, scope), span)
    return _fact(None, scope.vocabulary.root, names, span, scope)


def _of_thing_or_none(
    variable: str, names: tuple[str, ...], span: Span, scope: Scope
) -> Value | None:
    cls = scope.vocabulary.lists()[scope.variables[variable]]
    known = names[0] in scope.vocabulary.members(cls)
    decided = names[0] in scope.decisions and (
        scope.decisions[names[0]].list == scope.variables[variable]
    )
    return _of_thing(variable, names, span, scope) if known or decided else None


def _of_thing(variable: str, names: tuple[str, ...], span: Span, scope: Scope) -> Value:
    path = scope.variables[variable]
    signature = scope.decisions.get(names[0])
    if len(names) == 1 and signature is not None and signature.list == path:
        return tree.DecisionValue(name=names[0], variable=variable, type=signature.type, span=span)
    members = scope.vocabulary.members(scope.vocabulary.lists()[path])
    if names == ("id",) and not isinstance(members["id"].type, EnumerationType):
        return tree.Fact(variable=variable, path=names, type=IdentifierType(path[-1]), span=span)
    return _fact(variable, scope.vocabulary.lists()[path], names, span, scope)


def _fact(
    variable: str | None, cls: type, names: tuple[str, ...], span: Span, scope: Scope
) -> tree.Fact:
    written = ".".join(names if variable is None or "$" in variable else (variable, *names))
    for position, name in enumerate(names):
        members = scope.vocabulary.members(cls)
        if name not in members:
            raise _unknown(name, written, names[:position], variable, cls, scope, span)
        kind = members[name].type
        last = position == len(names) - 1
        if isinstance(kind, RecordType) and not last:
            cls = kind.cls
        elif isinstance(kind, RecordType):
            first = next(iter(scope.vocabulary.members(kind.cls)))
            message = f"`{written}` is a group of facts, not a value"
            raise wrong("wrong-type", message, f"say which: `{written}.{first}`", span)
        elif isinstance(kind, ListType):
            rest = "".join(f".{below}" for below in names[position + 1 :])
            holder = written.removesuffix(rest)
            message = f"`{holder}` is a list, not a value"
            asked = f"x{rest} = …" if rest else "…"
            help_ = f"write `some x in {name} satisfies {asked}`, or `count({name}[ … ])`"
            raise wrong("wrong-type", message, help_, span)
        elif not last:
            message = f"`{name}` has no parts"
            raise wrong("unknown-name", message, f"`{name}` is {describe(kind)}", span)
        else:
            return tree.Fact(variable=variable, path=names, type=kind, span=span)
    raise AssertionError(names)


def _first_fact(variable: str, scope: Scope) -> str:
    """Return the name of a fact that shows how the facts of a thing are written."""
    members = scope.vocabulary.members(scope.vocabulary.lists()[scope.variables[variable]])
    return next(name for name in members if name not in ("id", "name", "title"))


def _whose(name: str, of: str, path: ListPath, scope: Scope) -> str:
    """Say how a fact or a decision of a list's things is asked for."""
    for variable, listed in reversed(list(scope.variables.items())):
        if listed == path and not variable.startswith("$"):
            return f"did you mean `{variable}.{name}`?"
    return f"say whose: `some x in {of} satisfies x.{name} …`"


def _unknown(
    name: str,
    written: str,
    before: tuple[str, ...],
    variable: str | None,
    cls: type,
    scope: Scope,
    span: Span,
) -> LanguageError:
    names: list[str] = list(scope.vocabulary.members(cls))
    if variable is not None and not before:
        path = scope.variables[variable]
        names += [key for key, decision in scope.decisions.items() if decision.list == path]
    elif not before:
        names += [*scope.parameters, *scope.variables, "as_of"]
        names += [key for key, decision in scope.decisions.items() if decision.list is None]
    message = f"`{written}` is not a fact, a decision or a parameter"
    help_ = _elsewhere(name, scope) if variable is None and not before else None
    if help_ is None and (found := difflib.get_close_matches(name, names, 1)):
        # The name that is wrong may stand in the midst of a path: `gest.support`.
        front, _, rest = written.partition(name)
        help_ = f"did you mean `{front}{found[0]}{rest}`?"
    if help_ is None and (before or variable is not None):
        help_ = f"there are {', '.join(names)}"
    return wrong("unknown-name", message, help_ or _word_for(name, scope), span)


def _elsewhere(name: str, scope: Scope) -> str | None:
    """Say where there is a fact of exactly that name."""
    for fact in scope.vocabulary.facts.values():
        for path in scope.vocabulary.lists():
            if fact.path == (*path, name):
                return _whose(name, path[-1], path, scope)
        if fact.path[-1] == name and not any(
            fact.path[: len(path)] == path for path in scope.vocabulary.lists()
        ):
            return f"did you mean `{fact.name}`?"
    return None


def _word_for(name: str, scope: Scope) -> str:
    """Say of which fact the name is an allowed word, or where the names are listed."""
    for fact in scope.vocabulary.facts.values():
        if name in getattr(fact.type, "values", ()):
            return f"it is a word for `{fact.name}`"
    return "facts are listed by `b2brules blank`"
