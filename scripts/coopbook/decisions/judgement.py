"""Whether those who made a change may make it, by the accounts, roles, mandates and rules that the
base has.

Who made a change are the accounts that opened it and pushed to it, never the authors that its
commits name: git lets anybody write any name there. `paths` of the rules say who may change which
file, `fields` what members may change of their own record; what neither names is for those who look
after the program. A role is held by a mandate that runs on the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct

from ..base.messages import Message, _
from ..records.core_kinds import MEMBER
from ..records.index import Index
from ..records.load import Book
from ..records.member_pictures import owner_of_picture
from ..records.model import Record
from .accounts import Account, Actor, identify
from .bylaws import is_same_but_for_slips
from .kinds import ANSWER, ARTICLE, BALLOT, COUNT, JOURNALS, POLL, PROPOSAL, RESULT
from .mandates import mandates_held
from .own_words import find_changed_candidates, find_words_in_names
from .permissions import MAINTAINERS, minutes_keeper, own_fields
from .proposed_change import MODES, Altered
from .types import (
    Answer,
    Article,
    Ballot,
    Member,
    Poll,
    Proposal,
    vote_and_member,
)
from .votes import proposal_of, rules_of

NOT_ALLOWED = "not-allowed"
"""What stands in brackets behind a ruling, as the slug of a check does."""
EVIDENCE = "decisions/evidence/"
RESULTS = "decisions/results/"
_CONDUCT = ("recused", "tellers", "chair")
"""Fields of a proposal that say who votes and who counts."""


class Ruling(Struct, frozen=True):
    """Why a file is not for the makers of the change to change; `waits_for` is the permission, as
    `paths` writes it, of those whose approval mends that, and empty where nobody's does.
    """

    file: str
    message: Message
    waits_for: str = ""


class Change(Struct, frozen=True):
    """A proposed change as it would be merged: its files, and the book with and without them."""

    before: Book
    after: Book
    files: tuple[Altered, ...]


def judge(
    change: Change, makers: Iterable[Account], approvers: Iterable[Account], day: date
) -> list[Ruling]:
    """Say which files of a change are not for its makers to change.

    Args:
        change: What would be merged.
        makers: The accounts that opened the change and pushed to it; each must be allowed to make
            all of it.
        approvers: The accounts that approve of exactly this change. What waits for somebody is
            settled by the approval of one who might have made it.
        day: On which roles must be held.

    Returns:
        What is not allowed, in the order of the files; nothing where all of it is.
    """
    base = _Base(change.before.index, day)
    acting = [identify(base.index, account) for account in makers]
    # Nobody approves of the own change, by another account of theirs either.
    own = {actor.member for actor in acting}
    approving = [
        actor
        for actor in (identify(base.index, account) for account in approvers)
        if actor.member and actor.member not in own
    ]
    records = _Records(change)
    found = []
    for file in sorted(change.files, key=lambda one: one.path):
        wrong = [ruling for actor in acting for ruling in _rule(base, records, file, actor)]
        if not acting:
            wrong = [Ruling(file.path, _("Nobody knows who made this change."))]
        if wrong and any(_settles(base, records, file, acting, actor) for actor in approving):
            wrong = [ruling for ruling in wrong if not ruling.waits_for]
        found += [ruling for place, ruling in enumerate(wrong) if ruling not in wrong[:place]]
    return found


def _settles(
    base: _Base, records: _Records, file: Altered, makers: list[Actor], actor: Actor
) -> bool:
    """Whether what waits for an approval is settled by that of an actor: of one who might have made
    it, or, of a slip of the copy that its makers may put right, of another who might put it right.
    """
    if not list(_rule(base, records, file, actor)):
        return True
    who = minutes_keeper(base.rules, base.index)
    correct = {one.member for one in makers} <= records.correctors(file.path) and all(
        base.allows(who, one) for one in makers
    )
    return correct and (base.allows(who, actor) or base.allows(MAINTAINERS, actor))


class _Base:
    """Who is who on the base, and what its rules say."""

    def __init__(self, index: Index, day: date) -> None:
        self.index, self.day = index, day
        self.rules = rules_of(index)

    def allows(
        self, who: str, actor: Actor, owner: str = "", offices: frozenset[str] = frozenset()
    ) -> bool:
        """Whether an actor is among those whom `paths` names by a word; `owner` is whose own the
        file is, and `offices` are those that its record belongs to, before and after the change.
        """
        word, _colon, name = who.partition(":")
        if word == "vote" or not actor.member or self.has_left(actor.member):
            return False
        if word == "role":
            return self._holds(actor.member, name)
        if self._holds(actor.member, self.rules.maintainers):
            return True
        if word == "own":
            return actor.member == owner
        if word == "office":
            return offices == {self._office(actor.member)} and "" not in offices
        return word == "any_member"

    def _holds(self, member: str, role: str) -> bool:
        held = mandates_held(self.index, role, self.day)
        return any(mandate.member == member for _body, mandate in held)

    def has_left(self, member: str) -> bool:
        entry = self.index.find(MEMBER, member)
        return entry is None or Member.of(entry).has_left

    def _office(self, member: str) -> str:
        entry = self.index.find(MEMBER, member)
        return Member.of(entry).office if entry else ""

    def present_id(self, member: str) -> str:
        """The id that a member has today, by that or a former one."""
        entry = self.index.find(MEMBER, member)
        return entry.id if entry else member

    def tellers(self, vote: str) -> set[str]:
        """Who may enter the ballots of others in a vote."""
        proposal = proposal_of(self.index, vote)
        own = Proposal.of(proposal).tellers if proposal else ()
        return {*self.rules.tellers, *own}


class _Records:
    """The records of the files that a change touches, before and after it."""

    def __init__(self, change: Change) -> None:
        touched = {file.path for file in change.files}
        self.old, self.new = (
            {record.file: record for record in book.records() if record.file in touched}
            for book in (change.before, change.after)
        )
        self.indexes = change.before.index, change.after.index
        self.kinds = change.before.index.kinds

    def kind_of(self, file: str) -> str:
        """The kind whose record a file is; empty for any other file."""
        return next((name for name, kind in self.kinds.items() if kind.owns(file)), "")

    def offices_of(self, file: str) -> frozenset[str]:
        """The local offices that a record belongs to, before and after the change."""
        found = (records.get(file) for records in (self.old, self.new))
        return frozenset(str(one.get("office") or "") for one in found if one is not None)

    def is_of_a_vote_on_a_forge(self, file: str) -> bool:
        """Whether a file is part of the result of a proposal that is voted as a proposed change."""
        if not file.startswith(RESULTS):
            return False
        vote = file.removeprefix(RESULTS).partition(".")[0]
        found = (proposal_of(index, vote) for index in self.indexes)
        return any(one is not None and Proposal.of(one).pull_request for one in found)

    def correctors(self, file: str) -> set[str]:
        """Who says to have put a slip of the copy of an article right, where a change of its file
        does nothing else; nobody where it does.
        """
        old, new = (index.by_file.get(file) for index in self.indexes)
        if old is None or new is None or {old.kind, new.kind} != {ARTICLE}:
            return set()
        if Article.of(new).adopted_by.minutes or Article.of(new).adopted_by.proposal:
            return set()
        others = set(self.changed_fields(file)) - {"errata", "text"}
        if others or not (old.sound and new.sound) or not is_same_but_for_slips(old, new):
            return set()
        return {one.by for one in Article.of(new).errata[len(Article.of(old).errata) :]}

    def renames_voters(self, file: Altered) -> bool:
        """Whether a change names people otherwise, or no more, in the list of who is who beside a
        result: the check says whether it may.
        """
        ending = self.kinds[RESULT].pseudonyms
        return file.how == "altered" and bool(ending) and file.path.endswith(f".{ending}")

    def changed_fields(self, file: str) -> list[str]:
        """The fields that differ, `text` for what stands below them."""
        old, new = self.old.get(file), self.new.get(file)
        was, now = (record.value if record else {} for record in (old, new))
        names = [name for name in {**was, **now} if was.get(name) != now.get(name)]
        return [*names, *(["text"] if old and new and old.body != new.body else [])]


def _rule(base: _Base, records: _Records, file: Altered, actor: Actor) -> Iterator[Ruling]:
    """Why a file of a change is not for one actor to change."""
    if file.how != "deleted" and file.mode not in MODES:
        yield Ruling(file.path, _("“{file}” is a link, not a file.", file=file.path))
        return
    if not actor.member:
        yield Ruling(file.path, actor.hint, MAINTAINERS)
        return
    kind = records.kind_of(file.path)
    if kind in (BALLOT, COUNT):
        yield from _rule_on_ballot(base, records, file, actor)
        return
    if kind == ANSWER:
        yield from _rule_readable(_rule_on_answer, base, records, file, actor)
        return
    if _is_evidence_of_teller(base, file, actor):
        return
    if records.is_of_a_vote_on_a_forge(file.path) and not records.renames_voters(file):
        message = _(
            "“{file}”: what came of a vote on the forge is recorded by “coopbook vote close” "
            "alone.",
            file=file.path,
        )
        yield Ruling(file.path, message)
        return
    if kind == JOURNALS:
        message = _("“{file}” is written by “coopbook vote anchor” alone.", file=file.path)
        yield Ruling(file.path, message)
        return
    owner = _owner(records, kind, file.path)
    who = base.rules.permission(file.path) or MAINTAINERS
    corrects = who.startswith("vote:") and actor.member in records.correctors(file.path)
    if corrects:
        who = minutes_keeper(base.rules, base.index)
    if not base.allows(who, actor, owner, records.offices_of(file.path)):
        yield Ruling(file.path, _not_for(who, file.path, actor, owner), who)
        return
    if corrects:
        message = _(
            "“{file}”: a slip of the copy is put right by two: somebody else who keeps the "
            "minutes, or looks after the program, compares the scan and approves.",
            file=file.path,
        )
        yield Ruling(file.path, message, who)
    if kind == MEMBER:
        yield from _rule_on_member(base, records, file, actor)
    if kind in (PROPOSAL, POLL):
        rule = _rule_on_proposal if kind == PROPOSAL else _rule_on_poll
        yield from _rule_readable(rule, base, records, file, actor)


def _rule_readable(
    rule: Callable[[_Base, _Records, Altered, Actor], Iterator[Ruling]],
    base: _Base,
    records: _Records,
    file: Altered,
    actor: Actor,
) -> Iterator[Ruling]:
    """What a rule says of a record; that it cannot be read, where the change brings a schema of
    another shape.
    """
    try:
        yield from rule(base, records, file, actor)
    except ValueError:
        yield Ruling(file.path, _("“{file}” cannot be read.", file=file.path), MAINTAINERS)


def _owner(records: _Records, kind: str, file: str) -> str:
    """The member whose own a file is; empty where it is nobody's."""
    if kind == MEMBER:
        return records.kinds[MEMBER].id_of(file)
    return owner_of_picture(
        file, lambda id: any(id in index.by_id(MEMBER) for index in records.indexes)
    )


def _not_for(who: str, file: str, actor: Actor, owner: str) -> Message:
    names = {"file": file, "login": actor.account.login}
    word, _colon, name = who.partition(":")
    if word == "vote":
        return _("“{file}” changes by a vote alone, under “{category}”.", category=name, **names)
    if word == "role":
        return _(
            "“{file}” is for the role “{role}”, which “@{login}” does not hold on the main "
            "branch today.",
            role=name,
            **names,
        )
    if word == "own" and owner == actor.member:
        return _(
            "“{file}” was yours, “@{login}”, until you left: those who look after the program "
            "write that you are back.",
            **names,
        )
    if word == "own" and owner:
        return _("“{file}” is for “{member}” alone, not for “@{login}”.", member=owner, **names)
    if word == "office":
        return _("“{file}” is for its local office, which is not that of “@{login}”.", **names)
    if word == "any_member":
        return _("“{file}” is for members: “@{login}” has left.", **names)
    return _("“{file}” is for those who look after the program, not for “@{login}”.", **names)


def _rule_on_member(
    base: _Base, records: _Records, file: Altered, actor: Actor
) -> Iterator[Ruling]:
    """A member's record, field by field; all of it for those who look after the program."""
    if base.allows(MAINTAINERS, actor):
        return
    if file.how != "altered":
        message = (
            _("“{file}” is a new member's: it is for those who look after the program.")
            if file.how == "added"
            else _("“{file}” is a member's whole record: nobody takes it away alone.")
        )
        yield Ruling(file.path, Message(message.text, {"file": file.path}), MAINTAINERS)
        return
    if file.path not in records.old or file.path not in records.new:
        yield Ruling(file.path, _("“{file}” cannot be read.", file=file.path), MAINTAINERS)
        return
    own = own_fields(base.rules, MEMBER)
    # What a schema refuses is not in the record: whether it changed cannot be seen.
    both = (records.old[file.path], records.new[file.path])
    if {path[0] for record in both for path in record.refused} - {*own}:
        message = _("“{file}” has faults: “coopbook check” tells them.", file=file.path)
        yield Ruling(file.path, message)
        return
    if taken := [name for name in records.changed_fields(file.path) if name not in own]:
        message = _(
            "In “{file}”, these are not for oneself to change: {names}.",
            file=file.path,
            names=", ".join(taken),
        )
        yield Ruling(file.path, message, MAINTAINERS)


def _rule_on_ballot(
    base: _Base, records: _Records, file: Altered, actor: Actor
) -> Iterator[Ruling]:
    """A ballot or a count: by whose it is, or by a teller with what proves it."""
    kind = records.kinds[records.kind_of(file.path)]
    vote, written = vote_and_member(kind.id_of(file.path))
    owner = base.present_id(written)
    new = records.new.get(file.path)
    if kind.name == COUNT:
        if actor.member != owner or actor.member not in base.tellers(vote):
            message = _(
                "“{file}” is for the teller “{member}” alone.", file=file.path, member=owner
            )
            yield Ruling(file.path, message)
        return
    by = Ballot.of(new).cast_by if new else ""
    if actor.member == owner and by in ("", owner):
        return
    if actor.member not in base.tellers(vote):
        message = _(
            "“{file}” is the ballot of “{member}”: “@{login}” neither is that member nor a "
            "teller of this vote on the main branch.",
            file=file.path,
            member=owner,
            login=actor.account.login,
        )
        yield Ruling(file.path, message)
    elif new and (by != actor.member or not _is_proved(new, vote)):
        message = _(
            "“{file}”: a teller enters a ballot under the own name (“cast_by: {teller}”), with "
            "a file below {folder} that proves it.",
            file=file.path,
            teller=actor.member,
            folder=f"{EVIDENCE}{vote}/",
        )
        yield Ruling(file.path, message)


def _rule_on_answer(
    base: _Base, records: _Records, file: Altered, actor: Actor
) -> Iterator[Ruling]:
    """An answer to a poll: by whose it is, or by a teller under the own name. It decides nothing,
    so nothing has to prove it.
    """
    owner = base.present_id(vote_and_member(records.kinds[ANSWER].id_of(file.path))[1])
    old, new = records.old.get(file.path), records.new.get(file.path)
    was, now = (Answer.of(one) if one else None for one in (old, new))
    is_here = not base.has_left(actor.member)
    if actor.member == owner and (now is None or (is_here and now.entered_by in ("", owner))):
        return
    entered = [one.entered_by for one in (was, now) if one is not None]
    if actor.member in base.rules.tellers and {*entered} == {actor.member}:
        return
    message = _(
        "“{file}” is the answer of “{member}”, not of “@{login}”; a teller of the rules may enter "
        "it under the own name (“entered_by”).",
        file=file.path,
        member=owner,
        login=actor.account.login,
    )
    yield Ruling(file.path, message)


def _rule_on_poll(base: _Base, records: _Records, file: Altered, actor: Actor) -> Iterator[Ruling]:
    """A poll: asked, changed and ended by those who ask, as the base names them; what came of it
    anybody may write down, since everybody can count it again.
    """
    old, new = records.old.get(file.path), records.new.get(file.path)
    poll = old or new
    counted = old and new and records.changed_fields(file.path) == ["outcome"]
    if poll is None or counted or actor.member in map(base.present_id, Poll.of(poll).asked_by):
        return
    message = _("“{file}” is for those who ask: “asked_by” on the main branch.", file=file.path)
    yield Ruling(file.path, message, "own")


def _is_proved(record: Record, vote: str) -> bool:
    evidence = Ballot.of(record).evidence
    return evidence is not None and evidence.file.startswith(f"{EVIDENCE}{vote}/")


def _is_evidence_of_teller(base: _Base, file: Altered, actor: Actor) -> bool:
    """Whether a teller brings what proves the ballots of a vote."""
    vote = file.path.removeprefix(EVIDENCE).partition("/")[0]
    return (
        file.path.startswith(EVIDENCE)
        and file.how == "added"
        and actor.member in base.tellers(vote)
    )


def _rule_on_proposal(
    base: _Base, records: _Records, file: Altered, actor: Actor
) -> Iterator[Ruling]:
    """A proposal: its objections, the words on its gates, its proxies and its withdrawal by their
    authors; who votes and counts by those who look after the program.
    """
    old, new = records.old.get(file.path), records.new.get(file.path)
    was = Proposal.of(old) if old else Proposal()
    now = Proposal.of(new) if new else Proposal()
    for member, message in find_words_in_names(was, now):
        if member != actor.member:
            names = {"file": file.path, "member": member}
            yield Ruling(file.path, Message(message.text, {**message.values, **names}), "own")
    proposers = was.proposers if old else now.proposers
    taken_back = not new or now.status == "withdrawn" != was.status
    given_away = new is not None and was.proposers != now.proposers
    if (not old or taken_back or given_away) and actor.member not in proposers:
        message = _(
            "“{file}” is proposed, withdrawn and given to others by its proposers alone.",
            file=file.path,
        )
        yield Ruling(file.path, message, "own")
    yield from _rule_on_minuted(base, file, actor, was, now)
    changed = [name for name in _CONDUCT if getattr(was, name) != getattr(now, name)]
    if changed and not base.allows(MAINTAINERS, actor):
        message = _(
            "In “{file}”, who votes and who counts is not for oneself to say: {names}.",
            file=file.path,
            names=", ".join(changed),
        )
        yield Ruling(file.path, message, MAINTAINERS)


def _rule_on_minuted(
    base: _Base, file: Altered, actor: Actor, was: Proposal, now: Proposal
) -> Iterator[Ruling]:
    """Candidates who accepted in a meeting: by those who may write its minutes."""
    old, new = (one.election.candidates if one.election else () for one in (was, now))
    for minutes in sorted({one.accepted_in for one in find_changed_candidates(old, new)} - {""}):
        written = f"decisions/minutes/{minutes}.md"
        who = base.rules.permission(written) or MAINTAINERS
        if not base.allows(who, actor):
            yield Ruling(file.path, _not_for(who, written, actor, ""), who)
