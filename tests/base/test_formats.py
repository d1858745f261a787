"""Forms of values: what books hold today stays good, and ids made from words stay the same."""

from __future__ import annotations

import re
import unicodedata

import pytest
from coopbook.base import formats
from coopbook.base.formats import display_phone, is_email, is_phone, phone_link, slug
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

FRENCH = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    "àâäçéèêëîïôöùûüÿæœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒßøł"
    " '’·-–—_.,;:!?…/()«»“”\"&#%+*=@€$°§№²³½\u00a0\u202f\n"
)


def by_hand(text: str) -> str:
    """Ids as they were made before a library made them."""
    letters = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l"}
    table = str.maketrans(letters | dict.fromkeys("’·–—", " "))
    plain = unicodedata.normalize("NFKD", text.translate(table)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@given(st.text(FRENCH, max_size=30))
def test_ids_made_from_french_words_stay_the_same(text: str) -> None:
    assert slug(text) == by_hand(text)


@given(st.text(max_size=20))
def test_an_id_is_always_an_id(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("L'Œuvre d'Élise", "l-oeuvre-d-elise"),
        ("1 000 € & co.", "1-000-co"),
        ("Lot 1,5", "lot-1-5"),
        ("Đorđe Ивановић", "dorde-ivanovitsh"),
        ("№ 5 &amp; &#39;", "no-5-amp-39"),
    ],
)
def test_ids(text: str, id: str) -> None:
    assert slug(text) == id


@pytest.mark.parametrize(
    "text",
    [
        "a@b.co",
        "o'neil+coop@ex-ample.fr",
        "x@y.example",
        "a.b_c-d@sub.domain.coop",
        "A" * 64 + "@x.fr",
    ],
)
def test_email(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a@b",
        "a@b.c",
        "a@b.123",
        ".a@b.fr",
        "a..b@b.fr",
        "a@-b.fr",
        "a@b..fr",
        "a@ab--c.fr",
        "a@localhost.localhost",
        "a@b.invalid",
        "A" * 65 + "@x.fr",
        "a@" + "b" * 60 + (".c" * 100) + ".fr",
        "é@b.fr",
        "a@é.fr",
        "a%40b@b.fr",
        "a?subject=b@b.fr",
        "a&b@b.fr",
        '"a"@b.fr',
        "A <a@b.fr>",
        "a@[192.0.2.1]",
        "a@b.fr\n",
    ],
)
def test_no_email(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    ("text", "display", "link"),
    [
        ("+33240000000", "+33 2 40 00 00 00", "tel:+33240000000"),
        ("+33 2 00 00 00 00", "+33 2 00 00 00 00", "tel:+33200000000"),
        ("+33 6 39 98 01 15", "+33 6 39 98 01 15", "tel:+33639980115"),
        ("+33 02 61 91 00 10", "+33 2 61 91 00 10", "tel:+33261910010"),
        ("+1 514 555 0100", "+1 514-555-0100", "tel:+15145550100"),
        ("+32 2 555 12 12", "+32 2 555 12 12", "tel:+3225551212"),
        ("+41 22 555 01 01", "+41 22 555 01 01", "tel:+41225550101"),
    ],
)
def test_phone(text: str, display: str, link: str) -> None:
    assert is_phone(text)
    assert (display_phone(text), phone_link(text)) == (display, link)


@pytest.mark.parametrize(
    "text",
    [
        "02 40 00 00 00",
        "+33 2 40 00 00",
        "+33 2 40 00 00 00 00",
        "+1 555 0100",
        "+999 123 456 789",
        "+33-2-40-00-00-00",
        "+٣٣ 2 40 00 00 00",
        "+33 2 40 00 00 00 ext 5",
        "+",
        "",
    ],
)
def test_no_phone(text: str) -> None:
    assert not is_phone(text)


@given(st.from_regex(formats._USUAL_EMAIL, fullmatch=True))
def test_the_library_takes_the_usual_addresses(text: str) -> None:
    assert formats._EMAIL.fullmatch(text)
    validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)


@given(st.from_regex(formats._USUAL_PHONE, fullmatch=True))
def test_the_library_takes_the_usual_numbers(text: str) -> None:
    assert formats._parse_phone(text) is not None


@pytest.mark.parametrize("text", ["2022", "2022-03", "2022-03-14", "1500", "2024-02-29"])
def test_partial_date(text: str) -> None:
    assert formats.is_partial_date(text)


@pytest.mark.parametrize(
    "text", ["", "22", "2022-", "2022-13", "2022-02-30", "2022-03-14-01", "1022", "03-14", "2022\n"]
)
def test_no_partial_date(text: str) -> None:
    assert not formats.is_partial_date(text)
