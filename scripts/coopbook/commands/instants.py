"""An instant among the options of a command."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from ..messages import _
from . import said


class Instant(click.ParamType[datetime]):
    """An instant such as 2026-01-31T18:00:00+01:00."""

    name = "INSTANT"

    def convert(self, value: Any, param: Any, context: Any) -> datetime:
        from ..formats import FIRST_YEAR, LAST_YEAR, is_far, is_instant

        if isinstance(value, datetime):
            return value
        if is_far(value):
            self.fail(
                said(_("“{value}” is not of a year between {first} and {last}.", value=value, first=FIRST_YEAR, last=LAST_YEAR)),
                param,
                context,
            )
        if not is_instant(value):
            self.fail(said(_("“{value}” is not an instant such as 2026-01-31T18:00:00+01:00.", value=value)), param, context)
        return datetime.fromisoformat(value)
