"""`coopbook verify`"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import _, ngettext
from ._exits import refuse, require_coop
from ._language import Spoken, said, system_language
from ._options import lang_option, root_argument

if TYPE_CHECKING:
    from ..base.messages import Message, Translator
    from ..records.index import Index
    from ..records.load import Book

_NOTED = re.compile(r"([1-9][0-9]{0,6}):([0-9a-f]{12,64})")
CHECKS = ("result-chain", "result-recount", "evidence")


@click.command("verify", cls=Spoken)
@root_argument
@click.option(
    "--against",
    metavar="REV",
    multiple=True,
    help=said(_("A tag or a commit: its results and their proofs must all be here, unchanged.")),
)
@click.option(
    "--noted",
    metavar="NUMBER:FINGERPRINT",
    multiple=True,
    help=said(_("A fingerprint that was written down, on paper perhaps.")),
)
@lang_option
def command(root: Path, against: tuple[str, ...], noted: tuple[str, ...], lang: str | None) -> None:
    """Prove that no result of a vote in ROOT was changed since.

    Every result is counted again from what was kept of it, and the fingerprint that the next one holds of it is compared; the proofs of
    ballots and the annexes of minutes must hold what they held. The last fingerprint is printed: whoever keeps it elsewhere, in signed
    minutes perhaps, can prove all results up to that day.
    """
    from ..base.messages import translator
    from ..records.load import load

    require_coop(root, lang or system_language())
    book = load(root, date.today())
    say = translator(book.index.usage(lang or book.index.languages[0]))
    sound = _told(book, say)
    for revision in against:
        sound &= _said(_against(root, revision, book, say), say)
    for mark in noted:
        sound &= _said(_noted(mark, book, say), say)
    raise SystemExit(0 if sound else 1)


def _told(book: Book, say: Translator) -> bool:
    """Whether every result holds; the last fingerprint is told where they do."""
    from .. import checks
    from ..base.diagnostics import as_text
    from ..decisions.result_chain import results, seal
    from ..records.excerpts import Places

    files = {entry.file for entry in book.index.of("result")}
    found = [
        item
        for item in checks.check(book)
        if item.check in CHECKS or (item.severity == "error" and item.file in files)
    ]
    places = Places(book.root)
    for item in found:
        print(as_text(item, say, places.lines))
    if found:
        return False
    there = results(book.index)
    print(say(ngettext("{count} result holds.", "{count} results hold.", len(there))))
    if count := len({proof.file for proof in book.index.proofs if proof.file}):
        print(
            say(
                ngettext(
                    "{count} proof is as it was noted.",
                    "{count} proofs are as they were noted.",
                    count,
                )
            )
        )
    if there:
        print(
            say(
                _(
                    "Last fingerprint: {number}:{fingerprint}",
                    number=there[-1].get("number"),
                    fingerprint=seal(there[-1]),
                )
            )
        )
    return True


def _said(wrong: list[Message], say: Translator) -> bool:
    for message in wrong:
        print(say(message))
    return not wrong


def _against(root: Path, revision: str, book: Book, say: Translator) -> list[Message]:
    """What of an earlier revision's results is not here any more, or not as it was."""
    from ..decisions.result_chain import seal
    from ._revisions import book_at

    earlier = book_at(root, revision, date.today(), say).index
    before = [entry for entry in earlier.of("result") if entry.sound]
    now = {entry.id: seal(entry) for entry in book.index.of("result")}
    lost = [entry for entry in before if now.get(entry.id) != seal(entry)]
    kept = ngettext(
        "{count} result of {base} is here as it was.",
        "{count} results of {base} are here as they were.",
        len(before),
        base=revision,
    )
    if not lost:
        print(say(kept))
    return [_lost(entry.file, revision, gone=entry.id not in now) for entry in lost] + _proofs_lost(
        root, revision, earlier, say
    )


def _proofs_lost(root: Path, revision: str, earlier: Index, say: Translator) -> list[Message]:
    """What proved an earlier revision's closed votes and approved minutes, and is not here any more, or not as it was."""
    from ..decisions.protected_files import stands_on
    from ..records.evidence import sums

    before = stands_on(earlier)
    now = sums(root, before)
    lost = [file for file, sum in before.items() if now.get(file) != sum]
    if before and not lost:
        kept = ngettext(
            "{count} proof of {base} is here as it was.",
            "{count} proofs of {base} are here as they were.",
            len(before),
            base=revision,
        )
        print(say(kept))
    return [_lost(file, revision, gone=file not in now) for file in lost]


def _lost(file: str, revision: str, gone: bool) -> Message:
    if gone:
        return _("{file} was there in {base}, and is gone.", file=file, base=revision)
    return _("{file} is not what it was in {base}.", file=file, base=revision)


def _noted(mark: str, book: Book, say: Translator) -> list[Message]:
    """Whether a fingerprint written down earlier is still that of the result with this number."""
    from ..decisions.result_chain import results, seal

    form = _NOTED.fullmatch(mark.replace(" ", "").lower())
    if form is None:
        refuse(
            _(
                "“{value}” is not a number, a colon and a fingerprint, such as 7:3f2a9c018b7d.",
                value=mark,
            ),
            say,
        )
        return []
    entry = next((one for one in results(book.index) if one.get("number") == int(form[1])), None)
    if entry is None:
        return [_("There is no result with number {number}.", number=form[1])]
    if seal(entry).startswith(form[2]):
        print(say(_("Number {number} is as it was noted: {file}", number=form[1], file=entry.file)))
        return []
    return [_("{file} is not what it was when its fingerprint was noted.", file=entry.file)]
