"""The co-op's legal notice has what its country asks for on a site.

What is asked of each country stands in this check's table: name, form, seat, phone, numbers,
publisher and host in France; number and seat in Belgium; in Québec the title and address of the
person responsible for personal information.

## Why
The law of each country wants visitors to know who publishes a site and who answers for personal
information. The table comes from secondary sources: have a jurist confirm it before relying on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...records.index import Index
from ...records.model import Record

KIND = "coop"

NEEDED = {
    "FR": [
        "legal.name",
        "legal.form",
        "legal.seat",
        "phone",
        "legal.rcs",
        "legal.siret",
        "legal.vat",
        "legal.publisher",
        "legal.host.name",
        "legal.host.address",
        "legal.host.phone",
    ],
    "BE": ["legal.name", "legal.form", "legal.seat", "email", "legal.bce"],
    "CA": ["legal.name", "legal.seat", "legal.neq", "legal.privacy.title", "legal.privacy.email"],
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for name in NEEDED.get(record.get("country") or "", []):
        steps = name.split(".")
        if not record.get(*steps):
            yield record.fault(
                _("The legal notice lacks “{name}”.", name=name),
                *steps,
                help=_("Fill it in: visitors must find it on the site."),
            )
