"""`coopbook upgrade`"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import Message, Misuse, Stopped, _, ngettext, translator
from ._language import Spoken, system_language
from ._options import lang_option, root_argument

if TYPE_CHECKING:
    from ..records.upgrades import Plan


@click.command("upgrade", cls=Spoken)
@root_argument
@lang_option
def command(root: Path, lang: str | None) -> None:
    """Bring the files of ROOT to the format that this Coopbook reads.

    Only the lines that change are touched; what was done is said file by file. Nothing is written
    while a vote is open, or where a file cannot be read. A second run has nothing to do.
    """
    from ..records.load import missing_coop
    from ..records.upgrades import PRESENT, format_of, other_format, plan, write

    say = translator(lang or system_language())
    if wrong := missing_coop(root):
        raise Misuse(wrong)
    number = format_of(root)
    if number is None or number < 1:
        raise Misuse(
            _(
                "coop.yml does not say of which format these files are: write “format: 1” or "
                "another."
            )
        )
    if number > PRESENT:
        raise Misuse(other_format(root) or Message(""))
    made = plan(root)
    if number == PRESENT and not made.files:
        done = _(
            "These files are of format {number} already: there is nothing to do.", number=number
        )
        print(say(done))
        return
    _require_ready(made)
    write(root, made)
    for file in made.files:
        words = Message(", ".join(f"{old} → {new}" for old, new in made.changes[file]))
        print(say(_("{file}: {changes}", file=file, changes=words)))
    print(
        say(
            ngettext(
                "{count} file is now of format {number}. Check it, and commit it as a change of its"
                " own.",
                "{count} files are now of format {number}. Check them, and commit them as a "
                "change of"
                " their own.",
                len(made.files),
                number=PRESENT,
            )
        )
    )


def _require_ready(made: Plan) -> None:
    """Raise Stopped where a file cannot be read, and Misuse while a vote is open."""
    if made.faults:
        told = [_("{file}: {fault}", file=file, fault=one) for file, one in made.faults.items()]
        raise Stopped(*told, _("Nothing was written."))
    if waiting := _open_votes(made):
        raise Misuse(*waiting, _("Nothing was written."))


def _open_votes(made: Plan) -> list[Message]:
    from ..decisions.status import VOTING

    return [
        _(
            "{file} is put to the vote until {instant}: upgrade when its result is written.",
            file=file,
            instant=(value.get("second") or value).get("closes") or "…",
        )
        for (kind, file), value in made.values.items()
        if kind == "proposal" and value.get("status") in VOTING
    ]
