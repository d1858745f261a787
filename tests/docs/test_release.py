"""A release is a version, its part of the changelog and a tag: they say the same."""

from __future__ import annotations

from pathlib import Path

import pytest
import release
from coopbook.base.version import __version__
from packaging.version import Version
from support.coops import TOP
from support.git import IDENTITY, git

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


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own with what a release touches."""
    top = tmp_path / "tool"
    files = {"CHANGELOG.md": BEFORE, "version.py": f'__version__ = "{__version__}"\n'}
    top.mkdir()
    for name, text in files.items():
        (top / name).write_text(text)
    git(tmp_path, "init", "-q", "-b", "main", "tool")
    git(top, "add", "-A")
    git(top, "commit", "-qm", "All there is")
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(release, "TOP", top)
    monkeypatch.setattr(release, "CHANGELOG", top / "CHANGELOG.md")
    monkeypatch.setattr(release, "VERSION", top / "version.py")
    return top


def released(top: Path) -> bool:
    assert git(top, "status", "--porcelain") == ""
    assert f'"{LATER}"' in (top / "version.py").read_text()
    assert git(top, "log", "-1", "--format=%s") == f"Release {LATER}"
    assert git(top, "rev-parse", f"v{LATER}^{{commit}}") == git(top, "rev-parse", "HEAD")
    return git(top, "tag", "-l", "--format=%(contents)", f"v{LATER}").strip() == "- New.\n- Newer."


def test_a_release_is_a_commit_and_a_tag(repository: Path) -> None:
    release.release(LATER)
    assert released(repository)
    with pytest.raises(release.NotReady, match="there is a tag"):
        release.release(LATER)


@pytest.mark.parametrize("cut_off_at", ["commit", "tag"])
def test_a_release_that_was_cut_off_is_completed_by_the_next(
    repository: Path, monkeypatch: pytest.MonkeyPatch, cut_off_at: str
) -> None:
    whole = release.git

    def cut_off(*arguments: str) -> str:
        if arguments[0] == cut_off_at:
            raise KeyboardInterrupt
        return whole(*arguments)

    monkeypatch.setattr(release, "git", cut_off)
    with pytest.raises(KeyboardInterrupt):
        release.release(LATER)
    assert git(repository, "status", "--porcelain") == ""
    monkeypatch.setattr(release, "git", whole)
    release.release(LATER)
    assert released(repository)


def test_a_commit_that_git_refuses_is_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "config", "core.hooksPath", str(repository / ".git/own"))
    hook = repository / ".git/own/pre-commit"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho the hook says no >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(release.NotReady, match="the hook says no"):
        release.release(LATER)
    assert git(repository, "status", "--porcelain") == ""


def test_what_is_not_main_or_not_committed_is_not_released(repository: Path) -> None:
    (repository / "CHANGELOG.md").write_text(BEFORE + "- Newest.\n")
    with pytest.raises(release.NotReady, match="not committed"):
        release.release(LATER)
    git(repository, "switch", "-q", "-c", "other")
    git(repository, "commit", "-qam", "More")
    with pytest.raises(release.NotReady, match="“other”"):
        release.release(LATER)
    git(repository, "switch", "-q", "--detach", "main")
    with pytest.raises(release.NotReady, match="not main"):
        release.release(LATER)
    assert git(repository, "tag", "-l") == ""
