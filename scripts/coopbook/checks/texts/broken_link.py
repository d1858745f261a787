"""A link in a text leads somewhere: to a record, to a heading on its page, to a picture beside it,
or to another site.

Links are paths from the file they stand in, such as `../metier/prix.md`, as in the forge. Pictures
come from the repository: one from another site is not shown. Addresses of other sites are not
visited.

## Why
A renamed page leaves dead links behind. A picture from elsewhere would tell that site who reads
ours.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from ...base.diagnostics import Diagnostic, nearest, suggestion
from ...base.markdown import Link, links
from ...base.messages import NOTHING, Message, _
from ...base.positions import Path
from ...records.index import Entry, Index
from ...records.links import Target, resolve
from ...records.model import Record

SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, text in record.markdown():
        for link in links(text):
            wrong = _wrong(link, resolve(link.url, record.file, index), record, index, path)
            if wrong:
                message, help = wrong
                yield record.fault_in_text(message, path, (link.line, link.column), help=help)


def _wrong(
    link: Link, target: Target, record: Record, index: Index, path: Path | None
) -> tuple[Message, Message] | None:
    if target.place == "refused":
        help = _("Addresses begin with https://, mailto: or tel:, or are paths.")
        return _("This address is not put on a page: {url}.", url=link.url), help
    if target.place == "nowhere" and _asset(link.url, record, index):
        return _("A page does not give a file of this kind: {url}.", url=link.url), _(
            "Pages show JPEG, PNG and WebP pictures, and give PDF, ODT and ODS files that stand in "
            "wiki/ or projects/."
        )
    if target.place == "nowhere":
        return _("This link leads nowhere: {url}.", url=link.url), _suggest_file(
            link.url.partition("#")[0], record.file, index
        )
    if link.image and target.place == "attachment":
        return _("This is no picture: {url}.", url=link.url), _(
            "Take the exclamation mark away: [words](file)."
        )
    if link.image and target.place in {"outside", "record"}:
        return _("This picture is not in the repository: {url}.", url=link.url), _(
            "Put it beside the page and name it here."
        )
    if target.anchor and not target.anchor.startswith(("fn-", "fnref-")):
        return _no_heading(
            target,
            index.by_file.get(record.file)
            if target.place == "here" and path is None
            else target.entry,
        )
    return None


def _asset(url: str, record: Record, index: Index) -> bool:
    """Whether an address leads to a file that is there, and is no record."""
    path = unquote(url.partition("#")[0].partition("?")[0])
    full = posixpath.normpath(posixpath.join("/", posixpath.dirname(record.file), path))[1:]
    return full in index.assets


def _no_heading(target: Target, entry: Entry | None) -> tuple[Message, Message] | None:
    if entry is None or not entry.sound or target.anchor in entry.anchors:
        return None
    return _("There is no heading “{anchor}” on that page.", anchor=target.anchor), suggestion(
        target.anchor, entry.anchors
    )


def _suggest_file(url: str, file: str, index: Index) -> Message:
    """The file of the name most like the one that `url` gives, as its path is written in `file`,
    of those that a link can lead to.
    """
    name = nearest(posixpath.basename(url), index.named)
    paths = (
        posixpath.relpath(f"/{path}", f"/{posixpath.dirname(file)}")
        for path in (index.named[name] if name else ())
    )
    near = [path for path in paths if resolve(path, file, index).place != "nowhere"]
    return _("Did you mean “{near}”?", near=nearest(url, near) or near[0]) if near else NOTHING
