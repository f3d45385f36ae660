"""What several facts of a document have to agree on: ids that are unique, and ids that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from b2brules.facts.fields import types_of
from b2brules.facts.person import self_references
from b2brules.facts.problems import Finding, Steps
from b2brules.facts.types import IdentifierType, SetType
from b2brules.facts.values import shown, suggestion
from b2brules.facts.vocabulary import Vocabulary

_LISTED = 8
_COMPARED = 100


def broken_ids(vocabulary: Vocabulary, document: Mapping[str, object]) -> Iterator[Finding]:
    """Ids that stand twice in a list, and ids that nothing in the document has.

    The document may be wrong in other ways, which are not reported here.
    """
    for path, cls in vocabulary.lists().items():
        places: dict[str, int] = {}
        for position, item in _items(document, path):
            steps: Steps = (*path, position)
            id_ = item.get("id")
            if not isinstance(id_, str):
                continue
            if id_ in places:
                message = (
                    f"{shown(id_)} is the id of #{places[id_] + 1} already; every id is unique"
                )
                yield Finding((*steps, "id"), message)
            places.setdefault(id_, position)
            if path == ("people",):
                named = (item.get(name) for name in ("reports_to", "influences", "conflicts_with"))
                for name, message in self_references(id_, *named):
                    yield Finding((*steps, name), message)
        references = {
            name: type_.member if isinstance(type_, SetType) else type_
            for name, type_ in types_of(cls).items()
        }
        for name, type_ in references.items():
            if isinstance(type_, IdentifierType):
                yield from _dangling(document, path, name, type_.list_name)


def _dangling(
    document: Mapping[str, object], path: tuple[str, ...], name: str, list_name: str
) -> Iterator[Finding]:
    """References in ``path`` to ids that the list ``list_name`` has not.

    An id that stands below a misspelt key is reported there, and not where it is referred to.
    """
    known: dict[str, None] = {}
    misplaced: set[object] = set()
    for _, item in _items(document, (list_name,)):
        if isinstance(id_ := item.get("id"), str):
            known[id_] = None
        else:
            misplaced.update(value for value in item.values() if isinstance(value, str))
    ids = [str(id_) for id_ in known]
    for position, item in _items(document, path):
        value = item.get(name)
        for one in value if isinstance(value, list | tuple | set | frozenset) else [value]:
            if isinstance(one, str) and one not in known and one not in misplaced:
                remedy = suggestion(one, ids) if len(ids) <= _COMPARED else ""
                if not remedy and 0 < len(ids) <= _LISTED:
                    remedy = f"; write one of {', '.join(map(shown, ids))}"
                message = f"{shown(one)} is no id in `{list_name}`{remedy}"
                yield Finding((*path, position, name), message)


def _items(
    document: Mapping[str, object], path: tuple[str, ...]
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """The things of a list that are mappings, with their positions."""
    here: object = document
    for step in path:
        here = here.get(step) if isinstance(here, Mapping) else None
    if isinstance(here, list | tuple):
        for position, item in enumerate(here):
            if isinstance(item, Mapping):
                yield position, item
