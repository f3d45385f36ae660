"""The files of a rulebook, found in files and folders that the caller names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import frozen

from b2brules.ruleset.diagnostics import Findings
from b2brules.ruleset.envelope import MAXIMUM_BYTES
from b2brules.ruleset.located import Place

SUFFIX = ".yaml"
CASES = ".cases.yaml"
SOURCES = "sources.yaml"
SURVIVORS = "survivors.yaml"
"""The name of files with the changes of the rules that no case has to notice."""

OVERLAYS = "overlays"
"""The name of folders that a search for rules leaves out: a team chooses what is laid over them."""


@frozen(kw_only=True)
class RuleFile:
    """A file that belongs to a rulebook.

    Args:
        path: As messages name it.
        name: Its path below the folder that the caller named, with ``/``.
        data: Its bytes, cut off behind the largest size that is read.
    """

    path: str
    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The name of the ruleset in it."""
        return Path(self.name).name.removesuffix(SUFFIX)

    @property
    def is_sources(self) -> bool:
        """Whether it lists sources, and has no rules."""
        return Path(self.name).name == SOURCES


def find_files(
    paths: Iterable[Path], findings: Findings, *, cases: bool = False
) -> tuple[RuleFile, ...]:
    """Read the files below some folders, and single files with the ``sources.yaml`` beside them.

    With ``cases``, the files of cases are found, and not the rulesets and sources. What lies in a
    folder `overlays` below a folder that is searched is left out.

    Returns:
        The files of each path in the order of their names, none of them twice.
    """
    found: dict[Path, RuleFile] = {}
    for path in paths:
        if path.is_dir():
            below = without_overlays(path, files_below(path))
            chosen = [(file, file.relative_to(path).as_posix()) for file in below]
            if not chosen:
                findings.report(
                    Place(path=str(path), line=1, column=1),
                    code="no-rule-files",
                    message=f"there is no file `*{SUFFIX}` in this folder",
                    help="name the folder of the rulesets, or one of their files",
                )
        else:
            beside = path.with_name(SOURCES)
            chosen = [(beside, SOURCES)] if beside.is_file() and not cases else []
            chosen.append((path, path.name))
        for file, name in chosen:
            is_hidden = file.name.startswith(".")
            # A file that is named where cases are asked for is read, so that a slip is told.
            is_other = name.endswith(CASES) != cases and not (cases and file == path)
            if is_hidden or is_other or file.name == SURVIVORS:
                continue
            if file.resolve() not in found:
                read = read_file(file, name, findings)
                if read is not None:
                    found[file.resolve()] = read
    return tuple(found.values())


def files_below(folder: Path) -> list[Path]:
    """Return the YAML files below a folder, none of them hidden, in the order of their paths."""
    files = (file for file in folder.rglob(f"*{SUFFIX}") if file.is_file())
    seen = [
        file
        for file in files
        if not any(part.startswith(".") for part in file.relative_to(folder).parts)
    ]
    return sorted(seen, key=lambda file: file.relative_to(folder).parts)


def without_overlays(folder: Path, files: Iterable[Path]) -> list[Path]:
    """Return files below a folder without those in its folders `overlays`."""
    return [file for file in files if OVERLAYS not in file.relative_to(folder).parts[:-1]]


def read_file(file: Path, name: str, findings: Findings) -> RuleFile | None:
    """Read a file, or report that it cannot be read."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAXIMUM_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        findings.report(
            Place(path=str(file), line=1, column=1),
            code="unreadable-file",
            message=f"this file cannot be read: {reason}",
            help="check its name and who may read it",
        )
        findings.lose_file()
        return None
    return RuleFile(path=str(file), name=name, data=data)


def fingerprint(
    files: Sequence[RuleFile],
    parameters: Iterable[tuple[str, str]],
    overlays: Sequence[RuleFile] = (),
) -> str:
    """Return 16 hex digits that change with any file, and with any parameter in force.

    Of ``overlays`` the order counts too, since a later one may change what an earlier one did.
    """
    digest = hashlib.sha256()
    parts = sorted((file.name.encode(), file.data) for file in files)
    parts += sorted((name.encode(), value.encode()) for name, value in parameters)
    parts += [(file.name.encode(), file.data) for file in overlays]
    for name, data in parts:
        # The lengths keep a byte of a name from passing for one of the content.
        digest.update(b"%d %d " % (len(name), len(data)) + name + data)
    return digest.hexdigest()[:16]
