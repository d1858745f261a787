"""What each run sees of a proposed change, and its journal: all comments and reviews are read, and
what differs from what was seen before is added. Forges drop runs that wait in line; the next one
sees what they would have seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from ..base.git import GitError
from ..base.messages import Message, _
from ..decisions.accounts import Account
from ..decisions.anchors import Anchor
from ..decisions.tally.shapes import JournalHead
from .differences import find_differences
from .git import RACES, KeptJournal
from .journal import Broken, Facts, History, Journal
from .request import Job, Motion, text_at

MOST = 50
"""Commits of a change that are looked at where no journal says since when its text is known."""
Known = list[tuple[datetime, str, str]]
"""The texts of a change, the newest first: since when each was known, and with which commit."""


@dataclass(frozen=True)
class Observation:
    """A journal with what was seen just now, and how far the one that is kept has come. `broken`
    says why that one is not what it was, `unkept` why it could not be kept: then what was seen
    counts, and the next run does not know of it.
    """

    journal: Journal
    reached: JournalHead | None
    broken: Message | None = None
    unkept: Message | None = None


@dataclass(frozen=True)
class Sight:
    """What a run looks at: the base and the head of a change, what it asks to be voted, where it
    does, and who made it, where that was asked. `new`: its head was never seen before.
    `anchor` is how far its journal had come when that was noted on the base.
    """

    base: str
    head: str
    motion: Motion | None = None
    makers: Iterable[Account] = ()
    new: bool = False
    anchor: Anchor | None = None


def observe(job: Job, sight: Sight) -> Observation:
    """Look at a change, and keep what is new in its journal; in a dry run nothing is kept.

    Raises:
        GitError: where git refuses, or others are faster again and again.
        ForgeError: where the forge refuses or does not answer.
    """
    for _again in range(RACES):
        # The journal first: whoever adds to it while the forge is read is noticed by the lease.
        kept = job.git.read_journal(job.number)
        journal, broken = _read(job, kept, sight.anchor)
        facts = list(_facts(job, sight, kept, journal))
        longer = journal.with_facts(job.now, facts)
        if job.dry_run or broken or not facts:
            return Observation(longer, journal.head, broken)
        noted = any(fact["what"] == "text" for fact in facts)
        head = sight.head if noted else ""
        became = job.git.keep_journal(job.number, kept.tip, longer.data, head)
        if became == "kept":
            return Observation(longer, longer.head)
        if became != "raced":
            return Observation(longer, journal.head, unkept=became)
    raise GitError(_("Others write down what they see all the time: run this again."))


def look_back(job: Job, anchor: Anchor | None, reached: JournalHead | None) -> Observation:
    """The journal of a vote that has its result, which nothing is added to.

    Args:
        job: Which change.
        anchor: How far it had come when that was noted on the base.
        reached: How far it had come when the vote was counted; None where there was none.
    """
    journal, broken = _read(job, job.git.read_journal(job.number), anchor)
    if broken is None and reached is not None:
        broken = journal.find_break(reached)
    return Observation(journal, journal.head, broken)


def _read(job: Job, kept: KeptJournal, anchor: Anchor | None) -> tuple[Journal, Message | None]:
    """The journal that is kept, or an empty one and what is wrong with it."""
    try:
        journal = Journal.read(kept.content)
    except Broken as broken:
        return Journal(), broken.message
    if journal and not journal.is_of(job.forge.name, job.number):
        return Journal(), _("it is the journal of another change")
    return journal, journal.find_break(anchor.reached) if anchor is not None else None


def _facts(job: Job, sight: Sight, kept: KeptJournal, journal: Journal) -> Iterator[Facts]:
    """What is to be seen and not in the journal yet."""
    history: Known = [(since, text, "") for since, text in journal.texts]
    if not history and sight.motion is not None:
        history = [*kept.noted] or _history_of_statuses(job, sight.motion)
    if not journal:
        yield _beginning(job, sight, kept, history)
    if sight.motion is not None:
        yield from _facts_of_texts(job, sight.motion, journal.texts, history)
    if sight.base != journal.last_base:
        yield {"what": "base", "base": sight.base}
    known = journal.makers_of(sight.head)
    for account in sight.makers:
        if account not in known:
            yield {"what": "made", "account": account, "head": sight.head}
    found = list(find_differences(journal, job.forge.statements(job.number)))
    edited = [said for fact, said in found if said and _may_be_another_s(fact)]
    editors = job.forge.editors(job.number, edited) if edited else {}
    for fact, said in found:
        editor = editors.get(said.node) if said and said in edited else None
        yield fact | ({"editor": editor} if editor else {})


def _may_be_another_s(fact: Facts) -> bool:
    """Whether somebody else than its author may have written a statement as it is now."""
    return "edited" in fact or fact["what"] == "changed"


def _beginning(job: Job, sight: Sight, kept: KeptJournal, history: Known) -> Facts:
    """The first entry. It tells where earlier runs have been here, and left no journal."""
    earlier = history[1:] if sight.new else history
    known = not sight.new and job.forge.first_seen(sight.head)
    late = {"late": True} if earlier or known or kept.noted else {}
    return {"what": "begun", "forge": job.forge.name, "change": job.number} | late


def _facts_of_texts(job: Job, motion: Motion, noted: History, history: Known) -> Iterator[Facts]:
    """The texts that are not in the journal: those of before it, and the present one, which is
    known since the forge has our status on it, or since now where it is one of before that came
    back.
    """
    if not noted:
        for since, text, head in reversed(history):
            yield {"what": "text", "text": text, "since": since, "head": head}
    if history and history[0][1] == motion.text:
        return
    first = job.forge.first_seen(motion.head)
    since = first if first and (not history or first > history[0][0]) else job.now
    yield {"what": "text", "head": motion.head, "text": motion.text, "since": since}


def _history_of_statuses(job: Job, motion: Motion) -> Known:
    """The texts as our statuses on the change's commits say, the newest first; a commit that never
    had one says nothing.
    """
    found: Known = []
    with suppress(GitError):
        for commit in reversed(job.git.steps(motion.base, motion.head, MOST)):
            at = job.forge.first_seen(commit)
            if at:
                text = motion.text if commit == motion.head else text_at(job, motion, commit)
                found.append((at, text, commit))
    return sorted(found, key=lambda one: one[0], reverse=True)
