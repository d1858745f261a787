"""The files that a new co-op's folder begins with, and what becomes of them in a newer Coopbook.

What belongs to the co-op from the first day (its README, its first pages) is laid once. What makes
the forge run Coopbook is ours: a file that is still as some version of Coopbook laid it is brought
to the present one. One that somebody changed is theirs; it can only be named.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..base.shipped import shipped

STARTER = shipped("starter")
BESIDE = ("requirements.txt",)
"""What the starter lays at the top besides the book and what every co-op's folder may hold."""
FORGES = STARTER / "forges"
"""What makes each forge run Coopbook, in a folder of its name."""
SHARED = STARTER / "shared"
"""What the files of several forges have in common."""
DIGESTS = STARTER / "digests.json"
"""What each file that is ours has held, from the first version to the present: `make docs`."""

_PIN = re.compile(r"(uses: +)([\w./-]+)(@[0-9a-f]{40}(?: # v[0-9.]+)?)")
"""Where a workflow says which version of an action runs. Dependabot moves these in each co-op, so
they say nothing of whether somebody changed the file."""

_CLOCK = re.compile(r"^  schedule:", re.MULTILINE)
"""How a workflow is told to run by the clock."""


@dataclass(frozen=True)
class Outdated:
    """How a co-op's copies of our files stand.

    Attributes:
        files: The present content of each one that is as an earlier version laid it.
        own: Those that somebody changed, and that have changed in Coopbook too, each with where
            the present one lies.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    own: dict[str, Path] = field(default_factory=dict)


def lay_out(language: str, forge: str, **values: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of a new co-op's folder.

    Args:
        language: The main language; English where there is no starter in it.
        forge: Where the files will be kept, one of `forge_names`; empty for no forge.
        values: What stands between `[[` and `]]` in the files.
    """
    spoken = language.partition("-")[0]
    own = STARTER / (spoken if (STARTER / spoken).is_dir() else "en")
    for folder in (common_folder(), *([FORGES / forge] if forge else []), own):
        for file in _files(folder):
            yield _path(file, folder), _render(file, forge=forge, **values)


def common_folder() -> Path:
    """Find the folder of the files that are the same in every co-op."""
    return STARTER / "common"


def forge_names() -> list[str]:
    """Name the forges that have files of their own."""
    return sorted(folder.name for folder in FORGES.iterdir())


def forge_files(forge: str) -> list[str]:
    """Name what a forge runs, by its place in a co-op's folder; nothing of a forge unknown."""
    folder = FORGES / forge
    return [_path(file, folder) for file in _files(folder)] if forge in forge_names() else []


def present_files() -> dict[str, str]:
    """Give the present text of each file that is the same in every co-op, or in every co-op on one
    forge, by its path there.
    """
    return {path: _render(file) for path, file in _ours().items()}


def _ours() -> dict[str, Path]:
    folders = (common_folder(), *(FORGES / name for name in forge_names()))
    return {_path(file, folder): file for folder in folders for file in _files(folder)}


def digest(text: str) -> str:
    """Identify what a file says, whatever its line ends and the versions of actions in it."""
    plain = _PIN.sub(r"\1\2", text.replace("\r\n", "\n"))
    return hashlib.sha256(plain.encode()).hexdigest()


def find_outdated(root: Path) -> Outdated:
    """Compare a co-op's copies of our files with those that Coopbook has laid.

    A file that is not there was taken out, and stays out. One that has only ever been the same in
    Coopbook misses nothing, whatever was changed in it. A clock that moved from a file that is
    renewed into one of its own moves here, too.
    """
    known: dict[str, list[str]] = json.loads(DIGESTS.read_bytes())
    found = Outdated()
    all_ours = _ours()
    for path, ours in all_ours.items():
        present, file = _render(ours), root / path
        if file.is_symlink() or not file.is_file() or len(known[path]) == 1:
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        if digest(text) == digest(present):
            continue
        if digest(text) in known[path]:
            found.files[path] = _with_pins_of(text, present).encode()
            timed = path.replace(".yml", "-timed.yml")
            if _CLOCK.search(text) and not _CLOCK.search(present) and timed in all_ours:
                found.files[timed] = _render(all_ours[timed]).encode()
        else:
            found.own[path] = ours
    return found


def _with_pins_of(text: str, present: str) -> str:
    """The present text with the versions of actions that a co-op's copy names."""
    pins = {action: pin for _uses, action, pin in _PIN.findall(text)}
    return _PIN.sub(lambda found: f"{found[1]}{found[2]}{pins.get(found[2], found[3])}", present)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _path(file: Path, folder: Path) -> str:
    """Where a file lies in a co-op's folder. Packages leave files out that begin with a dot."""
    return file.relative_to(folder).as_posix().replace("dot-", ".", 1)


def _render(file: Path, **values: str) -> str:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    # what stands in the templates in braces is GitHub's
    texts = Environment(  # noqa: S701 -- it writes YAML and Markdown
        loader=FileSystemLoader(SHARED),
        variable_start_string="[[",
        variable_end_string="]]",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return texts.from_string(file.read_text(encoding="utf-8")).render(**values)
