#!/usr/bin/env python3
"""Write scripts/coopbook/data/country_boxes.json from Natural Earth.

Run by a developer, by hand, when the source changes; the tool itself only
reads the JSON file this script wrote and needs neither package below.

Read:
  * npm package ``world-atlas`` 2.0.2, file ``countries-10m.json`` (TopoJSON).
    The package is under the ISC licence; the data in it is Natural Earth 4.1.0,
    Admin 0 countries at 1:10m, which is in the public domain.
  * PyPI package ``pycountry`` 26.2.16 (LGPL-2.1; development only, nothing of
    it is copied but the pairs numeric code / alpha-2 code, which are ISO 3166-1).

Use, from the root of the repository, in a virtual environment with pycountry:

    npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
    python scripts/vendor/country_boxes.py package/countries-10m.json

What it writes: {"FR": [[west, south, east, north], ...], ...}, in degrees.
Every polygon of a country gives one box, widened by 0.2 degree on each side
(coasts drawn coarsely, rounded coordinates), rounded outward to 0.1 degree,
then joined with its neighbours where the joined box adds little empty space.
A country on both sides of the 180th meridian has boxes on both sides. The boxes
say "plausibly in this country", never "certainly": neighbours' boxes overlap.

Natural Earth draws some parts of the world without an ISO code or inside
another country. UNCODED and PARTS below put them under the code that ISO 3166-1
uses; a place listed in PARTS stays in its parent's list too, so Saint-Denis of
Réunion is accepted under FR and under RE. This is about where codes apply in
ISO 3166-1 and takes no position on any boundary.
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import sys
from pathlib import Path

import pycountry

OUTPUT = Path(__file__).resolve().parent.parent / "coopbook" / "data" / "country_boxes.json"

# All boxes are kept as whole tenths of a degree: exact, and the same everywhere.
WIDEN = 2  # tenths of a degree, on each side
WASTE_PERCENT = 2  # join two boxes when at most this part of the joined box is empty ...
WASTE_AREA = 100  # ... or at most this many square tenths of a degree (1 square degree)

Box = tuple[int, int, int, int]

# Features without an ISO code, by their name in Natural Earth -> code in ISO 3166-1.
# XK is not in ISO 3166-1; it is the user-assigned code in common use.
# Left out, uninhabited or claimed by several: Siachen Glacier, Spratly Is.,
# Bajo Nuevo Bank, Serranilla Bank, Scarborough Reef; Indian Ocean Ter. is in PARTS.
UNCODED = {
    "Akrotiri": "CY",
    "Baikonur": "KZ",
    "Clipperton I.": "FR",
    "Coral Sea Is.": "AU",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "USNB Guantanamo Bay": "CU",
}

# Code -> the feature that holds it (a code, or a name) and one or more windows
# (west, south, east, north) in degrees: the feature's polygons inside them.
PARTS = {
    "BQ": ("NL", [(-70, 10, -62, 19)]),
    "BV": ("NO", [(2, -56, 5, -53)]),
    "CC": ("Indian Ocean Ter.", [(95, -14, 98, -10)]),
    "CX": ("Indian Ocean Ter.", [(104, -12, 107, -9)]),
    "GF": ("FR", [(-56, 1, -50, 7)]),
    "GP": ("FR", [(-62.5, 15.5, -60.5, 17)]),
    "MQ": ("FR", [(-62, 14, -60, 15.2)]),
    "RE": ("FR", [(54, -22, 57, -20)]),
    "SJ": ("NO", [(-12, 70, -6, 72), (10, 74, 40, 82)]),
    "TK": ("NZ", [(-174, -11, -170, -7)]),
    "UA": ("RU", [(32, 44, 37, 46.5)]),  # Crimea: ISO 3166-2 lists it under UA
    "YT": ("FR", [(44, -14, 46, -12)]),
}


def decode_arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """The arcs as longitude, latitude: each is stored as whole-number steps."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def polygons(geometry: dict) -> list[list[int]]:
    """The arc numbers of the outer ring of each polygon of a feature."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"][0]]
    if geometry["type"] == "MultiPolygon":
        return [polygon[0] for polygon in geometry["arcs"]]
    raise SystemExit(f"unexpected geometry: {geometry['type']}")


def boxes_of(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, ...]]:
    """West, south, east, north of a ring; two boxes when it crosses the 180th meridian.

    The source is stitched: a ring may step from 180 to -180. The longitudes are
    made continuous first, so such a ring is not taken for the whole world.
    """
    points: list[tuple[float, float]] = []
    for n in ring:  # ~n means arc n walked backwards; arcs share their end points
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        points.extend(arc[1:] if points else arc)
    xs = [points[0][0]]
    for (before, _), (after, _) in itertools.pairwise(points):
        step = after - before
        xs.append(xs[-1] + step - 360 * round(step / 360))
    ys = [y for _, y in points]
    west, south, east, north = min(xs), min(ys), max(xs), max(ys)
    if abs(xs[-1] - xs[0]) > 180:  # all the way round: the ring holds a pole
        return [(-180, -90, 180, north) if south < 0 else (-180, south, 180, 90)]
    whole = []
    for shift in (-360, 0, 360):
        piece = max(west + shift, -180), south, min(east + shift, 180), north
        if piece[0] < piece[2]:
            whole.append(piece)
    return whole


def outward(box: tuple[float, ...]) -> Box:
    """Widen, round outward to tenths of a degree, keep within the map."""
    west, south, east, north = box
    return (
        max(math.floor(west * 10) - WIDEN, -1800),
        max(math.floor(south * 10) - WIDEN, -900),
        min(math.ceil(east * 10) + WIDEN, 1800),
        min(math.ceil(north * 10) + WIDEN, 900),
    )


def join(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def area(box: Box) -> int:
    return max(box[2] - box[0], 0) * max(box[3] - box[1], 0)


def waste(a: Box, b: Box) -> int:
    """How much of the joined box is in neither of the two."""
    shared = (max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3]))
    overlap = area(shared) if shared[0] < shared[2] and shared[1] < shared[3] else 0
    return area(join(a, b)) - (area(a) + area(b) - overlap)


def merge(boxes: list[Box]) -> list[Box]:
    """Join the best pair again and again, until joining would add too much sea or abroad."""
    found = set(boxes)
    pairs: list[tuple[int, Box, Box]] = []

    def offer(a: Box, b: Box) -> None:
        a, b = sorted((a, b))
        lost = waste(a, b)
        if lost <= max(WASTE_AREA, WASTE_PERCENT * area(join(a, b)) // 100):
            heapq.heappush(pairs, (lost, a, b))

    for a, b in itertools.combinations(sorted(found), 2):
        offer(a, b)
    while pairs:
        _, a, b = heapq.heappop(pairs)
        if a in found and b in found:
            found -= {a, b}
            joined = join(a, b)
            for other in sorted(found - {joined}):
                offer(joined, other)
            found.add(joined)
    return sorted(found)


def collect(topology: dict) -> dict[str, list[Box]]:
    arcs = decode_arcs(topology)
    raw: dict[str, list[tuple[float, ...]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name, numeric = geometry["properties"]["name"], geometry.get("id")
        if numeric is not None:
            country = pycountry.countries.get(numeric=numeric)
            if country is None:
                raise SystemExit(f"no alpha-2 code for {numeric} ({name})")
            key = country.alpha_2
        else:
            key = UNCODED.get(name, name)
        for ring in polygons(geometry):
            raw.setdefault(key, []).extend(boxes_of(ring, arcs))

    for code, (parent, windows) in PARTS.items():
        inside = [
            b
            for b in raw[parent]
            for west, south, east, north in windows
            if west <= b[0] and south <= b[1] and b[2] <= east and b[3] <= north
        ]
        if inside:
            raw.setdefault(code, []).extend(inside)
        else:
            print(f"{code}: nothing of {parent} inside its window", file=sys.stderr)

    known = {country.alpha_2 for country in pycountry.countries}
    codes = known | set(UNCODED.values())
    print("left out:", ", ".join(sorted(set(raw) - codes)) or "nothing", file=sys.stderr)
    missing = ", ".join(sorted(known - set(raw))) or "none"
    print("ISO codes without a box:", missing, file=sys.stderr)
    return {code: merge([outward(b) for b in raw[code]]) for code in sorted(set(raw) & codes)}


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit("usage: country_boxes.py path/to/countries-10m.json")
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = []
    for code, boxes in collect(topology).items():
        degrees = [[tenths / 10 for tenths in box] for box in boxes]
        lines.append(f'"{code}":{json.dumps(degrees, separators=(",", ":"))}')
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
