"""An id and names, taken out of texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import Pattern

from attrs import Factory, field, frozen

from b2brules.facts.values import TEXT_LENGTH

REMOVED = "(removed)"
"""What stands in a text in the place of a name."""

# No longer than any name.
_REMOVED_IN_SHORT = "…"
# A letter or digit of a script that has words. Chinese stands without blanks around names.
_LETTER = "[^\\W\u2e80-\U0003ffff]"
_SHORT = 3


@frozen(kw_only=True)
class Redaction:
    """Takes the id and the names of somebody out of texts, in whatever case they are written.

    Args:
        id: The id.
        names: The names, none of them blank or with blanks around it.
    """

    id: str
    names: frozenset[str]
    _pattern: Pattern[str] = field(
        init=False,
        repr=False,
        default=Factory(lambda self: _pattern_of(self.id, self.names), takes_self=True),
    )

    def __call__(self, text: str, longest: int = TEXT_LENGTH) -> str:
        """Return what is left of a text, which may have so many characters."""
        left = self._pattern.sub(REMOVED, text)
        # A short name that stands there often would make of it a text that nobody can read in.
        return left if len(left) <= longest else self._pattern.sub(_REMOVED_IN_SHORT, text)


def _pattern_of(id_: str, names: Iterable[str]) -> Pattern[str]:
    # The longest first, or `Anna Li` would keep its second half beside `Anna`.
    forms = [_name_form(name) for name in sorted(names, key=len, reverse=True)]
    return re.compile("|".join([*forms, _id_form(id_)]), re.IGNORECASE)


def _name_form(name: str) -> str:
    """Return the pattern of a name: a whole word, or words, also in the genitive: `Annas`.

    A name of a few letters has none: `An` is not in `ans`. Between Chinese characters there are no
    words: a name of one character is only where nothing else is.
    """
    form = r"\s+".join(map(re.escape, name.split()))
    if _is_one_character(name):
        return rf"\A\s*{form}\s*\Z"
    if re.match(_LETTER, name[0]):
        form = f"(?<!{_LETTER}){form}"
    if re.match(_LETTER, name[-1]):
        form = f"{form}(?={'s?' if len(name) > _SHORT else ''}(?!{_LETTER}))"
    return form


def _id_form(id_: str) -> str:
    """Return the pattern of an id: `11` is not in `2026-11-21`."""
    letter, around = r"\w" if _is_one_character(id_) else _LETTER, "[-.:/]"
    before = f"(?<!{letter})(?<!{letter}{around})"
    return f"{before}{re.escape(id_)}(?!{letter})(?!{around}{letter})"


def _is_one_character(name: str) -> bool:
    """Whether a name is a single character of a script without words, which is in many others."""
    return len(name) == 1 and re.match(_LETTER, name) is None and re.match(r"\w", name) is not None
