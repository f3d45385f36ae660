"""Break the engines on purpose, and see the laws fail: `python -m tests.engines.mutants`.

Ten mutants break the reference engine and ten the python engine, each by a mistake that an engineer
would really make. One after another is made in a temporary copy of the tree, and the laws are run
there (`tests/engines/test_agreement.py`, with its everyday number of examples) until the first test
fails. A table says which test that was, which law it saw broken, and after how many seconds. The
status is 1 if a mutant survives, or if the laws fail without one.

Words after the command choose the mutants whose name has one of them. `--seed` repeats a run.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from attrs import frozen

ROOT = Path(__file__).parents[2]
LAWS = "tests/engines/test_agreement.py"
NEEDED = ("b2brules", "rulesets", "tests", "pyproject.toml", "README.md", "LICENSE")

REFERENCE = "b2brules/engines/reference.py"
PYTHON = "b2brules/engines/python.py"
EXPRESSIONS = "b2brules/engines/expressions.py"
VALUES = "b2brules/language/values.py"

BROKEN = {
    "the engines do not agree": "agreement",
    "filling in facts changed the advice": "refinement",
    "the same facts give another advice": "determinism",
    "taken for something else": "nothing silently false",
}
"""How a law begins what it says when it is broken."""


@frozen
class Mutant:
    """A mistake: what it comes to, the file that has it, the text there, and what is put for it.

    What is in `language/values.py` serves both engines, so no disagreement can show it.
    """

    name: str
    file: str
    old: str
    new: str

    def applied_to(self, text: str) -> str:
        """Return the file's text with the mistake in it."""
        found = text.count(self.old)
        if found != 1:
            raise click.ClickException(
                f"`{self.name}` is for a text that {self.file} has {found} times, not once; "
                f"mend the mutant:\n{self.old}"
            )
        return text.replace(self.old, self.new)


MUTANTS = (
    # --- the reference engine -------------------------------------------------------------------
    Mutant(
        "an `or` takes unknown for false",
        REFERENCE,
        "disjunction(self.holds(part, things) for part in condition.conditions)",
        "any(self.holds(part, things) for part in condition.conditions)",
    ),
    Mutant(
        "the first unknown row ends the scan",
        REFERENCE,
        "            if truth is True:\n                held = row.id\n                break\n",
        "            if truth is True:\n                held = row.id\n"
        "            if truth is not False:\n                break\n",
    ),
    Mutant(
        "candidates come in the order of the rows",
        REFERENCE,
        "candidates = tuple(outcome for outcome in table.outcomes if outcome in first)",
        "candidates = tuple(first)",
    ),
    Mutant(
        "a total leaves unknown values out",
        VALUES,
        "    if len(numbers) < len(values):\n        return None\n",
        "",
    ),
    Mutant(
        "two currencies are worth the same without a rate",
        VALUES,
        "/ Fraction(rates[currency, amount.currency]), currency)\n    return None\n",
        "/ Fraction(rates[currency, amount.currency]), currency)\n"
        "    return Amount(amount.number, currency)\n",
    ),
    Mutant(
        "a count leaves out what may count",
        REFERENCE,
        "Count(0, None) if kept is None else count(truth for _, truth in kept)",
        "Count(0, None) if kept is None else count(truth is True for _, truth in kept)",
    ),
    Mutant(
        "two bindings over one list bind the same thing",
        REFERENCE,
        "            if any(one == other for one, other in itertools.combinations(bound, 2)):\n"
        "                continue\n",
        "",
    ),
    Mutant(
        "an open decision is read as its first candidate",
        REFERENCE,
        "decided = len(made.candidates) == 1\n",
        "decided = len(made.candidates) >= 1\n",
    ),
    Mutant(
        "a filter surely keeps what it may keep",
        REFERENCE,
        "return [(thing, truth) for thing, truth in judged if truth is not False]",
        "return [(thing, True) for thing, truth in judged if truth is not False]",
    ),
    Mutant(
        "a formula is rounded half-up",
        REFERENCE,
        "        return concluded(self.value(formula.value, things))\n",
        "        value = self.value(formula.value, things)\n"
        "        if isinstance(value, Fraction):\n"
        "            value = Fraction((value * 10**6 + Fraction(1, 2)) // 1, 10**6)\n"
        "        return concluded(value)\n",
    ),
    # --- the python engine ----------------------------------------------------------------------
    Mutant(
        "an `in` asks candidates word by word",
        EXPRESSIONS,
        "            return self._short_mask(value, tests, negated)\n",
        "            parts = [self._short_mask(value, (test,), False) for test in tests]\n"
        '            joined = self.joined(parts, "True", "False")\n'
        "            return self._negated(joined) if negated else joined\n",
    ),
    Mutant(
        "a `between` leaves its upper end out",
        EXPRESSIONS,
        '" and ".join(self._bounded(name, sign, bound) for sign, bound in test.bounds)',
        '" and ".join(\n'
        '                    self._bounded(name, "<" if n and sign == "<=" else sign, bound)\n'
        "                    for n, (sign, bound) in enumerate(test.bounds)\n"
        "                )",
    ),
    Mutant(
        "the least of nothing is zero",
        EXPRESSIONS,
        'totalled = f"total({value.function!r}, {kept})"',
        'totalled = f"(total({value.function!r}, {kept}) if {kept} else calculable(0, None))"',
    ),
    Mutant(
        "`never` is taken for unknown",
        EXPRESSIONS,
        "            case tree.Fact(type=DateType(past=True) | MoneyType()):\n"
        "                return None\n",
        "            case tree.Fact(type=MoneyType()):\n"
        "                return None\n"
        "            case tree.Fact(type=DateType(past=True)):\n"
        "                day = self.fact(value)\n"
        '                expression = f"None if {day} is NEVER else {day}"\n'
        '                return self.source.assign(("past", day), expression)\n',
    ),
    Mutant(
        "what is computed for one thing of a list is taken for another",
        EXPRESSIONS,
        "return str(self._parts(node, {name: one.item for name, one in self.locals.items()}))",
        "return str(self._parts(node, {name: str(one.list) for name, one in self.locals.items()}))",
    ),
    Mutant(
        "a `some` ends at the first unknown thing",
        EXPRESSIONS,
        '                self.source.write(f"{found} = None")\n        return found\n',
        '                self.source.write(f"{found} = None")\n'
        '                self.source.write("break")\n'
        "        return found\n",
    ),
    Mutant(
        "a division by zero is zero",
        EXPRESSIONS,
        '                return f"arithmetic({value.operator!r}, {left}, {right}, rates)"\n',
        '                result = f"arithmetic({value.operator!r}, {left}, {right}, rates)"\n'
        '                if value.operator == "/":\n'
        '                    return f"({right} if {right} == 0 else {result})"\n'
        "                return result\n",
    ),
    Mutant(
        "the currency of the deal goes before that of the account",
        EXPRESSIONS,
        'f"{own} or {deals}"',
        'f"{deals} or {own}"',
    ),
    Mutant(
        "a recommendation is certain though a clause is unknown",
        PYTHON,
        '                cheap = self.expressions.joined([so_far, cheap], "False", "True")\n',
        '                cheap = f"({cheap} if {so_far} is not False else False)"\n',
    ),
    Mutant(
        "the row that is cited is an unknown one, though another holds",
        PYTHON,
        'self.source.write(f"{result} |= {bit}; {cited} = {number}; break")',
        'self.source.write(f"{cited} = {cited} if {result} else {number}")\n'
        '                    self.source.write(f"{result} |= {bit}; break")',
    ),
)


@frozen(kw_only=True)
class Outcome:
    """What became of the laws: the test that failed, if one did, and what it saw broken."""

    test: str | None
    law: str
    seconds: float


def run(folder: Path, seed: int) -> Outcome:
    """Run the laws in a copy of the tree, until the first test fails."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", LAWS, "-p", "no:cacheprovider"]
    command += ["--hypothesis-profile=mutants", f"--hypothesis-seed={seed}", "--tb=short"]
    # Without bytecode, which might be that of the mutant before.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"}
    start = time.perf_counter()
    ran = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if ran.returncode == 0:
        return Outcome(test=None, law="", seconds=seconds)
    failed = re.search(r"^FAILED \S+::(\S+)(?: - (.*))?", ran.stdout, re.MULTILINE)
    if failed is None:
        raise click.ClickException(f"the laws cannot be run:\n{ran.stdout[-3000:]}{ran.stderr}")
    said = failed[2] or ""
    law = next((law for start, law in BROKEN.items() if start in said), said.split(":")[0])
    return Outcome(test=failed[1], law=law, seconds=seconds)


@click.command(help=__doc__)
@click.argument("words", nargs=-1)
@click.option("--seed", type=int, help="Of the examples; another one each time unless given.")
def main(words: tuple[str, ...], seed: int | None) -> None:
    chosen = [one for one in MUTANTS if any(word in one.name for word in words or ("",))]
    texts = {one.file: (ROOT / one.file).read_text("utf-8") for one in MUTANTS}
    broken = {one.name: one.applied_to(texts[one.file]) for one in MUTANTS}
    seed = random.randrange(10**6) if seed is None else seed
    click.echo(f"seed {seed}")
    survived = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in NEEDED:
            copy(ROOT / part, folder / part)
        unbroken = run(folder, seed)
        if unbroken.test is not None:
            raise click.ClickException(f"without a mutant, {unbroken.test} fails; mend that first")
        click.echo(f"without a mutant, the laws hold ({unbroken.seconds:.0f} s)\n")
        click.echo("| mutant | caught by | law | seconds |\n| --- | --- | --- | --- |")
        for one in chosen:
            file = folder / one.file
            file.write_text(broken[one.name], "utf-8")
            found = run(folder, seed)
            file.write_text(texts[one.file], "utf-8")
            survived += found.test is None
            caught = "nothing: it survives" if found.test is None else f"`{found.test}`"
            click.echo(f"| {one.name} | {caught} | {found.law} | {found.seconds:.0f} |")
    click.echo(f"\n{len(chosen) - survived} of {len(chosen)} caught")
    sys.exit(1 if survived else 0)


def copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


if __name__ == "__main__":
    main()
