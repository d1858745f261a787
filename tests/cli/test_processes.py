"""Commands as people start them: a process of its own, its exit, and both of its channels."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.base.version import __version__
from coopbook.cli import NOBODY_READS
from support.commands import environment, run_process
from support.coops import write_book
from support.votes import voted

PROGRAM = Path(sys.executable).with_name("coopbook")
"""The program that installing the package makes."""

FRENCH = environment(LANG="fr_FR.UTF-8", LC_ALL="")
CALLS = [
    (("--help",), FRENCH, 0, "vérifier ses fichiers", ""),
    (("--version",), FRENCH, 0, f"coopbook, version {__version__}", ""),
    (("check", "ROOT"), environment(), 0, "", "0 erreur"),
    (("check", "ROOT", "--lang", "en"), FRENCH, 0, "", "0 errors"),
    (("check", "nowhere"), environment(), 2, "", "Error"),
    (("explain", "broken-link"), FRENCH, 0, "Pourquoi", ""),
    (("history", "ROOT"), environment(), 2, "", "git"),
    (("remind", "VOTED", "--today", "2026-03-05"), FRENCH, 0, "Ouvrir le samedi", ""),
    (("tally", "samedi", "VOTED", "--dry-run", "--lang", "fr"), environment(), 0, "Adoptée", ""),
    (("new", "member", "ROOT", "--lang", "fr"), environment(), 1, "", "rien n'a été écrit"),
    (("bylaws", "statuts", "ROOT", "--lang", "fr"), environment(), 2, "", "statuts"),
    (("preset", "--lang", "fr"), environment(), 0, "scop", ""),
    (("upgrade", "ROOT", "--lang", "fr"), environment(), 0, "rien à faire", ""),
]


def start(*words: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Start the installed program, and wait for its end; nothing is typed."""
    return subprocess.run(
        [PROGRAM, *words],
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "settings", "code", "out", "error"), CALLS, ids=[" ".join(one[0]) for one in CALLS]
)
def test_a_command_as_a_process(
    words: tuple[str, ...],
    settings: dict[str, str],
    code: int,
    out: str,
    error: str,
    book: Path,
    coop: Callable[..., Path],
) -> None:
    roots = {"ROOT": str(book)}
    if "VOTED" in words:
        roots["VOTED"] = str(coop(voted()))
    done = start(*(roots.get(word, word) for word in words), settings=settings)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert out.lower() in done.stdout.lower()
    assert error.lower() in done.stderr.lower()


def test_both_sites_from_a_process_and_back(tmp_path: Path) -> None:
    root = write_book(tmp_path / "book")
    for _round in range(2):
        done = run_process("build", root, "--lang", "fr")
        assert done.returncode == 0, done.stderr
    assert (root / "site" / "public" / "index.html").is_file()
    assert run_process("rollback", root).returncode == 0


def test_the_package_runs_too() -> None:
    assert run_process("--version").stdout.startswith("python -m coopbook, version ")


def test_a_reader_that_leaves_is_no_fault() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{PROGRAM} explain | head -1; exit ${{PIPESTATUS[0]}}"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, len(done.stdout.splitlines())) == ("", 1)
    assert done.returncode in {0, NOBODY_READS}


@pytest.mark.parametrize("words", [("check", "ROOT"), ("explain", "broken-link"), ("--help",)])
def test_a_terminal_that_knows_few_letters_gets_the_others_as_numbers(
    words: tuple[str, ...], book: Path
) -> None:
    settings = environment(LANG="fr_FR.UTF-8", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    settings |= {"LANGUAGE": "fr", "PYTHONIOENCODING": "ascii"}
    ended = start(*(str(book) if word == "ROOT" else word for word in words), settings=settings)
    assert ended.returncode == 0, ended.stderr
    assert (ended.stdout + ended.stderr).isascii()


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_closed_channel_is_no_fault(book: Path, closed: str) -> None:
    line = f'"{PROGRAM}" check "{book}" --lang fr {closed}'
    ended = subprocess.run(
        ["/bin/sh", "-c", line], env=environment(), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0
    assert "Traceback" not in ended.stdout + ended.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="killed by a signal")
def test_what_a_killed_run_has_left_is_cleared_by_the_next(book: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    settings = environment(TMPDIR=str(temporary))
    waiting = (
        "import datetime, pathlib, sys, time\n"
        "from coopbook.records.load import load\n"
        f"book = load(pathlib.Path({str(book)!r}), datetime.date(2026, 11, 21))\n"
        "print(flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", waiting], env=settings, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        start("check", str(book), settings=settings)
        left = [one for one in temporary.iterdir() if one.is_dir()]
        assert len(left) == 1, "what is in use stays"
        child.kill()
    assert start("check", str(book), settings=settings).returncode == 0
    assert list(temporary.iterdir()) == []
