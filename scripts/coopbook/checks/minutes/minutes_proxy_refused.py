"""A proxy is given by a member who is not there to a member who is, and nobody holds more than the
rules allow.

Both are entitled on the day of the meeting. Whoever arrives late or leaves early may give one for
the time without them. The limit is that of `proxies` in the rules of decision; without rules it is
a twentieth of the members, one at least; a proxy left blank is held by whoever presides, and is
beyond the limit. Whoever is represented according to the attendance has given a proxy, to that
holder.

A proxy that does not count stands there with its reason (`set_aside`), which is the one that the
rules and the attendance give: one that counts is not set aside. The steps `proxies` and
`attendance` of `coopbook assembly` write it.

## Why
A proxy too many can turn a vote; one given by somebody who sat in the room counts twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...base.positions import Path
from ...decisions.meetings import Meeting, meeting_of, proxies_on
from ...decisions.set_aside import REASONS, find_set_aside
from ...decisions.types import Attendance, Minutes
from ...decisions.types.meetings import ReceivedProxy
from ...records.index import Index
from ...records.model import Record

KIND = "minutes"

NO_ROW = Attendance()
HELP = _("Look at the attendance sheet and at the paper.")

NO_PROXY = _("“{id}” is represented and has given no proxy."), _("Add it to proxies.")
ASIDE = (
    _("“{id}” is represented by a proxy that is set aside."),
    _("Note them absent, or note the proxy that counts."),
)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    minutes = Minutes.of(record)
    proxies, meeting = minutes.proxies, meeting_of(minutes, index)
    counting = [one for one in proxies if not one.set_aside]
    given, rule = Counter(one.principal for one in counting), proxies_on(index, meeting.day)
    rows = {one.member: one for one in meeting.attendance}
    sheet = _Sheet(meeting, rows, given, rule.members_only)
    if len(counting) < len(proxies):
        yield from _wrongly_set_aside(record, minutes, index)
    for number, one in enumerate(proxies):
        if one.set_aside:
            continue
        for message, path in (
            sheet.faults(one) if rule.allowed else [(_("The rules allow no proxies."), ())]
        ):
            yield record.fault(message, "proxies", number, *path, help=HELP)
    if rule.allowed and rule.capped:
        yield from _above(record, proxies, rule.cap(len(meeting.electorate.voters)) or 0)
    for number, row in enumerate(minutes.attendance):
        if row.mode == "represented" and row.member not in given:
            message, help = NO_PROXY
            if any(one.principal == row.member for one in proxies):
                message, help = ASIDE
            message = Message(message.text, {"id": row.member})
            yield record.fault(message, "attendance", number, "mode", help=help)


def _wrongly_set_aside(record: Record, minutes: Minutes, index: Index) -> Iterator[Diagnostic]:
    """Those whose reason is not the one that the rules and the attendance give."""
    found = find_set_aside(minutes, index)
    for number, one in enumerate(minutes.proxies):
        why = found.get(number)
        if not one.set_aside or why == one.set_aside:
            continue
        message = (
            _("This proxy is set aside, and counts: there is no reason against it.")
            if why is None
            else _("This proxy is set aside for another reason: {reason}.", reason=REASONS[why])
        )
        help = (
            _("Take the line away, or look at the attendance and at the days.")
            if why is None
            else _("Write: {example}", example=f"set_aside: {why}")
        )
        yield record.fault(message, "proxies", number, "set_aside", help=help)


def _above(record: Record, proxies: Sequence[ReceivedProxy], cap: int) -> Iterator[Diagnostic]:
    """Each holder of too many, once."""
    counting = [(number, one) for number, one in enumerate(proxies) if not one.set_aside]
    held = Counter(one.holder for _number, one in counting if one.holder is not None)
    told = set[str]()
    for number, one in counting:
        holder = one.holder or ""
        if held[holder] > cap and holder not in told:
            told.add(holder)
            message = _(
                "“{id}” holds {count} proxies, and the limit is {cap}.",
                id=holder,
                count=held[holder],
                cap=cap,
            )
            yield record.fault(
                message, "proxies", number, "holder", help=_("Those above the limit do not count.")
            )


class _Sheet(Struct, frozen=True):
    meeting: Meeting
    rows: dict[str, Attendance]
    given: Counter[str]
    members_only: bool

    def faults(self, one: ReceivedProxy) -> Iterator[tuple[Message, Path]]:
        principal, holder = one.principal, one.holder
        row, holds = self.rows.get(principal, NO_ROW), self.rows.get(holder or "", NO_ROW)
        if row.is_here and not row.is_here_for_a_part:
            yield _("“{id}” was there and needs no proxy.", id=principal), ("principal",)
        elif not row.is_here and row.mode not in ("represented", ""):
            yield (
                _(
                    "“{id}” has given a proxy, and is not represented according to the attendance.",
                    id=principal,
                ),
                ("principal",),
            )
        if self.given[principal] > 1:
            yield _("“{id}” has given two proxies.", id=principal), ("principal",)
        for id, name in (
            (principal, "principal"),
            (holder if self.members_only else None, "holder"),
        ):
            if id and not (self.meeting.electorate.find(id) or self.meeting.joined.find(id)):
                yield (
                    _(
                        "“{id}” has no vote: no member in law on {date}.",
                        id=id,
                        date=self.meeting.day.isoformat(),
                    ),
                    (name,),
                )
        if holder and self.rows and not holds.is_here:
            yield _("“{id}” was not there and cannot hold a proxy.", id=holder), ("holder",)
        if not holder and not one.blank:
            yield _("Who holds this proxy?"), ("principal",)
        other = row.holder
        if holder and other and other != holder:
            yield _("The attendance says that “{id}” holds it.", id=other), ("holder",)
