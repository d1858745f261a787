"""What the directory's search reads: `search/<language>.json`, one row a member, in the order of the directory.

A row: u address, n name, h headline, t trades as they are read, c town, f a first price, i initials, x their ground, and where there is one
p the photo's id, a the availability, m trades, o the local office; w holds the folded words that may be looked for, l those of the town.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator

from ..base.positions import Value
from ..records.index import Entry
from ..records.pictures import initials, tint
from .context import Site

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def search_files(sites: list[Site]) -> Iterator[tuple[str, str]]:
    for site in sites:
        members = [entry for entry in site.ordered("member") if entry.get("presence") != "left"]
        if site.language in site.spoken(members):
            yield (
                f"search/{site.language}.json",
                json.dumps(
                    [_row(site, entry) for entry in members],
                    ensure_ascii=False,
                    separators=(",", ":"),
                ),
            )


def folded(texts: Iterable[str]) -> str:
    """The words of texts without capitals and accents, as the browser folds what is typed; separated by spaces."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", " ".join(texts))
        if not unicodedata.combining(letter)
    )
    return " ".join(
        sorted(
            {word for word in _WORD.findall(bare.lower().translate(_LIGATURES)) if len(word) > 1}
        )
    )


def _row(site: Site, entry: Entry) -> dict[str, Value]:
    value, city = entry.value, str(entry.get("place", "city") or "")
    row: dict[str, Value] = {
        "u": site.url(entry),
        "n": site.text(entry.title),
        "h": site.text(value.get("headline")),
        "c": city,
    }
    row |= {
        "t": "\u00a0· ".join(_labels(site, "trades", entry)),
        "f": site.first_price(entry),
        "o": value.get("office"),
    }
    row |= {
        "i": initials(row["n"]),
        "x": str(tint(entry.id)),
        "m": " ".join(value.get("trades") or []),
        "a": entry.get("availability", "state"),
    }
    row |= {
        "p": entry.id if site.portrait(entry) else "",
        "w": folded(_texts(site, entry)),
        "l": folded([city]),
    }
    return {key: part for key, part in row.items() if part}


def _texts(site: Site, entry: Entry) -> Iterator[str]:
    """All that somebody may be looked for by."""
    value = entry.value
    yield from (
        site.text(part) for part in (entry.title, value.get("trade_name"), value.get("headline"))
    )
    yield str(entry.get("place", "city") or "")
    yield str((site.coop.get("offices") or {}).get(value.get("office"), {}).get("city") or "")
    for vocabulary in ("trades", "skills"):
        yield from _labels(site, vocabulary, entry)
        yield from _synonyms(site, vocabulary, entry)
    yield from (site.text(offer.get("title")) for offer in value.get("offers") or [])


def _labels(site: Site, vocabulary: str, entry: Entry) -> list[str]:
    return [site.label(vocabulary, term).striptags() for term in entry.value.get(vocabulary) or []]


def _synonyms(site: Site, vocabulary: str, entry: Entry) -> list[str]:
    """Other words for a term, in every language: whoever types one means it."""
    known = site.index.terms(vocabulary) or {}
    terms = entry.value.get(vocabulary) or []
    return [
        word
        for term in terms
        for words in (known.get(term, {}).get("synonyms") or {}).values()
        for word in words
    ]
