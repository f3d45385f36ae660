"""Sentences with values in their midst: ``{superiority} to one ahead``."""

from __future__ import annotations

import re

from b2brules.language import LanguageError, Scope, read_value
from b2brules.language.tree import Value
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Located
from b2brules.ruleset.model import Piece, Template
from b2brules.ruleset.wide_signs import report_wide_braces

_PART = re.compile(
    r"(?P<words>[^{}]+)"
    r"|(?P<brace>\{(?=\{)|\}(?=\}))[{}]"
    r"|\{(?P<path>[^{}]+)\}"
    r"|[{}]"
)


def read_template(sentence: Located, scope: Scope, findings: Findings) -> Template:
    """Read a sentence into words and values; ``{{`` and ``}}`` are braces that are shown.

    Returns:
        The pieces; what is wrong has been reported.
    """
    report_wide_braces(sentence, findings)
    pieces: list[Piece] = []
    words: list[str] = []
    for part in _PART.finditer(sentence.text):
        if part["path"] and part["path"].strip():
            value = _read_placeholder(sentence.slice(*part.span("path")), scope, findings)
            if value is not None:
                pieces += [*_joined(words), value]
                words = []
        elif part["brace"]:
            words.append(part["brace"])
        elif part["words"]:
            words.append(part["words"])
        else:
            findings.report(
                sentence.at(*part.span()),
                code="unclosed-brace",
                message=f"there is no value at this `{part[0]}`",
                help="write `{superiority}` to show a value, `{{` and `}}` to show a brace",
            )
    return (*pieces, *_joined(words))


def _joined(words: list[str]) -> list[str]:
    return ["".join(words)] if words else []


def _read_placeholder(path: Located, scope: Scope, findings: Findings) -> Value | None:
    try:
        return read_value(path.text, scope)
    except LanguageError as error:
        mistake = error.mistakes[0]
        if mistake.code == "unknown-name":
            if not findings.has_lost(path.text.split(".")[-1]):
                findings.report(
                    path.place,
                    code="unknown-placeholder",
                    message=mistake.message,
                    help=mistake.help,
                )
        else:
            findings.report_mistakes(path, error)
        return None
