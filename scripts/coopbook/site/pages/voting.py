"""What is open to vote, until when and how; and each member's own page of votes.

No ballot comes here (`audience.view` gives none): these pages say who is entitled, never who has
voted or how.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...base.messages import Message, _
from ...base.once import once
from ...decisions.kinds import POLL, PROPOSAL
from ...decisions.types import Proposal, Result
from ...decisions.votes import (
    consultations,
    is_secret,
    open_votes,
    rules_of,
    text_of,
    vote_id,
    voters,
)
from ...decisions.wording.eligibility import YOURS, standing_on
from ...decisions.wording.rules_text import rule_of_vote
from ...records.core_kinds import MEMBER
from ...records.index import Entry, Index
from ...records.model import Record
from ..context import Site
from ..forge import discussion_address, new_file_address
from ..mailto import mailto
from ..navigation import title_of
from ..rendering import Maker, defer_page, make_page
from ..shells import Page
from ..subscribing import head_links
from .polls import asked_now, open_rows
from .register import result_of

PAST = 20
"""Closed votes on a member's page."""
CHOICES = {
    "for": _("for"),
    "against": _("against"),
    "abstain": _("you are here and do not choose"),
    "blank": _("a blank vote"),
}
SENTENCES = {
    "for": _("/vote yes"),
    "against": _("/vote no"),
    "abstain": _("/vote abstain"),
    "blank": _("/vote blank"),
}
"""What is written below a proposal; `tally.events` reads them, in each language."""
TAKE_BACK = _("/vote none")
BY_MAIL = {"for": _("For"), "against": _("Against"), "abstain": _("Abstain"), "blank": _("Blank")}
"""Choices as a teller's sheet takes them (`deciding.ballot_sheet`)."""
SHORT = 12
"""Of a fingerprint, as many digits as two people compare."""


class Mail(NamedTuple):
    """Votes by a mail that is already written: `ways` are the words of each choice and the address
    that opens its mail; none where `to`, those to whom it goes, cannot be written to. `text` is the
    beginning of the fingerprint of what is voted.
    """

    ways: list[tuple[str, str]]
    to: list[str]
    text: str


@dataclass(frozen=True)
class Vote:
    """A vote, and how one takes part: `discussion` is where a sentence is written, `tellers` take a
    ballot in hand.
    """

    entry: Entry
    opens: str
    closes: str
    rule: list[Message]
    secret: bool
    discussion: str
    tellers: tuple[str, ...]
    entitled: int
    opinion: bool


def index_pages(site: Site) -> Iterator[Maker]:
    entries = [*site.index.of(PROPOSAL), *site.index.of(POLL)]
    spoken = site.addresses.languages_of_list(entries)
    if site.audience != "members" or site.language not in spoken or not entries:
        return
    values: dict[str, Any] = {
        "votes": _open(site),
        "polls": open_rows(site),
        "soon": soon(site.index),
        "sentences": sentences(site),
        "take_back": site.words.say(TAKE_BACK),
    }
    values |= {
        "head": head_links(site, "votes/"),
        "alternates": site.addresses.paths("votes/", spoken),
    }
    yield defer_page(
        site,
        "votes/",
        site.words.say(title_of(site, "votes")),
        "votes_open.html",
        section="votes",
        **values,
    )


@once
def soon(index: Index) -> list[Entry]:
    """Proposals whose vote opens on a day that is known, the first on top."""
    today = index.today.isoformat()
    found = [
        one
        for one in index.of(PROPOSAL)
        if ((asked := Proposal.of(one)).is_discussed or asked.is_put_to_the_vote)
        and asked.opens[:10] > today
    ]
    return sorted(found, key=lambda one: (Proposal.of(one).opens, one.id))


def sentences(site: Site) -> list[tuple[str, str]]:
    """What is written below a proposal, and what it means."""
    return [
        (site.words.say(words), site.words.say(CHOICES[choice]))
        for choice, words in SENTENCES.items()
    ]


def vote_of(site: Site, entry: Entry) -> Vote:
    """An open vote and how one takes part in it."""
    rules, when = rules_of(site.index), consultations(entry)[-1][1]
    proposal = Proposal.of(entry)
    category = rules.categories.get(proposal.category)
    return Vote(
        entry,
        when.opens,
        when.closes,
        rule_of_vote(category, proposal.stage, election=proposal.election is not None)
        if category
        else [],
        is_secret(site.index, entry),
        discussion_address(site, entry),
        tuple(dict.fromkeys([*proposal.tellers, *rules.tellers])),
        _count_entitled(site, entry),
        bool(category and category.is_for_meetings),
    )


def _count_entitled(site: Site, entry: Entry) -> int:
    """How many may vote; none where the rules cannot be read."""
    try:
        return len(voters(site.index, entry).without(Proposal.of(entry).recused).voters)
    except (KeyError, ValueError):
        return 0


def my_votes(site: Site, record: Record) -> Page:
    """A member's votes: those that are open and whether there is one for this member, those to
    come, and the last that closed.
    """
    entry = site.index.entries[MEMBER][record.id]
    path = f"members/{record.id}/votes/"
    values: dict[str, Any] = {
        "now": [
            (
                vote,
                why_no_vote(site, vote.entry, entry),
                _ballot(site, vote, entry),
                _mail(site, vote, entry),
            )
            for vote in _open(site)
        ],
        "polls": asked_now(site, entry),
        "soon": [(one, why_no_vote(site, one, entry)) for one in soon(site.index)],
        "past": [
            (one, result, why_no_vote(site, one, entry)) for one, result in _closed_votes(site)
        ],
        "entry": entry,
        "named": rules_of(site.index).names == "members",
        "alternates": site.addresses.paths(path, site.addresses.languages_of(entry)),
    }
    title = site.words.say(_("My votes: {name}", name=site.texts.text(record.title)))
    return make_page(site, path, title, "my_votes.html", section="votes", contents=False, **values)


@once
def _open(site: Site) -> list[Vote]:
    """The votes that are open."""
    return [vote_of(site, one) for one in open_votes(site.index)]


@once
def _closed_votes(site: Site) -> list[tuple[Entry, Entry]]:
    """The last proposals whose vote closed, each with its result."""
    closed = [
        (one, result)
        for one in site.index.of(PROPOSAL)
        if (result := result_of(site, one)) and not Proposal.of(one).is_put_to_the_vote
    ]
    closed.sort(key=lambda pair: (Result.of(pair[1]).counted_at, pair[0].id), reverse=True)
    return closed[:PAST]


def why_no_vote(site: Site, proposal: Entry, member: Entry) -> str:
    """Why a member has no vote on a proposal, in words; nothing where that one has, or where the
    rules cannot be read.
    """
    try:
        found = standing_on(site.index, proposal, member)
    except (KeyError, ValueError):
        return ""
    return site.words.say(YOURS[found]) if found in YOURS else ""


def _ballot(site: Site, vote: Vote, member: Entry) -> str:
    """Where a member's ballot can be written on the co-op's forge, already begun; nothing where the
    vote is secret or there is no forge.
    """
    if vote.secret:
        return ""
    choices = ", ".join(f"{choice} = {site.words.say(words)}" for choice, words in CHOICES.items())
    zone = vote.closes[19:]
    when = site.words.say(_("The day and the hour, written so:"))
    text = (
        f"# {choices}\nchoice: \n# {when} {site.index.today.isoformat()}T18:00:00{zone}\ncast_at: "
        f"\n"
    )
    if Proposal.of(vote.entry).pull_request is None:
        text += f"hashes:\n  text: {text_of(vote.entry)}\n"
    return new_file_address(site, f"decisions/ballots/{vote_id(vote.entry)}/{member.id}.yml", text)


def _mail(site: Site, vote: Vote, member: Entry) -> Mail | None:
    """A mail for each choice; None where the vote is secret or nobody may enter a ballot."""
    if vote.secret or not vote.tellers:
        return None
    mails = [site.mails[id] for id in vote.tellers if id in site.mails]
    to = ",".join(mails or filter(None, [site.settings.email]))
    asked = Proposal.of(vote.entry)
    text = "" if asked.pull_request else text_of(vote.entry)[:SHORT]
    ways = (
        [
            (site.words.say(words), _write_mail(site, vote, member, words, to, text))
            for words in BY_MAIL.values()
        ]
        if to
        else []
    )
    return Mail(ways, mails or to.split(",") if to else [], text)


def _write_mail(site: Site, vote: Vote, member: Entry, choice: Message, to: str, text: str) -> str:
    """The address that opens a mail with one member's choice."""
    title = site.texts.text(vote.entry.title)
    lines = [
        site.words.say(_("My vote: {choice}", choice=choice)),
        site.words.say(_("Proposal: {title} ({id})", title=title, id=vote_id(vote.entry))),
        site.words.say(_("Fingerprint of the text: {fingerprint}", fingerprint=text))
        if text
        else vote.discussion,
        site.words.say(
            _("Member: {name} ({id})", name=site.texts.text(member.title), id=member.id)
        ),
        site.words.say(_("My reason, if I wish to give one:")),
    ]
    body = "\n".join(line for line in lines if line)
    return mailto(
        to, site.words.say(_("Vote: {choice} ({title})", choice=choice, title=title)), f"{body}\n\n"
    )
