"""Advice as text for people: what a sales manager reads in a minute."""

from __future__ import annotations

from collections.abc import Sequence

from b2brules.advice.labels import label
from b2brules.advice.model import Advice, Decision, Question, Recommendation
from b2brules.advice.phrases import PHRASES, Phrases
from b2brules.advice.widths import NARROWEST, WIDTH
from b2brules.advice.wrapping import width_of, wrap
from b2brules.facts import Money
from b2brules.ruleset.model import Language

CERTAIN_SHOWN = 10
POSSIBLE_SHOWN = 4
UNDECIDED_SHOWN = 10
QUESTIONS_SHOWN = 8
SETTLED_SHOWN = 2
ALIKE_SHOWN = 6


def advice_to_text(
    advice: Advice, *, width: int = WIDTH, certain: int | None = CERTAIN_SHOWN
) -> str:
    """Return an advice as text without colour: what to do, what is known, what to find out.

    What is certain comes first. What is possible is folded to one a rule, and only the most urgent
    of it is shown, with the number of the rest.

    Args:
        advice: What to write, in its own language.
        width: Columns of a line, at least 40; Chinese characters take two.
        certain: How many of the certain recommendations to show, the most urgent; all of them if
            it is ``None``.

    Returns:
        Lines that each end with a line break, none wider than ``width``.
    """
    page = _Page(advice, max(width, NARROWEST), len(advice.certain) if certain is None else certain)
    page.write()
    return "".join(f"{line}\n" for line in page.lines)


class _Page:
    """The lines of a text while they are written."""

    def __init__(self, advice: Advice, width: int, certain_shown: int) -> None:
        self.advice = advice
        self.lang: Language = advice.lang
        self.say: Phrases = PHRASES[advice.lang]
        self.width = width
        self.certain_shown = certain_shown
        self.lines: list[str] = []

    def write(self) -> None:
        """Write all of it."""
        self._title()
        self._certain(self.advice.certain)
        self._possible(self.advice.possible)
        self._decided()
        self._undecided()
        self._questions(self.advice.questions)
        self._footer()

    # --- what to do -----------------------------------------------------------------------------

    def _title(self) -> None:
        subject = self.advice.subject
        name = subject.name or subject.id or self.say.subject[subject.kind]
        title = self.say.title.format(name=name, as_of=self.advice.as_of.isoformat())
        lines = wrap(title, self.width)
        self.lines += [*lines, "=" * max(map(width_of, lines))]

    def _certain(self, certain: Sequence[Recommendation]) -> None:
        self._heading(self.say.certain)
        if not certain:
            self._paragraph(self.say.nothing_certain, "  ")
        for number, one in enumerate(certain[: self.certain_shown], start=1):
            first = f"{number:2}. "
            indent = " " * len(first)
            doer = self.say.doer.format(owner=label(one.owner, self.lang), due=one.due.isoformat())
            if one.prime is not None:
                doer += self.say.prime.format(prime=label(one.prime, self.lang))
            self._paragraph(one.action, first)
            self._paragraph(doer, indent)
            self._paragraph(f"{self.say.why.format(why=one.why)} {self._source(one)}", indent)
        self._left_out(self.say.more_certain, len(certain) - self.certain_shown)

    def _possible(self, possible: Sequence[Recommendation]) -> None:
        """Write each rule once, with the targets that it may apply to."""
        if not possible:
            return
        rules: dict[str, list[Recommendation]] = {}
        for one in possible:
            rules.setdefault(one.id, []).append(one)
        self._heading(self.say.possible)
        for one, *others in list(rules.values())[:POSSIBLE_SHOWN]:
            self._paragraph(one.action, "  - ")
            why = self.say.condition.format(why=one.why)
            self._paragraph(f"{why} {self._source(one)}", "    ")
            targets = {other.target: self._target(other) for other in others if other.target}
            targets.pop(str(one.target), None)
            self._likewise(list(targets.values()), "    ")
        self._left_out(self.say.more_possible, len(rules) - POSSIBLE_SHOWN)

    def _source(self, one: Recommendation) -> str:
        basis = label(one.basis, self.lang)
        return self.say.source.format(rule=one.id, source=one.source, basis=basis)

    # --- what is known --------------------------------------------------------------------------

    def _decided(self) -> None:
        decided = [one for one in self.advice.decisions.values() if one.decided]
        groups = [
            (self._thing(place, id), [one for one in made.values() if one.decided])
            for place, listed in self.advice.things.items()
            for id, made in listed.items()
        ]
        if decided or any(made for _, made in groups):
            self._heading(self.say.decided)
        for one in decided:
            self._paragraph(self.say.named.format(text=one.question, name=one.name), "  ")
            self._paragraph(self._outcome(one), "      ")
        for thing, made in groups:
            if made:
                self._paragraph(thing, "  ")
            for one in made:
                self._paragraph(self.say.named.format(text=one.question, name=one.name), "    - ")
                self._paragraph(self._outcome(one), "      ")

    def _outcome(self, one: Decision) -> str:
        if isinstance(one.value, Money):
            return f"{one.value.amount:,f} {one.value.currency or ''}"
        if one.candidates is None:
            return f"{one.value:,f}"
        said = one.sentence or one.label(str(one.value))
        return self.say.sentences(said, one.reason or "")

    # --- what is not ----------------------------------------------------------------------------

    def _undecided(self) -> None:
        """Write each decision that is open, once for all things for which it is open likewise."""
        alike: dict[tuple[str, str, tuple[str, ...] | None], dict[str, Decision]] = {}
        for place, listed in self.advice.things.items():
            for id, made in listed.items():
                for one in made.values():
                    if not one.decided:
                        alike.setdefault((place, one.name, one.candidates), {})[id] = one
        undecided = [one for one in self.advice.decisions.values() if not one.decided]
        if undecided or alike:
            self._heading(self.say.undecided)
        for one in undecided[:UNDECIDED_SHOWN]:
            self._open(one, one.name)
        self._left_out(self.say.more_undecided, len(undecided) - UNDECIDED_SHOWN)
        for (place, name, _), group in alike.items():
            (id, one), *others = group.items()
            self._open(one, f"{place}[{id}].{name}")
            self._likewise([self._thing(place, other) for other, _ in others], "      ")

    def _open(self, one: Decision, path: str) -> None:
        if one.candidates is None:
            options = self.say.no_number
        elif one.candidates:
            labels = [one.label(word) for word in one.candidates]
            options = self.say.either(labels)
        else:
            options = self.say.no_row
        text = self.say.open.format(question=one.question, options=options, name=path)
        self._paragraph(text, "  - ")

    def _questions(self, questions: Sequence[Question]) -> None:
        if not questions:
            return
        self._heading(self.say.questions)
        for number, one in enumerate(questions[:QUESTIONS_SHOWN], start=1):
            first = f"{number:2}. "
            self._paragraph(self.say.named.format(text=one.question, name=one.fact), first)
            if one.settles:
                settled = " · ".join(map(self._asked, one.settles[:SETTLED_SHOWN]))
                if len(one.settles) > SETTLED_SHOWN:
                    settled += self.say.and_more.format(number=len(one.settles) - SETTLED_SHOWN)
                self._paragraph(self.say.settles.format(decisions=settled), " " * len(first))
        self._left_out(self.say.more_questions, len(questions) - QUESTIONS_SHOWN)

    def _asked(self, path: str) -> str:
        """Return the question of a decision, and the thing that it is asked about."""
        if path in self.advice.decisions:
            return self.advice.decisions[path].question
        for place, listed in self.advice.things.items():
            for id, made in listed.items():
                for name, one in made.items():
                    if path == f"{place}[{id}].{name}":
                        thing = self._thing(place, id)
                        named = str(self.advice.names.get(place, {}).get(id)) in one.question
                        about = self.say.about.format(thing=thing, text=one.question)
                        return one.question if named else about
        return path

    def _footer(self) -> None:
        decided = [one.name for one in self.advice.decisions.values() if one.decided]
        if self.advice.decisions:
            self.lines.append("")
            name = decided[-1] if decided else next(iter(self.advice.decisions))
            self._paragraph(self.say.explain.format(name=name))

    # --- lines ----------------------------------------------------------------------------------

    def _target(self, one: Recommendation) -> str:
        return self._called(one.target_name, str(one.target))

    def _likewise(self, things: Sequence[str], indent: str) -> None:
        if things:
            shown = self._shortened(things, ALIKE_SHOWN)
            self._paragraph(self.say.likewise.format(things=shown), indent)

    def _thing(self, place: str, id: str) -> str:
        return self._called(self.advice.names.get(place, {}).get(id), id)

    def _called(self, name: str | None, id: str) -> str:
        return id if name in (None, id) else self.say.named.format(text=name, name=id)

    def _shortened(self, texts: Sequence[str], shown: int) -> str:
        return self.say.enumerate(texts[:shown], len(texts) - shown)

    def _heading(self, heading: str) -> None:
        self.lines += ["", heading]

    def _paragraph(self, text: str, first: str = "") -> None:
        self.lines += wrap(text, self.width, first=first)

    def _left_out(self, sentence: str, number: int) -> None:
        if number > 0:
            self._paragraph(sentence.format(number=number), "    ")
