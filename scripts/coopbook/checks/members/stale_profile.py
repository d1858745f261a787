"""A member's page was read by its member within the time that `coop.yml` sets (`reminders.profile_months`, else 14 months).

## Why
A directory that is out of date sends clients to people who have changed trade or town. Once a year is enough: open the page, read it,
and send “it is still right”.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...agenda.dated import unread_months
from ...base.diagnostics import Diagnostic
from ...base.messages import _, ngettext
from ...records.index import Index
from ...records.model import Record

KIND = "member"
SEES_REFUSED = True
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    months = unread_months(record.value, index.coop, index.today)
    if months:
        yield record.error(
            ngettext(
                "This page was last read {count} month ago.",
                "This page was last read {count} months ago.",
                count=months,
            ),
            "reviewed",
            help=_("Read it again and put today's date here."),
        )
