"""Whether the decision that an article names is one, and decides on that article."""

from __future__ import annotations

from collections.abc import Iterator

from ..bylaws import place_of
from ..index import Entry, Index
from ..messages import Message, _
from ..spans import Path, Value

PASSED = frozenset(["adopted", "in_force", "superseded", "repealed"])
"""The states of a proposal that was adopted."""
PENDING = frozenset(["draft", "open", "voting", "second"])
"""The states of one that may still be."""


def named(entry: Entry) -> bool:
    """Whether an article names a decision that is kept here."""
    return bool(entry.get("adopted_by", "minutes") or entry.get("adopted_by", "proposal"))


def doubts(index: Index, entry: Entry) -> Iterator[tuple[Message, Path]]:
    """Why the decision that an article names does not carry its wording, and the field that says so. What does not exist at all is told
    by `unknown-reference`."""
    adopted = entry.get("adopted_by") or {}
    minutes = index.find("minutes", adopted.get("minutes") or "")
    if minutes and minutes.sound:
        yield from _of_minutes(minutes, adopted, entry)
    proposal = index.find("proposal", adopted.get("proposal") or "")
    if proposal and proposal.sound:
        yield from _of_proposal(index, proposal, entry)


def resolution(minutes: Entry, number: Value) -> dict[str, Value] | None:
    """A resolution of some minutes by its number."""
    return next((one for one in minutes.get("resolutions") or [] if one.get("n") == number), None)


def advisory(index: Index, proposal: Entry) -> bool:
    """Whether only a meeting can decide what a proposal asks for."""
    rules = index.find("rules", "rules")
    return bool(rules and rules.get("categories", str(proposal.get("category")), "channel") == "meeting")


def _of_minutes(minutes: Entry, adopted: dict[str, Value], entry: Entry) -> Iterator[tuple[Message, Path]]:
    number, found = adopted.get("resolution"), resolution(minutes, adopted.get("resolution"))
    if not number:
        yield _("Which resolution of “{id}”?", id=minutes.id), ("adopted_by", "minutes")
    elif found is None:
        yield _("“{id}” has no resolution {number}.", id=minutes.id, number=number), ("adopted_by", "resolution")
    elif found.get("result") != "adopted":
        yield _("Resolution {number} of “{id}” was not adopted.", id=minutes.id, number=number), ("adopted_by", "resolution")
    elif _article(entry) not in (found.get("amends") or []):
        yield (
            _("Resolution {number} of “{id}” does not name “{article}”.", id=minutes.id, number=number, article=_article(entry)),
            ("adopted_by", "resolution"),
        )
    if minutes.get("status") == "draft":
        yield _("The minutes “{id}” are still a draft.", id=minutes.id), ("adopted_by", "minutes")
    if str(entry.get("in_force") or "9999") < str(minutes.get("date") or ""):
        yield _("In force before it was decided, on {date}.", date=minutes.get("date")), ("in_force",)


def _of_proposal(index: Index, proposal: Entry, entry: Entry) -> Iterator[tuple[Message, Path]]:
    where, id = ("adopted_by", "proposal"), proposal.id
    if proposal.get("status") in PENDING:
        yield _("The proposal “{id}” is not decided yet: this change waits until it is.", id=id), where
    elif proposal.get("status") not in PASSED:
        yield _("The proposal “{id}” was not adopted.", id=id), where
    elif _article(entry) not in [f"{one.get('document')}/{one.get('article')}" for one in proposal.get("amends") or []]:
        yield _("The proposal “{id}” does not name “{article}”.", id=id, article=_article(entry)), where
    elif advisory(index, proposal) and not proposal.get("ratified_by"):
        yield _("The vote on “{id}” is an opinion until a meeting has confirmed it.", id=id), where


def _article(entry: Entry) -> str:
    place = place_of(entry.id)
    return f"{place.document}/{place.article}" if place else entry.id
