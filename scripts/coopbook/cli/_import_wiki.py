"""The command `coopbook import wiki`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.formats import slug
from ..base.messages import Misuse, Stopped, Translator, _
from ._exits import warn
from ._import_common import (
    list_some,
    open_book,
    plan_options,
    tell_counts,
    title_differing,
    write_plan,
)
from ._language import Spoken, say_in_terminal
from ._options import lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..base.messages import Message
    from ..transfer.wiki import Plan

_MOST_BYTES = 200_000_000
_MOST_DEEP = 12
_MOST_SHOWN = 12


@click.command("wiki", cls=Spoken)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@root_argument
@click.option(
    "--into",
    metavar="NAME",
    help=say_in_terminal(
        _("The folder of wiki/ that the pages go to; named as FOLDER when left out, . is wiki/.")
    ),
)
@click.option(
    "--language",
    metavar="CODE",
    default="",
    help=say_in_terminal(_("The pages' language, where it is not the co-op's main one.")),
)
@click.option(
    "--update",
    is_flag=True,
    help=say_in_terminal(_("Write over pages that are there already and say something else.")),
)
@plan_options
@today_option
@lang_option
def command(
    *,
    folder: Path,
    root: Path,
    into: str | None,
    language: str,
    update: bool,
    dry_run: bool,
    yes: bool,
    every: bool,
    today: date,
    lang: str | None,
) -> None:
    """Bring in a handbook: a FOLDER of Markdown pages with their pictures, of GitBook, HonKit,
    mdBook, MkDocs or by hand.

    Links, headings that links name and pictures follow; HTML becomes Markdown where it can; the
    order is that of SUMMARY.md or mkdocs.yml. The pages are for members until they say otherwise.
    What changes, what has no place and what is refused is shown before anything is written; a page
    that is there already is written over with --update alone.
    """
    from ..base.formats import is_language
    from ..records.attachments import KINDS, find_flaw
    from ..transfer.wiki import WikiOptions, plan_wiki

    book, say = open_book(root, today, lang)
    if language and not is_language(language):
        raise Misuse(_("“{value}” is no language such as fr.", value=language))
    if language == book.index.languages[0]:
        language = ""
    files, links = _read_files(folder, root)
    flaws = {
        file: flaw[0]
        for file, data in files.items()
        if file.endswith(tuple(KINDS)) and (flaw := find_flaw(folder / file, len(data)))
    }
    name = into if into is not None else slug(folder.resolve().name)
    plan = plan_wiki(book.index, files, WikiOptions(name, language, flaws), _reader(root))
    if links:
        warn([_("Links to other places were left out: {files}.", files=", ".join(links))], say)
    _show(plan, say, None if every else _MOST_SHOWN, update=update)
    new = {file: plan.files[file] for file in plan.of("new")}
    over = {file: plan.files[file] for file in plan.of("differs")} if update else {}
    write_plan(root, "wiki", new, over, say, dry_run=dry_run, yes=yes)


def _reader(root: Path) -> Callable[[str], bytes | None]:
    def read(file: str) -> bytes | None:
        path = root / file
        return path.read_bytes() if path.is_file() else None

    return read


def _read_files(folder: Path, root: Path) -> tuple[dict[str, bytes], list[str]]:
    """The files of a handbook by their paths, and the links to other places, which are not
    followed. Hidden files are no part of it.
    """
    from ..transfer.wiki import MOST_FILES

    if (root / "wiki").resolve().is_relative_to(
        folder.resolve()
    ) or folder.resolve().is_relative_to((root / "wiki").resolve()):
        raise Misuse(_("This folder is the co-op's own."))
    found: dict[str, bytes] = {}
    links: list[str] = []
    size = 0
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        for path in sorted(here.iterdir()):
            name = path.relative_to(folder).as_posix()
            if path.name.startswith(".") or path.name in {"node_modules", "_book", "site"}:
                continue
            if path.is_symlink():
                links.append(name)
            elif path.is_dir():
                if name.count("/") < _MOST_DEEP:
                    waiting.append(path)
            elif path.is_file():
                size += path.stat().st_size
                if size > _MOST_BYTES or len(found) >= MOST_FILES:
                    raise Stopped(_("This folder is too big: nothing of it was read."))
                found[name] = path.read_bytes()
    return found, links


def _show(plan: Plan, say: Translator, most: int | None, *, update: bool) -> None:
    """Print where the pages go, what changes in them, what has no place and what is refused."""
    from ..transfer.wiki import group_remarks

    pages = [file for file in plan.files if file.endswith(".md")]
    print(
        say(
            _(
                "Pages: {pages}. Pictures and other files: {others}.",
                pages=len(pages),
                others=len(plan.files) - len(pages),
            )
        )
    )
    moved = [
        f"  {plan.sources[file]} → {file}"
        for file in pages
        if file in plan.sources and not file.endswith(f"/{plan.sources[file]}")
    ]
    list_some(_("Named otherwise:"), moved, say, most)
    titles: dict[str, Message] = {
        "changed": _("Changed:"),
        "homeless": _("Without a place, or to be looked at:"),
        "refused": _("Refused:"),
    }
    for what, title in titles.items():
        lines = [
            f"  {file}: {'; '.join(map(say, some))}"
            for file, some in group_remarks(plan.remarks, what)
        ]
        list_some(title, lines, say, most if what == "changed" else None)
    differing = [f"  {file}" for file in plan.of("differs")]
    list_some(title_differing(update=update), differing, say, None)
    refused = sum(1 for one in group_remarks(plan.remarks, "refused"))
    new, differs, same = (len(plan.of(state)) for state in ("new", "differs", "same"))
    tell_counts(new, differs, same, refused, say)
