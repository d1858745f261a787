"""A proxy is given by a member who is not there to a member who is, and nobody holds more than the limit.

Both are members in law on the day of the meeting. The limit is a twentieth of the members, one at least. Whoever is represented according
to the attendance has given a proxy, to that holder.

## Why
A proxy too many can turn a vote; one given by somebody who sat in the room counts twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..diagnostics import Diagnostic
from ..index import Index
from ..meetings import HERE, electorate, is_member, proxy_cap
from ..messages import Message, _
from ..records import Record
from ..spans import Path, Value

HELP = _("Look at the attendance sheet and at the paper.")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name != "minutes" or record.refused:
        return
    proxies: list[dict[str, Value]] = record.get("proxies") or []
    modes = {one["member"]: one for one in record.get("attendance") or []}
    given = Counter(one["principal"] for one in proxies)
    held = Counter(one["holder"] for one in proxies if "holder" in one)
    cap = proxy_cap(electorate(record, index)) if proxies else 0
    for number, one in enumerate(proxies):
        for message, path in _faults(one, modes, given, record, index):
            yield record.error(message, "proxies", number, *path, help=HELP)
        if held[one.get("holder")] > cap and one.get("holder") not in [other.get("holder") for other in proxies[:number]]:
            message = _("“{id}” holds {count} proxies, and the limit is {cap}.", id=one["holder"], count=held[one["holder"]], cap=cap)
            yield record.error(message, "proxies", number, "holder", help=_("Those above the limit do not count."))
    for number, one in enumerate(record.get("attendance") or []):
        if one["mode"] == "represented" and one["member"] not in given:
            yield record.error(
                _("“{id}” is represented and has given no proxy.", id=one["member"]),
                "attendance",
                number,
                "mode",
                help=_("Add it to proxies."),
            )


def _faults(
    one: dict[str, Value], modes: dict[str, dict[str, Value]], given: Counter[str], record: Record, index: Index
) -> Iterator[tuple[Message, Path]]:
    principal, holder, day = one["principal"], one.get("holder"), str(record.get("date"))
    if modes.get(principal, {}).get("mode") in HERE:
        yield _("“{id}” was there and needs no proxy.", id=principal), ("principal",)
    if given[principal] > 1:
        yield _("“{id}” has given two proxies.", id=principal), ("principal",)
    for id, name in ((principal, "principal"), (holder, "holder")):
        if id and index.find("member", id) and not is_member(index, id, day):
            yield _("“{id}” has no vote: no member in law on {date}.", id=id, date=day), (name,)
    if holder and modes.get(holder, {}).get("mode") not in HERE:
        yield _("“{id}” was not there and cannot hold a proxy.", id=holder), ("holder",)
    if not holder and not one.get("blank"):
        yield _("Who holds this proxy?"), ("principal",)
    other = modes.get(principal, {}).get("holder")
    if holder and other and other != holder:
        yield _("The attendance says that “{id}” holds it.", id=other), ("holder",)
