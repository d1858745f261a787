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
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from measuring import Cost, measure

TODAY = "2026-11-21"
MOST_GROWTH = 1.2
MOST_MEMORY = 800.0
GENERATE = Path(__file__).with_name("generate.py")
COMMANDS = {"check": ["check"], "build": ["build", "--audience", "public"]}


class Row(NamedTuple):
    """What one command took on a co-op of this size."""

    members: int
    command: str
    cost: Cost


def measure_quiet(command: list[str], log: Path) -> Cost:
    """Measure a command that has nothing to tell; one that has stops the whole measuring."""
    cost = measure(command, log)
    if log.stat().st_size:
        raise SystemExit(f"{' '.join(command)} said:\n{log.read_text()[:2000]}")
    return cost


def measure_all(members: int, seed: int) -> Iterator[Row]:
    """Generate a co-op in a folder of its own, then measure each command on it."""
    with tempfile.TemporaryDirectory(prefix="coopbook-bench-") as folder:
        root, log = Path(folder) / "coop", Path(folder) / "log.txt"
        made = [str(GENERATE), "--members", str(members), "--seed", str(seed), str(root)]
        yield Row(members, "generate", measure([sys.executable, *made], log))
        for name, words in COMMANDS.items():
            out = ["--out", str(Path(folder) / "site")] if name == "build" else []
            command = ["-m", "coopbook", *words, str(root), "--today", TODAY, *out]
            yield Row(members, name, measure_quiet([sys.executable, *command], log))


def render_table(found: list[Row]) -> Iterator[str]:
    """The costs in Markdown, and under each command how much more the largest co-op took than the
    smallest.
    """
    yield "| Command | Members | Wall, s | CPU, s | PSS, MB | RSS, MB | Processes |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name in ("generate", *COMMANDS):
        rows = [row for row in found if row.command == name]
        for members, _command, cost in rows:
            yield (
                f"| {name} | {members:,} | {cost.wall:.1f} | {cost.cpu:.1f} | {cost.pss:.0f} "
                f"| {cost.rss:.0f} | {cost.processes} |"
            )
        if len(rows) > 1:
            yield f"| {name}, ratio | {' | '.join(_growth(rows[0], rows[-1]))} | |"


def _growth(small: Row, large: Row) -> list[str]:
    pairs = [(row.members, *row.cost[:4]) for row in (small, large)]
    return [f"× {more / less:.1f}" for less, more in zip(*pairs, strict=True)]


def find_faults(found: list[Row]) -> Iterator[str]:
    """Where a limit is passed."""
    for name in COMMANDS:
        rows = [row for row in found if row.command == name]
        small, large = rows[0], rows[-1]
        most = max(1.0, MOST_GROWTH * large.members / small.members)
        if large.cost.cpu / small.cost.cpu > most:
            yield (
                f"{name}: {large.cost.cpu / small.cost.cpu:.1f} times the time from "
                f"{small.members:,} to {large.members:,} members; at most {most:.1f}."
            )
        if large.cost.pss >= MOST_MEMORY:
            yield (
                f"{name}: {large.cost.pss:.0f} MB at {large.members:,} members; less than "
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
        for row in measure_all(members, given.seed):
            found.append(row)
            print(
                f"{row.command} {members}: {row.cost.wall:.1f} s, {row.cost.pss:.0f} MB",
                file=sys.stderr,
                flush=True,
            )
    print("\n".join(render_table(found)))
    wrong = list(find_faults(found))
    print("\n".join(wrong) or "Within the limits.", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
