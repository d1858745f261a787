"""What is written is on the disk before it has its name, and its name before the call is back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook.base import atomic_files

WRITERS: dict[str, Callable[[Path], None]] = {
    "replace_file": lambda root: atomic_files.replace_file(root / "a.yml", b"1"),
    "create_file": lambda root: atomic_files.create_file(root, "new/a.yml", b"1"),
    "replace_all": lambda root: atomic_files.replace_all(root, {"a.yml": b"1", "new/b.yml": b"2"}),
    "create_files": lambda root: atomic_files.create_files(root, {"x/a.yml": b"1", "y.yml": b"2"}),
}


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """What is done to the disk, in order: `keep` or `name`, with the inode it is done to."""
    found: list[tuple[str, int]] = []
    fsync = os.fsync

    def keep(opened: int) -> None:
        found.append(("keep", os.fstat(opened).st_ino))
        fsync(opened)

    def noting(step: Callable[..., Any]) -> Callable[..., Any]:
        def named(old: Path, new: Path) -> Any:
            found.append(("name", Path(old).stat().st_ino))
            return step(old, new)

        return named

    monkeypatch.setattr(os, "fsync", keep)
    monkeypatch.setattr(os, "link", noting(os.link))
    monkeypatch.setattr(Path, "replace", noting(Path.replace))
    monkeypatch.setattr(Path, "rename", noting(Path.rename))
    return found


@pytest.mark.parametrize("writer", sorted(WRITERS))
def test_what_is_written_lasts(writer: str, tmp_path: Path, steps: list[tuple[str, int]]) -> None:
    WRITERS[writer](tmp_path)
    first_name = next(place for place, (step, _ino) in enumerate(steps) if step == "name")
    last_name = max(place for place, (step, _ino) in enumerate(steps) if step == "name")
    before = {ino for step, ino in steps[:first_name] if step == "keep"}
    after = {ino for step, ino in steps[last_name:] if step == "keep"}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert {path.stat().st_ino for path in files} <= before
    assert tmp_path.stat().st_ino in after


def test_what_is_renamed_or_deleted_lasts(tmp_path: Path, steps: list[tuple[str, int]]) -> None:
    (tmp_path / "a.yml").write_bytes(b"1")
    folder = ("keep", tmp_path.stat().st_ino)
    atomic_files.rename_files(tmp_path, {"a.yml": "b.yml"})
    assert steps[-1] == folder
    steps.clear()
    atomic_files.delete_files(tmp_path, ["b.yml", "gone.yml"])
    assert steps == [folder]


def test_what_can_be_made_again_is_not_waited_for(
    tmp_path: Path, steps: list[tuple[str, int]]
) -> None:
    atomic_files.replace_file(tmp_path / "a.bin", b"1", lasting=False)
    assert [step for step, _ino in steps] == ["name"]


def test_a_disk_that_cannot_keep_a_file_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_opened: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match=r"a\.yml") as told:
        atomic_files.replace_file(tmp_path / "a.yml", b"1")
    assert told.value.filename == str(tmp_path / "a.yml")
    assert list(tmp_path.iterdir()) == []
