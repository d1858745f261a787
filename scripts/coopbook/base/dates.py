"""Days and hours as a language writes them in a country: 18 h 30, 6:30 pm, le 1er janvier. A usage
is such as fr_CA.
"""

from __future__ import annotations

import re
from datetime import date, time
from functools import lru_cache

from .messages import _, languages, translator

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"
)
_LEAP_YEAR = 2000
_LAST_MONTH = 12
_IN_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_MONTH = re.compile(r"([^\W\d]+|[0-9]{1,2})\.?[ /]([0-9]{4})")
_IN_WORDS = re.compile(
    r"(?:\w+\.? )?(\d{1,2})(?:er|st|nd|rd|th)? (?:de |of )?([^\W\d]+)\.?,? (\d{4})"
)
_MONTH_BEFORE = re.compile(r"([^\W\d]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


@lru_cache
def locale_of(usage: str) -> str:
    """The locale whose dates and numbers are those of a usage: a language that a country has not is
    written as the world writes it.
    """
    from babel import Locale, UnknownLocaleError
    from babel.languages import get_official_languages

    language, _underscore, country = usage.partition("_")
    official = language in get_official_languages(country, de_facto=True)
    for name in (usage if official else f"{language}_001", language):
        try:
            return str(Locale.parse(name))
        except (UnknownLocaleError, ValueError):
            continue
    return "en_001"


def has_decimal_comma(usage: str) -> bool:
    """Whether a usage writes 1,5: its spreadsheets then part columns by a semicolon."""
    from babel.numbers import get_decimal_symbol

    return bool(get_decimal_symbol(locale_of(usage)) == ",")


def written_moment(value: str, usage: str) -> str:
    """An instant such as 2026-01-31T18:30:00+01:00, in the zone that it was written in."""
    day, hour = written_day(value[:10], usage), written_hour(value[11:19], usage)
    return translator(usage, shown=str)(_("{date}, {time}", date=day, time=hour))


def written_dates(text: str, usage: str) -> str:
    """A text; one that is a date or an instant, as the language writes it."""
    if _DATE.fullmatch(text):
        return written_day(text, usage)
    return written_moment(text, usage) if _INSTANT.fullmatch(text) else text


@lru_cache(maxsize=4096)
def written_day(value: str, usage: str, pattern: str = "long") -> str:
    """A day such as 2026-01-31; `pattern` is long, full (with the day of the week) or one of CLDR's
    own, such as MMM.
    """
    from babel.dates import format_date

    return _first(
        str(format_date(date.fromisoformat(value), pattern, locale=locale_of(usage))), usage
    )


def read_day(text: str, *, month_first: bool = False) -> str:
    """The day that people write in a language we speak, as files have it: 2026-01-31 of 31 janvier
    2026, of January 31, 2026 and of 31/1/2026; empty where it is none. With `month_first`, 5/2/2027
    is the 2nd of May, as it is written in the United States alone.
    """
    plain = " ".join(text.casefold().split()).removeprefix("le ")
    if found := _IN_NUMBERS.fullmatch(plain):
        first, second, year = found.groups()
        day, month = (second, first) if month_first else (first, second)
    elif found := _IN_WORDS.fullmatch(plain):
        day, name, year = found.groups()
        month = _months().get(name, 0)
    elif found := _MONTH_BEFORE.fullmatch(plain):
        name, day, year = found.groups()
        month = _months().get(name, 0)
    else:
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def read_month(text: str) -> str:
    """The month that people write, as files have it: 2026-01 of janvier 2026 and of 01/2026; empty
    where it is none.
    """
    found = _MONTH.fullmatch(" ".join(text.casefold().split()))
    if not found:
        return ""
    word, year = found.groups()
    month = int(word) if word.isdigit() else _months().get(word, 0)
    return f"{year}-{month:02}" if 1 <= month <= _LAST_MONTH else ""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Months by their names, whole and short, in the languages we speak."""
    from babel.dates import get_month_names

    return {
        name.casefold().rstrip("."): number
        for language in languages()
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


@lru_cache(maxsize=1024)
def written_partial_day(value: str, usage: str) -> str:
    """A day, a month or a year: 2026-01-31, 2026-01 or 2026."""
    from babel.dates import format_skeleton

    year, *more = value.split("-")
    if len(more) != 1:
        return written_day(value, usage) if more else year
    day = date(int(year), int(more[0]), 1)
    return str(format_skeleton("yMMMM", day, locale=locale_of(usage)))


@lru_cache(maxsize=1024)
def written_hour(value: str, usage: str) -> str:
    """An hour such as 18:30."""
    from babel.dates import format_time

    locale = locale_of(usage)
    if locale.partition("_")[0] == "fr":  # 18 h 30, as French printers write it; CLDR has 18:30
        return (
            str(format_time(time.fromisoformat(value), "H 'h' mm", locale=locale))
            .removesuffix(" 00")
            .replace(" ", "\u00a0")
        )
    return str(format_time(time.fromisoformat(value), "short", locale=locale))


@lru_cache(maxsize=4096)
def written_month_day(value: str, usage: str) -> str:
    """A day that comes back every year, such as 07-15; what is no day stays as it is."""
    from babel.dates import format_skeleton

    try:
        day = date.fromisoformat(f"{_LEAP_YEAR}-{value}")
    except ValueError:
        return value
    return _first(str(format_skeleton("MMMMd", day, locale=locale_of(usage))), usage)


def _first(text: str, usage: str) -> str:
    """French says the first of a month as an ordinal, which CLDR does not."""
    return re.sub(r"\b1(?=\s[^\W\d])", "1er", text) if usage.partition("_")[0] == "fr" else text
