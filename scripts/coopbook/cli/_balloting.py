"""A teller's sheet into ballot files and their proof: all or nothing."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from ..base.atomic_files import all_or_none, replaced
from ..base.decoding import letters
from ..base.diagnostics import suggestion
from ..base.hashing import of_value
from ..base.messages import Message, Translator, _, ngettext, shown
from ..decisions.ballots.columns import word
from ..decisions.ballots.sheet import Fault, Sheet, Vote, is_belenios, known_names, read
from ..decisions.status import CLOSED
from ..decisions.tally.arithmetic import Choice
from ..decisions.tally.events import instant
from ..decisions.vote_record import times_of
from ..decisions.votes import is_secret, rules_of, tellers, text_of, vote_id, voters
from ..records.index import Entry, Index
from ..records.load import Book
from ._countable import countable
from ._exits import refuse

KEPT = re.compile(r"\.(pdf|csv|ods|odt|eml)")
"""What a proof may end in: what the tree of files takes in."""


def imported(root: Path, book: Book, file: Path, given: dict[str, Any], say: Translator) -> int:
    """Write the ballots of a sheet; how to leave: 1 where a line is doubtful."""
    data = file.read_bytes()
    text = letters(data)
    entry = _proposal(book.index, given, say, totals=text is not None and is_belenios(text))
    if text is None:
        refuse(_("“{file}” is no CSV: save the sheet as CSV first.", file=file), say)
        return 2
    sheet = read(
        text,
        known_names(_people(book)),
        given["member"],
        given["choice"],
        _words(given["words"], say),
    )
    at = given["at"] or min(instant(times_of(entry.value)["closes"]), datetime.now(UTC))
    votes = [vote._replace(at=_zoned(vote.at, entry) if vote.at else at) for vote in sheet.votes]
    faults = [*sheet.faults, *_barred(root, book.index, entry, votes)]
    _tell(file, sheet, faults, say)
    if faults or not votes:
        print(
            say(
                ngettext(
                    "{count} doubt: nothing was written.",
                    "{count} doubts: nothing was written.",
                    len(faults),
                )
            ),
            file=sys.stderr,
        )
        return 1
    proof = given["evidence"] or file
    _write(
        root,
        book.index,
        entry,
        votes,
        (given["by"], proof, proof.read_bytes(), given["no_copy"]),
        say,
    )
    return 0


def _proposal(index: Index, given: dict[str, Any], say: Translator, totals: bool) -> Entry:
    """The proposal, under vote and not secret, and its teller; else leave with 2."""
    id, by = given["proposal"], given["by"]
    if not id or not by:
        refuse(_("Say on which proposal and by which teller: --proposal ID --by MEMBER."), say)
    entry = countable(index, id, say)
    if totals:
        refuse(_totals(index, entry, by), say)
    if is_secret(index, entry):
        refuse(
            _(
                "This vote is secret: no ballot may bear a name. Two tellers write its totals: see “coopbook explain secret-count”."
            ),
            say,
        )
    if vote_id(entry) in index.entries.get("result", {}) or entry.get("status") in CLOSED:
        refuse(_("This vote is closed: its ballots cannot change."), say)
    if by not in tellers(index, entry):
        refuse(
            _(
                "“{by}” is no teller of this vote. {help}",
                by=by,
                help=suggestion(by, tellers(index, entry)),
            ),
            say,
        )
    return entry


def _totals(index: Index, entry: Entry, by: str) -> Message:
    """Where totals without ballots go."""
    if not is_secret(index, entry):
        return _(
            "Belenios gives totals and no ballots: they count in a secret vote alone, and this one is not secret."
        )
    file = f"decisions/counts/{vote_id(entry)}/{by}.yml"
    return _(
        "Belenios gives totals and no ballots: two tellers write them, each alone. Yours go into {file}: see “{command}”.",
        file=file,
        command="coopbook explain secret-count",
    )


def _words(given: Iterable[tuple[str, Choice]], say: Translator) -> dict[str, Choice]:
    """What words mean; leave with 2 where one means two things."""
    found: dict[str, Choice] = {}
    for name, choice in given:
        if found.setdefault(word(name), choice) != choice:
            refuse(_("“{word}” is given two meanings.", word=name), say)
    return found


def _people(book: Book) -> Iterator[tuple[str, list[str]]]:
    """Each member's other names: accounts, e-mail, display name."""
    for record in book.records():
        if record.kind.name == "member":
            names = [
                record.get("email"),
                record.get("name", "display"),
                *(one.get("login") for one in record.get("accounts") or ()),
            ]
            yield record.id, [str(name) for name in names if name]


def _zoned(at: datetime, entry: Entry) -> datetime:
    """An instant without a zone is one of the zone in which the vote closes."""
    zone: tzinfo | None = instant(times_of(entry.value)["closes"]).tzinfo
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _barred(root: Path, index: Index, entry: Entry, votes: Iterable[Vote]) -> Iterator[Fault]:
    """Votes that could not count: of who is not entitled, too early or late, or beside another ballot."""
    electorate = voters(index, entry).without(entry.get("recused") or ())
    opens, closes = (
        instant(times_of(entry.value)["opened"]),
        instant(times_of(entry.value)["closes"]),
    )
    for vote in votes:
        file = f"decisions/ballots/{vote_id(entry)}/{vote.member}.yml"
        if electorate.find(vote.member) is None:
            yield Fault(
                vote.line,
                "",
                _("“{member}” may not vote on this.", member=vote.member),
                _("Take the line out."),
            )
        elif (root / file).exists():
            yield Fault(
                vote.line,
                "",
                _("“{member}” has voted already: {file}.", member=vote.member, file=file),
                _("Take the line out."),
            )
        elif vote.at and not opens <= vote.at <= closes:
            message = _("Not cast while the vote was open: {instant}.", instant=vote.at.isoformat())
            yield Fault(
                vote.line,
                "",
                message,
                _(
                    "The vote is open from {opens} to {closes}.",
                    opens=opens.isoformat(),
                    closes=closes.isoformat(),
                ),
            )


def _tell(file: Path, sheet: Sheet, faults: list[Fault], say: Translator) -> None:
    for one in sorted([*sheet.left, *faults], key=lambda fault: fault.line):
        place = f"{shown(file.name)}:{one.line}: " + (
            f"{shown(one.column)}: " if one.column else ""
        )
        print(place + say(one.message), file=sys.stderr)
        if one.help:
            print(f"  = {say(one.help)}", file=sys.stderr)


def _write(
    root: Path,
    index: Index,
    entry: Entry,
    votes: list[Vote],
    proof: tuple[str, Path, bytes, bool],
    say: Translator,
) -> None:
    """The proof, then the ballots, which nobody sees before all are there."""
    from ..yaml_files.editor import render

    by, source, data, no_copy = proof
    public = index.coop.get("repository") == "public"
    kept = "" if no_copy or public else _kept(root, vote_id(entry), source, data, say)
    evidence = ({"file": kept} if kept else {}) | {"sha256": hashlib.sha256(data).hexdigest()}
    rules = rules_of(index).that_apply(entry.get("category"))
    hashes = {
        "text": text_of(entry),
        "rules": of_value(rules),
        "electorate": voters(index, entry).fingerprint,
    }
    files = {f"{vote.member}.yml": render(_fields(vote, by, evidence, hashes)) for vote in votes}
    folder = root / "decisions" / "ballots" / vote_id(entry)
    all_or_none(folder, files)
    print(
        say(
            ngettext(
                "{count} ballot written in {folder}",
                "{count} ballots written in {folder}",
                len(votes),
                folder=folder.relative_to(root),
            )
        )
    )
    if public:
        print(
            say(
                _("Anybody may read the co-op's files: of the proof, only the fingerprint is kept.")
            )
        )
    elif kept:
        print(say(_("Their proof, which all members can read: {file}", file=kept)))


def _fields(
    vote: Vote, by: str, evidence: dict[str, str], hashes: dict[str, str]
) -> dict[str, Any]:
    found: dict[str, Any] = {"choice": vote.choice} | (
        {"reason": vote.reason[:2000]} if vote.reason else {}
    )
    when = vote.at.replace(microsecond=0).isoformat() if vote.at else ""
    return (
        found
        | {"cast_at": when}
        | ({"cast_by": by} if by != vote.member else {})
        | {"evidence": evidence, "hashes": hashes}
    )


def _kept(root: Path, vote: str, source: Path, data: bytes, say: Translator) -> str:
    """The proof among the co-op's files, under a name of its own; the same one is kept once."""
    from ..base.formats import slug

    if not KEPT.fullmatch(source.suffix.lower()):
        refuse(_("A proof is kept as .pdf, .csv, .ods, .odt or .eml; or give --no-copy."), say)
    folder = root / "decisions" / "evidence" / vote
    folder.mkdir(parents=True, exist_ok=True)
    stem = slug(source.stem) or "ballots"
    for name in (
        f"{stem}{source.suffix.lower()}",
        *(f"{stem}-{number}{source.suffix.lower()}" for number in range(2, 1000)),
    ):
        path = folder / name
        if not path.exists():
            replaced(path, data)
            return str(path.relative_to(root))
        if path.read_bytes() == data:
            return str(path.relative_to(root))
    raise FileExistsError(folder)
