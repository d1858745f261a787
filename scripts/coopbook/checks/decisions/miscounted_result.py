"""A result says what its ballots give: it is counted anew from what was kept beside it, and every
figure must be the same.

Beside `decisions/results/<id>.yml` stands `<id>.events.json`: the ballots, the voters and the rules
as they were, and of an election its tellers' sheets hold the ballots. Their fingerprints are in the
result, and that of the text must still be the proposal's. `docs/VOTE-RECORD.md` specifies both
files. No result is of a day to come, nor of a proposal that is a draft, under discussion or
withdrawn.

## Why
Anybody can count again, offline, years later. A figure that was changed by hand shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path, Value
from ...decisions.elected import election_fields, sheet_of, text_as_voted
from ...decisions.tally.events import instant
from ...decisions.tally.record import VoteRecord
from ...decisions.types import Proposal, Result
from ...decisions.vote_record import figures, has_record_form, recount
from ...decisions.votes import vote_id, vote_ids
from ...decisions.wording.outcomes import STATUSES
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "result"

OWN = ("number", "previous", "proposal", "title", "audience", "counted_by", "errata")
NOT_PUT = ("draft", "open", "withdrawn")
LAST_TO_TURN = timezone(timedelta(hours=-12))
"""Where a day begins last: what is still to come there is so everywhere."""
_NONE: Any = object()


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    result = Result.of(record)
    proposal = index.by_id("proposal").get(result.proposal)
    if proposal is not None:
        yield from _belongs(record, result, proposal)
    if instant(result.counted_at).astimezone(LAST_TO_TURN).date() > index.today:
        yield record.fault(
            _("Counted on a day that is still to come."),
            "counted_at",
            help=_("Count it once the vote is over."),
        )
    try:
        kept = VoteRecord.of(record.beside)
        expected = figures(kept, recount(kept))
        sheet = sheet_of(index, record.id, result.counted_by)
        if proposal is not None and sheet is not None:
            expected = election_fields(index, proposal, record.id, expected, sheet)
    except ValueError:
        yield _unreadable(record)
        return
    wrong = next(_compare_figures(record, kept, expected), None)
    if wrong is not None:
        yield wrong
    elif not has_record_form(record.beside):
        yield _unreadable(record)
    if proposal is not None and proposal.sound and not kept.vote.is_on_change:
        yield from _check_words(record, result, proposal, index)


def _unreadable(record: Record) -> Diagnostic:
    file = record.kind.sidecar_of(record.file)
    return record.fault(
        _("What this was counted from is missing or cannot be read: {file}.", file=file),
        help=_("Put the file back."),
    )


def _check_words(
    record: Record, result: Result, proposal: Entry, index: Index
) -> Iterator[Diagnostic]:
    if result.hashes.text != text_as_voted(index, proposal):
        message = _("The text of {file} is not the one that was voted.", file=proposal.file)
        yield record.fault(
            message, "hashes", "text", help=_("Put the text back as it was when the vote closed.")
        )


def _compare_figures(
    record: Record, kept: VoteRecord, expected: dict[str, Value]
) -> Iterator[Diagnostic]:
    """The first figure that is wrong; that of what was kept comes first: where it differs, other
    figures follow from other ballots.
    """
    if Result.of(record).hashes.events != kept.digest:
        message = _(
            "What this was counted from is not what it was: {file}.",
            file=record.kind.sidecar_of(record.file),
        )
        yield record.fault(message, "hashes", "events", help=_("Put the file back as it was."))
        return
    have = {name: value for name, value in record.value.items() if name not in OWN}
    wrong = next(_differences(have, expected, ()), None)
    if wrong is not None:
        path, said, right = wrong
        if right is _NONE:
            yield record.fault(
                _("The ballots give no “{name}”.", name=path[-1]), *path, help=_("Delete the line.")
            )
        elif said is _NONE:
            yield record.fault(
                _("“{name}” is missing: the ballots give {right}.", name=path[-1], right=right),
                *path[:-1],
            )
        else:
            yield record.fault(
                _("This says {said}; the ballots give {right}.", said=said, right=right), *path
            )


def _differences(have: Value, expected: Value, path: Path) -> Iterator[tuple[Path, Value, Value]]:
    if isinstance(have, dict) and isinstance(expected, dict):
        for name in {**have, **expected}:
            yield from _differences(have.get(name, _NONE), expected.get(name, _NONE), (*path, name))
    elif isinstance(have, list) and isinstance(expected, list) and len(have) == len(expected):
        for number, (said, right) in enumerate(zip(have, expected, strict=True)):
            yield from _differences(said, right, (*path, number))
    elif have is _NONE or have != expected:
        yield path, have, expected


def _belongs(record: Record, result: Result, proposal: Entry) -> Iterator[Diagnostic]:
    """The name of its file and who may read it follow from its proposal."""
    first, second = vote_ids(proposal.id)
    name = second if result.stage == "second" else first
    if record.id != name:
        yield record.fault(
            _("The result of this vote stands in {file}.", file=f"decisions/results/{name}.yml"),
            "proposal",
        )
    status = Proposal.of(proposal).status
    if proposal.sound and record.id == vote_id(proposal) and status in NOT_PUT:
        message = _(
            "{file} is not put to the vote: {status}.",
            file=proposal.file,
            status=STATUSES[status],
        )
        yield record.fault(
            message, "proposal", help=_("A result comes of a vote: look at the proposal's status.")
        )
    if result.audience == "public" and proposal.sound and not proposal.public:
        yield record.fault(
            _("Everybody can read this result, but not its proposal."),
            "audience",
            help=_("Write: members"),
        )
