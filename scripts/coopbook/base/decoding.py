"""The letters of a file that another program wrote."""

from __future__ import annotations


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
