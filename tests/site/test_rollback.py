"""The site before the last build comes back in one step, and so does an earlier version by the
button of the workflow.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from coopbook.site import exchange
from support.children import Signal, start, wait_hook
from support.commands import Ran, run
from support.coops import TOP
from support.git import git
from support.serving import HEADLINE, MEMBER, coopbook_serve, save, serving
from support.sites import broken, build, changed, left_over, tree, try_build

PUBLIC = ("--audience", "public")


def rollback(out: Path, *options: str) -> Ran:
    return run("rollback", "--out", out, "--lang", "en", *options)


def twice(book: Path, out: Path, *options: str) -> tuple[dict[str, str], dict[str, str]]:
    """The first and the second of two builds; the second stands there."""
    first = tree(build(book, out, *options))
    build(changed(book), out, *options)
    return first, {path: digest for path, digest in tree(out).items() if ".previous/" not in path}


def now(out: Path) -> dict[str, str]:
    return {path: digest for path, digest in tree(out).items() if ".previous/" not in path}


def test_back_and_forward_again(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second = twice(book, out)
    assert first != second
    for expected in (first, second, first):
        ran = rollback(out)
        assert ran.returncode == 0, ran.stderr
        assert now(out) == expected
    assert "The next build makes the sites from the files again" in ran.stderr
    assert left_over(out) == []


def test_one_site_alone(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second = twice(book, out)
    assert rollback(out, *PUBLIC).returncode == 0
    assert now(out) == {
        path: (first if path.startswith(("public/", ".")) else second)[path] for path in second
    }


def test_the_sites_stand_in_the_coops_folder_when_nothing_is_said(book: Path) -> None:
    first, _second = twice(book, book / "site", *PUBLIC)
    assert run("rollback", book).returncode == 0
    assert now(book / "site") == first


def test_without_a_previous_site_nothing_changes(book: Path, tmp_path: Path) -> None:
    out = build(book, tmp_path / "out")
    build(changed(book), out, *PUBLIC)
    old = tree(out)
    for options in ((), ("--audience", "members")):
        ran = rollback(out, *options)
        assert ran.returncode == 2
        assert re.fullmatch(
            r"There is no previous site of /.*: nothing was put back\. .*keeps none\.\n", ran.stderr
        ), ran.stderr
        assert tree(out) == old
    ran = rollback(tmp_path / "nowhere")
    assert ran.returncode == 2
    assert "There is no previous site" in ran.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_build_that_fails_keeps_the_previous_site(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    twice(book, out)
    old = tree(out)
    broken(book)
    assert try_build(book, out).returncode == 1
    assert tree(out) == old


def test_only_one_previous_site_is_kept(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(3):
        build(book, out, *PUBLIC)
    assert sorted(path.name for path in out.iterdir()) == [
        ".public.lock",
        "public",
        "public.previous",
    ]


def test_it_waits_for_a_build(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first, second = twice(book, out, *PUBLIC)
    waits = Signal()
    with exchange.lock(out / "public"):
        arguments = ["rollback", "--out", str(out), *PUBLIC]
        waiting = start(arguments, tmp_path / "log", wait_hook(out / "public", waits))
        waits.wait()
        assert now(out) == second
    assert waiting.wait() == 0, waiting.log.read_text()
    assert now(out) == first


def test_serving_keeps_no_previous_site(book: Path, tmp_path: Path) -> None:
    text = (book / MEMBER).read_text(encoding="utf-8")
    with serving(book, coopbook_serve()) as server:
        temporary = book.with_name("temporary")
        for new in (
            text.replace(HEADLINE, "Je dessine dehors"),
            text.replace("name:", "name: [", 1),
        ):
            number = server.number()
            save(book, new)
            assert server.newer(number)
            assert list(temporary.rglob("*.previous")) == []
        assert list(temporary.rglob("index.html")), "the site is served from somewhere else"


# The button


@pytest.fixture
def button(
    tmp_path: Path, coop: Callable[..., Path]
) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs the workflow's own step in a co-op of two versions and one that was never published."""
    root = coop({"members/gone.yml": "", "members/ana.yml": "listed: true\n"})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    for name in ("one", "two"):
        git(root, "commit", "-q", "--allow-empty", "-m", name)
        git(root, "tag", name)
    git(root, "checkout", "-q", "--detach", "one")
    git(root, "commit", "-q", "--allow-empty", "-m", "elsewhere")
    git(root, "tag", "elsewhere")
    git(root, "checkout", "-q", "main")
    workflow = yaml.safe_load((TOP / ".github" / "workflows" / "publish.yml").read_text())
    (script,) = [
        step["run"]
        for step in workflow["jobs"]["build"]["steps"]
        if "REVISION" in step.get("env", {})
    ]

    def press(revision: str) -> subprocess.CompletedProcess[str]:
        name = (
            git(root, "rev-parse", revision)[:7]
            if revision in {"one", "two", "elsewhere"}
            else revision
        )
        settings = {**os.environ, "REVISION": name}
        return subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=root,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )

    return press


def test_the_button_publishes_a_published_version(
    button: Callable[[str], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    ran = button("one")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert git(tmp_path / "coop", "rev-parse", "HEAD") == git(tmp_path / "coop", "rev-parse", "one")


def test_the_button_brings_nobody_back(
    button: Callable[[str], subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    root = tmp_path / "coop"
    (root / "members/ana.yml").write_text("listed: false\n")
    (root / "members/gone.yml").unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "withdrawn")
    ran = button("one")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert git(root, "rev-parse", "HEAD") == git(root, "rev-parse", "one")
    assert (root / "members/ana.yml").read_text() == "listed: false\n"
    assert not (root / "members/gone.yml").exists()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_guide_says_brings_nobody_back(
    button: Callable[[str], subprocess.CompletedProcess[str]], tmp_path: Path, language: str
) -> None:
    root = tmp_path / "coop"
    (root / "members/ana.yml").write_text("listed: false\n")
    (root / "members/gone.yml").unlink()
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "withdrawn")
    guide = (TOP / f"docs/guides/publishing.{language}.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^\$ (git checkout --detach a5b81fb .*) && make site$", guide, re.M)
    words = line.replace("a5b81fb", "one")
    subprocess.run(["bash", "-e", "-c", words], cwd=root, capture_output=True, check=True)
    assert git(root, "rev-parse", "HEAD") == git(root, "rev-parse", "one")
    assert (root / "members/ana.yml").read_text() == "listed: false\n"
    assert not (root / "members/gone.yml").exists()


@pytest.mark.parametrize(
    "revision",
    [
        "elsewhere",
        "main",
        "0000000",
        "1",
        "--help",
        "$(touch stolen)",
        "a5b81fb; touch stolen",
        "one\nmain",
    ],
)
def test_the_button_refuses_what_was_never_published(
    button: Callable[[str], subprocess.CompletedProcess[str]], tmp_path: Path, revision: str
) -> None:
    ran = button(revision)
    assert ran.returncode == 1
    assert ran.stdout.startswith("::error::")
    assert git(tmp_path / "coop", "rev-parse", "HEAD") == git(tmp_path / "coop", "rev-parse", "two")
    assert not (tmp_path / "coop" / "stolen").exists()
