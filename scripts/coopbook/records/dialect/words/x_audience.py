"""Who may see a record, a field, or what a list or a map holds.

* `public`: everybody. It must be said on the field and on every container above it, the record
  itself included.
* `members`: the co-op's members; so it is where nothing is said. Silence is private.
* `nobody`: no site shows it, the members' neither.
* `choice`: everybody, when the record's list `publish` names the field.
* `{"when": {"audience": "public"}}`: everybody, when this field of the nearest object that knows it
  has this value, or one of these values; of several fields, when each has its own.

A co-op's version of a schema that ships with Coopbook may show less than ours, never more: not what
ours withholds, such as ballots, nor what it shows to members alone or by a record's own choice. Nor
may it take `x-personal`, `x-ref` or `x-markdown` off a field. No schema of a co-op's own has files
of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from ....base.diagnostics import suggestion
from ....base.messages import _
from ..shared import CONDITION, Condition, Fault, Schema, condition, parts

ON = ("kind", "field")
FRAGMENT = {
    "anyOf": [
        {"enum": ["public", "members", "nobody", "choice"]},
        {
            "type": "object",
            "required": ["when"],
            "additionalProperties": False,
            "properties": {"when": CONDITION},
        },
    ]
}

Audience = Literal["public", "members", "nobody", "choice"] | Condition


def of(schema: Schema) -> Audience:
    said = schema.get("x-audience", "members")
    if isinstance(said, str):
        return said  # type: ignore[return-value]
    found = condition(said["when"])
    assert found is not None
    return found


def faults(said: Any, schema: Schema, top: Schema) -> Iterator[Fault]:
    """A condition on a field that nothing knows would hide for ever, in silence."""
    condition_fields = said["when"] if isinstance(said, dict) else {}
    for field in condition_fields:
        known = {one for _, part in parts(top) for one in part.get("properties", {})}
        if field not in known:
            names = _("Known here: {names}.", names=", ".join(schema.get("properties", {})))
            help = suggestion(field, sorted(known)) or names
            yield Fault(("when", field), _("There is no field “{key}” here.", key=field), help)


def may_show(schema: Schema) -> bool:
    """Whether a value with this schema may be shown to the public, as the case may be."""
    return schema.get("x-audience", "members") not in ("members", "nobody")
