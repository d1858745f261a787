"""Text in the co-op's colours can be read.

Each colour under `look` in coop.yml has a contrast of at least 4.5 with white, and with the pages'
own light ground (WCAG 2.2, success criterion 1.4.3). For the dark, lighter ones are made of them.

## Why
A name in pale yellow on white is lost for many readers, and for everybody outdoors on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.colours import PAPER, READABLE, contrast, darker
from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.coop import Coop
from ...records.index import Index
from ...records.model import Record

KIND = "coop"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    look = Coop.of(record.value).look
    for name, colour in (("primary", look.primary), ("accent", look.accent)):
        if colour and min(contrast(colour, "#ffffff"), contrast(colour, PAPER)) < READABLE:
            yield record.fault(
                _(
                    "Text in this colour is too pale to be read: its contrast is {found}, not "
                    "{least}.",
                    found=_show_colour(colour),
                    least=READABLE,
                ),
                "look",
                name,
                help=_("The nearest that can be read is {colour}.", colour=darker(colour)),
            )


def _show_colour(colour: str) -> str:
    return f"{min(contrast(colour, '#ffffff'), contrast(colour, PAPER)):.1f}"
