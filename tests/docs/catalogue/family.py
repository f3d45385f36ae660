"""The page of a family: each rule with its table, texts, source and basis, and the facts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from b2brules.advice.labels import label
from b2brules.ruleset.model import Language, Table
from tests.docs.catalogue.contents import Catalogue, page_name
from tests.docs.catalogue.facts import fact_rows
from tests.docs.catalogue.words import FAMILIES, WORDS
from tests.docs.markdown import anchor, code, prose, table

WIDEST = 60
_BREAK = re.compile(r" (?=(?:and|or)\b)")
_BETWEEN = re.compile(r"\bbetween\b(?!.* and )")


def lines_of(cell: str) -> list[str]:
    """Return a cell as written, a long one broken before each `and` and `or` outside brackets."""
    lines = [""]
    for part in _BREAK.split(cell) if len(cell) > WIDEST else [cell]:
        is_inside = lines[-1].count("(") > lines[-1].count(")")
        if not lines[-1] or is_inside or _BETWEEN.search(lines[-1]):
            lines[-1] = f"{lines[-1]} {part}".strip()
        else:
            lines.append(part)
    return lines


class FamilyPage:
    """The page of one family in one language."""

    def __init__(self, catalogue: Catalogue, family: str, lang: Language) -> None:
        self.catalogue = catalogue
        self.family = family
        self.lang: Language = lang
        self.say = WORDS[lang]
        self.told = catalogue.told[lang]

    def lines(self) -> Iterator[str]:
        """Yield the lines of the page."""
        other: Language = "zh" if self.lang == "en" else "en"
        yield f"# {FAMILIES[self.family][self.lang]}"
        yield ""
        index, turned = page_name("index", self.lang), page_name(self.family, other)
        yield f"[{self.say['index']}]({index}) · [{self.say['other']}]({turned})"
        yield ""
        yield self.say["written"]
        yield ""
        files = self.catalogue.files[self.family]
        for file in files:
            named = ", ".join(
                self._link(id) for id in self._of(file, self.catalogue.book.decisions)
            )
            more = self.say["colon"] + named if named else ""
            yield f"- [{file.name}](#{anchor(file.name)}){more}"
        for file in files:
            yield from self._file(file)
        yield from self._facts()

    def _of(self, file: Path, things: Mapping[str, Any]) -> list[str]:
        return [id for id, one in things.items() if Path(one.position.path) == file]

    def _file(self, file: Path) -> Iterator[str]:
        book = self.catalogue.book
        yield from ("", f"## {file.name}", "")
        place = f"rulesets/{self.family}/{file.name}"
        yield f"[{place}](../../{place})"
        yield ""
        if self.lang == "en":
            yield from (*_header(file), "")
        if parameters := self._of(file, book.parameters):
            headings = ("parameters", "value", "unit", "range", "source", "basis", "checked")
            yield from table([self.say[one] for one in headings], map(self._parameter, parameters))
            yield ""
        for name in self._of(file, book.decisions):
            yield from self._decision(name)
        for id in self._of(file, book.recommendations):
            yield from self._recommendation(id)

    # --- parameters -----------------------------------------------------------------------------

    def _parameter(self, name: str) -> list[str]:
        one = self.told["parameters"][name]
        bounds = (one["minimum"], one["maximum"])
        is_bounded = None not in bounds
        return [
            code(name),
            f"{one['value']:,f}",
            prose(one["unit"]),
            self.say["to"].format(*(f"{bound:,f}" for bound in bounds)) if is_bounded else "",
            prose(one["source"]),
            label(one["basis"], self.lang),
            one["checked"],
        ]

    # --- decisions ------------------------------------------------------------------------------

    def _decision(self, name: str) -> Iterator[str]:
        one = self.told["decisions"][name]
        yield from (f"### {name}", "", f"**{prose(one['question'])}**", "")
        said = self.say["decided_for"].format(self._bound(one["for"])) if one["for"] else ""
        if "formula" in one:
            yield from (said + self.say["formula"], "", code(one["formula"]), "")
            yield from (self._source(one), "")
        else:
            yield from (said + self.say[one["hit_policy"]], "")
            yield from self._rows(name, one)
            yield ""
            yield from self._outcomes(one)
            yield ""
        yield from self._relations(name)
        yield ""

    def _rows(self, name: str, one: Any) -> Iterator[str]:
        decision = self.catalogue.book.decisions[name]
        assert isinstance(decision, Table)
        columns = _columns(decision)
        shown = [code(column) if column != "when" else self.say["column"] for column in columns]
        told = [self.say[word] for word in ("outcome", "sentence", "source", "basis")]
        rows = []
        for number, row in enumerate(one["rows"], start=1):
            cells: dict[str, list[str]] = {}
            for asked in row["asks"]:
                cells.setdefault(asked["column"], []).extend(lines_of(asked["cell"]))
            rows.append(
                [
                    str(number),
                    code(row["id"]),
                    *("<br>".join(map(code, cells.get(column, ["-"]))) for column in columns),
                    f"**{code(row['then'])}**",
                    prose(row["why"]),
                    prose(row["source"]),
                    label(row["basis"], self.lang),
                ]
            )
        yield from table(["", self.say["row"], *shown, *told], rows)

    def _outcomes(self, one: Any) -> Iterator[str]:
        headings = [self.say[word] for word in ("outcome", "label", "sentence")]
        rows = [
            [code(outcome), prose(said["label"]), prose(said["sentence"])]
            for outcome, said in one["outcomes"].items()
        ]
        yield from table(headings, rows)

    def _relations(self, name: str) -> Iterator[str]:
        catalogue = self.catalogue
        reads = catalogue.reads[name]
        readers = {
            kind: [self._link(id) for id in catalogue.readers[name] if id in things]
            for kind, things in (
                ("decisions", catalogue.book.decisions),
                ("recommendations", catalogue.book.recommendations),
            )
        }
        links = {
            ("reads", "decisions"): map(self._link, reads.decisions),
            ("reads", "facts"): map(code, reads.facts),
            ("reads", "parameters"): map(self._link, reads.parameters),
            **{("read_by", kind): named for kind, named in readers.items()},
        }
        for (how, kind), named in links.items():
            if listed := self.say["comma"].join(named):
                yield self._item(self.say[how].format(self.say[kind]), listed)

    # --- recommendations ------------------------------------------------------------------------

    def _recommendation(self, id: str) -> Iterator[str]:
        one = self.told["recommendations"][id]
        yield from (f"### {id}", "", f"**{prose(one['action'])}**", "")
        yield self._item(self.say["why"], prose(one["why"]))
        if one["for"]:
            aimed = self.say["aimed"].format(code(one["target"])) if one["target"] else ""
            yield f"- {self.say['for_each'].format(self._bound(one['for']))}{aimed}"
        yield self._item(self.say["when"], self._asked(one["asks"]) or self.say["always"])
        days = self.say["day" if one["within"] == 1 else "days"].format(one["within"])
        owner = label(one["owner"], self.lang)
        doer = self.say["doer"].format(owner, days, one["priority"])
        if one["prime"]:
            doer += self.say["prime"].format(label(one["prime"], self.lang))
        yield self._item(self.say["who"], doer)
        yield f"- {self._source(one)}"
        yield ""

    def _asked(self, asks: Any) -> str:
        said = []
        for asked in asks:
            cell = "<br>".join(map(code, lines_of(asked["cell"])))
            is_condition = asked["column"] == "when"
            said.append(
                cell if is_condition else f"{code(asked['column'])}{self.say['colon']}{cell}"
            )
        return f"<br>{self.say['and']}".join(said)

    # --- facts ----------------------------------------------------------------------------------

    def _facts(self) -> Iterator[str]:
        catalogue = self.catalogue
        names = {
            name
            for id, reads in catalogue.reads.items()
            if catalogue.home(id) == self.family
            for name in reads.facts
        }
        headings = [self.say[word] for word in ("fact", "type", "unit", "question")]
        yield from ("", f"## {self.say['facts_heading']}", "", self.say["facts_text"], "")
        yield from table(headings, fact_rows(catalogue.rulebook.vocabulary, names, self.lang))

    # --- parts of lines -------------------------------------------------------------------------

    def _item(self, what: str, text: str) -> str:
        return f"- {what}{self.say['colon']}{text}"

    def _link(self, id: str) -> str:
        return f"[{code(id)}]({self.catalogue.target(id, self.lang, self.family)})"

    def _source(self, one: Any) -> str:
        said = f"{prose(one['source'])}{self.say['open']}{label(one['basis'], self.lang)}"
        return f"{self.say['source'].capitalize()}{self.say['colon']}{said}{self.say['close']}"

    def _bound(self, bindings: Mapping[str, str]) -> str:
        each = (self.say["each"].format(code(one), code(place)) for one, place in bindings.items())
        return self.say["comma"].join(each)


def _columns(decision: Table) -> list[str]:
    """Return what a table asks, in the order of its columns."""
    places: dict[str, int] = {}
    for row in decision.rows:
        for clause in row.clauses:
            place = clause.position.column
            places[clause.column] = min(place, places.get(clause.column, place))
    return sorted(places, key=lambda column: places[column])


def _header(file: Path) -> Iterator[str]:
    """Yield the comment at the top of a rule file, which says what the file is for."""
    for line in file.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            return
        yield line.lstrip("#").strip()
