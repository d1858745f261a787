"""Coordinates lie in the country they name.

Latitude and longitude go together. The country's box comes from Natural Earth (public domain), a
little enlarged.

## Why
Latitude and longitude are easily swapped, and a minus sign forgotten: the member would appear in
the middle of an ocean.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.countries import country_boxes
from ...base.diagnostics import Diagnostic
from ...base.messages import NOTHING, _
from ...base.positions import Value
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    place = record.value.get("place")
    if not isinstance(place, dict):
        return
    lat, lon, country = place.get("lat"), place.get("lon"), place.get("country")
    if (lat is None) != (lon is None) and not record.refused:
        yield record.fault(
            _("“lat” and “lon” go together."), "place", help=_("Write both, or neither.")
        )
    elif (
        isinstance(lat, int | float)
        and isinstance(lon, int | float)
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


def _inside(lat: Value, lon: Value, country: str) -> bool:
    return any(
        west <= lon <= east and south <= lat <= north
        for west, south, east, north in country_boxes()[country]
    )
