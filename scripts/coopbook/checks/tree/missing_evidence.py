"""A file that a record names as its proof is here.

Named are the proofs of ballots and of tellers' counts (`evidence`), the annexes of minutes and the
scan of what the register keeps (`original`). `file` is a path from the top of the co-op's folder,
such as `decisions/evidence/budget-2027/bulletins.pdf`. What is kept in another place, in the safe
or the register, has no `file`: its `sha256` alone, and `where` it is in a few words. A result needs
the ballots that name what it counted.

## Why
Years later a vote can be proved by the papers behind it alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _, ngettext
from ...decisions.protected_files import proof_sums
from ...decisions.tally.record import VoteRecord
from ...decisions.types import Minutes
from ...records.evidence import is_path_inside, take_once_a_vote
from ...records.index import Index
from ...records.model import Record

KIND = ("ballot", "count", "minutes", "result")
SEES_REFUSED = True

HELP = _(
    "Put it into decisions/evidence/ and write its path from the top of the folder, or take "
    "“file” out and say in “where” where it is kept."
)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "minutes":
        for number, one in enumerate(Minutes.of(record).annexes):
            if not (one.file or one.where or one.sha256 or record.refused):
                yield record.fault(
                    _("Where is this annex?"),
                    "annexes",
                    number,
                    help=_("Write “file”, or “where”."),
                )
    if record.kind.name == "result":
        try:
            deeds = VoteRecord.of(record.beside).deeds
        except (KeyError, TypeError, ValueError):  # told by `miscounted-result`
            return
        counted = {deed.evidence for deed in deeds if deed.evidence}
        held = proof_sums(index, record.id)
        if held is not None and (lost := len(counted - held)):
            message = ngettext(
                "{count} proof that was counted is named by no ballot any more.",
                "{count} proofs that were counted are named by no ballot any more.",
                lost,
            )
            yield record.fault(message, help=_("Put the ballots back as they were."))


def check_index(index: Index) -> Iterator[Diagnostic]:
    for proof in take_once_a_vote(index.proofs):
        if not is_path_inside(proof.file):
            message = _("“{file}” is no path in the co-op's folder.", file=proof.file)
        elif proof.file not in index.sums:
            message = _("There is no file “{file}” here.", file=proof.file)
        else:
            continue
        yield Diagnostic(proof.record, message, HELP, (*proof.path, "file"))
