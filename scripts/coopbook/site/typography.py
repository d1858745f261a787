"""French punctuation on a page: the space that somebody typed before it, or inside its quotation
marks, does not break.
"""

from __future__ import annotations

import re

_ASKED = re.compile(" [;:!?»]|« ")
_APART = re.compile(r"(<(pre|code)\b.*?</\2>|<[^>]*>)", re.S)
"""What is no text: elements of code as a whole, tags with their attributes."""
_BEFORE, _AFTER = re.compile(" (?=[;:!?»])"), re.compile("(?<=«) ")


def add_spaces(html: str, language: str) -> str:
    """HTML of a text of this language, with U+00A0 where French asks for it; only a space that is
    there is changed.
    """
    if not language.startswith("fr") or not _ASKED.search(html):
        return html
    pieces = _APART.split(html)  # text, what is no text, the name in it; and so on
    return "".join(
        _keep_spaces(piece) if number % 3 == 0 else piece
        for number, piece in enumerate(pieces)
        if number % 3 != 2
    )


def _keep_spaces(text: str) -> str:
    return _AFTER.sub("\u00a0", _BEFORE.sub("\u00a0", text))
