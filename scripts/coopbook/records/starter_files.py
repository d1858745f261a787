"""The files that Coopbook lays in a co-op's folder and keeps up to date there: what they hold, all
that they have ever held, and the mark that says what a co-op has of them.

What belongs to the co-op from the first day (its README, its first pages) is laid once and is none
of these.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from ..base.shipped import shipped

STARTER = shipped("starter")
FORGES = STARTER / "forges"
"""What makes each forge run Coopbook, in a folder of its name."""
SHARED = STARTER / "shared"
"""What the files of several forges have in common."""
LAID = STARTER / "laid"
"""Every text that one of these files has held, each in a folder of the file's path and named after
its digest; the present one, too: `make docs`."""
PRESENT = STARTER / "present.json"
"""The digests of what they hold at present: `make docs`."""
UNMARKED = STARTER / "unmarked.json"
"""The files of each Coopbook that left no mark, by the digests of their texts; the first first."""
REQUIREMENTS = "requirements.txt"
"""Which Coopbook a co-op installs."""
PACKAGES = "requirements.lock"
"""All programs that Coopbook needs, each with its digests; laid in every co-op's folder."""
MARK = ".coopbook/starter.json"

_PIN = re.compile(r"(uses: +)([\w./-]+)(@[0-9a-f]{40}(?: # v[0-9.]+)?)")
"""Where a workflow says which version of an action runs. Dependabot moves these in each co-op, so
they say nothing of whether somebody changed the file."""
_NAMED = 16
"""As much of a digest as names a text."""


class Mark(Struct, frozen=True):
    """What a co-op has of our files, as the last Coopbook wrote it that laid any.

    Attributes:
        coopbook: The version of that Coopbook.
        files: The digest of the text that each file was laid with, or last merged with; those that
            the co-op has taken out since are among them.
        checks: The checks that there were.
    """

    coopbook: str = ""
    files: dict[str, str] = {}
    checks: tuple[str, ...] = ()


def read_mark(root: Path) -> Mark | None:
    """The mark of a co-op's folder; None where there is none, or where it cannot be read."""
    file = root / MARK
    if file.is_symlink() or file.parent.is_symlink() or not file.is_file():
        return None
    try:
        return msgspec.json.decode(file.read_bytes(), type=Mark)
    except (OSError, msgspec.MsgspecError):
        return None


def render_mark(mark: Mark) -> bytes:
    """What the mark's file holds: a line a file and a check, so that two changes rarely meet."""
    return msgspec.json.format(msgspec.json.encode(mark, order="deterministic"), indent=2) + b"\n"


def common_folder() -> Path:
    """Find the folder of the files that are the same in every co-op."""
    return STARTER / "common"


def forge_names() -> list[str]:
    """Name the forges that have files of their own."""
    return sorted(folder.name for folder in FORGES.iterdir())


def forge_files(forge: str) -> list[str]:
    """Name what a forge runs, by its place in a co-op's folder; nothing of a forge unknown."""
    folder = FORGES / forge
    return [place_of(file, folder) for file in files_in(folder)] if forge in forge_names() else []


def present_files() -> dict[str, str]:
    """Give the present text of each file that is the same in every co-op, or in every co-op on one
    forge, by its path there.
    """
    folders = (common_folder(), *(FORGES / name for name in forge_names()))
    return {place_of(file, folder): render(file) for folder in folders for file in files_in(folder)}


@lru_cache(maxsize=1)
def present_digests() -> dict[str, str]:
    """The digest of what this Coopbook lays, by path, as `make docs` noted it: every check asks,
    and writing the files takes longer than reading a small co-op.
    """
    found: dict[str, str] = json.loads(PRESENT.read_bytes())
    return found


def digest_present() -> dict[str, str]:
    """The digest of what this Coopbook lays, by path: `present_files`, and the packages."""
    return {
        **{path: digest(text) for path, text in present_files().items()},
        PACKAGES: digest(packages()),
    }


def find_stale(mark: Mark) -> list[str]:
    """The files that a co-op has otherwise than this Coopbook lays them, and those of its forge
    that are new.
    """
    had = mark.files.keys()
    others = {
        path
        for forge in forge_names()
        for path in forge_files(forge)
        if had.isdisjoint(forge_files(forge))
    }
    return sorted(
        path
        for path, now in present_digests().items()
        if mark.files.get(path) != now
        and path not in others
        and (path != PACKAGES or PACKAGES in had)
    )


def packages() -> str:
    """All programs that Coopbook needs, as pip reads them."""
    return (STARTER / PACKAGES).read_text(encoding="utf-8")


def laid_texts(path: str) -> dict[str, str]:
    """Every text that a file of ours has held, by its digest."""
    folder = LAID / _undot(path)
    texts = (file.read_text(encoding="utf-8") for file in files_in(folder))
    return {digest(text): text for text in texts}


def name_laid(path: str, text: str) -> str:
    """Where a text of a file is kept, below `LAID`."""
    return f"{_undot(path)}/{digest(text)[:_NAMED]}.txt"


def digest(text: str) -> str:
    """Identify what a file says, whatever its line ends and the versions of actions in it."""
    plain = _PIN.sub(r"\1\2", text.replace("\r\n", "\n"))
    return hashlib.sha256(plain.encode()).hexdigest()


def with_pins_of(text: str, other: str) -> str:
    """Another text with the versions of actions that a co-op's copy names."""
    pins = {action: pin for _uses, action, pin in _PIN.findall(text)}
    return _PIN.sub(lambda found: f"{found[1]}{found[2]}{pins.get(found[2], found[3])}", other)


def files_in(folder: Path) -> list[Path]:
    """The files below a folder, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def place_of(file: Path, folder: Path) -> str:
    """Where a file lies in a co-op's folder. Packages leave files out that begin with a dot."""
    return file.relative_to(folder).as_posix().replace("dot-", ".", 1)


def _undot(path: str) -> str:
    return f"dot-{path[1:]}" if path.startswith(".") else path


def render(file: Path, **values: str) -> str:
    """The text of a file of the starter, with what stands between `[[` and `]]` in it."""
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
