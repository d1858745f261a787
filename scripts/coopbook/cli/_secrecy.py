"""A secret vote's count: what two tellers wrote down, each alone, when they agree."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

from ..base.messages import Message, Translator, _
from ..decisions.tally import Totals
from ..decisions.tally.secret import FEW, TELLERS
from ..decisions.votes import gathered_totals, secret_counts, tellers, vote_id, voters
from ..records.index import Entry, Index
from ._exits import refuse

FIGURES = {
    "for": _("For"),
    "against": _("Against"),
    "abstain": _("Abstain"),
    "blank": _("Blank"),
    "null": _("Invalid"),
    "participants": _("Took part"),
}


def agreed(
    index: Index, entry: Entry, at: datetime, say: Translator
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What is kept of a secret vote, and who counted; leaves with 1 where two tellers have not written the same, telling each figure."""
    named = tellers(index, entry)
    counted = {
        id: totals for id, totals in secret_counts(index, vote_id(entry)).items() if id in named
    }
    missing = [
        file.file
        for file in index.of("count")
        if file.id.rpartition("/")[0] == vote_id(entry) and not file.sound
    ]
    if missing:
        refuse(_("{file} has faults: “coopbook check” tells them.", file=missing[0]), say)
    if len(counted) < TELLERS:
        folder = f"decisions/counts/{vote_id(entry)}/"
        words = _(
            "This vote is secret: two tellers write what they counted, each in {folder}. There are {count}.",
            folder=folder,
            count=len(counted),
        )
        refuse(words, say)
    differing = [
        told
        for (one, mine), (other, theirs) in pairwise(counted.items())
        for told in _differences(one, mine, other, theirs, say)
    ]
    if differing:
        for told in differing:
            print(say(told), file=sys.stderr)
        _leave(_("The tellers do not agree: they count again, and nothing was written."), say)
    totals = next(iter(counted.values()))
    _sound(index, entry, totals, say)
    return gathered_totals(index, entry, totals, at), tuple(counted)


def _differences(
    one: str, mine: Totals, other: str, theirs: Totals, say: Translator
) -> Iterator[Message]:
    for name, left, right in mine.differences(theirs):
        yield _(
            "{figure}: {left} ({one}), {right} ({other})",
            figure=FIGURES[name],
            left=left,
            one=one,
            right=right,
            other=other,
        )
    for who, names, others in (
        (one, mine.took_part, theirs.took_part),
        (other, theirs.took_part, mine.took_part),
    ):
        if only := sorted({*names} - {*others}):
            yield _(
                "Took part according to {teller} alone: {members}",
                teller=who,
                members=", ".join(only),
            )


def _sound(index: Index, entry: Entry, totals: Totals, say: Translator) -> None:
    """Leave with 1 where the figures cannot be."""
    electorate = voters(index, entry).without(entry.get("recused") or ())
    strangers = [id for id in totals.took_part if electorate.find(id) is None]
    if strangers:
        _leave(_("“{member}” may not vote on this.", member=strangers[0]), say)
    if totals.papers > totals.participants:
        _leave(
            _(
                "There are {papers} ballots, and {participants} took part.",
                papers=totals.papers,
                participants=totals.participants,
            ),
            say,
        )
    if totals.participants > len(electorate.voters):
        size = len(electorate.voters)
        _leave(
            _(
                "{participants} took part, and {size} were entitled.",
                participants=totals.participants,
                size=size,
            ),
            say,
        )
    if totals.few and totals.took_part:
        _leave(
            _("With fewer than {few} ballots, who took part would tell who voted what.", few=FEW),
            say,
        )


def _leave(message: Message, say: Translator) -> None:
    print(say(message), file=sys.stderr)
    raise SystemExit(1)
