"""What is installed from the wheel and what runs from a checkout are one program."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import TODAY, TOP


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as the wheel lays it, and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=TOP, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site-packages")
    return folder / "site-packages"


def run(installed: Path, *arguments: str, cwd: Path) -> str:
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
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_co_op_is_made_checked_and_built_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "import coopbook.base.shipped as s; print(s.PACKAGE, s.checkout())"
    assert run(installed, "-c", where, cwd=tmp_path).split() == [
        str(installed / "coopbook"),
        "None",
    ]
    coopbook, day = ("-m", "coopbook"), ("--today", TODAY.isoformat())
    new = [
        *("--name", "Les Essais", "--language", "fr", "--language", "en", "--country", "CH"),
        *("--email", "bonjour@essais.example", "--repository", "private"),
        *("--source", "coopbook==0.1.0", "--no-input"),
    ]
    run(installed, *coopbook, "init", "essais", *new, *day, cwd=tmp_path)
    root = tmp_path / "essais"
    run(installed, *coopbook, "check", *day, cwd=root)
    run(installed, *coopbook, "build", *day, cwd=root)
    assert "Les Essais" in (root / "site/public/index.html").read_text()
    assert "guides" in {page.name for page in (root / "site/members").iterdir()}


def test_the_wheel_ships_the_data_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    program = (
        "from coopbook.base.shipped import shipped; import hashlib\n"
        "for name in ('schemas', 'guides', 'presets', 'starter', 'secret_patterns'):\n"
        "    top = shipped(name)\n"
        "    for file in sorted(top.rglob('*')):\n"
        "        if file.is_file():\n"
        "            digest = hashlib.sha256(file.read_bytes()).hexdigest()\n"
        "            print(name, file.relative_to(top).as_posix(), digest)\n"
    )
    mine = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path
    ).stdout
    assert len(mine.splitlines()) > 50
    assert run(installed, "-c", program, cwd=tmp_path) == mine
