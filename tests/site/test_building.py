"""A build: the same bytes everywhere and through MkDocs too; and whatever interrupts it, an old
site or a new one, never half of one.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from coopbook.site import exchange
from support.children import Hook, Signal, count_writes, is_exchange, kill_at, start, wait_hook
from support.commands import environment, run, run_process
from support.coops import TOP, copied_example
from support.sites import broken, build, build_arguments, changed, left_over, tree, try_build

PUBLIC = ("--audience", "public")
MEMBER = "members/lena-moreau.yml"
GROUPS, MOMENTS = 2, 20


# The same bytes


@pytest.mark.parametrize(
    ("audience", "settings"),
    [
        (
            "public",
            {
                "TZ": "Pacific/Kiritimati",
                "LC_ALL": "fr_FR.UTF-8",
                "PYTHONHASHSEED": "1",
                "COLUMNS": "40",
            },
        ),
        (
            "members",
            {
                "TZ": "Pacific/Midway",
                "LC_ALL": "C",
                "PYTHONHASHSEED": "2",
                "GITHUB_ACTIONS": "true",
            },
        ),
    ],
)
def test_same_bytes_in_another_place_zone_language_and_hash_seed(
    example_sites: Path, tmp_path: Path, audience: str, settings: dict[str, str]
) -> None:
    out, folder = tmp_path / "else" / "out", tmp_path / "elsewhere"
    folder.mkdir()
    root = copied_example(folder / "a b é")
    for beside in ("docs", "scripts", "tests"):  # the warning that the example accepts is of these
        (root / beside).mkdir()
        (root / beside / "README").touch()
    arguments = build_arguments(root, out, "--audience", audience)
    spoken = [part for part in arguments if part not in {"--lang", "en"}]
    done = run_process(*spoken, settings=os.environ | settings)
    assert done.returncode == 0, done.stderr
    one, other = tree(example_sites / audience), tree(out / audience)
    assert len(one) > 200
    assert {path for path in one | other if one.get(path) != other.get(path)} == set()


def test_a_relative_root_gives_the_same_site(book: Path, tmp_path: Path) -> None:
    build(book, tmp_path / "one", *PUBLIC)
    done = run(*build_arguments(Path(book.name), tmp_path / "two", *PUBLIC), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


# Through MkDocs


def noon() -> str:
    """A time zone in which it is about noon: no day ends between two builds that ask the clock."""
    return f"NOON{datetime.now(UTC).hour - 12:+d}"


def mkdocs(root: Path, config: str, zone: str) -> subprocess.CompletedProcess[str]:
    """MkDocs itself in a copy of the repository, with the empty folder that the repository keeps
    for it.
    """
    shutil.copytree(TOP / "build" / "staging", root / "build" / "staging", dirs_exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", config],
        cwd=root,
        env=environment(TZ=zone),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("config", "audience"), [("mkdocs.yml", "public"), ("mkdocs.members.yml", "members")]
)
def test_mkdocs_build_gives_the_same_pages(
    book: Path, tmp_path: Path, config: str, audience: str
) -> None:
    """Two ways to one builder: a small co-op shows what they give it as well as a large one."""
    zone = noon()
    done = mkdocs(book, config, zone)
    assert done.returncode == 0, done.stderr
    where = ("--out", tmp_path / "out", "--audience", audience)
    assert run("build", book, *where, settings=environment(TZ=zone)).returncode == 0
    ours, theirs = tree(tmp_path / "out" / audience), tree(book / "site" / audience)
    assert "index.html" in ours
    assert {path for path in ours | theirs if ours.get(path) != theirs.get(path)} == set()


def test_mkdocs_build_keeps_the_old_site_when_a_file_is_wrong(book: Path) -> None:
    assert mkdocs(book, "mkdocs.yml", noon()).returncode == 0
    old = tree(book / "site" / "public")
    line = broken(book)
    done = mkdocs(book, "mkdocs.yml", noon())
    assert done.returncode == 1
    assert f"{MEMBER}:{line}:" in done.stdout, "MkDocs prints why it aborts there"
    assert tree(book / "site" / "public") == old
    assert left_over(book / "site") == []


# Interrupted


def killed(root: Path, out: Path, hook: Hook) -> None:
    """Start a build in a child that kills itself, and see that it did."""
    child = start(build_arguments(root, out, *PUBLIC), out.with_name("log"), hook)
    assert child.wait() == -signal.SIGKILL, child.log.read_text()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is forked")
@pytest.mark.parametrize("group", range(GROUPS))
def test_killed_before_any_write_it_leaves_a_whole_site(
    book: Path, tmp_path: Path, group: int
) -> None:
    """Twenty moments, spread over all that a build writes, and each of its last writes, in groups
    that may run side by side.
    """
    out, roots = tmp_path / "out", [changed(book), book]
    whole = [tree(build(root, out, *PUBLIC) / "public") for root in roots]
    assert whole[0] != whole[1]
    writes = min(count_writes(build_arguments(root, out, *PUBLIC), tmp_path) for root in roots)
    assert writes > MOMENTS * 5
    spread = {1 + writes * moment // MOMENTS for moment in range(MOMENTS)}
    for number in sorted(spread | set(range(writes - 9, writes + 1)))[group::GROUPS]:
        killed(roots[0], out, kill_at(number))
        assert tree(out / "public") in whole, f"half a site, killed at {number} of {writes}"
        assert tree(out / "public.previous") in [{}, *whole], (
            f"half a previous site, killed at {number} of {writes}"
        )
        build(roots[0], out, *PUBLIC)
        assert [tree(out / "public"), tree(out / "public.previous")] in [whole, whole[:1] * 2]
        assert left_over(out) == []
        roots.reverse()
        whole.reverse()


def after_the_exchange() -> Callable[[str, tuple[Any, ...]], bool]:
    """Counts every event of the interpreter from the exchange on, the exchange itself first."""
    begun = False

    def counted(event: str, values: tuple[Any, ...]) -> bool:
        nonlocal begun
        begun = begun or is_exchange(event, values)
        return begun

    return counted


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
@pytest.mark.parametrize("step", [0, 1, 2, 3, 4, 100])
def test_killed_around_the_exchange_it_leaves_a_whole_site(
    book: Path, tmp_path: Path, step: int
) -> None:
    """Three generations: what is left is the old site or the new one, and what goes back is the one
    before it, whole.
    """
    roots = [changed(book, "first"), changed(book, "second", "Léna M."), book]
    out = tmp_path / "out"
    sites = [tree(build(root, out, *PUBLIC) / "public") for root in roots[:2]]
    sites.append(tree(build(roots[2], tmp_path / "third", *PUBLIC) / "public"))
    killed(roots[2], out, kill_at(step + 1, after_the_exchange()))
    assert tree(out / "public") == sites[2 if step else 1]
    assert run("rollback", "--out", out, *PUBLIC).returncode == 0
    assert tree(out / "public") == sites[1 if step else 0]
    assert tree(out / "public.previous") == sites[2 if step else 1]
    assert left_over(out) == []


def folders(tmp_path: Path) -> Path:
    """A site and the next one beside it."""
    site = tmp_path / "site"
    for folder, words in ((site, "old"), (exchange.new_folder(site), "new")):
        folder.mkdir()
        (folder / "index.html").write_text(words)
    return site


def shown(folder: Path) -> dict[str, str]:
    """All that stands in a folder, by what its page says."""
    return {path.name: (path / "index.html").read_text() for path in folder.iterdir()}


def test_where_two_folders_cannot_be_exchanged_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_exchange_at_once", lambda one, other: False)
    site = folders(tmp_path)
    exchange.exchange(site)
    assert shown(tmp_path) == {"site": "new", "site.previous": "old"}
    exchange.put_back(site)
    assert shown(tmp_path) == {"site": "old", "site.previous": "new"}


@pytest.mark.parametrize(
    ("left", "found"),
    [("site.old", {"site": "old"}), ("site.previous", {"site": "new", "site.previous": "old"})],
)
def test_a_put_back_that_was_killed_between_two_steps(
    tmp_path: Path, left: str, found: dict[str, str]
) -> None:
    """Where two folders cannot be exchanged in one step: after the first of three renames, and
    after the second.
    """
    site = folders(tmp_path)
    site.rename(tmp_path / "site.old")
    if left == "site.previous":
        exchange.new_folder(site).rename(site)
    exchange.recover(site)
    assert shown(tmp_path) == found


def test_a_site_set_aside_comes_back(tmp_path: Path) -> None:
    """As a build leaves it that was killed between the two steps."""
    site = folders(tmp_path)
    site.rename(site.with_name("site.old"))
    exchange.recover(site)
    assert shown(tmp_path) == {"site": "old"}


def test_an_empty_folder_is_no_previous_site(tmp_path: Path) -> None:
    site = folders(tmp_path)
    (site / "index.html").unlink()
    exchange.exchange(site)
    assert shown(tmp_path) == {"site": "new"}


@pytest.mark.parametrize("when", ["while reading", "while writing"])
def test_a_disk_that_takes_no_more_leaves_the_old_site(
    book: Path, tmp_path: Path, when: str
) -> None:
    out, new = build(book, tmp_path / "out", *PUBLIC), changed(book)
    old = tree(out / "public")
    sizes = {file: file.stat().st_size for file in (out / "public").rglob("*") if file.is_file()}
    most = max(sizes.values()) - 1 if when == "while writing" else 20_000

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    child = start(build_arguments(new, out, *PUBLIC), tmp_path / "log", before=limit)
    assert child.wait() == 1
    told = child.log.read_text()
    assert "Traceback" not in told
    assert "File too large" in told
    assert re.search(r"File too large[:( ]+[/…]\S+/\S+", told), "it says which file"
    assert ("The site could not be written" in told) is (when == "while writing"), told
    assert tree(out / "public") == old
    build(new, out, *PUBLIC)
    assert tree(out / "public") != old
    assert left_over(out) == []


# Faults, and company


def test_a_site_that_cannot_be_made_leaves_both_old_ones(book: Path, tmp_path: Path) -> None:
    """Else the public's site would be of one day and the members' of another."""
    out = build(book, tmp_path / "out")
    old = [tree(out / name) for name in ("public", "members")]
    in_the_way = out / ".members.lock"
    in_the_way.unlink(missing_ok=True)
    in_the_way.mkdir()
    new = changed(book)
    done = try_build(new, out)
    assert (done.returncode, "could not be written" in done.stderr) == (1, True), done.stderr
    assert [tree(out / name) for name in ("public", "members")] == old
    in_the_way.rmdir()
    assert left_over(out) == []
    build(new, out)
    assert [
        tree(out / name) == before for name, before in zip(("public", "members"), old, strict=True)
    ] == [False, False]


def test_a_fault_in_a_file_leaves_the_old_sites(book: Path, tmp_path: Path) -> None:
    out = build(book, tmp_path / "out")
    old, line = tree(out), broken(book)
    done = try_build(book, out)
    assert done.returncode == 1
    assert re.search(rf"^{re.escape(MEMBER)}:{line}:\d+: ", done.stdout, re.M), done.stdout
    assert "Traceback" not in done.stderr
    assert tree(out) == old
    assert left_over(out) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child is forked")
def test_builds_at_once(book: Path, tmp_path: Path) -> None:
    """Two are begun while a first one is at work: each succeeds, and what is left is whole."""
    out = tmp_path / "out"
    arguments = build_arguments(book, out, *PUBLIC)
    build(book, out, *PUBLIC)
    first_writes, first_goes_on = Signal(), Signal()

    def pause(event: str, values: tuple[Any, ...]) -> None:
        if (
            event == "os.mkdir"
            and str(values[0]).startswith(f"{out}/public.new")
            and not first_writes.sent
        ):
            first_writes.send()
            first_goes_on.wait()

    first = start(arguments, tmp_path / "log", pause)
    first_writes.wait()
    others = []
    for number in (1, 2):
        waiting = Signal()
        others.append(
            start(arguments, tmp_path / f"log{number}", wait_hook(out / "public", waiting))
        )
        waiting.wait()
    first_goes_on.send()
    assert [(child.wait(), child.log.read_text()[-300:])[0] for child in (first, *others)] == [
        0,
        0,
        0,
    ]
    assert tree(out / "public") == tree(build(book, tmp_path / "alone", *PUBLIC) / "public")
    assert left_over(out) == []


def test_a_site_that_is_a_link_stays_one_and_what_it_leads_to_is_exchanged(
    book: Path, tmp_path: Path
) -> None:
    """Servers show such a folder; one that stood there would be shown no more."""
    out, served = tmp_path / "out", tmp_path / "served"
    out.mkdir()
    (out / "public").symlink_to(served)
    first = tree(build(book, out) / "public")
    for called in ("Léna Deux", "Léna Trois", "Léna Quatre"):
        build(changed(book, called, called), out)
        assert (out / "public").readlink() == served
        assert tree(served) != first
        first = tree(served)
    assert (tmp_path / "served.previous").is_dir()
    assert run("rollback", "--out", out).returncode == 0
    assert (out / "public").readlink() == served
    assert tree(served) != first


@pytest.mark.parametrize("name", ["public", "public.new", "public.previous", "public.old"])
def test_a_file_where_a_site_belongs_is_replaced(book: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_text("left by somebody")
    for called in ("Léna Un", "Léna Deux", "Léna Trois"):
        build(changed(book, f"{name} {called}", called), out)
        assert (out / "public/index.html").is_file()
    assert left_over(out) == []
