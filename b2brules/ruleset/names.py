"""Names that are taken, so that each means one thing in the whole rulebook."""

from __future__ import annotations

from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located


class Names:
    """Names with what they name and where.

    Args:
        builtin: Names that are taken from the start, and what each is: ``a fact``.
    """

    def __init__(self, builtin: dict[str, str]) -> None:
        self._taken = dict(builtin)

    def __contains__(self, name: object) -> bool:
        return name in self._taken

    def claim(self, name: Located, kind: str, findings: Findings, *, code: str) -> bool:
        """Take a name, or report with ``code`` that it is taken.

        ``kind`` is what it names, as a message calls it: ``a decision``.
        """
        known = self._taken.get(name.text)
        if known is not None:
            findings.report(
                name.place,
                code=code,
                message=f"`{name.text}` is already the name of {known}",
                help="choose another name",
            )
            return False
        place = name.place
        self._taken[name.text] = f"{kind} ({place.path}:{place.line})"
        return True
