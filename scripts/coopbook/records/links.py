"""Where an address written in a record leads: a record, a file beside it, another site, or
nowhere.
"""

from __future__ import annotations

import posixpath
import re
from typing import Literal
from urllib.parse import unquote

from msgspec import Struct

from ..base.markdown import is_allowed_address, links
from .attachments import is_attachment
from .index import Entry, File, Index
from .model import Record
from .pictures import SUFFIXES as PICTURES

_EMOJI_SIGNS = re.compile("[\ufe0e\ufe0f\u200d\u20e3]")


class Target(Struct, frozen=True):
    """`place` is "here" for an anchor of the same page; `entry` a record, `asset` the path of
    a picture or, where `place` says so, of an attachment.
    """

    place: Literal["here", "record", "asset", "attachment", "outside", "nowhere", "refused"]
    entry: Entry | None = None
    asset: str = ""
    anchor: str = ""


def resolve(url: str, file: str, index: Index) -> Target:
    """Where `url`, written in `file`, leads. Links are paths from that file, as in the forge; one
    that begins with / starts at the top.
    """
    if not is_allowed_address(url):
        return Target("refused")
    if ":" in url.partition("/")[0].partition("#")[0]:
        return Target("outside")
    path, _, anchor = url.partition("#")
    path, anchor = unquote(path.partition("?")[0]), unquote(anchor)
    if not path:
        return Target("here", anchor=anchor_on(index.by_file.get(file), anchor))
    full = posixpath.normpath(posixpath.join("/", posixpath.dirname(file), path))[1:]
    if full in index.assets and full.endswith(PICTURES):
        return Target("asset", asset=full)
    if full in index.assets and is_attachment(full):
        return Target("attachment", asset=full)
    entry = index.by_file.get(full) or next(
        (
            index.by_file[name]
            for name in (f"{full}/README.md", f"{full}/index.md")
            if name in index.by_file
        ),
        None,
    )
    entry = entry or _renamed_record(full, index)
    return Target("record", entry, anchor=anchor_on(entry, anchor)) if entry else Target("nowhere")


def anchor_on(entry: Entry | None, anchor: str) -> str:
    """The anchor of a page that one written with other capitals means, as forges take it, or
    without a sign that an emoji leaves; as written where none does, or several do.
    """
    if not anchor or entry is None or anchor in entry.anchors:
        return anchor
    alike = [one for one in entry.anchors if _fold(one) == _fold(anchor)]
    return alike[0] if len(alike) == 1 else anchor


def _fold(anchor: str) -> str:
    return _EMOJI_SIGNS.sub("", anchor).strip("-").casefold()


def list_attachments(record: Record, index: Index) -> list[File]:
    """The files that a record's texts lead to, as far as its audience may see the texts, each once
    and in their order.
    """
    found = [
        target.asset
        for _path, text in record.markdown()
        for link in links(text)
        if (target := resolve(link.url, record.file, index)).place == "attachment"
    ]
    return [index.assets[path] for path in dict.fromkeys(found)]


def _renamed_record(path: str, index: Index) -> Entry | None:
    """The record that had this file's id before."""
    kind = next((kind for kind in index.kinds.values() if kind.owns(path)), None)
    return index.find(kind.name, kind.id_of(path)) if kind else None
