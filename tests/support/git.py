"""Git with an identity and a clock of its own, whatever the machine is set to."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

IDENTITY = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A"), ("EMAIL", "a@b.example"))
}
NO_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git_environment(
    when: datetime | None = None, authored: datetime | None = None
) -> dict[str, str]:
    """An environment for git: nobody's settings, an identity, and, if one is given, its clock at an
    instant.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    dates = {"GIT_AUTHOR_DATE": authored or when, "GIT_COMMITTER_DATE": when}
    clock = {name: moment.isoformat() for name, moment in dates.items() if moment}
    return own | NO_SETTINGS | IDENTITY | clock


def git(
    root: Path,
    *arguments: str,
    when: datetime | None = None,
    authored: datetime | None = None,
    check: bool = True,
    **more: Any,
) -> str:
    """Run git in a folder.

    Args:
        root: The folder.
        arguments: What git is asked.
        when: Its clock; the machine's if left out.
        authored: The day of the author alone.
        check: Whether it must succeed.
        more: Settings of `subprocess.run`.

    Returns:
        What it prints.
    """
    ran = subprocess.run(
        ["git", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        check=check,
        env=git_environment(when, authored),
        **more,
    )
    return ran.stdout.strip()


def committed(root: Path, when: datetime | None = None) -> str:
    """Commit all that stands in a folder, as a repository of its own, at an instant; the commit."""
    if not (root / ".git").is_dir():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x", when=when)
    return git(root, "rev-parse", "HEAD")


def tagged(root: Path, name: str = "closed") -> Path:
    """All of a folder as a version with a name."""
    committed(root)
    git(root, "tag", name)
    return root
