"""A teller's sheet into ballot files and their proof: all of them or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path, PurePath
from typing import Any

from ...base.atomic_files import all_or_none, replace_file
from ...base.decoding import letters
from ...base.diagnostics import suggestion
from ...base.formats import slug
from ...base.hashing import of_value
from ...base.messages import Message, Misuse, _
from ...records.evidence import ENDINGS
from ...records.evidence import FOLDER as EVIDENCE
from ...records.index import Entry, Index
from ...records.load import Book
from ...yaml_files.editor import render
from ..credentials import WAIT
from ..tally.arithmetic import Choice
from ..tally.events import instant
from ..types import Member, Proposal
from ..votes import is_secret, rules_of, tellers, text_of, vote_id, voters
from .addresses import Addresses, addresses_in_vote, doubt_address, sender_of
from .sheet import Fault, Vote, is_belenios, known_names, read_sheet

_MOST_REASON = 2000
MAIL = ".eml"
"""How a saved mail is named."""


@dataclass(frozen=True)
class SheetOptions:
    """What is said of a sheet besides its own words.

    Attributes:
        teller: The member who answers for the ballots.
        member: The column that names the member, where it is not found by itself.
        choice: The column of the choice, where it is not found by itself.
        words: What words or codes of the sheet mean, besides those that everybody knows.
        cast_at: When the ballots were cast, where the sheet does not say.
        keep_evidence: Whether the proof itself is kept, not its fingerprint alone.
    """

    teller: str
    member: str = ""
    choice: str = ""
    words: Mapping[str, Choice] = field(default_factory=dict)
    cast_at: datetime | None = None
    keep_evidence: bool = True


@dataclass(frozen=True)
class File:
    """A file that proves something: its name and what it holds."""

    name: str
    data: bytes


@dataclass(frozen=True)
class ImportedBallots:
    """What a sheet gives. Where something is doubtful, there is nothing to write.

    Attributes:
        remarks: What to say of lines, in their order; those of people who have not voted are among
            them.
        doubts: How many of them stand in the way.
        folder: The folder of the ballots, in the co-op's.
        ballots: The ballot files, by their names in that folder.
        evidence: Where the proof is kept in the co-op's folder; empty where it is not.
        evidence_data: What the proof holds.
    """

    remarks: list[Fault]
    doubts: int
    folder: str = ""
    ballots: dict[str, bytes] = field(default_factory=dict)
    evidence: str = ""
    evidence_data: bytes = b""


def import_ballots(
    book: Book,
    entry: Entry,
    sheet: File,
    evidence: File,
    options: SheetOptions,
    now: datetime,
    earlier: Book | None = None,
) -> ImportedBallots:
    """The ballot files that a teller's sheet gives, and where its proof goes. Nothing is written.

    Args:
        book: The co-op.
        entry: The proposal that was voted on, complete enough to be counted.
        sheet: A CSV file, of a spreadsheet or of another tool.
        evidence: What proves the ballots; the sheet itself, often.
        options: What is said of the sheet besides its own words.
        now: The present instant: no ballot without a time of its own is cast later.
        earlier: The co-op as it was when e-mail addresses had to stand in members' files to count
            in this vote (`since_when`); None where that cannot be seen, which is told.

    Raises:
        Misuse: Where this vote, this teller or this file cannot give ballots.
    """
    index = book.index
    text = letters(sheet.data)
    _require_open_ballots(
        index, entry, options.teller, totals=text is not None and is_belenios(text)
    )
    if text is None:
        raise Misuse(_("“{file}” is no CSV: save the sheet as CSV first.", file=sheet.name))
    known = addresses_in_vote(book, earlier)
    names = [*names_of_members(book), *((id, [one]) for one, id in known.counting.items())]
    found = read_sheet(text, known_names(names), options.member, options.choice, options.words)
    closes = instant(Proposal.of(entry).days.closes)
    cast_at = options.cast_at or min(closes, now)
    votes = [
        vote._replace(at=_in_zone(vote.at, closes.tzinfo) if vote.at else cast_at)
        for vote in found.votes
    ]
    sender = sender_of(evidence.data) if evidence.name.lower().endswith(MAIL) else None
    faults = [
        *found.faults,
        *_uncountable(book, entry, votes),
        *_of_strangers(votes, sender, known),
    ]
    left = [*found.left, *(_unseen_addresses(votes, sender) if earlier is None else ())]
    remarks = sorted([*left, *faults], key=lambda fault: fault.line)
    if faults or not votes:
        return ImportedBallots(remarks, len(faults))
    kept = ""
    if options.keep_evidence and not index.settings.is_in_public:
        kept = _evidence_path(book.root, vote_id(entry), evidence)
    proof = ({"file": kept} if kept else {}) | {"sha256": hashlib.sha256(evidence.data).hexdigest()}
    ballots = _render_ballots(index, entry, votes, options.teller, proof)
    folder = f"decisions/ballots/{vote_id(entry)}"
    return ImportedBallots(remarks, 0, folder, ballots, kept, evidence.data)


def since_when(entry: Entry) -> datetime:
    """When an e-mail address had to stand in a member's file to count in a vote."""
    return instant(Proposal.of(entry).days.opens) - WAIT


def write_count(root: Path, file: str, content: bytes) -> None:
    """Write what a teller counted, in the place of what they counted before."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, content)


def write_ballots(root: Path, found: ImportedBallots) -> None:
    """Write the proof, then the ballots, which nobody sees before all are there."""
    if found.evidence:
        path = root / found.evidence
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():  # the same proof is kept once
            replace_file(path, found.evidence_data)
    all_or_none(root / found.folder, found.ballots)


def _require_open_ballots(index: Index, entry: Entry, teller: str, totals: bool) -> None:
    """Raises Misuse where no ballots with names can be brought in by this teller."""
    if totals:
        raise Misuse(_where_totals_go(index, entry, teller))
    if is_secret(index, entry):
        raise Misuse(
            _(
                "This vote is secret: no ballot may bear a name. Two tellers write its totals: "
                "see “coopbook explain faulty-secret-count”."
            )
        )
    if vote_id(entry) in index.by_id("result") or Proposal.of(entry).is_closed:
        raise Misuse(_("This vote is closed: its ballots cannot change."))
    known = tellers(index, entry)
    if teller not in known:
        near = suggestion(teller, known)
        raise Misuse(_("“{by}” is no teller of this vote. {help}", by=teller, help=near))


def _where_totals_go(index: Index, entry: Entry, teller: str) -> Message:
    if not is_secret(index, entry):
        return _(
            "Belenios gives totals and no ballots: they count in a secret vote alone, "
            "and this one is not secret."
        )
    return _(
        "Belenios gives totals and no ballots: two tellers write them, each alone. "
        "Yours go into {file}: see “{command}”.",
        file=f"decisions/counts/{vote_id(entry)}/{teller}.yml",
        command="coopbook explain faulty-secret-count",
    )


def names_of_members(book: Book) -> Iterator[tuple[str, list[str]]]:
    """Each member's other names: accounts, e-mail, display name."""
    for record in book.records():
        if record.kind.name == "member":
            member = Member.of(record)
            names = [member.email, member.name.display, *(one.login for one in member.accounts)]
            yield record.id, [name for name in names if name]


def _in_zone(at: datetime, zone: tzinfo | None) -> datetime:
    """An instant without a zone of its own is one of the zone in which the vote closes."""
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _uncountable(book: Book, entry: Entry, votes: Iterable[Vote]) -> Iterator[Fault]:
    """Votes that could not count: of strangers, too early or late, or beside another ballot."""
    asked = Proposal.of(entry)
    electorate = voters(book.index, entry).without(asked.recused)
    opens, closes = instant(asked.days.opens), instant(asked.days.closes)
    for vote in votes:
        file = f"decisions/ballots/{vote_id(entry)}/{vote.member}.yml"
        if electorate.find(vote.member) is None:
            yield Fault(
                vote.line,
                "",
                _("“{member}” may not vote on this.", member=vote.member),
                _("Take the line out."),
            )
        elif (book.root / file).exists():
            yield Fault(
                vote.line,
                "",
                _("“{member}” has voted already: {file}.", member=vote.member, file=file),
                _("Take the line out."),
            )
        elif vote.at and not opens <= vote.at <= closes:
            yield Fault(
                vote.line,
                "",
                _("Not cast while the vote was open: {instant}.", instant=vote.at.isoformat()),
                _(
                    "The vote is open from {opens} to {closes}.",
                    opens=opens.isoformat(),
                    closes=closes.isoformat(),
                ),
            )


def _of_strangers(votes: Iterable[Vote], sender: str | None, known: Addresses) -> Iterator[Fault]:
    """Votes that come from an address which is not their member's, or not yet in this vote;
    `sender` is whose mail proves them, None where their proof is no mail.
    """
    help = _(
        "Ask the member in another way: for a mail from the address that was there before, or a "
        "ballot on paper."
    )
    for vote in votes:
        for address in dict.fromkeys([*vote.addresses, *([] if sender is None else [sender])]):
            if doubt := doubt_address(address, vote.member, known):
                yield Fault(vote.line, "", doubt, help)


def _unseen_addresses(votes: Iterable[Vote], sender: str | None) -> Iterator[Fault]:
    """Once, that nobody can see since when addresses stand in the members' files."""
    lines = [vote.line for vote in votes if vote.addresses or sender is not None]
    for line in lines[:1]:
        yield Fault(
            line,
            "",
            _(
                "The history of the files is not here: nobody looked whether an address is new, "
                "and so perhaps somebody else's."
            ),
            _("Do this in a whole clone of the repository, or ask the member in another way."),
        )


def _render_ballots(
    index: Index, entry: Entry, votes: Iterable[Vote], teller: str, proof: dict[str, str]
) -> dict[str, bytes]:
    """The files of ballots by their names, each on the text, rules and voters of today."""
    hashes = {
        "text": text_of(entry),
        "rules": of_value(rules_of(index).that_apply(Proposal.of(entry).category)),
        "electorate": voters(index, entry).fingerprint,
    }
    return {f"{vote.member}.yml": render(_fields(vote, teller, proof, hashes)) for vote in votes}


def _fields(
    vote: Vote, teller: str, evidence: dict[str, str], hashes: dict[str, str]
) -> dict[str, Any]:
    reason = {"reason": vote.reason[:_MOST_REASON]} if vote.reason else {}
    cast_by = {"cast_by": teller} if teller != vote.member else {}
    cast_at = vote.at.replace(microsecond=0).isoformat() if vote.at else ""
    return (
        {"choice": vote.choice}
        | reason
        | {"cast_at": cast_at}
        | cast_by
        | {"evidence": evidence, "hashes": hashes}
    )


def _evidence_path(root: Path, vote: str, evidence: File) -> str:
    """Where a proof is kept, under a free name; where the same one is kept already, that name."""
    suffix = PurePath(evidence.name).suffix.lower()
    if suffix.removeprefix(".") not in ENDINGS:
        endings = ", ".join(f".{ending}" for ending in ENDINGS)
        raise Misuse(_("A proof is kept as {endings}; or give --no-copy.", endings=endings))
    stem = slug(PurePath(evidence.name).stem) or "ballots"
    for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))):
        path = f"{EVIDENCE}{vote}/{name}{suffix}"
        if not (root / path).exists() or (root / path).read_bytes() == evidence.data:
            return path
    raise FileExistsError(f"{EVIDENCE}{vote}")
