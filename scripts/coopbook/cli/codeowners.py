"""The command `coopbook codeowners`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..base.messages import Misuse, _
from ._errands import open_book
from ._exits import warn
from ._language import Spoken
from ._options import lang_option, root_argument, today_option


@click.command("codeowners", cls=Spoken)
@root_argument
@lang_option
@today_option
def command(root: Path, lang: str | None, today: date) -> None:
    """Write the file of code owners of ROOT, for its forge.

    It is made from `paths` of the rules and from who holds which role today: .github/CODEOWNERS,
    .forgejo/CODEOWNERS or .gitlab/CODEOWNERS, by the forge that coop.yml names. Run it again when
    a mandate begins or ends. What the forge cannot know, such as whose own file one is, `coopbook
    vote judge` alone holds. A file that was written by hand is not replaced.
    """
    from ..base.atomic_files import replace_all
    from ..decisions.code_owners import (
        MADE_BY,
        find_obstacle,
        find_unnamed,
        owners_file,
        render_owners,
    )

    book, say = open_book(root, today, lang)
    if wrong := find_obstacle(book.index, today):
        raise Misuse(wrong)
    file = owners_file(book.index)
    path = root / file
    if not path.resolve().is_relative_to(root.resolve()) or path.is_symlink():
        raise Misuse(_("{file} is a link: nothing was written.", file=file))
    had = path.read_bytes() if path.is_file() else b""
    if had and MADE_BY.encode() not in had.partition(b"\n")[0]:
        raise Misuse(
            _(
                "{file} was written by hand: nothing was written. Delete it first, if the rules "
                "shall say who is asked.",
                file=file,
            )
        )
    made = render_owners(book.index, today).encode()
    warn(find_unnamed(book.index, today), say)
    if made == had:
        print(say(_("{file} is as it should be.", file=file)))
        return
    replace_all(root, {file: made})
    print(say(_("Written: {file}", file=file)))
