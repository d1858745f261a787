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
DIGESTS = STARTER / "digests.json"
"""What each file that is ours has held, from the first version to the present: `make docs`."""

_PIN = re.compile(r"(uses: +)([\w./-]+)(@[0-9a-f]{40}(?: # v[0-9.]+)?)")
"""Where a workflow says which version of an action runs. Dependabot moves these in each co-op, so
they say nothing of whether somebody changed the file."""


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


def lay_out(language: str, **values: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of a new co-op's folder.

    Args:
        language: The main language; English where there is no starter in it.
        values: What stands between `[[` and `]]` in the files.
    """
    spoken = language.partition("-")[0]
    for folder in (common_folder(), STARTER / (spoken if (STARTER / spoken).is_dir() else "en")):
        for file in _files(folder):
            yield _path(file, folder), _render(file, **values)


def common_folder() -> Path:
    """Find the folder of the files that are the same in every co-op."""
    return STARTER / "common"


def present_files() -> dict[str, str]:
    """Give the present text of each file that is the same in every co-op, by its path there."""
    return {_path(file, common_folder()): _render(file) for file in _files(common_folder())}


def digest(text: str) -> str:
    """Identify what a file says, whatever its line ends and the versions of actions in it."""
    plain = _PIN.sub(r"\1\2", text.replace("\r\n", "\n"))
    return hashlib.sha256(plain.encode()).hexdigest()


def find_outdated(root: Path) -> Outdated:
    """Compare a co-op's copies of our files with those that Coopbook has laid.

    A file that is not there was taken out, and stays out. One that has only ever been the same in
    Coopbook misses nothing, whatever was changed in it.
    """
    known: dict[str, list[str]] = json.loads(DIGESTS.read_bytes())
    found = Outdated()
    for ours in _files(common_folder()):
        path, present = _path(ours, common_folder()), _render(ours)
        file = root / path
        if file.is_symlink() or not file.is_file() or len(known[path]) == 1:
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        if digest(text) == digest(present):
            continue
        if digest(text) in known[path]:
            found.files[path] = _with_pins_of(text, present).encode()
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
    from jinja2 import Environment, StrictUndefined

    # what stands in the templates in braces is GitHub's
    texts = Environment(  # noqa: S701 -- it writes YAML and Markdown
        variable_start_string="[[",
        variable_end_string="]]",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    return texts.from_string(file.read_text(encoding="utf-8")).render(**values)
