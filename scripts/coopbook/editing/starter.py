"""The files that a new co-op's folder begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..base.version import __version__
from ..records.starter_files import (
    FORGES,
    MARK,
    PACKAGES,
    STARTER,
    Mark,
    common_folder,
    files_in,
    packages,
    place_of,
    present_digests,
    render,
    render_mark,
)

BESIDE = ("requirements.txt",)
"""What the starter lays at the top besides the book and what every co-op's folder may hold."""


def lay_out(
    language: str, forge: str, checks: Iterable[str], **values: str
) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file of a new co-op's folder.

    Args:
        language: The main language; English where there is no starter in it.
        forge: Where the files will be kept, one of `forge_names`; empty for no forge.
        checks: The checks that there are, for the mark.
        values: What stands between `[[` and `]]` in the files.
    """
    spoken = language.partition("-")[0]
    own = STARTER / (spoken if (STARTER / spoken).is_dir() else "en")
    kept = [PACKAGES]
    for folder in (common_folder(), *([FORGES / forge] if forge else []), own):
        for file in files_in(folder):
            path = place_of(file, folder)
            kept += [path] if folder != own else []
            yield path, render(file, forge=forge, **values)
    yield PACKAGES, packages()
    laid = {path: present_digests()[path] for path in kept}
    yield MARK, render_mark(Mark(__version__, laid, tuple(sorted(checks)))).decode()
