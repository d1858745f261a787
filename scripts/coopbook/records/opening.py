"""Open a co-op's folder for whoever calls us: refused in one sentence where it is none of ours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from ..base.diagnostics import Diagnostic
from ..base.messages import Message, Misuse
from .entries import entry_of
from .history import NO_HISTORY, History
from .index import Index
from .load import Book, Progress, missing_coop, parse_record
from .load import load as read_folder
from .model import Record
from .upgrades import other_format, time_zone_of


def refusal(root: Path) -> Message | None:
    """Why a folder cannot be opened: it is no co-op's, or of another format."""
    return missing_coop(root) or other_format(root)


def day_of(root: Path, at: datetime) -> date:
    """Say what day an instant is where a co-op is, by its `timezone`; without one, by the instant's
    own.

    Args:
        root: The folder of the co-op.
        at: The instant.

    Returns:
        The day.
    """
    zone = time_zone_of(root)
    return (at.astimezone(ZoneInfo(zone)) if zone else at).date()


def today_of(root: Path, now: datetime) -> date:
    """Say what day it is where a co-op is; without a `timezone`, where this computer is.

    Args:
        root: The folder of the co-op.
        now: The instant.

    Returns:
        The day.
    """
    return day_of(root, now.astimezone())


def instant_on(root: Path, day: date, now: datetime) -> datetime:
    """Say which instant a day stands for: the present one if it is that day where the co-op is,
    else the end of the day there.

    Args:
        root: The folder of the co-op.
        day: The day.
        now: The present instant.

    Returns:
        The instant.
    """
    if day == today_of(root, now):
        return now
    zone = time_zone_of(root)
    end = datetime.combine(day, time.max)
    return end.replace(tzinfo=ZoneInfo(zone)) if zone else end.astimezone()


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


def read_new(index: Index, files: Mapping[str, bytes]) -> tuple[list[Record], list[Diagnostic]]:
    """Read files that are not written yet.

    Args:
        index: The co-op's records.
        files: What each file is to hold, by its path in the co-op's folder.

    Returns:
        The records that they would be, and what is wrong with their form.
    """
    records, faults = list[Record](), list[Diagnostic]()
    for file, data in files.items():
        kind = next((kind for kind in index.kinds.values() if kind.owns(file)), None)
        record, wrong = parse_record(kind, file, data) if kind else (None, [])
        records += [record] if record else []
        faults += wrong
    return records, faults


def with_records(index: Index, records: Iterable[Record]) -> Index:
    """The index as it would be with more records.

    Args:
        index: The co-op's records.
        records: Those to come.

    Returns:
        Another index.
    """
    entries = dict(index.entries)
    for record in records:
        name = record.kind.name
        entries[name] = {**entries.get(name, {}), record.id: entry_of(record)}
    return replace(index, entries=entries)
