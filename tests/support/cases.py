"""The cases of the checks: each is a tiny co-op and what its members are told about it.

`tests/checks/cases/<check>/` has one folder a case. `_base/` beside them is the co-op that they
have in common; a case holds only the files that differ from it, and `expected.txt`. Files of the
base that the case does not have are listed in its `gone.txt`, one path a line; a line that ends in
`/` is a whole folder.

A check of changes compares the case with what was there before. That is the case with
`_base/before/` and then its own `before/` laid over it, so `before/` holds the files as they were
before the change, and `before/gone.txt` lists those that the change added. Without a folder
`before/`, in the case or its base, there is nothing to compare with.

Four kinds of files describe what git or some file systems would not keep. `<name>.hex` becomes
`<name>` with the bytes that its hexadecimal digits give. `symlink-to.txt` has lines `path: target`,
`executable.txt` lists files to make executable, and `also.txt` lists files to add whose names
differ from others by capitals or accents alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

CASES = Path(__file__).parents[1] / "checks" / "cases"
BASE, BEFORE, GONE, EXPECTED = "_base", "before", "gone.txt", "expected.txt"


@dataclass(frozen=True)
class Case:
    """One case of one check."""

    check: str
    name: str

    @property
    def folder(self) -> Path:
        return CASES / self.check / self.name

    @property
    def expected(self) -> Path:
        """The file with the diagnostics that the check gives, in English; empty if it finds
        nothing.
        """
        return self.folder / EXPECTED

    @cached_property
    def files(self) -> dict[str, bytes]:
        """The case's files by path, the base's included, as they are stored here."""
        return _overlay(_overlay({}, CASES / self.check / BASE), self.folder)

    @cached_property
    def files_before(self) -> dict[str, bytes] | None:
        """The files as they were before the change, or None if the case is not about a change."""
        layers = [CASES / self.check / BASE / BEFORE, self.folder / BEFORE]
        if not any(layer.is_dir() for layer in layers):
            return None
        files = self.files
        for layer in layers:
            files = _overlay(files, layer)
        return files

    def lay_out(self, root: Path) -> Path:
        """Writes the case's co-op to a new folder and returns it."""
        return write_files(self.files, root)

    def lay_out_before(self, root: Path) -> Path | None:
        """Writes the co-op as it was before the change; None if the case is not about a change."""
        return None if self.files_before is None else write_files(self.files_before, root)

    def __str__(self) -> str:
        return f"{self.check}/{self.name}"


@lru_cache
def all_cases() -> list[Case]:
    """Every case, in the order of checks and names."""
    folders = sorted(path for path in CASES.glob("*/*") if path.is_dir() and path.name != BASE)
    return [Case(path.parent.name, path.name) for path in folders]


def write_files(files: dict[str, bytes], root: Path) -> Path:
    """Writes stored files to a new folder as the files that they describe."""
    special = {
        name: files.get(name, b"").decode().splitlines()
        for name in ("also.txt", "symlink-to.txt", "executable.txt")
    }
    root.mkdir(parents=True)
    for name, content in files.items():
        if name.endswith(".hex"):
            _write(root / name.removesuffix(".hex"), bytes.fromhex(content.decode()))
        elif name not in special:
            _write(root / name, content)
    for name in special["also.txt"]:
        _write(root / name, b"Texte.\n")
    for line in special["symlink-to.txt"]:
        name, target = line.split(": ")
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)
    for name in special["executable.txt"]:
        (root / name).chmod(0o755)
    return root


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _overlay(below: dict[str, bytes], folder: Path) -> dict[str, bytes]:
    """The files below with those of a folder laid over them."""
    layer = dict(_read_layer(folder))
    gone = layer.pop(GONE, b"").decode().splitlines()
    unknown = [line for line in gone if not any(_is_within(name, line) for name in below)]
    assert not unknown, f"{folder / GONE} lists what is not there: {unknown}"
    return {
        name: content
        for name, content in below.items()
        if not any(_is_within(name, line) for line in gone)
    } | layer


def _is_within(name: str, line: str) -> bool:
    return name.startswith(line) if line.endswith("/") else name == line


@cache
def _read_layer(folder: Path) -> dict[str, bytes]:
    """The files of one folder by path, without those of `before/` and what is expected."""
    names = {
        str(file.relative_to(folder)): file for file in sorted(folder.rglob("*")) if file.is_file()
    }
    return {
        name: file.read_bytes()
        for name, file in names.items()
        if name != EXPECTED and not name.startswith(f"{BEFORE}/")
    }
