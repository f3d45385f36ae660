"""None of the ways in which durable-rules dies can be reached through the public face.

Each is tried in a process of its own, for what is looked for is a crash or a hang. The trial has to
end with the advice that the reference engine gives, or with an error that names what is wrong.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

pytest.importorskip("durable_rules_engine", reason="durable-rules does not run on Python 3.13")

ROOT = Path(__file__).parents[2]

PRELUDE = """
import datetime, gc, json, os, signal, sys, threading
import b2brules
import b2brules.engines.durable

# Each evaluation goes through the network, also where it has just seen the same.
b2brules.engines.durable.REMEMBERED = 0

def advise(book, deal, engine="durable"):
    return book.evaluate(deal, as_of=datetime.date(2026, 11, 21), engine=engine)

def conclude(book, deal, engine="durable"):
    return advise(book, deal, engine).conclusions
"""

CITED = 'project "Tests" | ours'


def output_of(program: str, *arguments: object, given: object = None) -> str:
    """Run a program in a process of its own, and return what it prints, or how it ended."""
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(program), *map(str, arguments)],
        input=json.dumps(given),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else f"{done.returncode}: {done.stderr}"


def ruleset(*rows: tuple[str, str, str], decisions: str = "", name: str = "tests") -> str:
    """A rule file with recommendations: id, bindings and condition of each."""
    lines = [f"ruleset: {name}", "owner: tests"]
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
        pytest.param(
            ruleset(
                ("same", TWO, "one.reports_to = other.id"),
                ("other", TWO, "one.name != other.name"),
            ),
            # Pairs of words that FNV-1a, by which the network tells ids apart, takes for the same.
            [
                {
                    "id": "costarring",
                    "people": [
                        {"id": "costarring", "name": "liquid", "reports_to": "zinke"},
                        {"id": "liquid", "name": "costarring", "reports_to": "costarring"},
                        {"id": "altarage", "name": "altarage", "reports_to": "macallums"},
                        {"id": "zinke", "name": "zinke", "reports_to": "declinate"},
                        {"id": "declinate", "reports_to": "altarage"},
                        {"id": "macallums", "reports_to": "declinate"},
                    ],
                },
                {"id": "liquid"},
            ],
            id="ids that the network takes for the same",
        ),
        pytest.param(
            ruleset(("same", TWO, "one.name = other.name"), ("other", TWO, "one.id != other.id")),
            [
                {
                    "people": [
                        {"id": "a" * 200, "name": "n" * 10_000},
                        {"id": "a" * 199, "name": "n" * 9_999},
                        {"id": "a" * 199 + "b", "name": "n" * 9_999 + "m"},
                        {"id": "名" * 200, "name": "名" * 10_000},
                    ]
                }
            ],
            id="the longest ids and names, and beginnings of others",
        ),
        pytest.param(
            ruleset(
                ("tiny", "", "superiority = 0.00001"),
                ("large", "", "superiority >= 1000000"),
                ("lower", "one in competitors", "one.superiority in ((0..0.5])"),
            ),
            [
                {"superiority": 1e-05, "competitors": [{"id": "c", "superiority": 1e-06}]},
                {"superiority": 0.00001, "competitors": [{"id": "c", "superiority": 1e12}]},
                {"superiority": 1e2, "competitors": [{"id": "c", "superiority": 0.0}, {"id": "d"}]},
            ],
            id="numbers that are written with an exponent",
        ),
        pytest.param(
            ruleset(
                ("either_way", "", "phase = lost or under_attack or superiority > 2"),
                ("neither_way", "", "not(phase = lost or under_attack)"),
                ("some_one", "", "some one in people satisfies one.support = enemy"),
                ("no_one", "", "count(people[support = enemy]) = 0"),
                ("left_alone", TWO, "one.support = enemy and not(other.reports_to = one.id)"),
            ),
            # Facts come and go, as if they were withdrawn.
            [
                {"phase": "lost", "under_attack": True, "superiority": 3, "people": PEOPLE},
                {"phase": "lost", "under_attack": None, "superiority": None, "people": PEOPLE[3:]},
                {"people": None},
                {"phase": "selling", "under_attack": False, "people": []},
                {"phase": "lost", "under_attack": True, "superiority": 3, "people": PEOPLE},
            ],
            id="alternatives, negation and what is missing, back and forth",
        ),
        pytest.param(
            ruleset(
                *[
                    (f"deep_{number}", "one in people, two in people, three in people", condition)
                    for number, condition in enumerate(
                        [
                            "phase = selling and one.support = enemy and two.reports_to = one.id "
                            "and three.layer = middle and three.reports_to = two.id "
                            "and one.layer != three.layer "
                            "and (one.layer = two.layer or two.layer = three.layer)",
                            "one.reports_to = two.id and two.reports_to = three.id",
                        ]
                    )
                ]
            ),
            [
                {"phase": "selling", "people": PEOPLE},
                {
                    "people": [
                        {"id": "p0"},
                        *[{"id": f"p{n}", "reports_to": f"p{n // 2}"} for n in range(1, 12)],
                    ]
                },
            ],
            id="three things, and a condition on each few of them",
        ),
        pytest.param(
            ruleset(
                *[
                    (f"each_{number}", "one in people", f"superiority >= {number}")
                    for number in range(100)
                ],
                *[
                    (f"pair_{number}", TWO, f"one.reports_to = other.id or superiority > {number}")
                    for number in range(100)
                ],
            ),
            [
                {"superiority": 200, "people": [{"id": f"p{n}"} for n in range(15)]},
                {"superiority": 70, "people": PEOPLE},
            ],
            id="100 conditions on each of many things and pairs, all of them true",
        ),
    ],
)
def test_no_way_to_crash_the_network_can_be_reached(
    tmp_path: Path, rules: str, documents: list[object]
) -> None:
    program = """
    rules, documents = json.load(sys.stdin)
    open(sys.argv[1], "w", encoding="utf-8").write(rules)
    book = b2brules.load_rulebook(sys.argv[1])
    for document in documents:
        before = json.dumps(document)
        assert conclude(book, document) == conclude(book, document, "reference"), document
        assert json.dumps(document) == before
    print("the same")
    """
    path = tmp_path / "tests.yaml"
    assert output_of(program, path, given=[rules, documents]) == "the same"


def test_ctrl_c_at_any_moment_leaves_an_engine_that_goes_on() -> None:
    program = """
    # As Ctrl-C does it, at moments that a timer chooses.
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    book = b2brules.load_rulebook()
    deal = book.read("tests/benchmarks/full_deal.yaml")
    wanted = conclude(book, deal, "reference")
    assert conclude(book, deal) == wanted
    stopped = 0
    for number in range(200):
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.0005 + number * 0.00003)
            while True:
                assert conclude(book, deal) == wanted
        except KeyboardInterrupt:
            stopped += 1
    assert conclude(book, deal) == wanted
    print(stopped)
    """
    assert output_of(program) == "200"


def test_an_error_while_advice_is_put_into_words_leaves_an_engine_that_goes_on() -> None:
    program = """
    import b2brules.rulebook
    book = b2brules.load_rulebook()
    deal = book.read("tests/benchmarks/full_deal.yaml")
    wanted = conclude(book, {}, "reference")
    build = b2brules.rulebook.build_advice
    def fail(*arguments, **options):
        raise ZeroDivisionError
    for number in range(100):
        b2brules.rulebook.build_advice = fail
        try:
            advise(book, deal)
        except ZeroDivisionError:
            b2brules.rulebook.build_advice = build
        try:
            advise(book, deal).to_text(width=-1)
        except ValueError:
            assert conclude(book, {}) == wanted
            print("goes on") if number == 99 else None
    """
    assert output_of(program) == "goes on"


def test_no_deals_and_a_pipeline_that_is_left_midway_leave_an_engine_that_goes_on() -> None:
    program = """
    book = b2brules.load_rulebook()
    many = dict(as_of=datetime.date(2026, 11, 21), engine="durable")
    assert list(book.evaluate_many([], **many)) == []
    deal = book.read("tests/benchmarks/full_deal.yaml")
    for _ in range(20):
        left = book.evaluate_many([deal, {}, deal], **many)
        next(left)
        assert conclude(book, {}) == conclude(book, {}, "reference")
        mixed = [{}, deal, {}, {"people": []}, deal]
        said = [advice.conclusions for advice in book.evaluate_many(mixed, **many)]
        assert said == [conclude(book, one, "reference") for one in mixed]
    print("goes on")
    """
    assert output_of(program) == "goes on"


def test_many_threads_on_one_rulebook_each_get_the_advice_on_their_own_deal() -> None:
    program = """
    book = b2brules.load_rulebook()
    deals = [book.read("tests/benchmarks/full_deal.yaml"), {}, {"phase": "lost"}, {"people": []}]
    wanted = [conclude(book, deal, "reference") for deal in deals]
    wrong, right = [], []
    def work(number):
        for round in range(10):
            at = (number + round) % len(deals)
            (right if conclude(book, deals[at]) == wanted[at] else wrong).append(at)
    sys.setswitchinterval(1e-5)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print(len(right), len(wrong), threading.active_count())
    """
    assert output_of(program) == "80 0 1"


def test_rulebooks_by_the_thousand_live_side_by_side_and_go_while_others_are_at_work() -> None:
    program = """
    open(sys.argv[1], "w", encoding="utf-8").write(json.load(sys.stdin))
    small = b2brules.load_rulebook(sys.argv[1])
    shipped = b2brules.load_rulebook()
    deal = shipped.read("tests/benchmarks/full_deal.yaml")
    wanted = [conclude(small, {"phase": "lost"}, "reference"), conclude(shipped, deal, "reference")]
    wrong = []
    def work():
        for _ in range(40):
            if conclude(shipped, deal) != wanted[1]:
                wrong.append("the shipped one")
    sys.setswitchinterval(1e-5)
    thread = threading.Thread(target=work)
    thread.start()
    books = []
    for number in range(1100):
        book = b2brules.Rulebook(small._book)
        if conclude(book, {"phase": "lost"}) != wanted[0]:
            wrong.append(number)
        books.append(book)
    for book in books[::100]:
        if conclude(book, {"phase": "lost"}) != wanted[0]:
            wrong.append("an old one")
    while books:
        del books[::2]
        gc.collect()
        if books and conclude(books[-1], {"phase": "lost"}) != wanted[0]:
            wrong.append("one that is left")
    thread.join()
    print(wrong)
    """
    rules = ruleset(("lost_one", "", "phase = lost"))
    with tempfile.TemporaryDirectory() as folder:
        assert output_of(program, Path(folder, "tests.yaml"), given=rules) == "[]"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_process_that_was_forked_off_goes_on_though_a_thread_was_at_work() -> None:
    program = """
    book = b2brules.load_rulebook()
    deal = book.read("tests/benchmarks/full_deal.yaml")
    wanted = conclude(book, deal, "reference")
    assert conclude(book, deal) == wanted
    done = threading.Event()
    rounds = 30
    def work():
        while not done.is_set():
            assert conclude(book, deal) == wanted
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    statuses = {0}
    while len(statuses) == 1 and (rounds := rounds - 1):
        child = os.fork()
        if not child:
            signal.alarm(30)  # a child that waits for a thread which is not there ends by this
            os._exit(0 if all(conclude(book, deal) == wanted for _ in range(3)) else 1)
        statuses.add(os.waitpid(child, 0)[1])
    done.set()
    thread.join()
    assert conclude(book, deal) == wanted
    print(statuses)
    """
    assert output_of(program) == "{0}"


def test_four_thousand_rules_run_and_one_more_is_refused_by_name(tmp_path: Path) -> None:
    program = """
    for name, text in json.load(sys.stdin).items():
        open(f"{sys.argv[1]}/{name}.yaml", "w", encoding="utf-8").write(text)
    book = b2brules.load_rulebook(sys.argv[1])
    for superiority in (2000, 70, 0):
        deal = {"superiority": superiority}
        said = conclude(book, deal)
        assert said == conclude(book, deal, "reference")
        print(len(said.matches))
    one_more = json.load(open(f"{sys.argv[1]}/one_more.json"))
    open(f"{sys.argv[1]}/one_more.yaml", "w", encoding="utf-8").write(one_more)
    try:
        b2brules.load_rulebook(sys.argv[1])
    except b2brules.RulebookError as error:
        print(*(finding.message for finding in error.diagnostics))
    """
    files = {
        f"part_{part}": ruleset(
            *[(f"rule_{part}_{number}", "", f"superiority >= {number}") for number in range(1000)],
            name=f"part_{part}",
        )
        for part in range(4)
    }
    one_more = ruleset(("rule_more", "", "phase = lost"), name="one_more")
    (tmp_path / "one_more.json").write_text(json.dumps(one_more), "utf-8")
    assert output_of(program, tmp_path, given=files).splitlines() == [
        "4000",
        "284",
        "4",
        "there are 4001 rows and recommendations, and 4000 at most",
    ]


def test_what_durable_rules_gets_wrong_is_refused_in_a_rule_file_by_name(tmp_path: Path) -> None:
    refused = {
        ruleset(("hangs", "one in people", 'matches(one.name, "(a+)+b")')): "`matches`",
        ruleset(("wide", ", ".join(f"x{n} in people" for n in range(13)), "phase = lost")): (
            "3 things at most"
        ),
        ruleset(("wide", ", ".join(f"x{n} in people" for n in range(4)), "phase = lost")): (
            "3 things at most"
        ),
        ruleset(("x" * 513, "", "phase = lost")): "`xxx",
        ruleset(("mixed", "", 'superiority >= "5"')): '`"5"`',
        ruleset(("mixed", "", 'under_attack = "true"')): '`"true"`',
        ruleset(("mixed", "", "under_attack = 1")): "`1`",
        ruleset(("ordered", TWO, "one.name < other.name")): "`<` does not go with a text",
    }
    program = """
    said = []
    for rules in json.load(sys.stdin):
        open(sys.argv[1], "w", encoding="utf-8").write(rules)
        try:
            conclude(b2brules.load_rulebook(sys.argv[1]), {})
            said.append("nothing")
        except b2brules.RulebookError as error:
            said.append(str(error.diagnostics[0]) + str(error))
    print(json.dumps(said))
    """
    said = json.loads(output_of(program, tmp_path / "tests.yaml", given=list(refused)))
    told = zip(said, refused.values(), strict=True)
    assert [(line, name) for line, name in told if name not in line] == []


def test_what_durable_rules_gets_wrong_is_refused_in_a_deal_by_name() -> None:
    refused = {
        '{"superiority": NaN}': "superiority: `NaN` is not a number",
        '{"superiority": Infinity}': "superiority: `Infinity` is not a number",
        '{"superiority": -Infinity}': "superiority: `-Infinity` is not a number",
        '{"superiority": 1e999999}': "superiority: `Infinity` is not a number",
        '{"amount": {"amount": NaN, "currency": "CNY"}}': "amount: `NaN` is not a number",
        '{"competitors": [{"id": "c", "superiority": NaN}]}': "competitors[c].superiority: `NaN`",
        '{"superiority": "5"}': 'superiority: `"5"` is text',
        '{"superiority": true}': "superiority: `true` is not a number",
        '{"under_attack": 1}': "under_attack: `1`",
        '{"under_attack": "true"}': "under_attack: `",
        '{"people": [{"id": "1"}, {"id": 1}]}': "people[#2].id: `1` is not text",
        '{"people": [{"id": "true"}, {"id": true}]}': "people[#2].id: `true` is not text",
        '{"people": [{"id": "a"}, {"id": "a"}]}': "people[#2].id: `a`",
        '{"people": [{}]}': "people[#1].id: the id is missing",
        f'{{"{"x" * 513}": 1}}': "is not a fact of the deal",
        f'{{"id": "{"x" * 513}"}}': "id: `xxx",
        f'{{"people": [{{"id": "{"x" * 513}"}}]}}': "people[#1].id: `xxx",
        f'{{"name": "{"n" * 65_537}"}}': "name: the text has 65537 characters",
        '{"people": [{"id": "a\\u0000b"}]}': "people[#1].id: the text has a control character",
    }
    program = """
    book = b2brules.load_rulebook()
    said = []
    for document in json.load(sys.stdin):
        for engine in ("durable", "python", "reference"):
            try:
                advise(book, json.loads(document), engine)
                said.append("nothing")
            except b2brules.FactsError as error:
                said.append(str(error))
    assert conclude(book, {}) == conclude(book, {}, "reference")
    print(json.dumps(said))
    """
    said = json.loads(output_of(program, given=list(refused)))
    told = zip(said, [name for name in refused.values() for _ in range(3)], strict=True)
    assert [(line, name) for line, name in told if name not in line] == []


def test_a_deal_of_more_pairs_than_memory_has_room_for_is_refused(tmp_path: Path) -> None:
    program = """
    from b2brules.engines.rete import NetworkError
    open(sys.argv[1], "w", encoding="utf-8").write(json.load(sys.stdin))
    book = b2brules.load_rulebook(sys.argv[1])
    try:
        conclude(book, {"people": [{"id": f"p{number}"} for number in range(40)]})
    except NetworkError as error:
        print(error)
    few = {"people": [{"id": f"p{number}"} for number in range(9)]}
    assert conclude(book, few) == conclude(book, few, "reference")
    """
    asked = "count(one.has_veto, other.has_veto, third.has_veto) = 2"
    rules = ruleset(("alike", f"{TWO}, third in people", asked))
    assert output_of(program, tmp_path / "tests.yaml", given=rules) == (
        "the deal comes to 59320 facts and pairs of things, and the durable engine holds 50000 at "
        "most; another engine can take them"
    )
