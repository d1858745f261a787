"""The rules of decision change by a decision alone, taken as the rules before it asked.

This rule compares with the files before the change (`coopbook check --base`): what `paths` said of `decisions/rules.yml` then names the
category, and a decision in it or in a stricter one stands in `adopted_by` (minutes and resolution, or a proposal), with the day from
which the new rules hold (`in_force`). The order of the categories says which is stricter, and is a rule as well. Titles, labels, worked
examples and remarks may change without a decision; the first rules need none.

## Why
Whoever can change the rules by an easy vote, or without one, can decide everything by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..deciding.change import RULES, asked_by
from ..deciding.decided import PASSED, named, resolution
from ..diagnostics import Diagnostic
from ..index import Entry, Index
from ..messages import Message, _
from ..records import Record
from ..spans import Path
from ..tally.terms import BEYOND_WORDS

HELP = _("Name the decision: adopted_by, with minutes and resolution, or with proposal.")
_RULING = ("electorate", "paths", "proxies", "colleges", "gates", "secret", "tellers")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    entry = index.by_file.get(record.file) if record.kind.name == "rules" else None
    if entry is None or not entry.sound:
        return
    for message, path in _doubts(index, entry):
        yield record.error(message, *path, help=_("Name the minutes and the resolution that adopted these rules."))


def _doubts(index: Index, entry: Entry) -> Iterator[tuple[Message, Path]]:
    """Why the decision that the rules name does not carry them; what does not exist at all is told by `unknown-reference`."""
    minutes, proposal, number = _minutes(index, entry), _proposal(index, entry), entry.get("adopted_by", "resolution")
    if minutes:
        found = resolution(minutes, number)
        if not number:
            yield _("Which resolution of “{id}”?", id=minutes.id), ("adopted_by", "minutes")
        elif found is None:
            yield _("“{id}” has no resolution {number}.", id=minutes.id, number=number), ("adopted_by", "resolution")
        elif found.get("result") != "adopted":
            yield _("Resolution {number} of “{id}” was not adopted.", id=minutes.id, number=number), ("adopted_by", "resolution")
        if minutes.get("status") == "draft":
            yield _("The minutes “{id}” are still a draft.", id=minutes.id), ("adopted_by", "minutes")
        if str(entry.get("in_force") or "9999") < str(minutes.get("date") or ""):
            yield _("In force before it was decided, on {date}.", date=minutes.get("date")), ("in_force",)
    if proposal and proposal.get("status") not in PASSED:
        yield _("The proposal “{id}” was not adopted.", id=proposal.id), ("adopted_by", "proposal")
    elif proposal and entry.get("categories", str(proposal.get("category")), "channel") == "meeting" and not proposal.get("ratified_by"):
        yield _("The vote on “{id}” is an opinion until a meeting has confirmed it.", id=proposal.id), ("adopted_by", "proposal")


def _minutes(index: Index, entry: Entry) -> Entry | None:
    found = index.find("minutes", entry.get("adopted_by", "minutes") or "")
    return found if found and found.sound else None


def _proposal(index: Index, entry: Entry) -> Entry | None:
    found = index.find("proposal", entry.get("adopted_by", "proposal") or "")
    return found if found and found.sound else None


def _decided_on(index: Index, entry: Entry) -> str:
    """The day of the decision that the rules name."""
    minutes, proposal = _minutes(index, entry), _proposal(index, entry)
    return str((minutes.get("date") if minutes else "") or (proposal.get("closes") if proposal else "") or "")[:10]


def _category(index: Index, entry: Entry) -> str:
    """The category in which the decision that the rules name was taken; nothing where it does not say."""
    minutes, proposal = _minutes(index, entry), _proposal(index, entry)
    found = (resolution(minutes, entry.get("adopted_by", "resolution")) if minutes else None) or {}
    decided = proposal or index.find("proposal", found.get("proposal") or "")
    return str(found.get("category") or (decided.get("category") if decided else "") or "")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    old, new = before.find("rules", "rules"), after.find("rules", "rules")
    wanted = demanded(old.value) if old and old.sound else ""
    if old is None or not wanted:
        return
    if new is None:
        yield Diagnostic(old.file, _("The rules of decision are gone."), _("Put the file back."))
    elif new.sound and substance(old.value) != substance(new.value):
        yield from _undecided(old, new, after, wanted)


def demanded(rules: dict[str, Any]) -> str:
    """The category that the table of paths asks for to change the rules; nothing where it asks for no vote."""
    who, _colon, name = asked_by(rules, RULES).partition(":")
    return name if who == "vote" and name in (rules.get("categories") or {}) else ""


def substance(rules: dict[str, Any]) -> list[Any]:
    """What the rules say, whatever it is called and however it is shown."""
    categories = [
        [name, {word: part for word, part in category.items() if word not in BEYOND_WORDS}]
        for name, category in (rules.get("categories") or {}).items()
    ]
    return [categories, *(rules.get(word) for word in _RULING)]


def _undecided(old: Entry, new: Entry, after: Index, wanted: str) -> Iterator[Diagnostic]:
    if not named(new) or new.get("adopted_by") == old.get("adopted_by"):
        message = _(
            "The rules changed without naming the decision; only one in the category “{category}” can change them.", category=wanted
        )
        yield new.error(message, "adopted_by", help=HELP)
        return
    if str(new.get("in_force") or "") <= str(old.get("in_force") or ""):
        yield new.error(_("The new rules have no day of their own."), "in_force", help=_("Write the day from which they hold."))
    if any(_doubts(after, new)) or not (_minutes(after, new) or _proposal(after, new)):
        return
    if _decided_on(after, new) < (day := _decided_on(after, old)):
        message = _("This decision is older than the one that it would undo, of {date}.", date=day)
        yield new.error(message, "adopted_by", help=HELP)
    order, taken = list(old.get("categories")), _category(after, new)
    if taken not in order or order.index(taken) < order.index(wanted):
        message = _(
            "The rules changed under a weaker rule: decided as “{taken}”, and they ask for “{wanted}”.", taken=taken or "…", wanted=wanted
        )
        yield new.error(message, "adopted_by", help=_("Decide it in the category “{wanted}” or a stricter one.", wanted=wanted))
