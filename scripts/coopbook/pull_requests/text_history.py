"""Since when a change's text is what it is, as far as members could know: a comment counts for the
text as it stood when it was written.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from ..base.git import GitError
from .request import Job, Motion, text_at

History = list[tuple[datetime, str]]
MOST = 50


def read_history(job: Job, motion: Motion) -> History:
    """The texts of a change since each was known, the newest first: as noted, else as our statuses
    on its commits say.
    """
    found: History = []
    with suppress(GitError):
        found = job.git.read_noted(job.number)
    return found or list(reversed(_history_of_statuses(job, motion)))


def note_text(job: Job, motion: Motion, history: History) -> History:
    """The same, once the present text is noted: by the forge's clock, or by ours where it is a text
    of before that came back.
    """
    if history and history[0][1] == motion.text:
        return history
    first = job.forge.first_seen(motion.head)
    since = first if first and (not history or first > history[0][0]) else job.now
    job.git.note(job.number, since, motion.text, motion.head)
    return [(since, motion.text), *history]


def _history_of_statuses(job: Job, motion: Motion) -> History:
    """From the oldest commit on; a commit that never had our status says nothing."""
    found: History = []
    for commit in reversed(job.git.steps(motion.base, motion.head, MOST)):
        at = job.forge.first_seen(commit)
        if at:
            found.append(
                (at, motion.text if commit == motion.head else text_at(job, motion, commit))
            )
    return sorted(found, key=lambda one: one[0])
