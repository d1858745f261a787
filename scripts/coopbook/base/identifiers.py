"""Numbers of registers: from what people write to the one form of it, and how it is printed.

Check digits are those of python-stdnum, which names the rule of each; where it has none, length and
signs alone are asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from .formats import is_bce, is_business_number, is_ide, is_siren, is_siret, matches

_SPACING = re.compile(r"[\s.\-/\u00a0\u2009\u202f]+")


class Shape(NamedTuple):
    """What a kind of number looks like.

    Attributes:
        read: The one form of what somebody wrote; None where it cannot be such a number.
        show: How it is printed.
    """

    read: Callable[[str], str | None]
    show: Callable[[str], str]


def _same(text: str) -> str:
    return text


def _compact(text: str) -> str:
    return _SPACING.sub("", text).upper()


def _in_threes(text: str) -> str:
    """Groups of three: 123 456 789 00012 for a SIRET."""
    return " ".join(filter(None, (text[:3], text[3:6], text[6:9], text[9:])))


def _text(text: str) -> str | None:
    return " ".join(text.split()) or None


def _if_sound(is_sound: Callable[[str], bool]) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        found = _compact(text)
        return found if is_sound(found) else None

    return read


def _signs(pattern: str) -> Callable[[str], str | None]:
    return _if_sound(matches(pattern))


def _bce(text: str) -> str | None:
    found = _compact(text).removeprefix("BE")
    whole = f"0{found}" if len(found) == 9 else found
    return whole if is_bce(whole) else None


def _show_bce(text: str) -> str:
    return f"{text[:4]}.{text[4:7]}.{text[7:]}"


def _show_ide(text: str) -> str:
    return f"CHE-{text[3:6]}.{text[6:9]}.{text[9:12]}"


def _vat_of(country: str) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        from stdnum.eu import vat

        found = _compact(text)
        whole = found if found.startswith(country) else country + found
        return whole if whole.isascii() and vat.is_valid(whole) else None

    return read


def _vat_be(text: str) -> str | None:
    number = _bce(re.sub(r"(?i)^\s*tva", "", text))
    return f"BE{number}" if number else None


def _vat_ch(text: str) -> str | None:
    found = re.fullmatch("(CHE[0-9]{9})(TVA|MWST|IVA)?", _compact(text))
    return f"{found[1]}TVA" if found and is_ide(found[1]) else None


def _vat(text: str) -> str | None:
    from stdnum.eu import vat

    found = _compact(text)
    return found if found.isascii() and vat.is_valid(found) else _text(text)


SHAPES: dict[str, Shape] = {
    "text": Shape(_text, _same),
    "digits": Shape(_signs("[0-9]{1,12}"), _same),
    "siren": Shape(_if_sound(is_siren), _in_threes),
    "siret": Shape(_if_sound(is_siret), _in_threes),
    "rna": Shape(_signs("W[0-9]{9}"), _same),
    "bce": Shape(_bce, _show_bce),
    "ide": Shape(_if_sound(is_ide), _show_ide),
    "neq": Shape(_signs("[0-9]{10}"), _same),
    "rcs-lu": Shape(_signs("[A-Z][0-9]{1,6}"), _same),
    "bn": Shape(_if_sound(is_business_number), _same),
    "vat": Shape(_vat, _same),
    "vat-fr": Shape(_vat_of("FR"), _same),
    "vat-lu": Shape(_vat_of("LU"), _same),
    "vat-be": Shape(_vat_be, lambda text: f"BE {_show_bce(text[2:])}"),
    "vat-ch": Shape(_vat_ch, lambda text: f"{_show_ide(text)} TVA"),
}
