"""What a whole process and all that it starts cost: time of the clock and of the processors, and
memory at the worst moment.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PAUSE = 0.05


class Cost(NamedTuple):
    """What one command took: seconds, and megabytes at the worst moment. PSS counts once what
    processes share, RSS in each.
    """

    wall: float
    cpu: float
    pss: float
    rss: float
    processes: int


def list_processes(pid: int) -> Iterator[int]:
    """A process and all that it has started and that still runs."""
    yield pid
    for task in _list_folder(f"/proc/{pid}/task"):
        for child in _read(f"/proc/{pid}/task/{task}/children").split():
            yield from list_processes(int(child))


def _list_folder(folder: str) -> list[str]:
    try:
        return [path.name for path in Path(folder).iterdir()]
    except OSError:
        return []


def _read(file: str) -> str:
    """A file of /proc; nothing when the process has just ended."""
    try:
        return Path(file).read_text()
    except OSError:
        return ""


def measure_memory(pid: int) -> tuple[float, float, int]:
    """Megabytes of PSS and RSS of a process tree, and the number of its processes."""
    pss = rss = count = 0
    for one in list_processes(pid):
        found = {
            name: int(size)
            for name, size in re.findall(
                r"^(Pss|Rss): +(\d+) kB", _read(f"/proc/{one}/smaps_rollup"), re.M
            )
        }
        pss, rss, count = pss + found.get("Pss", 0), rss + found.get("Rss", 0), count + bool(found)
    return pss * 1024 / 1e6, rss * 1024 / 1e6, count


def measure(command: Sequence[str], log: Path, *, good: tuple[int, ...] = (0,)) -> Cost:
    """Run a command to its end and watch it; what it says goes to `log`, errors too.

    One that leaves with something else than `good` stops the whole measuring. When we are stopped
    ourselves, so is the command.
    """
    most = (0.0, 0.0, 0)
    with log.open("w") as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            while True:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if pid:
                    break
                now = measure_memory(process.pid)
                most = (max(most[0], now[0]), max(most[1], now[1]), max(most[2], now[2]))
                time.sleep(PAUSE)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        raise SystemExit(
            f"{' '.join(command)} left with {process.returncode}:\n{log.read_text()[-2000:]}"
        )
    return Cost(wall, usage.ru_utime + usage.ru_stime, *most)
