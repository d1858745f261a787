"""The count of what a proposed change asks: who said what on the forge, which ballot files were on
the base in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from ..base.messages import _
from ..decisions.tally import Event, Outcome
from ..decisions.tally.events import instant, marks
from ..decisions.tally.record import VoteRecord
from ..decisions.tally.terms import EDITION, terms
from ..decisions.types import Ballot
from ..decisions.vote_record import recount
from ..decisions.votes import ballots, gather_as_of_close, gather_votes, tellers, vote_id
from ..records.index import Entry, Index, pack
from ..records.load import load
from .request import Job, Motion, Refused, text_at

BACKDATED = timedelta(days=1)


@dataclass(frozen=True)
class Count:
    """A count of votes: what it was counted from, what it gives, when the vote may close,
    and since when its text is what it is.
    """

    record: VoteRecord
    found: Outcome
    earliest: datetime
    text_since: datetime | None = None


def count_votes(job: Job, motion: Motion, history: Iterable[tuple[datetime, str]]) -> Count:
    """Count as of now, or as of the close once it is past. Refused where the proposal does not say
    when.
    """
    every = list(history)
    since = next((at for at, text in reversed(list(_last_run(every, motion.text)))), job.now)
    entry = (
        _open_once_known(motion, min((at for at, _text_of in every), default=job.now))
        if motion.own
        else motion.entry
    )
    events = list(_events(job, motion))

    def at(moment: datetime, index: Index = motion.index) -> VoteRecord:
        return gather_votes(index, entry, moment, events, motion.text, since.isoformat())

    try:
        earliest = terms(at(job.now)).earliest
        record = gather_as_of_close(
            partial(at, index=_index_at_the_close(job, motion, earliest)), job.now
        )
        found = recount(record)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        raise Refused(
            _("{file} does not say when the vote opens and closes.", file=entry.file),
            told=motion.change,
        ) from None
    return Count(record, found, earliest, since)


def _last_run(seen: list[tuple[datetime, str]], text: str) -> Iterator[tuple[datetime, str]]:
    for at, one in seen:
        if one != text:
            return
        yield at, one


def _open_once_known(motion: Motion, known: datetime) -> Entry:
    """A proposal that only the change has opens no earlier than it was made known: nobody shortens
    a vote by writing an old day.
    """
    entry = motion.entry
    days = motion.proposal.first
    if days.closes and instant(days.closes) <= known:
        message = _(
            "The vote closes before anybody could know of it: write a later “closes” in {file}.",
            file=entry.file,
        )
        raise Refused(message, told=motion.change)
    if not days.opens or known - instant(days.opens) < BACKDATED:
        return entry
    return entry._replace(packed=pack({**entry.value, "opens": known.isoformat()}))


def _events(job: Job, motion: Motion) -> Iterator[Event]:
    """What was said on the forge, as far as it votes: mere talk is not kept for ever. A review has
    the fingerprint of the text it was given on.
    """
    texts: dict[str, str] = {motion.head: motion.text}
    for one in job.forge.statements(job.number):
        if next(marks(one.event, EDITION), None) is None:
            continue
        if not one.commit:
            yield one.event
            continue
        if one.commit not in texts:
            texts[one.commit] = text_at(job, motion, one.commit)
        yield replace(one.event, text_hash=texts[one.commit])


def _is_brought_by_a_teller(motion: Motion, ballot: Entry) -> bool:
    """Whether a teller brought in somebody else's ballot, with its proof."""
    cast = Ballot.of(ballot)
    return (
        cast.evidence is not None
        and cast.cast_by != cast.member
        and cast.cast_by in tellers(motion.index, motion.entry)
    )


def _index_at_the_close(job: Job, motion: Motion, closed: datetime) -> Index:
    """The base with the ballot files of this vote as they were there when it closed, whatever day
    stands in them; what a teller brings in with its proof may come later.
    """
    folder = f"decisions/ballots/{vote_id(motion.entry)}/"
    proved = {
        entry.file
        for entry in ballots(motion.index, vote_id(motion.entry))
        if _is_brought_by_a_teller(motion, entry)
    }
    if job.now <= closed or not any(path.startswith(folder) for path in motion.tree):
        return motion.index
    before = job.git.as_of(motion.base, closed)
    then = job.git.tree(before) if before else {}
    tree = {
        path: what
        for path, what in motion.tree.items()
        if not path.startswith(folder) or path in proved
    }
    tree |= {
        path: what for path, what in then.items() if path.startswith(folder) and path not in proved
    }
    if tree == motion.tree:
        return motion.index
    with TemporaryDirectory(prefix="coopbook-vote-") as made:
        job.git.write_files(tree, Path(made))
        return load(Path(made), job.now.date()).index
