"""The open data as tables: CSV files with their Table Schemas (https://datapackage.org).

`api/v1/datapackage.json` is a tabular data package of `members.csv` and `offers.csv`. Texts are in
the co-op's first language, lists are joined by spaces.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO

from ..agenda.availability import standing_of
from ..base.markdown_source import without_comments
from ..base.positions import Value
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from .api import ROOT, given_entries, offers_of, url_of

MEMBERS = (
    "id",
    "url",
    "name",
    "type",
    "headline",
    "trades",
    "skills",
    "city",
    "country",
    "office",
    "remote",
    "availability",
)
OFFERS = (
    "member",
    "id",
    "url",
    "kind",
    "title",
    "summary",
    "amount",
    "to",
    "currency",
    "unit",
    "tax",
    "valid_until",
)
_FORMULA = re.compile("^\\s*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def index_files(index: Index) -> Iterator[tuple[str, str]]:
    """The two tables and the data package that describes them."""
    members = given_entries(index, MEMBER)
    tables = {
        "members": (MEMBERS, [_member(entry, index) for entry in members]),
        "offers": (
            OFFERS,
            [_offer(entry, offer, index) for entry in members for offer in offers_of(entry)],
        ),
    }
    for name, (fields, rows) in tables.items():
        yield f"{ROOT}/{name}.csv", _csv(fields, rows)
    resources = [_resource(name, fields) for name, (fields, _rows) in tables.items()]
    yield (
        f"{ROOT}/datapackage.json",
        json.dumps(
            {"name": "coopbook", "profile": "tabular-data-package", "resources": resources},
            indent=1,
        )
        + "\n",
    )


def _member(entry: Entry, index: Index) -> dict[str, str]:
    value = entry.value
    flat = {
        "id": entry.id,
        "url": url_of(entry, index),
        "name": index.text(entry.title),
        "headline": index.text(value.get("headline")),
    }
    flat |= {name: " ".join(value.get(name) or []) for name in ("trades", "skills")}
    flat |= {name: str(entry.get("place", name) or "") for name in ("city", "country")}
    flat |= {name: str(value.get(name) or "") for name in ("type", "office", "remote")}
    standing = standing_of(entry, index.today)
    state = standing.now if standing and standing.now == standing.state else ""
    return flat | {"availability": state}


def _offer(entry: Entry, offer: dict[str, Value], index: Index) -> dict[str, str]:
    flat = {"member": entry.id, "url": f"{url_of(entry, index)}#{offer['id']}"}
    flat |= {name: index.text(offer.get(name)) for name in ("title", "summary")}
    flat |= {name: str(offer.get(name) or "") for name in ("id", "kind", "valid_until")}
    return flat | {
        name: str((offer.get("price") or {}).get(name) or "")
        for name in ("amount", "to", "currency", "unit", "tax")
    }


def _csv(fields: tuple[str, ...], rows: list[dict[str, str]]) -> str:
    """A table as RFC 4180 has it.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = StringIO()
    writer = csv.DictWriter(out, fields, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(
        {
            name: f"'{cell}" if _FORMULA.match(cell) else cell
            for name, text in row.items()
            for cell in [without_comments(text)]
        }
        for row in rows
    )
    return out.getvalue()


def _resource(name: str, fields: tuple[str, ...]) -> dict[str, Value]:
    types = {"valid_until": "date", "amount": "number", "to": "number"}
    schema = {
        "fields": [{"name": field, "type": types.get(field, "string")} for field in fields],
        "missingValues": [""],
    }
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": schema,
    }
