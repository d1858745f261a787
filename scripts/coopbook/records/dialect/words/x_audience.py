"""Who may see a record, a field, or what a list or a map holds.

* `public`: everybody. It must be said on the field and on every container above it, the record
  itself included.
* `members`: the co-op's members; so it is where nothing is said. Silence is private.
* `nobody`: no site shows it, the members' neither.
* `choice`: everybody, when the record's list `publish` names the field.
* `{"when": {"audience": "public"}}`: everybody, when this field of the nearest object that knows it
  has this value, or one of these values; of several fields, when each has its own.

Two words may stand beside `when`. `"until": "valid_until"`, on a part of a record, names a field of
it: the last day on which everybody sees that part. `"else": {"when": {...}, "only": ["title"]}`, on
a whole record, is another case, in which everybody sees those fields alone.

A co-op's version of a schema that ships with Coopbook may show less than ours, never more: not what
ours withholds, such as ballots, nor what it shows to members alone or by a record's own choice. Nor
may it take `x-personal`, `x-ref` or `x-markdown` off a field. No schema of a co-op's own has files
of ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from ....base.diagnostics import suggestion
from ....base.messages import _
from ....base.positions import Path
from ..shared import (
    CONDITION,
    FIELDS,
    Around,
    Condition,
    Fault,
    FieldPath,
    Schema,
    condition,
    parts,
)

ON = ("kind", "field")
FRAGMENT = {
    "anyOf": [
        {"enum": ["public", "members", "nobody", "choice"]},
        {
            "type": "object",
            "required": ["when"],
            "additionalProperties": False,
            "properties": {
                "when": CONDITION,
                "until": {"$ref": "#/$defs/key"},
                "else": {
                    "type": "object",
                    "required": ["when", "only"],
                    "additionalProperties": False,
                    "properties": {"when": CONDITION, "only": FIELDS},
                },
            },
        },
    ]
}


class Lesser(Struct, frozen=True):
    """A case in which everybody sees some fields of a record alone."""

    when: Condition
    only: frozenset[str]


class Conditional(Struct, frozen=True):
    """What everybody sees when a condition holds, until the day that a field of it names; `lesser`
    is the other case.
    """

    when: Condition
    until: str = ""
    lesser: Lesser | None = None

    def is_over(self, value: Any, day: date) -> bool:
        """Whether the last day on which everybody sees a value has passed."""
        last = value.get(self.until) if self.until and isinstance(value, dict) else None
        return isinstance(last, str) and last < day.isoformat()

    def fields_left(self, around: Around) -> frozenset[str]:
        """The fields that everybody sees although the condition does not hold."""
        lesser = self.lesser
        return lesser.only if lesser and lesser.when.holds(around) else frozenset()


Audience = Literal["public", "members", "nobody", "choice"] | Conditional


def of(schema: Schema) -> Audience:
    said = schema.get("x-audience", "members")
    if isinstance(said, str):
        return said  # type: ignore[return-value]
    lesser = said.get("else")
    return Conditional(
        _condition(said),
        said.get("until", ""),
        Lesser(_condition(lesser), frozenset(lesser["only"])) if lesser else None,
    )


def _condition(said: Mapping[str, Any]) -> Condition:
    found = condition(said["when"])
    assert found is not None
    return found


def indexed(said: Any) -> Iterator[FieldPath]:
    """The index must know which of two cases a record is in."""
    if isinstance(said, dict) and "else" in said:
        yield from ((field,) for field in (*said["when"], *said["else"]["when"]))


def faults(said: Any, schema: Schema, top: Schema) -> Iterator[Fault]:
    """A condition on a field that nothing knows would hide for ever, in silence."""
    if not isinstance(said, dict):
        return
    anywhere = {one for _, part in parts(top) for one in part.get("properties", {})}
    here, lesser = set(schema.get("properties", {})), said.get("else", {})
    named: list[tuple[Path, str, set[str]]] = [
        *((("when", field), field, anywhere) for field in said["when"]),
        *((("until",), field, here) for field in [said.get("until")] if field),
        *((("else", "when", field), field, anywhere) for field in lesser.get("when", ())),
        *((("else", "only", at), field, here) for at, field in enumerate(lesser.get("only", ()))),
    ]
    for place, field, known in named:
        if field not in known:
            names = _("Known here: {names}.", names=", ".join(schema.get("properties", {})))
            help = suggestion(field, sorted(known)) or names
            yield Fault(place, _("There is no field “{key}” here.", key=field), help)
    if lesser and schema is not top:
        yield Fault(("else",), _("“else” is for a whole record."), _("Take it out."))
    if "until" in said and schema is top:
        yield Fault(("until",), _("“until” is for a part of a record."), _("Take it out."))


def may_show(schema: Schema) -> bool:
    """Whether a value with this schema may be shown to the public, as the case may be."""
    return schema.get("x-audience", "members") not in ("members", "nobody")
