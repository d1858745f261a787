"""Check that the decision which an article or the rules cite exists, covers them and is strict
enough, and that a meeting confirmed what a vote advised.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from ..base.messages import Message, _
from ..base.positions import Path
from ..records.index import Entry, Index
from .bylaws import place_of
from .meetings import meeting_of as meeting_at
from .meetings import rules_on
from .resolutions import is_founded, reckon
from .types import NO_RULES, Body, InForce, Minutes, Proposal, Resolution, Result, Rules
from .votes import rules_of, vote_id
from .wording.pending import NOTHING_TO_DO, describe_wait, may_be_adopted

BY = _(
    "It takes a decision in the category “{wanted}” or a stricter one: a vote, or an assembly "
    "whose minutes are approved."
)
FIGURES = _(
    "Write its figures in the minutes, or “unanimous: true” and who was there; once they are "
    "approved, decide anew."
)
NO_RESOLUTION = Resolution()


def cites_decision(entry: Entry) -> bool:
    """Whether an article or the rules cite a decision that is kept here."""
    by = InForce.of(entry).adopted_by
    return bool(by.minutes or by.proposal)


def decisions(index: Index, entry: Entry) -> frozenset[tuple[str, ...]]:
    """The decisions that an article or the rules cite, each under all its names: a proposal is also
    the resolution that confirmed it.
    """
    by, minutes, proposal = (
        InForce.of(entry).adopted_by,
        minutes_of(index, entry),
        proposal_of(index, entry),
    )
    decided = Minutes.of(minutes).resolution(by.resolution) if minutes else None
    cited = [
        ("minutes", by.minutes, by.resolution),
        ("proposal", by.proposal, None),
    ]
    if proposal:
        confirmed = Proposal.of(proposal).ratified_by
        cited += [
            ("minutes", confirmed.minutes, confirmed.resolution),
            ("proposal", confirmed.proposal, None),
        ]
    if decided:
        cited.append(("proposal", decided.proposal, None))
    found = set()
    for kind, id, number in cited:
        if id:
            known = index.find(kind, id)
            found.add((kind, known.id if known else id, str(number) if kind == "minutes" else ""))
    return frozenset(found)


def doubts(index: Index, entry: Entry) -> Iterator[tuple[Message, Path]]:
    """Why the decision that an article or the rules cite does not carry them, and the field that
    says so. What does not exist at all is told by `unknown-reference`.
    """
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    found = list(_of_minutes(minutes, entry, index.today.isoformat())) if minutes else []
    found += _of_proposal(index, proposal, entry) if proposal else []
    yield from found
    if entry.kind == "article" and not found and (weak := _weak_then(index, entry)):
        yield weak, ("adopted_by",)
    day = decided_on(index, entry)
    if (InForce.of(entry).in_force or "9999") < day:
        yield _("In force before it was decided, on {date}.", date=day), ("in_force",)


def how_to_mend(index: Index, entry: Entry, path: Path, usual: Message) -> Message:
    """What is to be done about a doubt at a field: nothing where the decision is still to come."""
    return (
        NOTHING_TO_DO
        if path == ("adopted_by", "proposal") and may_be_adopted(proposal_of(index, entry))
        else usual
    )


def _weak_then(index: Index, entry: Entry) -> Message | None:
    """Whether the decision on an article was weaker than the rules asked for that held on its day;
    those before are not known any more.
    """
    rules = rules_on(index, decided_on(index, entry))
    wanted = rules.vote_needed(entry.file)
    return why_too_weak(rules, wanted, index, entry, settled=False) if wanted else None


def is_on_articles_alone(index: Index, entry: Entry) -> bool:
    """Whether none of the decisions that the rules cite is about the rules: each says which
    articles it changes, and nothing of the rules.
    """
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    number = InForce.of(entry).adopted_by.resolution
    found = [
        Minutes.of(minutes).resolution(number) if minutes else None,
        Proposal.of(proposal) if proposal else None,
    ]
    return all(one.amends and not one.rules for one in found if one)


def minutes_of(index: Index, entry: Entry) -> Entry | None:
    """The minutes of the decision that an article or the rules cite."""
    return _find_sound(index, "minutes", InForce.of(entry).adopted_by.minutes)


def proposal_of(index: Index, entry: Entry) -> Entry | None:
    """The proposal that an article or the rules cite."""
    return _find_sound(index, "proposal", InForce.of(entry).adopted_by.proposal)


def meeting_of(index: Index, proposal: Entry) -> Entry | None:
    """The minutes of the meeting that confirmed a proposal, as its page says."""
    return _find_sound(index, "minutes", Proposal.of(proposal).ratified_by.minutes)


def _find_sound(index: Index, kind: str, id: str) -> Entry | None:
    found = index.find(kind, id)
    return found if found and found.sound else None


def decided_on(index: Index, entry: Entry) -> str:
    """The day of the decision that an article or the rules cite; empty where nothing says it."""
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    return max(
        Minutes.of(minutes).date if minutes else "",
        day_of(index, proposal) if proposal and Proposal.of(proposal).has_passed else "",
    )


def day_of(index: Index, proposal: Entry) -> str:
    """The day on which a proposal was decided: by the vote, or by the meeting that alone could."""
    meeting = meeting_of(index, proposal)
    result = index.find("result", vote_id(proposal))
    if meeting and (result is None or is_advisory(rules_of(index), proposal)):
        return Minutes.of(meeting).date
    counted = Result.of(result).counted_at if result else ""
    return (counted or Proposal.of(proposal).closes)[:10]


def is_advisory(rules: Rules, proposal: Entry) -> bool:
    """Whether only a meeting can decide what a proposal asks for."""
    category = rules.categories.get(Proposal.of(proposal).category)
    return category is not None and category.is_for_meetings


# What a meeting confirmed


def why_unconfirmed(
    index: Index, proposal: Entry, rules: Rules | None = None, *, founded: bool = True
) -> Message | None:
    """Why no meeting has confirmed what the members were asked for advice; None where one has.
    `rules`: others than those of the index; `founded`: whether it must say how it was voted.
    """
    held = rules_of(index) if rules is None else rules
    meeting = meeting_of(index, proposal)
    if meeting is None:
        return _(
            "The vote on “{id}” is an opinion until a meeting has confirmed it.", id=proposal.id
        )
    found = next(
        (message for message, _path in doubts_of_confirmation(index, proposal, held)), None
    )
    number = Proposal.of(proposal).ratified_by.resolution
    resolution = Minutes.of(meeting).resolution(number) or NO_RESOLUTION
    return (
        found
        or why_weaker(held, resolution.category, proposal, needed=True)
        or why_unapproved(meeting)
        or (why_unfounded(index, meeting, resolution, held) if founded else None)
    )


def doubts_of_confirmation(
    index: Index, proposal: Entry, rules: Rules
) -> Iterator[tuple[Message, Path]]:
    """Why the resolution that a proposal cites is not one that decides on it, and the field that
    says so. What does not exist at all is told by `unknown-reference`; whether it is as strict, and
    approved, is another question.
    """
    meeting = meeting_of(index, proposal)
    if meeting is None:
        return
    number, place = Proposal.of(proposal).ratified_by.resolution, ("ratified_by", "resolution")
    found, names = Minutes.of(meeting).resolution(number), {"id": meeting.id, "number": number}
    no_assembly = (
        why_no_assembly(index, meeting) if is_advisory(rules, proposal) else _a_note(meeting)
    )
    if no_assembly:
        yield no_assembly, ("ratified_by", "minutes")
    if found is None:
        yield _("“{id}” has no resolution {number}.", **names), place
    elif not found.is_adopted:
        yield _("Resolution {number} of “{id}” was not adopted.", **names), place
    elif not found.proposal:
        yield (
            _(
                "Resolution {number} of “{id}” does not name the proposal “{proposal}”.",
                proposal=proposal.id,
                **names,
            ),
            place,
        )
    elif index.find("proposal", found.proposal) != proposal:
        yield (
            _(
                "Resolution {number} of “{id}” decides on “{other}”.",
                other=found.proposal,
                **names,
            ),
            place,
        )


def why_weaker(rules: Rules, own: str, proposal: Entry, *, needed: bool = False) -> Message | None:
    """Whether a decision of category `own` is weaker than a proposal asked for; one without any is,
    where it is `needed`.
    """
    asked = Proposal.of(proposal).category
    if asked not in rules.categories or rules.at_least(own, asked):
        return None
    if own not in rules.categories and not needed:
        return None
    return _(
        "“{own}” is weaker than the category of “{id}”: {asked}.",
        own=own or "…",
        id=proposal.id,
        asked=asked,
    )


def why_no_assembly(index: Index, minutes: Entry) -> Message | None:
    """Whether some minutes are of anything else than an assembly of all members, which alone
    decides for all.
    """
    body = index.find("body", Minutes.of(minutes).body)
    if body is None or not Body.of(body).is_assembly:
        return _("“{id}” is not of an assembly: another body does not decide this.", id=minutes.id)
    return _a_note(minutes)


def _a_note(minutes: Entry) -> Message | None:
    return (
        None
        if Minutes.of(minutes).are_minutes
        else _("“{id}” is a working note: nothing is decided by it.", id=minutes.id)
    )


def why_unapproved(minutes: Entry) -> Message | None:
    """Whether some minutes may still change."""
    return (
        None
        if Minutes.of(minutes).is_settled
        else _("The minutes “{id}” are not approved yet: this waits until they are.", id=minutes.id)
    )


def why_unfounded(
    index: Index, minutes: Entry, resolution: Resolution, rules: Rules = NO_RULES
) -> Message | None:
    """Why nothing changes on a resolution though it says that it was adopted: its category counts
    votes, and it tells neither figures nor that all were in favour, or these give another result.
    One of before the rules is not judged. `rules`: those before a change, where they held already.
    """
    decided = index.find("proposal", resolution.proposal)
    category = resolution.category or (Proposal.of(decided).category if decided else "")
    meeting = meeting_at(Minutes.of(minutes), index)
    if rules and rules.in_force <= str(meeting.day):
        meeting = dataclasses.replace(meeting, rules=rules)
    if not resolution.is_adopted or category not in meeting.rules.categories:
        return None
    asked, names = replace(resolution, category=category), {"id": minutes.id}
    found = reckon(meeting, asked)
    if not is_founded(found, asked):
        return _(
            "Resolution {number} of “{id}” says neither how many were in favour nor that all who "
            "were there were: nothing is decided by it.",
            number=resolution.number,
            **names,
        )
    if found.result in ("", "adopted"):
        return None
    return _(
        "The figures of resolution {number} of “{id}” adopt nothing.",
        number=resolution.number,
        **names,
    )


def why_all_unfounded(index: Index, entry: Entry, rules: Rules) -> Message | None:
    """The same of an article or the rules: None where one of the decisions that they cite says how
    it was voted. `rules`: those before the change.
    """
    found: list[Message | None] = []
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    if minutes:
        number = InForce.of(entry).adopted_by.resolution
        resolution = Minutes.of(minutes).resolution(number) or NO_RESOLUTION
        found.append(why_unfounded(index, minutes, resolution, rules))
    if proposal:
        meeting = meeting_of(index, proposal) if is_advisory(rules_of(index), proposal) else None
        number = Proposal.of(proposal).ratified_by.resolution
        confirming = Minutes.of(meeting).resolution(number) if meeting else None
        found.append(
            why_unfounded(index, meeting, confirming, rules) if meeting and confirming else None
        )
    return next(iter(found), None) if all(found) else None


# What undoes a decision


def why_not_undone(index: Index, proposal: Entry, rules: Rules) -> Message | None:
    """Why no decision has ended this one; None where one has: a proposal that replaces it, or a
    resolution that repeals it.
    """
    others = [
        other
        for entry in index.of("proposal")
        if entry.id != proposal.id
        and _lists(index, (other := Proposal.of(entry)).supersedes, proposal)
    ]
    found = [why_weaker(rules, other.category, proposal) for other in others if other.has_passed]
    for minutes in index.of("minutes") if Proposal.of(proposal).status == "repealed" else ():
        found += [
            _repealing(index, minutes, resolution, proposal, rules)
            for resolution in Minutes.of(minutes).resolutions
            if resolution.is_adopted and _lists(index, resolution.repeals, proposal)
        ]
    return (
        next(iter(found), _("No decision has ended “{id}”.", id=proposal.id))
        if all(found)
        else None
    )


def _lists(index: Index, ids: Iterable[str], proposal: Entry) -> bool:
    return any(
        (found := index.find("proposal", id)) is not None and found.id == proposal.id for id in ids
    )


def _repealing(
    index: Index, minutes: Entry, resolution: Resolution, proposal: Entry, rules: Rules
) -> Message | None:
    """Why a resolution cannot repeal a decision: only an assembly, or the body that took it, can,
    later and no less strictly.
    """
    took = index.find("minutes", Proposal.of(proposal).ratified_by.minutes)
    meeting = Minutes.of(minutes)
    own = took is not None and Minutes.of(took).body == meeting.body
    if meeting.date < day_of(index, proposal):
        return _("“{id}” is older than the decision that it would undo.", id=minutes.id)
    foreign = _a_note(minutes) if own else why_no_assembly(index, minutes)
    return (
        foreign
        or why_unapproved(minutes)
        or why_weaker(rules, resolution.category, proposal, needed=True)
    )


# As strict as the rules ask


def why_too_weak(
    rules: Rules, wanted: str, index: Index, entry: Entry, *, settled: bool = True
) -> Message | None:
    """Why none of the decisions that an article or the rules cite is what the rules before the
    change ask for; None where one is. `settled`: also whether what must be confirmed or approved
    was.
    """
    minutes, proposal = minutes_of(index, entry), proposal_of(index, entry)
    found: list[Message | None] = []
    if proposal:
        found.append(
            _short(rules, wanted, Proposal.of(proposal).category)
            or (
                why_unconfirmed(index, proposal, rules, founded=False)
                if settled and is_advisory(rules, proposal)
                else None
            )
        )
    if minutes:
        number = InForce.of(entry).adopted_by.resolution
        resolution = Minutes.of(minutes).resolution(number) or NO_RESOLUTION
        decided = index.find("proposal", resolution.proposal)
        category = resolution.category or (Proposal.of(decided).category if decided else "")
        found.append(
            _short(rules, wanted, category)
            or why_no_assembly(index, minutes)
            or (why_unapproved(minutes) if settled else None)
        )
    return next(iter(found), None) if all(found) else None


def _short(rules: Rules, wanted: str, taken: str) -> Message | None:
    if rules.at_least(taken, wanted):
        return None
    return _(
        "Decided as “{taken}”, and the rules ask for “{wanted}” or a stricter decision here.",
        taken=taken or "…",
        wanted=wanted,
    )


def _of_minutes(entry: Entry, text: Entry, today: str) -> Iterator[tuple[Message, Path]]:
    """Why some minutes do not carry an article or the rules."""
    minutes, cited = Minutes.of(entry), InForce.of(text)
    number = cited.adopted_by.resolution
    found, names, where = (
        minutes.resolution(number),
        {"id": entry.id, "number": number},
        ("adopted_by", "resolution"),
    )
    if not number:
        yield _("Which resolution of “{id}”?", id=entry.id), ("adopted_by", "minutes")
    elif found is None:
        yield _("“{id}” has no resolution {number}.", **names), where
    elif not found.is_adopted:
        yield _("Resolution {number} of “{id}” was not adopted.", **names), where
    elif text.kind == "article" and _article(text) not in found.amends:
        yield (
            _(
                "Resolution {number} of “{id}” does not name “{article}”.",
                article=_article(text),
                **names,
            ),
            where,
        )
    if minutes.status == "draft":
        yield _("The minutes “{id}” are still a draft.", id=entry.id), ("adopted_by", "minutes")
    elif cited.in_force <= today and (early := why_unapproved(entry)):
        yield early, ("adopted_by", "minutes")


def _of_proposal(index: Index, entry: Entry, text: Entry) -> Iterator[tuple[Message, Path]]:
    """Why a proposal does not carry an article or the rules."""
    where, proposal = ("adopted_by", "proposal"), Proposal.of(entry)
    if may_be_adopted(entry):
        yield describe_wait(index, entry), where
    elif not proposal.has_passed:
        yield _("The proposal “{id}” was not adopted.", id=entry.id), where
    elif text.kind == "article" and _article(text) not in [one.name for one in proposal.amends]:
        yield (
            _(
                "The proposal “{id}” does not name “{article}”.",
                id=entry.id,
                article=_article(text),
            ),
            where,
        )
    elif is_advisory(rules_of(index), entry) and (
        message := why_unconfirmed(index, entry, founded=False)
    ):
        yield message, where


def _article(entry: Entry) -> str:
    place = place_of(entry.id)
    return f"{place.document}/{place.article}" if place else entry.id
