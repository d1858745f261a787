"""What `coopbook assembly create` was asked for: options in the order they were typed in, and the draft that they make or add to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.atomic_files import created
from ..base.messages import Translator, _
from ._assembly_files import opened, save
from ._exits import refusals, refuse
from ._language import Spoken

if TYPE_CHECKING:
    from ..assembly.creating import Wanted
    from ..assembly.motions import Voted
    from ..assembly.record import Assembly
    from ..records.load import Book

VOTED = ("proposal", "resolution")
_ORDER = f"{__name__}.order"


class InOrder(Spoken):
    """A command that knows in which order proposals and resolutions were typed: click hands over each option's values by themselves."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _options, _rest, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [one.name for one in order if one.name in VOTED]
        return super().parse_args(ctx, args)


def wanted(body: str, day: date, more: dict[str, Any], book: Book) -> Wanted:
    """What is asked for. Refused where a number or an hour is none."""
    from ..assembly.creating import Wanted
    from ..assembly.motions import Refused
    from ..assembly.vocabulary import hour

    lines = more["agenda"].read_text(encoding="utf-8-sig").splitlines() if more["agenda"] else []
    items = tuple(line.strip()[:300] for line in [*lines, *more["item"]] if line.strip())
    if more["at"] and not hour(more["at"]):
        raise Refused(_("“{text}” is no hour such as 14:45.", text=more["at"]))
    texts = (
        {record.id: record.body for record in book.records() if record.kind.name == "proposal"}
        if more["proposal"]
        else {}
    )
    held = (more["second"], more["place"], more["mode"] or "", hour(more["at"]), texts)
    return Wanted(body, day.isoformat(), more["kind"], items, _voted(more), *held)


def _voted(more: dict[str, Any]) -> tuple[Voted, ...]:
    from ..assembly.motions import Refused, Voted

    given, found = {name: list(more[name]) for name in VOTED}, []
    for name in click.get_current_context().meta[_ORDER]:
        text = given[name].pop(0)
        if name == "resolution":
            found.append(Voted(text))
            continue
        id, _colon, item = text.partition(":")
        if item and not item.isdecimal():
            raise Refused(_("“{text}” is no number of an item.", text=item))
        found.append(Voted(id, True, int(item or 0)))
    return tuple(found)


def draft(root: Path, asked: Wanted, book: Book, language: str, say: Translator) -> None:
    """Write a new record."""
    from ..assembly.creating import new_record
    from ..assembly.record import Assembly
    from ..editing.form import ordered
    from ..yaml_files.editor import render

    id, value = new_record(asked, book.index)
    kind = book.kinds["minutes"]
    file = f"{kind.folder}/{id}.md"
    with refusals(say):
        created(root, file, render(ordered(value, kind.schema), ""))
    print(say(_("Written: {file}", file=file)))
    tell(value.get("resolutions") or [], Assembly(book.index, id, value, language), say)
    print(say(_("Next: call the meeting, with the step “notice”.")))


def add(id: str, root: Path, lang: str | None, today: date, asked: Wanted) -> None:
    """Put more to the vote of an assembly whose record is a draft."""
    from ..assembly.creating import added

    step = opened(id, root, lang, today)
    if step.assembly.value.get("status") != "draft":
        refuse(
            _("These minutes are no draft any more: nothing is added to what is voted."), step.say
        )
    value = added(asked, step.assembly.value, step.book.index)
    save(step, value)
    tell(
        value["resolutions"][len(step.assembly.resolutions) :],
        step.assembly.having(**value),
        step.say,
    )


def tell(resolutions: list[dict[str, Any]], assembly: Assembly, say: Translator) -> None:
    """Say under which category each resolution will be decided: where none was typed, it was chosen."""
    for one in resolutions:
        category = assembly.category_name(one.get("category")) or "…"
        print(
            say(
                _(
                    "Resolution {number}: {title}. Category: {category}.",
                    number=one["n"],
                    title=one["title"],
                    category=category,
                )
            )
        )
