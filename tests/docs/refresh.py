"""Bring the docs up to date: `python -m tests.docs.refresh [page ...]`.

The pages that programs write come first (the library, the method, the catalogue, the tables of the
examples); then what commands print is put into the pages that show it. With pages named, only the
latter is done, for these.

Look at the difference before you keep it: it is what a reader of the docs will see.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.docs.generated import generated_pages, left_over
from tests.docs.pages import PAGES, Session, put_in, read_blocks


def refresh(page: Path) -> bool:
    """Run the examples of a page, put in what they print, and tell whether anything changed."""
    text = page.read_text("utf-8")
    lines = text.split("\n")
    changes: list[tuple[int, int, tuple[str, ...]]] = []
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder))
        for block in read_blocks(text):
            for step, printed in session.play(block):
                start = step.line - 1 + step.shown
                end = start + len(step.expected)
                if failed(printed) and not failed(step.expected):
                    raise SystemExit(f"{page}:{step.line}: it fails:\n" + "\n".join(printed))
                changes.append((start, end, put_in(step.expected, printed)))
    for start, end, shown in reversed(changes):
        lines[start:end] = shown
    page.write_text("\n".join(lines), "utf-8")
    return "\n".join(lines) != text


def failed(output: tuple[str, ...]) -> bool:
    """Return whether an output is that of a program which broke off."""
    return any(line.startswith("Traceback") for line in output)


def write_generated() -> None:
    """Write the pages that programs write, and delete those that nothing stands behind."""
    pages = generated_pages()
    for page, text in pages.items():
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, "utf-8")
    for page in left_over(pages):
        page.unlink()


if __name__ == "__main__":
    if not sys.argv[1:]:
        write_generated()
    for page in [Path(name) for name in sys.argv[1:]] or PAGES:
        print(f"{page}: {'changed' if refresh(page) else 'as it was'}")  # noqa: T201
