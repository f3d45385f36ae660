"""Leading an interview: asking, understanding the answer, and doing what a command says."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

from b2brules.advice.model import Question
from b2brules.advice.phrases import PHRASES as ADVICE_PHRASES
from b2brules.cli.conversation import Conversation, UnreadableError
from b2brules.cli.interview import Interview, Place, name_of, title_of
from b2brules.cli.interview_phrases import COMMANDS, LISTS, PHRASES, Command
from b2brules.cli.interview_text import INDENT, outcomes, say_advice, say_choices, say_why
from b2brules.facts.answers import Choice, choices_of, read_answer
from b2brules.facts.fields import kind
from b2brules.facts.problems import FactsError
from b2brules.facts.types import EnumerationType, IdentifierType, ListType, NumberType, SetType
from b2brules.ruleset.model import Language

PROMPT = "> "


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
        words = [name if self.lang == "en" else LISTS[name] for name in self._lists()]
        self.talk.say(self.say.commands.format(lists=self.say.between.join(words)))
        try:
            while questions:
                self._say_whether_settled(len(questions))
                self._ask(questions[0])
                questions = self.interview.questions
            self.talk.say()
            self.talk.say(self.say.nothing_to_ask)
        except (EOFError, Finished):
            pass

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
        if not text:
            self.interview.skip(question.fact)
            return True
        if all(text != choice.word for choice in choices):
            match _command(text):
                case "why":
                    say_why(self.talk, question, self.interview.advice, self.lang)
                    return False
                case "back":
                    return self._take_back()
                case "advice" | "done" as command:
                    return self._obey(command)
            if path := self._list_called(text):
                return self._add_to(path, None)
            if (changed := self._state_another(text)) is not None:
                return changed
        if place is None:
            return self._try(question.fact, lambda: self._state_rate(question.fact, text))
        is_list = isinstance(place.fact.type, ListType)
        value = self._read(place, text, choices)
        if is_list and isinstance(value, str):
            return self._add_to(place.path, text)
        return self._try(question.fact, lambda: self._state(place, text, choices))

    # --- facts ----------------------------------------------------------------------------------

    def _read(self, place: Place, text: str, choices: tuple[Choice, ...]) -> object:
        try:
            return read_answer(place.fact.type, text, choices)
        except FactsError:
            return None

    def _state(self, place: Place, text: str, choices: tuple[Choice, ...]) -> None:
        value = read_answer(place.fact.type, text, choices) if text else None
        self.interview.state_fact(place, value)

    def _state_rate(self, fact: str, text: str) -> None:
        pair = fact.removeprefix("rates[").removesuffix("]")
        self.interview.state_rate(pair, read_answer(NumberType(), text))

    def _state_another(self, text: str) -> bool | None:
        """Put in a fact that somebody names, `superiority: 4`.

        Returns:
            Whether it could be put in; ``None`` if no fact is named.
        """
        name, colon, value = (part.strip() for part in text.replace("：", ":", 1).partition(":"))
        place = self.interview.places().get(name) if colon else None
        if place is None:
            return None
        choices = self._choices(place)
        if not self._try(name, lambda: self._state(place, value, choices)):
            return False
        known = read_answer(place.fact.type, value, choices) if value else self.say.not_known
        words = known if isinstance(known, list) else [known if isinstance(known, str) else value]
        shown = self.say.between.join(map(str, words)) or "[]"
        self.talk.say(self.say.noted.format(fact=name, value=shown), INDENT)
        return True

    def _try(self, fact: str, change: Callable[[], None]) -> bool:
        """Make a change; return whether it could be made, and say why if not."""
        try:
            change()
        except FactsError as error:
            for problem in error.problems:
                is_named = problem.path and not problem.path.endswith(fact)
                where = f"{problem.path}: " if is_named else ""
                self.talk.say(f"{where}{problem.message}", INDENT)
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
                case "advice" | "done" as command:
                    self._obey(command)
                    continue
                case "back" | "why":
                    break
            if (changed := self._state_another(text)) is not None:
                added |= changed
            elif title is None or isinstance(id_type, EnumerationType):
                word = read_answer(id_type, text, choices)
                added |= self._add(path, {"id": word}, text)
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
                if typed and _command(typed) == "done":
                    raise Finished
            except (EOFError, Finished):
                self._add(path, {"id": free, title: name}, name)
                raise
            if typed and _command(typed) == "back":
                return False
            if typed is not None and self._add(path, {"id": typed or free, title: name}, name):
                return True

    def _add(self, path: tuple[str, ...], facts: dict[str, object], name: str) -> bool:
        if not self._try("id", lambda: self.interview.add(path, facts)):
            return False
        word = path[-1] if self.lang == "en" else LISTS[path[-1]]
        self.talk.say(self.say.added.format(list=word, name=name, id=facts["id"]), INDENT)
        return True

    def _lists(self) -> Iterator[str]:
        return (path[-1] for path in self.interview.vocabulary.lists())

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
            self.talk.say(str(error), INDENT)
            return None

    def _obey(self, command: Command) -> bool:
        if command == "done":
            raise Finished
        say_advice(self.talk, self.interview.advice, self.lang)
        return False

    def _take_back(self) -> bool:
        if not self.interview.take_back():
            self.talk.say(self.say.nothing_to_take_back, INDENT)
            return False
        self._keep()
        self.talk.say(self.say.taken_back, INDENT)
        return True


def _command(text: str) -> Command | None:
    return COMMANDS.get(unicodedata.normalize("NFKC", text).casefold())
