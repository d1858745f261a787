"""Takes over a change that needs no vote, where the forge protects no branch: one account alone may
write to the repository, and it merges what the judge and the check let pass.

A protected branch does the same by itself; where there is none, whoever may write there can do
without either.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .. import checks
from ..base.git import GitError
from ..base.messages import Message, _
from ..base.own_folders import OwnFolder
from ..decisions.accounts import identify
from ..decisions.kinds import PROPOSAL
from ..decisions.types import Member, Proposal
from ..records.core_kinds import MEMBER
from ..records.load import load
from ..records.opening import day_of
from .forges import write_approval
from .judging import Judged, read_judged, tell_judgement
from .request import Job, NothingAsked, NotOpen, Refused
from .service import Report

MOST_TOLD = 10


def merge_change(job: Job) -> Report:
    """Bring a change onto the base: where its makers may make it, the check finds no new error in
    what a merge gives, no vote is held on it, and a member asked for exactly this text.

    Returns:
        What became of it. Where its makers may not make it, what `judge_change` says.

    Raises:
        NotOpen: nobody has asked for it yet; its page says how.
        NothingAsked: it goes elsewhere, or the base has no rules to judge by.
        Refused: a vote is held on it, it has faults, or it was altered meanwhile.
        GitError: where git refuses.
        ForgeError: where the forge refuses or does not answer.
    """
    if (aim := job.forge.change(job.number).base) != job.base:
        raise NothingAsked(
            _("This change goes to “{branch}”, not to “{base}”.", branch=aim, base=job.base)
        )
    judged = read_judged(job)
    if judged is None:
        return Report((_("The change is merged or closed already."),))
    if judged.found:
        return tell_judgement(job, judged)
    if votes := list(_votes(job, judged)):
        tell_judgement(job, judged)
        raise Refused(
            _(
                "A vote is held on this change ({file}): “coopbook vote close” takes it over once "
                "it is adopted.",
                file=votes[0],
            )
        )
    with OwnFolder("merge") as made:
        if faults := list(_find_faults(job, judged, Path(made))):
            tell_judgement(job, judged)
            first = _("It is not taken over: the files would have faults.")
            raise Refused(first, *faults[:MOST_TOLD])
        if not _is_asked_for(job, judged):
            how = _how_to_ask(judged.proposed.head)
            tell_judgement(job, judged, how)
            raise NotOpen(how)
        tell_judgement(job, judged)
        if job.dry_run:
            return Report((_("It would be taken over."),))
        title = " ".join(judged.proposed.title.split())
        commit = job.git.commit_tree(
            job.git.tree(judged.tree),
            [judged.base, judged.proposed.head],
            f"{title}\n\nChange: {job.number}\n",
            Path(made) / "index",
        )
    _push(job, judged, commit)
    job.forge.confirm_merge(job.number, judged.proposed.head, commit)
    words = _("The change is on “{branch}” ({commit}).", branch=job.base, commit=commit[:10])
    return Report((words,))


def _votes(job: Job, judged: Judged) -> Iterator[str]:
    """The pages of proposals that are put to the vote by this change, or on it."""
    paths = {file.path for file in judged.change.files}
    for entry in judged.change.after.index.of(PROPOSAL):
        asked = Proposal.of(entry) if entry.sound else None
        if asked is None:
            continue
        here = asked.pull_request
        is_named = here is not None and here.number == job.number
        if (asked.is_put_to_the_vote and (is_named or entry.file in paths)) or (
            asked.is_discussed and is_named
        ):
            yield entry.file


def _find_faults(job: Job, judged: Judged, folder: Path) -> Iterator[Message]:
    """The errors of the files as they would be, and of the way to them, that are not there now."""
    books = []
    for name, commit in (("before", judged.base), ("after", judged.tree)):
        (folder / name).mkdir()
        job.git.write_files(job.git.tree(commit), folder / name)
        books.append(load(folder / name, day_of(folder / name, job.now)))
    before, after = books
    had = {(one.file, one.check, repr(one.message)) for one in checks.check(before)}
    for one in [*checks.check(after), *checks.check_change(before, after)]:
        if one.severity == "error" and (one.file, one.check, repr(one.message)) not in had:
            yield _("{file}: {message}", file=one.file, message=one.message)


def _is_asked_for(job: Job, judged: Judged) -> bool:
    """Whether a member, be it who made the change, says of this very head that it is ready."""
    index = judged.change.before.index
    for account in job.forge.approvers(job.number, judged.proposed.head):
        entry = index.find(MEMBER, identify(index, account).member)
        if entry is not None and not Member.of(entry).has_left:
            return True
    return False


def _how_to_ask(head: str) -> Message:
    return _(
        "The check finds nothing, either. When it is ready, a member writes here: {command}",
        command=Message(f"`{write_approval(head)}`"),
    )


def _push(job: Job, judged: Judged, commit: str) -> None:
    """Push, unless the change was altered or the base has moved meanwhile."""
    base, head = job.git.fetch(job.base, job.forge.ref(job.number))
    if head != judged.proposed.head or job.forge.change(job.number).head != head:
        raise Refused(_("The change was altered this very moment: run this again."))
    if base != judged.base:
        raise Refused(_("Something else was taken over this very moment: run this again."))
    if refused := job.git.push(commit, job.base):
        raise GitError(refused)
