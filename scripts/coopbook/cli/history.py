"""The command `coopbook history`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import Misuse, _
from ._language import Spoken
from ._options import lang_option, root_argument

if TYPE_CHECKING:
    from ..base.git import Repository


@click.command("history", cls=Spoken)
@root_argument
@lang_option
def command(root: Path, lang: str | None) -> None:
    """Print when each file of ROOT last changed.

    For `coopbook build --history`, as JSON: the version's name and day, and a day for each file.
    Git must be there, with the whole history.
    """
    from ..base.git import GitError, GitMissing, Repository

    repository = Repository(root)
    try:
        if repository.is_shallow():
            raise Misuse(
                _(
                    "Only the newest part of the history of “{folder}” is here: "
                    "fetch it whole (fetch-depth: 0).",
                    folder=root,
                )
            )
        found = _read_history(repository)
    except GitMissing:
        words = _(
            "The history of “{folder}” cannot be read: the program git is not installed.",
            folder=root,
        )
        raise Misuse(words) from None
    except GitError as error:
        raise Misuse(
            _("Git has no history of “{folder}”: {reason}", folder=root, reason=error.reason)
        ) from None
    click.echo(json.dumps(found, ensure_ascii=False, indent=1).encode())


def _read_history(repository: Repository) -> dict[str, object]:
    """What `coopbook build --history` reads (records/history.py)."""
    from ..records.kinds import content_folders, load_kinds

    revision, day = repository.last_commit()
    files = {file: {"changed": day} for file, day in repository.last_changes().items()}
    content = ["coop.yml", *sorted(content_folders(load_kinds(repository.root)[0]))]
    modified = {"modified": True} if repository.is_modified(content) else {}
    return {"revision": revision, "date": day} | modified | {"files": files}
