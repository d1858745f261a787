"""Minutes: drafted as a document from what the record holds, and the secretary's words taken back
from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from ..base.messages import Message, Stopped, _, ngettext
from ..decisions.bylaws.wording import words
from ..decisions.resolutions import figures_by_choice, reckon
from ..decisions.types import Officer, Resolution
from ..documents.model import (
    Block,
    Lines,
    Paper,
    Run,
    Section,
    Style,
    Table,
    Text,
    make_text,
    parse_markdown,
    render_markdown,
)
from ..documents.ods_reader import read_content
from .election_text import describe_seats, write_election
from .issues import Doubts
from .notice import head, heading_of, paper
from .proxies import describe_set_aside
from .record import Assembly
from .results import explain
from .vocabulary import BALLOTS, HELD, MODES, RESULTS, TITLES

BODY, INCIDENTS = "coopbook-body", "coopbook-incidents"
RESOLUTION = "coopbook-resolution-"
COPY = _("Working copy: the signed original is authentic and is kept in the register.")
_MARKS = {"Markbold": "bold", "Markitalic": "italic", "Markstruck": "struck"}


def minutes_paper(assembly: Assembly) -> Paper:
    """The minutes as a document, with parts for the secretary to write in."""
    return paper(assembly, "minutes", _("Minutes of the meeting"), _minutes(assembly))


def _minutes(assembly: Assembly) -> Iterator[Block]:
    say, number = assembly.say, assembly.minutes.number
    yield from head(assembly, _("Minutes of the meeting"))
    yield (
        make_text(say(_("Minutes no. {number}", number=number)), "small")
        if number
        else make_text("")
    )
    yield from _call_and_meeting(assembly)
    yield from _present(assembly)
    yield make_text(say(_("Agenda")), "heading")
    for number, item in enumerate(assembly.agenda, 1):
        yield make_text(item, "item", f"{number}.")
    yield make_text(say(_("What was said")), "heading")
    yield Section(
        BODY,
        parse_markdown(assembly.body)
        or (make_text(say(_("Write here what was said, or delete this line."))),),
    )
    yield make_text(say(_("Incidents")), "heading")
    yield Section(
        INCIDENTS,
        parse_markdown(assembly.minutes.incidents) or (make_text(say(_("No incident."))),),
    )
    yield make_text(say(_("Resolutions")), "heading")
    for one in assembly.resolutions:
        yield from _resolution(assembly, one)
    yield from _after(assembly)


def _call_and_meeting(assembly: Assembly) -> Iterator[Block]:
    """When, where, how and by whom the meeting was called and held."""
    say, minutes = assembly.say, assembly.minutes
    notice, officers, held = minutes.notice, minutes.officers, HELD.get(minutes.mode)
    hours = sent = None
    if minutes.opened:
        opened = assembly.hour(minutes.opened)
        hours = (
            _("from {opened} to {closed}", opened=opened, closed=assembly.hour(minutes.closed))
            if minutes.closed
            else Message(opened)
        )
    if notice.sent_on:
        day = assembly.date(notice.sent_on)
        sent = _("{date}, by {name}", date=day, name=notice.by) if notice.by else Message(day)
    rows: list[tuple[Message, str]] = [
        (_("Date"), assembly.weekday),
        (_("Hours"), say(hours) if hours else ""),
        (_("Place"), minutes.place),
        (_("Held"), say(held[0]) if held else ""),
        (_("Notice sent on"), say(sent) if sent else ""),
        (_("Call"), say(_("Second call")) if assembly.second else ""),
        (_("Chair"), assembly.person(officers.chair) if officers.chair else ""),
        (_("Secretary"), assembly.person(officers.secretary) if officers.secretary else ""),
        (_("Tellers"), ", ".join(map(assembly.name, officers.tellers))),
    ]
    known = tuple((say(name), words) for name, words in rows if words)
    yield Table((say(_("The meeting")), ""), known, (1, 3))


def _present(assembly: Assembly) -> Iterator[Block]:
    say, minutes = assembly.say, assembly.minutes
    yield make_text(say(_("Attendance and quorum")), "heading")
    entitled = assembly.meeting.entitled or 0
    yield make_text(
        say(
            ngettext(
                "{count} member has a vote on this day.",
                "{count} members have a vote on this day.",
                entitled,
            )
        )
    )
    counts = Counter[str](one.mode for one in minutes.attendance)
    told = [
        say(_("{name}: {value}", name=own, value=counts[mode]))
        for mode, (own, _others) in MODES.items()
        if counts[mode]
    ]
    if told:
        yield make_text(", ".join(told) + ".")
    there = len(assembly.meeting.voters(minutes.opened)) if minutes.attendance else 0
    if there:
        said = ngettext(
            "At the opening, {count} vote is present or represented.",
            "At the opening, {count} votes are present or represented.",
            there,
        )
        yield make_text(say(said))
    for one in minutes.attendance:
        name = assembly.name(one.member)
        if one.arrived:
            time = assembly.hour(one.arrived)
            yield make_text(say(_("{name} arrives at {time}.", name=name, time=time)), "item", "–")
        if one.left:
            time = assembly.hour(one.left)
            yield make_text(say(_("{name} leaves at {time}.", name=name, time=time)), "item", "–")
    yield from _set_aside(assembly)
    if minutes.guests:
        names = "; ".join(
            ", ".join(part for part in (one.name, one.capacity) if part) for one in minutes.guests
        )
        yield make_text(say(_("Guests: {names}.", names=names)))


def _set_aside(assembly: Assembly) -> Iterator[Block]:
    """What was received, or signed, and did not count."""
    say, minutes = assembly.say, assembly.minutes
    for proxy in minutes.proxies:
        if proxy.set_aside:
            yield make_text(say(describe_set_aside(assembly, proxy)), "item", "–")
    for one in minutes.attendance:
        if one.twice:
            words = _("{name} signed twice, and is counted once.", name=assembly.name(one.member))
            yield make_text(say(words), "item", "–")
    if outside := [one.member for one in minutes.attendance if not assembly.has_vote(one.member)]:
        names = ", ".join(map(assembly.name, outside))
        yield make_text(say(_("There without a vote on this day: {names}.", names=names)))


def _resolution(assembly: Assembly, one: Resolution) -> Iterator[Block]:
    say = assembly.say
    yield make_text(say(heading_of(one)), "part")
    yield Section(
        f"{RESOLUTION}{one.number}",
        tuple(
            Text(part.runs, "quote" if part.style == "body" else part.style, part.mark)
            for part in parse_markdown(one.text)
        ),
    )
    yield from describe_seats(assembly, one)
    if one.election is not None:
        yield from write_election(assembly, one, one.election)
    elif told := figures_by_choice(one):
        head = [_("Time of the vote"), *[TITLES[name][0] for name in told]]
        rows = [(assembly.hour(one.at) if one.at else "", *map(str, told.values()))]
        for id, figures in one.by_college.items():
            own = figures_by_choice(figures)
            rows.append((assembly.college(id), *[str(own.get(name, 0)) for name in told]))
        yield Table(
            tuple(map(say, head)),
            tuple(rows),
            (3, *[2] * len(told)),
            frozenset(range(1, len(head))),
        )
    measured = f" {say(explain(reckon(assembly.meeting, one)))}" if one.result else ""
    yield Text((Run(say(_result(one)), frozenset(["bold"])), Run(measured)))
    if one.recused:
        names = ", ".join(map(assembly.name, one.recused))
        yield make_text(say(_("Did not take part: {names}.", names=names)), "small")
    for dissent in one.dissents:
        name = assembly.name(dissent.member)
        words = say(_("{name} asks that their disagreement be noted.", name=name))
        yield make_text(" ".join(part for part in (words, dissent.reason) if part), "small")


def _result(one: Resolution) -> Message:
    result = RESULTS[one.result][0] if one.result else _("No result yet")
    if one.ballot in BALLOTS:
        return _("{result} ({ballot}).", result=result, ballot=BALLOTS[one.ballot])
    return _("{result}.", result=result)


def _after(assembly: Assembly) -> Iterator[Block]:
    say, minutes = assembly.say, assembly.minutes
    if minutes.actions:
        yield make_text(say(_("Actions")), "heading")
        rows = tuple(
            (
                one.what,
                assembly.name(one.owner) if one.owner else assembly.body_name(one.body),
                assembly.date(one.due) if one.due else "",
            )
            for one in minutes.actions
        )
        yield Table((say(_("Action")), say(_("Who")), say(_("Due"))), rows, (6, 3, 3))
    yield make_text(say(_("Signatures")), "heading")
    officers, register = minutes.officers, minutes.register
    yield Lines(
        (
            _signature_line(assembly, _("Chair"), officers.chair),
            _signature_line(assembly, _("Secretary"), officers.secretary),
        )
    )
    yield make_text(say(COPY), "small")
    if register.volume:
        folios = register.folios or "…"
        place = _(
            "Register: volume {volume}, folios {folios}.", volume=register.volume, folios=folios
        )
        yield make_text(say(place), "small")


def _signature_line(assembly: Assembly, title: Message, officer: Officer | None) -> str:
    name = assembly.person(officer) if officer else ""
    return f"{assembly.say(title)}, {name}" if name else assembly.say(title)


@dataclass(frozen=True)
class Transcript:
    """What the secretary wrote: the text of the minutes, and the incidents."""

    body: str = ""
    incidents: str = ""


def read_minutes(assembly: Assembly, data: bytes, doubts: Doubts) -> Transcript:
    """What a document brings back. The text that was voted may not change."""
    from odfdo import Document

    try:
        read_content(data, "odt")
        sections = {
            one.get_attribute_string("text:name"): one
            for one in Document(BytesIO(data)).body.get_elements("descendant::text:section")
        }
    except Stopped as error:
        doubts.faults.append(error.message)
        return Transcript()

    def read(name: str, title: Message, had: str, empty: Message) -> str:
        if name not in sections:
            doubts.faults.append(
                _(
                    "The part “{name}” is gone from the document: write into it, and leave "
                    "its frame.",
                    name=title,
                )
            )
            return had
        texts = _texts(sections[name])
        if "".join(one.plain for one in texts).strip() == assembly.say(empty):
            return ""
        text = render_markdown(texts)
        return (
            had
            if words(text) == words(had) and text == render_markdown(parse_markdown(had))
            else text
        )

    unsaid = _("Write here what was said, or delete this line.")
    found = Transcript(
        read(BODY, _("What was said"), assembly.body, unsaid),
        read(INCIDENTS, _("Incidents"), assembly.minutes.incidents, _("No incident.")),
    )
    for one in assembly.resolutions:
        _compare_text(one, sections.get(f"{RESOLUTION}{one.number}"), doubts)
    return found


def _compare_text(one: Resolution, section: Any, doubts: Doubts) -> None:
    """Note where the text that was voted is not there in the same words."""
    if section is None:
        doubts.faults.append(_("Resolution {number} is gone from the document.", number=one.number))
    elif words(render_markdown(_texts(section))) != words(one.text):
        doubts.faults.append(
            _(
                "The text of resolution {number} was changed: what was voted stays. Put it "
                "back, and write the remark under what was said.",
                number=one.number,
            )
        )


def _texts(section: Any) -> list[Text]:
    """The paragraphs of a part of the document, also those that the secretary's program has styled
    in its own way.
    """
    styles = _automatic(section)
    found: list[Text] = []
    for one in section.get_elements("descendant::text:p | descendant::text:h"):
        name = one.get_attribute_string("text:style-name") or ""
        inside = bool(one.get_elements("ancestor::text:list-item"))
        style: Style = (
            "part"
            if one.tag == "text:h"
            else "item"
            if inside or "Item" in (name, styles.get(name))
            else "body"
        )
        runs, mark = list(_runs(one, styles, frozenset())), ""
        if style == "item":
            mark, runs = _mark(runs)
        if "".join(run.text for run in runs).strip():
            found.append(Text(tuple(_join_runs(runs)), style, mark or "–"))
    return found


def _mark(runs: list[Run]) -> tuple[str, list[Run]]:
    """The number before an item, and the rest of it."""
    whole = "".join(run.text for run in runs)
    sign, tab, _rest = whole.partition("\t")
    if not tab or len(sign) > 5:
        return "", runs
    left, kept = len(sign) + 1, []
    for run in runs:
        kept += [Run(run.text[left:], run.marks)] if len(run.text) > left else []
        left = max(0, left - len(run.text))
    return sign.strip(), kept


def _join_runs(runs: list[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if last and last.marks == run.marks:
            last = Run(last.text + run.text, run.marks)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last


def _runs(element: Any, styles: dict[str, str], marks: frozenset[str]) -> Iterator[Run]:
    """The words of a paragraph with their marks; what was struck by the tracking of changes is not
    there.
    """
    node = element._xml_element if hasattr(element, "_xml_element") else element
    if node.text:
        yield Run(node.text, marks)
    for child in node:
        tag = str(child.tag).rpartition("}")[2]
        if tag == "span":
            name = next(
                (value for key, value in child.attrib.items() if key.endswith("}style-name")), ""
            )
            own = _MARKS.get(styles.get(name, name)) or _MARKS.get(name)
            yield from _runs(
                child,
                styles,
                marks | ({own} if own else set()) | frozenset(styles.get(f"={name}", "").split()),
            )
        elif tag in {"a", "ruby"}:
            yield from _runs(child, styles, marks)
        elif tag in {"s", "tab", "line-break"}:
            yield Run("\t" if tag == "tab" else " ", marks)
        if child.tail:
            yield Run(child.tail, marks)


def _automatic(section: Any) -> dict[str, str]:
    """What the document's own styles derive from, and under `=name` what they mark."""
    found: dict[str, str] = {}
    for style in section.root.get_elements("descendant::office:automatic-styles/style:style"):
        name = style.get_attribute_string("style:name") or ""
        found[name] = style.get_attribute_string("style:parent-style-name") or name
        marks = ""
        for one in style.get_elements("style:text-properties"):
            marks += " bold" * (one.get_attribute_string("fo:font-weight") == "bold")
            marks += " italic" * (one.get_attribute_string("fo:font-style") == "italic")
        found[f"={name}"] = marks
    return found
