"""What a proposed change asks to be voted: its proposal, its text, and all that was said of it.
Rules, voters and code are the base's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..base.git import GitError, Tree
from ..base.messages import Message, Misuse, _
from ..checks import check_record
from ..decisions.anchors import anchors_entry
from ..decisions.kinds import PROPOSAL, RESULT
from ..decisions.proposed_change import (
    Altered,
    find_early_article,
    find_forbidden_files,
    find_unfit_files,
    fingerprint,
    voted_files,
)
from ..decisions.pseudonyms import show
from ..decisions.result_files import read_key
from ..decisions.tally.record import VoteRecord
from ..decisions.types import Proposal
from ..decisions.vote_record import CONDUCT, recount
from ..decisions.votes import is_secret, rules_of, text_of, vote_id
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from ..records.load import Book, load, missing_coop
from ..records.opening import day_of
from ..records.upgrades import other_format
from .forges import Change, Forge
from .git import Clone

if TYPE_CHECKING:
    from ..records.model import Kind

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Refused(Misuse):
    """It cannot be voted or closed like this; with `told` the change's own page says so, too."""

    def __init__(self, *messages: Message, told: Change | None = None) -> None:
        super().__init__(*messages)
        self.told = told


class NothingAsked(Refused):
    """A change that asks for no vote."""


class NotOpen(Refused):
    """A change whose proposal is not open to vote."""


@dataclass(frozen=True)
class Job:
    """One run: which change of which repository, on which forge, at which instant."""

    git: Clone
    forge: Forge
    number: int
    base: str
    now: datetime
    dry_run: bool = False
    language: str = ""


@dataclass
class Motion:
    """What a proposed change puts to the vote.

    `folder` holds the base's files, and the proposal's page where only the change has it (`own`).
    `tree` and `heads` are the files of the base and of the head; `record` is what a result on the
    base was counted from.
    """

    change: Change
    base: str
    head: str
    fork: str
    files: list[Altered]
    tree: Tree
    heads: Tree
    folder: Path
    book: Book
    entry: Entry
    own: bool
    merge: str = ""
    record: VoteRecord | None = None
    faults: list[Message] = field(default_factory=list)

    @property
    def index(self) -> Index:
        return self.book.index

    @property
    def proposal(self) -> Proposal:
        return Proposal.of(self.entry)

    @property
    def text(self) -> str:
        """The fingerprint of what is voted; a page that stands on the base alone is part of it."""
        return _text(self.files, self.entry)


def language_of(job: Job, motion: Motion) -> str:
    """The language of what is written on a change's page: that of the run, else the co-op's."""
    return job.language or motion.index.usage(motion.index.languages[0])


def require_sound_anchors(index: Index) -> None:
    """Refused where what was noted of journals on the base cannot be read."""
    noted = anchors_entry(index)
    if noted is not None and not noted.sound:
        raise Refused(_("{file} has faults: “coopbook check” tells them.", file=noted.file))


def _text(files: Iterable[Altered], entry: Entry) -> str:
    every = list(files)
    return fingerprint(
        every, "" if any(file.path == entry.file for file in every) else text_of(entry)
    )


def read_motion(job: Job, folder: Path) -> Motion:
    """Everything that the base and the change say. Refused where there is no proposal, several, or
    one that is not fit.
    """
    change = job.forge.change(job.number)
    if change.base != job.base:
        raise NothingAsked(
            _(
                "This change goes to “{branch}”, not to “{base}”.",
                branch=change.base,
                base=job.base,
            )
        )
    base, head = job.git.fetch(job.base, job.forge.ref(job.number))
    if head != change.head:
        raise Refused(_("The change was altered this very moment: run this again."))
    merge = job.git.merge_of(base, head)
    fork = job.git.fork(f"{merge}^1" if merge else base, head)
    files, tree = job.git.list_altered(fork, head), job.git.tree(base)
    job.git.write_files(tree, folder)
    wrong = missing_coop(folder) or other_format(folder)
    if wrong:
        raise Refused(wrong)
    book = load(folder, day_of(folder, job.now))
    found = Motion(
        change,
        base,
        head,
        fork,
        files,
        tree,
        job.git.tree(head),
        folder,
        book,
        NO_ENTRY,
        False,
        merge,
    )
    return _complete(job, found, job.git.tree(fork))


NO_ENTRY = Entry(PROPOSAL, "", "", "", b"{}", "", False, False)


def _complete(job: Job, found: Motion, fork: Tree) -> Motion:
    """With its proposal, its result where it has one, and why it cannot be taken over."""
    kind = found.index.kinds[PROPOSAL]
    named = [entry for entry in found.index.of(PROPOSAL) if _names(entry, job)]
    touched = [
        file.path
        for file in voted_files(found.files)
        if kind.owns(file.path) and file.how != "deleted"
    ]
    if len(named) > 1:
        files = ", ".join(entry.file for entry in named)
        raise Refused(
            _("Several proposals name this change: {files}. Leave it in one of them.", files=files)
        )
    if not named and len(touched) != 1:
        raise (Refused if touched else NothingAsked)(_wrong_number(touched))
    wrong = list(find_unfit_files(found.files))
    if wrong:
        raise Refused(*wrong, told=found.change)
    if named:
        found.entry = named[0]
    else:
        _read_own_page(job, found, kind, touched[0])
    _require_fit(found)
    found.record = _read_record(job, found)
    if (
        named
        and found.entry.file in touched
        and found.record is None
        and not found.proposal.is_closed
        and not _has_first_result(found)
    ):
        message = _(
            "{file} is the page of the proposal that is voted: take it out of the change.",
            file=found.entry.file,
        )
        raise Refused(message, told=found.change)
    found.faults = list(
        find_forbidden_files(
            rules_of(found.index),
            found.index,
            found.proposal.category,
            found.files,
            found.entry.file,
        )
    )
    found.faults += [*_find_moved(found, fork), *_check_page(found)]
    return found


def _check_page(found: Motion) -> Iterator[Message]:
    """What the check says of the proposal's page."""
    record = next(one for one in found.book.records() if one.file == found.entry.file)
    for item in check_record(record, found.index):
        if item.severity == "error":
            yield _("{file}: {message}", file=item.file, message=item.message)


def _wrong_number(touched: list[str]) -> Message:
    if touched:
        return _(
            "This change holds several proposals: {files}. One change asks one thing.",
            files=", ".join(touched),
        )
    return _(
        "This change asks for no vote: no proposal names it under “pull_request”, and none is "
        "in it."
    )


def _names(entry: Entry, job: Job) -> bool:
    asks = Proposal.of(entry).pull_request
    return asks is not None and (asks.forge, asks.number) == (job.forge.name, job.number)


def _read_own_page(job: Job, found: Motion, kind: Kind, path: str) -> None:
    """The proposal that the change itself brings, read by the base's schema, beside the base's
    records.
    """
    id = kind.id_of(path)
    had = found.index.entries[PROPOSAL].get(id)
    if not _ID.fullmatch(id) or path in {
        f"{folder}" for file in found.tree for folder in _folders(file)
    }:
        raise Refused(
            _("The change has a file whose name cannot be used: {file}", file=path),
            told=found.change,
        )
    if had and (Proposal.of(had).is_closed or Proposal.of(had).pull_request):
        message = _("The proposal “{id}” is decided already, or belongs to another change.", id=id)
        raise Refused(message, told=found.change)
    job.git.write_files({path: found.heads[path]}, found.folder)
    found.book, found.own = load(found.folder, found.index.today), True
    found.entry = found.index.entries[PROPOSAL][id]
    conduct = [name for name in CONDUCT if found.entry.get(name)]
    if conduct or any(one.resolved for one in found.proposal.objections):
        names = {"file": path, "names": ", ".join(conduct or ["objections"]), "branch": job.base}
        raise Refused(
            _(
                "Who votes, counts or speaks for whom is not for the change itself to say: take "
                "{names} out of {file}. Where it is needed, bring the proposal's page to "
                "“{branch}” "
                "first.",
                **names,
            ),
            told=found.change,
        )
    if found.entry.sound and found.proposal.pull_request and not _names(found.entry, job):
        raise Refused(
            _("{file} names another change under “pull_request”.", file=path), told=found.change
        )


def _folders(path: str) -> Iterator[str]:
    steps = path.split("/")
    return ("/".join(steps[:count]) for count in range(1, len(steps)))


def _require_fit(found: Motion) -> None:
    """Whether a vote can be held on it at all, by the base's rules."""
    entry, rules = found.entry, rules_of(found.index)
    message: Message | None
    if not rules:
        message = _(
            "There are no rules to count by: decisions/rules.yml is missing or has faults. "
            "“coopbook check” tells them."
        )
    elif not entry.sound or found.proposal.category not in rules.categories:
        message = _("{file} has faults: “coopbook check” tells them.", file=entry.file)
    elif is_secret(found.index, entry):
        message = _("This vote is secret: it cannot be counted from ballots that bear names.")
    elif found.proposal.is_closed or (message := find_early_article(entry)) is None:
        return
    raise Refused(message, told=found.change)


def _has_first_result(found: Motion) -> bool:
    """Whether the first consultation has its result: then the page on the base is the one that
    holds.
    """
    return found.entry.id in found.index.entries[RESULT]


def _read_record(job: Job, found: Motion) -> VoteRecord | None:
    """What a result on the base was counted from, with the ids of now, and the accounts that the
    change's own page names.
    """
    vote = vote_id(found.entry)
    if found.own or vote not in found.index.entries[RESULT]:
        return None
    try:
        file = found.folder / "decisions/results" / f"{vote}.events.json"
        kept = VoteRecord.of(json.loads(file.read_bytes()))
        said = (one.event for one in job.forge.statements(job.number))
        accounts = {(event.actor_id, event.login) for event in said}
        now = partial(found.index.current_id, MEMBER)
        kept = show(kept, read_key(found.folder, vote), now, accounts)
        recount(kept)
    except (OSError, ValueError, RecursionError):
        message = _(
            "{file} is missing or cannot be read: the result cannot be counted again.",
            file=f"decisions/results/{vote}.events.json",
        )
        raise Refused(message) from None
    return kept


def _find_moved(found: Motion, fork: Tree) -> Iterator[Message]:
    """The files that became something else on the base since: what was voted would undo it."""
    folders = {folder for path in found.tree for folder in _folders(path)}
    for file in voted_files(found.files) if not found.merge else ():
        path, there = file.path, found.tree.get(file.path)
        if path == found.entry.file and not found.own:
            continue
        blocked = file.how != "deleted" and (
            path in folders or any(folder in found.tree for folder in _folders(path))
        )
        if blocked or (there != fork.get(path) and there != found.heads.get(path)):
            yield _(
                "“{file}” has changed since this was proposed: bring the change up to date, "
                "or propose it anew.",
                file=path,
            )


def text_at(job: Job, motion: Motion, commit: str) -> str:
    """The fingerprint of the text at an earlier commit of the change; one that fits no text where
    the commit cannot be had.
    """
    try:
        if job.git.has(commit):
            return _text(
                job.git.list_altered(job.git.fork(motion.base, commit), commit), motion.entry
            )
    except GitError:
        pass
    return "0" * 64
