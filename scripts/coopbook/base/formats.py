"""One checker for each `format` of the dialect; both validators are given the same ones.

Each takes a text and says whether it has the form; none looks anything up outside this machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .codes import codes

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_EMAIL = re.compile(r"[A-Za-z0-9_'+.-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]{2,63}")
"""The signs of an address that may stand in a `mailto:` link as they are."""

_USUAL_EMAIL = re.compile(
    r"[a-z0-9]{1,30}([._-][a-z0-9]{1,9}){0,3}"
    r"@([a-z0-9]{1,30}(-[a-z0-9]{1,9}){0,3}\.){1,3}([a-z]{2}|com|coop|example|net|org)"
)
_USUAL_PHONE = re.compile(r"\+(1[2-9][0-9]{9}|(33|41)[1-9][0-9]{8})")
"""What nearly every file holds. It is sound for the libraries too, and they need not be read for
it: the two cost more than all the rest of a small check.
"""

_HOST = re.compile(
    r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)

_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$", re.IGNORECASE)

FIRST_YEAR, LAST_YEAR = 1500, 2200
"""Beyond these, a year is a slip of the pen, and there are days that no calendar can reckon from.
"""

_BETWEEN_WORDS = str.maketrans(dict.fromkeys("’·–—,", " "))


def slug(text: str) -> str:
    """Write a text as ids are written: in small letters without accents, digits and hyphens.

    `L'Œuvre d'Élise` gives `l-oeuvre-d-elise`. Signs that are no letters are left out before
    python-slugify writes the rest in Latin letters: it would read “1 €” as “1 eur”.
    """
    from slugify import slugify

    plain = unicodedata.normalize("NFKD", text.translate(_BETWEEN_WORDS))
    letters = "".join(sign for sign in plain if sign.isascii() or sign.isalpha())
    return slugify(letters, entities=False, decimal=False, hexadecimal=False)


def is_kept_by_windows(path: str) -> bool:
    """Whether a step of a path is a name that Windows keeps for itself, whatever its ending: no
    file or folder can be called so there.

    Source: Microsoft's “Naming Files, Paths, and Namespaces”.
    """
    return any(_DEVICE.fullmatch(step.partition(".")[0].rstrip()) for step in path.split("/"))


def is_far(text: str) -> bool:
    """Whether a text begins with a year that is out of all bounds, as a date or an instant does."""
    return bool(re.match(r"[0-9]{4}-", text)) and not FIRST_YEAR <= int(text[:4]) <= LAST_YEAR


def is_date(text: str) -> bool:
    """A calendar date such as 2026-01-31 (RFC 3339, full-date)."""
    if is_far(text) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_partial_date(text: str) -> bool:
    """A date of which the day, or the day and the month, may not be known: 2022, 2022-03 or
    2022-03-14 (ISO 8601-2, level 0).
    """
    return bool(re.fullmatch(r"[0-9]{4}(-[0-9]{2})?(-[0-9]{2})?", text)) and is_date(
        f"{text}-01-01"[:10]
    )


def is_instant(text: str) -> bool:
    """A date and time with its zone such as 2026-01-31T18:00:00+01:00 (RFC 3339, date-time)."""
    if is_far(text) or not re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})", text
    ):
        return False
    try:
        offset = datetime.fromisoformat(text).utcoffset()
    except ValueError:
        return False
    # no place on earth lies further: the day that is written would not be the day that counts
    return offset is not None and timedelta(hours=-12) <= offset <= timedelta(hours=14)


def is_uri(text: str) -> bool:
    """An address on the web with a host's name, without spaces, user or password."""
    if not re.fullmatch(r"[!#-;=?-\[\]_a-z~\u00a1-\U0010ffff]+", text):
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 -- raises when it is no number
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and "@" not in parts.netloc
        and bool(_HOST.fullmatch(ascii_host(parts.hostname or "")))
    )


def ascii_host(host: str) -> str:
    """Write the name of a host as the network knows it: `xn--dtour-bsa.studio` for
    `détour.studio` (RFC 5891).

    Returns:
        The name; empty where it cannot be one, or holds letters of another alphabet, which look
        like Latin ones: such a name is written in its `xn--` form.
    """
    if host.isascii():
        return host
    import idna

    if any(
        not unicodedata.name(sign, "").startswith("LATIN") for sign in host if not sign.isascii()
    ):
        return ""
    try:
        return idna.encode(host).decode()
    except idna.IDNAError:
        return ""


def foreign_letter(text: str) -> str:
    """The first letter of an address's host that keeps it from being one; empty where none does."""
    host = re.match(r"[A-Za-z]+://([^/?#]*)", text)
    letters = host[1] if host and not _HOST.fullmatch(ascii_host(host[1])) else ""
    return next(
        (sign for sign in letters if not sign.isascii() and not ascii_host(f"{sign}.fr")), ""
    )


def is_email(text: str) -> bool:
    """An e-mail address in plain ASCII (RFC 5321) at a host that the internet could know.

    Nothing is looked up; signs that mean something in a `mailto:` link are refused.
    """
    if _USUAL_EMAIL.fullmatch(text):
        return True
    if not _EMAIL.fullmatch(text):
        return False
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return False
    return True


def is_country(text: str) -> bool:
    """An ISO 3166-1 code of two capital letters, from Unicode's CLDR."""
    return text in codes("countries")


def is_currency(text: str) -> bool:
    """An ISO 4217 code of three capital letters, from Unicode's CLDR."""
    return text in codes("currencies")


def is_language(text: str) -> bool:
    """A language such as fr or fr-CA, from Unicode's CLDR."""
    language, _, region = text.partition("-")
    return language in codes("languages") and (not region or is_country(region))


@lru_cache(maxsize=1)
def _time_zones() -> frozenset[str]:
    from zoneinfo import available_timezones

    # these two are whatever the computer says
    return frozenset(available_timezones() - {"localtime", "Factory"})


def is_time_zone(text: str) -> bool:
    """A time zone of the IANA's list such as Europe/Paris."""
    return text in _time_zones()


def is_phone(text: str) -> bool:
    """A number with its country code, of a length that the country's numbers have (ITU-T E.164).

    Whether the number is assigned is not asked: countries add ranges, and set some aside for
    examples.
    """
    if not re.fullmatch(r"\+[0-9][0-9 ]*[0-9]", text):
        return False
    return bool(_USUAL_PHONE.fullmatch(text.replace(" ", ""))) or _parse_phone(text) is not None


def _parse_phone(text: str) -> PhoneNumber | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return None
    reason = phonenumbers.is_possible_number_with_reason(number)
    return number if reason == phonenumbers.ValidationResult.IS_POSSIBLE else None


def national_phone(text: str, country: str) -> str:
    """A number as people write it in a country, with its country code; empty where it is none.

    `06 39 98 00 12` of France gives `+33 6 39 98 00 12`; a spreadsheet that took the number for a
    sum has cut off its first zero.
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE or number.extension:
        return ""
    if number.italian_leading_zero and not phonenumbers.is_valid_number(number):
        return ""  # a zero that is dialled inside the country alone, before too few digits
    form = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form).replace("-", " ")


def example_phone(country: str) -> str:
    """A number of a country, as people write it there; empty where none is known."""
    from phonenumbers import PhoneNumberFormat, example_number, format_number

    number = example_number(country) if country else None
    return format_number(number, PhoneNumberFormat.NATIONAL) if number else ""


def display_phone(text: str) -> str:
    """Group the digits of a phone number as its country does: `+33240000000`, +33 2 40 00 00 00."""
    from phonenumbers import PhoneNumberFormat, format_number

    number = _parse_phone(text)
    return format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else text


def phone_link(text: str) -> str:
    """Give the `tel:` link that dials a phone number (RFC 3966)."""
    from phonenumbers import PhoneNumberFormat, format_number

    number = _parse_phone(text)
    digits = format_number(number, PhoneNumberFormat.E164) if number else text.replace(" ", "")
    return f"tel:{digits}"


def is_siret(text: str) -> bool:
    from stdnum.fr import siret

    return bool(siret.is_valid(text)) and text.isdigit()


def is_siren(text: str) -> bool:
    from stdnum.fr import siren

    return bool(siren.is_valid(text)) and text.isdigit()


def is_bce(text: str) -> bool:
    from stdnum.be import vat

    return bool(vat.is_valid(text)) and text.isdigit()


def is_ide(text: str) -> bool:
    """A business number of Switzerland, without points."""
    from stdnum.ch import uid

    return bool(re.fullmatch("CHE[0-9]{9}", text)) and bool(uid.is_valid(text))


def is_business_number(text: str) -> bool:
    """A business number of Canada, with or without its account."""
    from stdnum.ca import bn

    return text.isascii() and " " not in text and bool(bn.is_valid(text))


def is_vat(text: str) -> bool:
    """A VAT number of the European Union, or a Québec or Canadian business number, without
    spaces.
    """
    from stdnum.eu import vat

    return " " not in text and (bool(vat.is_valid(text)) or is_business_number(text))


def is_fraction(text: str) -> bool:
    """A share such as 2/3, of one at most and above nothing."""
    if not re.fullmatch(r"[1-9][0-9]{0,3}/[1-9][0-9]{0,3}", text):
        return False
    above, _slash, below = text.partition("/")
    return int(above) <= int(below)


def as_fraction(text: str) -> str:
    """The simple fraction that somebody meant by a decimal or a percentage such as 66.67, 0.5 or 75
    %; empty where there is none.
    """
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]([0-9]{1,9}))?( ?%)?", text.strip())
    if not found:
        return ""
    value = Fraction(f"{found[1]}.{found[2] or 0}")
    share = (value / 100 if value > 1 or found[3] else value).limit_denominator(20)
    return f"{share.numerator}/{share.denominator}" if 0 < share <= 1 else ""


def matches(pattern: str) -> Callable[[str], bool]:
    whole = re.compile(pattern)
    return lambda text: bool(whole.fullmatch(text))


FORMATS: dict[str, Callable[[str], bool]] = {
    "date": is_date,
    "date-time": is_instant,
    "partial-date": is_partial_date,
    "uri": is_uri,
    "email-address": is_email,
    "phone": is_phone,
    "amount": matches(r"[0-9]{1,7}([.][0-9]{2})?"),
    "slug": matches(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "language": is_language,
    "country": is_country,
    "currency": is_currency,
    "time-zone": is_time_zone,
    "postcode": matches(r"[A-Z0-9][A-Z0-9 -]{1,9}"),
    "siret": is_siret,
    "siren": is_siren,
    "vat": is_vat,
    "bce": is_bce,
    "neq": matches(r"[0-9]{10}"),
    "rna": matches(r"W[0-9]{9}"),
    "ide": is_ide,
    "bn": is_business_number,
    "fraction": is_fraction,
    "path": matches(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_.-]+)*"),
}
