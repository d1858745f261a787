"""What the page of a proposed change says of its vote: the one comment that is kept up to date
there, and a sentence for its status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ...base.messages import NOTHING, Message, Translator, _, ngettext, translator
from ...records.index import Entry, Index
from ..accounts import Account, identify
from ..credentials import Arrival
from ..presets import category_name
from ..proposed_change import Altered, describe_change
from ..tally import Outcome
from ..tally.ballots import Refusal
from ..tally.events import instant
from ..tally.gates import state_of_gates
from ..tally.record import VoteRecord
from ..tally.terms import terms
from ..types import Proposal
from ..votes import people, rules_of
from .conduct import conduct_lines
from .eligibility import why_not
from .forge_markdown import escape_value, is_login, mention, pair
from .outcomes import RESULTS, STATUSES, WAITING, WHY, describe_moment, rows_of_count

MOST_ROWS = 40
COMMANDS = (
    (_("for"), _("/vote yes")),
    (_("against"), _("/vote no")),
    (_("abstaining"), _("/vote abstain")),
    (_("a blank vote"), _("/vote blank")),
    (_("taking a vote back"), _("/vote none")),
)
OBJECTING = (
    (_("an objection"), _("/object name-it: the reason")),
    (_("ending one's own objection"), _("/resolve name-it")),
)


@dataclass(frozen=True)
class Situation:
    """All that is told of a vote. `final`: it has its result; `merged`: what was voted is in the
    book; `refused` says why it cannot be; `seen` what did not stay as it was on the page.
    """

    index: Index
    entry: Entry
    files: Sequence[Altered]
    record: VoteRecord | None = None
    found: Outcome | None = None
    earliest: datetime | None = None
    now: datetime | None = None
    final: bool = False
    merged: bool = False
    confirmed: bool = False
    refused: Sequence[Message] = field(default_factory=tuple)
    seen: Sequence[Message] = field(default_factory=tuple)
    held: Mapping[str, tuple[Arrival, datetime | None]] = field(default_factory=dict)
    """Accounts that spoke and did not count yet, and from when they do, if in this vote."""

    @property
    def show(self) -> str:
        """What the rules let be known."""
        if self.found is None or self.record is None:
            return "after_close"
        still_open = self.found.waiting == "closes"
        return self.record.rules.category.show or "after_close" if still_open else "live"


def status_of_vote(
    now: Situation, language: str
) -> tuple[Literal["pending", "success", "failure", "error"], str]:
    """The status of the change and one sentence."""
    say = translator(language)
    if now.found is None:
        words = now.refused[0] if now.refused else STATUSES[Proposal.of(now.entry).status]
        return ("error" if now.refused else "pending"), say(words)
    if now.final and now.found.result == "adopted":
        waits = now.found.advisory and not now.merged and not now.confirmed
        return ("pending" if waits else "success"), say(
            _("Adopted; a meeting must confirm it") if waits else RESULTS["adopted"]
        )
    if now.final:
        return "failure", say(RESULTS[now.found.result])
    if now.refused:
        return "error", say(now.refused[0])
    return "pending", say(_until(now, language))


def waits_for(record: VoteRecord, found: Outcome) -> Message:
    """For what a vote waits that cannot be closed yet: its last instant, the end of an objection,
    or the word of a role that is named.
    """
    if found.waiting != "gate":
        return (
            _("Voting is over: an open objection must be resolved first")
            if found.waiting == "objections"
            else WAITING["closes"]
        )
    held, at = terms(record), instant(record.at)
    roles = [
        gate.role
        for gate in held.gates
        if state_of_gates([gate], held.said, held.question, at) == "waiting"
    ]
    return _(
        "Voting is over: the rules ask for the word of {roles} first",
        roles=", ".join(dict.fromkeys(roles)),
    )


def _until(now: Situation, language: str) -> Message:
    assert now.record is not None
    assert now.earliest is not None
    opens = instant(now.record.vote.opens)
    if now.now and now.now < opens:
        return _("The vote opens on {instant}", instant=describe_moment(opens, language))
    if now.now and now.now >= now.earliest:
        waits = now.found is not None and now.found.waiting
        return (
            waits_for(now.record, now.found)
            if now.found and waits
            else _("The vote is over; it is about to be closed")
        )
    return _("Open to vote until {instant}", instant=describe_moment(now.earliest, language))


def write_comment(now: Situation, language: str) -> str:
    """The comment, in Markdown."""
    say = translator(language, shown=escape_value)
    parts = [
        ["### " + say(_("Vote: {title}", title=now.index.text(now.entry.title)))],
        list(_question_lines(now, say, language)),
        list(_outcome_lines(now, say)),
        list(_fault_lines(now, say)),
        list(_voting_lines(now, say)),
        list(_conduct_lines(now, say)),
        list(_figure_lines(now, say)),
        list(_refusal_lines(now, say, language)),
        list(_seen_lines(now, say)),
        list(_revote_lines(now, say)),
        list(_objection_lines(now, say)),
        list(_file_lines(now, say)),
        list(_foot_lines(now, say)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def write_apology(reasons: Sequence[Message], language: str) -> str:
    """The comment on a change that cannot be voted as it is."""
    say = translator(language, shown=escape_value)
    rows = [f"- {say(one)}" for one in reasons[:MOST_ROWS]]
    return "\n".join([say(_("**This change cannot be voted as it is:**")), "", *rows]) + "\n"


def _question_lines(now: Situation, say: Translator, language: str) -> Iterator[str]:
    name = category_name(rules_of(now.index), now.index, Proposal.of(now.entry).category)
    summary = now.index.text(Proposal.of(now.entry).summary)
    if summary:
        yield escape_value(summary)
        yield ""
    if now.found is None:
        if not now.refused:
            yield say(
                _(
                    "{status}. It is held under “{category}”.",
                    status=STATUSES[Proposal.of(now.entry).status],
                    category=name,
                )
            )
        return
    assert now.record is not None
    if now.final:
        yield f"**{say(RESULTS[now.found.result])}.** " + say(
            _("The vote was held under “{category}”.", category=name)
        )
    else:
        yield f"**{say(_until(now, language))}.** " + say(
            _("It is held under “{category}”.", category=name)
        )


def _outcome_lines(now: Situation, say: Translator) -> Iterator[str]:
    """What becomes of it."""
    if now.found is None or not now.final:
        if now.found and now.found.advisory:
            yield say(_("This vote gives advice: only a meeting can decide this."))
        return
    if now.found.result != "adopted":
        yield say(_("Nothing of this change is taken over. The result is recorded."))
    elif now.merged:
        yield say(_("What was voted is published, and the result is recorded with it."))
    elif now.found.advisory and not now.confirmed:
        yield say(
            _(
                "This was advice: an assembly must confirm it by a resolution before it is "
                "taken over. The proposal's page then names it under “ratified_by”."
            )
        )
    else:
        yield say(_("The result is recorded; the change is about to be taken over."))


def _fault_lines(now: Situation, say: Translator) -> Iterator[str]:
    if now.refused and not (now.final and now.merged):
        yield say(_("**This change cannot be taken over as it is:**"))
        yield from (f"- {say(one)}" for one in now.refused[:MOST_ROWS])


def _voting_lines(now: Situation, say: Translator) -> Iterator[str]:
    record = now.record
    early = record and now.now and now.now < instant(record.vote.opens)
    if now.found is None or now.final or early or now.found.waiting != "closes":
        return
    yield say(
        _("**How to vote**: write one of these lines as a comment below. The last one counts.")
    )
    yield ""
    rows = COMMANDS + (OBJECTING if record and record.rules.category.consent else ())
    yield from (f"- {pair(say, say(what), f'`{say(command)}`')}" for what, command in rows)
    yield ""
    yield say(
        _(
            "A review that approves counts as a vote for, one that asks for changes as a vote "
            "against. A reaction counts for nothing."
        )
    )


def _conduct_lines(now: Situation, say: Translator) -> Iterator[str]:
    rows = list(conduct_lines(now.record.vote, say)) if now.record else []
    if rows:
        yield say(_("**Who votes, counts and speaks for whom**, as the proposal's page says"))
        yield ""
        yield from rows[:MOST_ROWS]


def _figure_lines(now: Situation, say: Translator) -> Iterator[str]:
    if now.found is None:
        return
    found, voters = now.found, len(now.found.electorate.voters)
    if now.show == "live":
        titles = (_("For"), _("Against"), _("Abstain"), _("Blank"), _("Did not vote"))
        yield f"| {' | '.join(map(say, titles))} |"
        yield "| ---: | ---: | ---: | ---: | ---: |"
        counts = found.counts
        yield (
            f"| {counts.for_} | {counts.against} | {counts.abstain} | {counts.blank} | "
            f"{voters - counts.cast} "
            f"|"
        )
        yield ""
        for title, words in rows_of_count(found):
            yield f"- {pair(say, say(title), say(words))}"
    elif now.show == "turnout":
        yield say(
            _(
                "Votes cast: {count} of {voters}. How they fell is told once the vote is closed.",
                count=found.counts.cast,
                voters=voters,
            )
        )
    else:
        words = ngettext(
            "{count} member is entitled to vote.", "{count} members are entitled to vote.", voters
        )
        yield " ".join(map(say, (words, _("What was voted is told once the vote is closed."))))


def callers(record: VoteRecord, found: Outcome) -> dict[str, str]:
    """The account of each member who said something, as it is called."""
    by = found.electorate.by_account
    rows = [(one.login, by.get(one.actor_id, "")) for one in record.deeds]
    return {
        who: f"@{login}"
        for login, member in rows
        if is_login(login)
        for who in (member, login)
        if who
    }


def _refusal_lines(now: Situation, say: Translator, language: str) -> Iterator[str]:
    if now.found is None or now.record is None:
        return
    known = callers(now.record, now.found)
    rows = dict.fromkeys(
        f"- {pair(say, known.get(one.who) or escape_value(one.who), why)}"
        for one in now.found.refused
        if one.why != "stale"
        for why in [say(_no_vote(now, one) or _why(one.why, one.words))]
    )
    rows |= dict.fromkeys(_held_lines(now, say, language))
    if rows:
        yield say(_("**Not counted**"))
        yield ""
        yield from list(rows)[:MOST_ROWS]


def _seen_lines(now: Situation, say: Translator) -> Iterator[str]:
    """What did not stay as it was on the page, and what is known of that."""
    if now.seen:
        yield say(_("**Changed on this page**"))
        yield ""
        yield from [f"- {say(one)}" for one in now.seen][:MOST_ROWS]


def _held_lines(now: Situation, say: Translator, language: str) -> Iterator[str]:
    """Of each account that did not count yet, since when it is there and from when it counts."""
    for login, (arrival, counts) in sorted(now.held.items()):
        day = describe_moment(arrival.at, language)
        if arrival.by_self:
            why = _("this account was added on {day}: what was said before is nobody's.", day=day)
        elif counts is None:
            why = _(
                "this account was added on {day} by somebody else, while people voted: it counts "
                "from the next vote on.",
                day=day,
            )
        else:
            why = _(
                "this account was added on {day} by somebody else; it counts from {instant}. Who "
                "wrote before then writes again.",
                day=day,
                instant=describe_moment(counts, language),
            )
        yield f"- {pair(say, mention(login), say(why))}"


def _no_vote(now: Situation, one: Refusal) -> Message | None:
    """Why a member has no vote, where that is why one was not counted: the count knows those alone
    who have one.
    """
    if one.why not in ("unknown", "not_entitled"):
        return None
    assert now.record is not None
    uids = {event.actor_id for event in now.record.deeds if event.login == one.who}
    theirs = (person.id for person in people(now.index) if uids & {*person.accounts})
    member = now.index.find("member", next(theirs, "") if one.why == "unknown" else one.who)
    if member is None and one.why == "unknown" and uids:
        return _unknown_account(now.index, one.who, min(uids))
    if member is None or not member.sound:
        return None
    try:
        return why_not(now.index, now.entry, member) or WHY["not_entitled"]
    except (KeyError, ValueError):
        return WHY["not_entitled"]


def _unknown_account(index: Index, login: str, uid: int) -> Message | None:
    """What to write into whose file, where a member's account stands there without its number."""
    forge = index.settings.forge.kind
    hint = identify(index, Account(forge, login, uid)).hint if forge else NOTHING
    return hint if "file" in hint.values else None


def _why(why: str, words: str) -> Message:
    return Message(WHY[why].text, {"words": words}) if why == "unclear" else WHY[why]


def _revote_lines(now: Situation, say: Translator) -> Iterator[str]:
    if now.found is None or now.record is None or not now.found.stale:
        return
    known = callers(now.record, now.found)
    names = ", ".join(known.get(one) or escape_value(one) for one in now.found.stale[:MOST_ROWS])
    if now.final:
        yield pair(
            say, say(_("The text changed after they voted, and they did not vote again")), names
        )
    else:
        yield say(
            _(
                "**The text has changed since you voted. Please vote again.** {names}",
                names=Message(names),
            )
        )


def _objection_lines(now: Situation, say: Translator) -> Iterator[str]:
    still = [one for one in now.found.objections if one.open] if now.found else []
    if not still or now.found is None or now.record is None:
        return
    known = callers(now.record, now.found)
    yield say(_("**Open objections**"))
    yield ""
    for one in still[:MOST_ROWS]:
        author = known.get(one.by) or escape_value(one.by)
        name = f"{escape_value(one.name)} ({author})"
        yield f"- {pair(say, name, escape_value(one.reason))}"


def _file_lines(now: Situation, say: Translator) -> Iterator[str]:
    lines = [
        f"- {say(words)}" for words in describe_change(rules_of(now.index), now.index, now.files)
    ]
    if lines:
        yield say(_("**What it changes**"))
        yield ""
        yield from lines[:MOST_ROWS]
        if len(lines) > MOST_ROWS:
            yield "- …"
    if len(lines) < len(now.files):
        yield ""
        yield say(_("Ballots and results in this change are not taken over."))


def _foot_lines(now: Situation, say: Translator) -> Iterator[str]:
    text = now.record.vote.text[:12] if now.record else ""
    words = (
        _("Coopbook keeps this comment up to date. Text {text}.", text=text)
        if text
        else _("Coopbook keeps this comment up to date.")
    )
    yield f"<sub>{say(words)}</sub>"
