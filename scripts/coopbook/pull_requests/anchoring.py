"""How far the journals of open votes have come, noted on the base once a day: whoever writes one
anew after that is found out by everybody who has the base.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from msgspec.structs import asdict

from ..base.git import GitError
from ..base.messages import Message, Translator, _, ngettext
from ..base.own_folders import OwnFolder
from ..decisions.anchors import FILE, Anchor, Anchors, read_anchors
from ..decisions.kinds import PROPOSAL
from ..decisions.types import Proposal
from ..records.index import Index
from ..records.load import load, missing_coop
from ..records.upgrades import other_format
from ..yaml_files.editor import render
from ..yaml_files.reader import parse
from .git import RACES, Clone
from .journal import Broken, Journal
from .request import Refused, require_sound_anchors

_NO_DAY = ":"
"""What comes behind every day, as it is written."""
_NOTHING = _("Nothing is to be noted today.")


@dataclass(frozen=True)
class AnchoringReport:
    """What became of noting journals: what was noted, and what is wrong with which."""

    messages: tuple[Message, ...] = ()
    broken: tuple[Message, ...] = ()


@dataclass
class _Seen:
    """The journals as they are: those to be noted, and what is wrong with others."""

    anchors: dict[tuple[str, int], Anchor] = field(default_factory=dict)
    broken: list[Message] = field(default_factory=list)


def note_journals(
    git: Clone, base: str, today: date, say: Translator, dry_run: bool = False
) -> AnchoringReport:
    """Note on the base how far each journal has come, in one commit, once a day at most, and none
    where nothing is new. A journal that does not go on from what was noted before keeps that, and
    is told.

    Args:
        git: A clone with its remote.
        base: The branch that holds.
        today: The day that is noted.
        say: For the commit's message.
        dry_run: Whether nothing is written.

    Raises:
        Refused: where the base is no co-op's folder, or what it noted before has faults.
        GitError: where git or the repository's host refuses.
    """
    for _again in range(RACES):
        commit = git.fetch_base(base)
        if not _may_be_new(git, commit, today):
            return AnchoringReport((_NOTHING,))
        with OwnFolder("journals") as folder:
            index = _read(git, commit, Path(folder), today)
            had = read_anchors(index)
            seen = _look(git, index, had)
            broken = tuple(seen.broken)
            votes = tuple(seen.anchors[place] for place in sorted(seen.anchors))
            if votes == had.votes:
                return AnchoringReport((_NOTHING,), broken)
            count = sum(one not in had.votes for one in votes)
            words = ngettext(
                "The journal of {count} vote is noted.",
                "The journals of {count} votes are noted.",
                count,
            )
            if dry_run:
                return AnchoringReport((words,), broken)
            made = _commit(git, commit, Anchors(noted=today.isoformat(), votes=votes), say(words))
        refused = git.push(made, base)
        if refused is None:
            return AnchoringReport((words,), broken)
        if git.fetch_base(base) == commit:
            raise GitError(refused)
    raise GitError(_("The book changes faster than journals can be noted: run this again."))


def _may_be_new(git: Clone, commit: str, today: date) -> bool:
    """Whether there is anything to look at: a run every few minutes reads the book once a day."""
    row = git.tree(commit).get(FILE)
    if row is None:
        return bool(git.fetch_journals())
    value = parse(git.blob(row[1]), front_matter=False).value
    noted = value.get("noted") if isinstance(value, dict) else None
    return not (isinstance(noted, str) and today.isoformat() <= noted < _NO_DAY)


def _read(git: Clone, commit: str, folder: Path, today: date) -> Index:
    git.write_files(git.tree(commit), folder)
    if wrong := missing_coop(folder) or other_format(folder):
        raise Refused(wrong)
    index = load(folder, today).index
    require_sound_anchors(index)
    return index


def _look(git: Clone, index: Index, had: Anchors) -> _Seen:
    """Every journal of a vote that is not over; of those that are, what was noted stays."""
    over = set(closed_changes(index))
    seen = _Seen({one.place: one for one in had.votes})
    here: set[int] = set()
    for number in git.fetch_journals():
        here.add(number)
        try:
            journal = Journal.read(git.journal_here(number).content)
        except Broken as broken:
            seen.broken.append(tell_broken(number, broken.message))
            continue
        if number not in over and journal:
            _note(seen, number, journal)
    for one in had.votes:
        if one.change not in here | over:
            seen.broken.append(tell_broken(one.change, _("it is gone")))
    return seen


def _note(seen: _Seen, number: int, journal: Journal) -> None:
    first = journal.entries[0]
    before = seen.anchors.get((first.forge, number))
    if not journal.is_of(first.forge, number):
        seen.broken.append(tell_broken(number, _("it is the journal of another change")))
    elif before is not None and (why := journal.find_break(before.reached)):
        seen.broken.append(tell_broken(number, why))
    elif journal.texts and (head := journal.head) is not None:
        seen.anchors[first.forge, number] = Anchor(
            forge=first.forge, change=number, entries=head.entries, head=head.head
        )


def tell_broken(number: int, why: Message) -> Message:
    """What is wrong with the journal of a change."""
    return _("Journal of the change {number}: {why}.", number=str(number), why=why)


def closed_changes(index: Index) -> Iterator[int]:
    """The numbers of the changes whose votes have their result, or were withdrawn."""
    for entry in index.of(PROPOSAL):
        asked = Proposal.of(entry)
        if asked.pull_request is not None and asked.is_closed:
            yield asked.pull_request.number


def _commit(git: Clone, base: str, anchors: Anchors, words: str) -> str:
    tree = git.tree(base)
    content = render({"noted": anchors.noted, "votes": list(map(asdict, anchors.votes))})
    tree[FILE] = ("100644", git.store(content))
    with OwnFolder("journals") as folder:
        return git.commit_tree(tree, [base], f"{words}\n", Path(folder) / "index")
