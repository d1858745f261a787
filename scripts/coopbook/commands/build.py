"""`coopbook build`"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..audience import Audience
    from ..diagnostics import Diagnostic
    from ..load import Book
    from ..messages import Translator

from ..messages import _
from . import Spoken, lang_option, require_coop, root_argument, said, system_language, today_option


@click.command("build", cls=Spoken)
@root_argument
@click.option(
    "--audience", type=click.Choice(["public", "members", "all"]), default="all", help=said(_("Which site to make; both when left out."))
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=said(_("Where the sites go: DIR/public and DIR/members; ROOT/site when left out.")),
)
@lang_option
@today_option
def command(root: Path, audience: str, out: Path | None, lang: str | None, today: date) -> None:
    """Check the files of ROOT, then make its sites.

    With an error in the files no site is made and the old ones stay.
    """
    from ..audience import AUDIENCES
    from ..diagnostics import has_errors
    from ..messages import _, translator
    from .checking import read, tell

    require_coop(root, lang or system_language())
    book, found = read(root, today, lang or system_language())
    language = book.index.usage(lang or book.index.languages[0])
    say = translator(language)
    tell(book, found, language, "text")
    if has_errors(found):
        print(say(_("No site was made; the old ones stay.")), file=sys.stderr)
        raise SystemExit(1)
    for one in AUDIENCES:
        if audience in {one, "all"}:
            _made(book, found, one, ((out or root / "site") / one).absolute(), say)


def _made(book: Book, found: list[Diagnostic], audience: Audience, target: Path, say: Translator) -> None:
    """Make one site, or say why it cannot be and leave with 1."""
    from ..messages import _
    from ..site.mkdocs_hook import build
    from ..site.publish import new_folder
    from .checking import bar

    try:
        with bar(say(_("Writing"))) as progress:
            build(book, found, audience, target, progress)
    except FileExistsError as error:
        path = Path(error.filename).relative_to(new_folder(target))
        wrong = _("Two things would have the address {path}: rename one of them. The old site stays.", path=path)
    except OSError as error:
        wrong = _("The site could not be written ({reason}); the old one stays.", reason=error.strerror or error)
    else:
        print(say(_("Made {folder}", folder=target)), file=sys.stderr)
        return
    print(say(wrong), file=sys.stderr)
    raise SystemExit(1)
