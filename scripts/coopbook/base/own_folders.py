"""Folders for the time of a run, which nobody else reads: they hold records, private ones too.

They go with the run. What a run that was killed has left is cleared by the next one: beside each
folder stands a file that its run has locked, and that the system lets go when it ends in whatever
way.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TextIO

try:
    import fcntl
except ImportError:  # Windows: what was left stays
    fcntl = None  # type: ignore[assignment]

_PREFIX = "coopbook-"
_LOCK = ".lock"


class OwnFolder(tempfile.TemporaryDirectory[str]):
    """A temporary folder that is known to be in use for as long as it is.

    Args:
        purpose: A word of its name.
    """

    def __init__(self, purpose: str = "book") -> None:
        clear_left()
        super().__init__(prefix=f"{_PREFIX}{purpose}-")
        lock = Path(f"{self.name}{_LOCK}")
        if held := _hold(lock):
            self._let_go = weakref.finalize(self, _let_go, held, lock)

    def cleanup(self) -> None:
        """Take the folder away, and what says that it is in use."""
        super().cleanup()
        if fcntl is not None:
            self._let_go()


def _hold(lock: Path) -> TextIO | None:
    """A lock that is held. It stands under its name only once it is."""
    if fcntl is None:
        return None
    new = Path(f"{lock}.new")
    held = new.open("w")
    with suppress(OSError):  # a disk that knows no locks: nothing of it is ever cleared
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        new.rename(lock)
    return held


def _let_go(held: TextIO, lock: Path) -> None:
    for file in (lock, Path(f"{lock}.new")):
        file.unlink(missing_ok=True)
    held.close()


@lru_cache(maxsize=1)
def clear_left() -> None:
    """Take away, once a run, the folders of runs that were killed."""
    if fcntl is None:
        return
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*{_LOCK}"):
        with suppress(OSError):
            if lock.is_symlink() or lock.stat().st_uid != os.getuid():
                continue
            with lock.open("r+") as found:
                fcntl.flock(found, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(str(lock).removesuffix(_LOCK), ignore_errors=True)
                lock.unlink()
