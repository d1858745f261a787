"""The command `coopbook remind`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..agenda.reminders import Reminder
    from ..base.messages import Translator
    from ..records.index import Index

from ..base.messages import _
from ..records.core_kinds import MEMBER
from ._exits import require_coop, speak
from ._language import Spoken, say_in_terminal
from ._lookup import find_member
from ._options import lang_option, root_argument, today_option

FORMATS = ("text", "markdown", "json")


@click.command("remind", cls=Spoken)
@root_argument
@click.option(
    "--days",
    type=click.IntRange(0, 366),
    default=7,
    show_default=True,
    help=say_in_terminal(_("How many days to look ahead; votes that are open are always told.")),
)
@click.option(
    "--for", "member", metavar="MEMBER", help=say_in_terminal(_("Only what concerns this member."))
)
@click.option(
    "--each",
    is_flag=True,
    help=say_in_terminal(
        _(
            "What concerns each member, as --for tells it: for mails to each alone, never for "
            "a page that others read."
        )
    ),
)
@click.option(
    "--format",
    type=click.Choice(FORMATS),
    default=FORMATS[0],
    help=say_in_terminal(_("How to print.")),
)
@lang_option
@today_option
def command(
    root: Path,
    days: int,
    member: str | None,
    each: bool,
    format: str,
    lang: str | None,
    today: date,
) -> None:
    """Say what waits in ROOT, and for whom: votes, actions, mandates.

    Open votes, actions and mandates past their day or near it, decisions and pages to be read
    again. Who has not voted yet, and for whom somebody else entered a ballot, is told to that
    member alone: with --for, or --each. It changes nothing.
    """
    from ..agenda.reminders import for_a_page, for_each, for_member, reminders
    from ..base.dates import written_dates
    from ..base.messages import show_value, translator
    from ..records.audience import view_index
    from ..records.load import load

    require_coop(root)
    whole = load(root, today).index
    index = view_index(whole, "members")
    language = lang or index.languages[0]
    usage = index.usage(language)
    say = speak(translator(usage, shown=lambda value: show_value(written_dates(str(value), usage))))
    found = reminders(index, language, days, whole)
    if member is not None:
        found = for_member(index, found, find_member(index, member))
    else:
        found = for_each(index, found) if each else for_a_page(found)
    for line in {"text": _text, "markdown": _as_markdown, "json": _json}[format](
        index, language, found, say
    ):
        print(line)


def _groups(
    index: Index, language: str, found: list[Reminder], say: Translator
) -> Iterator[tuple[str, list[Reminder]]]:
    """What concerns everybody, then what concerns each, by name."""
    from ..base.collation import sort_key

    everybody = [one for one in found if not one.members]
    if everybody:
        yield say(_("Everybody")), everybody
    names = {
        id: index.text(entry.title, language) if (entry := index.find(MEMBER, id)) else id
        for id in _named_members(found)
    }
    for id in sorted(names, key=lambda one: (sort_key(names[one]), one)):
        yield names[id], [one for one in found if id in one.members]


def _named_members(found: list[Reminder]) -> set[str]:
    return {id for one in found for id in one.members}


def _text(index: Index, language: str, found: list[Reminder], say: Translator) -> Iterator[str]:
    if not found:
        yield say(_("Nothing is waiting."))
    for name, own in _groups(index, language, found, say):
        yield name
        yield from (f"  - {say(one.said)}" for one in own)


def _as_markdown(
    index: Index, language: str, found: list[Reminder], say: Translator
) -> Iterator[str]:
    from ..base.markdown import escape_markdown

    see = say(_("See"))
    if not found:
        yield say(_("Nothing is waiting."))
    for name, own in _groups(index, language, found, say):
        yield f"## {escape_markdown(name)}\n"
        for one in own:
            to = _address(index, language, one)
            yield f"- {escape_markdown(say(one.said))}" + (f" [{see}]({to})" if to else "")
        yield ""


def _json(index: Index, language: str, found: list[Reminder], say: Translator) -> Iterator[str]:
    rows = [
        {
            "for": list(one.members),
            "kind": one.name,
            "day": one.day,
            "late": one.late,
            "text": say(one.said),
            "file": one.entry.file,
            "url": _address(index, language, one),
        }
        for one in found
    ]
    yield json.dumps(rows, ensure_ascii=False, indent=1)


def _address(index: Index, language: str, one: Reminder) -> str:
    from ..records.addresses import Addresses

    start = index.settings.members_site
    return (
        f"{start}{Addresses(index, language).url_of_version(one.entry)}"
        + (f"#{one.anchor}" if one.anchor else "")
        if start
        else ""
    )
