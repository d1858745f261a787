"""Pictures: what is wrong with one, and the clean copy that alone is published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from ..base.messages import Message, _

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LEAST_SIDE = 200
MOST_SIDE = 800
WIDTHS = (160, 400, 800)
"""Of a portrait: on a card, at the head of a page, there on a screen with fine points."""
LOGO = ".logo"
"""What a logo's file has between the member's id, which has no point, and the ending."""
LOGO_WIDTHS = (160, 400)

_OTHER = re.compile(rf"-[0-9]{{1,3}}\Z|{re.escape(LOGO)}\Z")
"""Pictures beside a portrait may be smaller."""
_FORMATS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
_SUFFIXES = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 82, "method": 4},
}


_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
"""A word of a name; one with a hyphen is one word."""


def find_flaw(path: Path, size: int) -> tuple[Message, Message] | None:
    """Why a picture is not accepted and how to mend it, or None. A member's photo has a least size,
    other pictures have none. Which of the formats it has its name need not say: it is made anew.
    """
    if size > MOST_BYTES:
        return _("This picture weighs more than {most} megabytes.", most=MOST_BYTES // 2**20), _(
            "Save a smaller copy of it."
        )
    try:
        with _open(path) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return _(
                    "This picture has more than {most} million points.", most=MOST_PIXELS // 10**6
                ), _("Save a smaller copy of it.")
            picture.load()
    except Exception:  # noqa: BLE001 -- Pillow raises a dozen kinds for a broken file
        return _("This picture does not open."), _("Save it again as JPEG, PNG or WebP.")
    if _is_portrait(path) and min(width, height) < LEAST_SIDE:
        return _("This photo is too small: at least {least} points each way.", least=LEAST_SIDE), _(
            "Choose a larger one."
        )
    return None


def _is_portrait(path: Path) -> bool:
    return path.parts[-3:-1] == ("members", "photos") and not _OTHER.search(path.stem)


def _open(path: Path | BytesIO) -> Any:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = (
        None  # our own limit is looked at before anything is decoded, and its message is a member's
    )
    return Image.open(path, formats=["JPEG", "PNG", "WEBP"])


_FOREIGN = ["GIF", "BMP", "TIFF"]


def as_kept(data: bytes) -> tuple[str, bytes] | None:
    """A picture as a page may have it: the suffix of what it truly is, and its bytes.

    One of another sort is made anew; None where it does not open or is too large.
    """
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # our own limit is looked at before anything is decoded
    try:
        with Image.open(BytesIO(data), formats=[*_OPTIONS, *_FOREIGN]) as picture:
            if picture.size[0] * picture.size[1] > MOST_PIXELS:
                return None
            picture.load()
            suffix = _SUFFIXES.get(picture.format or "")
            if suffix and len(data) <= MOST_BYTES:
                return suffix, data
            out = BytesIO()
            format = "JPEG" if suffix == ".jpg" else "PNG"
            mode = "RGB" if format == "JPEG" else "RGBA"
            picture.convert(mode).save(out, format, **_OPTIONS[format])
    except Exception:  # noqa: BLE001 -- Pillow raises a dozen kinds for a broken file
        return None
    return (_SUFFIXES[format], out.getvalue()) if len(out.getvalue()) <= MOST_BYTES else None


def as_portrait(data: bytes) -> tuple[str, bytes] | Message:
    """A picture as a member's photo is kept: the suffix of what it is, and its bytes, turned
    upright and without any of its metadata; else why it cannot be one.
    """
    kept = as_kept(data)
    if kept is None:
        return _("This picture does not open.")
    suffix, data = kept
    bare = _strip_metadata(BytesIO(data), _FORMATS[suffix])
    if min(bare.size) < LEAST_SIDE:
        return _("This photo is too small: at least {least} points each way.", least=LEAST_SIDE)
    return suffix, _save(bare, _FORMATS[suffix])


def clean(path: Path, format: str) -> bytes:
    """The picture again, turned upright, at most 800 points each way, without any of its metadata.
    Format: JPEG, PNG or WEBP.
    """
    return _save(_strip_metadata(path, format), format)


def portrait(path: Path) -> Iterator[tuple[str, bytes]]:
    """A member's photo, cleaned, as files for each width of `WIDTHS`, in two formats: `160.jpg` and
    so on. None is made larger.
    """
    whole = _strip_metadata(path, "JPEG")
    for width in WIDTHS:
        smaller = whole.copy()
        smaller.thumbnail((width, width))
        for suffix, format in ((".jpg", "JPEG"), (".webp", "WEBP")):
            yield f"{width}{suffix}", _save(smaller, format)


def logo(path: Path) -> Iterator[tuple[str, bytes]]:
    """A logo, cleaned, as files for a card and for a page, in two formats: `logo-160.png` and so
    on. What it leaves free stays free; none is made larger.
    """
    whole = _strip_metadata(path, "PNG")
    for width in LOGO_WIDTHS:
        smaller = whole.copy()
        smaller.thumbnail((width, width))
        for suffix, format in ((".png", "PNG"), (".webp", "WEBP")):
            yield f"logo-{width}{suffix}", _save(smaller, format)


def _strip_metadata(path: Path | BytesIO, format: str) -> Any:
    """The points alone, in a new picture: what came with them stays behind."""
    from PIL import Image, ImageOps

    with _open(path) as picture:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((MOST_SIDE, MOST_SIDE))
        mode = (
            "RGBA"
            if format != "JPEG"
            and (upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info)
            else "RGB"
        )
        bare = Image.new(mode, upright.size, (255, 255, 255))
        converted = upright.convert("RGBA")
        bare.paste(converted, mask=converted.getchannel("A")) if mode == "RGB" else bare.paste(
            converted
        )
    return bare


def _save(picture: Any, format: str) -> bytes:
    out = BytesIO()
    picture.save(out, format, **_OPTIONS[format])
    return out.getvalue()


def initials(name: str) -> str:
    """The letters that stand for somebody without a portrait."""
    words = _WORD.findall(name)
    ends = [words[0], *words[1:][-1:]] if words else []
    return "".join(word[0] for word in ends).upper() or "·"


def tint(id: str) -> int:
    """Which of three grounds stands behind somebody's initials: always the same."""
    return sum(id.encode()) % 3


def format_of(path: str) -> str:
    """The format a picture keeps, by its name: JPEG, PNG or WEBP."""
    return _FORMATS[path[path.rindex(".") :]]


def suffix_of(path: Path) -> str:
    """The ending that a picture's name should have by what it holds; empty where it does not open.
    A telephone's file of several pictures is a JPEG to all that show it.
    """
    try:
        with _open(path) as picture:
            return _SUFFIXES.get(picture.format, "")
    except Exception:  # noqa: BLE001 -- Pillow raises a dozen kinds for a broken file
        return ""
