"""What the directory's search reads: `search/<language>.json`, one row a member, in the order of the directory.

A row: u address, n name, h headline, t trades as they are read, c town, i initials, x their ground, and where there is one p the photo's
id, a the availability, m trades, o the local office; w holds the folded words that may be looked for, separated by spaces.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

from ..collation import sort_key
from ..index import Entry, Index, local
from ..pictures import initials, tint
from ..spans import Value

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def index_files(index: Index) -> Iterator[tuple[str, str]]:
    members = [entry for entry in index.of("member") if entry.get("presence") != "left"]
    for language in index.languages:
        if language == index.languages[0] or any(index.speaks(entry, language) for entry in members):
            rows = sorted((_row(entry, index, language) for entry in members), key=lambda row: sort_key(row["n"]))
            yield f"search/{language}.json", json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def folded(text: str) -> set[str]:
    """The words of a text without capitals and accents, as the browser folds what is typed."""
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return {word for word in _WORD.findall(bare.lower().translate(_LIGATURES)) if len(word) > 1}


def _row(entry: Entry, index: Index, language: str) -> dict[str, Value]:
    value = entry.value
    row: dict[str, Value] = {
        "u": index.url(entry, language),
        "n": _text(entry.title, index, language),
        "h": _text(value.get("headline"), index, language),
    }
    row |= {"t": " · ".join(_labels("trades", value.get("trades"), index, language)), "c": entry.get("place", "city")}
    row |= {"m": " ".join(value.get("trades") or []), "o": value.get("office"), "a": entry.get("availability", "state")}
    row |= {"i": initials(row["n"]), "x": str(tint(entry.id))}
    row |= {"p": entry.id if "photo" in value and index.photo(entry.id) else "", "w": " ".join(sorted(_words(entry, index, language)))}
    return {key: part for key, part in row.items() if part}


def _words(entry: Entry, index: Index, language: str) -> set[str]:
    value = entry.value
    texts = [_text(part, index, language) for part in (entry.title, value.get("trade_name"), value.get("headline"))]
    texts += [str(entry.get("place", "city") or ""), str((index.coop.get("offices") or {}).get(value.get("office"), {}).get("city") or "")]
    for vocabulary in ("trades", "skills"):
        texts += _labels(vocabulary, value.get(vocabulary), index, language) + _synonyms(vocabulary, value.get(vocabulary), index)
    texts += [_text(offer.get("title"), index, language) for offer in value.get("offers") or []]
    return set().union(*(folded(text) for text in texts))


def _labels(vocabulary: str, terms: Value, index: Index, language: str) -> list[str]:
    known = index.terms(vocabulary) or {}
    return [_text(known.get(term, {}).get("label") or term, index, language) for term in terms or []]


def _synonyms(vocabulary: str, terms: Value, index: Index) -> list[str]:
    """Other words for a term, in every language: whoever types one means it."""
    known = index.terms(vocabulary) or {}
    return [word for term in terms or [] for words in (known.get(term, {}).get("synonyms") or {}).values() for word in words]


def _text(value: Value, index: Index, language: str) -> str:
    return local(value, language, index.languages)[0]
