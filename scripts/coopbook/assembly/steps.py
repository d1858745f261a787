"""What the first and the last step note in the record, and what they tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from ..base.messages import Message, Misuse, _, ngettext
from ..base.positions import Value
from ..decisions.types import InForce, Proposal
from ..decisions.types.parts import to_plain
from .amendments import article_name
from .names import find_member
from .record import Assembly


def name_caller(assembly: Assembly, text: str, note: Callable[[Message], None]) -> str:
    """Who calls a meeting, in words: a member by name, of whom the text is the id or the name, else
    the text as it stands. `note` is told what was read otherwise.
    """
    id, _doubt = find_member(assembly, text.strip(), note) if text.strip() else ("", None)
    return assembly.name(id) if id else text.strip()


def update_notice(
    assembly: Assembly, sent_on: str, by: str, modes: tuple[str, ...], documents: tuple[str, ...]
) -> dict[str, Value] | None:
    """The record's notice with what is said of it; None where nothing is. Raises Misuse for a day
    of sending that is still to come.
    """
    if sent_on > assembly.index.today.isoformat():
        raise Misuse(_("{date} lies in the future.", date=assembly.date(sent_on)))
    had = assembly.minutes.notice
    found = msgspec.structs.replace(
        had,
        by=by[:120] or had.by,
        sent_on=sent_on or had.sent_on,
        call=had.call or "first",
        modes=tuple(dict.fromkeys(modes)) or had.modes,
        documents=tuple(one[:300] for one in documents) or had.documents,
    )
    return to_plain(found) if found != had else None


def describe_delay(assembly: Assembly, today: str) -> Iterator[Message]:
    """Until when the notice must be sent, and whether it can be, or was, in time."""
    days, last = assembly.notice_days, assembly.last_day
    sent = assembly.minutes.notice.sent_on
    asked = ngettext("{count} day of notice", "{count} days of notice", days)
    if not days:
        yield _("No category of the resolutions asks for days of notice: look at your bylaws.")
    elif sent and sent <= last:
        yield _(
            "Sent on {sent}: in time, it had to be sent on {last} at the latest ({asked}).",
            sent=assembly.date(sent),
            last=assembly.date(last),
            asked=asked,
        )
    elif sent:
        yield _(
            "Sent on {sent}, TOO LATE: it had to be sent on {last} at the latest ({asked}).",
            sent=assembly.date(sent),
            last=assembly.date(last),
            asked=asked,
        )
    elif today <= last:
        yield _(
            "To be sent on {last} at the latest ({asked}).", last=assembly.date(last), asked=asked
        )
    else:
        yield _(
            "TOO LATE: it had to be sent on {last} at the latest ({asked}). Choose a later day.",
            last=assembly.date(last),
            asked=asked,
        )


def list_left_to_do(assembly: Assembly) -> Iterator[Message]:
    """What is left to do after the signatures."""
    formalities = assembly.minutes.formalities
    for formality in formalities:
        if not formality.done_on:
            what = Message("{what}", {"what": formality.what})
            if formality.due:
                due = assembly.date(formality.due)
                what = _("{what}, by {date}", what=formality.what, date=due)
            yield _("Left to do: {what}", what=what)
    yield from _articles_to_write(assembly)
    for one in assembly.resolutions:
        entry = assembly.index.find("proposal", one.proposal)
        if entry and Proposal.of(entry).is_pending and one.was_voted:
            title = assembly.index.text(entry.title, assembly.language)
            yield _(
                "Left to do: note on the page of the proposal “{title}” what became of it.",
                title=title,
            )
    if not formalities:
        yield _(
            "No formality is noted: a filing or a publication that the law asks for is noted "
            "in the minutes, before the signatures."
        )


def _articles_to_write(assembly: Assembly) -> Iterator[Message]:
    """Articles that were amended and do not name this meeting yet."""
    amended = [
        (one.number, id) for one in assembly.resolutions if one.is_adopted for id in one.amends
    ]
    for number, id in amended:
        entry = assembly.index.find("article", id)
        if entry is None or InForce.of(entry).adopted_by.minutes != assembly.id:
            yield _(
                "Left to do: write the adopted text of “{article}”, and that resolution "
                "{number} of this meeting adopted it.",
                article=article_name(assembly, id),
                number=number,
            )
