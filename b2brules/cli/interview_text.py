"""What an interview says: the values that are allowed, why it asks, the advice so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from b2brules.advice.labels import label
from b2brules.advice.model import Advice, Decision, Question
from b2brules.advice.paths import decisions_of
from b2brules.advice.phrases import PHRASES as ADVICE_PHRASES
from b2brules.advice.saying import say_number
from b2brules.cli.conversation import Conversation
from b2brules.cli.interview_phrases import PHRASES, InterviewPhrases
from b2brules.facts.answers import Choice
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    Money,
    MoneyType,
    NumberType,
    SetType,
    TextType,
    TruthType,
)
from b2brules.ruleset.model import Language

INDENT = "   "
SETTLED_SHOWN = 5
DECIDED_SHOWN = 6
CERTAIN_SHOWN = 3


def say_choices(
    talk: Conversation, type_: FactType, unit: str | None, choices: Sequence[Choice], lang: Language
) -> None:
    """Say what may be answered: the values with their numbers, or how to write one."""
    listed = [
        f"{number} {name_choice(choice, type_, lang)}"
        for number, choice in enumerate(choices, start=1)
    ]
    talk.say_options(listed, INDENT) if listed else None
    if hint := hint_of(type_, unit, PHRASES[lang].hints, has_choices=bool(choices)):
        talk.say(hint, INDENT)


def say_why(talk: Conversation, question: Question, advice: Advice, lang: Language) -> None:
    """Say what an answer would settle."""
    say = PHRASES[lang]
    talk.say(say.why if question.settles else say.why_not_alone, INDENT)
    made = decisions_of(advice)
    for name in question.settles[:SETTLED_SHOWN]:
        one = made[name]
        options = [one.label(word) for word in one.candidates or ()]
        shown = ADVICE_PHRASES[lang].either(options) if options else say.no_number
        text = say.why_decision.format(question=one.question, options=shown, name=name)
        talk.say(text, f"{INDENT}- ")
    _say_rest(talk, say, len(question.settles) - SETTLED_SHOWN)
    talk.say(say.opens.format(number=question.opens), INDENT)


def say_advice(talk: Conversation, advice: Advice, lang: Language) -> None:
    """Say in a few lines what follows so far: decisions, the last of which rest on the others."""
    say = PHRASES[lang]
    decided = [one for one in advice.decisions.values() if one.decided]
    talk.say(say.advice.format(decided=len(decided), all=len(advice.decisions)), INDENT)
    for one in decided[::-1][:DECIDED_SHOWN]:
        talk.say(f"{one.question} {_outcome(one)}", f"{INDENT}- ")
    _say_rest(talk, say, len(decided) - DECIDED_SHOWN)
    if not advice.certain:
        talk.say(say.nothing_certain, INDENT)
    doer = ADVICE_PHRASES[lang].doer
    for number, action in enumerate(advice.certain[:CERTAIN_SHOWN], start=1):
        who = doer.format(owner=label(action.owner, lang), due=action.due.isoformat())
        talk.say(f"{action.action} [{who}]", f"{INDENT}{number}. ")
    _say_rest(talk, say, len(advice.certain) - CERTAIN_SHOWN)


def outcomes(decisions: Mapping[str, Decision], lang: Language) -> str:
    """Return what some decisions came to, in a few words."""
    shown = [
        f"{name} = {one.label(one.value) if isinstance(one.value, str) else _outcome(one)}"
        for name, one in decisions.items()
        if one.decided
    ]
    return PHRASES[lang].between.join(shown)


def say_value(type_: FactType, value: object, choices: Sequence[Choice], lang: Language) -> str:
    """Return a plain value, as :func:`read_answer` gives it, by the names of its choices."""
    members = value if isinstance(value, list) else [value]
    named = {choice.word: name_choice(choice, type_, lang) for choice in choices}
    words = [str(one).lower() if isinstance(one, bool) else one for one in members]
    if isinstance(value, Mapping):
        return f"{value.get('amount')} {value.get('currency') or ''}".rstrip()
    shown = [named.get(str(one), str(one)) for one in words]
    return PHRASES[lang].between.join(shown) or "[]"


def _say_rest(talk: Conversation, say: InterviewPhrases, number: int) -> None:
    if number > 0:
        talk.say(say.more.format(number=number), f"{INDENT}  ")


def _outcome(one: Decision) -> str:
    if one.sentence is not None:
        return one.sentence
    assert isinstance(one.value, Decimal | Money)  # an outcome has a sentence
    return say_number(one.value)


def name_choice(choice: Choice, type_: FactType, lang: Language) -> str:
    """Return a value as people call it, with the word that a file has for it."""
    if isinstance(type_, TruthType):
        name = choice.names[0 if lang == "en" else 2]
    elif lang == "en" and _is_worded(type_):
        name = choice.word
    else:
        name = choice.names[0]
    return name if name == choice.word else PHRASES[lang].truth.format(name=name, word=choice.word)


def _is_worded(type_: FactType) -> bool:
    """Whether the values are words of the vocabulary, which are English, and not ids."""
    return isinstance(type_.member if isinstance(type_, SetType) else type_, EnumerationType)


def hint_of(
    type_: FactType, unit: str | None, hints: Mapping[str, str], *, has_choices: bool
) -> str | None:
    """Return how to write an answer of a type, ``None`` if the choices say it."""
    match type_:
        case NumberType(minimum=low, maximum=high):
            hint = hints[type_.name]
            if low is not None:
                key = "from" if high is None else "between"
                hint = hints[key].format(hint=hint, low=low, high=high)
            return hint if unit is None else hints["unit"].format(hint=hint, unit=unit)
        case MoneyType():
            return hints["money"]
        case DateType(past=past):
            return hints["past" if past else "date"]
        case TextType(form):
            return hints["currency" if form == "currency" else "text"]
        case ListType():
            return hints["list"]
        case IdentifierType() | SetType() if not has_choices:
            return hints["nobody"]
        case SetType():
            return hints["set"]
        case _:
            return None
