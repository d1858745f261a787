"""What a site says by itself in one language, as a country writes it: sentences, dates, prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from ..agenda.availability import LATER, UNCONFIRMED, Standing
from ..base.dates import (
    locale_of,
    written_dates,
    written_day,
    written_hour,
    written_moment,
    written_month_day,
    written_partial_day,
)
from ..base.messages import Message, Translator, _, translator
from ..base.positions import Value
from ..decisions.tally.shapes import read_as
from ..decisions.types import Result
from ..decisions.wording.elections import GRADES
from ..decisions.wording.outcomes import (
    RESULTS,
    STATUSES,
    describe_number,
    rows_of_result,
)
from ..records.dialect import labels
from ..records.dialect.shared import Schema, field_at
from ..records.dialect.words import x_money

AVAILABILITY = {
    UNCONFIRMED: _("Availability to be confirmed"),
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
"""A price, by what it says of the tax."""
SUMS = {
    "": Message("{amount}"),
    "excluded": _("{amount}, excl. VAT"),
    "included": _("{amount}, incl. VAT"),
    "none": _("{amount}, no VAT"),
}
"""A price that names no unit."""
OTHER_PAGE = _("This page in {language}").text
OTHER_SITE = _("This site in {language}").text


@dataclass(frozen=True)
class Words:
    """What a site says by itself in one language; plain text, not escaped.

    Attributes:
        language: as the co-op writes it, such as `fr`.
        usage: the language as the co-op's country uses it, such as `fr_CA`.
    """

    language: str
    usage: str

    @cached_property
    def say(self) -> Translator:
        """Say a sentence; a date or an instant among its values as this language writes it."""
        return translator(self.usage, shown=lambda value: written_dates(str(value), self.usage))

    def say_plural(self, text: str, plural: str, count: int, **values: Value) -> str:
        """Say a sentence that depends on a number."""
        return self.say(Message(text, {"count": count, **values}, plural))

    def language_name(self, code: str, *, inside: bool = False) -> str:
        """The name that this language gives to a language, as it begins a line; as it stands
        `inside` a sentence.
        """
        from babel import Locale

        name = str(Locale.parse(self.locale).languages.get(code, code))
        return name if inside else name.capitalize()

    def country_name(self, code: str) -> str:
        """The name that this language gives to a country."""
        from babel import Locale

        return str(Locale.parse(self.locale).territories.get(code, code))

    def availability(self, standing: Standing) -> str:
        """How available a member is on the day of the site."""
        state = self.say(AVAILABILITY[standing.state if standing.now == LATER else standing.now])
        if standing.since:
            return self.say(_("{state} from {date}", state=state, date=standing.since))
        if standing.until:
            return self.say(_("{state} until {date}", state=state, date=standing.until))
        return state

    def action_status(self, status: str) -> str:
        """How far an action of a meeting is."""
        return self.say(ACTIONS[status])

    def proposal_status(self, status: str) -> str:
        """What has become of a proposal so far."""
        return self.say(STATUSES[status])

    def outcome(self, result: str) -> str:
        """What came of a vote."""
        return self.say(RESULTS[result])

    def rows_of_result(self, result: dict[str, Value]) -> list[tuple[str, str]]:
        """What a result says of quorum and majority: what was asked for, and what was reached."""
        rows = rows_of_result(read_as(Result, result))
        return [(self.say(title), self.say(words)) for title, words in rows]

    def grade(self, name: str) -> str:
        """A grade of majority judgment."""
        return self.say(GRADES[name])

    def exact(self, number: str) -> str:
        """An exact number such as 15/2, with two decimals at most and never more than it is; what
        is no number as it is written.
        """
        from babel.numbers import format_decimal

        value = _read_exact(number)
        if value is None:
            return number
        cut = Decimal(value * 100 // 1) / 100
        return str(format_decimal(cut, locale=self.locale))

    def part_of(self, number: str, total: int) -> int:
        """How many of a thousand of a total a number is, for a bar."""
        value = _read_exact(number)
        return min(1000, int(value * 1000 / total)) if value is not None and total else 0

    def decision_number(self, number: int | None) -> str:
        """A decision by its number; empty for one that has none."""
        return self.say(describe_number(number))

    def date(self, value: str) -> str:
        """An ISO date as this language writes it."""
        return written_day(value, self.usage)

    def partial_date(self, value: str) -> str:
        """An ISO date, or the month or the year alone where no more is known."""
        return written_partial_day(value, self.usage)

    def size(self, count: int) -> str:
        """How much a file holds: kilobytes, or megabytes with one decimal."""
        from babel.units import format_unit

        unit, number = (
            ("megabyte", round(count / 1_000_000, 1))
            if count >= 1_000_000
            else ("kilobyte", max(1, round(count / 1000)))
        )
        return str(format_unit(number, unit, length="short", locale=self.locale))

    def period(self, start: str | None, end: str | None) -> str:
        """From when to when, as far as it is known: since 2022; March 2019 – June 2023; until
        2020. Of a month or a year French says it in other words than of a day.
        """
        first, last = (self.partial_date(value) if value else "" for value in (start, end))
        if first and last:
            return first if first == last else f"{first} – {last}"
        if start:
            whole = _is_day(start)
            return self.say(
                _("since {date}", date=first) if whole else _("since {month}", month=first)
            )
        if end:
            whole = _is_day(end)
            return self.say(
                _("until {date}", date=last) if whole else _("until {month}", month=last)
            )
        return ""

    def long_date(self, value: str) -> str:
        """An ISO date with the day of the week."""
        return written_day(value, self.usage, "full")

    def weekday(self, value: str) -> str:
        """The short day of the week of an ISO date."""
        return written_day(value, self.usage, "EEE")

    def month(self, value: str) -> str:
        """The short month of an ISO date."""
        return written_day(value, self.usage, "MMM")

    def month_day(self, value: str) -> str:
        """A day of every year, such as `07-15`; anything else stays as it is."""
        return written_month_day(value, self.usage)

    def moment(self, value: str) -> str:
        """An instant as this language writes it, in the zone that it was written in."""
        return written_moment(value, self.usage)

    def hours(self, start: str, end: str | None) -> str:
        """A span of time within a day."""
        return " – ".join(written_hour(value, self.usage) for value in (start, end) if value)

    def season(self, season: dict[str, Value], part: Schema) -> str:
        """A time of every year, and how available somebody is then; `part` is its schema."""
        return self.say(
            _(
                "From {start} to {end}: {state}",
                start=self.month_day(season["from"]),
                end=self.month_day(season["until"]),
                state=_lower_first(self.say(_choice(part, "state", season["state"]))),
            )
        )

    def price(self, price: Value, part: Schema) -> str:
        """A sum of money: an amount of its field's currency; or an amount or a range with its
        currency, and perhaps its unit and what it says of the tax.

        Args:
            price: the sum; of none, or one without amount or currency, nothing is said.
            part: its schema (`x-money`).
        """
        currency = x_money.of(part)
        if not price:
            return ""
        if not isinstance(price, dict):
            return self._amount_range(str(currency), [price])
        amounts = [price[key] for key in ("amount", "to") if key in price]
        if not amounts or not price.get("currency"):
            return ""
        words, values = PRICES, {"amount": self._amount_range(price["currency"], amounts)}
        if "unit" in price:
            values["unit"] = _lower_first(self.say(_choice(part, "unit", price["unit"])))
        else:
            words = SUMS
        return self.say(Message(words.get(price.get("tax", ""), words[""]).text, values))

    def _amount_range(self, currency: str, amounts: list[str]) -> str:
        """One amount or two; where the currency stands behind, it is written once."""
        last = _format_amount(amounts[-1], currency, self.locale)
        if len(amounts) == 1:
            return last
        first = _format_amount(amounts[0], currency, self.locale, trailing_currency=False)
        return self.say(_("{low} to {high}", low=first, high=last))

    @cached_property
    def locale(self) -> str:
        """The CLDR locale that numbers and names follow.

        It is the language as the co-op's country uses it where it is one of its official ones, else
        the language as the world uses it: the English of 21 November 2026 and €1,200.
        """
        return locale_of(self.usage)


def _choice(part: Schema, field: str, choice: str) -> Message:
    """What a choice of a field below another one is called."""
    return labels.choice_of(field_at(part, (field,)) or {}, choice)


def _lower_first(word: str) -> str:
    """A word as it is written inside a sentence."""
    return word[:1].lower() + word[1:]


@lru_cache
def in_own_language(language: str, text: str) -> str:
    """A sentence with the name of a language, both in that language.

    It is the name alone if no catalogue has the sentence in that language.
    """
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    sentence = translator(language, shown=str)(Message(text, {"language": name}))
    known = language.partition("-")[0] == "en" or sentence != text.format(language=name)
    return sentence if known else name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def _format_amount(
    amount: str, currency: str, locale: str, *, trailing_currency: bool = True
) -> str:
    """An amount with its currency; cents only if there are some.

    Without `trailing_currency`, a currency that the locale writes behind the amount is left out.
    """
    from babel import Locale
    from babel.numbers import format_currency

    pattern = Locale.parse(locale).currency_formats["standard"].pattern.partition(";")[0]
    if amount.endswith(".00") or "." not in amount:
        pattern = pattern.replace(".00", "")
    if not trailing_currency and pattern.endswith("¤"):
        pattern = pattern.removesuffix("¤").rstrip()
    return str(
        format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False)
    )


def _read_exact(number: str | int) -> Fraction | None:
    try:
        return Fraction(number)
    except ValueError:
        return None


def _is_day(value: str) -> bool:
    """Whether a partial date is a whole one."""
    return value.count("-") == 2
