"""An election can be counted as it is written: seats, candidates, term and ties fit together.

Each candidate stands once and has accepted before nominations close and the vote opens: by a change
of their own, or in a meeting whose minutes say that they were there or represented (`accepted_in`).
Seats kept for groups are no more than there are, and belong to candidates; a group that is called
as a college or an office of the co-op has the candidates of that college or office. The mandates
begin after the vote and end after they begin. `acclamation` is for as many candidates as seats or
fewer; an election without candidates names none. From the opening on something decides a tie
whatever happens: `age`, with all candidates in `by_age`, or `lot`, whose public value is named by
the day nominations close and known after it, and after the vote has opened: `known_on` says when.
With the files before the change (`coopbook check --base`), a lot is not named when its value is
known already, and nobody joins once nominations have closed or the vote has opened, whatever day
`accepted_on` says; who accepted on the last day in a meeting (`accepted_in`) may be written down
after it.

## Why
A rule made up in the evening, when two candidates have the same votes, is a rule made for one of
them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...base.positions import Path
from ...decisions.types import Election, Member, Minutes, Proposal
from ...decisions.types.proposals import Lot
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "proposal"

THERE = ("present", "remote", "represented")
WITH_MAJORITY = ("yes_no", "plurality")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    asked = Proposal.of(record)
    if asked.election is not None:
        yield from _candidates(record, asked, asked.election)
        yield from _check_acceptance(record, asked.election, index)
        yield from _method(record, asked.election)
        yield from _seats(record, asked.election)
        yield from _groups(record, asked, asked.election, index)
        yield from _term(record, asked, asked.election)
        yield from _find_strangers(record, asked.election)
        yield from _lot(record, asked, asked.election)
        if not _has_opened(asked, index):
            yield from _lot_without_day(record, asked.election)
        if asked.is_put_to_the_vote:
            yield from _ties(record, asked.election)


def _candidates(record: Record, asked: Proposal, election: Election) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, one in enumerate(election.candidates):
        path = ("election", "candidates", number)
        if one.member in seen:
            message = _("“{member}” stands here twice.", member=one.member)
            yield record.fault(message, *path, "member", help=_("Delete one of the two."))
        seen.add(one.member)
        last = _last_day(asked, election)
        if last and one.accepted_on > last:
            message = _("Accepted after nominations closed or the vote opened: {date}.", date=last)
            yield record.fault(message, *path, "accepted_on")
    if asked.is_put_to_the_vote and not seen and election.method != "without_candidates":
        help = _("Name them under “candidates”, or choose the method “without_candidates”.")
        yield record.fault(_("Nobody stands in this election."), "election", help=help)


def _last_day(asked: Proposal, election: Election) -> str:
    """Until when one may stand; empty where nothing says it."""
    return min(filter(None, (election.nominations_close, asked.opens[:10])), default="")


def _has_opened(asked: Proposal, index: Index) -> bool:
    return bool(asked.opens) and asked.opens[:10] <= index.today.isoformat()


def _check_acceptance(record: Record, election: Election, index: Index) -> Iterator[Diagnostic]:
    """Whether who accepted in a meeting was there, and who was only asked does not stand."""
    for number, one in enumerate(election.candidates):
        path = ("election", "candidates", number, "accepted_in")
        entry = index.find("minutes", one.accepted_in)
        if entry is None or not entry.sound:
            continue
        minutes = Minutes.of(entry)
        there = {who.member for who in minutes.attendance if who.mode in THERE}
        if minutes.date != one.accepted_on:
            message = _("This meeting was held on {date}.", date=minutes.date)
            yield record.fault(message, *path)
        elif index.current_id("member", one.member) not in there:
            message = _("“{member}” was not in this meeting.", member=one.member)
            help = _("Only who was there, or was represented, accepts in the room.")
            yield record.fault(message, *path, help=help)
    for number, asked in enumerate(election.nominated):
        if asked.member in election.standing:
            message = _("“{member}” stands already.", member=asked.member)
            yield record.fault(message, "election", "nominated", number, help=_("Delete the line."))


def _method(record: Record, election: Election) -> Iterator[Diagnostic]:
    many, seats = len(election.candidates), election.seats
    if election.method == "acclamation" and many > seats:
        message = _(
            "More candidates ({candidates}) than seats ({seats}): somebody has to choose.",
            candidates=many,
            seats=seats,
        )
        yield record.fault(message, "election", "method", help=_("Choose another method."))
    if election.method == "without_candidates" and election.candidates:
        message = _("An election without candidates names none.")
        yield record.fault(message, "election", "candidates", help=_("Delete the lines."))
    if election.majority and election.method not in WITH_MAJORITY:
        message = _("This method knows no majority: it counts in its own way.")
        help = _("It is for {methods}.", methods=", ".join(WITH_MAJORITY))
        yield record.fault(message, "election", "majority", help=help)


def _seats(record: Record, election: Election) -> Iterator[Diagnostic]:
    kept = sum(one.seats for one in election.reserved)
    if kept > election.seats:
        message = _(
            "{kept} seats are kept for groups, and there are {seats}.",
            kept=kept,
            seats=election.seats,
        )
        yield record.fault(message, "election", "reserved")
    groups = [one.group for one in election.reserved]
    for number, group in enumerate(groups):
        if group in groups[:number]:
            message = _("There are two groups of this name.")
            yield record.fault(message, "election", "reserved", number, "group")


def _groups(
    record: Record, asked: Proposal, election: Election, index: Index
) -> Iterator[Diagnostic]:
    """Whether a group that is called as a college or an office has the candidates of it."""
    day = asked.opens[:10] or index.today.isoformat()
    for number, group in enumerate(election.reserved):
        if group.group not in {**index.settings.colleges, **index.settings.offices}:
            continue
        of_it = [one for one in election.standing if group.group in _belongs(index, one, day)]
        for place, id in enumerate(group.candidates):
            if id in election.standing and id not in of_it:
                message = _("“{member}” is not of “{group}”.", member=id, group=group.group)
                yield record.fault(message, "election", "reserved", number, "candidates", place)
        if left := [id for id in of_it if id not in group.candidates]:
            names = ", ".join(left)
            message = _("Of “{group}” are also: {names}.", group=group.group, names=names)
            help = _("Add them, or give the group another name.")
            yield record.fault(message, "election", "reserved", number, "candidates", help=help)


def _belongs(index: Index, id: str, day: str) -> set[str]:
    """The college that a member is of on a day, and the office."""
    entry = index.find("member", id)
    if entry is None or not entry.sound:
        return set()
    member = Member.of(entry)
    colleges = (one.college for one in member.membership if one.runs_on(day))
    return {member.office, *colleges} - {""}


def _term(record: Record, asked: Proposal, election: Election) -> Iterator[Diagnostic]:
    term = election.term
    if term.until and term.until <= term.from_:
        yield record.fault(_("The term ends before it begins."), "election", "term", "until")
    if asked.closes and term.from_ < asked.days.closes[:10]:
        message = _("The term begins before the vote has closed.")
        yield record.fault(message, "election", "term", "from")


def _find_strangers(record: Record, election: Election) -> Iterator[Diagnostic]:
    """Who is named of a group or by age stands."""
    lists: list[tuple[Path, tuple[str, ...]]] = [(("by_age",), election.by_age)]
    lists += [
        (("reserved", number, "candidates"), one.candidates)
        for number, one in enumerate(election.reserved)
    ]
    for path, names in lists:
        for number, id in enumerate(names):
            if id not in election.standing:
                message = _("“{member}” is no candidate.", member=id)
                near = suggestion(id, election.standing)
                yield record.fault(message, "election", *path, number, help=near)


def _lot(record: Record, asked: Proposal, election: Election) -> Iterator[Diagnostic]:
    lot, closed = election.lot, election.nominations_close
    if lot is None:
        return
    if not closed or lot.named_on > closed:
        yield record.fault(
            _("What a lot is drawn with is named before the candidates are known."),
            *("election", "lot", "named_on"),
            help=_(
                "Say under “nominations_close” until when one could stand, on that day or later."
            ),
        )
    elif lot.known_on and lot.known_on <= closed:
        message = _("Its value is known before nominations close: somebody could still choose.")
        yield record.fault(message, "election", "lot", "known_on")
    elif lot.known_on and asked.opens and lot.known_on <= asked.opens[:10]:
        message = _("Its value is known before the vote opens: somebody could still choose.")
        yield record.fault(message, "election", "lot", "known_on")


def _lot_without_day(record: Record | Entry, election: Election) -> Iterator[Diagnostic]:
    if election.lot is not None and not election.lot.known_on:
        yield record.fault(
            _("When will the value of this lot be known?"),
            *("election", "lot"),
            help=_("Write the day: “known_on: 2026-12-31”. It comes after the vote has opened."),
        )


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    """What comes late: a lot whose value may be known to whoever names it, and who stands."""
    for entry in after.of("proposal"):
        asked = Proposal.of(entry) if entry.sound else Proposal()
        if asked.election is not None and not asked.is_closed:
            old = before.find("proposal", entry.id)
            yield from _late_lot(entry, asked.election, old, after)
            if old is not None and old.sound:
                yield from _late_candidates(entry, asked.election, Proposal.of(old), after)


def _late_lot(
    entry: Entry, election: Election, old: Entry | None, after: Index
) -> Iterator[Diagnostic]:
    lot = election.lot
    if lot is None or (old is not None and _lot_of(old) == lot):
        return
    if _has_opened(Proposal.of(entry), after):  # before, the record alone is told
        yield from _lot_without_day(entry, election)
    if lot.known_on and lot.known_on <= after.today.isoformat():
        message = _("What a lot is drawn with is named here when its value is known already.")
        help = _("Name a value that becomes known on a later day.")
        yield entry.fault(message, "election", "lot", "known_on", help=help)


def _late_candidates(
    entry: Entry, election: Election, was: Proposal, after: Index
) -> Iterator[Diagnostic]:
    """Who joins when nobody can any more: by the days that stood before the change."""
    if was.election is None:
        return
    last, today = _last_day(was, was.election), after.today.isoformat()
    if not last or today <= last:
        return
    known = {after.current_id("member", id) for id in was.election.standing}
    for number, one in enumerate(election.candidates):
        noted_in_the_room = one.accepted_in and one.accepted_on == last
        if after.current_id("member", one.member) not in known and not noted_in_the_room:
            yield entry.fault(
                _("Nobody could stand any more after {date}.", date=last),
                *("election", "candidates", number, "member"),
                help=_(
                    "Take “{member}” out. Before the vote opens, another day under "
                    "“nominations_close” may be proposed first, by itself.",
                    member=one.member,
                ),
            )


def _lot_of(entry: Entry) -> Lot | None:
    election = Proposal.of(entry).election if entry.sound else None
    return election.lot if election else None


def _ties(record: Record, election: Election) -> Iterator[Diagnostic]:
    if election.method == "acclamation":
        return
    by_age = "age" in election.ties and {*election.by_age} >= {*election.standing}
    by_lot = "lot" in election.ties and election.lot is not None
    if not (by_lot or (by_age and election.standing)):
        yield record.fault(
            _("Two candidates may have the same votes: nothing here parts them for certain."),
            "election",
            help=_(
                "Write “ties: [age]” with all candidates under “by_age”, or “ties: [lot]” with "
                "“lot”."
            ),
        )
