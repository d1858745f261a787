"""Whether the decision that an article or the rules name is one, decides on it, and is as strict as the rules ask; whether a meeting
confirmed what its members advised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..base.messages import Message, _
from ..base.positions import Path, Value
from ..records.index import Entry, Index
from .bylaws import place_of
from .meetings import rules_on
from .proposed_change import asked_by
from .status import PASSED, SETTLED
from .votes import rules_of, vote_id
from .wording.pending import NOTHING_TO_DO, awaited, waits

BY = _(
    "It takes a decision in the category “{wanted}” or a stricter one: a vote, or an assembly whose minutes are approved."
)
Rules = Mapping[str, Any]


def named(entry: Entry) -> bool:
    """Whether an article names a decision that is kept here."""
    return bool(entry.get("adopted_by", "minutes") or entry.get("adopted_by", "proposal"))


def decisions(index: Index, entry: Entry) -> frozenset[tuple[str, ...]]:
    """The decisions that an article or the rules name, each under all its names: a proposal is also the resolution that confirmed it."""
    by, minutes, proposal = (
        entry.get("adopted_by") or {},
        minutes_of(index, entry),
        proposal_of(index, entry),
    )
    confirmed = (proposal.get("ratified_by") if proposal else None) or {}
    decided = (resolution(minutes, by.get("resolution")) if minutes else None) or {}
    found = set()
    for one in (by, confirmed, decided):
        for kind in ("minutes", "proposal"):
            if id := one.get(kind):
                known = index.find(kind, id)
                found.add(
                    (
                        kind,
                        known.id if known else id,
                        str(one.get("resolution")) if kind == "minutes" else "",
                    )
                )
    return frozenset(found)


def doubts(index: Index, entry: Entry) -> Iterator[tuple[Message, Path]]:
    """Why the decision that an article or the rules name does not carry them, and the field that says so. What does not exist at all is
    told by `unknown-reference`."""
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    found = list(_of_minutes(minutes, entry, index.today.isoformat())) if minutes else []
    found += _of_proposal(index, proposal, entry) if proposal else []
    yield from found
    if entry.kind == "article" and not found and (weak := _weak_then(index, entry)):
        yield weak, ("adopted_by",)
    day = decided_on(index, entry)
    if str(entry.get("in_force") or "9999") < day:
        yield _("In force before it was decided, on {date}.", date=day), ("in_force",)


def mending(index: Index, entry: Entry, path: Path, usual: Message) -> Message:
    """What is to be done about a doubt at a field: nothing where the decision is still to come."""
    return (
        NOTHING_TO_DO
        if path == ("adopted_by", "proposal") and waits(proposal_of(index, entry))
        else usual
    )


def _weak_then(index: Index, entry: Entry) -> Message | None:
    """Whether the decision on an article was weaker than the rules asked for that held on its day; those before are not known any more."""
    rules = rules_on(index, decided_on(index, entry))
    wanted = demanded(rules, entry.file)
    return too_weak(rules, wanted, index, entry, settled=False) if wanted else None


def on_articles_alone(index: Index, entry: Entry) -> bool:
    """Whether none of the decisions that the rules name is about the rules: each says which articles it changes, and nothing of the rules."""
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    found = [
        resolution(minutes, entry.get("adopted_by", "resolution")) if minutes else None,
        proposal.value if proposal else None,
    ]
    return all(one.get("amends") and not one.get("rules") for one in found if one)


def minutes_of(index: Index, entry: Entry) -> Entry | None:
    """The minutes of the decision that an article or the rules name."""
    return _sound(index.find("minutes", entry.get("adopted_by", "minutes") or ""))


def proposal_of(index: Index, entry: Entry) -> Entry | None:
    """The proposal that an article or the rules name."""
    return _sound(index.find("proposal", entry.get("adopted_by", "proposal") or ""))


def _sound(found: Entry | None) -> Entry | None:
    return found if found and found.sound else None


def resolution(minutes: Entry, number: Value) -> dict[str, Value] | None:
    """A resolution of some minutes by its number."""
    return next((one for one in minutes.get("resolutions") or [] if one.get("n") == number), None)


def decided_on(index: Index, entry: Entry) -> str:
    """The day of the decision that an article or the rules name; empty where nothing says it."""
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    passed = proposal is not None and proposal.get("status") in PASSED
    return max(
        str(minutes.get("date") or "") if minutes else "",
        day_of(index, proposal) if proposal and passed else "",
    )


def day_of(index: Index, proposal: Entry) -> str:
    """The day on which a proposal was decided: by the vote, or by the meeting that alone could."""
    meeting = _sound(index.find("minutes", proposal.get("ratified_by", "minutes") or ""))
    result = index.find("result", vote_id(proposal))
    if meeting and (result is None or advisory(rules_of(index), proposal)):
        return str(meeting.get("date") or "")
    return str((result.get("counted_at") if result else "") or proposal.get("closes") or "")[:10]


def advisory(rules: Rules, proposal: Entry) -> bool:
    """Whether only a meeting can decide what a proposal asks for."""
    category = (rules.get("categories") or {}).get(str(proposal.get("category"))) or {}
    return category.get("channel") == "meeting"


# What a meeting confirmed


def unconfirmed(index: Index, proposal: Entry, rules: Rules | None = None) -> Message | None:
    """Why no meeting has confirmed what the members were asked for advice; None where one has. `rules`: others than those of the index."""
    held = rules_of(index) if rules is None else rules
    meeting = _sound(index.find("minutes", proposal.get("ratified_by", "minutes") or ""))
    if meeting is None:
        return _(
            "The vote on “{id}” is an opinion until a meeting has confirmed it.", id=proposal.id
        )
    found = next((message for message, _path in confirming(index, proposal, held)), None)
    one = resolution(meeting, proposal.get("ratified_by", "resolution")) or {}
    return found or weaker(held, one, proposal, needed=True) or unapproved(meeting)


def confirming(index: Index, proposal: Entry, rules: Rules) -> Iterator[tuple[Message, Path]]:
    """Why the resolution that a proposal names is not one that decides on it, and the field that says so. What does not exist at all is told
    by `unknown-reference`; whether it is as strict, and approved, is another question."""
    meeting = _sound(index.find("minutes", proposal.get("ratified_by", "minutes") or ""))
    if meeting is None:
        return
    number, place = proposal.get("ratified_by", "resolution"), ("ratified_by", "resolution")
    found, names = resolution(meeting, number), {"id": meeting.id, "number": number}
    no_assembly = not_an_assembly(index, meeting) if advisory(rules, proposal) else _a_note(meeting)
    if no_assembly:
        yield no_assembly, ("ratified_by", "minutes")
    if found is None:
        yield _("“{id}” has no resolution {number}.", **names), place
    elif found.get("result") != "adopted":
        yield _("Resolution {number} of “{id}” was not adopted.", **names), place
    elif "proposal" not in found:
        yield (
            _(
                "Resolution {number} of “{id}” does not name the proposal “{proposal}”.",
                proposal=proposal.id,
                **names,
            ),
            place,
        )
    elif index.find("proposal", found["proposal"]) != proposal:
        yield (
            _(
                "Resolution {number} of “{id}” decides on “{other}”.",
                other=found["proposal"],
                **names,
            ),
            place,
        )


def weaker(
    rules: Rules, one: Mapping[str, Any], proposal: Entry, *, needed: bool = False
) -> Message | None:
    """Whether a resolution is of a weaker category than its proposal asked for; one without any is, where it is `needed`."""
    order, own, asked = (
        list(rules.get("categories") or {}),
        one.get("category"),
        proposal.get("category"),
    )
    if (
        asked not in order
        or (own not in order and not needed)
        or (own in order and order.index(own) >= order.index(asked))
    ):
        return None
    return _(
        "“{own}” is weaker than the category of “{id}”: {asked}.",
        own=own or "…",
        id=proposal.id,
        asked=asked,
    )


def not_an_assembly(index: Index, minutes: Entry) -> Message | None:
    """Whether some minutes are of anything else than an assembly of all members, which alone decides for all."""
    body = index.find("body", minutes.get("body") or "")
    if body is None or body.get("kind") != "assembly":
        return _("“{id}” is not of an assembly: another body does not decide this.", id=minutes.id)
    return _a_note(minutes)


def _a_note(minutes: Entry) -> Message | None:
    return (
        None
        if minutes.get("record") == "pv"
        else _("“{id}” is a working note: nothing is decided by it.", id=minutes.id)
    )


def unapproved(minutes: Entry) -> Message | None:
    """Whether some minutes may still change."""
    return (
        None
        if minutes.get("status") in SETTLED
        else _("The minutes “{id}” are not approved yet: this waits until they are.", id=minutes.id)
    )


# What undoes a decision


def undone(index: Index, proposal: Entry, rules: Rules) -> Message | None:
    """Why no decision has ended this one; None where one has: a proposal that replaces it, or a resolution that repeals it."""
    others = [
        one
        for one in index.of("proposal")
        if one.id != proposal.id and _lists(index, one.get("supersedes"), proposal)
    ]
    found = [weaker(rules, one.value, proposal) for one in others if one.get("status") in PASSED]
    for minutes in index.of("minutes") if proposal.get("status") == "repealed" else ():
        for one in minutes.get("resolutions") or []:
            if one.get("result") == "adopted" and _lists(index, one.get("repeals"), proposal):
                found.append(_repealing(index, minutes, one, proposal, rules))
    return (
        next(iter(found), _("No decision has ended “{id}”.", id=proposal.id))
        if all(found)
        else None
    )


def _lists(index: Index, ids: Value, proposal: Entry) -> bool:
    return any(
        (found := index.find("proposal", id)) is not None and found.id == proposal.id
        for id in ids or ()
    )


def _repealing(
    index: Index, minutes: Entry, one: Mapping[str, Any], proposal: Entry, rules: Rules
) -> Message | None:
    """Why a resolution cannot repeal a decision: only an assembly, or the body that took it, can, later and no less strictly."""
    took = index.find("minutes", proposal.get("ratified_by", "minutes") or "")
    own = took is not None and took.get("body") == minutes.get("body")
    if str(minutes.get("date") or "") < day_of(index, proposal):
        return _("“{id}” is older than the decision that it would undo.", id=minutes.id)
    foreign = _a_note(minutes) if own else not_an_assembly(index, minutes)
    return foreign or unapproved(minutes) or weaker(rules, one, proposal, needed=True)


# As strict as the rules ask


def demanded(rules: Rules, *files: str) -> str:
    """The category that the table of paths asks for to change files, the strictest of them; nothing where it asks for no vote."""
    order = list(rules.get("categories") or {})
    names = [
        who.removeprefix("vote:")
        for file in files
        if (who := asked_by(rules, file)).startswith("vote:")
    ]
    return max((name for name in names if name in order), key=order.index, default="")


def too_weak(
    rules: Rules, wanted: str, index: Index, entry: Entry, *, settled: bool = True
) -> Message | None:
    """Why none of the decisions that an article or the rules name is what the rules before the change ask for; None where one is. `settled`:
    also whether what must be confirmed or approved was."""
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    found: list[Message | None] = []
    if proposal:
        category = str(proposal.get("category") or "")
        found.append(
            _short(rules, wanted, category)
            or (
                unconfirmed(index, proposal, rules)
                if settled and advisory(rules, proposal)
                else None
            )
        )
    if minutes:
        one = resolution(minutes, entry.get("adopted_by", "resolution")) or {}
        decided = index.find("proposal", one.get("proposal") or "")
        category = str(one.get("category") or (decided.get("category") if decided else "") or "")
        found.append(
            _short(rules, wanted, category)
            or not_an_assembly(index, minutes)
            or (unapproved(minutes) if settled else None)
        )
    return next(iter(found), None) if all(found) else None


def _short(rules: Rules, wanted: str, taken: str) -> Message | None:
    order = list(rules.get("categories") or {})
    if taken in order and order.index(taken) >= order.index(wanted):
        return None
    return _(
        "Decided as “{taken}”, and the rules ask for “{wanted}” or a stricter decision here.",
        taken=taken or "…",
        wanted=wanted,
    )


def _of_minutes(minutes: Entry, entry: Entry, today: str) -> Iterator[tuple[Message, Path]]:
    number = entry.get("adopted_by", "resolution")
    found, names, where = (
        resolution(minutes, number),
        {"id": minutes.id, "number": number},
        ("adopted_by", "resolution"),
    )
    if not number:
        yield _("Which resolution of “{id}”?", id=minutes.id), ("adopted_by", "minutes")
    elif found is None:
        yield _("“{id}” has no resolution {number}.", **names), where
    elif found.get("result") != "adopted":
        yield _("Resolution {number} of “{id}” was not adopted.", **names), where
    elif entry.kind == "article" and _article(entry) not in (found.get("amends") or []):
        yield (
            _(
                "Resolution {number} of “{id}” does not name “{article}”.",
                article=_article(entry),
                **names,
            ),
            where,
        )
    if minutes.get("status") == "draft":
        yield _("The minutes “{id}” are still a draft.", id=minutes.id), ("adopted_by", "minutes")
    elif str(entry.get("in_force") or "") <= today and (early := unapproved(minutes)):
        yield early, ("adopted_by", "minutes")


def _of_proposal(index: Index, proposal: Entry, entry: Entry) -> Iterator[tuple[Message, Path]]:
    where, id = ("adopted_by", "proposal"), proposal.id
    amends = [f"{one.get('document')}/{one.get('article')}" for one in proposal.get("amends") or []]
    if waits(proposal):
        yield awaited(index, proposal), where
    elif proposal.get("status") not in PASSED:
        yield _("The proposal “{id}” was not adopted.", id=id), where
    elif entry.kind == "article" and _article(entry) not in amends:
        yield (
            _("The proposal “{id}” does not name “{article}”.", id=id, article=_article(entry)),
            where,
        )
    elif advisory(rules_of(index), proposal) and (message := unconfirmed(index, proposal)):
        yield message, where


def _article(entry: Entry) -> str:
    place = place_of(entry.id)
    return f"{place.document}/{place.article}" if place else entry.id
