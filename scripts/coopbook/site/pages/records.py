"""The page of one record."""

from __future__ import annotations

import html
import posixpath
from typing import Any

from ...base import markdown
from ...records.attachments import KINDS as ATTACHMENTS
from ...records.index import Entry
from ...records.links import list_attachments
from ...records.model import Record
from ..backs import named_by
from ..context import Site
from ..engine import template_for
from ..rendering import make_page
from ..shells import Page
from ..values import cover
from . import record_values


def record_page(site: Site, record: Record) -> Page | None:
    """A record as `view()` gave it, in the site's language; None where it has no page in it."""
    entry = site.index.entries[record.kind.name][record.id]
    if not site.addresses.speaks(entry):
        return None
    path = site.addresses.url(entry).removeprefix(site.prefix)
    values: dict[str, Any] = {
        "record": record,
        "value": record.value,
        "entry": entry,
        "alternates": site.addresses.alternates(entry),
        "section": record.kind.folder,
        "description": _description(site, record),
        "backs": named_by(site, entry),
        "told": _told_apart(record),
        "attachments": _attachments(site, record),
    }
    more = record_values().get(record.kind.name)
    if more:
        values |= more(site, record, site.prefix + path)
    shared = {"type": "article", "image": cover(site, entry)} | values.pop("sharing", {})
    values["head"] = values.get("head", "") + _share(site, entry, values["description"], shared)
    if "body" not in values and record.body:
        values["body"] = site.texts.body(record, site.prefix + path, top=2)
    return make_page(
        site,
        path,
        values.pop("title", "") or site.texts.title(entry),
        record.kind.template_file
        if record.kind.template
        else template_for("kinds", record.kind.name, "record.html"),
        **values,
    )


def _share(site: Site, entry: Entry, description: str, more: dict[str, str]) -> str:
    """What is shown of a page where somebody shares its address (https://ogp.me): HTML for its head
    on the public site, once that has an address.
    """
    start = site.settings.site
    if site.audience != "public" or not start:
        return ""
    facts = {"title": site.texts.text(entry.title), "description": description} | more
    if facts["image"]:
        facts["image"] = start + facts["image"]
    return "".join(
        f'<meta property="og:{name}" content="{html.escape(text)}">'
        for name, text in facts.items()
        if text
    )


def _attachments(site: Site, record: Record) -> list[tuple[str, str, str, str]]:
    """The files that the page gives: address from the site's root, name, kind and size in words."""
    return [
        (
            f"files/{file.path}",
            posixpath.basename(file.path),
            site.words.say(ATTACHMENTS[posixpath.splitext(file.path)[1]]),
            site.words.size(file.size),
        )
        for file in list_attachments(record, site.index)
    ]


def _told_apart(record: Record) -> set[str]:
    """The fields that have their place on every page: what names the record, and of its day all but
    the field that stands for the whole.
    """
    kind, found = record.kind, {path[0] for path in record.kind.naming} | {"formerly"}
    if kind.date and not kind.date.due:
        word = kind.date
        parts = (word.until, word.time, word.time_until, word.cancelled)
        found |= {path[0] for path in parts if path and len(path) == 1}
    return found


def _description(site: Site, record: Record) -> str:
    value = record.get("headline") or record.get("summary")
    return site.texts.text_in_language(
        value or (markdown.plain(record.body) if record.body else ""),
        site.texts.language_of(record.value),
    )
