"""What the directory's search reads: `search/<language>.json`, one row a member, in the order of
the directory.

The keys of a row: u address, n name, h headline, t trades as people read them, c place, f first
price, i initials, x the colour behind them; where there is one, p the picture's file, a the
availability, s the same in words, m trades, o the local office,
r the region, y o of an organisation; w the folded words to look for, l those of
the town and the region.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..agenda.availability import standing_of
from ..base.positions import Value
from ..records.coop import NO_OFFICE
from ..records.index import Entry
from ..records.pictures import initials, tint
from .context import Site
from .ordering import order_members
from .people import ORGANISATION, first_price, place_of, portrait_of

_PORTRAITS = {"photo": "{}/160.jpg", "logo": "{}/logo-160.png", "": ""}
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def search_files(sites: list[Site]) -> Iterator[tuple[str, str]]:
    """The search's rows, in each language in which the directory has a page."""
    for site in sites:
        members = order_members(site)
        if site.language in site.addresses.languages_of_list(members):
            rows = [_row(site, entry) for entry in members]
            yield (
                f"search/{site.language}.json",
                json.dumps(rows, ensure_ascii=False, separators=(",", ":")),
            )


def fold(texts: Iterable[str]) -> str:
    """The words of texts without capitals and accents, in order, with spaces between.

    The browser folds what people type in the same way.
    """
    decomposed = unicodedata.normalize("NFD", " ".join(texts))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _WORD.findall(bare.lower().translate(_LIGATURES))
    return " ".join(sorted({word for word in words if len(word) > 1}))


def _row(site: Site, entry: Entry) -> dict[str, Value]:
    value, where = entry.value, place_of(site, entry).striptags()
    name, standing = site.texts.text(entry.title), standing_of(entry, site.index.today)
    row: dict[str, Value] = {
        "u": site.addresses.url(entry),
        "n": name,
        "h": site.texts.text(value.get("headline") or entry.excerpt),
        "c": where,
        "t": "\u00a0· ".join(_labels(site, "trades", entry)),
        "f": first_price(site, entry),
        "o": value.get("office"),
        "r": (value.get("place") or {}).get("region"),
        "y": "o" if value.get("type") == ORGANISATION else "",
        "i": initials(name),
        "x": str(tint(entry.id)),
        "m": " ".join(value.get("trades") or []),
        "a": standing and standing.now,
        "s": standing and site.words.availability(standing),
        "p": _PORTRAITS[portrait_of(site, entry)].format(entry.id),
        "w": fold(_searchable_texts(site, entry)),
        "l": fold([str(value.get("place", {}).get(part) or "") for part in ("city", "region")]),
    }
    return {key: part for key, part in row.items() if part}


def _searchable_texts(site: Site, entry: Entry) -> Iterator[str]:
    value, texts = entry.value, site.texts
    for part in (entry.title, value.get("trade_name"), value.get("headline")):
        yield texts.text(part)
    place = value.get("place") or {}
    yield from (str(place[part]) for part in ("city", "region") if part in place)
    yield texts.text(value.get("area"))
    office = site.settings.offices.get(value.get("office") or "", NO_OFFICE)
    yield from (office.city, texts.text(office.name))
    for vocabulary in ("trades", "skills"):
        yield from _labels(site, vocabulary, entry)
        yield from _synonyms(site, vocabulary, entry)
    yield from (texts.text(offer.get("title")) for offer in value.get("offers") or [])


def _labels(site: Site, vocabulary: str, entry: Entry) -> list[str]:
    return [
        site.texts.label(vocabulary, term).striptags() for term in entry.value.get(vocabulary) or []
    ]


def _synonyms(site: Site, vocabulary: str, entry: Entry) -> Iterator[str]:
    """Other words for the terms of a member, in every language."""
    known = site.index.terms(vocabulary) or {}
    for term in entry.value.get(vocabulary) or []:
        for words in (known.get(term, {}).get("synonyms") or {}).values():
            yield from words
