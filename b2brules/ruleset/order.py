"""The graph of decisions: which reads which, and which of them need facts of the deal."""

from __future__ import annotations

import graphlib
import heapq
from collections.abc import Mapping

from b2brules.language import reads
from b2brules.language.tree import DecisionValue, Fact, Items
from b2brules.ruleset.asking import Rule, asked_by, bindings_of
from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.located import Place
from b2brules.ruleset.model import Decision, Recommendation

ACCOUNT = "account"
CURRENCY = ("currency",)


def order_decisions(decisions: Mapping[str, Decision], findings: Findings) -> dict[str, Decision]:
    """Put each decision after those that it reads, otherwise in the order of the files.

    Cycles are reported, and the decisions in them left out.
    """
    graph = {name: _names_read(decision, decisions) for name, decision in decisions.items()}
    places = {
        name: Place(
            path=decision.position.path,
            line=decision.position.line,
            column=decision.position.column,
            length=len(name),
        )
        for name, decision in decisions.items()
    }
    rank = {name: number for number, name in enumerate(decisions)}
    while True:
        sorter = graphlib.TopologicalSorter(graph)
        try:
            sorter.prepare()
            break
        except graphlib.CycleError as error:
            # Each in the list is read by the next one.
            cycle = [str(name) for name in reversed(error.args[1])]
            report_cycle(cycle, places, findings)
            graph = {
                name: before - set(cycle) for name, before in graph.items() if name not in cycle
            }
    ordered: dict[str, Decision] = {}
    ready: list[tuple[int, str]] = []
    while sorter.is_active():
        for name in sorter.get_ready():
            heapq.heappush(ready, (rank[name], name))
        _, name = heapq.heappop(ready)
        ordered[name] = decisions[name]
        sorter.done(name)
    return ordered


def report_cycle(cycle: list[str], places: Mapping[str, Place], findings: Findings) -> None:
    """Report decisions that wait for one another.

    Each in ``cycle`` is followed by one that it reads, and the last is the first again; ``places``
    are in the order of the files.
    """
    members = cycle[:-1]
    first = min(members, key=list(places).index)
    start = members.index(first)
    turned = [*members[start:], *members[:start], first]
    findings.report(
        places[first],
        code="decision-cycle",
        message="these decisions wait for one another: "
        + " -> ".join(f"`{name}`" for name in turned),
        help="take one of these questions out of one of the tables",
    )


def deal_readers(
    decisions: Mapping[str, Decision], recommendations: Mapping[str, Recommendation]
) -> tuple[frozenset[str], frozenset[str]]:
    """Find the rules that read facts of the deal itself, which an account review leaves out.

    Each of the ``decisions`` stands after those that it reads.

    Returns:
        The names of the decisions, and the ids of the recommendations.
    """
    found: set[str] = set()
    for name, decision in decisions.items():
        if _reads_the_deal(decision, found):
            found.add(name)
    advised = frozenset(id for id, rule in recommendations.items() if _reads_the_deal(rule, found))
    return frozenset(found), advised


def _names_read(decision: Decision, decisions: Mapping[str, Decision]) -> set[str]:
    nodes = (node for asked in asked_by(decision) for node in reads(asked))
    names = {node.name for node in nodes if isinstance(node, DecisionValue)}
    return {name for name in names if name in decisions}


def _reads_the_deal(rule: Rule, of_the_deal: set[str]) -> bool:
    if any(binding.list[0] != ACCOUNT for binding in bindings_of(rule)):
        return True
    for node in (node for asked in asked_by(rule) for node in reads(asked)):
        match node:
            # The facts of a list's things need no look: the list itself is among the nodes.
            case Fact(variable=None, path=path) if path[0] != ACCOUNT and path != CURRENCY:
                return True
            case Items(list=path) if path[0] != ACCOUNT:
                return True
            case DecisionValue(name=name) if name in of_the_deal:
                return True
    return False
