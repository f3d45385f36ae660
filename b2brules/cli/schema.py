"""The verb `schema`."""

from __future__ import annotations

import click

from b2brules.cli.options import examples
from b2brules.cli.output import write


@click.command(
    epilog=examples(
        "b2brules schema > advice.schema.json",
    )
)
def schema() -> int:
    """Print the JSON Schema of advice."""
    from b2brules.advice.serialising import schema_text

    write(schema_text())
    return 0
