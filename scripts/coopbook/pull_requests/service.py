"""A vote on a proposed change: where it stands, and its close. Run again at any point, either
finishes what is missing and counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..base.git import GitError
from ..base.messages import Message, Translator, _, translator
from ..base.own_folders import OwnFolder
from ..decisions.anchors import anchor_of
from ..decisions.authority import why_unconfirmed
from ..decisions.tally import Outcome
from ..decisions.tally.record import VoteRecord
from ..decisions.tally.terms import terms
from ..decisions.vote_record import recount
from ..decisions.wording.journals import (
    NO_JOURNAL,
    describe_broken_journal,
    describe_late_journal,
    describe_remarks,
)
from ..decisions.wording.outcomes import RESULTS, STATUSES, describe_moment
from ..decisions.wording.vote_comment import (
    Situation,
    status_of_vote,
    waits_for,
    write_apology,
    write_comment,
)
from .commit import build_commit
from .count import Count, count_votes
from .git import RACES
from .notices import tell_notices
from .observation import Observation, Sight, look_back, observe
from .request import (
    Job,
    Motion,
    NotOpen,
    Refused,
    language_of,
    read_motion,
    require_sound_anchors,
)
from .standing import read_standing


@dataclass(frozen=True)
class Report:
    """What became of a vote.

    Attributes:
        messages: What to say of it.
        comment: What the change's own page says, or would say in a dry run; empty where nothing
            was to be written there.
        notices: What was told there besides, in comments of their own, or would be.
        is_open: Whether a close came too early.
    """

    messages: tuple[Message, ...] = ()
    comment: str = ""
    is_open: bool = False
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """What a close has to do: write the result (`records`), take the change over (`merges`), or
    neither any more.
    """

    record: VoteRecord
    found: Outcome
    records: bool
    merges: bool
    count: Count | None = None
    seen: Observation | None = None


def show(job: Job) -> Report:
    """Say where a vote stands, on the change's own page.

    Raises:
        Refused: Where the change asks for no vote, or for one that cannot be held; its page says
            so, too, where its author can mend it.
        GitError: Where git refuses.
        ForgeError: Where the forge refuses or does not answer.
    """
    from filelock import FileLock

    with FileLock(job.git.lock), OwnFolder("vote") as folder:
        try:
            return _show(job, read_motion(job, Path(folder)))
        except Refused as refusal:
            _apologize(job, refusal)
            raise


def _show(job: Job, motion: Motion) -> Report:
    if motion.record is not None or not motion.proposal.is_put_to_the_vote:
        return Report(comment=_tell(job, motion, _situation(job, motion, _recorded_step(motion))))
    sight = _sight(job, motion)
    if sight.new and not job.dry_run:
        job.forge.announce(motion.head, "pending", _say(job, motion)(STATUSES["voting"]))
    seen = observe(job, sight)
    count = count_votes(job, motion, seen)
    step = Step(count.record, count.found, True, False, count, seen)
    comment = _tell(job, motion, _situation(job, motion, step))
    return Report(comment=comment, notices=tuple(tell_notices(job, motion, count, seen.journal)))


def _sight(job: Job, motion: Motion) -> Sight:
    """What a run looks at. Refused where what was noted of journals cannot be read."""
    require_sound_anchors(motion.index)
    anchor = anchor_of(motion.index, job.forge.name, job.number)
    new = job.forge.first_seen(motion.head) is None
    return Sight(motion.base, motion.head, motion, new=new, anchor=anchor)


def close(job: Job) -> Report:
    """Close a vote that is over: record it, take over what was adopted, and say so.

    Somebody faster is no fault: then their result holds.

    Raises:
        Refused: As by `show`, and where the vote cannot be closed like this.
        GitError: Where git or the repository's host refuses.
        ForgeError: Where the forge refuses or does not answer.
    """
    from filelock import FileLock

    with FileLock(job.git.lock):
        for _again in range(RACES):
            with OwnFolder("vote") as folder:
                try:
                    left = _try_to_close(job, Path(folder))
                except Refused as refusal:
                    _apologize(job, refusal)
                    raise
            if left is not None:
                return left
    raise GitError(_("The book changes faster than the result can be recorded: run this again."))


def _try_to_close(job: Job, folder: Path) -> Report | None:
    """One try; None where the base is another now and has to be read again."""
    motion = read_motion(job, folder)
    step = _next_step(job, motion)
    say = _say(job, motion)
    if step.found.result == "open":
        assert step.count is not None
        tells = step.found.waiting != "closes"
        comment = _tell(job, motion, _situation(job, motion, step)) if tells else ""
        return Report((_waiting(job, step.count, motion),), comment, is_open=True)
    if not step.records and not step.merges:
        return _finish(job, motion, step)
    if motion.faults and (step.found.result == "adopted" or motion.own):
        raise Refused(*motion.faults, told=motion.change)
    if motion.change.state == "closed":
        raise Refused(
            _("The change was closed without a decision: open it again, or withdraw the proposal.")
        )
    commit = build_commit(job, motion, step.record, step.found, step.merges, say)
    if job.dry_run:
        words = _("{title}: {result}", title=_title(motion), result=RESULTS[step.found.result])
        return Report((words,))
    _push(job, motion, commit)
    return None


def _push(job: Job, motion: Motion, commit: str) -> None:
    """Push, unless the change was altered meanwhile. Where the base has not moved, a refusal is a
    fault.
    """
    base, head = job.git.fetch(job.base, job.forge.ref(job.number))
    if head != motion.head or job.forge.change(job.number).head != motion.head:
        raise Refused(_("The change was altered this very moment: run this again."))
    refused = job.git.push(commit, job.base) if base == motion.base else None
    if refused and job.git.fetch(job.base, job.forge.ref(job.number))[0] == motion.base:
        raise GitError(refused)


def _next_step(job: Job, motion: Motion) -> Step:
    """Where the close stands: nothing is counted again once the result is on the base."""
    had = _recorded_step(motion)
    if had is None:
        if not motion.proposal.is_put_to_the_vote:
            words = STATUSES[motion.proposal.status]
            raise NotOpen(
                _("{file} is not open to vote: {status}.", file=motion.entry.file, status=words)
            )
        seen = observe(job, _sight(job, motion))
        if seen.broken:
            raise Refused(describe_broken_journal(seen.broken), told=motion.change)
        count = count_votes(job, motion, seen)
        if count.found.result != "open":
            _require_the_voted_text(count, motion)
        return Step(
            count.record,
            count.found,
            True,
            count.found.result == "adopted" and not count.found.advisory,
            count,
            seen,
        )
    vote = had.record.vote
    if had.merges and not (vote.is_on_change and vote.text == motion.text):
        message = _(
            "What is proposed now is not the text that was voted: put it back as it was when "
            "the vote closed."
        )
        raise Refused(message, told=motion.change)
    return had


def _recorded_step(motion: Motion) -> Step | None:
    """What the base says that came of it, and whether the change is still to be taken over."""
    if motion.record is None:
        return None
    found = recount(motion.record)
    passed = found.result == "adopted" and motion.proposal.holds
    leave = not found.advisory or why_unconfirmed(motion.index, motion.entry) is None
    return Step(motion.record, found, False, passed and leave and not motion.merge)


def _require_the_voted_text(count: Count, motion: Motion) -> None:
    """A text that came after the close was voted by nobody: those who voted on the one before are
    not counted out for it.
    """
    if count.found.stale and count.text_since and count.text_since > count.earliest:
        message = _(
            "The text was changed after the vote closed: put it back as it was when it closed."
        )
        raise Refused(message, told=motion.change)


def _waiting(job: Job, count: Count, motion: Motion) -> Message:
    language = language_of(job, motion)
    if count.found.waiting == "closes":
        return _(
            "The vote is open until {instant}: nothing was closed.",
            instant=describe_moment(count.earliest, language),
        )
    return waits_for(count.record, count.found)


def _finish(job: Job, motion: Motion, step: Step) -> Report:
    """The result is on the base: say so on the change's page, and end the change where the forge
    has not done it by itself.
    """
    report = Report(comment=_tell(job, motion, _situation(job, motion, step)))
    if job.dry_run:
        return report
    again = (
        step.found.result == "no_quorum"
        and step.found.stage == "first"
        and step.record.rules.category.second is not None
    )
    if motion.merge:
        job.forge.confirm_merge(job.number, motion.head, motion.merge)
    elif step.found.result != "adopted" and not again:
        job.forge.close(job.number)
    return report


def _situation(job: Job, motion: Motion, step: Step | None) -> Situation:
    if step is None:
        return Situation(
            motion.index, motion.entry, motion.files, now=job.now, refused=motion.faults
        )
    final = step.count is None
    doubt = why_unconfirmed(motion.index, motion.entry) if final and step.found.advisory else None
    faults = [*motion.faults, *([doubt] if doubt and motion.proposal.ratified_by.minutes else [])]
    return Situation(
        motion.index,
        motion.entry,
        motion.files,
        step.record,
        step.found,
        step.count.earliest if step.count else None,
        job.now,
        final=final,
        merged=bool(motion.merge),
        confirmed=final and step.found.advisory and doubt is None,
        refused=[] if final and step.found.result != "adopted" else faults,
        seen=tuple(_describe_seen(job, motion, step)),
        held={
            event.login: (about.arrival, about.counts)
            for event, about in (step.count.held if step.count else ())
        },
    )


def _describe_seen(job: Job, motion: Motion, step: Step) -> Iterator[Message]:
    """What did not stay as it was on the change's page, and what is wrong with what was kept of
    it.
    """
    language = language_of(job, motion)
    seen, closed = step.seen, step.count.earliest if step.count else None
    if seen is None or closed is None:
        reached = step.record.journal
        if reached is None:
            yield from [NO_JOURNAL] if step.record.vote.is_on_change else []
            return
        anchor = anchor_of(motion.index, job.forge.name, job.number)
        seen, closed = look_back(job, anchor, reached), terms(step.record).earliest
    if seen.broken:
        yield describe_broken_journal(seen.broken)
    if seen.unkept:
        yield seen.unkept
    if seen.journal.is_late:
        yield describe_late_journal(seen.journal.entries[0].seen, language)
    late = step.count.late_ballots if step.count else ()
    remarks = [*read_standing(seen.journal, closed).remarks, *late]
    yield from describe_remarks(remarks, language, is_open=job.now < closed)


def _tell(job: Job, motion: Motion, now: Situation) -> str:
    """Write the comment and the status, but in a dry run; the comment's text."""
    language = language_of(job, motion)
    text = write_comment(now, language)
    if not job.dry_run:
        state, words = status_of_vote(now, language)
        job.forge.announce(motion.head, state, words)
        job.forge.comment(job.number, text)
    return text


def _apologize(job: Job, refusal: Refused) -> None:
    """Say why not on the change's page, where its author can mend it."""
    say = translator(job.language)
    if refusal.told and not job.dry_run:
        job.forge.announce(refusal.told.head, "error", say(refusal.messages[0]))
        job.forge.comment(job.number, write_apology(refusal.messages, job.language))


def _say(job: Job, motion: Motion) -> Translator:
    return translator(language_of(job, motion))


def _title(motion: Motion) -> str:
    return motion.index.text(motion.entry.title)
