"""The command `coopbook upgrade`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.atomic_files import replace_all
from ..base.messages import Message, Misuse, Stopped, _, ngettext, translator
from ..decisions.kinds import PROPOSAL
from ._language import Spoken, system_language
from ._options import lang_option, root_argument

if TYPE_CHECKING:
    from ..records.upgrades import Plan


@click.command("upgrade", cls=Spoken)
@root_argument
@lang_option
def command(root: Path, lang: str | None) -> None:
    """Bring the files of ROOT to the format that this Coopbook reads.

    Only the lines that change are touched; what was done is said file by file. Files for the forge
    that Coopbook laid and nobody changed become those of this Coopbook; changed ones are named.
    Nothing is written while a vote is open, or where a file cannot be read. A second run has
    nothing to do.
    """
    from ..editing.starter import find_outdated
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
    made, starter = plan(root), find_outdated(root)
    _require_ready(made)
    for file, ours in starter.own.items():
        told = _(
            "{file} was changed here and stays as it is, but Coopbook's own has changed since: "
            "compare it with {other}.",
            file=file,
            other=Message(str(ours)),
        )
        print(say(told), file=sys.stderr)
    if number == PRESENT and not made.files and not starter.files:
        done = _(
            "These files are of format {number} already: there is nothing to do.", number=number
        )
        print(say(done))
        return
    replace_all(root, starter.files)
    write(root, made)
    for file in made.files:
        words = Message(", ".join(f"{old} → {new}" for old, new in made.changes[file]))
        print(say(_("{file}: {changes}", file=file, changes=words)))
    for file in starter.files:
        print(say(_("{file}: as this Coopbook lays it", file=file)))
    if not made.files:
        return
    if made.declared:
        names = Message(", ".join(made.declared))
        print(
            say(
                _(
                    "Declared in coop.yml, under “beside”, because it lies at the top and is no "
                    "part of the book: {names}. Take out what should not be there.",
                    names=names,
                )
            )
        )
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
        if kind == PROPOSAL and value.get("status") in VOTING
    ]
