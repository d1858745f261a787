"""Presets are rules that pass every check, and say of each line where it was read or that nobody has checked it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import TODAY
from coopbook import rules
from coopbook.load import load
from coopbook.messages import translator
from coopbook.presets import names, preset
from coopbook.writing import as_yaml

BASES = {"quebec-cooperative", "scic", "scop-sa", "scop-sarl", "scop-sas", "sociocratic", "worker-coop-na"}
MADE = [(base,) for base in sorted(BASES)] + [(base, "cae") for base in ("scic", "scop-sa", "scop-sarl", "scop-sas")]


def test_the_presets() -> None:
    assert set(names()) == BASES
    assert names(overlays=True) == ["cae"]


@pytest.mark.parametrize("made", MADE, ids="+".join)
def test_a_preset_passes_every_check_and_its_examples_come_true(coop: Callable[..., Path], made: tuple[str, ...]) -> None:
    root = coop({"decisions/rules.yml": as_yaml(preset(*made).rules)})
    assert [translator("en")(item.message) for item in rules.check(load(root, TODAY))] == []


@pytest.mark.parametrize("made", MADE, ids="+".join)
def test_each_line_says_its_source_or_that_it_is_not_checked(made: tuple[str, ...]) -> None:
    assert list(preset(*made).unsourced()) == []


def test_sources_and_reforms() -> None:
    sarl = preset("scop-sarl")
    assert sarl.source("categories", "bylaws", "quorum", "fraction") == "24eme SCOP statutes"
    assert sarl.source("categories", "bylaws", "threshold") is None
    assert preset("quebec-cooperative").before == "the 2026 reform"
    assert sarl.before == ""


def test_an_overlay_takes_away_what_it_leaves_empty() -> None:
    assert "second" in preset("scop-sarl").rules["categories"]["ordinary"]
    laid = preset("scop-sarl", "cae")
    assert "second" not in laid.rules["categories"]["ordinary"]
    assert laid.source("categories", "ordinary", "quorum") == "Cabestan CAE"


@pytest.mark.parametrize("name", ["scop", "../rules/governance", "common/x"])
def test_what_is_no_preset(name: str) -> None:
    with pytest.raises(KeyError):
        preset(name)
