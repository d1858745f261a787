"""An answer is to a poll that is open, by somebody who is asked, once, and in the words of its
method.

Answers stand in `decisions/answers/<poll>/<member>.yml`: one a person, whatever their id was
before. `marks` says something of each option by its id, between quotes: of days `yes`, `if_need_be`
or `no`; `x` where options are chosen; 0 to 5; the numbers of an order, from 1; or grades. A sense
check takes `says`, advice takes `word`. Who enters an answer for somebody (`entered_by`) is a
teller of the rules of decision. Once what came of a poll is written, its answers are not judged
again.

## Why
An answer that cannot be counted is better told to whoever gives it than found missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import Message, _
from ...decisions.kinds import ANSWER, POLL
from ...decisions.poll_count import marks_of, may_mark
from ...decisions.polls import answers_to, asked_members
from ...decisions.types import Answer, Poll, vote_and_member
from ...decisions.votes import rules_of
from ...records.core_kinds import MEMBER
from ...records.index import Entry, Index
from ...records.model import Record

KIND = ANSWER

DELETE = _("Delete this answer.")
ONE_ALONE = ("plurality",)


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    asked, member = vote_and_member(record.id)
    poll, person = index.find(POLL, asked), index.find(MEMBER, member)
    if poll is None:
        message = _("There is no poll “{id}”.", id=asked)
        yield record.fault(message, help=suggestion(asked, index.by_id(POLL)) or DELETE)
        return
    if person is None:
        message = _("There is no member “{id}”.", id=member)
        yield record.fault(message, help=suggestion(member, index.by_id(MEMBER)) or DELETE)
        return
    if not poll.sound or Poll.of(poll).is_settled:
        return
    yield from _who(record, index, poll, person)
    yield from _words(record, Poll.of(poll), Answer.of(record))


def _who(record: Record, index: Index, poll: Entry, person: Entry) -> Iterator[Diagnostic]:
    asks, by = Poll.of(poll), Answer.of(record).entered_by
    counted = answers_to(index, poll.id).get(person.id)
    if person.id not in asked_members(index, poll):
        message = _("“{member}” is not asked by this poll.", member=person.id)
        yield record.fault(message, help=DELETE)
    elif index.today.isoformat() < asks.opens:
        yield record.fault(_("The poll opens on {date}.", date=asks.opens), help=DELETE)
    elif counted is not None and counted.file != record.file:
        message = _("“{member}” has answered already: {file}.", member=person.id, file=counted.file)
        yield record.fault(message, help=_("One person has one answer: delete this one."))
    if by and index.current_id(MEMBER, by) != person.id and by not in rules_of(index).tellers:
        message = _("“{teller}” is no teller of the rules of decision.", teller=by)
        help = _("Let “{member}” answer, or a teller enter it.", member=person.id)
        yield record.fault(message, "entered_by", help=help)


def _words(record: Record, poll: Poll, answer: Answer) -> Iterator[Diagnostic]:
    if poll.method == "sense" and not answer.says:
        help = _("Write: {example}", example="says: agree")
        yield record.fault(_("This answer says nothing."), help=help)
    elif poll.method == "advice" and not answer.word.strip():
        help = _("Write your advice after “word:”.")
        yield record.fault(_("This answer says nothing."), help=help)
    if answer.says and poll.method != "sense":
        message = _("“says” answers a sense check alone.")
        yield record.fault(message, "says", help=_("Use “marks” or “word”."))
    ids = [one.id for one in poll.options]
    for option, mark in answer.marks.items():
        if option not in ids:
            message = _("The poll has no option “{id}”.", id=option)
            yield record.fault(message, "marks", option, help=_options_help(option, ids))
        elif not may_mark(poll.method, mark):
            message = _("“{mark}” is no answer to this poll.", mark=mark)
            yield record.fault(message, "marks", option, help=_marks_help(poll))
    marked = [option for option, mark in answer.marks.items() if mark]
    if poll.method in ONE_ALONE and len(marked) > 1:
        message = _("More than one option is marked: this answer would count for none.")
        yield record.fault(message, "marks", marked[1], help=_("Mark one alone."))
    if poll.method == "instant_run_off":
        yield from _places(record, answer)


def _places(record: Record, answer: Answer) -> Iterator[Diagnostic]:
    """Two options in one place end what an order says: better told than cut short."""
    seen: dict[str, str] = {}
    for option, mark in answer.marks.items():
        if mark and seen.setdefault(mark.lstrip("0"), option) != option:
            message = _("Two options have the number {number}.", number=mark)
            yield record.fault(message, "marks", option, help=_("Give each its own."))


def _options_help(option: str, ids: list[str]) -> Message:
    return suggestion(option, ids) or _("One of: {choices}.", choices=", ".join(ids) or "–")


def _marks_help(poll: Poll) -> Message:
    words = marks_of(poll.method)
    if words:
        return _("One of: {choices}.", choices=", ".join(words))
    return _("Number the options: 1, 2, 3…")
