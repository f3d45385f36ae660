"""The rule files while an overlay is laid over them, and what has been changed so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import define, evolve, field

from b2brules.facts.vocabulary import Vocabulary
from b2brules.ruleset.bindings import read_each
from b2brules.ruleset.clauses import position_of
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import DecisionDraft, RulesetDraft, TableDraft
from b2brules.ruleset.located import Located
from b2brules.ruleset.model import Change, Changed
from b2brules.ruleset.overlay.draft import OverlayDraft
from b2brules.ruleset.table import Table, TableRow


@define
class Layers:
    """Rule files as written, with the changes of one overlay in them.

    Args:
        drafts: The files, in their order.
        overlay: What is laid over them.
        vocabulary: The facts that there are, a team's own among them.
        findings: Where problems are reported.
        changes: What has been done.
    """

    drafts: list[RulesetDraft]
    overlay: OverlayDraft
    vocabulary: Vocabulary
    findings: Findings
    changes: list[Change] = field(factory=list)
    _written: set[str] = field(factory=set, init=False)

    def write(self, id: Located) -> bool:
        """Note that the overlay writes something; report it if it has done so before."""
        if id.text in self._written:
            self.findings.report(
                id.place,
                code="duplicate-id",
                message=f"`{id.text}` stands in this overlay twice",
                help="keep one of them",
            )
            return False
        self._written.add(id.text)
        return True

    def has_columns(self, table: Table, row: TableRow, required: tuple[str, ...]) -> bool:
        """Tell whether a row that is new has all it needs, or report what is missing."""
        missing = [name for name in required if name not in table.columns]
        if missing:
            self.findings.report(
                table.place,
                code="missing-column",
                message=f"this table has no column `{missing[0]}`",
                help=f"`{row.first.text}` is new, and needs {', '.join(required)}",
            )
            self.findings.lose_name(row.first.text)
        return not missing

    def has_written(self, id: str) -> bool:
        """Tell whether the overlay writes a row, a recommendation or a parameter of this name."""
        return id in self._written

    def note(
        self,
        how: Literal["added", "replaced", "disabled"],
        what: Changed,
        id: Located,
        *,
        decision: str | None = None,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        """Keep what was changed."""
        self.changes.append(
            Change(
                overlay=self.overlay.name,
                how=how,
                what=what,
                id=id.folded,
                decision=decision,
                before=before,
                after=after,
                position=position_of(id.place),
            )
        )

    def decisions(self) -> Iterator[tuple[int, int, DecisionDraft]]:
        """Yield the decisions, with the numbers of their file and of their place in it."""
        for index, draft in enumerate(self.drafts):
            for number, decision in enumerate(draft.decisions):
                yield index, number, decision

    def ids(self) -> Iterator[str]:
        """Yield the ids of rows and recommendations."""
        for draft in self.drafts:
            for table in (
                *(one.table for one in draft.decisions if isinstance(one, TableDraft)),
                draft.recommendations,
            ):
                yield from () if table is None else (row.first.text for row in table.rows)

    def repeated(self) -> Iterator[str]:
        """Yield the ids of the recommendations that rows with `each` make."""
        for draft in self.drafts:
            yield from self._repeated(draft)

    def put_decision(self, index: int, number: int, decision: DecisionDraft) -> None:
        """Put a decision in the place of another."""
        draft = self.drafts[index]
        decisions = (*draft.decisions[:number], decision, *draft.decisions[number + 1 :])
        self.drafts[index] = evolve(draft, decisions=decisions)

    def drop_texts(self, keys: set[str]) -> None:
        """Take away the texts of what is there no more."""
        for index, draft in enumerate(self.drafts):
            if draft.texts is not None and keys & draft.texts.keys():
                left = {key: entry for key, entry in draft.texts.items() if key not in keys}
                self.drafts[index] = evolve(draft, texts=left)

    def leave_out(self, id: str) -> bool:
        """Take away one of the recommendations that a row with `each` makes, if one makes it."""
        for index, draft in enumerate(self.drafts):
            if id not in draft.left_out and id in self._repeated(draft):
                self.drafts[index] = evolve(draft, left_out=draft.left_out | {id})
                return True
        return False

    def _repeated(self, draft: RulesetDraft) -> Iterator[str]:
        for row in () if draft.recommendations is None else draft.recommendations.rows:
            # What is wrong with the cell is reported when the recommendations are read.
            each = read_each(row.cell("each"), self.vocabulary, Findings())
            for fact in () if each is None else each[1]:
                yield f"{row.first.text}_{fact.path[-1]}"
