"""The letters of a file that another program wrote."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_USUAL = frozenset("éèêëàâäîïôöùûüçœÉÈÊÀÂÎÔÇŒ’«»–—…€°ñáíóúß")
"""What Western European texts have beside the letters of ASCII."""


def letters(data: bytes) -> str | None:
    """The file's text, in UTF-8, in UTF-16 by its mark, or as Excel writes it in Western Europe;
    None where it is no text.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data and not wide:
        return None
    for name in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
    return None


def decode(data: bytes) -> tuple[str, str] | None:
    """The file's text and the name of its encoding; None where it is no text.

    Of the encodings of Western Europe that Excel, a Macintosh and DOS write, the one is taken in
    which most signs are usual letters.
    """
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    name, shown = ("utf-16", "UTF-16") if wide else ("utf-8-sig", "UTF-8")
    for cut in range(4):  # a file that was cut off ends in the middle of a letter
        try:
            return _without_control(data[: len(data) - cut].decode(name), shown)
        except UnicodeDecodeError:
            continue
    if wide or b"\x00" in data:
        return None
    found = {}
    for name, shown in (
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac OS Roman"),
        ("cp850", "DOS 850"),
    ):
        try:
            found[shown] = data.decode(name)
        except UnicodeDecodeError:
            continue
    likely = max(found, key=lambda shown: sum(letter in _USUAL for letter in found[shown]))
    return _without_control(found[likely], likely)


def _without_control(text: str, encoding: str) -> tuple[str, str] | None:
    return None if _CONTROL.search(text) else (text, encoding)
