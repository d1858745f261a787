"""What was said on a forge, from a JSON file that somebody gives: events, or in a sentence what is
wrong with which of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import fields

from ..base.diagnostics import suggestion
from ..base.formats import FIRST_YEAR, LAST_YEAR, is_far
from ..base.messages import Message, Misuse, Stopped, _
from ..decisions.tally import Event
from ..decisions.tally.events import instant

KINDS = ("review", "comment", "ballot_file")
NUMBERS = ("actor_id", "number")
TIMES = ("at", "edited_at", "text_since")
BESIDE = ("text", "text_since")
"""What may stand beside the events: the fingerprint of the text that is voted, and since when it is
that.
"""
FIELDS = {one.name: one.required for one in fields(Event)}
"""The names of an event's fields, and whether one needs them."""


def read_events(file: Path) -> tuple[list[Event], dict[str, str]]:
    """The events of a JSON file, and what it says of the text that is voted.

    The file holds a list of events, or an object with such a list beside the fingerprint of the
    text (`text`) and since when it is that (`text_since`).

    Raises:
        Misuse: With what is wrong, and in which event.
    """
    try:
        return _parse(file.read_bytes(), file.name)
    except Stopped as stopped:
        raise Misuse(
            _(
                "{file} holds no events that can be read: {reason}",
                file=file,
                reason=stopped.message,
            )
        ) from None


def _parse(data: bytes, name: str) -> tuple[list[Event], dict[str, str]]:
    found = _parse_json(data, name)
    rows, more = (found.get("events"), found) if isinstance(found, dict) else (found, {})
    if not isinstance(rows, list):
        raise Stopped(_("a list of events was expected, or such a list named “events”."))
    beside = {key: more[key] for key in BESIDE if key in more}
    for key, value in beside.items():
        if wrong := _wrong(key, value):
            raise Stopped(wrong)
    for number, row in enumerate(rows, 1):
        for wrong in _faults(row):
            raise Stopped(_("event {number}: {reason}", number=number, reason=wrong))
    return [Event.from_plain(row) for row in rows], beside


def _parse_json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise Stopped(
            _(
                "line {line}, column {column}: from here on it is no JSON.",
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except UnicodeDecodeError:
        raise Stopped(_("“{file}” is no text in UTF-8.", file=name)) from None
    except (ValueError, RecursionError):
        raise Stopped(_("a number in it is too long, or too much lies in one another.")) from None


def _faults(row: Any) -> Iterator[Message]:
    if not isinstance(row, dict):
        yield _("fields were expected, such as “kind”, “value” and “at”.")
        return
    for name, needed in FIELDS.items():
        if needed and name not in row:
            yield _("“{key}” is missing.", key=name)
    for name, value in row.items():
        if name not in FIELDS:
            yield _(
                "There is no field “{key}” here. {help}", key=name, help=suggestion(name, FIELDS)
            )
        elif wrong := _wrong(name, value):
            yield wrong


def _wrong(name: str, value: Any) -> Message | None:
    """What is wrong with the value of a field."""
    if name == "edited_at" and value is None:
        return None
    if name in NUMBERS:
        return None if type(value) is int else _("“{name}” must be a whole number.", name=name)
    if not isinstance(value, str):
        return _("“{name}” must be text.", name=name)
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        return _("“{name}” holds half a character.", name=name)
    if name == "kind" and value not in KINDS:
        return _("“{value}” is no kind of event: {choices}.", value=value, choices=", ".join(KINDS))
    return _time(value) if name in TIMES else None


def _time(value: str) -> Message | None:
    if is_far(value):
        return _(
            "“{value}” is not of a year between {first} and {last}.",
            value=value,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    try:
        instant(value)
    except ValueError:
        return _("“{value}” is not an instant such as 2026-01-31T18:00:00+01:00.", value=value)
    return None
