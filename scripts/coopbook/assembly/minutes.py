"""Minutes: drafted as a document from what the record holds, and the secretary's words taken back
from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ..base.messages import Message, Stopped, _, ngettext
from ..decisions.bylaws.wording import words
from ..decisions.resolutions import FIGURES, counted, reckon
from ..documents.model import (
    Block,
    Lines,
    Paper,
    Run,
    Section,
    Style,
    Table,
    Text,
    as_markdown,
    rich,
    text,
)
from ..documents.ods_reader import parts
from .issues import Doubts
from .notice import head, paper
from .record import Assembly
from .results import why
from .vocabulary import BALLOTS, HELD, MODES, RESULTS, TITLES

BODY, INCIDENTS = "coopbook-body", "coopbook-incidents"
RESOLUTION = "coopbook-resolution-"
COPY = _("Working copy: the signed original is authentic and is kept in the register.")
_MARKS = {"Markbold": "bold", "Markitalic": "italic", "Markstruck": "struck"}


def minutes(assembly: Assembly) -> Paper:
    """The minutes as a document, with parts for the secretary to write in."""
    return paper(assembly, "minutes", _("Minutes of the meeting"), _minutes(assembly))


def _minutes(assembly: Assembly) -> Iterator[Block]:
    say, value = assembly.say, assembly.value
    yield from head(assembly, _("Minutes of the meeting"))
    yield (
        text(say(_("Minutes no. {number}", number=value["number"])), "small")
        if value.get("number")
        else text("")
    )
    yield from _held(assembly)
    yield from _present(assembly)
    yield text(say(_("Agenda")), "heading")
    for number, item in enumerate(assembly.agenda, 1):
        yield text(item, "item", f"{number}.")
    yield text(say(_("What was said")), "heading")
    yield Section(
        BODY,
        rich(assembly.body) or (text(say(_("Write here what was said, or delete this line."))),),
    )
    yield text(say(_("Incidents")), "heading")
    yield Section(
        INCIDENTS, rich(str(value.get("incidents") or "")) or (text(say(_("No incident."))),)
    )
    yield text(say(_("Resolutions")), "heading")
    for one in assembly.resolutions:
        yield from _resolution(assembly, one)
    yield from _after(assembly)


def _held(assembly: Assembly) -> Iterator[Block]:
    """When, where, how and by whom the meeting was called and held."""
    say, value = assembly.say, assembly.value
    notice, officers, held = (
        value.get("notice") or {},
        value.get("officers") or {},
        HELD.get(str(value.get("mode") or "")),
    )
    rows: list[tuple[Message, str]] = [(_("Date"), assembly.weekday)]
    if value.get("opened"):
        hours = (
            _(
                "from {opened} to {closed}",
                opened=assembly.hour(value["opened"]),
                closed=assembly.hour(value["closed"]),
            )
            if value.get("closed")
            else Message(assembly.hour(value["opened"]))
        )
        rows.append((_("Hours"), say(hours)))
    rows += [(_("Place"), str(value["place"]))] if value.get("place") else []
    rows += [(_("Held"), say(held[0]))] if held else []
    if notice.get("sent_on"):
        by = (
            _("{date}, by {name}", date=assembly.date(notice["sent_on"]), name=notice["by"])
            if notice.get("by")
            else Message(assembly.date(notice["sent_on"]))
        )
        rows.append((_("Notice sent on"), say(by)))
    rows += [(_("Call"), say(_("Second call")))] if assembly.second else []
    rows += [(_("Chair"), assembly.person(officers["chair"]))] if officers.get("chair") else []
    rows += (
        [(_("Secretary"), assembly.person(officers["secretary"]))]
        if officers.get("secretary")
        else []
    )
    rows += (
        [(_("Tellers"), ", ".join(map(assembly.name, officers["tellers"])))]
        if officers.get("tellers")
        else []
    )
    yield Table(
        (say(_("The meeting")), ""), tuple((say(name), said) for name, said in rows), (1, 3)
    )


def _present(assembly: Assembly) -> Iterator[Block]:
    say, attendance = assembly.say, assembly.value.get("attendance") or []
    yield text(say(_("Attendance and quorum")), "heading")
    entitled = assembly.held.entitled or 0
    yield text(
        say(
            ngettext(
                "{count} member has a vote on this day.",
                "{count} members have a vote on this day.",
                entitled,
            )
        )
    )
    counts = Counter(one["mode"] for one in attendance)
    told = [
        say(_("{name}: {value}", name=own, value=counts[mode]))
        for mode, (own, _others) in MODES.items()
        if counts[mode]
    ]
    if told:
        yield text(", ".join(told) + ".")
    opened = str(assembly.value.get("opened") or "")
    there = len(assembly.held.voters(opened)) if attendance else 0
    if there:
        said = ngettext(
            "At the opening, {count} vote is present or represented.",
            "At the opening, {count} votes are present or represented.",
            there,
        )
        yield text(say(said))
    for one in attendance:
        yield from _moved(assembly, one)
    if guests := assembly.value.get("guests"):
        names = "; ".join(
            ", ".join(part for part in (one["name"], one.get("capacity")) if part) for one in guests
        )
        yield text(say(_("Guests: {names}.", names=names)))


def _moved(assembly: Assembly, one: dict[str, Any]) -> Iterator[Block]:
    """When somebody came late or left early."""
    for name, said in (
        ("arrived", _("{name} arrives at {time}.")),
        ("left", _("{name} leaves at {time}.")),
    ):
        if one.get(name):
            yield text(
                assembly.say(
                    Message(
                        said.text,
                        {"name": assembly.name(one["member"]), "time": assembly.hour(one[name])},
                    )
                ),
                "item",
                "–",
            )


def _resolution(assembly: Assembly, one: dict[str, Any]) -> Iterator[Block]:
    say = assembly.say
    title = (
        _("Resolution {number}: {title}", number=one["number"], title=one["title"])
        if one.get("title")
        else _("Resolution {number}", number=one["number"])
    )
    yield text(say(title), "part")
    yield Section(
        f"{RESOLUTION}{one['number']}",
        tuple(
            Text(part.runs, "quote" if part.style == "body" else part.style, part.mark)
            for part in rich(str(one["text"]))
        ),
    )
    if counted(one):
        shown = [name for name in FIGURES if name in one]
        head = [_("Time of the vote"), *[TITLES[name][0] for name in shown]]
        rows = [
            (assembly.hour(one["at"]) if one.get("at") else "", *[str(one[name]) for name in shown])
        ]
        colleges = one.get("by_college") or {}
        rows += [
            (assembly.college(id), *[str(figures.get(name, 0)) for name in shown])
            for id, figures in colleges.items()
        ]
        yield Table(
            tuple(map(say, head)),
            tuple(rows),
            (3, *[2] * len(shown)),
            frozenset(range(1, len(head))),
        )
    measured = f" {say(why(reckon(assembly.held, one)))}" if one.get("result") else ""
    yield Text((Run(say(_result(assembly, one)), frozenset(["bold"])), Run(measured)))
    if one.get("recused"):
        yield text(
            say(
                _(
                    "Did not take part: {names}.",
                    names=", ".join(map(assembly.name, one["recused"])),
                )
            ),
            "small",
        )
    for dissent in one.get("dissents") or []:
        said = _(
            "{name} asks that their disagreement be noted.", name=assembly.name(dissent["member"])
        )
        yield text(" ".join(part for part in (say(said), dissent.get("reason")) if part), "small")


def _result(assembly: Assembly, one: dict[str, Any]) -> Message:
    found = RESULTS[one["result"]][0] if one.get("result") else _("No result yet")
    return (
        _("{result} ({ballot}).", result=found, ballot=BALLOTS[one["ballot"]])
        if one.get("ballot") in BALLOTS
        else _("{result}.", result=found)
    )


def _after(assembly: Assembly) -> Iterator[Block]:
    say, value = assembly.say, assembly.value
    if actions := value.get("actions"):
        yield text(say(_("Actions")), "heading")
        rows = tuple(
            (one["what"], assembly.name(one["owner"]), assembly.date(one["due"])) for one in actions
        )
        yield Table((say(_("Action")), say(_("Who")), say(_("Due"))), rows, (6, 3, 3))
    yield text(say(_("Signatures")), "heading")
    officers = value.get("officers") or {}
    yield Lines(
        tuple(
            _signs(assembly, name, officers.get(key))
            for name, key in ((_("Chair"), "chair"), (_("Secretary"), "secretary"))
        )
    )
    register = value.get("register") or {}
    yield text(say(COPY), "small")
    if register.get("volume"):
        yield text(
            say(
                _(
                    "Register: volume {volume}, folios {folios}.",
                    volume=register["volume"],
                    folios=register.get("folios") or "…",
                )
            ),
            "small",
        )


def _signs(assembly: Assembly, title: Message, said: dict[str, Any] | None) -> str:
    name = assembly.person(said) if said else ""
    return f"{assembly.say(title)}, {name}" if name else assembly.say(title)


def taken(assembly: Assembly, data: bytes, doubts: Doubts) -> dict[str, Any]:
    """The text and the incidents that a document brings back, as `body` and `incidents`. The text
    that was voted may not change.
    """
    from odfdo import Document

    try:
        parts(data, "odt")
        sections = {
            one.get_attribute_string("text:name"): one
            for one in Document(BytesIO(data)).body.get_elements("descendant::text:section")
        }
    except Stopped as error:
        doubts.found.append(error.message)
        return {}
    found: dict[str, Any] = {}
    for name, part, field, had, empty in (
        (
            BODY,
            _("What was said"),
            "body",
            assembly.body,
            _("Write here what was said, or delete this line."),
        ),
        (
            INCIDENTS,
            _("Incidents"),
            "incidents",
            str(assembly.value.get("incidents") or ""),
            _("No incident."),
        ),
    ):
        if name not in sections:
            doubts.found.append(
                _(
                    "The part “{name}” is gone from the document: write into it, and leave "
                    "its frame.",
                    name=part,
                )
            )
            continue
        texts = _texts(sections[name])
        said = (
            ""
            if "".join(one.plain for one in texts).strip() == assembly.say(empty)
            else as_markdown(texts)
        )
        found[field] = had if words(said) == words(had) and said == as_markdown(rich(had)) else said
    for one in assembly.resolutions:
        _same(one, sections.get(f"{RESOLUTION}{one['number']}"), doubts)
    return found


def _same(one: dict[str, Any], section: Any, doubts: Doubts) -> None:
    """The text that was voted, in the same words."""
    if section is None:
        doubts.found.append(
            _("Resolution {number} is gone from the document.", number=one["number"])
        )
    elif words(as_markdown(_texts(section))) != words(str(one["text"])):
        doubts.found.append(
            _(
                "The text of resolution {number} was changed: what was voted stays. Put it "
                "back, and write the remark under what was said.",
                number=one["number"],
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
            found.append(Text(tuple(_joined(runs)), style, mark or "–"))
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


def _joined(runs: list[Run]) -> Iterator[Run]:
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
                marks | ({own} if own else set()) | _marks_of(styles.get(f"={name}", "")),
            )
        elif tag in {"a", "ruby"}:
            yield from _runs(child, styles, marks)
        elif tag in {"s", "tab", "line-break"}:
            yield Run("\t" if tag == "tab" else " ", marks)
        if child.tail:
            yield Run(child.tail, marks)


def _marks_of(said: str) -> frozenset[str]:
    return frozenset(said.split()) & frozenset(["bold", "italic", "struck"])


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
