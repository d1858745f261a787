"""A text that everybody can read links only to records and pictures that everybody can read.

Where it leads to another, the public site shows the words of the link alone, at once; the members'
site keeps it. In minutes that are approved and proposals that are decided, whose words stay, a link
to a member who has left since is not told.

## Why
Who withdraws from the directory must not wait for others to edit their texts. But the words of a
link may still name them, and a sentence that sends its readers nowhere is seldom meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...base.diagnostics import Diagnostic
from ...base.markdown import links
from ...base.messages import _
from ...decisions.types import Member, Minutes, Proposal
from ...records.audience import view
from ...records.index import Entry, Index
from ...records.links import resolve
from ...records.model import Record

SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    hidden = [
        (path, text, link, entry)
        for path, text in record.markdown()
        for link in links(text)
        if (entry := _hidden(link.url, record, index)) and not _has_stayed(record, entry)
    ]
    shown = view(record, index, "public") if hidden else None
    public = {text for _path, text in shown.markdown()} if shown else set()
    for path, text, link, entry in hidden:
        if text in public:
            message = _(
                "Everybody can read this text, but not “{id}”: the public sees the words of the "
                "link alone.",
                id=entry.id,
            )
            help = (
                _("If these words name them, write others, such as “a member”.")
                if entry.kind == "member"
                else _("Take the link out, or make {file} public.", file=entry.file)
            )
            yield record.fault_in_text(message, path, (link.line, link.column), help=help)


_SETTLED: dict[str, Callable[[Record], bool]] = {
    "minutes": lambda record: Minutes.of(record).is_settled,
    "proposal": lambda record: Proposal.of(record).is_closed,
}
"""Of which kinds the words can come to stay as they are, and when."""


def _has_stayed(record: Record, entry: Entry) -> bool:
    """Whether a link to somebody who has left stands in words that can change no more."""
    has_left = entry.kind == "member" and Member.of(entry).has_left
    return has_left and (settled := _SETTLED.get(record.kind.name)) is not None and settled(record)


def _hidden(url: str, record: Record, index: Index) -> Entry | None:
    """The record that an address leads to, if the public may not see it."""
    target = resolve(url, record.file, index)
    entry = target.entry or _member_of_photo(target.asset, index)
    return entry if entry and entry.sound and not entry.public else None


def _member_of_photo(asset: str, index: Index) -> Entry | None:
    """The member whose picture this is."""
    owner = index.owner_of_picture(asset)
    return index.find("member", owner) if owner else None
