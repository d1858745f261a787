"""The package as its wheel lays it, in a folder of its own, and Python run with it alone."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from coopbook.base.version import __version__

from support.coops import TODAY, TOP


def install_wheel(folder: Path) -> Path:
    """Build the wheel and lay out what it holds; the folder that Python imports from."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=TOP, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site-packages")
    return folder / "site-packages"


def run_python(installed: Path, *arguments: str, cwd: Path, answers: str = "") -> str:
    """Run Python with the wheel's package before that of the checkout; say what it printed."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "PYTHONPATH": str(installed),
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=environment,
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run_installed(
    installed: Path, command: str, *arguments: str, cwd: Path, answers: str = ""
) -> str:
    """Run a command of the installed program on the tests' day."""
    day = ("--today", TODAY.isoformat())
    return run_python(
        installed, "-m", "coopbook", command, *arguments, *day, cwd=cwd, answers=answers
    )


def make_coop(installed: Path, folder: Path, *, country: str = "CH") -> Path:
    """A new co-op below a folder, in French and English, made by the installed program."""
    new = [
        *("--name", "Les Essais", "--language", "fr", "--language", "en", "--country", country),
        *("--email", "bonjour@essais.example", "--repository", "private", "--city", "Nantes"),
        *("--source", f"coopbook=={__version__}", "--no-input"),
    ]
    run_installed(installed, "init", "essais", *new, cwd=folder)
    return folder / "essais"
