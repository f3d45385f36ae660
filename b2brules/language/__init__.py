"""How a condition is written and what it means: a small part of FEEL with three-valued truth."""

from b2brules.language.checking import read_cell, read_condition, read_value
from b2brules.language.errors import LanguageError, Mistake, suggestion
from b2brules.language.scope import ListPath, Scope, Signature
from b2brules.language.walking import reads, walk

__all__ = [
    "LanguageError",
    "ListPath",
    "Mistake",
    "Scope",
    "Signature",
    "read_cell",
    "read_condition",
    "read_value",
    "reads",
    "suggestion",
    "walk",
]
