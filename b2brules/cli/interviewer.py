"""Leading an interview: asking, understanding the answer, and doing what a command says."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable

from b2brules.advice.model import Question
from b2brules.advice.phrases import PHRASES as ADVICE_PHRASES
from b2brules.cli.conversation import Conversation, UnreadableError
from b2brules.cli.interview import Interview, Place, name_of, title_of
from b2brules.cli.interview_phrases import COMMANDS, LISTS, PHRASES, Command
from b2brules.cli.interview_refusals import Answer, refusals
from b2brules.cli.interview_text import (
    INDENT,
    outcomes,
    say_advice,
    say_choices,
    say_value,
    say_why,
)
from b2brules.facts.answers import Choice, choices_of, is_choice, means_choice, read_answer
from b2brules.facts.fields import kind
from b2brules.facts.problems import FactsError
from b2brules.facts.types import (
    EnumerationType,
    IdentifierType,
    ListType,
    NumberType,
    SetType,
    TextType,
)
from b2brules.ruleset.model import Language

PROMPT = "> "
_OF_A_THING = re.compile(r"([a-z_.]+)\[([^\]]*)\]")
_VERY_LIKE = 0.8


class Finished(Exception):
    """Somebody has had enough."""


class Interviewer:
    """Asks one question after the other until there are none, or somebody says so.

    Args:
        interview: What is known, and what to ask.
        talk: Where to ask it.
        lang: The language to speak.
        keep: Called after every step.
    """

    def __init__(
        self, interview: Interview, talk: Conversation, lang: Language, keep: Callable[[], None]
    ) -> None:
        self.interview = interview
        self.talk = talk
        self.lang: Language = lang
        self.say = PHRASES[lang]
        self._keep = keep
        self._asked = 0
        self._last = ""
        self._has_said_settled = False

    def lead(self) -> None:
        """Ask until the end."""
        questions = self.interview.questions
        self.talk.say(self.say.opening.format(number=len(questions)))
        self._say_commands()
        try:
            while questions:
                self._say_whether_settled(len(questions))
                self._ask(questions[0])
                questions = self.interview.questions
            self.talk.say()
            self.talk.say(self.say.nothing_to_ask)
        except (EOFError, Finished):
            pass

    def _say_commands(self, indent: str = "") -> None:
        words = [self._list_word(path) for path in self.interview.vocabulary.lists()]
        self.talk.say(self.say.commands.format(lists=self.say.between.join(words)), indent)

    def _say_whether_settled(self, left: int) -> None:
        is_settled = self.interview.is_settled
        if is_settled and not self._has_said_settled:
            decisions = outcomes(self.interview.matters, self.lang)
            self.talk.say()
            self.talk.say(self.say.settled.format(decisions=decisions, number=left))
        self._has_said_settled = is_settled

    def _ask(self, question: Question) -> None:
        """Ask until something has become known, or is given up."""
        place = self.interview.places().get(question.fact)
        choices = () if place is None else self._choices(place)
        if question.fact != self._last:
            self._last = question.fact
            self._asked += 1
        self.talk.say()
        text = ADVICE_PHRASES[self.lang].named.format(text=question.question, name=question.fact)
        self.talk.say(text, f"{self._asked}. ")
        if place is None:
            self.talk.say(self.say.hints["rate"], INDENT)
        else:
            say_choices(self.talk, place.fact.type, place.fact.unit, choices, self.lang)
        while not self._is_done(question, place, choices):
            pass

    def _is_done(
        self, question: Question, place: Place | None, choices: tuple[Choice, ...]
    ) -> bool:
        """Take one line; return whether it has changed anything."""
        text = self._line(PROMPT)
        if text is None:
            return False
        if not is_choice(text, choices):
            match _command(text) if text else "skip":
                case "skip":
                    self.interview.skip(question.fact, self.say.skipped.format(fact=question.fact))
                    return True
                case "why":
                    say_why(self.talk, question, self.interview.advice, self.lang)
                    return False
                case "back":
                    return self._take_back()
                case "advice" | "done" | "help" as command:
                    return self._obey(command)
        if not means_choice(text, choices):
            if path := self._list_called(text):
                return self._add_to(path, None)
            if (changed := self._state_another(text)) is not None:
                return changed
        return self._answer(question.fact, place, text, choices)

    def _answer(
        self, fact: str, place: Place | None, text: str, choices: tuple[Choice, ...]
    ) -> bool:
        """Put in the answer to a question; return whether it could be put in."""
        answer = Answer(
            fact=fact, text=text, type=None if place is None else place.fact.type, choices=choices
        )
        if place is None:
            return self._try(answer, lambda: self._state_rate(fact, text), self.say.enter)
        value = self._read(place, text, choices)
        if isinstance(place.fact.type, ListType) and isinstance(value, str):
            return self._add_to(place.path, text)
        return self._try(answer, lambda: self._state(fact, place, text, choices), self.say.enter)

    # --- facts ----------------------------------------------------------------------------------

    def _read(self, place: Place, text: str, choices: tuple[Choice, ...]) -> object:
        try:
            return read_answer(place.fact.type, text, choices)
        except FactsError:
            return None

    def _state(self, fact: str, place: Place, text: str, choices: tuple[Choice, ...]) -> None:
        value = read_answer(place.fact.type, text, choices) if text else None
        step = self._noted(fact, place, value, choices)
        self.interview.state_fact(place, value, step)

    def _noted(self, fact: str, place: Place, value: object, choices: tuple[Choice, ...]) -> str:
        if value is None:
            return self.say.noted.format(fact=fact, value=self.say.not_known)
        shown = say_value(place.fact.type, value, choices, self.lang)
        return self.say.noted.format(fact=fact, value=shown)

    def _state_rate(self, fact: str, text: str) -> None:
        pair = fact.removeprefix("rates[").removesuffix("]")
        step = self.say.noted.format(fact=fact, value=text)
        self.interview.state_rate(pair, read_answer(NumberType(), text), step)

    def _state_another(self, text: str) -> bool | None:
        """Put in a fact that somebody names, `superiority: 4`.

        Returns:
            Whether it could be put in; ``None`` if no fact is named, nor anything like one.
        """
        name, colon, value = (part.strip() for part in text.replace("：", ":", 1).partition(":"))
        if not colon:
            return None
        places = self.interview.places()
        place = places.get(name)
        if place is None:
            if slip := self._slip(name, places):
                self.talk.say(slip, INDENT)
            return False if slip else None
        choices = self._choices(place)
        answer = Answer(fact=name, text=value, type=place.fact.type, choices=choices)
        if not self._try(answer, lambda: self._state(name, place, value, choices)):
            return False
        known = read_answer(place.fact.type, value, choices) if value else None
        self.talk.say(self._noted(name, place, known, choices), INDENT)
        return True

    def _slip(self, name: str, places: Iterable[str]) -> str | None:
        """Return what to say about a name that is like that of a fact, and is none."""
        if thing := _OF_A_THING.match(name):
            for path in self.interview.vocabulary.lists():
                ids = [one.id for one in self.interview.things(path) or ()]
                if path[-1] == thing[1].rpartition(".")[2] and thing[2] not in ids:
                    say = self.say.no_thing if ids else self.say.no_thing_yet
                    shown = self.say.between.join(ids)
                    return say.format(id=thing[2], list=self._list_word(path), ids=shown)
        # An answer may have a colon in it, so only what is very like a fact is taken for one.
        near = difflib.get_close_matches(name.casefold(), list(places), 1, _VERY_LIKE)
        if not near:
            return None
        return self.say.no_fact.format(fact=name, meant=self.say.meant.format(fact=near[0]))

    def _try(self, answer: Answer, change: Callable[[], None], otherwise: str = "") -> bool:
        """Make a change; return whether it could be made, and say why if not.

        Args:
            answer: What was typed.
            change: Puts it in.
            otherwise: What else somebody can do who does not know the answer.
        """
        try:
            change()
        except FactsError as error:
            *others, last = refusals(error, answer, self.lang)
            mark = "" if not otherwise else " " if last.endswith("?") else self.say.or_else
            for message in (*others, f"{last}{mark}{otherwise}"):
                self.talk.say(message, INDENT)
            return False
        self._keep()
        return True

    def _choices(self, place: Place) -> tuple[Choice, ...]:
        type_ = place.fact.type
        member = type_.member if isinstance(type_, SetType) else type_
        things: dict[str, str] = {}
        if isinstance(member, IdentifierType):
            list_path = (member.list_name,)
            things = {
                one.id: name_of(one)
                for one in self.interview.things(list_path) or ()
                if (*list_path, one.id) != place.path[:2]
            }
        return choices_of(type_, things)

    # --- lists ----------------------------------------------------------------------------------

    def _add_to(self, path: tuple[str, ...], first: str | None) -> bool:
        """Ask for one thing after the other; return whether any was added."""
        cls = self.interview.vocabulary.lists()[path]
        title = title_of(cls, self.interview.vocabulary)
        id_type = self.interview.vocabulary.members(cls)["id"].type
        choices = choices_of(id_type, {})
        if choices:
            say_choices(self.talk, id_type, None, choices, self.lang)
        added = False
        prompt = PROMPT if choices else self.say.name_prompt
        while text := first or self._line(prompt):
            first = None
            match _command(text):
                case "advice" | "done" | "help" as command:
                    self._obey(command)
                    continue
                case "back" | "why" | "skip":
                    break
            if (changed := self._state_another(text)) is not None:
                added |= changed
            elif title is None or isinstance(id_type, EnumerationType):
                word = str(read_answer(id_type, text, choices))
                name = next((one.names[0] for one in choices if one.word == word), text)
                answer = Answer(fact="id", text=text, type=id_type, choices=choices)
                added |= self._add(path, {"id": word}, word if self.lang == "en" else name, answer)
            else:
                added |= self._add_named(path, title, text, kind(cls)[0])
        return added

    def _add_named(self, path: tuple[str, ...], title: str, text: str, letter: str) -> bool:
        """Ask for the short id of a thing until it is one."""
        taken = {one.id for one in self.interview.things(path) or ()}
        numbers = (f"{letter}{number}" for number in range(1, len(taken) + 2))
        free = next(one for one in numbers if one not in taken)
        name = text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
        while True:
            try:
                typed = self._line(self.say.id_prompt.format(id=free))
                command = _command(typed) if typed else None
                if command == "done":
                    raise Finished
            except (EOFError, Finished):
                self._add_titled(path, free, title, name)
                raise
            if command == "back":
                return False
            if command == "help":
                self._say_commands(INDENT)
                continue
            id_ = free if command == "skip" else typed or free
            if typed is not None and self._add_titled(path, id_, title, name):
                return True

    def _add_titled(self, path: tuple[str, ...], id_: str, title: str, name: str) -> bool:
        answer = Answer(fact="id", text=id_, type=TextType("id"))
        return self._add(path, {"id": id_, title: name}, name, answer)

    def _add(
        self, path: tuple[str, ...], facts: dict[str, object], name: str, answer: Answer
    ) -> bool:
        added = self.say.added.format(list=self._list_word(path), name=name, id=facts["id"])
        if not self._try(answer, lambda: self.interview.add(path, facts, added)):
            return False
        self.talk.say(added, INDENT)
        return True

    def _list_word(self, path: tuple[str, ...]) -> str:
        return path[-1] if self.lang == "en" else LISTS[path[-1]]

    def _list_called(self, text: str) -> tuple[str, ...] | None:
        for path in self.interview.vocabulary.lists():
            if text.casefold() in (path[-1], LISTS[path[-1]]):
                return path
        return None

    # --- commands -------------------------------------------------------------------------------

    def _line(self, prompt: str) -> str | None:
        """Return the next line, or `None` after saying why it is none."""
        try:
            return self.talk.ask(prompt)
        except UnreadableError as error:
            self.talk.say(self.say.unreadable[error.reason], INDENT)
            return None

    def _obey(self, command: Command) -> bool:
        if command == "done":
            raise Finished
        if command == "help":
            self._say_commands(INDENT)
            return False
        say_advice(self.talk, self.interview.advice, self.lang)
        return False

    def _take_back(self) -> bool:
        step = self.interview.take_back()
        if step is None:
            self.talk.say(self.say.nothing_to_take_back, INDENT)
            return False
        self._keep()
        self.talk.say(self.say.taken_back.format(step=step), INDENT)
        return True


def _command(text: str) -> Command | None:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return COMMANDS.get(plain.rstrip(".。!！") or plain)
