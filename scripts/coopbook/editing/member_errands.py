"""A member leaves, takes another name or is erased: which files change, and what is left to do.

Each errand is a `Plan`: nothing is written before all of it is known. What is settled stays as it
is; the member's former ids (`formerly`) keep it right. A plan that was written by half is completed
by the next run: the member's new file comes first, the old one goes last.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from ..agenda.dated import dated_of
from ..agenda.days import has_days
from ..base.atomic_files import delete_files, replace_all
from ..base.diagnostics import suggestion
from ..base.formats import slug
from ..base.messages import Message, Misuse, _
from ..base.positions import Value
from ..checks.frozen import is_settled
from ..decisions.kinds import PROPOSAL, RESULT
from ..decisions.types import Member, Proposal
from ..decisions.votes import last_close, vote_id
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from ..records.load import Book
from ..records.member_pictures import under_another_id
from ..records.model import Kind
from ..yaml_files.editor import render, set_fields
from ..yaml_files.reader import parse
from .mentions import (
    Mention,
    Naming,
    content_of,
    find_files_named,
    find_namings,
    find_words,
    line_of,
    lines_with,
    read_text,
    whole_words,
    words_for,
)
from .rewriting import name_pictures, rewrite_files
from .voters_lists import (
    cut_lists,
    list_files,
    rename_in_lists,
    replacements_in_history,
    tell_old_records,
)

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ERASED = "(…)"
"""What stands for a name in a history that was rewritten. It may begin a value in YAML, which
`***` may not: approved minutes could not be read any more.
"""


class Plan(Struct, frozen=True):
    """What an errand writes, deletes, and leaves.

    Attributes:
        files: What is written, in this order: new contents by their paths.
        gone: The files that are deleted then.
        last: What is written at the very end.
        changed: The places that say another id.
        settled: The places that stay as they are, and go on meaning the same person.
        kept: Files that go on bearing a former id as their name.
        texts: The places that still say a name, and that only a person can judge.
        remarks: What else somebody should know.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    last: dict[str, bytes] = field(default_factory=dict)
    changed: tuple[Mention, ...] = ()
    settled: tuple[Mention, ...] = ()
    kept: tuple[str, ...] = ()
    texts: tuple[Mention, ...] = ()
    remarks: tuple[Message, ...] = ()

    @property
    def has_work(self) -> bool:
        return bool(self.files or self.gone or self.last)


def write(root: Path, plan: Plan) -> None:
    """Do what a plan says."""
    replace_all(root, plan.files)
    delete_files(root, plan.gone)
    replace_all(root, plan.last)


def plan_leaving(book: Book, id: str, on: date) -> Plan:
    """Somebody leaves: they are in the directory no more, and their membership ends on a day. In
    what the public reads, links to their page become their own words.

    Args:
        book: The co-op.
        id: The member's id.
        on: The last day.

    Returns:
        What changes in their file; `texts` are the fields of others that still name them.

    Raises:
        Misuse: Nobody has this id, the day is still to come, or their file cannot be read.
    """
    if on > book.index.today:
        raise Misuse(_("{date} is still to come: say it on that day.", date=on))
    entry = _find(book.index, id)
    value = _read_fields(book, entry)
    day = on.isoformat()
    periods = value.get("membership")
    if periods and str(periods[-1].get("from") or "") > day:
        raise Misuse(
            _(
                "{date} is before the membership began: {file} says {start}.",
                date=on,
                file=entry.file,
                start=periods[-1]["from"],
            )
        )
    changes: dict[str, Value] = {"presence": "left", "listed": False}
    if Member.of(entry).consents_to("alumni"):
        changes["alumni"] = True
    if periods:
        changes["membership"] = [*periods[:-1], _end_member(periods[-1], day)]
    if consents := value.get("consents"):
        changes["consents"] = [
            {**one, "withdrawn": day}
            if one.get("purpose") == "directory" and not one.get("withdrawn")
            else one
            for one in consents
        ]
    files = _patch_files(book, entry, {**value, **changes})
    held = tuple(
        place
        for naming in find_namings(book, [entry.id, *entry.formerly])
        if not naming.settled
        for place in naming.places
    )
    ids = [entry.id, *entry.formerly]
    unlinked = rewrite_files(book, [], ids, entry.id, linked=False, public_only=True)
    links = find_words(book, [f"{one}.yml" for one in ids], but=list(unlinked))
    waiting = tuple(_open_actions(book, entry.id))
    said = [
        one
        for one in find_words(book, [str(entry.title)], but=[entry.file])
        if (other := book.index.by_file.get(one.file)) is None or other.public
    ]
    return Plan(files=files | unlinked, texts=(*held, *waiting, *links, *said))


def _open_actions(book: Book, id: str) -> Iterator[Mention]:
    """What waits for a member in records that are settled, such as the actions of minutes."""
    index = book.index
    for kind in filter(has_days, index.kinds.values()):
        for one in dated_of(index, kind, index.languages[0]):
            if id in one.members and one.day_of and is_settled(one.entry, index):
                source = parse(
                    content_of(book, one.entry.file), front_matter=kind.front_matter, places=True
                )
                yield Mention(one.entry.file, line_of(source, one.day_of.path), one.words)


def _end_member(period: Mapping[str, Value], day: str) -> dict[str, Value]:
    """A period of membership with its end, before what was said after the beginning."""
    if period.get("until"):
        return dict(period)
    begin = {"from": period["from"], "until": day} if "from" in period else {"until": day}
    return begin | dict(period)


def plan_renaming(
    book: Book, old: str, new: str, name: str = "", *, redirect: bool = False
) -> Plan:
    """Somebody has another id from now on, and perhaps another name.

    Args:
        book: The co-op.
        old: The member's id.
        new: The id that they have from now on; the same one where only the name changes.
        name: What they are called from now on; as before where it is empty.
        redirect: Whether the old address leads on to the new one, and so tells the former name.

    Returns:
        What changes. Interrupted by half, the same call completes it.

    Raises:
        Misuse: Nobody has the old id, the new one is none or somebody else's, or a vote is open.
    """
    index = book.index
    if not _ID.fullmatch(new):
        help = _("Write “{id}”.", id=slug(new) or "ana-lopes")
        raise Misuse(
            _("“{id}” is no id: small letters, digits, hyphens. {help}", id=new, help=help)
        )
    there, was = index.by_id(MEMBER).get(new), index.by_id(MEMBER).get(old)
    begun = there is not None and old in there.formerly
    entry = there if there and begun else _find(index, old)
    owner = index.find(MEMBER, new)
    if owner and owner.id not in (entry.id, new if begun else entry.id):
        raise Misuse(_("The id “{id}” is already that of {file}.", id=new, file=owner.file))
    if entry.id != new or begun:
        _require_no_open_vote(index, entry)
    value = _read_fields(book, entry)
    changes: dict[str, Value] = (
        {"name": _rename_member(value.get("name") or {}, name)} if name else {}
    )
    former = [one for one in dict.fromkeys([*entry.formerly, entry.id]) if one != new]
    told = [one for one in value.get("publish") or () if one != "formerly"]
    if former and entry.id != new:
        changes["formerly"] = former
        changes["publish"] = [*told, *(["formerly"] if redirect else [])]
    if begun:
        changes = {}  # what is there already may have been mended since
    return _move(book, entry, new, {**value, **changes}, old=was if begun else entry)


def _rename_member(before: Mapping[str, Value], display: str) -> dict[str, Value]:
    """A name with another `display`: the parts of it that stay are kept, and none that would tell
    the former name.
    """
    given, family = str(before.get("given") or ""), str(before.get("family") or "")
    found = {name: one for name, one in before.items() if name not in ("given", "family", "sort")}
    found["display"] = display
    if family and display.endswith(f" {family}"):
        given = display.removesuffix(f" {family}")
    elif given and display.startswith(f"{given} "):
        family = display.removeprefix(f"{given} ")
    else:
        return found
    parts = {"given": given, "family": family} | found
    return parts | ({"sort": f"{family}, {given}"} if before.get("sort") else {})


def _move(
    book: Book, entry: Entry, new: str, value: Mapping[str, Value], old: Entry | None
) -> Plan:
    """A member's file and picture under another id, and what names them with it."""
    index = book.index
    file = _file_of(entry, new)
    every = dict.fromkeys([entry.id, *entry.formerly, *([old.id] if old else [])])
    ids = [one for one in every if one != new]
    kind = index.kinds[MEMBER]
    data = content_of(book, entry.file)
    own = set_fields(data, value, front_matter=False, order=list(kind.properties))
    own = name_pictures(own.decode(), ids, new).encode()
    files = {} if file == entry.file and own == data else {file: own}
    gone = [old.file] if old and old.file != file else []
    before = old.id if old and old.id != new else ""
    moved = index.pictures_of(before) if before else []
    files |= {
        under_another_id(picture, before, new): content_of(book, picture) for picture in moved
    }
    gone = [*moved, *gone]
    namings = list(find_namings(book, ids)) if ids else []
    files |= rewrite_files(book, namings, ids, new)
    files |= rename_in_lists(book, ids, new)
    lost = _words_lost(book, old or entry, value)
    return Plan(
        files=files,
        gone=tuple(gone),
        changed=_places(namings, settled=False),
        settled=_places(namings, settled=True),
        kept=tuple(one for one in find_files_named(book, ids) if one not in gone),
        texts=(
            *(Mention(file, line) for line in lines_with(own.decode(), lost)),
            *_texts(book, namings, lost, [file, *gone]),
        ),
    )


def _words_lost(book: Book, entry: Entry, value: Mapping[str, Value]) -> list[str]:
    """What somebody was called before, and is called no more."""
    before, now = words_for(_read_fields(book, entry)), words_for(value)
    return [word for word in before if word not in now]


def plan_erasing(book: Book, id: str, stub: tuple[str, str]) -> Plan:
    """Somebody is erased: their file goes; where minutes, votes or others rest on it, one without a
    name stands in its place.

    Args:
        book: The co-op.
        id: The member's id.
        stub: What the id and the name of such a file begin with, before its number.

    Returns:
        What changes. Interrupted by half, the same call completes it.

    Raises:
        Misuse: Nobody has this id, or a vote is open.
    """
    index = book.index
    begun = next(
        (one for one in index.of(MEMBER) if id in one.formerly and _is_stub(one.id, stub[0])), None
    )
    entry = index.by_id(MEMBER).get(id) or begun or _find(index, id)
    if _is_stub(entry.id, stub[0]):
        return _shorten(book, entry)
    _require_no_open_vote(index, entry)
    value = _read_fields(book, entry)
    ids = list(dict.fromkeys([entry.id, *entry.formerly]))
    namings = list(find_namings(book, ids))
    gone = (*index.pictures_of(entry.id), entry.file)
    kept = tuple(one for one in find_files_named(book, ids) if one not in gone)
    words = [*words_for(value), *ids]
    cut = cut_lists(book, ids)
    if not (value.get("membership") or namings or kept):
        return Plan(files=cut, gone=gone, texts=_texts(book, [], words, gone))
    new = begun.id if begun else _free_id(index, stub[0])
    number = new.rpartition("-")[2]
    left = _nameless(value, f"{stub[1]} {number}", index.today.isoformat())
    file = _file_of(entry, new)
    files = {file: render({**left, "formerly": ids})}
    files |= rewrite_files(book, namings, ids, new, linked=False)
    files |= cut
    settled = _places(namings, settled=True)
    needed = _still_named(book, ids, [one.file for one in settled], kept)
    last = {file: render(left | ({"formerly": needed} if needed else {}))}
    return Plan(
        files=files,
        gone=gone,
        last={} if needed == ids else last,
        changed=_places(namings, settled=False),
        settled=settled,
        kept=kept,
        texts=_texts(book, namings, words, [file, *gone]),
        remarks=tuple(tell_old_records(book, ids)),
    )


def _free_id(index: Index, prefix: str) -> str:
    """The first id of a file without a name that nobody has."""
    return next(id for n in itertools.count(1) if not index.find(MEMBER, id := f"{prefix}-{n}"))


def _is_stub(id: str, prefix: str) -> bool:
    return bool(re.fullmatch(rf"{re.escape(prefix)}-[0-9]+", id))


def _shorten(book: Book, entry: Entry) -> Plan:
    """What is left of an erasure that was cut off after the member's own file had gone."""
    ids = list(entry.formerly)
    namings = list(find_namings(book, ids)) if ids else []
    settled, kept = _places(namings, settled=True), tuple(find_files_named(book, ids))
    needed = _still_named(book, ids, [one.file for one in settled], kept)
    files = rewrite_files(book, namings, ids, entry.id, linked=False) | cut_lists(book, ids)
    value = _read_fields(book, entry)
    last = _patch_files(book, entry, {**value, "formerly": needed}) if needed != ids else {}
    return Plan(
        files=files,
        last=last,
        changed=_places(namings, settled=False),
        settled=settled,
        kept=kept,
        texts=_texts(book, namings, ids, [entry.file]),
    )


def _nameless(value: Mapping[str, Value], name: str, today: str) -> dict[str, Value]:
    """What stays of somebody's file: that a member without a name was a member, and when."""
    periods = [
        {name: one for name, one in period.items() if name != "reason"}
        for period in value.get("membership") or ()
    ]
    ended = [*periods[:-1], _end_member(periods[-1], today)] if periods else []
    return {
        "type": value.get("type") or "person",
        "name": {"display": name},
        **({"membership": ended} if ended else {}),
        "presence": "left",
        "listed": False,
    }


def _still_named(
    book: Book, ids: Sequence[str], settled: Iterable[str], kept: Iterable[str]
) -> list[str]:
    """The ids that files go on naming: settled ones, names of files, and what was counted from."""
    files = {*settled, *_sidecars(book.index)}
    said = " ".join([*kept, *(read_text(book, file) for file in files)])
    return [one for one in ids if whole_words([one]).search(said)]


def _places(namings: Iterable[Naming], *, settled: bool) -> tuple[Mention, ...]:
    return tuple(
        place for naming in namings if naming.settled is settled for place in naming.places
    )


def texts_that_say(book: Book, words: Sequence[str]) -> tuple[Mention, ...]:
    """The lines that say one of some words, but for what was counted, which stays as it is."""
    return _texts(book, [], words, [])


def _texts(
    book: Book, namings: Iterable[Naming], words: Sequence[str], but: Sequence[str]
) -> tuple[Mention, ...]:
    """The lines that say one of some words, but for those that are told as fields already."""
    told = {(place.file, place.line) for naming in namings for place in naming.places}
    found = find_words(book, words, [*but, *_sidecars(book.index), *list_files(book)])
    return tuple(one for one in found if (one.file, one.line) not in told)


def _sidecars(index: Index) -> list[str]:
    """The data files beside records: what was counted, which stays byte for byte."""
    return [
        kind.sidecar_of(entry.file)
        for kind in index.kinds.values()
        if kind.sidecar
        for entry in index.of(kind.name)
    ]


def is_open(book: Book, file: str) -> bool:
    """Whether a file may still be written: it is no record that is settled."""
    entry = book.index.by_file.get(file)
    return entry is None or not is_settled(entry, book.index)


def words_in_history(book: Book, id: str) -> tuple[list[str], list[str]]:
    """What somebody's file says they are called and reached by, for whoever rewrites the history.

    Args:
        book: The co-op, before they are erased.
        id: The member's id.

    Returns:
        The replacements that may be made everywhere, as `git filter-repo` reads them; and the words
        that stand in what was voted or proved, whose fingerprints would no longer be right.
    """
    entry = _find(book.index, id)
    words = words_for(_read_fields(book, entry))
    voted = [*_sidecars(book.index), *(proof.file for proof in book.index.proofs if proof.file)]
    voted += [one.file for one in book.index.of(PROPOSAL) if is_settled(one, book.index)]
    said = "\n".join(read_text(book, file) for file in voted)
    stay = [word for word in words if whole_words([word]).search(said)]
    replaced = [f"literal:{word}==>{ERASED}" for word in words if word not in stay]
    ties = replacements_in_history(book, [entry.id, *entry.formerly])
    return [*replaced, *ties], stay


def _require_no_open_vote(index: Index, entry: Entry) -> None:
    """Raises Misuse while a vote is open in which somebody may have a vote: it is counted among
    those who had one when it opened, by their ids.
    """
    if not Member.of(entry).membership:
        return
    waiting = [
        _describe_wait(one, index)
        for one in index.of(PROPOSAL)
        if one.sound
        and Proposal.of(one).is_put_to_the_vote
        and vote_id(one) not in index.by_id(RESULT)
    ]
    if waiting:
        raise Misuse(
            *waiting,
            _("Nothing was written. When the results are there, run the same command again."),
            _(
                "What need not wait: “coopbook leave {id}” takes who leaves off the public site; "
                "“listed: false” takes anybody off it.",
                id=entry.id,
            ),
        )


def _describe_wait(proposal: Entry, index: Index) -> Message:
    """Until when a vote is to be waited for, and what ends it."""
    closes = last_close(proposal)
    values = {"file": proposal.file, "instant": closes or "…", "id": proposal.id}
    if closes and closes[:10] < index.today.isoformat():
        return _(
            "{file} was put to the vote until {instant}, and its result is not written. Count it: "
            "“coopbook tally {id}”, or, on a forge, the job that closes votes.",
            **values,
        )
    return _(
        "{file} is put to the vote until {instant}: whoever has a vote in it is known by their id "
        "until its result is written (“coopbook tally {id}”, or, on a forge, the job that closes "
        "votes).",
        **values,
    )


def _find(index: Index, id: str) -> Entry:
    entry = index.find(MEMBER, id)
    if entry is None:
        near = suggestion(id, index.by_id(MEMBER))
        raise Misuse(_("There is no member “{id}”. {help}", id=id, help=near))
    return entry


def _read_fields(book: Book, entry: Entry) -> dict[str, Any]:
    """The fields of a member's file as they are written. Raises Misuse where it has faults."""
    source = parse(content_of(book, entry.file), front_matter=False)
    if source.faults or not isinstance(source.value, dict) or not entry.sound:
        raise Misuse(_("{file} has faults: “coopbook check” tells them.", file=entry.file))
    return source.value


def _patch_files(book: Book, entry: Entry, value: Mapping[str, Value]) -> dict[str, bytes]:
    """A member's file with other fields; nothing where they are the same."""
    kind: Kind = book.index.kinds[MEMBER]
    data = content_of(book, entry.file)
    made = set_fields(data, value, front_matter=False, order=list(kind.properties))
    return {} if made == data else {entry.file: made}


def _file_of(entry: Entry, id: str) -> str:
    """The file of an id, in the folder where another one's is."""
    folder = entry.file.rpartition("/")[0]
    return f"{folder}/{id}.yml"
