"""Measures `coopbook check` and `coopbook build` on made-up co-ops of several sizes, as whole
processes.

    python scripts/bench/run.py              3,500 and 35,000 members
    python scripts/bench/run.py 100 1000

Time is that of the clock and that of the processors. Memory is summed over the command and all the
processes it starts, twenty times a second: PSS counts what processes share once, RSS counts it in
each. Leaves with 1 when the largest co-op takes more than 1.2 times its share of the smallest one's
processor time (12 times for ten times the members), or 800 MB of PSS and more. The clock is shown
and not judged: other work on the same computer moves it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TODAY = "2026-11-21"
PAUSE = 0.05
MOST_GROWTH = 1.2
MOST_MEMORY = 800.0
GENERATE = Path(__file__).with_name("generate.py")
COMMANDS = {"check": ["check"], "build": ["build", "--audience", "public"]}


class Cost(NamedTuple):
    """What one command took: seconds, and megabytes at the worst moment."""

    members: int
    command: str
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


def measure(arguments: list[str], members: int, name: str, log: Path) -> Cost:
    """Run a command to its end and watch it. One that fails, or has something to tell of the files,
    stops the whole measuring.
    """
    most = (0.0, 0.0, 0)
    with log.open("w+") as said:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=said)
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            now = measure_memory(process.pid)
            most = (max(most[0], now[0]), max(most[1], now[1]), max(most[2], now[2]))
            time.sleep(PAUSE)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or log.stat().st_size:
        raise SystemExit(
            f"{' '.join(arguments)} left with {process.returncode}:\n{log.read_text()[:2000]}"
        )
    return Cost(members, name, wall, usage.ru_utime + usage.ru_stime, *most)


def measure_all(members: int, seed: int) -> Iterator[Cost]:
    """Generate a co-op in a folder of its own, then measure each command on it."""
    with tempfile.TemporaryDirectory(prefix="coopbook-bench-") as folder:
        root, log = Path(folder) / "coop", Path(folder) / "log.txt"
        yield measure(
            [str(GENERATE), "--members", str(members), "--seed", str(seed), str(root)],
            members,
            "generate",
            log,
        )
        for name, words in COMMANDS.items():
            out = ["--out", str(Path(folder) / "site")] if name == "build" else []
            yield measure(
                ["-m", "coopbook", *words, str(root), "--today", TODAY, *out], members, name, log
            )


def render_table(found: list[Cost]) -> Iterator[str]:
    """The costs in Markdown, and under each command how much more the largest co-op took than the
    smallest.
    """
    yield "| Command | Members | Wall, s | CPU, s | PSS, MB | RSS, MB | Processes |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name in ("generate", *COMMANDS):
        rows = [cost for cost in found if cost.command == name]
        for cost in rows:
            yield (
                f"| {name} | {cost.members:,} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.pss:.0f} "
                f"| {cost.rss:.0f} | {cost.processes} |"
            )
        if len(rows) > 1:
            yield f"| {name}, ratio | {' | '.join(_growth(rows[0], rows[-1]))} | |"


def _growth(small: Cost, large: Cost) -> list[str]:
    pairs = [(one.members, one.wall, one.cpu, one.pss, one.rss) for one in (small, large)]
    return [f"× {more / less:.1f}" for less, more in zip(*pairs, strict=True)]


def find_faults(found: list[Cost]) -> Iterator[str]:
    """Where a limit is passed."""
    for name in COMMANDS:
        rows = [cost for cost in found if cost.command == name]
        small, large = rows[0], rows[-1]
        most = max(1.0, MOST_GROWTH * large.members / small.members)
        if large.cpu / small.cpu > most:
            yield (
                f"{name}: {large.cpu / small.cpu:.1f} times the time from {small.members:,} to "
                f"{large.members:,} members; at most {most:.1f}."
            )
        if large.pss >= MOST_MEMORY:
            yield (
                f"{name}: {large.pss:.0f} MB at {large.members:,} members; less than "
                f"{MOST_MEMORY:.0f} wanted."
            )


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure check and build on made-up co-ops.")
    parser.add_argument(
        "sizes",
        type=int,
        nargs="*",
        default=[3500, 35_000],
        metavar="MEMBERS",
        help="sizes of co-ops (3500 35000)",
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = []
    for members in sorted(given.sizes):
        for cost in measure_all(members, given.seed):
            found.append(cost)
            print(
                f"{cost.command} {members}: {cost.wall:.1f} s, {cost.pss:.0f} MB",
                file=sys.stderr,
                flush=True,
            )
    print("\n".join(render_table(found)))
    wrong = list(find_faults(found))
    print("\n".join(wrong) or "Within the limits.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
