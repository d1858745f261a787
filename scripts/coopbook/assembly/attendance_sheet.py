"""The attendance sheet that is signed at the door."""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import _, ngettext
from ..decisions.tally.electorate import Voter
from ..documents.model import Block, Lines, Paper, Table, make_text
from .notice import head, paper
from .record import Assembly


def attendance_paper(assembly: Assembly) -> Paper:
    """The sheet that is signed at the door."""
    return paper(
        assembly, "attendance", _("Attendance sheet"), _attendance(assembly), landscape=True
    )


def _attendance(assembly: Assembly) -> Iterator[Block]:
    say = assembly.say
    yield from head(assembly, _("Attendance sheet"))
    count = len(assembly.voters)
    yield make_text(
        say(
            ngettext(
                "{count} member has a vote on this day.",
                "{count} members have a vote on this day.",
                count,
            )
        )
    )
    yield _voters(assembly)
    yield make_text(say(_("Certified true by the officers of the meeting")), "part")
    yield Lines((say(_("Chair")), say(_("Secretary")), say(_("Tellers"))))


def _voters(assembly: Assembly) -> Table:
    """A line for each who has a vote, with room for hours and a signature."""
    colleges = any(voter.college for voter in assembly.voters)
    hours = [_("Arrived at"), _("Left at"), _("Signature")]
    titles = [
        _("Name"),
        *[_("College")] * colleges,
        _("Number of votes"),
        _("Represented by"),
        *hours,
    ]
    rows = tuple(_voter(assembly, voter, colleges) for voter in assembly.voters)
    return Table(
        tuple(map(assembly.say, titles)),
        rows,
        (6, *[4] * colleges, 2, 6, 3, 3, 7),
        frozenset([1 + colleges]),
        tall=True,
    )


def _voter(assembly: Assembly, voter: Voter, colleges: bool) -> tuple[str, ...]:
    holder = assembly.proxy_holders.get(voter.id)
    represented = (
        assembly.name(holder)
        if holder
        else assembly.say(_("blank proxy"))
        if holder is not None
        else ""
    )
    college = [assembly.college(voter.college)] * colleges
    return (
        assembly.sort_name(voter.id),
        *college,
        str(assembly.votes(voter.id)),
        represented,
        "",
        "",
        "",
    )
