"""The comparison of scripts/bench with other programs: the Hugo site is the same site as ours, so
that times may be compared, and the command says what is wrong in a sentence.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.coops import TOP

BENCH = TOP / "scripts" / "bench"


def find_hugo() -> str:
    found = (
        *Path(sys.prefix).glob("lib/*/site-packages/hugo/binaries/hugo*"),
        *(TOP / "build/bench/peers").glob("lib/*/site-packages/hugo/binaries/hugo*"),
    )
    return str(found[0]) if found else shutil.which("hugo") or ""


def run(*words: str | Path, code: int = 0) -> str:
    """A script of the folder as a person calls it; what it says."""
    done = subprocess.run(
        [sys.executable, *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The public site of a made-up co-op, by us and by Hugo."""
    hugo = find_hugo()
    if not hugo:
        pytest.skip("there is no Hugo here: make bench installs it")
    folder = tmp_path_factory.mktemp("peers")
    coop = folder / "coop"
    run(BENCH / "generate.py", "--members", "60", coop)
    build = ("build", coop, "--audience", "public", "--today", "2026-11-21", "--out", folder)
    run("-m", "coopbook", *build)
    run(BENCH / "peers/hugo_site.py", coop, folder / "public", folder / "source")
    words = ["--quiet", "--source", str(folder / "source"), "--destination", str(folder / "hugo")]
    subprocess.run([hugo, *words], check=True)
    return folder / "public", folder / "hugo"


def compare(one: Path, other: Path) -> list[str]:
    return run(BENCH / "peers/sameness.py", one, other).splitlines()[:10]


def test_the_hugo_site_is_the_same_site(sites: tuple[Path, Path]) -> None:
    assert compare(*sites) == []


def test_it_is_about_as_large(sites: tuple[Path, Path]) -> None:
    ours, theirs = (sum(file.stat().st_size for file in site.rglob("*.html")) for site in sites)
    assert 0.9 < theirs / ours < 1.1


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('class="coop-lead">', 'class="coop-lead">Other ', "other words"),
        ('href="', 'href="/other', "other links"),
    ],
)
def test_a_difference_is_seen(
    sites: tuple[Path, Path], tmp_path: Path, before: str, after: str, told: str
) -> None:
    changed = shutil.copytree(sites[1], tmp_path / "changed")
    page = next(changed.glob("members/*/index.html"))
    body = page.read_text().partition("<article")
    page.write_text(body[0] + body[1] + body[2].replace(before, after, 1))
    (found,) = compare(sites[0], changed)
    assert told in found


def test_a_missing_page_is_seen(sites: tuple[Path, Path], tmp_path: Path) -> None:
    changed = shutil.copytree(sites[1], tmp_path / "changed")
    next(changed.glob("members/*/index.html")).unlink()
    assert ["is in one of the sites alone" in line for line in compare(sites[0], changed)] == [True]


def test_a_small_run_gives_every_figure_and_judges_none(tmp_path: Path) -> None:
    """With the programs that the tests have, in the place of those that the command installs."""
    if not find_hugo():
        pytest.skip("there is no Hugo here: make bench installs it")
    peers = tmp_path / "peers"
    peers.mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (peers / name).symlink_to(Path(sys.prefix) / name)
    shutil.copy(BENCH / "peers/requirements.txt", peers / "installed.txt")
    said = run(BENCH / "compare.py", "60", "--rounds", "1", "--peers", peers)
    assert (tmp_path / "figures.json").is_file()
    for program in ("check", "build", "rebuild", "hugo", "mkdocs", "check-jsonschema"):
        assert f"| 60 | {program} | " in said
    assert "of hugo's (goal at 35,000: 1.000)" in said
    assert "MISSED" not in said


@pytest.mark.parametrize("size", ["0", "-3", "many", "1.5"])
def test_a_size_is_a_number(size: str) -> None:
    assert "number of members" in run(BENCH / "compare.py", "--", size, code=2)


def test_programs_that_cannot_be_had_are_told(tmp_path: Path) -> None:
    """As without a network: pip is asked, and its answer shown."""
    folder = tmp_path / "file"
    folder.write_text("not a folder")
    assert "cannot be installed in" in run(BENCH / "compare.py", "60", "--peers", folder, code=2)


def test_a_hugo_that_is_gone_is_told(tmp_path: Path) -> None:
    wanted = (BENCH / "peers/requirements.txt").read_text()
    (tmp_path / "installed.txt").write_text(wanted)
    assert "There is no Hugo" in run(BENCH / "compare.py", "60", "--peers", tmp_path, code=2)


def test_interrupted_it_leaves_nothing(tmp_path: Path) -> None:
    if not find_hugo():
        pytest.skip("there is no Hugo here: make bench installs it")
    wanted = (BENCH / "peers/requirements.txt").read_text()
    there = tmp_path / "peers/lib/x/site-packages/hugo/binaries"
    there.mkdir(parents=True)
    shutil.copy(find_hugo(), there / "hugo")
    (tmp_path / "peers/installed.txt").write_text(wanted)
    (tmp_path / "temp").mkdir()
    command = [sys.executable, str(BENCH / "compare.py"), "60", "--peers", str(tmp_path / "peers")]
    process = subprocess.Popen(
        command,
        env={**os.environ, "TMPDIR": str(tmp_path / "temp")},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not list((tmp_path / "temp").glob("coopbook-bench-*/*")):
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert "Stopped" in process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert list((tmp_path / "temp").iterdir()) == []
