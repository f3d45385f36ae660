"""The verb `schema`."""

from __future__ import annotations

import click

from b2brules.cli.options import examples
from b2brules.cli.output import write


@click.command(
    short_help="Print the JSON Schema of advice, rules or cases.",
    epilog=examples(
        "b2brules schema > advice.schema.json",
        "b2brules schema rules > rules.schema.json",
    ),
)
@click.argument(
    "what",
    metavar="[advice|rules|cases]",
    type=click.Choice(["advice", "rules", "cases"]),
    default="advice",
)
def schema(what: str) -> int:
    """Print the JSON Schema of advice, of rule files or of files of cases.

    With those of rules and cases, an editor completes keys and says what they are for. They
    describe the keys; `b2brules check` reads what stands in the tables.
    """
    from b2brules.advice.serialising import schema_text
    from b2brules.ruleset.schemas import cases_schema_text, rules_schema_text

    texts = {"advice": schema_text, "rules": rules_schema_text, "cases": cases_schema_text}
    write(texts[what]())
    return 0
