"""Consent asks for no more people in favour (`min_yes`) than have a vote.

## Why
Nothing could ever be agreed to under such a category.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import count_entitled

KIND = "rules"
SEVERITY = "warning"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name, category in Rules.of(record).categories.items():
        least = category.consent.min_yes if category.consent else 0
        if least and (size := count_entitled(record, index)) and least > size:
            message = _(
                "This can never be agreed to: {min} people are to be in favour, and {size} "
                "are entitled today.",
                min=least,
                size=size,
            )
            yield record.fault(
                message,
                "categories",
                name,
                "consent",
                "min_yes",
                help=_("Write a smaller number."),
            )
