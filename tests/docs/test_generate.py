"""The made-up co-ops of scripts/bench: the same for the same seed, wherever they are made, and
without a fault.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.records.load import load
from support.coops import TODAY, TOP

GENERATE = TOP / "scripts" / "bench" / "generate.py"


def generated(
    folder: Path, *, seed: int = 1, members: int = 60, cwd: Path = TOP, hash_seed: str = "0"
) -> Path:
    """A co-op made by the script as a person calls it."""
    command = [
        sys.executable,
        str(GENERATE),
        "--members",
        str(members),
        "--seed",
        str(seed),
        str(folder),
    ]
    subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        check=True,
        capture_output=True,
    )
    return folder


def digest(root: Path) -> str:
    """One number for the names and the bytes of all files."""
    total = hashlib.blake2b()
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        total.update(
            f"{file.relative_to(root)}\0{file.stat().st_size}\0".encode() + file.read_bytes()
        )
    return total.hexdigest()


def test_one_seed_gives_one_coop(tmp_path: Path) -> None:
    first = generated(tmp_path / "first", hash_seed="1")
    again = generated(tmp_path / "again", hash_seed="2")
    assert digest(first) == digest(again)


def test_another_seed_gives_another_coop(tmp_path: Path) -> None:
    first, other = generated(tmp_path / "first", seed=1), generated(tmp_path / "other", seed=2)
    assert digest(first) != digest(other)
    assert {file.name for file in first.glob("members/*/*.yml")} != {
        file.name for file in other.glob("members/*/*.yml")
    }


def test_it_is_made_anywhere(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    there = generated(Path("coop"), cwd=tmp_path / "elsewhere")
    assert digest(tmp_path / "elsewhere" / there) == digest(generated(tmp_path / "here"))


@pytest.mark.parametrize("members", [1, 60])
def test_it_has_no_fault(tmp_path: Path, members: int) -> None:
    book = load(generated(tmp_path / "coop", members=members), TODAY)
    assert checks.check(book) == []
    assert len(book.index.entries["member"]) == members


def test_it_is_like_a_coop(tmp_path: Path) -> None:
    book = load(generated(tmp_path / "coop", members=400), TODAY)
    found = book.index.of("member")
    listed = [entry for entry in found if entry.public]
    assert 0.85 < len(listed) / len(found) < 0.95
    assert 0.4 < sum(entry.get("open_data") is True for entry in listed) / len(listed) < 0.6
    assert {len(entry.get("offers") or []) for entry in found} == {0, 1, 2, 3, 4}
    assert [len(book.index.entries[kind]) for kind in ("project", "body", "page")] == [4, 4, 10]
    assert "fictional" in book.index.coop["notice"]["en"]
    assert not list(book.root.glob("members/photos"))


def test_files_have_the_size_of_real_ones(tmp_path: Path) -> None:
    texts = [
        file.read_text()
        for file in generated(tmp_path / "coop", members=400).glob("members/*/*.yml")
    ]
    assert 2500 < sum(len(text.encode()) for text in texts) / len(texts) < 3100
    assert 75 < sum(text.count("\n") for text in texts) / len(texts) < 95
    assert any("](../" in text for text in texts)


def test_it_does_not_write_into_a_full_folder(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(subprocess.CalledProcessError):
        generated(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
