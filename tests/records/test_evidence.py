"""What proves a vote or a meeting is held to its fingerprint: in the check, in `coopbook verify`,
and on no site.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.assembly.filing import HandedFile, signed_annex
from coopbook.assembly.record import Assembly
from coopbook.cli.assembly import _path_among_files as kept_as
from coopbook.records import evidence
from coopbook.records.audience import AUDIENCES, view_index
from coopbook.records.evidence import FOLDER, is_path_inside, proofs_of, sum_files
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.git import git, tagged
from support.sites import write_site
from support.votes import MEMBERS, PROPOSAL, RULES, VOTES, ballot, member, verify

SHEET = f"{FOLDER}samedi/bulletins.csv"
HELD = b"ana;pour\r\nbob;contre\r\n"
NOTED = hashlib.sha256(HELD).hexdigest()


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    """A vote that a teller entered from one sheet, counted, and kept in git under the tag
    `closed`.
    """
    proof = f"cast_by: ana\nevidence: {{file: {SHEET}, sha256: {NOTED}}}\n"
    files: dict[str, str | bytes] = {
        f"members/{id}.yml": member(since, f"X {id}") for id, since in MEMBERS.items()
    }
    files |= {
        f"decisions/ballots/samedi/{id}.yml": ballot(choice) + proof for id, choice in VOTES.items()
    }
    labels = "membership_categories: {salarie: {label: {fr: Salarié·e}}}\n"
    start = (
        f"format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
        f"{labels}"
    )
    sheet = PROPOSAL.replace("status: voting", "status: voting\ntellers: [ana]")
    root = coop(
        files
        | {
            "coop.yml": start,
            "decisions/rules.yml": RULES,
            "decisions/proposals/samedi.md": sheet,
            SHEET: HELD,
        }
    )
    ran = run("tally", "samedi", root)
    assert ran.returncode == 0, ran.stderr
    return tagged(root)


def told(root: Path) -> list[str]:
    return [
        item.message.text.format(**item.message.values)
        for item in checks.check(load(root, TODAY))
        if item.check in ("changed-evidence", "missing-evidence", "unsealed-evidence")
    ]


def test_what_is_as_it_was_holds(root: Path) -> None:
    code, said = verify(root, "--against", "closed")
    assert (
        code,
        "1 proof is as it was noted." in said,
        "1 proof of closed is here as it was." in said,
    ) == (0, True, True)
    assert told(root) == []


@pytest.mark.parametrize("now", [b"ana;contre\r\nbob;contre\r\n", HELD.replace(b"\r", b""), None])
def test_a_proof_exchanged_or_deleted_is_told_once(root: Path, now: bytes | None) -> None:
    (root / SHEET).unlink() if now is None else (root / SHEET).write_bytes(now)
    assert len(told(root)) == 1, "four ballots name it"
    code, said = verify(root, "--against", "closed")
    gone = f"{SHEET} was there in closed, and is gone."
    changed = f"{SHEET} is not what it was in closed."
    assert (code, (gone if now is None else changed) in said, "-evidence]" in said) == (
        1,
        True,
        True,
    )


def test_a_proof_and_its_fingerprint_written_anew_are_told(root: Path) -> None:
    """Whoever rewrites the proof and what the ballots note of it cannot rewrite what the result
    counted.
    """
    (root / SHEET).write_bytes(b"x")
    for file in (root / "decisions/ballots/samedi").iterdir():
        file.write_text(file.read_text().replace(NOTED, hashlib.sha256(b"x").hexdigest()))
    code, said = verify(root)
    assert (
        code,
        "1 proof that was counted is named by no ballot any more. [missing-evidence]" in said,
    ) == (1, True)
    assert f"{SHEET} is not what it was in closed." in verify(root, "--against", "closed")[1]


def test_a_proof_outside_the_folder_of_proofs_is_compared_with_a_tag(root: Path) -> None:
    minutes = (
        "---\nrecord: note\ntitle: {fr: Café}\nbody: ag\ndate: 2026-06-18\nstatus: approved\n"
        "annexes: [{file: archive/a.pdf, sha256: %s}]\n---\n"
    )
    (root / "archive").mkdir()
    (root / "archive/a.pdf").write_bytes(b"old")
    (root / "decisions/minutes").mkdir()
    (root / "decisions/minutes/ag.md").write_text(minutes % hashlib.sha256(b"old").hexdigest())
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "-m", "y")
    assert "2 proofs of HEAD are here as they were." in verify(root, "--against", "HEAD")[1]
    (root / "decisions/minutes/ag.md").unlink()
    assert "archive/a.pdf is not what it was in HEAD." not in verify(root, "--against", "HEAD")[1]
    (root / "archive/a.pdf").write_bytes(b"new")
    assert "archive/a.pdf is not what it was in HEAD." in verify(root, "--against", "HEAD")[1]


@pytest.mark.parametrize(
    "file",
    [
        "../x",
        "/etc/passwd",
        "a/../b",
        "a//b",
        "./a",
        "a/.",
        "",
        "a/",
        ".git/config",
        "a\\..\\b",
        "a\0b",
        "..",
        "decisions/.git/x",
    ],
)
def test_a_path_that_leads_elsewhere_is_never_opened(file: str, tmp_path: Path) -> None:
    assert not is_path_inside(file)
    assert sum_files(tmp_path, [file]) == {}


def test_neither_is_a_link_nor_a_folder(tmp_path: Path) -> None:
    root = tmp_path / "coop"
    (root / "inside").mkdir(parents=True)
    (tmp_path / "secret").write_text("x")
    (root / "real").write_text("x")
    (root / "link").symlink_to("real")
    (root / "out").symlink_to(tmp_path)
    assert sum_files(root, ["real", "link", "out/secret", "inside", "none"]) == {
        "real": hashlib.sha256(b"x").hexdigest()
    }


def test_a_file_is_read_once_however_many_name_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    one = evidence._sum_file
    monkeypatch.setattr(
        evidence, "_sum_file", lambda root, file: read.append(file) or one(root, file)
    )
    load(root, TODAY)
    assert read.count(SHEET) == 1
    assert len(read) == len({*read})


def test_proofs_are_on_no_site(root: Path, tmp_path: Path) -> None:
    for audience in AUDIENCES:
        book = load(root, TODAY)
        seen = view_index(book.index, audience)
        assert (seen.proofs, seen.sums) == ((), {})
        write_site(book, [], audience, tmp_path / audience)
        assert (tmp_path / audience / "index.html").is_file()
        assert not list(_naming(tmp_path / audience))


def _naming(site: Path) -> Iterator[Path]:
    for file in site.rglob("*"):
        if file.is_file() and (
            NOTED.encode() in (data := file.read_bytes())
            or b"bulletins.csv" in data
            or HELD in data
        ):
            yield file


def test_kinds_that_prove_are_found_by_their_shape(root: Path) -> None:
    book = load(root, TODAY)
    assert {name for name, kind in book.kinds.items() if kind.proves} == {
        "article",
        "ballot",
        "count",
        "minutes",
    }
    assert len([proof for record in book.records() for proof in proofs_of(record)]) == len(VOTES)


def test_a_vote_whose_proof_was_exchanged_is_not_counted(root: Path) -> None:
    """Told at a ballot of each vote that it proves, so that none of them is counted."""
    for name, status in (("samedi", "voting"), ("repas", "voting")):
        page = (
            (root / "decisions/proposals/samedi.md")
            .read_text()
            .replace("status: adopted", f"status: {status}")
        )
        (root / f"decisions/proposals/{name}.md").write_text(page)
        for id, choice in VOTES.items():
            file = root / f"decisions/ballots/{name}/{id}.yml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(
                ballot(choice) + f"cast_by: ana\nevidence: {{file: {SHEET}, sha256: {NOTED}}}\n"
            )
    (root / SHEET).write_bytes(b"x")
    assert len(told(root)) == 2
    ran = run("tally", "repas", root, "--lang", "en")
    assert (ran.returncode, "is not what it was when its fingerprint was noted" in ran.stderr) == (
        1,
        True,
    )
    assert not (root / "decisions/results/repas.yml").exists()


def test_signed_minutes_are_named_where_they_are(root: Path, tmp_path: Path) -> None:
    """By their path among the proofs, which the check holds to its fingerprint; else by their name
    alone.
    """
    (root / FOLDER / "ag").mkdir()
    for scan in (kept := root / FOLDER / "ag/signed.pdf", elsewhere := tmp_path / "signed.pdf"):
        scan.write_bytes(b"%PDF-1.4")
    assert kept_as(kept, root) == f"{FOLDER}ag/signed.pdf"
    assert kept_as(elsewhere, root) == "signed.pdf"
    assembly = Assembly(load(root, TODAY).index, "ag", {}, "fr")
    here, there = (
        signed_annex(assembly, HandedFile(kept_as(scan, root), scan.read_bytes()))
        for scan in (kept, elsewhere)
    )
    assert (here.file, here.where) == (f"{FOLDER}ag/signed.pdf", "")
    assert (there.file, bool(there.where)) == ("", True)
    assert here.title == there.title != ""
    assert here.sha256 == there.sha256 != ""
