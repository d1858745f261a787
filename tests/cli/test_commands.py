"""The command line as a member or CI calls it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.cli import COMMANDS
from support.commands import environment, process_command, run
from support.coops import TODAY, TOP
from support.git import committed, git

ANA = "type: person\nname: {display: Ana Lopes}\npresence: present\nlisted: false\n"


def test_check_leaves_with_0_when_all_is_well(coop: Callable[..., Path]) -> None:
    ran = run("check", coop({"members/ana.yml": ANA}))
    assert (ran.returncode, ran.stdout) == (0, "")


def test_warnings_are_no_errors(coop: Callable[..., Path]) -> None:
    ran = run("check", coop({"wiki/a.md": "[x](b.md)\n"}))
    assert ran.returncode == 0
    assert "avertissement" in ran.stdout


def test_check_leaves_with_1_when_there_is_an_error(coop: Callable[..., Path]) -> None:
    ran = run("check", coop({"members/ana.yml": ANA + "headlin: x\n"}), "--lang", "en")
    assert ran.returncode == 1
    assert ran.stdout.startswith(
        "members/ana.yml:5:1: There is no field “headlin” here. [schema]\n    5 | headlin: "
        "x\n        ^^^^^^^\n"
    )


def test_misuse_leaves_with_2(coop: Callable[..., Path], tmp_path: Path) -> None:
    root = coop({})
    empty = tmp_path / "empty"
    empty.mkdir()
    for ran in (
        run("check", empty),
        run("build", empty),
        run("check", tmp_path / "missing"),
        run("check", root, "--today", "31/01/2026"),
        run("check", root, "--base", "HEAD"),
        run("check", root, "--base", "--output=/tmp/x"),
        run("explain", "unknown-referense"),
        run("nonsense"),
    ):
        assert ran.returncode == 2, ran.args
        assert ran.stderr
        assert "Traceback" not in ran.stderr


def test_a_revision_that_a_shallow_clone_lacks_is_misuse(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root = coop({"members/ana.yml": ANA})
    old = committed(root)
    (root / "members/ana.yml").write_text(ANA + "reviewed: 2026-01-01\n")
    committed(root)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    assert run("check", tmp_path / "shallow", "--base", "HEAD").returncode == 0
    ran = run("check", tmp_path / "shallow", "--base", old, "--lang", "fr")
    assert ran.returncode == 2
    assert "fetch-depth" in ran.stderr


def test_base_judges_the_change(coop: Callable[..., Path]) -> None:
    root = coop({"members/ana.yml": ANA})
    base = committed(root)
    (root / "members/ana.yml").rename(root / "members/ana-lopes.yml")
    ran = run("check", root, "--base", base, "--lang", "en")
    assert ran.returncode == 1
    assert "“ana” is now “ana-lopes”" in ran.stdout
    (root / "members/ana-lopes.yml").write_text(ANA + "formerly: [ana]\n")
    assert run("check", root, "--base", base).returncode == 0


def test_without_a_base_the_check_fails_and_a_first_push_has_nothing_before(
    coop: Callable[..., Path],
) -> None:
    root = coop({"members/ana.yml": ANA})
    committed(root)
    for empty in ("", " "):
        ran = run("check", root, "--base", empty, "--lang", "en")
        assert (ran.returncode, "--base is empty" in ran.stderr) == (2, True)
    for length in (40, 64):
        assert run("check", root, "--base", "0" * length).returncode == 0
    for other in ("0" * 39, "0" * 41, "0" * 39 + "1"):
        assert run("check", root, "--base", other).returncode == 2
    (root / "members/ana.yml").write_text(ANA + "headlin: x\n")
    assert run("check", root, "--base", "0" * 40).returncode == 1


def test_an_actor_is_advised_on_the_change(coop: Callable[..., Path]) -> None:
    root = coop({"members/ana.yml": ANA + "accounts: [{forge: github, login: ana, uid: 7}]\n"})
    base = committed(root)
    (root / "members/new.yml").write_text(ANA)
    (root / "wiki").mkdir()
    (root / "wiki/link.md").symlink_to(root / "coop.yml")
    told = run("check", root, "--base", base, "--actor", "github:ana:7", "--lang", "en")
    assert told.returncode == 1
    assert [
        line.partition(":")[0] for line in told.stdout.splitlines() if "[not-allowed]" in line
    ] == [
        "members/new.yml",
        "wiki/link.md",
    ]
    assert "[not-allowed]" not in run("check", root, "--base", base).stdout
    without = run("check", root, "--actor", "github:ana:7", "--lang", "en")
    assert (without.returncode, "--base" in without.stderr) == (2, True)
    first = run("check", root, "--base", "0" * 40, "--actor", "github:ana:7", "--lang", "en")
    assert (first.returncode, "--base" in first.stderr) == (2, True), "nothing was there before"
    for wrong in ("ana", "github:ana", "svn:ana:7", "github:ana:0", "github::7", "github:ana:x"):
        ran = run("check", root, "--base", base, "--actor", wrong, "--lang", "en")
        assert (ran.returncode, "github:ana:583231" in ran.stderr) == (2, True)


def test_formats(coop: Callable[..., Path]) -> None:
    root = coop({"members/ana.yml": ANA + "presense: x\n"})
    (row,) = run("check", root, "--format", "json").stdout.splitlines()
    assert {key: json.loads(row)[key] for key in ("file", "line", "column", "check")} == {
        "file": "members/ana.yml",
        "line": 5,
        "column": 1,
        "check": "schema",
    }
    assert run("check", root, "--format", "github").stdout.startswith(
        "::error file=members/ana.yml,line=5,col=1,"
    )
    assert run("check", root, settings=environment(GITHUB_ACTIONS="true")).stdout.startswith(
        "::error "
    )


def test_all_faults_come_in_one_run(coop: Callable[..., Path]) -> None:
    ran = run(
        "check",
        coop(
            {
                "members/ana.yml": "a: [\n",
                "members/bob.yml": ANA + "x: 1\n",
                "members/cleo.yml": ANA.replace("false", "true"),
                "members/dan.yml": ANA + "sponsor: ann\n",
            }
        ),
        "--format",
        "json",
    )
    assert sorted({json.loads(row)["check"] for row in ran.stdout.splitlines()}) == [
        "consent-missing",
        "same-name",
        "schema",
        "syntax",
        "unknown-reference",
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_explain(language: str) -> None:
    assert len(run("explain", "--lang", language).stdout.splitlines()) > 20
    said = run("explain", "private-link", "--lang", language).stdout
    assert {"fr": "## Pourquoi", "en": "## Why"}[language] in said


def test_the_repositorys_own_coop_has_no_error() -> None:
    assert run("check", TOP, "--today", str(TODAY)).returncode == 0


def test_a_mistake_of_ours_is_told_without_a_traceback(
    coop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from coopbook.cli import OUR_MISTAKE

    def broken(*_arguments: object, **_values: object) -> None:
        raise ValueError("so not")

    monkeypatch.setattr("coopbook.records.load.load_kinds", broken)
    ran = run("check", coop({}), settings=environment(COOPBOOK_DEBUG=""))
    assert ran.returncode == OUR_MISTAKE
    assert "ValueError: so not" in ran.output
    assert "Traceback" not in ran.output


FRENCH = [
    ({"LANG": "fr_FR.UTF-8"}, True),
    ({"LANG": "fr_CA"}, True),
    ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_BE.UTF-8"}, True),
]
ENGLISH = [
    ({"LANG": "C.UTF-8"}, False),
    ({"LANG": "de_DE.UTF-8"}, False),
    ({"LANG": "fri"}, False),
    ({}, False),
]


@pytest.mark.parametrize(("settings", "french"), FRENCH + ENGLISH)
def test_help_is_in_the_terminals_language(settings: dict[str, str], french: bool) -> None:
    env = {name: value for name, value in environment().items() if name != "LANG"} | settings
    for arguments in ([], *([name] for name in COMMANDS)):
        said = run(*arguments, "--help", settings=env).stdout
        assert ("Affiche cette aide." in said) is french, said
        assert ("Usage\u00a0: " in said) is french
        assert ("Show this message" in said or "Usage: " in said) is not french
    assert (
        "Dit ce qui ne va pas dans les fichiers de ROOT." in run("--help", settings=env).stdout
    ) is french


def test_every_word_of_the_help_has_its_french() -> None:
    env = environment(LANG="fr_FR.UTF-8", COLUMNS="300")
    for arguments in ([], *([name] for name in COMMANDS)):
        lines = [
            {line.strip() for line in run(*arguments, "--help", settings=one).stdout.splitlines()}
            for one in (env, env | {"LANG": "C"})
        ]
        same = {re.sub(r"^-.*?(  +|$)|^\w+  +", "", line) for line in lines[0] & lines[1]} - {""}
        assert same == set(), same


def test_the_languages_of_messages_are_those_with_a_catalogue(coop: Callable[..., Path]) -> None:
    said = run("check", coop({}), "--lang", "nl")
    assert said.returncode == 2
    assert "'en', 'fr'" in said.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("explain",),
        ("remind",),
        ("explain", "--help"),
        ("check", "--help"),
        ("--help",),
    ],
)
def test_who_no_longer_listens_is_told_nothing(
    coop: Callable[..., Path], command: tuple[str, ...]
) -> None:
    """As in `coopbook explain | head -1`: no complaint, and left as a program leaves that nobody
    reads from.
    """
    root = coop({f"members/ana-{number}.yml": ANA + "headlin: x\n" for number in range(9)})
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        where = [root] if command[0] in {"check", "remind"} else []
        ran = subprocess.run(
            process_command(*command, *where),
            stdout=nobody,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(),
        )
    assert (ran.returncode, ran.stderr) == (141, "")
