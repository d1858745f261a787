"""A text that everybody can read links only to records and pictures that everybody can read.

## Why
Visitors would meet a page that does not exist for them, and the address alone tells them something that is not theirs.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..audience import view
from ..diagnostics import Diagnostic
from ..index import Entry, Index
from ..links import resolve
from ..markdown import links
from ..messages import _
from ..records import Record


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    texts = [(path, text) for path, text in record.markdown() if "](" in text or "]:" in text]
    shown = view(record, index, "public") if texts else None
    public = {text for _path, text in shown.markdown()} if shown else set()
    for path, text in texts:
        for link in links(text) if text in public else ():
            target = resolve(link.url, record.file, index)
            entry = target.entry or _photographed(target.asset, index)
            if entry and entry.sound and not entry.public:
                message = _("Everybody can read this text, but not “{id}”.", id=entry.id)
                help = _("Take the link out, or make {file} public.", file=entry.file)
                yield (
                    record.error(message, *path, help=help)
                    if path is not None
                    else record.error_in_body(message, link.line, link.column, help=help)
                )


def _photographed(asset: str, index: Index) -> Entry | None:
    """The member whose photo this is."""
    folder, _slash, name = asset.rpartition("/")
    return index.find("member", name.rpartition(".")[0]) if folder == "members/photos" else None
