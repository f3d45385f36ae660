"""Facts, causes and decisions of a record, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from b2brules.advice.model import Advice
from b2brules.advice.paths import decisions_of
from b2brules.advice.phrases import PHRASES as ADVICE
from b2brules.advice.saying import WORDS, label_outcome, say_number, say_word
from b2brules.facts import Money
from b2brules.facts.paths import FactPath, parse_path
from b2brules.facts.types import EnumerationType, FactType, IdentifierType, ListType, SetType
from b2brules.facts.values import RefusedError
from b2brules.ruleset.model import Book, Language
from b2brules.session.phrases import PHRASES, Phrases
from b2brules.session.records import Record

_THING = re.compile(r"(?P<list>[^\[\]]+)\[(?P<id>.*)\](?:\.(?P<inside>[^\[\]]+))?", re.DOTALL)


@frozen(kw_only=True)
class Words:
    """Puts pieces of a record into words.

    Args:
        book: The rules, for the names of facts and outcomes.
        advices: The advice after the change and before it: they know what things are called.
        lang: The language.
    """

    book: Book
    advices: Sequence[Advice]
    lang: Language

    @property
    def phrases(self) -> Phrases:
        """The phrases of the language."""
        return PHRASES[self.lang]

    def fact(self, change: Record) -> str:
        """Return what has changed in a fact: `Mr Zhang: support: neutral → enemy (…)`."""
        name = change["path"]
        what, type_ = self._what(name)
        return self.phrases.fact.format(
            what=self._named(what, name),
            before=self._value(change["before"], type_),
            after=self._value(change["after"], type_),
        )

    def _what(self, name: str) -> tuple[str, FactType | None]:
        """Return what to call a fact, and what it can hold."""
        if name in self.phrases.causes:
            return self.phrases.causes[name], None
        if name.startswith("rates["):
            return self.phrases.rate.format(pair=name[6:-1]), None
        try:
            path = parse_path(self.book.vocabulary, name)
        except RefusedError:
            # A fact of a rulebook that knew more.
            return name, None
        fact = self.book.vocabulary.facts.get(".".join(_without_ids(self.book, path)))
        label = "" if fact is None else fact.label[self.lang]
        if self.lang == "zh" and label == path[-1]:
            # It has no name in Chinese, and stands in brackets as rule files write it.
            label = ""
        thing = self.thing(name)
        if thing is None:
            return label, None if fact is None else fact.type
        if path[:-1] in self.book.vocabulary.lists():
            return thing, None
        about = ADVICE[self.lang].about.format(thing=thing, text=label)
        return about if label else thing, None if fact is None else fact.type

    def thing(self, name: str) -> str | None:
        """Return what people call the thing that a fact or a decision is about."""
        found = _THING.fullmatch(name)
        return None if found is None else self.called(found["list"], found["id"])

    def called(self, list_name: str, id: str) -> str:
        """Return what people call a thing: its name, else its id."""
        for advice in self.advices:
            if id in advice.names.get(list_name, {}):
                return advice.names[list_name][id]
        return id

    def _value(self, value: Any, type_: FactType | None) -> str:
        say = self.phrases
        match value:
            case None:
                return say.unknown
            case {"amount": amount, "currency": currency}:
                return say_number(Money(amount=Decimal(amount), currency=currency))
            case {}:
                return say.there
            case []:
                return say.there if isinstance(type_, ListType) else WORDS["none"][self.lang]
            case list():
                return say.comma.join(self._value(one, type_) for one in value)
            case bool():
                return WORDS["true" if value else "false"][self.lang]
            case int() | Decimal():
                return say_number(Decimal(value))
            case _:
                return self._word(str(value), type_)

    def _word(self, word: str, type_: FactType | None) -> str:
        member = type_.member if isinstance(type_, SetType) else type_
        if isinstance(member, IdentifierType):
            return self.called(member.list_name, word)
        if word == "never":
            return WORDS["never"][self.lang]
        return say_word(word, member, self.lang) if isinstance(member, EnumerationType) else word

    def cause(self, name: str | None) -> str:
        """Return the fact that did it, in words."""
        if name is None:
            return self.phrases.causes["purge"]
        found = _THING.fullmatch(name)
        if found is not None and found["list"] == "override":
            return self.phrases.override.format(decision=found["id"])
        what, _ = self._what(name)
        return self._named(what, name)

    def _named(self, what: str, name: str) -> str:
        """Return what to call a fact with its name in brackets, if that says more."""
        if name in self.phrases.causes:
            return what
        says_more = what not in ("", name)
        return ADVICE[self.lang].named.format(text=what, name=name) if says_more else name

    def override(self, record: Record) -> str:
        """Return who has decided what, or that they have taken it back."""
        decision = record["decision"]
        if "value" not in record:
            return self.phrases.withdrawn.format(decision=decision)
        value = record["value"]
        standing = {"value": value, "candidates": [value] if isinstance(value, str) else None}
        if isinstance(value, Mapping):
            standing = {"value": value["amount"], "currency": value["currency"]}
        return self.phrases.overridden.format(
            by=record["by"],
            decision=decision,
            value=self.stand(decision, standing),
            reason=record["reason"],
        )

    def stand(self, decision: str, standing: Mapping[str, Any] | None) -> str:
        """Return how a decision stands, in words."""
        if standing is None:
            return self.phrases.not_made
        name = decision.rpartition(".")[2]
        value = standing["value"]
        if standing.get("candidates") is None:
            if value is None:
                return ADVICE[self.lang].no_number
            amount = Money(amount=value, currency=standing.get("currency"))
            return say_number(amount)
        if value is not None:
            return label_outcome(self.book, name, value, self.lang)
        labels = [label_outcome(self.book, name, one, self.lang) for one in standing["candidates"]]
        options = ADVICE[self.lang].either(labels) if labels else ADVICE[self.lang].no_row
        return self.phrases.open.format(options=options)

    def question(self, decision: str) -> str:
        """Return the question that a decision answers, with its name."""
        for advice in self.advices:
            made = decisions_of(advice)
            if decision in made:
                question = made[decision].question
                return ADVICE[self.lang].named.format(text=question, name=decision)
        return decision


def _without_ids(book: Book, path: FactPath) -> FactPath:
    for place in book.vocabulary.lists():
        if path[: len(place)] == place:
            return (*place, *path[len(place) + 1 :])
    return path
