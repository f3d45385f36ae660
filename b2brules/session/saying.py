"""Facts, causes, decisions and overrides of a record, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import frozen

from b2brules.advice.model import Advice
from b2brules.advice.paths import decisions_of
from b2brules.advice.phrases import PHRASES as ADVICE
from b2brules.advice.saying import WORDS, label_outcome, say_number, say_word
from b2brules.facts import Money
from b2brules.facts.paths import parse_path, part_at_id, split_name
from b2brules.facts.types import EnumerationType, FactType, IdentifierType, ListType, SetType
from b2brules.facts.values import RefusedError
from b2brules.ruleset.model import Book, Language
from b2brules.session.phrases import PHRASES, Phrases
from b2brules.session.records import Record


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

    def deal(self, id: str) -> str:
        """Return what to call a deal: its name and its id."""
        for advice in self.advices:
            name = advice.subject.name
            if name and name != id:
                return self.phrases.called.format(name=name, deal=id)
        return id

    # --- facts ----------------------------------------------------------------------------------

    def fact(self, change: Record) -> str:
        """Return what has become of a fact: `Mr Zhang: support (…): neutral → enemy`."""
        name, before, after = change["path"], change["before"], change["after"]
        what, type_ = self._what(name)
        what = self._named(what, name)
        if before is None and after is not None:
            return self.phrases.known.format(what=what, after=self._value(after, type_))
        if before in ({}, []) and after is None and not isinstance(type_, SetType):
            return self.phrases.known.format(what=what, after=self.phrases.gone)
        return self.phrases.fact.format(
            what=what, before=self._value(before, type_), after=self._value(after, type_)
        )

    def cause(self, name: str | None) -> str:
        """Return the fact that did it, in words."""
        if name is None:
            return self.phrases.causes["purge"]
        split = split_name(name)
        if split is not None and split[0] == "override":
            return self.phrases.override.format(decision=name.removeprefix("override[")[:-1])
        return self._named(self._what(name)[0], name)

    def _what(self, name: str) -> tuple[str, FactType | None]:
        """Return what to call a fact, and what it can hold."""
        if name in self.phrases.causes:
            return self.phrases.causes[name], None
        if name.startswith("rates["):
            return self.phrases.rate.format(pair=name[6:-1]), None
        vocabulary = self.book.vocabulary
        try:
            path = parse_path(vocabulary, name)
        except RefusedError:
            # A fact of a rulebook that knew more.
            return name, None
        place, id, inside = part_at_id(path, vocabulary.lists()) or ((), "", path)
        thing = self.called(place[-1], id) if place else ""
        if not inside:
            return thing, None
        fact = vocabulary.facts[".".join((*place, *inside))]
        label = fact.label[self.lang]
        if self.lang == "zh" and label == path[-1]:
            # It has no short name in Chinese, but a question that a seller has answered.
            asked, mark, _ = fact.question["zh"].partition("？")
            return f"{asked}{mark}".replace("{name}", thing), fact.type
        return ADVICE[self.lang].about.format(
            thing=thing, text=label
        ) if place else label, fact.type

    def _named(self, what: str, name: str) -> str:
        """Return what to call a fact with its name in brackets, if that says more."""
        if name in self.phrases.causes:
            return what
        says_more = what not in ("", name)
        return ADVICE[self.lang].named.format(text=what, name=name) if says_more else name

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
        if isinstance(member, EnumerationType):
            return say_word(word, member, self.lang)
        return WORDS["never"][self.lang] if word == "never" else word

    # --- decisions ------------------------------------------------------------------------------

    def stand(self, decision: str, standing: Mapping[str, Any]) -> str:
        """Return how a decision stands, in words."""
        name = decision.rpartition(".")[2]
        value = standing["value"]
        if standing.get("candidates") is None:
            if value is None:
                return ADVICE[self.lang].no_number
            return say_number(Money(amount=Decimal(value), currency=standing.get("currency")))
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

    # --- overrides ------------------------------------------------------------------------------

    def override(self, record: Record) -> str:
        """Return who has decided what, and why."""
        return self.phrases.overridden.format(**self._of_override(record["decision"], record))

    def override_state(self, decision: str, state: str | None, record: Record | None) -> str:
        """Return what has become of an override; ``None``: it was taken back."""
        return self.phrases.override_states[state].format(**self._of_override(decision, record))

    def _of_override(self, decision: str, record: Record | None) -> Mapping[str, str]:
        if record is None:
            unknown = self.phrases.unknown
            by = self.phrases.somebody
            return {"decision": decision, "by": by, "value": unknown, "reason": unknown}
        value = record["value"]
        standing = {"value": value, "candidates": [value] if isinstance(value, str) else None}
        if isinstance(value, Mapping):
            standing = {"value": value["amount"], "currency": value["currency"]}
        said = self.stand(decision, standing)
        return {"decision": decision, "by": record["by"], "value": said, "reason": record["reason"]}
