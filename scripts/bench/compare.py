"""Measures Coopbook beside Hugo, stock MkDocs with Material, and check-jsonschema, on the same
made-up co-ops.

    python scripts/bench/compare.py                     1,000, 3,500, 10,000 and 35,000 members
    python scripts/bench/compare.py 1000 --rounds 5

In each round every program runs once, one after the other, so that what else the machine does
weighs on all of them; a ratio is the median of those of the rounds. The programs to compare with
are installed in an environment of their own, build/bench/peers, once. The Hugo site has the same
pages, links and visible text as ours (tests/docs/test_bench.py), but is given its values ready made
and checks nothing. Figures are also written to build/bench/figures.json, beside them.

The last lines give each ratio that has a goal beside it. Leaves with 1 where one is missed; a goal
counts for the size that it names. Leaves with 2 where nothing can be measured.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from measuring import Cost, measure

HERE, TODAY = Path(__file__).parent, "2026-11-21"
TOP = HERE.parents[1]
RESULTS = TOP / "build" / "bench"
SIZES = (1000, 3500, 10_000, 35_000)
MOST_FOR_MKDOCS = 10_000
MOST_FOR_JSONSCHEMA = 2000


class Goal(NamedTuple):
    """A ratio of two figures of one run, and what it may be at most with so many members."""

    name: str
    ours: str
    theirs: str
    figure: str
    members: int
    most: float


GOALS = (
    Goal("cold build, wall", "build", "hugo", "wall", 35_000, 1.0),
    Goal("cold build, PSS", "build", "hugo", "pss", 35_000, 1 / 3),
    Goal("after one change, wall", "rebuild", "hugo", "wall", 35_000, 1 / 6),
    Goal("cold check, wall", "check", "check-jsonschema", "wall", 35_000, 1 / 20),
    Goal("cold build, wall", "build", "mkdocs", "wall", 10_000, 1 / 14),
)
MOST_GROWTH = (3500, 35_000, 11.0)


class Row(NamedTuple):
    """What one program took on a co-op of this size in one round, and the bytes it wrote."""

    members: int
    program: str
    cost: Cost
    bytes: int


class Unmeasurable(Exception):
    """Why nothing can be measured, in a sentence."""


def install_peers(folder: Path) -> Path:
    """The folder of the programs to compare with; they are installed where they are not there.

    Raises:
        Unmeasurable: pip cannot install them.
    """
    wanted = HERE / "peers" / "requirements.txt"
    stamp, binaries = folder / "installed.txt", folder / "bin"
    if not (stamp.is_file() and stamp.read_text() == wanted.read_text()):
        try:
            venv.create(folder, with_pip=True, clear=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise Unmeasurable(f"Programs cannot be installed in {folder}: {error}") from error
        pip = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--requirement"]
        done = subprocess.run([*pip, str(wanted)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unmeasurable(
                f"The programs of {wanted} cannot be installed in {folder}:\n{done.stderr.strip()}"
            )
        stamp.write_text(wanted.read_text())
    return binaries


def find_hugo(binaries: Path) -> str:
    """Hugo itself, not the Python script that starts it.

    Raises:
        Unmeasurable: it is not there.
    """
    found = next(binaries.parent.glob("lib/*/site-packages/hugo/binaries/hugo*"), None)
    if found is None:
        raise Unmeasurable(
            f"There is no Hugo in {binaries.parent}: take the folder away, try again."
        )
    return str(found)


class Contest:
    """One co-op, the sites of the other programs made from it, and all programs on them in turn."""

    def __init__(self, folder: Path, binaries: Path, members: int) -> None:
        self.folder, self.binaries, self.members = folder, binaries, members
        self.coop, self.log, self.out = folder / "coop", folder / "log.txt", folder / "out"
        self.hugo = find_hugo(binaries)
        self._run(HERE / "generate.py", "--members", str(members), str(self.coop))
        self._run("-m", "coopbook", *self._build(folder / "first"))
        first = str(folder / "first" / "public")
        self._run(HERE / "peers/hugo_site.py", str(self.coop), first, str(folder / "hugo"))
        if members <= MOST_FOR_MKDOCS:
            paths = (str(folder / "hugo"), first, str(folder / "mkdocs"))
            self._run(HERE / "peers/mkdocs_site.py", *paths)
        shutil.rmtree(folder / "first")

    def _run(self, *words: str | Path) -> None:
        measure([sys.executable, *map(str, words)], self.log)

    def _build(self, out: Path) -> list[str]:
        where = [str(self.coop), "--today", TODAY, "--out", str(out)]
        return ["build", "--audience", "public", *where]

    def programs(self) -> Iterator[tuple[str, list[str]]]:
        """Each program with its command; their output is this contest's folder `out`."""
        ours = [sys.executable, "-m", "coopbook"]
        yield "check", [*ours, "check", str(self.coop), "--today", TODAY]
        yield "build", [*ours, *self._build(self.out)]
        yield "rebuild", [*ours, *self._build(self.out)]
        hugo = ["--quiet", "--source", str(self.folder / "hugo"), "--destination", str(self.out)]
        yield "hugo", [self.hugo, *hugo, "--noBuildLock"]
        if self.members <= MOST_FOR_MKDOCS:
            config = ["--config-file", str(self.folder / "mkdocs/mkdocs.yml")]
            words = ["build", "--quiet", *config, "--site-dir", str(self.out)]
            yield "mkdocs", [str(self.binaries / "mkdocs"), *words]
        schema = ["--schemafile", str(TOP / "schemas/member.schema.json")]
        files = sorted(map(str, self.coop.glob("members/**/*.yml")))[:MOST_FOR_JSONSCHEMA]
        yield "check-jsonschema", [str(self.binaries / "check-jsonschema"), *schema, *files]

    def round(self) -> Iterator[Row]:
        """Every program once. What is made is thrown away, but by the rebuild, which finds the old
        site and one member who has moved.
        """
        for name, command in self.programs():
            if name == "rebuild":
                self._change_one()
            else:
                shutil.rmtree(self.out, ignore_errors=True)
            good = (0, 1) if name == "check-jsonschema" else (0,)
            yield Row(self.members, name, self._whole(name, measure(command, self.log, good=good)),
                      _count_bytes(self.out))  # fmt: skip

    def _whole(self, name: str, cost: Cost) -> Cost:
        """The time for all members of a program that was given some of them."""
        share = max(1.0, self.members / MOST_FOR_JSONSCHEMA) if name == "check-jsonschema" else 1.0
        return cost._replace(wall=cost.wall * share, cpu=cost.cpu * share)

    def _change_one(self) -> None:
        """Give one member another town."""
        file = min(self.coop.glob("members/**/*.yml"))
        text = file.read_text(encoding="utf-8")
        name = "  city: "
        start = text.index(name) + len(name)
        town = "Ussel" if text[start:].startswith("Tulle") else "Tulle"
        file.write_text(
            f"{text[:start]}{town}{text[text.index(chr(10), start) :]}", encoding="utf-8"
        )


def _count_bytes(out: Path) -> int:
    """The bytes of a site; of ours, without the old one that is kept beside it."""
    folder = out / "public" if (out / "public").is_dir() else out
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def ratio(rows: Sequence[Row], members: int, ours: str, theirs: str, figure: str) -> float | None:
    """The median of the rounds' ratios of one program's figure to another's; None where one of them
    did not run.
    """
    pairs = zip(
        *(
            [getattr(row.cost, figure) for row in rows if row[:2] == (members, name)]
            for name in (ours, theirs)
        ),
        strict=False,
    )
    found = [mine / other for mine, other in pairs if other]
    return statistics.median(found) if found else None


def render_table(rows: Sequence[Row]) -> Iterator[str]:
    """The medians in Markdown, and each program's time as a multiple of Hugo's."""
    yield "| Members | Program | Wall, s | CPU, s | PSS, MB | MB written | CPU, Hugo = 1 |"
    yield "|---:|---|---:|---:|---:|---:|---:|"
    for members, name in dict.fromkeys(row[:2] for row in rows):
        mine = [row for row in rows if row[:2] == (members, name)]
        wall, cpu, pss = (
            statistics.median(getattr(row.cost, figure) for row in mine)
            for figure in ("wall", "cpu", "pss")
        )
        of_hugo = ratio(rows, members, name, "hugo", "cpu") or 0
        written = mine[0].bytes / 1e6
        yield (
            f"| {members:,} | {name} | {wall:.2f} | {cpu:.2f} | {pss:.0f} | {written:.1f} "
            f"| {of_hugo:.2f} |"
        )


def judge(rows: Sequence[Row]) -> Iterator[tuple[str, bool]]:
    """Each ratio that has a goal, in a sentence, and whether it is reached. What was measured with
    fewer members than the goal names is said too, and reached whatever it is.
    """
    sizes = sorted({row.members for row in rows})
    for goal in GOALS:
        for members in sizes:
            found = ratio(rows, members, goal.ours, goal.theirs, goal.figure)
            if found is not None:
                counts = members == goal.members
                yield (
                    f"{goal.name}, {members:,} members: {found:.3f} of {goal.theirs}'s "
                    f"(goal at {goal.members:,}: {goal.most:.3f})",
                    found <= goal.most or not counts,
                )
    few, many, most = MOST_GROWTH
    if few in sizes and many in sizes:
        small, large = (
            statistics.median(row.cost.cpu for row in rows if row[:2] == (members, "build"))
            for members in (few, many)
        )
        yield (
            f"growth of the build, {few:,} to {many:,} members: {large / small:.1f} times the CPU "
            f"(goal: {most:.1f})",
            large / small <= most,
        )


def save(rows: Sequence[Row], binaries: Path) -> Path:
    """Write all figures with the machine and the versions, for who compares later, beside the
    folder of the programs.
    """
    freeze = [str(binaries / "python"), "-m", "pip", "freeze"]
    versions = subprocess.run(freeze, capture_output=True, text=True, check=True).stdout.split()
    wanted = [line.partition("=")[0] for line in _requirements()]
    content = {
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}",
        "python": platform.python_version(),
        "versions": [one for one in versions if one.partition("=")[0] in wanted],
        "rows": [
            {"members": row.members, "program": row.program, "bytes": row.bytes}
            | row.cost._asdict()
            for row in rows
        ],
    }
    file = binaries.parents[1] / "figures.json"
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return file


def _requirements() -> list[str]:
    lines = (HERE / "peers/requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _parse_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number of members: 1 or more")
    return int(text)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure Coopbook beside other programs.")
    parser.add_argument(
        "sizes",
        type=_parse_count,
        nargs="*",
        default=list(SIZES),
        metavar="MEMBERS",
        help="sizes of co-ops (1000 3500 10000 35000)",
    )
    parser.add_argument("--rounds", type=_parse_count, default=3, metavar="N", help="(3)")
    parser.add_argument(
        "--peers",
        type=Path,
        default=RESULTS / "peers",
        metavar="DIR",
        help="where the other programs are, or will be (build/bench/peers)",
    )
    given = parser.parse_args()
    rows: list[Row] = []
    try:
        binaries = install_peers(given.peers)
        find_hugo(binaries)
        for members in sorted({*given.sizes}):
            with tempfile.TemporaryDirectory(prefix="coopbook-bench-") as folder:
                contest = Contest(Path(folder), binaries, members)
                for number in range(given.rounds):
                    for row in contest.round():
                        rows.append(row)
                        print(
                            f"{members:,} members, round {number + 1}, {row.program}: "
                            f"{row.cost.wall:.2f} s",
                            file=sys.stderr,
                            flush=True,
                        )
    except Unmeasurable as why:
        print(why, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped: nothing is kept of this run.", file=sys.stderr)
        return 130
    print("\n".join(render_table(rows)))
    print(f"All figures: {save(rows, binaries)}", file=sys.stderr)
    judged = list(judge(rows))
    for sentence, reached in judged:
        print(f"{'' if reached else 'MISSED: '}{sentence}")
    return 0 if all(reached for _sentence, reached in judged) else 1


if __name__ == "__main__":
    raise SystemExit(main())
