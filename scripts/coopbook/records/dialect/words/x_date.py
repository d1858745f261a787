"""When a record is, or a part of it, such as one of several offers.

On a kind: its records are in the calendar, in the feed, on the page of the day, among the
reminders, and its list is in the order of these days, with what is past below. On an object inside
a record: calendar, page of the day and reminders have that part. What concerns one member alone
(`whose`: `self`) is not on the page of the day.

* `field`: the day, or the instant, of the format `date` or `date-time`. Only this one is needed.
* `until`: the last day, for what lasts several.
* `time`, `time_until`: the hours, such as `18:30`, from which and to which it lasts; their fields
  have the pattern `^([01][0-9]|2[0-3]):[0-5][0-9]$`.
* `cancelled`: a field that says `true` of what will not be.
* `place`: the fields that say where it is, of which the first that is filled counts: the name of a
  local office (`"x-vocabulary": "coop.offices"`), whose page then has it and whose hours those are,
  or a text.
* `due`: `true` for a day by which something is to be done or ends, such as the end of an offer. It
  is told as late once it is past, by `coopbook check`, too; it stands in the members' calendar
  alone, and it orders no list.
* `title`: the field that says what it is; of a kind, without it, the record's title.
* `whose`: the fields that name the members it concerns, or `self`: the member whose record it is.
  Without it everybody is concerned.
* `when`: it has its day only while this field of the nearest object that knows it has this value,
  or one of these values.
* `unless`: it has none while it has that value; `true` stands for any value. Of several fields, one
  is enough.
* `remind`: whether it is told among the reminders: `true` (so it is where nothing is said),
  `false`, or `{field: value}` for those alone.
* `name`: what this day is called in the addresses of calendar entries, which never change. On a
  part of a record it is needed.
* `words`: sentences with the gaps `{title}` and `{date}`: `calendar` (a short title), `soon` (a
  reminder), `late` (a reminder of what was `due`), `open` (what is said while it lasts). A sentence
  that is not said here is a general one; where `soon` is said and `late` is not, what is past is
  told no more.

The index keeps the fields that are named here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ....base.messages import _
from ..shared import (
    CONDITION,
    FIELD,
    FIELDS,
    TEXT,
    Around,
    Condition,
    Fault,
    FieldPath,
    Schema,
    condition,
    field_at,
    field_path,
    missing_field,
    optional_path,
    parts,
)

ON = ("kind", "object")
FRAGMENT = {
    "type": "object",
    "required": ["field"],
    "additionalProperties": False,
    "properties": {
        "field": FIELD,
        "until": FIELD,
        "time": FIELD,
        "time_until": FIELD,
        "cancelled": FIELD,
        "place": FIELDS,
        "due": {"const": True},
        "title": FIELD,
        "whose": {
            "anyOf": [
                {"const": "self"},
                {"type": "array", "minItems": 1, "uniqueItems": True, "items": FIELD},
            ]
        },
        "when": CONDITION,
        "unless": CONDITION,
        "remind": {"anyOf": [{"type": "boolean"}, CONDITION]},
        "name": {"type": "string", "pattern": "^[a-z][a-z-]*$"},
        "words": {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {"calendar": TEXT, "soon": TEXT, "late": TEXT, "open": TEXT},
        },
    },
}
HOUR = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
"""The form of an hour, such as `18:30`."""
_FIELDS = ("field", "until", "time", "time_until", "cancelled", "title")
_LISTS = ("place", "whose")
_CONDITIONS = ("when", "unless", "remind")


class DateWord(Struct, frozen=True):
    """`x-date` as its schema says it; fields are paths below the object that has the word.
    Its sentences: `labels.date_words`.
    """

    field: FieldPath
    until: FieldPath | None = None
    time: FieldPath | None = None
    time_until: FieldPath | None = None
    cancelled: FieldPath | None = None
    place: tuple[FieldPath, ...] = ()
    due: bool = False
    title: FieldPath | None = None
    whose: tuple[FieldPath, ...] | None = None
    """Fields that name the members it concerns; None: everybody."""
    own: bool = False
    """It concerns the member whose record it is (`whose: self`)."""
    when: Condition | None = None
    unless: Condition | None = None
    remind: bool | Condition = True
    name: str = ""

    def applies(self, around: Around) -> bool:
        """Whether what has the word has its day now (`when`, `unless`); it stands last in
        `around`.
        """
        kept_off = self.unless.every if self.unless else ()
        return (self.when is None or self.when.holds(around)) and not any(
            replace(one, also=()).holds(around, any_value=True) for one in kept_off
        )

    def reminds(self, around: Around) -> bool:
        """Whether it is told among the reminders; it stands last in `around`."""
        return self.remind.holds(around) if isinstance(self.remind, Condition) else self.remind


def of(schema: Schema) -> DateWord | None:
    """The word of a kind's schema, or of an object inside it; None where it says none."""
    said = schema.get("x-date")
    if said is None:
        return None
    whose, remind = said.get("whose"), said.get("remind", True)
    return DateWord(
        field=field_path(said["field"]),
        until=optional_path(said.get("until")),
        time=optional_path(said.get("time")),
        time_until=optional_path(said.get("time_until")),
        cancelled=optional_path(said.get("cancelled")),
        place=tuple(map(field_path, said.get("place", ()))),
        due="due" in said,
        title=optional_path(said.get("title")),
        whose=tuple(map(field_path, whose)) if isinstance(whose, list) else None,
        own=whose == "self",
        when=condition(said.get("when")),
        unless=condition(said.get("unless")),
        remind=remind if isinstance(remind, bool) else condition(remind) or True,
        name=said.get("name", ""),
    )


def indexed(said: Mapping[str, Any]) -> Iterator[FieldPath]:
    yield from (field_path(said[word]) for word in _FIELDS if word in said)
    for word in _LISTS:
        if isinstance(said.get(word), list):
            yield from map(field_path, said[word])


def indexed_around(said: Mapping[str, Any]) -> Iterator[str]:
    """The fields of the conditions: each is one of this object, or of one around it."""
    for word in _CONDITIONS:
        if isinstance(said.get(word), dict):
            yield from said[word]


def faults(said: Mapping[str, Any], schema: Schema, top: Schema) -> Iterator[Fault]:
    for word in _FIELDS:
        if word in said:
            yield from missing_field(said[word], schema, (word,))
    for word in _LISTS:
        names = said.get(word, ())
        for number, name in enumerate(names if isinstance(names, list) else ()):
            yield from missing_field(name, schema, (word, number))
    known = {name for _place, part in parts(top) for name in part.get("properties", {})}
    for word in _CONDITIONS:
        for name in said[word] if isinstance(said.get(word), dict) else ():
            if name not in known:
                yield from missing_field(name, schema, (word, name))
    for word, name in ((word, said[word]) for word in ("field", "until") if word in said):
        day = field_at(schema, field_path(name))
        if day is not None and day.get("format") not in {"date", "date-time"}:
            help = _("Give it a form: {example}", example='"format": "date"')
            yield Fault((word,), _("“{name}” holds no date.", name=name), help)
    for word, name in ((word, said[word]) for word in ("time", "time_until") if word in said):
        hour = field_at(schema, field_path(name))
        if hour is not None and hour.get("pattern") != HOUR:
            help = _("Give it a form: {example}", example=f'"pattern": "{HOUR}"')
            yield Fault((word,), _("“{name}” holds no hour.", name=name), help)
    if "x-files" not in schema and "name" not in said:
        yield Fault(
            (),
            _("This date has no name."),
            _("Add one that will never change: {example}", example='"name": "end"'),
        )
