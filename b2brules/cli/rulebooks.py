"""Loading the rulebook that a command was asked to use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from b2brules.cli.output import CannotRunError, reason, say_problem

if TYPE_CHECKING:
    from b2brules.rulebook import Rulebook


def load_book(
    rules: Sequence[str],
    settings: Mapping[str, str],
    overlays: Sequence[str] = (),
    parameter_file: str | None = None,
) -> Rulebook:
    """Return the rulebook of some files, or the one that is shipped.

    Args:
        rules: Rule files and folders; none for the shipped method.
        settings: Values in place of the parameters', by name.
        overlays: Files of changes that are laid over the rules, or names of shipped ones.
        parameter_file: A file of values, which those in ``settings`` go before.

    Raises:
        CannotRunError: There is something wrong with the files or the values; of the files, all of
            it has been written to standard error.
    """
    from b2brules.ruleset.diagnostics import RulebookError
    from b2brules.ruleset.rendering import render_gnu

    try:
        return open_book(rules, settings, overlays, parameter_file)
    except RulebookError as error:
        for line in render_gnu(error.diagnostics).splitlines():
            say_problem(line)
        count = len(error.diagnostics)
        problems = "a problem" if count == 1 else f"{count} problems"
        laid = [word for overlay in overlays for word in ("--overlay", overlay)]
        numbers = [] if parameter_file is None else ["--parameters", parameter_file]
        asked = " ".join(["b2brules check", *rules, *laid, *numbers])
        raise CannotRunError(f"the rules have {problems}; see `{asked}`") from None


def open_book(
    rules: Sequence[str],
    settings: Mapping[str, str],
    overlays: Sequence[str],
    parameter_file: str | None,
) -> Rulebook:
    """Return the same rulebook, for a verb that shows what is wrong with the files by itself.

    Raises:
        RulebookError: There is something wrong with the files.
        CannotRunError: There is something wrong with the values, or a file cannot be read.
    """
    from b2brules.rulebook import load_rulebook
    from b2brules.ruleset.parameters import ParameterError

    require_readable((*rules, *(() if parameter_file is None else (parameter_file,))))
    require_overlays(overlays)
    try:
        parameters: dict[str, Any] = dict(settings)
        return load_rulebook(
            *rules, overlays=overlays, parameters=parameters, parameter_file=parameter_file
        )
    except ParameterError as error:
        raise CannotRunError("; ".join(error.problems)) from None
    except OSError as error:
        raise CannotRunError(f"cannot read the rules: {reason(error)}") from None


def cases_beside(rules: str) -> tuple[Path, ...]:
    """Return where the cases are that stand beside a rule file, or in a folder of them."""
    path = Path(rules)
    if path.is_dir():
        return (path,) if any(path.rglob("*.cases.yaml")) else ()
    beside = path.with_suffix(".cases.yaml")
    return (beside,) if beside.is_file() else ()


def require_overlays(overlays: Sequence[str]) -> None:
    """Make sure that overlays are there, as files or among those that are shipped.

    Raises:
        CannotRunError: One is not.
    """
    from b2brules.language import suggestion
    from b2brules.ruleset.shipped import overlay_at, shipped_overlays

    for overlay in overlays:
        try:
            require_readable((str(overlay_at(overlay)),))
        except (CannotRunError, ValueError) as error:
            near = suggestion(overlay, shipped_overlays())
            raise CannotRunError(f"{error}; {near}" if near else str(error)) from None


def require_readable(paths: Sequence[str]) -> None:
    """Make sure that rule files are there.

    Raises:
        CannotRunError: One is not.
    """
    for path in paths:
        try:
            if not path or not Path(path).is_dir():
                with Path(path).open("rb"):
                    pass
        except (OSError, ValueError) as error:
            why = reason(error) if isinstance(error, OSError) else "no file has such a name"
            raise CannotRunError(f"cannot read `{path}`: {why}") from None


def choose_engine(name: str | None) -> str:
    """Return the name of the engine to use.

    Raises:
        CannotRunError: There is none of that name.
    """
    from b2brules.engines import ENGINES
    from b2brules.language import suggestion
    from b2brules.rulebook import DEFAULT_ENGINE

    if name is None:
        return DEFAULT_ENGINE
    if name in ENGINES:
        return name
    hint = suggestion(name, ENGINES) or f"the engines are {', '.join(ENGINES)}"
    raise CannotRunError(f"there is no engine `{name}`; {hint}")
