"""The durable engine stays inside what durable-rules does safely, whatever rules and facts come.

Each known way to crash or hang the network is tried in a process of its own, through the public
face: it has to end with the advice that the reference engine gives.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from b2brules.engines.rete import Fact, Network, NetworkError, Pattern

pytest.importorskip("durable_rules_engine", reason="durable-rules does not run on Python 3.13")

ROOT = Path(__file__).parents[2]

PROGRAM = """
import datetime, json, sys
import b2brules
rules, documents = json.loads(sys.stdin.read())
open(sys.argv[1], "w", encoding="utf-8").write(rules)
book = b2brules.load_rulebook(sys.argv[1])
for document in documents:
    said = [
        book.evaluate(document, as_of=datetime.date(2026, 11, 21), engine=engine).conclusions
        for engine in ("durable", "reference")
    ]
    assert said[0] == said[1], document
print("the same")
"""

CITED = 'project "Tests" | ours'


def agrees(folder: Path, rules: str, documents: list[object]) -> str:
    """Run both engines in a process of its own, and return what it says at the end."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder / "tests.yaml")],
        input=json.dumps([rules, documents]),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout.strip() or done.stderr


def ruleset(*rows: tuple[str, str, str], decisions: str = "") -> str:
    """A rule file with recommendations: id, bindings and condition of each."""
    lines = ["ruleset: tests", "owner: tests"]
    if decisions:
        lines += ["decisions:", *textwrap.indent(textwrap.dedent(decisions), "  ").splitlines()]
    lines += [
        "recommendations: |",
        "  id | for | when || target | prime | owner | within | priority | source | basis",
    ]
    lines += [
        f"  {id} | {bindings or '-'} | {when} || {bindings.split(' ')[0] if bindings else '-'} | - "
        f"| presales | 7 days | 2 | {CITED}"
        for id, bindings, when in rows
    ]
    lines.append("text: |")
    for id, _, _ in rows:
        lines += [f"  {id}", "    action en: Do.", "    action zh: 做。"]
        lines += ["    why en: So.", "    why zh: 因此。"]
    return "\n".join(lines) + "\n"


TWO = "one in people, other in people"
PEOPLE = [
    {"id": "p1", "support": "enemy", "layer": "executive", "influences": ["p2", "p3"]},
    {"id": "p2", "support": "supporter", "layer": "middle", "reports_to": "p1"},
    {"id": "p3", "support": "mentor", "reports_to": "p1", "conflicts_with": ["p2"]},
    {"id": "p4", "layer": "middle"},
]


@pytest.mark.parametrize(
    ("rules", "documents"),
    [
        pytest.param(
            ruleset(("join", TWO, "one.layer != other.layer")),
            [{"people": PEOPLE}],
            id="a join on anything but equality that is false",
        ),
        pytest.param(
            ruleset(("join", TWO, "one.reports_to = other.id and one.id != other.id")),
            [{"people": PEOPLE}],
            id="a join on an earlier fact's id",
        ),
        pytest.param(
            ruleset(("lost_one", "", "phase = lost")),
            [{}, {"phase": "selling"}, {"people": []}],
            id="a state in which no rule ever fired, and no facts at all",
        ),
        pytest.param(
            ruleset(("ever", "", "phase = selling")),
            [{"id": f"d{number}", "phase": "selling"} for number in range(1100)],
            id="the 1,025th deal",
        ),
        pytest.param(
            ruleset(*[(f"same_{number}", "", "phase = selling") for number in range(300)]),
            [{"phase": "selling"}, {"phase": "lost"}, {}],
            id="300 rules that end in the identical condition",
        ),
        pytest.param(
            ruleset(
                *[
                    (f"same_{number}", TWO, "one.reports_to = other.id and other.support = enemy")
                    for number in range(300)
                ]
            ),
            [{"people": PEOPLE}],
            id="300 joins that end in the identical condition",
        ),
        pytest.param(
            ruleset(
                *[(f"other_{number}", "", f"superiority >= {number}") for number in range(600)]
            ),
            [{"superiority": 599}, {"superiority": 70}, {}],
            id="600 conditions side by side, all of them true",
        ),
        pytest.param(
            ruleset(
                ("across", "one in competitors, other in people", "one.superiority / 0 > 1"),
                ("division", "", "superiority / (superiority - 1) > 2"),
            ),
            [
                {
                    "superiority": 1,
                    "people": PEOPLE,
                    "competitors": [{"id": "c", "superiority": 2}],
                },
                {"superiority": 1.5},
            ],
            id="arithmetic across facts, and a division by zero",
        ),
        pytest.param(
            ruleset(("same", TWO, "one.reports_to = other.id")),
            [
                {
                    "people": [
                        {"id": "1"},
                        {"id": "1.0", "reports_to": "1"},
                        {"id": "true", "reports_to": "1.0"},
                        {"id": "1e-05", "reports_to": "true"},
                    ]
                }
            ],
            id="ids that look like numbers and truths",
        ),
        pytest.param(
            ruleset(("same", TWO, "one.reports_to = other.id and other.name is known")),
            [
                {
                    "people": [
                        {"id": "a", "name": '"}]}' + "\\u0000" * 3},
                        {"id": "b", "name": "名" * 2000, "reports_to": "a"},
                    ]
                }
            ],
            id="names that a parser could trip over",
        ),
    ],
)
def test_no_way_to_crash_the_network_can_be_reached(
    tmp_path: Path, rules: str, documents: list[object]
) -> None:
    assert agrees(tmp_path, rules, documents) == "the same"


def test_ctrl_c_at_any_moment_leaves_an_engine_that_goes_on() -> None:
    program = """
    import datetime, signal
    import b2brules
    # As Ctrl-C does it, at moments that a timer chooses.
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    book = b2brules.load_rulebook()
    deal = book.read("tests/benchmarks/full_deal.yaml")
    def advise(engine):
        return book.evaluate(deal, as_of=datetime.date(2026, 11, 21), engine=engine).conclusions
    wanted = advise("reference")
    assert advise("durable") == wanted
    stopped = 0
    for number in range(200):
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.0005 + number * 0.00003)
            while True:
                assert advise("durable") == wanted
        except KeyboardInterrupt:
            stopped += 1
    assert advise("durable") == wanted
    print(stopped)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("200\n", "")


def test_too_many_rules_are_refused_by_name_before_any_of_them_runs() -> None:
    rules = {f"r{number}": [Pattern("deal", number)] for number in range(4_001)}
    with pytest.raises(NetworkError, match="4000 rows and recommendations at most"):
        Network(rules, dict.fromkeys(rules, 0))
    long = {"wide": [Pattern("deal", number) for number in range(13)]}
    with pytest.raises(NetworkError, match="`wide` joins 13 things"):
        Network(long, {"wide": 0})


def test_the_agenda_fires_by_priority() -> None:
    rules = {"late": [Pattern("deal", 0)], "early": [Pattern("deal", 1)]}
    network = Network(rules, {"late": 5, "early": 1})
    with network.memory() as memory:
        memory.assert_facts([Fact(kind="deal", keys=(), flags=(0, 1))])
        assert [name for name, _ in memory.fire()] == ["early", "late"]


def test_a_working_memory_begins_empty_even_after_an_error() -> None:
    network = Network({"rule": [Pattern("deal", 0)]}, {"rule": 0})

    def break_off() -> None:
        with network.memory() as memory:
            memory.assert_facts([Fact(kind="deal", keys=(), flags=(0,))])
            raise ZeroDivisionError

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            break_off()
    with network.memory() as memory:
        assert memory.fire() == []
