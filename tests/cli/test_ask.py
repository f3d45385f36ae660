"""`b2brules ask`: what it asks, and how it understands what is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import b2brules
from b2brules.advice.wrapping import width_of
from b2brules.facts.document import read_document
from b2brules.facts.writing import write_deal
from tests.cli.conftest import SOURCES

CROWD = """\
ruleset: crowd
owner: sales-operations
decisions:
  friends:
    outcomes: yes, no
    hit_policy: first
    table: |
      id    | when                                                    || then | source      | basis
      many  | some person in people satisfies person.support = mentor || yes  | project "B" | ours
      alone | otherwise                                               || no   | project "B" | ours
text: |
  friends
    en: Have we a friend there?
    zh: 我们有朋友吗？
  friends = yes
    en: We have.
    zh: 有。
  friends = no
    en: We have none.
    zh: 没有。
  many
    en: One of them is for us.
    zh: 有人支持我们。
  alone
    en: Nobody is for us.
    zh: 没有人支持我们。
"""


@pytest.fixture
def ask(run: Callable[..., Any], rules: Path) -> Callable[..., Any]:
    """How to be interviewed with the small rules, giving one answer a line."""

    def ask_with(*arguments: object, answers: str | bytes = "") -> Any:
        return run("ask", "--rules", rules, "--as-of", "2026-11-21", *arguments, stdin=answers)

    return ask_with


def asked(err: str) -> list[str]:
    """Return the names of the facts that were asked for."""
    return re.findall(r"^\d+\. [^>]*?[(（]([\w.\[\]/]+)[)）]$", err, re.MULTILINE)


# --- the questions ------------------------------------------------------------------------------


def test_the_question_that_settles_most_comes_first_after_every_answer(
    ask: Callable[..., Any], rules: Path, tmp_path: Path
) -> None:
    book = b2brules.load_rulebook(rules)
    deal: dict[str, object] = {}
    answers = {"superiority": 4, "amount": 20000, "currency": "CNY"}
    order = []
    while questions := book.evaluate(book.read(deal), as_of=date(2026, 11, 21)).questions:
        order.append(questions[0].fact)
        deal[order[-1]] = answers[order[-1]]
    assert len(order) == 3
    done = ask(answers="".join(f"{answers[fact]}\n" for fact in order))
    assert asked(done.err) == order
    assert "There is nothing left to ask." in done.err
    (tmp_path / "asked.yaml").write_text(done.out, encoding="utf-8")
    assert book.read(tmp_path / "asked.yaml") == book.read(deal)
    assert done.status == 0


def test_a_question_that_was_skipped_is_not_asked_again(ask: Callable[..., Any]) -> None:
    done = ask(answers="\n" * 10)
    assert len(asked(done.err)) == len(set(asked(done.err))) == 2
    assert done.out == "name:\n"


def test_it_goes_on_with_a_deal(ask: Callable[..., Any], deal: Path) -> None:
    done = ask(deal, answers="enemy\n")
    assert asked(done.err)[0] == "people[p2].support"
    before = deal.read_text(encoding="utf-8")
    assert done.out.splitlines()[:2] == ["name: Fee collection", "currency: CNY"]
    assert done.out.endswith("  - id: p2\n    support: enemy\n")
    assert len(done.out.splitlines()) == len(before.splitlines()) + 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_speaks_both_languages_in_80_columns(ask: Callable[..., Any], lang: str) -> None:
    answers = "?\n建议\n人员\n李伟\n\n\namount: 20000 CNY\nadvice\nmaybe\nenemy\n"
    done = ask("--lang", lang, answers=answers)
    assert max(map(width_of, done.err.splitlines())) <= 80
    words = ("领先", "李伟", "反对者（enemy）") if lang == "zh" else ("strategy", "李伟", "1 enemy")
    assert all(word in done.err for word in words)


def test_the_same_answers_have_the_same_outcome_byte_by_byte(ask: Callable[..., Any]) -> None:
    answers = "4\npeople\nMr Berg\n\nMs Aune\n\n\n?\nadvice\n\n"
    assert ask(answers=answers) == ask(answers=answers)


def test_why_names_what_an_answer_settles(ask: Callable[..., Any], deal: Path) -> None:
    err = ask(deal, answers="?\n").err
    assert "An answer can settle:\n   - How do we treat p2? suppress or defend" in err
    assert "(people[p2].stance)" in err


def test_the_advice_so_far_is_short(ask: Callable[..., Any], deal: Path) -> None:
    err = ask(deal, answers="advice\n").err
    assert "   2 of 2 decisions are made.\n   - How large is the deal? It is large.\n" in err
    assert "1. Answer the objections of 李伟. [Presales · by 2026-11-28]\n" in err


def test_it_says_when_what_matters_is_settled(ask: Callable[..., Any]) -> None:
    done = ask("--about", "strategy", answers="4\n")
    assert asked(done.err)[0] == "superiority"
    assert "Settled: strategy = frontal. Type `done` to finish, or go on" in done.err
    assert asked(done.err)[1:]
    assert "Settled" not in ask("--about", "strategy", answers="\n").err


def test_a_decision_that_does_not_exist_is_refused(ask: Callable[..., Any]) -> None:
    done = ask("--about", "stratgy")
    assert done.err == "b2brules: there is no decision `stratgy`; did you mean `strategy`?\n"
    assert done.status == 2


# --- the answers --------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["enemy", "反对者", "1", "１", "Enemy"])
def test_an_answer_is_a_word_its_label_or_its_number(
    ask: Callable[..., Any], deal: Path, typed: str
) -> None:
    assert ask(deal, answers=f"{typed}\n").out.endswith("- id: p2\n    support: enemy\n")


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("superiority", "high", "high"),
        ("superiority", "-1", -1),
        ("phase", "seling", "seling"),
        ("created", "2026-02-30", "2026-02-30"),
        ("changes", "price, prize", ["price", "prize"]),
        ("currency", "cny", "cny"),
        ("partner_involved", "perhaps", "perhaps"),
        ("amount", "much", "much"),
        ("people", "[{name: Li}]", [{"name": "Li"}]),
    ],
)
def test_a_wrong_answer_has_the_message_of_a_file_and_is_asked_again(
    ask: Callable[..., Any], rules: Path, fact: str, typed: str, value: object
) -> None:
    book = b2brules.load_rulebook(rules)
    with pytest.raises(b2brules.FactsError) as caught:
        book.read({fact: value})
    done = ask(answers=f"{fact}: {typed}\n")
    said = " ".join(done.err.split())
    assert all(problem.message in said for problem in caught.value.problems)
    assert done.out == "name:\n"


def test_any_fact_can_be_stated_and_made_unknown_again(ask: Callable[..., Any]) -> None:
    answers = "name: Fee: phase 2\npartner_involved: yes\nchanges: 2, 1\nsuperiority：2\n"
    done = ask(answers=answers)
    assert "   changes = price, specification\n" in done.err
    assert done.out == (
        'name: "Fee: phase 2"\nchanges: [specification, price]\nsuperiority: 2\n'
        "partner_involved: true\n"
    )
    assert "superiority" not in ask(answers=f"{answers}superiority:\n").out


def test_a_step_is_taken_back(ask: Callable[..., Any]) -> None:
    done = ask(answers="4\n\nback\nback\nback\n5\n")
    assert asked(done.err)[0] == asked(done.err)[-2] == "amount"
    assert "There is nothing to take back." in done.err
    assert done.out == "amount: 5\n"


def test_people_are_added_by_name_with_a_short_id(ask: Callable[..., Any]) -> None:
    done = ask(
        answers='people\nMr Berg\n\nMs Aune\np1\naune\n"done"\nback\n\npeople[p1].title: CTO\n'
    )
    assert "`p1` is the id of #1 already; every id is unique" in done.err
    assert done.out == (
        "people:\n  - id: p1\n    name: Mr Berg\n    title: CTO\n  - id: aune\n    name: Ms Aune\n"
    )


def test_the_question_for_a_list_is_answered_by_names(
    run: Callable[..., Any], tmp_path: Path
) -> None:
    for name, text in [("sources", SOURCES), ("crowd", CROWD)]:
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    ask = ("ask", "--rules", tmp_path)
    named = run(*ask, stdin="王主任\n\n\nback\nLi\n\n\n")
    assert asked(named.err) == ["people", "people[p1].support", "people", "people[p1].support"]
    assert named.out == "people:\n  - id: p1\n    name: Li\n"
    assert run(*ask, stdin="none\n").out == run(*ask, stdin="[]\n").out == "people: []\n"
    assert run(*ask, stdin="\n").out == "name:\n"


def test_the_end_of_the_input_loses_nobody(ask: Callable[..., Any]) -> None:
    assert ask(answers="people\nMr Berg\n").out == "people:\n  - id: p1\n    name: Mr Berg\n"


def test_things_without_a_name_are_chosen(ask: Callable[..., Any]) -> None:
    done = ask(answers="competencies\n2\nspeed\n安全性\n\n")
    assert "`speed` is not one of bidding, quality," in done.err
    assert done.out == ("name:\naccount:\n  competencies:\n    - id: quality\n    - id: safety\n")


def test_a_rate_of_exchange_is_asked_for_and_not_written_into_the_deal(
    ask: Callable[..., Any], tmp_path: Path
) -> None:
    deal = tmp_path / "usd.yaml"
    deal.write_text("superiority: 4\namount: 9000\ncurrency: USD\n", encoding="utf-8")
    done = ask(deal, answers="0\n7.1\ndone\n")
    assert asked(done.err)[0] == "rates[USD/CNY]"
    assert "`0` is not above zero" in done.err
    assert "give them again: --rate USD/CNY=7.1" in done.err
    assert "It is large. It brings 9,000 USD." in done.err
    assert done.out == deal.read_text(encoding="utf-8").replace(
        "superiority: 4\namount: 9000\ncurrency: USD\n",
        "currency: USD\namount: 9000\nsuperiority: 4\n",
    )


def test_lines_that_are_no_text_are_asked_for_again(ask: Callable[..., Any]) -> None:
    done = ask(answers=b"\xff\n" + b"9" * 70_000 + b"\n4\n")
    assert "this is not UTF-8 text; type it again" in done.err
    assert "this is longer than 64 KiB; shorten it" in done.err
    assert done.out == "amount: 4\n"


WORDS = """
?
advice
back
people
competencies
needs
none
[]
[{
2
1 3
4
USD
enemy
Mr Berg
p1
people[p1].support: enemy
people[p1].id: x
people[p1].reports_to: p2
people[p1].influences: 1
account.name: Bank
name:
amount: 5 EUR
changes: 1,2
people: none
account.needs: [{id: n, lead: 1}]
account.needs: [{id: n, lead: true}]
"""


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.sampled_from(WORDS.splitlines()) | st.text(max_size=5), max_size=14))
def test_whatever_is_typed_ends_in_a_deal_that_reads_back(
    ask: Callable[..., Any], rules: Path, lines: list[str]
) -> None:
    typed = "".join(f"{line}\n" for line in lines)
    done = ask(answers=typed.encode(errors="surrogatepass"))
    assert done.status == 0
    vocabulary = b2brules.load_rulebook(rules).vocabulary
    assert write_deal(read_document(vocabulary, done.out)) == done.out
