"""A proposal goes from one status to the next as its life allows, and begins at the beginning.

draft → open → voting → adopted, rejected, no_quorum, lapsed or vetoed → in_force → superseded or
repealed; what was discussed elsewhere, or is voted in a room, goes from draft to voting at once.
Without a quorum a second consultation may follow, and in an election a second round. It can be
withdrawn until it is decided; once it is put to the vote, its result alone says that it lapsed.
What is in force ends by a decision as strict: a proposal that was adopted and names it in
`supersedes`, or a later resolution that names it in `repeals`, of an assembly or of the body that
decided, whose minutes are approved. This check compares with the files before the change (`coopbook
check --base`).

## Why
A decision that jumps to its end was decided by whoever wrote the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.authority import why_not_undone
from ...decisions.status import REPLACED, STOPPED, VOTING
from ...decisions.types import Proposal, Result
from ...decisions.votes import is_stopped, rules_of, vote_id
from ...decisions.wording.outcomes import STATUSES
from ...records.index import Entry, Index

KIND = "proposal"

NEXT = {
    "draft": ("open", "voting", "withdrawn"),
    "open": ("voting", *STOPPED),
    "voting": ("adopted", "rejected", "no_quorum", "second", *STOPPED),
    "no_quorum": ("second",),
    "second": ("adopted", "rejected", "no_quorum", *STOPPED),
    "adopted": ("in_force",),
    "in_force": REPLACED,
}
BEGINNINGS = ("draft", "open", "voting")
ENDED = {
    "superseded": _(
        "The proposal that replaces it names it under supersedes, and is adopted first."
    ),
    "repealed": _(
        "The resolution that repeals it names it under repeals, in minutes that are approved."
    ),
}


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for entry in after.of("proposal"):
        was = _before(entry, before)
        old, new = Proposal.of(was).status if was else "", Proposal.of(entry).status
        if not new or old == new:
            continue
        if not old:
            if before.by_id("proposal") and was is None and new not in BEGINNINGS:
                message = _(
                    "A new proposal begins as draft, open or voting, not as “{status}”.",
                    status=STATUSES[new],
                )
                yield entry.fault(message, "status")
        elif new not in _next(entry, old):
            choices = ", ".join(_next(entry, old))
            help = (
                _("From there: {choices}.", choices=choices)
                if choices
                else _("Nothing comes after it.")
            )
            yield entry.fault(
                _(
                    "A proposal cannot go from “{old}” to “{new}”.",
                    old=STATUSES[old],
                    new=STATUSES[new],
                ),
                "status",
                help=help,
            )
        else:
            yield from _check_end(before, after, entry, old)


def _check_end(before: Index, after: Index, entry: Entry, old: str) -> Iterator[Diagnostic]:
    """What ends a proposal beside a count: a role, time, another decision. By the rules before the
    change.
    """
    new, counted = Proposal.of(entry).status, after.find("result", vote_id(entry)) is not None
    if new == "vetoed" and not counted and not is_stopped(rules_of(before), entry):
        help = _(
            "Name under “gates” who said no, and why; or count it: coopbook tally {id}", id=entry.id
        )
        yield entry.fault(_("No role that the rules name has stopped it."), "status", help=help)
    elif new in REPLACED and (standing := why_not_undone(after, entry, rules_of(before))):
        yield entry.fault(standing, "status", help=ENDED[new])
    elif new == "second" and old == "voting" and not _wants_second_round(after, entry):
        yield entry.fault(
            _("No result asks for a second round."),
            "status",
            help=_("Count it first: coopbook tally {id}", id=entry.id),
        )
    elif new == "lapsed" and old in VOTING and not counted:
        help = _("Count it once the vote is over: coopbook tally {id}", id=entry.id)
        yield entry.fault(
            _("It was put to the vote: only its result can say that it lapsed."),
            "status",
            help=help,
        )


def _next(entry: Entry, old: str) -> list[str]:
    """What may come after a status: a second round, of an election alone."""
    of_election = Proposal.of(entry).election is not None
    return [one for one in NEXT.get(old, ()) if of_election or (old, one) != ("voting", "second")]


def _wants_second_round(after: Index, entry: Entry) -> bool:
    result = after.by_id("result").get(entry.id)
    return result is not None and Result.of(result).result == "second_round"


def _before(entry: Entry, before: Index) -> Entry | None:
    """The proposal as it was, under its id of then."""
    entries = before.by_id("proposal")
    return next((entries[id] for id in (entry.id, *entry.formerly) if id in entries), None)
