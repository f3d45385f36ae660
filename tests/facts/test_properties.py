"""What holds for every document: it reads back as written, and a wrong type never passes."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from b2brules.facts import (
    NEVER,
    Account,
    FactsError,
    Money,
    Opportunity,
    Vocabulary,
    read,
    read_document,
    read_pipeline,
)
from b2brules.facts.document import Format
from b2brules.facts.types import (
    DateType,
    EnumerationType,
    FactType,
    IdentifierType,
    ListType,
    MoneyType,
    NumberType,
    RecordType,
    SetType,
    TextType,
    TruthType,
)

VOCABULARY = Vocabulary()
PEOPLE = ("p1", "p2", "p3")
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

text = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t"), max_size=12
)
ids = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=6)
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)).map(str)


def numbers(type_: NumberType) -> st.SearchStrategy[Any]:
    least, most = type_.minimum, type_.maximum
    if type_.whole:
        return st.integers(int(least or 0), int(most) if most is not None else 10**15 - 1)
    most = Decimal(10**9 - 1) if most is None else most
    exact = st.decimals(least or 0, most, places=6, allow_nan=False, allow_infinity=False)
    return exact | st.integers(int(least or 0), int(most))


def values(type_: FactType, owner: str | None = None) -> st.SearchStrategy[Any]:
    """Plain values that a fact can have; ``owner`` is the person whose fact it is."""
    match type_:
        case TruthType():
            return st.booleans()
        case NumberType():
            return numbers(type_)
        case TextType(form):
            return {"any": text, "id": ids, "currency": st.sampled_from(["CNY", "USD"])}[form]
        case DateType(past=past):
            return days | st.just("never") if past else days
        case EnumerationType(words):
            return st.sampled_from(words)
        case MoneyType():
            amount = numbers(NumberType())
            currency = st.sampled_from(["CNY", None])
            return amount | st.fixed_dictionaries({"amount": amount, "currency": currency})
        case IdentifierType():
            return st.sampled_from([one for one in PEOPLE if one != owner])
        case SetType(member):
            return st.lists(values(member, owner), unique=True, max_size=3)
        case RecordType(cls):
            return facts(cls)
        case ListType(cls):
            return things(cls)
    raise AssertionError(type_)


def facts(cls: type, owner: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    options = {
        name: st.none() | values(entry.type, owner)
        for name, entry in VOCABULARY.members(cls).items()
        if name not in ("id", "people")
    }
    return st.fixed_dictionaries({}, optional=options)


@st.composite
def things(draw: st.DrawFn, cls: type) -> list[dict[str, Any]]:
    first = VOCABULARY.members(cls)["id"].type
    allowed = first.values if isinstance(first, EnumerationType) else ("a", "b", "产品")
    chosen = draw(st.lists(st.sampled_from(allowed), unique=True, max_size=3))
    return [{"id": id_, **draw(facts(cls, id_))} for id_ in chosen]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    document = draw(facts(VOCABULARY.root))
    person = VOCABULARY.lists()["people",]
    document["people"] = [{"id": id_, **draw(facts(person, id_))} for id_ in PEOPLE]
    return document


def plain(value: Any) -> Any:
    """A deal as a document would write it."""
    if value is NEVER:
        return "never"
    if isinstance(value, datetime.date):
        return str(value)
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, tuple | frozenset):
        return [plain(item) for item in value]
    if attrs.has(type(value)):
        known = {one.name: getattr(value, one.name) for one in attrs.fields(type(value))}
        return {name: plain(inner) for name, inner in known.items() if inner is not None}
    return value


def json_text(document: object) -> str:
    """JSON with exact numbers, which ``json`` has not."""
    if isinstance(document, dict):
        inner = ", ".join(f"{json.dumps(key)}: {json_text(one)}" for key, one in document.items())
        return f"{{{inner}}}"
    if isinstance(document, list):
        return f"[{', '.join(map(json_text, document))}]"
    return str(document) if isinstance(document, Decimal) else json.dumps(document)


def places(value: Any, type_: FactType, path: str) -> Iterator[tuple[Any, str, FactType, str]]:
    """Each fact of a document: its holder, its key, its type, and the path that names it."""
    if isinstance(type_, RecordType) and isinstance(value, dict):
        for name, entry in VOCABULARY.members(type_.cls).items():
            below = f"{path}.{name}" if path else name
            if value.get(name) is not None:
                yield value, name, entry.type, below
                yield from places(value[name], entry.type, below)
    elif isinstance(type_, ListType) and isinstance(value, list):
        for item in value:
            yield from places(item, RecordType(type_.cls), f"{path}[{item['id']}]")


def wrong(type_: FactType) -> list[object]:
    """Values that no fact of this type can have."""
    everywhere: list[object] = [object(), b"x", float("nan")]
    truths: list[object] = [True, False]
    bare_numbers: list[object] = [1, 0, 2.5, Decimal("1.5")]
    lists: list[object] = [["?"], [1]]
    mappings: list[object] = [{"x": 1}]
    match type_:
        case TruthType():
            return [*everywhere, *bare_numbers, *lists, *mappings, "true", "yes", ""]
        case NumberType(minimum=least):
            extra = [] if least is None else [least - 1]
            bad = [10**15, 10**400, Decimal("0.1234567"), float("inf"), Decimal("1e999999")]
            return [*everywhere, *truths, *lists, *mappings, *bad, *extra, "3", ""]
        case MoneyType():
            bad = [{"amount": True}, {"amount": 1, "currency": "x"}, {"currency": "CNY"}]
            return [*everywhere, *truths, *lists, *mappings, *bad, "3", 10**15]
        case DateType():
            moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
            bad = ["2026-02-30", "2026-1-1", "1899-12-31", "20260101", moment]
            return [*everywhere, *truths, *bare_numbers, *lists, *mappings, *bad]
        case TextType() | IdentifierType():
            bad = ["\x00", "\ud800", "a\x1bb"]
            return [*everywhere, *truths, *bare_numbers, *lists, *mappings, *bad]
        case EnumerationType():
            return [*everywhere, *truths, *bare_numbers, *lists, *mappings, "", "?", "Plus"]
        case SetType():
            return [*everywhere, *truths, *bare_numbers, *lists, *mappings, "x", [None]]
        case RecordType():
            return [*everywhere, *truths, *bare_numbers, *lists, "x"]
        case ListType():
            return [*everywhere, *truths, *bare_numbers, *mappings, "x"]
    raise AssertionError(type_)


@SETTINGS
@given(documents())
def test_a_deal_reads_back_as_it_was_written(document):
    deal = read(VOCABULARY, document)
    assert read(VOCABULARY, plain(deal)) == deal


@SETTINGS
@given(documents())
def test_json_and_yaml_say_what_the_mapping_says(document):
    deal = read(VOCABULARY, document)
    as_json = json_text(document)
    assert read_document(VOCABULARY, as_json) == deal
    assert read_document(VOCABULARY, as_json, format="json") == deal


@SETTINGS
@given(documents())
def test_yaml_says_what_the_mapping_says(document):
    deal = read(VOCABULARY, document)

    class Dumper(yaml.SafeDumper):
        """Text in quotes, exact numbers without."""

    Dumper.add_representer(
        Decimal, lambda dumper, one: dumper.represent_scalar("tag:yaml.org,2002:float", f"{one:f}")
    )
    Dumper.add_representer(
        str, lambda dumper, one: dumper.represent_scalar("tag:yaml.org,2002:str", one, style='"')
    )
    Dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
    written = yaml.dump(document, Dumper=Dumper, allow_unicode=True, default_flow_style=False)
    assert read_document(VOCABULARY, written.replace("!!float ", "")) == deal


@SETTINGS
@given(documents(), st.data())
def test_a_value_of_a_wrong_type_is_refused_with_its_path(document, data):
    found = list(places(document, RecordType(VOCABULARY.root), ""))
    holder, name, type_, path = data.draw(st.sampled_from(found))
    holder[name] = data.draw(st.sampled_from(wrong(type_)))
    with pytest.raises(FactsError) as caught:
        read(VOCABULARY, document)
    owner = path.rpartition("[")[0]
    for problem in caught.value.problems:
        assert problem.message
    # A thing whose id is wrong is named by its position.
    assert any(
        problem.path.startswith(f"{owner}[#" if name == "id" and owner else path)
        for problem in caught.value.problems
    )


@SETTINGS
@given(documents(), st.data(), ids)
def test_an_unknown_key_is_refused_with_its_path(document, data, key):
    found = list(places(document, RecordType(VOCABULARY.root), ""))
    holder, _, _, path = data.draw(st.sampled_from(found))
    key = f"x{key}"
    holder[key] = 1
    with pytest.raises(FactsError) as caught:
        read(VOCABULARY, document)
    assert [problem.path for problem in caught.value.problems] == [
        f"{path.rpartition('.')[0]}.{key}".lstrip(".")
    ]


@SETTINGS
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_any_text_is_deals_or_is_refused_with_problems(text):
    forms: list[Format | None] = ["yaml", "json", "jsonl", None]
    for form in forms:
        for found in read_pipeline(VOCABULARY, text, format=form):
            if isinstance(found, FactsError):
                assert all(problem.message for problem in found.problems)
                assert str(found).encode()
            else:
                assert isinstance(found, Opportunity | Account)
