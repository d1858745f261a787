"""`coopbook history`"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import click

from ._exits import refuse
from ._language import Spoken, system_language
from ._options import lang_option, root_argument

LOG = [
    "log",
    "-z",
    "-c",
    "--relative",
    "--name-status",
    "--find-renames=100%",
    "--no-color",
    "--format=%cs",
]
"""Newest first; a merge names the files in which it differs from all that it joins. Renames without a change are found by their
content's name, in linear time."""


@click.command("history", cls=Spoken)
@root_argument
@lang_option
def command(root: Path, lang: str | None) -> None:
    """Print when each file of ROOT last changed.

    For `coopbook build --history`, as JSON: the version's name and day, and a day for each file. Git must be there, with the whole history.
    """
    from ..base.messages import _, translator

    say = translator(lang or system_language())
    try:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            refuse(
                _(
                    "Only the newest part of the history of “{folder}” is here: fetch it whole (fetch-depth: 0).",
                    folder=root,
                ),
                say,
            )
        found = _history(root)
    except FileNotFoundError:
        refuse(
            _(
                "The history of “{folder}” cannot be read: the program git is not installed.",
                folder=root,
            ),
            say,
        )
    except subprocess.CalledProcessError as error:
        reason = (
            error.stderr.decode("utf-8", "replace").strip().splitlines() or [str(error.returncode)]
        )[0]
        refuse(_("Git has no history of “{folder}”: {reason}", folder=root, reason=reason), say)
    else:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1).encode())


def _history(root: Path) -> dict[str, object]:
    from ..records.kinds import content_folders, load_kinds

    revision, day = (
        _git(root, "log", "-1", "--no-show-signature", "--format=%H %cs").decode().split()
    )
    present = {
        _text(name)
        for name in _git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD").split(b"\0")
        if name
    }
    days = last_changes(_git(root, *LOG, "--no-show-signature").split(b"\0"))
    files = {file: {"changed": days[file]} for file in sorted(present & days.keys())}
    content = sorted(content_folders(load_kinds(root)[0]))
    modified = bool(
        _git(
            root, "status", "--porcelain", "-z", "--untracked-files=all", "--", "coop.yml", *content
        )
    )
    return (
        {"revision": revision, "date": day}
        | ({"modified": True} if modified else {})
        | {"files": files}
    )


def last_changes(tokens: list[bytes]) -> dict[str, str]:
    """The day of each file's last change from what git's log says, newest first. A file that only got another name did not change."""
    found: dict[str, str] = {}
    now: dict[str, str] = {}  # a file's former name: the name it has now
    day, left = "", iter(tokens)
    for token in left:
        status = token.removeprefix(b"\n")
        if status[:1].isdigit():
            day = status.decode()
        elif status.startswith(b"R"):
            old, new = _text(next(left)), _text(next(left))
            name = now.pop(new, new)
            if name not in found:
                now[old] = name
        elif status:
            name = _text(next(left))
            found.setdefault(now.get(name, name), day)
    return found


def _text(name: bytes) -> str:
    return name.decode("utf-8", "replace")


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(
        ["git", "-C", str(root), *arguments], capture_output=True, check=True
    ).stdout
