"""What somebody writes becomes what a file has, and nothing is guessed."""

from __future__ import annotations

from typing import Any

import pytest
from coopbook.editing.answers import as_written, currency_of
from coopbook.records.dialect.words.x_date import HOUR

DAY: dict[str, Any] = {"type": "string", "format": "date"}
MONTH: dict[str, Any] = {"type": "string", "format": "partial-date"}
TIME: dict[str, Any] = {"type": "string", "pattern": HOUR}
SUM: dict[str, Any] = {"type": "string", "format": "amount"}
TEXT: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    ("answer", "part", "written"),
    [
        ("2027-02-05", DAY, "2027-02-05"),
        ("5/2/2027", DAY, "2027-02-05"),
        ("05.02.2027", DAY, "2027-02-05"),
        ("31/2/2027", DAY, "31/2/2027"),
        ("5/2/27", DAY, "5/2/27"),
        ("le 1er mars 2027", DAY, "2027-03-01"),
        ("March 3, 2027", DAY, "2027-03-03"),
        ("31 février 2027", DAY, "31 février 2027"),
        ("mars 2027", DAY, "mars 2027"),
        ("mars 2027", MONTH, "2027-03"),
        ("déc. 2027", MONTH, "2027-12"),
        ("3/2027", MONTH, "2027-03"),
        ("13/2027", MONTH, "13/2027"),
        ("été 2027", MONTH, "été 2027"),
        ("18:30", TIME, "18:30"),
        ("18h30", TIME, "18:30"),
        ("9 h", TIME, "09:00"),
        ("18 h 30", TIME, "18:30"),
        ("6:30 pm", TIME, "18:30"),
        ("12 am", TIME, "00:00"),
        ("12:15 pm", TIME, "12:15"),
        ("13 pm", TIME, "13 pm"),
        ("18", TIME, "18"),
        ("450", SUM, "450"),
        ("450,5", SUM, "450.50"),
        ("1 450,5 €", SUM, "1450.50"),
        ("€1,450.50", SUM, "1450.50"),
        ("1.450", SUM, "1450"),
        ("1’450.00", SUM, "1450.00"),
        ("CHF 80", SUM, "80"),
        ("80 à 100", SUM, "80 à 100"),
        ("-5", SUM, "-5"),
        ("5/2/2027", TEXT, "5/2/2027"),
        ("18h30", TEXT, "18h30"),
    ],
)
def test_an_answer_is_written_as_files_have_it(
    answer: str, part: dict[str, Any], written: str
) -> None:
    assert as_written(answer, part) == written


def test_the_month_stands_first_where_it_is_written_so() -> None:
    assert as_written("5/2/2027", DAY, month_first=True) == "2027-05-02"


@pytest.mark.parametrize(("country", "currency"), [("FR", "EUR"), ("CA", "CAD"), ("", "")])
def test_a_country_has_its_currency(country: str, currency: str) -> None:
    assert currency_of(country) == currency
