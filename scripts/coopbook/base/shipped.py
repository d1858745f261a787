"""Where the data that ship with the tool lie: in the wheel inside the package, in a checkout at the
repository's top.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parents[1]
_INSIDE = PACKAGE / "data"
_CHECKOUT = PACKAGE.parents[1]
_AT_THE_TOP = {"schemas": "schemas", "guides": "docs/guides", "configuration": ""}
"""What this repository keeps at its top, because it is a co-op's book too: `pyproject.toml` puts it
into `data/` of the wheel.
"""


def shipped(name: str) -> Path:
    """Find a shipped file or folder.

    Args:
        name: `schemas`, `guides`, `configuration`, `locales`, `presets`, `starter`, `fonts`,
            `documents` (the templates of office documents), `compiled` (what the build made of
            others), `minutes.yml` (what minutes must hold), `codes.json` or `country_boxes.json`.

    Returns:
        Its path; `configuration` is the folder of our own `mkdocs.yml` and `mkdocs.members.yml`.
    """
    inside = _INSIDE / name
    return inside if name not in _AT_THE_TOP or inside.exists() else _CHECKOUT / _AT_THE_TOP[name]


class Stamp(NamedTuple):
    """A file as it is now. What is read from it once a process is kept under its stamp: while
    `serve` runs, it may change.
    """

    path: Path
    changed_ns: int
    size: int


def stamps(files: Iterable[Path]) -> tuple[Stamp, ...]:
    """The stamps of some files, in the order of their paths."""
    states = ((file, file.stat()) for file in sorted(files))
    return tuple(Stamp(file, state.st_mtime_ns, state.st_size) for file, state in states)


def find_checkout() -> Path | None:
    """Find the repository that this program runs from; None where it was installed from a wheel."""
    return (
        _CHECKOUT
        if PACKAGE.parent.name == "scripts" and (_CHECKOUT / "pyproject.toml").is_file()
        else None
    )
