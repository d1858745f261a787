"""The command `coopbook verify`."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import Misuse, _
from ._exits import FAILED, require_coop, speak
from ._language import Spoken, say_in_terminal
from ._options import lang_option, root_argument

if TYPE_CHECKING:
    from ..base.messages import Translator
    from ..decisions.verification import Verdict

_NOTED = re.compile(r"([1-9][0-9]{0,6}):([0-9a-f]{12,64})")


@click.command("verify", cls=Spoken)
@root_argument
@click.option(
    "--against",
    metavar="REV",
    multiple=True,
    help=say_in_terminal(
        _("A tag or a commit: all that was settled in it must be here, unchanged.")
    ),
)
@click.option(
    "--noted",
    metavar="NUMBER:FINGERPRINT",
    multiple=True,
    help=say_in_terminal(_("A fingerprint that was written down, on paper perhaps.")),
)
@click.option(
    "--journals",
    is_flag=True,
    help=say_in_terminal(_("The journals that results and notes name must be in this clone.")),
)
@lang_option
def command(
    root: Path,
    against: tuple[str, ...],
    noted: tuple[str, ...],
    journals: bool,
    lang: str | None,
) -> None:
    """Prove that no result of a vote in ROOT was changed since.

    Every result is counted again from what was kept of it, and the fingerprint that the next one
    holds of it is compared; the proofs of ballots and the annexes of minutes must hold what they
    held. The last fingerprint is printed: whoever keeps it elsewhere, in signed minutes perhaps,
    can prove all results up to that day. Against an earlier version, minutes, wordings of articles,
    decided proposals and ballots are compared, too. The journals of votes on a forge that this
    clone has (refs/coopbook/votes) must be whole, and go on from what results and
    decisions/journals.yml say of them.
    """
    from .. import checks
    from ..base.messages import translator
    from ..decisions.verification import (
        compare_fingerprint,
        compare_results,
        compare_settled,
        faults_of_results,
        summarize_results,
    )
    from ..pull_requests.proving import verify_journals
    from ..records.load import load
    from ..records.opening import today_of
    from ._report import print_faults
    from ._revisions import load_revision

    require_coop(root)
    today = today_of(root, datetime.now(UTC))
    book = load(root, today)
    say = speak(translator(book.index.usage(lang or book.index.languages[0])))
    faults = faults_of_results(book.index, checks.check(book))
    print_faults(book, faults, say)
    for message in () if faults else summarize_results(book.index):
        print(say(message))
    sound = not faults
    sound &= _print_verdict(verify_journals(book, root, journals), say)
    for revision in against:
        earlier = load_revision(root, revision, today)
        sound &= _print_verdict(compare_results(book, earlier.index, revision), say)
        settled, changed = (
            checks.settled_records(earlier.index),
            checks.check_settled(earlier, book),
        )
        sound &= _print_verdict(compare_settled(settled, changed, earlier.index, revision), say)
    for mark in noted:
        sound &= _print_verdict(compare_fingerprint(book.index, *_read_mark(mark)), say)
    raise SystemExit(0 if sound else FAILED)


def _print_verdict(verdict: Verdict, say: Translator) -> bool:
    """Print what holds and what does not; whether all does."""
    for message in [*verdict.held, *verdict.broken]:
        print(say(message))
    return not verdict.broken


def _read_mark(mark: str) -> tuple[int, str]:
    """A result's number and its fingerprint, or the beginning of it. Raises Misuse for others."""
    form = _NOTED.fullmatch(mark.replace(" ", "").lower())
    if form is None:
        raise Misuse(
            _(
                "“{value}” is not a number, a colon and a fingerprint, such as 7:3f2a9c018b7d.",
                value=mark,
            )
        )
    return int(form[1]), form[2]
