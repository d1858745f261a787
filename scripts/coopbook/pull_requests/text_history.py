"""Since when a change's text is what it is, as far as members could know: a comment counts for the
text as it stood when it was written.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from ..base.git import GitError
from .request import Asked, Job, text_at

Seen = list[tuple[datetime, str]]
MOST = 50


def seen(job: Job, asked: Asked) -> Seen:
    """The texts of a change since each was known, the newest first: as noted, else as our statuses
    on its commits say.
    """
    noted: Seen = []
    with suppress(GitError):
        noted = job.git.seen(job.number)
    return noted or list(reversed(_of_statuses(job, asked)))


def noted(job: Job, asked: Asked, known: Seen) -> Seen:
    """The same, once the present text is noted: by the forge's clock, or by ours where it is a text
    of before that came back.
    """
    if known and known[0][1] == asked.text:
        return known
    first = job.forge.first_seen(asked.head)
    since = first if first and (not known or first > known[0][0]) else job.now
    job.git.note(job.number, since, asked.text, asked.head)
    return [(since, asked.text), *known]


def _of_statuses(job: Job, asked: Asked) -> Seen:
    """From the oldest commit on; a commit that never had our status says nothing."""
    found: Seen = []
    for commit in reversed(job.git.steps(asked.base, asked.head, MOST)):
        at = job.forge.first_seen(commit)
        if at:
            found.append((at, asked.text if commit == asked.head else text_at(job, asked, commit)))
    return sorted(found, key=lambda one: one[0])
