"""`coopbook build`"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..base.diagnostics import Diagnostic
    from ..base.messages import Translator
    from ..records.audience import Audience
    from ..records.history import History
    from ..records.load import Book
    from ..site.exchange import Ready

from ..base.messages import Misuse, _
from ._exits import require_coop, speak
from ._language import Spoken, said, system_language
from ._options import audience_option, lang_option, out_option, root_argument, today_option


@click.command("build", cls=Spoken)
@root_argument
@audience_option
@out_option
@click.option(
    "--history",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=said(_("What `coopbook history` printed, for the pages' dates.")),
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
    from ._report import read, tell

    require_coop(root)
    book, found = read(
        root,
        today,
        lang or system_language(),
        _given(history),
    )
    language = book.index.usage(lang or book.index.languages[0])
    say = speak(translator(language))
    tell(book, found, language, "text")
    if has_errors(found):
        print(say(_("No site was made; the old ones stay.")), file=sys.stderr)
        raise SystemExit(1)
    wanted: list[Audience] = [one for one in AUDIENCES if audience in {one, "all"}]
    _made(book, found, {one: ((out or root / "site") / one).absolute() for one in wanted}, say)


def _given(file: Path | None) -> History:
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


def _made(
    book: Book, found: list[Diagnostic], targets: dict[Audience, Path], say: Translator
) -> None:
    """Make the sites, and put them in place once all are made, so that they are of one day; or say
    why not and leave with 1.
    """

    made: list[Ready] = []
    try:
        for audience, target in targets.items():
            made.append(_ready(book, found, audience, target, say))
        while made:
            made[0].put()
            print(say(_("Made {folder}", folder=made.pop(0).final)), file=sys.stderr)
    except OSError as error:
        print(
            say(
                _(
                    "The site could not be written ({reason}); the old one stays.",
                    reason=error.strerror or error,
                )
            ),
            file=sys.stderr,
        )
        raise SystemExit(1) from None
    finally:
        for one in made:
            one.drop()


def _ready(
    book: Book, found: list[Diagnostic], audience: Audience, target: Path, say: Translator
) -> Ready:
    """One site beside the old one. Raises OSError where the disk refuses."""
    from ..site.exchange import new_folder
    from ..site.mkdocs_hook import ready
    from ._report import bar

    try:
        with bar(say(_("Writing"))) as progress:
            return ready(book, found, audience, target, progress)
    except FileExistsError as error:
        path = Path(error.filename).relative_to(new_folder(target))
        wrong = _(
            "Two things would have the address {path}: rename one of them. The old site stays.",
            path=path,
        )
    print(say(wrong), file=sys.stderr)
    raise SystemExit(1)
