"""A proxy for all votes until a day stands on the page of an assembly, and only where the rules
allow it: `proxies: {scope: for_a_time}`.

It is of a member to another, its last day is not before the day on which it was received, and
nobody gives two at a time.

## Why
A proxy that the count passes over lets somebody believe that they are represented.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.tally.proxies import STANDING
from ...decisions.tally.shapes import Proxy
from ...decisions.types import Body
from ...decisions.votes import rules_of
from ...records.index import Index
from ...records.model import Record

KIND = "body"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    body, rule = Body.of(record), rules_of(index).proxies
    if not body.proxies:
        return
    if not body.is_assembly:
        message = _("Only an assembly of all members has standing proxies.")
        yield record.fault(message, "proxies", help=_("Put them on the assembly's page."))
    elif not rule.allowed or rule.scope != STANDING:
        message = _("The rules allow no proxy for all votes until a day.")
        yield record.fault(message, "proxies", help=_("Take them out, or change the rules."))
    for number, one in enumerate(body.proxies):
        if why := _fault(one, body.proxies[:number]):
            yield record.fault(why, "proxies", number, help=_("Delete this proxy."))


def _fault(one: Proxy, earlier: tuple[Proxy, ...]) -> Message | None:
    if one.principal == one.holder:
        return _("Nobody holds their own proxy.")
    if one.until < one.received_on:
        return _("This proxy ended before it was received.")
    for other in earlier:
        apart = other.until < one.received_on or one.until < other.received_on
        if other.principal == one.principal and not apart:
            return _("“{principal}” gives two proxies at a time.", principal=one.principal)
    return None
