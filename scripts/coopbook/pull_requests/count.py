"""The count of what a proposed change asks: who said what on the forge, which ballot files were on
the base in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from ..base.messages import _
from ..base.own_folders import OwnFolder
from ..decisions.tally import Event, Outcome
from ..decisions.tally.events import instant
from ..decisions.tally.record import VoteRecord
from ..decisions.tally.terms import terms
from ..decisions.types import Ballot
from ..decisions.vote_record import recount
from ..decisions.votes import ballots, gather_as_of_close, gather_votes, tellers, vote_id
from ..decisions.wording.journals import Remark
from ..records.index import Entry, Index, pack
from ..records.load import load
from .credentials import Held, find_held
from .forges import Statement
from .journal import History, Journal
from .observation import Observation
from .request import Job, Motion, Refused, text_at
from .standing import read_standing

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
    late_ballots: tuple[Remark, ...] = ()
    held: tuple[tuple[Event, Held], ...] = ()
    """What was said by accounts that did not count yet."""


def count_votes(job: Job, motion: Motion, seen: Observation) -> Count:
    """Count as of now, or as of the close once it is past: what stands in the journal, as it stood
    at the close. Refused where the proposal does not say when.
    """
    journal = seen.journal
    every = journal.texts
    entry = (
        _open_once_known(motion, min((at for at, _text_of in every), default=job.now))
        if motion.own
        else motion.entry
    )

    def at(
        moment: datetime, since: datetime, index: Index = motion.index, events: Iterable[Event] = ()
    ) -> VoteRecord:
        text, known = motion.text, since.isoformat()
        return gather_votes(index, entry, moment, events, text, known, seen.reached)

    try:
        since = _known_since(every, motion.text, lambda since: terms(at(job.now, since)).earliest)
        since = since or job.now
        earliest = terms(at(job.now, since)).earliest
        standing = read_standing(journal, earliest)
        said = list(_events(job, motion, standing.statements))
        held = _hold_back(job, motion, said, terms(at(job.now, since)).opens)
        early = {id(one) for one, _about in held}
        events = [one for one in said if id(one) not in early]
        index = _index_at_the_close(job, motion, earliest, journal)
        gather = partial(at, since=since, index=index, events=events)
        record = gather_as_of_close(gather, job.now)
        found = recount(record)
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        raise Refused(
            _("{file} does not say when the vote opens and closes.", file=entry.file),
            told=motion.change,
        ) from None
    late = tuple(_late_ballots(motion, index, earliest))
    return Count(record, found, earliest, since, late, tuple(held))


def _hold_back(
    job: Job, motion: Motion, events: Iterable[Event], opens: datetime
) -> list[tuple[Event, Held]]:
    """What was said by accounts that did not count yet: it votes for nobody."""
    every = list(events)
    held = find_held(job, motion, {one.actor_id: one.login for one in every if one.actor_id}, opens)
    return [
        (one, about)
        for one in every
        if (about := held.get(one.actor_id))
        and (about.counts is None or one.instant < about.counts)
    ]


def _known_since(
    history: History, text: str, close_of: Callable[[datetime], datetime]
) -> datetime | None:
    """Since when a text is the one that is voted, by the texts of the change, the newest first.
    Where another one came only after the close (`close_of` says when a vote would close whose text
    is known since an instant), and this one was put back, it was there all the time.
    """
    runs = [(of, [at for at, _text in run]) for of, run in groupby(history, key=lambda one: one[1])]
    if not runs or runs[0][0] != text:
        return None
    since = came = runs[0][1][-1]
    for of, known in runs[1:]:
        if of != text:
            came = known[-1]
        elif came <= close_of(known[-1]):
            break
        else:
            since = known[-1]
    return since


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


def _events(job: Job, motion: Motion, said: Iterable[Statement]) -> Iterator[Event]:
    """What was said on the forge. A review has the fingerprint of the text it was given on."""
    texts: dict[str, str] = {motion.head: motion.text}
    for one in said:
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


def _late_ballots(motion: Motion, then: Index, closed: datetime) -> Iterator[Remark]:
    """The ballots that are on the base and were not seen there before the close."""
    had = {entry.id: entry.value for entry in ballots(then, vote_id(motion.entry))}
    for entry in ballots(motion.index, vote_id(motion.entry)):
        if had.get(entry.id) != entry.value:
            yield Remark("ballot", entry.id.partition("/")[2], closed)


def _index_at_the_close(job: Job, motion: Motion, closed: datetime, journal: Journal) -> Index:
    """The base with the ballot files of this vote as they were there when it closed, whatever day
    stands in them; what a teller brings in with its proof may come later. When the base was as it
    was is said by who looked at it: anybody may write an earlier day into a commit. Where nobody
    looked, those days are all there is.
    """
    folder = f"decisions/ballots/{vote_id(motion.entry)}/"
    proved = {
        entry.file
        for entry in ballots(motion.index, vote_id(motion.entry))
        if _is_brought_by_a_teller(motion, entry)
    }
    if job.now <= closed or not any(path.startswith(folder) for path in motion.tree):
        return motion.index
    before = journal.base_at(closed)
    if not before or not job.git.is_part_of(before, motion.base):
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
    with OwnFolder("vote") as made:
        job.git.write_files(tree, Path(made))
        return load(Path(made), motion.index.today).index
