"""A secret vote is counted by two tellers, each in a sheet of their own, and says no more than it
may.

A sheet is `decisions/counts/<vote>/<teller>.yml`: how many for, against, abstaining, blank and
invalid, and who took part. Each is a teller of the rules or of the proposal, counted after the
close, and brings the sheet in by a change of their own. With fewer than four ballots a sheet says
how many took part (`participants`) instead of who. The result holds totals alone, and is what two
sheets say. What is decided by consent or by colleges cannot be secret: its objections and its
colleges would have to be known.

## Why
Who counts alone can be mistaken, or worse, and nobody can count again what is secret. Few ballots
beside a list of voters say who voted what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import Message, _
from ...decisions.pseudonyms import Key
from ...decisions.record_comparison import names_in_both
from ...decisions.tally import Totals
from ...decisions.tally.events import instant
from ...decisions.tally.record import VoteRecord
from ...decisions.tally.secret import FEW, TELLERS
from ...decisions.tally.shapes import TellerCount, read_as
from ...decisions.types import Category, Proposal, Result, vote_and_member
from ...decisions.votes import (
    is_secret,
    proposal_of,
    rules_of,
    secret_counts,
    tellers,
    totals_of,
    vote_id,
    voter_of,
    voters,
)
from ...records.core_kinds import MEMBER
from ...records.index import Entry, Index
from ...records.model import Record

KIND = ("count", "result", "proposal")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "count":
        yield from _sheet(record, index)
    elif record.kind.name == "result":
        yield from _result(record, index)
    else:
        yield from _countable(record, index)


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    new = [
        entry
        for id, entry in sorted(after.by_id("count").items())
        if id not in before.by_id("count")
    ]
    votes = Counter(vote_and_member(entry.id)[0] for entry in new)
    for entry in new:
        if votes[vote_and_member(entry.id)[0]] >= TELLERS:
            message = _("Two tellers' sheets of one vote came in by one change.")
            yield Diagnostic(
                entry.file, message, _("Each teller counts alone, and brings their own sheet in.")
            )


def _sheet(record: Record, index: Index) -> Iterator[Diagnostic]:
    vote, teller = voter_of(index, record)
    proposal = proposal_of(index, vote)
    if proposal is None or (vote_id(proposal) != vote and proposal.id != vote):
        yield record.fault(
            _("There is no proposal “{id}”.", id=vote),
            help=suggestion(vote, index.by_id("proposal")),
        )
        return
    if not proposal.sound or not rules_of(index):
        return
    still_open = vote not in index.entries.get(
        "result", {}
    )  # later, who is a teller or entitled may have changed: what was kept says it
    if still_open and not is_secret(index, proposal):
        yield record.fault(
            _("This vote is not secret: each ballot stands in a file of its own."),
            help=_("Delete this sheet."),
        )
    elif still_open and teller not in tellers(index, proposal):
        message = _("“{teller}” is no teller of this vote.", teller=teller)
        yield record.fault(
            message,
            help=_("Name them under “tellers”, in the rules or in {file}.", file=proposal.file),
        )
    sheet, closes = read_as(TellerCount, record.value), Proposal.of(proposal).days_of(vote).closes
    if closes and instant(sheet.counted_at) < instant(closes):
        yield record.fault(
            _("Counted before the vote had closed: {instant}.", instant=closes),
            "counted_at",
        )
    yield from _participation(record, sheet)
    if still_open and vote == vote_id(proposal):
        yield from _check_tellers(record, sheet, index, proposal)


def _participation(record: Record, sheet: TellerCount) -> Iterator[Diagnostic]:
    totals = totals_of(record)
    if (sheet.took_part is None) == (sheet.participants is None) or totals is None:
        help = _("With {few} ballots or more: “took_part”, with fewer: “participants”.", few=FEW)
        yield record.fault(_("Say either who took part, or how many."), "participants", help=help)
        return
    if totals.few and sheet.took_part is not None:
        message = _(
            "With fewer than {few} ballots, who took part would tell who voted what.", few=FEW
        )
        yield record.fault(
            message,
            "took_part",
            help=_("Write how many: “participants: {count}”.", count=totals.participants),
        )
    elif not totals.few and sheet.participants is not None:
        yield record.fault(
            _("With {few} ballots or more, a sheet says who took part.", few=FEW),
            "participants",
            help=_("Write “took_part”."),
        )
    if totals.papers > totals.participants:
        message = _(
            "There are {papers} ballots, and {participants} took part.",
            papers=totals.papers,
            participants=totals.participants,
        )
        yield record.fault(message, "for", help=_("Count both again."))


def _check_tellers(
    record: Record, sheet: TellerCount, index: Index, proposal: Entry
) -> Iterator[Diagnostic]:
    totals, asked = totals_of(record), Proposal.of(proposal)
    if totals is None or not asked.first.are_complete:
        return
    electorate = voters(index, proposal).without(asked.recused)
    if totals.participants > len(electorate.voters):
        message = _(
            "{participants} took part, and {size} were entitled.",
            participants=totals.participants,
            size=len(electorate.voters),
        )
        yield record.fault(message, "took_part" if sheet.participants is None else "participants")
    for number, id in enumerate(sheet.took_part or ()):
        if electorate.find(id) is None:
            yield record.fault(
                _("“{member}” may not vote on this.", member=id), "took_part", number
            )


def _result(record: Record, index: Index) -> Iterator[Diagnostic]:
    """Whether a result that had to be secret is, and one that is says what two sheets say. The
    rules are those that were kept with it.
    """
    try:
        kept = VoteRecord.of(record.beside)
    except ValueError:  # told by `miscounted-result`
        return
    wanted = kept.vote.subject in kept.rules.secret.required_for
    if wanted and kept.totals is None:
        yield record.fault(
            _("This vote was secret: its result holds totals alone."),
            help=_("Count it again from two tellers' sheets."),
        )
    if kept.totals is None:
        return
    now = partial(index.current_id, MEMBER)
    key = Key.or_empty(record.pseudonyms)
    kept_as, said_as = names_in_both(kept, key, now)
    totals = Totals.of(kept.totals)
    counted = secret_counts(index, record.id)
    named = {*map(kept_as, (*kept.rules.tellers, *kept.vote.tellers))}
    counters = [
        id
        for id in map(now, Result.of(record).counted_by)
        if said_as(id) in named and id in counted
    ]
    told = _plain(totals, kept_as)
    if sum(_plain(counted[id], said_as) == told for id in counters) < TELLERS:
        help = _("Their sheets stand in {folder}.", folder=f"decisions/counts/{record.id}/")
        yield record.fault(_("This is not what two tellers counted."), "counted_by", help=help)


def _plain(totals: Totals, person: Callable[[str], str]) -> dict[str, Any]:
    """Totals, and who took part as people are called where both are compared."""
    found = totals.to_plain()
    return found | {"took_part": sorted(map(person, found.get("took_part", ())))}


def _countable(record: Record, index: Index) -> Iterator[Diagnostic]:
    entry, rules = index.by_file.get(record.file), rules_of(index)
    if entry is None or not is_secret(index, entry) or record.id in index.by_id("result"):
        return
    category = rules.categories.get(Proposal.of(record).category)
    if category is not None and category.consent is not None:
        message = _(
            "This vote is secret, and its category decides by consent: objections bear names."
        )
        yield record.fault(message, "category", help=_("Choose a category that counts votes."))
    elif category is not None and (fault := _uncounted_word(category)):
        yield record.fault(
            fault, "category", help=_("Choose another category, or decide it at a meeting.")
        )
    elif rules.colleges.enabled:
        message = _(
            "This vote is secret, and votes weigh by college: totals do not tell colleges apart."
        )
        yield record.fault(
            message, "subject", help=_("Decide it at a meeting, and write the minutes.")
        )


def _uncounted_word(category: Category) -> Message | None:
    """What a category asks for that totals cannot tell."""
    ways = [way for stage in category.stages for way in stage.ways]
    if any(way.tie == "chair" for way in ways):
        return _("This vote is secret: nobody knows the chair's own vote, which decides a tie.")
    if any(way.quorum and way.quorum.except_ for way in ways):
        return _("This vote is secret: totals do not tell who the quorum does not count.")
    return None
