"""Writes a made-up co-op of any size, to measure the tool and to try it at full scale.

    python scripts/bench/generate.py --members 3500 --seed 1 DIR

The same seed gives the same bytes. Days are chosen around the 21st of November 2026, so check it
with `--today 2026-11-21`: there is no error then and no warning. Files are written one by one, and
nothing is kept of them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from common_files import File, body_files, coop_file, project_files, wiki_files
from member_files import member_fields
from plain_yaml import yaml_text

from members import Plan


def make_files(plan: Plan) -> Iterator[File]:
    """Every file of the co-op: its path and its text."""
    yield coop_file(plan)
    for number in range(plan.members):
        who, fields = member_fields(plan, number)
        yield who.file, yaml_text(fields)
    yield from project_files(plan)
    yield from body_files(plan)
    yield from wiki_files(plan)


def write_files(plan: Plan, folder: Path) -> int:
    """Write the co-op into a folder; how many bytes it took."""
    made: set[Path] = set()
    size = 0
    for name, text in make_files(plan):
        path, data = folder / name, text.encode()
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(data)
        size += len(data)
    return size


def _parse_count(text: str) -> int:
    if (count := int(text)) < 1:
        raise argparse.ArgumentTypeError("a co-op has at least one member")
    return count


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write a made-up co-op of any size.")
    parser.add_argument(
        "--members", type=_parse_count, default=3500, metavar="N", help="how many members (3500)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another seed, another co-op (1)"
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or a new folder")
    given = parser.parse_args()
    if given.folder.exists() and any(given.folder.iterdir()):
        parser.error(f"{given.folder} is not empty")
    size = write_files(Plan(given.members, given.seed), given.folder)
    print(f"{given.members} members, {size / 1e6:.1f} MB in {given.folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
