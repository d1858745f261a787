"""What is installed from the wheel and what runs from a checkout are one program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from support.wheel import make_coop, run_installed, run_python


def test_a_co_op_is_made_checked_and_built_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = "import coopbook.base.shipped as s; print(s.PACKAGE, s.find_checkout())"
    assert run_python(installed, "-c", where, cwd=tmp_path).split() == [
        str(installed / "coopbook"),
        "None",
    ]
    root = make_coop(installed, tmp_path)
    run_installed(installed, "check", cwd=root)
    run_installed(installed, "build", cwd=root)
    assert "Les Essais" in (root / "site/public/index.html").read_text()
    assert (installed / "coopbook" / "py.typed").is_file()
    assert "guides" in {page.name for page in (root / "site/members").iterdir()}


def test_the_wheel_ships_the_data_of_the_checkout(installed: Path, tmp_path: Path) -> None:
    program = (
        "from coopbook.base.shipped import shipped; import hashlib\n"
        "for name in ('schemas', 'guides', 'presets', 'starter', 'secret_patterns', 'documents'):\n"
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
    assert run_python(installed, "-c", program, cwd=tmp_path) == mine
