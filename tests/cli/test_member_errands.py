"""`coopbook leave`, `rename` and `erase`: of somebody who voted, counted, led, signed, presided."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from coopbook.base import atomic_files
from support.commands import Ran, run
from support.git import committed, git
from support.known_by_all import NAME, WHO, write_known_by_all
from support.sites import build, naming, tree

STUB = "members/ancien-membre-1.yml"
MINUTES = "decisions/minutes/assemblee-generale-2026-06-18.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_known_by_all(tmp_path / "coop")


def errand(root: Path, name: str, *words: str) -> Ran:
    return (
        run(name, words[0], *words[1:], root, "--lang", "en", "--today", "2026-11-23")
        if (name != "rename")
        else run(name, *words[:2], root, *words[2:], "--lang", "en", "--today", "2026-11-23")
    )


def errors(root: Path) -> list[str]:
    """The errors of a change since the tag, and whether results hold."""
    ran = run("check", root, "--lang", "en", "--today", "2026-11-23", "--base", "closed")
    found = [
        line for line in ran.stdout.splitlines() if line[:1].isalpha() and ": warning:" not in line
    ]
    held = run("verify", root, "--lang", "en", "--against", "closed")
    return found if held.returncode == 0 else [*found, held.output]


def mend_texts(root: Path) -> None:
    """Do by hand what is told to be done by hand."""
    for file in ("wiki/README.md", "projects/journal.md", "members/alix-quenet.yml"):
        if not (root / file).exists():
            continue
        (root / file).write_text((root / file).read_text().replace(NAME, "Quelqu'un"))


def test_who_is_renamed_stays_the_same_person(root: Path, tmp_path: Path) -> None:
    done = errand(root, "rename", WHO, "alix-quenet", "--name", "Alix Quénet")
    assert done.returncode == 0, done.output
    assert errors(root) == []
    for told in (
        "members/alix-quenet.yml: written",
        "  members/alix-quenet.yml:4",
        f"members/{WHO}.yml: deleted",
        f"  {MINUTES}:19: attendance.holder",
        f"  {MINUTES}:32",
        "  wiki/README.md:7",
        "  projects/journal.md:10",
        f"  decisions/ballots/samedi/{WHO}.yml",
    ):
        assert told in done.stdout
    assert "[sa fiche](../members/alix-quenet.yml)" in (root / "wiki/README.md").read_text()
    assert "mandates: # le conseil" in (root / "decisions/bodies/conseil.yml").read_text()
    mend_texts(root)
    build(root, tmp_path / "site")
    assert naming(tmp_path / "site/public", WHO, NAME) == []
    board = (tmp_path / "site/public/decisions/bodies/conseil/index.html").read_text()
    assert "Alix Quénet" in board
    again = errand(root, "rename", WHO, "alix-quenet", "--name", "Alix Quénet")
    assert "There is nothing to do" in again.stdout
    back = errand(root, "rename", "alix-quenet", WHO, "--name", NAME)
    assert back.returncode == 0
    assert errors(root) == []
    assert "formerly: [alix-quenet]" in (root / f"members/{WHO}.yml").read_text()


def test_who_is_erased_is_on_no_public_page_and_counts_hold(root: Path, tmp_path: Path) -> None:
    done = errand(root, "erase", WHO)
    assert done.returncode == 0, done.output
    assert errors(root) == []
    assert "git filter-repo --invert-paths" in done.stdout
    replaced = (root / "build/erase.txt").read_text()
    assert f"literal:{NAME}==>(…)" in replaced
    assert "victor@essais.example" in replaced
    left = (root / STUB).read_text()
    assert "Quénet" not in left
    assert "2020-01-01" in left
    assert f"formerly: [{WHO}]" in left
    mend_texts(root)
    build(root, tmp_path / "site")
    assert naming(tmp_path / "site/public", WHO, NAME, "vquenet", "victor@", "300 00 00") == []
    assert naming(tmp_path / "site/members", WHO) == []
    before = tree(root)
    again = errand(root, "erase", WHO)
    assert "There is nothing to do" in again.stdout
    assert tree(root) == before


def test_of_whom_nothing_rests_on_nothing_stays(root: Path) -> None:
    (root / "members/flo.yml").write_text(
        "type: person\nname: {display: Flo}\npresence: present\nlisted: false\n"
    )
    done = errand(root, "erase", "flo")
    assert "members/flo.yml: deleted" in done.stdout
    assert not (root / "members/flo.yml").exists()
    assert not (root / STUB).exists()


def test_who_leaves_may_come_back(root: Path) -> None:
    before = (root / f"members/{WHO}.yml").read_text()
    done = errand(root, "leave", WHO, "--on", "2026-10-31")
    assert done.returncode == 0
    assert errors(root) == []
    assert "tient sa fiche." in (root / "wiki/README.md").read_text()
    for told in (
        "wiki/README.md: written",
        "decisions/bodies/conseil.yml:5: mandates.member",
        "projects/journal.md:7: lead",
        f"{MINUTES}:29: Écrire à la banque",
        "coop.yml:8: coordinator",
        "decisions/rules.yml:11: tellers",
        "members/ana-lopes.yml:11: sponsor",
    ):
        assert told in done.stdout
    after = (root / f"members/{WHO}.yml").read_text()
    assert "presence: left" in after
    assert "until: 2026-10-31" in after
    assert "listed: false" in after
    assert "withdrawn: 2026-10-31" in after
    gone = {*before.splitlines()} - {*after.splitlines()}
    assert len(gone) == 4, gone
    assert "nothing to do" in errand(root, "leave", WHO, "--on", "2026-11-01").stdout


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("rename", (WHO, "Alix Quénet"), "Write “alix-quenet”"),
        ("rename", (WHO, "bo-lind"), "The id “bo-lind” is already that of members/bo-lind.yml"),
        ("rename", ("victor-quene", "alix"), "Did you mean “victor-quenet”?"),
        ("erase", ("victor-quene",), "Did you mean “victor-quenet”?"),
        ("leave", ("victor-quene",), "Did you mean “victor-quenet”?"),
        ("leave", (WHO, "--on", "2027-01-01"), "still to come"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    root: Path, name: str, words: tuple[str, ...], told: str
) -> None:
    before = tree(root)
    ran = errand(root, name, *words)
    assert ran.returncode == 2
    assert told in ran.stderr
    assert tree(root) == before


@pytest.mark.parametrize("name", ["rename", "erase", "leave"])
def test_half_a_file_is_told(root: Path, name: str) -> None:
    file = root / f"members/{WHO}.yml"
    file.write_text(file.read_text()[:30] + "\n- {")
    before = tree(root)
    ran = errand(root, name, WHO, *(["alix"] if name == "rename" else []))
    assert ran.returncode == 2
    assert "has faults" in ran.stderr
    assert tree(root) == before


@pytest.mark.parametrize("name", ["rename", "erase"])
def test_an_open_vote_is_waited_for(root: Path, name: str) -> None:
    page = root / "decisions/proposals/samedi.md"
    (root / "decisions/proposals/lundi.md").write_text(
        page.read_text().replace("status: adopted", "status: voting")
    )
    before = tree(root)
    ran = errand(root, name, WHO, *(["alix"] if name == "rename" else []))
    assert ran.returncode == 2
    assert "decisions/proposals/lundi.md was put to the vote until 2026" in ran.stderr
    assert "“coopbook tally lundi”" in ran.stderr
    assert "run the same command again" in ran.stderr
    assert f"“coopbook leave {WHO}” takes" in ran.stderr
    assert tree(root) == before


def test_a_vote_that_is_open_says_until_when(root: Path) -> None:
    page = root / "decisions/proposals/samedi.md"
    text = page.read_text().replace("status: adopted", "status: voting")
    (root / "decisions/proposals/lundi.md").write_text(re.sub("closes: 2026", "closes: 2027", text))
    ran = errand(root, "erase", WHO)
    assert "lundi.md is put to the vote until 2027-" in ran.stderr


def test_the_doctor_tells_what_still_names_who_was_erased_until_the_list_is_gone(
    root: Path,
) -> None:
    def told() -> str:
        return run("doctor", root, "--lang", "en", "--today", "2026-11-23").stdout

    assert "erase" not in told()
    errand(root, "erase", WHO)
    assert "what was to be erased: " in told()
    assert NAME not in told()
    mend_texts(root)
    assert "build/erase.txt" in told()
    (root / "build/erase.txt").unlink()
    assert "erase" not in told()


@pytest.mark.parametrize("name", ["rename", "erase", "leave"])
def test_a_dry_run_writes_nothing(root: Path, name: str) -> None:
    before = tree(root)
    ran = errand(root, name, WHO, *(["alix"] if name == "rename" else []), "--dry-run")
    assert ran.returncode == 0
    assert "Nothing was written." in ran.stdout
    assert tree(root) == before


def steps(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """After so many files are in place or deleted, the disk refuses."""
    left: Iterator[int] = iter(range(most))

    def guarded(what: object) -> object:
        def call(*arguments: object, **settings: object) -> object:
            path = str(arguments[0])
            if not (what is UNLINK and path.endswith(".new")) and next(left, None) is None:
                raise OSError(28, "No space left on device", path)
            return what(*arguments, **settings)  # type: ignore[operator]

        return call

    monkeypatch.setattr(atomic_files.Path, "replace", guarded(REPLACE))
    monkeypatch.setattr(atomic_files.Path, "unlink", guarded(UNLINK))


REPLACE, UNLINK = Path.replace, Path.unlink


@pytest.mark.parametrize("name", ["rename", "erase"])
@pytest.mark.parametrize("most", range(0, 12, 2))
def test_what_was_cut_off_is_completed_by_the_next(
    root: Path, name: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = (WHO, *(["alix-quenet"] if name == "rename" else []))
    with monkeypatch.context() as patched:
        steps(patched, most)
        cut = errand(root, name, *words)
    done = errand(root, name, *words)
    assert done.returncode == 0, (cut.output, done.output)
    assert errors(root) == []
    new = "alix-quenet" if name == "rename" else "ancien-membre-1"
    assert not (root / f"members/{WHO}.yml").exists()
    assert not (root / f"members/photos/{WHO}.png").exists()
    assert f"lead: {new}" in (root / "projects/journal.md").read_text()
    assert not (root / "members/ancien-membre-2.yml").exists()
    if name == "erase":
        assert NAME in (root / "build/erase.txt").read_text()


def test_who_has_left_is_offered_to_no_client(root: Path, tmp_path: Path) -> None:
    """Even where `listed: true` was forgotten: no page, offer, price, contact, face or find."""
    file = root / f"members/{WHO}.yml"
    file.write_text(
        file.read_text()
        .replace("presence: present", "presence: left")
        .replace("{from: 2020-01-01,", "{from: 2020-01-01, until: 2026-10-31,")
    )
    mend_texts(root)
    page = root / "wiki/README.md"
    page.write_text(page.read_text().replace("[sa fiche](../members/victor-quenet.yml)", "tout"))
    build(root, tmp_path / "site")
    assert naming(tmp_path / "site/public", WHO, NAME, "victor@", "Une lettre", "90.00") == []
    assert naming(tmp_path / "site/members", NAME) != []
    ran = run("check", root, "--lang", "en", "--today", "2026-11-23")
    assert "[leaver]" in ran.stdout


def test_minutes_can_be_read_where_a_name_was_replaced(root: Path) -> None:
    """The words are put in by hand here, as git filter-repo would."""
    file = root / MINUTES
    file.write_text(file.read_text().replace("by: la gérance", f"by: {NAME}"))
    errand(root, "erase", WHO)
    for line in (root / "build/erase.txt").read_text().splitlines():
        was, _arrow, now = line.removeprefix("literal:").partition("==>")
        file.write_text(file.read_text().replace(was, now))
    assert NAME not in file.read_text()
    mend_texts(root)
    ran = run("check", root, "--lang", "en", "--today", "2026-11-23")
    assert ran.returncode == 0, ran.output


def test_who_is_erased_is_told_what_goes_on_naming_them(root: Path) -> None:
    page = root / "decisions/proposals/samedi.md"
    page.write_text(
        page.read_text().replace(
            "status: adopted",
            "status: adopted\npull_request: {forge: github, number: 12}",
        )
    )
    done = errand(root, "erase", WHO)
    assert done.returncode == 0, done.output
    assert f"The id “{WHO}” stays in what is settled" in done.stdout
    assert "git push --delete origin refs/coopbook/votes/12\n" in done.stdout


def test_the_list_of_replacements_goes_on_and_leaves_what_was_voted(root: Path) -> None:
    (root / "build").mkdir()
    (root / "build/erase.txt").write_text("literal:Somebody Else==>***\n")
    kept = root / "decisions/results/samedi.events.json"
    kept.write_text(kept.read_text().replace("}", f', "reason": "{NAME}"}}', 1))
    done = errand(root, "erase", WHO)
    assert f"“{NAME}” is not in that list" in done.stdout
    lines = (root / "build/erase.txt").read_text()
    assert lines.startswith("literal:Somebody Else==>***\n")
    assert "victor@essais" in lines
    assert NAME not in lines


RESULTS = ("samedi", "choix")


def records_of(root: Path) -> dict[str, bytes]:
    """What results were counted from, and the results."""
    names = (
        f"decisions/results/{vote}.{end}" for vote in RESULTS for end in ("events.json", "yml")
    )
    return {name: (root / name).read_bytes() for name in names}


def list_of(root: Path, vote: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(
        (root / f"decisions/results/{vote}.voters.json").read_bytes()
    )
    return found


def test_who_is_renamed_is_renamed_in_the_lists_of_voters_alone(root: Path) -> None:
    records, lists = records_of(root), {vote: list_of(root, vote) for vote in RESULTS}
    assert not [name for name, data in records.items() if "json" in name and WHO.encode() in data]
    done = errand(root, "rename", WHO, "alix-quenet", "--name", "Alix Quénet")
    assert "decisions/results/samedi.voters.json: written" in done.stdout
    assert "decisions/results/samedi.voters.json:" not in done.stdout.partition("by hand:")[2]
    assert records_of(root) == records
    for vote, before in lists.items():
        names = {
            name: "alix-quenet" if id == WHO else id
            for name, id in before["voters"].items()  # type: ignore[attr-defined]
        }
        assert list_of(root, vote) == {"salt": before["salt"], "voters": names}
    assert errors(root) == []
    for vote in RESULTS:
        ran = run("tally", vote, root, "--lang", "en")
        assert (ran.returncode, "says the same" in ran.stdout) == (0, True), ran.output
        at = "2026-03-16T18:00:00+01:00" if vote == "samedi" else "2026-03-17T18:00:00+01:00"
        again = run("tally", vote, root, "--lang", "en", "--at", at)
        assert (again.returncode, "says the same" in again.stdout) == (0, True), again.output


def test_of_who_is_erased_the_line_is_cut_and_results_hold(root: Path) -> None:
    records, salts = records_of(root), {str(list_of(root, vote)["salt"]) for vote in RESULTS}
    names = {
        name
        for vote in RESULTS
        for name, id in list_of(root, vote)["voters"].items()  # type: ignore[attr-defined]
        if id == WHO
    }
    done = errand(root, "erase", WHO)
    assert records_of(root) == records
    for vote in RESULTS:
        left = (root / f"decisions/results/{vote}.voters.json").read_text()
        assert not [word for word in (WHO, "salt", *salts) if word in left]
        assert "ana-lopes" in left
    assert errors(root) == []
    assert "still name them" not in done.stdout
    replaced = (root / "build/erase.txt").read_text()
    assert all(f'literal:"{name}": "{WHO}"==>"{name}": ""' in replaced for name in names)
    assert all(f"literal:{salt}==>{'0' * 32}" in replaced for salt in salts)
    for vote in RESULTS:
        ran = run("tally", vote, root, "--lang", "en")
        assert (ran.returncode, "says the same" in ran.stdout) == (0, True), ran.output
    at = ("--at", "2026-03-16T18:00:00+01:00")
    again = run("tally", "samedi", root, "--lang", "en", *at)
    assert (again.returncode, "says the same" in again.stdout) == (0, True), again.output


def test_what_an_old_record_still_names_is_told_in_words(root: Path) -> None:
    kept = root / "decisions/results/samedi.events.json"
    kept.write_text(json.dumps({"format": 1, "electorate": [{"id": WHO}]}))
    done = errand(root, "erase", WHO, "--dry-run")
    _before, _told, after = done.stdout.partition("still name them:\n")
    assert after.startswith("  decisions/results/samedi.events.json: Ouvrir le samedi\nThey stay: ")
    assert "“git filter-repo” can take the id out of these files too" in after


@pytest.mark.parametrize("name", ["rename", "erase"])
def test_an_article_goes_on_naming_who_put_a_slip_right(root: Path, name: str) -> None:
    scan = "Page 4.\n"
    sum = hashlib.sha256(scan.encode()).hexdigest()
    for file, text in {
        "decisions/evidence/statuts/a.txt": scan,
        "decisions/bylaws/statuts.yml": "title: {fr: Statuts}\nkind: bylaws\naudience: public\n",
        "decisions/bylaws/statuts/siege.md": (
            "---\nnumber: 1\ntitle: Siège\naudience: public\nin_force: 2020-01-01\n"
            f"errata:\n  - on: 2026-03-20\n    by: {WHO}\n    was: siège à\n"
            "    now: siège est à\n"
            f"    evidence: {{file: decisions/evidence/statuts/a.txt, sha256: {sum}}}\n"
            "---\n\nLe siège est à Bienne.\n"
        ),
    }.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text)
    committed(root)
    git(root, "tag", "-f", "closed")
    done = errand(root, name, WHO, *(["alix-quenet"] if name == "rename" else []))
    assert "decisions/bylaws/statuts/siege.md:8: errata.by" in done.stdout
    assert errors(root) == []


def test_nobody_is_taken_out_of_a_list_by_hand(root: Path) -> None:
    file = root / "decisions/results/samedi.voters.json"
    found = list_of(root, "samedi")
    names = {name: id for name, id in found["voters"].items() if id != WHO}  # type: ignore[attr-defined]
    file.write_text(json.dumps({**found, "voters": names}))
    assert [line for line in errors(root) if "[faulty-voters-list]" in line]
