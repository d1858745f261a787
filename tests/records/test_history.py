"""When pages last changed, and of which version a site is: what git knows, told through a file, and
nobody's secret.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from coopbook.records.audience import view_index
from coopbook.records.history import History, read_history
from coopbook.records.load import load
from coopbook.site.build_info import describe_build
from coopbook.site.context import Site
from support.commands import environment
from support.commands import run as coopbook
from support.coops import TODAY, TOP
from support.git import git
from support.sites import build, try_build

PUBLIC = ("--audience", "public")
REVISION = "a5b81fbad97567200109d3d2de6e7b7bce05ca2f"
PAGE = "---\naudience: public\n---\n# Bonjour\n"
Made = Callable[..., Path]


AUTHORED = datetime(2000, 1, 1, 12, tzinfo=UTC)


def at(root: Path, day: str, *arguments: str, check: bool = True) -> None:
    """Git with its clock at noon of a day."""
    noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    git(root, *arguments, when=noon, authored=AUTHORED, check=check)


def saved(root: Path, day: str, **files: str) -> None:
    """Write files (`a__b` is a/b) and keep them in the history of a day."""
    for name, text in files.items():
        path = root / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    at(root, day, "add", "-A")
    at(root, day, "commit", "-qm", day, "--allow-empty")


def history(root: Path, *options: str) -> dict[str, Any]:
    ran = coopbook("history", root, *options)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert isinstance(found, dict)
    return found


def days(root: Path) -> dict[str, str]:
    return {file: known["changed"] for file, known in history(root)["files"].items()}


@pytest.fixture
def root(coop: Made) -> Path:
    """A co-op in git, its first version of 2026-01-01."""
    made = coop({"wiki/été à la mer.md": PAGE, "wiki/b.md": PAGE + "b\n"})
    git(made, "init", "-q", "-b", "main")
    saved(made, "2026-01-01")
    return made


# From git


def test_each_file_has_the_day_of_its_last_change(root: Path) -> None:
    saved(root, "2026-02-01", **{"wiki__b.md": PAGE + "c\n"})
    saved(root, "2026-03-01", **{"wiki__c.md": PAGE + "d\n"})
    found = history(root)
    assert found["date"] == "2026-03-01"
    assert found["revision"] == git(root, "rev-parse", "HEAD")
    assert found["files"] == {
        "coop.yml": {"changed": "2026-01-01"},
        "wiki/b.md": {"changed": "2026-02-01"},
        "wiki/c.md": {"changed": "2026-03-01"},
        "wiki/été à la mer.md": {"changed": "2026-01-01"},
    }


def test_a_new_name_is_no_change_and_a_lost_file_is_not_named(root: Path) -> None:
    at(root, "2026-02-01", "mv", "wiki/été à la mer.md", "wiki/l'été.md")
    saved(root, "2026-02-01")
    at(root, "2026-03-01", "mv", "wiki/l'été.md", "wiki/mer.md")
    at(root, "2026-03-01", "rm", "-q", "wiki/b.md")
    saved(root, "2026-03-01")
    assert days(root) == {"coop.yml": "2026-01-01", "wiki/mer.md": "2026-01-01"}
    saved(
        root,
        "2026-04-01",
        **{
            "wiki__été à la mer.md": PAGE + "new under an old name\n",
            "wiki__mer.md": PAGE + "changed\n",
        },
    )
    assert days(root) == {
        "coop.yml": "2026-01-01",
        "wiki/mer.md": "2026-04-01",
        "wiki/été à la mer.md": "2026-04-01",
    }


def test_changes_that_were_joined(root: Path) -> None:
    """What one side changed has that day; what was settled while joining has the day of that."""
    at(root, "2026-02-01", "checkout", "-q", "-b", "side")
    saved(root, "2026-02-01", **{"wiki__b.md": PAGE + "side\n", "wiki__side.md": PAGE + "side\n"})
    at(root, "2026-02-02", "checkout", "-q", "main")
    saved(root, "2026-02-02", **{"wiki__b.md": PAGE + "main\n"})
    at(root, "2026-02-03", "merge", "-q", "--no-commit", "side", check=False)
    saved(root, "2026-03-01", **{"wiki__b.md": PAGE + "both\n"})
    assert days(root)["wiki/b.md"] == "2026-03-01"
    assert days(root)["wiki/side.md"] == "2026-02-01"


def test_a_coop_in_a_folder_of_a_repository(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    saved(
        tmp_path,
        "2026-01-01",
        **{
            "our coop__coop.yml": "format: 2\n",
            "our coop__wiki__a.md": PAGE,
            "elsewhere__b.md": PAGE + "b\n",
        },
    )
    assert days(tmp_path / "our coop") == {"coop.yml": "2026-01-01", "wiki/a.md": "2026-01-01"}
    at(tmp_path, "2026-02-01", "mv", "elsewhere/b.md", "our coop/wiki/b.md")
    saved(tmp_path, "2026-02-01")
    assert days(tmp_path / "our coop")["wiki/b.md"] == "2026-02-01"


def test_settings_of_the_person_change_nothing(root: Path) -> None:
    before = history(root)
    settings = (
        ("color.ui", "always"),
        ("log.showSignature", "true"),
        ("diff.renames", "false"),
        ("core.quotePath", "true"),
    )
    for name, value in (
        *settings,
        ("log.date", "relative"),
        ("diff.relative", "false"),
        ("status.relativePaths", "false"),
    ):
        git(root, "config", name, value)
    assert history(root) == before


def test_files_that_are_not_quite_the_versions(root: Path) -> None:
    assert "modified" not in history(root)
    (root / "notes.txt").write_text("of nobody's site")
    assert "modified" not in history(root)
    (root / "wiki" / "new.md").write_text(PAGE)
    assert history(root)["modified"] is True


def test_what_git_cannot_tell_is_told(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    (tmp_path / "empty").mkdir()
    saved(root, "2026-02-01")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallower")
    git(tmp_path / "empty", "init", "-q")
    (tmp_path / "none").mkdir()
    nowhere = {
        **environment(),
        "PATH": str(tmp_path / "none"),
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
    }
    for ran, word in (
        (coopbook("history", tmp_path / "shallower", "--lang", "en"), "fetch-depth: 0"),
        (
            coopbook(
                "history",
                tmp_path / "none",
                "--lang",
                "en",
                settings=nowhere | {"PATH": os.environ["PATH"]},
            ),
            "Git has no history",
        ),
        (coopbook("history", tmp_path / "empty", "--lang", "en"), "Git has no history"),
        (coopbook("history", root, "--lang", "en", settings=nowhere), "not installed"),
    ):
        assert (ran.returncode, ran.stdout) == (2, ""), ran.args
        assert word in ran.stderr
        assert "Traceback" not in ran.stderr


# Into the site


def written(tmp_path: Path, **more: object) -> Path:
    file = tmp_path / "history.json"
    file.write_text(json.dumps({"revision": REVISION, "date": "2026-11-20", "files": {}} | more))
    return file


def test_pages_say_it(example: Path, tmp_path: Path) -> None:
    """The whole way: what the command prints is what the pages say."""
    git(example, "init", "-q")
    saved(example, "2026-05-04")
    (tmp_path / "history.json").write_bytes(coopbook("history", example).stdout.encode())
    out = build(example, tmp_path / "out", "--history", str(tmp_path / "history.json"))
    version = git(example, "rev-parse", "HEAD")[:7]
    for audience in ("public", "members"):
        page = (out / audience / "wiki" / "metier" / "fixer-son-prix" / "index.html").read_text()
        assert "4 mai 2026" in page.partition("coop-page-facts")[2].partition("</footer>")[0]
    assert [page for page in pages(out / "public") if version not in page.read_text()] == []


def pages(site: Path) -> list[Path]:
    """Those of a site's pages that do not only lead elsewhere."""
    found = [
        page for page in site.rglob("*.html") if 'http-equiv="refresh"' not in page.read_text()
    ]
    assert len(found) > 50
    return found


def test_without_a_history_pages_say_when_they_were_built(example_sites: Path) -> None:
    public = example_sites / "public"
    for page in pages(public):
        assert re.search('coop-built">[^<]* 21 [Nn]ovembe?re? 2026[^<]*</p>', page.read_text()), (
            page
        )
    assert (
        "coop-page-facts"
        in (public / "wiki" / "metier" / "fixer-son-prix" / "index.html").read_text()
    )


def test_the_foot_of_a_page(coop: Made) -> None:
    def said(history: History) -> str:
        return describe_build(Site(load(coop(), TODAY, history).index, "en"))

    start = "Site built on 21 November 2026 (check passed)"
    assert said(History()) == f"{start}."
    assert said(History(REVISION, "2026-11-20")) == f"{start}, from version a5b81fb."
    assert (
        said(History(REVISION, "2026-11-20", True))
        == f"{start}, from version a5b81fb with later changes."
    )


def test_the_public_learns_no_day_of_a_hidden_file() -> None:
    whole = load(TOP, TODAY).index
    files = dict.fromkeys([*whole.by_file, "members/secret.yml"], "2026-01-01")
    index = load(TOP, TODAY, History(REVISION, "2026-11-20", files=files)).index
    shown = view_index(index, "public").history
    assert (shown.revision, shown.date) == (REVISION, "2026-11-20")
    assert set(shown.files) == {
        entry.file for of in whole.entries.values() for entry in of.values() if entry.public
    }
    assert len(shown.files) < len(files)
    assert view_index(index, "members").history.files == files


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        b'{"revision": "main", "date": "2026-01-01", "files": {}}',
        b'{"revision": "a5b81fb<b>", "date": "2026-01-01", "files": {}}',
        b'{"revision": "a5b81fb", "date": "2026-02-30", "files": {}}',
        b'{"revision": "a5b81fb", "date": "2026-01-01", "files": {"a": {"changed": "yesterday"}}}',
        b'{"revision": "a5b81fb", "date": "2026-01-01", "files": {"a": "2026-01-01"}}',
        b'{"revision": "a5b81fb", "date": "2026-01-01", "files": {"a": {"changed": "2026-01-01", "author": "Ana"}}}',  # noqa: E501
        b'{"revision": "a5b81fb", "date": "2026-01-01", "files": {}, "more": 1}',
    ],
    ids=range(12),
)
def test_what_is_no_history_is_refused(data: bytes) -> None:
    assert not isinstance(read_history(data, "history.json"), History)


def test_a_bad_history_makes_no_site(example: Path, tmp_path: Path) -> None:
    bad = written(tmp_path, files={"wiki/a.md": {"changed": "2026-13-01"}})
    for file, words in (
        (bad, "look at files → wiki/a.md → changed"),
        (tmp_path / "missing.json", "cannot be read"),
    ):
        done = try_build(example, tmp_path / "out", "--history", str(file))
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()


def test_makes_history_is_the_sites() -> None:
    """`make site` asks for the history and builds with it."""
    rule = (TOP / "Makefile").read_text().partition("\nsite: ")[2].partition("\n\n")[0]
    assert "coopbook history > build/history.json" in rule
    assert "--history build/history.json" in rule
