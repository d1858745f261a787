"""The command `coopbook upgrade`."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.atomic_files import replace_all
from ..base.messages import Message, Misuse, Stopped, _, ngettext, translator
from ..decisions.kinds import PROPOSAL
from ..records.starter_files import MARK, REQUIREMENTS
from ._language import Spoken, say_in_terminal, system_language
from ._options import lang_option, root_argument, today_option
from ._requirement import Origin, origin

if TYPE_CHECKING:
    from ..base.messages import Translator
    from ..editing.starter_upgrade import StarterPlan
    from ..records.upgrades import Plan


@click.command("upgrade", cls=Spoken)
@root_argument
@click.option(
    "--source",
    metavar="REQUIREMENT",
    help=say_in_terminal(
        _("Where others install this Coopbook from; else from where this one came.")
    ),
)
@lang_option
@today_option
def command(root: Path, source: str | None, lang: str | None, today: date) -> None:
    """Bring the files of ROOT to what this Coopbook reads and lays.

    Only the lines that change are touched; what was done is said file by file. Files for the forge
    that Coopbook laid become those of this Coopbook, with what was changed in them here; where
    both changed the same lines, yours stays and ours lies beside it. Then it says which checks
    have something to say. Nothing is written while a vote is open, or where a file cannot be read.
    A second run has nothing to do.
    """
    from ..checks import all_checks
    from ..editing.starter_upgrade import plan_starter
    from ..records.upgrades import PRESENT, plan, write

    say = translator(lang or system_language())
    number = _require_format(root)
    made_by = Origin(source) if source else origin()
    made = plan(root)
    _require_ready(made)
    starter = plan_starter(root, all_checks(), made_by.requirement, pinned=not made_by.wrong)
    if number == PRESENT and not made.files and not starter.files:
        _tell_what_lies_beside(starter, say)
        done = _(
            "These files are of format {number} already: there is nothing to do.", number=number
        )
        print(say(done))
        return
    replace_all(root, starter.files)
    write(root, made)
    _tell_format(made, say)
    _tell_starter(starter, say)
    _tell_what_lies_beside(starter, say)
    for wrong, help in made_by.wrong if starter.pin else ():
        print(f"{say(wrong)}\n  {say(help)}", file=sys.stderr)
    if starter.files:
        _tell_checks(root, today, starter, lang or system_language())


def _require_format(root: Path) -> int:
    """The format of a folder's files. Raises Misuse where they are of none that can be upgraded."""
    from ..records.load import missing_coop
    from ..records.upgrades import PRESENT, format_of, other_format

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
    return number


def _tell_format(made: Plan, say: Translator) -> None:
    """Say which words of the records changed."""
    from ..records.upgrades import PRESENT

    for file in made.files:
        words = Message(", ".join(f"{old} → {new}" for old, new in made.changes[file]))
        print(say(_("{file}: {changes}", file=file, changes=words)))
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
    if made.files:
        print(
            say(
                ngettext(
                    "{count} file is now of format {number}. Check it, and commit it as a change"
                    " of its own.",
                    "{count} files are now of format {number}. Check them, and commit them as a"
                    " change of their own.",
                    len(made.files),
                    number=PRESENT,
                )
            )
        )


def _tell_starter(starter: StarterPlan, say: Translator) -> None:
    """Say what became of each file that Coopbook lays."""
    if starter.pin and REQUIREMENTS in starter.files:
        old, new = (Message(line) for line in starter.pin)
        print(say(_("{file}: {old} → {new}", file=Message(REQUIREMENTS), old=old, new=new)))
    told = [
        *(_("{file}: as this Coopbook lays it", file=file) for file in starter.renewed),
        *(
            _("{file}: what was changed here stays, and what is new is there", file=file)
            for file in starter.merged
        ),
        *(_("{file}: new, as this Coopbook lays it", file=file) for file in starter.added),
    ]
    for words in told:
        print(say(words))
    if MARK in starter.files:
        print(say(_("{file}: says what Coopbook has laid here; keep it", file=MARK)))


def _tell_what_lies_beside(starter: StarterPlan, say: Translator) -> None:
    """Say what could not be merged, now or by an earlier upgrade."""
    for file, other in starter.beside.items():
        told = _(
            "{file} was changed here in the lines that Coopbook has changed, too: it stays as it "
            "is, and Coopbook's own lies beside it. Take over what you want of {other}, then "
            "delete that.",
            file=file,
            other=other,
        )
        print(say(told), file=sys.stderr)
    for other in sorted({*starter.waiting} - {*starter.beside.values()}):
        told = _(
            "{other} still lies beside your own: take over what you want of it, then delete it.",
            other=other,
        )
        print(say(told), file=sys.stderr)


def _tell_checks(root: Path, today: date, starter: StarterPlan, language: str) -> None:
    """Say which checks have something to say, those that there were not before first."""
    from ..base.messages import document_message
    from ..checks import all_checks
    from ._report import read

    say, known = translator(language), all_checks()
    _book, found = read(root, today, language)
    counts = Counter(item.check for item in found)
    new = [slug for slug in sorted(counts) if slug in starter.new_checks]
    if starter.first_mark:
        told = [(_("Checks that have something to say:"), sorted(counts))]
    else:
        told = [
            (_("New checks that have something to say:"), new),
            (_("Checks of before that have something to say:"), sorted({*counts} - {*new})),
        ]
    for title, slugs in told:
        if not slugs:
            continue
        print(say(title))
        for slug in slugs:
            document = document_message(known[slug].document) if slug in known else None
            what = say(document).splitlines()[0] if document else ""
            print(f"  {counts[slug]:5} × {slug:24} {what}".rstrip())
    if counts:
        print(say(_("Where, and what mends it: coopbook check {folder}", folder=root)))


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
