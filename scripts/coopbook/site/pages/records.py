"""The page of one record."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from ...base import markdown
from ...records.addresses import original_of
from ...records.model import Record
from ..context import Site
from ..engine import template_for
from ..forge import edit_address
from ..rendering import make_page
from ..shells import Page
from . import bylaws, decision, minutes, results
from .profile import profile
from .wiki import role_values, surroundings

_MORE: dict[str, Callable[[Site, Record, str], dict[str, Any]]] = {
    "bylaws": bylaws.document_values,
    "article": bylaws.article_values,
    "minutes": minutes.minutes_values,
    "proposal": decision.decision_values,
    "result": results.result_values,
}
"""What the page of a kind shows besides its fields and its text."""


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
    }
    values |= {"section": record.kind.folder, "description": _description(site, record)}
    if record.kind.name == "page":
        values |= _wiki_page(site, record, site.prefix + path)
    elif record.body:
        values["body"] = _body(site, record, site.prefix + path, top=2)
    if record.kind.name in _MORE:
        values |= _MORE[record.kind.name](site, record, site.prefix + path)
    if record.kind.name == "member":
        values |= {"contents": False, "head": _card(site, record), **profile(site, record)}
    return make_page(
        site,
        path,
        values.pop("title", "") or site.texts.title(entry),
        template_for("kinds", record.kind.name, "record.html"),
        **values,
    )


def _wiki_page(site: Site, record: Record, path: str) -> dict[str, Any]:
    """A page's own first heading is the page's; one without gets its title above."""
    body = _body(site, record, path, top=1)
    headed = bool(body.headings) and body.headings[0].level == 1
    top = body.headings[0].id if headed else "top"
    original = original_of(site.index, site.index.entries["page"][record.id])
    values = {
        "top": top,
        "body": body,
        "headed": headed,
        "edit": edit_address(site, record.file),
        **surroundings(site, original.id, path),
    }
    role = next(
        (
            name
            for name, id in (site.coop.get("pages") or {}).items()
            if site.index.find("page", id) is original
        ),
        "",
    )
    return values | (
        {"role": role, "section": role, "side": "", **role_values(site, role, path)} if role else {}
    )


def _card(site: Site, record: Record) -> str:
    """What is shown of a page where somebody shares its address (https://ogp.me)."""
    start = site.coop.get("site")
    if site.audience != "public" or not start:
        return ""
    facts = {
        "type": "profile",
        "title": site.texts.text(record.title),
        "description": site.texts.text_in_language(record.get("headline")),
    }
    if "photo" in record.value and site.index.photo(record.id):
        facts["image"] = f"{start}files/members/{record.id}/400.jpg"
    return "".join(
        f'<meta property="og:{name}" content="{html.escape(text)}">'
        for name, text in facts.items()
        if text
    )


def _body(site: Site, record: Record, path: str, *, top: int) -> markdown.Rendered:
    """A record's text, which says its language where that is not the page's."""
    return site.texts.mark_rendered(
        site.texts.language_of(record.value), site.texts.render(record.body, record, path, top=top)
    )


def _description(site: Site, record: Record) -> str:
    value = record.get("headline") or record.get("summary")
    return site.texts.text_in_language(
        value or (markdown.plain(record.body) if record.body else ""),
        site.texts.language_of(record.value),
    )
