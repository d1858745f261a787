"""A release is a version, its part of the changelog and a tag: they say the same."""

from __future__ import annotations

import pytest
import release
from coopbook.base.version import __version__
from packaging.version import Version
from support.coops import TOP
from support.git import git

BEFORE = "# Changelog\n\nWhat changes.\n\n## Unreleased\n\n- New.\n- Newer.\n"
LATER = "99.0.0"


def test_what_is_unreleased_becomes_the_release() -> None:
    changelog, notes = release.cut(BEFORE, LATER, "2027-01-02")
    assert notes == "- New.\n- Newer."
    assert changelog == (
        "# Changelog\n\nWhat changes.\n\n## Unreleased\n\n"
        "## 99.0.0 · 2027-01-02\n\n- New.\n- Newer.\n"
    )
    assert release.releases(changelog) == [(LATER, "2027-01-02")]


def test_releases_of_before_stay() -> None:
    once, _notes = release.cut(BEFORE, LATER, "2027-01-02")
    more = once.replace("## Unreleased\n\n", "## Unreleased\n\n- Newest.\n\n")
    twice, notes = release.cut(more, "99.1.0", "2027-02-03")
    assert notes == "- Newest."
    assert [version for version, _day in release.releases(twice)] == ["99.1.0", LATER]
    assert twice.endswith("\n## 99.0.0 · 2027-01-02\n\n- New.\n- Newer.\n")


@pytest.mark.parametrize("version", ["", "x", __version__, "0.0.1", "99.0", "99.0.0rc1", "v99.0.0"])
def test_a_version_that_comes_after_no_other_is_refused(version: str) -> None:
    with pytest.raises(release.NotReady, match="comes after"):
        release.cut(BEFORE, version, "2027-01-02")


@pytest.mark.parametrize("text", ["# Changelog\n", "## Unreleased\n\n## 0.0.1 · 2026-01-01\n"])
def test_nothing_is_no_release(text: str) -> None:
    with pytest.raises(release.NotReady, match="nothing is unreleased"):
        release.cut(text, LATER, "2027-01-02")


def test_the_newest_release_is_the_version_of_the_program() -> None:
    found = release.releases((TOP / "CHANGELOG.md").read_text(encoding="utf-8"))
    versions = [Version(version) for version, _day in found]
    assert versions == sorted(versions, reverse=True)
    assert not found or found[0][0] == __version__
    tags = git(TOP, "tag", "--list", "v*").split()
    assert {*tags} <= {f"v{version}" for version, _day in found}
