"""Lock what the program makes, so that a rebuild of the code can be shown to change nothing else.

`python scripts/lock.py write LOCK.json --cases FOLDER` notes, with a fixed day and history:

- `sites`: the SHA-256 of every file of both sites of the example co-op at the top of this
  repository,
- `checks`: for each case of the checks, what `coopbook check` and its comparison with `before/`
  find, as JSON,
- `results`: for each vote record of the example and of the cases, the figures and digests that a
  recount gives.

`python scripts/lock.py lay FOLDER` lays the cases out as co-ops, `python scripts/lock.py compare
OLD.json NEW.json` prints what differs and leaves with 1 where anything does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

TOP = Path(__file__).parents[1]
TODAY = date(2026, 11, 21)
HISTORY = {"revision": "0" * 40, "date": "2026-11-20"}
EXAMPLE = [
    "coop.yml",
    "mkdocs.yml",
    "mkdocs.members.yml",
    "members",
    "projects",
    "decisions",
    "wiki",
    "events",
    "schemas",
]


def digest_sites(folder: Path) -> dict[str, str]:
    """Build both sites of the example; the SHA-256 of each file by its path."""
    import shutil

    from click.testing import CliRunner
    from coopbook.cli import main

    root = folder / "example"
    root.mkdir()
    for name in EXAMPLE:
        copy = shutil.copytree if (TOP / name).is_dir() else shutil.copy
        copy(TOP / name, root / name)
    files = {
        path.relative_to(root).as_posix(): {"changed": "2026-11-19"}
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    history = folder / "history.json"
    history.write_text(json.dumps(HISTORY | {"files": files}))
    arguments = [
        "build",
        str(root),
        "--history",
        str(history),
        "--today",
        TODAY.isoformat(),
        "--lang",
        "en",
    ]
    done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    if done.exit_code:
        raise SystemExit(done.output)
    made = root / "site"
    return {
        path.relative_to(made).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(made.rglob("*"))
        if path.is_file()
    }


def record_checks(cases: Path) -> dict[str, list[dict[str, Any]]]:
    """What the check says of each case, and of the way to it from its `before/`."""
    from coopbook import checks as checks_
    from coopbook.base.diagnostics import as_json
    from coopbook.base.messages import translator
    from coopbook.records.load import load

    found = {}
    for case in sorted(path for path in cases.glob("*/*") if path.is_dir()):
        book = load(case / "after", TODAY)
        items = checks_.check(book)
        if (case / "before").is_dir():
            items += checks_.check_change(load(case / "before", TODAY), book)
        name = case.relative_to(cases).as_posix()
        found[name] = [
            json.loads(as_json(item, translator("en"), lambda _file: [])) for item in items
        ]
    return found


def recount_results(folders: list[Path]) -> dict[str, Any]:
    """The figures and digests of every vote record that can be counted again."""
    from coopbook.base.hashing import of_value
    from coopbook.decisions.tally.record import VoteRecord
    from coopbook.decisions.vote_record import figures, recount

    found: dict[str, Any] = {}
    for folder in folders:
        for file in sorted(folder.rglob("results/*.events.json")):
            name = file.relative_to(folder).as_posix()
            try:
                data = json.loads(file.read_bytes())
                record = VoteRecord.of(data)
                found[name] = {
                    "digest": of_value(data),
                    "figures": figures(record, recount(record)),
                }
            except (ValueError, RecursionError) as error:
                found[name] = f"{type(error).__name__}"
    return found


def lay_cases(folder: Path) -> None:
    """Lay every case of the checks out as a co-op: `FOLDER/<slug>/<case>/after`, and `before` where
    it has one.
    """
    sys.path.insert(0, str(TOP / "tests"))
    from support.cases import all_cases  # type: ignore[import-not-found]

    for case in all_cases():
        case.lay_out(folder / case.check / case.name / "after")
        case.lay_out_before(folder / case.check / case.name / "before")


def compare(old: Path, new: Path) -> int:
    """Print what differs, by its name; how many things do."""
    before, after = json.loads(old.read_bytes()), json.loads(new.read_bytes())
    count = 0
    for part in before:
        for name in sorted({*before[part], *after[part]}):
            had, has = before[part].get(name), after[part].get(name)
            if had != has:
                count += 1
                how = "new" if had is None else "gone" if has is None else "differs"
                print(f"{part}: {name}: {how}")
    print(f"{count} differences")
    return count


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    write = commands.add_parser("write")
    write.add_argument("out", type=Path)
    write.add_argument(
        "--cases", type=Path, help="a folder made by `lay`; without it, the cases of today"
    )
    laying = commands.add_parser("lay")
    laying.add_argument("folder", type=Path)
    comparing = commands.add_parser("compare")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    given = parser.parse_args()
    if given.command == "lay":
        lay_cases(given.folder)
    elif given.command == "compare":
        raise SystemExit(1 if compare(given.old, given.new) else 0)
    else:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            if given.cases is None:
                lay_cases(folder / "cases")
            cases = given.cases or folder / "cases"
            lock = {
                "sites": digest_sites(folder),
                "checks": record_checks(cases),
                "results": recount_results([TOP / "decisions", cases]),
            }
        given.out.write_text(json.dumps(lock, ensure_ascii=False, indent=1, sort_keys=True))


if __name__ == "__main__":
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    main()
