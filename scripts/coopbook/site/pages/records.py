"""The page of one record."""

from __future__ import annotations

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
    values: dict[str, Any] = {"record": record, "value": record.value, "entry": entry, "translations": _translations(site, record)}
    if record.kind.name == "page":
        return _wiki_page(site, record, path, title, values)
    body = site.markdown(record.body, record, site.prefix + path, top=2) if record.body else None
    if record.kind.name == "member":
        values |= {"notice": _notice(site, record), "photo": site.index.photo(record.id) if "photo" in record.value else None}
    return site.page(
        path, title, _template(record.kind.name), section=record.kind.folder, description=_description(site, record), body=body, **values
    )


def _wiki_page(site: Site, record: Record, path: str, title: str, values: dict[str, Any]) -> Page:
    """A page's own first heading is the page's; one without gets its title above."""
    body = site.markdown(record.body, record, site.prefix + path)
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
        **surroundings(site, record.id),
        **values,
    )


def _description(site: Site, record: Record) -> str:
    value = record.get("headline") or record.get("summary")
    return site.text(value) if value else markdown.plain(record.body) if record.body else ""


def _translations(site: Site, record: Record) -> list[tuple[str, str]]:
    """The record's pages in other languages: language and path."""
    entry = site.index.entries[record.kind.name][record.id]
    return [(other.language, other.url(entry)) for other in site.others if other.main or other.speaks(entry)]


def _notice(site: Site, record: Record) -> str:
    """The sentence that the member's situation asks for, filled."""
    situation = (site.coop.get("situations") or {}).get(record.get("situation", "kind") or "") or {}
    until = record.get("situation", "contract_until")
    return fill(site.text(situation["notice"]), site.coop, site.date(until) if until else "…") if situation.get("notice") else ""
