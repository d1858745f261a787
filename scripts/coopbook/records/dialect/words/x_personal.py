"""An e-mail address, a phone number, a postal address.

A public repository refuses it, unless the record's `publish` names the field with its consent, or
the record is an organisation.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("field",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-personal" in schema
