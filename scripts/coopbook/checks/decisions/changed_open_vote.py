"""While a vote is open, what says who votes, until when and under which rule stays as it is.

From its opening to its result a proposal stays where it is and keeps its category, its subject, its
election, its days, its change on the forge, its tellers, its chair and those who do not vote; once
there are ballots, its summary, and no change on a forge comes to it; and, once there are some that
do not say which text they are on, its text. Proxies, objections and the
words of roles may be added; what stands there already is not changed, save that an objection may
end. Who has a vote stays the same, and so do the accounts that they had, the forge on which a
change is voted, and the co-op's time zone. Another date or another rule is another vote: withdraw
the proposal and put it anew. This check compares with the files before the change (`coopbook check
--base`).

## Why
Whoever can move the close, name a teller or take a voter out while people vote can choose what
comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.tally.electorate import Person, Rule, Voter, electorate_on
from ...decisions.tally.events import instant
from ...decisions.tally.terms import Category
from ...decisions.types import Ballot, Proposal
from ...decisions.vote_record import day_of
from ...decisions.votes import ballots, people, rules_of, text_of, vote_id
from ...records.index import Entry, Index
from ..localized import says_the_same

KIND = "proposal"

KEPT = (
    "category",
    "subject",
    "election",
    "opens",
    "closes",
    "convened",
    "recused",
    "tellers",
    "chair",
)
ADDED_TO = ("proxies", "gates", "objections")
ENDS = "resolved"
ANEW = _(
    "Put it back. A vote under other terms is another one: withdraw this proposal and put it anew."
)


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    begun = [
        old
        for old in before.of("proposal")
        if Proposal.of(old).is_put_to_the_vote and old.sound and _begun(old, before)
    ]
    if any(Proposal.of(old).pull_request for old in begun) and _forge(before) != _forge(after):
        message = _("People vote on the forge that stood here: it cannot be another one now.")
        yield Diagnostic(
            "coop.yml", message, _("Put it back until the vote has its result."), ("forge",)
        )
    if begun and before.settings.timezone != after.settings.timezone:
        message = _("People vote until an hour of the time zone that stood here: it stays.")
        yield Diagnostic(
            "coop.yml", message, _("Put it back until the vote has its result."), ("timezone",)
        )
    then, now = (list(people(index)) if begun else [] for index in (before, after))
    for old in begun:
        new = after.find("proposal", old.id)
        if new is None:
            yield Diagnostic(
                old.file,
                _("People vote on this: it cannot be deleted."),
                _("Put the file back, and withdraw it instead."),
            )
        elif new.sound:
            yield from _terms(old, new, voted=_is_voted_on(old, before, after))
            yield from _taken_back(old, new)
            yield from _text(before, old, new)
            yield from _voters(
                after,
                old,
                _entitled_voters(before, old, then),
                _entitled_voters(before, old, now),
                _set_apart(before, old),
            )


def _is_voted_on(old: Entry, before: Index, after: Index) -> bool:
    """Whether there are ballots, and no result that comes with the change: its close writes down
    on which change it was held.
    """
    vote = vote_id(old)
    return vote not in after.by_id("result") and bool(ballots(before, vote))


def _set_apart(index: Index, proposal: Entry) -> frozenset[str]:
    """The membership categories that a quorum of this vote does not count."""
    asked = Proposal.of(proposal)
    written = rules_of(index).categories.get(asked.category)
    if written is None:
        return frozenset()
    return Category.of(asked.category, written, asked.stage).sets_apart


def _forge(index: Index) -> tuple[str, str, str]:
    """Where votes are given."""
    forge = index.settings.forge
    return forge.kind, forge.url, forge.main_branch


def _begun(entry: Entry, index: Index) -> bool:
    opened = Proposal.of(entry).days.opens
    return bool(opened) and instant(opened).date() <= index.today


def _terms(old: Entry, new: Entry, *, voted: bool) -> Iterator[Diagnostic]:
    """Terms that are not what they were; where people have `voted`, what they read and where the
    change is that they voted on.
    """
    was = Proposal.of(old)
    if voted and not says_the_same(old.get("summary"), new.get("summary")):
        message = _("“{name}” was changed while people vote.", name="summary")
        yield new.fault(message, "summary" if "summary" in new.value else "status", help=ANEW)
    kept = [
        *KEPT,
        *(["second"] if was.status == "second" else ()),
        *(["pull_request"] if was.pull_request or voted else ()),
    ]
    for name in kept:
        if old.get(name) != new.get(name):
            message = _("“{name}” was changed while people vote.", name=name)
            yield new.fault(message, name if name in new.value else "status", help=ANEW)


def _taken_back(old: Entry, new: Entry) -> Iterator[Diagnostic]:
    """What stood in a list that may only grow, and no longer does as it was."""
    for name in ADDED_TO:
        had, have = (list(entry.get(name) or ()) for entry in (old, new))
        if any(one not in have and not _has_ended(one, have) for one in had):
            message = _("What stood under “{name}” was changed while people vote.", name=name)
            yield new.fault(
                message, name if have else "status", help=_("Put it back; add to it below.")
            )


def _has_ended(one: dict[str, Any], have: list[dict[str, Any]]) -> bool:
    """Whether an objection stands there still, with its end."""
    return ENDS not in one and any({**other, ENDS: None} == {**one, ENDS: None} for other in have)


def _text(before: Index, old: Entry, new: Entry) -> Iterator[Diagnostic]:
    if text_of(old) == text_of(new):
        return
    if any(not Ballot.of(ballot).hashes.text for ballot in ballots(before, vote_id(old))):
        yield new.fault(
            _("The text was changed, and there are ballots on the text as it was."),
            "title",
            help=ANEW,
        )


def _voters(
    after: Index, old: Entry, had: dict[str, Voter], have: dict[str, Voter], apart: frozenset[str]
) -> Iterator[Diagnostic]:
    """Those who had a vote, or have one now, and no longer do so in the same way. Leaving is no
    change: the rules say what it means.
    """
    for id in sorted({*had, *have}):
        was, now = had.get(id), have.get(id)
        member = after.find("member", id)
        file, names = (member.file if member else old.file), {"id": id, "title": old.file}
        if (
            was is None
            or now is None
            or was.college != now.college
            or (was.category != now.category and apart & {was.category, now.category})
        ):
            message = _("This changes who has a vote on {title}, which is open: “{id}”.", **names)
            yield Diagnostic(file, message, _("Change it once the vote has its result."))
        elif not {*was.accounts} <= {*now.accounts}:
            message = _(
                "“{id}” has a vote on {title}, which is open: an account that they had stays.",
                **names,
            )
            yield Diagnostic(file, message, _("Change it once the vote has its result."))


def _entitled_voters(before: Index, proposal: Entry, persons: list[Person]) -> dict[str, Voter]:
    """Who has a vote by the rules before the change; nobody yet where their day is still to
    come.
    """
    rules = rules_of(before)
    if not rules or (day := day_of(rules, Proposal.of(proposal))) > before.today:
        return {}
    stays = replace(Rule.of(rules.electorate), drop_leavers=False)
    return {voter.id: voter for voter in electorate_on(day, persons, stays).voters}
