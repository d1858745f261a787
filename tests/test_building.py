"""A build: the same bytes everywhere and through MkDocs too; and whatever interrupts it, an old site or a new one, never half of one."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import TOP
from coopbook.site import exchange
from sites import build, build_command, environment, run, tree

PUBLIC = ("--audience", "public")
MEMBER = "members/lena-moreau.yml"
GROUPS, MOMENTS = 2, 20

KILLER = """
import runpy, signal, sys
left, started = int(sys.argv.pop(1)), False
def hook(event, args):
    global left, started
    started = started or (event == "ctypes.dlsym" and "renameat2" in args)
    if started and left == 0:
        signal.raise_signal(signal.SIGKILL)
    left -= started
sys.addaudithook(hook)
runpy.run_module("coopbook", run_name="__main__", alter_sys=True)
"""
"""Runs the command and kills it at so many events of the interpreter (each file opened, removed…) after it asked for the exchange."""


def changed(root: Path, name: str = "changed", called: str = "Léna Moreau-Dupont") -> Path:
    """The same co-op after a member has written something else."""
    other = root.with_name(name)
    shutil.copytree(root, other)
    member = other / MEMBER
    text = member.read_text(encoding="utf-8")
    assert "Léna Moreau" in text
    member.write_text(text.replace("Léna Moreau", called), encoding="utf-8")
    return other


def broken(root: Path) -> int:
    """Put a fault of YAML into a member's file; its line."""
    member = root / MEMBER
    lines = member.read_text(encoding="utf-8").splitlines()
    lines.insert(4, "  usual: Encre: Papier")
    member.write_text("\n".join(lines), encoding="utf-8")
    return 5


def left_over(out: Path) -> list[str]:
    return sorted(
        path.name
        for path in out.iterdir()
        if path.name.endswith((".new", ".old", ".trash", ".exchange"))
    )


# The same bytes


def test_same_bytes_in_another_place_zone_language_and_hash_seed(
    example: Path, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "a b é"
    shutil.copytree(example, other)
    places = [
        (
            example,
            tmp_path / "one",
            {
                "TZ": "Pacific/Kiritimati",
                "LC_ALL": "fr_FR.UTF-8",
                "PYTHONHASHSEED": "1",
                "COLUMNS": "40",
            },
        ),
        (
            other,
            tmp_path / "else" / "two",
            {
                "TZ": "Pacific/Midway",
                "LC_ALL": "C",
                "PYTHONHASHSEED": "2",
                "GITHUB_ACTIONS": "true",
            },
        ),
    ]
    for root, out, settings in places:
        command = [part for part in build_command(root, out) if part not in {"--lang", "en"}]
        done = run(command, settings=settings)
        assert done.returncode == 0, done.stderr
    one, two = (tree(out) for _root, out, _settings in places)
    assert {path.partition("/")[0] for path in one} >= {"public", "members"}
    assert {path for path in one | two if one.get(path) != two.get(path)} == set()


def test_a_relative_root_gives_the_same_site(example: Path, tmp_path: Path) -> None:
    build(example, tmp_path / "one", *PUBLIC)
    done = run(build_command(Path(example.name), tmp_path / "two", *PUBLIC), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


# Through MkDocs


def noon() -> str:
    """A time zone in which it is about noon: no day ends between two builds that ask the clock."""
    return f"NOON{datetime.now(UTC).hour - 12:+d}"


def mkdocs(root: Path, config: str, zone: str) -> subprocess.CompletedProcess[str]:
    """MkDocs itself in a copy of the repository, with the empty folder that the repository keeps for it."""
    shutil.copytree(TOP / "build" / "staging", root / "build" / "staging", dirs_exist_ok=True)
    return run(
        [sys.executable, "-m", "mkdocs", "build", "-f", config], cwd=root, settings={"TZ": zone}
    )


@pytest.mark.parametrize(
    ("config", "audience"), [("mkdocs.yml", "public"), ("mkdocs.members.yml", "members")]
)
def test_mkdocs_build_gives_the_same_pages(
    example: Path, tmp_path: Path, config: str, audience: str
) -> None:
    zone = noon()
    done = mkdocs(example, config, zone)
    assert done.returncode == 0, done.stderr
    command = [
        sys.executable,
        "-m",
        "coopbook",
        "build",
        str(example),
        "--out",
        str(tmp_path / "out"),
        "--audience",
        audience,
    ]
    assert run(command, settings={"TZ": zone}).returncode == 0
    ours, theirs = tree(tmp_path / "out" / audience), tree(example / "site" / audience)
    assert "index.html" in ours
    assert {path for path in ours | theirs if ours.get(path) != theirs.get(path)} == set()


def test_mkdocs_build_keeps_the_old_site_when_a_file_is_wrong(example: Path) -> None:
    assert mkdocs(example, "mkdocs.yml", noon()).returncode == 0
    old = tree(example / "site" / "public")
    line = broken(example)
    done = mkdocs(example, "mkdocs.yml", noon())
    assert done.returncode == 1
    assert f"{MEMBER}:{line}:" in done.stderr
    assert tree(example / "site" / "public") == old
    assert left_over(example / "site") == []


# Interrupted


def killed(root: Path, out: Path, after: float) -> bool:
    """Start a build, kill it and all its children so many seconds later; whether it was still at work."""
    process = subprocess.Popen(
        build_command(root, out, *PUBLIC),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        start_new_session=True,
    )
    try:
        time.sleep(after)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def timed_build(root: Path, out: Path) -> float:
    start = time.monotonic()
    build(root, out, *PUBLIC)
    return time.monotonic() - start


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a signal of POSIX")
@pytest.mark.parametrize("group", range(GROUPS))
def test_killed_at_any_moment_it_leaves_a_whole_site(
    example: Path, tmp_path: Path, group: int
) -> None:
    """Twenty moments, spread over the time that a build takes, in groups that may run side by side."""
    out, roots, kills = tmp_path / "out", [changed(example), example], 0
    whole, took = [], 0.0
    for root in roots:
        took = timed_build(root, out)
        whole.append(tree(out / "public"))
    assert whole[0] != whole[1]
    for moment in range(group, MOMENTS, GROUPS):
        kills += killed(roots[0], out, took * (moment + 0.5) / MOMENTS)
        assert tree(out / "public") in whole, f"half a site, killed at {moment + 0.5}/{MOMENTS}"
        assert tree(out / "public.previous") in [{}, *whole], (
            f"half a previous site, killed at {moment + 0.5}/{MOMENTS}"
        )
        took = timed_build(roots[0], out)
        assert [tree(out / "public"), tree(out / "public.previous")] in [whole, whole[:1] * 2]
        assert left_over(out) == []
        roots.reverse()
        whole.reverse()
    assert kills >= MOMENTS // GROUPS // 2, "the builds were over before they were killed"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")
@pytest.mark.parametrize("step", [0, 1, 2, 3, 4, 100])
def test_killed_around_the_exchange_it_leaves_a_whole_site(
    example: Path, tmp_path: Path, step: int
) -> None:
    """Three generations: what is left is the old site or the new one, and what goes back is the one before it, whole."""
    roots = [changed(example, "first"), changed(example, "second", "Léna M."), example]
    out = tmp_path / "out"
    sites = [tree(build(root, out, *PUBLIC) / "public") for root in roots[:2]]
    sites.append(tree(build(roots[2], tmp_path / "third", *PUBLIC) / "public"))
    done = run(
        [sys.executable, "-c", KILLER, str(step), *build_command(roots[2], out, *PUBLIC)[3:]]
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert tree(out / "public") == sites[2 if step else 1]
    assert (
        run([sys.executable, "-m", "coopbook", "rollback", "--out", str(out), *PUBLIC]).returncode
        == 0
    )
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
    monkeypatch.setattr(exchange, "_exchanged", lambda one, other: False)
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
    """Where two folders cannot be exchanged in one step: after the first of three renames, and after the second."""
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


@pytest.mark.parametrize("most", [20_000, 200_000], ids=["while reading", "while writing"])
def test_a_disk_that_takes_no_more_leaves_the_old_site(
    example: Path, tmp_path: Path, most: int
) -> None:
    out, new = build(example, tmp_path / "out", *PUBLIC), changed(example)
    old = tree(out / "public")
    done = subprocess.run(
        build_command(new, out, *PUBLIC),
        env=environment(PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 1, done.stderr
    assert "File too large" in done.stderr
    assert tree(out / "public") == old
    build(new, out, *PUBLIC)
    assert tree(out / "public") != old
    assert left_over(out) == []


# Faults, and company


def test_a_site_that_cannot_be_made_leaves_both_old_ones(example: Path, tmp_path: Path) -> None:
    """Else the public's site would be of one day and the members' of another."""
    out = build(example, tmp_path / "out")
    old = [tree(out / name) for name in ("public", "members")]
    in_the_way = out / ".members.lock"
    in_the_way.unlink(missing_ok=True)
    in_the_way.mkdir()
    new = changed(example)
    done = run(build_command(new, out))
    assert (done.returncode, "could not be written" in done.stderr) == (1, True), done.stderr
    assert [tree(out / name) for name in ("public", "members")] == old
    in_the_way.rmdir()
    assert left_over(out) == []
    build(new, out)
    assert [
        tree(out / name) == before for name, before in zip(("public", "members"), old, strict=True)
    ] == [False, False]


def test_a_fault_in_a_file_leaves_the_old_sites(example: Path, tmp_path: Path) -> None:
    out = build(example, tmp_path / "out")
    old, line = tree(out), broken(example)
    done = run(build_command(example, out))
    assert done.returncode == 1
    assert re.search(rf"^{re.escape(MEMBER)}:{line}:\d+: ", done.stdout, re.M), done.stdout
    assert "Traceback" not in done.stderr
    assert tree(out) == old
    assert left_over(out) == []


def test_builds_at_once(example: Path, tmp_path: Path) -> None:
    """Three, each begun while the one before is at work: each succeeds, and what is left is whole."""
    out, builds = tmp_path / "out", []
    for _ in range(3):
        builds.append(_started(build_command(example, out, *PUBLIC)))
        time.sleep(0.1)
    said = [process.communicate(timeout=60)[0] for process in builds]
    assert [process.returncode for process in builds] == [0, 0, 0], said
    assert tree(out / "public") == tree(build(example, tmp_path / "alone", *PUBLIC) / "public")
    assert left_over(out) == []


def _started(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
