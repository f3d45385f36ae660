"""A proof as text for people: why a decision came to what it did, or why something is recommended.

And why not to something else, and why not.
"""

from __future__ import annotations

from collections.abc import Sequence

from b2brules.advice.labels import label
from b2brules.advice.model import (
    ClauseProof,
    Decision,
    JudgedOverride,
    MatchProof,
    Proof,
    RecommendationProof,
    RowProof,
)
from b2brules.advice.page import WIDTH, Page
from b2brules.advice.phrases import PHRASES, Phrases
from b2brules.ruleset.model import Language

FACTS_SHOWN = 12
MATCHES_SHOWN = 8
DEEPEST = 8
STEP = "  "


def proof_to_text(proof: Proof | RecommendationProof, *, width: int = WIDTH) -> str:
    """Return a proof as text without colour.

    Rows stand in their order: of one that does not hold, the cells that failed; of the others,
    every cell with the facts that it read. Below them stand the decisions that they rest on. For a
    recommendation there is one row for each way to apply it.

    Args:
        proof: What to write.
        width: Columns of a line, at least 40; Chinese characters take two.

    Returns:
        Lines that each end with a line break, none wider than ``width``.
    """
    page = Page(width)
    writer = _Writer(page, proof.lang)
    if isinstance(proof, Proof):
        writer.write(proof)
    else:
        writer.write_recommendation(proof)
    return page.text()


def rows_to_text(proof: Proof | RecommendationProof, *, width: int = WIDTH) -> str:
    """Return the rows of a proof alone, without its heading and without what they rest on."""
    page = Page(width)
    writer = _Writer(page, proof.lang)
    if isinstance(proof, Proof):
        writer.write_rows(proof)
    else:
        writer.write_matches(proof)
    return page.text()


class _Writer:
    """Writes a proof, or its rows alone, onto a page."""

    def __init__(self, page: Page, lang: Language) -> None:
        self.page = page
        self.lang = lang
        self.say: Phrases = PHRASES[lang]

    def write(self, proof: Proof) -> None:
        """Write all of it."""
        self.page.title(self._asked(proof))
        outcome = self.say.outcome(proof.decision)
        self.page.paragraph(self.say.as_of.format(as_of=proof.as_of.isoformat(), outcome=outcome))
        if proof.decision.override is not None:
            self.page.heading(self.say.override)
            self._override(proof.decision.override, STEP)
        if proof.decision.candidates is None:
            self.page.heading(self.say.formula)
        else:
            self.page.heading(self.say.proof_rows)
        self.write_rows(proof, STEP)
        self._because(proof.because)

    def write_recommendation(self, proof: RecommendationProof) -> None:
        """Write all of it."""
        self.page.title(self.say.proof_asked.format(id=proof.id))
        outcome = self.say.certainty[proof.certainty]
        self.page.paragraph(self.say.as_of.format(as_of=proof.as_of.isoformat(), outcome=outcome))
        self.page.heading(self.say.proof_rule)
        self.write_matches(proof, STEP)
        self._because_one_level(proof.because)

    def write_rows(self, proof: Proof, indent: str = "") -> None:
        """Write the rows of a decision, as far as they were scanned."""
        for row in proof.rows:
            self._row(row, proof.decision, indent)

    def write_matches(self, proof: RecommendationProof, indent: str = "") -> None:
        """Write what a rule was applied to, and its source."""
        for match in proof.matches[:MATCHES_SHOWN]:
            self._match(match, proof.id, indent)
        if proof.unbound:
            lists = self.say.enumerate(proof.unbound, 0)
            self.page.paragraph(self.say.unbound.format(lists=lists), indent)
        basis = label(proof.basis, self.lang)
        self.page.paragraph(self.say.row_source.format(source=proof.source, basis=basis), indent)
        more = len(proof.matches) - MATCHES_SHOWN
        if more > 0:
            self.page.paragraph(self.say.more_possible.format(number=more), indent)
        if proof.left_out:
            self.page.paragraph(self.say.left_out.format(number=proof.left_out), indent)

    def _match(self, match: MatchProof, id: str, indent: str) -> None:
        things = [
            f"{variable} = {self._called(match.names[variable], thing)}"
            for variable, thing in match.bindings.items()
        ]
        about = self.say.bound.format(things=self.say.enumerate(things, 0)) if things else ""
        holds = self.say.holds[match.holds]
        self.page.paragraph(self.say.match.format(id=id, about=about, holds=holds), indent)
        if match.holds is not False:
            self.page.paragraph(match.action, indent + STEP)
        for clause in match.clauses:
            if match.holds is not False or clause.holds is False:
                self._clause(clause, True, indent + STEP)

    def _called(self, name: str, id: str) -> str:
        return id if name == id else self.say.named.format(text=name, name=id)

    def _because(self, proofs: Sequence[Proof]) -> None:
        if proofs:
            self.page.heading(self.say.proof_because)
        for below in proofs:
            self._below(below, 1)

    def _because_one_level(self, proofs: Sequence[Proof]) -> None:
        """Write what is read directly, and how to see what that rests on in its turn."""
        if proofs:
            self.page.heading(self.say.proof_because)
        for below in proofs:
            self._decision(below, 1)
        if any(below.because for below in proofs):
            self.page.paragraph(self.say.proof_deeper, STEP)

    def _below(self, proof: Proof, depth: int) -> None:
        """Write a decision that another rests on, and what that rests on."""
        self._decision(proof, depth)
        for below in proof.because:
            self._below(below, depth + 1)

    def _decision(self, proof: Proof, depth: int) -> None:
        """Write a decision that something rests on: its rows that hold or may hold."""
        indent = STEP * min(depth, DEEPEST)
        outcome = self.say.outcome(proof.decision)
        self.page.paragraph(self.say.sentences(self._asked(proof), outcome), indent)
        override = proof.decision.override
        if override is not None:
            self._override(override, indent + STEP)
        for row in proof.rows:
            if row.holds is not False:
                self._row(row, proof.decision, indent + STEP)

    def _override(self, one: JudgedOverride, indent: str) -> None:
        """Write what a person has decided; while it stands, what the rules say without it too."""
        state = self.say.states[one.state]
        self.page.paragraph(self.say.judged.format(value=one.value, state=state), indent)
        self.page.paragraph(self.say.said_of(one), indent + STEP)
        if one.state == "stands" and one.set_aside is not None:
            outcome = self.say.outcome(one.set_aside)
            self.page.paragraph(self.say.by_rules.format(outcome=outcome), indent + STEP)

    def _asked(self, proof: Proof) -> str:
        question = proof.decision.question
        asked = self.say.named.format(text=question, name=proof.decision.name)
        if proof.subject is None or proof.subject in question:
            return asked
        return self.say.about.format(thing=proof.subject, text=asked)

    def _row(self, row: RowProof, decision: Decision, indent: str) -> None:
        is_table = decision.candidates is not None
        by_rules = decision
        if decision.override is not None and decision.override.set_aside is not None:
            by_rules = decision.override.set_aside
        if is_table:
            then = decision.label(row.then)
            head = self.say.row.format(id=row.id, then=then, holds=self.say.holds[row.holds])
            self.page.paragraph(head + (self.say.cited if row.id == by_rules.rule else ""), indent)
        for clause in row.clauses:
            if row.holds is not False or clause.holds is False:
                self._clause(clause, is_table, indent + STEP if is_table else indent)
        if is_table and not row.clauses:
            self.page.paragraph(row.reason, indent + STEP)
        if row.holds is not False:
            basis = label(row.basis, self.lang)
            source = self.say.row_source.format(source=row.source, basis=basis)
            self.page.paragraph(source, indent + STEP if is_table else indent)

    def _clause(self, clause: ClauseProof, is_condition: bool, indent: str) -> None:
        holds = f" — {self.say.holds[clause.holds]}" if is_condition else ""
        self.page.paragraph(clause.text + holds, f"{indent}- ")
        below = f"{indent}  "
        known = [f"{name} = {value}" for name, value in clause.facts if name not in clause.unknown]
        if known:
            self.page.paragraph(self.say.facts.format(facts=self._shortened(known)), below)
        if clause.unknown:
            unknown = self._shortened(clause.unknown)
            self.page.paragraph(self.say.unknown.format(facts=unknown), below)

    def _shortened(self, texts: Sequence[str]) -> str:
        return self.say.enumerate(texts[:FACTS_SHOWN], len(texts) - FACTS_SHOWN)
