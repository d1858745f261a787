"""What is settled never changes and never goes: one engine, and the table of what is settled.

A line of the table (`Settled`) says of one kind of record when it is settled, what may still be
done to it, and what people are told. The engine compares the records before the change with those
after it as plain values, all through `same`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct, field

from ..base.diagnostics import Diagnostic
from ..base.hashing import normalise
from ..base.messages import NOTHING, Message, _
from ..base.positions import Value
from ..decisions.authority import cites_decision
from ..decisions.bylaws import is_same_but_for_slips, last_wordings, place_of, same_words
from ..decisions.kinds import ANSWER, MINUTES, POLL, PROPOSAL
from ..decisions.minutes_numbers import ids_after_same_number
from ..decisions.result_chain import FREE as FREE_IN_RESULT
from ..decisions.result_chain import ids_after_fork
from ..decisions.status import READ, SETTLED
from ..decisions.types import Article, Body, Mandate, Minutes, Poll, Proposal, vote_and_member
from ..decisions.votes import is_closed
from ..records.index import Entry, Index
from ..records.model import Record
from .model import Check

PUT_FILE_BACK = _("Put the file back.")
PUT_BACK = _("Put it back as it was.")


def same(old: Value, new: Value) -> bool:
    """Whether a value that is settled is still what it was. Every comparison of this module goes
    through here.
    """
    return bool(old == new)


class Told(Struct, frozen=True):
    """What people are told of a fault, and how to mend it."""

    message: Message
    help: Message = NOTHING


def _never(id: str, before: Index) -> bool:
    return False


class Settled(Struct, frozen=True):
    """A line of the table: which records of a kind are settled, and what may still be done to them.

    `settled(record, index)` says it of a record as it was before the change. `gone` is told
    where it is there no more, `changed` of each other field that differs (of the file where it is
    settled as a `whole`). Of the fields, `free(status)` may change in a record of this status,
    `freed(record, index)` in one that was at fault before the change, `added(status)` be given
    once by a record that now has this status, and those in `lists` may only grow; `parts` compares
    a field that is settled in part. Where `only` names fields, no other is settled.
    With `becomes(status)` the line holds for a record alone whose status is now such a one, and a
    field that it had not may come. `next_statuses(status)` are those that may follow. `text` is
    told where the body differs, at the body or at the file. A new record whose `place_is_settled`
    is told like a changed one.
    """

    kind: str
    settled: Callable[[Entry | Record, Index], bool]
    gone: Told
    changed: Told
    whole: bool = False
    sound_only: bool = False
    only: tuple[str, ...] = ()
    free: Callable[[str], Iterable[str]] = lambda status: ()
    freed: Callable[[Record, Index], Iterable[str]] = lambda record, index: ()
    added: Callable[[str], Iterable[str]] = lambda status: ()
    lists: Mapping[str, Told] = field(default_factory=dict)
    parts: Mapping[str, Callable[[Value, Value, str], bool]] = field(default_factory=dict)
    next_statuses: Callable[[str], Iterable[str]] | None = None
    turned_back: Told | None = None
    text: Told | None = None
    text_in_body: bool = False
    plain_text: Callable[[str], str] = normalise
    place_is_settled: Callable[[str, Index], bool] = _never
    becomes: Callable[[str], bool] | None = None


def find_gone(line: Settled, before: Index, after: Index) -> Iterator[Diagnostic]:
    """Settled records that are there no more, and new ones in a place that is settled."""
    for old in before.of(line.kind) if line.becomes is None else ():
        if line.settled(old, before) and after.find(line.kind, old.id) is None:
            yield Diagnostic(old.file, line.gone.message, line.gone.help)
    for new in after.of(line.kind) if line.place_is_settled is not _never else ():
        if new.id not in before.by_id(line.kind) and line.place_is_settled(new.id, before):
            yield Diagnostic(new.file, line.changed.message, line.changed.help)


def find_changed(line: Settled, old: Record, new: Record, before: Index) -> Iterator[Diagnostic]:
    """What of a settled record is not what it was."""
    if old.kind.name != line.kind or not line.settled(old, before):
        return
    if line.sound_only and (old.refused or new.refused):
        return
    if line.becomes is not None and not line.becomes(str(new.get("status"))):
        return
    if line.whole:
        if not (_same_fields(line, old, new) and same(old.body, new.body)):
            yield new.fault(line.changed.message, help=line.changed.help)
        return
    yield from _find_changed_fields(line, old, new, before)
    if line.text and not same(line.plain_text(old.body), line.plain_text(new.body)):
        if line.text_in_body:
            yield new.fault_in_text(line.text.message, None, (1, 1), help=line.text.help)
        else:
            yield new.fault(line.text.message, help=line.text.help)


def _same_fields(line: Settled, old: Record, new: Record) -> bool:
    free = {*line.free("")}
    return same(
        {name: value for name, value in old.value.items() if name not in free},
        {name: value for name, value in new.value.items() if name not in free},
    )


def _find_changed_fields(
    line: Settled, old: Record, new: Record, before: Index
) -> Iterator[Diagnostic]:
    was, now = str(old.get("status")), str(new.get("status"))
    values = {"status": was}
    if line.next_statuses and line.turned_back and now not in line.next_statuses(was):
        help = Message(line.turned_back.help.text, values)
        yield new.fault(line.turned_back.message, "status", help=help)
    free, added = {*line.free(was), *line.freed(old, before)}, {*line.added(now)}
    for name in line.only or {**old.value, **new.value}:
        had, has = old.get(name), new.get(name)
        if name in line.lists:
            told = line.lists[name]
            entries = list(had or ())
            if not same(entries, list(has or ())[: len(entries)]):
                yield new.fault(told.message, name, help=told.help)
        elif name in free or (had is None and (name in added or line.becomes is not None)):
            continue
        elif not line.parts.get(name, _same_whole)(had, has, was):
            message = Message(line.changed.message.text, {"name": name, "field": name})
            yield new.fault(message, name, help=line.changed.help)


def _same_whole(before: Value, after: Value, status: str) -> bool:
    return same(before, after)


def is_settled(entry: Entry, index: Index) -> bool:
    """Whether a record is settled as a whole: nothing of it may be written any more."""
    return any(
        line.kind == entry.kind and not line.only and line.settled(entry, index)
        for lines in TABLE.values()
        for line in lines
    )


# What is settled in a part of a record: minutes' actions and annexes, a body's mandates.


def _same_actions(before: Value, after: Value, status: str) -> bool:
    """An action may be done, dropped or put off; what was decided of it stays."""
    return same(
        *([_drop_open_fields(one, "status", "due") for one in of or ()] for of in (before, after))
    )


def _same_annexes(before: Value, after: Value, status: str) -> bool:
    """An annex may be kept elsewhere, as long as its fingerprint says what it is; signed minutes
    get no other one.
    """
    old, new = (
        [
            _drop_open_fields(one, *(("file", "where") if "sha256" in one else ()))
            for one in of or ()
        ]
        for of in (before, after)
    )
    if status == "approved":
        return all(any(same(one, other) for other in new) for one in old)
    return same(old, new)


def _has_the_same_annexes(before: Value, after: Value, status: str) -> bool:
    """Approval may add an annex: the signed sheet, above all."""
    return all(any(same(one, other) for other in after or ()) for one in before or ())


def _drop_open_fields(value: Mapping[str, Value], *names: str) -> dict[str, Value]:
    return {name: item for name, item in value.items() if name not in names}


def find_lost_mandates(before: Index, after: Index) -> Iterator[Diagnostic]:
    """Mandates that are there no more, held by another, or held no more without an end that is
    written; and those that were over, and are not what they were.

    Of somebody whose file is gone, the mandate may go too.
    """
    today = before.today.isoformat()
    for body in before.of("body"):
        now = after.find("body", body.id)
        for mandate in Body.of(body).mandates if body.sound else ():
            holder = after.find("member", mandate.member)
            if holder is None and mandate.outside is None:
                continue
            if mandate.from_ > today and not _was_given(mandate, before):
                continue
            name = after.text(holder.title) if holder else mandate.outside_name
            names = {"name": name, "role": after.text(mandate.role)}
            if now is None:
                if mandate.holds_on(today):
                    message = Message(BODY_GONE.text, names)
                    yield Diagnostic(body.file, message, MANDATE_HELP)
            elif now.sound:
                yield from _find_lost_mandate(mandate, names, holder, now, before, after)


def _find_lost_mandate(
    was: Mandate,
    names: dict[str, str],
    holder: Entry | None,
    body: Entry,
    before: Index,
    after: Index,
) -> Iterator[Diagnostic]:
    mandates = Body.of(body).mandates
    number = next((n for n, one in enumerate(mandates) if same(was.id, one.id)), None)
    if number is None:
        yield body.fault(Message(MANDATE_GONE.text, names), "mandates", help=MANDATE_HELP)
        return
    now = mandates[number]
    if after.find("member", now.member) != holder or not same(was.outside, now.outside):
        message = Message(MANDATE_GIVEN_AWAY.text, names)
        place = ("member",) if now.member else ()
        yield body.fault(message, "mandates", number, *place, help=MANDATE_HELP)
    elif was.from_ > before.today.isoformat():
        if not same((was.from_, was.until), (now.from_, now.until)):
            message = Message(MANDATE_TO_COME.text, names)
            yield body.fault(message, "mandates", number, help=MANDATE_TO_COME_HELP)
    elif not was.holds_on(before.today.isoformat()):
        if not same(_time_of_past(was, now), (now.from_, now.until, now.ended_on)):
            message = Message(MANDATE_PAST.text, names)
            yield body.fault(message, "mandates", number, help=MANDATE_PAST_HELP)
    elif not now.holds_on(after.today.isoformat()) and not now.ended_on:
        name = "until" if now.until else "from"
        message = Message(MANDATE_CUT_SHORT.text, names)
        yield body.fault(message, "mandates", number, name, help=MANDATE_HELP)


def _was_given(mandate: Mandate, before: Index) -> bool:
    """Whether a mandate, even one that is still to come, names a decision that is kept here."""
    names = (mandate.elected_by, mandate.decided_by)
    return any(before.find(kind, name) for name in names for kind in (MINUTES, PROPOSAL) if name)


def _time_of_past(was: Mandate, now: Mandate) -> tuple[str, str, str]:
    """The days of a mandate that is over; its end may still be written where none was."""
    return was.from_, was.until, was.ended_on or now.ended_on


MANDATE_HELP = _(
    "Put it back, with ended_on: the day on which it ended. Whoever follows has an entry of "
    "their own."
)
BODY_GONE = _("This body is gone, and {name} holds a mandate of it.")
MANDATE_GONE = _("The mandate of {name} is gone: {role}.")
MANDATE_GIVEN_AWAY = _("The mandate of {name} went to somebody else: {role}.")
MANDATE_PAST = _("The days of a mandate of {name} that was over have changed: {role}.")
MANDATE_PAST_HELP = _("Put them back. Whoever holds it again has an entry of their own.")
MANDATE_TO_COME = _("The days of a mandate of {name} that was given have changed: {role}.")
MANDATE_TO_COME_HELP = _(
    "Put them back. Somebody who will not hold it has ended_on: the day on which it begins."
)
MANDATE_CUT_SHORT = _("The days of this mandate of {name} changed, and it is held no more: {role}.")


# The table.


def _was_replaced(article: Entry | Record, index: Index) -> bool:
    place = place_of(article.id)
    return bool(place and place.since)


def _was_circulated(entry: Entry | Record, index: Index) -> bool:
    """Whether these are numbered minutes that somebody has read, and that are not settled as a
    whole yet.
    """
    minutes = Minutes.of(entry)
    return minutes.are_minutes and bool(minutes.number) and minutes.status in READ


def _was_sent_round(entry: Entry | Record, index: Index) -> bool:
    """Whether these are minutes that were sent round to be read, and may still be mended."""
    minutes = Minutes.of(entry)
    return minutes.are_minutes and minutes.status in READ


def _is_note_sent_round(entry: Entry | Record, index: Index) -> bool:
    """Whether this is a note of a meeting that people have read."""
    minutes = Minutes.of(entry)
    return not minutes.are_minutes and minutes.status in (*READ, *SETTLED)


def _number_was_taken(record: Record, index: Index) -> tuple[str, ...]:
    """Minutes may get another number where, before the change, others of their body with the same
    number came before them, or before minutes that come before them: two changes took one number.
    """
    return ("number",) if record.id in ids_after_same_number(index) else ()


def _result_was_forked(record: Record, index: Index) -> tuple[str, ...]:
    """A result may be put after another one where, before the change, both followed the same one,
    or where it comes after such two: two changes took one number.
    """
    return ("number", "previous") if record.id in ids_after_fork(index) else ()


def _vote_is_closed(id: str, index: Index) -> bool:
    return is_closed(index, vote_and_member(id)[0])


def _ballots(kind: str) -> Settled:
    return Settled(
        kind,
        settled=lambda entry, index: _vote_is_closed(entry.id, index),
        gone=Told(_("This vote is closed: a ballot cannot be deleted."), PUT_BACK),
        changed=Told(_("This vote is closed: its ballots cannot change."), PUT_BACK),
        whole=True,
        place_is_settled=_vote_is_closed,
    )


def _poll_is_settled(id: str, index: Index) -> bool:
    poll = index.find(POLL, vote_and_member(id)[0])
    return poll is not None and Poll.of(poll).is_settled


FREE_IN_MINUTES = {
    "approved": ("formerly", "status", "signatures", "register", "formalities"),
    "signed": ("formerly",),
}
SAY_IN_ERRATA = _("Put it back, and say what was wrong in errata.")
SAY_IN_ERRATUM = _("Put it back as it was; say what was wrong in a new entry of “errata”.")
AMEND_FIRST = _(
    "Send them round as they are now (status: amended), in a change of its own, then approve them."
)
ERRATUM_STAYS = Told(_("What stands in “errata” stays; a new entry comes after it."))

TABLE: dict[str, tuple[Settled, ...]] = {
    "changed-version": (
        Settled(
            "article",
            settled=_was_replaced,
            gone=Told(_("A wording that was replaced is gone."), PUT_FILE_BACK),
            changed=Told(
                _("A wording that was replaced has changed."),
                _("Put it back as it was: it says what held then."),
            ),
            whole=True,
            free=lambda status: ("formerly",),
        ),
    ),
    "changed-minutes": (
        Settled(
            "minutes",
            settled=lambda entry, index: Minutes.of(entry).is_settled,
            gone=Told(_("Approved minutes are gone."), PUT_FILE_BACK),
            changed=Told(_("Approved minutes have changed: “{field}”."), SAY_IN_ERRATA),
            free=lambda status: FREE_IN_MINUTES[status],
            freed=_number_was_taken,
            lists={"errata": Told(_("An erratum has changed."), _("Add another one below."))},
            parts={"actions": _same_actions, "annexes": _same_annexes},
            next_statuses=lambda status: SETTLED[SETTLED.index(status) :],
            turned_back=Told(
                _("These minutes were approved: they cannot go back."),
                _("Put back: status: {status}"),
            ),
            text=Told(_("The text of approved minutes has changed."), SAY_IN_ERRATA),
            text_in_body=True,
            plain_text=str.strip,
        ),
        Settled(
            "minutes",
            settled=_was_circulated,
            gone=Told(_("Minutes that were circulated are gone."), PUT_FILE_BACK),
            changed=Told(_("These minutes were circulated: “{field}” cannot change."), PUT_BACK),
            sound_only=True,
            only=("record", "body", "number"),
            freed=_number_was_taken,
            next_statuses=lambda status: (*READ, *SETTLED),
            turned_back=Told(
                _("These minutes were circulated: they are no draft any more."),
                _("Put back: status: {status}"),
            ),
        ),
        Settled(
            "minutes",
            settled=_was_sent_round,
            gone=Told(NOTHING),
            changed=Told(
                _("These minutes were sent round, and “{field}” is another in what is approved."),
                AMEND_FIRST,
            ),
            sound_only=True,
            free=lambda status: (*FREE_IN_MINUTES["approved"], "errata"),
            freed=_number_was_taken,
            parts={"actions": _same_actions, "annexes": _has_the_same_annexes},
            text=Told(
                _("These minutes were sent round, and the text is another in what is approved."),
                AMEND_FIRST,
            ),
            text_in_body=True,
            plain_text=str.strip,
            becomes=lambda status: status in SETTLED,
        ),
        Settled(
            "minutes",
            settled=_is_note_sent_round,
            gone=Told(_("A note that was sent round is gone."), PUT_FILE_BACK),
            changed=Told(_("This note was sent round: “{field}” cannot change."), PUT_BACK),
            sound_only=True,
            only=("body", "date"),
        ),
    ),
    "changed-proposal": (
        Settled(
            "proposal",
            settled=lambda entry, index: Proposal.of(entry).is_closed,
            gone=Told(_("This proposal was decided: it cannot be deleted."), PUT_FILE_BACK),
            changed=Told(
                _("This proposal was decided: “{name}” cannot change any more."), SAY_IN_ERRATUM
            ),
            sound_only=True,
            free=lambda status: ("status", "audience", "formerly", "review_on"),
            added=lambda status: (
                "ratified_by",
                "answer",
                *(("second",) if status == "second" else ()),
            ),
            lists={"errata": ERRATUM_STAYS},
            text=Told(
                _("This proposal was decided: its text cannot change any more."), SAY_IN_ERRATUM
            ),
        ),
    ),
    "changed-vote": (
        Settled(
            "result",
            settled=lambda entry, index: True,
            gone=Told(_("A result cannot be deleted."), PUT_FILE_BACK),
            changed=Told(_("A result never changes: “{name}” is not what it was."), SAY_IN_ERRATUM),
            sound_only=True,
            free=lambda status: FREE_IN_RESULT,
            freed=_result_was_forked,
            lists={"errata": ERRATUM_STAYS},
        ),
        _ballots("ballot"),
        _ballots("count"),
    ),
    "changed-poll": (
        Settled(
            POLL,
            settled=lambda entry, index: Poll.of(entry).is_settled,
            gone=Told(_("A poll whose outcome is written cannot be deleted."), PUT_FILE_BACK),
            changed=Told(_("What came of this poll is written: “{name}” stays."), PUT_BACK),
            sound_only=True,
            free=lambda status: ("formerly",),
            added=lambda status: ("outcome", "conclusion"),
            text=Told(_("What came of this poll is written: its text stays."), PUT_BACK),
        ),
        Settled(
            ANSWER,
            settled=lambda entry, index: _poll_is_settled(entry.id, index),
            gone=Told(_("What came of this poll is written: an answer cannot be deleted.")),
            changed=Told(_("What came of this poll is written: its answers stay."), PUT_BACK),
            whole=True,
            place_is_settled=_poll_is_settled,
        ),
    ),
}

DOCUMENTS = {
    "changed-version": """A wording that was replaced never changes and never goes.

This check compares with the files before the change (`coopbook check --base`).

## Why
It is the proof of what held then. Whoever could rewrite it could rewrite what others had agreed to.
""",
    "changed-minutes": """Minutes that were approved never change and never go; what was wrong in
them is said in `errata`.

This check compares with the files before the change (`coopbook check --base`). Signing is the one
step left after approval: it adds `signatures`, `register`, `formalities` and `annexes`. An action
may be done, dropped or put off to another day, nothing else of it changes; an annex keeps its title
and its fingerprint, wherever it is kept. Numbered minutes (`record: minutes`) that were circulated,
or amended since, may still be mended, and keep their number, their body and their place: they do
not go, nor become a draft again. What is approved is what was sent round: a change that approves
them changes nothing else of what they said. A note that was sent round may be mended, and does not
go. Where two changes took the same number for two minutes of a body,
those of the later meeting, and all after them, may be numbered anew.

## Why
Approved minutes are what everybody has agreed was said. A change made later, however small, makes
the whole doubtful.
""",
    "changed-poll": """A poll of which something came never changes any more, nor do its answers.

Once `outcome` or `conclusion` is written, the other one may be added, and nothing else: no answer
is altered, added or deleted. This check compares with the files before the change (`coopbook check
--base`).

## Why
People were asked, and what they said was told to all. It is not for anybody to have it said
otherwise afterwards.
""",
    "changed-proposal": """A proposal that is decided does not change any more.

Only its status goes on, `ratified_by` and `answer` may be added once, and an entry of `errata`
after those that are there says what was wrong; everybody may be let read it, and it may be looked
at again on another day (`review_on`). This check compares with the files before the change
(`coopbook check --base`).

## Why
What was voted is what is written there. Who mends a word afterwards decides alone.
""",
    "changed-vote": """A result never changes, nor do the ballots of a vote that is closed, nor what
tellers counted of it: none is altered, added or deleted.

In a result, only an entry of `errata` may be added; where two changes gave the same number to two
results, the later one, and all after it, may get another `number` and `previous`, and nothing else.
This check compares with the files before the change (`coopbook check --base`).

## Why
A count proves something only if what was counted stays as it was.
""",
    "dropped-mandate": """A mandate that is held ends on a day that is written (`ended_on`); it is
not deleted, nor given to somebody else.

This check compares with the files before the change (`coopbook check --base`), on the day of the
check. That is so of somebody who is no member, too. Whoever follows has a mandate of their own, in
an entry of its own. One that was over before the change stays, with its days; an end may be written
where none was. So does one that is still to come and that a decision kept here has given; of who
will not hold it, the end is the day on which it begins. Of somebody whose file is erased, the
mandate may go too.

## Why
A bank, a client or a court may ask who held a mandate on a day, and since when. One that has
vanished was held by nobody.
""",
}

PROOFS = (*TABLE, "changed-picture")
"""The checks of what stays settled for ever: years later it is compared as on the first day."""


def settled_records(index: Index) -> list[Entry]:
    """List the records that are settled for ever, and the wordings of articles in force: those
    become settled as soon as they are replaced.
    """
    found = {
        entry.file: entry
        for lines in TABLE.values()
        for line in lines
        for entry in index.of(line.kind)
        if line.settled(entry, index)
    }
    return list({**found, **{entry.file: entry for entry in last_wordings(index)}}.values())


def find_lost_wordings(before: Index, after: Index) -> Iterator[Diagnostic]:
    """Wordings of articles that were in force, and are neither in force still nor kept."""
    for old in last_wordings(before):
        now, place = after.find("article", old.id), place_of(old.id)
        if now is None or place is None:
            yield Diagnostic(old.file, _("This article is gone."), PUT_FILE_BACK)
            continue
        here = place_of(now.id) or place
        since = Article.of(old).in_force
        kept = after.find("article", f"{here.document}/versions/{here.article}/{since}")
        if old.sound and not any(
            one and (same_words(old, one) or _only_slips(old, one)) for one in (now, kept)
        ):
            yield now.fault(
                _("The words of this article that held from {date} are not kept.", date=since),
                help=PUT_BACK,
            )


def _only_slips(old: Entry, now: Entry) -> bool:
    """Whether a wording that was copied from paper differs by errata of the copy alone."""
    return not cites_decision(now) and is_same_but_for_slips(old, now)


def find_unreadable(before: Index, after: Index) -> Iterator[Diagnostic]:
    """Settled records that were changed so that they cannot be compared field by field: what the
    checks leave to the schema would pass here, where nobody asks it.
    """
    for old in settled_records(before):
        new = after.find(old.kind, old.id)
        if new and not same(old.digest, new.digest) and not (old.sound and new.sound):
            yield Diagnostic(
                new.file, _("This was settled and changed, and has errors: it proves nothing.")
            )


def _check_of(slug: str, lines: tuple[Settled, ...]) -> Check:
    """The check that lines of the table make."""

    def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
        for line in lines:
            yield from find_gone(line, before, after)

    def check_record_change(old: Record, new: Record, before: Index) -> Iterator[Diagnostic]:
        for line in lines:
            yield from find_changed(line, old, new, before)

    return Check(
        slug,
        DOCUMENTS[slug].strip(),
        kinds=tuple(dict.fromkeys(line.kind for line in lines)),
        check_change=check_change,
        check_record_change=check_record_change,
    )


CHECKS = (
    *(_check_of(slug, lines) for slug, lines in TABLE.items()),
    Check(
        "dropped-mandate",
        DOCUMENTS["dropped-mandate"].strip(),
        kinds=("body",),
        check_change=find_lost_mandates,
    ),
)
