"""What day it is: where the co-op is, not where the computer is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from coopbook.records.opening import instant_on, today_of

COOP = "format: 2\nname: Les Essais\nlanguages: [fr]\ncountry: FR\nrepository: private\n"
LATE = datetime(2026, 11, 30, 21, 0, tzinfo=UTC)
DAYS = {
    "timezone: Pacific/Noumea\n": date(2026, 12, 1),
    "timezone: America/Montreal\n": date(2026, 11, 30),
    "timezone: UTC\n": date(2026, 11, 30),
}


@pytest.mark.parametrize("zone", DAYS)
def test_it_is_the_day_of_the_co_op(coop: Callable[..., Path], zone: str) -> None:
    assert today_of(coop({"coop.yml": COOP + zone}), LATE) == DAYS[zone]


@pytest.mark.parametrize(
    "zone", ["", "timezone: Mars/Olympus\n", "timezone: localtime\n", "a: [\n"]
)
def test_without_a_zone_it_is_the_computers(coop: Callable[..., Path], zone: str) -> None:
    assert today_of(coop({"coop.yml": COOP + zone}), LATE) == LATE.astimezone().date()


@pytest.mark.parametrize("zone", DAYS)
def test_the_day_of_the_co_op_stands_for_now(coop: Callable[..., Path], zone: str) -> None:
    """A runner far away would take tomorrow's end for now, and close a vote a day too early."""
    assert instant_on(coop({"coop.yml": COOP + zone}), DAYS[zone], LATE) == LATE


def test_another_day_stands_for_its_end_there(coop: Callable[..., Path]) -> None:
    root = coop({"coop.yml": COOP + "timezone: Pacific/Noumea\n"})
    end = instant_on(root, date(2026, 11, 30), LATE).astimezone(UTC)
    assert (end.date(), end.hour, end.minute) == (date(2026, 11, 30), 12, 59)


def test_a_folder_without_a_co_op_is_no_reason_to_stop(tmp_path: Path) -> None:
    assert today_of(tmp_path, LATE) == LATE.astimezone().date()
