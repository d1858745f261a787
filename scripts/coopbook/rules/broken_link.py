"""A link in a text leads somewhere: to a record, to a heading on its page, to a picture beside it, or to another site.

Links are paths from the file they stand in, such as `../metier/prix.md`, as in the forge. Pictures come from the repository: one from
another site is not shown. Addresses of other sites are not visited.

## Why
A renamed page leaves dead links behind. A picture from elsewhere would tell that site who reads ours.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from ..diagnostics import Diagnostic, nearest, suggestion
from ..index import Index
from ..links import Target, resolve
from ..markdown import Link, links
from ..messages import NOTHING, Message, _
from ..records import Record

SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    own = index.by_file[record.file].anchors if record.file in index.by_file else ()
    for path, text in record.markdown():
        for link in links(text):
            wrong = _wrong(link, resolve(link.url, record.file, index), record, index, own if path is None else None)
            if wrong:
                message, help = wrong
                yield (
                    record.error(message, *path, help=help)
                    if path is not None
                    else record.error_in_body(message, link.line, link.column, help=help)
                )


def _wrong(link: Link, target: Target, record: Record, index: Index, own: tuple[str, ...] | None) -> tuple[Message, Message] | None:
    if target.place == "refused":
        return _("This address is not put on a page: {url}.", url=link.url), _(
            "Addresses begin with https://, mailto: or tel:, or are paths."
        )
    if target.place == "nowhere":
        return _("This link leads nowhere: {url}.", url=link.url), _near(link.url.partition("#")[0], record.file, index)
    if link.image and target.place in {"outside", "record"}:
        return _("This picture is not in the repository: {url}.", url=link.url), _("Put it beside the page and name it here.")
    if target.entry and not target.entry.sound:
        return None
    anchors = target.entry.anchors if target.entry else own if target.place == "here" else None
    if target.anchor and anchors is not None and target.anchor not in anchors and not target.anchor.startswith(("fn-", "fnref-")):
        return _("There is no heading “{anchor}” on that page.", anchor=target.anchor), suggestion(target.anchor, anchors) or NOTHING
    return None


def _near(url: str, file: str, index: Index) -> Message:
    """The file of the name most like the one that `url` gives, as its path is written in `file`."""
    paths = {*index.by_file, *index.assets}
    name = nearest(posixpath.basename(url), sorted({posixpath.basename(path) for path in paths}))
    near = sorted(posixpath.relpath(f"/{path}", f"/{posixpath.dirname(file)}") for path in paths if posixpath.basename(path) == name)
    return _("Did you mean “{near}”?", near=nearest(url, near) or near[0]) if near else NOTHING
