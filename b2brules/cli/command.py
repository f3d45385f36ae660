"""The command `b2brules`: its verbs, and how a run ends."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from b2brules.cli.ask import ask
from b2brules.cli.blank import blank
from b2brules.cli.check import check
from b2brules.cli.completion import answer_shell
from b2brules.cli.evaluate import evaluate
from b2brules.cli.explain import explain
from b2brules.cli.fmt import fmt
from b2brules.cli.history import history
from b2brules.cli.new import new
from b2brules.cli.options import examples
from b2brules.cli.output import (
    CannotRunError,
    discard_output,
    flush,
    reason,
    say_problem,
    use_utf8,
    write,
)
from b2brules.cli.purge import purge
from b2brules.cli.replay import replay
from b2brules.cli.rules import rules
from b2brules.cli.schema import schema
from b2brules.cli.test import test

NAME = "b2brules"

CANNOT_RUN = 2
INTERRUPTED = 130
BROKEN_PIPE = 141


@click.group(
    NAME,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="\n\n".join(
        [
            examples(
                "b2brules blank > deal.yaml            an empty deal file, to be filled in",
                "b2brules evaluate deal.yaml           what to do, and what to find out",
                "b2brules explain go_no_go deal.yaml   why a decision came to what it did",
            ),
            "Exit status: 0 all is well; 1 findings, or facts that were refused; 2 could not run.",
        ]
    ),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _option, asked: _say_version(context) if asked else None,
    help="Show the version and exit.",
)
def command() -> None:
    """What to do next about a deal, and why.

    A deal is a YAML or JSON file with what is known; what is not known is left blank.
    """


OF_DEALS = (evaluate, explain, ask, blank)
OF_RULES = (rules, check, test, fmt, new, schema)
OF_JOURNALS = (history, replay, purge)

for verb in (*OF_DEALS, *OF_RULES, *OF_JOURNALS):
    command.add_command(verb)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: What stands behind the command's name; by default, what it was called with.

    Returns:
        The exit status: 0 clean, 1 findings or refused facts, 2 could not run; 130 after Ctrl-C,
        141 when nobody reads the output any more, as the shell reports it for other tools.
    """
    use_utf8()
    try:
        asked = answer_shell(command, NAME)
        status = _run(arguments) if asked is None else asked
        flush()
    except CannotRunError as error:
        say_problem(f"{NAME}: {error}")
        return CANNOT_RUN
    except KeyboardInterrupt:
        say_problem(f"{NAME}: stopped")
        return INTERRUPTED
    except BrokenPipeError:
        discard_output()
        return BROKEN_PIPE
    except OSError as error:
        # Such as a disk that fails while a file is read.
        say_problem(f"{NAME}: cannot go on: {reason(error)}")
        return CANNOT_RUN
    return status


def _run(arguments: Sequence[str] | None) -> int:
    # Not `command.main`: it answers Ctrl-C, broken pipes and wrong options in its own way.
    try:
        with command.make_context(NAME, _arguments(arguments)) as context:
            return command.invoke(context) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.UsageError as error:
        path = NAME if error.ctx is None else error.ctx.command_path
        raise CannotRunError(f"{_sentence(error)}; see `{path} --help`") from None


def _arguments(arguments: Sequence[str] | None) -> list[str]:
    return list(sys.argv[1:] if arguments is None else arguments) or ["--help"]


def _say_version(context: click.Context) -> None:
    import importlib.metadata

    try:
        version = importlib.metadata.version(NAME)
    except importlib.metadata.PackageNotFoundError:
        version = "(not installed)"
    write(f"{NAME} {version}\n")
    context.exit()


def _sentence(error: click.UsageError) -> str:
    """Return click's message in the form of ours: lower case, no full stop, one line."""
    message = " ".join(error.format_message().split()).rstrip(".")
    return message[:1].lower() + message[1:]
