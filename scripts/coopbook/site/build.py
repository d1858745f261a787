"""Make a co-op's sites: each beside the old one, then all put in place, so that they are of one
day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .. import checks
from ..base.diagnostics import Diagnostic, has_errors
from ..base.messages import Stopped, _
from ..records.audience import AUDIENCES, Audience
from ..records.load import Book, Progress
from .exchange import Ready, new_folder, real_folder
from .mkdocs_hook import prepare_site


def build(book: Book, out: Path, audiences: Sequence[Audience] = AUDIENCES) -> list[Diagnostic]:
    """Check a book and make its sites, `out/public` and `out/members`.

    With an error in the book no site is made, and those that are there stay. A site that is
    replaced is kept beside the new one for `coopbook rollback`.

    Args:
        book: The co-op, as `load` read it; its day and its history are those of the pages.
        out: The folder of the sites; made where it is missing.
        audiences: Whose sites to make: `public`, `members` or both.

    Returns:
        All that is wrong with the book, warnings too, in the order of files and lines.

    Raises:
        Stopped: Where two pages would have one address; the old sites stay.
        OSError: Where the disk refuses; the old sites stay.
    """
    found = checks.check(book)
    if not has_errors(found):
        targets = {audience: (out / audience).absolute() for audience in audiences}
        with prepared_sites(book, found, targets) as sites:
            for _target in put_in_place(sites):
                pass
    return found


@contextmanager
def prepared_sites(
    book: Book,
    found: list[Diagnostic],
    targets: Mapping[Audience, Path],
    progress: Progress = lambda _count: None,
) -> Iterator[list[Ready]]:
    """The new sites of a checked book, each beside the old one; in the end, those that are still in
    the list are taken away again.

    Args:
        book: The co-op.
        found: What was found wrong with it: warnings alone.
        targets: The folder of each site, absolute.
        progress: Told the number of pages written since the last call.

    Yields:
        The sites, in the order of their targets.

    Raises:
        Stopped: Where two pages would have one address.
        OSError: Where the disk refuses.
    """
    sites: list[Ready] = []
    try:
        for audience, target in targets.items():
            sites.append(_prepare(book, found, audience, target, progress))
        yield sites
    finally:
        for site in sites:
            site.drop()


def put_in_place(sites: list[Ready]) -> Iterator[Path]:
    """Put sites in the place of the old ones and take them off the list; yields their folders."""
    while sites:
        sites[0].put()
        yield sites.pop(0).final


def _prepare(
    book: Book,
    found: list[Diagnostic],
    audience: Audience,
    target: Path,
    progress: Callable[[int], None],
) -> Ready:
    folder = real_folder(target)
    try:
        return prepare_site(book, found, audience, folder, progress)
    except FileExistsError as error:
        path = Path(error.filename).relative_to(new_folder(folder))
        raise Stopped(
            _(
                "Two things would have the address {path}: rename one of them. The old site stays.",
                path=path,
            )
        ) from error
