"""Polls: what the page of one shows besides its fields, and how one answers those that are open.

While one is open, an answer is shown where the poll names who gave it, never elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from markupsafe import Markup

from ...base.messages import _
from ...base.once import once
from ...decisions.kinds import BODY, POLL
from ...decisions.poll_count import SAYS, WITHOUT_OPTIONS
from ...decisions.polls import answer_file, asked_members, open_polls
from ...decisions.types import Poll, PollOption
from ...decisions.votes import rules_of
from ...decisions.wording.polls import describe_poll, list_marks, name_mark
from ...records.index import Entry
from ...records.model import Record
from ..context import Site
from ..forge import new_file_address
from ..mailto import mailto

KIND = POLL

PIECES = {
    "yes": "for",
    "if_need_be": "rest",
    "no": "against",
    "agree": "for",
    "unsure": "rest",
    "disagree": "against",
}
"""How the part of a bar is drawn that stands for a mark."""


class Line(NamedTuple):
    """A line of a table of figures: what it is about, what stands in its cells, and the parts of
    its bar: how many, drawn how.
    """

    label: Markup
    cells: tuple[str, ...]
    parts: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Table:
    """Figures in a table, each line drawn as a bar of `total`. `keys` say how the part of a bar is
    drawn that stands for a column; `out` is what goes out after a round.
    """

    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int
    keys: tuple[str, ...] = ()
    out: tuple[Markup, ...] = ()


class Asked(NamedTuple):
    """A poll that a member is asked: until when, where an answer can be written on the co-op's
    forge, and the mail that gives it to those who enter answers.
    """

    entry: Entry
    closes: str
    forge: str
    mail: str
    to: tuple[str, ...]


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """What the template of a poll needs besides its record."""
    poll, derived = Poll.of(record), record.derived or {}
    labels = {one.id: label(site, one) for one in poll.options}
    is_open = poll.is_open_on(site.index.today.isoformat())
    found = poll.outcome or derived.get("running") or {}
    return {
        "sentences": list(describe_poll(poll.method)),
        "labels": labels,
        "is_open": is_open,
        "waits": poll.has_closed_by(site.index.today.isoformat()) and not poll.is_settled,
        "asked": [] if poll.asks_everybody else asked_members(site.index, record),
        "bodies": [id for id in poll.asked_bodies if site.index.find(BODY, id)],
        "given": derived.get("given", 0),
        "answers": _named_answers(site, poll, derived.get("answers", ())),
        "found": found,
        "tables": list(tables(site, poll, found, labels)) if found.get("answers") else [],
        "columns": poll.method not in WITHOUT_OPTIONS,
    }


def label(site: Site, option: PollOption) -> Markup:
    """What an option is called, ready for a page: its day, its title, or both."""
    day = Markup.escape(site.words.long_date(option.date)) if option.date else Markup("")
    title = site.texts.localized(option.title) if option.title else Markup("")
    return Markup(", ").join(filter(None, [day, title])) or Markup.escape(option.id)


def _named_answers(
    site: Site, poll: Poll, answers: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Who said what, mark by mark in the order of the options."""
    return [
        {
            "member": one["member"],
            "cells": [_mark(site, one["marks"].get(option.id, "")) for option in poll.options],
            "says": site.words.say(name_mark(one["says"])) if one["says"] else "",
            "word": one["word"].strip(),
        }
        for one in answers
    ]


def _mark(site: Site, mark: str) -> str:
    return "✓" if mark == "x" else site.words.say(name_mark(mark)) if mark else "–"


def tables(
    site: Site, poll: Poll, found: Mapping[str, Any], labels: Mapping[str, Markup]
) -> Iterator[Table]:
    """The figures of a poll, each in a table whose lines are drawn."""
    say, answers = site.words.say, int(found["answers"])
    if "counts" in found:
        lines = tuple(
            Line(
                Markup.escape(say(name_mark(word))),
                (str(found["counts"].get(word, 0)),),
                ((found["counts"].get(word, 0), PIECES[word]),),
            )
            for word in SAYS
        )
        yield Table(say(_("Figures")), (say(_("Answers")),), lines, answers)
    elif "figures" in found:
        yield _table(site, poll, found["figures"], labels, answers, say(_("Figures")))
    for number, one in enumerate(found.get("rounds", ()), 1):
        caption = say(_("Round {number}", number=number))
        table = _table(site, poll, one["figures"], labels, answers, caption)
        gone = tuple(labels[option] for option in one.get("out", ()))
        yield replace(table, out=gone)


def _table(
    site: Site,
    poll: Poll,
    figures: Iterable[Mapping[str, Any]],
    labels: Mapping[str, Markup],
    answers: int,
    caption: str,
) -> Table:
    say, rows = site.words.say, list(figures)
    first = rows[0] if rows else {}
    heads = [say(_("Sum") if poll.method == "scores" else _("Votes"))] if "votes" in first else []
    heads += [say(_("Median grade"))] if "median" in first else []
    heads += [say(_("Wins against"))] if "beats" in first or poll.method == "schulze" else []
    heads += [say(name_mark(mark)) for mark in first.get("counts", {})]
    total = answers * 5 if poll.method == "scores" else answers
    lines = tuple(_line(site, poll, one, labels) for one in rows)
    keys = tuple(map(PIECES.__getitem__, first.get("counts", {}))) if poll.method == "dates" else ()
    return Table(caption, tuple(heads), lines, total, keys)


def _line(site: Site, poll: Poll, one: Mapping[str, Any], labels: Mapping[str, Markup]) -> Line:
    counts = one.get("counts", {})
    cells = [str(one["votes"])] if "votes" in one else []
    cells += [site.words.say(name_mark(one["median"]))] if "median" in one else []
    if poll.method == "schulze":
        cells += [", ".join(labels[id].striptags() for id in one.get("beats", ())) or "–"]
    cells += [str(many) for many in counts.values()]
    parts = [(one["votes"], "for")] if "votes" in one else []
    if poll.method == "dates":
        parts = [(many, PIECES[mark]) for mark, many in counts.items()]
    return Line(labels[one["option"]], tuple(cells), tuple(parts))


# How one answers


@once
def polls_now(site: Site) -> list[Entry]:
    """The polls that can be answered, the first to close on top; only members are asked."""
    return open_polls(site.index) if site.audience == "members" else []


def asked_now(site: Site, member: Entry) -> list[Asked]:
    """The polls that wait for a member's answer: whether one is given already, no page knows."""
    return [
        Asked(
            entry,
            Poll.of(entry).closes,
            new_file_address(site, answer_file(entry.id, member.id), answer_text(site, entry)),
            *_mail(site, entry, member),
        )
        for entry in polls_now(site)
        if member.id in _asked_by_poll(site)[entry.id]
    ]


@once
def _asked_by_poll(site: Site) -> dict[str, frozenset[str]]:
    return {one.id: frozenset(asked_members(site.index, one)) for one in polls_now(site)}


def answer_text(site: Site, entry: Entry) -> str:
    """An answer that is already begun: what is written behind each name is the member's."""
    poll, say = Poll.of(entry), site.words.say
    lines = [f"# {_in_one_line(site.texts.text(entry.title))}"]
    lines += [f"# {say(one)}" for one in describe_poll(poll.method)][:1]
    words = [(mark, say(meant)) for mark, meant in list_marks(poll.method)]
    if poll.method == "sense":
        words = [(word, say(name_mark(word))) for word in SAYS]
    said = [f"{mark} = {meant}" for mark, meant in words if mark != meant]
    lines += [f"# {', '.join(said)}"] if said else []
    if poll.method == "sense":
        lines += ["says: "]
    elif poll.options:
        lines += ["# " + say(_("Write between the quotes.")), "marks:"]
        lines += [
            f'  {one.id}: ""  # {_in_one_line(str(label(site, one).striptags()))}'
            for one in poll.options
        ]
    lines += ["# " + say(_("Below, a word: two spaces before each line."))]
    return "\n".join([*lines, "word: |", "  ", ""])


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _mail(site: Site, entry: Entry, member: Entry) -> tuple[str, tuple[str, ...]]:
    """A mail that gives an answer to those who may enter it, and to whom it goes; nothing where
    the rules name nobody who may.
    """
    tellers = rules_of(site.index).tellers
    mails = [site.mails[id] for id in tellers if id in site.mails]
    to = mails or [mail for mail in (site.settings.email,) if mail and tellers]
    if not to:
        return "", ()
    poll, title, say = Poll.of(entry), site.texts.text(entry.title), site.words.say
    lines = [
        say(_("Question: {title} ({id})", title=title, id=entry.id)),
        say(_("Member: {name} ({id})", name=site.texts.text(member.title), id=member.id)),
        *(say(one) for one in describe_poll(poll.method)),
        "",
        *(f"{label(site, one).striptags()} : " for one in poll.options),
        say(_("My answer, or a word with it:")),
    ]
    subject = say(_("My answer: {title}", title=title))
    return mailto(",".join(to), subject, "\n".join(lines) + "\n\n"), tuple(to)


def open_rows(site: Site) -> list[tuple[Entry, str]]:
    """The polls that can be answered, each with its last day."""
    return [(one, Poll.of(one).closes) for one in polls_now(site)]
