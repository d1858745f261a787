"""What minutes must hold: as the co-op's rules say, else as is usual for its legal form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..base.messages import Message, _
from ..base.positions import Path
from ..records.index import Index
from ..records.model import Record
from .presets import duties_by_form
from .types import Body, Minutes
from .votes import rules_of

ALWAYS: tuple[Path, ...] = (("number",), ("kind",))
CALLED: dict[str, Path] = {
    "company_line": ("company_line",),
    "sent_on": ("notice", "sent_on"),
    "agenda": ("notice", "agenda"),
    "chair": ("officers", "chair"),
    "secretary": ("officers", "secretary"),
}
"""What minutes say of how a body was called and who led it, by the words of the rules."""
MET: dict[str, Path] = {
    "opened": ("opened",),
    "closed": ("closed",),
    "place": ("place",),
    "mode": ("mode",),
    "attendance": ("attendance",),
}
"""What only a meeting has, and no consultation in writing."""
TELLERS: dict[str, Path] = {"tellers": ("officers", "tellers")}
"""What only an assembly has."""
PAPER: dict[str, Path] = {"volume": ("register", "volume"), "folios": ("register", "folios")}
"""What only a register on paper has."""
IN_WRITING = ("company_line",)
"""What is asked of a body's resolution in writing, which all of it have signed: nobody was called,
and nobody presided.
"""
STUB: tuple[Path, ...] = (("original", "date"), ("original", "sha256"), ("original", "where"))
LABELS: dict[Path, Message] = {
    ("number",): _("Number"),
    ("kind",): _("Kind"),
    ("company_line",): _("Company line"),
    ("notice", "sent_on"): _("Notice sent on"),
    ("notice", "agenda"): _("Agenda"),
    ("officers", "chair"): _("Chair"),
    ("officers", "secretary"): _("Secretary"),
    ("officers", "tellers"): _("Tellers"),
    ("opened",): _("Opened at"),
    ("closed",): _("Closed at"),
    ("place",): _("Place"),
    ("mode",): _("Held"),
    ("attendance",): _("Attendance"),
    ("original", "date"): _("Date"),
    ("original", "sha256"): _("Fingerprint"),
    ("original", "where"): _("Place"),
    ("approved", "on"): _("Day of the approval"),
    ("signatures",): _("Signatures"),
    ("register", "volume"): _("Volume"),
    ("register", "folios"): _("Folios"),
}


def required_words(index: Index) -> tuple[str, ...]:
    """What minutes of this co-op must hold, in the words of its rules."""
    own = rules_of(index).minutes.required
    if own is not None:
        return own
    form = set(re.findall(r"\w+", index.settings.entity.form.upper()))
    return next(
        duty.required
        for duty in duties_by_form()
        if duty.country in ("", index.settings.country) and (not duty.form or duty.form in form)
    )


def lacking(record: Record, index: Index) -> list[Path]:
    """The fields that such minutes must have and these have not."""
    return [path for path in _wanted_fields(record, index) if record.get(*path) in (None, [], {})]


def are_older_than_the_book(minutes: Minutes, index: Index) -> bool:
    """Whether a meeting was held before the rules of decision that are kept here."""
    return minutes.date < rules_of(index).in_force


def _wanted_fields(record: Record, index: Index) -> Iterator[Path]:
    minutes = Minutes.of(record)
    yield from ALWAYS
    if minutes.are_elsewhere:
        yield from STUB
        return
    if minutes.are_a_draft:
        return
    body = index.find("body", minutes.body)
    assembly, words = bool(body and Body.of(body).is_assembly), required_words(index)
    if minutes.are_of_writing:
        known = CALLED if assembly else {word: CALLED[word] for word in IN_WRITING}
    else:
        known = CALLED | MET | (TELLERS if assembly else {})
    yield from (path for word, path in known.items() if word in words)
    if minutes.status == "approved":
        yield ("approved", "on")
    elif minutes.status == "signed":
        yield ("signatures",)
        if minutes.register.form != "electronic":
            yield from (path for word, path in PAPER.items() if word in words)
