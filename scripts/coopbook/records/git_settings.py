"""What the co-op's own files for git (`.gitignore`, `.gitattributes`) keep out of sight.

Git reads them as it is told to: a file that is ignored is never handed in, and a change of one that
is called made or binary is folded away by forges, so that nobody reads it before it is taken over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _
from ..base.positions import Span
from .evidence import FOLDER
from .index import File
from .model import Kind

SLUG = "hidden-by-git"
"""The check that tells what is found here."""

IGNORE, ATTRIBUTES = ".gitignore", ".gitattributes"
_MOST_BYTES = 100_000
_HIDES = re.compile(
    r"binary|-diff|-merge|merge=.*|diff=.*|filter=.*|ident|working-tree-encoding=.*|eol=crlf"
    r"|export-(ignore|subst)(=.*)?|(linguist|gitlab|gitea)-(generated|vendored)(=(?!false).*)?"
)
"""Attributes by which a file is shown, merged or kept otherwise than as it stands."""


def find_hidden(
    root: Path, files: Iterable[File], records: Iterable[str], kinds: Iterable[Kind]
) -> Iterator[Diagnostic]:
    """The lines of git's own files that hide records of the book.

    Args:
        root: The co-op's folder.
        files: Its files.
        records: The paths of those that are records.
        kinds: The kinds of its records.
    """
    here = {file.path for file in files if not file.link}
    if not here & {IGNORE, ATTRIBUTES}:
        return
    proofs = sorted(path for path in here if path.startswith(FOLDER))
    samples = [sample for kind in kinds for sample in kind.samples]
    paths = [*records, *proofs, *samples]
    if IGNORE in here:
        yield from _find_ignored(_read(root, IGNORE), paths)
    if ATTRIBUTES in here:
        yield from _find_folded(_read(root, ATTRIBUTES), paths)


def _find_ignored(lines: list[str], paths: list[str]) -> Iterator[Diagnostic]:
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return
    found: dict[int, list[str]] = {}
    for path in paths:
        checked = spec.check_file(path)
        if checked.include and checked.index is not None:
            found.setdefault(checked.index, []).append(path)
    for number in sorted(found):
        message = _(
            "Git leaves out what this line names, records among it: {file}.", file=found[number][0]
        )
        yield _at(IGNORE, number, message)


def _find_folded(lines: list[str], paths: list[str]) -> Iterator[Diagnostic]:
    from pathspec import GitIgnoreSpec

    for number, line in enumerate(lines):
        pattern, *attributes = line.split() or [""]
        hiding = next((one for one in attributes if _HIDES.fullmatch(one)), "")
        if not hiding or pattern.startswith("#"):
            continue
        if pattern.startswith("[attr]"):
            hidden: str | None = pattern
        else:
            try:
                spec = GitIgnoreSpec.from_lines([pattern.strip('"')])
            except ValueError:
                continue
            hidden = next((path for path in paths if spec.match_file(path)), None)
        if hidden:
            message = _(
                "“{attribute}” shows, merges or keeps records otherwise than they stand: {file}.",
                attribute=hiding,
                file=hidden,
            )
            yield _at(ATTRIBUTES, number, message)


def _at(file: str, number: int, message: Message) -> Diagnostic:
    line = number + 1
    return Diagnostic(
        file, message, _("Take the line out."), span=Span(line, 1, line, 2), check=SLUG
    )


def _read(root: Path, name: str) -> list[str]:
    try:
        with (root / name).open("rb") as opened:
            return opened.read(_MOST_BYTES).decode("utf-8", "replace").splitlines()
    except OSError:
        return []
