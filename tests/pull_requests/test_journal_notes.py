"""How far journals have come, noted on the base once a day: who writes one anew is found out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from coopbook.base.git import GitError
from coopbook.base.messages import translator
from coopbook.pull_requests.anchoring import AnchoringReport, note_journals
from coopbook.pull_requests.git import Clone
from coopbook.pull_requests.journal import Journal
from coopbook.pull_requests.proving import verify_journals
from coopbook.pull_requests.request import Refused
from coopbook.records.load import load
from support.commands import Ran, environment, run
from support.forges.base import TOKEN
from support.vote_coop import (
    AFTER,
    DAY,
    NUMBER,
    OPENS,
    OWN,
    RESULT,
    Repository,
    Stub,
    close,
    errors,
    fields,
    git,
    job,
    own,
    repository,
    show,
    votes,
)

__all__ = ["repository"]

FILE = "decisions/journals.yml"
REF = f"refs/coopbook/votes/{NUMBER}"
DAYS = [date(2026, 3, 3) + timedelta(days=number) for number in range(20)]


def note(repository: Repository, day: date, **more: bool) -> AnchoringReport:
    return note_journals(Clone(repository.clone()), "main", day, translator("en"), **more)


def kept(repository: Repository) -> Journal:
    return Journal.read((git(repository.remote, "show", f"{REF}:journal.jsonl") + "\n").encode())


def put(repository: Repository, data: bytes) -> None:
    """Another content in the place of the journal, by force."""
    clone = Clone(repository.clone())
    assert clone.keep_journal(NUMBER, clone.read_journal(NUMBER).tip, data) == "kept"


def told(noted: AnchoringReport) -> list[str]:
    return [translator("en")(one) for one in noted.broken]


def test_each_journal_is_noted_once_a_day_and_goes_on(repository: Repository) -> None:
    forge, _head = own(repository)
    note(repository, DAYS[0])
    first = fields(repository, FILE)
    assert first["noted"] == DAYS[0].isoformat()
    head = kept(repository).head
    assert head is not None
    assert first["votes"] == [
        {"forge": "github", "change": "12", "entries": str(head.entries), "head": head.head}
    ]
    assert git(repository.remote, "log", "-1", "--format=%s", "main") == (
        "The journal of 1 vote is noted."
    )
    votes(forge, 3)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    had = repository.main()
    note(repository, DAYS[0])
    assert repository.main() == had, "once a day"
    note(repository, DAYS[1])
    assert fields(repository, FILE)["votes"][0]["entries"] == str(head.entries + 4)
    had = repository.main()
    note(repository, DAYS[2], dry_run=True)
    note(repository, DAYS[2])
    assert repository.main() == had, "nothing is new but the note itself"
    assert errors(repository) == []


def test_what_is_noted_of_a_vote_that_is_over_stays(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 5)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    note(repository, DAYS[0])
    had = fields(repository, FILE)
    assert close(job(repository, forge, AFTER)) == 0
    note(repository, DAYS[15])
    assert fields(repository, FILE) == had
    git(repository.remote, "update-ref", "-d", REF)
    assert told(note(repository, DAYS[16])) == []
    assert errors(repository) == []


def test_changes_that_ask_for_no_vote_are_not_noted(repository: Repository) -> None:
    had = repository.main()
    clone = Clone(repository.clone())
    facts = [{"what": "begun", "forge": "github", "change": 7}]
    clone.keep_journal(7, "", Journal().with_facts(OPENS, facts).data)
    assert note(repository, DAYS[0]).broken == ()
    assert repository.main() == had


@pytest.mark.parametrize("how", ["anew", "cut", "gone", "broken"])
def test_a_journal_written_anew_is_told_and_no_vote_is_closed_on_it(
    repository: Repository, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chain that is whole in itself: the note on the base tells it."""
    forge, _head = own(repository)
    votes(forge, 5)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    note(repository, DAYS[0])
    journal, before = kept(repository), fields(repository, FILE)
    clone = Clone(repository.clone())
    tip = clone.read_journal(NUMBER).tip
    if how == "gone":
        git(repository.remote, "update-ref", "-d", REF)
    elif how == "cut":
        put(repository, Journal(journal.lines[:-1], journal.entries[:-1]).data)
    elif how == "broken":
        put(repository, journal.data.replace(b"/voter pour", b"/voter non.", 1))
    else:
        facts = [{"what": "begun", "forge": "github", "change": NUMBER}] + [
            {"what": "base", "base": "a" * 40} for _n in range(20)
        ]
        put(repository, Journal().with_facts(OPENS, facts).data)
    said = told(note(repository, DAYS[1]))
    assert len(said) == 1
    assert said[0].startswith(f"Journal of the change {NUMBER}: ")
    assert fields(repository, FILE) == before, "what was noted stays"
    assert close(job(repository, forge, AFTER)) == 2
    assert "journal of this vote" in forge.comments[NUMBER]
    assert RESULT not in repository.files()
    assert show(job(repository, forge, AFTER)) == 0
    assert "is not what it was" in forge.comments[NUMBER]
    capsys.readouterr()
    git(clone.root, "push", "-q", "--force", "origin", f"{tip}:{REF}")
    assert close(job(repository, forge, AFTER)) == 0, "put back"
    assert fields(repository, RESULT)["counts"]["for"] == "5"


def test_two_at_once_note_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    own(repository)
    push = Clone.push
    before = git(repository.remote, "rev-list", "--count", "main")

    def slow(clone: Clone, commit: str, base: str) -> object:
        with monkeypatch.context() as patch:
            patch.setattr(Clone, "push", push)
            note(repository, DAYS[0])
        return push(clone, commit, base)

    with monkeypatch.context() as patch:
        patch.setattr(Clone, "push", slow)
        note(repository, DAYS[0])
    assert int(git(repository.remote, "rev-list", "--count", "main")) == int(before) + 1


def test_a_base_that_takes_nothing_or_is_no_book_is_told(repository: Repository) -> None:
    own(repository)
    hook = repository.remote / "hooks" / "update"
    hook.write_text('#!/bin/sh\ncase "$1" in refs/heads/main) exit 1;; esac\n')
    hook.chmod(0o755)
    with pytest.raises(GitError):
        note(repository, DAYS[0])
    hook.unlink()
    repository.commit("main", {FILE: "noted: hier\nvotes: 3\n"})
    with pytest.raises(Refused, match=r"journals\.yml has faults"):
        note(repository, DAYS[0])
    repository.commit("main", {FILE: None, "coop.yml": None})
    with pytest.raises(Refused):
        note(repository, DAYS[0])


def test_faults_in_what_was_noted_keep_a_vote_from_being_closed(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 5)
    repository.commit("main", {FILE: "noted: 2026-03-03\nvotes: 3\n"})
    assert close(job(repository, forge, AFTER)) == 2
    assert RESULT not in repository.files()


def test_no_vote_takes_over_what_a_change_notes(repository: Repository) -> None:
    """The file is not part of the text that is voted."""
    anchor = f"forge: github, change: {NUMBER}, entries: 1, head: {'a' * 64}"
    forged = {"wiki/a.md": "# A\n", FILE: f"noted: 2026-03-03\nvotes: [{{{anchor}}}]\n"}
    forge, _head = own(repository, files=forged)
    votes(forge, 5)
    assert close(job(repository, forge, AFTER)) == 0
    assert fields(repository, RESULT)["result"] == "adopted"
    assert FILE not in repository.files()


# Proving


def closed(repository: Repository) -> tuple[Stub, Path]:
    """A vote that is over, and a clone that has its journal."""
    forge, _head = own(repository)
    votes(forge, 5)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    note(repository, DAYS[0])
    assert close(job(repository, forge, AFTER)) == 0
    folder = repository.clone()
    git(folder, "fetch", "-q", "origin", "+refs/coopbook/votes/*:refs/coopbook/votes/*")
    return forge, folder


def test_verify_proves_the_journal_that_a_clone_has(repository: Repository) -> None:
    _forge, folder = closed(repository)
    ran = run("verify", str(folder), "--lang", "en")
    assert ran.returncode == 0, ran.output
    assert "1 journal is whole." in ran.stdout
    assert run("verify", str(folder), "--journals", "--lang", "en").returncode == 0
    data = kept(repository).data
    for other, words in (
        (data.replace(b"/voter pour", b"/voter non.", 1), "is not as it was written"),
        (b"".join(data.splitlines(keepends=True)[:-1]), "are here; bring it here anew"),
    ):
        put(repository, other)
        git(folder, "fetch", "-q", "origin", "+refs/coopbook/votes/*:refs/coopbook/votes/*")
        ran = run("verify", str(folder), "--lang", "en")
        assert ran.returncode == 1
        assert words in ran.stdout
        assert f"Journal of the change {NUMBER}" in ran.stdout


def test_verify_says_what_is_missing_where_it_is_asked(repository: Repository) -> None:
    closed(repository)
    folder = repository.clone()
    assert run("verify", str(folder), "--lang", "en").returncode == 0
    ran = run("verify", str(folder), "--journals", "--lang", "en")
    assert ran.returncode == 1
    assert "it is not in this clone: git fetch origin" in ran.stdout


def test_a_result_that_names_another_journal_than_was_noted_is_told(
    repository: Repository,
) -> None:
    """Whoever writes result, record and journal anew cannot write the note anew."""
    closed(repository)
    noted = fields(repository, FILE)["votes"][0]
    other = "f" * 64
    for entries, head in ((int(noted["entries"]) - 1, other), (int(noted["entries"]), other)):
        file = "decisions/results/samedi.events.json"
        record = json.loads(repository.read(file)) | {"journal": {"entries": entries, "head": head}}
        repository.commit("main", {file: json.dumps(record)})
        assert any("was not counted from the journal" in one for one in errors(repository))


def test_a_folder_that_is_no_clone_is_asked_for_none(tmp_path: Path) -> None:
    (tmp_path / "coop.yml").write_text("format: 2\nname: X\nlanguages: [fr]\ncountry: FR\n")
    book = load(tmp_path, DAYS[0])
    assert verify_journals(book, tmp_path).broken == []
    with pytest.raises(GitError):
        verify_journals(book, tmp_path, required=True)


def command(repository: Repository, *more: str) -> Ran:
    options = ("--root", str(repository.clone()), *more)
    return run("vote", "anchor", *options, settings=environment(COOPBOOK_TOKEN=TOKEN))


def test_the_command_notes_and_leaves_with_what_is_wrong(repository: Repository) -> None:
    own(repository)
    ran = command(repository, "--lang", "en")
    assert (ran.returncode, ran.stdout) == (0, "The journal of 1 vote is noted.\n"), ran.output
    ran = command(repository, "--lang", "en")
    assert (ran.returncode, ran.stdout) == (0, "Nothing is to be noted today.\n")
    had = repository.read(FILE).replace(f"noted: {datetime.now(UTC).date()}", "noted: 2026-01-01")
    repository.commit("main", {FILE: had + "\n"})
    git(repository.remote, "update-ref", "-d", REF)
    ran = command(repository, "--lang", "fr")
    assert ran.returncode == 1
    assert f"Journal de la modification {NUMBER} : il a disparu." in ran.output
    assert OWN not in repository.files()
