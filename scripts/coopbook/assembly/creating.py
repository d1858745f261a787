"""The record of an assembly that is being prepared: number, company line, agenda, resolutions, from
what the co-op's files know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import msgspec

from ..base import markdown
from ..base.dates import written_day
from ..base.messages import Message, Misuse, _, translator
from ..base.positions import Value
from ..decisions.meetings import meeting_of
from ..decisions.status import REPLACED, STOPPED
from ..decisions.types import Body, Minutes, Notice, Proposal, Resolution
from ..decisions.types.parts import structure, to_plain
from ..decisions.votes import is_secret, rules_of
from ..decisions.wording.outcomes import STATUSES
from ..records.index import Entry, Index
from .motions import MOST_TITLE, MOST_WORDS, Motion, example, read_resolution
from .vocabulary import plain

NOT_VOTED = ("rejected", *STOPPED, *REPLACED)
"""Proposals that no meeting is asked to confirm."""
ONLINE = "https://"
PROPOSED = _("proposal, the proposal, resolution, text of the resolution, proposed text")
"""What the part of a proposal is called that is put to the vote."""


@dataclass(frozen=True)
class Plan:
    """An assembly to be prepared, or what is to be put to its vote besides."""

    body: str
    day: str
    kind: str = "ordinary"
    items: tuple[str, ...] = ()
    motions: tuple[Motion, ...] = ()
    second: bool = False
    place: str = ""
    online: str = ""
    mode: str = ""
    opened: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The bodies of proposals by id."""


def new_record(plan: Plan, index: Index) -> tuple[str, dict[str, Value]]:
    """Id and fields of the draft. Misuse where the body or a proposal is not what it must be."""
    body = index.find("body", plan.body)
    if body is None or not Body.of(body).is_assembly:
        raise Misuse(_no_such_body(plan.body, index))
    call: Literal["first", "second"] = "second" if plan.second else "first"
    agenda, resolutions = _set_agenda(plan, index, {})
    minutes = Minutes(
        body=body.id,
        kind=plan.kind,
        date=plan.day,
        status="draft",
        notice=Notice(call=call),
        opened=plan.opened,
    )
    value: dict[str, Value] = {
        "record": "minutes",
        "title": meeting_title(body, plan.day, index),
        "body": body.id,
        "number": next_number(body.id, index),
        "kind": plan.kind,
        "date": plan.day,
        "status": "draft",
        "text": "here",
        "company_line": company_line(index),
        "notice": {"call": call, "agenda": agenda},
        "opened": plan.opened,
        "place": plan.place,
        "online": plan.online,
        "mode": plan.mode,
        "entitled": len(meeting_of(minutes, index).electorate.voters),
        "resolutions": resolutions,
    }
    return f"{body.id}-{plan.day}", {
        name: one for name, one in value.items() if one not in ("", [])
    }


def _no_such_body(id: str, index: Index) -> Message:
    known = ", ".join(
        f"{index.text(entry.title)} ({entry.id})"
        for entry in index.of("body")
        if Body.of(entry).is_assembly
    )
    return _("There is no general assembly “{id}”. There is: {known}.", id=id, known=known or "…")


def meeting_title(body: Entry, day: str, index: Index) -> dict[str, str]:
    """What a meeting of a body is called: its name and its day, in its languages."""
    found = {}
    for language in body.title if isinstance(body.title, dict) else [index.languages[0]]:
        if language in index.languages:
            usage = index.usage(language)
            written = written_day(day, usage)
            name = index.text(body.title, language)
            found[language] = translator(usage, shown=str)(
                _("{body} of {date}", body=name, date=written)
            )
    return found


def require_address(text: str) -> str:
    """An online address as it was typed. Raises Misuse where it does not begin with https://."""
    if text and not text.startswith(ONLINE):
        raise Misuse(
            _("“{text}” is no online address: it begins with {start}.", text=text, start=ONLINE)
        )
    return text


def next_number(body: str, index: Index) -> int:
    """The number that the next minutes of a body get."""
    every = (Minutes.of(entry) for entry in index.of("minutes"))
    known = (one.number or 0 for one in every if one.body == body and one.are_minutes)
    return max(known, default=0) + 1


def company_line(index: Index) -> str:
    """Name, form, capital, seat, registration, as coop.yml says them; nothing where it says too
    little.
    """
    entity = index.settings.entity
    if not entity.name or not entity.seat:
        return ""
    say = translator(index.usage(index.languages[0]), shown=str)
    parts = [
        entity.name,
        say(entity.form_words),
        say(_("with variable capital")) if entity.variable_capital else "",
        entity.seat,
        *(f"{say(number.label_on_papers)} {text}" for number, text in entity.papers),
    ]
    return ", ".join(part for part in parts if part)[:400]


def add_motions(plan: Plan, had: Mapping[str, Value], index: Index) -> dict[str, Value]:
    """The fields of a draft with more to be voted. Misuse where the notice was sent, and its agenda
    does not have it.
    """
    minutes = structure(Minutes, had)
    agenda, resolutions = _set_agenda(replace(plan, kind=minutes.kind or plan.kind), index, had)
    notice = minutes.notice
    if notice.sent_on and (more := agenda[len(notice.agenda) :]):
        raise Misuse(
            _(
                "The notice was sent, and “{title}” is not on its agenda. An item of it is "
                "named by its words or its number: {items}.",
                title=more[0],
                items="; ".join(f"{number}. {one}" for number, one in enumerate(notice.agenda, 1)),
            )
        )
    said = {"opened": plan.opened, "place": plan.place, "online": plan.online, "mode": plan.mode}
    changed = {name: one for name, one in said.items() if one}
    called = {**(had.get("notice") or {}), "agenda": agenda}
    return {**had, **changed, "notice": called, "resolutions": resolutions}


def _set_agenda(
    plan: Plan, index: Index, had: Mapping[str, Value]
) -> tuple[list[str], list[dict[str, Value]]]:
    """Items and resolutions, after those that a record `had`: each at the item it names, at the one
    of its title, else at one more.
    """
    minutes = structure(Minutes, had)
    items = [*minutes.notice.agenda, *plan.items]
    known = list(minutes.resolutions)
    written: list[dict[str, Value]] = list(had.get("resolutions") or [])
    for motion in plan.motions:
        one, item = _resolve(motion, plan, index)
        if item > len(items):
            raise Misuse(
                _(
                    "The agenda has {count} items: there is no item {number} for “{id}”.",
                    count=len(items),
                    number=item,
                    id=motion.text,
                )
            )
        for other in known:
            if plain(other.title) == plain(one.title):
                raise Misuse(
                    _(
                        "“{title}” is put to the vote already: resolution {number}.",
                        title=one.title,
                        number=other.number,
                    )
                )
        places = (place for place, name in enumerate(items, 1) if plain(name) == plain(one.title))
        item = item or next(places, 0)
        if not item:
            items.append(one.title)
            item = len(items)
        number = max((other.number for other in known), default=0) + 1
        one = msgspec.structs.replace(one, number=number, agenda=item)
        known.append(one)
        written.append(to_plain(one))
    if not items:
        raise Misuse(_("What is on the agenda? Give items, proposals or resolutions to be voted."))
    return items, written


def _resolve(motion: Motion, plan: Plan, index: Index) -> tuple[Resolution, int]:
    """The resolution that is put to the vote, in words or as a proposal asks for it, and its
    item.
    """
    if motion.proposal:
        entry = _find_proposal(motion.text, plan.day, index)
        return _resolution(entry, plan.texts.get(entry.id, ""), index), motion.item
    wording = read_resolution(motion.text, plan.kind, plan.day, index)
    one = Resolution(
        title=wording.title,
        text=wording.text,
        category=wording.category,
        ballot="secret" if wording.secret else "",
    )
    return one, wording.item or motion.item


def _find_proposal(id: str, day: str, index: Index) -> Entry:
    entry = index.find("proposal", id)
    if entry is None or not entry.sound:
        raise Misuse(
            _(
                "There is no proposal “{id}”, or its page has faults. {help}",
                id=id,
                help=example(index, day),
            )
        )
    proposal = Proposal.of(entry)
    if proposal.status in NOT_VOTED:
        raise Misuse(
            _(
                "The proposal “{id}” is not to be voted any more: {status}.",
                id=id,
                status=STATUSES[proposal.status],
            )
        )
    category = rules_of(index).categories.get(proposal.category)
    if category and category.channel == "pull_request":
        raise Misuse(
            _(
                "“{id}” is not decided by a meeting: the rules ask for a vote on the proposal "
                "itself.",
                id=id,
            )
        )
    return entry


def _resolution(entry: Entry, body: str, index: Index) -> Resolution:
    proposal = Proposal.of(entry)
    return Resolution(
        title=index.text(entry.title)[:MOST_TITLE],
        text=_text_to_be_voted(entry, body, index),
        proposal=entry.id,
        category=proposal.category,
        amends=tuple(one.name for one in proposal.amends if index.find("article", one.name)),
        rules=proposal.rules,
        ballot="secret" if is_secret(index, entry) else "",
    )


def _text_to_be_voted(entry: Entry, body: str, index: Index) -> str:
    """The part of the proposal that says what is proposed, else its summary."""
    ways = {
        plain(word)
        for language in ("en", *index.languages)
        for word in translator(language, shown=str)(PROPOSED).split(",")
    }
    text = next((text for heading, text in _parts(body) if plain(heading) in ways and text), "")
    asked = Proposal.of(entry)
    if asked.election is not None:  # its page says what is to be filled, without such a part
        text = text or index.text(asked.summary) or body.strip()
    text = text or index.text(asked.summary) or index.text(entry.title)
    if len(text) > MOST_WORDS:
        raise Misuse(
            _(
                "The text of “{id}” is too long for a resolution: at most {most} signs.",
                id=entry.id,
                most=MOST_WORDS,
            )
        )
    return text


def _parts(body: str) -> Iterator[tuple[str, str]]:
    """The parts of a text: heading and words."""
    lines, heads = body.split("\n"), list(markdown.heading_lines(body))
    for place, (_level, first, last) in enumerate(heads):
        end = heads[place + 1][1] - 1 if place + 1 < len(heads) else len(lines)
        heading = re.sub(r"^#+\s*|\s+#+\s*$", "", " ".join(lines[first - 1 : last]).strip())
        yield heading, "\n".join(lines[last:end]).strip()
