"""What somebody writes, as files write it: a day, an hour, a sum of money.

An answer that could mean two things stays as it is, and is told as a file's would be.
"""

from __future__ import annotations

import re
from datetime import date

from ..records.dialect.shared import Schema
from ..records.dialect.words.x_date import HOUR

_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")
_HOUR = re.compile(r"([0-9]{1,2}) ?(?:[:hH.] ?([0-9]{2})?)? ?([ap]m)?", re.I)
_AMOUNT = re.compile(r"([0-9]{1,3}(?:[ ,.'’][0-9]{3})+|[0-9]+)(?:[.,]([0-9]{1,2}))?")
_SPACES = re.compile(r"\s+")
_SIGN = "(?:[A-Za-z]{0,3}[€$£¥]|[A-Za-z]{2,4})"
_CURRENCY = re.compile(f"^{_SIGN} ?| ?{_SIGN}$")
_MIDDAY = 12


def as_written(answer: str, part: Schema, *, month_first: bool = False) -> str:
    """An answer as a file has it.

    Args:
        answer: What somebody wrote.
        part: The schema of the field: its form says what the answer is.
        month_first: 5/2/2027 is the 2nd of May, as it is written in the United States alone.

    Returns:
        `2027-02-05` of `5/2/2027`, `18:30` of `18 h 30` and of `6:30 pm`, `1450.50` of
        `1 450,5 €`; the answer itself where it is none of these.
    """
    plain = _SPACES.sub(" ", answer).strip()
    if part.get("format") == "date":
        return _day(plain, month_first) or answer
    if part.get("pattern") == HOUR:
        return _hour(plain) or answer
    return (_amount(plain) or answer) if part.get("format") == "amount" else answer


def _day(text: str, month_first: bool) -> str:
    found = _DAY.fullmatch(text)
    if not found:
        return ""
    first, second, year = map(int, found.groups())
    day, month = (second, first) if month_first else (first, second)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


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
