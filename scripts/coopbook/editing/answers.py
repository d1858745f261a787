"""What somebody writes, as files write it: a day, an hour, a sum of money, a phone number, an
address, a country, a language.

An answer that could mean two things stays as it is, and is told as a file's would be.
"""

from __future__ import annotations

import re

from ..base.dates import read_day, read_month
from ..base.formats import national_phone
from ..base.identifiers import SHAPES
from ..records.dialect.shared import Schema
from ..records.dialect.words.x_date import HOUR
from .spoken_names import find_country, find_language

_HOUR = re.compile(r"([0-9]{1,2}) ?(?:[:hH.] ?([0-9]{2})?)? ?([ap]m)?", re.I)
_AMOUNT = re.compile(r"([0-9]{1,3}(?:[ ,.'’][0-9]{3})+|[0-9]+)(?:[.,]([0-9]{1,2}))?")
_SPACES = re.compile(r"\s+")
_SIGN = "(?:[A-Za-z]{0,3}[€$£¥]|[A-Za-z]{2,4})"
_CURRENCY = re.compile(f"^{_SIGN} ?| ?{_SIGN}$")
_MIDDAY = 12
_BARE_ADDRESS = re.compile(r"([A-Za-z0-9-]+[.])+[A-Za-z]{2,}(/\S*)?")
"""An address on the web as people say it, without https://."""


def as_written(answer: str, part: Schema, *, month_first: bool = False, country: str = "") -> str:
    """An answer as a file has it.

    Args:
        answer: What somebody wrote.
        part: The schema of the field: its form says what the answer is.
        month_first: 5/2/2027 is the 2nd of May, as it is written in the United States alone.
        country: Where phone numbers are from that do not say it.

    Returns:
        `2027-02-05` of `5/2/2027` and of `5 février 2027`, `18:30` of `18 h 30` and of `6:30 pm`,
        `1450.50` of `1 450,5 €`, `+1 819 555 0101` of `819 555 0101`, `0123456749` of
        `0123.456.749`, `https://essais.example` of `essais.example`, `BE` of `Belgique`, `fr` of
        `français`; the answer itself where it is none of these.
    """
    plain = _SPACES.sub(" ", answer).strip()
    if part.get("format") == "date":
        return read_day(plain, month_first=month_first) or answer
    if part.get("format") == "partial-date":
        return read_day(plain, month_first=month_first) or read_month(plain) or answer
    if part.get("pattern") == HOUR:
        return _hour(plain) or answer
    if part.get("format") == "amount":
        return _amount(plain) or answer
    return _by_format(plain, str(part.get("format") or ""), country) or answer


def _by_format(text: str, form: str, country: str) -> str:
    """A text that has a form of its own, in that form; empty where it cannot be."""
    if form == "phone":
        return national_phone(text, country)
    if form in SHAPES:
        return SHAPES[form].read(text) or ""
    if form == "uri":
        return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else ""
    if form == "country":
        return find_country(text)
    return find_language(text) if form == "language" else ""


def _hour(text: str) -> str:
    found = _HOUR.fullmatch(text)
    if not found or text.isdigit():
        return ""
    hour, minute, half = int(found[1]), found[2] or "00", (found[3] or "").lower()
    if half and not 1 <= hour <= _MIDDAY:
        return ""
    if half:
        hour = hour % _MIDDAY + (_MIDDAY if half == "pm" else 0)
    return f"{hour:02}:{minute}"


def _amount(text: str) -> str:
    """A sum in one unit and two decimals; with a sign of its currency or none."""
    found = _AMOUNT.fullmatch(_CURRENCY.sub("", text))
    if not found:
        return ""
    whole, cents = re.sub("[^0-9]", "", found[1]), found[2]
    return f"{whole}.{cents:0<2}" if cents else whole


def currency_of(country: str) -> str:
    """The currency of a country; empty where it is not known."""
    from babel.numbers import get_territory_currencies

    return next(iter(get_territory_currencies(country)), "") if country else ""
