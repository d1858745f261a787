"""A count as an assembly reads it, and its three files."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..base.atomic_files import replace_file
from ..base.messages import Message, Misuse, Translator, _, translator
from ..records.index import Entry, Index
from ..records.load import Book
from ..yaml_files.editor import patch, render
from ..yaml_files.reader import parse
from .elected import election_fields, sheet_of
from .elected_mandates import Filling, fill_seats, filling_of
from .pseudonyms import NO_KEY, Key, hide
from .result_chain import next_link
from .tally import Outcome
from .tally.events import instant
from .tally.record import VoteRecord
from .tally.terms import terms
from .types import Body, Proposal, Result
from .types.parts import structure
from .vote_record import figures, recount
from .votes import vote_id
from .wording.elections import GRADES
from .wording.outcomes import PROXIES, RESULTS, WAITING, WHY, describe_moment, rows_of_count

WIDTH = 24
RESULTS_FOLDER = "decisions/results"
KEY = "voters.json"
"""How the name of the list ends that says who is who in what was counted."""


def result_path(entry: Entry) -> str:
    """Where the result of a proposal's present vote stands in the co-op's folder."""
    return f"{RESULTS_FOLDER}/{vote_id(entry)}.yml"


@contextmanager
def count_lock(root: Path) -> Iterator[None]:
    """One count at a time, whoever counts: two would give one number to two results.

    The folder itself is locked, which all who read it can do and which leaves nothing behind. On a
    disk or a system that locks no folders, only the counts of one user are kept apart.
    """
    from filelock import FileLock, lock_descriptor

    with ExitStack() as held:
        try:
            folder = os.open(root, os.O_RDONLY)
            held.callback(os.close, folder)
            lock_descriptor(folder)
        except OSError:
            user = getattr(os, "getuid", int)()
            name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]
            held.enter_context(
                FileLock(Path(tempfile.gettempdir()) / f"coopbook-{user}-{name}.lock")
            )
        yield


def describe_count(
    index: Index,
    entry: Entry,
    record: VoteRecord,
    found: Outcome,
    now: datetime,
    language: str,
    by: tuple[str, ...] = (),
) -> Iterator[str]:
    """The whole count; while the vote is open, no more than its rules let be known, whatever
    instant it is counted as of.
    """
    say = translator(language, shown=str)
    early = found.waiting == "closes" or (found.result != "vetoed" and now < terms(record).earliest)
    show = record.rules.category.show or "after_close" if early else "live"
    yield index.text(entry.title, language)
    closes, at = (
        describe_moment(instant(text), language) for text in (record.vote.closes, record.at)
    )
    yield say(_("Vote closing on {instant}, counted as of {at}.", instant=closes, at=at))
    yield ""
    fields = _fields(index, entry, record, found, by)
    if show == "live" and "election" in fields:
        yield from _rounds(fields, say)
    elif show == "live":
        yield from _votes(found, say)
        yield from _majorities(found, say)
    elif show == "turnout":
        yield _row(say(_("Votes cast")), found.counts.cast)
    yield _row(say(_("Entitled to vote")), len(found.electorate.voters))
    yield ""
    yield from _left_out(found, say)
    if early or found.waiting:
        yield say(WAITING["closes" if early else found.waiting])
    else:
        yield say(_("Result: {result}", result=RESULTS[fields["result"]]))
    if found.secret:
        yield say(_("Secret vote: two tellers counted the same."))
    if found.advisory and found.result == "adopted" and not early:
        yield say(_("Advisory: only a meeting can decide this."))


def _votes(found: Outcome, say: Translator) -> Iterator[str]:
    counts = found.counts
    rows = [
        (_("For"), counts.for_),
        (_("Against"), counts.against),
        (_("Abstain"), counts.abstain),
        (_("Blank"), counts.blank),
    ]
    rows += [(_("Invalid"), found.secret.null)] if found.secret else []
    voted = found.represented if found.secret else counts.cast
    for title, number in [*rows, (_("Did not vote"), len(found.electorate.voters) - voted)]:
        yield _row(say(title), number)
    none = say(_("without a college"))
    for college, part in found.by_college.items():
        yield _row(
            f"  {college or none}", f"{part.for_} / {part.against} / {part.abstain} / {part.blank}"
        )


def _rounds(fields: dict[str, Any], say: Translator) -> Iterator[str]:
    """An election, round by round."""
    counts, election = fields["counts"], fields["election"]
    for title, number in (
        (_("Ballots expressed"), counts["for"]),
        (_("Blank"), counts["blank"]),
        (_("Invalid"), counts["null"]),
    ):
        yield _row(say(title), number)
    for number, one in enumerate(election["rounds"], 1):
        yield say(_("Round {number}", number=number))
        for figure in one["figures"]:
            said = [str(figure[name]) for name in ("votes", "against") if name in figure]
            said += [say(GRADES[figure["median"]])] if "median" in figure else []
            yield _row(f"  {figure['candidate']}", " / ".join(said))
    for title, people in ((_("Elected"), "elected"), (_("Second round"), "second_round")):
        if election.get(people):
            yield _row(say(title), ", ".join(election[people]))
    if election.get("empty"):
        yield _row(say(_("Seats that stay empty")), election["empty"])


def _majorities(found: Outcome, say: Translator) -> Iterator[str]:
    for title, words in rows_of_count(found):
        yield _row(say(title), say(words))
    if found.tie:
        yield _row(
            say(_("Tie")),
            say(_("decided by the chair's vote") if found.tie == "chair" else RESULTS[found.tie]),
        )
    for one in found.objections:
        state = _("open") if one.open else _("resolved")
        yield _row(say(_("Objection")), say(_("{name}: {value}", name=one.name, value=state)))


def _left_out(found: Outcome, say: Translator) -> Iterator[str]:
    for one in found.refused:
        why = WHY[one.why]
        told = Message(why.text, {"words": one.words}) if one.why == "unclear" else why
        yield say(_("Not counted, {who}: {why}", who=one.who, why=told))
    for mandate, reason in found.proxies_refused:
        yield say(
            _(
                "Proxy of {principal} to {holder} not counted: {why}",
                principal=mandate.principal,
                holder=mandate.holder,
                why=PROXIES[reason],
            )
        )
    if found.refused or found.proxies_refused:
        yield ""


def _row(title: str, value: object) -> str:
    return f"{title:<{WIDTH}} {value}"


def _fields(
    index: Index, entry: Entry, record: VoteRecord, found: Outcome, by: tuple[str, ...]
) -> dict[str, Any]:
    """A result's fields, but for its place among the others."""
    vote = vote_id(entry)
    asked = Proposal.of(entry)
    own = {"proposal": entry.id, "title": asked.title, "audience": asked.audience}
    fields = own | figures(record, found)
    if (sheet := sheet_of(index, vote, by)) is not None:
        try:
            fields = election_fields(index, entry, vote, fields, sheet)
        except ValueError as error:
            file = f"decisions/counts/{vote}/"
            message = _("{file} has faults: “coopbook check” tells them.", file=file)
            raise Misuse(message) from error
    return _after(fields, "counted_at", {"counted_by": list(by)}) if by else fields


def render_result(
    index: Index,
    entry: Entry,
    record: VoteRecord,
    by: tuple[str, ...] = (),
    key: Key = NO_KEY,
) -> dict[str, bytes]:
    """Who is who in what it was counted from, that itself, and the result, by their paths in the
    co-op's folder.

    Args:
        index: The co-op's records.
        entry: The proposal.
        record: What the vote was counted from, with ids.
        by: The ids of those who counted.
        key: The list of who is who that there is, if one is.
    """
    name = f"{RESULTS_FOLDER}/{vote_id(entry)}"
    kept, key = hide(record, key)
    events = json.dumps(kept.plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    result = render(next_link(index) | _fields(index, entry, kept, recount(kept), by))
    return {
        f"{name}.{KEY}": key.write(),
        f"{name}.events.json": events.encode(),
        f"{name}.yml": result,
    }


def read_key(root: Path, vote: str) -> Key:
    """Who is who in the record of a vote; nobody where its list is missing or none."""
    try:
        data = json.loads((root / RESULTS_FOLDER / f"{vote}.{KEY}").read_bytes())
    except (OSError, ValueError, RecursionError):
        return NO_KEY
    return Key.or_empty(data)


@dataclass(frozen=True)
class WrittenResult:
    """What became of a result: `messages` say it; one that is there and `differs` stays as it
    is.
    """

    messages: list[Message]
    differs: bool = False


def write_result(
    book: Book, entry: Entry, record: VoteRecord, outcome: Outcome, by: tuple[str, ...] = ()
) -> WrittenResult:
    """Write the result of a vote, what it was counted from, and who is who in that.

    Args:
        book: The co-op.
        entry: The proposal.
        record: What the vote was counted from.
        outcome: What the count gave.
        by: The ids of those who counted.
    """
    file = result_path(entry)
    (book.root / RESULTS_FOLDER).mkdir(parents=True, exist_ok=True)
    # a run that was cut off left its salt: of a list that comes before the result no name counts
    salt = read_key(book.root, vote_id(entry)).salt
    for path, content in render_result(book.index, entry, record, by, Key(salt=salt)).items():
        replace_file(book.root / path, content)
    said = _fields(book.index, entry, record, outcome, by)["result"]
    status = {"status": "second" if said == "second_round" else said, "file": entry.file}
    return WrittenResult(
        [
            _("Written: {file}", file=file),
            _("Now write “status: {status}” in {file}.", **status),
        ]
    )


def compare_result(
    book: Book, entry: Entry, record: VoteRecord, by: tuple[str, ...] = (), *, kept: bool
) -> WrittenResult:
    """Say whether the result that is there is what a record gives; it never changes.

    Args:
        book: The co-op.
        entry: The proposal.
        record: What the vote is counted from.
        by: The ids of those who counted.
        kept: Whether the record is the one beside the result; else it has ids.
    """
    file, key = result_path(entry), read_key(book.root, vote_id(entry))
    by = by or _counted_by(book.index, entry)
    record = record if kept else hide(record, key)[0]
    fields = _fields(book.index, entry, record, recount(record), by)
    if not kept and not key.salt:  # somebody was erased: nobody can make their pseudonym again
        fields["hashes"] = {
            name: value
            for name, value in fields["hashes"].items()
            if name not in ("electorate", "events")
        }
    if _holds(book.root / file, fields):
        return WrittenResult([_("{file} says the same.", file=file)])
    words = _("{file} says otherwise, and a result is never changed.", file=file)
    return WrittenResult([words], differs=True)


def write_mandates(book: Book, entry: Entry) -> list[Message]:
    """Write the mandates that an election gave into its body's file, and the end of those that they
    follow. What is there already stays, and nothing is written before a meeting has confirmed what
    was advice.

    Args:
        book: The co-op, as it is once the result is written.
        entry: The election.

    Returns:
        What to say of it.

    Raises:
        Unwritable: the file cannot be written as it is.
    """
    asked = Proposal.of(entry)
    result = book.index.by_id("result").get(vote_id(entry))
    if asked.election is None or result is None or Result.of(result).result != "adopted":
        return []
    given = filling_of(book.index, entry)
    if given is None:
        return []
    if Result.of(result).advisory and not asked.is_ratified:
        return [_("The mandates are written once a meeting has confirmed the election.")]
    return fill_body(book, given)


def fill_body(book: Book, given: Filling) -> list[Message]:
    """Write mandates into the file of their body, and the end of those that they follow. Those that
    are there already stay.

    Raises:
        Unwritable: the file cannot be written as it is.
    """
    body = book.index.by_id("body").get(given.body)
    if body is None or not body.sound:
        return [_("The mandates are not written: the file of the body has faults.")]
    data = (book.root / body.file).read_bytes()
    plain = parse(data, front_matter=False).value
    if not isinstance(plain, dict):
        return []
    today = book.index.today.isoformat()
    filled = fill_seats(plain, structure(Body, plain), given, today)
    if filled == plain:
        return []
    replace_file(book.root / body.file, patch(data, filled, front_matter=False))
    names = ", ".join(given.elected)
    return [_("Mandates written in {file}: {names}", file=body.file, names=names)]


def _counted_by(index: Index, entry: Entry) -> tuple[str, ...]:
    """Who counted a vote that has a result."""
    result = index.by_id("result").get(vote_id(entry))
    return Result.of(result).counted_by if result else ()


def _holds(result: Path, fields: dict[str, Any]) -> bool:
    """Whether a file holds these fields, and these of its fingerprints, whoever counted and
    whatever was found wrong since.
    """
    found = parse(result.read_bytes(), front_matter=False).value
    beside = ("number", "previous", "counted_by", "errata", "title")
    if not isinstance(found, dict):
        return False
    hashes = found.get("hashes")
    asked = fields["hashes"]
    found["hashes"] = (
        {name: hashes.get(name) for name in asked} if isinstance(hashes, dict) else hashes
    )
    return {name: value for name, value in found.items() if name not in beside} == {
        name: value for name, value in fields.items() if name not in beside
    }


def _after(fields: dict[str, Any], key: str, more: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields.items():
        found |= {name: value} | (more if name == key else {})
    return found
