"""The vocabulary, read off the classes: every fact with its type, unit and question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs
from attrs import field, frozen

from b2brules.facts.fields import fact, types_of
from b2brules.facts.opportunity import Opportunity
from b2brules.facts.types import FactType, ListType, RecordType, ValueType

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")


@frozen(kw_only=True)
class Fact:
    """One entry of the vocabulary.

    Args:
        name: As rules and files write it: ``superiority``, ``event.driver``, ``people.support``.
        path: The same in steps: ``("account", "needs", "lead")``.
        type: What it can hold.
        unit: What a number counts, or ``None``.
        question: The question that a seller answers, by language (``en``, ``zh``). For a fact of a
            list's items it contains ``{name}``, to be replaced by the thing's name or id.
        label: What to call the fact in a sentence, by language; the last step of the name if the
            method has no word of its own for it.
    """

    name: str
    path: tuple[str, ...]
    type: FactType
    unit: str | None
    question: Mapping[str, str] = field(eq=False)
    label: Mapping[str, str] = field(eq=False)


@frozen(kw_only=True)
class OwnFact:
    """A fact that a team adds to the vocabulary.

    Args:
        name: ``partner_involved`` for one of the deal; ``people.x``, ``account.x``,
            ``account.needs.x`` or ``event.x`` for one of a thing or a group.
        type: What it can hold.
        unit: What a number counts, or ``None``.
        question: The question to ask, in ``en`` and ``zh``.
    """

    name: str
    type: ValueType
    unit: str | None
    question: Mapping[str, str]


class Vocabulary:
    """All facts that a document can state.

    Args:
        root: The class of a whole deal; another one than :class:`Opportunity` comes from
            :meth:`with_facts`.
    """

    def __init__(self, root: type = Opportunity) -> None:
        self.root = root
        self.facts: Mapping[str, Fact] = MappingProxyType(
            {entry.name: entry for entry in _entries(root, (), None)}
        )
        self._lists = MappingProxyType(
            {
                entry.path: entry.type.cls
                for entry in self.facts.values()
                if isinstance(entry.type, ListType)
            }
        )
        self._members: dict[type, Mapping[str, Fact]] = {}
        groups: dict[tuple[str, ...], type] = {(): root, **self._groups()}
        for path, cls in groups.items():
            members = {name: self.facts[".".join((*path, name))] for name in types_of(cls)}
            self._members.setdefault(cls, MappingProxyType(members))
        # A class that a team's own facts were added to also answers for the one it grew from.
        for cls in groups.values():
            for known in filter(attrs.has, cls.__mro__):
                self._members.setdefault(known, self._members[cls])

    def members(self, cls: type) -> Mapping[str, Fact]:
        """The facts of one class by their own name, in order; of ``Marks``, those of the deal."""
        return self._members[cls]

    def lists(self) -> Mapping[tuple[str, ...], type]:
        """The class of each list's items by the list's path, such as ``("account", "needs")``."""
        return self._lists

    def with_facts(self, own: Sequence[OwnFact]) -> Vocabulary:
        """The vocabulary with a team's own facts, which are ordinary fields from then on.

        Raises:
            ValueError: A name is taken, is no identifier, or belongs to nothing that holds facts.
        """
        additions: dict[tuple[str, ...], list[OwnFact]] = {}
        groups = {(): self.root, **self._groups()}
        for one in own:
            *path, name = one.name.split(".")
            holder = tuple(path)
            if holder not in groups:
                raise ValueError(f"`{one.name}`: there is no `{'.'.join(holder)}` to add a fact to")
            if not _NAME.fullmatch(name):
                raise ValueError(f"`{one.name}`: `{name}` is not a lower-case name")
            taken = {added.name for added in additions.get(holder, ())}
            if name in types_of(groups[holder]) or one.name in taken:
                raise ValueError(f"`{one.name}` is in the vocabulary already")
            additions.setdefault(holder, []).append(one)
        return Vocabulary(_extended(self.root, (), additions))

    def _groups(self) -> Mapping[tuple[str, ...], type]:
        return {
            entry.path: entry.type.cls
            for entry in self.facts.values()
            if isinstance(entry.type, ListType | RecordType)
        }


def _entries(cls: type, path: tuple[str, ...], inside: Mapping[str, str] | None) -> Iterator[Fact]:
    metadata = {one.name: one.metadata for one in attrs.fields(cls)}
    for name, type_ in types_of(cls).items():
        about: Mapping[str, Any] = metadata[name]
        label = about["label"] or {"en": name.replace("_", " "), "zh": name}
        question = about["question"]
        if inside is not None:
            question = {
                language: text.replace("{label}", label[language])
                for language, text in inside.items()
            }
        entry = Fact(
            name=".".join((*path, name)),
            path=(*path, name),
            type=type_,
            unit=about["unit"],
            question=MappingProxyType(question),
            label=MappingProxyType(label),
        )
        yield entry
        if isinstance(type_, ListType | RecordType):
            yield from _entries(type_.cls, entry.path, about["inside"])


def _extended(
    cls: type, path: tuple[str, ...], additions: Mapping[tuple[str, ...], Sequence[OwnFact]]
) -> type:
    """A subclass with the own facts of ``path`` and below; the class itself if there are none."""
    fields: dict[str, Any] = {}
    for one in attrs.fields(cls):
        type_ = types_of(cls)[one.name]
        if isinstance(type_, ListType | RecordType):
            extended = _extended(type_.cls, (*path, one.name), additions)
            if extended is not type_.cls:
                about = one.metadata
                fields[one.name] = fact(
                    about["question"]["en"],
                    about["question"]["zh"],
                    label=None if about["label"] is None else tuple(about["label"].values()),
                    inside=None if about["inside"] is None else tuple(about["inside"].values()),
                    type=type(type_)(extended),
                )
    for own in additions.get(path, ()):
        fields[own.name.rpartition(".")[2]] = fact(
            own.question["en"], own.question["zh"], unit=own.unit, type=own.type
        )
    if not fields:
        return cls
    order = [one.name for one in attrs.fields(cls)]
    order += [name for name in fields if name not in order]
    return attrs.make_class(
        cls.__name__,
        fields,
        bases=(cls,),
        frozen=True,
        slots=True,
        kw_only=True,
        order=False,
        field_transformer=lambda _, found: sorted(found, key=lambda one: order.index(one.name)),
    )
