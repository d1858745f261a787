"""Legal forms, numbers and duties of notice by country: the data holds together, and what people
write is read.
"""

from __future__ import annotations

from itertools import product

import pytest
from coopbook.base.identifiers import SHAPES
from coopbook.decisions.presets import preset_names
from coopbook.records.legal import NONE, Law, law_of, regions_of

PLACES = [("FR", ""), ("BE", ""), ("CH", ""), ("LU", ""), ("CA", "QC"), ("CA", "ON"), ("CA", "BC")]
EVERY = [law_of(*place) for place in [*PLACES, ("DE", "")]]


@pytest.mark.parametrize("law", EVERY, ids=lambda law: law.country + law.region)
def test_the_data_hold_together(law: Law) -> None:
    bases, overlays = preset_names(), preset_names(overlays=True)
    assert {"none", "other"} <= {form.code for form in law.forms}
    for form in law.forms:
        assert law.find_form(form.code) == form
        assert law.needs(form.code)[:1] in [("name",), ()]
        assert form.rules in ["", *bases]
        assert set(form.overlays) <= set(overlays)
    assert {one.shape for one in law.identifiers.values()} <= set(SHAPES)
    for duty in law.notice.values():
        assert duty.source or not duty.checked, "compared with nothing"


@pytest.mark.parametrize(
    ("place", "words", "code"),
    [
        (("FR", ""), "SCOP SARL", "scop-sarl"),
        (("FR", ""), "SCOP SARL à capital variable", "scop-sarl"),
        (("FR", ""), "Association loi de 1901", "association"),
        (("FR", ""), "Service de l'État", "state-service"),
        (("FR", ""), "Société coopérative", "cooperative"),
        (("BE", ""), "SC agréée", "sc-agreee"),
        (("BE", ""), "SC", "sc"),
        (("BE", ""), "association de fait", "none"),
        (("CA", "QC"), "Coopérative de solidarité", "cooperative-de-solidarite"),
        (("CA", "ON"), "Worker co-op", "worker-cooperative"),
        (("FR", ""), "none", "none"),
    ],
)
def test_a_form_is_found_by_what_people_call_it(
    place: tuple[str, str], words: str, code: str
) -> None:
    form = law_of(*place).find_form(words)
    assert form is not None
    assert form.code == code


def test_words_that_name_no_form_are_none_of_them() -> None:
    assert law_of("FR").find_form("Tontine") is None
    assert law_of("FR").find_form("autre forme, none of these") is None
    assert law_of("FR").needs("Tontine") == law_of("FR").needs("other")


@pytest.mark.parametrize(
    ("place", "field", "written", "canonical", "shown"),
    [
        (("BE", ""), "bce", "0123.456.749", "0123456749", "0123.456.749"),
        (("BE", ""), "bce", "123 456 749", "0123456749", "0123.456.749"),
        (("BE", ""), "vat", "TVA BE 0123.456.749", "BE0123456749", "BE 0123.456.749"),
        (("FR", ""), "siret", "732 829 320 00074", "73282932000074", "732 829 320 00074"),
        (("FR", ""), "siren", "732829320", "732829320", "732 829 320"),
        (("FR", ""), "vat", "40 303 265 045", "FR40303265045", "FR40303265045"),
        (("FR", ""), "rna", "w123456789", "W123456789", "W123456789"),
        (("FR", ""), "register", " Rennes  732 829 320 ", *["Rennes 732 829 320"] * 2),
        (("CH", ""), "ide", "CHE-100.155.212", "CHE100155212", "CHE-100.155.212"),
        (("CH", ""), "vat", "CHE-100.155.212 TVA", "CHE100155212TVA", "CHE-100.155.212 TVA"),
        (("LU", ""), "register", "B 123 456", "B123456", "B123456"),
        (("LU", ""), "vat", "LU 150 274 42", "LU15027442", "LU15027442"),
        (("CA", "QC"), "neq", "1140 0000 12", "1140000012", "1140000012"),
        (("CA", "QC"), "vat", "12302 6635 RC 0001", "123026635RC0001", "123026635RC0001"),
        (("CA", "ON"), "corporation", "1234567", "1234567", "1234567"),
    ],
)
def test_numbers_are_taken_as_people_write_them(
    place: tuple[str, str], field: str, written: str, canonical: str, shown: str
) -> None:
    number = law_of(*place).identifiers[field]
    assert number.canonical(written) == canonical
    assert number.canonical(canonical) == canonical
    assert number.show(written) == shown


@pytest.mark.parametrize(
    ("place", "field", "written"),
    [
        (("BE", ""), "bce", "0123.456.748"),
        (("BE", ""), "bce", "BE"),
        (("FR", ""), "siret", "732 829 320 00075"),
        (("FR", ""), "siren", "٧٣٢٨٢٩٣٢٠"),
        (("FR", ""), "vat", "DE136695976"),
        (("CH", ""), "ide", "CHE-100.155.213"),
        (("CA", "QC"), "neq", "114000001"),
        (("LU", ""), "register", "123456"),
    ],
)
def test_what_cannot_be_such_a_number_is_refused(
    place: tuple[str, str], field: str, written: str
) -> None:
    assert law_of(*place).identifiers[field].canonical(written) is None
    assert law_of(*place).identifiers[field].show(written) == written


def test_none_is_a_word_for_every_number() -> None:
    assert all(
        one.canonical(word) == NONE
        for law, word in product(EVERY, ["none", " None "])
        for one in law.identifiers.values()
    )


def test_a_region_has_its_own_law_and_others_that_of_the_country() -> None:
    assert regions_of("CA") == ("QC", "ON")
    assert regions_of("FR") == ()
    assert "neq" in law_of("CA", "QC").identifiers
    assert "neq" not in law_of("CA", "BC").identifiers
    assert law_of("FR", "BRE") == law_of("FR")
