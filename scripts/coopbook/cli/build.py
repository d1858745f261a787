"""The command `coopbook build`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..records.audience import Audience
    from ..records.history import History

from ..base.messages import Misuse, Stopped, _
from ._exits import file_of, require_coop, speak
from ._language import Spoken, say_in_terminal, system_language
from ._options import audience_option, lang_option, out_option, root_argument, today_option


@click.command("build", cls=Spoken)
@root_argument
@audience_option
@out_option
@click.option(
    "--history",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=say_in_terminal(_("What `coopbook history` printed, for the pages' dates.")),
)
@lang_option
@today_option
def command(
    root: Path, audience: str, out: Path | None, history: Path | None, lang: str | None, today: date
) -> None:
    """Check the files of ROOT, then make its sites.

    With an error in the files no site is made and the old ones stay. A site that is replaced is
    kept for `coopbook rollback`.
    """
    from ..base.diagnostics import has_errors
    from ..base.messages import translator
    from ..records.audience import AUDIENCES
    from ..site.build import prepared_sites, put_in_place
    from ._report import bar, read, tell

    require_coop(root)
    book, found = read(
        root,
        today,
        lang or system_language(),
        _read_history(history),
    )
    language = book.index.usage(lang or book.index.languages[0])
    say = speak(translator(language))
    tell(book, found, language, "text")
    if has_errors(found):
        print(say(_("No site was made; the old ones stay.")), file=sys.stderr)
        raise SystemExit(1)
    wanted: list[Audience] = [one for one in AUDIENCES if audience in {one, "all"}]
    targets = {one: ((out or root / "site") / one).absolute() for one in wanted}
    try:
        with ExitStack() as kept:
            with bar(say(_("Writing"))) as progress:
                sites = kept.enter_context(prepared_sites(book, found, targets, progress))
            for target in put_in_place(sites):
                print(say(_("Made {folder}", folder=target)), file=sys.stderr)
    except OSError as error:
        raise Stopped(
            _(
                "The site could not be written ({reason}: {file}); the old one stays.",
                reason=error.strerror or error,
                file=file_of(error),
            )
        ) from None


def _read_history(file: Path | None) -> History:
    """The history in a file, if one is named. Raises Misuse for what is none."""
    from ..records.history import NO_HISTORY, History, read_history

    if file is None:
        return NO_HISTORY
    try:
        found = read_history(file.read_bytes(), file)
    except OSError as error:
        found = _("“{file}” cannot be read: {reason}.", file=file, reason=error.strerror or error)
    if not isinstance(found, History):
        raise Misuse(found)
    return found
