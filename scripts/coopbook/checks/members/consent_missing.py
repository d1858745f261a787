"""What is published of a person has their consent, given and not withdrawn.

A page in the directory needs a consent for `directory`, a place in the open data for `reuse`, a
photo for `photo`, a published phone or e-mail for `phone` or `email`, a place among the former
members for `alumni`. The co-op's clients who are named have given theirs (`permission: given`), and
the member one for `references`.

## Why
Consent by purpose is what data protection law asks for, and what members expect. A consent is
recorded with its date and can be withdrawn; the next build takes the page away.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...decisions.types import Member
from ...records.index import Index
from ...records.model import Record

KIND = "member"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    member = Member.of(record)
    if not member.is_person:
        return
    for purpose, path in _needed_consents(member):
        if not member.consents_to(purpose):
            is_yes_or_no = path in (("listed",), ("alumni",), ("open_data",))
            if withdrawn := _withdrawn_on(member, purpose):
                yield record.fault(
                    _(
                        "The consent for “{purpose}” was withdrawn on {date}.",
                        purpose=purpose,
                        date=withdrawn,
                    ),
                    *path,
                    help=_("Write {field}: false.", field=path[0])
                    if is_yes_or_no
                    else _("Take it out; of a photo, the picture too."),
                )
                continue
            yield record.fault(
                _("There is no consent for “{purpose}”.", purpose=purpose),
                *path,
                help=_("Add it to consents, or write {field}: false.", field=path[0])
                if is_yes_or_no
                else _("Add it to consents, or take the line out."),
            )


def _withdrawn_on(member: Member, purpose: str) -> str:
    """The last day on which a consent was withdrawn; empty where there was none."""
    days = (one.withdrawn for one in member.consents if one.purpose == purpose)
    return max((str(day) for day in days if day), default="")


def _needed_consents(member: Member) -> Iterator[tuple[str, Path]]:
    """Purposes that need a consent, with the value that asks for it."""
    is_former = member.has_left and member.alumni
    if member.alumni:
        yield "alumni", ("alumni",)
    if member.photo is not None and (member.listed or is_former):
        yield "photo", ("photo",)
    if not member.listed:
        return
    yield "directory", ("listed",)
    if member.open_data:
        yield "reuse", ("open_data",)
    for number, name in enumerate(member.publish):
        if name in {"email", "phone"}:
            yield name, ("publish", number)
    if any(one.permission == "given" for one in member.references):
        yield "references", ("references",)
