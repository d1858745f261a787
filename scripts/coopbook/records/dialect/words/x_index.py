"""The index keeps this field: lists, cards, dates and checks see of a record what the index keeps.

A container that is marked is kept whole; of one that is not, those parts are kept that are marked.
What `x-date`, `x-list` and `x-back` name is kept without this word.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from ..shared import Schema

ON = ("field",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-index" in schema


class IndexPlan(Struct, frozen=True):
    """What the index keeps of a value: the whole, or the fields named, or the same of each item of
    a list.
    """

    whole: bool = False
    fields: Mapping[str, IndexPlan] = field(default_factory=dict)
    items: IndexPlan | None = None

    def __bool__(self) -> bool:
        return self.whole or bool(self.fields) or self.items is not None


def plan_of(schema: Schema) -> IndexPlan:
    """What the index keeps of a value with this plain schema; a plan that is false keeps
    nothing.
    """
    if of(schema):
        return IndexPlan(whole=True)
    plans = {name: plan_of(part) for name, part in schema.get("properties", {}).items()}
    items = plan_of(schema["items"]) if "items" in schema else None
    return IndexPlan(
        fields={name: plan for name, plan in plans.items() if plan}, items=items or None
    )
