"""One path for 20 members and for 35,000: what looks at every record is done a fixed number of
times, however many records there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook.records.addresses import Addresses
from coopbook.records.audience import AUDIENCES, Audience
from coopbook.records.index import Index
from coopbook.records.load import load
from support.coops import TODAY
from support.sites import write_site

MEMBER = """type: person
name: {{display: Ana {number}}}
trades: [photographe]
skills: [portrait]
office: nantes
headline: {{fr: Des portraits, en: Portraits}}
presence: present
listed: true
consents: [{{purpose: directory, given: 2026-03-01, how: form}}]
"""
COOP = (
    "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\noffices: "
    "{nantes: {name: {fr: Nantes}, city: Nantes, country: FR}}\n"
)
WHOLE = ((Index, "of"), (Addresses, "languages_of_list"))
"""What goes through all records of a kind."""


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_that_reads_all_records_is_done_for_each(
    coop: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audience: Audience
) -> None:
    made: list[Counter[str]] = []
    for owner, name in WHOLE:
        monkeypatch.setattr(owner, name, _counted(getattr(owner, name), name, made))
    for size in (4, 24):
        files = {
            f"members/ana-{number}.yml": MEMBER.format(number=number) for number in range(size)
        }
        root = coop({"coop.yml": COOP, **files})
        made.append(Counter())
        write_site(load(root, TODAY), [], audience, tmp_path / f"{audience}-{size}")
    few, many = made
    assert set(few) == {name for _owner, name in WHOLE}
    assert many == few


def _counted(
    function: Callable[..., Any], name: str, made: list[Counter[str]]
) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        made[-1][name] += 1
        return function(*arguments, **named)

    return counted
