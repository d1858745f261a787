"""Words of one language: sentences of the catalogue, dates, prices, names of languages, as a country writes them."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from ..base.dates import (
    locale_of,
    written_dates,
    written_day,
    written_hour,
    written_moment,
    written_month_day,
)
from ..base.messages import Message, Translator, _, in_words, translator
from ..base.positions import Value
from ..decisions.wording.outcomes import RESULTS, STATUSES, measured, numbered, of_nobody

AVAILABILITY = {
    "available": _("Available"),
    "limited": _("Limited availability"),
    "full": _("Fully booked"),
    "away": _("Not available for now"),
}

ACTIONS = {"open": _("To be done"), "done": _("Carried out"), "dropped": _("Given up")}

PRICES = {
    "": _("{amount} per {unit}"),
    "excluded": _("{amount} per {unit}, excl. VAT"),
    "included": _("{amount} per {unit}, incl. VAT"),
    "none": _("{amount} per {unit}, no VAT"),
}
"""How a price is said, by what it says of the tax."""


class Words:
    """What a site says in its language, as the co-op's country uses it: `usage` is such as fr_CA."""

    language: str

    @property
    def usage(self) -> str:
        raise NotImplementedError

    @cached_property
    def say(self) -> Translator:
        """Says a sentence; a date or an instant among its values as this language writes it."""
        return translator(self.usage, shown=lambda value: written_dates(str(value), self.usage))

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
        return self.say(in_words(value))

    def availability(self, state: str) -> str:
        """How a member's availability is said where it stands alone."""
        return self.say(AVAILABILITY.get(state) or Message(state))

    def action(self, status: str) -> str:
        """How far an action of a meeting is."""
        return self.say(ACTIONS.get(status) or in_words(status))

    def date(self, value: str) -> str:
        """A date as this language writes it."""
        return written_day(value, self.usage)

    def moment(self, value: str) -> str:
        """An instant as this language writes it, in the zone that it was written in."""
        return written_moment(value, self.usage)

    def measured(self, value: dict[str, Value], result: dict[str, Value]) -> str:
        """A quorum or a majority of a result, in words."""
        return self.say(measured(value, of_nobody(value, result)))

    def status(self, status: str) -> str:
        """What a proposal is, in words."""
        return self.say(STATUSES[status])

    def verdict(self, result: str) -> str:
        """What came of a vote, in words."""
        return self.say(RESULTS[result])

    def numbered(self, number: int | None) -> str:
        """A decision by its number; nothing for one that has none."""
        return self.say(numbered(number))

    def long_date(self, value: str) -> str:
        """A date with the day of the week."""
        return written_day(value, self.usage, "full")

    def weekday(self, value: str) -> str:
        """The short day of the week of a date."""
        return written_day(value, self.usage, "EEE")

    def month(self, value: str) -> str:
        """The short month of a date."""
        return written_day(value, self.usage, "MMM")

    def hours(self, start: str, end: str | None) -> str:
        """From when to when, as this language writes times."""
        return " – ".join(written_hour(value, self.usage) for value in (start, end) if value)

    def month_day(self, value: str) -> str:
        """A day that comes back every year, such as 07-15, as this language writes it; what is no day stays as it is."""
        return written_month_day(value, self.usage)

    def season(self, season: dict[str, Value]) -> str:
        """A time that comes back every year, and how available somebody is then."""
        days = {"start": self.month_day(season["from"]), "end": self.month_day(season["until"])}
        return self.say(
            _(
                "From {start} to {end}: {state}",
                state=self._inside(self.word(season["state"])),
                **days,
            )
        )

    def price(self, price: dict[str, Value]) -> str:
        """An amount or a range, with its currency, its unit and what is said of the tax."""
        amount = self._amounts(
            price["currency"], [price[key] for key in ("amount", "to") if key in price]
        )
        return self.say(
            Message(
                PRICES.get(price.get("tax", ""), PRICES[""]).text,
                {"amount": amount, "unit": self._inside(self.word(price["unit"]))},
            )
        )

    def _amounts(self, currency: str, amounts: list[str]) -> str:
        """One amount or two; where the currency stands behind, it is written once."""
        written = [_amount(amount, currency, self.locale) for amount in amounts]
        if len(written) == 1:
            return written[0]
        low = _amount(amounts[0], currency, self.locale, once=True)
        return self.say(_("{low} to {high}", low=low, high=written[1]))

    def _inside(self, word: str) -> str:
        """A word as it is written inside a sentence."""
        return word[:1].lower() + word[1:]

    @cached_property
    def locale(self) -> str:
        """The language as the co-op's country uses it, where it is one of its official ones; else the language as the world uses it, such as
        the English of 21 November 2026 and €1,200, as far as Unicode's CLDR knows it."""
        return locale_of(self.usage)

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
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    said = translator(language, shown=str)(Message(text, {"language": name}))
    known = language.partition("-")[0] == "en" or said != text.format(language=name)
    return said if known else name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def _amount(amount: str, currency: str, locale: str, *, once: bool = False) -> str:
    """Cents are written only where there are some; `once`: without the currency where the locale writes it behind."""
    from babel import Locale
    from babel.numbers import format_currency

    pattern = Locale.parse(locale).currency_formats["standard"].pattern.partition(";")[0]
    if amount.endswith(".00") or "." not in amount:
        pattern = pattern.replace(".00", "")
    if once and pattern.endswith("¤"):
        pattern = pattern.removesuffix("¤").rstrip()
    return str(
        format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)
    )
