"""What `coopbook assembly create` was asked for: options, in the order they were typed in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Misuse, _
from ..decisions.kinds import PROPOSAL
from ._language import Spoken

if TYPE_CHECKING:
    from ..assembly.creating import Plan
    from ..assembly.motions import Motion
    from ..records.load import Book

VOTED = ("proposal", "resolution")
_ORDER = f"{__name__}.order"


class InOrder(Spoken):
    """A command that knows in which order proposals and resolutions were typed: click hands over
    each option's values by themselves.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _options, _rest, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [one.name for one in order if one.name in VOTED]
        return super().parse_args(ctx, args)


def read_plan(body: str, day: date, more: dict[str, Any], book: Book) -> Plan:
    """What is asked for. Raises Misuse where a number or an hour is none."""
    from ..assembly.creating import Plan
    from ..assembly.vocabulary import parse_hour

    lines = more["agenda"].read_text(encoding="utf-8-sig").splitlines() if more["agenda"] else []
    items = tuple(line.strip()[:300] for line in [*lines, *more["item"]] if line.strip())
    if more["at"] and not parse_hour(more["at"]):
        raise Misuse(_("“{text}” is no hour such as 14:45.", text=more["at"]))
    texts = (
        {record.id: record.body for record in book.records() if record.kind.name == PROPOSAL}
        if more["proposal"]
        else {}
    )
    held = (more["second"], more["place"], more["mode"] or "", parse_hour(more["at"]), texts)
    return Plan(body, day.isoformat(), more["kind"], items, _read_motions(more), *held)


def _read_motions(more: dict[str, Any]) -> tuple[Motion, ...]:
    from ..assembly.motions import Motion

    given, found = {name: list(more[name]) for name in VOTED}, []
    for name in click.get_current_context().meta[_ORDER]:
        text = given[name].pop(0)
        if name == "resolution":
            found.append(Motion(text))
            continue
        id, _colon, item = text.partition(":")
        if item and not item.isdecimal():
            raise Misuse(_("“{text}” is no number of an item.", text=item))
        found.append(Motion(id, True, int(item or 0)))
    return tuple(found)
