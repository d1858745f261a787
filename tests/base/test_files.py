"""How commands write: whole or not at all, new files never over another, many together."""

from __future__ import annotations

from pathlib import Path

import pytest
from coopbook.base.atomic_files import all_or_none, create_file, replace_file
from coopbook.base.messages import Misuse


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_file_that_cannot_be_replaced_stays(tmp_path: Path) -> None:
    replace_file(tmp_path / "a.yml", b"one")
    replace_file(tmp_path / "a.yml", b"two")
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        replace_file(tmp_path / "b", b"three")
    assert tree(tmp_path) == {"a.yml": b"two"}


def test_a_new_file_takes_no_other_ones_place(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    other.mkdir()
    create_file(root, "folder/a.yml", b"one")
    (root / "linked").symlink_to(other)
    (root / "folder" / "b.yml").symlink_to(other / "b.yml")
    for file in ("folder/a.yml", "folder/b.yml", "linked/a.yml"):
        with pytest.raises(Misuse, match="nothing was written"):
            create_file(root, file, b"two")
    assert tree(root) == {"folder/a.yml": b"one"}
    assert tree(other) == {}


def test_many_files_are_written_all_or_none(tmp_path: Path) -> None:
    files = {"a/one.md": b"1", "a/two.md": b"2", "a.yml": b"3"}
    (tmp_path / "texts" / "a.yml").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        all_or_none(tmp_path / "texts", files)
    assert tree(tmp_path) == {}
    (tmp_path / "texts" / "a.yml").rmdir()
    all_or_none(tmp_path / "texts", files)
    assert tree(tmp_path / "texts") == files
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]
