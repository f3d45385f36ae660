"""The workload, run by this library and by the engines of others that are installed."""

from __future__ import annotations

import datetime
import importlib
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeAlias

import b2brules
from b2brules.language import tree
from b2brules.ruleset.model import Clause, Table
from tests.benchmarks.workload import RULES_FILE, Answer, Facts, answer

AS_OF = datetime.date(2026, 11, 21)
Run: TypeAlias = Callable[[list[Facts]], list[Answer]]


def by_hand() -> Run:
    """Plain Python, for scale."""
    return lambda deals: [answer(facts) for facts in deals]


def b2brules_many() -> Run:
    """This library, from mappings: reading and checking the facts is part of it."""
    book = b2brules.load_rulebook(RULES_FILE)
    key = ("next_move", None)

    def run(deals: list[Facts]) -> list[Answer]:
        answers: list[Answer] = []
        for advice in book.evaluate_many(deals, as_of=AS_OF):
            concluded = advice.conclusions
            (outcome,) = concluded.decisions[key].candidates  # type: ignore[union-attr]
            answers.append((outcome, [int(match.rule[5:]) for match in concluded.matches]))
        return answers

    return run


def b2brules_one() -> Run:
    """This library, one call a deal."""
    book = b2brules.load_rulebook(RULES_FILE)
    key = ("next_move", None)

    def run(deals: list[Facts]) -> list[Answer]:
        answers: list[Answer] = []
        for facts in deals:
            concluded = book.evaluate(facts, as_of=AS_OF).conclusions
            (outcome,) = concluded.decisions[key].candidates  # type: ignore[union-attr]
            answers.append((outcome, [int(match.rule[5:]) for match in concluded.matches]))
        return answers

    return run


def zen_one() -> Run:
    """zen-engine, one call a deal."""
    zen = importlib.import_module("zen")
    decision = zen.ZenEngine().create_decision(json.dumps(_zen_model()))

    def run(deals: list[Facts]) -> list[Answer]:
        results = (decision.evaluate(facts)["result"] for facts in deals)
        return [_zen_answer(result) for result in results]

    return run


def zen_batch() -> Run:
    """zen-engine, its batch call, which uses every core."""
    zen = importlib.import_module("zen")
    loader = {"type": "static", "content": {"workload": _zen_model()}}
    engine = zen.ZenEngine({"loader": loader})

    def run(deals: list[Facts]) -> list[Answer]:
        asked = [{"key": "workload", "context": facts} for facts in deals]
        return [_zen_answer(one["data"]["result"]) for one in engine.evaluate_batch(asked)]

    return run


PEERS: dict[str, Callable[[], Run]] = {
    "plain Python": by_hand,
    "b2brules, evaluate_many": b2brules_many,
    "b2brules, evaluate": b2brules_one,
    "zen-engine, one call": zen_one,
    "zen-engine, batch": zen_batch,
}


def _zen_answer(result: dict[str, Any]) -> Answer:
    return result["outcome"], [one["rule"] for one in result.get("rules") or []]


def _zen_model() -> dict[str, Any]:
    """Return the rule file as zen-engine's own tables."""
    book = b2brules.load_rulebook(RULES_FILE)._book
    table = book.decisions["next_move"]
    assert isinstance(table, Table)
    rows = [(row.clauses, json.dumps(row.then)) for row in table.rows]
    rules = [
        (rule.clauses, rule.id.removeprefix("rule_")) for rule in book.recommendations.values()
    ]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "out", "type": "outputNode", "name": "out"},
        _zen_table("table", "first", rows, "outcome"),
        _zen_table("rules", "collect", rules, "rule"),
    ]
    nodes[3]["content"]["outputPath"] = "rules"
    edges = [("in", "table"), ("in", "rules"), ("table", "out"), ("rules", "out")]
    for node in nodes:
        node["position"] = {"x": 0, "y": 0}
    return {
        "nodes": nodes,
        "edges": [
            {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
            for one, other in edges
        ],
    }


def _zen_table(
    name: str, policy: str, rows: list[tuple[tuple[Clause, ...], str]], output: str
) -> dict[str, Any]:
    tests = [(dict(_zen_tests(clauses)), then) for clauses, then in rows]
    inputs = sorted({field for cells, _ in tests for field in cells})
    return {
        "id": name,
        "type": "decisionTableNode",
        "name": name,
        "content": {
            "hitPolicy": policy,
            "inputs": [{"id": field, "name": field, "field": field} for field in inputs],
            "outputs": [{"id": "output", "name": output, "field": output}],
            "rules": [
                {"_id": f"{name}{number}", "output": then}
                | {field: cells.get(field, "") for field in inputs}
                for number, (cells, then) in enumerate(tests)
            ],
        },
    }


def _zen_tests(clauses: tuple[Clause, ...]) -> list[tuple[str, str]]:
    return [test for clause in clauses for test in _zen_test(clause.condition)]


def _zen_test(condition: tree.Condition) -> list[tuple[str, str]]:
    """Return fields and cells: the workload compares facts with constants, and nothing else."""
    match condition:
        case tree.And(conditions=parts):
            return [test for part in parts for test in _zen_test(part)]
        case tree.Always():
            return []
        case tree.Holds(value=tree.Fact(path=(name,))):
            return [(name, "true")]
        case tree.Not(condition=tree.Holds(value=tree.Fact(path=(name,)))):
            return [(name, "false")]
        case tree.Compare(operator=sign, left=tree.Fact(path=(name,)), right=tree.Constant() as to):
            return [(name, _zen_cell(sign, to))]
        case tree.Among(value=tree.Fact(path=(name,)), tests=tests, negated=negated):
            cells = [_zen_cell(sign, to) for test in tests for sign, to in test.bounds]
            return [(name, f"!= {cells[0]}" if negated else ", ".join(cells))]
        case _:
            raise AssertionError(condition)


def _zen_cell(sign: str, to: tree.Value) -> str:
    assert isinstance(to, tree.Constant)
    value = int(to.value) if isinstance(to.value, Decimal) else to.value
    return json.dumps(value) if sign == "=" else f"{sign} {json.dumps(value)}"
