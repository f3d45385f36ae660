"""Advice as text for people: what a sales manager reads in a minute."""

from __future__ import annotations

from collections.abc import Sequence

from b2brules.advice.labels import label
from b2brules.advice.model import Advice, Decision, Question, Recommendation
from b2brules.advice.page import WIDTH, Page
from b2brules.advice.paths import name_in
from b2brules.advice.phrases import PHRASES, Phrases
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
    page = Page(width)
    _Writer(page, advice, len(advice.certain) if certain is None else certain).write()
    return page.text()


class _Writer:
    """Writes an advice onto a page."""

    def __init__(self, page: Page, advice: Advice, certain_shown: int) -> None:
        self.page = page
        self.advice = advice
        self.lang: Language = advice.lang
        self.say: Phrases = PHRASES[advice.lang]
        self.certain_shown = certain_shown

    def write(self) -> None:
        """Write all of it."""
        self._title()
        self._to_take_back()
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
        self.page.title(self.say.title.format(name=name, as_of=self.advice.as_of.isoformat()))

    def _to_take_back(self) -> None:
        """Write the overrides that have no effect any more, and what to do about each."""
        idle = [one for one in self.advice.overrides if one.state != "stands"]
        if idle:
            self.page.heading(self.say.take_back)
        for one in idle:
            made, own = one.override, one.set_aside
            name = made.decision
            asked = name if own is None else self.say.named.format(text=own.question, name=name)
            said = self.say.not_made if own is None else self.say.taken_back[one.state]
            self.page.paragraph(asked, "  - ")
            self.page.paragraph(
                said.format(by=made.by, on=made.on.isoformat(), value=one.value), "    "
            )
            self.page.paragraph(self.say.reason_given.format(reason=made.reason), "    ")

    def _certain(self, certain: Sequence[Recommendation]) -> None:
        self.page.heading(self.say.certain)
        if not certain:
            self.page.paragraph(self.say.nothing_certain, "  ")
        for number, one in enumerate(certain[: self.certain_shown], start=1):
            first = f"{number:2}. "
            indent = " " * len(first)
            doer = self.say.doer.format(owner=label(one.owner, self.lang), due=one.due.isoformat())
            if one.prime is not None:
                doer += self.say.prime.format(prime=label(one.prime, self.lang))
            self.page.paragraph(one.action, first)
            self.page.paragraph(doer, indent)
            self.page.paragraph(f"{self.say.why.format(why=one.why)} {self._source(one)}", indent)
        self._left_out(self.say.more_certain, len(certain) - self.certain_shown)

    def _possible(self, possible: Sequence[Recommendation]) -> None:
        """Write each rule once, with the targets that it may apply to."""
        if not possible:
            return
        rules: dict[str, list[Recommendation]] = {}
        for one in possible:
            rules.setdefault(one.id, []).append(one)
        self.page.heading(self.say.possible)
        for one, *others in list(rules.values())[:POSSIBLE_SHOWN]:
            self.page.paragraph(one.action, "  - ")
            why = self.say.condition.format(why=one.why)
            self.page.paragraph(f"{why} {self._source(one)}", "    ")
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
            self.page.heading(self.say.decided)
        for one in decided:
            self.page.paragraph(self.say.named.format(text=one.question, name=one.name), "  ")
            self._outcome(one)
        for thing, made in groups:
            if made:
                self.page.paragraph(thing, "  ")
            for one in made:
                self.page.paragraph(
                    self.say.named.format(text=one.question, name=one.name), "    - "
                )
                self._outcome(one)

    def _outcome(self, one: Decision) -> None:
        """Write what was decided; if not by the rules, then by whom, and what the rules say."""
        indent = "      "
        self.page.paragraph(self.say.outcome(one), indent)
        override = one.override
        if override is not None and override.state == "stands" and override.set_aside is not None:
            self.page.paragraph(self.say.said_of(override), indent)
            outcome = self.say.outcome(override.set_aside)
            self.page.paragraph(self.say.by_rules.format(outcome=outcome), indent)

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
            self.page.heading(self.say.undecided)
        for one in undecided[:UNDECIDED_SHOWN]:
            self._open(one, one.name)
        self._left_out(self.say.more_undecided, len(undecided) - UNDECIDED_SHOWN)
        for (place, name, _), group in alike.items():
            (id, one), *others = group.items()
            self._open(one, name_in(place, id, name))
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
        self.page.paragraph(text, "  - ")

    def _questions(self, questions: Sequence[Question]) -> None:
        if not questions:
            return
        self.page.heading(self.say.questions)
        for number, one in enumerate(questions[:QUESTIONS_SHOWN], start=1):
            first = f"{number:2}. "
            self.page.paragraph(self.say.named.format(text=one.question, name=one.fact), first)
            if one.settles:
                settled = " · ".join(map(self._asked, one.settles[:SETTLED_SHOWN]))
                if len(one.settles) > SETTLED_SHOWN:
                    settled += self.say.and_more.format(number=len(one.settles) - SETTLED_SHOWN)
                self.page.paragraph(self.say.settles.format(decisions=settled), " " * len(first))
        self._left_out(self.say.more_questions, len(questions) - QUESTIONS_SHOWN)

    def _asked(self, path: str) -> str:
        """Return the question of a decision, and the thing that it is asked about."""
        if path in self.advice.decisions:
            return self.advice.decisions[path].question
        for place, listed in self.advice.things.items():
            for id, made in listed.items():
                for name, one in made.items():
                    if path == name_in(place, id, name):
                        thing = self._thing(place, id)
                        named = str(self.advice.names.get(place, {}).get(id)) in one.question
                        about = self.say.about.format(thing=thing, text=one.question)
                        return one.question if named else about
        return path

    def _footer(self) -> None:
        decided = [one.name for one in self.advice.decisions.values() if one.decided]
        if self.advice.decisions:
            self.page.gap()
            name = decided[-1] if decided else next(iter(self.advice.decisions))
            self.page.paragraph(self.say.explain.format(name=name))

    # --- lines ----------------------------------------------------------------------------------

    def _target(self, one: Recommendation) -> str:
        return self._called(one.target_name, str(one.target))

    def _likewise(self, things: Sequence[str], indent: str) -> None:
        if things:
            shown = self._shortened(things, ALIKE_SHOWN)
            self.page.paragraph(self.say.likewise.format(things=shown), indent)

    def _thing(self, place: str, id: str) -> str:
        return self._called(self.advice.names.get(place, {}).get(id), id)

    def _called(self, name: str | None, id: str) -> str:
        return id if name in (None, id) else self.say.named.format(text=name, name=id)

    def _shortened(self, texts: Sequence[str], shown: int) -> str:
        return self.say.enumerate(texts[:shown], len(texts) - shown)

    def _left_out(self, sentence: str, number: int) -> None:
        if number > 0:
            self.page.paragraph(sentence.format(number=number), "    ")
