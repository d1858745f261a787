"""`coopbook check`"""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from datetime import date
from pathlib import Path

import click

from ..messages import _
from . import Spoken, lang_option, refuse, require_coop, root_argument, said, system_language, today_option


@click.command("check", cls=Spoken)
@root_argument
@click.option("--base", metavar="REV", help=said(_("Compare with this revision, too: what the change itself does wrong.")))
@click.option("--format", type=click.Choice(["text", "github", "json"]), help=said(_("How to print; github by itself in GitHub Actions.")))
@lang_option
@today_option
def command(root: Path, base: str | None, format: str | None, lang: str | None, today: date) -> None:
    """Say what is wrong in the files of ROOT.

    Leaves with 0 when there is no error (warnings are no errors), 1 when there is one, 2 when the command itself was called wrongly.
    """
    from ..diagnostics import has_errors
    from .checking import read, tell

    require_coop(root, lang or system_language())
    book, found = read(root, today, lang or system_language())
    language = book.index.usage(lang or book.index.languages[0])
    if base:
        found = _with_change(root, base, today, book, found, language)
    tell(book, found, language, format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"))
    raise SystemExit(1 if has_errors(found) else 0)


def _with_change(root: Path, base: str, today: date, book: object, found: list, language: str) -> list:  # type: ignore[type-arg]
    from .. import rules
    from ..load import Book, load

    assert isinstance(book, Book)
    with tempfile.TemporaryDirectory(prefix="coopbook-base-") as folder:
        _extract(root, base, Path(folder), language)
        changes = rules.check_change(load(Path(folder), today), book)
    return sorted([*found, *changes], key=lambda item: item.sort_key)


def _extract(root: Path, base: str, folder: Path, language: str) -> None:
    """The files of a revision, below ROOT, into a folder. A revision that git does not have is misuse."""
    from ..messages import _, translator

    archive = (
        subprocess.run(
            ["git", "-C", str(root), "archive", "--format=tar", f"{base}^{{tree}}" if ":" not in base else base],
            capture_output=True,
            check=False,
        )
        if not base.startswith("-")
        else None
    )
    if archive is None or archive.returncode:
        refuse(
            _("Git does not have the revision “{base}” here; a shallow clone lacks the older ones (fetch-depth: 0).", base=base),
            translator(language),
        )
        return
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
