"""What somebody sees of a name: its letters as they look, not as they are stored.

Sources: Unicode Technical Standard 39 (confusable letters), Unicode Standard Annex 44
(`Default_Ignorable_Code_Point`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that take a place and show nothing, or no place at all. Those that join letters
(U+200C, U+200D) are not among them: some languages need them.
"""
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһӏѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυıȷ",
    "ABESIJKMHOPCTYXaesijopcyxdqwhlvABEZHIKMNOPTYXovuij",
)
"""Letters of Cyrillic and Greek that look like Latin ones."""
_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Alphabets that have letters which look like another one's."""


def appearance(text: str) -> str:
    """A text by its looks: two that are read alike give the same, whatever their letters are."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    return " ".join(unicodedata.normalize("NFKC", plain.casefold()).split())


def spelling(text: str) -> str:
    """A text by its letters, whatever their size and shape."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def find_unseen(text: str) -> str:
    """The first character of a text that nobody sees, or that means nothing; empty where there is
    none.
    """
    unknown = (sign for sign in text if unicodedata.category(sign) in ("Cn", "Co", "Cs"))
    found = UNSEEN.search(text)
    return found[0] if found else next(unknown, "")


def find_odd_letter(text: str) -> str:
    """The first letter of a text that is made for formulas or another width, or that stands in a
    word of another alphabet; empty where there is none.
    """
    words: list[str] = _WORD.findall(unicodedata.normalize("NFC", text))
    for word in words:
        found = Counter(filter(None, map(_alphabet, word)))
        usual = max(sorted(found, reverse=True), key=found.__getitem__, default="")
        for letter in word:
            plain = unicodedata.normalize("NFKC", letter)
            if len(plain) == 1 and plain != letter and plain.isascii():
                return letter
            if _alphabet(letter) not in (usual, ""):
                return letter
    return ""


def _alphabet(letter: str) -> str:
    """Which of the alphabets above a letter is of; empty for any other."""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in _ALPHABETS else ""
