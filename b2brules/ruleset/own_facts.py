"""Facts that a team adds to the vocabulary in its rule files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from b2brules.facts.types import (
    DateType,
    EnumerationType,
    ListType,
    MoneyType,
    NumberType,
    RecordType,
    SetType,
    TextType,
    TruthType,
    ValueType,
)
from b2brules.facts.values import shown
from b2brules.facts.vocabulary import OwnFact, Vocabulary
from b2brules.language import suggestion
from b2brules.ruleset.cells import is_blank, read_choice, read_name, read_range, read_words
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.drafts import RulesetDraft
from b2brules.ruleset.located import Located
from b2brules.ruleset.names import Names
from b2brules.ruleset.table import TableRow, check_columns

_TYPES = (
    "truth",
    "number",
    "whole number",
    "text",
    "date",
    "past date",
    "money",
    "one of",
    "set of",
)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{[^}]*\}?")


def extend_vocabulary(drafts: Sequence[RulesetDraft], findings: Findings) -> Vocabulary:
    """Return the vocabulary with the facts that rule files add to it."""
    vocabulary = Vocabulary()
    names = Names(dict.fromkeys(vocabulary.facts, "a fact of the vocabulary"))
    own = [fact for draft in drafts for fact in read_own_facts(draft, vocabulary, names, findings)]
    return vocabulary.with_facts(own) if own else vocabulary


def read_own_facts(
    draft: RulesetDraft, vocabulary: Vocabulary, names: Names, findings: Findings
) -> list[OwnFact]:
    """Read the facts that a rule file adds to those of ``vocabulary``."""
    table = draft.facts
    if table is None or not check_columns(
        table, findings, required=("name", "type", "allowed", "unit")
    ):
        return []
    facts = []
    for row in table.rows:
        fact = _read_fact(row, draft, vocabulary, names, findings)
        if fact is None:
            findings.lose_name(row["name"].text.split(".")[-1])
        else:
            facts.append(fact)
    return facts


def _read_fact(
    row: TableRow, draft: RulesetDraft, vocabulary: Vocabulary, names: Names, findings: Findings
) -> OwnFact | None:
    name = row["name"]
    if not _check_name(name, vocabulary, findings):
        return None
    type = _read_type(row, findings)
    unclaimed = names.claim(name, "a fact", findings, code="duplicate-name")
    if type is None or not unclaimed:
        return None
    unit = None if is_blank(row["unit"]) else row["unit"].folded
    question = {}
    entry = draft.texts.get(name.text) if draft.texts else None
    for language in ("en", "zh"):
        # Who asks what is missing finds the key; the text block is checked with the others.
        sentence = entry and entry.sentences.get(("", "en" if language == "en" else "zh"))
        question[language] = sentence.text if sentence else name.text
        if sentence:
            _check_placeholders(sentence, name, vocabulary, findings)
    return OwnFact(name=name.text, type=type, unit=unit, question=question)


def _check_name(name: Located, vocabulary: Vocabulary, findings: Findings) -> bool:
    *before, _ = parts = name.split(".")
    if None in [read_name(part, findings) for part in parts]:
        return False
    if not before:
        return True
    thing = ".".join(part.text for part in before)
    fact = vocabulary.facts.get(thing)
    if fact is None or not isinstance(fact.type, ListType | RecordType):
        things = [
            name
            for name, fact in vocabulary.facts.items()
            if isinstance(fact.type, ListType | RecordType)
        ]
        findings.report(
            before[0].place,
            code="unknown-name",
            message=f"{shown(thing)} is not a thing that has facts",
            help=suggestion(thing, things) or "things are " + ", ".join(things),
        )
        return False
    return True


def _read_type(row: TableRow, findings: Findings) -> ValueType | None:
    allowed = row["allowed"]
    word = read_choice(row["type"], _TYPES, findings, code="unknown-type")
    if word in ("one of", "set of"):
        if is_blank(allowed):
            findings.report(
                allowed.place if allowed.text else row["type"].place,
                code="invalid-allowed",
                message=f"`{row.first.text}` is `{word}` nothing",
                help="write the allowed words with commas between them under `allowed`",
            )
            return None
        words = read_words(allowed, findings)
        type = EnumerationType(tuple(word.text for word in words if _is_word(word, findings)))
        return type if word == "one of" else SetType(type)
    if word in ("number", "whole number"):
        bounds = None if is_blank(allowed) else read_range(allowed, findings)
        low, high = bounds or (None, None)
        return NumberType(whole=word == "whole number", minimum=low, maximum=high)
    if word is not None and not is_blank(allowed):
        findings.report(
            allowed.place,
            code="invalid-allowed",
            message=f"a fact of type `{row['type'].folded}` has no list of allowed values",
            help="leave the cell empty",
        )
    match word:
        case "truth":
            return TruthType()
        case "text":
            return TextType()
        case "date":
            return DateType()
        case "past date":
            return DateType(past=True)
        case "money":
            return MoneyType()
    return None


def _is_word(word: Located, findings: Findings) -> bool:
    if _WORD.fullmatch(word.text):
        return True
    findings.report(
        word.place,
        code="invalid-allowed",
        message=f"{shown(word.folded)} cannot be an allowed word",
        help="write letters, digits and `_`",
    )
    return False


def _check_placeholders(
    sentence: Located, name: Located, vocabulary: Vocabulary, findings: Findings
) -> None:
    """Hold the question to ``{name}``, which stands for a thing's name and nothing else."""
    of_a_thing = isinstance(
        getattr(vocabulary.facts.get(name.text.rpartition(".")[0]), "type", None), ListType
    )
    for found in _PLACEHOLDER.finditer(sentence.text):
        if not of_a_thing or found[0] != "{name}":
            findings.report(
                sentence.at(*found.span()),
                code="unknown-placeholder",
                message=f"`{found[0]}` cannot be shown in the question for `{name.text}`",
                help="in the question for a fact of a list's things, write `{name}`"
                if of_a_thing
                else "write the question without it",
            )
