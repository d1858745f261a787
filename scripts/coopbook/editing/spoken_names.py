"""What people call countries, languages and time zones: names from Unicode's CLDR, in the language
of the questions, in their own and in English.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from babel import Locale
from babel.core import get_global

from ..base.codes import codes
from ..base.formats import slug
from ..base.messages import Message, Translator, _
from ..records.legal import regions_of
from .choices import Choice

FOREMOST = ("FR", "BE", "CH", "LU", "CA")
"""The countries whose law of co-ops we know: they come first in a list."""
_OFFICIAL = frozenset(["official", "de_facto_official"])
_SHORT = {"uk": "GB", "usa": "US", "etats-unis-d-amerique": "US", "england": "GB"}


class Region(NamedTuple):
    """A part of a country that has a law of its own; its time zone, where it has one alone."""

    title: Message
    timezone: str = ""


REGIONS: dict[str, dict[str, Region]] = {
    "CA": {
        "QC": Region(_("Québec"), "America/Toronto"),
        "ON": Region(_("Ontario"), "America/Toronto"),
        "AB": Region(_("Alberta"), "America/Edmonton"),
        "BC": Region(_("British Columbia"), "America/Vancouver"),
        "MB": Region(_("Manitoba"), "America/Winnipeg"),
        "NB": Region(_("New Brunswick"), "America/Moncton"),
        "NL": Region(_("Newfoundland and Labrador"), "America/St_Johns"),
        "NS": Region(_("Nova Scotia"), "America/Halifax"),
        "NT": Region(_("Northwest Territories"), "America/Edmonton"),
        "NU": Region(_("Nunavut")),
        "PE": Region(_("Prince Edward Island"), "America/Halifax"),
        "SK": Region(_("Saskatchewan"), "America/Regina"),
        "YT": Region(_("Yukon"), "America/Whitehorse"),
    }
}
"""The regions of the countries whose law depends on them (ISO 3166-2), the most asked for first."""


def find_country(words: str) -> str:
    """The code of the country that words name in French, English or one of its own languages; empty
    where they name none.
    """
    name = slug(words)
    return _countries().get(name, "") if name else ""


def find_language(words: str) -> str:
    """The code of the language that words name in French, in English or in itself; empty where they
    name none.
    """
    name = slug(words)
    return _languages().get(name, "") if name else ""


def country_name(code: str, language: str) -> str:
    return str(_locale(language).territories.get(code, code))


def language_name(code: str, language: str) -> str:
    """`français` of fr, `français (Canada)` of fr-CA."""
    spoken, _dash, country = code.partition("-")
    name = str(_locale(language).languages.get(spoken, spoken))
    return f"{name} ({country_name(country, language)})" if country else name


def country_choices(language: str, say: Translator) -> list[Choice]:
    """The countries to choose from, the foremost first; a region with a law of its own stands
    before the rest of its country, as `CA-QC`.
    """
    found = []
    for code in FOREMOST:
        name = country_name(code, language)
        for region in regions_of(code):
            title = say(REGIONS[code][region].title)
            found.append(Choice(f"{code}-{region}", f"{title} ({name})", (title,)))
        rest = say(_("{country}, elsewhere", country=name)) if regions_of(code) else name
        found.append(Choice(code, rest, (name,)))
    return found


def region_choices(country: str, say: Translator) -> list[Choice]:
    """The regions of a country; none where its law is the same everywhere."""
    return [Choice(code, say(one.title)) for code, one in REGIONS.get(country, {}).items()]


def language_choices(country: str, language: str) -> list[Choice]:
    """The languages that people of a country are most likely to write in, theirs first."""
    known = get_global("territory_languages").get(country, {})
    official = [code for code, one in known.items() if one["official_status"] in _OFFICIAL]
    plain = [code for code in official if code in codes("languages") and len(code) == 2]
    plain.sort(key=lambda code: code != language.partition("_")[0])
    return [
        Choice(code, language_name(code, language)) for code in dict.fromkeys([*plain, "fr", "en"])
    ]


def zones_of(country: str, region: str = "") -> list[str]:
    """The time zones of a country or of a region, by name; one alone where that is all."""
    of_region = REGIONS.get(country, {}).get(region)
    if of_region and of_region.timezone:
        return [of_region.timezone]
    zones = get_global("zone_territories")
    return sorted(zone for zone, territory in zones.items() if territory == country)


def zone_choices(zones: list[str]) -> list[Choice]:
    """Time zones by their town."""
    return [Choice(zone, zone.rpartition("/")[2].replace("_", " ")) for zone in zones]


def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    known = codes("countries")
    found: dict[str, str] = {}
    for locale in [Locale("fr"), Locale("en"), Locale("nl"), Locale("de")]:
        for code, name in locale.territories.items():
            if code in known:
                found.setdefault(slug(str(name)), code)
    return found | _SHORT | {code.lower(): code for code in known}


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    known = codes("languages")
    found: dict[str, str] = {}
    for locale in [Locale("fr"), Locale("en")]:
        for code, name in locale.languages.items():
            if code in known and len(code) == 2:
                found.setdefault(slug(str(name)), code)
    for code in sorted(known):
        if len(code) == 2 and (name := Locale("en").languages.get(code)):
            own = _own_name(code)
            found.setdefault(slug(own or name), code)
    return {name: code for name, code in found.items() if name}


def _own_name(code: str) -> str:
    """What a language calls itself; empty where CLDR does not say."""
    from babel import UnknownLocaleError

    try:
        return str(Locale(code).languages.get(code) or "")
    except UnknownLocaleError:
        return ""
