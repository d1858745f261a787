"""A resolution that decides a proposal is of a category as strict as the proposal's at least, and
each names the other.

The resolution names it (`proposal`), and once it is adopted the proposal says so (`ratified_by`). A
proposal that names a resolution names one that exists, was adopted, decides on it and stands in
minutes, not in a working note; of an assembly, where only a meeting can decide what it asks for.
Nothing is taken over before these minutes are approved.

## Why
What a vote between meetings prepared is decided by the resolution. Whoever reads one of them years
later must find the other, and not a weaker majority than was promised.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...decisions.authority import confirming, is_advisory, weaker
from ...decisions.status import PASSED
from ...decisions.votes import rules_of
from ...records.index import Entry, Index
from ...records.model import Record

KIND = ("minutes", "proposal")

LIE = ("rejected", "no_quorum", "withdrawn")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    if record.kind.name == "proposal":
        yield from _ratified(record, index)
        return
    for number, one in enumerate(record.get("resolutions") or []):
        proposal = index.find("proposal", one.get("proposal") or "")
        if proposal is None or not proposal.sound:
            continue
        place: Path = ("resolutions", number, "category" if "category" in one else "proposal")
        if one.get("result") != "noted" and (
            message := weaker(rules_of(index), str(one.get("category") or ""), proposal)
        ):
            yield record.error(message, *place, help=HELP)
        if record.get("status") != "draft":
            yield from _agree(record, index, ("resolutions", number), one, proposal)


HELP = _(
    "A resolution is decided under the category that its proposal asked for, or a stricter one."
)


def _agree(
    record: Record, index: Index, place: Path, one: dict[str, Any], proposal: Entry
) -> Iterator[Diagnostic]:
    """Whether the proposal says of the resolution what the minutes do."""
    said = proposal.get("ratified_by") or {}
    mine = said.get("minutes") == record.id and said.get("resolution") == one["number"]
    if one.get("result") == "adopted" and not mine:
        help = _(
            "Write in {file}: ratified_by, with minutes: {id} and resolution: {number}.",
            file=proposal.file,
            id=record.id,
            number=one["number"],
        )
        other = _("“{id}” says that another resolution confirmed it: {minutes}, {number}.", id=proposal.id, minutes=said.get("minutes"), number=said.get("resolution"))  # fmt: skip
        message = (
            other
            if said
            else _("“{id}” does not say that this resolution confirmed it.", id=proposal.id)
        )
        yield record.error(message, *place, "proposal", help=help)
    elif (
        one.get("result") in LIE
        and not said
        and proposal.get("status") in PASSED
        and is_advisory(rules_of(index), proposal)
    ):
        message = _("“{id}” counts as adopted, and this resolution was not.", id=proposal.id)
        yield record.error(message, *place, "result", help=_("Look at its status."))


def _ratified(record: Record, index: Index) -> Iterator[Diagnostic]:
    """Whether the resolution that a proposal names carries it."""
    proposal = index.by_file.get(record.file)
    for message, place in confirming(index, proposal, rules_of(index)) if proposal else ():
        yield record.error(message, *place)
