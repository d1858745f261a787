"""Open a co-op's folder for whoever calls us: refused in one sentence where it is none of ours."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ..base.messages import Message, Misuse
from .history import NO_HISTORY, History
from .load import Book, Progress, missing_coop
from .load import load as read_folder
from .upgrades import other_format


def refusal(root: Path) -> Message | None:
    """Why a folder cannot be opened: it is no co-op's, or of another format."""
    return missing_coop(root) or other_format(root)


def load(
    root: Path,
    today: date,
    history: History = NO_HISTORY,
    *,
    jobs: int = 1,
    progress: Progress = lambda _count: None,
) -> Book:
    """Read a co-op's folder. What is wrong in its files is told by `check`, and never raised.

    Args:
        root: The folder that holds `coop.yml`.
        today: The day that everything is judged on: who is a member, what is past.
        history: When each page last changed (`records.history.read_history`); nothing is said of
            it where it is left out.
        jobs: How many processes read at once.
        progress: Told the number of files read since the last call.

    Returns:
        The co-op: its records, which stream from the disk, and their index.

    Raises:
        Misuse: Where there is no `coop.yml`, or where the files are of another format.
    """
    if wrong := refusal(root):
        raise Misuse(wrong)
    return read_folder(root, today, history, jobs=jobs, progress=progress)
