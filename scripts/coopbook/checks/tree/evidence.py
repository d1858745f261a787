"""A file that a record names as its proof, with its SHA-256, is here, and holds what it held.

Named are the proofs of ballots and of tellers' counts (`evidence`), the annexes of minutes and the
scan of what the register keeps (`original`). `file` is a path from the top of the co-op's folder,
such as `decisions/evidence/budget-2027/bulletins.pdf`. What is kept in another place, in the safe
or the register, has no `file`: its `sha256` alone, and `where` it is in a few words. A result needs
the ballots that name what it counted. With the files before the change (`coopbook check --base`):
what proves a closed vote, or approved minutes, does not change and does not go, and neither do the
fingerprints.

## Why
Years later a vote can be proved by the papers behind it alone, and only if they are still the same
papers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _, ngettext
from ...decisions.protected_files import proven, stands_on
from ...records.evidence import FOLDER, Proof, fits
from ...records.index import Index
from ...records.model import Record, dig

KIND = ("ballot", "count", "minutes", "result")
SEES_REFUSED = True

BACK = _("Put it back as it was.")
HELP = _(
    "Put it into decisions/evidence/ and write its path from the top of the folder, or take "
    "“file” out and say in “where” where it is kept."
)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "minutes":
        for number, one in enumerate(record.get("annexes") or ()):
            if not {"file", "where", "sha256"} & one.keys() and not record.refused:
                yield record.error(
                    _("Where is this annex?"),
                    "annexes",
                    number,
                    help=_("Write “file”, or “where”."),
                )
    if record.kind.name == "result":
        rows: list[Any] = found if isinstance(found := dig(record.beside, "events"), list) else []
        counted = {
            row["evidence"]
            for row in rows
            if isinstance(row, dict) and isinstance(row.get("evidence"), str)
        }
        held = proven(index, record.id)
        if held is not None and (lost := len(counted - held)):
            message = ngettext(
                "{count} proof that was counted is named by no ballot any more.",
                "{count} proofs that were counted are named by no ballot any more.",
                lost,
            )
            yield record.error(message, help=_("Put the ballots back as they were."))


def check_index(index: Index) -> Iterator[Diagnostic]:
    """Each file once a vote, however many of its ballots name it."""
    told: set[tuple[str, str, str]] = set()
    for proof in sorted(index.proofs, key=lambda proof: proof.record):
        key = proof.record.rpartition("/")[0], proof.file, proof.sha256
        wrong = _wrong(proof, index.sums) if proof.file and key not in told else None
        told.add(key)
        if wrong:
            yield Diagnostic(proof.record, *wrong, (*proof.path, "file"))


def _wrong(proof: Proof, sums: dict[str, str]) -> tuple[Message, Message] | None:
    if not fits(proof.file):
        return _("“{file}” is no path in the co-op's folder.", file=proof.file), HELP
    if proof.file not in sums:
        return _("There is no file “{file}” here.", file=proof.file), HELP
    if not proof.sha256:
        help = _("Write: sha256: {sha256}", sha256=sums[proof.file])
        return _("Nothing says what “{file}” held: it could be exchanged.", file=proof.file), help
    if sums[proof.file] != proof.sha256:
        help = _(
            "Put the file back as it was. If its fingerprint was noted wrongly: sha256: {sha256}",
            sha256=sums[proof.file],
        )
        return _(
            "“{file}” is not what it was when its fingerprint was noted.", file=proof.file
        ), help
    return None


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    """What is named with its fingerprint as before is told by `check_index`; what no record names
    any more, with the record.
    """
    named = {(proof.file, proof.sha256) for proof in after.proofs}
    for file, was in stands_on(before).items():
        now = after.sums.get(file, "")
        if now == was or (file, was) in named or not file.startswith(FOLDER):
            continue
        gone = _("“{file}” proves what was decided, and is gone.", file=file)
        changed = _("“{file}” proves what was decided, and is not what it was.", file=file)
        yield Diagnostic(file, changed if now else gone, BACK)
