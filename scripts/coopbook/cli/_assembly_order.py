"""What `coopbook assembly create` was asked for: options, in the order they were typed in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import Misuse, _
from ..decisions.kinds import PROPOSAL
from ._language import Spoken

if TYPE_CHECKING:
    from ..assembly.creating import Plan
    from ..assembly.motions import Motion
    from ..records.load import Book

RESOLUTION = "resolution"
USUAL = "usual"
VOTED = ("proposal", RESOLUTION, USUAL)
_ORDER = f"{__name__}.order"


class InOrder(Spoken):
    """A command that knows in which order proposals and resolutions were typed: click hands over
    each option's values by themselves.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        _options, _rest, order = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [one.name for one in order if one.name in VOTED]
        return super().parse_args(ctx, args)


def read_plan(
    body: str,
    day: date,
    book: Book,
    *,
    kind: str,
    agenda: Path | None,
    item: tuple[str, ...],
    proposal: tuple[str, ...],
    resolution: tuple[str, ...],
    usual: list[str],
    second: bool,
    at: str,
    place: str,
    online: str,
    mode: str | None,
) -> Plan:
    """What is asked for, by the options of the command. Raises Misuse where a number, an hour or an
    address is none.
    """
    from ..assembly.creating import Plan, require_address

    lines = agenda.read_text(encoding="utf-8-sig").splitlines() if agenda else []
    items = tuple(line.strip()[:300] for line in [*lines, *item] if line.strip())
    opened = read_hour(at)
    texts = (
        {record.id: record.body for record in book.records() if record.kind.name == PROPOSAL}
        if proposal
        else {}
    )
    motions = _read_motions(list(proposal), list(resolution), usual)
    return Plan(
        body,
        day.isoformat(),
        kind,
        items,
        motions,
        second=second,
        place=place,
        online=require_address(online),
        mode=mode or "",
        opened=opened,
        texts=texts,
    )


def read_hour(text: str) -> str:
    """An hour as people type it. Raises Misuse where it is none."""
    from ..assembly.vocabulary import parse_hour

    found = parse_hour(text)
    if text and not found:
        raise Misuse(_("“{text}” is no hour such as 14:45.", text=text))
    return found


def _read_motions(
    proposals: list[str], resolutions: list[str], usual: list[str]
) -> tuple[Motion, ...]:
    """What is put to the vote, in the order in which it was typed."""
    from ..assembly.motions import Motion

    found = []
    for name in click.get_current_context().meta[_ORDER]:
        if name == RESOLUTION:
            found.append(Motion(resolutions.pop(0)))
            continue
        if name == USUAL:
            found.append(Motion(usual.pop(0)))
            continue
        text = proposals.pop(0)
        id, _colon, item = text.partition(":")
        if item and not item.isdecimal():
            raise Misuse(_("“{text}” is no number of an item.", text=item))
        found.append(Motion(id, True, int(item or 0)))
    return tuple(found)
