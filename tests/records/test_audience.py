"""What is not declared public is never published.

Every value that the public may not see is filled with a canary of its own, in every kind and every
sort of container; then a public site is made and every byte of it is searched. The search is first
shown to find each of them where the gate is left open.
"""

from __future__ import annotations

import base64
import gzip
import html
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from coopbook import outputs
from coopbook.records.audience import view, view_index
from coopbook.records.entries import entry_of
from coopbook.records.index import File, Index
from coopbook.records.kinds import load_kinds
from coopbook.records.load import Book, Spool, to_line
from coopbook.records.model import Kind, Record
from PIL import Image, PngImagePlugin
from support.coops import TODAY, TOP
from support.sites import write_site

LOGO = "wiki/images/logo.png"
KNOWN = {
    "situation": "un",
    "languages": "fr",
    "primary": "#1f5d57",
    "accent": "#a8481f",
    "logo": LOGO,
    "timezone": "Europe/Paris",
    "starts": "18:00",
    "ends": "19:30",
}
KNOWN |= dict.fromkeys(("opened", "closed", "arrived", "left", "at"), "18:30")
"""Values of fields that the pages read."""
SHOWN, HIDDEN = "shown", "zqhiddenid"
PROBE = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Probes",
    "description": "A kind with every sort of container.",
    "x-files": "probes/*.md",
    "x-id": "stem",
    "x-title": "title",
    "x-body": "markdown",
    "x-audience": {"when": {"audience": "public"}},
    "type": "object",
    "required": ["title"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "x-audience": "public", "x-index": True},
        "audience": {
            "type": "string",
            "enum": ["public", "members"],
            "x-audience": "public",
            "x-index": True,
        },
        "publish": {"type": "array", "items": {"type": "string"}},
        "silent": {"type": "string", "x-index": True},
        "number": {"type": "integer", "x-index": True},
        "silent_localized": {
            "type": "object",
            "x-localized": True,
            "x-index": True,
            "propertyNames": {"pattern": "^[a-z]{2}$"},
            "additionalProperties": {"type": "string", "x-audience": "public"},
        },
        "half_localized": {
            "type": "object",
            "x-audience": "public",
            "x-localized": True,
            "propertyNames": {"pattern": "^[a-z]{2}$"},
            "additionalProperties": {"type": "string"},
        },
        "map": {
            "type": "object",
            "x-audience": "public",
            "x-index": True,
            "propertyNames": {"pattern": "^[a-z]+$"},
            "additionalProperties": {
                "type": "object",
                "x-audience": "public",
                "additionalProperties": False,
                "properties": {
                    "open": {"type": "string", "x-audience": "public"},
                    "shut": {"type": "string"},
                },
            },
        },
        "closed_map": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]+$"},
            "additionalProperties": {"type": "string", "x-audience": "public"},
        },
        "items": {
            "type": "array",
            "x-audience": "public",
            "x-index": True,
            "items": {
                "type": "object",
                "x-audience": {"when": {"audience": "public"}},
                "x-index": True,
                "additionalProperties": False,
                "properties": {
                    "audience": {
                        "type": "string",
                        "enum": ["public", "members"],
                        "x-audience": "public",
                        "x-index": True,
                    },
                    "id": {"type": "string", "x-audience": "public", "x-index": True},
                    "open": {"type": "string", "x-audience": "public", "x-index": True},
                    "shut": {"type": "string", "x-index": True},
                },
            },
        },
        "texts": {"type": "array", "x-audience": "public", "items": {"type": "string"}},
        "closed_texts": {"type": "array", "items": {"type": "string", "x-audience": "public"}},
        "chosen": {"type": "string", "x-audience": "choice"},
        "not_chosen": {"type": "string", "x-audience": "choice", "x-index": True},
        "nested": {
            "type": "object",
            "x-audience": "public",
            "additionalProperties": False,
            "properties": {
                "not_chosen": {"type": "string", "x-audience": "choice"},
                "flag": {"type": "boolean", "x-audience": "public"},
                "if_flag": {"type": "string", "x-audience": {"when": {"flag": True}}},
            },
        },
        "ref": {"type": "string", "x-audience": "public", "x-ref": "member", "x-index": True},
        "refs": {
            "type": "array",
            "x-audience": "public",
            "items": {"type": "string", "x-audience": "public", "x-ref": "member"},
        },
    },
}


MADE = {
    "search/fr.json",
    "search/en.json",
    "sitemap.xml",
    "api/v1/members.csv",
    f"files/members/{SHOWN}/160.webp",
    f"files/{LOGO}",
    f"events/{SHOWN}/index.html",
    "offers/index.html",
    "offices/index.html",
    "credentials/index.html",
    "calendar/fr.ics",
    "feed/fr.xml",
    "decisions/proposals/index.html",
    "decisions/mandates/index.html",
    "decisions/answers/index.html",
}
"""Some of what is made of public values alone: the search looks into each of them."""


class Canaries:
    """Words that stand nowhere else, each with the place it was put.

    With `sound` they stand only where a schema takes any word, as in files that are built; else
    also in place of a schema's choices.
    """

    def __init__(self, *, sound: bool = False) -> None:
        self.sound = sound
        self.places: dict[str, str] = {}
        self.count = 0

    def new(self, place: str) -> str:
        self.count += 1
        word = f"zqcanary{self.count:04d}x"
        self.places[word] = place
        return word

    def forget(self, value: Any) -> None:
        self.places.pop(str(value), None)

    def number(self, place: str) -> int:
        self.count += 1
        number = 918_273_645_000 + self.count
        self.places[str(number)] = place
        return number


def filled(
    schema: dict[str, Any], canaries: Canaries, place: str, shown: bool, name: str = ""
) -> Any:
    """A value for a schema: canaries wherever the public may not look, plausible values
    elsewhere.
    """
    if schema["type"] == "object":
        if "properties" in schema:
            return {
                key: filled(part, canaries, f"{place}.{key}", shown and _open(part, key), key)
                for key, part in schema["properties"].items()
            }
        keys = (
            ["fr", "en"]
            if "[a-z]{2}" in schema["propertyNames"].get("pattern", "")
            else ["un", "deux"]
        )
        return {
            key: filled(
                schema["additionalProperties"],
                canaries,
                f"{place}.{key}",
                shown and _open(schema["additionalProperties"], key),
                key,
            )
            for key in keys
        }
    if schema["type"] == "array":
        parts = [
            filled(
                schema["items"], canaries, f"{place}.0", shown and _open(schema["items"], ""), name
            )
        ]
        when = schema["items"].get("x-audience")
        if isinstance(when, dict):
            parts.append(
                _switched_off(
                    filled(schema["items"], canaries, f"{place}.1", False, name),
                    when["when"],
                    canaries,
                )
            )
            if shown:
                parts[0] |= _switched_on(parts[0], when["when"], canaries)
        return parts
    return _leaf(schema, canaries, place, shown, name)


def _open(schema: dict[str, Any], key: str) -> bool:
    said = schema.get("x-audience")
    return said == "public" or isinstance(said, dict) or (said == "choice" and key == "chosen")


def _switched_off(value: Any, when: dict[str, Any], canaries: Canaries) -> Any:
    for key in when:
        canaries.forget(value.get(key))
    return value | {
        key: False if isinstance(wanted, bool) else "members" for key, wanted in when.items()
    }


def _switched_on(value: Any, when: dict[str, Any], canaries: Canaries) -> dict[str, Any]:
    for key in when:
        canaries.forget(value.get(key))
    return {key: wanted[0] if isinstance(wanted, list) else wanted for key, wanted in when.items()}


def _leaf(schema: dict[str, Any], canaries: Canaries, place: str, shown: bool, name: str) -> Any:
    if schema["type"] == "boolean":
        return shown and name != "flag"
    if "enum" in schema and canaries.sound:
        return schema["enum"][0 if shown else -1]
    if not shown or name == "if_flag":
        return canaries.new(place) if schema["type"] == "string" else canaries.number(place)
    if "enum" in schema:
        return schema["enum"][0]
    if schema["type"] != "string":
        return schema.get("minimum", 1)
    if "x-ref" in schema:
        return {"ref": HIDDEN}.get(name, SHOWN)
    known = {
        "date": "2026-12-01",
        "date-time": "2026-12-01T18:00:00+01:00",
        "fraction": "2/3",
        "amount": "100.00",
        "currency": "EUR",
        "country": "FR",
        "uri": "https://a.example/",
        "email-address": "a@b.example",
        "phone": "+33 2 00 00 00 00",
    }
    return known.get(schema.get("format", "")) or KNOWN.get(name) or f"public {place}"


def records(kind: Kind, canaries: Canaries) -> Iterator[Record]:
    """One record that is shown and one that is not; the second's every value is a canary."""
    schema: dict[str, Any] = dict(kind.schema)
    value = filled(schema, canaries, kind.name, True)
    if "publish" in value:
        canaries.forget(value["publish"][0])
        value["publish"] = ["chosen"]
    when = schema.get("x-audience")
    value |= _switched_on(value, when["when"], canaries) if isinstance(when, dict) else {}
    if kind.name == "coop":
        value |= {"languages": ["fr", "en"], "country": "FR", "site": "https://a.example/"}
    inside = f"{SHOWN}/" if kind.name == "article" else ""  # an article has a text around it
    yield Record(
        kind,
        inside + SHOWN if not kind.single else kind.id_of(kind.files),
        f"{kind.folder}/{inside}{SHOWN}.yml",
        value,
        canaries.new(f"{kind.name} body") if "x-body" not in schema else "Texte public.",
    )
    if isinstance(when, dict):
        hidden = _switched_off(
            filled(schema, canaries, f"hidden {kind.name}", False), when["when"], canaries
        )
        yield Record(
            kind,
            inside + HIDDEN,
            f"{kind.folder}/{inside}{HIDDEN}.yml",
            hidden,
            f"# {canaries.new(f'hidden {kind.name} heading')}\n\n{canaries.new(f'hidden {kind.name} body')}",  # noqa: E501
        )


def photo(root: Path, id: str, word: str) -> File:
    """A picture that carries a canary in its metadata."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", word)
    path = root / id if id.endswith(".png") else root / "members" / "photos" / f"{id}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    exif = Image.Exif()
    exif[0x010E] = word
    Image.new("RGB", (300, 300), (200, 100, 50)).save(path, pnginfo=info, exif=exif)
    return File(path.relative_to(root).as_posix(), path.stat().st_size)


Trap = tuple[Book, list[Record], Canaries]


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    """A book full of canaries."""
    return set_trap(tmp_path_factory.mktemp("trap"), Canaries())


@pytest.fixture(scope="module")
def sound_trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    """A book full of canaries that its schemas accept."""
    return set_trap(tmp_path_factory.mktemp("trap"), Canaries(sound=True))


def set_trap(root: Path, canaries: Canaries) -> Trap:
    kinds = load_kinds(TOP)[0] | {"probe": Kind.of("probe", PROBE)}
    made = [
        record
        for kind in kinds.values()
        if kind.name != "vocabulary"
        for record in records(kind, canaries)
    ]
    files = tuple(photo(root, id, canaries.new(f"photo of {id}")) for id in (SHOWN, HIDDEN, LOGO))
    canaries.places[HIDDEN] = "the id of a hidden record"
    spool = Spool(tempfile.TemporaryDirectory(), kinds, 1)
    with spool.file(0).open("w", encoding="utf-8") as out:
        for record in made:
            out.write(to_line(record))
    entries: dict[str, dict[str, Any]] = {name: {} for name in kinds}
    for record in made:
        entries[record.kind.name][record.id] = entry_of(record)
    coop = next(record.value for record in made if record.kind.name == "coop")
    index = Index(kinds, coop, TODAY, entries, files)
    return Book(root, kinds, index, spool), made, canaries


def hidings(word: str) -> list[bytes]:
    """The ways a word may hide in a file: plain, backwards, in base64 at each of its three
    phases.
    """
    raw = word.encode()
    phases = [base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4] for shift in range(3)]
    return [raw, raw[::-1], *(phase[1:] for phase in phases if len(phase) > 8)]


def searched(path: Path) -> bytes:
    """All that a file says: its bytes, unpacked, its entities and percent signs resolved, a
    picture's metadata.
    """
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    if path.suffix in {".jpg", ".png", ".webp"}:
        with Image.open(io.BytesIO(data)) as picture:
            return data + repr(picture.info).encode() + repr(dict(picture.getexif())).encode()
    from urllib.parse import unquote_to_bytes

    return data + html.unescape(data.decode("utf-8", "replace")).encode() + unquote_to_bytes(data)


def leaks(text: bytes, canaries: Canaries) -> list[str]:
    return [
        place
        for word, place in canaries.places.items()
        if any(hiding in text for hiding in hidings(word))
    ]


def test_the_search_finds_each_canary_when_the_gate_is_open(
    trap: Trap,
) -> None:
    book, made, canaries = trap
    published = "".join(
        content if isinstance(content, str) else ""
        for record in made
        for _path, content in outputs.record_files(record, book.index)
    )
    published += json.dumps([record.value for record in made if record.kind.single]) + "".join(
        record.body for record in made
    )
    places = set(canaries.places.values()) - set(leaks(published.encode(), canaries))
    assert {place for place in places if not place.startswith("photo")} == set()
    photos = b"".join(searched(book.root / file.path) for file in book.index.files)
    assert len(leaks(photos, canaries)) >= 2
    for disguise in (
        canaries_in(word, how) for word in list(canaries.places)[:3] for how in range(4)
    ):
        assert leaks(disguise, canaries)


def canaries_in(word: str, how: int) -> bytes:
    return [
        word.encode(),
        word[::-1].encode(),
        base64.b64encode(f"a{word}bc".encode()),
        base64.b64encode(f"{word}".encode()),
    ][how]


def test_no_canary_passes_the_gate(trap: Trap) -> None:
    book, made, canaries = trap
    seen = [view(record, book.index, "public") for record in made]
    values = [(record.value, record.body) for record in seen if record]
    assert len(values) > len(book.kinds) / 2
    assert leaks(repr(values).encode(), canaries) == []


def test_no_canary_is_published(sound_trap: Trap, tmp_path: Path) -> None:
    book, _made, canaries = sound_trap
    write_site(book, [], "public", tmp_path / "public")
    files = [path for path in (tmp_path / "public").rglob("*") if path.is_file()]
    assert {path.relative_to(tmp_path / "public").as_posix() for path in files} >= MADE
    page = (tmp_path / "public" / "members" / SHOWN / "index.html").read_text()
    assert [part for part in ("og:title", "og:image", "hreflang=") if part not in page] == []
    assert any("Texte public" in path.read_text(errors="replace") for path in files), (
        "the site shows what is public"
    )
    found = {
        (str(path.relative_to(tmp_path)), place)
        for path in files
        for place in leaks(str(path).encode() + searched(path), canaries)
    }
    assert found == set()


def test_what_is_public_stays(trap: Trap) -> None:
    book, made, _canaries = trap
    shown = {
        record.kind.name: seen for record in made if (seen := view(record, book.index, "public"))
    }
    probe = shown["probe"].value
    assert probe["chosen"] == "public probe.chosen"
    assert [item["open"] for item in probe["items"]] == ["public probe.items.0.open"]
    assert probe["refs"] == [SHOWN]
    assert "ref" not in probe
    assert probe["map"]["un"] == {"open": "public probe.map.un.open"}
    assert shown["member"].get("offers", 0, "title", "fr") == "public member.offers.0.title.fr"


def test_hidden_records_are_not_in_the_public_index(
    trap: Trap,
) -> None:
    book, _made, canaries = trap
    index = view_index(book.index, "public")
    assert (
        leaks(repr((index.entries, index.coop, index.files, index.former)).encode(), canaries) == []
    )
