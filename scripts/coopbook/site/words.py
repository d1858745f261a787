"""Words of one language: sentences of the catalogue, dates, prices, names of languages, as a country writes them."""

from __future__ import annotations

from datetime import date, time
from functools import cached_property, lru_cache
from typing import Any

from ..messages import Message, Translator, _, translator
from ..spans import Value


def _as_is(value: object) -> str:
    return str(value)


AVAILABILITY = {
    "available": _("Available"),
    "limited": _("Limited availability"),
    "full": _("Fully booked"),
    "away": _("Away for now"),
}


class Words:
    """What a site says in its language, as the co-op's country uses it: `usage` is such as fr_CA."""

    language: str

    @property
    def usage(self) -> str:
        raise NotImplementedError

    @cached_property
    def say(self) -> Translator:
        return translator(self.usage, shown=_as_is)

    def say_text(self, text: str) -> str:
        """One of our own English words, such as a field's title, in this language."""
        return self.say(Message(str(text)))

    def this_page_in(self, language: str) -> str:
        """The words of a link to a page in another language, in that language."""
        return in_its_own(language, "This page in {language}")

    def this_site_in(self, language: str) -> str:
        """The words of a link to the site in another language, in that language."""
        return in_its_own(language, "This site in {language}")

    def language_name(self, code: str) -> str:
        """A language as this language calls it."""
        from babel import Locale

        return str(Locale.parse(self.locale).languages.get(code, code)).capitalize()

    def word(self, value: str) -> str:
        """One of a schema's own choices as people read it, such as half-day."""
        return self.say(Message(value.replace("-", " ").replace("_", " ").capitalize()))

    def availability(self, state: str) -> str:
        """How a member's availability is said where it stands alone."""
        return self.say(AVAILABILITY.get(state) or Message(state))

    def date(self, value: str) -> str:
        """A date as this language writes it."""
        return _date(value, self.locale)

    def long_date(self, value: str) -> str:
        """A date with the day of the week."""
        return _pattern(value, self.locale, "full")

    def weekday(self, value: str) -> str:
        """The short day of the week of a date."""
        return _pattern(value, self.locale, "EEE")

    def month(self, value: str) -> str:
        """The short month of a date."""
        return _pattern(value, self.locale, "MMM")

    def hours(self, start: str, end: str | None) -> str:
        """From when to when, as this language writes times."""
        return " – ".join(_time(value, self.locale) for value in (start, end) if value)

    def price(self, price: dict[str, Value]) -> str:
        """An amount or a range, with its currency and unit."""
        amounts = [_amount(price[key], price["currency"], self.locale) for key in ("amount", "to") if key in price]
        unit = self.word(price["unit"]).lower()
        if len(amounts) == 2:
            return self.say(_("{low} to {high} per {unit}", low=amounts[0], high=amounts[1], unit=unit))
        return self.say(_("{amount} per {unit}", amount=amounts[0], unit=unit))

    @cached_property
    def locale(self) -> str:
        """The language as the co-op's country uses it, as far as Unicode's CLDR knows it."""
        from babel import Locale, UnknownLocaleError

        for name in (self.usage, self.usage.partition("_")[0]):
            try:
                return str(Locale.parse(name))
            except (UnknownLocaleError, ValueError):
                continue
        return "en"

    def sentence(self, text: str, **values: Any) -> str:
        return self.say(Message(text, values))

    def plural(self, text: str, plural: str, count: int, **values: Any) -> str:
        return self.say(Message(text, {"count": count, **values}, plural))


_LINKS = (_("This page in {language}"), _("This site in {language}"))


@lru_cache
def in_its_own(language: str, text: str) -> str:
    """A sentence with the name of a language, both in that language; the name alone where no catalogue has the sentence."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(language, sep="-").get_language_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    said = translator(language, shown=_as_is)(Message(text, {"language": name}))
    known = language.partition("-")[0] == "en" or said != text.format(language=name)
    return said if known else name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def _date(value: str, locale: str) -> str:
    from babel.dates import format_date

    day = date.fromisoformat(value)
    text = str(format_date(day, "long", locale=locale))
    return text.replace("1 ", "1er ", 1) if day.day == 1 and locale.startswith("fr") else text


@lru_cache(maxsize=4096)
def _pattern(value: str, locale: str, pattern: str) -> str:
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(value), pattern, locale=locale))


@lru_cache(maxsize=1024)
def _time(value: str, locale: str) -> str:
    from babel.dates import format_time

    return str(format_time(time.fromisoformat(value), "short", locale=locale))


@lru_cache(maxsize=4096)
def _amount(amount: str, currency: str, locale: str) -> str:
    """Cents are written only where there are some."""
    from babel.numbers import format_currency

    text = str(format_currency(amount, currency, locale=locale, decimal_quantization=False))
    return text.replace(",00", "").replace(".00", "") if amount.endswith(".00") or "." not in amount else text
