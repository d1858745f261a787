"""The page of one record."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from ... import markdown
from ...notices import fill
from ...records import Record
from ..context import Site
from ..engine import templates
from ..shells import Page
from .wiki import surroundings


@lru_cache
def _template(kind: str) -> str:
    name = f"kinds/{kind}.html"
    return name if name in templates().list_templates() else "record.html"


def record_page(site: Site, record: Record) -> Page | None:
    """A record as `view()` gave it, in the site's language; None where it has no page in it."""
    entry = site.index.entries[record.kind.name][record.id]
    if not site.speaks(entry):
        return None
    path = site.url(entry).removeprefix(site.prefix)
    title = site.text(entry.title)
    values: dict[str, Any] = {"record": record, "value": record.value, "entry": entry, "alternates": site.index.alternates(entry)}
    if record.kind.name == "page":
        return _wiki_page(site, record, path, title, values)
    body = _body(site, record, site.prefix + path, top=2) if record.body else None
    if record.kind.name == "member":
        values |= {"notice": _notice(site, record), "photo": site.index.photo(record.id) if "photo" in record.value else None}
    return site.page(
        path, title, _template(record.kind.name), section=record.kind.folder, description=_description(site, record), body=body, **values
    )


def _wiki_page(site: Site, record: Record, path: str, title: str, values: dict[str, Any]) -> Page:
    """A page's own first heading is the page's; one without gets its title above."""
    body = _body(site, record, site.prefix + path, top=1)
    headed = bool(body.headings) and body.headings[0].level == 1
    top = body.headings[0].id if headed else "top"
    return site.page(
        path,
        title,
        "kinds/page.html",
        section=record.kind.folder,
        description=_description(site, record),
        top=top,
        body=body,
        headed=headed,
        **surroundings(site, site.index.original(site.index.entries["page"][record.id]).id),
        **values,
    )


def _body(site: Site, record: Record, path: str, *, top: int) -> markdown.Rendered:
    """A record's text, which says its language where that is not the page's."""
    body = site.markdown(record.body, record, path, top=top)
    return replace(body, html=str(site.in_language(site.written_in(record.value), body.html)))


def _description(site: Site, record: Record) -> str:
    value = record.get("headline") or record.get("summary")
    return site.text(value) if value else markdown.plain(record.body) if record.body else ""


def _notice(site: Site, record: Record) -> str:
    """The sentence that the member's situation asks for, filled."""
    situation = (site.coop.get("situations") or {}).get(record.get("situation", "kind") or "") or {}
    until = record.get("situation", "contract_until")
    return fill(site.text(situation["notice"]), site.coop, site.date(until) if until else "…") if situation.get("notice") else ""
