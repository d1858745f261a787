"""The files that what is decided stands on: nobody can change them without the proof being lost."""

from __future__ import annotations

from ..base.once import once
from ..records.evidence import FOLDER, Proof
from ..records.index import Index
from .types import Minutes, vote_and_member
from .votes import is_closed


def protected_sums(index: Index) -> dict[str, str]:
    """What proves closed votes and approved minutes: files with the SHA-256 of what they hold
    now.
    """
    named = {proof.file for proof in index.proofs if _final(index, proof)}
    return {
        file: sum
        for file, sum in index.sums.items()
        if file in named or _of_a_closed_vote(index, file)
    }


def _final(index: Index, proof: Proof) -> bool:
    if proof.kind == "minutes":
        minutes = index.find("minutes", proof.id)
        return bool(minutes and Minutes.of(minutes).is_settled)
    return proof.kind in ("ballot", "count") and is_closed(index, vote_and_member(proof.id)[0])


def _of_a_closed_vote(index: Index, file: str) -> bool:
    return file.startswith(FOLDER) and is_closed(index, file.removeprefix(FOLDER).partition("/")[0])


def proof_sums(index: Index, vote: str) -> set[str] | None:
    """The SHA-256 of what proves the ballots of a vote, as they say it; None where one of them
    cannot be read whole.
    """
    return None if vote in _unread_votes(index) else _ballot_proofs(index).get(vote, set())


@once
def _unread_votes(index: Index) -> set[str]:
    """Votes with a ballot that cannot be read whole."""
    return {vote_and_member(entry.id)[0] for entry in index.of("ballot") if not entry.sound}


@once
def _ballot_proofs(index: Index) -> dict[str, set[str]]:
    """What the ballots of each vote say that their proof sums to."""
    found: dict[str, set[str]] = {}
    for proof in index.proofs:
        if proof.kind == "ballot":
            found.setdefault(vote_and_member(proof.id)[0], set()).add(proof.sha256)
    return found
