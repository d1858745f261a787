"""What the page of a decision shows besides its fields: the rule, the articles it changes, what replaced it, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ...bylaws import days, heading, language_of, place_of
from ...deciding.rulings import applied
from ...deciding.states import PENDING, VOTING
from ...deciding.votes import rules_of
from ...index import Entry
from ...records import Record
from ...spans import Value
from .. import navigation
from ..context import Site
from .register import numbers
from .voting import vote_of


@dataclass(frozen=True)
class Change:
    """An article that a decision changes: `to` leads to the text as it stood when it was changed, else to the text as it is."""

    document: Entry
    words: Markup
    since: str
    to: str
    shown: bool


def decision_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the template of a decision needs besides its record."""
    entry = site.index.entries["proposal"][record.id]
    status, stage = record.get("status"), "second" if record.get("second") else "first"
    category = (rules_of(site.index).get("categories") or {}).get(record.get("category")) or {}
    after, actions = _following(site)
    values: dict[str, Any] = {"numbers": numbers(site, entry)}
    asked = category and status in PENDING  # later its result says what was asked and what was reached
    values |= {"rule": applied(record.get("category"), category, stage) if asked else []}
    values |= {"changes": [change for one in record.get("amends") or [] if (change := _change(site, one))]}
    values |= {"replaced_by": after.get(record.id, []), "actions": actions.get(record.id, [])}
    values |= {"discussion": navigation.discussion(site, entry) if site.audience == "members" else ""}
    open_now = site.audience == "members" and status in VOTING and record.get("closes") and record.get("opened")
    return values | {"vote": vote_of(site, entry) if open_now else None}


def _change(site: Site, one: dict[str, Value]) -> Change | None:
    document = site.index.find("bylaws", one.get("document") or "")
    if document is None:
        return None
    article = site.index.entries.get("article", {}).get(f"{document.id}/{one.get('article')}")
    words = heading(site.index, document, article) if article else ""
    said = site.in_language(language_of(site.index, document), str(Markup.escape(words or one.get("article") or "")), "span")
    since = str(one.get("effective") or "")
    place = place_of(article.id) if article else None
    if since and place and since in _days(site, document.id):
        return Change(document, said, since, f"{site.url(document)}on/{since}/", True)
    return Change(document, said, since, site.url(article or document), False)


def _days(site: Site, document: str) -> list[str]:
    """The days on which a text changed, found once a text."""
    key = ("days", document)
    if key not in site.cache:
        site.cache[key] = days(site.index, document)
    found: list[str] = site.cache[key]
    return found


def _following(site: Site) -> tuple[dict[str, list[Entry]], dict[str, list[tuple[Entry, dict[str, Value]]]]]:
    """By decision: the decisions that replaced it, and the actions that follow from it with their minutes; found once."""
    key = ("following",)
    if key not in site.cache:
        after: dict[str, list[Entry]] = {}
        for entry in site.index.of("proposal"):
            for id in entry.get("supersedes") or []:
                after.setdefault(id, []).append(entry)
        actions: dict[str, list[tuple[Entry, dict[str, Value]]]] = {}
        for minutes in site.index.of("minutes"):
            for one in minutes.get("actions") or []:
                if one.get("proposal"):
                    actions.setdefault(one["proposal"], []).append((minutes, one))
        site.cache[key] = after, actions
    found: tuple[dict[str, list[Entry]], dict[str, list[tuple[Entry, dict[str, Value]]]]] = site.cache[key]
    return found
