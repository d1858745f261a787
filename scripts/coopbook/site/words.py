"""Words of one language: sentences of the catalogue, dates, prices, names of languages, as a country writes them."""

from __future__ import annotations

from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from ..messages import Message, Translator, _, in_words, translator
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
    """What a site says in its language; `country` gives the usage, such as fr_CA's."""

    language: str

    @property
    def country(self) -> str:
        raise NotImplementedError

    @cached_property
    def say(self) -> Translator:
        return translator(self.language, shown=_as_is)

    def say_text(self, text: str) -> str:
        """One of our own English words, such as a field's title, in this language."""
        return self.say(Message(str(text)))

    def language_name(self, code: str) -> str:
        """A language as this language calls it."""
        from babel import Locale

        return str(Locale.parse(self.locale).languages.get(code, code)).capitalize()

    def word(self, value: str) -> str:
        """One of a schema's own choices as people read it, such as half-day."""
        return self.say(in_words(value))

    def availability(self, state: str) -> str:
        """How a member's availability is said where it stands alone."""
        return self.say(AVAILABILITY.get(state) or Message(state))

    def date(self, value: str) -> str:
        """A date as this language writes it."""
        return _date(value, self.locale)

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

        language, _dash, region = self.language.partition("-")
        for name in (f"{language}_{region or self.country}", language):
            try:
                return str(Locale.parse(name))
            except (UnknownLocaleError, ValueError):
                continue
        return "en"

    def sentence(self, text: str, **values: Any) -> str:
        return self.say(Message(text, values))

    def plural(self, text: str, plural: str, count: int, **values: Any) -> str:
        return self.say(Message(text, {"count": count, **values}, plural))


@lru_cache(maxsize=4096)
def _date(value: str, locale: str) -> str:
    from babel.dates import format_date

    day = date.fromisoformat(value)
    text = str(format_date(day, "long", locale=locale))
    return text.replace("1 ", "1er ", 1) if day.day == 1 and locale.startswith("fr") else text


@lru_cache(maxsize=4096)
def _amount(amount: str, currency: str, locale: str) -> str:
    """Cents are written only where there are some."""
    from babel.numbers import format_currency

    text = str(format_currency(amount, currency, locale=locale, decimal_quantization=False))
    return text.replace(",00", "").replace(".00", "") if amount.endswith(".00") or "." not in amount else text
