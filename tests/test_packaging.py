"""What a user gets who installs the wheel."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# One group: the wheel is built once, by one process.
pytestmark = pytest.mark.xdist_group("packaging")


def run_python(*arguments: str | Path, cwd: Path) -> str:
    """What a new Python prints; `-I` keeps PYTHONPATH and the current folder out of it."""
    run = subprocess.run(
        [sys.executable, "-I", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, which so proves complete."""
    built = tmp_path_factory.mktemp("built")
    run_python("-m", "build", "--no-isolation", "--outdir", built, ROOT, cwd=built)
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing in it but the installed wheel."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    run_python("-m", "pip", "install", *options, "--target", folder, wheel, cwd=folder)
    return folder


def test_the_wheel_has_every_file_of_the_package_and_of_the_rulesets(wheel: Path) -> None:
    here = set()
    for folder, prefix in (("b2brules", "b2brules"), ("rulesets", "b2brules/rulesets")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                here.add(f"{prefix}/{path.relative_to(ROOT / folder).as_posix()}")
    there = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert {"b2brules/py.typed", "b2brules/rulesets/sources.yaml"} <= there
    assert there == here


def test_an_installed_wheel_finds_its_rulebook_from_any_folder(
    installed: Path, tmp_path: Path
) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "import b2brules\n"
        "b2brules.load_rulebook()\n"
        "print(b2brules.__file__)\n"
    )
    printed = run_python("-c", program, cwd=tmp_path)
    assert Path(printed.strip()) == installed / "b2brules" / "__init__.py"


def test_an_installed_wheel_has_the_command(installed: Path, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "from importlib.metadata import entry_points\n"
        "(command,) = entry_points(group='console_scripts', name='b2brules')\n"
        "sys.argv = ['b2brules', '--help']\n"
        "command.load()()\n"
    )
    assert "evaluate" in run_python("-c", program, cwd=tmp_path)
