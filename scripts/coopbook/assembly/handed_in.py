"""What comes back filled in: read whole, or told why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..base.messages import Misuse, Remark, Stopped, _
from ..decisions.ballots.entering import BallotReader, read_text
from ..decisions.ballots.importing import File
from .count_sheet import read_count_sheet
from .issues import Doubts
from .opening import Step, require_attendance, require_unsettled

if TYPE_CHECKING:
    from ..documents.ods_reader import Grid

T = TypeVar("T")
MOST_READ = 20_000_000
"""Bytes of a file that is handed in."""


def read_file(path: Path) -> bytes:
    """What a file holds that was handed in. Raises Misuse for one that is far too big."""
    if path.stat().st_size > MOST_READ:
        raise Misuse(
            _("This file is too big: at most {most} megabytes.", most=MOST_READ // 1_000_000)
        )
    return path.read_bytes()


def read_tables(path: Path) -> list[Grid]:
    """The tables of a file that was handed in. Raises Stopped where it holds none."""
    from ..documents.ods_reader import read_grids

    data = read_file(path)
    try:
        return read_grids(data)
    except Stopped as stopped:
        raise Stopped(_("{file}: {fault}", file=path.name, fault=stopped.message)) from None


def read_sheet(path: Path) -> BallotReader:
    """How a teller's sheet of an election is read: a count sheet of an office program, or text.
    Raises Misuse or Stopped where it is neither.
    """
    data = read_file(path)
    if not data.startswith(b"PK"):
        return read_text(File(str(path), data))
    grids = read_tables(path)
    return lambda contest, names: read_count_sheet(grids, contest, names)


def take_back(
    step: Step, file: Path, read: Callable[[Doubts], T], held: bool = False
) -> tuple[T, list[Remark]]:
    """What a file brings back, and what was noticed in it.

    Args:
        step: The assembly.
        file: The file, for what is said of it.
        read: Finds it there.
        held: Whether they are told after the meeting alone.

    Raises:
        Misuse: Where the minutes were approved, or where the meeting was not held yet.
        Stopped: Where something in the file is not clear.
    """
    require_unsettled(step)
    if held:
        require_attendance(step)
    doubts = Doubts()
    found = read(doubts)
    if doubts.faults:
        faults = [_("{file}: {fault}", file=file.name, fault=one) for one in doubts.faults]
        raise Stopped(*faults, _("Nothing was written."))
    return found, [Remark(message) for message in doubts.remarks]
