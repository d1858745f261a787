"""Prove that nothing that was decided was changed since: against an earlier revision, or a
fingerprint that was noted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..base.diagnostics import Diagnostic
from ..base.messages import Message, _, ngettext
from ..records.evidence import sum_files
from ..records.index import Entry, Index
from ..records.load import Book
from .protected_files import protected_sums
from .result_chain import results, seal
from .types import Result

CHECKS = (
    "broken-result-chain",
    "changed-evidence",
    "miscounted-result",
    "missing-evidence",
    "unsealed-evidence",
)


@dataclass
class Verdict:
    """What holds and what does not, in sentences."""

    held: list[Message] = field(default_factory=list)
    broken: list[Message] = field(default_factory=list)


def faults_of_results(index: Index, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What a check found that a result, or what proves it, is not as it was counted."""
    files = {entry.file for entry in index.of("result")}
    return [
        item
        for item in found
        if item.check in CHECKS or (item.severity == "error" and item.file in files)
    ]


def summarize_results(index: Index) -> list[Message]:
    """How many results and proofs hold, where nothing was found wrong, and the last fingerprint."""
    every = results(index)
    said = [ngettext("{count} result holds.", "{count} results hold.", len(every))]
    if count := len({proof.file for proof in index.proofs if proof.file}):
        said.append(
            ngettext(
                "{count} proof is as it was noted.", "{count} proofs are as they were noted.", count
            )
        )
    if every:
        number, fingerprint = Result.of(every[-1]).number, seal(every[-1])
        said.append(
            _("Last fingerprint: {number}:{fingerprint}", number=number, fingerprint=fingerprint)
        )
    return said


def compare_results(book: Book, earlier: Index, name: str) -> Verdict:
    """Whether an earlier book's results, and what proves them, are all here, unchanged.

    Args:
        book: The co-op now.
        earlier: Its records as they were.
        name: How the earlier revision is called.
    """
    verdict = Verdict()
    before = [entry for entry in earlier.of("result") if entry.sound]
    now = {entry.id: seal(entry) for entry in book.index.of("result")}
    lost = [entry for entry in before if now.get(entry.id) != seal(entry)]
    verdict.broken += [_lost(entry.file, name, gone=entry.id not in now) for entry in lost]
    if not lost:
        verdict.held.append(
            ngettext(
                "{count} result of {base} is here as it was.",
                "{count} results of {base} are here as they were.",
                len(before),
                base=name,
            )
        )
    noted = protected_sums(earlier)
    held = sum_files(book.root, noted)
    changed = [file for file, sum in noted.items() if held.get(file) != sum]
    verdict.broken += [_lost(file, name, gone=file not in held) for file in changed]
    if noted and not changed:
        verdict.held.append(
            ngettext(
                "{count} proof of {base} is here as it was.",
                "{count} proofs of {base} are here as they were.",
                len(noted),
                base=name,
            )
        )
    return verdict


def compare_settled(
    settled: Iterable[Entry], found: Iterable[Diagnostic], earlier: Index, name: str
) -> Verdict:
    """Whether what was settled in an earlier book is here, unchanged: minutes, wordings of
    articles, decided proposals, ballots. Results are compared by their fingerprints.

    Args:
        settled: What was settled in the earlier book.
        found: What a comparison of the two books found.
        earlier: The records as they were.
        name: How the earlier revision is called.
    """
    results_files = {entry.file for entry in earlier.of("result")}
    count = sum(entry.file not in results_files for entry in settled)
    verdict = Verdict(
        broken=[
            _("{file}: {fault} ({base})", file=item.file, fault=item.message, base=name)
            for item in found
            if item.file not in results_files
        ]
    )
    if count and not verdict.broken:
        verdict.held.append(
            ngettext(
                "{count} other record that was settled in {base} is here as it was.",
                "{count} other records that were settled in {base} are here as they were.",
                count,
                base=name,
            )
        )
    return verdict


def _lost(file: str, name: str, gone: bool) -> Message:
    if gone:
        return _("{file} was there in {base}, and is gone.", file=file, base=name)
    return _("{file} is not what it was in {base}.", file=file, base=name)


def compare_fingerprint(index: Index, number: int, fingerprint: str) -> Verdict:
    """Whether the result with a number still has the fingerprint, or its beginning, that was
    noted.
    """
    entry = next((one for one in results(index) if Result.of(one).number == number), None)
    if entry is None:
        return Verdict(broken=[_("There is no result with number {number}.", number=str(number))])
    if seal(entry).startswith(fingerprint):
        words = _("Number {number} is as it was noted: {file}", number=str(number), file=entry.file)
        return Verdict(held=[words])
    return Verdict(
        broken=[_("{file} is not what it was when its fingerprint was noted.", file=entry.file)]
    )
