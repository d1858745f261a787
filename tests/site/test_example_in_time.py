"""The example co-op holds a coming assembly, and stays sound when its day is past."""

from __future__ import annotations

from datetime import date

import pytest
from coopbook.checks import check
from coopbook.decisions.assembly_days import coming_assemblies
from coopbook.decisions.types import Minutes
from coopbook.records.load import load
from support.coops import TODAY, TOP

ASSEMBLY = "assemblee-generale-2027-06-17"


def test_visitors_see_an_assembly_that_is_to_come() -> None:
    coming = coming_assemblies(load(TOP, TODAY).index)
    assert [entry.id for entry in coming] == [ASSEMBLY]
    minutes = Minutes.of(coming[0])
    assert minutes.place


@pytest.mark.parametrize("day", ["2027-06-17", "2027-06-18", "2040-01-01"])
def test_the_example_is_sound_on_any_later_day(day: str) -> None:
    found = check(load(TOP, date.fromisoformat(day)))
    assert [one for one in found if one.severity == "error"] == []
    told = [one for one in found if ASSEMBLY in str(one.file)]
    assert told == []
