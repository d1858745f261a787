"""Whether the decision that an article or the rules name is one, and carries them."""

from __future__ import annotations

from collections.abc import Iterator

from .bylaws import place_of
from .index import Entry, Index
from .messages import Message, _
from .spans import Path, Value

Doubt = tuple[Message, Path]
PASSED = frozenset(["adopted", "in_force", "superseded", "repealed"])
"""The states of a proposal that was adopted."""


def named(entry: Entry) -> bool:
    """Whether an article, or the rules, name a decision that is kept here."""
    return bool(entry.get("adopted_by", "minutes") or entry.get("adopted_by", "proposal"))


def doubts(index: Index, entry: Entry) -> Iterator[Doubt]:
    """Why the decision that an article names does not carry its wording, and the field that says so. What does not exist at all is told
    by `unknown-reference`."""
    adopted = entry.get("adopted_by") or {}
    minutes = _minutes(index, adopted)
    if minutes:
        yield from _of_minutes(minutes, adopted, _article(entry))
        yield from _too_soon(minutes, entry, "in_force")
    if adopted.get("proposal"):
        yield from _of_proposal(index, adopted["proposal"], _article(entry))


def doubts_of_rules(index: Index, entry: Entry) -> Iterator[Doubt]:
    """Why the decision that the rules name does not carry them, and the field that says so."""
    adopted = entry.get("adopted_by") or {}
    minutes = _minutes(index, adopted)
    if minutes:
        yield from _of_minutes(minutes, adopted)
        yield from _too_soon(minutes, entry, "since")
    if adopted.get("proposal"):
        yield from _of_proposal(index, adopted["proposal"])


def category_of(index: Index, adopted: dict[str, Value]) -> str:
    """The category in which a named decision was taken; nothing where it does not say."""
    minutes = _minutes(index, adopted)
    found = resolution(minutes, adopted.get("resolution")) if minutes else None
    id = adopted.get("proposal") or (found or {}).get("proposal") or ""
    proposal = index.find("proposal", id)
    return str((found or {}).get("category") or (proposal.get("category") if proposal else "") or "")


def resolution(minutes: Entry, number: Value) -> dict[str, Value] | None:
    """A resolution of some minutes by its number."""
    return next((one for one in minutes.get("resolutions") or [] if one.get("n") == number), None)


def _minutes(index: Index, adopted: dict[str, Value]) -> Entry | None:
    found = index.find("minutes", adopted.get("minutes") or "")
    return found if found and found.sound else None


def _of_minutes(minutes: Entry, adopted: dict[str, Value], article: str = "") -> Iterator[Doubt]:
    number, found = adopted.get("resolution"), resolution(minutes, adopted.get("resolution"))
    if not number:
        yield _("Which resolution of “{id}”?", id=minutes.id), ("adopted_by", "minutes")
    elif found is None:
        yield _("“{id}” has no resolution {number}.", id=minutes.id, number=number), ("adopted_by", "resolution")
    elif found.get("result") != "adopted":
        yield _("Resolution {number} of “{id}” was not adopted.", id=minutes.id, number=number), ("adopted_by", "resolution")
    elif article and article not in (found.get("amends") or []):
        yield (
            _("Resolution {number} of “{id}” does not name “{article}”.", id=minutes.id, number=number, article=article),
            ("adopted_by", "resolution"),
        )
    if minutes.get("status") == "draft":
        yield _("The minutes “{id}” are still a draft.", id=minutes.id), ("adopted_by", "minutes")


def _too_soon(minutes: Entry, entry: Entry, since: str) -> Iterator[Doubt]:
    if str(entry.get(since) or "9999") < str(minutes.get("date") or ""):
        yield _("In force before it was decided, on {date}.", date=minutes.get("date")), (since,)


def _of_proposal(index: Index, id: str, article: str = "") -> Iterator[Doubt]:
    where, proposal = ("adopted_by", "proposal"), index.find("proposal", id)
    if proposal is None:
        yield _("There is no proposal “{id}”.", id=id), where
    elif proposal.get("status") not in PASSED:
        yield _("The proposal “{id}” was not adopted.", id=id), where
    elif article and article not in [f"{one.get('document')}/{one.get('article')}" for one in proposal.get("amends") or []]:
        yield _("The proposal “{id}” does not name “{article}”.", id=id, article=article), where
    elif not article and _only_a_meeting(index, proposal) and not proposal.get("ratified_by"):
        yield _("Only a meeting can decide this, and none has confirmed “{id}” yet.", id=id), where


def _only_a_meeting(index: Index, proposal: Entry) -> bool:
    rules = index.find("rules", "rules")
    return bool(rules and rules.get("categories", str(proposal.get("category")), "channel") == "meeting")


def _article(entry: Entry) -> str:
    place = place_of(entry.id)
    return f"{place.document}/{place.article}" if place else entry.id
