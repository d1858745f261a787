"""The journal of a vote: a chain of which nothing can be changed or taken out unseen, and what is
counted from it, on real repositories.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import typing
from datetime import timedelta

import msgspec
import pytest
from coopbook.decisions.tally import Event
from coopbook.pull_requests.differences import find_differences
from coopbook.pull_requests.forges import Statement
from coopbook.pull_requests.git import Clone
from coopbook.pull_requests.journal import Broken, Entry, Journal, What
from coopbook.pull_requests.standing import read_standing
from hypothesis import given
from hypothesis import strategies as st
from support.coops import TOP
from support.vote_coop import (
    AFTER,
    CLOSES,
    DAY,
    NUMBER,
    OPENS,
    OWN,
    RESULT,
    Repository,
    Stub,
    close,
    fields,
    git,
    job,
    own,
    page,
    repository,
    show,
    votes,
)

__all__ = ["repository"]

REF = f"refs/coopbook/votes/{NUMBER}"
HOUR = timedelta(hours=1)


def example(count: int = 6) -> Journal:
    """A journal of some votes."""
    begun = {"what": "begun", "forge": "github", "change": NUMBER}
    journal = Journal().with_facts(OPENS, [begun])
    for number in range(1, count):
        event = Event(
            "comment", "Bonjour\n/voter pour", OPENS + number * HOUR, number, "é", number=7
        )
        said = [fact for fact, _said in find_differences(journal, [Statement(event)])]
        journal = journal.with_facts(
            OPENS + number * DAY, said or [{"what": "base", "base": "a" * 40}]
        )
    return journal


# The chain


def test_each_entry_names_the_one_before_it() -> None:
    """By SHA-256 of its line, as anybody can check with sha256sum."""
    lines = example().data.split(b"\n")[:-1]
    rows = [json.loads(line) for line in lines]
    assert [row["n"] for row in rows] == [1, 2, 3, 4, 5, 6]
    digests = [hashlib.sha256(line).hexdigest() for line in lines]
    assert [row.get("before", "") for row in rows] == ["", *digests[:-1]]
    head = example().head
    assert head is not None
    assert (head.entries, head.head) == (6, digests[-1])
    assert (
        lines[1]
        == json.dumps(rows[1], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )
    assert Journal.read(example().data) == example()


@given(st.data())
def test_a_changed_byte_is_found(data: st.DataObject) -> None:
    """In the chain itself, but for the last entry: that one's digest stands elsewhere."""
    journal = example()
    whole = journal.data
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda one: one != whole[place]))
    changed = whole[:place] + bytes([other]) + whole[place + 1 :]
    assert journal.head is not None
    with contextlib.suppress(Broken):
        assert not Journal.read(changed).continues(journal.head)


@pytest.mark.parametrize("place", range(6))
def test_a_missing_doubled_or_exchanged_entry_is_named(place: int) -> None:
    lines = list(example().lines)
    for rows in (
        lines[:place] + lines[place + 1 :],
        [*lines[: place + 1], *lines[place:]],
        [*lines[:place], *lines[place:][::-1]],
    ):
        if rows == lines or rows == lines[:-1]:
            continue
        with pytest.raises(Broken, match=r"entry [0-9]+ is (missing|not as it was written)"):
            Journal.read(b"".join(row + b"\n" for row in rows))
    with pytest.raises(Broken, match="cut off"):
        Journal.read(example().data[:-1])
    with pytest.raises(Broken, match="entry 2 cannot be read"):
        Journal.read(lines[0] + b"\n\xff\n")


def test_one_that_was_cut_or_written_anew_does_not_continue_what_was_noted() -> None:
    head = example().head
    assert head is not None
    assert example(9).continues(head)
    assert not example(5).continues(head), "cut"
    assert not Journal().continues(head), "gone"
    other = Journal().with_facts(OPENS, [{"what": "base", "base": "b" * 40}] * 9)
    assert not other.continues(head), "another"


def test_time_never_goes_back_in_it() -> None:
    later = example().with_facts(OPENS, [{"what": "base", "base": "c" * 40}])
    assert later.entries[-1].seen == later.entries[-2].seen


def test_talk_is_not_kept() -> None:
    said = Event("comment", "Je suis malade.\n/voter pour\nÀ bientôt", OPENS, 1, "ana", number=1)
    talk = Event("comment", "Bonjour à tous", OPENS, 1, "ana", number=2)
    journal = Journal().with_facts(
        OPENS, [fact for fact, _said in find_differences(Journal(), map(Statement, (said, talk)))]
    )
    assert [one.value for one in journal.entries] == ["/voter pour"]
    assert b"malade" not in journal.data


def test_what_counts_of_a_text_is_the_same_whole_and_kept() -> None:
    """Where the commands alone would say something else, the whole text is kept."""
    odd = "/object a: x <!-- y\n/object b: z --> w"
    journal = Journal().with_facts(
        OPENS,
        [
            fact
            for fact, _said in find_differences(
                Journal(), [Statement(Event("comment", odd, OPENS, 1, "ana", number=1))]
            )
        ],
    )
    (said,) = read_standing(journal, CLOSES).statements
    from coopbook.decisions.tally.events import marks

    assert list(marks(said.event, 2)) == list(marks(Event("comment", odd, OPENS), 2))


def test_all_that_an_entry_holds_is_specified() -> None:
    specified = (TOP / "docs" / "VOTE-JOURNAL.md").read_text(encoding="utf-8")
    names = [one.name for one in msgspec.structs.fields(Entry)] + [*typing.get_args(What)]
    assert [name for name in names if f"`{name}`" not in specified] == []


# What is counted


def kept(repository: Repository) -> Journal:
    """The journal that the remote has."""
    return Journal.read((git(repository.remote, "show", f"{REF}:journal.jsonl") + "\n").encode())


def told(forge: Stub) -> str:
    """What the page of the change says, with plain spaces."""
    return forge.comments[NUMBER].replace("\u202f", " ")


def figures(repository: Repository) -> tuple[int, int]:
    counts = fields(repository, RESULT)["counts"]
    return int(counts["for"]), int(counts["against"])


def test_each_run_reads_all_and_adds_what_differs(repository: Repository) -> None:
    """Runs that a forge dropped are made up for by the next one."""
    forge, head = own(repository)
    assert [one.what for one in kept(repository).entries] == ["begun", "text", "base"]
    votes(forge, 2)
    forge.review("jo", "approve", head, OPENS + DAY)
    forge.say("kim", "Bonjour", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert [one.login for one in kept(repository).entries[3:]] == ["ana", "bob", "jo"]
    before = git(repository.remote, "rev-parse", REF)
    assert show(job(repository, forge, OPENS + 4 * DAY)) == 0
    assert git(repository.remote, "rev-parse", REF) == before, "nothing is new"
    assert git(repository.remote, "ls-tree", "--name-only", REF) == "journal.jsonl"


def test_a_dry_run_adds_nothing(repository: Repository) -> None:
    forge, _head = own(repository)
    before = git(repository.remote, "rev-parse", REF)
    votes(forge, 2)
    assert show(job(repository, forge, OPENS + 3 * DAY, dry_run=True)) == 0
    assert git(repository.remote, "rev-parse", REF) == before


def test_a_vote_edited_or_deleted_after_the_close_counts_as_it_stood(
    repository: Repository,
) -> None:
    forge, head = own(repository)
    votes(forge, 6)
    forge.review("jo", "approve", head, OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    forge.edit("ana", "/voter contre", CLOSES + HOUR)
    forge.edit("bob", "Je n'ai rien dit.", CLOSES + HOUR)
    forge.delete("cleo")
    forge.delete("jo")
    forge.review("jo", "dismissed", head, OPENS + DAY)
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (7, 0)
    words = told(forge)
    for name in ("ana", "bob", "cleo", "jo"):
        assert f"@{name}: edited or deleted on 16 March" in words
    assert "@ana: after the vote closed" in words
    head_kept = json.loads(repository.read("decisions/results/samedi.events.json"))["journal"]
    assert head_kept["entries"] == len(kept(repository).lines)


def test_a_review_dismissed_after_the_close_counts(repository: Repository) -> None:
    forge, head = own(repository)
    votes(forge, 4)
    number = forge.review("jo", "approve", head, OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    _dismiss(forge, number)
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (5, 0)


def test_a_review_dismissed_before_the_close_is_withdrawn(repository: Repository) -> None:
    forge, head = own(repository)
    votes(forge, 4)
    number = forge.review("jo", "approve", head, OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    _dismiss(forge, number)
    assert show(job(repository, forge, OPENS + 4 * DAY)) == 0
    assert "@jo: taken back on 6 March" in told(forge)
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (4, 0)


def _dismiss(forge: Stub, number: int) -> None:
    from msgspec import structs

    place = next(n for n, one in enumerate(forge.spoken) if one.event.number == number)
    had = forge.spoken[place]
    forge.spoken[place] = Statement(
        structs.replace(had.event, value="dismissed"), had.commit, had.node
    )


def test_a_vote_deleted_before_the_close_is_withdrawn_and_told(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 6)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    forge.delete("ana")
    forge.edit("bob", "Je réfléchis.", OPENS + 4 * DAY)
    assert show(job(repository, forge, OPENS + 5 * DAY)) == 0
    words = told(forge)
    assert "@ana: taken back on 7 March" in words
    assert "@bob: taken back on 6 March" in words
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (4, 0)
    assert "@ana: taken back" in told(forge), "after the close too"


def test_an_edit_by_somebody_else_does_not_count(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 6)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    forge.edit("ana", "/voter contre", OPENS + 4 * DAY, by="zoe")
    forge.say("kim", "Bonjour", OPENS + 3 * DAY)
    forge.edit("kim", "/voter contre", OPENS + 4 * DAY, by="zoe")
    forge.edit("bob", "/voter contre", OPENS + 4 * DAY, by="bob")
    assert show(job(repository, forge, OPENS + 5 * DAY)) == 0
    words = told(forge)
    assert "@ana: edited on 6 March 2026, 8:00 am by @zoe. What @zoe wrote does not count." in words
    assert "@kim: edited on" in words
    assert "@bob: edited" not in words
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (5, 1)


def test_an_edit_of_which_nobody_knows_the_author_counts_and_is_told(
    repository: Repository,
) -> None:
    forge, _head = own(repository)
    votes(forge, 6)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    forge.edit("ana", "/voter contre", OPENS + 4 * DAY)
    assert show(job(repository, forge, OPENS + 5 * DAY)) == 0
    assert "@ana: edited on 6 March 2026, 8:00 am, and the forge does not say by whom" in (
        told(forge)
    )
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (5, 1)
    assert "say by whom. It counts as it was edited." in told(forge)


def test_who_deletes_the_account_has_voted(repository: Repository) -> None:
    from msgspec import structs

    forge, _head = own(repository)
    votes(forge, 4)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    forge.spoken = [
        Statement(structs.replace(one.event, actor_id=0, login="ghost"), one.commit, one.node)
        for one in forge.spoken
    ]
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (4, 0)


def test_an_objection_ended_by_an_edit_after_the_close_is_ended(repository: Repository) -> None:
    """The vote waits for its end; who had voted in the same message has voted."""
    forge, _head = own(repository, "consent")
    votes(forge, 3)
    forge.say("jo", "/voter pour\n/objection bruit : trop tôt", OPENS + DAY)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    assert close(job(repository, forge, AFTER)) == 3
    forge.edit("jo", "/lever bruit", AFTER + HOUR)
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert (fields(repository, RESULT)["result"], figures(repository)) == ("adopted", (4, 0))


def test_a_text_that_came_back_after_the_close_was_there_all_the_time(
    repository: Repository,
) -> None:
    forge, head = own(repository)
    votes(forge, 6)
    for day, words in enumerate(("# Un\n", "# Deux\n")):
        repository.commit(f"change-{NUMBER}", {"wiki/samedi.md": words})
        assert close(job(repository, forge, AFTER + day * DAY)) == 2
    git(repository.work, "push", "-q", "--force", "origin", f"{head}:refs/pull/{NUMBER}/head")
    assert close(job(repository, forge, AFTER + 3 * DAY)) == 0
    assert figures(repository) == (6, 0)


def test_a_ballot_with_an_earlier_day_than_it_came_is_told(repository: Repository) -> None:
    """A commit's day is whatever its author writes: what counts is who looked when."""
    forge, _head = own(repository)
    votes(forge, 4)
    assert show(job(repository, forge, CLOSES - HOUR)) == 0
    file = "decisions/ballots/samedi/kim.yml"
    repository.commit("main", {file: "choice: against\ncast_at: 2026-03-03T10:00:00+01:00\n"})
    assert show(job(repository, forge, AFTER)) == 0
    assert "- kim: a ballot that was not on the main branch" in told(forge)
    assert "@kim" not in told(forge), "a member's id is no account of a forge"
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (4, 0)


# Runs beside and after one another


def test_of_two_runs_at_once_none_loses_what_the_other_saw(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 2)
    slow = job(repository, forge, OPENS + 3 * DAY)
    raced: list[str] = []

    def keep(number: int, tip: str, content: bytes, head: str = "") -> object:
        if not raced:
            forge.say("eve", "/voter pour", OPENS + 3 * DAY)
            raced.append("faster")
            assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
        return Clone.keep_journal(slow.git, number, tip, content, head)

    slow.git.keep_journal = keep  # type: ignore[method-assign]
    assert show(slow) == 0
    said = [one.login for one in kept(repository).entries if one.what == "said"]
    assert sorted(said) == ["ana", "bob", "eve"]


def test_killed_between_the_journal_and_the_close_the_next_run_closes(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge, _head = own(repository)
    votes(forge, 5)
    with monkeypatch.context() as patch:
        patch.setattr(Clone, "push", _die)
        with pytest.raises(KeyboardInterrupt):
            close(job(repository, forge, AFTER))
    seen = kept(repository)
    assert len([one for one in seen.entries if one.what == "said"]) == 5
    forge.delete("ana")
    assert close(job(repository, forge, AFTER + DAY)) == 0
    assert figures(repository) == (5, 0)


def _die(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_remote_that_takes_no_journal_is_told_and_the_vote_closes(
    repository: Repository,
) -> None:
    hook = repository.remote / "hooks" / "update"
    hook.write_text('#!/bin/sh\ncase "$1" in refs/coopbook/*) echo closed >&2; exit 1;; esac\n')
    hook.chmod(0o755)
    forge, _head = own(repository)
    assert "could not be kept: " in told(forge)
    votes(forge, 5)
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (5, 0)
    assert "journal" not in json.loads(repository.read("decisions/results/samedi.events.json"))
    assert "No journal says what was seen" in told(forge)


# Journals that are not what they were


def test_a_journal_of_before_there_were_any_goes_on(repository: Repository) -> None:
    """Formerly the subjects of commits said since when a text was known."""
    head = repository.propose({OWN: page(), "wiki/samedi.md": "# Le samedi\n"})
    forge = Stub(repository)
    assert show(job(repository, forge, OPENS)) == 0
    (_since, text), *_rest = kept(repository).texts
    folder = repository.clone()
    git(folder, "fetch", "-q", "origin", f"refs/pull/{NUMBER}/head")
    tree = git(folder, "hash-object", "-w", "-t", "tree", "/dev/null")
    first = git(folder, "commit-tree", "-m", "Coopbook", tree)
    words = f"{OPENS.isoformat()} {text}"
    noted = git(folder, "commit-tree", "-p", first, "-p", head, "-m", words, tree)
    git(folder, "push", "-q", "--force", "origin", f"{noted}:{REF}")
    forge.statuses.clear()
    votes(forge, 5)
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (5, 0)
    assert kept(repository).is_late
    assert git(repository.remote, "merge-base", "--is-ancestor", noted, REF) == ""


def test_a_lost_journal_is_told(repository: Repository) -> None:
    forge, _head = own(repository)
    votes(forge, 5)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    git(repository.remote, "update-ref", "-d", REF)
    for days in (4, 5):
        assert show(job(repository, forge, OPENS + days * DAY)) == 0
        assert "is kept since 6 March 2026, 8:00 am only" in told(forge)
    assert close(job(repository, forge, AFTER)) == 0
    assert figures(repository) == (5, 0)
    assert "is kept since" in told(forge)


@pytest.mark.parametrize("how", ["changed", "another"])
def test_no_vote_is_closed_on_a_journal_that_was_written_anew(
    repository: Repository, how: str, capsys: pytest.CaptureFixture[str]
) -> None:
    forge, _head = own(repository)
    votes(forge, 5)
    assert show(job(repository, forge, OPENS + 3 * DAY)) == 0
    data = kept(repository).data
    facts = [{"what": "begun", "forge": "github", "change": 13}]
    other = Journal().with_facts(OPENS, facts).data
    changed = data.replace(b"/voter pour", b"/voter non.", 1)
    _put(repository, changed if how == "changed" else other)
    assert close(job(repository, forge, AFTER)) == 2
    assert RESULT not in repository.files()
    said = capsys.readouterr().err
    assert ("is not as it was written" if how == "changed" else "of another change") in said
    assert "journal of this vote" in told(forge)
    _put(repository, data)
    assert close(job(repository, forge, AFTER)) == 0


def _put(repository: Repository, data: bytes) -> None:
    """Another content in the place of the journal, by force."""
    folder = repository.clone()
    (folder / "j").write_bytes(data)
    blob = git(folder, "hash-object", "-w", "j")
    git(folder, "read-tree", "--empty")
    git(folder, "update-index", "--add", "--cacheinfo", f"100644,{blob},journal.jsonl")
    tree = git(folder, "write-tree")
    made = git(folder, "commit-tree", "-m", "x", tree)
    git(folder, "push", "-q", "--force", "origin", f"{made}:{REF}")
