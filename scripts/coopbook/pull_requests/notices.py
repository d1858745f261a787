"""What is told once on a change's page while its vote runs: that the text is another, that too few
have voted and the close is near, that a teller entered somebody's ballot. Each run looks what was
told already, so that nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ..base.git import GitError
from ..base.hashing import of_value
from ..base.messages import Message, _
from ..decisions.shortfall import is_near_close, missing_people
from ..decisions.tally.terms import terms
from ..decisions.types import Member
from ..decisions.wording.forge_markdown import escape_value
from ..decisions.wording.vote_comment import callers
from ..decisions.wording.vote_notices import (
    describe_differences,
    write_entered,
    write_new_text,
    write_shortfall,
)
from ..records.core_kinds import MEMBER
from ..records.index import Index
from .count import Count
from .journal import Journal
from .request import Job, Motion, language_of


class Notice(Struct, frozen=True):
    """A comment, and the names of what it tells."""

    names: tuple[str, ...]
    text: str


def tell_notices(job: Job, motion: Motion, count: Count, journal: Journal) -> list[str]:
    """Write what an open vote has to tell and has not told yet; only the texts in a dry run.

    Raises:
        ForgeError: Where the forge refuses or does not answer.
    """
    language = language_of(job, motion)
    wanted = [
        *_of_new_text(job, motion, count, journal, language),
        *_of_shortfall(job, motion, count, language),
    ]
    entered = _find_entered(count)
    if not wanted and not entered:
        return []
    told = job.forge.told_once(job.number)
    new = [notice for notice in wanted if told.isdisjoint(notice.names)]
    new += _of_entered(
        motion, {name: who for name, who in entered.items() if name not in told}, language
    )
    if not job.dry_run:
        for notice in new:
            job.forge.tell_once(job.number, notice.text, notice.names)
    return [notice.text for notice in new]


def _of_new_text(
    job: Job, motion: Motion, count: Count, journal: Journal, language: str
) -> Iterator[Notice]:
    """Once a text: those who voted on another are asked to vote again."""
    stale = count.found.stale
    if not stale or len(history := journal.texts) < 2 or not _can_vote(job, count):
        return
    known = callers(count.record, count.found)
    voters = [known.get(one) or escape_value(one) for one in stale]
    title = motion.index.text(motion.entry.title)
    differences = list(_differences(job, motion, journal.head_of(history[1][1])))
    text = write_new_text(title, voters, differences, count.earliest, language)
    yield Notice((f"text-{motion.text[:16]}",), text)


def _differences(job: Job, motion: Motion, commit: str) -> Iterator[Message]:
    """What is different from the text of an earlier commit; nothing where that cannot be had any
    more.
    """
    try:
        if not job.git.has(commit):
            return
        old = job.git.list_altered(job.git.fork(motion.base, commit), commit)
    except GitError:
        return
    found = list(describe_differences(old, motion.files))
    yield from found or [_("“{file}”: other words", file=motion.entry.file)]


def _of_shortfall(job: Job, motion: Motion, count: Count, language: str) -> Iterator[Notice]:
    """Once a close: how many are missing."""
    held = terms(count.record)
    missing = missing_people(count.found, held.category)
    if missing and _can_vote(job, count) and is_near_close(held, job.now):
        title = motion.index.text(motion.entry.title)
        text = write_shortfall(title, missing, count.earliest, language)
        yield Notice((f"shortfall-{int(count.earliest.timestamp())}",), text)


def _can_vote(job: Job, count: Count) -> bool:
    return count.found.waiting == "closes" and job.now < count.earliest


def _find_entered(count: Count) -> dict[str, tuple[str, str]]:
    """Ballots that tellers entered, by a name of each: whose, and by whom."""
    return {
        f"ballot-{of_value([one.voter, one.caster, one.choice, one.at.isoformat()])[:16]}": (
            one.voter,
            one.caster,
        )
        for one in count.found.ballots
        if one.voter != one.caster and not one.by_proxy
    }


def _of_entered(
    motion: Motion, entered: dict[str, tuple[str, str]], language: str
) -> Iterator[Notice]:
    if entered:
        index = motion.index
        rows = {call_member(index, voter): call_member(index, by) for voter, by in entered.values()}
        title = index.text(motion.entry.title)
        yield Notice(tuple(entered), write_entered(title, rows, language))


def call_member(index: Index, member: str) -> str:
    """A member as the forge calls them, by account where there is one; in Markdown."""
    entry = index.find(MEMBER, member)
    if entry is None:
        return escape_value(member)
    own = Member.of(entry).accounts_on(index.settings.forge.kind)
    return f"@{own[0].login}" if own else escape_value(index.text(entry.title))
