"""Make a release: `make release VERSION=0.3.0`.

A release is a version in `base/version.py`, its part of `CHANGELOG.md`, one commit and a tag on it
that says the same. Co-ops name the commit, or the version once it is in an index; `coopbook
upgrade` brings their files along. Nothing is pushed: whoever makes the release looks at it first.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from coopbook.base.version import __version__
from packaging.version import InvalidVersion, Version

TOP = Path(__file__).parents[1]
CHANGELOG = TOP / "CHANGELOG.md"
VERSION = TOP / "scripts/coopbook/base/version.py"
UNRELEASED = "## Unreleased\n"
MAIN = "main"
_HEADING = re.compile(r"^## (\d+\.\d+\.\d+) · (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


class NotReady(Exception):
    """Why there is no release."""


def releases(changelog: str) -> list[tuple[str, str]]:
    """The releases of a changelog, each with its day, the newest first."""
    return _HEADING.findall(changelog)


def cut(changelog: str, version: str, day: str) -> tuple[str, str]:
    """Give what is unreleased to a version.

    Args:
        changelog: The changelog as it is.
        version: The new version.
        day: The day of the release (ISO 8601).

    Returns:
        The changelog as it will be, and the notes of the release alone.

    Raises:
        NotReady: Nothing is unreleased, or the version is none that comes after the others.
    """
    try:
        later = Version(version) > Version(__version__)
    except InvalidVersion:
        later = False
    if not later or not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise NotReady(f"{version!r} is no version such as 1.2.3 that comes after {__version__}")
    above, heading, rest = changelog.partition(UNRELEASED)
    notes = re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()
    if not heading or not notes:
        raise NotReady("nothing is unreleased in CHANGELOG.md")
    below = rest.partition(notes)[2].lstrip("\n")
    whole = f"{above}{UNRELEASED}\n## {version} · {day}\n\n{notes}\n"
    return whole + (f"\n{below}" if below else ""), notes


def notes_of(changelog: str, version: str) -> str:
    """The notes of a release that is in the changelog already."""
    rest = re.split(rf"^## {re.escape(version)} · .*$", changelog, maxsplit=1, flags=re.MULTILINE)[
        -1
    ]
    return re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()


def git(*arguments: str) -> str:
    """What git printed.

    Raises:
        NotReady: Git refused.
    """
    ran = subprocess.run(["git", *arguments], cwd=TOP, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise NotReady(f"git {arguments[0]} refused: {ran.stderr.strip()}")
    return ran.stdout.strip()


def release(version: str) -> None:
    """Write, commit and tag a release; one that was cut off before its tag is tagged.

    Raises:
        NotReady: This is not main, there are changes that are not committed, or the version cannot
            be released.
    """
    branch = git("branch", "--show-current")
    if branch != MAIN:
        raise NotReady(f"this is “{branch or 'no branch'}”, not main")
    if git("status", "--porcelain", "--untracked-files=no"):
        raise NotReady("there are changes that are not committed")
    if git("tag", "--list", f"v{version}"):
        raise NotReady(f"there is a tag v{version} already")
    if git("log", "-1", "--format=%s") == _subject(version):
        notes = notes_of(CHANGELOG.read_text(encoding="utf-8"), version)
    else:
        notes = _commit(version)
    git("tag", "--annotate", f"v{version}", "--cleanup=verbatim", "--message", notes)
    print(f"v{version} is here. Look at it, then: git push origin main v{version}")


def _commit(version: str) -> str:
    """Write a release and commit it: all or nothing. Returns its notes."""
    day = datetime.now(UTC).date().isoformat()
    before = {file: file.read_text(encoding="utf-8") for file in (CHANGELOG, VERSION)}
    changelog, notes = cut(before[CHANGELOG], version, day)
    after = {
        CHANGELOG: changelog,
        VERSION: before[VERSION].replace(f'"{__version__}"', f'"{version}"'),
    }
    try:
        for file, text in after.items():
            file.write_text(text, encoding="utf-8")
        git("commit", "--quiet", "--message", _subject(version), "--", *map(str, after))
    except BaseException:
        for file, text in before.items():
            file.write_text(text, encoding="utf-8")
        raise
    return notes


def _subject(version: str) -> str:
    return f"Release {version}"


def main() -> None:
    try:
        release(*sys.argv[1:2] or [""])
    except NotReady as error:
        sys.exit(f"No release: {error}.")


if __name__ == "__main__":
    main()
