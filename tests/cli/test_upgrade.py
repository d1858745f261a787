"""`coopbook upgrade`: the files say the same in the new format, and nothing else may change with
it.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.base.atomic_files import replace_all
from coopbook.editing import starter_upgrade
from coopbook.records import starter_files
from coopbook.records.kinds import load_kinds
from coopbook.records.starter_files import MARK, digest, present_files
from coopbook.records.upgrades import STEPS, format_of, plan, write
from coopbook.yaml_files.reader import parse
from support.commands import run
from support.coops import TOP
from support.git import git, tagged
from support.votes import count_three_votes

COOP = "format: 1 # the layout\nname: X\nlanguages: [fr]\ncountry: CH\nrepository: private\n"
MINUTES = """---
record: pv # numbered
title: {fr: AG}
mode: in-person
text: registry
registry: {date: 2026-06-18, where: Registre 2}
opened: "18:30"
resolutions:
  - {n: 1, text: Un., result: no-quorum}
  - n: 2 # the second
    text: Deux, no-quorum.
    ballot: show-of-hands
---
record: pv
"""
AFTER = """---
record: minutes # numbered
title: {fr: AG}
mode: in_person
text: register
original: {date: 2026-06-18, where: Registre 2}
opened: "18:30"
resolutions:
  - {number: 1, text: Un., result: no_quorum}
  - number: 2 # the second
    text: Deux, no-quorum.
    ballot: show_of_hands
---
record: pv
"""
PROPOSAL = "---\ntitle: T\nstatus: {status}\nopened: 2026-01-02T09:00:00+01:00\n---\nText\n"
FILES = {
    "coop.yml": COOP,
    "decisions/minutes/ag.md": MINUTES,
    "decisions/proposals/old.md": PROPOSAL.format(status="adopted"),
}


@pytest.fixture
def closed_votes(coop: Callable[..., Path]) -> Path:
    return count_three_votes(coop)


@pytest.fixture
def old(coop: Callable[..., Path]) -> Path:
    return coop(FILES)


def upgrade(root: Path) -> tuple[int, str, str]:
    ran = run("upgrade", root, "--lang", "en")
    return ran.returncode, ran.stdout, ran.stderr


def test_only_the_words_of_the_format_change(old: Path) -> None:
    code, told, wrong = upgrade(old)
    assert (code, wrong) == (0, "")
    assert (old / "coop.yml").read_text() == COOP.replace("format: 1", "format: 2")
    assert (old / "decisions/minutes/ag.md").read_text() == AFTER
    assert "opens: 2026-01-02" in (old / "decisions/proposals/old.md").read_text()
    assert "decisions/proposals/old.md: opened → opens" in told
    assert "3 files are now of format 2." in told


def test_a_second_run_does_nothing(old: Path) -> None:
    upgrade(old)
    before = {file: file.read_bytes() for file in old.rglob("*") if file.is_file()}
    assert upgrade(old) == (
        0,
        "These files are of format 2 already: there is nothing to do.\n",
        "",
    )
    assert {file: file.read_bytes() for file in old.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("number", [1, 2])
def test_own_record_types_are_said_in_the_present_words(
    coop: Callable[..., Path], number: int
) -> None:
    schema = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Ateliers", "description": "Un atelier.",
  "x-files": "ateliers/*.yml", "x-id": "stem", "x-title": "titre", "x-public": true, "x-editors": ["self"],
  "type": "object", "additionalProperties": false,
  "properties": {"titre": {"type": "string", "x-public": true, "x-index": true, "x-ask": true}}
}"""  # noqa: E501
    coop_yml = COOP.replace("format: 1", f"format: {number}")
    file = "schemas/atelier.schema.json"
    root = coop({"coop.yml": coop_yml, file: schema, "ateliers/un.yml": "titre: Un\n"})
    code, told, wrong = upgrade(root)
    assert (code, wrong) == (0, "")
    assert f"{file}: x-public → x-audience, x-ask → x-prompt, x-editors → –" in told
    kinds, found = load_kinds(root)
    assert found == []
    assert kinds["atelier"].audience == "public"
    assert (root / "ateliers/un.yml").read_text() == "titre: Un\n"
    before = (root / file).read_bytes()
    assert "nothing to do" in upgrade(root)[1]
    assert (root / file).read_bytes() == before


def test_old_files_are_told_in_one_sentence(old: Path) -> None:
    for command in ("check", "build"):
        ran = run(command, old, "--lang", "en")
        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr == (
            "These files are of format 1, and this Coopbook reads format 2:"
            " bring them there with “coopbook upgrade”.\n"
        )


def test_nothing_is_upgraded_while_a_vote_is_open(old: Path) -> None:
    vote = PROPOSAL.format(status="voting").replace("---\nText", "closes: 2026-02-01\n---\nText")
    (old / "decisions/proposals/new.md").write_text(vote)
    code, _told, wrong = upgrade(old)
    assert code == 2
    assert "decisions/proposals/new.md is put to the vote until 2026-02-01:" in wrong
    assert format_of(old) == 1
    assert (old / "decisions/minutes/ag.md").read_text() == MINUTES


@pytest.mark.parametrize(
    ("file", "text", "code", "told"),
    [
        ("decisions/minutes/ag.md", "---\nrecord: [\n---\n", 1, "decisions/minutes/ag.md: "),
        ("decisions/minutes/ag.md", "---\nrecord: pv\n", 1, "block of fields at the top does not"),
        ("decisions/minutes/ag.md", "", 0, ""),
        ("members/ana.yml", "- a\n", 1, "members/ana.yml: There are no fields in this file."),
        ("coop.yml", "name: X\n", 2, "coop.yml does not say of which format"),
        ("coop.yml", "format: x\n", 2, "coop.yml does not say of which format"),
        ("coop.yml", "format: 0\n", 2, "coop.yml does not say of which format"),
        ("coop.yml", "format: [\n", 2, "coop.yml does not say of which format"),
        ("coop.yml", "format: 9\n", 2, "of format 9, newer than this Coopbook"),
    ],
)
def test_bad_input_is_told(old: Path, file: str, text: str, code: int, told: str) -> None:
    (old / file).parent.mkdir(exist_ok=True)
    (old / file).write_text(text)
    before = {path: path.read_bytes() for path in old.rglob("*") if path.is_file()}
    found, _out, wrong = upgrade(old)
    assert (found, told in wrong, "Traceback" in wrong) == (code, True, False)
    if code:
        assert {path: path.read_bytes() for path in old.rglob("*") if path.is_file()} == before


def test_a_folder_that_is_no_co_op_is_told(tmp_path: Path) -> None:
    code, _told, wrong = upgrade(tmp_path)
    assert (code, "is not a co-op's folder" in wrong) == (2, True)


def test_half_an_upgrade_is_completed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = plan(old)
    moved: list[str] = []

    def replace(new: Path, path: Path) -> None:
        if moved:
            raise OSError("the power is cut")
        moved.append(path.name)
        Path(new).rename(path)

    with monkeypatch.context() as patched:
        patched.setattr("coopbook.base.atomic_files.os.replace", replace)
        with pytest.raises(OSError, match="power"):
            write(old, whole)
    assert moved
    assert moved != ["coop.yml"]
    assert format_of(old) == 1
    assert not list(old.rglob(".*.new"))
    write(old, plan(old))
    assert {file: (old / file).read_bytes() for file in whole.files} == whole.files


def test_a_step_changes_nothing_of_its_own_format() -> None:
    for step in STEPS:
        for kind in {*step.keys, *step.values}:
            source = parse(MINUTES.encode(), front_matter=True).value
            once, changes = step.apply(kind, source)
            assert step.apply(kind, once) == (once, [])
            assert bool(changes) == (kind == "minutes" or "opened" in str(step.keys.get(kind)))


@pytest.fixture
def before(closed_votes: Path) -> Path:
    """Three closed votes in format 1, under the tag `closed`."""
    for file in closed_votes.glob("decisions/proposals/*.md"):
        result = closed_votes / f"decisions/results/{file.stem}.yml"
        status = re.search("^result: (.*)$", result.read_text(), re.M)
        assert status
        text = file.read_text().replace("opens: ", "opened: ")
        file.write_text(re.sub("^status: .*$", f"status: {status[1]}", text, flags=re.M))
    coop = closed_votes / "coop.yml"
    coop.write_text(coop.read_text().replace("format: 2", "format: 1"))
    git(closed_votes, "tag", "-d", "closed")
    return tagged(closed_votes)


def compared(root: Path) -> tuple[int, str]:
    """What the check against the version before the upgrade says."""
    ran = run("check", root, "--base", "closed", "--lang", "en")
    return ran.returncode, ran.stdout + ran.stderr


def test_the_upgrade_alone_is_no_change_of_what_was_decided(before: Path) -> None:
    seals = run("verify", before, "--lang", "en")
    assert seals.returncode == 2
    assert upgrade(before)[0] == 0
    code, told = compared(before)
    assert code == 0, told
    ran = run("verify", before, "--against", "closed", "--lang", "en")
    assert (ran.returncode, "3 results of closed are here as they were." in ran.stdout) == (0, True)


def test_an_upgrade_with_one_figure_changed_is_refused(before: Path) -> None:
    upgrade(before)
    file = before / "decisions/results/repas.yml"
    text = file.read_text()
    file.write_text(re.sub(r"for: (\d+)", lambda found: f"for: {int(found[1]) + 1}", text, count=1))
    assert file.read_text() != text
    code, told = compared(before)
    assert (code, "[changed-vote]" in told) == (1, True)
    assert run("verify", before, "--against", "closed").returncode == 1


def test_an_upgrade_with_another_day_is_refused(before: Path) -> None:
    upgrade(before)
    file = before / "decisions/proposals/repas.md"
    file.write_text(re.sub(r"opens: 2026-03-0\d", "opens: 2026-03-01", file.read_text()))
    code, told = compared(before)
    assert (code, "decisions/proposals/repas.md" in told) == (1, True)


def test_an_upgrade_with_a_ballot_gone_is_refused(before: Path) -> None:
    upgrade(before)
    (before / "decisions/ballots/repas/cleo.yml").unlink()
    code, told = compared(before)
    assert (code, "decisions/ballots/repas/cleo.yml" in told) == (1, True)


def test_what_lies_beside_the_book_is_declared(old: Path) -> None:
    for file in ("Makefile", ".env", "requirements.txt", "scripts/x.py", "notes/a.md", "a b/x"):
        (old / file).parent.mkdir(exist_ok=True)
        (old / file).write_text("x\n")
    (old / "members.csv").write_text("a,b\n")
    (old / "empty").mkdir()
    code, told, wrong = upgrade(old)
    assert (code, wrong) == (0, "")
    names = [".env", "Makefile", "notes", "requirements.txt", "scripts"]
    assert parse((old / "coop.yml").read_bytes(), front_matter=False).value["beside"] == names
    assert (old / "coop.yml").read_text().startswith(COOP.replace("format: 1", "format: 2"))
    assert f"part of the book: {', '.join(names)}. Take out" in told
    assert re.findall(r"^(.*):1:1: .*\[stray-file\]", run("check", old).stdout, re.M) == [
        "a b",
        "members.csv",
    ]
    assert "nothing to do" in upgrade(old)[1]


def test_what_is_declared_is_no_change_of_what_was_decided(before: Path) -> None:
    (before / "Makefile").write_text("all:\n")
    tagged(before, "beside")
    assert upgrade(before)[0] == 0
    assert "beside:" in (before / "coop.yml").read_text()
    ran = run("check", before, "--base", "beside", "--lang", "en")
    assert ran.returncode == 0, ran.stdout + ran.stderr


WORKFLOW = ".github/workflows/remind.yml"
PIN = re.compile("@[0-9a-f]{40}( # v[0-9.]+)?")
LAYS = "as this Coopbook lays it\n"
MARKED = f"{MARK}: says what Coopbook has laid here; keep it\n"


def keep(folder: Path, path: str, *texts: str) -> None:
    """Keep the texts of a file as `make docs` does, in a folder for the test."""
    for text in texts:
        file = folder / starter_files.name_laid(path, text)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


@pytest.fixture
def laid(coop: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A co-op with the files that the Coopbook before laid: in one of them a line was otherwise."""
    texts = {path: text for path, text in present_files().items() if path.startswith(".git")}
    texts.pop(".gitlab-ci.yml")
    earlier = texts[WORKFLOW].replace("jobs:\n", "# An earlier one.\njobs:\n")
    for path, text in texts.items():
        keep(tmp_path / "laid", path, text, *([earlier] if path == WORKFLOW else []))
    before = {path: digest(text) for path, text in {**texts, WORKFLOW: earlier}.items()}
    (tmp_path / "unmarked.json").write_text(json.dumps([{WORKFLOW: before[WORKFLOW]}, before]))
    monkeypatch.setattr(starter_files, "LAID", tmp_path / "laid")
    monkeypatch.setattr(starter_files, "UNMARKED", tmp_path / "unmarked.json")
    return coop({"coop.yml": COOP.replace("format: 1", "format: 2"), **texts, WORKFLOW: earlier})


def all_files(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in root.rglob("*")
        if file.is_file()
    }


def test_a_file_for_the_forge_that_nobody_changed_is_brought_up_to_date(laid: Path) -> None:
    newer = PIN.sub("@" + "a" * 40 + " # v99", (laid / WORKFLOW).read_text())
    (laid / WORKFLOW).write_text(newer, newline="\r\n")
    assert upgrade(laid) == (0, f"{WORKFLOW}: {LAYS}{MARKED}", "")
    text = (laid / WORKFLOW).read_text()
    assert PIN.sub("", text) == PIN.sub("", present_files()[WORKFLOW])
    assert set(PIN.findall(text)) == {" # v99"}
    assert "nothing to do" in upgrade(laid)[1]


def test_a_file_for_the_forge_that_was_changed_keeps_that_and_takes_what_is_new(
    laid: Path,
) -> None:
    ours = (laid / WORKFLOW).read_text().replace("cron: ", "cron: '2 2 * * 2' # was: ")
    assert ours != (laid / WORKFLOW).read_text()
    (laid / WORKFLOW).write_text(ours)
    code, told, wrong = upgrade(laid)
    assert (code, wrong) == (0, "")
    assert told.startswith(f"{WORKFLOW}: what was changed here stays, and what is new is there\n")
    assert (laid / WORKFLOW).read_text() == ours.replace("# An earlier one.\n", "")
    before = all_files(laid)
    assert "nothing to do" in upgrade(laid)[1]
    assert all_files(laid) == before


def test_where_both_changed_the_same_lines_ours_lies_beside(laid: Path) -> None:
    (laid / WORKFLOW).write_text("name: Ours\n")
    (laid / ".gitignore").write_text("/ours/\n")
    code, told, wrong = upgrade(laid)
    assert (code, told) == (0, MARKED)
    assert wrong.startswith(f"{WORKFLOW} was changed here in the lines that Coopbook has changed")
    assert wrong.count("\n") == 1
    assert (laid / WORKFLOW).read_text() == "name: Ours\n"
    beside = laid / f"{WORKFLOW}.new"
    assert PIN.sub("", beside.read_text()) == PIN.sub("", present_files()[WORKFLOW])
    before = all_files(laid)
    code, told, wrong = upgrade(laid)
    assert (code, "nothing to do" in told) == (0, True)
    assert wrong.startswith(f"{WORKFLOW}.new still lies beside your own")
    assert all_files(laid) == before
    beside.unlink()
    assert upgrade(laid)[2] == ""
    assert (laid / WORKFLOW).read_text() == "name: Ours\n"


def test_a_merge_that_is_no_file_of_its_kind_is_none(laid: Path, tmp_path: Path) -> None:
    """Each is good by itself; the whole would say one thing twice."""
    earlier = present_files()[WORKFLOW].replace("permissions: {}\n", "", 1)
    keep(tmp_path / "laid", WORKFLOW, earlier)
    (laid / WORKFLOW).write_text(earlier + "\npermissions: {}\n")
    assert "stays as it is" in upgrade(laid)[2]
    assert (laid / WORKFLOW).read_text() == earlier + "\npermissions: {}\n"


def test_a_file_for_the_forge_that_was_taken_out_stays_out(laid: Path) -> None:
    (laid / WORKFLOW).unlink()
    for _turn in range(2):
        assert upgrade(laid)[2] == ""
        assert not (laid / WORKFLOW).exists()


def test_a_file_that_is_new_is_laid_and_may_be_taken_out(laid: Path) -> None:
    """Known by the mark, or by what a Coopbook without marks can have laid."""
    for path in [*present_files()]:
        if path != WORKFLOW and (laid / path).exists():
            (laid / path).unlink()
    first = upgrade(laid)[1]
    assert f".github/workflows/check.yml: new, {LAYS}" in first
    assert (laid / ".github/workflows/check.yml").is_file()
    (laid / ".github/workflows/check.yml").unlink()
    assert "nothing to do" in upgrade(laid)[1]
    assert not (laid / ".gitlab-ci.yml").exists()


def test_links_and_what_is_no_text_are_left_alone(laid: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    (laid / ".github").rename(away)
    (laid / ".github").symlink_to(away)
    (laid / ".gitattributes").write_bytes(b"\xff")
    before = all_files(away)
    assert upgrade(laid)[0] == 0
    assert all_files(away) == before
    assert (laid / ".gitattributes").read_bytes() == b"\xff"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 1}', "null"])
def test_a_mark_that_cannot_be_read_is_none(laid: Path, text: str) -> None:
    (laid / MARK).parent.mkdir()
    (laid / MARK).write_text(text)
    assert upgrade(laid) == (0, f"{WORKFLOW}: {LAYS}{MARKED}", "")


def test_a_false_mark_overwrites_nothing(laid: Path) -> None:
    ours = (laid / WORKFLOW).read_text().replace("cron: ", "cron: '2 2 * * 2' # was: ")
    (laid / WORKFLOW).write_text(ours)
    (laid / MARK).parent.mkdir()
    (laid / MARK).write_text(json.dumps({"coopbook": "9", "files": {WORKFLOW: digest(ours)}}))
    assert upgrade(laid)[0] == 0
    assert (laid / WORKFLOW).read_text() == ours.replace("# An earlier one.\n", "")


def test_a_clock_that_moved_into_a_file_of_its_own_moves_here_too(
    laid: Path, tmp_path: Path
) -> None:
    """A co-op of before would have none any more; what somebody took out later stays out."""
    vote, timed = (f".github/workflows/vote{more}.yml" for more in ("", "-timed"))
    texts = present_files()
    earlier = texts[vote].replace(
        "  workflow_dispatch:\n", "  schedule:\n    - cron: '1 * * * *'\n"
    )
    keep(tmp_path / "laid", vote, earlier)
    (tmp_path / "unmarked.json").write_text(json.dumps([{vote: digest(earlier)}]))
    (laid / vote).write_text(earlier)
    (laid / timed).unlink()
    told = upgrade(laid)[1]
    assert f"{vote}: {LAYS}" in told
    assert f"{timed}: new, {LAYS}" in told
    assert (laid / timed).read_text() == texts[timed]
    (laid / timed).unlink()
    assert "nothing to do" in upgrade(laid)[1]


FIRST = "2be2f5f1ac5e368fc0c5d3954b8d42dae1b298f1"
"""The first `coopbook init` of this repository's history."""


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """What the first `coopbook init` laid, from git's history."""
    top = "scripts/coopbook/starter/"
    try:
        names = git(TOP, "ls-tree", "-r", "--name-only", FIRST, top).split()
    except subprocess.CalledProcessError:
        pytest.skip("this clone has not the whole history")
    root = tmp_path / "first"
    for name in names:
        folder, _slash, path = name.removeprefix(top).partition("/")
        if folder in ("common", "fr"):
            file = root / path.replace("dot-", ".", 1)
            file.parent.mkdir(parents=True, exist_ok=True)
            text = git(TOP, "show", f"{FIRST}:{name}").strip() + "\n"
            for word, value in (("name", "Les Essais"), ("requirement", OLD_PIN)):
                text = re.sub(rf"\[\[ *{word} *\]\]", value, text)
            file.write_text(re.sub(r"\{% *(end)?raw *%\}", "", text))
    (root / "coop.yml").write_text(COOP)
    return root


OLD_PIN = f"coopbook @ git+https://forge.example/coopbook@{FIRST}"
NEW_PIN = f"coopbook @ git+https://forge.example/coopbook@{'5' * 40}"


def test_a_co_op_of_the_first_day_keeps_its_edits_and_gets_what_is_new(first: Path) -> None:
    check, publish = (first / f".github/workflows/{name}.yml" for name in ("check", "publish"))
    edited = {
        check: ("timeout-minutes: ", "timeout-minutes: 59 # ours, was: "),
        publish: ("timeout-minutes: 20", "timeout-minutes: 58"),
        first / ".gitattributes": ("*.png", "*.ours  binary\n*.png"),
        first / "decisions/bodies/assemblee-generale.yml": ("kind: ", "# à nous\nkind: "),
        first / "README.md": ("# Les Essais", "# Les Essais, bien à nous"),
        first / "requirements.txt": ("# ", "# À nous. "),
    }
    for file, (old, new) in edited.items():
        text = file.read_text()
        assert old in text, file
        file.write_text(text.replace(old, new, 1))
    for name in (".gitattributes", ".gitignore"):
        (first / name).write_text((first / name).read_text() + "# à la fin, sans fin de ligne")
    publish.write_text(publish.read_text().replace("23 2 * * *", "1 4 * * *"))
    ran = run("upgrade", first, "--lang", "en", "--source", NEW_PIN)
    assert (ran.returncode, ran.stderr) == (0, "")
    for file, (_old, new) in edited.items():
        assert new in file.read_text(), file
    assert f"requirements.txt: {OLD_PIN} → {NEW_PIN}" in ran.stdout
    assert NEW_PIN in (first / "requirements.txt").read_text()
    lines = (first / ".gitattributes").read_text().splitlines()
    assert lines.index("# à la fin, sans fin de ligne") < lines.index("decisions/evidence/** -text")
    assert (first / ".gitignore").read_text().endswith("# à la fin, sans fin de ligne")
    for name in ("vote", "remind", "assembly"):
        assert (first / f".github/workflows/{name}.yml").is_file()
    assert not list(first.rglob("*.new"))
    assert all("--require-hashes" in file.read_text() for file in (check, publish))
    assert "cron" not in publish.read_text()
    assert "1 4 * * *" in (first / ".github/workflows/publish-timed.yml").read_text()
    before = all_files(first)
    again = run("upgrade", first, "--lang", "en", "--source", NEW_PIN)
    assert (again.returncode, "nothing to do" in again.stdout) == (0, True)
    assert all_files(first) == before


def test_the_check_tells_files_of_another_coopbook_but_no_change(laid: Path) -> None:
    (laid / "requirements.txt").write_text("coopbook==0.1.0\n")
    (laid / "coop.yml").write_text((laid / "coop.yml").read_text() + "beside: [requirements.txt]\n")
    tagged(laid)
    assert "[starter-stale]" in run("check", laid).stdout
    assert "[starter-stale]" not in run("check", laid, "--base", "closed").stdout
    upgrade(laid)
    assert "[starter-stale]" not in run("check", laid).stdout
    mark = json.loads((laid / MARK).read_text())
    mark["files"].pop(WORKFLOW)
    (laid / MARK).write_text(json.dumps(mark))
    assert "[starter-stale]" in run("check", laid).stdout


def test_the_repository_of_coopbook_itself_is_left_alone() -> None:
    plan = starter_upgrade.plan_starter(TOP, ["a"], NEW_PIN, pinned=True)
    assert (plan.files, plan.beside) == ({}, {})


def test_an_upgrade_that_was_cut_off_is_completed(first: Path) -> None:
    whole = starter_upgrade.plan_starter(first, ["a"], NEW_PIN, pinned=True)
    assert len(whole.files) > 5
    assert [*whole.files][-1] == MARK
    for number in range(len(whole.files)):
        done = dict([*whole.files.items()][: number + 1])
        replace_all(first, done)
        left = starter_upgrade.plan_starter(first, ["a"], NEW_PIN, pinned=True)
        assert left.files.items() <= whole.files.items(), number
    assert left.files == {}


def test_new_checks_that_speak_are_listed(laid: Path) -> None:
    upgrade(laid)
    mark = json.loads((laid / MARK).read_text())
    assert "unknown-term" in mark["checks"]
    mark["checks"].remove("unknown-term")
    (laid / MARK).write_text(json.dumps(mark))
    (laid / "members").mkdir()
    (laid / "members/ana-lopes.yml").write_text(
        "name: {given: Ana, family: Lopes, display: Ana Lopes}\ntrades: [cartografie]\n"
    )
    told = upgrade(laid)[1]
    assert "New checks that have something to say:\n      1 × unknown-term" in told
