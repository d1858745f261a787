"""The co-op's logo is a picture that is here.

`logo`, under `look` in coop.yml, is its path from the top of the folder.

## Why
Every page of both sites begins with the logo: without it, each begins with a hole.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...records.coop import Coop
from ...records.index import Index
from ...records.model import Record

KIND = "coop"
SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    logo = Coop.of(record.value).look.logo
    if logo and logo not in index.assets:
        yield record.fault(
            _("There is no picture {file}.", file=logo),
            "look",
            "logo",
            help=suggestion(logo, index.assets),
        )
