"""The page of an article, or of one of its wordings."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from ...decisions.bylaws import heading, language_of, place_of, wordings
from ...decisions.kinds import ARTICLE, TEXT
from ...records.index import Entry
from ...records.model import Record
from ..context import Site
from .bylaws import foreign_language, history_of, render_article

KIND = ARTICLE


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the page of a wording shows: its text, its place among the article's wordings, what
    changed with it.
    """
    entry, place = site.index.entries[KIND][record.id], place_of(record.id)
    document = site.index.find(TEXT, place.document) if place else None
    found = wordings(site.index, place.document).get(place.article, []) if place else []
    history = history_of(found) if found else []
    own = [one for one in history if one.entry.id == entry.id]
    words = heading(site.index, document, entry) or (place.article if place else entry.id)
    values: dict[str, Any] = {
        "document": document,
        "label": words,
        "text": render_article(site, document, entry, path, 2),
    }
    values |= {
        "title": _title(site, document, words),
        "language": foreign_language(site, document),
        "body": None,
        "now": site.index.today.isoformat(),
    }
    return values | {
        "own": own[0] if own else None,
        "history": history if place and not place.since else own,
    }


def _title(site: Site, document: Entry | None, words: str) -> Markup:
    said = site.texts.mark_language(language_of(site.index, document), str(escape(words)), "span")
    return Markup("{}, {}").format(said, site.texts.title(document)) if document else said
