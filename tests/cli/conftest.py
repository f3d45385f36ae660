"""The command line, called as from a shell, on small rules of its own."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from b2brules.cli import main

SOURCES = """\
tas:
  author: Somebody
  title: A book
  publisher: A press
  date: 1998
  checked: 2026-11-21
project:
  author: The team
  title: Our own choices
  publisher: The team
  date: 2026
  checked: 2026-11-21
"""

RULES = """\
ruleset: small
owner: sales-operations

facts: |
  name             | type  | allowed | unit
  partner_involved | truth |         |

parameters: |
  name                | value | unit   | range   | source        | basis   | checked
  frontal_superiority | 3     | to one | [1..10] | tas "3:1"     | sourced | 2026-11-21
  large_amount        | 10000 | CNY    |         | project "Big" | ours    | 2026-11-21

decisions:
  strategy:
    outcomes: frontal, develop
    hit_policy: first
    table: |
      id           | superiority            || then    | source          | basis
      three_to_one | >= frontal_superiority || frontal | tas "3:1"       | sourced
      otherwise_so | otherwise              || develop | project "Other" | ours
  size:
    outcomes: large, small
    hit_policy: first
    table: |
      id           | amount         || then  | source        | basis
      above        | > large_amount || large | project "Big" | ours
      not_above    | otherwise      || small | project "Big" | ours
  stance:
    for: person in people
    outcomes: suppress, defend
    hit_policy: first
    table: |
      id      | person.support || then     | source     | basis
      against | enemy          || suppress | tas "Foes" | inferred
      for_us  | otherwise      || defend   | tas "Foes" | inferred

recommendations: |
  id | for | person.support || target | prime | owner | within | priority | source | basis
  calm | person in people | enemy || person | insulate | presales | 7 days | 2 | tas "F" | inferred

text: |
  strategy
    en: Which strategy do we run?
    zh: 采用哪种策略？
  strategy = frontal
    en: Fight head-on.
    zh: 正面竞争。
  strategy = develop
    en: Wait.
    zh: 等待。
  three_to_one
    en: We are {superiority} to one ahead.
    zh: 我们领先 {superiority} 比 1。
  otherwise_so
    en: We are not far enough ahead.
    zh: 我们领先不够。
  size
    en: How large is the deal?
    zh: 项目多大？
  size = large
    en: It is large.
    zh: 大项目。
  size = small
    en: It is small.
    zh: 小项目。
  above
    en: It brings {amount}.
    zh: 金额 {amount}。
  not_above
    en: It brings no more than {large_amount}.
    zh: 金额不超过 {large_amount}。
  stance
    en: How do we treat {person.name}?
    zh: 如何对待{person.name}？
  stance = suppress
    en: Limit the influence.
    zh: 限制影响。
  stance = defend
    en: Keep the goodwill.
    zh: 维护好感。
  against
    en: {person.name} is against us.
    zh: {person.name}反对我们。
  for_us
    en: Nothing says that {person.name} is against us.
    zh: 没有迹象表明{person.name}反对我们。
  calm
    action en: Answer the objections of {person.name}.
    action zh: 回应{person.name}的异议。
    why en: An enemy who was heard does less harm.
    why zh: 被倾听的反对者，阻力更小。
  partner_involved
    en: Does a partner sell this with us?
    zh: 是否有合作伙伴一起销售？
"""

DEAL = """\
name: Fee collection
superiority: 4
amount: 20000
currency: CNY
people:
  - id: p1
    name: 李伟
    support: enemy
  - id: p2
"""


@frozen
class Run:
    """How a run of the command ended, and what it wrote."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """How to run the command, with text or bytes on its standard input."""

    def run_command(*arguments: object, stdin: str | bytes = b"") -> Run:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Run(status, captured.out, captured.err)

    return run_command


@pytest.fixture(scope="session")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small rulebook."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (folder / "small.yaml").write_text(RULES, encoding="utf-8")
    return folder


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    """A file with a deal."""
    path = tmp_path / "deal.yaml"
    path.write_text(DEAL, encoding="utf-8")
    return path
