"""The count of what a proposed change asks: who said what on the forge, which ballot files were on
the base in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..base.messages import _
from ..decisions.tally import Event, Outcome
from ..decisions.tally.events import instant, marks
from ..decisions.tally.terms import terms
from ..decisions.vote_record import recount
from ..decisions.votes import as_of_the_close, ballots, gathered, tellers, vote_id
from ..records.index import Entry, Index, pack
from ..records.load import load
from .request import Asked, Job, Refused, text_at

BACKDATED = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """A count of what is asked: what it was counted from, what it gives, when the vote may close,
    and since when its text is what it is.
    """

    data: dict[str, Any]
    found: Outcome
    earliest: datetime
    text_since: datetime | None = None


def counted(job: Job, asked: Asked, seen: Iterable[tuple[datetime, str]]) -> Counted:
    """Count as of now, or as of the close once it is past. Refused where the proposal does not say
    when.
    """
    every = list(seen)
    since = next((at for at, text in reversed(list(_last_run(every, asked.text)))), job.now)
    entry = (
        _not_before(asked, min((at for at, _text_of in every), default=job.now))
        if asked.own
        else asked.entry
    )
    events = list(_events(job, asked))

    def at(moment: datetime, index: Index = asked.index) -> dict[str, Any]:
        return gathered(index, entry, moment, events, asked.text, since.isoformat())

    try:
        first = at(job.now)
        earliest = terms(first["rules"], first["vote"]).earliest
        data = as_of_the_close(partial(at, index=_in_time(job, asked, earliest)), job.now)
        found = recount(data)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        raise Refused(
            _("{file} does not say when the vote opens and closes.", file=entry.file),
            told=asked.change,
        ) from None
    return Counted(data, found, earliest, since)


def _last_run(seen: list[tuple[datetime, str]], text: str) -> Iterator[tuple[datetime, str]]:
    for at, one in seen:
        if one != text:
            return
        yield at, one


def _not_before(asked: Asked, known: datetime) -> Entry:
    """A proposal that only the change has opens no earlier than it was made known: nobody shortens
    a vote by writing an old day.
    """
    entry = asked.entry
    opened, closes = entry.get("opens"), entry.get("closes")
    if closes and instant(closes) <= known:
        message = _(
            "The vote closes before anybody could know of it: write a later “closes” in {file}.",
            file=entry.file,
        )
        raise Refused(message, told=asked.change)
    if not opened or known - instant(opened) < BACKDATED:
        return entry
    return entry._replace(packed=pack({**entry.value, "opens": known.isoformat()}))


def _events(job: Job, asked: Asked) -> Iterator[Event]:
    """What was said on the forge, as far as it votes: mere talk is not kept for ever. A review has
    the fingerprint of the text it was given on.
    """
    texts: dict[str, str] = {asked.head: asked.text}
    for one in job.forge.said(job.number):
        if next(marks(one.event), None) is None:
            continue
        if not one.commit:
            yield one.event
            continue
        if one.commit not in texts:
            texts[one.commit] = text_at(job, asked, one.commit)
        yield replace(one.event, text_hash=texts[one.commit])


def _vouched(asked: Asked, ballot: Entry) -> bool:
    """Whether a teller brought in somebody else's ballot, with its proof."""
    teller, voter = ballot.get("cast_by"), ballot.id.rpartition("/")[2]
    return (
        bool(ballot.get("evidence"))
        and teller != voter
        and teller in tellers(asked.index, asked.entry)
    )


def _in_time(job: Job, asked: Asked, closed: datetime) -> Index:
    """The base with the ballot files of this vote as they were there when it closed, whatever day
    stands in them; what a teller brings in with its proof may come later.
    """
    folder = f"decisions/ballots/{vote_id(asked.entry)}/"
    proved = {
        entry.file for entry in ballots(asked.index, vote_id(asked.entry)) if _vouched(asked, entry)
    }
    if job.now <= closed or not any(path.startswith(folder) for path in asked.tree):
        return asked.index
    before = job.git.as_of(asked.base, closed)
    then = job.git.tree(before) if before else {}
    tree = {
        path: what
        for path, what in asked.tree.items()
        if not path.startswith(folder) or path in proved
    }
    tree |= {
        path: what for path, what in then.items() if path.startswith(folder) and path not in proved
    }
    if tree == asked.tree:
        return asked.index
    with TemporaryDirectory(prefix="coopbook-vote-") as made:
        job.git.write_files(tree, Path(made))
        return load(Path(made), job.now.date()).index
