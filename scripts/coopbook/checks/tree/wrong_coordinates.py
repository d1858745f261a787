"""Coordinates lie in the country they name.

Latitude and longitude go together. The country's box comes from Natural Earth (public domain), a
little enlarged.

## Why
Latitude and longitude are easily swapped, and a minus sign forgotten: the member would appear in
the middle of an ocean.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from ...base.countries import country_boxes
from ...base.diagnostics import Diagnostic
from ...base.messages import NOTHING, _
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True


class Place(Struct, frozen=True):
    """A place that a record gives, of whatever kind; of another shape it is none."""

    lat: float | None = None
    lon: float | None = None
    country: str = ""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    try:
        place = msgspec.convert(record.get("place"), Place)
    except msgspec.ValidationError:
        return
    lat, lon, country = place.lat, place.lon, place.country
    if (lat is None) != (lon is None) and not record.refused:
        yield record.fault(
            _("“lat” and “lon” go together."), "place", help=_("Write both, or neither.")
        )
    elif (
        lat is not None
        and lon is not None
        and country in country_boxes()
        and not _inside(lat, lon, country)
    ):
        swapped = _inside(lon, lat, country)
        yield record.fault(
            _("This place is not in {country}.", country=country),
            "place",
            "lat",
            help=_("Latitude and longitude are swapped.")
            if swapped
            else _("Is a minus sign missing?")
            if _inside(lat, -lon, country)
            else NOTHING,
        )


def _inside(lat: float, lon: float, country: str) -> bool:
    return any(
        west <= lon <= east and south <= lat <= north
        for west, south, east, north in country_boxes()[country]
    )
