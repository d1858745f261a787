"""The record of an assembly that is being prepared: number, company line, agenda, resolutions, from
what the co-op's files know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ..base import markdown
from ..base.dates import written_day
from ..base.messages import Message, Misuse, _, translator
from ..base.positions import Value
from ..decisions.meetings import meeting_of
from ..decisions.status import REPLACED, STOPPED
from ..decisions.types import Proposal
from ..decisions.votes import rules_of
from ..decisions.wording.outcomes import STATUSES
from ..records.index import Entry, Index
from .motions import MOST_TITLE, MOST_WORDS, Voted, example, read
from .vocabulary import plain

NOT_VOTED = ("rejected", *STOPPED, *REPLACED)
"""Proposals that no meeting is asked to confirm."""
PROPOSED = _("proposal, the proposal, resolution, text of the resolution, proposed text")
"""What the part of a proposal is called that is put to the vote."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for."""

    body: str
    day: str
    kind: str = "ordinary"
    items: tuple[str, ...] = ()
    voted: tuple[Voted, ...] = ()
    second: bool = False
    place: str = ""
    mode: str = ""
    opened: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The bodies of proposals by id."""


def new_record(wanted: Wanted, index: Index) -> tuple[str, dict[str, Value]]:
    """Id and fields of the draft. Misuse where the body or a proposal is not what it must be."""
    body = index.find("body", wanted.body)
    if body is None or body.get("kind") != "assembly":
        raise Misuse(_no_body(wanted.body, index))
    agenda, resolutions = _agenda(wanted, index, {})
    value: dict[str, Value] = {
        "record": "minutes",
        "title": _title(body, wanted.day, index),
        "body": body.id,
        "number": _number(body, index),
        "kind": wanted.kind,
        "date": wanted.day,
        "status": "draft",
        "text": "here",
        "company_line": company_line(index, body.id),
        "notice": {"call": "second" if wanted.second else "first", "agenda": agenda},
        "opened": wanted.opened,
        "place": wanted.place,
        "mode": wanted.mode,
    }
    value["entitled"] = len(meeting_of(value, index).electorate.voters)
    value["resolutions"] = resolutions
    return f"{body.id}-{wanted.day}", {
        name: one for name, one in value.items() if one not in ("", [])
    }


def _no_body(id: str, index: Index) -> Message:
    known = ", ".join(
        f"{index.text(entry.title)} ({entry.id})"
        for entry in index.of("body")
        if entry.get("kind") == "assembly"
    )
    return _("There is no general assembly “{id}”. There is: {known}.", id=id, known=known or "…")


def _title(body: Entry, day: str, index: Index) -> dict[str, str]:
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


def _number(body: Entry, index: Index) -> int:
    """The number after the last one."""
    known = [
        entry.get("number")
        for entry in index.of("minutes")
        if entry.get("body") == body.id and entry.get("record") == "minutes"
    ]
    return max((number for number in known if isinstance(number, int)), default=0) + 1


def company_line(index: Index, body: str = "") -> str:
    """Name, form, capital, seat, registration, as coop.yml says them; nothing where it says too
    little.
    """
    legal = index.coop.get("legal") or {}
    if not legal.get("name") or not legal.get("seat"):
        return ""
    say = translator(index.usage(index.languages[0]), shown=str)
    parts = [
        legal["name"],
        legal.get("form"),
        say(_("with variable capital")) if legal.get("variable_capital") else "",
        legal["seat"],
    ]
    registered = {"rcs": "RCS", "bce": "BCE", "neq": "NEQ"}
    parts += [f"{word} {legal[name]}" for name, word in registered.items() if legal.get(name)]
    return ", ".join(str(part) for part in parts if part)[:400]


def added(wanted: Wanted, had: Mapping[str, Value], index: Index) -> dict[str, Value]:
    """The fields of a draft with more to be voted. Misuse where the notice was sent, and its agenda
    does not have it.
    """
    agenda, resolutions = _agenda(replace(wanted, kind=had.get("kind") or wanted.kind), index, had)
    notice = dict(had.get("notice") or {})
    if notice.get("sent_on") and (more := agenda[len(notice.get("agenda") or []) :]):
        raise Misuse(
            _(
                "The notice was sent, and “{title}” is not on its agenda. An item of it is "
                "named by its words or its number: {items}.",
                title=more[0],
                items="; ".join(
                    f"{number}. {one}" for number, one in enumerate(notice.get("agenda") or [], 1)
                ),
            )
        )
    said = {"opened": wanted.opened, "place": wanted.place, "mode": wanted.mode}
    changed = {name: one for name, one in said.items() if one}
    return {**had, **changed, "notice": {**notice, "agenda": agenda}, "resolutions": resolutions}


def _agenda(
    wanted: Wanted, index: Index, had: Mapping[str, Value]
) -> tuple[list[str], list[dict[str, Value]]]:
    """Items and resolutions, after those that a record `had`: each at the item it names, at the one
    of its title, else at one more.
    """
    items = [*((had.get("notice") or {}).get("agenda") or []), *wanted.items]
    resolutions: list[dict[str, Value]] = list(had.get("resolutions") or [])
    for one in wanted.voted:
        number = max((known["number"] for known in resolutions), default=0) + 1
        found, item = _proposed(one, wanted, index) if one.proposal else _worded(one, wanted, index)
        title = str(found["title"])
        if item > len(items):
            raise Misuse(
                _(
                    "The agenda has {count} items: there is no item {number} for “{id}”.",
                    count=len(items),
                    number=item,
                    id=one.text,
                )
            )
        if twice := next(
            (
                known["number"]
                for known in resolutions
                if plain(str(known.get("title") or "")) == plain(title)
            ),
            0,
        ):
            raise Misuse(
                _(
                    "“{title}” is put to the vote already: resolution {number}.",
                    title=title,
                    number=twice,
                )
            )
        same = next(
            (place for place, known in enumerate(items, 1) if plain(known) == plain(title)), 0
        )
        if not item and not same:
            items.append(title)
        resolutions.append(
            {
                "number": number,
                "title": title,
                "text": found["text"],
                "agenda": item or same or len(items),
                **found,
            }
        )
    if not items:
        raise Misuse(_("What is on the agenda? Give items, proposals or resolutions to be voted."))
    return items, resolutions


def _worded(one: Voted, wanted: Wanted, index: Index) -> tuple[dict[str, Value], int]:
    """A resolution in words, and its item."""
    found = read(one.text, wanted.kind, wanted.day, index)
    value: dict[str, Value] = {"title": found.title, "text": found.text}
    value |= ({"category": found.category} if found.category else {}) | (
        {"ballot": "secret"} if found.secret else {}
    )
    return value, found.item or one.item


def _proposed(one: Voted, wanted: Wanted, index: Index) -> tuple[dict[str, Value], int]:
    """The resolution that a proposal asks for, and its item."""
    entry = _proposal(one.text, wanted.day, index)
    return _resolution(
        entry, index.text(entry.title), wanted.texts.get(entry.id, ""), index
    ), one.item


def _proposal(id: str, day: str, index: Index) -> Entry:
    entry = index.find("proposal", id)
    if entry is None or not entry.sound:
        raise Misuse(
            _(
                "There is no proposal “{id}”, or its page has faults. {help}",
                id=id,
                help=example(index, day),
            )
        )
    if entry.get("status") in NOT_VOTED:
        raise Misuse(
            _(
                "The proposal “{id}” is not to be voted any more: {status}.",
                id=id,
                status=STATUSES[entry.get("status")],
            )
        )
    category = rules_of(index).categories.get(Proposal.of(entry).category)
    if category and category.channel == "pull_request":
        raise Misuse(
            _(
                "“{id}” is not decided by a meeting: the rules ask for a vote on the proposal "
                "itself.",
                id=id,
            )
        )
    return entry


def _resolution(entry: Entry, title: str, body: str, index: Index) -> dict[str, Value]:
    found: dict[str, Value] = {
        "title": title[:MOST_TITLE],
        "text": _text(entry, body, index),
        "proposal": entry.id,
    }
    found["category"] = entry.get("category")
    amends = [f"{one.get('document')}/{one.get('article')}" for one in entry.get("amends") or []]
    if known := [id for id in amends if index.find("article", id)]:
        found["amends"] = known
    if entry.get("rules"):
        found["rules"] = True
    if rules_of(index).wants_secrecy(Proposal.of(entry).subject):
        found["ballot"] = "secret"
    return found


def _text(entry: Entry, body: str, index: Index) -> str:
    """The words that are put to the vote: the part of the proposal that says what is proposed, else
    its summary.
    """
    parts = dict(_parts(body))
    ways = {
        plain(word)
        for language in ("en", *index.languages)
        for word in translator(language, shown=str)(PROPOSED).split(",")
    }
    said = next((text for heading, text in parts.items() if plain(heading) in ways and text), "")
    said = said or index.text(entry.get("summary")) or index.text(entry.title)
    if len(said) > MOST_WORDS:
        raise Misuse(
            _(
                "The text of “{id}” is too long for a resolution: at most {most} signs.",
                id=entry.id,
                most=MOST_WORDS,
            )
        )
    return said


def _parts(body: str) -> Iterator[tuple[str, str]]:
    """The parts of a text: heading and words."""
    lines, heads = body.split("\n"), list(markdown.heading_lines(body))
    for place, (_level, first, last) in enumerate(heads):
        end = heads[place + 1][1] - 1 if place + 1 < len(heads) else len(lines)
        heading = re.sub(r"^#+\s*|\s+#+\s*$", "", " ".join(lines[first - 1 : last]).strip())
        yield heading, "\n".join(lines[last:end]).strip()
