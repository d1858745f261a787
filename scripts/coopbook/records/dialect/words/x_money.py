"""A sum of money, shown as each language writes it: *450 €*, *€450*.

* `true`, on an object with the fields `amount` and `currency`, and perhaps `to` (a range), `unit`
  (per hour, per person) and `tax` (`excluded`, `included` or `none`).
* `"EUR"`, on an amount (`"format": "amount"`) that is always of this currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....base.messages import _
from ..shared import Fault, Schema

ON = ("object", "string")
FRAGMENT = {"anyOf": [{"const": True}, {"type": "string", "pattern": "^[A-Z]{3}$"}]}


def of(schema: Schema) -> str | bool:
    """The currency of an amount, True for an object that says its own, False for what is no
    money.
    """
    found: str | bool = schema.get("x-money", False)
    return found


def faults(said: Any, schema: Schema, top: Schema) -> Iterator[Fault]:
    if said is True and not {"amount", "currency"} <= schema.get("properties", {}).keys():
        yield Fault(
            (),
            _("A sum of money has the fields amount and currency."),
            _("Give it both fields, or name the currency: {example}", example='"x-money": "EUR"'),
        )
    if said is not True and schema.get("format") != "amount":
        yield Fault(
            (), _("This is no amount."), _("Write: {example}", example='"format": "amount"')
        )
