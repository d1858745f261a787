"""An instant among the options of a command."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from ..messages import _
from . import not_far, said


class Instant(click.ParamType[datetime]):
    """An instant such as 2026-01-31T18:00:00+01:00."""

    name = "INSTANT"

    def convert(self, value: Any, param: Any, context: Any) -> datetime:
        from ..formats import is_instant

        if isinstance(value, datetime):
            return value
        not_far(self, value, param, context)
        if not is_instant(value):
            self.fail(said(_("“{value}” is not an instant such as 2026-01-31T18:00:00+01:00.", value=value)), param, context)
        return datetime.fromisoformat(value)
